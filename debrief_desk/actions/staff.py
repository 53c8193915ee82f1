"""Interviewers, interpreters and rooms as lists and choices show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, String, and_, cast, or_, select, true

from debrief_desk.actions import staff_facts
from debrief_desk.actions.desks import policy
from debrief_desk.actions.facts import OPEN
from debrief_desk.actions.rights import own_agency_only, reads
from debrief_desk.errors import WrongCall
from debrief_desk.rules.fitness import authorisation_gap, experience_gaps
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.rules.times import Window, london_day
from debrief_desk.store.models import Agency, Debrief, Interpreter, Interviewer, Room
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from debrief_desk.rules.facts import InterviewerFacts
    from debrief_desk.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class InterviewerRow:
    """One interviewer, judged for today: may this person lead, and if not, why.

    `led`, `second` and `supervised` count what the sheet declares, what was countersigned and what
    was completed here; `next` is the next span of work within a week, or the one that runs.
    """

    id: str
    name: str
    agency: str
    agency_id: str
    staff_no: str
    tier: int | None
    led: int
    second: int
    supervised: int
    last_debrief_on: date | None
    authorisation: str
    valid_to: date | None
    vetting: str
    vetting_to: date | None
    languages: tuple[str, ...]
    gender: str
    shift_start: int | None
    shift_end: int | None
    shift_days: tuple[int, ...]
    next: Window | None
    trainee: bool
    asylum_decision_maker: bool
    level: Level
    reason: str
    planned: int


_MOMENT: Final = timedelta(minutes=1)
_WEEK: Final = timedelta(days=7)
_LEVELS: Final = (Level.STOP, Level.CHECK, Level.NOTE, Level.CLEAR)
ORDERS: Final[dict[str, Callable[[InterviewerRow], Any]]] = {
    "agency": lambda row: (row.agency, row.name),
    "name": lambda row: row.name,
    "today": lambda row: _LEVELS.index(row.level),
    "tier": lambda row: row.tier or 0,
    "led": lambda row: row.led,
    "supervised": lambda row: row.supervised,
    "next": lambda row: (row.next is None, row.next.start if row.next else 0),
    "last": lambda row: row.last_debrief_on or date.min,
    "valid": lambda row: row.valid_to or date.min,
    "planned": lambda row: row.planned,
}
"""Orders of the interviewers; equal ones stand by agency and name."""


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
    shift_days: tuple[int, ...]
    next: Window | None
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
def interviewers(
    session: Session,
    day: date | None = None,
    find: str = "",
    order: str = "agency",
    descending: bool = False,
) -> tuple[InterviewerRow, ...]:
    """Give the interviewers in use, judged for `day` (today).

    Who works for one agency gets that agency's. `find` is part of a name, an agency, a staff number
    or a language; `order` one of `ORDERS`.
    """
    if order not in ORDERS:
        raise WrongCall("order-unknown", order=order)
    now = step_of(session).now
    on = day or london_day(now)
    planned = _planned(session, now)
    rules = policy(session)
    query = select(Interviewer).join(Interviewer.agency).where(Interviewer.active)
    query = query.where(
        _finds(find, Interviewer.name, Agency.name, Interviewer.staff_no, Interviewer.languages)
    )
    own = own_agency_only(session)
    if own is not None:
        query = query.where(Interviewer.agency_id == own)
    rows = []
    found = list(session.scalars(query).unique())
    records = staff_facts.load(session, [one.id for one in found], Window(now, now + _WEEK))
    for one in found:
        facts = records.interviewer(one, now)
        if facts is None:
            continue
        level, why = _verdict(facts, on, rules, Window(now, now + _MOMENT))
        rows.append(
            InterviewerRow(
                id=str(one.id),
                name=one.name,
                agency=one.agency.name,
                agency_id=str(one.agency_id),
                staff_no=one.staff_no,
                tier=one.tier,
                led=facts.led,
                second=facts.seconded,
                supervised=facts.supervised,
                last_debrief_on=facts.last_debrief_on,
                authorisation=facts.authorisation or "",
                valid_to=facts.valid_to,
                vetting=one.vetting,
                vetting_to=one.vetting_to,
                languages=tuple(one.languages),
                gender=one.gender,
                shift_start=one.shift_start,
                shift_end=one.shift_end,
                shift_days=tuple(one.shift_days),
                next=records.next_shift(one, now),
                trainee=facts.trainee,
                asylum_decision_maker=facts.asylum_decision_maker,
                level=level,
                reason=why,
                planned=planned.get(str(one.id), 0),
            )
        )
    rows.sort(key=lambda row: (row.agency, row.name))
    return tuple(sorted(rows, key=ORDERS[order], reverse=descending))


@reads(Right.SEE_PEOPLE)
def interpreters(session: Session, find: str = "") -> tuple[InterpreterRow, ...]:
    """Give the interpreters in use by name; `find` is part of a name or a language."""
    now = step_of(session).now
    today = london_day(now)
    query = select(Interpreter).where(Interpreter.active).order_by(Interpreter.name)
    query = query.where(
        _finds(find, Interpreter.name, Interpreter.languages, Interpreter.qualification)
    )
    found = session.scalars(query).all()
    records = staff_facts.load(session, [one.id for one in found], Window(now, now + _WEEK))
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
            shift_days=tuple(one.shift_days),
            next=records.next_shift(one, now),
            expired=one.valid_to is not None and one.valid_to < today,
        )
        for one in found
    )


@reads(Right.SEE_PEOPLE)
def rooms(session: Session, find: str = "") -> tuple[RoomRow, ...]:
    """Give the rooms in use, numbered ones in the order of their numbers.

    `find` is part of a name or a feature.
    """
    found = session.scalars(select(Room).where(Room.active, _finds(find, Room.name, Room.features)))
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


def _verdict(who: InterviewerFacts, on: date, rules: Policy, at: Window) -> tuple[Level, str]:
    """Give whether somebody may lead, and the first reason why not; `absent` is for now only."""
    gap = authorisation_gap(who, on)
    if gap:
        return Level.STOP, gap
    if any(absence.overlaps(at) for absence in who.away):
        return Level.CHECK, "absent"
    short = experience_gaps(who, rules)
    return (Level.CHECK, short[0]) if short else (Level.CLEAR, "")


def _finds(typed: str, *columns: Any) -> ColumnElement[bool]:
    """Ask for every typed word in one of the columns; lists are looked through as they are kept."""
    words = typed.split()
    return and_(
        true(),
        *(
            or_(*(cast(column, String).contains(word, autoescape=True) for column in columns))
            for word in words
        ),
    )


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
