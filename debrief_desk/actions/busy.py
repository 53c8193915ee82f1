"""What else is in a person's day: meals, prayer, calls, healthcare and screening (W-7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import registrations
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.rights import writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.codes import BusyKind
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Busy, Room
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class BusyEntry:
    """A time in which the person has something else; moments are UTC, `room_id` "" for none."""

    kind: BusyKind
    starts_at: datetime
    ends_at: datetime
    room_id: str = ""


@dataclass(frozen=True, slots=True)
class BusyRow:
    """A time on record; `room` is its room's name, or ""."""

    id: str
    kind: BusyKind
    starts_at: datetime
    ends_at: datetime
    room: str


@writes(Right.EDIT_OWN)
def add(session: Session, registration_id: str, entry: BusyEntry) -> str:
    """Keep a time, and check every plan of the person again; gives its id.

    Raises:
        WrongCall: it does not end after it begins.
        NotAllowed: the person is another agency's and the own one has no plan for them.
    """
    registration = registrations.within_reach(session, registration_id)
    if entry.ends_at <= entry.starts_at:
        raise WrongCall("busy-times")
    row = Busy(
        registration_id=registration.id,
        kind=entry.kind.value,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        room_id=UUID(entry.room_id) if entry.room_id else None,
    )
    session.add(row)
    session.flush()
    recheck(session, groups=[registration.person_id])
    return str(row.id)


@writes(Right.EDIT_OWN)
def cancel(session: Session, busy_id: str) -> None:
    """Take a time back, and check every plan of the person again."""
    row = session.get(Busy, UUID(busy_id))
    if row is None or row.cancelled_at is not None:
        raise WrongCall("busy-unknown")
    registration = registrations.within_reach(session, str(row.registration_id))
    row.cancelled_at = step_of(session).now
    session.flush()
    recheck(session, groups=[registration.person_id])


def rows(session: Session, members: Collection[UUID]) -> tuple[BusyRow, ...]:
    """Give the times on record for these registrations, earliest first."""
    query = (
        select(Busy, Room.name)
        .outerjoin(Room, Busy.room_id == Room.id)
        .where(Busy.registration_id.in_(members), Busy.cancelled_at.is_(None))
        .order_by(Busy.starts_at, Busy.id)
    )
    return tuple(
        BusyRow(str(busy.id), BusyKind(busy.kind), busy.starts_at, busy.ends_at, room or "")
        for busy, room in session.execute(query)
    )
