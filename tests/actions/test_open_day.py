"""A desk's open day as a problem without personal data: who stands in it, when, with whom."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session as Plain

from debrief_desk.actions import open_day
from debrief_desk.actions.rights import writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.planning import check, problem_from_json, problem_to_json, propose
from debrief_desk.rules.codes import Medical
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Approach,
    AuditEvent,
    Busy,
    Debrief,
    Duty,
    Identifier,
    Interpreter,
    Interviewer,
    NoApproachMarker,
    Registration,
    Room,
    WelfareCheck,
)
from tests.builders import at
from tests.conftest import MORNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from debrief_desk.actions.open_day import OpenDay
    from debrief_desk.desk import Desk
    from debrief_desk.planning import Interviewer as PlannedInterviewer
    from tests.actions.conftest import SmallDesk

DAY = date(2026, 11, 20)


@writes(None)
def add(session: Session, row: Any) -> None:
    session.add(row)


@writes(None)
def set_on(session: Session, /, kind: type[Any], own: str, **values: Any) -> None:
    row = session.get_one(kind, UUID(own))
    for name, value in values.items():
        setattr(row, name, value)


def opened(small: SmallDesk) -> OpenDay:
    return small.desk.read(open_day.open_day, DAY)


def duty_of(day: OpenDay, own: str) -> list[PlannedInterviewer]:
    return [row for row in day.problem.interviewers if day.staff[row.id] == own]


def texts(value: object) -> Iterator[str]:
    """Give every text in a JSON value, keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_the_problem_of_the_record_day_names_nobody(record_day: Desk) -> None:
    problem = record_day.read(open_day.open_day, DAY).problem
    told = json.dumps(problem_to_json(problem), ensure_ascii=False)
    with Plain(record_day._opened.reader) as session:
        private = set(session.scalars(select(Identifier.value)))
        private |= {str(key) for key in session.scalars(select(Registration.id))}
        for row in session.scalars(select(Registration)).unique():
            private |= {row.given_name, row.family_name, row.full_name, row.native_name}
            private |= {row.band, row.serial, *row.former_bands}
            private |= {f"{row.birth_year}-", f"/{row.birth_year}"}
        for kind in (Interviewer, Interpreter, Room):
            private |= set(session.scalars(select(kind.name)))
            private |= {str(key) for key in session.scalars(select(kind.id))}
        for debrief in session.scalars(select(Debrief)).unique():
            private |= {debrief.reference, debrief.serial, str(debrief.id)}
    shown = set(texts(json.loads(told)))
    assert len(problem.requests) > 100
    assert not private & shown
    assert not [one for one in private if len(one) > 5 and one in told]
    assert problem_from_json(json.loads(told)) == problem


def test_a_plan_of_the_record_day_is_legal_and_places_nearly_everybody(record_day: Desk) -> None:
    problem = record_day.read(open_day.open_day, DAY).problem
    proposal = propose(problem, max_iterations=200)
    assert proposal.report.legal
    assert proposal.report.placed > 0.9 * len(problem.requests)
    assert check(problem, proposal.plan).legal


def test_every_open_debrief_is_a_request_or_is_held_with_its_reason(small: SmallDesk) -> None:
    first, second = small.register(), small.register(serial="BF3", clock="15:00")
    set_(small, WelfareCheck, small.stored(WelfareCheck)[2].id, medical="not_fit")
    day = opened(small)
    assert set(day.requests) == {first.debrief_id}
    (held,) = day.held
    assert held.debrief_id == second.debrief_id
    assert held.finding is not None
    assert (held.finding.rule, held.finding.reason) == ("W-4", str(Medical.UNFIT))


def set_(small: SmallDesk, kind: type[Any], own: object, **values: Any) -> None:
    small.desk.write(set_on, kind, str(own), **values)


def test_nobody_under_a_marker_is_a_request(small: SmallDesk) -> None:
    small.register()
    marked = small.register(serial="BF2", clock="16:00")
    small.desk.write(
        add,
        NoApproachMarker(
            registration_id=UUID(small.id_of("BF2")), kind="no_approach", placed_at=MORNING
        ),
    )
    day = opened(small)
    assert marked.debrief_id not in day.requests
    assert "V-4" in {one.finding.rule for one in day.held if one.finding}


@pytest.mark.parametrize(("flag", "rule"), [("child", "C-1"), ("age_disputed", "C-2")])
def test_a_child_and_a_disputed_age_are_no_requests(small: SmallDesk, flag: str, rule: str) -> None:
    plan = small.register()
    set_(small, Registration, small.id_of("BF1"), child_flag=flag)
    day = opened(small)
    assert plan.debrief_id not in day.requests
    assert rule in {one.finding.rule for one in day.held if one.finding}


def test_a_suspect_is_no_request(small: SmallDesk) -> None:
    plan = small.register()
    small.desk.write(
        add,
        NoApproachMarker(
            registration_id=UUID(small.id_of("BF1")), kind="suspect", placed_at=MORNING
        ),
    )
    day = opened(small)
    assert plan.debrief_id not in day.requests


