"""Debriefs as lists and boards show them: rows ready to draw, filtered and sorted in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_, select

from debrief_desk.actions import people
from debrief_desk.actions.loading import chunks
from debrief_desk.actions.naming import shown_language, shown_name, shown_script
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store import search
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import (
    Agency,
    Debrief,
    DeconflictionCheck,
    Interviewer,
    Registration,
    Room,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

_LEVEL_RANK = case(
    {Level.STOP.value: 0, Level.CHECK.value: 1, Level.NOTE.value: 2},
    value=DeconflictionCheck.level,
    else_=3,
)
ORDERS: dict[str, ColumnElement[Any]] = {
    "time": Debrief.starts_at.expression,
    "check": _LEVEL_RANK,
    "reference": Debrief.reference.expression,
    "person": func.lower(Registration.family_name + Registration.full_name),
    "agency": Agency.name.expression,
    "lead": func.coalesce(Interviewer.name, Debrief.lead_text),
    "room": func.coalesce(Room.name, Debrief.room_text),
    "state": Debrief.state.expression,
}
"""Orders of the list, by name."""
_OPEN_ORDERS = frozenset({"time", "agency"})
"""Orders by what the pointer tells of another agency's debrief."""


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
    """One debrief in a list or on the board.

    Of another agency's an account of one agency has the pointer: agency, slot, and as `reference`
    that of the check. Its `id` is a key of the list that no action takes, its `state` says only
    that the slot stands, and the rest is empty.
    """

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
    second_id: str = ""
    interpreter_id: str = ""
    movable: bool = False
    started_at: datetime | None = None
    ended_at: datetime | None = None
    pinned: bool = False
    priority: int = 2


