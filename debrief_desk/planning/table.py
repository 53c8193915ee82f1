"""A plan in the making: bookings put down and taken up again, with their cost kept up.

Two measures are kept. `key` is one whole number that compares plans strictly level by level: urgent
requests first, then the next, then change, quality and load; nothing lower ever buys anything
higher. `energy` is the weighted sum the search walks on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.planning.costs import difference
from debrief_desk.planning.occupancy import Occupancy
from debrief_desk.planning.placing import Choice, booking_of

if TYPE_CHECKING:
    from debrief_desk.planning.day import Day
    from debrief_desk.planning.jobs import Job
    from debrief_desk.planning.roster import Booking, Mode

UNPLACED_ENERGY: Final = (1000, 300, 100)  # by priority; measured in rosters.md section 4
GENTLE: Final = 12  # rosters.md section 7: more than this many times the change weight buys nothing
LEVEL_BITS: Final = 40


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """One booking on the table; `resources` are the numbers it occupies."""

    job: Job
    start: int
    resources: tuple[int, ...]
    booking: Booking
    key: int
    energy: int
    fixed: bool = False


class Table:
    """Every booking of a plan in the making; `open` lists the requests without one."""

    def __init__(self, day: Day, mode: Mode) -> None:
        self.day = day
        self.weights = day.problem.rules.weights
        self.occupancy = Occupancy(day)
        self.gentle = mode == "gentle"
        self.of_request: list[Placement | None] = [None] * len(day.problem.requests)
        self.of_resource: list[list[Placement]] = [[] for _ in day.resources]
        self.load = [0] * len(day.resources)
        self.alone = [0] * len(day.problem.joint_groups)
        self.placements: dict[Placement, None] = {}
        self._told = self._told_requests()
        self.key, self.energy = self._all_unplaced()

    def _told_requests(self) -> frozenset[int]:
        """Give the requests that were booked in the previous plan."""
        previous = self.day.problem.previous_plan
        index = self.day.request_index
        booked = previous.bookings if previous else ()
        return frozenset(
            index[own] for booking in booked for own in booking.requests if own in index
        )

    def _all_unplaced(self) -> tuple[int, int]:
        """Give key and energy of the empty table."""
        key = energy = 0
        for at in range(len(self.of_request)):
            lost_key, lost_energy = self._unplaced(at)
            key += lost_key
            energy += lost_energy
        told = {job.before.id for job in self.day.jobs if job.before is not None}
        dropped = len(told) * self.weights.dropped
        return key + self._change_key(dropped), energy + self._change_energy(dropped)

    def _unplaced(self, request: int) -> tuple[int, int]:
        """Give what one request left out adds; one told to people counts half as much again."""
        priority = self.day.problem.requests[request].priority - 1
        share = 3 if request in self._told else 2
        energy = UNPLACED_ENERGY[priority] * share // 2
        if self.gentle and priority:
            return energy << 2 * LEVEL_BITS, energy
        return share << (5 - priority) * LEVEL_BITS, energy

    def _change_key(self, change: int) -> int:
        return (change * GENTLE if self.gentle else change) << 2 * LEVEL_BITS

    def _change_energy(self, change: int) -> int:
        return change * GENTLE if self.gentle else change

    def placement(self, job: Job, choice: Choice, fixed: Booking | None = None) -> Placement:
        """Make the booking of a job with a team, and what it is worth."""
        booking = fixed or booking_of(self.day, job, choice)
        parts = (choice.lead, choice.room, job.person, choice.second, choice.interpreter)
        resources = tuple(number for number in (*parts, choice.adult) if number >= 0)
        quality = choice.price + job.wait[choice.slot]
        key, energy = quality << LEVEL_BITS, quality
        for request in job.requests:
            lost_key, lost_energy = self._unplaced(request)
            key -= lost_key
            energy -= lost_energy
        if job.before is not None:
            saved = difference(self.day.problem, job.before, booking) - self.weights.dropped
            key += self._change_key(saved)
            energy += self._change_energy(saved)
        return Placement(job, booking.start, resources, booking, key, energy, fixed is not None)

    def put(self, placement: Placement) -> None:
        """Put a booking down; its team and room must be free."""
        booking = placement.booking
        for number in placement.resources:
            self.occupancy.add(number, booking.start, booking.duration)
            self.of_resource[number].append(placement)
        for request in placement.job.requests:
            self.of_request[request] = placement
        self.placements[placement] = None
        self._account(placement, 1)

    def take(self, placement: Placement) -> None:
        """Take a booking up again."""
        booking = placement.booking
        for number in placement.resources:
            self.occupancy.remove(number, booking.start, booking.duration)
            self.of_resource[number].remove(placement)
        for request in placement.job.requests:
            self.of_request[request] = None
        del self.placements[placement]
        self._account(placement, -1)

    def _account(self, placement: Placement, sign: int) -> None:
        """Bring key and energy up to date, load and split groups included."""
        load = split = 0
        for number in self._interviewers(placement):
            self.load[number] += sign
            load += self.load[number] + (sign < 0)
        group = placement.job.group
        if group is not None and len(placement.job.requests) == 1:
            before = self.alone[group] > 1
            self.alone[group] += sign
            split = (self.alone[group] > 1) - before
        load *= sign * self.weights.load_step
        split *= self.weights.split_joint
        self.key += sign * placement.key + (split << LEVEL_BITS) + load
        self.energy += sign * placement.energy + split + load

    def _interviewers(self, placement: Placement) -> tuple[int, ...]:
        first, *rest = placement.resources
        count = len(self.day.problem.interviewers)
        return first, *(number for number in rest if number < count)

    def is_open(self, job: Job) -> bool:
        """Whether none of a job's requests is booked."""
        return all(self.of_request[request] is None for request in job.requests)
