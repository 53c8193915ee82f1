"""D-rules: one person is asked once, by agencies that know of each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import ApproachOutcome, Band
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window, minutes, most_at_once
from debrief_desk.rules.welfare import latest_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debrief_desk.rules.facts import ApproachFacts, Case, PersonFacts, PlanFacts
    from debrief_desk.rules.policy import Policy

_LAPSING: Final = (DebriefState.PLANNED, DebriefState.CLEARED, DebriefState.WAITING)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def other_agency(case: Case, policy: Policy) -> Iterator[Finding]:
    """D-1: another agency has an open debrief for the same person."""
    yield from _second_plan(case, policy, "D-1", same_agency=False)


def same_agency(case: Case, policy: Policy) -> Iterator[Finding]:
    """D-2: the same agency has a second open debrief for the person."""
    yield from _second_plan(case, policy, "D-2", same_agency=True)


def possible_person(case: Case, policy: Policy) -> Iterator[Finding]:
    """D-3: a probable match has a plan too; who came second waits for the decision.

    Both sides open the one conflict; only the second one's finding is a stop.
    """
    for match in case.matches:
        if match.band not in (Band.NEAR_CERTAIN, Band.PROBABLE) or not match.plans:
            continue
        first = first_in_time((case.plan, *match.plans))
        pair = sorted((case.person.id, match.person))
        other = first_in_time(match.plans)
        told = _pointing(found(policy, "D-3", "match", *pair, band=match.band), other)
        if first.id == case.plan.id:
            told = replace(told, reason="match_first", severity=Severity.NOTE)
        yield replace(told, kind=ConflictKind.POSSIBLE_PERSON)


def suggestion(case: Case, policy: Policy) -> Iterator[Finding]:
    """D-4: a possible match is a note and never blocks; a weak one is not shown."""
    for match in case.matches:
        if match.band is Band.POSSIBLE:
            pair = sorted((case.person.id, match.person))
            yield found(policy, "D-4", "possible", *pair)


def completed(case: Case, policy: Policy) -> Iterator[Finding]:
    """D-5: one completed debrief in a stay; another needs a decision and new consent."""
    if case.person.completed >= policy.spacing.completed:
        yield found(policy, "D-5", "completed", case.plan.id, count=case.person.completed)


def approaches(case: Case, policy: Policy) -> Iterator[Finding]:
    """D-6: time between any two approaches made, and not too many in one stay."""
    made = [contact for contact in case.person.approaches if not _own_yes(contact, case)]
    gap, most = policy.spacing.approach_minutes, policy.spacing.approaches
    near = [c.at for c in made if abs(minutes(c.at, case.plan.start)) < gap]
    if near:
        until = max(near) + timedelta(minutes=gap)
        yield found(policy, "D-6", "too_soon", case.person.id, at=max(near), until=until, limit=gap)
    if len(made) >= most:
        yield found(policy, "D-6", "too_many", case.person.id, count=len(made), limit=most)


def crowding(case: Case, policy: Policy) -> Iterator[Finding]:
    """D-9: not too many debriefs of one boat at once in neighbouring rooms.

    The conflict opens although the finding is a check: somebody has to look at the whole board.
    """
    plan = case.plan
    if plan.event is None or plan.room is None:
        return
    zone = {plan.room} | (case.room.neighbours if case.room is not None else frozenset())
    near = [
        other
        for other in case.others
        if other.event == plan.event and other.room in zone and other.window.overlaps(plan.window)
    ]
    clipped = [Window(max(plan.start, other.start), min(plan.end, other.end)) for other in near]
    count = 1 + most_at_once(clipped)
    limit = policy.spacing.same_boat
    if count > limit:
        ids = sorted((plan.id, *(other.id for other in near)))
        told = found(policy, "D-9", "crowded", plan.event, *ids, count=count, limit=limit)
        yield replace(told, kind=ConflictKind.CROWDING)


def lapse(case: Case, policy: Policy, now: datetime) -> Iterator[Finding]:
    """D-10: a plan nobody confirmed, or that has not begun, gives its slot back."""
    due = lapse_due(case.plan, policy)
    if due is not None and due <= now:
        reason = "unconfirmed" if due <= case.plan.start else "overdue"
        yield found(policy, "D-10", reason, case.plan.id, start=case.plan.start)


def bypass(case: Case, policy: Policy, now: datetime) -> Iterator[Finding]:
    """D-11: an emergency bypass has a reason, a second person's concurrence and a review."""
    used = case.plan.bypass
    if used is None:
        return
    if not used.is_complete or used.concurred_at is None:
        yield found(policy, "D-11", "incomplete", case.plan.id)
    elif used.reviewed_at is None:
        until = used.concurred_at + timedelta(minutes=policy.spacing.review_minutes)
        if now > until:
            yield found(policy, "D-11", "review_overdue", case.plan.id, until=until)
        else:
            told = found(policy, "D-11", "review_due", case.plan.id, until=until)
            yield replace(told, severity=Severity.NOTE, kind=None)


