"""What an agency is told, and that it has seen it: a pointer, nothing else (DOMAIN 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions.loading import by_id
from debrief_desk.actions.pointers import Pointer, pointers
from debrief_desk.actions.rights import holds, own_agency_only, reads, writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Account, Agency, Conflict, ConflictNotice, Debrief
from debrief_desk.store.session import step_of
from debrief_desk.wording import worklist

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One thing an agency was told.

    `about` points at the other agencies' plans. `acknowledged_at` is when somebody of the agency,
    or whoever passed it on, said that it was seen; `may_acknowledge` is false from then on.
    """

    id: str
    agency: str
    contact: str
    text: str
    sent_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str
    about: tuple[Pointer, ...]
    may_acknowledge: bool


def tell(
    session: Session,
    agencies: Iterable[UUID],
    code: str,
    *,
    conflict: Conflict | None = None,
    debrief: Debrief | None = None,
) -> None:
    """Record one notice for each agency; it waits until the agency acknowledges it."""
    for agency in agencies:
        session.add(
            ConflictNotice(
                conflict_id=conflict.id if conflict is not None else None,
                debrief_id=debrief.id if debrief is not None else None,
                agency_id=agency,
                code=code,
                sent_at=step_of(session).now,
            )
        )


@reads(Right.SEE_PEOPLE)
def listed(session: Session, everything: bool = False) -> tuple[NoticeRow, ...]:
    """Give the notices nobody acknowledged, oldest first; with `everything` all of them.

    An account of one agency gets that agency's notices only.
    """
    query = select(ConflictNotice)
    if not everything:
        query = query.where(ConflictNotice.acknowledged_at.is_(None))
    return _rows(session, query)


def of_conflict(session: Session, conflict: Conflict) -> tuple[NoticeRow, ...]:
    """Give what was told about a conflict and about the plans in it, as far as one may see it."""
    plans = [party.debrief_id for party in conflict.parties if party.debrief_id]
    about = or_(ConflictNotice.conflict_id == conflict.id, ConflictNotice.debrief_id.in_(plans))
    return _rows(session, select(ConflictNotice).where(about))


@writes(Right.ACKNOWLEDGE)
def acknowledge(session: Session, notice_id: str) -> None:
    """Record that an agency has seen a notice: who says so, and when. The first word stands.

    Raises:
        NotAllowed: the notice is for another agency.
    """
    notice = session.get(ConflictNotice, UUID(notice_id))
    if notice is None:
        raise WrongCall("notice-unknown")
    own = own_agency_only(session)
    if own not in (None, notice.agency_id):
        raise NotAllowed("other-agency")
    if notice.acknowledged_at is None:
        notice.acknowledged_at = step_of(session).now
        notice.acknowledged_by_id = step_of(session).account_id


def _rows(session: Session, query: Select[ConflictNotice]) -> tuple[NoticeRow, ...]:
    own = own_agency_only(session)
    if own is not None:
        query = query.where(ConflictNotice.agency_id == own)
    found = list(session.scalars(query.order_by(ConflictNotice.sent_at, ConflictNotice.id)))
    agencies = {a.id: a for a in session.scalars(select(Agency))}
    accounts = {a.id: a.name for a in session.scalars(select(Account))}
    conflicts = by_id(session, Conflict, {n.conflict_id for n in found})
    plans = by_id(session, Debrief, _plan_ids(found, conflicts))
    joined = by_id(session, Debrief, {d.joined_into_id for d in plans.values()})
    known = pointers(session, list((plans | joined).values()))
    may = holds(session, Right.ACKNOWLEDGE)
    rows = []
    for notice in found:
        agency = agencies[notice.agency_id]
        debrief = plans.get(notice.debrief_id) if notice.debrief_id else None
        others = _others(notice, conflicts, plans)
        rows.append(
            NoticeRow(
                id=str(notice.id),
                agency=agency.name,
                contact=agency.contact,
                text=worklist.notice(notice.code, debrief.reference if debrief else ""),
                sent_at=notice.sent_at,
                acknowledged_at=notice.acknowledged_at,
                acknowledged_by=accounts.get(notice.acknowledged_by_id, "")
                if notice.acknowledged_by_id
                else "",
                about=tuple(known[i] for i in others if i in known),
                may_acknowledge=may and notice.acknowledged_at is None,
            )
        )
    return tuple(rows)


def _plan_ids(found: Sequence[ConflictNotice], conflicts: dict[UUID, Conflict]) -> set[UUID | None]:
    parties = {p.debrief_id for conflict in conflicts.values() for p in conflict.parties}
    return parties | {notice.debrief_id for notice in found}


def _others(
    notice: ConflictNotice, conflicts: dict[UUID, Conflict], plans: dict[UUID, Debrief]
) -> list[UUID]:
    """Give the plans of other agencies that a notice is about."""
    if notice.conflict_id is None:
        debrief = plans.get(notice.debrief_id) if notice.debrief_id else None
        return [debrief.joined_into_id] if debrief and debrief.joined_into_id else []
    parties = [p.debrief_id for p in conflicts[notice.conflict_id].parties if p.debrief_id]
    return [i for i in parties if plans[i].agency_id != notice.agency_id]
