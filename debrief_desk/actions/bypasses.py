"""Emergency bypass of deconfliction: asked, concurred by somebody else, reviewed (D-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import desks
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.loading import by_id, chunks
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.rights import holds, own_agency_only, reads, writes
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.catalogue import BYPASSED
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Account, Bypass, Debrief, DeconflictionCheck
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

ASKED, STANDS, OVERDUE, REVIEWED = "asked", "stands", "overdue", "reviewed"
"""Waits for a second person; stands and its review is due; the review is overdue; is reviewed."""
_USED = (
    DebriefState.IN_PROGRESS,
    DebriefState.COMPLETED,
    DebriefState.WITHDRAWN,
    DebriefState.STOPPED,
)


@dataclass(frozen=True, slots=True)
class BypassRow:
    """One bypass that was not withdrawn; `stage` is one of the words above.

    `due_at` is when somebody has to have done the next step: concur before the debrief starts,
    then review. `remaining` are the rules that bar the debrief from *cleared* all the same.
    """

    id: str
    stage: str
    debrief_id: str
    reference: str
    person: str
    agency: str
    starts_at: datetime
    reason: str
    asked_at: datetime
    asked_by: str
    concurred_at: datetime | None
    concurred_by: str
    due_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by: str
    review: str
    remaining: tuple[str, ...]
    may_concur: bool
    may_review: bool
    may_withdraw: bool


@reads(Right.SEE_PEOPLE)
def due(session: Session) -> tuple[BypassRow, ...]:
    """Give the bypasses that need somebody, nearest first: to concur with, or to review.

    Who works for one agency gets none: the site decides.
    """
    if own_agency_only(session) is not None:
        return ()
    query = select(Bypass).where(Bypass.withdrawn_at.is_(None), Bypass.reviewed_at.is_(None))
    found = rows(session, list(session.scalars(query)))
    plans = by_id(session, Debrief, {UUID(row.debrief_id) for row in found})
    waiting = [r for r in found if r.stage != ASKED or plans[UUID(r.debrief_id)].state.is_open]
    return tuple(sorted(waiting, key=lambda row: (row.due_at or row.starts_at, row.id)))


@writes(Right.BYPASS)
def ask(session: Session, debrief_id: str, reason: str) -> str:
    """Ask for an emergency bypass of one plan; a second person has to concur. Gives its id.

    Raises:
        WrongCall: no reason; the plan is closed, has a bypass, or nothing a bypass would lift.
    """
    debrief = session.get(Debrief, UUID(debrief_id))
    if debrief is None:
        raise WrongCall("debrief-unknown")
    if not reason.strip():
        raise WrongCall("reason-missing")
    if not debrief.state.is_open:
        raise WrongCall("bypass-plan-closed", reference=debrief.reference)
    if standing(session, [debrief.id]):
        raise WrongCall("bypass-there", reference=debrief.reference)
    if not liftable(session, [debrief.id]):
        raise WrongCall("bypass-nothing", reference=debrief.reference)
    step = step_of(session)
    bypass = Bypass(
        debrief_id=debrief.id,
        reason=reason.strip()[:200],
        asked_at=step.now,
        asked_by_id=step.account_id,
    )
    session.add(bypass)
    _on_record(session, bypass, "asked")
    return str(bypass.id)


@writes(Right.BYPASS)
def concur(session: Session, bypass_id: str) -> None:
    """Concur with a bypass that somebody else asked for: D-1, D-2, D-3 and D-5 are lifted.

    Raises:
        Refused: `bypass-same-account`: nobody concurs with what they asked for themselves.
        WrongCall: it is withdrawn, somebody concurred already, or the plan is closed.
    """
    bypass, debrief = _get(session, bypass_id)
    step = step_of(session)
    if bypass.concurred_at is not None:
        raise WrongCall("bypass-concurred", reference=debrief.reference)
    if not debrief.state.is_open:
        raise WrongCall("bypass-plan-closed", reference=debrief.reference)
    if step.account_id == bypass.asked_by_id:
        raise Refused("bypass-same-account")
    minutes = desks.policy(session).spacing.review_minutes
    bypass.concurred_at, bypass.concurred_by_id = step.now, step.account_id
    bypass.review_due_at = step.now + timedelta(minutes=minutes)
    _on_record(session, bypass, "concurred")


@writes(Right.BYPASS)
def review(session: Session, bypass_id: str, said: str) -> None:
    """Record the review of a bypass that stood, in a few words.

    Raises:
        Refused: `bypass-review-own`: who asked for it does not review it.
        WrongCall: nothing was written, nobody concurred, or it is reviewed.
    """
    bypass, debrief = _get(session, bypass_id)
    step = step_of(session)
    if not said.strip():
        raise WrongCall("reason-missing")
    if bypass.concurred_at is None:
        raise WrongCall("bypass-not-concurred", reference=debrief.reference)
    if bypass.reviewed_at is not None:
        raise WrongCall("bypass-reviewed", reference=debrief.reference)
    if step.account_id == bypass.asked_by_id:
        raise Refused("bypass-review-own")
    bypass.reviewed_at, bypass.reviewed_by_id = step.now, step.account_id
    bypass.review = said.strip()[:200]
    _on_record(session, bypass, "reviewed")


@writes(Right.BYPASS)
def withdraw(session: Session, bypass_id: str) -> None:
    """Take a bypass back: what it lifted stands again; that it was asked for stays on record.

    Raises:
        WrongCall: the debrief began under it, so that it is reviewed and not withdrawn.
    """
    bypass, debrief = _get(session, bypass_id)
    if bypass.reviewed_at is not None or _is_used(bypass, debrief):
        raise WrongCall("bypass-used", reference=debrief.reference)
    bypass.withdrawn_at = step_of(session).now
    _on_record(session, bypass, "withdrawn")


def standing(session: Session, debriefs: Collection[UUID]) -> list[Bypass]:
    """Give the bypasses of these plans that were not withdrawn, oldest first."""
    found: list[Bypass] = []
    for part in chunks(debriefs):
        query = select(Bypass).where(Bypass.debrief_id.in_(part), Bypass.withdrawn_at.is_(None))
        found += session.scalars(query.order_by(Bypass.id))
    return found


def liftable(session: Session, debriefs: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Give, per plan, the rules that bar it now and that a bypass would lift; plans without none.

    Read from the newest check.
    """
    return {
        plan: lifted
        for plan, rules in _stops(session, debriefs).items()
        if (lifted := tuple(sorted(rules & BYPASSED)))
    }


