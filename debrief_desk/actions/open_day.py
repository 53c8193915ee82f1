"""A desk's open day as a roster problem without personal data, and the private way back to it.

Requests are the open debriefs of the span whom somebody may place: never those of people under a
no-approach marker, children, people of disputed age, suspects, or people whose debrief was stopped
and not released. Those stand in `held`, each with the finding that keeps it out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from debrief_desk.actions import day_facts, open_people, open_staff, open_standing
from debrief_desk.actions.day_facts import DayFacts, Placement
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.planning.roster import (
    IN_PERSON,
    MODES,
    Booking,
    RosterPlan,
    RosterProblem,
    Rules,
    Weights,
)
from debrief_desk.rules.codes import Mode
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import Window
from debrief_desk.store.audit import Draft
from debrief_desk.store.session import step_of
from debrief_desk.wording import from_london

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.actions.open_staff import Duty
    from debrief_desk.actions.open_standing import Held, SortedOut
    from debrief_desk.planning.roster import Span
    from debrief_desk.rules.facts import InterpreterFacts, InterviewerFacts, PlanFacts

FIRST_HOUR: Final = 6
"""The London hour at which a planned day begins (FORMATS.md section 3)."""
NOWHERE: Final = "-"
"""Stands in an earlier booking for a room or a lead that nobody has chosen yet."""
GRID: Final = 15
"""Minutes between two starts, where nothing that stands lies in between."""
LONGEST: Final = 24 * 60
"""Minutes of the London clock in a planned day."""
_WEIGHTS: Final = Weights(
    unplaced=(1000, 300, 100),
    wait_per_hour=(3, 2, 1),
    change_start=8,
    change_lead=6,
    change_second=3,
    change_interpreter=3,
    change_room=1,
    change_adult=2,
    dropped=20,
    split_joint=10,
    gender_soft=6,
    remote=3,
    load_step=1,
)


@dataclass(frozen=True, slots=True)
class Bookings:
    """What turns plans of the desk into bookings of the problem."""

    facts: DayFacts
    requests: Mapping[str, str]
    ids: Mapping[str, Sequence[str]]
    rosters: Mapping[str, Sequence[Duty]]
    rooms: Mapping[str, str]

    def standing(self, wanted: Iterable[str]) -> dict[str, Booking]:
        """Give what stands as bookings by debrief id; one may be a time and nothing else."""
        return {
            key: self.booking(f"B{at:03d}", self.facts.cases[key].plan)
            for at, key in enumerate(wanted, 1)
        }

    def booking(self, name: str, plan: PlanFacts) -> Booking:
        """Give a plan as a booking; a room or a lead that the problem does not know is `-`."""
        start = math.floor(self.facts.minute(plan.start))
        span = (start, start + math.ceil(plan.window.minutes))
        return Booking(
            id=name,
            requests=(self.requests[plan.id],),
            start=span[0],
            duration=span[1] - span[0],
            room=self.rooms.get(plan.room or "", NOWHERE),
            lead=self._row(plan.lead, span) or NOWHERE,
            second=self._row(plan.second, span),
            interpreter=self._row(plan.interpreter, span),
            mode=self._mode(plan),
        )

    def _row(self, who: str | None, span: Span) -> str | None:
        """Give the duty of somebody in which a span lies, else any of theirs, else None."""
        if who is None or not self.ids.get(who):
            return None
        duties = zip(self.ids[who], self.rosters[who], strict=True)
        holding = (
            row for row, duty in duties if duty.shift[0] <= span[0] and span[1] <= duty.shift[1]
        )
        return next(holding, self.ids[who][0])

    def _mode(self, plan: PlanFacts) -> str | None:
        """Give how the interpreter takes part; where nobody said, as the interpreter works."""
        if plan.interpreter is None or not self.ids.get(plan.interpreter):
            return None
        if plan.mode is not None:
            return str(plan.mode)
        offered = {str(mode) for mode in self.facts.interpreters[plan.interpreter].modes}
        return next((mode for mode in MODES if mode in offered), IN_PERSON)


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A problem and what its ids stand for; only `problem` may leave the desk.

    `debriefs` gives debrief ids by request, `requests` the other way; `staff` and `rooms` give ids
    of the desk by those of the problem; `held` are the debriefs that are left out.
    """

    problem: RosterProblem
    facts: DayFacts
    debriefs: Mapping[str, str]
    requests: Mapping[str, str]
    staff: Mapping[str, str]
    rooms: Mapping[str, str]
    held: tuple[Held, ...]
    bookings: Bookings

    def placements(self, booking: Booking) -> tuple[Placement, ...]:
        """Give what a booking of the problem means on the desk, for each debrief it serves."""
        start = self.facts.moment(booking.start)
        return tuple(
            Placement(
                debrief_id=self.debriefs[request],
                start=start,
                end=start + timedelta(minutes=booking.duration),
                room_id=self.rooms.get(booking.room, ""),
                lead_id=self.staff.get(booking.lead, ""),
                second_id=self.staff.get(booking.second or "", ""),
                interpreter_id=self.staff.get(booking.interpreter or "", ""),
                mode=None if booking.mode is None else Mode(booking.mode),
            )
            for request in booking.requests
        )


def serving(booking: Booking, requests: tuple[str, ...]) -> Booking:
    """Give a booking that serves these requests."""
    return replace(booking, requests=requests)


