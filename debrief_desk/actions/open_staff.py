"""Who and what a day's plan may use: duties and rooms of a roster problem, from facts and policy.

A member of staff stands once for each duty, so that the limits of a duty count in each; whatever
is booked and cannot be moved is a break that can only be taken then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from debrief_desk.actions.open_people import AT_RISK, LEAD
from debrief_desk.planning.day import merged, stay
from debrief_desk.planning.roster import BASE, IN_PERSON, Break, Interpreter, Interviewer, Room
from debrief_desk.rules.codes import Indicator
from debrief_desk.rules.facts import Case, PersonFacts, PlanFacts
from debrief_desk.rules.interpreting import speaks, speaks_dialect
from debrief_desk.rules.registry import JUDGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debrief_desk.actions.day_facts import DayFacts
    from debrief_desk.planning.roster import Span
    from debrief_desk.rules.facts import InterpreterFacts, InterviewerFacts, Language
    from debrief_desk.rules.times import Window

SEATS: Final = 12
"""What a room seats that nobody counted: as many as a team ever is."""
_LEADS: Final = ("X-1", "X-2", "X-3", "X-4", "X-9")
_SITS: Final = ("X-9",)
_ANYBODY: Final = PersonFacts(id="")


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty in minutes from the start of the span, with what cannot be moved inside it."""

    shift: Span
    breaks: tuple[Break, ...]
    taken: int
    minutes: int


def duties(
    day: DayFacts, who: InterviewerFacts | InterpreterFacts, booked: Sequence[Span], grid: int
) -> list[Duty]:
    """Give the duties of somebody in the span; one that comes too soon after another is none (X-7).

    An absence at an end shortens a duty, one inside it is a break. `booked` is what stands and does
    not move. Without any recorded shift somebody is there all the time (X-10).
    """
    length = math.ceil(day.span.minutes)
    away = [_minutes(day, absence) for absence in who.away]
    over = [_minutes(day, window) for window in day.done.get(who.id, ())]
    found = []
    for shift in _rested(day, who.shifts) or ([(0, length)] if not who.shifts else []):
        there = stay(*shift, away)
        if not there:
            continue
        low, high = -(-there[0][0] // grid) * grid, there[-1][1] // grid * grid
        if high <= max(0, low) or low >= length:
            continue
        inside = [one for one in (*booked, *over) if one[0] < high and low < one[1]]
        gaps = [(one[1], other[0]) for one, other in pairwise(there)]
        fixed = _on_grid([*gaps, *booked], (low, high), grid)
        breaks = tuple(Break(span, span[1] - span[0]) for span in fixed)
        taken = sum(end - start for start, end in inside)
        found.append(Duty((low, high), breaks, len(inside), taken))
    return found


def _minutes(day: DayFacts, window: Window) -> Span:
    return math.ceil(day.minute(window.start)), math.floor(day.minute(window.end))


def _rested(day: DayFacts, shifts: Sequence[Window]) -> list[Span]:
    """Give the shifts before which somebody has rested as long as the rule asks (X-7)."""
    rest = day.policy.fitness.rest_minutes
    return [
        _minutes(day, shift)
        for shift in shifts
        if not any(other.end <= shift.start and other.gap(shift) < rest for other in shifts)
    ]


def _on_grid(spans: Sequence[Span], shift: Span, grid: int) -> tuple[Span, ...]:
    """Give spans widened to the grid, inside the shift, joined where they touch."""
    widened = [
        (max(shift[0], low // grid * grid), min(shift[1], -(-high // grid) * grid))
        for low, high in spans
    ]
    return merged([span for span in widened if span[0] < span[1]])


def interviewers(
    day: DayFacts,
    ids: Mapping[str, Sequence[str]],
    rosters: Mapping[str, Sequence[Duty]],
    languages: Mapping[str, tuple[frozenset[Language], bool]],
) -> tuple[Interviewer, ...]:
    """Give everybody who may sit in a debrief, once for each duty, with what the rules say."""
    rows = []
    for own, who in day.interviewers.items():
        held = fit(day, own)
        if not held:
            continue
        spoken = {
            token
            for token, (claimed, direct) in languages.items()
            if direct and speaks(who.languages, claimed)
        }
        for name, duty in zip(ids[own], rosters[own], strict=True):
            rows.append(
                Interviewer(
                    id=name,
                    agency=who.agency,
                    accreditations=held,
                    experience=who.led + who.seconded,
                    gender=None if who.gender is None else str(who.gender),
                    languages=frozenset(spoken),
                    shift=duty.shift,
                    breaks=duty.breaks,
                    max_debriefs=max(0, day.policy.fitness.duty_debriefs - duty.taken),
                    turnaround=0,
                    load=day.load.get(own, 0),
                )
            )
    return tuple(rows)


def fit(day: DayFacts, own: str) -> frozenset[str]:
    """Give what somebody may do by the rules that look at staff alone; nothing bars to sit second.

    What is not recorded yet counts as missing, as where people are proposed by name.
    """
    who = day.interviewers[own]
    if who.asylum_decision_maker or _barred(day, who, _SITS, _ANYBODY):
        return frozenset()
    held = {BASE}
    if not _barred(day, who, _LEADS, _ANYBODY):
        held.add(LEAD)
    at_risk = PersonFacts(id="", indicators=frozenset({Indicator.TORTURE}))
    if not _barred(day, who, ("X-5",), at_risk):
        held.add(AT_RISK)
    return frozenset(held)


def _barred(
    day: DayFacts, who: InterviewerFacts, rules: Sequence[str], person: PersonFacts
) -> bool:
    """Say whether a rule stops somebody as lead, whoever is met, in the middle of the span."""
    middle = day.span.start + (day.span.end - day.span.start) / 2
    case = Case(
        plan=PlanFacts(id="", start=middle, end=middle, lead=who.id), person=person, lead=who
    )
    found = (one for rule in rules for one in JUDGES[rule](case, day.policy))
    return any(one.severity.stops and who.id in one.subject for one in found)


def interpreters(
    day: DayFacts,
    ids: Mapping[str, Sequence[str]],
    rosters: Mapping[str, Sequence[Duty]],
    languages: Mapping[str, tuple[frozenset[Language], bool]],
) -> tuple[Interpreter, ...]:
    """Give every interpreter, once for each duty."""
    limits = day.policy.interpreting
    return tuple(
        Interpreter(
            id=name,
            languages=frozenset(
                token
                for token, (claimed, _) in languages.items()
                if speaks(who.languages, claimed) and speaks_dialect(who.languages, claimed)
            ),
            modes=frozenset(map(str, who.modes)) or frozenset({IN_PERSON}),
            gender=None if who.gender is None else str(who.gender),
            shift=duty.shift,
            breaks=duty.breaks,
            max_minutes=max(0, limits.shift_minutes - duty.minutes),
            turnaround=limits.gap_minutes,
        )
        for own, who in day.interpreters.items()
        for name, duty in zip(ids[own], rosters[own], strict=True)
    )


def rooms(
    day: DayFacts, ids: Mapping[str, str], booked: Mapping[str, Sequence[Span]]
) -> tuple[Room, ...]:
    """Give every room in use, closed where something stands in it that does not move."""
    found = []
    for own, row in day.rooms.items():
        spans = merged([_minutes(day, window) for window in row.open])
        free = [part for low, high in spans for part in stay(low, high, booked.get(own, ()))]
        found.append(
            Room(
                id=ids[own],
                capacity=SEATS if row.seats is None else row.seats,
                features=row.features,
                open=tuple(free),
                turnaround=0,
            )
        )
    return tuple(found)
