"""Shifts, single duties and absences: what they say of a day, and what an absence leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import attendance, duties, undo
from debrief_desk.actions.attendance import NewDuty
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.rights import writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.codes import AbsenceReason, DutyKind
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window
from debrief_desk.store.models import Agency, Change, Debrief, DeconflictionCheck, Duty
from tests.builders import at, hours

if TYPE_CHECKING:
    from tests.actions.conftest import SmallDesk

FRIDAY = date(2026, 11, 20)
SHIFT, ABSENCE = DutyKind.SHIFT, DutyKind.ABSENCE


def absence(who: str, start: str = "13:00", end: str = "15:00", **days: int) -> NewDuty:
    reason = AbsenceReason.SICK
    return NewDuty(who, ABSENCE, at(start, **days), at(end, **days), reason)


def shift(who: str, start: str, end: str, day: int = 20, last: int | None = None) -> NewDuty:
    return NewDuty(who, SHIFT, at(start, day=day), at(end, day=last or day))


def windows(small: SmallDesk, who: str, day: date = FRIDAY) -> list[str]:
    found = {one.id: one for one in small.desk.read(duties.windows_of, day)}
    return [f"{w.start:%d %H:%M}-{w.end:%d %H:%M}" for w in found[small.id_of(who)].windows]


def reasons(small: SmallDesk, debrief_id: str, rule: str) -> list[str]:
    with Session(small.desk._opened.reader) as session:
        kept = session.get_one(DeconflictionCheck, UUID(debrief_id))
    return [row["reason"] for row in kept.findings if row["rule"] == rule]


def test_the_usual_shift_is_the_day_of_everybody_who_has_one(small) -> None:
    found = small.desk.read(duties.windows_of, FRIDAY)
    assert {one.kind for one in found} == {"interviewer", "interpreter"}
    assert len(found) == 7
    assert all(one.recorded for one in found)
    assert windows(small, "N. Ready") == ["20 07:00-20 19:00"]


def test_who_has_no_hours_on_record_may_be_there_all_day(small) -> None:
    who = small.id_of("N. Ready")
    small.desk.write(attendance.set_pattern, who, None, None)
    found = next(w for w in small.desk.read(duties.windows_of, FRIDAY) if w.id == who)
    assert not found.recorded
    assert windows(small, "N. Ready") == ["20 00:00-21 00:00"]
    small.desk.write(attendance.add, absence(who))
    assert windows(small, "N. Ready") == ["20 00:00-20 13:00", "20 15:00-21 00:00"]


def test_a_single_duty_goes_before_the_usual_shift_on_its_day_only(small) -> None:
    who = small.id_of("N. Ready")
    small.desk.write(attendance.add, shift(who, "20:00", "04:00", last=21))
    assert windows(small, "N. Ready") == ["20 20:00-21 04:00"]
    assert windows(small, "N. Ready", date(2026, 11, 21)) == [
        "20 20:00-21 04:00",
        "21 07:00-21 19:00",
    ]


def test_a_day_off_is_a_day_without_a_shift(small) -> None:
    who = small.id_of("N. Ready")
    small.desk.write(attendance.set_pattern, who, 7 * 60, 19 * 60, [1, 2, 3])
    assert windows(small, "N. Ready") == []
    assert windows(small, "N. Ready", date(2026, 11, 23)) == ["23 07:00-23 19:00"]
    made = small.register()
    assert reasons(small, made.debrief_id, "X-10") == ["off_shift"]
    assert reasons(small, made.debrief_id, "X-7") == []


def test_the_night_of_the_change_of_clocks_is_counted_on_the_clock(small) -> None:
    who = small.id_of("N. Ready")
    small.desk.write(attendance.set_pattern, who, 20 * 60, 4 * 60)
    assert windows(small, "N. Ready", date(2026, 10, 24)) == [
        "23 19:00-24 03:00", "24 19:00-25 04:00",
    ]  # fmt: skip


def test_an_absence_is_cut_out_and_says_so_on_the_plan(small) -> None:
    who = small.id_of("N. Ready")
    made = small.register()
    touched = small.desk.write(attendance.add, absence(who))
    assert [row.id for row in touched.needing] == [made.debrief_id]
    assert reasons(small, made.debrief_id, "X-10") == ["absent"]
    assert windows(small, "N. Ready") == ["20 07:00-20 13:00", "20 15:00-20 19:00"]
    small.desk.write(attendance.cancel, touched.duty_id)
    assert reasons(small, made.debrief_id, "X-10") == []
    assert windows(small, "N. Ready") == ["20 07:00-20 19:00"]


def test_an_absence_before_the_debrief_leaves_it_alone(small) -> None:
    made = small.register()
    touched = small.desk.write(attendance.add, absence(small.id_of("N. Ready"), "10:00", "14:00"))
    assert touched.needing == ()
    assert reasons(small, made.debrief_id, "X-10") == []
    assert reasons(small, made.debrief_id, "X-7") == []


def test_ill_today_says_how_many_debriefs_need_somebody(small) -> None:
    first = small.register()
    second = small.register(serial="BF2", clock="16:00")
    small.register(serial="BF3", clock="16:00", room_id=small.id_of("Room 9"),
                   lead_id=small.id_of("K. Ready"), second_id=small.id_of("K. Second"))  # fmt: skip
    touched = small.desk.write(attendance.ill_today, small.id_of("N. Ready"))
    assert {row.id for row in touched.needing} == {first.debrief_id, second.debrief_id}
    assert reasons(small, second.debrief_id, "X-10") == ["absent"]
    (duty,) = small.stored(Duty)
    assert (duty.reason, duty.starts_at, duty.ends_at) == ("sick", at("08:00"), at("00:00", day=21))


def test_ill_in_a_night_shift_lasts_to_its_end(small) -> None:
    who = small.id_of("Interpreter T")
    small.desk.write(attendance.set_pattern, who, 20 * 60, 4 * 60)
    small.desk.write(attendance.ill_today, who)
    (duty,) = small.stored(Duty)
    assert duty.ends_at == at("04:00", day=21)


def test_a_changed_duty_checks_what_it_touched_before_and_touches_now(small) -> None:
    who = small.id_of("N. Ready")
    made = small.register()
    late = small.register(serial="BF2", clock="17:00")
    touched = small.desk.write(attendance.add, absence(who))
    again = small.desk.write(attendance.change, touched.duty_id, absence(who, "16:30", "18:00"))
    assert [row.id for row in again.needing] == [late.debrief_id]
    assert reasons(small, made.debrief_id, "X-10") == []
    assert reasons(small, late.debrief_id, "X-10") == ["absent"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_at": at("12:00")}, "duty-ends"),
        ({"reason": ""}, "duty-reason"),
        ({"reason": "tired"}, "duty-reason"),
        ({"kind": SHIFT}, "duty-reason"),
        ({"kind": SHIFT, "reason": "", "ends_at": at("14:00", day=22)}, "duty-long"),
        ({"staff_id": "0190b6a0-0000-7000-8000-000000000000"}, "staff-unknown"),
    ],
)
def test_a_duty_that_makes_no_sense_is_refused(small, change, code) -> None:
    wrong = replace(absence(small.id_of("N. Ready")), **change)
    with pytest.raises(WrongCall) as refused:
        small.desk.write(attendance.add, wrong)
    assert refused.value.code == code
    assert small.stored(Duty) == []


@pytest.mark.parametrize(
    ("pattern", "code"),
    [((420, None, []), "duty-hours"), ((420, 420, []), "duty-hours"),
     ((420, 1500, []), "duty-hours"), ((420, 900, [8]), "duty-days")],
)  # fmt: skip
def test_a_pattern_that_makes_no_sense_is_refused(small, pattern, code) -> None:
    with pytest.raises(WrongCall) as refused:
        small.desk.write(attendance.set_pattern, small.id_of("N. Ready"), *pattern)
    assert refused.value.code == code


def test_every_day_of_the_week_is_the_same_as_no_days_named(small) -> None:
    who = small.id_of("N. Ready")
    small.desk.write(attendance.set_pattern, who, 420, 900, [1, 2, 3, 4, 5, 6, 7])
    assert windows(small, "N. Ready", date(2026, 11, 22)) == ["22 07:00-22 15:00"]


def test_a_week_shows_shifts_single_duties_and_absences(small) -> None:
    who = small.id_of("N. Ready")
    small.desk.write(attendance.add, shift(who, "12:00", "20:00", day=21))
    small.desk.write(attendance.add, absence(who, day=22))
    row = next(r for r in small.desk.read(duties.week, FRIDAY) if r.id == who)
    assert [cell.day.day for cell in row.days] == [20, 21, 22, 23, 24, 25, 26]
    assert [cell.single for cell in row.days[:3]] == [False, True, False]
    assert row.days[1].shifts == (Window(at("12:00", day=21), at("20:00", day=21)),)
    assert [a.reason for cell in row.days for a in cell.absences] == ["sick"]
    assert {r.name for r in small.desk.read(duties.week, FRIDAY, "interpreter")} == {
        "Interpreter T", "Interpreter P",
    }  # fmt: skip


@pytest.mark.parametrize(("agency", "shown"), [("NCA", ["sick"]), ("Kent Police", [])])
def test_why_somebody_is_away_is_nothing_for_another_agency(small, agency, shown) -> None:
    who = small.id_of("N. Ready")
    small.desk.write(attendance.add, absence(who))
    own = next(a.id for a in small.stored(Agency) if a.name == agency)
    small.desk.who = replace(small.desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=own)
    rows = [r for r in small.desk.read(duties.week, FRIDAY) if r.id == who]
    assert [a.reason for row in rows for a in row.days[0].absences] == shown
    with pytest.raises(NotAllowed):
        small.desk.write(attendance.ill_today, who)
    with pytest.raises(NotAllowed):
        small.desk.read(duties.of, who)


@writes(None)
def took_place(session: Session, debrief_id: str, state: DebriefState, minutes: int) -> None:
    debrief = session.get_one(Debrief, UUID(debrief_id))
    debrief.state = state
    debrief.started_at = debrief.starts_at
    debrief.ended_at = debrief.starts_at + hours(minutes / 60)
    session.flush()
    recheck(session, debriefs=[debrief.id])


def test_load_counts_what_took_place_in_the_days_before(small, clock) -> None:
    done = small.register()
    stopped = small.register(serial="BF2", clock="16:00")
    small.register(serial="BF3", clock="18:00")
    small.desk.write(took_place, done.debrief_id, DebriefState.COMPLETED, 30)
    small.desk.write(took_place, stopped.debrief_id, DebriefState.STOPPED, 20)
    assert small.desk.read(duties.load) == ()
    clock.now = at("09:00", day=27)
    found = {
        one.name: (one.kind, one.debriefs, one.minutes) for one in small.desk.read(duties.load)
    }
    assert found == {
        "N. Ready": ("interviewer", 2, 50),
        "N. Second": ("interviewer", 2, 50),
        "Interpreter T": ("interpreter", 2, 50),
    }
    assert small.desk.read(duties.load, 6) == ()
    assert len(small.desk.read(duties.load, 1, date(2026, 11, 21))) == 3
    clock.now = at("09:00", day=28)
    assert small.desk.read(duties.load) == ()


@writes(None)
def take_back(session: Session, entity: str) -> None:
    step = session.scalars(select(Change.step).where(Change.entity == entity)).one()
    undo.reverse(session, step, set)


def test_a_duty_is_taken_back_with_its_step(small) -> None:
    small.desk.write(attendance.add, absence(small.id_of("N. Ready")))

    small.desk.write(take_back, "duty")
    assert windows(small, "N. Ready") == ["20 07:00-20 19:00"]
