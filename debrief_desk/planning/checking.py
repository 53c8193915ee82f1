"""The independent judge of a plan: hard rules H01 to H18 and the cost vector.

Written from FORMATS.md section 3 alone, in plain minutes; it shares nothing with the solvers but
the records, and an import contract keeps it so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

from debrief_desk.planning.costs import cost_of
from debrief_desk.planning.roster import (
    BASE,
    ENGLISH,
    Adult,
    Booking,
    Costs,
    Interpreter,
    Interviewer,
    JointGroup,
    Person,
    Request,
    RosterPlan,
    RosterProblem,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Staff = Interviewer | Interpreter | Adult


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken hard rule; `given` when only pinned bookings break it, which no planner may move.

    `subject` is the id of the request, person, room or member of staff it is about.
    """

    rule: str
    subject: str
    bookings: tuple[str, ...] = ()
    given: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found; `legal` when nothing but what was pinned breaks a rule."""

    violations: tuple[Violation, ...]
    costs: Costs
    placed: int
    unplaced: int

    @property
    def legal(self) -> bool:
        """Whether the plan may be shown and committed."""
        return all(violation.given for violation in self.violations)


def check(problem: RosterProblem, plan: RosterPlan) -> Report:
    """Judge a plan against every hard rule and count its cost; nothing is changed."""
    case = _Case(problem, plan)
    found = [
        *_requests(case),
        *_groups(case),
        *(found for booking in case.known for found in _booking(case, booking)),
        *_persons(case),
        *_rooms(case),
        *_staff(case),
        *_pins(case),
    ]
    pinned = {pin.id for pin in problem.pinned if pin in plan.bookings}
    marked = tuple(
        Violation(
            one.rule, one.subject, one.bookings, bool(one.bookings) and pinned >= set(one.bookings)
        )
        for one in found
    )
    placed = len({request for booking in plan.bookings for request in booking.requests})
    return Report(marked, cost_of(problem, plan), placed, len(problem.requests) - placed)


class _Case:
    """A problem and a plan with their rows by id."""

    def __init__(self, problem: RosterProblem, plan: RosterPlan) -> None:
        self.problem = problem
        self.plan = plan
        self.requests = {row.id: row for row in problem.requests}
        self.persons = {row.id: row for row in problem.persons}
        self.groups = {frozenset(row.requests): row for row in problem.joint_groups}
        self.interviewers = {row.id: row for row in problem.interviewers}
        self.interpreters = {row.id: row for row in problem.interpreters}
        self.genders: dict[str | None, str | None] = {
            **{row.id: row.gender for row in problem.interviewers},
            **{row.id: row.gender for row in problem.interpreters},
        }
        self.adults = {row.id: row for row in problem.adults}
        self.rooms = {row.id: row for row in problem.rooms}
        self.known = [
            booking
            for booking in plan.bookings
            if booking.requests and set(booking.requests) <= set(self.requests)
        ]

    def served(self, booking: Booking) -> list[Request]:
        return [self.requests[own] for own in booking.requests]

    def person(self, booking: Booking) -> Person:
        return self.persons[self.requests[booking.requests[0]].person]

    def group(self, booking: Booking) -> JointGroup | None:
        return self.groups.get(frozenset(booking.requests)) if len(booking.requests) > 1 else None


def _requests(case: _Case) -> Iterator[Violation]:
    """H01: each request once, in one of the two lists; every booking with an id of its own."""
    ids = Counter(booking.id for booking in case.plan.bookings)
    yield from (Violation("H01", own, (own,)) for own, count in ids.items() if count > 1)
    booked: dict[str, list[str]] = defaultdict(list)
    for booking in case.plan.bookings:
        for own in booking.requests:
            booked[own].append(booking.id)
        if booking not in case.known:
            yield Violation("H01", ",".join(booking.requests), (booking.id,))
    left = Counter(row.request for row in case.plan.unplaced)
    for own in {**case.requests, **dict.fromkeys(left)}:
        if len(booked[own]) + left[own] != 1 or own not in case.requests:
            yield Violation("H01", own, tuple(booked[own]))


def _groups(case: _Case) -> Iterator[Violation]:
    """H02: one request or one whole group; a `require` group is never split."""
    for booking in case.known:
        if len(booking.requests) > 1 and case.group(booking) is None:
            yield Violation("H02", booking.requests[0], (booking.id,))
    for group in case.problem.joint_groups:
        for booking in case.known if group.required else ():
            if set(booking.requests) < set(group.requests):
                yield Violation("H02", group.id, (booking.id,))


def _booking(case: _Case, booking: Booking) -> Iterator[Violation]:
    """Every rule that one booking can break by itself."""
    rules = (_time, _room, _lead, _second, _language, _interpreter, _adult, _wishes)
    for rule in rules:
        yield from (
            Violation(code, subject, (booking.id,)) for code, subject in rule(case, booking)
        )


def _time(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H03 to H05: grid, horizon, now; the right length; inside the person's stay."""
    problem, person = case.problem, case.person(booking)
    pinned = booking in problem.pinned
    outside = booking.start < 0 or booking.end > problem.horizon_min
    early = booking.start < problem.now_min or booking.start % problem.grid_min
    if outside or (early and not pinned):
        yield "H03", booking.id
    group = case.group(booking)
    if booking.duration != (group.duration if group else case.served(booking)[0].duration):
        yield "H04", booking.id
    leaves = person.departs - problem.rules.depart_buffer_min
    if booking.start < person.available_from or booking.end > leaves:
        yield "H05", person.id
    if any(booking.start < end and start < booking.end for start, end in person.unavailable):
        yield "H05", person.id


