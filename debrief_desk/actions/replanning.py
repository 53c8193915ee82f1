"""Saving a form that shows a debrief already planned: everything it shows, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from debrief_desk.actions import plans
from debrief_desk.actions.rights import writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Debrief

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.actions.plans import Registered


@writes(Right.EDIT_OWN)
def replan(session: Session, debrief_id: str, version: int, plan: DebriefPlan) -> Registered:
    """Change a debrief to what `plan` says; person and agency stay as they are.

    Raises:
        Stale: somebody changed the debrief after it was shown; nothing was overwritten.
        WrongCall: there is no start, or no such debrief, or it is over.
    """
    if plan.starts_at is None:
        raise WrongCall("start-missing")
    debrief = session.get(Debrief, UUID(debrief_id))
    if debrief is None:
        raise WrongCall("debrief-unknown")
    if not debrief.state.is_open:
        raise WrongCall("state-cannot-follow", state=debrief.state, following=debrief.state)
    with session.no_autoflush:  # `move` compares the version before anything is written
        debrief.mode, debrief.purpose = plan.mode, plan.purpose
        debrief.recorded = dict(plan.recorded)
        return plans.move(
            session,
            debrief_id,
            version,
            starts_at=plan.starts_at,
            minutes=plan.minutes,
            room_id=plan.room_id,
            lead_id=plan.lead_id,
            second_id=plan.second_id,
            interpreter_id=plan.interpreter_id,
        )
