"""One roster for each room, interviewer or interpreter of a day, each an issue of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from debrief_desk.actions import roster_lines, rosters
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import FileRefused, WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.rosters import Issued, Level, Post, RosterOrder

LEVELS: Final[dict[Post, Level]] = {
    "room": "door",
    "interviewer": "interviewer",
    "interpreter": "interpreter",
}
"""What each may see: a room's list hangs at its door, an interpreter's names nobody."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A room or somebody with a debrief in the span, and how many there are."""

    id: str
    name: str
    debriefs: int


@reads(Right.ISSUE_ROSTER)
def takers(session: Session, order: RosterOrder) -> tuple[Taker, ...]:
    """Give those of the order's post who have a debrief in its span, by name."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for debrief in roster_lines.planned(session, order.starts_from, order.starts_before, None):
        for own, name in roster_lines.takers(debrief, order.post).items():
            names[own] = name
            counts[own] = counts.get(own, 0) + 1
    found = (Taker(own, name, counts[own]) for own, name in names.items())
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


@writes(Right.ISSUE_ROSTER)
def issue_each(
    session: Session, order: RosterOrder, folder: Path, format_: str
) -> tuple[Issued, ...]:
    """Write one roster for each room or person of the order's post, and record each by name.

    Each shows what its reader may see, whatever the order's level. Files are named by number and
    version, never by a person.

    Raises:
        WrongCall: `nothing-to-issue`; or as `rosters.issue`.
        FileRefused: a file cannot be written; nothing is recorded.
    """
    found = takers(session, order)
    if not found:
        raise WrongCall("nothing-to-issue")
    issued: list[Issued] = []
    try:
        for at, taker in enumerate(found, 1):
            own = _for(order, taker)
            name = f"{_stem(order)}-{at:02d}-v{rosters.preview(session, own).meta.version}"
            issued.append(rosters.issue(session, own, folder / f"{name}.{format_}", format_))
            session.flush()
    except FileRefused:
        for one in issued:
            Path(one.path).unlink(missing_ok=True)
        raise
    return tuple(issued)


def _for(order: RosterOrder, taker: Taker) -> RosterOrder:
    """Give the order of one: what its reader may see, and the reader's name on record."""
    to = order.recipient if order.post == "room" and order.recipient.strip() else taker.name
    return replace(order, who=taker.id, level=LEVELS[order.post], recipient=to)


def _stem(order: RosterOrder) -> str:
    return f"roster-{london_day(order.starts_from):%Y-%m-%d}-{order.post}"
