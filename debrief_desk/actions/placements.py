"""Putting one debrief where a free slot is, and taking back what an acceptance wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import day_facts, deciding, facts, open_standing
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.plans import as_shown, become, own_only
from debrief_desk.actions.proving import objections
from debrief_desk.actions.rights import writes
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window
from debrief_desk.store.models import AuditEvent, Change, Debrief, Interpreter, Interviewer, Room
from debrief_desk.store.session import step_of
from debrief_desk.wording import proposals

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.day_facts import Placement

RowT = TypeVar("RowT")
_UNPLANNED = (DebriefState.DRAFT, DebriefState.WAITING)


@writes(Right.EDIT_OWN)
def place(session: Session, debrief_id: str, version: int, placement: Placement) -> str:
    """Put one debrief into a free slot that was suggested; gives the step that undoes it.

    Raises:
        Stale: somebody changed the debrief after it was shown.
        Refused: `slot-gone`: the slot is no longer free, with `because`, the reason.
    """
    debrief = as_shown(session, debrief_id, version)
    span = Window(placement.start, placement.end)
    day = day_facts.about(session, span, [debrief], facts.cases(session, [debrief]))
    bar = open_standing.bar(day, debrief_id)
    found = objections(day, placement) if bar is None else (bar,)
    if found:
        raise Refused("slot-gone", because=proposals.against(found[0]))
    put(session, debrief, placement)
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])
    return str(step_of(session).id)


@writes(Right.EDIT_OWN)
def take_back(session: Session, step_id: str) -> None:
    """Undo what one acceptance wrote, whole.

    Raises:
        WrongCall: `step-unknown`: it was no acceptance.
        Stale: one of the debriefs was changed since; nothing is undone.
    """
    step = UUID(step_id)
    mine = AuditEvent.action.in_(("accepting.accept", "placements.place"))
    if session.scalars(select(AuditEvent).where(AuditEvent.step == step, mine)).first() is None:
        raise WrongCall("step-unknown")
    written = select(Change.row_id).where(Change.step == step, Change.entity == "debrief")
    debriefs = list(session.scalars(written.distinct()))
    rows = [session.get_one(Debrief, own) for own in debriefs]
    for debrief in rows:
        own_only(session, debrief.agency_id)
    deciding.reverse(session, step)
    groups = {debrief.registration.person_id for debrief in rows}
    recheck(session, groups=groups, debriefs=debriefs)


def put(session: Session, debrief: Debrief, placement: Placement) -> None:
    """Let a debrief stand where a placement says; one that waited is planned again."""
    debrief.starts_at, debrief.ends_at = placement.start, placement.end
    debrief.room = session.get_one(Room, UUID(placement.room_id))
    debrief.lead = session.get_one(Interviewer, UUID(placement.lead_id))
    debrief.second = _row(session, Interviewer, placement.second_id)
    debrief.interpreter = _row(session, Interpreter, placement.interpreter_id)
    debrief.mode = "" if placement.mode is None else placement.mode.value
    debrief.room_text = debrief.lead_text = debrief.second_text = ""
    debrief.confirmed_at = None
    if debrief.state in _UNPLANNED:
        become(debrief, DebriefState.PLANNED)
    else:
        debrief.sequence += 1


def _row(session: Session, kind: type[RowT], own: str) -> RowT | None:
    return session.get_one(kind, UUID(own)) if own else None
