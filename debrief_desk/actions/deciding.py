"""Settling a conflict: who it is, and what becomes of the plans, in one step that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import conflicts, facts, links, undo
from debrief_desk.actions.checks import conflict_digest, recheck
from debrief_desk.actions.notices import tell
from debrief_desk.actions.outcomes import barred_by, sequence
from debrief_desk.actions.rights import writes
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import CancelReason, IdentityAnswer, PlansAnswer, Ruling
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.models import (
    Conflict,
    ConflictDecision,
    Debrief,
    IdentitySuggestion,
    Registration,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a supervisor decides.

    `verdict` is an `IdentityAnswer` or a `Ruling`; `plans` is empty or a `PlansAnswer` with, after
    a colon, the debrief reference (keep, joint, cancel) or the agency (handover).
    """

    verdict: str
    plans: str
    reason: str


@writes(Right.DECIDE_CONFLICTS)
def decide(session: Session, conflict_id: str, decision: Decision) -> str:
    """Settle a conflict with its plans; both agencies are told. Gives the id to undo it by.

    Raises:
        WrongCall: no reason, an answer that does not fit, or *same* with plans left unsettled.
        Refused: *one after the other* does not fit into the stay; HARD cannot be allowed.
    """
    conflict = conflicts.get(session, conflict_id)
    if not decision.reason.strip():
        raise WrongCall("reason-missing")
    if not conflict.state.is_open:
        raise WrongCall("conflict-settled")
    plans = _open_plans(session, conflict)
    groups = {p.registration.person_id for p in plans} | _groups(session, conflict)
    answer, outcome = _parsed(decision)
    if answer is IdentityAnswer.UNSURE or answer is Ruling.DEFER:
        return _wait(session, conflict, decision)
    if answer is IdentityAnswer.DIFFERENT:
        groups |= _part(session, conflict, decision.reason)
    elif answer is IdentityAnswer.SAME:
        if len(plans) > 1 and outcome is None:
            raise WrongCall("plans-unsettled", count=len(plans))
        groups |= _join(session, conflict, decision.reason)
    elif answer is Ruling.ALLOW and barred_by(conflict):
        raise Refused("hard-cannot-be-allowed")
    if outcome is not None:
        _settle(session, plans, *outcome)
    kept = _keep(session, conflict, decision, plans)
    for debrief in plans:
        groups.add(debrief.registration.person_id)
    ids = [p.id for p in plans]
    recheck(session, groups=groups, debriefs=ids)
    _close(session, conflict, allowed=answer not in (IdentityAnswer.DIFFERENT, Ruling.CANCEL))
    recheck(session, groups=groups, debriefs=ids)
    return kept


@writes(Right.DECIDE_CONFLICTS)
def take_back(session: Session, decision_id: str) -> None:
    """Undo a decision: links, plans and item are as they were; what was decided stays on record.

    Raises:
        Stale: a plan was changed since the decision; nothing is undone.
    """
    decided = session.get(ConflictDecision, UUID(decision_id))
    if decided is None or decided.undone_at is not None:
        raise WrongCall("decision-unknown")
    conflict = session.get_one(Conflict, decided.conflict_id)
    before = _groups(session, conflict)
    undo.reverse(session, decided.step)
    conflict.state, conflict.reopened_because = ConflictState.REOPENED, "decision_undone"
    conflict.closed_because, conflict.closed_at = "", None
    registered = [p.registration_id for p in conflict.parties if p.registration_id]
    groups = before | links.regroup(session, registered)
    plans = [p.debrief_id for p in conflict.parties if p.debrief_id]
    recheck(session, groups=groups, debriefs=plans)


