"""The bookings that could be: who may lead, sit second, interpret and attend, and where.

A job is one request alone or one joint group together (H02); its lists hold resource numbers of
the `Day` and already respect everything that does not depend on time (H07, H09, H10, H13 to H17).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.planning.roster import BASE, ENGLISH, IN_PERSON, MODES

if TYPE_CHECKING:
    from debrief_desk.planning.day import Day
    from debrief_desk.planning.roster import (
        Booking,
        Interpreter,
        Interviewer,
        Person,
        Request,
        Room,
        RosterProblem,
        Rules,
    )


@dataclass(frozen=True, slots=True)
class Lead:
    """One who may lead a job; `direct` needs no interpreter; `pool` numbers the possible seconds.

    `paired` tells that the lead stands in that pool too; `price` is a gender wish not met.
    """

    number: int
    direct: bool
    pool: int
    paired: bool
    price: int


@dataclass(frozen=True, slots=True)
class Option:
    """One way of interpreting: the mode, those who offer it with their price, the rooms for it.

    `numbers` are those of `voices` alone.
    """

    mode: str
    voices: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]
    rooms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What a job asks for before anybody is named: one request's needs, or a group's together."""

    person: Person
    served: tuple[Request, ...]
    minutes: int
    joint: bool
    agencies: frozenset[str]
    accreditations: frozenset[str]
    experience: int
    modes: frozenset[str]
    features: frozenset[str]
    with_second: bool

    def needs_interpreter(self, lead: Interviewer) -> bool:
        """Whether this lead would need an interpreter (H13)."""
        return self.person.language != ENGLISH and self.person.language not in lead.languages

    def admits(self, member: str, gender: str | None) -> bool:
        """Whether the person's exclusions and firm wish leave this member of staff (H16, H17)."""
        if member in self.person.excluded_staff:
            return False
        return not self.person.gender_hard or gender == self.person.gender_pref

    def may_lead(self, row: Interviewer) -> bool:
        """Whether somebody may lead, time aside (H09, H16, H17)."""
        return (
            row.agency in self.agencies
            and self.accreditations <= row.accreditations
            and row.experience >= self.experience
            and self.admits(row.id, row.gender)
        )

    def may_second(self, row: Interviewer) -> bool:
        """Whether somebody may sit second with some lead (H10, H16, H17)."""
        fits = BASE in row.accreditations and self.admits(row.id, row.gender)
        return fits and (not self.joint or row.agency in self.agencies)

    def may_interpret(self, row: Interpreter, mode: str) -> bool:
        """Whether somebody may interpret in this mode (H14, H16, H17)."""
        fits = self.person.language in row.languages and mode in row.modes and mode in self.modes
        return fits and self.admits(row.id, row.gender)

    def fits_room(self, room: Room, mode: str | None) -> bool:
        """Whether a room has the features and seats everybody present (H07)."""
        present = 2 + self.with_second + self.person.minor + (mode == IN_PERSON)
        remote = mode is None or mode == IN_PERSON or mode in room.features
        return present <= room.capacity and self.features <= room.features and remote


@dataclass(frozen=True, slots=True)
class Job:
    """One booking that could be; see the module. `wait[s]` is the waiting cost at start s."""

    index: int
    need: Need
    requests: tuple[int, ...]
    person: int
    minutes: int
    slots: int
    window: int
    wait: tuple[int, ...]
    with_second: bool
    leads: tuple[Lead, ...]
    pools: tuple[tuple[tuple[int, int], ...], ...]
    rooms: tuple[int, ...]
    options: tuple[Option, ...]
    adults: tuple[int, ...] | None
    group: int | None
    before: Booking | None


def need_of(rules: Rules, person: Person, served: tuple[Request, ...], minutes: int) -> Need:
    """Put the needs of one request, or of a whole group, together (FORMATS.md section 3)."""
    joint = len(served) > 1
    allowed = frozenset[str]().union(*(row.lead_agencies for row in served))
    asking = frozenset(row.agency for row in served)
    least = max(row.min_experience for row in served)
    return Need(
        person=person,
        served=served,
        minutes=minutes,
        joint=joint,
        agencies=asking if joint else allowed,
        accreditations=frozenset[str]().union(*(row.accreditations for row in served)),
        experience=max(rules.novice_below, least),
        modes=frozenset(MODES).intersection(*(row.modes for row in served)),
        features=frozenset[str]().union(*(row.room_features for row in served)),
        with_second=joint or served[0].needs_second,
    )


def needs_of(problem: RosterProblem) -> list[tuple[Need, int | None]]:
    """Give every need that could be booked, with the number of its joint group."""
    requests = {row.id: row for row in problem.requests}
    persons = {row.id: row for row in problem.persons}
    pinned_alone = {pin.requests[0] for pin in problem.pinned if len(pin.requests) == 1}
    grouped = {own for row in problem.joint_groups if row.required for own in row.requests}
    only_joint = grouped - pinned_alone
    group_of = {own: at for at, row in enumerate(problem.joint_groups) for own in row.requests}
    needs: list[tuple[Need, int | None]] = [
        (need_of(problem.rules, persons[row.person], (row,), row.duration), group_of.get(row.id))
        for row in problem.requests
        if row.id not in only_joint
    ]
    for at, group in enumerate(problem.joint_groups):
        served = tuple(requests[own] for own in group.requests)
        person = persons[group.person]
        needs.append((need_of(problem.rules, person, served, group.duration), at))
    return needs


