"""What a reader is told about welfare, wishes and what was explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.wording import N_, _, clock, day, isolated, left_to_right
from debrief_desk.wording.names import name

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.rules.codes import Medical

_RESTED: Final = {"": N_("Not recorded"), "yes": N_("Yes"), "no": N_("Not yet")}


def recorded(person: str) -> str:
    """Say that welfare is on record for somebody, and what that means."""
    about = isolated(person) or _("this person")
    return _("Welfare is recorded for {person}; their plans are checked again.").format(
        person=about
    )


def title(reference: str) -> str:
    """Name the questions about the person of a debrief."""
    return _("Welfare and wishes for {reference}").format(reference=left_to_right(reference))


def rested() -> tuple[tuple[str, str], ...]:
    """Give the answers to whether somebody is fed, dry and rested."""
    return tuple((key, _(text)) for key, text in _RESTED.items())


def medical(words: dict[Medical, str]) -> tuple[tuple[str, str], ...]:
    """Give healthcare's words to choose from, by the word that is stored."""
    return (("", _("Not recorded")), *((stored, name(code)) for code, stored in words.items()))


def no_moment() -> str:
    """Say that what is written is no time of that day."""
    return _("Write a time of that day, such as 14:30, or leave it empty.")


def not_yet(now: datetime) -> str:
    """Say that a moment has not come."""
    return _("This lies ahead; it is {clock} on {day} now.").format(
        clock=left_to_right(clock(now)), day=left_to_right(day(now))
    )


def before(earlier: str) -> str:
    """Say that a moment lies before one that has to be first."""
    return _("This lies before the time beside “{earlier}”.").format(earlier=earlier)
