"""Welfare, wishes, the answer and the explanation: what makes a plan one that can be cleared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from debrief_desk.actions import ages, approaches, imports, people, plans, staff, welfare
from debrief_desk.actions.approaches import OPTIONAL_LINE, Answer
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.actions.welfare import WelfareEntry
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules import facts
from debrief_desk.rules.codes import ApproachOutcome, ExplanationPoint
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    AgeDecision,
    ConsentRecord,
    Debrief,
    DeconflictionCheck,
    NoApproachMarker,
    Stay,
    WelfareCheck,
)
from tests.builders import at
from tests.conftest import MORNING, RECORD_DAY

if TYPE_CHECKING:
    from debrief_desk.actions.plans import Registered
    from debrief_desk.desk import Desk
    from tests.actions.conftest import SmallDesk

ALL = tuple(point.value for point in ExplanationPoint)
WELL = WelfareEntry(
    screened_at=at("00:30"),
    rested=True,
    medical="fit",
    preference="none",
    interpreter_preference="none",
    landed_at=at("22:00", day=19),
    arrived_at=at("23:30", day=19),
)
YES = Answer(
    ApproachOutcome.ACCEPTED,
    MORNING,
    "Tigrinya",
    "Interpreter 12a",
    explained_by="M. Birkett",
    points=ALL,
)


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk with the real sheets of rooms, interviewers and interpreters."""
    for name in ("rooms.csv", "interviewers.csv", "interpreters.csv"):
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name))
    return desk


def team_plan(desk: Desk, clock: str = "10:00", **person: str) -> DebriefPlan:
    """Give a plan for somebody new with lead, second, interpreter and room of the sheets."""
    leads = {one.name: one.id for one in desk.read(staff.interviewers)}
    rooms = {one.name: one.id for one in desk.read(staff.rooms)}
    speakers = {one.name: one.id for one in desk.read(staff.interpreters)}
    typed = {"given_name": "Yonas", "family_name": "Tesfaye", "born": "14/02/1994"}
    return DebriefPlan(
        "NCA",
        person=PersonEntry(**(typed | {"sex": "M", "language": "Tigrinya"} | person)),
        starts_at=at(clock),
        minutes=45,
        room_id=rooms["Room 1"],
        lead_id=leads["M. Birkett"],
        second_id=leads["H. Haworth"],
        interpreter_id=speakers["Interpreter 12a"],
        mode="in_person",
        purpose="route",
    )


def open_rules(desk: Desk, debrief_id: str) -> set[str]:
    """Give the rules that have something to say about a debrief now."""
    with Session(desk._opened.reader) as session:
        kept = session.get_one(DeconflictionCheck, UUID(debrief_id))
        return {row["rule"] for row in kept.findings}


def stored(desk: Desk, debrief_id: str) -> Debrief:
    with Session(desk._opened.reader) as session:
        return session.get_one(Debrief, UUID(debrief_id))


def clear(desk: Desk, debrief_id: str) -> None:
    desk.write(plans.clear, debrief_id, stored(desk, debrief_id).version)


def state(desk: Desk, debrief_id: str) -> DebriefState:
    return stored(desk, debrief_id).state


def ready(desk: Desk, answer: Answer = YES) -> Registered:
    """Register a plan, record welfare, and the answer."""
    made = desk.write(plans.register, team_plan(desk))
    desk.write(welfare.record, made.registration_id, WELL)
    desk.write(approaches.record, made.debrief_id, answer)
    return made


def test_a_plan_is_cleared_once_welfare_wishes_and_an_informed_yes_are_on_record(
    staffed: Desk,
) -> None:
    made = staffed.write(plans.register, team_plan(staffed))
    barred = {"V-1", "S-1", "W-1", "W-2", "W-4", "G-1"}
    assert barred <= open_rules(staffed, made.debrief_id)
    with pytest.raises(Refused, match="not-clear"):
        clear(staffed, made.debrief_id)
    staffed.write(welfare.record, made.registration_id, WELL)
    assert open_rules(staffed, made.debrief_id) == {"V-1"}
    staffed.write(approaches.record, made.debrief_id, YES)
    assert open_rules(staffed, made.debrief_id) == set()
    clear(staffed, made.debrief_id)
    assert state(staffed, made.debrief_id) is DebriefState.CLEARED


