"""Planning a debrief: registered, refused, moved, cleared, cancelled, lapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import plan_checks, plan_drafts, plans
from debrief_desk.errors import Refused, Stale, WrongCall
from debrief_desk.rules.codes import CancelReason
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Debrief, NoApproachMarker, Person, Registration
from tests.builders import at, hours, person, plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debrief_desk.actions.findings import FindingRow
    from tests.conftest import FixedClock

    from .conftest import SmallDesk


def rules(found: Iterable[FindingRow], *, todo: bool = False) -> set[str]:
    return {row.rule for row in found if row.todo is todo}


def test_a_whole_team_for_a_rested_adult_causes_no_finding_and_wants_only_the_answers(
    small: SmallDesk,
) -> None:
    made = small.register()
    assert rules(made.findings) == set()
    assert rules(made.findings, todo=True) == {"V-1", "G-1"}
    assert made.level is Level.CLEAR
    kept = small.debrief(made.reference)
    assert (kept.state, kept.starts_at, kept.ends_at) == (
        DebriefState.PLANNED, at("14:00"), at("14:45"),
    )  # fmt: skip
    assert small.conflicts(*("same_person", "possible_person", "experience")) == []
    assert small.desk.complaints() == ()


def test_the_check_while_typing_says_what_saving_says_and_keeps_nothing(small: SmallDesk) -> None:
    trainee = small.plan(lead_id=small.id_of("N. Trainee"))
    before = len(small.stored(Debrief)), len(small.stored(Registration))
    looked = small.desk.read(plan_checks.look, trainee)
    assert (len(small.stored(Debrief)), len(small.stored(Registration))) == before
    saved = small.desk.write(plans.register, trainee)
    assert [row.title for row in looked.findings] == [row.title for row in saved.findings]
    assert {"X-1", "X-2"} <= rules(saved.findings)
    assert looked.bars_cleared
    assert not looked.refused


def test_somebody_typed_who_is_on_the_manifest_is_shown_and_linked_when_saved(
    small: SmallDesk,
) -> None:
    typed = plan(person=person(full_name="Jonas Tesfai", band="7/1", event="E-1119-07", sex="M"))
    looked = small.desk.read(plan_checks.look, typed)
    assert [(m.registration_id, m.certain) for m in looked.matches[:1]] == [
        (small.id_of("BF1"), True)
    ]
    assert looked.matches[0].reasons
    small.desk.write(plans.register, typed)
    known = {r.full_name or r.family_name: r for r in small.stored(Registration)}
    assert known["Jonas Tesfai"].person_id == known["TESFAYE"].person_id
    assert known["Jonas Tesfai"].home_person_id != known["TESFAYE"].person_id


def test_a_birth_that_cannot_be_read_yet_is_said_and_the_rest_is_checked(small: SmallDesk) -> None:
    typed = plan(person=person(full_name="Somebody New", born="31/02/1990"))
    looked = small.desk.read(plan_checks.look, typed)
    assert looked.unreadable
    assert looked.findings


@pytest.mark.parametrize(
    ("plan_", "code"),
    [
        (plan(person=person(full_name="  ")), "person-missing"),
        (plan(minutes=0), "length-missing"),
        (plan(minutes=-5), "length-missing"),
        (plan("  "), "agency-missing"),
        (plan(registration_id="00000000-0000-7000-8000-000000000000"), "registration-unknown"),
    ],
)
def test_a_plan_that_says_too_little_is_not_kept(
    small: SmallDesk, plan_: plan_drafts.DebriefPlan, code: str
) -> None:
    with pytest.raises(WrongCall) as wrong:
        small.desk.write(plans.register, plan_)
    assert wrong.value.code == code
    assert small.stored(Debrief) == []


@pytest.mark.parametrize(("serial", "rule"), [("BF5", "C-1"), ("BF6", "C-2")])
def test_nobody_plans_for_a_child_or_somebody_whose_age_is_disputed(
    small: SmallDesk, serial: str, rule: str
) -> None:
    looked = small.desk.read(plan_checks.look, small.plan(serial=serial))
    assert looked.refused
    before = len(small.stored(Person))
    with pytest.raises(Refused) as refused:
        small.register(serial=serial)
    assert refused.value.code == f"refused-{rule}"
    assert small.stored(Debrief) == []
    assert len(small.stored(Person)) == before


def test_a_second_agency_for_one_person_is_told_and_neither_can_be_cleared(
    small: SmallDesk,
) -> None:
    first = small.register("NCA")
    second = small.register("Kent Police", clock="16:00")
    assert "D-1" in rules(second.findings)
    (conflict,) = small.conflicts("same_person")
    assert [p.agency for p in conflict.parties] == ["NCA", "Kent Police"]
    assert small.told() == {("NCA", "conflict_opened"), ("Kent Police", "conflict_opened")}
    for made in (first, second):
        small.consent(made.debrief_id)
        debrief = small.debrief(made.reference)
        with pytest.raises(Refused) as refused:
            small.desk.write(plans.clear, str(debrief.id), debrief.version)
        assert refused.value.code == "not-clear"
        assert small.debrief(made.reference).state is DebriefState.PLANNED


def test_a_team_and_a_room_booked_twice_are_conflicts_that_go_when_the_plan_moves(
    small: SmallDesk,
) -> None:
    small.register(serial="BF1")
    second = small.register(serial="BF2", clock="14:30")
    assert {"X-7", "I-6"} <= rules(second.findings)
    assert small.conflicts("double_booking")
    debrief = small.debrief(second.reference)
    moved = small.desk.write(plans.move, str(debrief.id), debrief.version, starts_at=at("16:00"))
    assert rules(moved.findings) == set()
    assert small.conflicts("double_booking") == []
    closed = small.conflicts("double_booking", everything=True)
    assert {row.state.value for row in closed} == {"closed"}
    kept = small.debrief(second.reference)
    assert (kept.starts_at, kept.ends_at) == (at("16:00"), at("16:45"))


def test_a_plan_changed_by_somebody_else_meanwhile_is_not_overwritten(small: SmallDesk) -> None:
    made = small.register()
    shown = small.debrief(made.reference)
    small.desk.write(plans.move, str(shown.id), shown.version, room_id=small.id_of("Room 2"))
    for act, arguments in (
        (plans.move, {"starts_at": at("17:00")}),
        (plans.cancel, {"reason": CancelReason.NO_LONGER_NEEDED}),
        (plans.clear, {}),
    ):
        with pytest.raises(Stale) as stale:
            small.desk.write(act, str(shown.id), shown.version, **arguments)
        assert stale.value.code == "debrief-changed"
    kept = small.debrief(made.reference)
    assert (kept.starts_at, kept.state) == (at("14:00"), DebriefState.PLANNED)
    assert kept.room.name == "Room 2"


def test_moving_takes_clearance_away_where_the_new_slot_does_not_hold(small: SmallDesk) -> None:
    made = small.register()
    small.consent(made.debrief_id)
    shown = small.debrief(made.reference)
    small.desk.write(plans.clear, str(shown.id), shown.version)
    cleared = small.debrief(made.reference)
    assert (cleared.state, cleared.confirmed_at) == (DebriefState.CLEARED, at("08:00"))
    small.desk.write(
        plans.move, str(cleared.id), cleared.version, lead_id=small.id_of("N. Trainee")
    )
    moved = small.debrief(made.reference)
    assert (moved.state, moved.confirmed_at) == (DebriefState.PLANNED, None)
    assert moved.sequence > cleared.sequence


def test_a_cancelled_plan_frees_whom_it_held_and_stays_cancelled(small: SmallDesk) -> None:
    first = small.register("NCA")
    small.register("Kent Police", clock="16:00")
    shown = small.debrief(first.reference)
    small.desk.write(plans.cancel, str(shown.id), shown.version, CancelReason.UNFIT)
    kept = small.debrief(first.reference)
    assert (kept.state, kept.state_reason) == (DebriefState.CANCELLED, CancelReason.UNFIT)
    assert small.conflicts("same_person") == []
    with pytest.raises(WrongCall) as wrong:
        small.desk.write(plans.cancel, str(kept.id), kept.version, CancelReason.UNFIT)
    assert wrong.value.code == "state-cannot-follow"


def test_a_plan_nobody_confirmed_lapses_half_an_hour_before_and_its_slot_is_free(
    small: SmallDesk, clock: FixedClock
) -> None:
    first = small.register("NCA")
    confirmed = small.register(serial="BF2", clock="18:00")
    small.consent(confirmed.debrief_id)
    shown = small.debrief(confirmed.reference)
    small.desk.write(plans.clear, str(shown.id), shown.version)
    small.register("Kent Police", clock="19:30")

    clock.now = at("13:29")
    assert small.desk.write(plans.lapse) == 0
    clock.now = at("13:30")
    assert small.desk.write(plans.lapse) == 1
    assert small.debrief(first.reference).state is DebriefState.LAPSED
    assert small.conflicts("same_person") == []
    clock.now = at("18:59")
    assert small.desk.write(plans.lapse) == 0
    clock.now = at("19:00")
    assert (
        small.desk.write(plans.lapse) == 2
    )  # the cleared one an hour overdue, the other unconfirmed
    assert small.debrief(confirmed.reference).state is DebriefState.LAPSED


def test_a_plan_entered_after_its_time_does_not_lapse(small: SmallDesk, clock: FixedClock) -> None:
    clock.now = at("18:00")
    made = small.register(clock="14:00")
    clock.now += hours(5)
    assert small.desk.write(plans.lapse) == 0
    assert small.debrief(made.reference).state is DebriefState.PLANNED


def test_references_count_up_and_none_is_given_twice(small: SmallDesk) -> None:
    made = [small.register(serial=f"BF{n}", clock=f"{10 + 2 * n}:00") for n in (1, 2, 3)]
    assert [m.reference for m in made] == ["DD-2611-0001", "DD-2611-0002", "DD-2611-0003"]
    assert len({m.check_reference for m in made}) == 3
    assert not small.stored(NoApproachMarker)


def test_a_third_debrief_of_one_boat_next_door_is_crowding_until_one_moves_away(
    small: SmallDesk,
) -> None:
    rooms = {serial: small.id_of(f"Room {n}") for n, serial in enumerate(("BF1", "BF2", "BF3"), 1)}
    made = [
        small.register(serial=serial, room_id=room, lead_id="", second_id="", interpreter_id="")
        for serial, room in rooms.items()
    ]
    (crowding,) = small.conflicts("crowding")
    assert {p.debrief_reference for p in crowding.parties} == {m.reference for m in made}
    first = small.debrief(made[0].reference)
    small.desk.write(plans.move, str(first.id), first.version, starts_at=at("17:00"))
    assert small.conflicts("crowding") == []


def test_three_debriefs_of_one_boat_at_once_in_rooms_apart_are_no_crowding(
    small: SmallDesk,
) -> None:
    for serial, room in (("BF1", "Room 1"), ("BF2", "Room 3"), ("BF3", "Room 9")):
        small.register(
            serial=serial, room_id=small.id_of(room), lead_id="", second_id="", interpreter_id=""
        )
    assert small.conflicts("crowding") == []
