"""The cheapest single concession that would place a request: what a coordinator may allow.

Only what is nobody's protection is ever offered: an interpreter by video or phone, a lead of
another agency, fifteen minutes less, a later departure. Never the person's wish for a gender or
whom they exclude, never a second interviewer, an appropriate adult, a break or a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from debrief_desk.planning.day import stay
from debrief_desk.planning.jobs import Job, Need, make_job
from debrief_desk.planning.placing import Openings
from debrief_desk.planning.roster import MODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debrief_desk.planning.day import Day
    from debrief_desk.planning.occupancy import Occupancy

SHORTER_MIN: Final = 15
SHORTEST_MIN: Final = 15
LATEST_MIN: Final = 240


@dataclass(frozen=True, slots=True)
class Concession:
    """One thing that, if allowed, would place the request.

    `kind` is remote, agency, shorter or later; `value` the modes, the agencies or the minutes;
    `start` the first minute it would then begin.
    """

    kind: str
    value: tuple[str, ...]
    start: int


def concession(day: Day, job: Job, occupancy: Occupancy) -> Concession | None:
    """Give the first concession, cheapest first, that places the job beside what is booked."""
    for kind, value, need in _relaxed(day, job.need):
        relaxed = make_job(day, job.index, need, job.group, None)
        starts = Openings(occupancy, relaxed).starts()
        if starts:
            first = ((starts & -starts).bit_length() - 1) * day.grid
            openings = Openings(occupancy, relaxed, starts & -starts)
            named = _agencies(day, openings, value) if kind == "agency" else value
            return Concession(kind, named, first)
    return _later(day, job, occupancy)


def _relaxed(day: Day, need: Need) -> Iterator[tuple[str, tuple[str, ...], Need]]:
    added = frozenset(MODES[1:]) - need.modes
    if added and day.problem.interpreters:
        yield "remote", tuple(sorted(added)), replace(need, modes=need.modes | added)
    others = frozenset(row.agency for row in day.problem.interviewers) - need.agencies
    if others and not need.joint:
        yield "agency", tuple(sorted(others)), replace(need, agencies=need.agencies | others)
    if need.minutes - SHORTER_MIN >= SHORTEST_MIN:
        yield "shorter", (str(SHORTER_MIN),), replace(need, minutes=need.minutes - SHORTER_MIN)


def _agencies(day: Day, openings: Openings, others: tuple[str, ...]) -> tuple[str, ...]:
    """Name those agencies whose leads are free, rather than all."""
    leads = {lead.number for lead, _ in openings.leads()}
    rows = day.problem.interviewers
    free = {row.agency for row in rows if day.number["interviewer", row.id] in leads}
    return tuple(sorted(free & set(others)))


def _later(day: Day, job: Job, occupancy: Occupancy) -> Concession | None:
    """Give the least later departure, up to four hours, that opens a start."""
    person = job.need.person
    leaves = person.departs - day.problem.rules.depart_buffer_min
    window = 0
    for low, high in stay(person.available_from, leaves + LATEST_MIN, person.unavailable):
        window |= day.starts_in(max(low, day.problem.now_min), high, job.minutes)
    free = occupancy.apart_from(job.person, job.minutes, window)
    starts = Openings(occupancy, replace(job, window=window), person=free).starts()
    if not starts:
        return None
    first = ((starts & -starts).bit_length() - 1) * day.grid
    return Concession("later", (str(first + job.minutes - leaves),), first)
