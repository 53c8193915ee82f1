"""Boats that agencies number differently: two numbers recorded as one, and taken apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from debrief_desk.actions import links, registrations
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.rights import writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import ArrivalEvent, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy.orm import Session


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
