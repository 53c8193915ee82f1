"""The inbox: what is in conflict, ordered by the nearest session, and one item in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from debrief_desk.actions import findings
from debrief_desk.actions.checks import OPEN_CONFLICT
from debrief_desk.actions.comparison import (
    Beside,
    ComparedRow,
    beside,
    overlap_minutes,
    plans_compared,
)
from debrief_desk.actions.outcomes import Outcome, barred_by, offered
from debrief_desk.actions.parties import PartyRow, by_id
from debrief_desk.actions.parties import sides as parties_of
from debrief_desk.actions.rights import holds, own_agency_only, reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level, Severity, level
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import (
    Account,
    Agency,
    Approach,
    Conflict,
    ConflictDecision,
    ConflictNotice,
    Debrief,
    Registration,
)
from debrief_desk.store.session import step_of
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.findings import FindingRow


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
    closed_because: str
    parties: tuple[PartyRow, ...]
    mine: bool


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
    """One conflict in full: the sides, the two questions row by row, findings, what went before.

    `compared` are the positions of the two sides that `beside` and `plans` are about. `barred`
    says why nobody may allow it, and who can change the fact; "" where a ruling is possible.
    """

    row: ConflictRow
    headline: str
    compared: tuple[int, ...]
    beside: Beside | None
    plans: tuple[ComparedRow, ...]
    findings: tuple[FindingRow, ...]
    timeline: tuple[TimelineRow, ...]
    decisions: tuple[DecisionRow, ...]
    asks_identity: bool
    open_plans: int
    outcomes: tuple[Outcome, ...]
    barred: str
    may_take: bool
    may_decide: bool


@reads(Right.SEE_PEOPLE)
def listed(
    session: Session, everything: bool = False, mine: bool = False, kind: str = ""
) -> tuple[ConflictRow, ...]:
    """Give the queue, nearest session first; with `everything` also what was settled."""
    query = select(Conflict)
    if not everything:
        query = query.where(Conflict.state.in_(OPEN_CONFLICT))
    if mine:
        query = query.where(Conflict.owner_id == step_of(session).account_id)
    if kind:
        query = query.where(Conflict.kind == ConflictKind(kind))
    nearest = Conflict.session_at.asc().nulls_last()
    found = list(session.scalars(query.order_by(nearest, Conflict.number)).unique())
    parties = parties_of(session, found)
    owners = {a.id: a.name for a in session.scalars(select(Account))}
    rows = [_row(session, conflict, parties.get(conflict.id, ()), owners) for conflict in found]
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
def card(session: Session, conflict_id: str, sides: tuple[int, int] = (0, 1)) -> ConflictCard:
    """Give one conflict in full, two sides beside each other; the look is on record before it."""
    conflict = get(session, conflict_id)
    step_of(session).events.append(
        Draft(kind="consulted", entity="conflict", entity_id=conflict_id)
    )
    owners = {a.id: a.name for a in session.scalars(select(Account))}
    parties = parties_of(session, [conflict]).get(conflict.id, ())
    row = _row(session, conflict, parties, owners)
    pair = tuple(n for n in sides if n < len(parties) and parties[n].registration_id)
    left, right = (parties[n] for n in pair) if len(pair) > 1 else (None, None)
    asks = conflict.kind.asks_identity or conflict.kind is ConflictKind.IMPORT
    told = [findings.unpacked(r) for rows in conflict.findings.values() for r in rows]
    unique = {(f.rule, f.reason, f.subject): f for f in told if f.severity.stops}.values()
    shown = findings.shown(sorted(unique, key=lambda f: (f.severity.rank, f.rule)))
    open_plans = _open_plans(session, parties)
    barred = barred_by(conflict)
    return ConflictCard(
        row=row,
        headline=sentences.headline(
            conflict.kind,
            row.agencies,
            overlap_minutes(left, right) if left and right else None,
            shown[0].title if shown else "",
        ),
        compared=pair,
        beside=beside(session, _registration(session, left), _registration(session, right))
        if asks and left and right
        else None,
        plans=plans_compared(left, right) if left and right else (),
        findings=shown,
        timeline=_timeline(session, [p for p in parties if p.seen]),
        decisions=_decisions(session, conflict, owners),
        asks_identity=asks,
        open_plans=len(open_plans),
        outcomes=offered(session, parties, open_plans, identity=asks),
        barred=sentences.who_can_change(barred) if barred else "",
        may_take=holds(session, Right.TAKE_CONFLICTS),
        may_decide=holds(session, Right.DECIDE_CONFLICTS),
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


def _row(
    session: Session, conflict: Conflict, parties: Sequence[PartyRow], owners: dict[UUID, str]
) -> ConflictRow:
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
        closed_because=conflict.closed_because,
        parties=tuple(parties),
        mine=conflict.owner_id is not None and conflict.owner_id == step_of(session).account_id,
    )


def _registration(session: Session, party: PartyRow) -> Registration:
    return session.get_one(Registration, UUID(party.registration_id))


def _open_plans(session: Session, parties: Sequence[PartyRow]) -> list[Debrief]:
    wanted = {UUID(p.debrief_id) for p in parties if p.state is not None and p.state.is_open}
    return list(by_id(session, Debrief, wanted).values())


def _timeline(session: Session, parties: Sequence[PartyRow]) -> tuple[TimelineRow, ...]:
    """Give every plan and approach of the people on all sides."""
    ids = [UUID(p.registration_id) for p in parties if p.registration_id]
    groups = set(session.scalars(select(Registration.person_id).where(Registration.id.in_(ids))))
    of_group = Registration.person_id.in_(groups)
    plans = select(Debrief).join(Debrief.registration).where(of_group)
    asked = select(Approach).join(Registration, Approach.registration_id == Registration.id)
    own = own_agency_only(session)
    if own is not None:  # how others were answered is not part of a pointer
        asked = asked.where(Approach.agency_id == own)
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
