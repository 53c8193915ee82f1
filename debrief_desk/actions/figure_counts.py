"""What happened to the people of each boat in a span of time, counted; nothing is hidden yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, or_, select

from debrief_desk.actions.checks import OPEN_CONFLICT
from debrief_desk.actions.loading import chunks
from debrief_desk.rules.codes import ApproachOutcome, MarkerKind
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Approach,
    ArrivalEvent,
    Conflict,
    ConflictParty,
    Debrief,
    NoApproachMarker,
    Registration,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.rules.times import Window

PEOPLE, NOT_OFFERED, OFFERED = "people", "not_offered", "offered"
ACCEPTED, REFUSED, UNANSWERED = "accepted", "refused", "unanswered"
HELD, CARRIED_OUT = "held", "carried_out"
COLUMNS: Final = (
    PEOPLE,
    NOT_OFFERED,
    OFFERED,
    ACCEPTED,
    REFUSED,
    UNANSWERED,
    HELD,
    CARRIED_OUT,
)
_STOPS: Final = tuple(severity.value for severity in Severity if severity.stops)


@dataclass(slots=True)
class Boat:
    """A boat and the people of it by what happened to them; each person once in each set."""

    number: str
    landed_at: datetime | None
    people: set[UUID] = field(default_factory=set)
    counted: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def row(self) -> dict[str, int]:
        """Give the count of every column."""
        counts = {column: len(self.counted[column]) for column in COLUMNS}
        counts[PEOPLE] = len(self.people)
        counts[OFFERED] = sum(counts[answer] for answer in (ACCEPTED, REFUSED, UNANSWERED))
        counts[NOT_OFFERED] = counts[PEOPLE] - counts[OFFERED]
        return counts


def boats(session: Session, window: Window) -> list[Boat]:
    """Give the boats that landed in the window or whose people were planned or asked in it.

    In order of landing. The last is of people without a boat to whom something happened, where
    there are such; its number is "".
    """
    happened = {
        **_answers(session, window),
        HELD: _held(session, window),
        CARRIED_OUT: _carried_out(session, window),
    }
    everybody = {person for people in happened.values() for person in people}
    boat_of = _boats_of(session, everybody | _planned(session, window))
    landed = session.scalars(
        select(ArrivalEvent).where(
            ArrivalEvent.landed_at >= window.start, ArrivalEvent.landed_at < window.end
        )
    )
    wanted = {event.alias_of_id or event.id for event in landed} | set(boat_of.values())
    found = _with_people(session, wanted)
    nowhere = Boat("", None)
    for column, people in happened.items():
        for person in people:
            boat = found[boat_of[person]] if person in boat_of else nowhere
            boat.people.add(person)
            boat.counted[column].add(person)
    ordered = sorted(found.values(), key=lambda b: (b.landed_at is None, b.landed_at, b.number))
    return [*(boat for boat in ordered if boat.people), *([nowhere] if nowhere.people else [])]


def _answers(session: Session, window: Window) -> dict[str, set[UUID]]:
    """Give who was asked in the window, by the last answer; by *no answer* where there is none.

    A no-approach marker is a refusal, also where no approach of it is on this desk.
    """
    asked = (
        select(Registration.person_id, Approach.at, Approach.outcome)
        .join(Registration, Approach.registration_id == Registration.id)
        .where(Approach.at >= window.start, Approach.at < window.end)
    )
    marked = (
        select(Registration.person_id, NoApproachMarker.placed_at)
        .join(Registration, NoApproachMarker.registration_id == Registration.id)
        .where(
            NoApproachMarker.kind == MarkerKind.NO_APPROACH.value,
            NoApproachMarker.placed_at >= window.start,
            NoApproachMarker.placed_at < window.end,
        )
    )
    told = [(at, _answer(outcome), person) for person, at, outcome in session.execute(asked)]
    told += [(at, REFUSED, person) for person, at in session.execute(marked)]
    last: dict[UUID, str] = {}
    for _at, answer, person in sorted(told, key=lambda one: (one[0], one[1] == REFUSED)):
        if answer != UNANSWERED or person not in last:
            last[person] = answer
    found: dict[str, set[UUID]] = {ACCEPTED: set(), REFUSED: set(), UNANSWERED: set()}
    for person, answer in last.items():
        found[answer].add(person)
    return found


def _answer(outcome: str) -> str:
    known = ApproachOutcome(outcome)
    if known is ApproachOutcome.ACCEPTED:
        return ACCEPTED
    return REFUSED if known.is_no else UNANSWERED


def _held(session: Session, window: Window) -> set[UUID]:
    """Give who has a plan in the window that waits: a conflict stops it, or no team suits."""
    stopped = (
        select(ConflictParty.debrief_id)
        .join(ConflictParty.conflict)
        .where(Conflict.state.in_(OPEN_CONFLICT), Conflict.severity.in_(_STOPS))
    )
    query = (
        select(Registration.person_id)
        .join(Debrief, Debrief.registration_id == Registration.id)
        .where(
            Debrief.starts_at >= window.start,
            Debrief.starts_at < window.end,
            or_(
                Debrief.state == DebriefState.WAITING,
                (Debrief.state == DebriefState.PLANNED) & Debrief.id.in_(stopped),
            ),
        )
    )
    return set(session.scalars(query))


def _planned(session: Session, window: Window) -> set[UUID]:
    query = (
        select(Registration.person_id)
        .join(Debrief, Debrief.registration_id == Registration.id)
        .where(
            Debrief.starts_at >= window.start,
            Debrief.starts_at < window.end,
            Debrief.state != DebriefState.DRAFT,
        )
    )
    return set(session.scalars(query))


def _carried_out(session: Session, window: Window) -> set[UUID]:
    ended = func.coalesce(Debrief.ended_at, Debrief.ends_at, type_=Debrief.ends_at.type)
    query = (
        select(Registration.person_id)
        .join(Debrief, Debrief.registration_id == Registration.id)
        .where(Debrief.state == DebriefState.COMPLETED, ended >= window.start, ended < window.end)
    )
    return set(session.scalars(query))


def _boats_of(session: Session, people: Collection[UUID]) -> dict[UUID, UUID]:
    """Give the boat of each person: of their first record that names one; aliases are one boat."""
    found: dict[UUID, UUID] = {}
    boat = func.coalesce(ArrivalEvent.alias_of_id, ArrivalEvent.id, type_=ArrivalEvent.id.type)
    for part in chunks(people):
        query = (
            select(Registration.person_id, boat)
            .join(ArrivalEvent, Registration.event_id == ArrivalEvent.id)
            .where(Registration.person_id.in_(part), Registration.withdrawn_at.is_(None))
            .order_by(Registration.id)
        )
        for person, event in session.execute(query):
            found.setdefault(person, event)
    return found


def _with_people(session: Session, wanted: Collection[UUID]) -> dict[UUID, Boat]:
    """Give these boats with everybody whose first record of any of them names it."""
    found: dict[UUID, Boat] = {}
    aliases: dict[UUID, UUID] = {}
    for part in chunks(wanted):
        either = or_(ArrivalEvent.id.in_(part), ArrivalEvent.alias_of_id.in_(part))
        for event in session.scalars(select(ArrivalEvent).where(either)):
            aliases[event.id] = event.alias_of_id or event.id
            if event.id in wanted:
                found[event.id] = Boat(event.number, event.landed_at)
    on_board = [
        row
        for part in chunks(aliases)
        for row in session.execute(
            select(Registration.id, Registration.person_id, Registration.event_id).where(
                Registration.event_id.in_(part), Registration.withdrawn_at.is_(None)
            )
        )
    ]
    seen: set[UUID] = set()
    for _id, person, event_id in sorted(on_board):
        if event_id is not None and person not in seen:
            seen.add(person)
            found[aliases[event_id]].people.add(person)
    return found
