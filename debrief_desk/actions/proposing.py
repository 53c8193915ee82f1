"""The next free slots of one debrief, each with a whole team that every rule lets pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from debrief_desk.actions import day_facts, facts, open_day, open_standing, plan_checks
from debrief_desk.actions.plans import own_only
from debrief_desk.actions.proving import objections
from debrief_desk.actions.rights import reads
from debrief_desk.errors import WrongCall
from debrief_desk.planning import BookedDay
from debrief_desk.planning.roster import RosterPlan
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day, london_time
from debrief_desk.store.models import Debrief
from debrief_desk.store.session import step_of
from debrief_desk.wording import clock, proposals, reasons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from debrief_desk.actions.day_facts import DayFacts, Placement
    from debrief_desk.actions.open_day import OpenDay
    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.planning.slots import Order, Slot
    from debrief_desk.rules.facts import Case

DAYS: Final = 2
"""How many planned days are searched, the debrief's own first."""
_PLENTY: Final = 400
"""More starts than a day has on the grid."""


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """One free slot with a whole team, in names; the counts say how many of each kind would do.

    The counts include the one named; `cost` compares slots of one debrief: lower is better.
    """

    placement: Placement
    room: str
    lead: str
    second: str
    interpreter: str
    leads: int
    seconds: int
    interpreters: int
    rooms: int
    cost: int


@dataclass(frozen=True, slots=True)
class FreeSlots:
    """The next free slots; where there is none, `reason` says why and what to do."""

    slots: tuple[FreeSlot, ...]
    reason: str = ""


@reads(Right.REGISTER)
def suggest(
    session: Session,
    debrief_id: str = "",
    plan: DebriefPlan | None = None,
    n: int = 5,
    order: Order = "start",
) -> FreeSlots:
    """Give the next `n` free slots of a debrief, or of a plan as it is typed; nothing is kept.

    Everything else stays where it stands. Each slot was held against every rule: none that is HARD
    is broken, and none that another slot or team would keep. `order` is by start, or cheapest first
    (waiting, load, wishes).

    Raises:
        WrongCall: `debrief-unknown`.
        NotAllowed: it is another agency's.
    """
    case, kept = _asked(session, debrief_id, plan)
    wanted = max(case.plan.start, step_of(session).now)
    day = london_day(wanted)
    if london_time(wanted).hour < open_day.FIRST_HOUR:
        day -= timedelta(days=1)
    found: list[FreeSlot] = []
    reason = ""
    for ahead in range(DAYS):
        opened = _alone(session, day + timedelta(days=ahead), case, kept)
        if opened.held:
            return FreeSlots((), proposals.held(opened.held[0].finding))
        booked = BookedDay(opened.problem, RosterPlan(opened.problem.id, ()))
        request = opened.requests[case.plan.id]
        slots = booked.suggest(request, _PLENTY, order)
        found += _proven(opened, slots, n - len(found))
        if len(found) == n:
            break
        reason = reason or _why(opened, booked, request)
    return FreeSlots(tuple(found), "" if found else reason)


def _asked(
    session: Session, debrief_id: str, plan: DebriefPlan | None
) -> tuple[Case, Debrief | None]:
    """Give the case of a typed plan, or of a debrief as it stands, and its row where it has one."""
    own = debrief_id or (plan.debrief_id if plan is not None else "")
    kept = session.get(Debrief, UUID(own)) if own else None
    if plan is not None:
        return plan_checks.considered(session, plan).case, kept
    if kept is None:
        raise WrongCall("debrief-unknown")
    own_only(session, kept.agency_id)
    return facts.cases(session, [kept])[0], kept


def _alone(session: Session, day: date, case: Case, kept: Debrief | None) -> OpenDay:
    """Give a day on which this debrief is the only request: all else stands and is in the way."""
    span = open_day.span_of(day)
    found = day_facts.about(session, span, [] if kept is None else [kept], [case])
    bar = open_standing.bar(found, case.plan.id)
    held = () if bar is None else (open_standing.Held(case.plan.id, bar),)
    wanted = () if held else (case.plan.id,)
    sorted_out = open_standing.SortedOut(wanted, (), held)
    name = f"desk-{day:%Y-%m-%d}"
    return open_day.compiled(found, name, sorted_out, open_day.GRID, found.now)


def _proven(opened: OpenDay, slots: list[Slot], n: int) -> Iterator[FreeSlot]:
    """Give the first `n` of the slots to which no rule objects."""
    for slot in slots:
        if n <= 0:
            return
        (placement,) = opened.placements(slot.booking)
        if not objections(opened.facts, placement):
            n -= 1
            yield _named(opened.facts, placement, slot)


def _named(day: DayFacts, placement: Placement, slot: Slot) -> FreeSlot:
    second = day.interviewers.get(placement.second_id)
    voice = day.interpreters.get(placement.interpreter_id)
    return FreeSlot(
        placement=placement,
        room=day.rooms[placement.room_id].name,
        lead=day.interviewers[placement.lead_id].name,
        second=second.name if second else "",
        interpreter=voice.name if voice else "",
        leads=slot.leads,
        seconds=slot.seconds,
        interpreters=slot.interpreters,
        rooms=slot.rooms,
        cost=slot.cost,
    )


def _why(opened: OpenDay, booked: BookedDay, request: str) -> str:
    """Say why a day has no slot, and what would make one."""

    def at(minute: int) -> str:
        return clock(opened.facts.moment(minute))

    cause = booked.explain(request)
    said = [reasons.sentence(cause, at)]
    if cause.concession is not None:
        said.append(reasons.concession(cause.concession, at))
    return " ".join(said)
