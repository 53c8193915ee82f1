"""Settling a conflict: who it is, and what becomes of the plans, in one step that can be undone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import conflict_items, desks, facts, grouping, undo
from debrief_desk.actions.checks import conflict_digest, recheck
from debrief_desk.actions.notices import tell
from debrief_desk.actions.outcomes import barred_by
from debrief_desk.actions.parting import join, part
from debrief_desk.actions.rights import writes
from debrief_desk.actions.settling import Settlement, settle
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import IdentityAnswer, Ruling
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.models import (
    Change,
    Conflict,
    ConflictDecision,
    Debrief,
    IdentityDecision,
    Registration,
    SecondOpinion,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

ALLOWED = "allowed"
_DEFINITE = (IdentityAnswer.SAME, IdentityAnswer.DIFFERENT)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a supervisor decides.

    `verdict` is an `IdentityAnswer` or a `Ruling`; `plans` is empty or written as `Settlement`
    reads it.
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
    conflict = conflict_items.get(session, conflict_id)
    if not decision.reason.strip():
        raise WrongCall("reason-missing")
    if not conflict.state.is_open:
        raise WrongCall("conflict-settled")
    plans = open_plans(session, conflict)
    groups = {p.registration.person_id for p in plans} | _groups(session, conflict)
    answer, settled = _parsed(decision)
    if answer is IdentityAnswer.UNSURE or answer is Ruling.DEFER:
        return _wait(session, conflict, decision)
    if answer is IdentityAnswer.DIFFERENT:
        groups |= part(session, registered(conflict), decision.reason)
    elif answer is IdentityAnswer.SAME:
        if len(plans) > 1 and settled is None:
            raise WrongCall("plans-unsettled", count=len(plans))
        groups |= join(session, registered(conflict), decision.reason)
    elif answer is Ruling.ALLOW and barred_by(conflict):
        raise Refused("hard-cannot-be-allowed")
    if settled is not None:
        settle(session, plans, settled)
    kept = keep(session, conflict, decision, plans)
    for debrief in plans:
        groups.add(debrief.registration.person_id)
    ids = [p.id for p in plans]
    recheck(session, groups=groups, debriefs=ids)
    close(session, conflict, allowed=answer not in (IdentityAnswer.DIFFERENT, Ruling.CANCEL))
    recheck(session, groups=groups, debriefs=ids)
    return kept


@writes(Right.DECIDE_CONFLICTS)
def take_back(session: Session, decision_id: str) -> None:
    """Undo a decision: links, plans and item are as they were; what was decided stays on record.

    What was decided in the same step, as families are, is undone with it.

    Raises:
        Stale: a plan was changed since the decision; nothing is undone.
    """
    decided = session.get(ConflictDecision, UUID(decision_id))
    if decided is None or decided.undone_at is not None:
        raise WrongCall("decision-unknown")
    reverse(session, decided.step)


def reverse(session: Session, step_id: UUID) -> None:
    """Undo everything one deciding step wrote, open its items again, and tell the agencies."""
    made = select(ConflictDecision.conflict_id).where(
        ConflictDecision.step == step_id, ConflictDecision.undone_at.is_(None)
    )
    items = list(session.scalars(select(Conflict).where(Conflict.id.in_(made))))
    about = stated(session, step_id) | {i for item in items for i in registered(item)}
    before = _groups_of(session, about)
    after = undo.reverse(session, step_id, lambda: grouping.regroup(session, about))
    for item in items:
        reopen(session, item, "decision_undone")
    plans = [p.debrief_id for item in items for p in item.parties if p.debrief_id]
    recheck(session, groups=before | after, debriefs=plans)


def reopen(session: Session, conflict: Conflict, because: str) -> None:
    """Put an item back into the inbox with the reason, and tell the agencies of its plans."""
    conflict.state, conflict.reopened_because = ConflictState.REOPENED, because
    conflict.closed_because, conflict.closed_at = "", None
    ids = [p.debrief_id for p in conflict.parties if p.debrief_id]
    agencies = session.scalars(select(Debrief.agency_id).where(Debrief.id.in_(ids)).distinct())
    tell(session, sorted(agencies), "conflict_reopened", conflict=conflict)


def keep(session: Session, conflict: Conflict, decision: Decision, plans: Sequence[Debrief]) -> str:
    """Keep a decision, tell the agencies of the plans, ask for a second opinion; gives its id."""
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
    if decision.verdict in _DEFINITE:
        _ask_second_opinion(session, conflict, decision.verdict)
    session.flush()
    return str(kept.id)


def close(session: Session, conflict: Conflict, *, allowed: bool) -> None:
    """Take an item out of the inbox as decided by the account of this step."""
    step = step_of(session)
    conflict.state, conflict.owner_id = ConflictState.DECIDED, step.account_id
    conflict.closed_because, conflict.closed_at = ALLOWED if allowed else "settled", step.now
    conflict.facts = conflict_digest(conflict)
    session.flush()


def registered(conflict: Conflict) -> list[UUID]:
    """Give the registrations of all sides, who was first first."""
    return list(dict.fromkeys(p.registration_id for p in conflict.parties if p.registration_id))


def is_read_twice(conflict_id: UUID, share: float) -> bool:
    """Say whether a conflict is among the `share` (0..1) that a second person answers blind.

    The choice hangs on the id alone: it is as good as drawn by lot, and the same every time.
    """
    drawn = int.from_bytes(hashlib.sha256(conflict_id.bytes).digest()[:8], "big")
    return drawn < share * 2**64


def _parsed(decision: Decision) -> tuple[IdentityAnswer | Ruling, Settlement | None]:
    if decision.verdict in set(IdentityAnswer):
        answer: IdentityAnswer | Ruling = IdentityAnswer(decision.verdict)
    elif decision.verdict in set(Ruling):
        answer = Ruling(decision.verdict)
    else:
        raise WrongCall("verdict-unknown", verdict=decision.verdict)
    return answer, Settlement.parse(decision.plans) if decision.plans else None


def _wait(session: Session, conflict: Conflict, decision: Decision) -> str:
    """*Unsure* and *defer* settle nothing: the item waits, and its plans stay as they are."""
    conflict.state = ConflictState.WAITING
    conflict.owner_id = step_of(session).account_id
    return keep(session, conflict, decision, [])


def _ask_second_opinion(session: Session, conflict: Conflict, verdict: str) -> None:
    """Ask for a blind second reading where the policy wants one and nobody gave one yet."""
    if not is_read_twice(conflict.id, desks.policy(session).identity.second_reading):
        return
    asked = select(SecondOpinion).where(
        SecondOpinion.conflict_id == conflict.id, SecondOpinion.withdrawn_at.is_(None)
    )
    before, step = list(session.scalars(asked)), step_of(session)
    if any(opinion.given_at is not None for opinion in before):
        return
    for opinion in before:  # it asked about an answer that is replaced now
        opinion.withdrawn_at = step.now
    session.add(
        SecondOpinion(
            conflict_id=conflict.id,
            asked_at=step.now,
            first_verdict=verdict,
            first_by_id=step.account_id,
        )
    )


def open_plans(session: Session, conflict: Conflict) -> list[Debrief]:
    """Give the plans of a conflict that may still take place, who was first first."""
    ids = [p.debrief_id for p in conflict.parties if p.debrief_id]
    query = select(Debrief).where(Debrief.id.in_(ids), Debrief.state.in_(facts.OPEN))
    return list(session.scalars(query.order_by(Debrief.first_saved_at, Debrief.id)).unique())


def _groups(session: Session, conflict: Conflict) -> set[UUID]:
    return _groups_of(session, registered(conflict))


def _groups_of(session: Session, ids: Sequence[UUID] | set[UUID]) -> set[UUID]:
    return set(session.scalars(select(Registration.person_id).where(Registration.id.in_(ids))))


def stated(session: Session, step_id: UUID, *, code: str = "") -> set[UUID]:
    """Give the registrations about which a step made statements that stand, of any code or one."""
    births = select(Change.row_id).where(
        Change.step == step_id, Change.entity == IdentityDecision.__tablename__, Change.field == ""
    )
    query = select(IdentityDecision).where(
        IdentityDecision.id.in_(births), IdentityDecision.superseded_at.is_(None)
    )
    if code:
        query = query.where(IdentityDecision.code == code)
    return {i for made in session.scalars(query) for i in (made.a_id, made.b_id)}