def jobs_of(day: Day) -> list[Job]:
    """Give every job of the day."""
    previous = day.problem.previous_plan
    before = {frozenset(row.requests): row for row in previous.bookings} if previous else {}
    return [
        make_job(day, at, need, group, before.get(frozenset(row.id for row in need.served)))
        for at, (need, group) in enumerate(needs_of(day.problem))
    ]


def make_job(day: Day, index: int, need: Need, group: int | None, before: Booking | None) -> Job:
    """Compile one need against the resources of the day."""
    problem, number = day.problem, day.number
    person = number["person", need.person.id]
    now = day.starts_in(problem.now_min, problem.horizon_min, need.minutes)
    leads, pools = _leads(day, need)
    interpreted = any(not lead.direct for lead in leads)
    direct = any(lead.direct for lead in leads)
    attending = tuple(
        number["adult", row.id]
        for row in problem.adults
        if row.id not in need.person.excluded_staff
    )
    return Job(
        index=index,
        need=need,
        requests=tuple(day.request_index[row.id] for row in need.served),
        person=person,
        minutes=need.minutes,
        slots=day.length(need.minutes),
        window=day.starts(person, need.minutes) & now,
        wait=_waits(day, need),
        with_second=need.with_second,
        leads=leads,
        pools=pools,
        rooms=_rooms(day, need, None) if direct else (),
        options=_options(day, need) if interpreted else (),
        adults=attending if need.person.minor else None,
        group=group,
        before=before,
    )


def _waits(day: Day, need: Need) -> tuple[int, ...]:
    per_hour = day.problem.rules.weights.wait_per_hour
    rate = sum(per_hour[row.priority - 1] for row in need.served)
    arrived = need.person.available_from
    return tuple(rate * (max(0, slot * day.grid - arrived) // 60) for slot in range(day.slots))


def _leads(
    day: Day, need: Need
) -> tuple[tuple[Lead, ...], tuple[tuple[tuple[int, int], ...], ...]]:
    """Give those who may lead, each with the pool of seconds that go with that lead."""
    mentor = day.problem.rules.mentor_experience
    pools: dict[tuple[bool, str], int] = {}
    seconds: list[tuple[tuple[int, int], ...]] = []
    leads: list[Lead] = []
    for row in day.problem.interviewers:
        if not need.may_lead(row):
            continue
        kind = (row.experience >= mentor, row.agency if need.joint else "")
        if kind not in pools:
            pools[kind] = len(seconds)
            seconds.append(_seconds(day, need, *kind) if need.with_second else ())
        own = day.number["interviewer", row.id]
        pool = pools[kind]
        paired = any(own == other for other, _ in seconds[pool])
        price = _price(day, need, row.gender)
        leads.append(Lead(own, not need.needs_interpreter(row), pool, paired, price))
    return tuple(leads), tuple(seconds)


def _seconds(day: Day, need: Need, mentor: bool, lead_agency: str) -> tuple[tuple[int, int], ...]:
    novice = day.problem.rules.novice_below
    return tuple(
        (day.number["interviewer", row.id], _price(day, need, row.gender))
        for row in day.problem.interviewers
        if need.may_second(row)
        and (mentor or row.experience >= novice)
        and (not need.joint or row.agency != lead_agency)
    )


def _options(day: Day, need: Need) -> tuple[Option, ...]:
    options = []
    for mode in MODES:
        price = 0 if mode == IN_PERSON else day.problem.rules.weights.remote
        voices = tuple(
            (day.number["interpreter", row.id], price + _price(day, need, row.gender))
            for row in sorted(day.problem.interpreters, key=lambda row: len(row.languages))
            if need.may_interpret(row, mode)
        )
        rooms = _rooms(day, need, mode)
        if voices and rooms:
            options.append(Option(mode, voices, tuple(own for own, _ in voices), rooms))
    return tuple(options)


def _rooms(day: Day, need: Need, mode: str | None) -> tuple[int, ...]:
    """Give the rooms that fit, the plainest first, so that special ones stay free."""
    fitting = [row for row in day.problem.rooms if need.fits_room(row, mode)]
    fitting.sort(key=lambda row: (len(row.features), row.capacity))
    return tuple(day.number["room", row.id] for row in fitting)


def _price(day: Day, need: Need, gender: str | None) -> int:
    """Give the cost of a gender wish that somebody on the team does not meet."""
    wish = need.person.gender_pref
    return 0 if wish is None or gender == wish else day.problem.rules.weights.gender_soft
