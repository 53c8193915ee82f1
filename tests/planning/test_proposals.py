import random
from dataclasses import replace
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.errors import WrongCall
from debrief_desk.planning import (
    check,
    offers,
    plan_to_json,
    problem_from_json,
    propose,
)
from debrief_desk.wording import reasons
from debrief_desk.wording.failures import sentence

QUICK = 150


@pytest.mark.parametrize("kind", ["small", "typical", "planted", "reasons"])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_proposal_and_every_replan_of_it_keeps_every_hard_rule(days, kind, seed):
    day = days.make_day(kind, seed)
    first = propose(problem_from_json(day), max_iterations=QUICK, seed=seed)
    assert first.report.violations == ()
    late = problem_from_json(days.disrupt(day, plan_to_json(first.plan), seed))
    for mode in ("freeze", "gentle", "open"):
        again = propose(late, max_iterations=QUICK, seed=seed, mode=mode)
        assert again.report.violations == ()
        assert (again.bound or 0) <= again.costs.unplaced
        assert set(late.pinned) <= set(again.plan.bookings)


def test_a_surge_day_is_planned_legally(days):
    proposal = propose(problem_from_json(days.make_day("surge", 3)), max_iterations=QUICK)
    assert proposal.report.violations == ()
    assert proposal.report.placed > 100


def test_the_same_seed_and_iterations_give_the_same_plan(small_problem):
    first, second = (propose(small_problem, max_iterations=QUICK, seed=7) for _ in range(2))
    assert first.plan == second.plan
    assert first.iterations == QUICK


def test_a_plan_of_the_whole_day_is_found_where_one_is_hidden(days):
    problem = problem_from_json(days.make_day("planted", 0))
    proposal = propose(problem, max_iterations=20_000, budget_s=20)
    assert proposal.unplaced == ()
    assert proposal.costs.unplaced == 0


def test_more_iterations_never_give_a_worse_plan_than_the_first(days):
    problem = problem_from_json(days.make_day("typical", 1))
    first = propose(problem, max_iterations=0)
    better = propose(problem, max_iterations=1000)
    assert better.costs < first.costs
    assert better.costs.unplaced >= (better.bound or 0)


def test_no_number_of_others_takes_the_place_of_an_urgent_request(tiny):
    """One long urgent debrief, or three short ones: the day has an hour and a half for either."""
    tiny["horizon_min"] = 105
    tiny["interviewers"] = tiny["interviewers"][:1]
    tiny["rooms"] = tiny["rooms"][:1]
    asked, person = tiny["requests"][0], tiny["persons"][0]
    tiny["requests"] = [{**asked, "id": "Q0", "person": "N0", "priority": 1, "duration": 105}]
    tiny["persons"] = [{**person, "id": "N0"}]
    for at in (1, 2, 3):
        tiny["persons"].append({**person, "id": f"N{at}"})
        short = {"id": f"Q{at}", "person": f"N{at}", "priority": 3, "duration": 15}
        tiny["requests"].append({**asked, **short})
    tiny["rules"]["weights"]["unplaced"] = {"1": 1, "2": 100, "3": 1000}
    proposal = propose(problem_from_json(tiny), max_iterations=500)
    assert [row.requests for row in proposal.plan.bookings] == [("Q0",)]


def test_everything_that_is_left_out_has_a_reason_with_a_sentence(small_problem):
    proposal = propose(small_problem, max_iterations=QUICK)
    left = [row.request for row in proposal.plan.unplaced]
    assert [row.request for row in proposal.unplaced] == left
    assert all(reasons.sentence(row).endswith((".", "\u2069")) for row in proposal.unplaced)
    booked = {own for row in proposal.plan.bookings for own in row.requests}
    assert booked | set(left) == {row.id for row in small_problem.requests}


def test_a_cancelled_search_gives_the_best_plan_so_far(small_problem):
    asked = iter(range(10**9))
    proposal = propose(small_problem, budget_s=3600, cancel=lambda: next(asked) > 3)
    assert proposal.report.legal
    assert proposal.iterations < QUICK


def test_progress_never_falls_back(days):
    seen = []
    problem = problem_from_json(days.make_day("typical", 2))
    propose(problem, max_iterations=QUICK, progress=seen.append)
    assert [row.key for row in seen] == sorted((row.key for row in seen), reverse=True)
    assert seen[-1].placed > 0


def test_the_budget_is_counted_on_the_clock_that_is_handed_in(small_problem):
    ticks = iter(range(10**9))
    proposal = propose(small_problem, budget_s=50, clock=lambda: float(next(ticks)))
    assert proposal.report.legal
    assert proposal.seconds >= 50


@pytest.mark.parametrize("wrong", [{"mode": "wild"}, {"engine": "abacus"}])
def test_an_unknown_mode_or_engine_is_a_wrong_call(small_problem, wrong):
    with pytest.raises(WrongCall):
        propose(small_problem, **wrong)


