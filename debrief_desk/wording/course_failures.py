"""Why a step on the way of a debrief, or a fact about its person, was not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.wording import _, left_to_right
from debrief_desk.wording.roster_missing import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _not_begun(rules: str = "", **_values: Any) -> str:
    """Say what keeps a debrief from beginning; `rules` are ids, apart by spaces."""
    if not rules:
        return _("This debrief cannot begin now: something stands against it. It stays cleared.")
    return _("This debrief cannot begin now: {missing}. It stays as it was.").format(
        missing=missing(rules.split())
    )


def _team_busy(reference: str = "", **_values: Any) -> str:
    if not reference:
        return _("Somebody of the team, or the room, is still in another debrief.")
    return _(
        "Somebody of the team, or the room, is still in {reference}. Complete that one first."
    ).format(reference=left_to_right(reference))


SENTENCES: Final[Mapping[str, Callable[..., str]]] = {
    "not-begun": _not_begun,
    "begun-team-busy": _team_busy,
    "begun-without-consent": lambda **_values: _(
        "No consent is recorded from before that time, so the debrief cannot begin. Record the "
        "person's answer first."
    ),
    "begun-too-late": lambda **_values: _(
        "This debrief is overdue and its slot is given back. Plan it anew."
    ),
    "moment-ahead": lambda **_values: _(
        "That lies ahead, and only what has happened is recorded. Nothing was saved."
    ),
    "end-before-start": lambda **_values: _(
        "The end lies before the beginning of the debrief. Nothing was saved; correct the time."
    ),
    "stop-category-missing": lambda **_values: _(
        "A stop for safeguarding needs its category; the detail is never recorded. Nothing was "
        "saved."
    ),
    "stop-unknown": lambda **_values: _("There is no such stop on this desk."),
    "stop-released": lambda **_values: _("A supervisor has released this stop already."),
    "owner-missing": lambda **_values: _("The task needs somebody who sees to it."),
    "informed-missing": lambda **_values: _("Name who was told. Nothing was saved."),
    "referral-unknown": lambda **_values: _("There is no such task on this desk any more."),
    "referral-done": lambda **_values: _("This task is done already and stays as it is."),
    "age-decision-incomplete": lambda **_values: _(
        "An age decision needs who decided and the day. Nothing was saved."
    ),
    "busy-times": lambda **_values: _(
        "The end has to come after the beginning. Nothing was saved; correct the times."
    ),
    "busy-unknown": lambda **_values: _("There is no such time on record any more."),
    "undo-begun": lambda **_values: _(
        "A debrief that came with it has begun, and what took place is never undone. Nothing was "
        "changed."
    ),
}
