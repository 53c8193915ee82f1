"""What went before in a conflict: every approach and plan of its people, and earlier decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions.rights import own_agency_only
from debrief_desk.store.models import Account, Agency, Approach, ConflictDecision, Debrief
from debrief_desk.store.models import Registration as Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.parties import PartyRow
    from debrief_desk.store.models import Conflict

PLAN, APPROACH = "debrief", "approach"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One approach or plan of the people of a conflict, in order of time.

    `code` is the answer of an approach, the state of a plan.
    """

    at: datetime
    agency: str
    what: str
    code: str
    reference: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision on a conflict; `undone_at` when it was taken back."""

    id: str
    verdict: str
    plans: str
    reason: str
    decided_at: datetime
    by: str
    undone_at: datetime | None


def timeline(session: Session, parties: Sequence[PartyRow]) -> tuple[TimelineRow, ...]:
    """Give every plan and approach of the people on all sides, by all agencies.

    An account of one agency gets that agency's own: of the others it has the pointers.
    """
    ids = [UUID(p.registration_id) for p in parties if p.registration_id]
    groups = set(session.scalars(select(Record.person_id).where(Record.id.in_(ids))))
    of_group = Record.person_id.in_(groups)
    plans = select(Debrief).join(Debrief.registration).where(of_group)
    asked = select(Approach).join(Record, Approach.registration_id == Record.id).where(of_group)
    own = own_agency_only(session)
    if own is not None:
        plans = plans.where(Debrief.agency_id == own)
        asked = asked.where(Approach.agency_id == own)
    names = {a.id: a.name for a in session.scalars(select(Agency))}
    rows = [
        TimelineRow(d.starts_at, d.agency.name, PLAN, d.state.value, d.reference)
        for d in session.scalars(plans).unique()
    ]
    rows += [
        TimelineRow(a.at, names.get(a.agency_id, ""), APPROACH, a.outcome, "")
        for a in session.scalars(asked)
    ]
    return tuple(sorted(rows, key=lambda row: row.at))


def decisions(session: Session, conflict: Conflict) -> tuple[DecisionRow, ...]:
    """Give the decisions on a conflict, newest first.

    An account of one agency reads what was answered about the person, and when: the reason and
    the plans may speak of another agency's.
    """
    query = select(ConflictDecision).where(ConflictDecision.conflict_id == conflict.id)
    whole = own_agency_only(session) is None
    accounts = {a.id: a.name for a in session.scalars(select(Account))}
    return tuple(
        DecisionRow(
            id=str(d.id),
            verdict=d.verdict,
            plans=d.plans if whole else "",
            reason=d.reason if whole else "",
            decided_at=d.decided_at,
            by=accounts.get(d.account_id, "") if d.account_id and whole else "",
            undone_at=d.undone_at,
        )
        for d in session.scalars(query.order_by(ConflictDecision.decided_at.desc()))
    )
