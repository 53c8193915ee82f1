"""What an agency may see of another agency's plan: whom to call, when and where, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions.loading import chunks
from debrief_desk.store.models import Debrief, DeconflictionCheck, Site

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Pointer:
    """One plan as another agency sees it (DOMAIN 4); moments are UTC."""

    agency: str
    contact: str
    site: str
    starts_at: datetime
    ends_at: datetime
    check_reference: str


def pointers(session: Session, debriefs: Collection[Debrief]) -> dict[UUID, Pointer]:
    """Give the pointer to each debrief by its id."""
    checks = check_references(session, {d.id for d in debriefs})
    site = session.scalars(select(Site.name)).first() or ""
    return {
        d.id: Pointer(
            agency=d.agency.name,
            contact=d.agency.contact,
            site=site,
            starts_at=d.starts_at,
            ends_at=d.ends_at,
            check_reference=checks.get(d.id, ""),
        )
        for d in debriefs
    }


def check_references(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the reference of the newest check of each debrief, by the debrief's id."""
    found: dict[UUID, str] = {}
    for part in chunks(ids):
        query = select(DeconflictionCheck.debrief_id, DeconflictionCheck.reference)
        rows = session.execute(query.where(DeconflictionCheck.debrief_id.in_(part)))
        found |= {row.debrief_id: row.reference for row in rows}
    return found


def pointing(session: Session, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give findings as an agency may read them: by check references, and no ids of other plans."""
    told = tuple(found)
    named = {str(f.value("reference")) for f in told if f.value("reference")}
    checks: dict[str, str] = {}
    for part in chunks(named):
        query = select(Debrief.reference, DeconflictionCheck.reference).join(
            DeconflictionCheck, DeconflictionCheck.debrief_id == Debrief.id
        )
        checks |= {d: c for d, c in session.execute(query.where(Debrief.reference.in_(part)))}  # noqa: C416 - a result is no mapping
    return tuple(
        replace(
            finding,
            subject=(),
            values=tuple(
                (name, checks.get(str(value), "") if name == "reference" else value)
                for name, value in finding.values
            ),
        )
        for finding in told
    )
