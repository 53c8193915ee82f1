import ast
from dataclasses import replace
from pathlib import Path

import pytest

from debrief_desk.planning import (
    Booking,
    Costs,
    RosterPlan,
    Unplaced,
    check,
    checking,
    plan_from_json,
    problem_from_json,
)
from debrief_desk.wording import reasons

GOOD = Booking("B1", ("Q1",), 60, 60, "R1", "I1")


@pytest.fixture
def two(tiny) -> dict:
    """The tiny problem with a second person and request."""
    tiny["persons"].append({**tiny["persons"][0], "id": "N2"})
    tiny["requests"].append({**tiny["requests"][0], "id": "Q2", "person": "N2"})
    return tiny


def rules_broken(obj, *bookings, unplaced=()):
    plan = RosterPlan("tiny", bookings, tuple(Unplaced(own, "CAPACITY") for own in unplaced))
    return {violation.rule for violation in check(problem_from_json(obj), plan).violations}


def test_a_good_plan_breaks_nothing(tiny):
    assert rules_broken(tiny, GOOD) == set()


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"requests": ("Q9",)}, {"H01"}),
        ({"requests": ("Q1", "Q9")}, {"H01"}),
        ({"start": 62}, {"H03"}),
        ({"start": -60}, {"H03", "H05", "H07", "H11"}),
        ({"start": 465}, {"H03", "H05", "H07", "H11"}),
        ({"duration": 45}, {"H04"}),
        ({"room": "R9"}, {"H07"}),
        ({"lead": "I2"}, {"H09"}),
        ({"lead": "I9"}, {"H09"}),
        ({"second": "I2"}, {"H10"}),
        ({"interpreter": "P1", "mode": "video"}, {"H13", "H14"}),
        ({"mode": "video"}, {"H14"}),
        ({"adult": "A1"}, {"H15"}),
    ],
)
def test_a_booking_changed_in_one_part_breaks_the_rule_of_that_part(tiny, change, rules):
    found = rules_broken(tiny, replace(GOOD, **change))
    assert rules <= found
    assert found <= rules | {"H01"}


@pytest.mark.parametrize(
    ("kind", "change", "rule"),
    [
        ("persons", {"available_from": 75}, "H05"),
        ("persons", {"departs": 149}, "H05"),
        ("persons", {"unavailable": [[110, 130]]}, "H05"),
        ("persons", {"max_sessions": 0}, "H06"),
        ("persons", {"minor": True}, "H15"),
        ("persons", {"gender_pref": "M", "gender_hard": True}, "H16"),
        ("persons", {"excluded_staff": ["I1"]}, "H17"),
        ("persons", {"language": "arabic"}, "H13"),
        ("requests", {"needs_second": True}, "H10"),
        ("requests", {"accreditations": ["BASE", "CHILD"]}, "H09"),
        ("requests", {"min_experience": 31}, "H09"),
        ("requests", {"room_features": ["secure"]}, "H07"),
        ("interviewers", {"experience": 4}, "H09"),
        ("interviewers", {"shift": [75, 480]}, "H11"),
        ("interviewers", {"max_debriefs": 0}, "H11"),
        ("interviewers", {"breaks": [{"window": [60, 110], "length": 30}]}, "H12"),
        ("rooms", {"capacity": 1}, "H07"),
        ("rooms", {"open": [[0, 90], [95, 480]]}, "H07"),
    ],
)
def test_a_changed_limit_makes_the_same_booking_break_its_rule(tiny, kind, change, rule):
    tiny[kind][0] |= change
    assert rule in rules_broken(tiny, GOOD)


def test_now_binds_everything_but_pinned_bookings(tiny):
    tiny["now_min"] = 90
    assert rules_broken(tiny, GOOD) == {"H03"}
    pin = {key: getattr(GOOD, key) for key in GOOD.__slots__}
    tiny["pinned"] = [pin | {"requests": ["Q1"]}]
    assert rules_broken(tiny, GOOD) == set()
    assert "H18" in rules_broken(tiny, replace(GOOD, start=120))


def test_what_only_pinned_bookings_break_is_given_and_leaves_the_plan_legal(tiny):
    tiny["interviewers"][0]["experience"] = 1
    tiny["pinned"] = [{key: getattr(GOOD, key) for key in GOOD.__slots__} | {"requests": ["Q1"]}]
    report = check(problem_from_json(tiny), RosterPlan("tiny", (GOOD,)))
    assert [(row.rule, row.given) for row in report.violations] == [("H09", True)]
    assert report.legal


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"start": 135, "lead": "I3", "room": "R2"}, set()),
        ({"start": 90, "lead": "I3", "room": "R1"}, {"H08"}),
        ({"start": 120, "lead": "I3", "room": "R1"}, {"H08"}),
        ({"start": 120, "lead": "I1", "room": "R2"}, {"H11"}),
    ],
)
def test_two_bookings_share_nobody_and_no_room_without_turnaround(two, change, rules):
    two["interviewers"].append({**two["interviewers"][0], "id": "I3"})
    other = replace(GOOD, id="B2", requests=("Q2",), **change)
    assert rules_broken(two, GOOD, other) == rules


def test_one_persons_sessions_keep_their_gap(tiny):
    tiny["persons"][0]["max_sessions"] = 2
    tiny["requests"].append({**tiny["requests"][0], "id": "Q2"})
    near = replace(GOOD, id="B2", requests=("Q2",), start=165, room="R2")
    assert rules_broken(tiny, GOOD, near) == {"H06"}
    assert rules_broken(tiny, GOOD, replace(near, start=180)) == set()


