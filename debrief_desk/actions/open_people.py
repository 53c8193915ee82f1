"""Whom a day's plan is for: people and requests of a roster problem, from facts and policy.

Minutes count from the start of the horizon. Where the rules ask for a start (D-6, W-3), the block
is made so that no start of the person's shortest debrief falls inside it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from debrief_desk.planning.roster import ENGLISH, MODES, JointGroup, Person, Request
from debrief_desk.rules.codes import ApproachOutcome, BusyKind, Gender, GenderPreference
from debrief_desk.rules.dignity import woman_needed
from debrief_desk.rules.interpreting import WORKING_LANGUAGE, speaks, speaks_dialect
from debrief_desk.rules.times import london_time
from debrief_desk.rules.welfare import latest_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debrief_desk.actions.day_facts import DayFacts
    from debrief_desk.planning.roster import Span
    from debrief_desk.rules.facts import Case, Language, PersonFacts

LEAD: Final = "LEAD"
AT_RISK: Final = "AT-RISK"
PRIVATE: Final = "private"
_GENDERS: Final = {GenderPreference.WOMEN: Gender.WOMAN, GenderPreference.MEN: Gender.MAN}


@dataclass(frozen=True, slots=True)
class Clients:
    """The people, requests and joint groups of a problem.

    `languages` gives what each language token of a person stands for, and whether a lead's own
    knowledge of it counts.
    """

    persons: tuple[Person, ...]
    requests: tuple[Request, ...]
    groups: tuple[JointGroup, ...]
    request_of: Mapping[str, str]
    languages: Mapping[str, tuple[frozenset[Language], bool]]


def clients(day: DayFacts, wanted: Sequence[Case], staff: Mapping[str, Sequence[str]]) -> Clients:
    """Give everybody with a request among `wanted`, each with what the rules ask for them.

    `staff` gives the ids in the problem of each member of staff.
    """
    by_person: dict[str, list[Case]] = defaultdict(list)
    for case in wanted:
        by_person[case.person.id].append(case)
    persons: list[Person] = []
    requests: list[Request] = []
    groups: list[JointGroup] = []
    names: dict[str, str] = {}
    tokens: dict[str, tuple[frozenset[Language], bool]] = {}
    for at, cases in enumerate(by_person.values(), 1):
        own = f"P{at:03d}"
        persons.append(_person(day, own, cases, staff, tokens))
        asked = []
        for case in cases:
            names[case.plan.id] = f"R{len(names) + 1:03d}"
            asked.append(_request(day, names[case.plan.id], own, case))
        requests += asked
        if len({row.agency for row in asked}) > 1:
            longest = max(row.duration for row in asked)
            ids = tuple(row.id for row in asked)
            groups.append(JointGroup(f"J{len(groups) + 1:02d}", own, ids, longest, required=False))
    return Clients(tuple(persons), tuple(requests), tuple(groups), names, tokens)


def _request(day: DayFacts, own: str, person: str, case: Case) -> Request:
    plan, fitness = case.plan, day.policy.fitness
    needed = {LEAD} | ({AT_RISK} if case.person.indicators else set())
    return Request(
        id=own,
        person=person,
        agency=plan.agency,
        priority=day.priority(plan.id),
        duration=math.ceil(plan.window.minutes),
        needs_second=fitness.interviewers > 1,
        accreditations=frozenset(needed),
        min_experience=fitness.lead_debriefs,
        lead_agencies=frozenset({plan.agency, *(day.agencies.get(p, p) for p in plan.partners)}),
        modes=frozenset(MODES) if plan.mode is None else frozenset({MODES[0], str(plan.mode)}),
        room_features=frozenset({PRIVATE} if case.person.facilitator_near else ()),
    )


def _person(
    day: DayFacts,
    own: str,
    cases: Sequence[Case],
    staff: Mapping[str, Sequence[str]],
    tokens: dict[str, tuple[frozenset[Language], bool]],
) -> Person:
    facts = cases[0].person
    shortest = min(case.plan.window.minutes for case in cases)
    first, last = _there(day, facts)
    wish, barred = _wishes(day, cases)
    return Person(
        id=own,
        minor=False,
        gender=None if facts.gender is None else str(facts.gender),
        language=_language(day, cases, tokens),
        gender_pref=None if wish is None else str(wish),
        gender_hard=wish is not None,
        available_from=first,
        departs=max(first, last + day.policy.welfare.before_transfer_minutes),
        unavailable=tuple(sorted(_taken(day, cases, shortest))),
        excluded_staff=frozenset(
            row for who in barred | _excluded(day, cases) for row in staff.get(who, ())
        ),
        max_sessions=_sessions(day, cases),
    )


def _there(day: DayFacts, person: PersonFacts) -> Span:
    """Give from when the person is rested (W-2, S-4) and by when a debrief is over (W-6)."""
    limits = day.policy.welfare
    since = [day.span.start]
    if person.landed_at is not None:
        since.append(person.landed_at + timedelta(minutes=limits.rest_minutes))
        if person.bereaved:
            mourning = day.policy.safeguarding.bereaved_minutes
            since.append(person.landed_at + timedelta(minutes=mourning))
    if person.arrived_at is not None:
        since.append(person.arrived_at + timedelta(minutes=limits.arrival_minutes))
    end = latest_end(person, day.policy) or day.span.end
    return math.ceil(day.minute(max(since))), math.floor(day.minute(end))


def _taken(day: DayFacts, cases: Sequence[Case], shortest: float) -> Iterator[Span]:
    """Give when the person has something else to do, or may not be asked (W-3, W-7, A-2, D-6)."""
    person, policy = cases[0].person, day.policy
    apart = policy.separation.screening_minutes
    for slot in person.busy:
        margin = apart if slot.kind is BusyKind.SCREENING else 0
        yield from day.clipped(slot.window.start, slot.window.end, margin)
    if person.screened_at is not None:
        yield from day.clipped(person.screened_at, person.screened_at, apart)
    gap = timedelta(minutes=policy.spacing.approach_minutes)
    ids = {case.plan.id for case in cases}
    for contact in person.approaches:
        agreed = contact.outcome is ApproachOutcome.ACCEPTED and contact.debrief in ids
        if not agreed:
            begin = contact.at - gap + timedelta(minutes=shortest)
            yield from day.clipped(begin, contact.at + gap)
    if not all(case.plan.awake_and_asked for case in cases):
        yield from _nights(day, shortest)


def _nights(day: DayFacts, shortest: float) -> Iterator[Span]:
    """Give the nights of the span, in which no debrief begins (W-3)."""
    limits, grid = day.policy.welfare, timedelta(minutes=15)
    moment, begun = day.span.start, None
    while moment <= day.span.end:
        hour = london_time(moment).hour
        dark = hour >= limits.night_from_hour or hour < limits.night_to_hour
        if dark and begun is None and moment < day.span.end:
            begun = moment
        if begun is not None and (not dark or moment == day.span.end):
            yield from day.clipped(begun + timedelta(minutes=shortest - 1), moment)
            begun = None
        moment += grid


def _sessions(day: DayFacts, cases: Sequence[Case]) -> int:
    """Give how often the person may be spoken with: once a stay, unless a supervisor allowed more.

    Several debriefs that stand by a decision (one after the other) are each their own.
    """
    if all(day.is_settled(case, {"D-1", "D-2"}) for case in cases):
        return len(cases)
    return max(1, day.policy.spacing.completed - cases[0].person.completed)


def _language(
    day: DayFacts, cases: Sequence[Case], tokens: dict[str, tuple[frozenset[Language], bool]]
) -> str:
    """Name the language asked for; a dialect where somebody here speaks it (I-1, I-2)."""
    claimed = cases[0].person.languages
    recorded = {case.plan.shared_language for case in cases}
    if recorded == {True} or (speaks(frozenset({WORKING_LANGUAGE}), claimed) and None in recorded):
        return ENGLISH
    voices = [who.languages for who in day.interpreters.values()]
    exact = any(speaks(own, claimed) and speaks_dialect(own, claimed) for own in voices)
    asked = claimed if exact else frozenset(type(one)(one.name) for one in claimed)
    parts = sorted(f"{one.name} ({one.dialect})" if one.dialect else one.name for one in asked)
    token = " / ".join(parts).casefold() or "unknown"
    direct = False not in recorded
    token = token if direct else f"{token}, interpreted"
    tokens[token] = (asked, direct)
    return token


def _wishes(day: DayFacts, cases: Sequence[Case]) -> tuple[Gender | None, set[str]]:
    """Give the gender the whole team must have, and whom an unequal wish leaves out (G-2, G-3).

    A wish for interviewers holds for the interpreter too, unless the person was asked about the
    interpreter and answered otherwise.
    """
    person = cases[0].person
    if woman_needed(person):
        return Gender.WOMAN, set()
    if all(case.plan.preference_waived_at is not None for case in cases):
        return None, set()
    lead, voice = person.prefers_interviewer, person.prefers_interpreter
    if voice is None or voice is lead:
        return (None if lead is None else _GENDERS.get(lead)), set()
    barred = {i for i, who in day.interviewers.items() if lead and lead.met_by(who.gender) is False}
    barred |= {i for i, who in day.interpreters.items() if voice.met_by(who.gender) is False}
    return None, barred


def _excluded(day: DayFacts, cases: Sequence[Case]) -> set[str]:
    """Give the staff who may not meet this person (A-1, X-8, I-5)."""
    person = cases[0].person
    ids = {person.id, *person.registrations, *(c.plan.event for c in cases if c.plan.event)}
    linked = {i for i, who in day.interviewers.items() if who.excluded & ids}
    declared = {i for i, known in day.declared.items() if known & person.registrations}
    return set(person.screened_by) | linked | declared
