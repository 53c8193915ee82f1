"""What a day is short of: the staff or room whose shortage leaves most debriefs without a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debrief_desk.planning import Reason, RosterPlan, RosterProblem
    from debrief_desk.planning.roster import Span

INTERVIEWERS: Final = "interviewer"
INTERPRETERS: Final = "interpreter"
ROOMS: Final = "room"
ADULTS: Final = "adult"
PERSON: Final = "person"
SEVERAL: Final = "several"
_FAMILY: Final = {
    "WINDOW": PERSON,
    "AGENCY": INTERVIEWERS,
    "ACCREDITATION": INTERVIEWERS,
    "EXPERIENCE": INTERVIEWERS,
    "GENDER": INTERVIEWERS,
    "EXCLUDED": INTERVIEWERS,
    "LEAD_SHIFT": INTERVIEWERS,
    "SECOND": INTERVIEWERS,
    "LANGUAGE": INTERPRETERS,
    "MODE": INTERPRETERS,
    "INTERPRETER_SHIFT": INTERPRETERS,
    "ADULT": ADULTS,
    "ROOM": ROOMS,
    "COMBINATION": SEVERAL,
}


@dataclass(frozen=True, slots=True)
class Shortage:
    """One thing that is short: its family, for interpreters the language, and how many it costs."""

    family: str
    language: str
    unplaced: int


@dataclass(frozen=True, slots=True)
class Use:
    """How full a family is: how many there are, minutes on duty and minutes booked of them."""

    family: str
    count: int
    there: int
    booked: int

    @property
    def share(self) -> float:
        """Give the part of the time that is booked, 0 to 1."""
        return self.booked / self.there if self.there else 0.0


@dataclass(frozen=True, slots=True)
class Staffing:
    """A day's staffing under a plan: the shortages, gravest first, and how full each family is."""

    asked: int
    placed: int
    shortages: tuple[Shortage, ...]
    uses: tuple[Use, ...]


def staffing(problem: RosterProblem, plan: RosterPlan, reasons: Iterable[Reason]) -> Staffing:
    """Count by first true reason what leaves debriefs out, and how full all is from now on."""
    languages = {row.id: row.language for row in problem.persons}
    spoken = {row.id: languages[row.person] for row in problem.requests}
    counts: Counter[tuple[str, str]] = Counter()
    for reason in reasons:
        family = reason.family or _FAMILY.get(reason.code, SEVERAL)
        counts[family, spoken[reason.request] if family == INTERPRETERS else ""] += 1
    placed = {own for booking in plan.bookings for own in booking.requests}
    return Staffing(
        asked=len(problem.requests),
        placed=len(placed),
        shortages=tuple(
            Shortage(family, language, count)
            for (family, language), count in sorted(
                counts.items(), key=lambda one: (-one[1], one[0])
            )
        ),
        uses=_uses(problem, plan),
    )


def _uses(problem: RosterProblem, plan: RosterPlan) -> tuple[Use, ...]:
    span = (problem.now_min, problem.horizon_min)
    leads = [row for row in problem.interviewers if _within(row.shift, span)]
    voices = [row for row in problem.interpreters if _within(row.shift, span)]
    rooms = [row for row in problem.rooms if any(_within(one, span) for one in row.open)]
    taken: Counter[str] = Counter()
    for booking in plan.bookings:
        minutes = _within((booking.start, booking.end), span)
        taken[INTERVIEWERS] += minutes * (1 + (booking.second is not None))
        taken[INTERPRETERS] += minutes * (booking.interpreter is not None)
        taken[ROOMS] += minutes
    there = {
        INTERVIEWERS: (len(leads), sum(_within(row.shift, span) for row in leads)),
        INTERPRETERS: (len(voices), sum(_within(row.shift, span) for row in voices)),
        ROOMS: (len(rooms), sum(_within(one, span) for row in rooms for one in row.open)),
    }
    return tuple(Use(name, *there[name], taken[name]) for name in there)


def _within(one: Span, span: Span) -> int:
    """Give the minutes of a time that lie in a span."""
    return max(0, min(one[1], span[1]) - max(one[0], span[0]))
