"""The inbox: what is in conflict, ordered by the nearest session, and one item in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from debrief_desk.actions import findings
from debrief_desk.actions.checks import OPEN_CONFLICT
from debrief_desk.actions.comparison import ComparedRow, compared, evidence
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level, Severity, level
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import (
    Account,
    Agency,
    Approach,
    Conflict,
    ConflictDecision,
    ConflictNotice,
    ConflictParty,
    Debrief,
    DeconflictionCheck,
    Registration,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.findings import FindingRow
    from debrief_desk.actions.loading import RowT


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One side of a conflict. A pointer (`seen` false) holds agency, contact, slot, reference only."""

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


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One item of the queue."""

    id: str
    number: int
    kind: ConflictKind
    severity: str
    level: Level
    state: ConflictState
    rules: tuple[str, ...]
    owner: str
    title: str
    agencies: tuple[str, ...]
    opened_at: datetime
    session_at: datetime | None
    waiting_for: str
    reopened_because: str
    parties: tuple[PartyRow, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One approach or plan of the people of a conflict, in order of time."""

    at: datetime
    agency: str
    what: str
    code: str
    reference: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision on a conflict; `undone_at` when it was taken back."""

    id: str
    verdict: str
    plans: str
    reason: str
    decided_at: datetime
    by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """One conflict in full: the sides, the two questions row by row, findings, what went before."""

    row: ConflictRow
    identity: tuple[ComparedRow, ...]
    evidence: tuple[ComparedRow, ...]
    plans: tuple[ComparedRow, ...]
    findings: tuple[FindingRow, ...]
    timeline: tuple[TimelineRow, ...]
    decisions: tuple[DecisionRow, ...]
    asks_identity: bool
    open_plans: int


@reads(Right.SEE_PEOPLE)
def listed(session: Session, *, everything: bool = False) -> tuple[ConflictRow, ...]:
    """Give the queue, nearest session first; with `everything` also what was settled."""
    query = select(Conflict)
    if not everything:
        query = query.where(Conflict.state.in_(OPEN_CONFLICT))
    nearest = func.coalesce(Conflict.session_at, Conflict.opened_at)
    found = list(session.scalars(query.order_by(nearest, Conflict.number)).unique())
    parties = _parties(session, found)
    owners = {a.id: a.name for a in session.scalars(select(Account))}
    rows = [_row(conflict, parties.get(conflict.id, ()), owners) for conflict in found]
    own = own_agency_only(session)
    if own is None:
        return tuple(rows)
    return tuple(row for row in rows if any(p.agency_id == str(own) for p in row.parties))


@reads(None)
def waiting(session: Session) -> dict[str, int]:
    """Give how many items wait, by level: what the sidebar counts."""
    query = select(Conflict.severity, func.count()).where(Conflict.state.in_(OPEN_CONFLICT))
    counts: dict[str, int] = {}
    for severity, count in session.execute(query.group_by(Conflict.severity)):
        shown = level(Severity(severity)).value
        counts[shown] = counts.get(shown, 0) + count
    return counts


@writes(Right.SEE_PEOPLE)
def card(session: Session, conflict_id: str) -> ConflictCard:
    """Give one conflict in full; that it was looked at is on record before it is shown."""
    conflict = get(session, conflict_id)
    step_of(session).events.append(
        Draft(kind="consulted", entity="conflict", entity_id=conflict_id)
    )
    owners = {a.id: a.name for a in session.scalars(select(Account))}
    parties = _parties(session, [conflict]).get(conflict.id, ())
    row = _row(conflict, parties, owners)
    seen = [party for party in parties if party.seen and party.registration_id]
    left, right = (seen[0], seen[1]) if len(seen) > 1 else (None, None)
    pair = [_registration(session, p) for p in (left, right) if p is not None]
    asks = conflict.kind.asks_identity or conflict.kind is ConflictKind.IMPORT
    told = [findings.unpacked(r) for rows in conflict.findings.values() for r in rows]
    unique = list({(f.rule, f.reason, f.subject): f for f in told}.values())
    return ConflictCard(
        row=row,
        identity=compared(session, pair[0], pair[1]) if asks and len(pair) > 1 else (),
        evidence=evidence(session, pair[0], pair[1]) if asks and len(pair) > 1 else (),
        plans=_clash(left, right) if left and right else (),
        findings=findings.shown(sorted(unique, key=lambda f: (f.severity.rank, f.rule))),
        timeline=_timeline(session, [p for p in parties if p.seen]),
        decisions=_decisions(session, conflict, owners),
        asks_identity=asks,
        open_plans=sum(p.state is not None and p.state.is_open for p in parties),
    )


@writes(Right.TAKE_CONFLICTS)
def take(session: Session, conflict_id: str) -> None:
    """Take an item, or give it back where it is one's own already."""
    conflict = get(session, conflict_id)
    mine = step_of(session).account_id
    if conflict.state is ConflictState.TAKEN and conflict.owner_id == mine:
        conflict.state, conflict.owner_id = ConflictState.NEW, None
        return
    if not conflict.state.may_become(ConflictState.TAKEN) and not conflict.state.is_open:
        raise WrongCall("conflict-settled")
    conflict.state, conflict.owner_id = ConflictState.TAKEN, mine


