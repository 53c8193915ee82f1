"""Taking lines of a proposed roster into the desk: each held once more against what stands now.

Nothing about what was accepted or refused before enters here or any cost: a person's *no* stays a
no, and no plan is better because somebody was persuaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import deciding, open_day
from debrief_desk.actions.checks import OPEN_CONFLICT, recheck
from debrief_desk.actions.placements import put
from debrief_desk.actions.plans import become
from debrief_desk.actions.proving import objections
from debrief_desk.actions.rights import holds, writes
from debrief_desk.errors import WrongCall
from debrief_desk.planning import check
from debrief_desk.planning.roster import RosterPlan
from debrief_desk.rules.codes import IdentityAnswer, PlansAnswer
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Conflict, ConflictParty, Debrief
from debrief_desk.store.session import step_of
from debrief_desk.wording import proposals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

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


@dataclass(frozen=True, slots=True)
class Order:
    """What is accepted of which day (or shift): its lines, and the way of planning they came by."""

    day: date
    lines: tuple[Line, ...]
    start: int = 0
    end: int = open_day.LONGEST
    mode: str = ""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A line that no longer fits what stands now, with a sentence that says why."""

    debrief_id: str
    reference: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of an acceptance; `step` undoes it whole, "" where nothing was taken."""

    taken: tuple[str, ...]
    refused: tuple[NotTaken, ...]
    step: str


@writes(Right.EDIT_ANY)
def accept(session: Session, order: Order) -> Accepted:
    """Take the lines that still hold, all in one step; the others stay as they are, each with why.

    Every line is judged as it would stand beside the other lines taken: by its version, by every
    rule, and by the independent checker on the desk's open day as it is now.

    Raises:
        WrongCall: there is no line.
    """
    if not order.lines:
        raise WrongCall("no-lines")
    opened = open_day.open_day(session, order.day, order.start, order.end)
    refused: dict[str, str] = {}
    lines: list[Line] = []
    for line in order.lines:
        why = _outdated(session, opened, line)
        if why:
            refused[line.id] = why
        else:
            lines.append(line)
    lines = _holding(opened, lines, refused)
    for line in lines:
        _write(session, line)
    touched = [UUID(own) for line in lines for own, _ in line.debriefs]
    groups = {session.get_one(Debrief, own).registration.person_id for own in touched}
    recheck(session, groups=groups, debriefs=touched)
    step = step_of(session)
    if lines:
        body = {
            "mode": order.mode,
            "taken": [own for line in lines for own, _ in line.debriefs],
            "refused": len(refused),
        }
        step.events.append(
            Draft(kind="altered", entity="proposal", entity_id=opened.problem.id, body=body)
        )
    return Accepted(
        taken=tuple(line.id for line in lines),
        refused=tuple(NotTaken(own, _reference(session, own), why) for own, why in refused.items()),
        step=str(step.id) if lines else "",
    )


def _outdated(session: Session, opened: OpenDay, line: Line) -> str:
    """Say why a line is about something that stands differently now; "" where it does not."""
    held = {one.debrief_id: one for one in opened.held}
    fixed = {opened.debriefs[own] for pin in opened.problem.pinned for own in pin.requests}
    for own, version in line.debriefs:
        debrief = session.get(Debrief, UUID(own))
        if debrief is None or debrief.version != version:
            return proposals.changed_since()
        if own in held:
            return proposals.held(held[own].finding)
        if own in fixed or own not in opened.requests:
            return proposals.stays()
    if len(line.debriefs) > 1 and not holds(session, Right.DECIDE_CONFLICTS):
        return proposals.joint_needs_supervisor()
    if len(line.debriefs) > 1 and _conflict(session, line) is None:
        return proposals.changed_since()
    return ""


def _holding(opened: OpenDay, lines: list[Line], refused: dict[str, str]) -> list[Line]:
    """Give the lines that hold together; the last one that does not falls first, then see again.

    A line that is refused stays where it was, which may be in the way of another.
    """
    while lines:
        bad = _objected(opened, lines) or _illegal(opened, lines)
        if not bad:
            break
        last = next(line.id for line in reversed(lines) if line.id in bad)
        refused[last] = bad[last]
        lines = [line for line in lines if line.id != last]
    return lines


def _placed(lines: Iterable[Line]) -> list[Placement]:
    return [line.placement for line in lines if line.placement is not None]


def _objected(opened: OpenDay, lines: Sequence[Line]) -> dict[str, str]:
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


def _illegal(opened: OpenDay, lines: Sequence[Line]) -> dict[str, str]:
    """Give the lines that break a hard rule of the independent checker on the day as it is now."""
    plan = resulting(opened, lines)
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


def resulting(opened: OpenDay, lines: Sequence[Line]) -> RosterPlan:
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


def _write(session: Session, line: Line) -> None:
    debrief = session.get_one(Debrief, UUID(line.id))
    if line.placement is None:
        if debrief.state is not DebriefState.WAITING:
            become(debrief, DebriefState.WAITING)
        debrief.room = debrief.lead = debrief.second = debrief.interpreter = None
        debrief.room_text = debrief.lead_text = debrief.second_text = ""
        debrief.confirmed_at = None
        return
    if len(line.debriefs) > 1:
        _join(session, line, debrief)
    put(session, debrief, line.placement)


def _join(session: Session, line: Line, kept: Debrief) -> None:
    """Settle the conflict about a person whom two agencies want: one debrief, both take part."""
    conflict = _conflict(session, line)
    if conflict is None:
        raise WrongCall("conflict-settled")
    plans = f"{PlansAnswer.JOINT.value}:{kept.reference}"
    decision = deciding.Decision(IdentityAnswer.SAME.value, plans, proposals.joint_reason())
    deciding.decide(session, str(conflict.id), decision)


def _conflict(session: Session, line: Line) -> Conflict | None:
    """Give the open conflict about just these debriefs of one person."""
    wanted = {UUID(own) for own, _version in line.debriefs}
    query = (
        select(Conflict)
        .join(Conflict.parties)
        .where(
            Conflict.kind == ConflictKind.SAME_PERSON,
            Conflict.state.in_(OPEN_CONFLICT),
            ConflictParty.debrief_id.in_(wanted),
        )
    )
    found = session.scalars(query).unique()
    return next((one for one in found if {p.debrief_id for p in one.parties} == wanted), None)


def _reference(session: Session, debrief_id: str) -> str:
    debrief = session.get(Debrief, UUID(debrief_id))
    return "" if debrief is None else debrief.reference
