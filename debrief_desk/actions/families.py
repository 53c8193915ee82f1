"""Families: who travels together and is two people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions import links
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.loading import registrations
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.codes import FamilyTie
from debrief_desk.rules.roles import Right
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import FamilyLink, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.links import Pair


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A family tie that stands, seen from one of the two records."""

    id: str
    kind: FamilyTie
    registration_id: str
    name: str
    agency: str
    recorded_at: datetime


@reads(Right.SEE_PEOPLE)
def listed(session: Session, registration_id: str) -> tuple[FamilyRow, ...]:
    """Give the family ties of one record, as far as the account may see the other side."""
    here = _registration(session, registration_id)
    _own_only(session, [here])
    either = or_(FamilyLink.registration_id == here.id, FamilyLink.other_id == here.id)
    query = select(FamilyLink).where(either, FamilyLink.withdrawn_at.is_(None))
    found = list(session.scalars(query.order_by(FamilyLink.id)))
    known = registrations(session, {i for f in found for i in (f.registration_id, f.other_id)})
    own = own_agency_only(session)
    rows = []
    for tie in found:
        other = known[tie.other_id if tie.registration_id == here.id else tie.registration_id]
        if own in (None, other.agency_id):
            rows.append(
                FamilyRow(
                    id=str(tie.id),
                    kind=FamilyTie(tie.kind),
                    registration_id=str(other.id),
                    name=shown_name(other),
                    agency=other.agency.name,
                    recorded_at=tie.recorded_at,
                )
            )
    return tuple(rows)


@writes(Right.EDIT_OWN)
def record(session: Session, one_id: str, other_id: str, kind: FamilyTie) -> str:
    """Record that two people travel together as a family; gives the id to withdraw it by.

    Raises:
        WrongCall: they are one record, or linked as one person; the tie is recorded already.
        NotAllowed: one of them is another agency's record.
    """
    pair = [_registration(session, one_id), _registration(session, other_id)]
    _own_only(session, pair)
    if pair[0].person_id == pair[1].person_id:
        raise WrongCall("family-one-person")
    if standing(session, pair[0].id, pair[1].id) is not None:
        raise WrongCall("family-known")
    made = keep(session, links.ordered(pair[0].id, pair[1].id), kind)
    _match_anew(session, pair)
    return str(made.id)


@writes(Right.EDIT_OWN)
def withdraw(session: Session, family_id: str) -> None:
    """Take a family tie back; the pair is judged as if it had never been recorded."""
    tie = session.get(FamilyLink, UUID(family_id))
    if tie is None or tie.withdrawn_at is not None:
        raise WrongCall("family-unknown")
    pair = [session.get_one(Registration, i) for i in (tie.registration_id, tie.other_id)]
    _own_only(session, pair)
    tie.withdrawn_at = step_of(session).now
    session.flush()
    _match_anew(session, pair)


def standing(session: Session, one: UUID, other: UUID) -> FamilyLink | None:
    """Give the tie of two records that stands, None where there is none."""
    a, b = links.ordered(one, other)
    query = select(FamilyLink).where(
        FamilyLink.registration_id == a,
        FamilyLink.other_id == b,
        FamilyLink.withdrawn_at.is_(None),
    )
    return session.scalars(query).first()


def keep(session: Session, pair: Pair, kind: FamilyTie) -> FamilyLink:
    """Keep a tie of a pair in its fixed order; the caller has both matched anew."""
    step = step_of(session)
    made = FamilyLink(
        registration_id=pair[0], other_id=pair[1], kind=FamilyTie(kind).value, recorded_at=step.now
    )
    session.add(made)
    session.flush()
    step.events.append(Draft(kind="altered", entity="family_link", entity_id=str(made.id)))
    return made


def _registration(session: Session, registration_id: str) -> Registration:
    found = session.get(Registration, UUID(registration_id))
    if found is None or found.withdrawn_at is not None:
        raise WrongCall("registration-unknown")
    return found


def _own_only(session: Session, records: Iterable[Registration]) -> None:
    own = own_agency_only(session)
    if own is not None and any(record.agency_id != own for record in records):
        raise NotAllowed("other-agency")


def _match_anew(session: Session, pair: Sequence[Registration]) -> None:
    """Judge both records again: a tie is evidence that they are two people."""
    groups = {record.person_id for record in pair}
    recheck(session, groups=groups | links.refresh(session, [record.id for record in pair]))
