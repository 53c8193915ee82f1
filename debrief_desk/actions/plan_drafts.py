"""A plan as somebody typed it, and the debrief it would be: nothing here is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.errors import WrongCall
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.base import uuid7
from debrief_desk.store.models import (
    Agency,
    Debrief,
    Interpreter,
    Interviewer,
    Registration,
    Room,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


MINUTES = 60


@dataclass(frozen=True, slots=True)
class DebriefPlan:
    """What somebody plans: a registration that stands, or a person as typed; who, when, where.

    `starts_at` is aware UTC, `minutes` the length. Staff and rooms go by id, or by name as typed
    where nobody of that name is known yet. `recorded` holds what the coordinator ticked.
    """

    agency: str
    registration_id: str = ""
    person: PersonEntry = field(default_factory=PersonEntry)
    starts_at: datetime | None = None
    minutes: int = MINUTES
    room_id: str = ""
    lead_id: str = ""
    second_id: str = ""
    interpreter_id: str = ""
    lead_text: str = ""
    second_text: str = ""
    room_text: str = ""
    mode: str = ""
    purpose: str = ""
    recorded: tuple[tuple[str, Any], ...] = ()
    debrief_id: str = ""


def named(plan: DebriefPlan) -> frozenset[str]:
    """Give the ids of everybody and everything a plan names."""
    team = plan.lead_id, plan.second_id, plan.interpreter_id, plan.room_id
    return frozenset(one for one in (*team, plan.registration_id, plan.debrief_id) if one)


def drafted(
    session: Session, plan: DebriefPlan, agency: Agency, registration: Registration
) -> Debrief:
    """Give a debrief that is not kept yet."""
    if plan.starts_at is None:
        raise WrongCall("start-missing")
    with session.no_autoflush:
        held = session.get(Debrief, UUID(plan.debrief_id)) if plan.debrief_id else None
        debrief = Debrief(
            id=UUID(plan.debrief_id) if plan.debrief_id else uuid7(),
            reference="",
            registration_id=registration.id,
            agency_id=agency.id,
            partner_ids=list(held.partner_ids) if held else [],
            purpose=plan.purpose,
            starts_at=plan.starts_at,
            ends_at=plan.starts_at + timedelta(minutes=max(plan.minutes, 1)),
            room_id=_id(plan.room_id),
            lead_id=_id(plan.lead_id),
            second_id=_id(plan.second_id),
            interpreter_id=_id(plan.interpreter_id),
            lead_text=plan.lead_text,
            second_text=plan.second_text,
            room_text=plan.room_text,
            mode=plan.mode,
            recorded=dict(plan.recorded),
            state=DebriefState.PLANNED,
            first_saved_at=step_of(session).now,
            entered_at=step_of(session).now,
        )
        debrief.registration, debrief.agency = registration, agency
        debrief.room = session.get(Room, _id(plan.room_id)) if plan.room_id else None
        debrief.lead = session.get(Interviewer, _id(plan.lead_id)) if plan.lead_id else None
        debrief.second = session.get(Interviewer, _id(plan.second_id)) if plan.second_id else None
        if plan.interpreter_id:
            debrief.interpreter = session.get(Interpreter, _id(plan.interpreter_id))
    return debrief


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
