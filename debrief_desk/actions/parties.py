"""The sides of a conflict: whose record and plan, as much of it as the account may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from debrief_desk.actions.loading import by_id
from debrief_desk.actions.naming import shown_name, shown_script
from debrief_desk.actions.pointers import pointers
from debrief_desk.actions.rights import own_agency_only
from debrief_desk.store.models import Conflict, ConflictParty, Debrief, Registration

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.actions.pointers import Pointer
    from debrief_desk.rules.states import DebriefState


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One side of a conflict; one that is not `seen` is a pointer and holds nothing else."""

    agency: str
    contact: str = ""
    site: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    check_reference: str = ""
    seen: bool = False
    agency_id: str = ""
    row_reference: str = ""
    registration_id: str = ""
    debrief_id: str = ""
    debrief_reference: str = ""
    person: str = ""
    own_script: str = ""
    room: str = ""
    lead: str = ""
    state: DebriefState | None = None
    first_saved_at: datetime | None = None
    version: int = 0


def sides(session: Session, conflicts: Collection[Conflict]) -> dict[UUID, tuple[PartyRow, ...]]:
    """Give the sides of each conflict, who was first first; of other agencies the pointer only."""
    debriefs = by_id(session, Debrief, {p.debrief_id for c in conflicts for p in c.parties})
    registrations = by_id(
        session, Registration, {p.registration_id for c in conflicts for p in c.parties}
    )
    known = pointers(session, list(debriefs.values()))
    own = own_agency_only(session)
    return {
        conflict.id: tuple(
            _party(party, debriefs, registrations, known, own) for party in conflict.parties
        )
        for conflict in conflicts
    }


def _party(
    party: ConflictParty,
    debriefs: dict[UUID, Debrief],
    registrations: dict[UUID, Registration],
    known: dict[UUID, Pointer],
    own: UUID | None,
) -> PartyRow:
    debrief = debriefs.get(party.debrief_id) if party.debrief_id else None
    registration = registrations.get(party.registration_id) if party.registration_id else None
    source = debrief or registration
    if source is None:
        return PartyRow(agency="")
    pointer = known.get(debrief.id) if debrief else None
    serial = debrief.serial if debrief and debrief.serial else registration and registration.serial
    shown = PartyRow(
        agency=source.agency.name,
        contact=source.agency.contact,
        site=pointer.site if pointer else "",
        starts_at=pointer.starts_at if pointer else None,
        ends_at=pointer.ends_at if pointer else None,
        check_reference=pointer.check_reference if pointer else "",
    )
    if own not in (None, source.agency_id):
        return shown
    return replace(
        shown,
        seen=True,
        agency_id=str(source.agency_id),
        row_reference=serial or "",
        registration_id=str(registration.id) if registration else "",
        debrief_id=str(debrief.id) if debrief else "",
        debrief_reference=debrief.reference if debrief else "",
        person=shown_name(registration) if registration else "",
        own_script=shown_script(registration) if registration else "",
        room=(debrief.room.name if debrief.room else debrief.room_text) if debrief else "",
        lead=(debrief.lead.name if debrief.lead else debrief.lead_text) if debrief else "",
        state=debrief.state if debrief else None,
        first_saved_at=debrief.first_saved_at if debrief else None,
        version=debrief.version if debrief else 0,
    )
