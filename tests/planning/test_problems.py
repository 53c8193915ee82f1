import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.errors import FileRefused
from debrief_desk.planning import (
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)
from debrief_desk.wording import failures

BOOKING = {
    "id": "B1",
    "requests": ["Q1"],
    "start": 0,
    "duration": 60,
    "room": "R1",
    "lead": "I1",
    "second": None,
    "interpreter": None,
    "mode": None,
    "adult": None,
}


def put(obj, path, value):
    """Set one value of a nested object by its path."""
    changed = copy.deepcopy(obj)
    target = changed
    for key in path[:-1]:
        target = target[key]
    if value is ...:
        del target[path[-1]]
    else:
        target[path[-1]] = value
    return changed


def test_a_problem_written_and_read_again_is_the_same(small, small_problem):
    again = problem_from_json(json.loads(json.dumps(problem_to_json(small_problem))))
    assert again == small_problem
    assert len(again.requests) == len(small["requests"])


def test_notes_with_a_leading_underscore_are_never_looked_at(small, small_problem):
    noted = {**small, "_expected": 7, "_reference_plan": "nonsense"}
    assert problem_from_json(noted) == small_problem


@pytest.mark.parametrize(
    ("path", "value", "code", "field"),
    [
        (("schema",), "roster-problem/9", "roster-schema", "schema"),
        (("schema",), ..., "roster-key-missing", "schema"),
        (("persons", 0, "departs"), ..., "roster-key-missing", "persons[0].departs"),
        (("persons", 0, "departs"), "late", "roster-wrong-type", "persons[0].departs"),
        (("persons", 0, "departs"), 480.0, "roster-wrong-type", "persons[0].departs"),
        (("persons", 0, "departs"), -5, "roster-impossible-window", "persons[0].departs"),
        (("persons", 0, "minor"), 1, "roster-wrong-type", "persons[0].minor"),
        (("persons", 0, "unavailable"), [[60, 60]], "roster-impossible-window", "persons[0].unavailable[0]"),
        (("persons", 0, "gender_hard"), True, "roster-gender-unsaid", "persons[0].gender_pref"),
        (("requests", 0, "person"), "N9", "roster-unknown-id", "requests[0].person"),
        (("requests", 0, "priority"), 4, "roster-number-out-of-range", "requests[0].priority"),
        (("requests", 0, "duration"), 10**30, "roster-number-out-of-range", "requests[0].duration"),
        (("requests", 0, "duration"), True, "roster-wrong-type", "requests[0].duration"),
        (("requests", 0, "modes"), ["letter"], "roster-unknown-value", "requests[0].modes"),
        (("requests", 0, "agency"), "", "roster-wrong-type", "requests[0].agency"),
        (("interviewers", 1, "id"), "I1", "roster-duplicate-id", "interviewers[1].id"),
        (("interpreters", 0, "id"), "I1", "roster-duplicate-id", "interpreters[0].id"),
        (("interviewers", 0, "shift"), [480, 0], "roster-impossible-window", "interviewers[0].shift"),
        (("interviewers", 0, "shift"), [0], "roster-wrong-type", "interviewers[0].shift"),
        (("interviewers", 0, "breaks"), [{"window": [0, 30], "length": 45}], "roster-impossible-window", "interviewers[0].breaks[0].window"),
        (("rooms",), {}, "roster-wrong-type", "rooms"),
        (("rooms", 0), 5, "roster-not-an-object", "rooms[0]"),
        (("rules", "weights", "unplaced", "2"), ..., "roster-key-missing", "rules.weights.unplaced.2"),
        (("grid_min",), 0, "roster-number-out-of-range", "grid_min"),
        (("horizon_min",), 10**9, "roster-number-out-of-range", "horizon_min"),
        (("joint_groups",), [{"id": "G", "person": "N1", "requests": ["Q1"], "duration": 60, "policy": "require"}], "roster-empty", "joint_groups[0].requests"),
        (("joint_groups",), [{"id": "G", "person": "N1", "requests": ["Q1", "Q7"], "duration": 60, "policy": "require"}], "roster-unknown-id", "joint_groups[0].requests[1]"),
        (("pinned",), [{**BOOKING, "room": "R9"}], "roster-unknown-id", "pinned[0].room"),
        (("pinned",), [{**BOOKING, "requests": ["Q9"]}], "roster-unknown-id", "pinned[0].requests"),
        (("pinned",), [{**BOOKING, "second": "I1"}], "roster-pins-contradict", "pinned[0].second"),
        (("pinned",), [BOOKING, {**BOOKING, "id": "B2", "start": 120}], "roster-pins-contradict", "pinned[1].requests"),
        (("previous_plan",), {"bookings": [{"id": "B1"}]}, "roster-key-missing", "previous_plan.bookings[0].requests"),
    ],
)  # fmt: skip
def test_one_wrong_field_refuses_the_whole_problem_and_is_named(tiny, path, value, code, field):
    with pytest.raises(FileRefused) as refused:
        problem_from_json(put(tiny, path, value))
    assert (refused.value.code, refused.value.values["field"]) == (code, field)
    assert field in failures.sentence(refused.value)


