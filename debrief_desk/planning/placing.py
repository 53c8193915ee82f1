"""Finding a start and a complete team for one job on an occupancy, by masks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.planning.occupancy import STALE
from debrief_desk.planning.roster import Booking

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.planning.day import Day
    from debrief_desk.planning.jobs import Job, Lead
    from debrief_desk.planning.occupancy import Occupancy


@dataclass(frozen=True, slots=True)
class Choice:
    """The start slot and the team found for a job, as resource numbers (-1 for nobody)."""

    slot: int
    room: int
    lead: int
    second: int = -1
    interpreter: int = -1
    mode: str | None = None
    adult: int = -1
    price: int = 0


def edges(mask: int) -> int:
    """Give the first and the last bit of every run of bits."""
    return mask & ~(mask << 1 & mask >> 1)


class Openings:
    """When a job can be held on an occupancy: the masks shared by all its leads.

    `direct` are the starts with person, adult and room; `interpreted` those with an interpreter
    too; `leads()` the exact starts of each lead, second included. `person` stands in for the
    person's own free starts, to ask what a longer stay would open.
    """

    def __init__(
        self, occupancy: Occupancy, job: Job, within: int = -1, person: int | None = None
    ) -> None:
        self.occupancy = occupancy
        self.job = job
        self.direct = self.interpreted = 0
        minutes = job.minutes
        mask = within & job.window
        if mask:
            mask &= occupancy.free(job.person, minutes) if person is None else person
        if mask and job.adults is not None:
            mask = occupancy.union(job.adults, minutes, mask)
        if not mask:
            return
        self.direct = occupancy.union(job.rooms, minutes, mask)
        for option in job.options:
            voiced = occupancy.union(option.numbers, minutes, mask)
            if voiced:
                self.interpreted |= occupancy.union(option.rooms, minutes, voiced)

    def snug(self) -> int:
        """Give the starts at which some interpreter is left without a gap on one side."""
        mask = 0
        for option in self.job.options:
            for number in option.numbers:
                mask |= edges(self.occupancy.free(number, self.job.minutes))
        return mask

    def leads(self) -> list[tuple[Lead, int]]:
        """Give each lead with the starts that are legal with a complete team."""
        found: list[tuple[Lead, int]] = []
        job, direct, interpreted = self.job, self.direct, self.interpreted
        if not direct and not interpreted:
            return found
        free, minutes = self.occupancy.free, job.minutes
        row = self.occupancy.row(minutes)
        pools: dict[int, tuple[int, int]] = {}
        for lead in job.leads:
            mask = row[lead.number]
            if mask == STALE:
                mask = free(lead.number, minutes)
            mask &= direct if lead.direct else interpreted
            if mask and job.with_second:
                if lead.pool not in pools:
                    pools[lead.pool] = self._one_and_two(lead.pool)
                mask &= pools[lead.pool][lead.paired]
            if mask:
                found.append((lead, mask))
        return found

    def _one_and_two(self, pool: int) -> tuple[int, int]:
        """Give the starts at which at least one, and at least two, of a pool are free."""
        one = two = 0
        for number, _ in self.job.pools[pool]:
            mask = self.occupancy.free(number, self.job.minutes)
            two |= one & mask
            one |= mask
        return one, two

    def starts(self) -> int:
        """Give every legal start."""
        mask = 0
        for _, of_lead in self.leads():
            mask |= of_lead
        return mask

    def team(self, lead: Lead, slot: int, worth: Callable[[int], float]) -> Choice:
        """Complete the team of a lead at a legal start; `worth` prices a resource for the choice.

        The cheapest second, interpreter with mode, and adult are taken, and the plainest room.
        """
        job, minutes, free = self.job, self.job.minutes, self.occupancy.free
        price = lead.price
        second = voice = adult = -1
        mode: str | None = None
        rooms = job.rooms
        if job.with_second:
            _, second, extra = min(
                (cost + worth(number), number, cost)
                for number, cost in job.pools[lead.pool]
                if number != lead.number and free(number, minutes) >> slot & 1
            )
            price += extra
        if not lead.direct:
            _, voice, at, extra = min(
                (cost + worth(number), number, at, cost)
                for at, option in enumerate(job.options)
                if any(free(room, minutes) >> slot & 1 for room in option.rooms)
                for number, cost in option.voices
                if free(number, minutes) >> slot & 1
            )
            price += extra
            mode, rooms = job.options[at].mode, job.options[at].rooms
        if job.adults is not None:
            _, adult = min(
                (worth(number), number)
                for number in job.adults
                if free(number, minutes) >> slot & 1
            )
        room = next(number for number in rooms if free(number, minutes) >> slot & 1)
        return Choice(slot, room, lead.number, second, voice, mode, adult, price)


def booking_of(day: Day, job: Job, choice: Choice) -> Booking:
    """Give the booking of a job with a start and a team; its id is a working one."""
    names = day.resources
    return Booking(
        id=f"job-{job.index}",
        requests=tuple(day.problem.requests[at].id for at in job.requests),
        start=choice.slot * day.grid,
        duration=job.minutes,
        room=names[choice.room].id,
        lead=names[choice.lead].id,
        second=names[choice.second].id if choice.second >= 0 else None,
        interpreter=names[choice.interpreter].id if choice.interpreter >= 0 else None,
        mode=choice.mode,
        adult=names[choice.adult].id if choice.adult >= 0 else None,
    )
