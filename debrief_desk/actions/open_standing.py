"""What of a day may be planned, what stays as people were told, and what is left out and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from debrief_desk.actions import open_staff
from debrief_desk.rules.codes import ApproachOutcome, ConsentOutcome
from debrief_desk.rules.registry import check
from debrief_desk.rules.states import DebriefState

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from debrief_desk.actions.day_facts import DayFacts
    from debrief_desk.planning.roster import Span
    from debrief_desk.rules.facts import Case, PlanFacts
    from debrief_desk.rules.finding import Finding

FINEST_GRID: Final = 5
SOON: Final = timedelta(minutes=45)
"""What begins so soon stays as people were told."""
PERSON: Final = frozenset(
    {"V-3", "V-4", "V-5", "V-6", "V-8", "V-10", "C-1", "C-2", "C-3", "C-4", "S-5", "W-1", "W-4"}
    | {"A-4", "A-5", "D-5"}
)
"""Rules about the person alone: while one of them bars, no slot is better than another."""
_CLASH: Final = frozenset({"D-1", "D-2"})


@dataclass(frozen=True, slots=True)
class Held:
    """An open debrief that nobody may place now; None where it stands and nothing bars it."""

    debrief_id: str
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class SortedOut:
    """The debriefs to plan, those of them that stay as they are, and those left out."""

    wanted: tuple[str, ...]
    pinned: tuple[str, ...]
    held: tuple[Held, ...]


def sort_out(day: DayFacts) -> SortedOut:
    """Sort the open debriefs of a span; every one stands in `wanted` or in `held`."""
    held: dict[str, Finding | None] = {
        key: found for key in day.cases if (found := bar(day, key)) is not None
    }
    held |= _undecided(day, [case for key, case in day.cases.items() if key not in held])
    pinned: list[PlanFacts] = []
    fixed: dict[str, Finding | None] = {}
    for key, case in day.cases.items():
        if key in held or not _stays(day, case) or not (case.plan.room and case.plan.lead):
            continue
        if _usable(day, case.plan) and not any(_clash(case.plan, other) for other in pinned):
            pinned.append(case.plan)
        else:
            fixed[key] = _fault(day, case)
    left_out = {**held, **fixed}
    return SortedOut(
        wanted=tuple(key for key in day.cases if key not in left_out),
        pinned=tuple(plan.id for plan in pinned),
        held=tuple(Held(key, finding) for key, finding in left_out.items()),
    )


def bar(day: DayFacts, key: str) -> Finding | None:
    """Give what keeps a debrief out of any plan: a bar of the person, or an unknown language."""
    for one in day.standing(key):
        if one.rule in PERSON or (one.rule, one.reason) == ("D-6", "too_many"):
            return one
    case = day.cases[key]
    if case.person.languages or case.plan.shared_language is not None:
        return None
    found = check(case, day.policy, day.now)
    return next((one for one in found if one.reason == "language_unknown"), None)


def _undecided(day: DayFacts, cases: Iterable[Case]) -> dict[str, Finding | None]:
    """Give the debriefs that a supervisor has to decide about before they can be planned.

    Of one person's debriefs one of each agency is planned, the first saved (D-8); and of those
    with room and lead only the first, for which of them goes is nobody's but a supervisor's choice.
    """
    by_person: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_person[case.person.id].append(case)
    found: dict[str, Finding | None] = {}
    for several in by_person.values():
        agencies: set[str] = set()
        placed = False
        for case in sorted(several, key=_saved):
            whole = bool(case.plan.room and case.plan.lead)
            clash = next((f for f in day.standing(case.plan.id) if f.rule in _CLASH), None)
            if clash is not None and (case.plan.agency in agencies or (whole and placed)):
                found[case.plan.id] = clash
                continue
            agencies.add(case.plan.agency)
            placed = placed or whole
    return found


def _saved(case: Case) -> tuple[float, str]:
    saved = case.plan.first_saved_at
    return (saved.timestamp() if saved else float("inf"), case.plan.id)


def _stays(day: DayFacts, case: Case) -> bool:
    """Say whether a debrief stays as it is: begun, soon, confirmed, agreed to, or pinned."""
    plan, row = case.plan, day.debriefs[case.plan.id]
    agreed = any(
        contact.debrief == plan.id and contact.outcome is ApproachOutcome.ACCEPTED
        for contact in case.person.approaches
    ) or (plan.consent is not None and plan.consent.outcome is ConsentOutcome.AGREED)
    return (
        row.pinned
        or row.started_at is not None
        or plan.state is DebriefState.IN_PROGRESS
        or plan.start < day.now + SOON
        or plan.confirmed_at is not None
        or agreed
    )


def _fault(day: DayFacts, case: Case) -> Finding | None:
    """Give what is wrong with a debrief that stays all the same, its team first."""
    found = [one for one in check(case, day.policy, day.now) if not one.todo]
    team = (one for one in found if one.rule.startswith("X-"))
    return next(team, next((one for one in found if one.severity.stops), None))


def _usable(day: DayFacts, plan: PlanFacts) -> bool:
    """Say whether everybody and the room of a plan can stand in a problem."""
    if plan.room not in day.rooms or plan.lead == plan.second:
        return False
    team = [day.interviewers.get(who) for who in plan.interviewers]
    if any(who is None or not open_staff.fit(day, who.id) for who in team):
        return False
    voices = [day.interpreters.get(plan.interpreter)] if plan.interpreter else []
    return all(
        who is not None and open_staff.duties(day, who, (), FINEST_GRID) for who in (*team, *voices)
    )


def _clash(one: PlanFacts, other: PlanFacts) -> bool:
    """Say whether two plans cannot both take place."""
    shared = (
        one.room == other.room
        or one.person == other.person
        or one.interviewers & other.interviewers
        or (one.interpreter is not None and one.interpreter == other.interpreter)
    )
    return bool(shared) and one.window.overlaps(other.window)


def blocks(day: DayFacts, wanted: Container[str]) -> dict[str, list[Span]]:
    """Give when staff and rooms are taken by what does not move, by id."""
    found: dict[str, list[Span]] = defaultdict(list)
    for plan in day.plans.values():
        if plan.id in wanted:
            continue
        for own, margin in _uses(day, plan):
            found[own] += day.clipped(plan.start, plan.end, margin)
    for case in day.cases.values():
        for slot in case.person.busy:
            if slot.room is not None:
                found[slot.room] += day.clipped(slot.window.start, slot.window.end)
    return dict(found)


def _uses(day: DayFacts, plan: PlanFacts) -> Iterator[tuple[str, int]]:
    """Give whom and what a plan takes, with the minutes that stay free on either side."""
    for who in plan.interviewers:
        yield who, 0
    if plan.room is not None:
        yield plan.room, 0
    if plan.interpreter is not None:
        yield plan.interpreter, day.policy.interpreting.gap_minutes
