"""When staff are there, and what the last days asked of them.

Interviewers and interpreters are both known by their id alone; it says which of the two it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions import staff_facts
from debrief_desk.actions.rights import own_agency_only, reads
from debrief_desk.actions.staff_facts import at
from debrief_desk.errors import WrongCall
from debrief_desk.rules.codes import DutyKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window, london_day
from debrief_desk.store.models import Debrief, Duty, Interpreter, Interviewer
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.actions.staff_facts import StaffRecords

Member = Interviewer | Interpreter
DAY_MINUTES = 24 * 60
_TOOK_PLACE = (
    *(DebriefState.COMPLETED, DebriefState.IN_PROGRESS),
    *(DebriefState.STOPPED, DebriefState.WITHDRAWN),
)


@dataclass(frozen=True, slots=True)
class Working:
    """When somebody works on a London day, absences cut out.

    `windows` are those that reach into the day, in order; one may begin the evening before or end
    after midnight. Where nothing is `recorded` about somebody's hours, the day is one window.
    """

    id: str
    kind: str
    windows: tuple[Window, ...]
    recorded: bool


@dataclass(frozen=True, slots=True)
class Load:
    """Debriefs that took place with somebody in some days, and their minutes."""

    id: str
    kind: str
    name: str
    debriefs: int
    minutes: int


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A single shift or an absence that stands; `reason` is "" where the account may not see it."""

    id: str
    kind: DutyKind
    reason: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class DayCell:
    """One London day of somebody: shifts that begin on it, and absences that touch it."""

    day: date
    shifts: tuple[Window, ...]
    single: bool
    absences: tuple[DutyRow, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Seven days of one member of staff."""

    id: str
    kind: str
    name: str
    agency: str
    days: tuple[DayCell, ...]


@reads(Right.SEE_PEOPLE)
def windows_of(session: Session, day: date) -> tuple[Working, ...]:
    """Give the working windows of every active interviewer and interpreter on a London day."""
    rows = active(session)
    records = records_of(session, rows, day, day)
    return tuple(_working(records, row, day) for row in rows)


@reads(Right.SEE_PEOPLE)
def load(session: Session, days: int = 7, until: date | None = None) -> tuple[Load, ...]:
    """Give what the `days` London days before `until` (today) asked of each member of staff.

    Counted is what took place, whoever it was with and however it ended; minutes are those
    recorded, or else those planned. Who had nothing is not listed, nor, to who works for one
    agency, another's interviewers.
    """
    last = until or london_day(step_of(session).now)
    own = own_agency_only(session)
    names = {row.id: (_kind(row), row.name) for row in _all(session) if _seen(row, own)}
    query = select(Debrief).where(
        Debrief.state.in_(_TOOK_PLACE),
        Debrief.starts_at >= at(last - timedelta(days=days), 0),
        Debrief.starts_at < at(last, 0),
    )
    found: dict[UUID, tuple[int, int]] = {}
    for one in session.scalars(query).unique():
        spent = (one.ended_at or one.ends_at) - (one.started_at or one.starts_at)
        for who in (one.lead_id, one.second_id, one.interpreter_id):
            if who in names:
                count, minutes = found.get(who, (0, 0))
                found[who] = (count + 1, minutes + round(spent.total_seconds() / 60))
    return tuple(
        Load(str(who), *names[who], count, minutes)
        for who, (count, minutes) in sorted(found.items())
    )


@reads(Right.SEE_PEOPLE)
def week(session: Session, first: date, kind: str = "interviewer") -> tuple[WeekRow, ...]:
    """Give seven London days from `first` for every active `interviewer` or `interpreter`.

    Who works for one agency gets that agency's interviewers.
    """
    own = own_agency_only(session)
    rows = [row for row in active(session) if _kind(row) == kind and _seen(row, own)]
    days = [first + timedelta(days=n) for n in range(7)]
    records = records_of(session, rows, days[0], days[-1])
    absent = _absences(session, rows, Window(at(days[0], 0), at(days[-1], DAY_MINUTES)))
    shown = []
    for row in rows:
        secret = own is not None and isinstance(row, Interpreter)
        mine = [_row(duty, secret=secret) for duty in absent.get(row.id, ())]
        agency = "" if isinstance(row, Interpreter) else row.agency.name
        cells = tuple(_cell(records, row, day, mine) for day in days)
        shown.append(WeekRow(str(row.id), kind, row.name, agency, cells))
    return tuple(sorted(shown, key=lambda one: (one.agency, one.name)))


@reads(Right.MANAGE_STAFF)
def of(session: Session, staff_id: str, since: date | None = None) -> tuple[DutyRow, ...]:
    """Give somebody's single shifts and absences that end on the London day `since` or later."""
    row = member(session, staff_id)
    query = select(Duty).where(
        or_(Duty.interviewer_id == row.id, Duty.interpreter_id == row.id),
        Duty.cancelled_at.is_(None),
        Duty.ends_at > at(since or london_day(step_of(session).now), 0),
    )
    return tuple(_row(duty) for duty in session.scalars(query.order_by(Duty.starts_at, Duty.id)))


def member(session: Session, staff_id: str) -> Member:
    """Give the interviewer or interpreter of that id, or raise `staff-unknown`."""
    key = UUID(staff_id)
    row = session.get(Interviewer, key) or session.get(Interpreter, key)
    if row is None:
        raise WrongCall("staff-unknown")
    return row


def _all(session: Session) -> list[Member]:
    interviewers = session.scalars(select(Interviewer)).unique()
    return [*interviewers, *session.scalars(select(Interpreter))]


def active(session: Session) -> list[Member]:
    """Give the interviewers and interpreters in use, in the order they were entered."""
    return sorted((row for row in _all(session) if row.active), key=lambda row: row.id)


def _seen(row: Member, own: UUID | None) -> bool:
    """Say whether an account may see somebody's work; interpreters serve every agency."""
    return isinstance(row, Interpreter) or own in (None, row.agency_id)


def _kind(row: Member) -> str:
    return "interviewer" if isinstance(row, Interviewer) else "interpreter"


def records_of(session: Session, rows: Iterable[Member], first: date, last: date) -> StaffRecords:
    """Read what is kept about these members of staff for some London days."""
    return staff_facts.load(
        session, [row.id for row in rows], Window(at(first, 0), at(last, DAY_MINUTES))
    )


def _working(records: StaffRecords, row: Member, day: date) -> Working:
    whole = Window(at(day, 0), at(day, DAY_MINUTES))
    begun = (records.on_day(row, day + timedelta(days=n)) for n in (-1, 0))
    windows = [w for some in begun for w in some if w.overlaps(whole)]
    recorded = row.shift_start is not None or any(
        duty.kind is DutyKind.SHIFT for duty in records.duties.get(row.id, ())
    )
    windows = windows if recorded else [whole]
    for absence in records.away(row, at(day, DAY_MINUTES // 2)):
        windows = [part for w in windows for part in w.without(absence)]
    return Working(str(row.id), _kind(row), tuple(sorted(windows, key=lambda w: w.start)), recorded)


def _cell(records: StaffRecords, row: Member, day: date, absences: Sequence[DutyRow]) -> DayCell:
    whole = Window(at(day, 0), at(day, DAY_MINUTES))
    single = any(
        duty.kind is DutyKind.SHIFT and duty.day == day for duty in records.duties.get(row.id, ())
    )
    here = [a for a in absences if Window(a.starts_at, a.ends_at).overlaps(whole)]
    return DayCell(day, records.on_day(row, day), single, tuple(here))


def _absences(
    session: Session, rows: Iterable[Member], span: Window
) -> dict[UUID | None, list[Duty]]:
    ids = {row.id for row in rows}
    query = select(Duty).where(
        Duty.kind == DutyKind.ABSENCE,
        Duty.cancelled_at.is_(None),
        Duty.starts_at < span.end,
        Duty.ends_at > span.start,
    )
    found: dict[UUID | None, list[Duty]] = {}
    for duty in session.scalars(query.order_by(Duty.starts_at)):
        who = duty.interviewer_id or duty.interpreter_id
        if who in ids:
            found.setdefault(who, []).append(duty)
    return found


def _row(duty: Duty, *, secret: bool = False) -> DutyRow:
    reason = "" if secret else duty.reason
    return DutyRow(str(duty.id), DutyKind(duty.kind), reason, duty.starts_at, duty.ends_at)
