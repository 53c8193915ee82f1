"""What needs somebody now, and who goes into which room next: the page a shift begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from debrief_desk.actions import conflicts, desks
from debrief_desk.actions.debriefs import DebriefRow, checks_of, rows_of
from debrief_desk.actions.rights import own_agency_only, reads
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Agency, ConflictNotice, Debrief
from debrief_desk.store.session import step_of
from debrief_desk.wording import worklist

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

SOON = timedelta(hours=2)
"""How far ahead a plan that is not cleared yet needs somebody."""
_MOST = 12
CONFLICT, DEBRIEF, NOTICE = "conflict", "debrief", "notice"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing somebody has to do. `kind` says what `id` names: conflict, debrief or notice.

    `at` is the moment it is about (UTC): the session in conflict, the planned start, the notice.
    """

    kind: str
    id: str
    level: Level
    title: str
    detail: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Worklist:
    """The page *Today*: a greeting with counts, the nearest work, and who is next in the rooms.

    `more_conflicts` and `more_debriefs` count what is not shown here.
    """

    now: datetime
    greeting: str
    counts: str
    work: tuple[WorkRow, ...]
    more_conflicts: int
    more_debriefs: int
    next: tuple[DebriefRow, ...]
    any_debriefs: bool


@reads(Right.SEE_PEOPLE)
def worklist_now(session: Session) -> Worklist:
    """Give what waits, nearest first, and the next debriefs in the rooms."""
    now = step_of(session).now
    waiting = conflicts.listed(session)
    named = {party.debrief_id for row in waiting for party in row.parties}
    uncleared = [d for d in _uncleared(session, now) if str(d.id) not in named]
    notices = _notices(session)
    work = [_conflict(row) for row in waiting[:_MOST]]
    work += [*_debriefs(session, uncleared[:_MOST]), *notices]
    planned, cleared = _today(session, now)
    counted = worklist.Waiting(len(waiting), len(uncleared), len(notices))
    return Worklist(
        now=now,
        greeting=worklist.greeting(now, desks.summary(session).account),
        counts=worklist.counts(now, counted, planned, cleared),
        work=tuple(sorted(work, key=lambda row: (row.at is None, row.at or now))),
        more_conflicts=max(0, len(waiting) - _MOST),
        more_debriefs=max(0, len(uncleared) - _MOST),
        next=_coming(session, now),
        any_debriefs=session.scalars(select(Debrief.id).limit(1)).first() is not None,
    )


def _conflict(row: conflicts.ConflictRow) -> WorkRow:
    title = worklist.conflict(row.kind, row.title)
    detail = worklist.conflict_detail(row.agencies, row.owner, row.waiting_for)
    return WorkRow(CONFLICT, row.id, row.level, title, detail, row.session_at)


def _uncleared(session: Session, now: datetime) -> list[Debrief]:
    """Give the plans that begin soon, or should have begun, and are not cleared."""
    query = select(Debrief).where(
        Debrief.state.in_((DebriefState.PLANNED, DebriefState.WAITING)),
        Debrief.ends_at > now,
        Debrief.starts_at < now + SOON,
    )
    query = _own(session, query).order_by(Debrief.starts_at, Debrief.id)
    return list(session.scalars(query).unique())


def _debriefs(session: Session, found: list[Debrief]) -> list[WorkRow]:
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


def _notices(session: Session) -> list[WorkRow]:
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
    found = list(session.scalars(query.order_by(ConflictNotice.sent_at).limit(_MOST)))
    agencies = {a.id: a for a in session.scalars(select(Agency))}
    rows = []
    for notice in found:
        debrief = session.get(Debrief, notice.debrief_id) if notice.debrief_id else None
        agency = agencies[notice.agency_id]
        title = worklist.notice(notice.code, debrief.reference if debrief else "")
        detail = worklist.notice_detail(agency.name, agency.contact, own=own is not None)
        rows.append(WorkRow(NOTICE, str(notice.id), Level.NOTE, title, detail, notice.sent_at))
    return rows


def _coming(session: Session, now: datetime) -> tuple[DebriefRow, ...]:
    states = (DebriefState.PLANNED, DebriefState.CLEARED, DebriefState.IN_PROGRESS)
    query = select(Debrief).where(Debrief.state.in_(states), Debrief.ends_at > now)
    query = _own(session, query).order_by(Debrief.starts_at, Debrief.id).limit(_MOST)
    return rows_of(session, list(session.scalars(query).unique()))


def _today(session: Session, now: datetime) -> tuple[int, int]:
    """Count the debriefs of the London day that stand, and those of them that are cleared."""
    day = timedelta(hours=26)  # the longest day there is has 25
    query = select(Debrief).where(Debrief.starts_at > now - day, Debrief.starts_at < now + day)
    today = london_day(now)
    states = [
        debrief.state
        for debrief in session.scalars(_own(session, query)).unique()
        if debrief.state.is_open and london_day(debrief.starts_at) == today
    ]
    return len(states), states.count(DebriefState.CLEARED)


def _own(session: Session, query: Select[Debrief]) -> Select[Debrief]:
    own = own_agency_only(session)
    return query if own is None else query.where(Debrief.agency_id == own)
