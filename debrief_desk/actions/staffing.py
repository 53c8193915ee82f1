"""What a day is short of: the staff or room whose shortage leaves most debriefs without a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.actions import desks
from debrief_desk.actions.rights import writes
from debrief_desk.files.figures import FigureBook, FigureTable, write_csv, write_workbook
from debrief_desk.planning import BookedDay
from debrief_desk.rules.roles import Right
from debrief_desk.store.audit import Draft
from debrief_desk.store.session import step_of
from debrief_desk.wording import day as day_text
from debrief_desk.wording import staffing as words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

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
    """Count what leaves debriefs out, and how full all is from now on.

    The first true reason names the family; where several are full at once, each that would be
    enough by itself counts, so that a debrief may count for two.
    """
    languages = {row.id: row.language for row in problem.persons}
    spoken = {row.id: languages[row.person] for row in problem.requests}
    booked = BookedDay(problem, plan)
    counts: Counter[tuple[str, str]] = Counter()
    for reason in reasons:
        families: tuple[str, ...] = (reason.family or _FAMILY.get(reason.code, SEVERAL),)
        if families == (SEVERAL,):
            families = booked.full(reason.request) or families
        for family in families:
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


@writes(Right.ISSUE_ROSTER)
def export(session: Session, told: Staffing, on: date, path: Path) -> None:
    """Write a staffing report as XLSX or CSV, by the ending; that it went out is on record.

    Raises:
        FileRefused: the file cannot be written; nothing is recorded.
    """
    site = desks.site(session)
    step = step_of(session)
    book = FigureBook(
        titles=words.sheet_titles(),
        made_at=step.now,
        marking=site.marking,
        tables=_tables(told),
        about=words.about(site.name, day_text(on), sentence(told)),
    )
    (write_workbook if path.suffix.casefold() == ".xlsx" else write_csv)(path, book)
    step.events.append(Draft(kind="disclosed", entity="staffing", entity_id=f"{on:%Y-%m-%d}"))


def sentence(told: Staffing) -> str:
    """Name the bottleneck of a day in a sentence."""
    shortages = [(one.family, one.language, one.unplaced) for one in told.shortages]
    return words.bottleneck(shortages, told.asked - told.placed)


def _tables(told: Staffing) -> tuple[FigureTable, ...]:
    titles = words.headings()
    short = FigureTable(
        titles["shortages"],
        (titles["family"], titles["unplaced"]),
        tuple((words.family(one.family, one.language), one.unplaced) for one in told.shortages),
    )
    used = FigureTable(
        titles["uses"],
        (titles["family"], titles["count"], titles["there"], titles["booked"], titles["share"]),
        tuple(
            (words.family(use.family), use.count, use.there, use.booked, round(100 * use.share))
            for use in told.uses
        ),
    )
    return short, used


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
