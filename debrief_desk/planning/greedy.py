"""The first plan: one request after the other, urgent and awkward ones first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from debrief_desk.planning.placing import Choice, Openings, edges

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from debrief_desk.planning.day import Day
    from debrief_desk.planning.jobs import Job
    from debrief_desk.planning.table import Placement, Table

JITTER: Final = 15.0
LATER: Final = 0.25
SNUG: Final = 0.5
SCARCE: Final = 4.0
KEPT: Final = 1000


class Inserter:
    """Puts one job after another on a table, each at its cheapest start with its cheapest team.

    `scarcity[r]` says how sought a member of staff is, so that those who can do little else go
    first. With a random source, choices are shaken so that a search sees other ways.
    """

    def __init__(self, table: Table, rng: random.Random | None = None) -> None:
        self.table = table
        self.rng = rng
        self.load_step = table.weights.load_step
        self.scarcity = scarcity(table.day)
        self.kept: frozenset[int] = frozenset()

    def insert(self, job: Job, within: int = -1) -> Placement | None:
        """Place a job and put it down; None, and nothing changed, where it does not fit."""
        choice = self.as_before(job) if job.before is not None and within == -1 else None
        choice = choice or self.choose(job, within)
        if choice is None:
            return None
        placement = self.table.placement(job, choice)
        self.table.put(placement)
        return placement

    def as_before(self, job: Job) -> Choice | None:
        """Give the start people were told, with those of the team they were told who can."""
        before, day = job.before, self.table.day
        if before is None or before.start % day.grid or before.start < 0:
            return None
        if self.rng is not None and self.rng.random() < LATER:
            return None
        number = day.number
        staff = [
            number.get((kind, own or ""), -1)
            for kind, own in (
                ("interviewer", before.lead),
                ("interviewer", before.second),
                ("interpreter", before.interpreter),
                ("adult", before.adult),
            )
        ]
        self.kept = frozenset(staff)
        choice = self.choose(job, 1 << before.start // day.grid)
        self.kept = frozenset()
        return choice

    def choose(self, job: Job, within: int = -1) -> Choice | None:
        """Find the cheapest start and team of a job; None where there is none."""
        openings = Openings(self.table.occupancy, job, within)
        best, slot, chosen = math.inf, -1, None
        wait, worth, start_of = job.wait, self.worth, self._start
        snug = -1
        if self.rng is not None and job.options and self.rng.random() < SNUG:
            snug = openings.snug()
        for lead, mask in openings.leads():
            start = start_of(mask if lead.direct else mask & snug or mask)
            cost = wait[start] + lead.price + worth(lead.number)
            if cost < best:
                best, slot, chosen = cost, start, lead
        if chosen is None:
            return None
        return openings.team(chosen, slot, worth if snug == -1 else self._snug_worth(job, slot))

    def _snug_worth(self, job: Job, slot: int) -> Callable[[int], float]:
        """Price a resource lower where the booking leaves it no gap on one side."""
        free, minutes = self.table.occupancy.free, job.minutes

        def worth(number: int) -> float:
            closes = edges(free(number, minutes)) >> slot & 1
            return self.worth(number) - JITTER * closes

        return worth

    def _start(self, mask: int) -> int:
        """Take the first start; when shaking, now and then the first after a random one."""
        rng = self.rng
        if rng is not None and rng.random() < LATER:
            later = mask >> (skip := rng.randrange(mask.bit_length())) << skip
            mask = later or mask
        return (mask & -mask).bit_length() - 1

    def worth(self, number: int) -> float:
        """Price a resource: its load and how sought it is, shaken in a search."""
        cost = self.table.load[number] * self.load_step + self.scarcity[number]
        if number in self.kept:
            cost -= KEPT
        return cost + self.rng.random() * JITTER if self.rng is not None else cost


def scarcity(day: Day) -> list[float]:
    """Give for each resource how many jobs lean on it, from 0 to 4, shared among alternatives."""
    leaning = [0.0] * len(day.resources)
    for job in day.jobs:
        for lead in job.leads:
            leaning[lead.number] += 1 / len(job.leads)
        voices = {number for option in job.options for number, _ in option.voices}
        for number in voices:
            leaning[number] += 1 / len(voices)
    most = max(leaning, default=0.0) or 1.0
    return [SCARCE * value / most for value in leaning]


def order(day: Day) -> list[int]:
    """Give the requests, urgent first, then those with the fewest places, then the longest."""

    def places(request: int) -> int:
        total = 0
        for job in day.jobs_of_request[request]:
            for lead in job.leads:
                total += (job.window & day.starts(lead.number, job.minutes)).bit_count()
        return total

    def rank(request: int) -> tuple[int, int, int]:
        row = day.problem.requests[request]
        return row.priority, places(request), -row.duration

    return sorted(range(len(day.problem.requests)), key=rank)


def fill(table: Table, inserter: Inserter, requests: list[int]) -> None:
    """Place what fits of `requests`, in that order; a joint debrief before single ones."""
    for request in requests:
        for job in reversed(table.day.jobs_of_request[request]):
            if table.of_request[request] is None and table.is_open(job):
                inserter.insert(job)
