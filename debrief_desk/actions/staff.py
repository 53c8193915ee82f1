"""Interviewers, interpreters and rooms as lists and choices show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions.desks import policy
from debrief_desk.actions.facts import OPEN
from debrief_desk.actions.rights import reads
from debrief_desk.actions.staff_facts import interviewer as facts_of
from debrief_desk.rules.fitness import authorisation_gap, experience_gaps
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Debrief, Interpreter, Interviewer, Room
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class InterviewerRow:
    """One interviewer, judged for today: may this person lead, and if not, why."""

    id: str
    name: str
    agency: str
    agency_id: str
    staff_no: str
    tier: int | None
    led: int
    last_debrief_on: date | None
    authorisation: str
    valid_to: date | None
    vetting: str
    vetting_to: date | None
    languages: tuple[str, ...]
    gender: str
    shift_start: int | None
    shift_end: int | None
    level: Level
    reason: str
    planned: int


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """One interpreter."""

    id: str
    name: str
    languages: tuple[str, ...]
    modes: tuple[str, ...]
    qualification: str
    valid_to: date | None
    gender: str
    shift_start: int | None
    shift_end: int | None
    expired: bool


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One room; `opens` and `closes` are minutes after London midnight."""

    id: str
    name: str
    seats: int | None
    features: tuple[str, ...]
    opens: int
    closes: int
    neighbours: tuple[str, ...]


@reads(Right.SEE_PEOPLE)
def interviewers(session: Session, day: date | None = None) -> tuple[InterviewerRow, ...]:
    """Give the interviewers in use by agency and name, judged for `day` (today)."""
    now = step_of(session).now
    on = day or london_day(now)
    planned = _planned(session, now)
    rules = policy(session)
    query = select(Interviewer).where(Interviewer.active).order_by(Interviewer.name)
    rows = []
    for one in session.scalars(query).unique():
        facts = facts_of(one, now)
        if facts is None:
            continue
        gap = authorisation_gap(facts, on)
        short = experience_gaps(facts, rules)
        rows.append(
            InterviewerRow(
                id=str(one.id),
                name=one.name,
                agency=one.agency.name,
                agency_id=str(one.agency_id),
                staff_no=one.staff_no,
                tier=one.tier,
                led=facts.led,
                last_debrief_on=one.last_debrief_on,
                authorisation=facts.authorisation or "",
                valid_to=facts.valid_to,
                vetting=one.vetting,
                vetting_to=one.vetting_to,
                languages=tuple(one.languages),
                gender=one.gender,
                shift_start=one.shift_start,
                shift_end=one.shift_end,
                level=Level.STOP if gap else Level.CHECK if short else Level.CLEAR,
                reason=gap or (short[0] if short else ""),
                planned=planned.get(str(one.id), 0),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.agency, row.name)))


@reads(Right.SEE_PEOPLE)
def interpreters(session: Session) -> tuple[InterpreterRow, ...]:
    """Give the interpreters in use by name."""
    today = london_day(step_of(session).now)
    query = select(Interpreter).where(Interpreter.active).order_by(Interpreter.name)
    return tuple(
        InterpreterRow(
            id=str(one.id),
            name=one.name,
            languages=tuple(one.languages),
            modes=tuple(one.modes),
            qualification=one.qualification,
            valid_to=one.valid_to,
            gender=one.gender,
            shift_start=one.shift_start,
            shift_end=one.shift_end,
            expired=one.valid_to is not None and one.valid_to < today,
        )
        for one in session.scalars(query)
    )


@reads(Right.SEE_PEOPLE)
def rooms(session: Session) -> tuple[RoomRow, ...]:
    """Give the rooms in use, numbered ones in the order of their numbers."""
    found = session.scalars(select(Room).where(Room.active))
    rows = [
        RoomRow(
            id=str(room.id),
            name=room.name,
            seats=room.seats,
            features=tuple(room.features),
            opens=room.opens,
            closes=room.closes,
            neighbours=tuple(room.neighbours),
        )
        for room in found
    ]
    return tuple(sorted(rows, key=lambda row: _natural(row.name)))


def _natural(name: str) -> tuple[str, int, str]:
    """Order `Room 2` before `Room 10`."""
    digits = "".join(letter for letter in name if letter.isdecimal())
    return name.rstrip("0123456789"), int(digits or 0), name


def _planned(session: Session, now: datetime) -> dict[str, int]:
    """Count the open plans of each interviewer from now to a day ahead."""
    query = select(Debrief.lead_id, Debrief.second_id).where(
        Debrief.state.in_(OPEN), Debrief.ends_at > now, Debrief.starts_at < now + timedelta(days=1)
    )
    counts: dict[str, int] = {}
    for pair in session.execute(query):
        for one in pair:
            if one is not None:
                counts[str(one)] = counts.get(str(one), 0) + 1
    return counts
