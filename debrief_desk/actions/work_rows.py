"""What somebody has to do, as rows of one worklist: conflicts, plans, notices, tasks, dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import bypasses, opinions, referrals, renewals
from debrief_desk.actions.debriefs import checks_of, rows_of
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.rights import holds, own_agency_only
from debrief_desk.rules.codes import MarkerKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.models import (
    Agency,
    ConflictNotice,
    Debrief,
    NoApproachMarker,
    Registration,
)
from debrief_desk.store.session import step_of
from debrief_desk.wording import worklist

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.conflicts import ConflictRow

CONFLICT, DEBRIEF, NOTICE = "conflict", "debrief", "notice"
REFERRAL, BYPASS, OPINION, REOPENING, RENEWALS = (
    "referral",
    "bypass",
    "opinion",
    "reopening",
    "renewals",
)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing somebody has to do. `kind` says what `id` names.

    A conflict, a debrief (also of a bypass), a notice, an opinion, the record of a person (of a
    referral or a reopening), or nothing (renewals). `at` is the moment it is about (UTC): the
    session in conflict, the planned start, when it was sent or asked, when it falls due.
    """

    kind: str
    id: str
    level: Level
    title: str
    detail: str
    at: datetime | None


def conflict(row: ConflictRow) -> WorkRow:
    """Give an open conflict; a reopened one says why it is there again."""
    title = worklist.conflict(row.kind, row.title)
    again = row.reopened_because if row.state is ConflictState.REOPENED else ""
    detail = worklist.conflict_detail(row.agencies, row.owner, row.waiting_for, again)
    return WorkRow(CONFLICT, row.id, row.level, title, detail, row.session_at)


def debriefs(session: Session, found: list[Debrief]) -> list[WorkRow]:
    """Give plans that are not cleared, with how much is still missing."""
    checks = checks_of(session, found)
    rows = []
    for debrief, row in zip(found, rows_of(session, found), strict=True):
        findings = checks[debrief.id].findings if debrief.id in checks else []
        missing = sum(1 for finding in findings if finding["todo"])
        detail = worklist.uncleared_detail(row.agency, row.room, missing, bars=row.bars_cleared)
        title = worklist.uncleared(row.person, row.reference)
        level = Level.CHECK if row.bars_cleared else Level.NOTE
        rows.append(WorkRow(DEBRIEF, row.id, level, title, detail, row.starts_at))
    return rows


def notices(session: Session, most: int) -> list[WorkRow]:
    """Give what agencies have not acknowledged.

    Who works for one agency sees all of its notices. The site sees those about cancelled plans,
    which somebody has to pass on; a conflict still open is in the list by itself.
    """
    own = own_agency_only(session)
    query = select(ConflictNotice).where(ConflictNotice.acknowledged_at.is_(None))
    if own is None:
        query = query.where(ConflictNotice.debrief_id.is_not(None))
    else:
        query = query.where(ConflictNotice.agency_id == own)
    found = list(session.scalars(query.order_by(ConflictNotice.sent_at).limit(most)))
    agencies = {a.id: a for a in session.scalars(select(Agency))}
    rows = []
    for notice in found:
        debrief = session.get(Debrief, notice.debrief_id) if notice.debrief_id else None
        agency = agencies[notice.agency_id]
        title = worklist.notice(notice.code, debrief.reference if debrief else "")
        detail = worklist.notice_detail(agency.name, agency.contact, own=own is not None)
        rows.append(WorkRow(NOTICE, str(notice.id), Level.NOTE, title, detail, notice.sent_at))
    return rows


def tasks(session: Session) -> list[WorkRow]:
    """Give what falls due beside conflicts and plans, as far as this account can do it."""
    return [
        *_referrals(session),
        *_bypasses(session),
        *_opinions(session),
        *_reopenings(session),
        *_renewals(session),
    ]


def _referrals(session: Session) -> list[WorkRow]:
    return [
        WorkRow(
            REFERRAL,
            row.registration_id,
            Level.CHECK if row.overdue else Level.NOTE,
            worklist.referral(row.kind, row.person),
            worklist.referral_detail(row.agency, row.owner, overdue=row.overdue),
            row.due_at,
        )
        for row in referrals.open(session)
    ]


def _bypasses(session: Session) -> list[WorkRow]:
    return [
        WorkRow(
            BYPASS,
            row.debrief_id,
            Level.NOTE if row.stage == bypasses.STANDS else Level.CHECK,
            worklist.bypass(row.stage, row.person or row.reference),
            worklist.bypass_detail(row.agency, row.asked_by),
            row.due_at or row.starts_at,
        )
        for row in bypasses.due(session)
    ]


def _opinions(session: Session) -> list[WorkRow]:
    if not holds(session, Right.DECIDE_CONFLICTS):
        return []
    return [
        WorkRow(
            OPINION,
            row.id,
            Level.NOTE,
            worklist.opinion(row.number),
            worklist.opinion_detail(row.agencies),
            row.asked_at,
        )
        for row in opinions.waiting(session)
    ]


def _reopenings(session: Session) -> list[WorkRow]:
    """Give who asked to talk after all, and waits for a second officer to confirm it (V-5)."""
    if not holds(session, Right.CONFIRM_REOPENING):
        return []
    query = (
        select(Registration, NoApproachMarker.asked_at, NoApproachMarker.requested_by_id)
        .join(NoApproachMarker, NoApproachMarker.registration_id == Registration.id)
        .where(
            NoApproachMarker.kind == MarkerKind.NO_APPROACH.value,
            NoApproachMarker.lifted_at.is_(None),
            NoApproachMarker.asked_at.is_not(None),
        )
        .order_by(NoApproachMarker.asked_at)
    )
    me = step_of(session).account_id
    waiting = {
        person.person_id: (person, asked_at)
        for person, asked_at, by in session.execute(query).unique()
        if by != me
    }
    return [
        WorkRow(
            REOPENING,
            str(person.id),
            Level.CHECK,
            worklist.reopening(shown_name(person)),
            worklist.reopening_detail(),
            asked_at,
        )
        for person, asked_at in waiting.values()
    ]


def _renewals(session: Session) -> list[WorkRow]:
    """Give one row for all that ends soon: it is seen to by the list, not one by one."""
    found = renewals.listed(session)
    if not found:
        return []
    ended = sum(row.days_left < 0 for row in found)
    title = worklist.renewals(len(found), ended)
    detail = worklist.renewals_detail([(row.who, row.what) for row in found])
    level = Level.CHECK if ended else Level.NOTE
    return [WorkRow(RENEWALS, "", level, title, detail, None)]
