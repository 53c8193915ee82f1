"""Ruin and recreate with ejection: takes a few bookings up, puts them down better, keeps the best.

After Schrimpf et al. 2000 (ruin and recreate) with simulated annealing on the weighted sum; the
best plan is kept by the strict key, so no step trades an urgent request away in the answer. The
figures behind every constant stand in rosters.md section 4.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.planning.greedy import Inserter
from debrief_desk.planning.occupancy import smeared

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.planning.day import Day
    from debrief_desk.planning.jobs import Job
    from debrief_desk.planning.table import Placement, Table

HOT: Final = 80.0
COLD: Final = 3.0
MOST_RUINED: Final = 4
MOST_EJECTED: Final = 3
TRIED: Final = 6
NEARLY: Final = 3  # so few missing, any of them may stand in for another on the way
FLAT: Final = 100
EJECTING: Final = 0.5
CROWDING: Final = 0.2
MOST_CROWDED: Final = 6
WAYS: Final = 3
DRAWS: Final = 40
TOGETHER: Final = 0.8
LOOK_EVERY: Final = 16


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a search is: `placed` requests and the strict `key` of its best plan so far."""

    iterations: int
    seconds: float
    placed: int
    key: int


@dataclass(slots=True)
class Limits:
    """When to stop: at `budget_s` seconds of `clock`, after `max_iterations`, or when cancelled."""

    budget_s: float
    max_iterations: int | None
    clock: Callable[[], float]
    cancelled: Callable[[], bool]

    def share(self, begun: float, iterations: int) -> float:
        """Give how much of the budget is gone, from 0 to 1 and beyond."""
        if self.max_iterations is not None:
            return iterations / max(1, self.max_iterations)
        return (self.clock() - begun) / max(1e-9, self.budget_s)


