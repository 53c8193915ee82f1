"""Who is proposed for a post, and the first reason why somebody is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from debrief_desk.rules.codes import Gender, GenderPreference, Indicator
from debrief_desk.rules.facts import Language, PlanFacts
from debrief_desk.rules.proposals import Post, propose
from debrief_desk.rules.times import Window

START = datetime(2026, 11, 20, 14, tzinfo=UTC)


def booking(**values) -> PlanFacts:
    return PlanFacts(id="Q", start=START, end=START + timedelta(minutes=30), **values)


OFF = (Window(START - timedelta(hours=9), START - timedelta(hours=1)),)
LEADS = [
    ({}, None),
    ({"agency": "IE"}, ("X-1", "other_agency")),
    ({"authorisation": None, "led": 0}, ("X-1", "none")),
    ({"valid_to": date(2026, 11, 19)}, ("X-1", "expired")),
    ({"valid_to": date(2026, 11, 20)}, None),
    ({"led": 1}, ("X-2", "short")),
    ({"last_debrief_on": date(2025, 1, 1)}, ("X-3", "idle")),
    ({"last_debrief_on": date(2026, 1, 1)}, None),
    ({"asylum_decision_maker": True}, ("X-8", "asylum")),
    ({"vetting": None}, ("X-9", "unrecorded")),
    ({"shifts": OFF}, ("X-10", "off_shift")),
]


@pytest.mark.parametrize(("changes", "reason"), LEADS)
def test_a_lead_is_left_out_for_the_first_reason(changes, reason, make, policy) -> None:
    case = make(lead=None, plan={"lead": None})
    candidate = replace(make().lead, id="C", **changes)
    answer = propose(case, Post.LEAD, [candidate], {}, policy)
    told = [(one.first.rule, one.first.reason) for one in answer.left_out]
    assert told == ([] if reason is None else [reason])
    assert [one.id for one in answer.fit] == (["C"] if reason is None else [])


def test_who_is_booked_elsewhere_is_not_free(make, policy) -> None:
    candidate = replace(make().lead, id="C")
    free = propose(make(), Post.LEAD, [candidate], {"C": (booking(lead="D"),)}, policy)
    taken = propose(make(), Post.LEAD, [candidate], {"C": (booking(second="C"),)}, policy)
    assert [one.id for one in free.fit] == ["C"]
    assert [one.first.rule for one in taken.left_out] == ["X-7"]


def test_the_plan_itself_does_not_keep_its_own_lead_from_being_free(make, policy) -> None:
    case = make()
    answer = propose(case, Post.LEAD, [case.lead], {"L": (case.plan,)}, policy)
    assert [one.id for one in answer.fit] == ["L"]


def test_an_inexperienced_officer_fits_as_second_beside_an_experienced_lead(make, policy) -> None:
    beginner = replace(make().second, id="C", led=1, supervised=0, authorisation=None, trainee=True)
    beside = propose(make(), Post.SECOND, [beginner], {}, policy)
    alone = propose(make(lead={"led": 1}), Post.SECOND, [beginner], {}, policy)
    assert [one.id for one in beside.fit] == ["C"]
    assert [one.first.reason for one in alone.left_out] == ["two_trainees"]


def test_who_speaks_the_language_comes_first_and_a_warning_later(make, policy) -> None:
    officer = make().lead
    plain = replace(officer, id="1", name="A")
    speaker = replace(officer, id="2", name="B", languages=frozenset({Language("Dari")}))
    rusty = replace(speaker, id="3", name="C", last_debrief_on=date(2026, 1, 1))
    answer = propose(make(), Post.LEAD, [rusty, plain, speaker], {}, policy)
    assert [one.id for one in answer.fit] == ["2", "1", "3"]
    assert [one.speaks for one in answer.fit] == [True, False, True]
    assert [f.rule for f in answer.fit[2].warnings] == ["X-3"]


def test_who_has_least_to_do_comes_first_among_equals(make, policy) -> None:
    busy, idle = (replace(make().lead, id=i, name=i) for i in "12")
    later = replace(
        booking(lead="1"), start=START + timedelta(hours=3), end=START + timedelta(hours=4)
    )
    answer = propose(make(), Post.LEAD, [busy, idle], {"1": (later,)}, policy)
    assert [one.id for one in answer.fit] == ["2", "1"]


def test_a_woman_comes_first_where_one_is_needed(make, policy) -> None:
    harmed = {"gender": Gender.WOMAN, "indicators": frozenset({Indicator.GENDER_VIOLENCE})}
    case = make(person=harmed, interpreter={"gender": Gender.MAN})
    man, woman = (
        replace(case.lead, id=g.value, name=g.value, gender=g) for g in (Gender.MAN, Gender.WOMAN)
    )
    man = replace(man, name="A")
    answer = propose(case, Post.LEAD, [man, woman], {}, policy)
    assert [one.id for one in answer.fit] == ["F", "M"]


def test_the_interpreter_is_judged_by_language_wish_and_time(make, policy) -> None:
    case = make(person={"prefers_interpreter": GenderPreference.WOMEN})
    fit = replace(case.interpreter, id="1")
    amharic = replace(fit, id="2", languages=frozenset({Language("Amharic")}))
    man = replace(fit, id="3", gender=Gender.MAN)
    booked = replace(fit, id="4")
    answer = propose(
        case,
        Post.INTERPRETER,
        [fit, amharic, man, booked],
        {"4": (booking(interpreter="4"),)},
        policy,
    )
    assert [one.id for one in answer.fit] == ["1"]
    assert {one.id: one.first.rule for one in answer.left_out} == {
        "2": "I-2",
        "3": "G-2",
        "4": "I-6",
    }


def test_everybody_is_either_proposed_or_left_out(make, policy) -> None:
    officers = [replace(make().lead, id=str(n), name=str(n), led=n) for n in range(10)]
    answer = propose(make(), Post.LEAD, officers, {}, policy)
    seen = [one.id for one in (*answer.fit, *answer.left_out)]
    assert sorted(seen) == [str(n) for n in range(10)]
    assert {one.id for one in answer.left_out} == {str(n) for n in range(5)}


def test_the_plans_own_agency_comes_before_its_partner(make, policy) -> None:
    partner = replace(make().lead, id="1", name="A", agency="IE")
    own = replace(make().lead, id="2", name="B")
    case = make(plan={"partners": frozenset({"IE"})})
    answer = propose(case, Post.LEAD, [partner, own], {}, policy)
    assert [one.id for one in answer.fit] == ["2", "1"]


def test_a_room_is_judged_by_hours_bookings_and_a_private_route(make, policy) -> None:
    case = make(person={"facilitator_near": True}, plan={"room": None})
    private = replace(case.room, id="1", name="1", features=frozenset({"private"}))
    plain = replace(private, id="2", name="2", features=frozenset())
    shut = replace(private, id="3", name="3", open=OFF)
    taken = replace(private, id="4", name="4")
    rooms, booked = [plain, private, shut, taken], {"4": (booking(room="4"),)}
    answer = propose(case, Post.ROOM, rooms, booked, policy)
    assert [one.id for one in answer.fit] == ["1", "2"]
    assert [f.rule for f in answer.fit[1].warnings] == ["S-6"]
    assert {one.id: one.first.reason for one in answer.left_out} == {"3": "closed", "4": "room"}


def test_who_is_absent_is_left_out(make, policy) -> None:
    candidate = replace(make().lead, id="C", away=(Window(START, START + timedelta(hours=1)),))
    answer = propose(make(), Post.LEAD, [candidate], {}, policy)
    assert [one.first.reason for one in answer.left_out] == ["absent"]
