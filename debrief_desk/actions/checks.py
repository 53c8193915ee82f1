"""The one check: form, import, edit, board and command line all come here.

`recheck` brings what is stored in line with what the rules say now: it adds new conflicts, closes
those that no longer hold, and leaves decided ones alone unless a compared fact changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, or_, select

from debrief_desk.actions import ending, facts, findings, referrals
from debrief_desk.actions.desks import policy
from debrief_desk.actions.loading import by_group, chunks, registrations
from debrief_desk.actions.match_facts import suggestions
from debrief_desk.actions.notices import tell
from debrief_desk.rules.codes import CancelReason
from debrief_desk.rules.registry import bars_cleared, check, worst
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.models import (
    Conflict,
    ConflictParty,
    Debrief,
    DeconflictionCheck,
    DeskInfo,
    Registration,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.rules.finding import Finding

OPEN_CONFLICT = tuple(state for state in ConflictState if state.is_open)
NO_LONGER, POLICY_CHANGED = "no_longer_holds", "policy_changed"
BY_SECOND_OPINION = "second_opinion"
"""Why an item stays open although no plan clashes any more: two people answered differently."""
_ENDS = {"V-4": CancelReason.NO_APPROACH, "A-4": CancelReason.NOT_ELIGIBLE}
Found = dict[UUID, tuple["Finding", ...]]


def recheck(
    session: Session,
    *,
    groups: Collection[UUID] = (),
    debriefs: Collection[UUID] = (),
    because: str = NO_LONGER,
) -> None:
    """Check every open plan that these groups or debriefs touch, and bring conflicts in line.

    `because` is the cause on record for a conflict that closes: nothing holds any more, or the
    policy was changed.
    """
    session.flush()
    referrals.open_asked_for(session, groups)
    plans = _affected(session, groups, debriefs)
    found = _judged(session, plans)
    if _cancel_refused(session, plans, found):
        plans = [plan for plan in plans if plan.state.is_open]
        found = _judged(session, plans)
    gone = set(debriefs) | _parties(session, groups) | {p.id for p in plans}
    _settle_conflicts(session, plans, found, gone, because)
    _keep_checks(session, plans, found)
    session.flush()


def _judged(session: Session, plans: Sequence[Debrief]) -> Found:
    rules, now = policy(session), step_of(session).now
    return {
        plan.id: check(case, rules, now)
        for plan, case in zip(plans, facts.cases(session, plans), strict=True)
    }


def _affected(
    session: Session, groups: Collection[UUID], debriefs: Collection[UUID]
) -> list[Debrief]:
    """Give the open plans of these people, these debriefs, and all that share something with them.

    A plan shares a room, an interviewer, an interpreter or a boat at an overlapping time, or a
    conflict. They come in the order they were made (as their ids do): checks are numbered so.
    """
    seeds: dict[UUID, Debrief] = {}
    for part in chunks(groups):
        query = select(Debrief).join(Debrief.registration)
        for plan in session.scalars(query.where(Registration.person_id.in_(part))):
            seeds[plan.id] = plan
    for part in chunks(debriefs):
        for plan in session.scalars(select(Debrief).where(Debrief.id.in_(part))):
            seeds[plan.id] = plan
    near = _sharing(session, list(seeds.values())) | _suspected(session, seeds.values())
    near |= _in_conflict_with(session, seeds.keys() | set(debriefs), groups)
    everything = sorted((seeds | near).values(), key=lambda plan: plan.id)
    return [plan for plan in everything if plan.state.is_open]


def _suspected(session: Session, seeds: Iterable[Debrief]) -> dict[UUID, Debrief]:
    """Give the open plans of whom the people of `seeds` may also be: both sides open a conflict."""
    groups = {plan.registration.person_id for plan in seeds if plan.state.is_open}
    mine = [r.id for rows in by_group(session, groups).values() for r in rows]
    others = {i for pair in suggestions(session, mine) for i in (pair.a_id, pair.b_id)}
    theirs = {r.person_id for r in registrations(session, others).values()} - groups
    found: dict[UUID, Debrief] = {}
    for part in chunks(theirs):
        query = select(Debrief).join(Debrief.registration)
        wanted = query.where(Registration.person_id.in_(part), Debrief.state.in_(facts.OPEN))
        found |= {plan.id: plan for plan in session.scalars(wanted).unique()}
    return found


def _sharing(session: Session, seeds: Sequence[Debrief]) -> dict[UUID, Debrief]:
    if not seeds:
        return {}
    staff = {i for p in seeds for i in (p.lead_id, p.second_id) if i is not None}
    rooms = {p.room_id for p in seeds if p.room_id is not None}
    interpreters = {p.interpreter_id for p in seeds if p.interpreter_id is not None}
    events = {p.registration.event_id for p in seeds if p.registration.event_id is not None}
    same_boat = select(Registration.id).where(Registration.event_id.in_(events))
    first = min(p.starts_at for p in seeds)
    last = max(p.ends_at for p in seeds)
    query = select(Debrief).where(
        Debrief.state.in_(facts.OPEN),
        Debrief.starts_at < last,
        Debrief.ends_at > first,
        or_(
            Debrief.lead_id.in_(staff),
            Debrief.second_id.in_(staff),
            Debrief.room_id.in_(rooms),
            Debrief.interpreter_id.in_(interpreters),
            Debrief.registration_id.in_(same_boat),
        ),
    )
    return {plan.id: plan for plan in session.scalars(query)}


def _in_conflict_with(
    session: Session, debriefs: Collection[UUID], groups: Collection[UUID]
) -> dict[UUID, Debrief]:
    """Give the plans that share an open conflict with these debriefs or people."""
    ids = set(debriefs) | _parties(session, groups)
    conflicts: set[UUID] = set()
    for part in chunks(ids):
        query = (
            select(ConflictParty.conflict_id)
            .join(ConflictParty.conflict)
            .where(ConflictParty.debrief_id.in_(part), Conflict.state.in_(OPEN_CONFLICT))
        )
        conflicts |= set(session.scalars(query))
    found: dict[UUID, Debrief] = {}
    for part in chunks(conflicts):
        query_plans = (
            select(Debrief)
            .join(ConflictParty, ConflictParty.debrief_id == Debrief.id)
            .where(ConflictParty.conflict_id.in_(part))
        )
        found |= {plan.id: plan for plan in session.scalars(query_plans)}
    return found


def _parties(session: Session, groups: Collection[UUID]) -> set[UUID]:
    """Give the debriefs of these people, whatever their state."""
    found: set[UUID] = set()
    for part in chunks(groups):
        query = select(Debrief.id).join(Debrief.registration)
        found |= set(session.scalars(query.where(Registration.person_id.in_(part))))
    return found


def _cancel_refused(session: Session, plans: Sequence[Debrief], found: Found) -> bool:
    """End plans for people who said no or are not eligible (V-3, V-4, A-4, A-5); True if any."""
    ended = False
    for plan in plans:
        reasons = [_ENDS[f.rule] for f in found[plan.id] if f.refused and f.rule in _ENDS]
        if reasons:
            ending.call_off(session, plan, reasons[0])
            ended = True
    session.flush()
    return ended


def _settle_conflicts(
    session: Session, plans: Sequence[Debrief], found: Found, gone: set[UUID], because: str
) -> None:
    """Bring the stored conflicts in line with the findings of `plans`.

    A conflict may be about plans that were not looked at now; their part of it is left as it is.
    """
    wanted: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for plan in plans:
        for finding in found[plan.id]:
            if finding.kind is not None and not finding.todo:
                wanted[findings.fold(finding)][str(plan.id)].append(findings.packed(finding))
    by_id = {str(plan.id): plan for plan in plans}
    stored = {c.fold: c for c in _stored(session, wanted.keys(), gone)}
    looked_at = {str(i) for i in gone}
    for fold, conflict in stored.items():
        kept = {d: rows for d, rows in conflict.findings.items() if d not in looked_at}
        _update(session, conflict, kept | dict(wanted.pop(fold, {})), by_id, because)
    number = session.scalar(select(func.max(Conflict.number))) or 0
    for fold, rows in sorted(wanted.items(), key=lambda item: _about(item[1])):
        number += 1
        _open(session, fold, number, dict(rows), by_id)


def _about(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Give whom findings are about, oldest first: the same plans make the same numbers."""
    return sorted({*rows, *(i for part in rows.values() for row in part for i in row["subject"])})


