"""The sides of a conflict: whose record and plan, as much of it as the account may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions.loading import chunks
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.rights import own_agency_only
from debrief_desk.store.models import (
    Conflict,
    ConflictParty,
    Debrief,
    DeconflictionCheck,
    Registration,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.actions.loading import RowT
    from debrief_desk.rules.states import DebriefState


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One side of a conflict; a pointer (not `seen`) holds agency, contact, slot and reference."""

    agency: str
    agency_id: str
    contact: str
    row_reference: str
    registration_id: str
    debrief_id: str
    debrief_reference: str
    person: str
    own_script: str
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    lead: str
    state: DebriefState | None
    first_saved_at: datetime | None
    check_reference: str
    version: int
    seen: bool


def sides(session: Session, conflicts: Collection[Conflict]) -> dict[UUID, tuple[PartyRow, ...]]:
    """Give the sides of each conflict, who was first first; of other agencies the pointer only."""
    debriefs = by_id(session, Debrief, {p.debrief_id for c in conflicts for p in c.parties})
    registrations = by_id(
        session, Registration, {p.registration_id for c in conflicts for p in c.parties}
    )
    checks = {
        check.debrief_id: check.reference
        for check in _checks(session, {key for key in debriefs if key is not None})
    }
    own = own_agency_only(session)
    return {
        conflict.id: tuple(
            _party(party, debriefs, registrations, checks, own) for party in conflict.parties
        )
        for conflict in conflicts
    }


def _party(
    party: ConflictParty,
    debriefs: dict[UUID, Debrief],
    registrations: dict[UUID, Registration],
    checks: dict[UUID, str],
    own: UUID | None,
) -> PartyRow:
    debrief = debriefs.get(party.debrief_id) if party.debrief_id else None
    registration = registrations.get(party.registration_id) if party.registration_id else None
    source = debrief or registration
    agency = source.agency if source is not None else None
    seen = own is None or (agency is not None and agency.id == own)
    serial = debrief.serial if debrief and debrief.serial else registration and registration.serial
    return PartyRow(
        agency=agency.name if agency else "",
        agency_id=str(agency.id) if agency else "",
        contact=agency.contact if agency else "",
        row_reference=(serial or "") if seen else "",
        registration_id=str(registration.id) if registration and seen else "",
        debrief_id=str(debrief.id) if debrief else "",
        debrief_reference=debrief.reference if debrief else "",
        person=shown_name(registration) if registration and seen else "",
        own_script=registration.native_name if registration and seen else "",
        starts_at=debrief.starts_at if debrief else None,
        ends_at=debrief.ends_at if debrief else None,
        room=(debrief.room.name if debrief.room else debrief.room_text) if debrief and seen else "",
        lead=(debrief.lead.name if debrief.lead else debrief.lead_text) if debrief and seen else "",
        state=debrief.state if debrief else None,
        first_saved_at=debrief.first_saved_at if debrief else None,
        check_reference=checks.get(debrief.id, "") if debrief else "",
        version=debrief.version if debrief else 0,
        seen=seen,
    )


def by_id(session: Session, kind: type[RowT], ids: Collection[UUID | None]) -> dict[UUID, RowT]:
    """Give the rows of a kind by id; an id that is None is passed over."""
    wanted = sorted(i for i in ids if i is not None)
    found: dict[UUID, RowT] = {}
    for part in chunks(wanted):
        rows = session.scalars(select(kind).where(kind.id.in_(part))).unique()  # type: ignore[attr-defined]
        found |= {row.id: row for row in rows}  # type: ignore[attr-defined]
    return found


def _checks(session: Session, ids: Collection[UUID]) -> list[DeconflictionCheck]:
    wanted = sorted(ids)
    found: list[DeconflictionCheck] = []
    for part in chunks(wanted):
        query = select(DeconflictionCheck).where(DeconflictionCheck.debrief_id.in_(part))
        found += session.scalars(query)
    return found