def span_of(day: date, start: int = 0, end: int = LONGEST) -> Window:
    """Give the span of a planned day, 06:00 to 06:00 London, or of a shift of it.

    `start` and `end` are minutes of the London clock after 06:00; a day on which the clocks change
    has 23 or 25 hours.

    Raises:
        WrongCall: the shift ends before it begins, or lies outside the day.
    """
    if not 0 <= start < end <= LONGEST:
        raise WrongCall("shift-impossible")
    first = datetime(day.year, day.month, day.day, FIRST_HOUR)  # noqa: DTZ001 - London wall clock
    return Window(
        from_london(first + timedelta(minutes=start)), from_london(first + timedelta(minutes=end))
    )


@reads(Right.EDIT_ANY)
def open_day(session: Session, day: date, start: int = 0, end: int = LONGEST) -> OpenDay:
    """Give the open day (or a shift of it) as it stands now, under the policy in force.

    What stands outside the span and reaches into it stays as it is, and so does what begins soon:
    nobody is told within 45 minutes that somebody comes earlier, later or not at all.

    Raises:
        WrongCall: `shift-impossible`.
    """
    span = span_of(day, start, end)
    facts = day_facts.load(session, span)
    sorted_out = open_standing.sort_out(facts)
    earliest = facts.now + open_standing.SOON
    return compiled(facts, f"desk-{day:%Y-%m-%d}", sorted_out, _grid(facts), earliest)


@writes(Right.EXCHANGE)
def export(session: Session, day: date, start: int = 0, end: int = LONGEST) -> OpenDay:
    """Give the open day to hand its problem out; that this happened is on record.

    Raises:
        WrongCall: `shift-impossible`.
    """
    opened = open_day(session, day, start, end)
    body = {"requests": len(opened.problem.requests)}
    event = Draft(kind="disclosed", entity="open_day", entity_id=opened.problem.id, body=body)
    step_of(session).events.append(event)
    return opened


def compiled(
    facts: DayFacts, name: str, sorted_out: SortedOut, grid: int, earliest: datetime
) -> OpenDay:
    """Turn the facts of a span into a problem with opaque ids.

    Starts lie on `grid` minutes, and nothing that may move begins before `earliest`.
    """
    everybody: list[InterviewerFacts | InterpreterFacts] = [
        *facts.interviewers.values(),
        *facts.interpreters.values(),
    ]
    blocks = open_standing.blocks(facts, sorted_out.wanted)
    rosters = {
        who.id: open_staff.duties(facts, who, blocks.get(who.id, ()), grid) for who in everybody
    }
    ids = {
        **_numbered("I", facts.interviewers, rosters),
        **_numbered("V", facts.interpreters, rosters),
    }
    rooms = {own: f"M{at:02d}" for at, own in enumerate(facts.rooms, 1)}
    wanted = [facts.cases[key] for key in sorted_out.wanted]
    people = open_people.clients(facts, wanted, ids)
    problem = RosterProblem(
        id=name,
        horizon_min=math.ceil(facts.span.minutes) // grid * grid,
        grid_min=grid,
        now_min=max(0, math.ceil(facts.minute(earliest))),
        rules=_rules(facts),
        persons=people.persons,
        requests=people.requests,
        joint_groups=people.groups,
        interviewers=open_staff.interviewers(facts, ids, rosters, people.languages),
        interpreters=open_staff.interpreters(facts, ids, rosters, people.languages),
        adults=(),
        rooms=open_staff.rooms(facts, rooms, blocks),
    )
    bookings = Bookings(facts, people.request_of, ids, rosters, rooms)
    standing = bookings.standing(sorted_out.wanted)
    pinned = tuple(standing[key] for key in sorted_out.pinned)
    plan = RosterPlan(name, tuple(standing.values()))
    return OpenDay(
        problem=replace(problem, pinned=pinned, previous_plan=plan if standing else None),
        facts=facts,
        debriefs={request: key for key, request in people.request_of.items()},
        requests=people.request_of,
        staff={row: own for own, rows in ids.items() for row in rows},
        rooms={row: own for own, row in rooms.items()},
        held=sorted_out.held,
        bookings=bookings,
    )


def _rules(facts: DayFacts) -> Rules:
    policy = facts.policy
    return Rules(
        mentor_experience=policy.fitness.lead_debriefs,
        novice_below=policy.fitness.lead_debriefs,
        person_gap_min=policy.spacing.approach_minutes,
        depart_buffer_min=policy.welfare.before_transfer_minutes,
        weights=_WEIGHTS,
    )


def _grid(facts: DayFacts) -> int:
    """Give the coarsest grid on which everything booked lies, five minutes at the finest."""
    starts = [facts.minute(case.plan.start) for case in facts.cases.values()]
    return GRID if all(start % GRID == 0 for start in starts) else open_standing.FINEST_GRID


def _numbered(
    letter: str, staff: Iterable[str], rosters: Mapping[str, Sequence[Duty]]
) -> dict[str, list[str]]:
    """Give each member of staff one id for each duty: I01, or I01a and I01b."""
    found = {}
    for at, own in enumerate(staff, 1):
        stem, count = f"{letter}{at:02d}", len(rosters[own])
        found[own] = [stem] if count == 1 else [f"{stem}{chr(97 + n)}" for n in range(count)]
    return found