def _parsed(
    decision: Decision,
) -> tuple[IdentityAnswer | Ruling, tuple[PlansAnswer, str] | None]:
    if decision.verdict in set(IdentityAnswer):
        answer: IdentityAnswer | Ruling = IdentityAnswer(decision.verdict)
    elif decision.verdict in set(Ruling):
        answer = Ruling(decision.verdict)
    else:
        raise WrongCall("verdict-unknown", verdict=decision.verdict)
    if not decision.plans:
        return answer, None
    code, _colon, about = decision.plans.partition(":")
    if code not in set(PlansAnswer):
        raise WrongCall("plans-unknown", plans=code)
    return answer, (PlansAnswer(code), about.strip())


def _wait(session: Session, conflict: Conflict, decision: Decision) -> str:
    """*Unsure* and *defer* settle nothing: the item waits, and its plans stay as they are."""
    conflict.state = ConflictState.WAITING
    conflict.owner_id = step_of(session).account_id
    return _keep(session, conflict, decision, [])


def _keep(
    session: Session, conflict: Conflict, decision: Decision, plans: Sequence[Debrief]
) -> str:
    step = step_of(session)
    kept = ConflictDecision(
        conflict_id=conflict.id,
        verdict=decision.verdict,
        plans=decision.plans,
        reason=decision.reason.strip()[:200],
        decided_at=step.now,
        account_id=step.account_id,
        step=step.id,
    )
    session.add(kept)
    agencies = sorted({plan.agency_id for plan in plans})
    tell(session, agencies, "conflict_decided", conflict=conflict)
    session.flush()
    return str(kept.id)


def _close(session: Session, conflict: Conflict, *, allowed: bool) -> None:
    step = step_of(session)
    conflict.state, conflict.owner_id = ConflictState.DECIDED, step.account_id
    conflict.closed_because, conflict.closed_at = ALLOWED if allowed else "settled", step.now
    conflict.facts = conflict_digest(conflict)
    session.flush()


def _open_plans(session: Session, conflict: Conflict) -> list[Debrief]:
    ids = [p.debrief_id for p in conflict.parties if p.debrief_id]
    query = select(Debrief).where(Debrief.id.in_(ids), Debrief.state.in_(facts.OPEN))
    return list(session.scalars(query.order_by(Debrief.first_saved_at, Debrief.id)).unique())


def _groups(session: Session, conflict: Conflict) -> set[UUID]:
    ids = [p.registration_id for p in conflict.parties if p.registration_id]
    return set(session.scalars(select(Registration.person_id).where(Registration.id.in_(ids))))


def _registered(conflict: Conflict) -> list[UUID]:
    return list(dict.fromkeys(p.registration_id for p in conflict.parties if p.registration_id))


def _join(session: Session, conflict: Conflict, reason: str) -> set[UUID]:
    """Link the registrations of all sides to the first."""
    first, *others = _registered(conflict)
    groups: set[UUID] = set()
    for other in others:
        groups |= links.decide(session, first, other, links.SAME, reason)
    return groups


def _part(session: Session, conflict: Conflict, reason: str) -> set[UUID]:
    """Record that all sides are different people; provisional links in the way are taken back.

    Raises:
        Refused: somebody confirmed a chain of links between them, which has to be undone first.
    """
    groups: set[UUID] = set()
    for one, other in combinations(_registered(conflict), 2):
        groups |= _loosen(session, one, other)
        groups |= links.decide(session, one, other, links.DIFFERENT, reason)
        rows = [session.get_one(Registration, i) for i in (one, other)]
        if rows[0].person_id == rows[1].person_id:
            raise Refused("links-contradict")
        groups |= _part_groups(session, rows[0], rows[1], reason)
    return groups


def _part_groups(
    session: Session, one: Registration, other: Registration, reason: str
) -> set[UUID]:
    """Say *different* also of the suggested pairs that made the two groups look like one."""
    sides = [
        set(session.scalars(select(Registration.id).where(Registration.person_id == r.person_id)))
        for r in (one, other)
    ]
    groups: set[UUID] = set()
    for a, b in (links.ordered(x, y) for x in sides[0] for y in sides[1]):
        suggested = select(IdentitySuggestion.id).where(
            IdentitySuggestion.a_id == a, IdentitySuggestion.b_id == b
        )
        if session.scalars(suggested).first() is not None and {a, b} != {one.id, other.id}:
            groups |= links.decide(session, a, b, links.DIFFERENT, reason)
    return groups