def test_what_is_held_still_takes_its_room_and_staff(small: SmallDesk) -> None:
    plan = small.register()
    room = small.id_of("Room 1")
    set_(small, WelfareCheck, small.stored(WelfareCheck)[0].id, medical="not_fit")
    day = opened(small)
    (shut,) = [row for row in day.problem.rooms if day.rooms[row.id] == room]
    start = int(day.facts.minute(small.debrief(plan.reference).starts_at))
    assert not any(low <= start < high for low, high in shut.open)
    (lead,) = duty_of(day, small.id_of("N. Ready"))
    assert (start, start + 45) in [rest.window for rest in lead.breaks]
    assert lead.max_debriefs == 3


def test_people_are_there_once_rested_until_they_leave(small: SmallDesk) -> None:
    small.register()
    (person,) = opened(small).problem.persons
    # landed 22:00, arrived 23:30: rested from 02:00, before the day of 06:00 begins
    assert person.available_from == 0
    # 24 h after arrival less a minute, and an hour before any transfer (W-6)
    assert person.departs == 17 * 60 + 30 - 1 + 60
    assert opened(small).problem.rules.depart_buffer_min == 60


def test_meals_calls_and_screening_are_kept_free(small: SmallDesk) -> None:
    small.register()
    registration = UUID(small.id_of("BF1"))
    for kind, start, end in (("meal", "12:00", "12:30"), ("screening", "15:00", "15:30")):
        small.desk.write(
            add,
            Busy(registration_id=registration, kind=kind, starts_at=at(start), ends_at=at(end)),
        )
    (person,) = opened(small).problem.persons
    assert (360, 390) in person.unavailable
    assert (480, 630) in person.unavailable  # an hour either side of screening


def test_an_approach_keeps_its_distance_unless_it_was_the_yes_to_this_debrief(
    small: SmallDesk,
) -> None:
    plan = small.register(clock="20:00")
    asked = Approach(
        registration_id=UUID(small.id_of("BF1")),
        agency_id=small.debrief(plan.reference).agency_id,
        at=at("07:30"),
        outcome="no_answer",
    )
    small.desk.write(add, asked)
    (person,) = opened(small).problem.persons
    # no start before 19:30; a debrief of 45 minutes could begin at 19:30 and not sooner (D-6)
    assert (0, 810) in person.unavailable
    own = small.stored(Approach)[0].id
    set_(small, Approach, own, outcome="accepted", debrief_id=UUID(plan.debrief_id))
    (person,) = opened(small).problem.persons
    assert (0, 810) not in person.unavailable


def test_a_person_two_agencies_want_is_asked_once_together(small: SmallDesk) -> None:
    nca = small.register(room_id="")
    kent = small.register("Kent Police", clock="16:00", room_id="")
    day = opened(small)
    (group,) = day.problem.joint_groups
    assert {day.debriefs[own] for own in group.requests} == {nca.debrief_id, kent.debrief_id}
    assert not group.required
    (person,) = day.problem.persons
    assert person.max_sessions == 1


def test_what_a_supervisor_has_to_decide_first_is_held(small: SmallDesk) -> None:
    small.register()
    second = small.register(clock="17:00")
    day = opened(small)
    (held,) = day.held
    assert held.debrief_id == second.debrief_id
    assert held.finding is not None
    assert held.finding.rule == "D-2"


def test_what_begins_soon_is_confirmed_or_pinned_stays(small: SmallDesk) -> None:
    soon = small.register(clock="08:30")
    pinned = small.register(serial="BF2", clock="12:00")
    confirmed = small.register(serial="BF3", clock="13:00")
    free = small.register(serial="BF4", clock="15:00")
    set_(small, Debrief, pinned.debrief_id, pinned=True)
    set_(small, Debrief, confirmed.debrief_id, confirmed_at=MORNING)
    day = opened(small)
    stay = {day.debriefs[own] for pin in day.problem.pinned for own in pin.requests}
    assert stay == {soon.debrief_id, pinned.debrief_id, confirmed.debrief_id}
    assert day.problem.previous_plan is not None
    assert len(day.problem.previous_plan.bookings) == 4
    assert free.debrief_id in day.requests


def test_two_fixed_debriefs_that_clash_still_give_a_readable_problem(small: SmallDesk) -> None:
    first = small.register(clock="12:00")
    second = small.register(serial="BF2", clock="12:15")
    for plan in (first, second):
        set_(small, Debrief, plan.debrief_id, pinned=True)
    day = opened(small)
    assert len(day.problem.pinned) == 1
    assert {one.debrief_id for one in day.held} == {second.debrief_id}
    assert problem_from_json(problem_to_json(day.problem)) == day.problem