def _stored(session: Session, folds: Iterable[str], debriefs: Collection[UUID]) -> list[Conflict]:
    found: dict[UUID, Conflict] = {}
    names = sorted(folds)
    for some in chunks(names):
        query = select(Conflict).where(Conflict.fold.in_(some))
        found |= {c.id: c for c in session.scalars(query)}
    for part in chunks(debriefs):
        about = select(Conflict).join(Conflict.parties).where(ConflictParty.debrief_id.in_(part))
        found |= {c.id: c for c in session.scalars(about).unique()}
    return list(found.values())


def _open(
    session: Session,
    fold: str,
    number: int,
    rows: dict[str, list[dict[str, Any]]],
    plans: dict[str, Debrief],
) -> None:
    conflict = Conflict(
        number=number,
        kind=findings.kind_of(fold),
        severity=_strongest(rows),
        state=ConflictState.NEW,
        fold=fold,
        findings=rows,
        facts=_digest(rows),
        opened_at=step_of(session).now,
    )
    session.add(conflict)
    session.flush()
    _set_parties(session, conflict, plans)
    agencies = sorted({plans[p].agency_id for p in rows if p in plans})
    if conflict.kind.asks_identity and len(agencies) > 1:
        tell(session, agencies, "conflict_opened", conflict=conflict)


