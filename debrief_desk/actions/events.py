"""Boats that agencies number differently: two numbers recorded as one, and taken apart again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from debrief_desk.actions import links, registrations
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.identity.numbers import band
from debrief_desk.rules.roles import Right
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import ArrivalEvent, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

_NEAR = timedelta(hours=3)
"""How far apart two agencies may note the landing of one boat."""
_SHARED = 3
"""Bands in common from which two numbers may be one boat, whatever landing was noted."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One boat's number, and how many records carry it.

    `alias_of` is the number it was recorded to stand for, `likely` one it may stand for; "" for
    none.
    """

    number: str
    landed_at: datetime | None
    records: int
    alias_of: str
    likely: str


@reads(Right.SEE_OTHER_AGENCY_PEOPLE)
def listed(session: Session) -> tuple[EventRow, ...]:
    """Give all numbers, the last boat to land first."""
    events = {event.id: event for event in session.scalars(select(ArrivalEvent))}
    aboard = select(Registration.event_id, func.count()).where(
        Registration.event_id.is_not(None), Registration.withdrawn_at.is_(None)
    )
    counted = session.execute(aboard.group_by(Registration.event_id))
    records = {event: count for event, count in counted if event is not None}
    likely = _likely(session, events, records)
    rows = [
        EventRow(
            number=event.number,
            landed_at=event.landed_at,
            records=records.get(event.id, 0),
            alias_of=events[event.alias_of_id].number if event.alias_of_id else "",
            likely=events[likely[event.id]].number if event.id in likely else "",
        )
        for event in events.values()
    ]
    rows.sort(key=lambda row: row.number)
    rows.sort(key=lambda row: row.landed_at.timestamp() if row.landed_at else 0.0, reverse=True)
    return tuple(rows)


@writes(Right.EDIT_ANY)
def same_boat(session: Session, number: str, known_as: str) -> None:
    """Record that two numbers are one boat; everybody aboard is matched anew.

    Raises:
        WrongCall: `event-unknown`; `event-same`: the two are one number, or one boat already.
    """
    alias, boat = _named(session, number), _named(session, known_as)
    if (alias.alias_of_id or alias.id) == (boat.alias_of_id or boat.id):
        raise WrongCall("event-same")
    canonical = boat.alias_of_id or boat.id
    also = select(ArrivalEvent).where(ArrivalEvent.alias_of_id == alias.id)
    for event in (alias, *session.scalars(also)):
        event.alias_of_id = canonical
    _match_anew(session, {canonical}, "aliased")


@writes(Right.EDIT_ANY)
def two_boats(session: Session, number: str) -> None:
    """Take back that a number stands for another boat; everybody aboard is matched anew.

    Raises:
        WrongCall: `event-unknown`; `event-no-alias`: the number stands for its own boat.
    """
    alias = _named(session, number)
    canonical = alias.alias_of_id
    if canonical is None:
        raise WrongCall("event-no-alias")
    alias.alias_of_id = None
    _match_anew(session, {canonical, alias.id}, "separated")


def _named(session: Session, number: str) -> ArrivalEvent:
    found = registrations.event_named(session, number)
    if found is None:
        raise WrongCall("event-unknown")
    return found


def _match_anew(session: Session, boats: Collection[UUID], what: str) -> None:
    session.flush()
    step_of(session).events.append(Draft(kind="combined", entity="arrival_event", reason=what))
    events = select(ArrivalEvent.id).where(
        or_(ArrivalEvent.id.in_(boats), ArrivalEvent.alias_of_id.in_(boats))
    )
    aboard = select(Registration.id).where(
        Registration.event_id.in_(events), Registration.withdrawn_at.is_(None)
    )
    recheck(session, groups=links.refresh(session, list(session.scalars(aboard))))


def _likely(
    session: Session, events: Mapping[UUID, ArrivalEvent], records: Mapping[UUID, int]
) -> dict[UUID, UUID]:
    """Give, for the number with fewer records, the one it may stand for.

    Bands in common tell, fewer where the boats landed about the same time. Numbers that one agency
    uses side by side are two boats.
    """
    bands, agencies = _carried(session)
    own = [i for i, event in events.items() if event.alias_of_id is None]
    best: dict[UUID, tuple[int, UUID]] = {}
    for one, other in combinations(sorted(own, key=lambda i: (records.get(i, 0), i)), 2):
        shared = len(bands[one] & bands[other])
        needed = 1 if _landed_together(events[one], events[other]) else _SHARED
        if shared < needed or agencies[one] & agencies[other]:
            continue
        if one not in best or shared > best[one][0]:
            best[one] = shared, other
    return {one: other for one, (_count, other) in best.items()}


def _landed_together(one: ArrivalEvent, other: ArrivalEvent) -> bool:
    if one.landed_at is None or other.landed_at is None:
        return False
    return abs(one.landed_at - other.landed_at) <= _NEAR


def _carried(session: Session) -> tuple[dict[UUID, set[str]], dict[UUID, set[UUID]]]:
    """Give the bands and the agencies of those aboard each boat."""
    bands: dict[UUID, set[str]] = defaultdict(set)
    agencies: dict[UUID, set[UUID]] = defaultdict(set)
    query = select(Registration.event_id, Registration.agency_id, Registration.band).where(
        Registration.event_id.is_not(None), Registration.withdrawn_at.is_(None)
    )
    for event, agency, worn in session.execute(query):
        if event is None:
            continue
        agencies[event].add(agency)
        if number := band(worn):
            bands[event].add(number.exact)
    return bands, agencies
