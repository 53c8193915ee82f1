"""What is said of the next free slots: when, where, with whom, and who else would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, day, isolated, left_to_right, ngettext, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def when(start: datetime, end: datetime, *, with_day: bool) -> str:
    """Write when a slot is; its day where that is not plain."""
    text = f"{day(start)} {span(start, end)}" if with_day else span(start, end)
    return left_to_right(text)


def place_and_team(room: str, team: Sequence[str]) -> str:
    """Write where a slot is and with whom; nobody is left out by name."""
    return " · ".join([isolated(room), ", ".join(isolated(one) for one in team if one)])


def others(leads: int, seconds: int, interpreters: int, rooms: int) -> str:
    """Say how many more of each kind would do; the one named is not among them."""
    parts = []
    if leads > 1:
        parts.append(ngettext("{n} lead", "{n} leads", leads - 1).format(n=leads - 1))
    if seconds > 1:
        parts.append(ngettext("{n} second", "{n} seconds", seconds - 1).format(n=seconds - 1))
    if interpreters > 1:
        n = interpreters - 1
        parts.append(ngettext("{n} interpreter", "{n} interpreters", n).format(n=n))
    if rooms > 1:
        parts.append(ngettext("{n} room", "{n} rooms", rooms - 1).format(n=rooms - 1))
    if not parts:
        return _("Nobody and no other room would do as well.")
    return _("Would do as well: {others}.").format(others=", ".join(parts))


def found(count: int) -> str:
    """Say how many slots are shown, and how one is taken."""
    return ngettext("{n} free slot.", "{n} free slots.", count).format(n=count) + " " + how()


def how() -> str:
    """Say which keys take a slot."""
    return _("Arrows and Enter, or its number, take one.")


def searching() -> str:
    """Say that slots are being looked for."""
    return _("Looking for free slots…")


def person_first() -> str:
    """Say why no slot can be looked for yet."""
    return _("Choose the person and the agency first; the slots depend on them.")
