"""Staff, interpreters and rooms as the rules see them on the day of a plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from debrief_desk.actions.loading import chunks, code
from debrief_desk.actions.staff_done import Done, count, papers
from debrief_desk.rules.codes import DutyKind, Gender, Mode, Qualification
from debrief_desk.rules.facts import InterpreterFacts, InterviewerFacts, Language, RoomFacts
from debrief_desk.rules.times import Window, london_day
from debrief_desk.store.models import Duty, Interviewer
from debrief_desk.wording import from_london

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.store.models import Interpreter, Room

_DAY = 24 * 60
_WEEK = 7
_REST = timedelta(days=2)
"""How far around a plan duties matter: rest between two of them is hours, not days (X-7)."""


@dataclass(frozen=True, slots=True)
class DutySpan:
    """A duty that stands; it belongs to the London day on which it begins."""

    kind: DutyKind
    window: Window

    @property
    def day(self) -> date:
        """Give the London day of its start."""
        return london_day(self.window.start)


_NOTHING = Done()


@dataclass(frozen=True, slots=True)
class StaffRecords:
    """What this desk keeps about members of staff beside their own rows, by their ids."""

    done: Mapping[UUID, Done]
    duties: Mapping[UUID, Sequence[DutySpan]]

    def interviewer(self, row: Interviewer | None, moment: datetime) -> InterviewerFacts | None:
        """Give an interviewer's facts for a plan at `moment`."""
        if row is None:
            return None
        done, recorded = self.done.get(row.id, _NOTHING), row.recorded
        last = [day for day in (row.last_debrief_on, done.last_on) if day is not None]
        return InterviewerFacts(
            id=str(row.id),
            name=row.name,
            agency=row.agency.name,
            tier=row.tier,
            **papers(row.accreditations, london_day(moment)),
            led=(row.led or 0) + done.led,
            seconded=done.seconded,
            supervised=(row.supervised or 0) + done.supervised,
            last_debrief_on=max(last, default=None),
            refresher_on=row.refresher_on,
            vetting=row.vetting or None,
            vetting_to=row.vetting_to,
            languages=_languages(row),
            gender=code(Gender, row.gender),
            shifts=self.shifts(row, moment),
            away=self.away(row, moment),
            trainee=bool(recorded.get("trainee")),
            excluded=frozenset(recorded.get("links", ())),
            asylum_decision_maker=bool(recorded.get("asylum_decision_maker")),
        )

    def interpreter(
        self, row: Interpreter | None, moment: datetime, person: Collection[str] = ()
    ) -> InterpreterFacts | None:
        """Give an interpreter's facts; `person` are the ids under which a plan's person goes."""
        if row is None:
            return None
        declared = set(row.recorded.get("conflicts", ()))
        return InterpreterFacts(
            id=str(row.id),
            name=row.name,
            languages=_languages(row),
            modes=frozenset(Mode(mode) for mode in row.modes if mode in set(Mode)),
            qualification=code(Qualification, row.qualification.casefold()),
            valid_to=row.valid_to,
            gender=code(Gender, row.gender),
            shifts=self.shifts(row, moment),
            away=self.away(row, moment),
            conflict_declared=not declared.isdisjoint(person),
        )

    def away(self, row: Interviewer | Interpreter, moment: datetime) -> tuple[Window, ...]:
        """Give the absences around a moment; who left is absent throughout."""
        near = Window(moment - _REST, moment + _REST)
        if not row.active:
            return (near,)
        return tuple(
            duty.window
            for duty in self.duties.get(row.id, ())
            if duty.kind is DutyKind.ABSENCE and duty.window.overlaps(near)
        )

    def shifts(self, row: Interviewer | Interpreter, moment: datetime) -> tuple[Window, ...]:
        """Give the shifts of the London days around a moment, without those an absence covers.

        Where these days have none though a pattern stands, the next one is given: a day off is
        not the same as nothing recorded.
        """
        today = london_day(moment)
        found = [w for n in (-1, 0, 1) for w in self.on_day(row, today + timedelta(days=n))]
        for ahead in range(2, _WEEK + 1):
            if not found:
                found = list(self.on_day(row, today + timedelta(days=ahead)))
        away = self.away(row, moment)
        return tuple(w for w in found if not any(absence.holds(w) for absence in away))

    def next_shift(self, row: Interviewer | Interpreter, now: datetime) -> Window | None:
        """Give the shift that runs or begins next within a week, cut by absences; else None."""
        today = london_day(now)
        for n in range(-1, _WEEK + 1):
            for shift in self.on_day(row, today + timedelta(days=n)):
                parts = [Window(max(shift.start, now), shift.end)] if shift.end > now else []
                for absence in self.away(row, shift.start):
                    parts = [left for part in parts for left in part.without(absence)]
                if parts:
                    return parts[0]
        return None

    def on_day(self, row: Interviewer | Interpreter, day: date) -> tuple[Window, ...]:
        """Give the shifts that begin on a London day; single duties go before the pattern."""
        single = [
            duty.window
            for duty in self.duties.get(row.id, ())
            if duty.kind is DutyKind.SHIFT and duty.day == day
        ]
        if single:
            return tuple(single)
        if row.shift_days and day.isoweekday() not in row.shift_days:
            return ()
        return span(row.shift_start, row.shift_end, day)