def test_every_request_stands_in_one_list_and_only_one(two):
    assert rules_broken(two, GOOD) == {"H01"}
    assert rules_broken(two, GOOD, unplaced=["Q2"]) == set()
    assert rules_broken(two, GOOD, unplaced=["Q2", "Q1"]) == {"H01"}
    assert rules_broken(two, GOOD, unplaced=["Q2", "Q2"]) == {"H01"}
    assert rules_broken(two, GOOD, unplaced=["Q2", "Q7"]) == {"H01"}


@pytest.fixture
def joint(tiny) -> dict:
    """The tiny person wanted by two agencies, together or not at all."""
    asked = {**tiny["requests"][0], "id": "Q2", "agency": "BORDER", "lead_agencies": ["BORDER"]}
    tiny["requests"].append(asked)
    group = {"id": "G1", "person": "N1", "requests": ["Q1", "Q2"], "duration": 75}
    tiny["joint_groups"] = [{**group, "policy": "require"}]
    return tiny


TOGETHER = Booking("B1", ("Q1", "Q2"), 60, 75, "R1", "I1", "I2")


def test_a_joint_debrief_takes_its_lead_and_second_from_two_of_the_agencies(joint):
    assert rules_broken(joint, TOGETHER) == set()
    assert rules_broken(joint, replace(TOGETHER, lead="I2", second="I1")) == set()
    assert rules_broken(joint, replace(TOGETHER, second=None)) == {"H10"}
    joint["interviewers"].append({**joint["interviewers"][0], "id": "I3"})
    assert rules_broken(joint, replace(TOGETHER, second="I3")) == {"H10"}


def test_a_required_group_is_never_split_and_a_booking_serves_no_half_of_others(joint):
    assert "H02" in rules_broken(joint, GOOD, unplaced=["Q2"])
    joint["joint_groups"] = []
    assert "H02" in rules_broken(joint, TOGETHER)


def test_a_novice_sits_second_only_with_a_mentor(tiny):
    tiny["requests"][0]["needs_second"] = True
    tiny["interviewers"][1]["experience"] = 2
    pair = replace(GOOD, second="I2")
    assert rules_broken(tiny, pair) == set()
    tiny["interviewers"][0]["experience"] = 19
    assert rules_broken(tiny, pair) == {"H10"}


def test_the_interpreter_speaks_the_language_in_an_allowed_mode(tiny):
    tiny["persons"][0]["language"] = "arabic"
    spoken = replace(GOOD, interpreter="P1", mode="video")
    assert rules_broken(tiny, spoken) == set()
    assert rules_broken(tiny, replace(spoken, mode="in_person")) == {"H14"}
    assert "H14" in rules_broken(tiny, replace(spoken, mode="phone"))
    tiny["rooms"][0]["features"] = []
    assert rules_broken(tiny, spoken) == {"H07"}
    tiny["interviewers"][0]["languages"] = ["arabic"]
    assert "H13" in rules_broken(tiny, spoken)
    assert rules_broken(tiny, GOOD) == set()


def test_two_breaks_with_one_place_do_not_fit(tiny):
    rest = {"window": [0, 105], "length": 45}
    tiny["interviewers"][0]["breaks"] = [rest]
    assert rules_broken(tiny, GOOD) == set()
    tiny["interviewers"][0]["breaks"] = [rest, rest]
    assert rules_broken(tiny, GOOD) == {"H12"}


def test_a_remote_interpreter_takes_no_seat(tiny):
    tiny["persons"][0]["language"] = "arabic"
    tiny["rooms"][0]["capacity"] = 2
    tiny["interpreters"][0]["modes"] = ["in_person", "video"]
    spoken = replace(GOOD, interpreter="P1", mode="video")
    assert rules_broken(tiny, spoken) == set()
    assert rules_broken(tiny, replace(spoken, mode="in_person")) == {"H07"}


def test_the_cost_vector_counts_each_fault_on_its_level(tiny):
    tiny["persons"][0] |= {"language": "arabic", "gender_pref": "M"}
    plan = {"bookings": [{"id": "B1", "requests": ["Q1"], "start": 30, "duration": 60, "room": "R1",
                          "lead": "I1", "second": None, "interpreter": "P1", "mode": "video", "adult": None}]}  # fmt: skip
    tiny["previous_plan"] = plan
    problem = problem_from_json(tiny)
    spoken = replace(GOOD, start=120, room="R2", interpreter="P1", mode="video")
    report = check(problem, RosterPlan("tiny", (spoken,)))
    # start 8 and room 1; two hours at 2, remote 3, lead and interpreter of another gender at 6
    assert report.costs == Costs(0, 8 + 1, 2 * 2 + 3 + 2 * 6, 1)
    empty = check(problem, RosterPlan("tiny", (), (Unplaced("Q1", "CAPACITY"),)))
    assert empty.costs == Costs(300, 20, 0, 0)
    assert empty.costs > report.costs


def test_a_hidden_complete_plan_is_legal(days):
    for seed in range(5):
        day = days.make_day("planted", seed)
        report = check(problem_from_json(day), plan_from_json(day["_reference_plan"]))
        assert report.violations == ()
        assert report.costs.unplaced == 0


def test_every_violation_has_a_sentence(tiny):
    wrong = replace(GOOD, start=-2, room="R9", lead="I2", second="I2", mode="video", adult="A9")
    report = check(problem_from_json(tiny), RosterPlan("tiny", (wrong,)))
    said = [reasons.violation(row) for row in report.violations]
    assert len(said) > 5
    assert all(row.rule in text for row, text in zip(report.violations, said, strict=True))


def test_the_checker_shares_nothing_with_the_solvers_but_the_records():
    tree = ast.parse(Path(checking.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    own = {name for name in modules if name and name.startswith("debrief_desk")}
    assert own == {"debrief_desk.planning.costs", "debrief_desk.planning.roster"}
