"""Staff and room sheets: interviewers, interpreters, rooms; and the plans that waited for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import or_, select

from debrief_desk.actions import desks
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.loading import by_name
from debrief_desk.actions.people_imports import HOLLOW
from debrief_desk.errors import WrongCall
from debrief_desk.files import staff as sheets
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import london_day
from debrief_desk.store.base import uuid7
from debrief_desk.store.models import (
    Accreditation,
    Agency,
    Debrief,
    Interpreter,
    Interviewer,
    ParkedRow,
    Room,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.files.days import DateOrder
    from debrief_desk.files.headings import Mapping as Columns
    from debrief_desk.files.rows import ParsedSheet
    from debrief_desk.files.sheets import Sheet
    from debrief_desk.files.staff import InterpreterRow, InterviewerRow, RoomRow

_PARSERS: dict[str, Callable[..., ParsedSheet[Any]]] = {
    "interviewers": sheets.parse_interviewers,
    "interpreters": sheets.parse_interpreters,
    "rooms": sheets.parse_rooms,
}


def parsed(sheet: Sheet, columns: Columns, order: str, near: date) -> ParsedSheet[Any]:
    """Parse a sheet of staff or rooms."""
    return _PARSERS[columns.kind](sheet, columns, date_order=cast("DateOrder", order), near=near)


def take(
    session: Session, kind: str, rows: Sequence[Any], agency: Agency | None, import_id: UUID
) -> tuple[list[str], list[ParkedRow]]:
    """Take staff or rooms in; gives each row's outcome, and the rows to keep as rejected."""
    outcomes: list[str] = []
    left: list[ParkedRow] = []
    for row in rows:
        if row.hollow or row.problems:
            outcome = "rejected" if row.hollow else "parked"
            reasons = [[p.code, p.field, dict(p.values)] for p in row.problems]
            left.append(
                ParkedRow(
                    line=row.line,
                    outcome=outcome,
                    reasons=reasons or [[HOLLOW, "", {}]],
                    as_typed=[list(pair) for pair in row.as_typed],
                )
            )
        else:
            outcome = _TAKERS[kind](session, row, agency, import_id)
        outcomes.append(outcome)
    session.flush()
    _resolve(session)
    return outcomes, left


def _interviewer(
    session: Session, row: InterviewerRow, agency: Agency | None, import_id: UUID
) -> str:
    own = desks.agency(session, row.agency) if row.agency else agency
    if own is None:
        raise WrongCall("agency-missing")
    held = session.scalars(
        select(Interviewer).where(
            Interviewer.agency_id == own.id,
            Interviewer.staff_no == row.staff_no if row.staff_no else Interviewer.name == row.name,
        )
    ).first()
    fresh = held is None
    if held is None:
        held = Interviewer(id=uuid7(), agency=own, name=row.name, import_id=import_id)
        held.accreditations = []
        session.add(held)
    values = {
        "name": row.name, "staff_no": row.staff_no, "tier": row.tier, "led": row.debriefs_led,
        "supervised": row.of_these_supervised, "last_debrief_on": row.last_debrief,
        "refresher_on": row.refresher, "vetting": row.vetting, "vetting_to": row.vetting_to,
        "languages": [_tongue(pair) for pair in row.languages], "gender": row.gender,
        "active": True,
    }  # fmt: skip
    changed = _write(held, values | _hours(row))
    changed |= _accredit(held, row, london_day(step_of(session).now))
    return _outcome(fresh=fresh, changed=changed)


def _accredit(interviewer: Interviewer, row: InterviewerRow, today: date) -> bool:
    """Keep the authorisation of the row; one that is no longer listed ends today.

    What somebody here saw and entered, or revoked, is not the sheet's to change.
    """
    told = (row.authorisation, row.valid_to)
    seen = [a for a in interviewer.accreditations if a.seen_by]
    if any((a.kind, a.valid_to) == told for a in seen):
        return False
    live = [a for a in interviewer.accreditations if a.revoked_on is None and a not in seen]
    same = [a for a in live if (a.kind, a.valid_to) == told]
    for gone in live:
        if gone not in same:
            gone.revoked_on = today
    if row.authorisation and not same:
        interviewer.accreditations.append(
            Accreditation(id=uuid7(), kind=row.authorisation, valid_to=row.valid_to)
        )
        return True
    return len(live) != len(same)


def _interpreter(
    session: Session, row: InterpreterRow, _agency: Agency | None, import_id: UUID
) -> str:
    held = session.scalars(select(Interpreter).where(Interpreter.name == row.name)).first()
    fresh = held is None
    if held is None:
        held = Interpreter(id=uuid7(), name=row.name, import_id=import_id)
        session.add(held)
    values = {
        "languages": [_tongue(pair) for pair in row.languages], "dialects": [],
        "modes": list(row.modes), "qualification": row.qualification, "valid_to": row.valid_to,
        "gender": row.gender, "active": True,
    }  # fmt: skip
    return _outcome(fresh=fresh, changed=_write(held, values | _hours(row)))


def _hours(row: InterviewerRow | InterpreterRow) -> dict[str, Any]:
    """Give the usual shift where the sheet has one; one that was set here stays otherwise."""
    if row.shift_start is None or row.shift_end is None:
        return {}
    return {"shift_start": row.shift_start, "shift_end": row.shift_end}


def _room(session: Session, row: RoomRow, _agency: Agency | None, import_id: UUID) -> str:
    held = session.scalars(select(Room).where(Room.name == row.name)).first()
    fresh = held is None
    if held is None:
        held = Room(id=uuid7(), name=row.name, import_id=import_id)
        session.add(held)
    values = {
        "seats": row.seats, "features": list(row.features), "opens": row.open_from or 0,
        "closes": 24 * 60 if row.open_to is None else row.open_to,
        "neighbours": list(row.neighbours), "active": True,
    }  # fmt: skip
    return _outcome(fresh=fresh, changed=_write(held, values))


_TAKERS: dict[str, Callable[[Session, Any, Agency | None, UUID], str]] = {
    "interviewers": _interviewer,
    "interpreters": _interpreter,
    "rooms": _room,
}


def _write(row: object, values: dict[str, Any]) -> bool:
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def _outcome(*, fresh: bool, changed: bool) -> str:
    if fresh:
        return "added"
    return "updated" if changed else "unchanged"


def _tongue(pair: tuple[str, str]) -> str:
    language, dialect = pair
    return f"{language} ({dialect})" if dialect else language


def _resolve(session: Session) -> None:
    """Give plans the staff and rooms they named before these were known, and check all plans."""
    known = by_name(session)
    open_states = [state for state in DebriefState if state.is_open]
    query = select(Debrief).where(
        Debrief.state.in_(open_states),
        or_(Debrief.lead_text != "", Debrief.second_text != "", Debrief.room_text != ""),
    )
    for debrief in session.scalars(query).unique():
        lead = known.interviewer(debrief.agency_id, debrief.lead_text)
        second = known.interviewer(debrief.agency_id, debrief.second_text)
        room = known.room(debrief.room_text)
        if lead is not None:
            debrief.lead, debrief.lead_text = session.get_one(Interviewer, lead), ""
        if second is not None:
            debrief.second, debrief.second_text = session.get_one(Interviewer, second), ""
        if room is not None:
            debrief.room, debrief.room_text = session.get_one(Room, room), ""
    session.flush()
    everything = session.scalars(select(Debrief.id).where(Debrief.state.in_(open_states))).all()
    recheck(session, debriefs=everything)
