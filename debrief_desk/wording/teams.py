"""What the form says of who could take part in a plan, and why somebody cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.proposals import Post
from debrief_desk.rules.severity import Level
from debrief_desk.wording import N_, _, names

if TYPE_CHECKING:
    from collections.abc import Mapping

_POSTS: Final[Mapping[Post, str]] = {
    Post.LEAD: N_("Lead"),
    Post.SECOND: N_("Second"),
    Post.INTERPRETER: N_("Interpreter"),
    Post.ROOM: N_("Room"),
}
_NOBODY: Final[Mapping[Post, str]] = {
    Post.LEAD: N_("Nobody is fit and free to lead then."),
    Post.SECOND: N_("Nobody is fit and free to sit beside then."),
    Post.INTERPRETER: N_("No interpreter is fit and free then."),
    Post.ROOM: N_("No room is free then."),
}


def post(what: Post) -> str:
    """Name a post."""
    return _(_POSTS[what])


def nobody(what: Post) -> str:
    """Say that there is no candidate left for a post."""
    return _(_NOBODY[what])


def left_out(who: str, short: str) -> str:
    """Write somebody who is not fit as a choice: the name, and the first reason."""
    return f"{who} · {names.name(Level.STOP)}: {short}"


def warned(choice: str, short: str) -> str:
    """Add to a choice what has to be looked at."""
    return f"{choice} · {names.name(Level.CHECK)}: {short}" if short else choice


def waits() -> str:
    """Say what waiting means."""
    return _(
        "The debrief now waits: no suitable team. It cannot be cleared, and is planned again as "
        "soon as it is given another time, team or room."
    )


def may_wait(*, registered: bool) -> str:
    """Say what can be done where a post has no candidate."""
    if registered:
        return _("Choose another time, or let it wait for a team.")
    return _("Choose another time. Once registered, it can wait for a team.")