def rows(session: Session, found: Sequence[Bypass]) -> tuple[BypassRow, ...]:
    """Give bypasses to show, in their order."""
    plans = by_id(session, Debrief, {b.debrief_id for b in found})
    stops = _stops(session, plans)
    accounts = {a.id: a.name for a in session.scalars(select(Account))}
    step, may = step_of(session), holds(session, Right.BYPASS)
    shown = []
    for bypass in found:
        debrief, stage = plans[bypass.debrief_id], _stage(bypass, step.now)
        own = bypass.asked_by_id == step.account_id
        used = _is_used(bypass, debrief)
        shown.append(
            BypassRow(
                id=str(bypass.id),
                stage=stage,
                debrief_id=str(debrief.id),
                reference=debrief.reference,
                person=shown_name(debrief.registration),
                agency=debrief.agency.name,
                starts_at=debrief.starts_at,
                reason=bypass.reason,
                asked_at=bypass.asked_at,
                asked_by=_name(accounts, bypass.asked_by_id),
                concurred_at=bypass.concurred_at,
                concurred_by=_name(accounts, bypass.concurred_by_id),
                due_at=debrief.starts_at if stage == ASKED else bypass.review_due_at,
                reviewed_at=bypass.reviewed_at,
                reviewed_by=_name(accounts, bypass.reviewed_by_id),
                review=bypass.review,
                remaining=tuple(sorted(stops.get(debrief.id, set()) - BYPASSED - {"D-11"})),
                may_concur=may and stage == ASKED and not own and debrief.state.is_open,
                may_review=may and stage in (STANDS, OVERDUE) and not own,
                may_withdraw=may and stage != REVIEWED and not used,
            )
        )
    return tuple(shown)


def _name(accounts: dict[UUID, str], account_id: UUID | None) -> str:
    return accounts.get(account_id, "") if account_id else ""


def _stage(bypass: Bypass, now: datetime) -> str:
    if bypass.reviewed_at is not None:
        return REVIEWED
    if bypass.concurred_at is None:
        return ASKED
    overdue = bypass.review_due_at is not None and bypass.review_due_at < now
    return OVERDUE if overdue else STANDS


def _is_used(bypass: Bypass, debrief: Debrief) -> bool:
    return bypass.concurred_at is not None and debrief.state in _USED


def _get(session: Session, bypass_id: str) -> tuple[Bypass, Debrief]:
    bypass = session.get(Bypass, UUID(bypass_id))
    if bypass is None or bypass.withdrawn_at is not None:
        raise WrongCall("bypass-unknown")
    return bypass, session.get_one(Debrief, bypass.debrief_id)


def _stops(session: Session, debriefs: Collection[UUID]) -> dict[UUID, set[str]]:
    """Give the rules whose findings bar each plan now."""
    found: dict[UUID, set[str]] = {}
    for part in chunks(debriefs):
        query = select(DeconflictionCheck).where(DeconflictionCheck.debrief_id.in_(part))
        for check in session.scalars(query):
            stops = {f["rule"] for f in check.findings if Severity(f["severity"]).stops}
            found[check.debrief_id] = stops
    return found


def _on_record(session: Session, bypass: Bypass, what: str) -> None:
    """Put the step on record by its own name, and bring the plan's check in line."""
    session.flush()
    step_of(session).events.append(
        Draft(kind="altered", entity="bypass", entity_id=str(bypass.id), reason=f"D-11 {what}")
    )
    recheck(session, debriefs=[bypass.debrief_id])
