from dataclasses import replace

import pytest

from debrief_desk.errors import WrongCall
from debrief_desk.planning import (
    BookedDay,
    RosterPlan,
    Unplaced,
    check,
    explain,
    problem_from_json,
    propose,
    suggest,
)
from debrief_desk.wording import reasons


def with_booking(plan, slot):
    """Give the plan with a suggested slot instead of whatever its requests had."""
    asked = set(slot.booking.requests)
    kept = tuple(row for row in plan.bookings if not asked & set(row.requests))
    left = tuple(row for row in plan.unplaced if row.request not in asked)
    return replace(plan, bookings=(*kept, slot.booking), unplaced=left)


@pytest.fixture(scope="module")
def busy(days):
    """A typical day with a plan on it."""
    problem = problem_from_json(days.make_day("typical", 0))
    return problem, propose(problem, max_iterations=300).plan


def test_every_suggested_slot_is_legal_beside_the_plan(busy):
    problem, plan = busy
    day = BookedDay(problem, plan)
    tried = 0
    for request in problem.requests[::3]:
        for slot in day.suggest(request.id):
            together = [own for own in slot.booking.requests if own != request.id]
            report = check(problem, with_booking(plan, slot))
            lost = {row.subject for row in report.violations} - set(together)
            assert lost == set()
            tried += 1
    assert tried > 50


def test_slots_come_by_start_or_by_cost_and_count_the_alternatives(tiny):
    tiny["persons"][0]["available_from"] = -600
    problem = problem_from_json(tiny)
    empty = RosterPlan("tiny", ())
    by_start = suggest(problem, empty, "Q1", n=3)
    assert [slot.start for slot in by_start] == [0, 15, 30]
    assert [(slot.leads, slot.seconds, slot.interpreters, slot.rooms) for slot in by_start] == [
        (1, 0, 0, 2)
    ] * 3
    cheapest = suggest(problem, empty, "Q1", n=100, order="cheapest")
    assert [slot.cost for slot in cheapest] == sorted(slot.cost for slot in cheapest)
    assert len(cheapest) == len(range(0, 480 - 60 + 1, 15))


def test_a_day_kept_in_memory_follows_what_is_booked_and_cancelled(tiny):
    problem = problem_from_json(tiny)
    day = BookedDay(problem, RosterPlan("tiny", ()))
    (first,) = day.suggest("Q1", n=1)
    day.book(first.booking)
    with pytest.raises(WrongCall) as refused:
        day.explain("Q1")
    assert refused.value.code == "roster-request-is-booked"
    assert day.suggest("Q1", n=1) == [first]
    day.cancel(first.booking.id)
    assert day.explain("Q1").code == "FREE"
    assert day.suggest("Q1", n=1) == [first]


def test_an_unknown_request_is_a_wrong_call(tiny):
    problem = problem_from_json(tiny)
    for ask in (suggest, explain):
        with pytest.raises(WrongCall):
            ask(problem, RosterPlan("tiny", ()), "Q9")


def test_every_known_cause_is_named(days):
    named = 0
    for seed in range(12):
        day = days.make_day("reasons", seed)
        problem = problem_from_json(day)
        booked = BookedDay(problem, RosterPlan(problem.id, ()))
        for request, code in day["_expected"].items():
            assert booked.explain(request).code == code
            named += 1
    assert named > 100


def test_every_known_cause_of_the_sample_is_named(sample_of):
    day = sample_of("reasons")
    problem = problem_from_json(day)
    plan = propose(problem, max_iterations=50).plan
    for request, code in day["_expected"].items():
        assert explain(problem, plan, request).code == code
        assert Unplaced(request, code) in [replace(row, detail="") for row in plan.unplaced]


@pytest.mark.parametrize(
    ("kind", "change", "code"),
    [
        ("persons", {"departs": 80}, "WINDOW"),
        ("persons", {"unavailable": [[50, 430]]}, "WINDOW"),
        ("requests", {"lead_agencies": ["INTEL"]}, "AGENCY"),
        ("requests", {"accreditations": ["CHILD"]}, "ACCREDITATION"),
        ("requests", {"min_experience": 99}, "EXPERIENCE"),
        ("persons", {"excluded_staff": ["I1"]}, "EXCLUDED"),
        ("persons", {"gender_pref": "M", "gender_hard": True}, "GENDER"),
        ("interviewers", {"shift": [0, 45]}, "LEAD_SHIFT"),
        ("persons", {"language": "dari"}, "LANGUAGE"),
        ("persons", {"language": "arabic", "excluded_staff": ["P1"]}, "EXCLUDED"),
        ("requests", {"room_features": ["secure"]}, "ROOM"),
    ],
)
def test_a_single_obstacle_is_named(tiny, kind, change, code):
    tiny[kind][0] |= change
    reason = explain(problem_from_json(tiny), RosterPlan("tiny", ()), "Q1")
    assert reason.code == code
    assert reasons.sentence(reason)


