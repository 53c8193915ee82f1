"""The plans for one person, of every agency; of another agency's what its pointer tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions.pointers import check_references
from debrief_desk.actions.rights import own_agency_only
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Agency, Debrief, Registration

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan for the person, of whatever state and agency.

    Of another agency's an account of one agency has the pointer: no id, the check's reference, and
    a state that says only that the slot stands.
    """

    id: str
    reference: str
    agency: str
    starts_at: datetime
    ends_at: datetime
    state: str
    version: int


def of_group(session: Session, group: UUID) -> tuple[PlanRow, ...]:
    """Give the plans for a person by time, as far as the account may see them."""
    own = own_agency_only(session)
    query = (
        select(Debrief)
        .join(Debrief.registration)
        .where(Registration.person_id == group)
        .order_by(Debrief.starts_at)
    )
    agencies = {a.id: a.name for a in session.scalars(select(Agency))}
    found = list(session.scalars(query).unique())
    shown = [d for d in found if own in (None, d.agency_id) or d.state.is_open]
    checks = check_references(session, [d.id for d in shown])
    plans = []
    for d in shown:
        seen = own in (None, d.agency_id)
        plans.append(
            PlanRow(
                id=str(d.id) if seen else "",
                reference=d.reference if seen else checks.get(d.id, ""),
                agency=agencies[d.agency_id],
                starts_at=d.starts_at,
                ends_at=d.ends_at,
                state=(d.state if seen else DebriefState.PLANNED).value,
                version=d.version if seen else 0,
            )
        )
    return tuple(plans)
