"""Whose names would be removed today by the policy, and what would stay: looked at, never done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from debrief_desk.actions import desks
from debrief_desk.actions.facts import OPEN
from debrief_desk.actions.loading import chunks
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.rights import reads
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Debrief, NoApproachMarker, Registration, Stay
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class DueRow:
    """A person whose names are due: all records of one person lose them together.

    Attributes:
        due_on: the London day from which they are not to be kept any more.
        debriefs: slots of the person that stay, without a name.
        marked_until: the last day of a standing no-approach marker, which keeps the references
            until then; None where there is none.
    """

    person_id: str
    names: tuple[str, ...]
    agencies: tuple[str, ...]
    left_at: datetime
    due_on: date
    debriefs: int
    marked_until: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """What the policy would remove on a day, first due first, and how many people it leaves alone.

    Attributes:
        later: people whose time has not come, or for whom somebody still plans.
        unknown: people of whom neither leaving nor landing is recorded.
    """

    on: date
    identity_days: int
    marker_days: int
    rows: tuple[DueRow, ...]
    later: int
    unknown: int


@reads(Right.ERASE)
def due(session: Session) -> Due:
    """Say who would lose names and references today by the policy; nothing is removed.

    A person has left when a leaving is recorded, else when the planned departure, else the lawful
    stay is over. Records that were taken back count too: they hold names as well.
    """
    keeping, today = desks.policy(session).keeping, london_day(step_of(session).now)
    left = _leaving(session)
    planned = _planned(session)
    gone = {
        person: at
        for person, at in left.items()
        if at is not None
        and person not in planned
        and london_day(at) + timedelta(days=keeping.identity_days) <= today
    }
    unknown = sum(at is None and person not in planned for person, at in left.items())
    rows = _rows(session, gone, keeping.identity_days, keeping.marker_days)
    return Due(
        on=today,
        identity_days=keeping.identity_days,
        marker_days=keeping.marker_days,
        rows=rows,
        later=len(left) - len(rows) - unknown,
        unknown=unknown,
    )


def _leaving(session: Session) -> dict[UUID, datetime | None]:
    """Give when each person left, None where nothing says so."""
    limit = timedelta(minutes=desks.site(session).limit_minutes)
    query = (
        select(
            Registration.person_id,
            func.max(Stay.left_at),
            func.max(Stay.departs_at),
            func.min(Stay.arrived_at),
            func.min(Stay.landed_at),
        )
        .outerjoin(Stay, Stay.registration_id == Registration.id)
        .group_by(Registration.person_id)
    )
    found: dict[UUID, datetime | None] = {}
    for person, left, departs, arrived, landed in session.execute(query):
        since = arrived or landed
        found[person] = left or departs or (since + limit if since is not None else None)
    return found


def _planned(session: Session) -> set[UUID]:
    query = select(Registration.person_id).join(Debrief, Debrief.registration_id == Registration.id)
    return set(session.scalars(query.where(Debrief.state.in_(OPEN))))


def _rows(
    session: Session, gone: dict[UUID, datetime], identity_days: int, marker_days: int
) -> tuple[DueRow, ...]:
    held: dict[UUID, list[Registration]] = {person: [] for person in gone}
    for part in chunks(gone):
        query = select(Registration).where(Registration.person_id.in_(part))
        for registration in session.scalars(query.order_by(Registration.id)):
            held[registration.person_id].append(registration)
    marked, debriefs = _marked(session, gone), _debriefs(session, gone)
    today = london_day(step_of(session).now)
    rows = []
    for person, at in gone.items():
        until = london_day(at) + timedelta(days=marker_days)
        rows.append(
            DueRow(
                person_id=str(person),
                names=tuple(dict.fromkeys(shown_name(r) for r in held[person])),
                agencies=tuple(dict.fromkeys(r.agency.name for r in held[person])),
                left_at=at,
                due_on=london_day(at) + timedelta(days=identity_days),
                debriefs=debriefs.get(person, 0),
                marked_until=until if person in marked and until >= today else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.due_on, row.person_id)))


def _marked(session: Session, people: Collection[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for part in chunks(people):
        query = (
            select(Registration.person_id)
            .join(NoApproachMarker, NoApproachMarker.registration_id == Registration.id)
            .where(Registration.person_id.in_(part), NoApproachMarker.lifted_at.is_(None))
        )
        found |= set(session.scalars(query))
    return found


def _debriefs(session: Session, people: Collection[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for part in chunks(people):
        query = (
            select(Registration.person_id, func.count())
            .join(Debrief, Debrief.registration_id == Registration.id)
            .where(Registration.person_id.in_(part))
            .group_by(Registration.person_id)
        )
        found |= {person: count for person, count in session.execute(query)}  # noqa: C416 - rows
    return found
