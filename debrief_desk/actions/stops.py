"""What ended debriefs early still bars: who was told, and when a supervisor released it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import Select, select

from debrief_desk.actions import plans
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.person_facts import persons
from debrief_desk.actions.rights import writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.codes import MarkerKind, StopReason
from debrief_desk.rules.roles import Right
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Debrief, DebriefStop, NoApproachMarker, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

BARRING: Final = (StopReason.SAFEGUARDING, StopReason.STATUS_CHANGE)
"""Stops after which planning waits for a supervisor."""
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class StopRow:
    """A stop on record; `holds` while no supervisor has released what it bars (S-5, A-5)."""

    id: str
    reference: str
    reason: StopReason
    at: datetime
    informed: str
    informed_at: datetime | None
    released_at: datetime | None

    @property
    def holds(self) -> bool:
        """Say whether planning for the person waits for a supervisor."""
        return self.released_at is None and self.reason in BARRING


@writes(Right.EDIT_OWN)
def record_informed(
    session: Session, stop_id: str, informed: str, at: datetime | None = None
) -> None:
    """Record which named person was told of a disclosure, and when (S-5)."""
    row, debrief = _stop(session, stop_id)
    plans.own_only(session, debrief.agency_id)
    if not informed.strip():
        raise WrongCall("informed-missing")
    inform(session, row, informed, at)
    session.flush()
    recheck(session, groups=[debrief.registration.person_id])


@writes(Right.DECIDE_CONFLICTS)
def release(session: Session, stop_id: str) -> None:
    """Record a supervisor's decision that planning for the person may go on (S-5, A-5)."""
    row, debrief = _stop(session, stop_id)
    if row.released_at is not None or StopReason(row.reason) not in BARRING:
        raise WrongCall("stop-released")
    step, group = step_of(session), debrief.registration.person_id
    row.released_at, row.released_by_id = step.now, step.account_id
    session.flush()
    stops = persons(session, [group])[group].stops
    suspected = [s for s in stops if s.reason is StopReason.STATUS_CHANGE and not s.released_at]
    if row.reason == StopReason.STATUS_CHANGE and not suspected:
        for marker in session.scalars(_suspect_markers(group)):
            marker.lifted_at, marker.confirmed_by_id = step.now, step.account_id
    rule = "S-5" if row.reason == StopReason.SAFEGUARDING else "A-5"
    step.events.append(Draft(kind="altered", entity="debrief_stop", entity_id=stop_id, reason=rule))
    recheck(session, groups=[group])


def rows(session: Session, members: Collection[UUID]) -> tuple[StopRow, ...]:
    """Give the stopped debriefs of these registrations, newest first."""
    query = (
        select(DebriefStop, Debrief.reference)
        .join(Debrief, DebriefStop.debrief_id == Debrief.id)
        .where(Debrief.registration_id.in_(members))
        .order_by(DebriefStop.at.desc(), DebriefStop.id)
    )
    return tuple(
        StopRow(
            id=str(row.id),
            reference=reference,
            reason=StopReason(row.reason),
            at=row.at,
            informed=row.informed,
            informed_at=row.informed_at,
            released_at=row.released_at,
        )
        for row, reference in session.execute(query)
    )


def inform(session: Session, row: DebriefStop, informed: str, at: datetime | None) -> None:
    """Keep who was told and when, now unless `at` says; an empty name keeps nothing."""
    named = informed.strip()[:_LONGEST]
    if named:
        row.informed, row.informed_at = named, passed(session, at)


def passed(session: Session, at: datetime | None) -> datetime:
    """Give the moment meant, now unless one is named; what lies ahead is not recorded."""
    now = step_of(session).now
    if at is not None and at > now:
        raise WrongCall("moment-ahead")
    return at or now


def _stop(session: Session, stop_id: str) -> tuple[DebriefStop, Debrief]:
    row = session.get(DebriefStop, UUID(stop_id))
    if row is None:
        raise WrongCall("stop-unknown")
    return row, session.get_one(Debrief, row.debrief_id)


def _suspect_markers(group: UUID) -> Select[NoApproachMarker]:
    """Choose the markers of a group that say *not eligible*, and stand."""
    return (
        select(NoApproachMarker)
        .join(Registration, NoApproachMarker.registration_id == Registration.id)
        .where(
            Registration.person_id == group,
            NoApproachMarker.kind == MarkerKind.SUSPECT.value,
            NoApproachMarker.lifted_at.is_(None),
        )
    )