class Search:
    """One run on a table that already holds a first plan; `best` are its best placements."""

    def __init__(self, table: Table, possible: list[int], seed: int) -> None:
        self.table = table
        self.rng = random.Random(seed)
        self.inserter = Inserter(table, self.rng)
        self.possible = possible
        self.best = list(table.placements)
        self.best_key = table.key
        self.iterations = 0
        self._first: int | None = None
        self.useful = useful(table.day)
        self.starts = [led(table.day, job) for job in table.day.jobs]
        self.trouble = [0] * len(table.of_request)
        self._journal: list[tuple[bool, Placement]] = []

    def run(self, limits: Limits, report: Callable[[Standing], None]) -> None:
        """Improve until a limit is met; afterwards the table holds the best plan found."""
        begun = limits.clock()
        heat = HOT
        while self.possible and self.iterations != limits.max_iterations:
            if self.iterations % LOOK_EVERY == 0:
                gone = limits.share(begun, self.iterations)
                if gone >= 1 or limits.cancelled():
                    break
                heat = HOT * (COLD / HOT) ** gone
                report(self._standing(limits.clock() - begun))
            self._step(heat)
            self.iterations += 1
        self._restore()

    def _standing(self, seconds: float) -> Standing:
        placed = sum(len(placement.job.requests) for placement in self.best)
        return Standing(self.iterations, seconds, placed, self.best_key)

    def _step(self, heat: float) -> None:
        table, rng = self.table, self.rng
        lost, soft = table.lost, table.soft
        self._journal.clear()
        missing = [request for request in self.possible if table.of_request[request] is None]
        drawn = rng.random() if missing else 1.0
        if drawn < EJECTING:
            self._eject(rng.choice(missing))
        elif drawn < EJECTING + CROWDING:
            self._crowd(rng.choice(missing))
        else:
            self._ruin()
        self._recreate(missing)
        worse = table.soft - soft
        if len(missing) > NEARLY:
            worse += table.lost - lost
        else:
            left = sum(table.of_request[request] is None for request in self.possible)
            worse += FLAT * (left - len(missing))
        if worse > 0 and rng.random() >= math.exp(-worse / heat):
            self._undo()
        elif table.key < self.best_key:
            self.best_key = table.key
            self.best = list(table.placements)

    def _take(self, placement: Placement) -> None:
        self.table.take(placement)
        self._journal.append((False, placement))

    def _insert(self, job: Job, within: int = -1) -> bool:
        placement = self.inserter.insert(job, within)
        if placement is None:
            return False
        self._journal.append((True, placement))
        return True

    def _undo(self) -> None:
        for put, placement in reversed(self._journal):
            if put:
                self.table.take(placement)
            else:
                self.table.put(placement)

    def _restore(self) -> None:
        """Lay the best plan out again."""
        wanted = dict.fromkeys(self.best)
        for placement in [one for one in self.table.placements if one not in wanted]:
            self.table.take(placement)
        for placement in self.best:
            if placement not in self.table.placements:
                self.table.put(placement)

    def _ruin(self) -> None:
        """Take up one booking and a few that share its people, its room or its time."""
        table, rng = self.table, self.rng
        seed = self._any_movable()
        if seed is None:
            return
        count = rng.randint(1, MOST_RUINED)
        self._take(seed)
        near = [
            one for number in seed.resources for one in table.of_resource[number] if not one.fixed
        ]
        rng.shuffle(near)
        for one in near:
            if count <= 1:
                break
            if one in table.placements:
                self._take(one)
                count -= 1

    def _crowd(self, request: int) -> None:
        """Take up several bookings of the people a missing request could have, few kinds first.

        Where three interpreters speak a language, theirs are the bookings to be packed anew.
        """
        table, rng = self.table, self.rng
        job = rng.choice(table.day.jobs_of_request[request])
        families = [[lead.number for lead in job.leads]]
        families.append([own for option in job.options for own in option.numbers])
        families.append([own for pool in job.pools for own, _ in pool])
        families.append(list(job.adults or ()))
        families = [family for family in families if family]
        if not families:
            return
        (family,) = rng.choices(families, [1 / len(set(family)) for family in families])
        crowd = {
            one: None
            for number in dict.fromkeys(family)
            for one in table.of_resource[number]
            if not one.fixed
        }
        count = min(len(crowd), rng.randint(2, MOST_CROWDED))
        for one in rng.sample(list(crowd), count):
            self._take(one)
        self._first = request

    def _any_movable(self) -> Placement | None:
        """Draw a booking that may move; None after many blanks."""
        for _ in range(DRAWS):
            placement = self.table.of_request[self.rng.choice(self.possible)]
            if placement is not None and not placement.fixed:
                return placement
        return None

    def _recreate(self, missing: list[int]) -> None:
        """Put what was taken up, and a few of the missing, down again; urgent ones mostly first."""
        table, rng = self.table, self.rng
        taken = [one for put, one in self._journal if not put]
        wanted = [request for one in taken for request in one.job.requests]
        wanted += self._touched(missing, taken)
        if self._first is not None:
            wanted.append(self._first)
            self._first = None
        requests = table.day.problem.requests
        wanted.sort(key=lambda at: requests[at].priority + 1.5 * rng.random())
        for request in wanted:
            if table.of_request[request] is not None:
                continue
            jobs = table.day.jobs_of_request[request]
            for job in reversed(jobs) if rng.random() < TOGETHER else jobs:
                if table.is_open(job) and self._insert(job):
                    break

    def _touched(self, missing: list[int], taken: list[Placement]) -> list[int]:
        """Draw a few of the missing to which what was taken up may have opened a place."""
        day, freed, slots = self.table.day, 0, 0
        for one in taken:
            slots |= day.footprint(one.start, one.booking.duration)
            for number in one.resources:
                freed |= 1 << number
        found: list[int] = []
        if not freed:
            return found
        for request in self.rng.sample(missing, min(DRAWS, len(missing))):
            if self.useful[request] & freed and any(
                job.window & smeared(slots, job.slots) for job in day.jobs_of_request[request]
            ):
                found.append(request)
                if len(found) >= TRIED:
                    break
        return found

    def _eject(self, request: int) -> None:
        """Make way for one missing request: at most three bookings are taken up for it.

        Of a few ways the one is taken whose bookings have been the least trouble to place so far
        (guided ejection, Nagata & Bräysy 2009).
        """
        table, rng = self.table, self.rng
        self.trouble[request] += 1
        best: tuple[int, Job, int, list[Placement]] | None = None
        for _ in range(WAYS):
            job = rng.choice(table.day.jobs_of_request[request])
            starts = self.starts[job.index]
            if not starts:
                continue
            slot = _random_bit(starts, rng)
            blockers = self._blockers(job, slot)
            if blockers is None or len(blockers) > MOST_EJECTED:
                continue
            trouble = sum(1 + self.trouble[own] for one in blockers for own in one.job.requests)
            if best is None or trouble < best[0]:
                best = (trouble, job, slot, blockers)
        if best is None:
            return
        _, job, slot, blockers = best
        for one in blockers:
            self._take(one)
        self._insert(job, 1 << slot)

    def _blockers(self, job: Job, slot: int) -> list[Placement] | None:
        """Give the bookings in the way of a job at a slot; None where one of them must stay."""
        table, rng = self.table, self.rng
        occupancy, minutes = table.occupancy, job.minutes
        direct = rng.choice(job.leads).direct
        leads = [lead.number for lead in job.leads if lead.direct == direct]
        families: list[list[int]] = [leads, [job.person]]
        if direct:
            families.append(list(job.rooms))
        elif job.options:
            option = rng.choice(job.options)
            families += [list(option.numbers), list(option.rooms)]
        if job.with_second:
            families.append([number for pool in job.pools for number, _ in pool])
        if job.adults is not None:
            families.append(list(job.adults))
        found: dict[Placement, None] = {}
        for request in job.requests:
            placement = table.of_request[request]
            if placement is not None:
                found[placement] = None
        for family in families:
            if occupancy.union(family, minutes, 1 << slot):
                continue
            there = [one for one in family if table.day.starts(one, minutes) >> slot & 1]
            if not there:
                return None
            found.update(dict.fromkeys(self._in_the_way(rng.choice(there), slot, minutes)))
        return None if any(one.fixed for one in found) else list(found)

    def _in_the_way(self, number: int, slot: int, minutes: int) -> list[Placement]:
        """Give the bookings of a resource that touch a slot, or one that may cost a break."""
        table = self.table
        start = slot * table.day.grid
        gap = table.day.resources[number].turnaround
        bookings = table.of_resource[number]
        touching = [
            one
            for one in bookings
            if one.start < start + minutes + gap and start < one.start + one.booking.duration + gap
        ]
        return touching or ([self.rng.choice(bookings)] if bookings else [])


def _random_bit(mask: int, rng: random.Random) -> int:
    """Give the position of one set bit."""
    later = mask >> (skip := rng.randrange(mask.bit_length())) << skip
    mask = later or mask
    return (mask & -mask).bit_length() - 1


def led(day: Day, job: Job) -> int:
    """Give the starts at which the person and some lead of a job are there."""
    mask = 0
    for lead in job.leads:
        mask |= day.starts(lead.number, job.minutes)
    return mask & job.window


def useful(day: Day) -> list[int]:
    """Give for each request, as bits, the people any of its jobs could take."""
    masks = [0] * len(day.problem.requests)
    for job in day.jobs:
        numbers = {job.person, *(job.adults or ())}
        numbers.update(lead.number for lead in job.leads)
        numbers.update(own for option in job.options for own in option.numbers)
        numbers.update(own for pool in job.pools for own, _ in pool)
        for request in job.requests:
            for number in numbers:
                masks[request] |= 1 << number
    return masks
