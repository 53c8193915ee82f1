"""What is said of a rehearsal of removing names: how many, from when, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, day, ngettext

if TYPE_CHECKING:
    from datetime import date


def summary(people: int, on: date, days: int) -> str:
    """Say how many people would lose their names on a day."""
    return ngettext(
        "On {day}, {count} person would lose names and references: {days} days after leaving.",
        "On {day}, {count} people would lose names and references: {days} days after leaving.",
        people,
    ).format(day=day(on), count=people, days=days)


def left_alone(later: int, unknown: int) -> str:
    """Say how many people keep their names, and of how many nothing says when they left."""
    kept = ngettext(
        "{count} person keeps them for now.", "{count} people keep them for now.", later
    ).format(count=later)
    of_nobody = ngettext(
        "Of {count} person neither leaving nor landing is recorded: the names stay.",
        "Of {count} people neither leaving nor landing is recorded: the names stay.",
        unknown,
    ).format(count=unknown)
    said = ((kept, later), (of_nobody, unknown))
    return " ".join(sentence for sentence, count in said if count)


def stays(debriefs: int, marked_until: date | None) -> str:
    """Say what stays of one person."""
    parts = [
        ngettext("{count} slot", "{count} slots", debriefs).format(count=debriefs)
        if debriefs
        else "",
        _("marker and references until {day}").format(day=day(marked_until))
        if marked_until
        else "",
    ]
    return ", ".join(part for part in parts if part) or _("The count only")