def first_in_time(plans: Iterable[PlanFacts]) -> PlanFacts:
    """Give the plan that was saved first and so holds the slot (D-8); ties go by id."""
    return min(plans, key=lambda plan: (plan.first_saved_at or _LAST, plan.id))


def passes_over(kept: PlanFacts, plans: Iterable[PlanFacts]) -> bool:
    """Say whether keeping `kept` takes the slot from another agency that was first (D-8).

    That needs a reason of its own. Plans saved at one moment have no first.
    """
    mine = kept.first_saved_at or _LAST
    return any(p.agency != kept.agency and (p.first_saved_at or _LAST) < mine for p in plans)


def lapse_due(plan: PlanFacts, policy: Policy) -> datetime | None:
    """Give when the plan lapses if nothing happens, `None` if it does not (D-10).

    Only a plan that was open on this desk before its time lapses. One that came so late that it
    could not be confirmed in time counts as confirmed by its entry.
    """
    entered = plan.entered_at or plan.first_saved_at
    if plan.state not in _LAPSING or entered is None or entered >= plan.start:
        return None
    confirm_by = plan.start - timedelta(minutes=policy.spacing.confirm_minutes)
    if plan.confirmed_at is None and entered < confirm_by:
        return confirm_by
    return plan.start + timedelta(minutes=policy.spacing.overdue_minutes)


def sequence_start(
    first: PlanFacts, later: PlanFacts, person: PersonFacts, policy: Policy
) -> datetime | None:
    """Give the earliest start of `later` after `first`, `None` if the stay leaves no room.

    *One after the other* counts the first debrief's start as an approach made (D-6) and has to be
    over in time (W-6).
    """
    gap = timedelta(minutes=policy.spacing.approach_minutes)
    start = max(first.start + gap, first.end, later.start)
    limit = latest_end(person, policy)
    length = later.end - later.start
    return None if limit is not None and start + length > limit else start


def _second_plan(case: Case, policy: Policy, rule: str, *, same_agency: bool) -> Iterator[Finding]:
    others = [other for other in case.others if other.person == case.person.id]
    clashing = [o for o in others if (o.agency == case.plan.agency) is same_agency]
    if clashing:
        # the whole group is the subject, so that every plan of it tells of the same conflict
        group = sorted((case.plan.id, *(other.id for other in others)))
        nearest = min(clashing, key=lambda other: (abs(other.start - case.plan.start), other.id))
        yield _pointing(found(policy, rule, "second_plan", *group, count=len(clashing)), nearest)


def _pointing(told: Finding, other: PlanFacts) -> Finding:
    """Add what an agency may see of another's plan: agency, reference and slot."""
    pointer = (
        ("agency", other.agency),
        ("reference", other.reference),
        ("start", other.start),
        ("end", other.end),
    )
    return replace(told, values=told.values + pointer)


def _own_yes(contact: ApproachFacts, case: Case) -> bool:
    """Say whether the contact is the agreement to this very debrief, and so no second approach."""
    return contact.debrief == case.plan.id and contact.outcome is ApproachOutcome.ACCEPTED