@pytest.mark.parametrize("left_out", ALL)
def test_without_one_point_of_the_explanation_it_is_not_cleared(
    staffed: Desk, left_out: str
) -> None:
    made = ready(staffed, replace(YES, points=tuple(p for p in ALL if p != left_out)))
    assert open_rules(staffed, made.debrief_id) == {"V-2"}
    with pytest.raises(Refused, match="not-clear"):
        clear(staffed, made.debrief_id)
    assert state(staffed, made.debrief_id) is DebriefState.PLANNED


def test_an_explanation_made_good_later_counts_even_with_an_earlier_time(staffed: Desk) -> None:
    made = ready(staffed, replace(YES, points=ALL[:-1]))
    staffed.write(approaches.record, made.debrief_id, replace(YES, at=at("07:50")))
    assert open_rules(staffed, made.debrief_id) == set()


def test_a_yes_without_who_explained_leaves_the_consent_incomplete(staffed: Desk) -> None:
    made = ready(staffed, replace(YES, explained_by=""))
    assert open_rules(staffed, made.debrief_id) == {"V-1"}


def test_where_nobody_interpreted_the_consent_says_so(small: SmallDesk) -> None:
    made = small.register("NCA", "BF1", "15:00")
    said = replace(YES, interpreter="", points=(*ALL, OPTIONAL_LINE))
    small.desk.write(approaches.record, made.debrief_id, said)
    (consent,) = small.stored(ConsentRecord)
    assert (consent.outcome, consent.interpreter) == ("agreed", "none")
    assert (consent.explained_by, consent.explanation_version) == ("M. Birkett", "1")
    assert consent.points == [*ALL, OPTIONAL_LINE]


def test_a_refusal_is_a_consent_record_and_no_answer_is_none(small: SmallDesk) -> None:
    made = small.register("NCA", "BF1", "15:00")
    asleep = Answer(ApproachOutcome.ASLEEP, MORNING, "Tigrinya")
    small.desk.write(approaches.record, made.debrief_id, asleep)
    assert small.stored(ConsentRecord) == []
    refused = Answer(ApproachOutcome.REFUSED, MORNING, "Tigrinya")
    small.desk.write(approaches.record, made.debrief_id, refused)
    assert [c.outcome for c in small.stored(ConsentRecord)] == ["refused"]
    assert len(small.stored(NoApproachMarker)) == 1


def test_a_point_that_is_on_no_list_is_not_taken(small: SmallDesk) -> None:
    made = small.register("NCA", "BF1", "15:00")
    with pytest.raises(WrongCall, match="code-unknown"):
        small.desk.write(approaches.record, made.debrief_id, replace(YES, points=("tea",)))
    assert small.stored(ConsentRecord) == []


def test_what_was_recorded_is_read_back_and_only_what_differs_is_written(small: SmallDesk) -> None:
    key = small.id_of("BF1")
    before = small.desk.read(welfare.get, key)
    assert before == replace(WELL, interpreter_preference="")
    stamp = [(w.id, w.recorded_at) for w in small.stored(WelfareCheck)]
    small.desk.write(welfare.record, key, before)
    assert [(w.id, w.recorded_at) for w in small.stored(WelfareCheck)] == stamp
    after = replace(before, interpreter_preference="women", departs_at=at("18:00"))
    small.desk.write(welfare.record, key, after)
    assert small.desk.read(welfare.get, key) == after
    assert len(small.stored(WelfareCheck)) == len(stamp)


def test_a_field_that_is_emptied_is_not_recorded_any_more(small: SmallDesk) -> None:
    key = small.id_of("BF1")
    small.desk.write(welfare.record, key, WelfareEntry())
    assert small.desk.read(welfare.get, key) == WelfareEntry()


