"""What an agency may see of another agency's plan: whom to call, when and where, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import findings
from debrief_desk.actions.loading import chunks
from debrief_desk.actions.rights import own_agency_only
from debrief_desk.store.models import Debrief, DeconflictionCheck, Site

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.actions.findings import FindingRow
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


def told(
    session: Session, found: Iterable[Finding], about: Collection[str] = ()
) -> tuple[FindingRow, ...]:
    """Give findings in words, as far as the account may read them.

    `about` are ids that it knows anyway: whom and what its own plan names.
    """
    whole = own_agency_only(session) is None
    return findings.shown(found if whole else pointing(session, found, about))


def pointing(
    session: Session, found: Iterable[Finding], about: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Give findings as an agency may read them: others' plans by their checks' references.

    Of the ids in a finding those of `about` stay. What reads the same then is one finding.
    """
    several = tuple(found)
    checks = _readable(
        session, {str(f.value("reference")) for f in several if f.value("reference")}
    )
    readable = (
        replace(
            finding,
            subject=tuple(one for one in finding.subject if one in about),
            values=tuple(
                (name, checks.get(str(value), "") if name == "reference" else value)
                for name, value in finding.values
            ),
        )
        for finding in several
    )
    return tuple(dict.fromkeys(readable))


def _readable(session: Session, references: Collection[str]) -> dict[str, str]:
    """Give what an agency reads for each reference: its own, or that of the other's check."""
    own = own_agency_only(session)
    query = select(Debrief.reference, Debrief.agency_id, DeconflictionCheck.reference).outerjoin(
        DeconflictionCheck, DeconflictionCheck.debrief_id == Debrief.id
    )
    return {
        reference: reference if agency == own else check or ""
        for part in chunks(references)
        for reference, agency, check in session.execute(query.where(Debrief.reference.in_(part)))
    }
