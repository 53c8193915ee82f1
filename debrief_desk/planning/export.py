"""A problem as a JSON object: what a desk hands out to be planned elsewhere, without names."""

from __future__ import annotations

from debrief_desk.planning.plans import booking_to_json, plan_to_json
from debrief_desk.planning.roster import (
    PRIORITIES,
    PROBLEM_SCHEMA,
    Adult,
    Interpreter,
    Interviewer,
    JointGroup,
    Person,
    Request,
    Room,
    RosterProblem,
    Rules,
)

Json = dict[str, object]


def problem_to_json(problem: RosterProblem) -> Json:
    """Give the problem as a JSON object; reading it again gives an equal problem."""
    previous = problem.previous_plan
    return {
        "schema": PROBLEM_SCHEMA,
        "id": problem.id,
        "horizon_min": problem.horizon_min,
        "grid_min": problem.grid_min,
        "now_min": problem.now_min,
        "rules": _rules(problem.rules),
        "persons": [_person(row) for row in problem.persons],
        "requests": [_request(row) for row in problem.requests],
        "joint_groups": [_group(row) for row in problem.joint_groups],
        "interviewers": [_interviewer(row) for row in problem.interviewers],
        "interpreters": [_interpreter(row) for row in problem.interpreters],
        "adults": [_adult(row) for row in problem.adults],
        "rooms": [_room(row) for row in problem.rooms],
        "pinned": [booking_to_json(pin) for pin in problem.pinned],
        "previous_plan": None if previous is None else plan_to_json(previous),
    }


def _rules(rules: Rules) -> Json:
    weights: Json = {
        name: getattr(rules.weights, name)
        for name in rules.weights.__slots__
        if name not in {"unplaced", "wait_per_hour"}
    }
    for name in ("unplaced", "wait_per_hour"):
        by_priority = getattr(rules.weights, name)
        weights[name] = {str(key): by_priority[key - 1] for key in PRIORITIES}
    return {
        "mentor_experience": rules.mentor_experience,
        "novice_below": rules.novice_below,
        "person_gap_min": rules.person_gap_min,
        "depart_buffer_min": rules.depart_buffer_min,
        "weights": weights,
    }


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "minor": person.minor,
        "gender": person.gender,
        "language": person.language,
        "gender_pref": person.gender_pref,
        "gender_hard": person.gender_hard,
        "available_from": person.available_from,
        "departs": person.departs,
        "unavailable": [list(span) for span in person.unavailable],
        "excluded_staff": sorted(person.excluded_staff),
        "max_sessions": person.max_sessions,
    }


def _request(request: Request) -> Json:
    return {
        "id": request.id,
        "person": request.person,
        "agency": request.agency,
        "priority": request.priority,
        "duration": request.duration,
        "needs_second": request.needs_second,
        "accreditations": sorted(request.accreditations),
        "min_experience": request.min_experience,
        "lead_agencies": sorted(request.lead_agencies),
        "modes": sorted(request.modes),
        "room_features": sorted(request.room_features),
    }


def _group(group: JointGroup) -> Json:
    return {
        "id": group.id,
        "person": group.person,
        "requests": list(group.requests),
        "duration": group.duration,
        "policy": "require" if group.required else "prefer",
    }


def _duty(row: Interviewer | Interpreter | Adult) -> Json:
    return {
        "id": row.id,
        "gender": row.gender,
        "shift": list(row.shift),
        "breaks": [{"window": list(rest.window), "length": rest.length} for rest in row.breaks],
        "turnaround": row.turnaround,
    }


def _interviewer(row: Interviewer) -> Json:
    return {
        **_duty(row),
        "agency": row.agency,
        "accreditations": sorted(row.accreditations),
        "experience": row.experience,
        "languages": sorted(row.languages),
        "max_debriefs": row.max_debriefs,
        **({"load": row.load} if row.load else {}),
    }


def _interpreter(row: Interpreter) -> Json:
    return {
        **_duty(row),
        "languages": sorted(row.languages),
        "modes": sorted(row.modes),
        "max_minutes": row.max_minutes,
    }


def _adult(row: Adult) -> Json:
    return {**_duty(row), "max_debriefs": row.max_debriefs}


def _room(room: Room) -> Json:
    return {
        "id": room.id,
        "capacity": room.capacity,
        "features": sorted(room.features),
        "open": [list(span) for span in room.open],
        "turnaround": room.turnaround,
    }
