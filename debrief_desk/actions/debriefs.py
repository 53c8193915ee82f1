"""Debriefs as lists and boards show them: rows ready to draw, filtered and sorted in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from debrief_desk.actions.naming import shown_language, shown_name
from debrief_desk.actions.rights import own_agency_only, reads
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store import search
from debrief_desk.store.models import (
    Agency,
    Debrief,
    DeconflictionCheck,
    Interviewer,
    Registration,
    Room,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_LEVEL_RANK = case(
    {Level.STOP.value: 0, Level.CHECK.value: 1, Level.NOTE.value: 2},
    value=DeconflictionCheck.level,
    else_=3,
)
_ORDERS: dict[str, ColumnElement[object]] = {
    "time": Debrief.starts_at.expression,
    "check": _LEVEL_RANK,
    "reference": Debrief.reference.expression,
    "person": func.lower(Registration.family_name + Registration.full_name),
    "agency": Agency.name.expression,
    "lead": func.coalesce(Interviewer.name, Debrief.lead_text),
    "room": func.coalesce(Room.name, Debrief.room_text),
    "state": Debrief.state.expression,
}


@dataclass(frozen=True, slots=True)
class DebriefFilter:
    """Which debriefs to list; moments are UTC, `text` is what the user typed."""

    starts_from: datetime | None = None
    starts_before: datetime | None = None
    agency_id: str = ""
    states: tuple[DebriefState, ...] = ()
    text: str = ""
    order: str = "time"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class DebriefRow:
    """One debrief in a list or on the board. Names are "" where the account sees the pointer only."""

    id: str
    reference: str
    registration_id: str
    starts_at: datetime
    ends_at: datetime
    person: str
    own_script: str
    language: str
    agency: str
    agency_id: str
    partners: tuple[str, ...]
    lead: str
    lead_id: str
    second: str
    interpreter: str
    room: str
    room_id: str
    event: str
    band: str
    state: DebriefState
    level: Level
    bars_cleared: bool
    check_reference: str
    version: int
    past: bool = False


@dataclass(frozen=True, slots=True)
class DebriefPage:
    """A window into a list: its rows and how many there are in all."""

    rows: tuple[DebriefRow, ...]
    total: int


@reads(Right.SEE_PEOPLE)
def listed(
    session: Session, wanted: DebriefFilter, offset: int = 0, limit: int = 200
) -> DebriefPage:
    """Give part of the list, and how many debriefs the filter finds."""
    query = _filtered(session, wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = _ORDERS.get(wanted.order)
    if order is None:
        raise WrongCall("order-unknown", order=wanted.order)
    query = query.order_by(order.desc() if wanted.descending else order, Debrief.id)
    query = query.offset(offset).limit(limit)
    return DebriefPage(tuple(_rows(session, query)), total)


@reads(Right.SEE_PEOPLE)
def on_board(
    session: Session, starts_from: datetime, starts_before: datetime
) -> tuple[DebriefRow, ...]:
    """Give every debrief of a span that still stands or took place, in order of time."""
    gone = (DebriefState.CANCELLED, DebriefState.DECLINED, DebriefState.LAPSED, DebriefState.DRAFT)
    query = _filtered(
        session, DebriefFilter(starts_from=starts_from, starts_before=starts_before)
    ).where(Debrief.state.not_in(gone))
    return tuple(_rows(session, query.order_by(Debrief.starts_at, Debrief.id)))


def _filtered(session: Session, wanted: DebriefFilter) -> Select[tuple[Debrief]]:
    query = (
        select(Debrief)
        .join(Debrief.registration)
        .join(Agency, Debrief.agency_id == Agency.id)
        .outerjoin(Interviewer, Debrief.lead_id == Interviewer.id)
        .outerjoin(Room, Debrief.room_id == Room.id)
        .outerjoin(DeconflictionCheck, DeconflictionCheck.debrief_id == Debrief.id)
    )
    if wanted.starts_from is not None:
        query = query.where(Debrief.ends_at > wanted.starts_from)
    if wanted.starts_before is not None:
        query = query.where(Debrief.starts_at < wanted.starts_before)
    if wanted.agency_id:
        agency = UUID(wanted.agency_id)
        query = query.where(
            or_(Debrief.agency_id == agency, func.instr(Debrief.partner_ids, str(agency)) > 0)
        )
    if wanted.states:
        query = query.where(Debrief.state.in_(wanted.states))
    own = own_agency_only(session)
    if wanted.text.strip():
        query = query.where(_finds(wanted.text, own))
    return query


def _finds(typed: str, own: UUID | None) -> ColumnElement[bool]:
    """Find by reference, or by the person's words where the account may see them."""
    by_reference = Debrief.reference.contains(typed.strip(), autoescape=True)
    found = search.found(typed)
    if found is None:
        return by_reference
    by_person = Debrief.registration_id.in_(found)
    if own is not None:
        by_person &= Debrief.agency_id == own
    return or_(by_reference, by_person)


def _rows(session: Session, query: Select[tuple[Debrief]]) -> list[DebriefRow]:
    found = list(session.scalars(query).unique())
    checks = checks_of(session, found)
    names = {str(a.id): a.name for a in session.scalars(select(Agency))}
    own = own_agency_only(session)
    return [_row(d, checks.get(d.id), names, own) for d in found]


def checks_of(session: Session, debriefs: list[Debrief]) -> dict[UUID, DeconflictionCheck]:
    """Give the newest check of each debrief."""
    ids = [d.id for d in debriefs]
    found: dict[UUID, DeconflictionCheck] = {}
    for start in range(0, len(ids), 400):
        query = select(DeconflictionCheck).where(
            DeconflictionCheck.debrief_id.in_(ids[start : start + 400])
        )
        found |= {check.debrief_id: check for check in session.scalars(query)}
    return found


def _row(
    debrief: Debrief, check: DeconflictionCheck | None, names: dict[str, str], own: UUID | None
) -> DebriefRow:
    registration = debrief.registration
    seen = own is None or debrief.agency_id == own or str(own) in debrief.partner_ids
    return DebriefRow(
        id=str(debrief.id),
        reference=debrief.reference,
        registration_id=str(registration.id) if seen else "",
        starts_at=debrief.starts_at,
        ends_at=debrief.ends_at,
        person=shown_name(registration) if seen else "",
        own_script=registration.native_name if seen else "",
        language=shown_language(registration) if seen else "",
        agency=debrief.agency.name,
        agency_id=str(debrief.agency_id),
        partners=tuple(names.get(p, "") for p in debrief.partner_ids),
        lead=debrief.lead.name if debrief.lead else debrief.lead_text,
        lead_id=str(debrief.lead_id or ""),
        second=debrief.second.name if debrief.second else debrief.second_text,
        interpreter=debrief.interpreter.name if debrief.interpreter else "",
        room=debrief.room.name if debrief.room else debrief.room_text,
        room_id=str(debrief.room_id or ""),
        event=registration.event.number if seen and registration.event else "",
        band=registration.band if seen else "",
        state=debrief.state,
        level=Level(check.level) if check else Level.CLEAR,
        bars_cleared=check.bars_cleared if check else True,
        check_reference=check.reference if check else "",
        version=debrief.version,
    )