@pytest.mark.parametrize("value", [None, 5, "text", [], [{}], True, float("nan")])
def test_what_is_no_object_is_no_problem_and_no_plan(value):
    for read in (problem_from_json, plan_from_json):
        with pytest.raises(FileRefused) as refused:
            read(value)
        assert refused.value.code == "roster-not-an-object"


def test_two_pins_in_one_room_at_one_time_contradict_each_other(tiny):
    tiny["persons"].append({**tiny["persons"][0], "id": "N2"})
    tiny["requests"].append({**tiny["requests"][0], "id": "Q2", "person": "N2"})
    other = {**BOOKING, "id": "B2", "requests": ["Q2"], "lead": "I2", "start": 45}
    with pytest.raises(FileRefused) as refused:
        problem_from_json({**tiny, "pinned": [BOOKING, other]})
    assert refused.value.values["field"] == "pinned[1].room"


def test_who_fell_ill_may_still_stand_in_the_previous_plan(tiny):
    plan = {"bookings": [{**BOOKING, "lead": "I9"}]}
    problem = problem_from_json({**tiny, "previous_plan": plan})
    assert problem.previous_plan.bookings[0].lead == "I9"


def test_a_plan_written_and_read_again_is_the_same():
    plan = {"schema": "roster-plan/1", "problem": "tiny", "bookings": [BOOKING]}
    plan["unplaced"] = [{"request": "Q2", "code": "ROOM", "detail": "step_free"}]
    assert plan_to_json(plan_from_json(plan)) == plan


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"bookings": [{**BOOKING, "mode": "letter"}]}, "bookings[0].mode"),
        ({"bookings": [{**BOOKING, "requests": []}]}, "bookings[0].requests"),
        ({"bookings": [BOOKING, BOOKING]}, "bookings[1].id"),
        ({"unplaced": [{"request": "Q1", "code": "BORED"}]}, "unplaced[0].code"),
        ({"schema": "roster-plan/2"}, "schema"),
    ],
)
def test_a_wrong_field_of_a_plan_is_named(change, field):
    plan = {"schema": "roster-plan/1", "problem": "tiny", "bookings": [], "unplaced": []}
    with pytest.raises(FileRefused) as refused:
        plan_from_json({**plan, **change})
    assert refused.value.values["field"] == field


def paths(obj, at=()):
    """Give the path of every value inside a JSON object."""
    steps = (
        obj.items() if isinstance(obj, dict) else enumerate(obj) if isinstance(obj, list) else ()
    )
    for key, value in steps:
        yield (*at, key)
        yield from paths(value, (*at, key))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), junk=JUNK)
def test_any_one_value_replaced_is_taken_whole_or_refused_by_name(tiny_text, data, junk):
    problem = {
        **json.loads(tiny_text),
        "pinned": [BOOKING],
        "previous_plan": {"bookings": [BOOKING]},
    }
    path = data.draw(st.sampled_from(list(paths(problem))))
    changed = put(problem, path, junk)
    read, named = None, None
    try:
        read = problem_from_json(changed)
    except FileRefused as refused:
        named = refused.values["field"]
    assert named or problem_from_json(problem_to_json(read)) == read
