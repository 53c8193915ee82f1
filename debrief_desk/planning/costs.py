"""The cost vector of a plan, counted afresh from the plan (FORMATS.md section 3)."""

from __future__ import annotations

from collections import Counter

from debrief_desk.planning.roster import Booking, Costs, RosterPlan, RosterProblem

HOUR = 60


def cost_of(problem: RosterProblem, plan: RosterPlan) -> Costs:
    """Count the four levels; bookings that name unknown ids count for nothing."""
    return Costs(
        unplaced=_unplaced(problem, plan),
        change=_change(problem, plan),
        quality=_quality(problem, plan),
        load=_load(problem, plan),
    )


def _unplaced(problem: RosterProblem, plan: RosterPlan) -> int:
    booked = {request for booking in plan.bookings for request in booking.requests}
    weights = problem.rules.weights.unplaced
    return sum(
        weights[request.priority - 1] for request in problem.requests if request.id not in booked
    )


def _change(problem: RosterProblem, plan: RosterPlan) -> int:
    """L2: each previous booking whose requests still exist is kept, changed or dropped."""
    if problem.previous_plan is None:
        return 0
    known = {request.id for request in problem.requests}
    now = {frozenset(booking.requests): booking for booking in plan.bookings}
    total = 0
    for before in problem.previous_plan.bookings:
        if not known >= set(before.requests):
            continue
        after = now.get(frozenset(before.requests))
        total += (
            problem.rules.weights.dropped if after is None else difference(problem, before, after)
        )
    return total


def difference(problem: RosterProblem, before: Booking, after: Booking) -> int:
    """Give what it costs that `after` stands where `before` was told to people."""
    weights = problem.rules.weights
    prices = {
        "start": weights.change_start,
        "lead": weights.change_lead,
        "second": weights.change_second,
        "interpreter": weights.change_interpreter,
        "room": weights.change_room,
        "adult": weights.change_adult,
    }
    return sum(
        price for key, price in prices.items() if getattr(before, key) != getattr(after, key)
    )


def _quality(problem: RosterProblem, plan: RosterPlan) -> int:
    """L3: waiting, a wish for a gender not met, a remote interpreter, a joint debrief split."""
    weights = problem.rules.weights
    requests = {request.id: request for request in problem.requests}
    persons = {person.id: person for person in problem.persons}
    genders = {
        **{row.id: row.gender for row in problem.interviewers},
        **{row.id: row.gender for row in problem.interpreters},
    }
    total = 0
    for booking in plan.bookings:
        served = [requests[own] for own in booking.requests if own in requests]
        for request in served:
            waited = max(0, booking.start - persons[request.person].available_from) // HOUR
            total += waited * weights.wait_per_hour[request.priority - 1]
        if booking.mode in {"video", "phone"}:
            total += weights.remote
        wish = persons[served[0].person].gender_pref if served else None
        if wish is not None:
            team = (booking.lead, booking.second, booking.interpreter)
            total += weights.gender_soft * sum(
                genders.get(member) != wish for member in team if member is not None
            )
    return total + weights.split_joint * _split(problem, plan)


def _split(problem: RosterProblem, plan: RosterPlan) -> int:
    """Count the groups with two or more of their requests in debriefs of their own."""
    alone = {booking.requests[0] for booking in plan.bookings if len(booking.requests) == 1}
    return sum(len(alone & set(group.requests)) > 1 for group in problem.joint_groups)


def _load(problem: RosterProblem, plan: RosterPlan) -> int:
    """L4: the k-th debrief of an interviewer, as lead or second, costs k steps.

    Those of the days before count among them: whoever did much is asked last.
    """
    before = {row.id: row.load for row in problem.interviewers}
    loads = Counter(
        member
        for booking in plan.bookings
        for member in (booking.lead, booking.second)
        if member is not None
    )
    steps = sum(
        count * (count + 1) // 2 + count * before.get(member, 0) for member, count in loads.items()
    )
    return problem.rules.weights.load_step * steps