def test_staff_carry_what_the_rules_say_of_them(small: SmallDesk) -> None:
    small.register()
    day = opened(small)
    (ready,) = duty_of(day, small.id_of("N. Ready"))
    (trainee,) = duty_of(day, small.id_of("N. Trainee"))
    assert ready.accreditations == {"BASE", "LEAD", "AT-RISK"}
    assert ready.experience == 60
    assert trainee.accreditations == {"BASE"}
    assert ready.shift == (60, 780)
    assert ready.max_debriefs == 4
    (voice,) = [
        row for row in day.problem.interpreters if day.staff[row.id] == small.id_of("Interpreter T")
    ]
    assert voice.turnaround == 15
    assert voice.max_minutes == 360
    assert voice.languages == {"tigrinya"}


def test_an_absence_is_a_break_in_the_duty_and_a_whole_one_ends_it(small: SmallDesk) -> None:
    small.register()
    own = small.id_of("N. Second")
    small.desk.write(
        add,
        Duty(interviewer_id=UUID(own), kind="absence", starts_at=at("12:00"), ends_at=at("13:00")),
    )
    (row,) = duty_of(opened(small), own)
    assert [rest.window for rest in row.breaks] == [(360, 420)]
    small.desk.write(
        add,
        Duty(interviewer_id=UUID(own), kind="absence", starts_at=at("06:00"), ends_at=at("20:00")),
    )
    assert duty_of(opened(small), own) == []


def test_a_duty_too_soon_after_another_is_none(small: SmallDesk) -> None:
    small.register()
    own = small.id_of("N. Second")
    for start, end, day in (("10:00", "12:00", 20), ("17:00", "23:00", 20)):
        small.desk.write(
            add,
            Duty(
                interviewer_id=UUID(own),
                kind="shift",
                starts_at=at(start, day=day),
                ends_at=at(end, day=day),
            ),
        )
    rows = duty_of(opened(small), own)
    # yesterday's pattern ended at 19:00, fifteen hours before; from 12:00 to 17:00 are five
    assert [row.shift for row in rows] == [(240, 360)]


def test_a_wish_for_women_holds_for_the_whole_team(small: SmallDesk) -> None:
    small.register(serial="BF2")
    check_ = small.stored(WelfareCheck)[1]
    set_(small, WelfareCheck, check_.id, preference="women")
    (person,) = opened(small).problem.persons
    assert (person.gender_pref, person.gender_hard) == ("F", True)


def test_the_day_runs_from_six_to_six_and_has_the_hours_of_the_clock_change(desk: Desk) -> None:
    hours = {
        date(2026, 11, 20): 24 * 60,
        date(2026, 10, 24): 25 * 60,
        date(2027, 3, 27): 23 * 60,
    }
    for day, minutes in hours.items():
        problem = desk.read(open_day.open_day, day).problem
        assert problem.horizon_min == minutes
    assert open_day.span_of(DAY).start == at("06:00")
    assert open_day.span_of(DAY, 0, 480).end - open_day.span_of(DAY).start == timedelta(hours=8)


def test_a_shift_that_cannot_be_is_refused(desk: Desk) -> None:
    for start, end in ((600, 600), (-10, 100), (0, 1500)):
        with pytest.raises(WrongCall, match="shift-impossible"):
            desk.read(open_day.open_day, DAY, start, end)


def test_an_export_is_on_record_and_an_agency_user_gets_none(small: SmallDesk) -> None:
    small.register()
    small.desk.write(open_day.export, DAY)
    with Plain(small.desk._opened.reader) as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
    assert last is not None
    assert (last.kind, last.entity, last.entity_id) == ("disclosed", "open_day", "desk-2026-11-20")
    small.desk.who = replace(small.desk.who, roles=frozenset({Role.AGENCY_USER}))
    with pytest.raises(NotAllowed):
        small.desk.read(open_day.open_day, DAY)


def test_inactive_staff_and_rooms_are_not_used(small: SmallDesk) -> None:
    small.register()
    small.desk.write(set_on, Interviewer, small.id_of("K. Ready"), active=False)
    small.desk.write(set_on, Room, small.id_of("Room 9"), active=False)
    day = opened(small)
    assert duty_of(day, small.id_of("K. Ready")) == []
    assert small.id_of("Room 9") not in day.rooms.values()


def test_what_the_week_before_asked_of_somebody_is_carried_into_fairness(small: SmallDesk) -> None:
    saved = small.register()
    done = small.debrief(saved.reference)
    small.desk.write(
        set_on,
        Debrief,
        str(done.id),
        state=DebriefState.COMPLETED,
        starts_at=at("10:00", day=18),
        ends_at=at("11:00", day=18),
    )
    small.register(serial="BF3")
    day = opened(small)
    (busy,) = duty_of(day, small.id_of("N. Ready"))
    (fresh,) = duty_of(day, small.id_of("K. Ready"))
    assert (busy.load, fresh.load) == (1, 0)
    assert problem_from_json(problem_to_json(day.problem)) == day.problem