def test_without_or_tools_the_second_engine_says_so(small_problem, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ortools.sat.python", None)
    with pytest.raises(WrongCall) as refused:
        propose(small_problem, engine="cpsat", budget_s=1)
    assert refused.value.code == "roster-no-optimiser"


def test_the_second_engine_never_shows_a_worse_plan_where_it_is_installed(small_problem):
    if find_spec("ortools") is None:
        with pytest.raises(WrongCall) as refused:
            propose(small_problem, engine="cpsat", budget_s=1)
        assert "OR-Tools is not installed" in sentence(refused.value)
        return
    first = propose(small_problem, max_iterations=0)
    second = propose(small_problem, engine="cpsat", budget_s=5)
    assert second.report.legal
    assert second.costs <= first.costs


@pytest.fixture(scope="module")
def noon(days):
    """A typical day planned, then disrupted at noon."""
    day = days.make_day("typical", 4)
    plan = propose(problem_from_json(day), max_iterations=600).plan
    return problem_from_json(days.disrupt(day, plan_to_json(plan), 4))


def test_freeze_keeps_every_previous_booking_that_is_still_legal(noon):
    proposal = propose(noon, max_iterations=QUICK, mode="freeze")
    staff = {row.id for row in (*noon.interviewers, *noon.interpreters, *noon.adults)}
    for booking in noon.previous_plan.bookings:
        if set(booking.staff()) <= staff and (
            booking.start >= noon.now_min or booking in noon.pinned
        ):
            assert booking in proposal.plan.bookings
    kinds = {line.kind for line in proposal.changes}
    assert {"kept", "new"} <= kinds


def test_gentle_changes_less_than_open(noon):
    gentle, free = (propose(noon, max_iterations=1500, mode=mode) for mode in ("gentle", "open"))
    assert gentle.costs.change < free.costs.change


def test_the_changes_tell_every_previous_booking_once(noon):
    proposal = propose(noon, max_iterations=QUICK, mode="open")
    told = [line.before.id for line in proposal.changes if line.before is not None]
    assert sorted(told) == sorted(row.id for row in noon.previous_plan.bookings)
    for line in proposal.changes:
        assert (line.kind == "kept") == (line.before == line.after)


def test_a_booking_told_to_people_keeps_its_id(noon):
    proposal = propose(noon, max_iterations=QUICK, mode="gentle")
    before = {row.requests: row.id for row in noon.previous_plan.bookings}
    ids = [row.id for row in proposal.plan.bookings]
    assert len(set(ids)) == len(ids)
    for row in proposal.plan.bookings:
        assert before.get(row.requests, row.id) == row.id


def test_offers_cost_less_one_after_another_and_say_what_they_move(noon):
    found = offers(noon, furthest="open", max_iterations=400)
    left = [row.proposal.costs.unplaced for row in found]
    assert left == sorted(set(left), reverse=True)
    assert found[0].proposal.mode == "freeze"
    assert all(reasons.offer(row) for row in found)


def test_nothing_starts_afresh_once_people_have_been_told(noon):
    found = offers(noon, furthest="gentle", max_iterations=QUICK)
    assert "open" not in {row.proposal.mode for row in found}


def test_without_a_previous_plan_there_is_one_offer(small_problem):
    assert len(offers(small_problem, furthest="open", max_iterations=QUICK)) == 1


def test_a_pinned_booking_off_the_grid_stays_where_it_is(tiny):
    tiny["persons"].append({**tiny["persons"][0], "id": "N2"})
    tiny["requests"].append({**tiny["requests"][0], "id": "Q2", "person": "N2"})
    pin = {
        "id": "begun",
        "requests": ["Q1"],
        "start": 7,
        "duration": 60,
        "room": "R1",
        "lead": "I1",
    }
    tiny["pinned"] = [pin | {"second": None, "interpreter": None, "mode": None, "adult": None}]
    tiny["now_min"] = 20
    proposal = propose(problem_from_json(tiny), max_iterations=QUICK)
    assert proposal.report.violations == ()
    assert [(row.id, row.start) for row in proposal.plan.bookings] == [("begun", 7), ("B000", 90)]


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_order_of_the_input_gives_a_legal_plan_of_the_same_requests(days, seed):
    problem = problem_from_json(days.make_day("small", seed % 7))
    rng = random.Random(seed)
    shuffled = replace(
        problem,
        **{
            key: tuple(rng.sample(getattr(problem, key), len(getattr(problem, key))))
            for key in (
                "persons",
                "requests",
                "joint_groups",
                "interviewers",
                "interpreters",
                "rooms",
            )
        },
    )
    proposal = propose(shuffled, max_iterations=60)
    assert proposal.report.violations == ()
    assert check(problem, proposal.plan).violations == ()


def test_one_interpreter_more_places_no_fewer(days):
    problem = problem_from_json(days.make_day("small", 1))
    extra = replace(
        problem.interpreters[0],
        id="P99",
        languages=frozenset({"arabic", "sorani", "farsi", "dari"}),
        shift=(0, 1440),
        breaks=(),
    )
    richer = replace(problem, interpreters=(*problem.interpreters, extra))
    before, after = (propose(one, max_iterations=1500) for one in (problem, richer))
    assert after.costs.unplaced <= before.costs.unplaced


def test_who_did_much_on_the_days_before_is_asked_last(small_problem):
    plain = propose(small_problem, max_iterations=QUICK)
    led = [booking.lead for booking in plain.plan.bookings]
    most = max(set(led), key=led.count)
    rows = tuple(
        replace(row, load=50) if row.id == most else row for row in small_problem.interviewers
    )
    tired = propose(replace(small_problem, interviewers=rows), max_iterations=QUICK)
    assert [booking.lead for booking in tired.plan.bookings].count(most) < led.count(most)
    assert (
        tired.costs.load == check(replace(small_problem, interviewers=rows), tired.plan).costs.load
    )


def test_a_day_on_which_nobody_can_be_placed_is_answered_at_once(small_problem):
    alone = replace(small_problem, interviewers=(), previous_plan=None, pinned=())
    proposal = propose(alone, budget_s=60)
    assert proposal.report.placed == 0
    assert len(proposal.unplaced) == len(alone.requests)
    assert propose(replace(alone, requests=(), joint_groups=()), budget_s=60).report.legal