def test_linked_records_speak_together_and_keep_their_own_times(small: SmallDesk) -> None:
    made = small.desk.write(plans.register, small.plan("NCA", registration_id="", person=PersonEntry(family_name="Tesfaye", given_name="Yonas")))  # fmt: skip
    own, other = made.registration_id, small.id_of("BF1")
    small.desk.write(people.decide_pair, own, other, "same", "One wristband")
    known = small.desk.read(welfare.get, own)
    assert known == replace(WELL, interpreter_preference="")
    small.desk.write(welfare.record, own, replace(known, rested=False, departs_at=at("19:00")))
    for key in (own, other):
        assert small.desk.read(welfare.get, key) == replace(
            known, rested=False, departs_at=at("19:00")
        )
    (mine,) = [s for s in small.stored(Stay) if str(s.registration_id) == own]
    assert (mine.landed_at, mine.departs_at) == (None, at("19:00"))


def test_a_hold_stands_until_healthcare_clears_it_and_a_new_hold_stands_again(
    staffed: Desk,
) -> None:
    made = ready(staffed)
    held = replace(WELL, medical="hold")
    staffed.write(welfare.record, made.registration_id, held)
    assert open_rules(staffed, made.debrief_id) == {"W-4"}
    cleared = replace(held, medical_cleared_at=at("07:30"))
    staffed.write(welfare.record, made.registration_id, cleared)
    assert open_rules(staffed, made.debrief_id) == set()
    unfit = replace(cleared, medical="not_fit")
    staffed.write(welfare.record, made.registration_id, unfit)
    assert staffed.read(welfare.get, made.registration_id).medical_cleared_at is None
    assert open_rules(staffed, made.debrief_id) == {"W-4"}


def test_a_cleared_debrief_of_somebody_no_longer_well_is_planned_again(staffed: Desk) -> None:
    made = ready(staffed)
    clear(staffed, made.debrief_id)
    staffed.write(welfare.record, made.registration_id, replace(WELL, rested=False))
    assert open_rules(staffed, made.debrief_id) == {"W-1"}
    assert state(staffed, made.debrief_id) is DebriefState.PLANNED


def test_a_cleared_debrief_that_is_moved_onto_a_booked_room_is_planned_again(
    small: SmallDesk,
) -> None:
    first = small.register("NCA", "BF1", "14:00")
    second = small.register("Kent Police", "BF3", "14:00")
    for made in (first, second):
        small.consent(made.debrief_id)
        clear(small.desk, made.debrief_id)
    assert state(small.desk, first.debrief_id) is DebriefState.CLEARED
    version = small.debrief(first.reference).version
    room = small.id_of("Room 2")
    small.desk.write(plans.move, first.debrief_id, version, room_id=room)
    assert state(small.desk, first.debrief_id) is DebriefState.PLANNED
    assert state(small.desk, second.debrief_id) is DebriefState.PLANNED
    version = small.debrief(first.reference).version
    small.desk.write(plans.move, first.debrief_id, version, room_id=small.id_of("Room 1"))
    for made in (first, second):
        clear(small.desk, made.debrief_id)
        assert state(small.desk, made.debrief_id) is DebriefState.CLEARED


@pytest.mark.parametrize(
    "entry", [WelfareEntry(medical="flu"), WelfareEntry(preference="F")]
)  # fmt: skip
def test_a_word_that_is_on_no_list_is_not_taken(small: SmallDesk, entry: WelfareEntry) -> None:
    key = small.id_of("BF1")
    with pytest.raises(WrongCall, match="code-unknown"):
        small.desk.write(welfare.record, key, entry)
    assert small.desk.read(welfare.get, key).medical == "fit"


def test_a_decision_about_age_is_kept_and_ends_the_doubt(small: SmallDesk) -> None:
    key = small.id_of("BF6")
    with pytest.raises(Refused):
        small.register("NCA", "BF6", "15:00")
    small.desk.write(ages.decide, key, facts.AgeDecision(True, "Age panel", date(2026, 11, 19)))
    (kept,) = small.stored(AgeDecision)
    assert (kept.adult, kept.decider, kept.decided_on) == (True, "Age panel", date(2026, 11, 19))
    made = small.register("NCA", "BF6", "15:00")
    assert state(small.desk, made.debrief_id) is DebriefState.PLANNED