def load(session: Session, who: Iterable[UUID | None], around: Window) -> StaffRecords:
    """Read what is kept about these interviewers and interpreters, for plans within `around`."""
    ids = {one for one in who if one is not None}
    return StaffRecords(count(session, ids), _duties(session, ids, around))


def span(start: int | None, end: int | None, day: date) -> tuple[Window, ...]:
    """Give a daily span (minutes after London midnight) on one day, () where it is not known.

    A span whose end is not after its start runs past midnight.
    """
    if start is None or end is None:
        return ()
    return (Window(at(day, start), at(day, end if end > start else end + _DAY)),)


def at(day: date, minute: int) -> datetime:
    """Give a minute of a London day as UTC; minutes from 1440 on lie in the next day."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - London wall clock
    return from_london(midnight + timedelta(minutes=minute))


def room(row: Room | None, moment: datetime, named: Mapping[str, str]) -> RoomFacts | None:
    """Give a room's facts; `named` are the ids of rooms by name, as neighbours are kept by name."""
    if row is None:
        return None
    days = (london_day(moment) + timedelta(days=n) for n in (-1, 0, 1))
    return RoomFacts(
        id=str(row.id),
        name=row.name,
        seats=row.seats,
        features=frozenset(row.features),
        open=_joined(w for day in days for w in span(row.opens, row.closes, day)),
        neighbours=frozenset(named[name] for name in row.neighbours if name in named),
    )


def _joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Give windows in order with those that touch as one: a room open day and night has no gap."""
    found: list[Window] = []
    for window in windows:
        if found and found[-1].end == window.start:
            found[-1] = Window(found[-1].start, window.end)
        else:
            found.append(window)
    return tuple(found)


def _languages(row: Interviewer | Interpreter) -> frozenset[Language]:
    return frozenset(Language.parse(text) for text in row.languages)


def _duties(session: Session, ids: set[UUID], around: Window) -> dict[UUID, list[DutySpan]]:
    found: dict[Any, list[DutySpan]] = defaultdict(list)
    first, last = around.start - _REST, around.end + timedelta(days=_WEEK + 1)
    for part in chunks(ids):
        query = select(
            Duty.interviewer_id, Duty.interpreter_id, Duty.kind, Duty.starts_at, Duty.ends_at
        ).where(
            Duty.cancelled_at.is_(None),
            Duty.starts_at < last,
            Duty.ends_at > first,
            or_(Duty.interviewer_id.in_(part), Duty.interpreter_id.in_(part)),
        )
        for interviewer, interpreter, kind, starts_at, ends_at in session.execute(query):
            found[interviewer or interpreter].append(
                DutySpan(DutyKind(kind), Window(starts_at, ends_at))
            )
    return dict(found)