def _room(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H07: the room exists, is open, seats everybody present and has what is needed."""
    room = case.rooms.get(booking.room)
    if room is None:
        yield "H07", booking.room
        return
    if not _within(room.open, booking.start, booking.end):
        yield "H07", room.id
    remote = booking.mode in {"video", "phone"}
    present = 1 + len(booking.staff()) - (remote and booking.interpreter is not None)
    needed = {feature for row in case.served(booking) for feature in row.room_features}
    if remote and booking.mode is not None:
        needed.add(booking.mode)
    if present > room.capacity or not needed <= room.features:
        yield "H07", room.id


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether [start, end) is covered by spans in order of time; spans that touch are one."""
    reached = start
    for low, high in sorted(spans):
        if low <= reached < high:
            reached = high
    return reached >= end


def _lead(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H09: an allowed agency, every accreditation, enough experience."""
    lead = case.interviewers.get(booking.lead)
    if lead is None:
        yield "H09", booking.lead
        return
    served = case.served(booking)
    allowed = (
        {row.agency for row in served} if case.group(booking) else set(served[0].lead_agencies)
    )
    needed = {paper for row in served for paper in row.accreditations}
    least = max(case.problem.rules.novice_below, *(row.min_experience for row in served))
    if lead.agency not in allowed or not needed <= lead.accreditations or lead.experience < least:
        yield "H09", lead.id


def _second(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H10: a second where one is needed and only there; from another agency when joint."""
    group, rules = case.group(booking), case.problem.rules
    served = case.served(booking)
    needed = group is not None or any(row.needs_second for row in served)
    if needed != (booking.second is not None):
        yield "H10", booking.id
    if booking.second is None:
        return
    lead, second = case.interviewers.get(booking.lead), case.interviewers.get(booking.second)
    if second is None or lead is None or second is lead or BASE not in second.accreditations:
        yield "H10", booking.second
        return
    agencies = {row.agency for row in served}
    if group and (second.agency not in agencies or second.agency == lead.agency):
        yield "H10", second.id
    if second.experience < rules.novice_below and lead.experience < rules.mentor_experience:
        yield "H10", second.id


def _language(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H13: understood without an interpreter, or with one; none where none is needed."""
    person, lead = case.person(booking), case.interviewers.get(booking.lead)
    understood = person.language == ENGLISH or (lead and person.language in lead.languages)
    if bool(understood) == (booking.interpreter is not None):
        yield "H13", booking.id


def _interpreter(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H14: the interpreter's language, and a mode that is offered and allowed."""
    if booking.interpreter is None:
        if booking.mode is not None:
            yield "H14", booking.id
        return
    row = case.interpreters.get(booking.interpreter)
    if row is None or case.person(booking).language not in row.languages:
        yield "H14", booking.interpreter
    allowed = set.intersection(*(set(served.modes) for served in case.served(booking)))
    if booking.mode not in allowed or (row and booking.mode not in row.modes):
        yield "H14", booking.interpreter


def _adult(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H15: an appropriate adult with a child, none with an adult."""
    person = case.person(booking)
    if person.minor != (booking.adult is not None):
        yield "H15", person.id
    elif booking.adult is not None and booking.adult not in case.adults:
        yield "H15", booking.adult


def _wishes(case: _Case, booking: Booking) -> Iterator[tuple[str, str]]:
    """H16 and H17: a firm wish for a gender is met, and nobody excluded takes part."""
    person = case.person(booking)
    team = (booking.lead, booking.second, booking.interpreter)
    if person.gender_hard:
        for member in team:
            if member and member in case.genders and case.genders[member] != person.gender_pref:
                yield "H16", member
    for member in booking.staff():
        if member in person.excluded_staff:
            yield "H17", member


def _persons(case: _Case) -> Iterator[Violation]:
    """H06: sessions far enough apart and not too many."""
    by_person: dict[str, list[Booking]] = defaultdict(list)
    for booking in case.known:
        by_person[case.person(booking).id].append(booking)
    for own, bookings in by_person.items():
        yield from _apart("H06", own, bookings, case.problem.rules.person_gap_min)
        if len(bookings) > case.persons[own].max_sessions:
            yield Violation("H06", own, tuple(booking.id for booking in bookings))


def _rooms(case: _Case) -> Iterator[Violation]:
    """H08: time to turn a room round."""
    for room in case.problem.rooms:
        bookings = [booking for booking in case.plan.bookings if booking.room == room.id]
        yield from _apart("H08", room.id, bookings, room.turnaround)


def _apart(rule: str, subject: str, bookings: list[Booking], gap: int) -> Iterator[Violation]:
    ordered = sorted(bookings, key=lambda booking: booking.start)
    for one, other in pairwise(ordered):
        if other.start < one.end + gap:
            yield Violation(rule, subject, (one.id, other.id))


def _staff(case: _Case) -> Iterator[Violation]:
    """H11, H12, H14, H15: duty, turnaround, breaks and the most anybody does in it."""
    families: tuple[tuple[str, Sequence[Staff]], ...] = (
        ("H11", case.problem.interviewers),
        ("H14", case.problem.interpreters),
        ("H15", case.problem.adults),
    )
    for rule, family in families:
        for row in family:
            bookings = [booking for booking in case.plan.bookings if row.id in booking.staff()]
            if not bookings:
                continue
            ids = tuple(booking.id for booking in bookings)
            for booking in bookings:
                if booking.start < row.shift[0] or booking.end > row.shift[1]:
                    yield Violation(rule, row.id, (booking.id,))
            yield from _apart(rule, row.id, bookings, row.turnaround)
            if _too_much(row, bookings):
                yield Violation(rule, row.id, ids)
            if not _breaks_fit(row, bookings):
                yield Violation("H12", row.id, ids)


def _too_much(row: Staff, bookings: list[Booking]) -> bool:
    if isinstance(row, Interpreter):
        return sum(booking.duration for booking in bookings) > row.max_minutes
    return len(bookings) > row.max_debriefs


def _breaks_fit(row: Staff, bookings: list[Booking]) -> bool:
    """Whether all breaks find room between the bookings, in some order of taking them."""
    busy = sorted((booking.start, booking.end) for booking in bookings)
    for order in permutations(row.breaks):
        reached = row.shift[0]
        for rest in order:
            start = max(reached, rest.window[0])
            for low, high in busy:
                if low < start + rest.length and start < high:
                    start = high
            reached = start + rest.length
            if reached > min(rest.window[1], row.shift[1]):
                break
        else:
            return True
    return False


def _pins(case: _Case) -> Iterator[Violation]:
    """H18: what was pinned stands unchanged."""
    for pin in case.problem.pinned:
        if pin not in case.plan.bookings:
            yield Violation("H18", pin.requests[0])
