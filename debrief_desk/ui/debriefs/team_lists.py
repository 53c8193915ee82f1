"""Who and what can be chosen for each post? The fit first, unless somebody searches right now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.proposals import Post
from debrief_desk.ui.debriefs import choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debrief_desk.actions.choosing import Choices
    from debrief_desk.actions.teams import Team
    from debrief_desk.ui.parts.fields import ChoiceEntry


def fill(
    posts: Mapping[Post, ChoiceEntry], offered: Choices, team: Team, agency: str, language: str
) -> None:
    """Offer everybody for each post; a list that somebody searches in stays as it is."""
    officers = choices.team(offered, agency, [row.id for row in team.lead])
    rows = {
        Post.LEAD: officers,
        Post.SECOND: officers,
        Post.INTERPRETER: choices.interpreters(offered, language),
        Post.ROOM: choices.rooms(offered),
    }
    for post, entry in posts.items():
        if not _is_searched(entry):
            entry.set_choices(choices.ranked(rows[post], team.of(post)))
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
