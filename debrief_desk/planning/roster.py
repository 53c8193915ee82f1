"""What a planning problem and a plan are made of: frozen records without personal data.

Times are whole minutes from the start of the horizon (UTC underneath, so the day of a clock change
has 23 or 25 hours); intervals are half-open. See FORMATS.md section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

PROBLEM_SCHEMA: Final = "roster-problem/1"
PLAN_SCHEMA: Final = "roster-plan/1"
ENGLISH: Final = "english"
BASE: Final = "BASE"
IN_PERSON: Final = "in_person"
MODES: Final = (IN_PERSON, "video", "phone")
PRIORITIES: Final = (1, 2, 3)

Span = tuple[int, int]
Mode = Literal["freeze", "gentle", "open"]
Engine = Literal["builtin", "cpsat"]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each fault of a plan costs; the levels they belong to are never traded (section 3)."""

    unplaced: tuple[int, int, int]
    wait_per_hour: tuple[int, int, int]
    change_start: int
    change_lead: int
    change_second: int
    change_interpreter: int
    change_room: int
    change_adult: int
    dropped: int
    split_joint: int
    gender_soft: int
    remote: int
    load_step: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits a problem carries: years of experience as counts of debriefs, times in minutes."""

    mentor_experience: int
    novice_below: int
    person_gap_min: int
    depart_buffer_min: int
    weights: Weights


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to speak with, known by a number only; gone at `departs` less the buffer."""

    id: str
    minor: bool
    gender: str | None
    language: str
    gender_pref: str | None
    gender_hard: bool
    available_from: int
    departs: int
    unavailable: tuple[Span, ...]
    excluded_staff: frozenset[str]
    max_sessions: int


@dataclass(frozen=True, slots=True)
class Request:
    """One debrief an agency asks for; priority 1 is urgent."""

    id: str
    person: str
    agency: str
    priority: int
    duration: int
    needs_second: bool
    accreditations: frozenset[str]
    min_experience: int
    lead_agencies: frozenset[str]
    modes: frozenset[str]
    room_features: frozenset[str]


@dataclass(frozen=True, slots=True)
class JointGroup:
    """Requests for one person that one booking may (`prefer`) or must (`require`) serve."""

    id: str
    person: str
    requests: tuple[str, ...]
    duration: int
    required: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A rest of `length` minutes that must fit somewhere inside `window`."""

    window: Span
    length: int


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Somebody who may lead or sit second; `languages` are those certified for debriefs.

    `load` counts the debriefs of the days before, which make every further one cost more (L4).
    """

    id: str
    agency: str
    accreditations: frozenset[str]
    experience: int
    gender: str | None
    languages: frozenset[str]
    shift: Span
    breaks: tuple[Break, ...]
    max_debriefs: int
    turnaround: int
    load: int = 0


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Somebody who interprets; at most `max_minutes` in the duty."""

    id: str
    languages: frozenset[str]
    modes: frozenset[str]
    gender: str | None
    shift: Span
    breaks: tuple[Break, ...]
    max_minutes: int
    turnaround: int


@dataclass(frozen=True, slots=True)
class Adult:
    """An appropriate adult, for sites whose policy lets a child's debrief be planned."""

    id: str
    gender: str | None
    shift: Span
    breaks: tuple[Break, ...]
    max_debriefs: int
    turnaround: int


@dataclass(frozen=True, slots=True)
class Room:
    """A room that seats `capacity` people and is open in the spans of `open`."""

    id: str
    capacity: int
    features: frozenset[str]
    open: tuple[Span, ...]
    turnaround: int


@dataclass(frozen=True, slots=True)
class Booking:
    """One debrief in a plan, or one joint debrief; `mode` is how the interpreter takes part."""

    id: str
    requests: tuple[str, ...]
    start: int
    duration: int
    room: str
    lead: str
    second: str | None = None
    interpreter: str | None = None
    mode: str | None = None
    adult: str | None = None

    @property
    def end(self) -> int:
        """The minute the debrief is over."""
        return self.start + self.duration

    def staff(self) -> tuple[str, ...]:
        """Everybody on duty who takes part, room aside."""
        people = (self.lead, self.second, self.interpreter, self.adult)
        return tuple(person for person in people if person is not None)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A request left out, with its code and a short technical detail (no personal data)."""

    request: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """Who speaks with whom, when and where; every request is booked or unplaced."""

    problem: str
    bookings: tuple[Booking, ...]
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """One open day to be planned; what `problem_from_json` made has been checked throughout."""

    id: str
    horizon_min: int
    grid_min: int
    now_min: int
    rules: Rules
    persons: tuple[Person, ...]
    requests: tuple[Request, ...]
    joint_groups: tuple[JointGroup, ...]
    interviewers: tuple[Interviewer, ...]
    interpreters: tuple[Interpreter, ...]
    adults: tuple[Adult, ...]
    rooms: tuple[Room, ...]
    pinned: tuple[Booking, ...] = ()
    previous_plan: RosterPlan | None = None


@dataclass(frozen=True, slots=True, order=True)
class Costs:
    """The four levels of a plan's cost; a lower level never buys a higher one.

    `unplaced` (L1), `change` (L2), `quality` (L3), `load` (L4). Compared level by level.
    """

    unplaced: int
    change: int
    quality: int
    load: int
