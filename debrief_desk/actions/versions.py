"""Two people changed one record from the same state: what each wrote, and what may stand at once.

Nothing is overwritten. What only one of them changed stands; where both wrote, each something
else, a person chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from debrief_desk.actions.loading import chunks
from debrief_desk.store.models import Account, Change, ImportBatch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldVersions:
    """One field as it stands now and as it is to be saved, in words.

    `mine_stands` says which of the two stands by itself; None where both changed it and a person
    has to choose. `by` and `at` tell who wrote what stands now; "" and None where nobody did since.
    """

    field: str
    label: str
    theirs: str
    mine: str
    mine_stands: bool | None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote a field last, when, and in which step."""

    by: str
    at: datetime
    step: UUID


def compared(
    shown: Values,
    now: Values,
    mine: Values,
    *,
    word: Callable[[str, Any], tuple[str, str]],
    written: Mapping[str, Written],
) -> tuple[FieldVersions, ...]:
    """Give every field in which what stands now and what is to be saved differ, in their order.

    `shown` is what was on the screen when the work on `mine` began. `word` gives label and value
    of a field in words, `written` who wrote a field last.
    """
    rows = []
    for field, standing in now.items():
        before, wanted = shown.get(field), mine.get(field)
        if wanted == standing:
            continue
        label, theirs = word(field, standing)
        changed, told = standing != before, written.get(field)
        rows.append(
            FieldVersions(
                field,
                label,
                theirs,
                word(field, wanted)[1],
                None if changed and wanted != before else not changed,
                told.by if changed and told is not None else "",
                told.at if changed and told is not None else None,
            )
        )
    return tuple(rows)


def settled(now: Values, mine: Values, mine_stands: Mapping[str, bool]) -> Values:
    """Give the values that are to stand: of each field named, mine or what stands now."""
    return {
        field: mine.get(field) if mine_stands.get(field, False) else standing
        for field, standing in now.items()
    }


def written(session: Session, rows: Collection[UUID]) -> dict[str, Written]:
    """Give who wrote each field of these rows last, by the name of the column."""
    names = {account.id: account.name for account in session.scalars(select(Account))}
    found: dict[str, Change] = {}
    for part in chunks(rows):
        for change in session.scalars(select(Change).where(Change.row_id.in_(part))):
            for field in (change.field,) if change.field else (change.new or {}):
                if field not in found or found[field].clock < change.clock:
                    found[field] = change
    return {
        field: Written(
            names.get(change.account_id, "") if change.account_id else "", change.at, change.step
        )
        for field, change in found.items()
    }


def written_here(session: Session, row: UUID, saved_at: datetime | None) -> frozenset[str]:
    """Give the columns of a row that somebody wrote at this desk later than a sheet was saved.

    Of a sheet that does not say when it was saved nothing is later than the desk.
    """
    wrote = written(session, [row])
    steps = {told.step for told in wrote.values()}
    sheets = set(session.scalars(select(ImportBatch.step).where(ImportBatch.step.in_(steps))))
    return frozenset(
        column
        for column, told in wrote.items()
        if told.step not in sheets and not (saved_at and saved_at > told.at)
    )
