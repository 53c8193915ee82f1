"""V-rules: nobody is asked who said no, and nobody starts without a recorded, informed yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import (
    ApproachOutcome,
    Band,
    ConsentOutcome,
    ExplanationPoint,
    MarkerKind,
)
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.times import minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from debrief_desk.rules.facts import Case, ConsentFacts, MarkerFacts, PersonFacts
    from debrief_desk.rules.policy import Policy


def consent(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-1: a consent record with outcome, time, language, interpreter, explainer and version."""
    record = case.plan.consent
    missing = ("record",) if record is None else _missing(record)
    if missing:
        yield found(policy, "V-1", "missing", case.plan.id, todo=True, missing=missing)


def explanation(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-2: every point of the explanation is ticked; without a record V-1 speaks."""
    record = case.plan.consent
    if record is None:
        return
    unticked = tuple(point for point in ExplanationPoint if point not in record.points)
    if unticked:
        yield found(policy, "V-2", "unticked", case.plan.id, todo=True, missing=unticked)


def refusal(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-3: after a refusal every open plan for the person ends, until they come by themselves."""
    at = _standing_no(case, ApproachOutcome.REFUSED, ConsentOutcome.REFUSED)
    if at is not None:
        yield found(policy, "V-3", "refused", case.person.id, since=at)


def marker(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-4: while a no-approach marker stands nobody plans for this person."""
    since = min((m.placed_at for m in standing(case.person, MarkerKind.NO_APPROACH)), default=None)
    if since is not None:
        yield found(policy, "V-4", "marked", case.person.id, since=since)


def reopening(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-5: a marker lifts by the person's own wish, before a witness of another agency, twice."""
    for mark in case.person.markers:
        if mark.kind is not MarkerKind.NO_APPROACH:
            continue
        if mark.reopened_at is None and mark.lifted_at is None:
            continue
        missing = reopening_gaps(mark, case.plan.agency)
        if missing:
            yield found(policy, "V-5", "incomplete", case.person.id, mark.id, missing=missing)


def withdrawal(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-6: a withdrawal has the effect of a refusal."""
    at = _standing_no(case, ApproachOutcome.WITHDRAWN, ConsentOutcome.WITHDRAWN)
    if at is not None:
        yield found(policy, "V-6", "withdrawn", case.person.id, since=at)


def compulsory_power(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-7: soon after a compulsory power the explanation says that this part is optional."""
    used = case.person.compulsory_power_at
    record = case.plan.consent
    if used is None or (record is not None and record.optional_line):
        return
    explained = record.at if record is not None and record.at is not None else case.plan.start
    if 0 <= minutes(used, explained) <= policy.voluntariness.power_minutes:
        yield found(policy, "V-7", "recent_power", case.plan.id, at=used)


def unanswered(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-8: so many attempts without an answer end the asking for this stay."""
    count = sum(approach.outcome.is_unanswered for approach in case.person.approaches)
    limit = policy.voluntariness.unanswered_attempts
    if count >= limit:
        yield found(policy, "V-8", "attempts", case.person.id, count=count, limit=limit)


def refusers_match(case: Case, policy: Policy) -> Iterator[Finding]:
    """V-10: a match of a marked person waits until a supervisor says same or different."""
    for match in case.matches:
        if match.marked_at is None or match.band is Band.WEAK:
            continue
        if match.band is Band.POSSIBLE and not match.same_event:
            continue
        pair = sorted((case.person.id, match.person))
        yield found(policy, "V-10", "match", *pair, band=match.band, since=match.marked_at)


def standing(person: PersonFacts, kind: MarkerKind) -> tuple[MarkerFacts, ...]:
    """Give the person's markers of `kind` that have not been lifted."""
    return tuple(m for m in person.markers if m.kind is kind and m.lifted_at is None)


def reopening_gaps(mark: MarkerFacts, requesting_agency: str) -> tuple[str, ...]:
    """Give what a reopening still lacks before the marker may be lifted (V-5); () if nothing."""
    gaps = [
        name
        for name, value in (
            ("at", mark.reopened_at),
            ("language", mark.language),
            ("interpreter", mark.interpreter),
            ("witness", mark.witness_agency),
            ("confirmation", mark.confirmed_by),
        )
        if not value
    ]
    if mark.witness_agency and mark.witness_agency == requesting_agency:
        gaps.append("other_agency")
    if mark.confirmed_by and mark.confirmed_by == mark.recorded_by:
        gaps.append("second_officer")
    return tuple(gaps)


def _missing(record: ConsentFacts) -> tuple[str, ...]:
    values = (
        ("outcome", record.outcome),
        ("at", record.at),
        ("language", record.language),
        ("interpreter", record.interpreter),
        ("explained_by", record.explained_by),
        ("version", record.version),
    )
    return tuple(name for name, value in values if not value)


def _standing_no(
    case: Case, approach: ApproachOutcome, consented: ConsentOutcome
) -> datetime | None:
    """Give when the person last said no, unless a marker of that no has been lifted since."""
    said = [contact.at for contact in case.person.approaches if contact.outcome is approach]
    record = case.plan.consent
    if record is not None and record.outcome is consented:
        said.append(record.at or case.plan.start)
    if not said:
        return None
    last = max(said)
    lifted = (
        mark.lifted_at
        for mark in case.person.markers
        if mark.kind is MarkerKind.NO_APPROACH and mark.lifted_at is not None
    )
    return None if any(moment >= last for moment in lifted) else last
