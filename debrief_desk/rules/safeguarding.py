"""S-rules: people at risk are seen, and decided about, before anybody asks them anything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from debrief_desk.rules.codes import Indicator, StopReason
from debrief_desk.rules.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debrief_desk.rules.facts import Case
    from debrief_desk.rules.policy import Policy


def screening(case: Case, policy: Policy) -> Iterator[Finding]:
    """S-1: screened for vulnerability and welfare before the debrief."""
    at = case.person.screened_at
    if at is None:
        yield found(policy, "S-1", "unrecorded", case.person.id, todo=True)
    elif at > case.plan.start:
        yield found(policy, "S-1", "after_start", case.person.id, at=at)


def adult_at_risk(case: Case, policy: Policy) -> Iterator[Finding]:
    """S-2: an indicator of an adult at risk asks for a supervisor's decision."""
    if case.person.indicators:
        yield found(policy, "S-2", "indicator", case.person.id)


def trafficking(case: Case, policy: Policy) -> Iterator[Finding]:
    """S-3: an indicator of trafficking holds the debrief and opens a task."""
    if Indicator.TRAFFICKING in case.person.indicators:
        opened = case.person.nrm_opened_at is not None
        reason = "task_open" if opened else "no_task"
        yield found(policy, "S-3", reason, case.person.id)


def bereaved(case: Case, policy: Policy) -> Iterator[Finding]:
    """S-4: bereaved, or survivor of a fatal incident in the same event."""
    if not case.person.bereaved:
        return
    landed = case.person.landed_at
    until = landed and landed + timedelta(minutes=policy.safeguarding.bereaved_minutes)
    if until is not None and case.plan.start < until:
        yield found(policy, "S-4", "too_early", case.person.id, until=until)
    else:
        yield found(policy, "S-4", "decide", case.person.id)


def disclosure(case: Case, policy: Policy) -> Iterator[Finding]:
    """S-5: after a disclosure the named person is told, and a supervisor says whether to go on."""
    for stop in case.person.stops:
        if stop.reason is not StopReason.SAFEGUARDING:
            continue
        if stop.informed_at is None:
            yield found(
                policy, "S-5", "not_informed", case.person.id, stop.debrief, todo=True, at=stop.at
            )
        if stop.released_at is None:
            yield found(policy, "S-5", "not_released", case.person.id, at=stop.at)


def seen_talking(case: Case, policy: Policy) -> Iterator[Finding]:
    """S-6: harm if seen talking asks for a private route."""
    private = case.room is not None and "private" in case.room.features
    if case.person.facilitator_near and not private:
        yield found(policy, "S-6", "no_private_route", case.plan.id)
