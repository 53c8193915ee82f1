"""Sample problems, seeded days, and a plan made by hand."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from debrief_desk.planning import RosterProblem, problem_from_json

TESTS = Path(__file__).parent.parent
SAMPLES = TESTS / "data" / "roster"


def sample(name: str) -> dict:
    return json.loads((SAMPLES / f"{name}-501.json").read_text(encoding="utf-8"))


def load_days() -> ModuleType:
    spec = importlib.util.spec_from_file_location("roster_days", TESTS / "bench" / "roster_days.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def days() -> ModuleType:
    """The generator of seeded days."""
    return load_days()


@pytest.fixture
def small() -> dict:
    """The small sample as a JSON object, fresh for every test."""
    return sample("small")


@pytest.fixture
def small_problem(small) -> RosterProblem:
    return problem_from_json(small)


@pytest.fixture(scope="session")
def tiny_text() -> str:
    """One English speaker, one request, two interviewers, an interpreter, an adult, two rooms."""
    duty = {"shift": [0, 480], "breaks": [], "turnaround": 15, "gender": "F"}
    staff = {"accreditations": ["BASE"], "experience": 30, "languages": [], "max_debriefs": 5}
    person = {"minor": False, "gender": "M", "language": "english", "gender_pref": None}
    person |= {"gender_hard": False, "available_from": 0, "departs": 510, "unavailable": []}
    person |= {"excluded_staff": [], "max_sessions": 1}
    asked = {"agency": "POLICE", "priority": 2, "duration": 60, "needs_second": False}
    asked |= {"accreditations": ["BASE"], "min_experience": 5, "lead_agencies": ["POLICE"]}
    asked |= {"modes": ["in_person", "video"], "room_features": []}
    room = {"capacity": 4, "features": ["video"], "open": [[0, 480]], "turnaround": 15}
    problem = {
        "schema": "roster-problem/1",
        "id": "tiny",
        "horizon_min": 480,
        "grid_min": 15,
        "now_min": 0,
        "rules": sample("small")["rules"],
        "persons": [{"id": "N1", **person}],
        "requests": [{"id": "Q1", "person": "N1", **asked}],
        "joint_groups": [],
        "interviewers": [
            {"id": "I1", "agency": "POLICE", **staff, **duty},
            {"id": "I2", "agency": "BORDER", **staff, **duty},
        ],
        "interpreters": [
            {"id": "P1", "languages": ["arabic"], "modes": ["video"], "max_minutes": 240, **duty}
        ],
        "adults": [{"id": "A1", "max_debriefs": 5, **duty}],
        "rooms": [{"id": "R1", **room}, {"id": "R2", **room}],
        "pinned": [],
        "previous_plan": None,
    }
    return json.dumps(problem)


@pytest.fixture
def tiny(tiny_text) -> dict:
    """The tiny problem as a JSON object, fresh for every test."""
    return json.loads(tiny_text)


@pytest.fixture
def sample_of():
    """The reader of a sample by its name."""
    return sample
