"""Problems as JSON: `roster-problem/1` (FORMATS.md section 3), read whole or refused.

Unknown keys are passed over, so keys with a leading underscore are never looked at.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from debrief_desk.planning.fields import LARGEST, Fields, refuse
from debrief_desk.planning.plans import booking_from_fields, previous_from_fields
from debrief_desk.planning.roster import (
    MODES,
    PRIORITIES,
    PROBLEM_SCHEMA,
    Adult,
    Booking,
    Break,
    Interpreter,
    Interviewer,
    JointGroup,
    Person,
    Request,
    Room,
    RosterProblem,
    Rules,
    Weights,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LONGEST_HORIZON = 7 * 24 * 60
FINEST_GRID = 5
LONGEST_GRID = 240
SMALLEST_GROUP = 2
_WEIGHTS = (
    *("change_start", "change_lead", "change_second", "change_interpreter", "change_room"),
    *("change_adult", "dropped", "split_joint", "gender_soft", "remote", "load_step"),
)


def problem_from_json(obj: object) -> RosterProblem:
    """Read a problem; every id it names exists and every window in it can be.

    Raises:
        FileRefused: it is no problem, or one field is wrong; `values["field"]` names it.
    """
    fields = Fields(obj, "")
    if fields.get("schema") != PROBLEM_SCHEMA:
        raise refuse("roster-schema", "schema")
    grid = fields.whole("grid_min", FINEST_GRID, LONGEST_GRID)
    horizon = fields.whole("horizon_min", grid, LONGEST_HORIZON)
    interviewers = fields.records("interviewers", _interviewer)
    interpreters = fields.records("interpreters", _interpreter)
    adults = fields.records("adults", _adult)
    _distinct_staff(interviewers, interpreters, adults)
    persons = fields.records("persons", _person)
    known = {person.id for person in persons}
    requests = fields.records("requests", lambda part: _request(part, known))
    by_id = {request.id: request for request in requests}
    previous = fields.get("previous_plan")
    problem = RosterProblem(
        id=fields.text("id"),
        horizon_min=horizon,
        grid_min=grid,
        now_min=fields.whole("now_min"),
        rules=_rules(fields.part("rules")),
        persons=persons,
        requests=requests,
        joint_groups=fields.records("joint_groups", lambda part: _group(part, known, by_id)),
        interviewers=interviewers,
        interpreters=interpreters,
        adults=adults,
        rooms=fields.records("rooms", _room),
        pinned=fields.records("pinned", booking_from_fields),
        previous_plan=None
        if previous is None
        else previous_from_fields(fields.part("previous_plan"), fields.text("id")),
    )
    _check_groups(problem)
    _check_pins(problem)
    return problem


def _distinct_staff(
    interviewers: Sequence[Interviewer],
    interpreters: Sequence[Interpreter],
    adults: Sequence[Adult],
) -> None:
    """Refuse one id that stands for two people on duty."""
    seen: set[str] = {row.id for row in interviewers}
    families: tuple[tuple[str, Sequence[Interpreter | Adult]], ...] = (
        ("interpreters", interpreters),
        ("adults", adults),
    )
    for name, family in families:
        for at, row in enumerate(family):
            if row.id in seen:
                raise refuse("roster-duplicate-id", f"{name}[{at}].id")
            seen.add(row.id)


def _rules(fields: Fields) -> Rules:
    weights = fields.part("weights")
    single = {key: weights.whole(key) for key in _WEIGHTS}
    return Rules(
        mentor_experience=fields.whole("mentor_experience"),
        novice_below=fields.whole("novice_below"),
        person_gap_min=fields.whole("person_gap_min"),
        depart_buffer_min=fields.whole("depart_buffer_min"),
        weights=Weights(
            unplaced=_by_priority(weights.part("unplaced")),
            wait_per_hour=_by_priority(weights.part("wait_per_hour")),
            **single,
        ),
    )


def _by_priority(fields: Fields) -> tuple[int, int, int]:
    first, second, third = (fields.whole(str(priority)) for priority in PRIORITIES)
    return first, second, third


def _person(fields: Fields) -> Person:
    available = fields.whole("available_from", low=-LARGEST)
    departs = fields.whole("departs", low=-LARGEST)
    if departs < available:
        raise refuse("roster-impossible-window", fields.name("departs"))
    wish = fields.text_or_none("gender_pref")
    hard = fields.flag("gender_hard")
    if hard and wish is None:
        raise refuse("roster-gender-unsaid", fields.name("gender_pref"))
    return Person(
        id=fields.text("id"),
        minor=fields.flag("minor"),
        gender=fields.text_or_none("gender"),
        language=fields.text("language"),
        gender_pref=wish,
        gender_hard=hard,
        available_from=available,
        departs=departs,
        unavailable=fields.spans("unavailable"),
        excluded_staff=frozenset(fields.texts("excluded_staff")),
        max_sessions=fields.whole("max_sessions"),
    )


def _request(fields: Fields, persons: Collection[str]) -> Request:
    return Request(
        id=fields.text("id"),
        person=fields.known("person", persons),
        agency=fields.text("agency"),
        priority=fields.whole("priority", PRIORITIES[0], PRIORITIES[-1]),
        duration=fields.whole("duration", low=1),
        needs_second=fields.flag("needs_second"),
        accreditations=frozenset(fields.texts("accreditations")),
        min_experience=fields.whole("min_experience"),
        lead_agencies=frozenset(fields.texts("lead_agencies")),
        modes=_modes(fields),
        room_features=frozenset(fields.texts("room_features")),
    )


def _modes(fields: Fields) -> frozenset[str]:
    modes = frozenset(fields.texts("modes"))
    if not modes <= set(MODES):
        raise refuse("roster-unknown-value", fields.name("modes"))
    return modes


def _group(fields: Fields, persons: Collection[str], requests: dict[str, Request]) -> JointGroup:
    policy = fields.text("policy")
    if policy not in {"prefer", "require"}:
        raise refuse("roster-unknown-value", fields.name("policy"))
    person = fields.known("person", persons)
    members = fields.texts("requests")
    if len(members) < SMALLEST_GROUP:
        raise refuse("roster-empty", fields.name("requests"))
    for at, member in enumerate(members):
        if member not in requests:
            raise refuse("roster-unknown-id", f"{fields.name('requests')}[{at}]")
        if requests[member].person != person:
            raise refuse("roster-group-of-two-people", f"{fields.name('requests')}[{at}]")
    duration = fields.whole("duration", low=1)
    return JointGroup(fields.text("id"), person, members, duration, policy == "require")


def _interviewer(fields: Fields) -> Interviewer:
    shift, breaks = _duty(fields)
    return Interviewer(
        id=fields.text("id"),
        agency=fields.text("agency"),
        accreditations=frozenset(fields.texts("accreditations")),
        experience=fields.whole("experience"),
        gender=fields.text_or_none("gender"),
        languages=frozenset(fields.texts("languages")),
        shift=shift,
        breaks=breaks,
        max_debriefs=fields.whole("max_debriefs"),
        turnaround=fields.whole("turnaround"),
        load=fields.whole("load") if "load" in fields.values else 0,
    )


def _interpreter(fields: Fields) -> Interpreter:
    shift, breaks = _duty(fields)
    return Interpreter(
        id=fields.text("id"),
        languages=frozenset(fields.texts("languages")),
        modes=_modes(fields),
        gender=fields.text_or_none("gender"),
        shift=shift,
        breaks=breaks,
        max_minutes=fields.whole("max_minutes"),
        turnaround=fields.whole("turnaround"),
    )


def _adult(fields: Fields) -> Adult:
    shift, breaks = _duty(fields)
    return Adult(
        id=fields.text("id"),
        gender=fields.text_or_none("gender"),
        shift=shift,
        breaks=breaks,
        max_debriefs=fields.whole("max_debriefs"),
        turnaround=fields.whole("turnaround"),
    )


def _duty(fields: Fields) -> tuple[tuple[int, int], tuple[Break, ...]]:
    """Read a shift (empty for somebody who is off) and the breaks that must fit into it."""
    shift = fields.span("shift", empty=True)
    breaks = []
    for part in fields.parts("breaks"):
        rest = Break(part.span("window"), part.whole("length", low=1))
        if rest.window[1] - rest.window[0] < rest.length:
            raise refuse("roster-impossible-window", part.name("window"))
        breaks.append(rest)
    return shift, tuple(breaks)


def _room(fields: Fields) -> Room:
    return Room(
        id=fields.text("id"),
        capacity=fields.whole("capacity"),
        features=frozenset(fields.texts("features")),
        open=fields.spans("open"),
        turnaround=fields.whole("turnaround"),
    )


def _check_groups(problem: RosterProblem) -> None:
    seen: set[str] = set()
    for at, group in enumerate(problem.joint_groups):
        if seen & set(group.requests):
            raise refuse("roster-duplicate", f"joint_groups[{at}].requests")
        seen |= set(group.requests)


def _check_pins(problem: RosterProblem) -> None:
    """Refuse pins that name nobody, serve no whole request or group, or contradict each other."""
    persons = {request.id: request.person for request in problem.requests}
    groups = {frozenset(group.requests) for group in problem.joint_groups}
    ids: dict[str, set[str | None]] = {
        "room": {room.id for room in problem.rooms},
        "lead": {row.id for row in problem.interviewers},
        "second": {row.id for row in problem.interviewers} | {None},
        "interpreter": {row.id for row in problem.interpreters} | {None},
        "adult": {row.id for row in problem.adults} | {None},
    }
    for at, pin in enumerate(problem.pinned):
        path = f"pinned[{at}]"
        if not set(pin.requests) <= set(persons):
            raise refuse("roster-unknown-id", f"{path}.requests")
        if len(pin.requests) > 1 and frozenset(pin.requests) not in groups:
            raise refuse("roster-pin-no-group", f"{path}.requests")
        for key, known in ids.items():
            if getattr(pin, key) not in known:
                raise refuse("roster-unknown-id", f"{path}.{key}")
        if pin.lead == pin.second:
            raise refuse("roster-pins-contradict", f"{path}.second")
    for (_, one), (at, other) in combinations(enumerate(problem.pinned), 2):
        clash = _clash(one, other, persons)
        if clash:
            raise refuse("roster-pins-contradict", f"pinned[{at}].{clash}")


def _clash(one: Booking, other: Booking, persons: dict[str, str]) -> str | None:
    """Name the field in which two pinned bookings cannot both be, or None."""
    if set(one.requests) & set(other.requests):
        return "requests"
    if one.end <= other.start or other.end <= one.start:
        return None
    if one.room == other.room:
        return "room"
    if persons[one.requests[0]] == persons[other.requests[0]]:
        return "start"
    for key in ("lead", "second", "interpreter", "adult"):
        if getattr(other, key) in one.staff():
            return key
    return None