@dataclass(frozen=True, slots=True)
class DebriefPage:
    """A window into a list: its rows and how many there are in all."""

    rows: tuple[DebriefRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DebriefCard:
    """One debrief as a form needs it: its row, its person, and the plan it was saved with."""

    row: DebriefRow
    person: people.PersonRow
    plan: DebriefPlan


@reads(Right.SEE_PEOPLE)
def listed(
    session: Session, wanted: DebriefFilter, offset: int = 0, limit: int = 200
) -> DebriefPage:
    """Give part of the list, and how many debriefs the filter finds."""
    query = _filtered(session, wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = ORDERS.get(wanted.order)
    if order is None:
        raise WrongCall("order-unknown", order=wanted.order)
    own = own_agency_only(session)
    if own is not None and wanted.order not in _OPEN_ORDERS:
        order = case((_takes_part(own), order))  # where others stand says nothing of them
    query = query.order_by(order.desc() if wanted.descending else order, Debrief.id)
    query = query.offset(offset).limit(limit)
    return DebriefPage(_rows(session, query), total)


@reads(Right.SEE_PEOPLE)
def on_board(
    session: Session, starts_from: datetime, starts_before: datetime
) -> tuple[DebriefRow, ...]:
    """Give every debrief of a span that still stands or took place, in order of time.

    Who works for one agency gets those it takes part in: of the others it may not know the room.
    """
    gone = (DebriefState.CANCELLED, DebriefState.DECLINED, DebriefState.LAPSED, DebriefState.DRAFT)
    query = _filtered(
        session, DebriefFilter(starts_from=starts_from, starts_before=starts_before)
    ).where(Debrief.state.not_in(gone))
    own = own_agency_only(session)
    if own is not None:
        query = query.where(_takes_part(own))
    return _rows(session, query.order_by(Debrief.starts_at, Debrief.id))


@writes(Right.SEE_PEOPLE)
def card(session: Session, debrief_id: str) -> DebriefCard:
    """Give a debrief to look at or to change; that somebody looked is on record first.

    Raises:
        NotAllowed: it is another agency's, of which the account sees the pointer only.
    """
    debrief = session.get(Debrief, UUID(debrief_id))
    if debrief is None:
        raise WrongCall("debrief-unknown")
    own = own_agency_only(session)
    if own not in (None, debrief.agency_id):
        raise NotAllowed("other-agency")
    step_of(session).events.append(Draft(kind="consulted", entity="debrief", entity_id=debrief_id))
    (person,) = people.rows(session, [debrief.registration])
    (row,) = rows_of(session, [debrief])
    return DebriefCard(row, person, _plan(debrief))


def _plan(debrief: Debrief) -> DebriefPlan:
    return DebriefPlan(
        agency=debrief.agency.name,
        registration_id=str(debrief.registration_id),
        starts_at=debrief.starts_at,
        minutes=round((debrief.ends_at - debrief.starts_at).total_seconds() / 60),
        room_id=str(debrief.room_id or ""),
        lead_id=str(debrief.lead_id or ""),
        second_id=str(debrief.second_id or ""),
        interpreter_id=str(debrief.interpreter_id or ""),
        lead_text=debrief.lead_text,
        second_text=debrief.second_text,
        room_text=debrief.room_text,
        mode=debrief.mode,
        purpose=debrief.purpose,
        recorded=tuple(debrief.recorded.items()),
        debrief_id=str(debrief.id),
    )


def _filtered(session: Session, wanted: DebriefFilter) -> Select[Debrief]:
    query = (
        select(Debrief)
        .join(Debrief.registration)
        .join(Agency, Debrief.agency_id == Agency.id)
        .outerjoin(Interviewer, Debrief.lead_id == Interviewer.id)
        .outerjoin(Room, Debrief.room_id == Room.id)
        .outerjoin(DeconflictionCheck, DeconflictionCheck.debrief_id == Debrief.id)
    )
    own = own_agency_only(session)
    if wanted.starts_from is not None:
        query = query.where(Debrief.ends_at > wanted.starts_from)
    if wanted.starts_before is not None:
        query = query.where(Debrief.starts_at < wanted.starts_before)
    if wanted.agency_id:
        about = _takes_part(UUID(wanted.agency_id))
        if own is not None:  # who takes part beside them is nothing for others
            named = Debrief.agency_id == UUID(wanted.agency_id)
            about = or_(named, and_(_takes_part(own), about))
        query = query.where(about)
    if wanted.states:
        asked = Debrief.state.in_(wanted.states)
        query = query.where(asked if own is None else or_(asked, not_(_takes_part(own))))
    if wanted.text.strip():
        query = query.where(_finds(wanted.text, own))
    if own is not None:
        query = query.where(or_(_takes_part(own), _stands(wanted)))
    return query


def _takes_part(own: UUID) -> ColumnElement[bool]:
    """Ask for the debriefs of an agency, joint ones among them."""
    return or_(Debrief.agency_id == own, func.instr(Debrief.partner_ids, str(own)) > 0)


def _stands(wanted: DebriefFilter) -> ColumnElement[bool]:
    """Ask for slots that stand; in which state tells what only their own agency may know."""
    if wanted.states and DebriefState.PLANNED not in wanted.states:
        return false()
    return Debrief.state.in_([state for state in DebriefState if state.is_open])


def _finds(typed: str, own: UUID | None) -> ColumnElement[bool]:
    """Find by reference, or by the person's words where the account may see them."""
    said = Debrief.reference.contains(typed.strip(), autoescape=True)
    found = search.found(typed)
    if found is not None:
        said = or_(said, Debrief.registration_id.in_(found))
    if own is None:
        return said
    by_check = DeconflictionCheck.reference.contains(typed.strip(), autoescape=True)
    return or_(and_(_takes_part(own), said), by_check)


def _rows(session: Session, query: Select[Debrief]) -> tuple[DebriefRow, ...]:
    return rows_of(session, list(session.scalars(query).unique()))


def rows_of(session: Session, found: list[Debrief]) -> tuple[DebriefRow, ...]:
    """Give debriefs as list rows, in their order."""
    checks = checks_of(session, found)
    names = {str(a.id): a.name for a in session.scalars(select(Agency))}
    own = own_agency_only(session)
    groups = {d.registration.person_id for d in found} if own is None else set()
    scripts = native_names(session, groups)
    return tuple(_row(d, checks.get(d.id), names, scripts, own) for d in found)


def native_names(session: Session, groups: set[UUID]) -> dict[UUID, str]:
    """Give each person's name in their own script, whichever linked record has it."""
    names: dict[UUID, str] = {}
    if step_of(session).names_hidden:
        return names
    for part in chunks(groups):
        query = select(Registration.person_id, Registration.native_name).where(
            Registration.person_id.in_(part),
            Registration.native_name != "",
            Registration.withdrawn_at.is_(None),
        )
        newest_first = session.execute(query.order_by(Registration.id.desc()))
        names |= {group: name for group, name in newest_first}  # noqa: C416 - rows are no pairs
    return names


def checks_of(session: Session, debriefs: list[Debrief]) -> dict[UUID, DeconflictionCheck]:
    """Give the newest check of each debrief."""
    ids = [d.id for d in debriefs]
    found: dict[UUID, DeconflictionCheck] = {}
    for part in chunks(ids):
        query = select(DeconflictionCheck).where(DeconflictionCheck.debrief_id.in_(part))
        found |= {check.debrief_id: check for check in session.scalars(query)}
    return found


def _row(
    debrief: Debrief,
    check: DeconflictionCheck | None,
    names: dict[str, str],
    scripts: dict[UUID, str],
    own: UUID | None,
) -> DebriefRow:
    registration = debrief.registration
    if own is not None and own != debrief.agency_id and str(own) not in debrief.partner_ids:
        return _pointer(debrief, check.reference if check else "")
    script = scripts.get(registration.person_id) or shown_script(registration)
    return DebriefRow(
        id=str(debrief.id),
        reference=debrief.reference,
        registration_id=str(registration.id),
        starts_at=debrief.starts_at,
        ends_at=debrief.ends_at,
        person=shown_name(registration),
        own_script=script,
        language=shown_language(registration),
        agency=debrief.agency.name,
        agency_id=str(debrief.agency_id),
        partners=tuple(names.get(p, "") for p in debrief.partner_ids),
        lead=debrief.lead.name if debrief.lead else debrief.lead_text,
        lead_id=str(debrief.lead_id or ""),
        second=debrief.second.name if debrief.second else debrief.second_text,
        interpreter=debrief.interpreter.name if debrief.interpreter else "",
        room=debrief.room.name if debrief.room else debrief.room_text,
        room_id=str(debrief.room_id or ""),
        event=registration.event.number if registration.event else "",
        band=registration.band,
        state=debrief.state,
        level=Level(check.level) if check else Level.CLEAR,
        bars_cleared=check.bars_cleared if check else True,
        check_reference=check.reference if check else "",
        version=debrief.version,
        second_id=str(debrief.second_id or ""),
        interpreter_id=str(debrief.interpreter_id or ""),
        movable=debrief.state.is_movable and (own is None or debrief.agency_id == own),
        started_at=debrief.started_at,
        ended_at=debrief.ended_at,
        pinned=debrief.pinned,
        priority=debrief.priority,
    )


def _pointer(debrief: Debrief, check_reference: str) -> DebriefRow:
    """Give what another agency sees of a debrief."""
    return DebriefRow(
        id=str(debrief.id),
        reference=check_reference,
        registration_id="",
        starts_at=debrief.starts_at,
        ends_at=debrief.ends_at,
        person="",
        own_script="",
        language="",
        agency=debrief.agency.name,
        agency_id=str(debrief.agency_id),
        partners=(),
        lead="",
        lead_id="",
        second="",
        interpreter="",
        room="",
        room_id="",
        event="",
        band="",
        state=DebriefState.PLANNED,
        level=Level.CLEAR,
        bars_cleared=False,
        check_reference=check_reference,
        version=0,
    )
