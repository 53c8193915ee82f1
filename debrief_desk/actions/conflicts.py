"""The inbox: what is in conflict, ordered by the nearest session, and one item in full."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import exists, func, select

from debrief_desk.actions import bypasses, desks, findings, notices, opinions
from debrief_desk.actions.checks import OPEN_CONFLICT
from debrief_desk.actions.clashes import overlap_minutes, plans_compared
from debrief_desk.actions.comparison import Beside, ComparedRow, beside
from debrief_desk.actions.conflict_history import DecisionRow, TimelineRow, decisions, timeline
from debrief_desk.actions.conflict_items import get
from debrief_desk.actions.loading import by_id
from debrief_desk.actions.outcomes import Outcome, barred_by, offered, to_bypass
from debrief_desk.actions.parties import PartyRow
from debrief_desk.actions.parties import sides as parties_of
from debrief_desk.actions.pointers import pointing
from debrief_desk.actions.rights import holds, own_agency_only, reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level, Severity, level
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Account, Conflict, ConflictParty, Debrief, Registration
from debrief_desk.store.session import step_of
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from debrief_desk.actions.bypasses import BypassRow
    from debrief_desk.actions.findings import FindingRow
    from debrief_desk.actions.notices import NoticeRow


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One item of the queue.

    `overdue`: nobody settled it, and the nearest session is as near as a plan has to be confirmed
    (D-10), or is past.
    """

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
    overdue: bool


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """One conflict in full: the sides, the two questions row by row, findings, what went before.

    `compared` are the positions of the two sides that `beside` and `plans` are about. `barred`
    says why nobody may allow it, and who can change the fact; "" where a ruling is possible.
    `bypassable` are the plans a bypass may be asked for. A `blind` card shows neither evidence nor
    answer: this account is asked for a second opinion on it.
    """

    row: ConflictRow
    headline: str
    asks_identity: bool
    compared: tuple[int, ...] = ()
    beside: Beside | None = None
    plans: tuple[ComparedRow, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    bypasses: tuple[BypassRow, ...] = ()
    bypassable: tuple[Outcome, ...] = ()
    open_plans: int = 0
    outcomes: tuple[Outcome, ...] = ()
    barred: str = ""
    blind: bool = False
    may_take: bool = False
    may_decide: bool = False


@reads(Right.SEE_PEOPLE)
def listed(
    session: Session, everything: bool = False, mine: bool = False, kind: str = ""
) -> tuple[ConflictRow, ...]:
    """Give the queue, nearest session first; with `everything` also what was settled."""
    query = select(Conflict).where(*_own(session))
    if not everything:
        query = query.where(Conflict.state.in_(OPEN_CONFLICT))
    if mine:
        query = query.where(Conflict.owner_id == step_of(session).account_id)
    if kind:
        query = query.where(Conflict.kind == ConflictKind(kind))
    nearest = Conflict.session_at.asc().nulls_last()
    return _rows(session, list(session.scalars(query.order_by(nearest, Conflict.number)).unique()))


@reads(None)
def waiting(session: Session) -> dict[str, int]:
    """Give how many items wait for whoever works here, by level: what the sidebar counts."""
    if not holds(session, Right.SEE_PEOPLE):
        return {}
    query = select(Conflict.severity, func.count()).where(
        Conflict.state.in_(OPEN_CONFLICT), *_own(session)
    )
    counts: dict[str, int] = {}
    for severity, count in session.execute(query.group_by(Conflict.severity)):
        shown = level(Severity(severity)).value
        counts[shown] = counts.get(shown, 0) + count
    return counts


@writes(Right.SEE_PEOPLE)
def card(session: Session, conflict_id: str, sides: tuple[int, int] = (0, 1)) -> ConflictCard:
    """Give one conflict in full, two sides beside each other; the look is on record before it.

    Raises:
        WrongCall: there is no such conflict, or no plan of the account's own agency is in it.
    """
    conflict = get(session, conflict_id)
    (row,) = _rows(session, [conflict])
    if own_agency_only(session) is not None and not any(party.seen for party in row.parties):
        raise WrongCall("conflict-unknown")
    step_of(session).events.append(
        Draft(kind="consulted", entity="conflict", entity_id=str(conflict.id))
    )
    asks = conflict.kind.asks_identity or conflict.kind is ConflictKind.IMPORT
    if opinions.is_asked_of(session, conflict):
        hidden = tuple(replace(party, state=None) for party in row.parties)
        headline = sentences.headline(conflict.kind, row.agencies, None, "")
        return ConflictCard(replace(row, parties=hidden), headline, asks, blind=True)
    return _with_answers(session, conflict, _evidence(session, conflict, row, sides, asks=asks))


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


def _evidence(
    session: Session, conflict: Conflict, row: ConflictRow, sides: tuple[int, int], *, asks: bool
) -> ConflictCard:
    """Give what is known: two sides beside each other, findings, and what went before."""
    parties = row.parties
    pair = tuple(n for n in sides if n < len(parties) and parties[n].registration_id)
    left, right = (parties[n] for n in pair) if len(pair) > 1 else (None, None)
    shown = _findings(session, conflict, parties)
    return ConflictCard(
        row=row,
        headline=sentences.headline(
            conflict.kind,
            row.agencies,
            overlap_minutes(left, right) if left and right else None,
            shown[0].title if shown else "",
        ),
        asks_identity=asks,
        compared=pair,
        beside=beside(session, _registration(session, left), _registration(session, right))
        if asks and left and right
        else None,
        plans=plans_compared(left, right) if left and right else (),
        findings=shown,
        timeline=timeline(session, [p for p in parties if p.seen]),
        decisions=decisions(session, conflict),
        notices=notices.of_conflict(session, conflict),
    )


def _with_answers(session: Session, conflict: Conflict, shown: ConflictCard) -> ConflictCard:
    """Add what this account may do about it."""
    parties = shown.row.parties
    own = {UUID(p.debrief_id) for p in parties if p.debrief_id}
    plans = [d for d in by_id(session, Debrief, own).values() if d.state.is_open]
    decides = holds(session, Right.DECIDE_CONFLICTS)
    barred = barred_by(conflict)
    return replace(
        shown,
        bypasses=bypasses.rows(session, bypasses.standing(session, own)),
        bypassable=to_bypass(session, parties, plans) if holds(session, Right.BYPASS) else (),
        open_plans=len(plans),
        outcomes=offered(session, parties, plans, identity=shown.asks_identity) if decides else (),
        barred=sentences.who_can_change(barred) if barred else "",
        may_take=holds(session, Right.TAKE_CONFLICTS),
        may_decide=decides,
    )


def _findings(
    session: Session, conflict: Conflict, parties: Sequence[PartyRow]
) -> tuple[FindingRow, ...]:
    """Give what stops the plans, strongest first; to an agency what is found on its own plans."""
    own = {party.debrief_id for party in parties if party.seen}
    limited = own_agency_only(session) is not None
    told = [
        findings.unpacked(row)
        for debrief, rows in conflict.findings.items()
        if not limited or debrief in own
        for row in rows
    ]
    stops = [finding for finding in told if finding.severity.stops]
    readable = pointing(session, stops) if limited else stops
    unique = {(f.rule, f.reason, f.subject): f for f in readable}.values()
    return findings.shown(sorted(unique, key=lambda f: (f.severity.rank, f.rule)))


def _own(session: Session) -> list[ColumnElement[bool]]:
    """Give what limits the inbox for an account of one agency: its own plan or record is in it."""
    own = own_agency_only(session)
    if own is None:
        return []
    mine = (
        select(ConflictParty.id)
        .outerjoin(Debrief, ConflictParty.debrief_id == Debrief.id)
        .outerjoin(Registration, ConflictParty.registration_id == Registration.id)
        .where(
            ConflictParty.conflict_id == Conflict.id,
            func.coalesce(Debrief.agency_id, Registration.agency_id) == own,
        )
    )
    return [exists(mine)]


def _rows(session: Session, found: Sequence[Conflict]) -> tuple[ConflictRow, ...]:
    parties = parties_of(session, found)
    owners = {a.id: a.name for a in session.scalars(select(Account))}
    ahead = timedelta(minutes=desks.policy(session).spacing.confirm_minutes)
    late = step_of(session).now + ahead
    return tuple(_row(session, c, parties.get(c.id, ()), owners, late) for c in found)


def _row(
    session: Session,
    conflict: Conflict,
    parties: Sequence[PartyRow],
    owners: dict[UUID, str],
    late: datetime,
) -> ConflictRow:
    names = dict.fromkeys(p.person for p in parties if p.person)
    rules = {row["rule"] for rows in conflict.findings.values() for row in rows}
    at = conflict.session_at
    whole = own_agency_only(session) is None  # whom the site waits for is free text
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
        session_at=at,
        waiting_for=conflict.waiting_for if whole else "",
        reopened_because=conflict.reopened_because,
        closed_because=conflict.closed_because,
        parties=tuple(parties),
        mine=conflict.owner_id is not None and conflict.owner_id == step_of(session).account_id,
        overdue=conflict.state.is_open and at is not None and at <= late,
    )


def _registration(session: Session, party: PartyRow) -> Registration:
    return session.get_one(Registration, UUID(party.registration_id))
