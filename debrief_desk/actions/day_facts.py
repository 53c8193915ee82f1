"""Everything the rules look at on one day, loaded once, so that many placements can be judged."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import desks, duties, facts, plans_around, staff_facts
from debrief_desk.actions.checks import settled_keys
from debrief_desk.rules.registry import bars_cleared, check
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window, london_day, minutes
from debrief_desk.store.models import Agency, Debrief, Interpreter, Interviewer, Room
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.rules.codes import Mode
    from debrief_desk.rules.facts import (
        Case,
        InterpreterFacts,
        InterviewerFacts,
        PlanFacts,
        RoomFacts,
    )
    from debrief_desk.rules.finding import Finding
    from debrief_desk.rules.policy import Policy

USUAL: Final = 2
Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Placement:
    """When, where and with whom a debrief would be; ids of the desk, "" for nobody."""

    debrief_id: str
    start: datetime
    end: datetime
    room_id: str
    lead_id: str
    second_id: str = ""
    interpreter_id: str = ""
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class DayFacts:
    """The open debriefs of a span with their facts, and everybody who could take part.

    `cases` and `settled` are by debrief id, `plans` are all open plans around, by id; `declared`
    holds whom an interpreter may not meet (I-5), `done` the debriefs of the span that are over, by
    member of staff, `load` how many those of the week before were; `agencies` are names by id.
    """

    span: Window
    now: datetime
    policy: Policy
    debriefs: Mapping[str, Debrief]
    cases: Mapping[str, Case]
    settled: Mapping[str, frozenset[Key]]
    plans: Mapping[str, PlanFacts]
    interviewers: Mapping[str, InterviewerFacts]
    interpreters: Mapping[str, InterpreterFacts]
    rooms: Mapping[str, RoomFacts]
    declared: Mapping[str, frozenset[str]]
    agencies: Mapping[str, str]
    done: Mapping[str, tuple[Window, ...]]
    load: Mapping[str, int]

    def minute(self, moment: datetime) -> float:
        """Give a moment as minutes from the start of the span."""
        return minutes(self.span.start, moment)

    def moment(self, minute: float) -> datetime:
        """Give a minute of the span as a moment."""
        return self.span.start + timedelta(minutes=minute)

    def clipped(
        self, start: datetime, end: datetime, margin: float = 0
    ) -> tuple[tuple[int, int], ...]:
        """Give what lies of a time, widened by `margin` minutes, in the span; () for nothing."""
        low = max(0, math.floor(self.minute(start) - margin))
        high = min(math.ceil(self.minute(end) + margin), math.ceil(self.span.minutes))
        return ((low, high),) if low < high else ()

    def priority(self, debrief_id: str) -> int:
        """Give how urgent a debrief is, 1 to 3; one that is not kept yet is as any."""
        kept = self.debriefs.get(debrief_id)
        return USUAL if kept is None else kept.priority

    def standing(self, debrief_id: str) -> tuple[Finding, ...]:
        """Give what bars a debrief as it stands: stops that are no to-do and nobody settled."""
        found = check(self.cases[debrief_id], self.policy, self.now)
        settled = self.settled.get(debrief_id, frozenset())
        return tuple(one for one in bars_cleared(found, settled) if not one.todo)

    def is_settled(self, case: Case, rules: Container[str]) -> bool:
        """Say whether none of `rules` bars a debrief as it stands."""
        return not any(one.rule in rules for one in self.standing(case.plan.id))

    def placed(self, placements: Iterable[Placement]) -> dict[str, PlanFacts]:
        """Give all plans around as they would be with these placements."""
        moved = {one.debrief_id: self.plan(one) for one in placements}
        return {**self.plans, **moved}

    def case(self, placement: Placement, plans: Mapping[str, PlanFacts] | None = None) -> Case:
        """Give the case of a debrief as it would be placed, among `plans` (as they stand now)."""
        plan, case = self.plan(placement), self.cases[placement.debrief_id]
        voice = self.interpreters.get(placement.interpreter_id)
        if voice is not None:
            barred = self.declared[voice.id] & case.person.registrations
            voice = replace(voice, conflict_declared=bool(barred))
        around = (self.plans if plans is None else plans).values()
        return replace(
            case,
            plan=plan,
            lead=self.interviewers.get(placement.lead_id),
            second=self.interviewers.get(placement.second_id),
            interpreter=voice,
            room=self.rooms.get(placement.room_id),
            others=tuple(other for other in around if plans_around.shares(other, plan)),
        )

    def findings(
        self, placement: Placement, plans: Mapping[str, PlanFacts] | None = None
    ) -> tuple[Finding, ...]:
        """Give what every rule finds on a placement."""
        return check(self.case(placement, plans), self.policy, self.now)

    def plan(self, placement: Placement) -> PlanFacts:
        """Give a debrief's plan as it would be placed."""
        before = self.cases[placement.debrief_id].plan
        return replace(
            before,
            start=placement.start,
            end=placement.end,
            room=placement.room_id or None,
            lead=placement.lead_id or None,
            second=placement.second_id or None,
            interpreter=placement.interpreter_id or None,
            lead_text="" if placement.lead_id else before.lead_text,
            second_text="" if placement.second_id else before.second_text,
            mode=placement.mode,
        )