def _update(
    session: Session,
    conflict: Conflict,
    rows: dict[str, list[dict[str, Any]]],
    plans: dict[str, Debrief],
    because: str,
) -> None:
    now = step_of(session).now
    if not rows:
        if conflict.state.is_open and conflict.reopened_because != BY_SECOND_OPINION:
            conflict.state = ConflictState.CLOSED
            conflict.closed_because, conflict.closed_at = because, now
        conflict.findings, conflict.facts = {}, ""
        return
    digest = _digest(rows)
    if not conflict.state.is_open and digest != conflict.facts:
        conflict.reopened_because = _again(conflict, because)
        conflict.state = ConflictState.REOPENED
        conflict.closed_because, conflict.closed_at = "", None
    if rows != conflict.findings:
        conflict.findings, conflict.severity = rows, _strongest(rows)
    if digest != conflict.facts:
        conflict.facts = digest
    _set_parties(session, conflict, plans)


def _again(conflict: Conflict, because: str) -> str:
    """Say why a settled conflict is there again."""
    if because == POLICY_CHANGED:
        return POLICY_CHANGED
    by_itself = conflict.closed_because in (NO_LONGER, POLICY_CHANGED)
    return "back_again" if by_itself else "facts_changed"


def _set_parties(session: Session, conflict: Conflict, plans: dict[str, Debrief]) -> None:
    """Add the plans that joined a conflict; who was first comes first (D-8).

    A plan that a finding names is a party too, though nothing was found on the plan itself.
    """
    held = {party.debrief_id for party in conflict.parties}
    named = {i for rows in conflict.findings.values() for row in rows for i in row["subject"]}
    about = [plans[p] for p in conflict.findings.keys() | named if p in plans]
    fresh = [plan for plan in about if plan.id not in held]
    start = len(conflict.parties)
    for position, plan in enumerate(sorted(fresh, key=lambda p: (p.first_saved_at, p.id)), start):
        conflict.parties.append(
            ConflictParty(
                position=position, registration_id=plan.registration_id, debrief_id=plan.id
            )
        )
    found_on = [plans.get(p) or session.get_one(Debrief, UUID(p)) for p in conflict.findings]
    earliest = min((plan.starts_at for plan in found_on), default=conflict.session_at)
    if earliest is not None and earliest != conflict.session_at:
        conflict.session_at = earliest
    session.flush()


def _strongest(rows: dict[str, list[dict[str, Any]]]) -> str:
    severities = [Severity(row["severity"]) for part in rows.values() for row in part]
    return min(severities, key=lambda severity: severity.rank).value


def _digest(rows: dict[str, list[dict[str, Any]]]) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:24]


def conflict_digest(conflict: Conflict) -> str:
    """Give the digest of what a conflict is about now; "" when nothing holds any more."""
    return _digest(conflict.findings) if conflict.findings else ""


def settled_keys(
    session: Session, debriefs: Collection[UUID]
) -> dict[UUID, frozenset[tuple[str, tuple[str, ...]]]]:
    """Give, per debrief, the findings that a standing decision allows."""
    keys: dict[UUID, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
    for part in chunks(debriefs):
        query = (
            select(Conflict, ConflictParty.debrief_id)
            .join(Conflict.parties)
            .where(
                ConflictParty.debrief_id.in_(part),
                Conflict.state == ConflictState.DECIDED,
                Conflict.closed_because == "allowed",
            )
        )
        for conflict, debrief_id in session.execute(query):
            if debrief_id is None:
                continue
            for row in conflict.findings.get(str(debrief_id), ()):
                keys[debrief_id].add(findings.unpacked(row).key)
    return {debrief: frozenset(found) for debrief, found in keys.items()}


def _keep_checks(session: Session, plans: Sequence[Debrief], found: Found) -> None:
    """Keep each plan's newest result; a new result is a new check with a new reference.

    A cleared plan that something bars now is planned again, whether the check is new or not.
    """
    ids = [plan.id for plan in plans]
    held: dict[UUID, DeconflictionCheck] = {}
    for part in chunks(ids):
        query = select(DeconflictionCheck).where(DeconflictionCheck.debrief_id.in_(part))
        held |= {row.debrief_id: row for row in session.scalars(query)}
    settled = settled_keys(session, ids)
    info = session.scalars(select(DeskInfo)).one()
    now = step_of(session).now
    for plan in plans:
        result = [findings.packed(finding) for finding in found[plan.id]]
        bars = bool(bars_cleared(found[plan.id], settled.get(plan.id, frozenset())))
        if bars and plan.state is DebriefState.CLEARED:
            plan.state, plan.confirmed_at = DebriefState.PLANNED, None
        row = held.get(plan.id)
        if row is not None and row.findings == result and row.bars_cleared == bars:
            continue
        reference = f"DC-{now:%y%m}-{info.next_check:05d}"
        info.next_check += 1
        level = worst(f for f in found[plan.id] if not f.todo)
        if row is None:
            row = DeconflictionCheck(debrief_id=plan.id)
            session.add(row)
        row.reference, row.checked_at, row.level = reference, now, level
        row.bars_cleared, row.findings = bars, result
