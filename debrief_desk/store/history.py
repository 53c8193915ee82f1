"""The change log: every field that is written, by whom, when, and what it replaced.

It is the history a user reads, the source of every undo, and what two desks exchange. The birth of
a row is one change with an empty field name that holds all its values; each later write is a
change of one field. Derived tables (the match index, checks, suggestions) are left out: they can be
worked out again.
"""

from __future__ import annotations

import enum
import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert, inspect, select

from debrief_desk.store.models import (
    AuditEvent,
    Change,
    DeconflictionCheck,
    IdentitySuggestion,
    MatchCount,
    MatchKey,
    MatchRecord,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from debrief_desk.store.session import Step

DERIVED = (
    AuditEvent,
    Change,
    DeconflictionCheck,
    IdentitySuggestion,
    MatchCount,
    MatchKey,
    MatchRecord,
)
_COUNTER_BITS = 16
_CHUNK = 400


class Clock:
    """A hybrid logical clock (Kulkarni et al. 2014): follows the wall clock, never goes back."""

    def __init__(self, last: int = 0) -> None:
        self._last = last

    def tick(self, now: datetime) -> int:
        """Give a reading later than every earlier one."""
        wall = int(now.timestamp() * 1000) << _COUNTER_BITS
        self._last = max(wall, self._last + 1)
        return self._last


def plain(value: object) -> Any:
    """Give a column's value as JSON can hold it."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return value


def keep(session: Session, step: Step) -> None:
    """Write what this flush changed; called by the session itself."""
    births = [row for row in session.new if not isinstance(row, DERIVED)]
    edits = [row for row in session.dirty if not isinstance(row, DERIVED)]
    if any(not isinstance(row, DERIVED) for row in session.deleted):
        raise RuntimeError("kept rows are withdrawn, never deleted")
    rows = list(_births(births, step)) + list(_edits(session, edits, step))
    if rows:
        session.execute(insert(Change), rows)
        step.changes.extend(row["id"] for row in rows)


def _births(births: Iterable[object], step: Step) -> Iterator[dict[str, Any]]:
    for row in births:
        mapper = inspect(type(row))
        values = {
            column.key: plain(getattr(row, column.key))
            for column in mapper.column_attrs
            if column.key != "id" and getattr(row, column.key) is not None
        }
        yield _change(step, row, "", (None, values), [])


def _edits(session: Session, edits: Iterable[object], step: Step) -> Iterator[dict[str, Any]]:
    written: list[tuple[object, str, Any, Any]] = []
    for row in edits:
        state = inspect(row)
        for column in state.mapper.column_attrs:
            past = state.attrs[column.key].history
            if past.has_changes() and column.key != "version":
                old = past.deleted[0] if past.deleted else None
                new = past.added[0] if past.added else None
                if plain(old) != plain(new):
                    written.append((row, column.key, old, new))
    heads = _heads(session, {row.id for row, *_ in written})  # type: ignore[attr-defined]
    for row, key, old, new in written:
        row_id = row.id  # type: ignore[attr-defined]
        head = heads.get((row_id, key)) or heads.get((row_id, ""))
        parents = [str(head)] if head else []
        values = ({"value": plain(old)}, {"value": plain(new)})
        yield _change(step, row, key, values, parents)


def _heads(session: Session, row_ids: set[UUID]) -> dict[tuple[UUID, str], UUID]:
    """Give the newest change per row and field."""
    heads: dict[tuple[UUID, str], UUID] = {}
    wanted = sorted(row_ids)
    for start in range(0, len(wanted), _CHUNK):
        query = (
            select(Change.row_id, Change.field, Change.id)
            .where(Change.row_id.in_(wanted[start : start + _CHUNK]))
            .order_by(Change.clock)
        )
        for row_id, field, change_id in session.execute(query):
            heads[row_id, field] = change_id
    return heads


def _change(
    step: Step,
    row: object,
    field: str,
    values: tuple[dict[str, Any] | None, dict[str, Any] | None],
    parents: list[str],
) -> dict[str, Any]:
    entity = str(inspect(type(row)).local_table.name)
    row_id: UUID = row.id  # type: ignore[attr-defined]
    old, new = values
    clock = step.clock.tick(step.now)
    content = json.dumps(
        [entity, str(row_id), field, new, clock, str(step.desk_id), parents], sort_keys=True
    )
    step.touched[entity] = step.touched.get(entity, 0) + 1
    return {
        "id": UUID(bytes=hashlib.sha256(content.encode()).digest()[:16]),
        "step": step.id,
        "entity": entity,
        "row_id": row_id,
        "field": field,
        "old": old,
        "new": new,
        "at": step.now,
        "clock": clock,
        "desk_id": step.desk_id,
        "account_id": step.account_id,
        "parents": parents,
    }
