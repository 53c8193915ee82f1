"""A plan in the making: bookings put down and taken up again, with their cost kept up.

Two measures are kept. `key` is one whole number that compares plans strictly level by level: urgent
requests first, then the next, then change, quality and load; nothing lower ever buys anything
higher. The search walks on weighted sums: `lost` for the requests without a booking, `soft` for
change, quality and load.
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

WORTH: Final = (1000, 300, 100)  # by priority, where `gentle` weighs a request against changes
STEEP: Final = (3000, 700, 100)  # else: steep enough that the walk follows the strict order
GENTLE: Final = 12  # rosters.md section 7: more than this many times the change weight buys nothing
LEVEL_BITS: Final = 48
SOFTEST: Final = 150  # what the soft costs of one booking may weigh in the walk


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """One booking on the table; `resources` are the numbers it occupies.

    `key`, `lost` and `soft` are what it adds to those of the table; `lost` is taken away.
    """

    job: Job
    start: int
    resources: tuple[int, ...]
    booking: Booking
    key: int
    lost: int
    soft: int
    fixed: bool = False


class Table:
    """Every booking of a plan in the making, by request and by resource."""

    def __init__(self, day: Day, mode: Mode) -> None:
        self.day = day
        self.weights = day.problem.rules.weights
        self.occupancy = Occupancy(day)
        self.gentle = mode == "gentle"
        self.of_request: list[Placement | None] = [None] * len(day.problem.requests)
        self.of_resource: list[list[Placement]] = [[] for _ in day.resources]
        self.load = [0] * len(day.resources)
        for row in day.problem.interviewers:
            self.load[day.number["interviewer", row.id]] = row.load
        self.alone = [0] * len(day.problem.joint_groups)
        self.placements: dict[Placement, None] = {}
        self._told = self._told_requests()
        self._damp = self._damping()
        self.key, self.lost, self.soft = self._all_unplaced()

    def _told_requests(self) -> frozenset[int]:
        """Give the requests that were booked in the previous plan."""
        previous = self.day.problem.previous_plan
        index = self.day.request_index
        booked = previous.bookings if previous else ()
        return frozenset(
            index[own] for booking in booked for own in booking.requests if own in index
        )

    def _damping(self) -> int:
        """Give by what to divide soft costs so that none keeps the walk from placing a request."""
        weights = self.weights
        most = max((job.wait[-1] for job in self.day.jobs), default=0) + weights.remote
        most += 3 * weights.gender_soft + weights.split_joint + 14 * weights.load_step
        return max(1, most // SOFTEST)

    def _all_unplaced(self) -> tuple[int, int, int]:
        """Give key and sums of the empty table."""
        lost = [self._unplaced(at) for at in range(len(self.of_request))]
        told = {job.before.id for job in self.day.jobs if job.before is not None}
        dropped = len(told) * self.weights.dropped
        key = sum(of_key for of_key, _ in lost) + self._change_key(dropped)
        return key, sum(weight for _, weight in lost), self._change_soft(dropped)

    def _unplaced(self, request: int) -> tuple[int, int]:
        """Give what one request left out adds; one told to people counts half as much again."""
        priority = self.day.problem.requests[request].priority - 1
        share = 3 if request in self._told else 2
        weight = (WORTH if self.gentle else STEEP)[priority] * share // 2
        if self.gentle and priority:
            return weight << 2 * LEVEL_BITS, weight
        return share << (5 - priority) * LEVEL_BITS, weight

    def _change_key(self, change: int) -> int:
        return (change * GENTLE if self.gentle else change) << 2 * LEVEL_BITS

    def _change_soft(self, change: int) -> int:
        return change * GENTLE if self.gentle else change

    def placement(self, job: Job, choice: Choice, fixed: Booking | None = None) -> Placement:
        """Make the booking of a job with a team, and what it is worth."""
        booking = fixed or booking_of(self.day, job, choice)
        parts = (choice.lead, choice.room, job.person, choice.second, choice.interpreter)
        resources = tuple(number for number in (*parts, choice.adult) if number >= 0)
        quality = choice.price + job.wait[choice.slot]
        key, lost, soft = quality << LEVEL_BITS, 0, quality // self._damp
        for request in job.requests:
            of_key, weight = self._unplaced(request)
            key -= of_key
            lost += weight
        if job.before is not None:
            saved = difference(self.day.problem, job.before, booking) - self.weights.dropped
            key += self._change_key(saved)
            soft += self._change_soft(saved)
        fixed_for_good = fixed is not None
        return Placement(job, booking.start, resources, booking, key, lost, soft, fixed_for_good)

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
        """Bring key and sums up to date, load and split groups included."""
        load = damped = split = 0
        for number in self._interviewers(placement):
            self.load[number] += sign
            step = (self.load[number] + (sign < 0)) * self.weights.load_step
            load += step
            damped += step // self._damp
        group = placement.job.group
        if group is not None and len(placement.job.requests) == 1:
            before = self.alone[group] > 1
            self.alone[group] += sign
            split = (self.alone[group] > 1) - before
        price = self.weights.split_joint
        self.key += sign * (placement.key + load) + (split * price << LEVEL_BITS)
        self.lost -= sign * placement.lost
        self.soft += sign * (placement.soft + damped) + split * (price // self._damp)

    def _interviewers(self, placement: Placement) -> tuple[int, ...]:
        first, *rest = placement.resources
        count = len(self.day.problem.interviewers)
        return first, *(number for number in rest if number < count)

    def is_open(self, job: Job) -> bool:
        """Whether none of a job's requests is booked."""
        return all(self.of_request[request] is None for request in job.requests)