@writes(Right.TAKE_CONFLICTS)
def wait_for(session: Session, conflict_id: str, whom: str) -> None:
    """Note whom an item waits for; it stays in the queue."""
    conflict = get(session, conflict_id)
    if not conflict.state.is_open:
        raise WrongCall("conflict-settled")
    conflict.state, conflict.waiting_for = ConflictState.WAITING, whom.strip()[:80]
    conflict.owner_id = conflict.owner_id or step_of(session).account_id


@writes(Right.ACKNOWLEDGE)
def acknowledge(session: Session, notice_id: str) -> None:
    """Record that an agency has seen a notice."""
    notice = session.get(ConflictNotice, UUID(notice_id))
    if notice is None:
        raise WrongCall("notice-unknown")
    notice.acknowledged_at = step_of(session).now
    notice.acknowledged_by_id = step_of(session).account_id


def get(session: Session, conflict_id: str) -> Conflict:
    """Give a conflict by id or by its number in the inbox."""
    if conflict_id.isdecimal():
        found = session.scalars(select(Conflict).where(Conflict.number == int(conflict_id))).first()
    else:
        try:
            found = session.get(Conflict, UUID(conflict_id))
        except ValueError:
            found = None
    if found is None:
        raise WrongCall("conflict-unknown")
    return found


def _row(conflict: Conflict, parties: Sequence[PartyRow], owners: dict[UUID, str]) -> ConflictRow:
    names = dict.fromkeys(p.person for p in parties if p.person)
    rules = {row["rule"] for rows in conflict.findings.values() for row in rows}
    return ConflictRow(
        id=str(conflict.id),
        number=conflict.number,
        kind=conflict.kind,
        severity=conflict.severity,
        level=level(Severity(conflict.severity)),
        state=conflict.state,
        rules=tuple(sorted(rules)),
        owner=owners.get(conflict.owner_id, "") if conflict.owner_id else "",
        title=" / ".join(names),
        agencies=tuple(dict.fromkeys(p.agency for p in parties if p.agency)),
        opened_at=conflict.opened_at,
        session_at=conflict.session_at,
        waiting_for=conflict.waiting_for,
        reopened_because=conflict.reopened_because,
        parties=tuple(parties),
    )


def _parties(session: Session, conflicts: Collection[Conflict]) -> dict[UUID, tuple[PartyRow, ...]]:
    debriefs = _by_id(session, Debrief, {p.debrief_id for c in conflicts for p in c.parties})
    registrations = _by_id(
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
    agency: Agency | None = debrief.agency if debrief else registration and registration.agency
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


def _by_id(session: Session, kind: type[RowT], ids: Collection[UUID | None]) -> dict[UUID, RowT]:
    wanted = sorted(i for i in ids if i is not None)
    found: dict[UUID, RowT] = {}
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        rows = session.scalars(select(kind).where(kind.id.in_(part))).unique()  # type: ignore[attr-defined]
        found |= {row.id: row for row in rows}  # type: ignore[attr-defined]
    return found


def _checks(session: Session, ids: Collection[UUID]) -> list[DeconflictionCheck]:
    wanted = sorted(ids)
    found: list[DeconflictionCheck] = []
    for start in range(0, len(wanted), 400):
        query = select(DeconflictionCheck).where(
            DeconflictionCheck.debrief_id.in_(wanted[start : start + 400])
        )
        found += session.scalars(query)
    return found


def _registration(session: Session, party: PartyRow) -> Registration:
    return session.get_one(Registration, UUID(party.registration_id))


def _clash(left: PartyRow, right: PartyRow) -> tuple[ComparedRow, ...]:
    from debrief_desk.actions.comparison import plans_compared

    return plans_compared(left, right)


def _timeline(session: Session, parties: Sequence[PartyRow]) -> tuple[TimelineRow, ...]:
    """Give every plan and approach of the people on all sides."""
    ids = [UUID(p.registration_id) for p in parties if p.registration_id]
    groups = set(session.scalars(select(Registration.person_id).where(Registration.id.in_(ids))))
    of_group = Registration.person_id.in_(groups)
    plans = select(Debrief).join(Debrief.registration).where(of_group)
    asked = select(Approach).join(Registration, Approach.registration_id == Registration.id)
    names = {a.id: a.name for a in session.scalars(select(Agency))}
    rows = [
        TimelineRow(d.starts_at, d.agency.name, "debrief", d.state.value, d.reference)
        for d in session.scalars(plans).unique()
    ]
    rows += [
        TimelineRow(a.at, names.get(a.agency_id, ""), "approach", a.outcome, "")
        for a in session.scalars(asked.where(of_group))
    ]
    return tuple(sorted(rows, key=lambda row: row.at))


def _decisions(
    session: Session, conflict: Conflict, owners: dict[UUID, str]
) -> tuple[DecisionRow, ...]:
    query = select(ConflictDecision).where(ConflictDecision.conflict_id == conflict.id)
    return tuple(
        DecisionRow(
            id=str(d.id),
            verdict=d.verdict,
            plans=d.plans,
            reason=d.reason,
            decided_at=d.decided_at,
            by=owners.get(d.account_id, "") if d.account_id else "",
            undone_at=d.undone_at,
        )
        for d in session.scalars(query.order_by(ConflictDecision.decided_at.desc()))
    )
