"""W-rules: rest, food, health, length and the limit of the stay come before any debrief."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from debrief_desk.rules.codes import Indicator, Medical
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.times import london_time, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from debrief_desk.rules.facts import Case, PersonFacts
    from debrief_desk.rules.policy import Policy


def basics(case: Case, policy: Policy) -> Iterator[Finding]:
    """W-1: food, drink, dry clothes and toilet are confirmed."""
    confirmed = case.person.fed_dry_rested
    if confirmed is None:
        yield found(policy, "W-1", "unrecorded", case.person.id, todo=True)
    elif not confirmed:
        yield found(policy, "W-1", "not_yet", case.person.id)


def rest(case: Case, policy: Policy) -> Iterator[Finding]:
    """W-2: time to rest after landing and after arrival at the site."""
    limits, landed, arrived = policy.welfare, case.person.landed_at, case.person.arrived_at
    if landed is None:
        yield found(policy, "W-2", "unrecorded", case.person.id, part="shortest", todo=True)
    else:
        rested = minutes(landed, case.plan.start)
        if rested < limits.least_rest_minutes:
            yield found(
                policy, "W-2", "shortest", case.plan.id,
                part="shortest", minutes=rested, limit=limits.least_rest_minutes,
            )  # fmt: skip
        elif rested < limits.rest_minutes:
            yield found(
                policy, "W-2", "short", case.plan.id,
                part="short", minutes=rested, limit=limits.rest_minutes,
            )  # fmt: skip
    if arrived is not None:
        there = minutes(arrived, case.plan.start)
        if there < limits.arrival_minutes:
            yield found(
                policy, "W-2", "arrival", case.plan.id,
                part="short", minutes=there, limit=limits.arrival_minutes,
            )  # fmt: skip


def night(case: Case, policy: Policy) -> Iterator[Finding]:
    """W-3: no start at night, unless the person is awake and asked to go ahead."""
    hour = london_time(case.plan.start).hour
    limits = policy.welfare
    at_night = hour >= limits.night_from_hour or hour < limits.night_to_hour
    if at_night and not case.plan.awake_and_asked:
        yield found(policy, "W-3", "night", case.plan.id, start=case.plan.start)


def medical(case: Case, policy: Policy) -> Iterator[Finding]:
    """W-4: healthcare has the word on fitness; it clears with a time."""
    person = case.person
    cleared = person.medical_cleared_at is not None
    if person.medical in (Medical.HOLD, Medical.UNFIT):
        if not cleared:
            yield found(policy, "W-4", str(person.medical), person.id)
        return
    if person.medical is None:
        yield found(policy, "W-4", "unrecorded", person.id, todo=True)
    elif not cleared and person.medical is Medical.ASK:
        yield found(policy, "W-4", "ask", person.id, todo=True)
    elif not cleared and Indicator.PREGNANCY in person.indicators:
        yield found(policy, "W-4", "ask_first", person.id, todo=True)


def length(case: Case, policy: Policy) -> Iterator[Finding]:
    """W-5: not longer than is usual, with a break in time, never longer than the longest."""
    limits, planned, pause = policy.welfare, case.plan.window.minutes, case.plan.break_after
    if planned > limits.longest_minutes:
        yield found(
            policy, "W-5", "longest", case.plan.id,
            part="longest", minutes=planned, limit=limits.longest_minutes,
        )  # fmt: skip
    elif planned > limits.usual_minutes:
        yield found(
            policy, "W-5", "long", case.plan.id,
            part="long", minutes=planned, limit=limits.usual_minutes,
        )  # fmt: skip
    if planned > limits.break_minutes:
        if pause is None:
            yield found(
                policy, "W-5", "no_break", case.plan.id, part="break", limit=limits.break_minutes
            )
        elif pause > limits.break_minutes:
            yield found(
                policy, "W-5", "late_break", case.plan.id,
                part="long", minutes=pause, limit=limits.break_minutes,
            )  # fmt: skip


def time_in_centre(case: Case, policy: Policy) -> Iterator[Finding]:
    """W-6: over well before the transfer and before the limit of the stay; no stay is extended."""
    departs, limit = case.person.departs_at, stay_limit(case.person, policy)
    if departs is not None:
        left = minutes(case.plan.end, departs)
        if left < policy.welfare.before_transfer_minutes:
            yield found(
                policy, "W-6", "transfer", case.plan.id,
                departs=departs, limit=policy.welfare.before_transfer_minutes,
            )  # fmt: skip
    if limit is not None and case.plan.end >= limit:
        yield found(policy, "W-6", "limit", case.plan.id, until=limit)


def busy(case: Case, policy: Policy) -> Iterator[Finding]:
    """W-7: meals, prayer, calls, healthcare and screening come first."""
    for slot in case.person.busy:
        if slot.window.overlaps(case.plan.window):
            yield found(
                policy,
                "W-7",
                "busy",
                case.plan.id,
                what=slot.kind,
                start=slot.window.start,
                end=slot.window.end,
            )


def stay_limit(person: PersonFacts, policy: Policy) -> datetime | None:
    """Give when the person has to have left, `None` if no arrival is known.

    Counts from arrival at the site; where a site records none, from landing.
    """
    if person.limit_at is not None:
        return person.limit_at
    since = person.arrived_at or person.landed_at
    if since is None:
        return None
    limit = policy.welfare.stay_limit_minutes if person.stay_limit is None else person.stay_limit
    return since + timedelta(minutes=limit)


def latest_end(person: PersonFacts, policy: Policy) -> datetime | None:
    """Give the last whole minute at which a debrief may end (W-6), `None` if nothing is known."""
    ends = []
    if (limit := stay_limit(person, policy)) is not None:
        ends.append(limit - timedelta(minutes=1))
    if person.departs_at is not None:
        ends.append(person.departs_at - timedelta(minutes=policy.welfare.before_transfer_minutes))
    return min(ends, default=None)
