"""Who and what can be chosen for each post? The fit first, unless somebody searches right now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from debrief_desk.rules.proposals import Post
from debrief_desk.ui.debriefs import choices

if TYPE_CHECKING:
    from debrief_desk.actions.choosing import Choices
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.teams import Team
    from debrief_desk.ui.parts.fields import ChoiceEntry


Standing = Mapping[Post, tuple[str, str]]
"""Id and name of whom, and which room, the debrief that is shown names."""


def standing(row: DebriefRow) -> Standing:
    """Give whom and which room a debrief names."""
    return {
        Post.LEAD: (row.lead_id, row.lead),
        Post.SECOND: (row.second_id, row.second),
        Post.INTERPRETER: (row.interpreter_id, row.interpreter),
        Post.ROOM: (row.room_id, row.room),
    }


def fill(
    posts: Mapping[Post, ChoiceEntry],
    offered: Choices,
    team: Team,
    agency: str,
    language: str,
    *,
    held: Standing,
) -> None:
    """Offer everybody for each post, and whoever stands there in use or not.

    A list that somebody searches in stays as it is.
    """
    also = [key for key, _name in held.values()]
    officers = choices.team(offered, agency, [*(row.id for row in team.lead), *also])
    rows = {
        Post.LEAD: officers,
        Post.SECOND: officers,
        Post.INTERPRETER: choices.interpreters(offered, language),
        Post.ROOM: choices.rooms(offered),
    }
    for post, entry in posts.items():
        if not _is_searched(entry):
            ranked = choices.ranked(rows[post], team.of(post))
            entry.set_choices(choices.with_standing(ranked, held.get(post)))
            _show_beginning(entry)


def _is_searched(entry: ChoiceEntry) -> bool:
    """Say whether somebody is choosing: the list is open, or something is half typed."""
    edit = entry.lineEdit()
    half = (
        edit is not None
        and edit.hasFocus()
        and edit.text() not in ("", entry.itemText(entry.currentIndex()))
    )
    return entry.view().isVisible() or half


def _show_beginning(entry: ChoiceEntry) -> None:
    """Show a long text from its beginning; where the keyboard is, typing writes over it."""
    edit = entry.lineEdit()
    if edit is not None and edit.hasFocus():
        length = len(edit.text())
        edit.setSelection(length, -length)
