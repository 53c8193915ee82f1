"""The open plans around a plan: of its days and of its people, as far as rules need them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, and_, select, type_coerce

from debrief_desk.actions.loading import chunks
from debrief_desk.rules.facts import PlanFacts
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Agency, Debrief, Registration

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.rules.times import Window

SHARED: Final = "open plans"
"""Where the gate lets reading sessions share the plans they have read, until somebody writes."""
_AROUND = timedelta(hours=24)
_DAY = timedelta(days=1)


def within(session: Session, span: Window, groups: Collection[UUID]) -> list[PlanFacts]:
    """Give the open plans a day around a span, and all of these people's, in no order."""
    first, last = span.start - _AROUND, span.end + _AROUND
    near = (p for p in _of_days(session, first, last) if first < p.end and p.start < last)
    found = {plan.id: plan for plan in near}
    for part in chunks(groups):
        theirs = _PLANS.where(Registration.person_id.in_(part))
        found |= {plan.id: plan for plan in map(_plan, session.execute(theirs))}
    return list(found.values())


def shares(other: PlanFacts, plan: PlanFacts) -> bool:
    """Say whether a rule for `plan` has to know of `other`, a day around: person, staff, place."""
    if other.id == plan.id:
        return False
    if other.person == plan.person:
        return True
    near = other.start < plan.end + _AROUND and other.end > plan.start - _AROUND
    return near and bool(
        plan.interviewers & other.interviewers
        or (other.interpreter and other.interpreter == plan.interpreter)
        or (other.room and other.room == plan.room)
        or (other.event and other.event == plan.event)
    )


def _of_days(session: Session, first: datetime, last: datetime) -> list[PlanFacts]:
    """Give the open plans of the UTC days from one moment to another; checks while typing share."""
    begin, end = _midnight(first), _midnight(last) + _DAY
    held: dict[tuple[datetime, datetime], list[PlanFacts]] = session.info.get(SHARED, {})
    plans = held.get((begin, end))
    if plans is None:
        near = and_(Debrief.starts_at < end, Debrief.ends_at > begin)
        plans = held[begin, end] = [_plan(row) for row in session.execute(_PLANS.where(near))]
    return plans


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(UTC).date(), time(), UTC)


_IDS = (
    Debrief.id,
    Registration.person_id,
    Debrief.registration_id,
    Debrief.room_id,
    Debrief.lead_id,
    Debrief.second_id,
    Debrief.interpreter_id,
    Registration.event_id,
)
_PLANS = (
    select(
        *(type_coerce(column, String) for column in _IDS),
        Debrief.starts_at,
        Debrief.ends_at,
        Debrief.reference,
        Agency.name,
        Debrief.state,
        Debrief.first_saved_at,
    )
    .join(Registration, Debrief.registration_id == Registration.id)
    .join(Agency, Debrief.agency_id == Agency.id)
    .where(Debrief.state.in_([state for state in DebriefState if state.is_open]))
)
"""Columns, not objects, and ids as the file holds them: this is most of what a check costs."""


def _plan(row: Any) -> PlanFacts:
    own, person, registration, room, lead, second, interpreter, event, *rest = row
    start, end, reference, agency, state, first_saved_at = rest
    return PlanFacts(
        id=_dashed(own) or "",
        start=start,
        end=end,
        reference=reference,
        agency=agency,
        person=_dashed(person) or "",
        registration=_dashed(registration) or "",
        room=_dashed(room),
        lead=_dashed(lead),
        second=_dashed(second),
        interpreter=_dashed(interpreter),
        state=state,
        event=_dashed(event),
        first_saved_at=first_saved_at,
    )


def _dashed(held: str | None) -> str | None:
    """Write an id as `str` writes a UUID, from its 32 digits."""
    if held is None:
        return None
    return f"{held[:8]}-{held[8:12]}-{held[12:16]}-{held[16:20]}-{held[20:]}"