def test_interpreters_who_come_in_no_allowed_way_or_at_another_time_are_told_apart(tiny):
    tiny["persons"][0]["language"] = "arabic"
    tiny["requests"][0]["modes"] = ["in_person"]
    empty = RosterPlan("tiny", ())
    reason = explain(problem_from_json(tiny), empty, "Q1")
    assert (reason.code, reason.concession.kind) == ("MODE", "remote")
    assert reasons.concession(reason.concession)
    tiny["requests"][0]["modes"] = ["video"]
    tiny["interpreters"][0]["shift"] = [0, 30]
    reason = explain(problem_from_json(tiny), empty, "Q1")
    assert (reason.code, reason.number, reason.spans) == ("INTERPRETER_SHIFT", 1, ((0, 30),))
    assert "06:00–06:30" in reasons.sentence(reason)


def test_a_missing_second_or_appropriate_adult_is_named(tiny):
    empty = RosterPlan("tiny", ())
    tiny["requests"][0]["needs_second"] = True
    tiny["interviewers"][1]["shift"] = [0, 30]
    assert explain(problem_from_json(tiny), empty, "Q1").code == "SECOND"
    tiny["requests"][0]["needs_second"] = False
    tiny["persons"][0]["minor"] = True
    tiny["adults"][0]["shift"] = [0, 30]
    assert explain(problem_from_json(tiny), empty, "Q1").code == "ADULT"


def test_parts_that_are_never_there_together_are_a_combination(tiny):
    tiny["persons"][0]["language"] = "arabic"
    tiny["interviewers"][0]["shift"] = [0, 120]
    tiny["interpreters"][0]["shift"] = [120, 480]
    assert explain(problem_from_json(tiny), RosterPlan("tiny", ()), "Q1").code == "COMBINATION"


@pytest.mark.parametrize(
    ("change", "family"),
    [
        ({"rooms": 1, "leads": 2}, "room"),
        ({"rooms": 2, "leads": 1}, "interviewer"),
        ({"rooms": 1, "leads": 1}, "several"),
    ],
)
def test_a_full_day_names_the_family_in_the_way(tiny, change, family):
    tiny["horizon_min"] = 60
    tiny["persons"].append({**tiny["persons"][0], "id": "N2"})
    tiny["requests"].append({**tiny["requests"][0], "id": "Q2", "person": "N2"})
    tiny["interviewers"][1] |= {"agency": "POLICE"}
    tiny["rooms"] = tiny["rooms"][: change["rooms"]]
    tiny["interviewers"] = tiny["interviewers"][: change["leads"]]
    problem = problem_from_json(tiny)
    (slot,) = suggest(problem, RosterPlan("tiny", ()), "Q1")
    reason = explain(problem, RosterPlan("tiny", (slot.booking,)), "Q2")
    assert (reason.code, reason.family) == ("CAPACITY", family)
    assert reasons.sentence(reason)


def test_a_persons_own_other_debrief_can_be_what_is_in_the_way(tiny):
    tiny["horizon_min"] = 120
    tiny["persons"][0]["max_sessions"] = 2
    tiny["requests"].append({**tiny["requests"][0], "id": "Q2"})
    tiny["interviewers"][1]["agency"] = "POLICE"
    problem = problem_from_json(tiny)
    (slot,) = suggest(problem, RosterPlan("tiny", ()), "Q1", n=1)
    assert explain(problem, RosterPlan("tiny", (slot.booking,)), "Q2").family == "person"


@pytest.mark.parametrize(
    ("kind", "change", "conceded"),
    [
        ("requests", {"lead_agencies": ["INTEL"]}, ("agency", ("BORDER", "POLICE"))),
        ("persons", {"departs": 80}, ("shorter", ("15",))),
        ("persons", {"departs": 60}, ("later", ("30",))),
    ],
)
def test_the_cheapest_single_concession_is_offered(tiny, kind, change, conceded):
    tiny[kind][0] |= change
    if conceded[0] == "later":
        tiny["requests"][0]["duration"] = 60
    reason = explain(problem_from_json(tiny), RosterPlan("tiny", ()), "Q1")
    assert (reason.concession.kind, reason.concession.value) == conceded


def test_nobodys_protection_is_ever_conceded(tiny):
    tiny["persons"][0] |= {"gender_pref": "M", "gender_hard": True}
    assert explain(problem_from_json(tiny), RosterPlan("tiny", ()), "Q1").concession is None
