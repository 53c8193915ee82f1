"""What became of one person's records: every change of a field, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions import registrations
from debrief_desk.actions.loading import chunks
from debrief_desk.actions.rights import own_agency_only, reads
from debrief_desk.errors import WrongCall
from debrief_desk.rules.codes import Purpose
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.models import (
    Account,
    AgeDecision,
    Approach,
    ArrivalEvent,
    Busy,
    Change,
    Conflict,
    ConflictParty,
    Debrief,
    DebriefStop,
    Identifier,
    IdentityDecision,
    Interpreter,
    Interviewer,
    NoApproachMarker,
    Referral,
    Registration,
    Room,
    Stay,
    WelfareCheck,
)
from debrief_desk.store.session import step_of
from debrief_desk.wording import _, day_and_clock, names
from debrief_desk.wording import people as sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sqlalchemy.orm import Session

_OF_REGISTRATION = (
    *(Identifier, Stay, WelfareCheck, AgeDecision, Approach, NoApproachMarker),
    *(Busy, Referral),
)
_POINTS_AT: dict[str, type[Any]] = {
    "room_id": Room,
    "lead_id": Interviewer,
    "second_id": Interviewer,
    "interpreter_id": Interpreter,
    "event_id": ArrivalEvent,
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change in words, and when by whom; what a marker or an approach said is left out."""

    text: str
    detail: str


@reads(Right.SEE_PEOPLE)
def of_person(session: Session, registration_id: str, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Give the newest changes to everything this desk holds about a person."""
    chosen = registrations.get(session, registration_id)
    own = own_agency_only(session)
    if own is not None and chosen.agency_id != own:
        raise WrongCall("registration-unknown")
    query = select(Registration).where(Registration.person_id == chosen.person_id)
    if own is not None:
        query = query.where(Registration.agency_id == own)
    members = {r.id: r.serial for r in session.scalars(query).unique()}
    plans = _plans(session, members, own)
    about = members | plans | _hanging(session, members) | _on_plans(session, plans)
    found = _changes(session, about, limit)
    accounts = {a.id: a.name for a in session.scalars(select(Account))}
    hides = step_of(session).names_hidden
    known = _names(session, found)
    return tuple(
        HistoryRow(
            text=sentences.change(
                c.entity,
                c.field,
                about[c.row_id],
                _word(c, c.old, known, hides=hides),
                _word(c, c.new, known, hides=hides),
            ),
            detail=sentences.history_line(
                c.at, accounts.get(c.account_id, "") if c.account_id else ""
            ),
        )
        for c in found
    )


def _plans(session: Session, members: Collection[UUID], own: UUID | None) -> dict[UUID, str]:
    query = select(Debrief.id, Debrief.reference).where(Debrief.registration_id.in_(members))
    if own is not None:
        query = query.where(Debrief.agency_id == own)
    return {row.id: row.reference for row in session.execute(query)}


def _hanging(session: Session, members: Collection[UUID]) -> dict[UUID, str]:
    """Give what hangs on the registrations, with nothing to call it by."""
    ids = list(members)
    queries = [select(kind.id).where(kind.registration_id.in_(ids)) for kind in _OF_REGISTRATION]
    either = or_(IdentityDecision.a_id.in_(ids), IdentityDecision.b_id.in_(ids))
    queries.append(select(IdentityDecision.id).where(either))
    return {key: "" for query in queries for key in session.scalars(query)}


def _on_plans(session: Session, plans: Mapping[UUID, str]) -> dict[UUID, str]:
    """Give the stops of these plans by their references, and their conflicts by kind and number."""
    stops = select(DebriefStop.id, DebriefStop.debrief_id).where(DebriefStop.debrief_id.in_(plans))
    held = select(ConflictParty.conflict_id).where(ConflictParty.debrief_id.in_(plans))
    blocks = select(Conflict.id, Conflict.kind, Conflict.number).where(Conflict.id.in_(held))
    told = {row.id: plans[row.debrief_id] for row in session.execute(stops)}
    return told | {
        row.id: sentences.conflict(row.kind, row.number) for row in session.execute(blocks)
    }


def _changes(session: Session, rows: Collection[UUID], limit: int) -> list[Change]:
    fields = sentences.shown_fields()
    found: list[Change] = []
    for part in chunks(rows):
        query = select(Change).where(Change.row_id.in_(part)).order_by(Change.clock.desc())
        found += [
            c
            for c in session.scalars(query)
            if not c.field or c.field in fields.get(c.entity, frozenset())
        ]
    return sorted(found, key=lambda c: -c.clock)[:limit]


def _names(session: Session, changes: Collection[Change]) -> dict[str, str]:
    """Give the names of rooms, people and events that the changes point at."""
    wanted: dict[type[Any], set[UUID]] = {}
    for change in changes:
        kind = _POINTS_AT.get(change.field)
        for side in (change.old, change.new):
            if kind is not None and side and side.get("value"):
                wanted.setdefault(kind, set()).add(UUID(side["value"]))
    known: dict[str, str] = {}
    for kind, ids in wanted.items():
        for row in session.scalars(select(kind).where(kind.id.in_(ids))).unique():
            known[str(row.id)] = row.number if kind is ArrivalEvent else row.name
    return known


def _word(
    change: Change, side: dict[str, Any] | None, known: dict[str, str], *, hides: bool
) -> str:
    """Write one value of a changed field; of a birth, what somebody decided about two records."""
    kept, field = side or {}, change.field
    if not field:
        return str(kept.get("verdict", "")) if kept.get("origin") == "person" else ""
    value = kept.get("value")
    if value is None or value == "":
        return ""
    if hides and field in _NAMES:
        return _("hidden")
    if field in _POINTS_AT:
        return known.get(str(value), "")
    if field.endswith("_at"):
        return day_and_clock(datetime.fromisoformat(value))
    write = _WORDS.get(f"{change.entity}.{field}") or _WORDS.get(field)
    return str(value) if write is None else write(value)


_NAMES = ("given_name", "family_name", "full_name", "native_name")
_WORDS: dict[str, Callable[[Any], str]] = {
    "debrief.state": lambda value: names.name(DebriefState(value)),
    "conflict.state": lambda value: names.name(ConflictState(value)),
    "purpose": lambda value: names.name(Purpose(value)) if value in set(Purpose) else value,
    "rested": sentences.yes_no,
    "medical": sentences.medical,
    "preference": sentences.preference,
    "interpreter_preference": sentences.preference,
}
