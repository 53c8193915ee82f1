"""Taking back what one step wrote, from the change log: fields go back, births are withdrawn."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import inspect, select

from debrief_desk.actions import ending
from debrief_desk.errors import Stale
from debrief_desk.rules.codes import CancelReason, MarkerKind
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store import models
from debrief_desk.store.base import Base
from debrief_desk.store.history import plain
from debrief_desk.store.models import Change
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

_KINDS: dict[str, type[Any]] = {
    mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
    for mapper in Base.registry.mappers
}
_COUNTERS = {("desk", "next_debrief"), ("desk", "next_check"), ("debrief", "sequence")}
"""What only ever counts up: an undo is one more step, not a step that never was."""
_PLANS: Final = "debrief"
_FOLLOWS = {"conflict", "conflict_party"}
"""What the recheck keeps in line: put back where nobody changed it since, else left alone."""
_DERIVED_FIELDS = {("registration", "person_id")}
"""Worked out from the statements that stand."""

_WITHDRAWN: Final[dict[type[Any], Callable[[datetime], dict[str, Any]]]] = {
    models.Registration: lambda now: {"withdrawn_at": now},
    models.Identifier: lambda _now: {"value": ""},
    models.Stay: lambda _now: {"landed_at": None, "arrived_at": None},
    models.WelfareCheck: lambda _now: {
        "screened_at": None,
        "rested": None,
        "medical": "",
        "preference": "",
    },
    models.Debrief: lambda _now: {
        "state": DebriefState.CANCELLED,
        "state_reason": CancelReason.NO_LONGER_NEEDED,
    },
    models.IdentityDecision: lambda now: {"superseded_at": now},
    models.ConflictDecision: lambda now: {"undone_at": now},
    models.Conflict: lambda _now: {"state": ConflictState.CLOSED, "closed_because": "undone"},
    models.Interviewer: lambda _now: {"active": False},
    models.Interpreter: lambda _now: {"active": False},
    models.Room: lambda _now: {"active": False},
    models.Accreditation: lambda now: {"revoked_on": now.date()},
    models.ImportBatch: lambda now: {"undone_at": now},
    models.Duty: lambda now: {"cancelled_at": now},
    models.Experience: lambda now: {"cancelled_at": now},
    models.Busy: lambda now: {"cancelled_at": now},
    models.FamilyLink: lambda now: {"withdrawn_at": now},
    models.Referral: lambda now: {"withdrawn_at": now},
    models.Bypass: lambda now: {"withdrawn_at": now},
    models.SecondOpinion: lambda now: {"withdrawn_at": now},
}
"""What a row says once the step that made it is taken back."""


def reverse(session: Session, step_id: UUID, regroup: Callable[[], set[UUID]]) -> set[UUID]:
    """Put back every field a step wrote and withdraw every row it made; the caller rechecks.

    `regroup` brings the groups of people in line in between, and its answer is given back: a plan
    comes back only where nobody of its group has said no since (V-4).

    Raises:
        Stale: a field was written again since, or what the step made cannot be taken back;
            nothing is changed.
    """
    query = select(Change).where(Change.step == step_id).order_by(Change.clock.desc())
    changes = list(session.scalars(query))
    for change in changes:
        if change.entity != _PLANS:
            _reverse_one(session, change)
    session.flush()
    groups = regroup()
    with session.no_autoflush:
        for change in changes:
            if change.entity == _PLANS:
                _reverse_one(session, change)
        for key in {change.row_id for change in changes if change.entity == _PLANS}:
            _end_where_marked(session, session.get_one(models.Debrief, key))
    session.flush()
    return groups


def _reverse_one(session: Session, change: Change) -> None:
    row = session.get(_KINDS[change.entity], change.row_id)
    if row is None:
        return
    if change.field == "":
        _withdraw(session, row)
    elif (change.entity, change.field) not in _COUNTERS | _DERIVED_FIELDS:
        _put_back(row, change)


def _end_where_marked(session: Session, debrief: models.Debrief) -> None:
    """End a plan that came back for somebody whom nobody may ask any more."""
    marker = models.NoApproachMarker
    query = (
        select(marker.kind)
        .join(models.Registration, marker.registration_id == models.Registration.id)
        .where(
            models.Registration.person_id == debrief.registration.person_id,
            marker.lifted_at.is_(None),
        )
    )
    kinds = set(session.scalars(query)) if debrief.state.is_open else set()
    if kinds:
        refused = MarkerKind.NO_APPROACH in kinds
        reason = CancelReason.NO_APPROACH if refused else CancelReason.NOT_ELIGIBLE
        ending.call_off(session, debrief, reason)


def _put_back(row: Any, change: Change) -> None:
    written = (change.new or {}).get("value")
    before = (change.old or {}).get("value")
    if plain(getattr(row, change.field)) != written:
        if change.entity in _FOLLOWS:
            return
        raise Stale("undo-changed-since")
    setattr(row, change.field, _typed(row, change.field, before))


def _withdraw(session: Session, row: Any) -> None:
    """Make a row say that it no longer holds; what hangs on a withdrawn row goes with it."""
    _demand_revocable(session, row)
    if isinstance(row, models.Conflict) and row.findings:
        return  # the recheck closes it when nothing is found any more
    after = _WITHDRAWN.get(type(row))
    if after is None:
        return
    for name, value in after(step_of(session).now).items():
        setattr(row, name, value)
    if isinstance(row, models.Debrief):
        row.sequence += 1


def _demand_revocable(session: Session, row: Any) -> None:
    """Refuse to take back a no and what took place: withdrawn rows would hide both."""
    marker = models.NoApproachMarker
    if isinstance(row, marker):
        raise Stale("undo-refusal")
    if isinstance(row, models.Registration):
        marked = select(marker.id).where(marker.registration_id == row.id)
        if session.scalars(marked.limit(1)).first() is not None:
            raise Stale("undo-refusal")
    begun = isinstance(row, models.Debrief) and row.started_at is not None
    if begun or isinstance(row, models.DebriefStop):
        raise Stale("undo-begun")


def _typed(row: Any, field: str, value: Any) -> Any:
    """Give a kept value back its Python type, by the column it came from."""
    if value is None:
        return None
    kind = inspect(type(row)).columns[field].type.python_type
    if issubclass(kind, enum.Enum):
        return kind(value)
    if kind is datetime or kind is date:
        return kind.fromisoformat(value)
    return UUID(value) if kind is UUID else value
