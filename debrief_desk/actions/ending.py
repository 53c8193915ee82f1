"""Debriefs that may not go on: ended by the desk itself, with their owners told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions.facts import OPEN
from debrief_desk.actions.notices import tell
from debrief_desk.rules.codes import CancelReason, StopReason
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Debrief, DebriefStop, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def others(session: Session, debrief: Debrief) -> list[Debrief]:
    """Give the other open debriefs for the same person, of every agency and linked record."""
    query = (
        select(Debrief)
        .join(Debrief.registration)
        .where(
            Registration.person_id == debrief.registration.person_id,
            Debrief.state.in_(OPEN),
            Debrief.id != debrief.id,
        )
    )
    return list(session.scalars(query).unique())


def call_off(session: Session, debrief: Debrief, reason: CancelReason) -> None:
    """End an open debrief and tell its agencies; one that is under way stops at this moment."""
    now = step_of(session).now
    if debrief.state is not DebriefState.IN_PROGRESS:
        debrief.state, debrief.state_reason = DebriefState.CANCELLED, reason
    elif reason is CancelReason.NO_APPROACH:
        debrief.state, debrief.ended_at = DebriefState.WITHDRAWN, now
    else:
        why = StopReason.STATUS_CHANGE
        debrief.state, debrief.state_reason, debrief.ended_at = DebriefState.STOPPED, why, now
        session.add(DebriefStop(debrief_id=debrief.id, reason=why.value, at=now))
    debrief.sequence += 1
    agencies = [debrief.agency_id, *map(UUID, debrief.partner_ids)]
    tell(session, agencies, f"cancelled_{reason.value}", debrief=debrief)