def _loosen(session: Session, one: UUID, other: UUID) -> set[UUID]:
    """Take back the weakest provisional link on every chain between two registrations."""
    groups: set[UUID] = set()
    while True:
        chain = links.chain(session, one, other)
        provisional = [pair for pair in chain if links.is_provisional(session, pair)]
        if not provisional:
            return groups
        groups |= links.take_back(session, *min(provisional, key=lambda p: _bits(session, p)))


def _bits(session: Session, pair: links.Pair) -> float:
    query = select(IdentitySuggestion.bits).where(
        IdentitySuggestion.a_id == pair[0], IdentitySuggestion.b_id == pair[1]
    )
    return session.scalar(query) or 0.0


def _settle(session: Session, plans: Sequence[Debrief], answer: PlansAnswer, about: str) -> None:
    match answer:
        case PlansAnswer.KEEP:
            kept = _named(plans, about)
            _cancel(session, plans, kept, CancelReason.DUPLICATE)
        case PlansAnswer.JOINT:
            kept = _named(plans, about)
            partners = {str(p.agency_id) for p in plans} - {str(kept.agency_id)}
            kept.partner_ids = sorted({*kept.partner_ids, *partners})
            kept.sequence += 1
            _cancel(session, plans, kept, CancelReason.JOINED)
        case PlansAnswer.HANDOVER:
            kept = _of_agency(plans, about)
            _cancel(session, plans, kept, CancelReason.HANDED_OVER)
        case PlansAnswer.CANCEL:
            gone = _named(plans, about)
            _cancel_one(session, gone, CancelReason.NO_LONGER_NEEDED)
        case PlansAnswer.SEQUENCE:
            _one_after_the_other(session, plans)


def _named(plans: Sequence[Debrief], reference: str) -> Debrief:
    wanted = reference.casefold()
    for plan in plans:
        if wanted in (plan.reference.casefold(), plan.serial.casefold(), str(plan.id)):
            return plan
    raise WrongCall("plan-not-in-conflict", reference=reference)


def _of_agency(plans: Sequence[Debrief], name: str) -> Debrief:
    for plan in plans:
        if plan.agency.name.casefold() == name.casefold():
            return plan
    raise WrongCall("agency-not-in-conflict")


def _cancel(
    session: Session, plans: Sequence[Debrief], kept: Debrief, reason: CancelReason
) -> None:
    for plan in plans:
        if plan is not kept:
            _cancel_one(session, plan, reason)
            if reason is CancelReason.JOINED:
                plan.joined_into_id = kept.id


def _cancel_one(session: Session, plan: Debrief, reason: CancelReason) -> None:
    if plan.state is DebriefState.IN_PROGRESS:
        raise WrongCall("debrief-in-progress", reference=plan.reference)
    plan.state, plan.state_reason = DebriefState.CANCELLED, reason
    plan.sequence += 1
    tell(session, [plan.agency_id], f"cancelled_{reason.value}", debrief=plan)


def _one_after_the_other(session: Session, plans: Sequence[Debrief]) -> None:
    """Move the later plans behind the first, where the stay leaves room (D-6, W-6)."""
    first, starts = sequence(session, plans)
    by_id = {plan.id: plan for plan in plans}
    if starts is None:
        raise Refused("sequence-does-not-fit", reference=by_id[first].reference)
    for plan_id, start in starts.items():
        plan = by_id[plan_id]
        length = plan.ends_at - plan.starts_at
        plan.starts_at, plan.ends_at = start, start + length
        plan.sequence += 1
