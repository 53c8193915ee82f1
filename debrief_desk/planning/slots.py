"""The next free slots for one request: start, a complete team, and how many others would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from debrief_desk.planning.placing import Openings, booking_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debrief_desk.planning.day import Day
    from debrief_desk.planning.jobs import Job, Lead
    from debrief_desk.planning.occupancy import Occupancy
    from debrief_desk.planning.roster import Booking

Order = Literal["start", "cheapest"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One legal slot: the booking with its team, its soft cost, and how many of each kind are free.

    The counts include the one proposed; `seconds`, `interpreters` and `adults` are 0 where none
    is needed.
    """

    booking: Booking
    cost: int
    leads: int
    seconds: int
    interpreters: int
    rooms: int
    adults: int

    @property
    def start(self) -> int:
        """The first minute of the slot."""
        return self.booking.start


def slots_of(
    day: Day, occupancy: Occupancy, jobs: Iterable[Job], n: int, order: Order
) -> list[Slot]:
    """Give up to `n` slots of the jobs, by start or by cost; each job offers a start once."""
    found = [
        (cost, slot, lead, openings)
        for job in jobs
        for openings in (Openings(occupancy, job),)
        for cost, slot, lead in _starts(day, openings)
    ]
    if order == "start":
        found.sort(key=lambda row: (row[1], row[0]))
    else:
        found.sort(key=lambda row: (row[0], row[1]))
    return [_slot(day, openings, lead, slot) for _, slot, lead, openings in found[: max(0, n)]]


def _starts(day: Day, openings: Openings) -> Iterator[tuple[int, int, Lead]]:
    """Give every legal start with its cheapest lead and their cost."""
    occupancy, job = openings.occupancy, openings.job
    best: dict[int, tuple[int, Lead]] = {}
    for lead, starts in openings.leads():
        price = lead.price + _load(day, occupancy, lead.number)
        mask = starts
        while mask:
            bit = mask & -mask
            mask ^= bit
            slot = bit.bit_length() - 1
            cost = price + job.wait[slot]
            if slot not in best or cost < best[slot][0]:
                best[slot] = (cost, lead)
    for slot, (cost, lead) in best.items():
        yield cost, slot, lead


def _load(day: Day, occupancy: Occupancy, number: int) -> int:
    """Price one more debrief of an interviewer (L4); nothing for anybody else."""
    if number >= len(day.problem.interviewers):
        return 0
    done = day.resources[number].limit - occupancy.left[number]
    done += day.problem.interviewers[number].load
    return (done + 1) * day.problem.rules.weights.load_step


def _slot(day: Day, openings: Openings, lead: Lead, slot: int) -> Slot:
    occupancy, job = openings.occupancy, openings.job

    def worth(number: int) -> float:
        return _load(day, occupancy, number)

    def free(numbers: Iterable[int]) -> int:
        return sum(
            occupancy.free(number, job.minutes) >> slot & 1 for number in dict.fromkeys(numbers)
        )

    choice = openings.team(lead, slot, worth)
    voices = [number for option in job.options for number, _ in option.voices]
    rooms = [*job.rooms] if lead.direct else [own for row in job.options for own in row.rooms]
    load = worth(choice.lead) + (worth(choice.second) if choice.second >= 0 else 0)
    return Slot(
        booking=booking_of(day, job, choice),
        cost=int(choice.price + job.wait[slot] + load),
        leads=sum(starts >> slot & 1 for _, starts in openings.leads()),
        seconds=free(own for own, _ in job.pools[lead.pool] if own != lead.number),
        interpreters=0 if lead.direct else free(voices),
        rooms=free(rooms),
        adults=free(job.adults or ()),
    )
