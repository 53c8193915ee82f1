"""A-rules: a debrief is no screening, no asylum interview and no interview of a suspect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import BusyKind, MarkerKind, StopReason
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.times import Window
from debrief_desk.rules.voluntariness import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debrief_desk.rules.facts import Case
    from debrief_desk.rules.policy import Policy


def other_officer(case: Case, policy: Policy) -> Iterator[Finding]:
    """A-1: who screened a person or works on the claim does not debrief them."""
    for who in (case.lead, case.second):
        if who is not None and who.id in case.person.screened_by:
            yield found(policy, "A-1", "screener", case.person.id, who.id, who=who.name)


def apart_from_screening(case: Case, policy: Policy) -> Iterator[Finding]:
    """A-2: another room than screening, and time between."""
    slots = [slot for slot in case.person.busy if slot.kind is BusyKind.SCREENING]
    spans = [slot.window for slot in slots]
    if case.person.screened_at is not None:
        spans.append(Window(case.person.screened_at, case.person.screened_at))
    gaps = [case.plan.window.gap(span) for span in spans]
    limit = policy.separation.screening_minutes
    if gaps and min(gaps) < limit:
        yield found(
            policy, "A-2", "too_close", case.plan.id, minutes=max(min(gaps), 0), limit=limit
        )
    if any(slot.room is not None and slot.room == case.plan.room for slot in slots):
        yield found(policy, "A-2", "same_room", case.plan.id)


def suspect(case: Case, policy: Policy) -> Iterator[Finding]:
    """A-4: a suspect is not eligible for a voluntary debrief."""
    if case.person.suspect or standing(case.person, MarkerKind.SUSPECT):
        yield found(policy, "A-4", "refer", case.person.id)


def status_change(case: Case, policy: Policy) -> Iterator[Finding]:
    """A-5: after suspicion arose nobody debriefs until a supervisor recorded that it may go on."""
    for stop in case.person.stops:
        if stop.reason is StopReason.STATUS_CHANGE and stop.released_at is None:
            yield found(policy, "A-5", "stopped", case.person.id, at=stop.at)


def representative(case: Case, policy: Policy) -> Iterator[Finding]:
    """A-7: a named legal representative hears of it before the slot."""
    told = case.person.legal_rep_notified_at
    if case.person.legal_rep and (told is None or told > case.plan.start):
        yield found(policy, "A-7", "not_notified", case.person.id)
