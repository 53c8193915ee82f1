"""Whether lines of a proposal hold beside what stands now: by every rule and the checker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions import open_day, plans_around
from debrief_desk.actions.proving import objections
from debrief_desk.planning import check
from debrief_desk.planning.roster import RosterPlan
from debrief_desk.wording import proposals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debrief_desk.actions.day_facts import Placement
    from debrief_desk.actions.open_day import OpenDay
    from debrief_desk.planning.roster import Booking, RosterProblem


@dataclass(frozen=True, slots=True)
class Line:
    """One line to accept: debriefs with the versions that were shown, and where they go.

    A joint debrief has two or more debriefs, the one that stays first. No placement: it waits for a
    team, and what it held becomes free.
    """

    debriefs: tuple[tuple[str, int], ...]
    placement: Placement | None

    @property
    def id(self) -> str:
        """Give the debrief that the line is called by."""
        return self.debriefs[0][0]


def holding(opened: OpenDay, lines: list[Line], refused: dict[str, str]) -> list[Line]:
    """Give the lines that hold together; the last one that does not falls first, then see again.

    A line that is refused stays where it was, which may be in the way of another.
    """
    while lines:
        bad = objected(opened, lines) or illegal(opened, lines)
        if not bad:
            break
        last = next(line.id for line in reversed(lines) if line.id in bad)
        refused[last] = bad[last]
        lines = [line for line in lines if line.id != last]
    return lines


def _placed(lines: Iterable[Line]) -> list[Placement]:
    return [line.placement for line in lines if line.placement is not None]


def objected(opened: OpenDay, lines: Sequence[Line]) -> dict[str, str]:
    """Give the lines to which a rule objects, as all lines would stand together."""
    plans = opened.facts.placed(_placed(lines))
    for line in lines:
        gone = line.debriefs if line.placement is None else line.debriefs[1:]
        for own, _version in gone:
            plans.pop(own, None)
    found = {}
    for placement in _placed(lines):
        against = objections(opened.facts, placement, plans)
        if against:
            found[placement.debrief_id] = proposals.against(against[0])
    return found


def illegal(opened: OpenDay, lines: Sequence[Line]) -> dict[str, str]:
    """Give the lines that break a hard rule of the independent checker on the day as it is now."""
    plan = _resulting(opened, lines)
    named = {booking.id: booking for booking in plan.bookings}
    mine = {line.id for line in lines}
    found = {}
    for broken in check(opened.problem, plan).violations:
        for name in broken.bookings:
            own = _first(opened, named[name]) if name in named else ""
            if own in mine and not broken.given:
                found[own] = proposals.violation(broken.rule)
    return found


def _first(opened: OpenDay, booking: Booking) -> str:
    return opened.debriefs[booking.requests[0]]


def _resulting(opened: OpenDay, lines: Sequence[Line]) -> RosterPlan:
    """Give the day's plan as it would be with these lines beside what stands."""
    problem = opened.problem
    touched = {opened.requests[own] for line in lines for own, _ in line.debriefs}
    standing = problem.previous_plan.bookings if problem.previous_plan else ()
    kept = [one for one in standing if not touched & set(one.requests) and _whole(problem, one)]
    fresh = []
    for at, line in enumerate(lines):
        if line.placement is None:
            continue
        booking = opened.bookings.booking(f"L{at:03d}", opened.facts.plan(line.placement))
        requests = tuple(opened.requests[own] for own, _ in line.debriefs)
        fresh.append(open_day.serving(booking, requests))
    return RosterPlan(problem.id, (*kept, *fresh))


def _whole(problem: RosterProblem, booking: Booking) -> bool:
    """Say whether a standing booking has a room and a lead, so that a checker can judge it."""
    return open_day.NOWHERE not in (booking.room, booking.lead) or booking in problem.pinned


def needed(opened: OpenDay, chosen: Sequence[Line], others: Sequence[Line]) -> tuple[str, ...]:
    """Give those of the other lines with which the chosen ones would hold; () where none help.

    What a debrief holds now may be in the way of a chosen line until its own line is accepted too.
    """
    lines = list(chosen)
    pool = {own: line for line in others for own, _version in line.debriefs}
    while bad := objected(opened, lines) or illegal(opened, lines):
        first = next(line for line in lines if line.id in bad)
        blocking = _in_the_way(opened, first.placement, pool) if first.placement else []
        if not blocking:
            return ()
        more = {line.id: line for line in map(pool.__getitem__, blocking)}
        lines += [more[own] for own in sorted(more)]
        pool = {own: line for own, line in pool.items() if line.id not in more}
    return tuple(line.id for line in lines[len(chosen) :])


def _in_the_way(opened: OpenDay, placement: Placement, pool: Iterable[str]) -> list[str]:
    """Give those debriefs that stand where a placement would be, or else one with its people."""
    facts, plan = opened.facts, opened.facts.plan(placement)
    near = [
        own for own in pool if own in facts.plans and plans_around.shares(facts.plans[own], plan)
    ]
    meeting = [own for own in near if facts.plans[own].window.overlaps(plan.window)]
    return meeting or near[:1]
