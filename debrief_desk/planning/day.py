"""A problem turned into bit masks: one whole number per resource, one bit per grid start.

Bit s of a mask stands for the start at minute s x grid. Everything that does not depend on what is
booked is worked out here once; `Occupancy` keeps what is booked. Tricks and figures: rosters.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.planning.jobs import Job, jobs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.planning.roster import Booking, Break, RosterProblem, Span

UNLIMITED: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Resource:
    """Anybody or anything a booking occupies, in minutes.

    `spans` are where it may be used; `limit` counts bookings, or minutes when `by_minutes`.
    """

    id: str
    spans: tuple[Span, ...]
    breaks: tuple[Break, ...]
    turnaround: int
    limit: int
    by_minutes: bool = False


class Day:
    """One problem compiled; never changes once made.

    `resources` holds interviewers, interpreters, adults, rooms and persons in one row of numbers;
    `number` finds them by (kind, id). `jobs` are the bookings that could be: each request alone,
    each group together; `jobs_of_request[r]` lists those that serve request r.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.grid = problem.grid_min
        self.slots = problem.horizon_min // problem.grid_min
        self.resources: list[Resource] = []
        self.number: dict[tuple[str, str], int] = {}
        self._add_staff()
        for room in problem.rooms:
            spans = merged(room.open)
            self._add("room", Resource(room.id, spans, (), room.turnaround, UNLIMITED))
        for person in problem.persons:
            spans = stay(person.available_from, self._leaves(person.departs), person.unavailable)
            gap = problem.rules.person_gap_min
            self._add("person", Resource(person.id, spans, (), gap, person.max_sessions))
        self.request_index = {request.id: at for at, request in enumerate(problem.requests)}
        self._footprints: dict[tuple[int, int], int] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self.jobs: list[Job] = jobs_of(self)
        self.jobs_of_request: list[list[Job]] = [[] for _ in problem.requests]
        for job in self.jobs:
            for request in job.requests:
                self.jobs_of_request[request].append(job)

    def _leaves(self, departs: int) -> int:
        return departs - self.problem.rules.depart_buffer_min

    def _add(self, kind: str, resource: Resource) -> None:
        self.number[kind, resource.id] = len(self.resources)
        self.resources.append(resource)

    def _add_staff(self) -> None:
        problem = self.problem
        for lead in problem.interviewers:
            duty = (lead.shift,)
            row = Resource(lead.id, duty, lead.breaks, lead.turnaround, lead.max_debriefs)
            self._add("interviewer", row)
        for voice in problem.interpreters:
            duty = (voice.shift,)
            row = Resource(voice.id, duty, voice.breaks, voice.turnaround, voice.max_minutes, True)
            self._add("interpreter", row)
        for adult in problem.adults:
            duty = (adult.shift,)
            row = Resource(adult.id, duty, adult.breaks, adult.turnaround, adult.max_debriefs)
            self._add("adult", row)

    def starts(self, number: int, minutes: int) -> int:
        """Give the starts at which a resource, with nothing booked, is there for `minutes`."""
        known = self._starts.get((number, minutes))
        if known is None:
            known = 0
            for low, high in self.resources[number].spans:
                known |= self.starts_in(low, high, minutes)
            self._starts[number, minutes] = known
        return known

    def starts_in(self, low: int, high: int, minutes: int) -> int:
        """Give the starts inside the horizon from which `minutes` fit into [low, high)."""
        first = max(0, -(-low // self.grid))
        last = (min(high, self.problem.horizon_min) - minutes) // self.grid
        return (1 << last + 1) - (1 << first) if first <= last else 0

    def length(self, minutes: int) -> int:
        """Give how many slots `minutes` touch from a start on the grid."""
        return -(-minutes // self.grid)

    def footprint(self, start: int, minutes: int) -> int:
        """Give the slots that [start, start + minutes) touches; `start` may be off the grid."""
        known = self._footprints.get((start, minutes))
        if known is None:
            first = max(0, start // self.grid)
            last = min(self.slots, -(-(start + minutes) // self.grid))
            known = (1 << last) - (1 << first) if first < last else 0
            self._footprints[start, minutes] = known
        return known

    def job_for(self, booking: Booking) -> Job | None:
        """Give the job a booking serves, or None when it serves no request or group of today."""
        asked = {self.request_index.get(own, -1) for own in booking.requests}
        for job in self.jobs_of_request[max(asked)] if -1 not in asked else ():
            if set(job.requests) == asked:
                return job
        return None


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join spans that touch or overlap."""
    joined: list[Span] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def stay(low: int, high: int, blocked: Sequence[Span]) -> tuple[Span, ...]:
    """Give what is left of [low, high) without the blocked spans."""
    free: list[Span] = []
    reached = low
    for start, end in merged(blocked):
        if start > reached:
            free.append((reached, min(start, high)))
        reached = max(reached, end)
    free.append((reached, high))
    return tuple((start, end) for start, end in free if start < end)
