"""A debrief begins on a recorded yes, ends with its actual times, and what ended early holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from debrief_desk.actions import (
    approaches,
    board,
    course,
    deciding,
    findings,
    imports,
    people,
    plan_checks,
    plans,
    referrals,
    rosters,
    safeguards,
    stops,
    welfare,
)
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.approaches import Answer
from debrief_desk.actions.course import Stop
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.actions.safeguards import SafeguardEntry
from debrief_desk.desk import Desk
from debrief_desk.errors import NotAllowed, Refused, Stale, WrongCall
from debrief_desk.rules.codes import (
    ApproachOutcome,
    CancelReason,
    Eligibility,
    ExplanationPoint,
    Indicator,
    ReferralKind,
    StopReason,
)
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Approach,
    Debrief,
    DebriefStop,
    DeconflictionCheck,
    NoApproachMarker,
)
from tests.builders import ARRIVED, MANIFEST_HEADER, at, person, plan, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.plans import Registered
    from debrief_desk.rules.finding import Finding
    from tests.conftest import FixedClock

    from .conftest import SmallDesk

POINTS = tuple(point.value for point in ExplanationPoint)
OTHER_RECORD = f"""{MANIFEST_HEADER}
K9,E-1119-07,07-001,TESFAI,Jonas,,14/02/1994,M,ERI,,{ARRIVED},Tigrinya,
"""


@dataclass
class Running:
    """A cleared debrief of BF1 at 14:00, and what may be done to it."""

    small: SmallDesk
    clock: FixedClock
    made: Registered

    @property
    def row(self) -> Debrief:
        return self.small.debrief(self.made.reference)

    def begin(self, clock: str = "14:02") -> None:
        self.clock.now = at(clock)
        self.small.desk.write(course.begin, self.made.debrief_id, self.row.version)

    def stop(self, reason: StopReason, clock: str = "14:22", **values: object) -> int:
        self.clock.now = at(clock)
        wanted = Stop(reason, **values)  # type: ignore[arg-type]
        return self.small.desk.write(course.stop, self.made.debrief_id, self.row.version, wanted)


def clear(small: SmallDesk, reference: str) -> None:
    debrief = small.debrief(reference)
    small.desk.write(plans.clear, str(debrief.id), debrief.version)


@pytest.fixture
def cleared(small: SmallDesk, clock: FixedClock) -> Running:
    made = small.register("NCA", "BF1", "14:00")
    small.consent(made.debrief_id)
    clear(small, made.reference)
    return Running(small, clock, made)


@pytest.fixture
def elsewhere(cleared: Running, tmp_path: Path) -> tuple[Running, str]:
    """The same, and a plan of Kent Police on its own record of the person, linked by the band."""
    file = imports.ImportFile(sheet(tmp_path, OTHER_RECORD), agency="Kent Police")
    assert cleared.small.desk.write(imports.take, file).counts["linked"] == 1
    cleared.begin()
    later = cleared.small.register("Kent Police", "K9", "17:00")
    return cleared, later.reference


# beginning


def test_a_cleared_debrief_begins_now_and_ends_with_its_actual_minutes(cleared: Running) -> None:
    cleared.begin("14:02")
    row = cleared.row
    assert (row.state, row.started_at, row.ended_at) == (
        DebriefState.IN_PROGRESS,
        at("14:02"),
        None,
    )
    cleared.clock.now = at("14:55")
    done = cleared.small.desk.write(course.complete, str(row.id), row.version)
    row = cleared.row
    assert (row.state, row.ended_at) == (DebriefState.COMPLETED, at("14:55"))
    assert (done.minutes, done.level) == (53, Level.CLEAR)
    assert (row.starts_at, row.ends_at) == (at("14:00"), at("14:45"))


@pytest.mark.parametrize(
    ("minutes", "level", "limit"),
    [(60, Level.CLEAR, 0), (61, Level.CHECK, 60), (90, Level.CHECK, 60), (91, Level.STOP, 90)],
)
def test_the_actual_length_is_measured_by_the_same_limits_as_the_planned_one(
    cleared: Running, minutes: int, level: Level, limit: int
) -> None:
    cleared.begin("14:00")
    cleared.clock.now = at(f"{14 + minutes // 60}:{minutes % 60:02d}")
    row = cleared.row
    done = cleared.small.desk.write(course.complete, str(row.id), row.version)
    assert (done.minutes, done.level, done.limit) == (minutes, level, limit)


def test_nothing_begins_that_was_not_cleared(small: SmallDesk) -> None:
    made = small.register("NCA", "BF1", "14:00")
    small.consent(made.debrief_id)
    version = small.debrief(made.reference).version
    with pytest.raises(WrongCall) as no:
        small.desk.write(course.begin, made.debrief_id, version)
    assert no.value.code == "state-cannot-follow"


@pytest.mark.parametrize(("started", "begins"), [("08:59", False), ("09:00", True)])
def test_nothing_begins_before_the_person_said_yes(
    small: SmallDesk, clock: FixedClock, started: str, begins: bool
) -> None:
    """V-1: the yes of 09:00 does not cover what is said to have begun at 08:59."""
    made = small.register("NCA", "BF1", "09:00")
    small.consent(made.debrief_id)
    clock.now = at("09:00")
    yes = Answer(ApproachOutcome.ACCEPTED, at("09:00"), "Tigrinya", "Interpreter T", "N. Ready", POINTS)  # fmt: skip
    small.desk.write(approaches.record, made.debrief_id, yes)
    clear(small, made.reference)
    version = small.debrief(made.reference).version
    clock.now = at("09:05")
    if begins:
        small.desk.write(course.begin, made.debrief_id, version, at(started))
        assert small.debrief(made.reference).started_at == at(started)
        return
    with pytest.raises(Refused) as no:
        small.desk.write(course.begin, made.debrief_id, version, at(started))
    assert no.value.code == "begun-without-consent"


@pytest.mark.parametrize("left_out", POINTS)
def test_no_debrief_is_cleared_or_begun_with_a_point_unexplained(
    small: SmallDesk, left_out: str
) -> None:
    """V-2: the last record holds, also where an earlier one was whole."""
    made = small.register("NCA", "BF1", "14:00")
    small.consent(made.debrief_id)
    clear(small, made.reference)
    points = tuple(point for point in POINTS if point != left_out)
    partly = Answer(ApproachOutcome.ACCEPTED, at("08:00"), "Tigrinya", "Interpreter T", "N. Ready", points)  # fmt: skip
    small.desk.write(approaches.record, made.debrief_id, partly)
    assert small.debrief(made.reference).state is DebriefState.PLANNED
    assert "explanation" in small.desk.read(course.readiness, made.debrief_id).missing


@pytest.mark.parametrize(("clock_time", "begins"), [("13:59", False), ("14:00", True)])
def test_every_rule_is_asked_again_for_the_moment_of_beginning(
    small: SmallDesk, clock: FixedClock, clock_time: str, begins: bool
) -> None:
    """W-2: two hours of rest are over at 14:00 and not at 13:59, whatever the plan said."""
    made = small.register("NCA", "BF1", "14:00")
    small.consent(made.debrief_id)
    key = small.id_of("BF1")
    landed = replace(small.desk.read(welfare.get, key), landed_at=at("12:00"))
    small.desk.write(welfare.record, key, landed)
    clear(small, made.reference)
    clock.now = at(clock_time)
    version = small.debrief(made.reference).version
    if begins:
        small.desk.write(course.begin, made.debrief_id, version)
        assert small.debrief(made.reference).state is DebriefState.IN_PROGRESS
        return
    assert "rest" in small.desk.read(course.readiness, made.debrief_id).missing
    with pytest.raises(Refused) as no:
        small.desk.write(course.begin, made.debrief_id, version)
    assert (no.value.code, no.value.values["rules"]) == ("not-begun", "W-2")
    assert small.debrief(made.reference).state is DebriefState.CLEARED


@pytest.mark.parametrize(("clock_time", "begins"), [("14:59", True), ("15:00", False)])
def test_what_is_overdue_by_an_hour_begins_no_more(
    cleared: Running, clock_time: str, begins: bool
) -> None:
    """D-10, both sides: the slot is given back an hour after the planned start."""
    if begins:
        cleared.begin(clock_time)
        assert cleared.row.state is DebriefState.IN_PROGRESS
        return
    with pytest.raises(Refused) as no:
        cleared.begin(clock_time)
    assert no.value.code == "begun-too-late"


def test_nobody_is_in_two_rooms_at_once(cleared: Running) -> None:
    """The interviewers are still in the debrief before, which runs over."""
    small = cleared.small
    second = small.register("NCA", "BF2", "14:50")
    small.consent(second.debrief_id)
    clear(small, second.reference)
    cleared.begin("14:02")
    cleared.clock.now = at("14:52")
    version = small.debrief(second.reference).version
    with pytest.raises(Refused) as no:
        small.desk.write(course.begin, second.debrief_id, version)
    assert (no.value.code, no.value.values["reference"]) == (
        "begun-team-busy",
        cleared.made.reference,
    )
    small.desk.write(course.complete, cleared.made.debrief_id, cleared.row.version)
    small.desk.write(course.begin, second.debrief_id, small.debrief(second.reference).version)
    assert small.debrief(second.reference).state is DebriefState.IN_PROGRESS


def test_a_late_beginning_is_not_barred_by_the_next_booking_of_the_room(cleared: Running) -> None:
    cleared.small.register("NCA", "BF2", "14:50")
    cleared.begin("14:20")
    assert cleared.row.state is DebriefState.IN_PROGRESS


@pytest.mark.parametrize(("clock_time", "code"), [("14:01", "end-before-start"), ("15:00", "moment-ahead")])  # fmt: skip
def test_an_end_lies_between_the_beginning_and_now(
    cleared: Running, clock_time: str, code: str
) -> None:
    cleared.begin("14:02")
    cleared.clock.now = at("14:40")
    for action in (course.complete, course.withdraw):
        with pytest.raises(WrongCall) as no:
            cleared.small.desk.write(
                action, cleared.made.debrief_id, cleared.row.version, at(clock_time)
            )
        assert no.value.code == code
    with pytest.raises(WrongCall, match=code):
        cleared.stop(StopReason.TIME, "14:40", at=at(clock_time))
    assert cleared.row.state is DebriefState.IN_PROGRESS


def test_what_somebody_changed_since_is_not_begun(cleared: Running) -> None:
    shown = cleared.row.version
    cleared.small.desk.write(plans.move, cleared.made.debrief_id, shown, starts_at=at("14:30"))
    with pytest.raises(Stale):
        cleared.small.desk.write(course.begin, cleared.made.debrief_id, shown)


def test_what_has_begun_is_not_moved_by_form_or_board(cleared: Running) -> None:
    cleared.begin()
    wanted = board.Move(cleared.made.debrief_id, cleared.row.version, starts_at=at("16:00"))
    with pytest.raises(WrongCall) as no:
        cleared.small.desk.write(board.move, wanted)
    assert no.value.code == "state-cannot-follow"
    assert cleared.row.starts_at == at("14:00")


# completed


def test_a_second_debrief_in_a_stay_waits_for_a_supervisor_and_a_new_yes(cleared: Running) -> None:
    """D-5, both sides: none before the first is completed, and after it also at another agency."""
    small = cleared.small
    cleared.begin()
    plan = small.plan("Kent Police", "BF1", "18:00")
    assert "D-5" not in {f.rule for f in small.desk.read(plan_checks.look, plan).findings}
    small.desk.write(course.complete, cleared.made.debrief_id, cleared.row.version)
    made = small.register("Kent Police", "BF1", "18:00")
    found = {f.rule: f for f in made.findings}
    assert found["D-5"].severity == "HARD*"
    assert found["V-1"].todo
    assert [c.kind.value for c in small.conflicts("second_approach")]


def test_what_took_place_is_not_undone_with_its_import(
    small: SmallDesk, clock: FixedClock, tmp_path: Path
) -> None:
    header = "Our ref,Name,DOB,Sex,Nationality,HO ref,Band,Event,Planned date,Planned time,Lead"
    row = "N1,Yonas TESFAYE,14/02/1994,M,Eritrea,,07-001,E-1119-07,20/11/2026,14:00,N. Ready"
    file = imports.ImportFile(sheet(tmp_path, f"{header}\n{row}\n"), agency="NCA")
    taken = small.desk.write(imports.take, file)
    (debrief,) = small.stored(Debrief)
    small.desk.write(
        plans.move, str(debrief.id), debrief.version,
        second_id=small.id_of("N. Second"), interpreter_id=small.id_of("Interpreter T"),
        room_id=small.id_of("Room 1"), minutes=45,
    )  # fmt: skip
    small.consent(str(debrief.id))
    clear(small, debrief.reference)
    clock.now = at("14:00")
    small.desk.write(course.begin, str(debrief.id), small.debrief(debrief.reference).version)
    with pytest.raises(Stale) as no:
        small.desk.write(imports.take_back, taken.import_id)
    assert no.value.code == "undo-begun"


def test_a_refuser_is_not_forgotten_by_undoing_the_import_that_brought_them(
    small: SmallDesk, tmp_path: Path
) -> None:
    """V-4 would be defeated by taking the sheet back and in again."""
    file = imports.ImportFile(sheet(tmp_path, OTHER_RECORD), agency="Kent Police")
    taken = small.desk.write(imports.take, file)
    made = small.register("Kent Police", "K9", "14:00")
    no = Answer(ApproachOutcome.REFUSED, at("08:00"), "Tigrinya", "Interpreter T")
    small.desk.write(approaches.record, made.debrief_id, no)
    with pytest.raises(Stale) as refused:
        small.desk.write(imports.take_back, taken.import_id)
    assert refused.value.code == "undo-refusal"
    assert small.desk.read(plan_checks.look, small.plan("NCA", "BF1", "18:00")).refused


# withdrawn


def test_who_will_not_go_on_is_asked_no_reason_and_nobody_asks_again(
    elsewhere: tuple[Running, str],
) -> None:
    """V-6: the same effect as a refusal, across agencies and linked records, in one step."""
    running, later = elsewhere
    small = running.small
    running.clock.now = at("14:20")
    others = small.desk.write(course.withdraw, running.made.debrief_id, running.row.version)
    assert others == 1
    assert (running.row.state, running.row.ended_at) == (DebriefState.WITHDRAWN, at("14:20"))
    other = small.debrief(later)
    assert (other.state, other.state_reason) == (DebriefState.CANCELLED, CancelReason.NO_APPROACH)
    assert ("Kent Police", "cancelled_no_approach") in small.told()
    (marker,) = small.stored(NoApproachMarker)
    assert (marker.kind, marker.placed_at) == ("no_approach", at("14:20"))
    (contact,) = small.stored(Approach)
    assert (contact.outcome, contact.language) == ("withdrawn", "Tigrinya")
    with pytest.raises(Refused) as no:
        small.register("Kent Police", "K9", "20:00")
    assert no.value.code == "refused-V-4"


def test_a_refusal_elsewhere_ends_a_debrief_that_is_under_way(
    elsewhere: tuple[Running, str],
) -> None:
    """V-3 reaches every open debrief; one in progress ends at that moment as withdrawn."""
    running, later = elsewhere
    running.clock.now = at("14:30")
    no = Answer(ApproachOutcome.REFUSED, at("14:30"), "Tigrinya", "Interpreter T")
    debrief = running.small.debrief(later)
    assert running.small.desk.write(approaches.record, str(debrief.id), no) == 1
    assert (running.row.state, running.row.ended_at) == (DebriefState.WITHDRAWN, at("14:30"))


def test_undoing_a_decision_brings_back_no_plan_for_somebody_who_said_no_since(
    small: SmallDesk,
) -> None:
    """V-3 holds in an undo: the plan comes back and ends again in the same step."""
    first = small.register("NCA", "BF1", "10:00")
    other = small.register("Kent Police", "BF1", "16:00")
    (item,) = small.conflicts("same_person")
    decision = Decision("same", f"keep:{first.reference}", "First in time")
    kept = small.desk.write(deciding.decide, item.id, decision)
    assert small.debrief(other.reference).state_reason == CancelReason.DUPLICATE
    no = Answer(ApproachOutcome.REFUSED, at("08:00"), "Tigrinya", "Interpreter T")
    small.desk.write(approaches.record, first.debrief_id, no)
    small.desk.write(deciding.take_back, kept)
    row = small.debrief(other.reference)
    assert (row.state, row.state_reason) == (DebriefState.CANCELLED, CancelReason.NO_APPROACH)


def test_undoing_an_import_brings_back_the_plan_of_somebody_else(
    small: SmallDesk, tmp_path: Path
) -> None:
    """A sheet's band linked two people, one of whom had said no: parted, the other's plan is back."""
    text = f"{MANIFEST_HEADER}\nK8,E-1119-07,07-001,,,,,M,ERI,H7777777,{ARRIVED},Tigrinya,\n"
    file = imports.ImportFile(sheet(tmp_path, text), agency="Kent Police")
    typed = person(given_name="Merhawi", family_name="Gebre", reference="H7777777", sex="M")
    other = small.desk.write(plans.register, plan("Kent Police", "16:00", person=typed))
    first = small.register("NCA", "BF1", "10:00")
    no = Answer(ApproachOutcome.REFUSED, at("08:00"), "Tigrinya", "Interpreter T")
    small.desk.write(approaches.record, first.debrief_id, no)
    taken = small.desk.write(imports.take, file)
    assert small.debrief(other.reference).state is DebriefState.CANCELLED
    small.desk.write(imports.take_back, taken.import_id)
    assert small.debrief(other.reference).state is DebriefState.PLANNED


def test_an_agency_takes_no_step_on_another_agencys_debrief(
    cleared: Running, clock: FixedClock
) -> None:
    small, made, version = cleared.small, cleared.made, cleared.row.version
    password = "a lantern in the long grass"
    small.desk.add_account(NewAccount("K", (Role.AGENCY_USER,), "Kent Police"), password)
    path = small.desk.path
    small.desk.close()
    clock.now = at("14:02")
    with Desk.open(path, "K", password, now=clock) as kent:
        with pytest.raises(NotAllowed):
            kent.read(course.readiness, made.debrief_id)
        for action in (course.begin, course.complete, course.withdraw):
            with pytest.raises(NotAllowed):
                kent.write(action, made.debrief_id, version)
        with pytest.raises(NotAllowed):
            kent.write(course.stop, made.debrief_id, version, Stop(StopReason.TIME))


# stopped


def test_a_change_of_status_ends_every_plan_and_keeps_the_category_only(
    elsewhere: tuple[Running, str],
) -> None:
    """A-5: refused everywhere, across linked records and agencies, with no narrative stored."""
    running, later = elsewhere
    small = running.small
    assert running.stop(StopReason.STATUS_CHANGE) == 1
    row = running.row
    assert (row.state, row.state_reason, row.ended_at) == (
        DebriefState.STOPPED,
        "status_change",
        at("14:22"),
    )
    (kept,) = small.stored(DebriefStop)
    assert (kept.reason, kept.at, kept.informed, kept.released_at) == ("status_change", at("14:22"), "", None)  # fmt: skip
    other = small.debrief(later)
    assert (other.state, other.state_reason) == (DebriefState.CANCELLED, CancelReason.NOT_ELIGIBLE)
    assert ("Kent Police", "cancelled_not_eligible") in small.told()
    card = small.desk.write(people.card, small.id_of("BF1"))
    assert card.eligibility is Eligibility.NOT_ELIGIBLE_REFER
    assert card.no_approach_since is None
    for agency, serial in (("NCA", "BF1"), ("Kent Police", "K9")):
        with pytest.raises(Refused) as no:
            small.register(agency, serial, "20:00")
        assert no.value.code == "refused-A-4"


def test_only_a_supervisor_releases_and_then_planning_opens(
    elsewhere: tuple[Running, str], clock: FixedClock
) -> None:
    running, _later = elsewhere
    small = running.small
    running.stop(StopReason.STATUS_CHANGE)
    (kept,) = small.stored(DebriefStop)
    password = "a lantern in the long grass"
    small.desk.add_account(NewAccount("Co", (Role.COORDINATOR,)), password)
    path = small.desk.path
    small.desk.close()
    with Desk.open(path, "Co", password, now=clock) as coordinator, pytest.raises(NotAllowed):
        coordinator.write(stops.release, str(kept.id))


def test_a_released_stop_lets_every_agency_plan_again(elsewhere: tuple[Running, str]) -> None:
    running, _later = elsewhere
    small = running.small
    running.stop(StopReason.STATUS_CHANGE)
    (kept,) = small.stored(DebriefStop)
    running.clock.now = at("16:00")
    small.desk.write(stops.release, str(kept.id))
    (kept,) = small.stored(DebriefStop)
    assert kept.released_at == at("16:00")
    assert kept.released_by_id == small.desk.who.account_id
    made = small.register("Kent Police", "K9", "20:00")
    assert "A-5" not in {f.rule for f in made.findings}
    with pytest.raises(WrongCall, match="stop-released"):
        small.desk.write(stops.release, str(kept.id))


def test_a_stop_holds_whoever_turns_out_to_be_the_same_person(
    cleared: Running, tmp_path: Path
) -> None:
    """Same for *suspect, refer*: a plan on another record ends when the records are linked."""
    small = cleared.small
    other = f"{MANIFEST_HEADER}\nK9,E-1119-08,08-444,TESFAI,Jonas,,14/02/1994,M,ERI,,{ARRIVED},Tigrinya,\n"
    file = imports.ImportFile(sheet(tmp_path, other), agency="Kent Police")
    small.desk.write(imports.take, file)
    made = small.register("Kent Police", "K9", "17:00")
    cleared.begin()
    cleared.stop(StopReason.STATUS_CHANGE)
    assert small.debrief(made.reference).state is DebriefState.PLANNED
    small.desk.write(people.decide_pair, small.id_of("BF1"), small.id_of("K9"), "same", "Scar")
    row = small.debrief(made.reference)
    assert (row.state, row.state_reason) == (DebriefState.CANCELLED, CancelReason.NOT_ELIGIBLE)


def test_a_disclosure_opens_a_task_and_bars_further_plans_until_it_is_released(
    elsewhere: tuple[Running, str],
) -> None:
    """S-5: the other plan stays and waits; told, and released, it is barred no more."""
    running, later = elsewhere
    small = running.small
    assert (
        running.stop(
            StopReason.SAFEGUARDING, category=Indicator.GENDER_VIOLENCE, owner="Duty manager"
        )
        == 0
    )
    assert small.debrief(later).state is DebriefState.PLANNED
    (task,) = small.desk.read(referrals.open)
    assert (task.kind, task.owner, task.due_at) == (ReferralKind.SAFEGUARDING, "Duty manager", at("14:22", day=21))  # fmt: skip
    assert rules(small, later) >= {"S-5", "S-2"}
    assert {f.reason for f in found(small, later) if f.rule == "S-5"} == {"not_informed", "not_released"}  # fmt: skip
    (kept,) = small.stored(DebriefStop)
    running.clock.now = at("14:30")
    small.desk.write(stops.record_informed, str(kept.id), "S. Lead", at("14:25"))
    (kept,) = small.stored(DebriefStop)
    assert (kept.informed, kept.informed_at) == ("S. Lead", at("14:25"))
    assert {f.reason for f in found(small, later) if f.rule == "S-5"} == {"not_released"}
    small.desk.write(stops.release, str(kept.id))
    assert "S-5" not in rules(small, later)


def test_a_disclosure_takes_the_clearance_of_the_persons_other_plan(
    small: SmallDesk, clock: FixedClock
) -> None:
    first = small.register("NCA", "BF1", "14:00")
    small.consent(first.debrief_id)
    clear(small, first.reference)
    clock.now = at("14:00")
    small.desk.write(course.begin, first.debrief_id, small.debrief(first.reference).version)
    wanted = Stop(StopReason.SAFEGUARDING, category=Indicator.TORTURE, owner="Duty manager")
    small.desk.write(course.stop, first.debrief_id, small.debrief(first.reference).version, wanted)
    again = small.register("NCA", "BF1", "20:00")
    small.consent(again.debrief_id)
    with pytest.raises(Refused, match="not-clear"):
        clear(small, again.reference)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"owner": "Duty manager"}, "stop-category-missing"),
        ({"category": Indicator.TORTURE}, "owner-missing"),
    ],
)
def test_a_stop_for_safeguarding_needs_its_category_and_an_owner(
    cleared: Running, values: dict[str, object], code: str
) -> None:
    cleared.begin()
    with pytest.raises(WrongCall) as no:
        cleared.stop(StopReason.SAFEGUARDING, **values)
    assert no.value.code == code
    assert cleared.row.state is DebriefState.IN_PROGRESS
    assert cleared.small.stored(DebriefStop) == []


@pytest.mark.parametrize(
    "reason", [StopReason.UNWELL, StopReason.INTERPRETING, StopReason.TIME, StopReason.SITE]
)
def test_any_other_stop_is_kept_and_bars_nothing(cleared: Running, reason: StopReason) -> None:
    cleared.begin()
    cleared.stop(reason)
    (kept,) = cleared.small.stored(DebriefStop)
    assert kept.reason == reason.value
    made = cleared.small.register("Kent Police", "BF1", "20:00")
    assert not {"S-5", "A-5", "D-5"} & {f.rule for f in made.findings}
    with pytest.raises(WrongCall, match="stop-released"):
        cleared.small.desk.write(stops.release, str(kept.id))


def test_nobody_whom_no_rule_lets_anybody_ask_is_on_a_roster_or_suggested(
    small: SmallDesk, tmp_path: Path
) -> None:
    """A plan of an adult who turns out to be a child stays, blocked, and off every roster."""
    adult = f"{MANIFEST_HEADER}\nK5,E-1119-07,07-005,HAILE,Filmon,,05/05/2001,M,ERI,,{ARRIVED},Tigrinya,\n"
    file = imports.ImportFile(
        sheet(tmp_path, adult.replace("07-005", "09-900")), agency="Kent Police"
    )
    small.desk.write(imports.take, file)
    made = small.register("Kent Police", "K5", "15:00")
    order = RosterOrder(at("00:00"), at("00:00", day=21), level="supervisor", recipient="Shift")
    assert [r.reference for r in small.desk.read(rosters.preview, order).rows] == [made.reference]
    small.desk.write(people.decide_pair, small.id_of("BF5"), small.id_of("K5"), "same", "Brother says")  # fmt: skip
    assert small.debrief(made.reference).state is DebriefState.PLANNED
    assert small.desk.read(rosters.preview, order).rows == ()
    suggested = small.desk.read(people.next_of_boat, small.id_of("BF4"))
    assert suggested is None


# safeguards that rules look at


def test_safeguards_are_kept_as_recorded_and_can_be_taken_back(small: SmallDesk) -> None:
    key = small.id_of("BF1")
    said = SafeguardEntry(
        frozenset({Indicator.TORTURE}), bereaved=True, facilitator_near=True, alone=False,
        dependants=2, carer_recorded=False, legal_rep=True, legal_rep_notified_at=at("07:00"),
        compulsory_power_at=at("07:30"),
    )  # fmt: skip
    small.desk.write(safeguards.record, key, said)
    assert small.desk.read(safeguards.get, key) == said
    small.desk.write(safeguards.record, key, SafeguardEntry())
    assert small.desk.read(safeguards.get, key) == SafeguardEntry()


@pytest.mark.parametrize(
    ("rule", "bites", "quiet"),
    [
        ("C-6", SafeguardEntry(dependants=1), SafeguardEntry(dependants=1, carer_recorded=True)),
        ("C-6", SafeguardEntry(dependants=1), SafeguardEntry(dependants=0)),
        ("S-6", SafeguardEntry(facilitator_near=True), SafeguardEntry(facilitator_near=False)),
        ("S-4", SafeguardEntry(bereaved=True), SafeguardEntry(bereaved=False)),
        ("S-2", SafeguardEntry(frozenset({Indicator.TORTURE})), SafeguardEntry()),
        ("A-7", SafeguardEntry(legal_rep=True), SafeguardEntry(legal_rep=True, legal_rep_notified_at=at("07:00"))),
        ("V-7", SafeguardEntry(compulsory_power_at=at("06:00")), SafeguardEntry(compulsory_power_at=at("05:59"))),
    ],
)  # fmt: skip
def test_what_is_recorded_makes_its_rule_bite_and_nothing_else_does(
    small: SmallDesk, rule: str, bites: SafeguardEntry, quiet: SafeguardEntry
) -> None:
    key = small.id_of("BF1")
    plan = small.plan("NCA", "BF1", "08:00")
    small.desk.write(safeguards.record, key, bites)
    assert rule in {f.rule for f in small.desk.read(plan_checks.look, plan).findings}
    small.desk.write(safeguards.record, key, quiet)
    assert rule not in {f.rule for f in small.desk.read(plan_checks.look, plan).findings}


def found(small: SmallDesk, reference: str) -> list[Finding]:
    """Give what the newest check of a debrief found."""
    with Session(small.desk._opened.reader) as session:
        check = session.get_one(DeconflictionCheck, small.debrief(reference).id)
        return [findings.unpacked(row) for row in check.findings]


def rules(small: SmallDesk, reference: str) -> set[str]:
    return {finding.rule for finding in found(small, reference)}
