"""Shifts and absences as they are entered, and the debriefs that then need somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, or_, select

from debrief_desk.actions import debriefs, duties
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.duties import DAY_MINUTES
from debrief_desk.actions.facts import OPEN
from debrief_desk.actions.rights import writes
from debrief_desk.actions.staff_facts import at
from debrief_desk.errors import WrongCall
from debrief_desk.rules.codes import AbsenceReason, DutyKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import Window, london_day
from debrief_desk.store.models import Debrief, Duty, Interpreter, Interviewer
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.duties import Member

_LONGEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A shift or an absence to enter; aware UTC moments; an absence has a reason."""

    staff_id: str
    kind: DutyKind
    starts_at: datetime
    ends_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a change concerns, and the open debriefs that now need somebody in their place."""

    duty_id: str
    name: str
    needing: tuple[DebriefRow, ...]


@writes(Right.MANAGE_STAFF)
def set_pattern(
    session: Session,
    staff_id: str,
    start: int | None,
    end: int | None,
    days: Sequence[int] = (),
) -> Touched:
    """Set the usual shift: minutes of the London day, on ISO weekdays (none: every day).

    Without start and end there is no usual shift. Open plans are checked again.

    Raises:
        WrongCall: `duty-hours`, `duty-days`.
    """
    row = duties.member(session, staff_id)
    whole = start is not None and end is not None
    if (start is None) != (end is None) or (whole and start == end):
        raise WrongCall("duty-hours")
    for minute in (start, end):
        if minute is not None and not 0 <= minute <= DAY_MINUTES:
            raise WrongCall("duty-hours")
    if any(not 1 <= day <= 7 for day in days):  # noqa: PLR2004 - ISO weekdays
        raise WrongCall("duty-days")
    row.shift_start, row.shift_end = start, end
    row.shift_days = sorted(set(days)) if whole and len(set(days)) < 7 else []  # noqa: PLR2004
    recheck_plans(session, row.id, step_of(session).now)
    return Touched("", row.name, ())


@writes(Right.MANAGE_STAFF)
def add(session: Session, new: NewDuty) -> Touched:
    """Enter a shift or an absence, and check the open plans it touches.

    Raises:
        WrongCall: `staff-unknown`, `duty-ends`, `duty-long`, `duty-reason`.
    """
    row = duties.member(session, new.staff_id)
    duty = Duty(
        interviewer_id=row.id if isinstance(row, Interviewer) else None,
        interpreter_id=row.id if isinstance(row, Interpreter) else None,
    )
    _write(duty, new)
    session.add(duty)
    session.flush()
    return _touched(session, row, duty)


@writes(Right.MANAGE_STAFF)
def change(session: Session, duty_id: str, new: NewDuty) -> Touched:
    """Change when a duty is and what it says; raises as `add`, and `duty-unknown`."""
    duty = _standing(session, duty_id)
    row = duties.member(session, str(duty.interviewer_id or duty.interpreter_id))
    before = Window(duty.starts_at, duty.ends_at)
    _write(duty, new)
    session.flush()
    recheck_plans(session, row.id, before.start, before.end)
    return _touched(session, row, duty)


@writes(Right.MANAGE_STAFF)
def cancel(session: Session, duty_id: str) -> None:
    """Take a duty back; the usual shift holds again, and open plans are checked again."""
    duty = _standing(session, duty_id)
    duty.cancelled_at = step_of(session).now
    session.flush()
    who = duty.interviewer_id or duty.interpreter_id
    if who is not None:
        recheck_plans(session, who, duty.starts_at, duty.ends_at)


@writes(Right.MANAGE_STAFF)
def ill_today(session: Session, staff_id: str) -> Touched:
    """Record that somebody is ill from now to the end of the London day, or of a shift past it."""
    row, now = duties.member(session, staff_id), step_of(session).now
    today = london_day(now)
    records = duties.records_of(session, [row], today, today)
    ends = [at(today, DAY_MINUTES), *(w.end for w in records.on_day(row, today))]
    new = NewDuty(staff_id, DutyKind.ABSENCE, now, max(ends), AbsenceReason.SICK)
    return add(session, new)


def needing(session: Session, who: UUID, span: Window) -> list[Debrief]:
    """Give the open debriefs within a span that somebody takes part in, by time."""
    query = select(Debrief).where(
        Debrief.state.in_(OPEN),
        Debrief.starts_at < span.end,
        Debrief.ends_at > span.start,
        or_(Debrief.lead_id == who, Debrief.second_id == who, Debrief.interpreter_id == who),
    )
    return list(session.scalars(query.order_by(Debrief.starts_at, Debrief.id)).unique())


def _standing(session: Session, duty_id: str) -> Duty:
    duty = session.get(Duty, UUID(duty_id))
    if duty is None or duty.cancelled_at is not None:
        raise WrongCall("duty-unknown")
    return duty


def _write(duty: Duty, new: NewDuty) -> None:
    if new.ends_at <= new.starts_at:
        raise WrongCall("duty-ends")
    longest = _LONGEST if new.kind is DutyKind.ABSENCE else timedelta(days=1)
    if new.ends_at - new.starts_at > longest:
        raise WrongCall("duty-long")
    if (new.kind is DutyKind.ABSENCE) != (new.reason in set(AbsenceReason)):
        raise WrongCall("duty-reason")
    duty.kind, duty.reason = new.kind.value, str(new.reason)
    duty.starts_at, duty.ends_at = new.starts_at, new.ends_at


def _touched(session: Session, row: Member, duty: Duty) -> Touched:
    recheck_plans(session, row.id, duty.starts_at, duty.ends_at)
    found: list[Debrief] = []
    if duty.kind == DutyKind.ABSENCE:
        found = needing(session, row.id, Window(duty.starts_at, duty.ends_at))
    return Touched(str(duty.id), row.name, debriefs.rows_of(session, found))


def recheck_plans(
    session: Session, who: UUID, start: datetime, end: datetime | None = None
) -> None:
    """Check somebody's open plans again, from a day before `start` to a day after `end`."""
    session.flush()
    about = timedelta(days=1)
    last: Any = func.max(Debrief.ends_at)
    until = end or session.scalar(select(last)) or start
    touched = needing(session, who, Window(start - about, until + about))
    recheck(session, debriefs=[debrief.id for debrief in touched])