def load(session: Session, span: Window) -> DayFacts:
    """Read the open debriefs that begin within a span, with everybody and every room in use."""
    query = select(Debrief).where(
        Debrief.state.in_(facts.OPEN), Debrief.starts_at >= span.start, Debrief.starts_at < span.end
    )
    found = list(session.scalars(query.order_by(Debrief.starts_at, Debrief.id)).unique())
    week = duties.load(session, until=london_day(span.start))
    load = {one.id: one.debriefs for one in week}
    return about(session, span, found, facts.cases(session, found), load)


def about(
    session: Session,
    span: Window,
    found: Sequence[Debrief],
    cases: Sequence[Case],
    load: Mapping[str, int] = MappingProxyType({}),
) -> DayFacts:
    """Read who and what is there in a span, and what is planned around it, for these cases."""
    settled = settled_keys(session, [d.id for d in found])
    around = plans_around.within(session, span, {UUID(case.person.id) for case in cases})
    leads = session.scalars(select(Interviewer).where(Interviewer.active)).unique().all()
    voices = session.scalars(select(Interpreter).where(Interpreter.active)).all()
    rooms = session.scalars(select(Room).where(Room.active)).all()
    moment = span.start + (span.end - span.start) / 2
    staff = staff_facts.load(session, [*(r.id for r in leads), *(r.id for r in voices)], span)
    named = {room.name: str(room.id) for room in rooms}
    return DayFacts(
        span=span,
        now=step_of(session).now,
        policy=desks.policy(session),
        debriefs={str(d.id): d for d in found},
        cases={case.plan.id: case for case in cases},
        settled={str(key): keys for key, keys in settled.items()},
        plans={plan.id: plan for plan in around},
        interviewers={
            who.id: who for row in leads if (who := staff.interviewer(row, moment)) is not None
        },
        interpreters={
            voice.id: voice
            for row in voices
            if (voice := staff.interpreter(row, moment)) is not None
        },
        rooms={
            room.id: room
            for row in rooms
            if (room := staff_facts.room(row, moment, named)) is not None
        },
        declared={str(row.id): frozenset(row.recorded.get("conflicts", ())) for row in voices},
        agencies={str(row.id): row.name for row in session.scalars(select(Agency))},
        done=_done(session, span),
        load=load,
    )


def _done(session: Session, span: Window) -> dict[str, tuple[Window, ...]]:
    """Give the debriefs of a span that took place, by member of staff."""
    over = (DebriefState.COMPLETED, DebriefState.STOPPED, DebriefState.WITHDRAWN)
    staff = (Debrief.lead_id, Debrief.second_id, Debrief.interpreter_id)
    query = select(Debrief.starts_at, Debrief.ends_at, *staff).where(
        Debrief.state.in_(over), Debrief.starts_at < span.end, Debrief.ends_at > span.start
    )
    found: dict[str, tuple[Window, ...]] = defaultdict(tuple)
    for start, end, *team in session.execute(query):
        for who in team:
            if who is not None:
                found[str(who)] += (Window(start, end),)
    return dict(found)
