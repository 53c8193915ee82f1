"""A day with a plan on it, kept in memory: free slots and reasons without starting over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from debrief_desk import errors
from debrief_desk.planning.concessions import concession
from debrief_desk.planning.day import Day
from debrief_desk.planning.occupancy import Occupancy
from debrief_desk.planning.placing import Openings
from debrief_desk.planning.reasons import FAMILIES, Reason, capacity, reason, static_cause
from debrief_desk.planning.slots import Order, Slot, slots_of

if TYPE_CHECKING:
    from debrief_desk.planning.jobs import Job
    from debrief_desk.planning.roster import Booking, RosterPlan, RosterProblem


class BookedDay:
    """A problem with the bookings of a plan; `book` and `cancel` keep it up, queries stay warm.

    Bookings that name something the problem does not know occupy what it does know.
    """

    def __init__(self, problem: RosterProblem, plan: RosterPlan, day: Day | None = None) -> None:
        self.day = day or Day(problem)
        self.occupancy = Occupancy(self.day)
        self.bookings: dict[str, Booking] = {}
        self._empty = Occupancy(self.day)
        self._cleared: dict[str, Occupancy] = {}
        for booking in plan.bookings:
            self.book(booking)

    def book(self, booking: Booking) -> None:
        """Occupy everything a booking needs."""
        self.bookings[booking.id] = booking
        self._cleared.clear()
        for number in self._numbers(booking):
            self.occupancy.add(number, booking.start, booking.duration)

    def cancel(self, booking_id: str) -> None:
        """Free everything a booking occupied; what else is booked there stays."""
        gone = self.bookings.pop(booking_id)
        self._cleared.clear()
        numbers = self._numbers(gone)
        for number in numbers:
            self.occupancy.clear(number)
        for other in self.bookings.values():
            for number in numbers & self._numbers(other):
                self.occupancy.add(number, other.start, other.duration)

    def _numbers(self, booking: Booking) -> set[int]:
        """Give the resources of a booking, the person among them."""
        day = self.day
        request = day.request_index.get(booking.requests[0])
        person = "" if request is None else day.problem.requests[request].person
        keys = (
            ("interviewer", booking.lead),
            ("interviewer", booking.second),
            ("interpreter", booking.interpreter),
            ("adult", booking.adult),
            ("room", booking.room),
            ("person", person),
        )
        return {day.number[kind, own] for kind, own in keys if own and (kind, own) in day.number}

    def suggest(self, request_id: str, n: int = 5, order: Order = "start") -> list[Slot]:
        """Give up to `n` legal slots; a request already booked is offered other times.

        Raises:
            WrongCall: the problem has no such request.
        """
        self._request(request_id)
        own = [row for row in self.bookings.values() if request_id in row.requests]
        for booking in own:
            self.cancel(booking.id)
        found = slots_of(self.day, self.occupancy, self._jobs(request_id), n, order)
        for booking in own:
            self.book(booking)
        return found

    def explain(self, request_id: str, *, concede: bool = True) -> Reason:
        """Give the first true reason why a request has no place, and what would give it one.

        Raises:
            WrongCall: the problem has no such request, or it is booked.
        """
        request = self._request(request_id)
        if any(request_id in booking.requests for booking in self.bookings.values()):
            raise errors.WrongCall("roster-request-is-booked", request=request_id)
        jobs = self._jobs(request_id)
        cause = static_cause(self.day, request, self._empty)
        if cause is None:
            cause = capacity(jobs, self.occupancy, self._without)
        granted = None
        if concede and cause.code != "FREE" and jobs:
            granted = concession(self.day, jobs[0], self.occupancy)
        return reason(self.day, request, cause, granted)

    def full(self, request_id: str) -> tuple[str, ...]:
        """Give the families so full that the request has no place, were all else free.

        Raises:
            WrongCall: the problem has no such request.
        """
        self._request(request_id)
        jobs = self._jobs(request_id)
        found = []
        for family in FAMILIES:
            rest = self.occupancy
            for other in FAMILIES:
                rest = rest if other == family else rest.without(other)
            if not any(Openings(rest, job).starts() for job in jobs):
                found.append(family)
        return tuple(found)

    def _without(self, family: str) -> Occupancy:
        """Give the day without the bookings of one family, kept until something changes."""
        if family not in self._cleared:
            self._cleared[family] = self.occupancy.without(family)
        return self._cleared[family]

    def _request(self, request_id: str) -> int:
        request = self.day.request_index.get(request_id)
        if request is None:
            raise errors.WrongCall("roster-unknown-request", request=request_id)
        return request

    def _jobs(self, request_id: str) -> list[Job]:
        """Give the jobs that serve a request and no request booked elsewhere."""
        booked = {own for booking in self.bookings.values() for own in booking.requests}
        index = self.day.request_index
        taken = {index[own] for own in booked if own in index} - {index[request_id]}
        return [
            replace(job, before=None)
            for job in self.day.jobs_of_request[index[request_id]]
            if not taken & set(job.requests)
        ]


def suggest(
    problem: RosterProblem, plan: RosterPlan, request_id: str, n: int = 5, order: Order = "start"
) -> list[Slot]:
    """Give the next `n` legal slots for one request beside a plan (or its `n` cheapest)."""
    return BookedDay(problem, plan).suggest(request_id, n, order)


def explain(problem: RosterProblem, plan: RosterPlan, request_id: str) -> Reason:
    """Give the first true reason why a request has no place in a plan."""
    return BookedDay(problem, plan).explain(request_id)
