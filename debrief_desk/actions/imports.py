"""Taking in a sheet: look at it first, then take it whole, and take it back whole.

An import is one transaction. Every row counts once: added, updated, linked, parked, rejected or
unchanged; what was parked or rejected is kept with its line, its words and the reason.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import compress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import (
    desks,
    links,
    loading,
    people_imports,
    registrations,
    staff_imports,
    undo,
)
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.facts import OPEN
from debrief_desk.actions.opened_sheets import ImportFile as ImportFile  # noqa: PLC0414 - callers know it from here
from debrief_desk.actions.opened_sheets import likely_sender, open_sheet, remember
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.files import headings
from debrief_desk.files.delimited import ENCODINGS
from debrief_desk.files.fields import FIELDS
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day
from debrief_desk.store import search
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import (
    Account,
    Agency,
    Change,
    Debrief,
    ImportBatch,
    ParkedRow,
    Registration,
)
from debrief_desk.store.session import step_of
from debrief_desk.wording import imports as sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from debrief_desk.actions.opened_sheets import Opened
    from debrief_desk.files.rows import ParsedSheet

PERSON_FIELDS = tuple(FIELDS["people"])
"""What a column of a people sheet may be."""
OUTCOMES = ("added", "updated", "linked", "parked", "rejected", "unchanged")


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that was parked or rejected: where it stands, as typed, and why in words."""

    line: int
    outcome: str
    as_typed: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it would be read: its state, its cells, and what is to be said about it."""

    line: int
    state: str
    cells: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds before anything is taken from it.

    Attributes:
        encodings: what else a text file may be in, where its bytes leave that open.
        sheet: name of the worksheet that was read, and `sheets` of the others with content.
        columns: heading to field, "" for none.
        fields: what a column of this kind of sheet may be.
        ask_date_order: headings of columns in which day and month cannot be told apart.
        date_order: the order said or remembered, "" where none was.
        needs_agency: the rows do not say whose they are, so the sender has to be named.
        likely_sender: the one agency that has sent these headings before, where none is named.
        counts: rows by state (`new`, `same`, `update`, `parked`, `rejected`).
        remembered: the columns are read as this sender's were before.
    """

    kind: str
    encoding: str
    encodings: tuple[str, ...]
    sheet: str
    sheets: tuple[str, ...]
    header_line: int
    headings: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]
    unknown: tuple[str, ...]
    ask_date_order: tuple[str, ...]
    date_order: str
    needs_agency: bool
    likely_sender: str
    rows: tuple[PreviewRow, ...]
    counts: Mapping[str, int]
    skipped: tuple[tuple[int, str], ...]
    remembered: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking a file gave; `counts` has `read` and every outcome, which add up to it."""

    import_id: str
    kind: str
    counts: Mapping[str, int]
    left: tuple[LeftRow, ...]
    skipped: tuple[tuple[int, str], ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import in the list of those taken."""

    id: str
    agency: str
    kind: str
    counts: Mapping[str, int]
    imported_at: datetime
    by: str
    undone_at: datetime | None


@reads(Right.IMPORT)
def look(session: Session, file: ImportFile) -> Preview:
    """Read a file and say what taking it would do; nothing is kept.

    Raises:
        FileRefused: the file cannot be read as a sheet; the code says why.
    """
    opened = open_sheet(session, file)
    ask = headings.date_order_needed(opened.sheet, opened.columns) if not opened.order else ()
    parsed = _parsed(session, opened)
    known = _states(session, opened, _to_keep(opened, parsed))
    counts = Counter(known)
    rows = tuple(
        PreviewRow(
            line=row.line,
            state=state,
            cells=tuple(cell for _, cell in row.as_typed),
            remarks=_remarks(row),
        )
        for row, state in zip(parsed.rows, known, strict=True)
    )
    return Preview(
        kind=opened.columns.kind,
        encoding=opened.sheet.encoding,
        encodings=() if opened.sheet.certain else ENCODINGS,
        sheet=opened.sheet.name,
        sheets=opened.sheet.others,
        header_line=opened.columns.header_line,
        headings=tuple(c.heading for c in opened.columns.columns),
        columns=tuple(opened.columns.as_choice().items()),
        fields=tuple(FIELDS[opened.columns.kind]),
        unknown=opened.columns.unknown,
        ask_date_order=ask,
        date_order=opened.order,
        needs_agency=_needs_agency(opened),
        likely_sender="" if file.agency else likely_sender(session, opened),
        rows=rows,
        counts=dict(counts),
        skipped=tuple((s.line, s.why) for s in parsed.skipped),
        remembered=opened.remembered,
    )


@writes(Right.IMPORT)
def take(session: Session, file: ImportFile) -> Imported:
    """Take a whole file in one transaction, with every check.

    Raises:
        FileRefused: as `look`; also `date-order-needed` where day and month could be swapped.
    """
    step = step_of(session)
    started = datetime.now(tz=step.now.tzinfo)
    opened = open_sheet(session, file)
    ask = headings.date_order_needed(opened.sheet, opened.columns)
    if ask and not opened.order:
        raise WrongCall("date-order-needed", columns=", ".join(ask))
    parsed = _to_keep(opened, _parsed(session, opened))
    kind = opened.columns.kind
    agency = desks.agency(session, file.agency) if file.agency else None
    batch = ImportBatch(
        agency_id=agency.id if agency else None,
        kind=kind,
        file_digest=opened.digest,
        counts={},
        skipped=[[s.line, s.why] for s in parsed.skipped],
        imported_at=step.now,
        account_id=step.account_id,
        step=step.id,
    )
    session.add(batch)
    session.flush()
    if kind == "people":
        outcomes, left = people_imports.take(session, parsed.rows, agency, batch.id)
    else:
        outcomes, left = staff_imports.take(session, kind, parsed.rows, agency, batch.id)
    counts = {"read": len(parsed.rows), **dict.fromkeys(OUTCOMES, 0), **Counter(outcomes)}
    batch.counts = counts
    for row in left:
        row.import_id = batch.id
        session.add(row)
    remember(session, opened)
    step.events.append(
        Draft(kind="collected", entity="import_batch", entity_id=str(batch.id), body=dict(counts))
    )
    taken = datetime.now(tz=step.now.tzinfo) - started
    return Imported(
        import_id=str(batch.id),
        kind=kind,
        counts=counts,
        left=tuple(_left(row) for row in sorted(left, key=lambda row: row.line)),
        skipped=tuple((s.line, s.why) for s in parsed.skipped),
        seconds=taken.total_seconds(),
    )


@reads(Right.IMPORT)
def taken(session: Session, limit: int = 50) -> tuple[ImportRow, ...]:
    """Give the imports, newest first."""
    agencies = {a.id: a.name for a in session.scalars(select(Agency))}
    people = {a.id: a.name for a in session.scalars(select(Account))}
    newest = select(ImportBatch).order_by(ImportBatch.imported_at.desc(), ImportBatch.id.desc())
    return tuple(
        ImportRow(
            id=str(batch.id),
            agency=agencies.get(batch.agency_id, "") if batch.agency_id else "",
            kind=batch.kind,
            counts=batch.counts,
            imported_at=batch.imported_at,
            by=people.get(batch.account_id, "") if batch.account_id else "",
            undone_at=batch.undone_at,
        )
        for batch in session.scalars(newest.limit(limit))
    )


@reads(Right.IMPORT)
def left_rows(session: Session, import_id: str) -> tuple[LeftRow, ...]:
    """Give the rows of an import that were parked or rejected, in the order of the file."""
    query = select(ParkedRow).where(ParkedRow.import_id == UUID(import_id))
    return tuple(_left(row) for row in session.scalars(query.order_by(ParkedRow.line)))


def _needs_agency(opened: Opened) -> bool:
    fields = {column.field for column in opened.columns.columns}
    return opened.columns.kind == "people" and "agency" not in fields


def _parsed(session: Session, opened: Opened) -> ParsedSheet[Any]:
    near = london_day(step_of(session).now)
    order = opened.order or "dmy"
    if opened.columns.kind == "people":
        return people_imports.parsed(opened.sheet, opened.columns, order, near)
    return staff_imports.parsed(opened.sheet, opened.columns, order, near)


def _to_keep(opened: Opened, parsed: ParsedSheet[Any]) -> ParsedSheet[Any]:
    """Leave out the cells of columns that no field was found for: nothing keeps them (A-3, S-7)."""
    known = [bool(column.field) for column in opened.columns.columns]
    rows = tuple(replace(row, as_typed=tuple(compress(row.as_typed, known))) for row in parsed.rows)
    return replace(parsed, rows=rows)


def _states(session: Session, opened: Opened, parsed: ParsedSheet[Any]) -> list[str]:
    if opened.columns.kind == "people":
        return people_imports.states(session, parsed.rows, opened.sender)
    return [
        "rejected" if row.hollow else "parked" if row.problems else "new" for row in parsed.rows
    ]


def _left(row: ParkedRow) -> LeftRow:
    return LeftRow(
        line=row.line,
        outcome=row.outcome,
        as_typed=tuple((heading, cell) for heading, cell in row.as_typed),
        reasons=tuple(sentences.reason(code, field, values) for code, field, values in row.reasons),
    )


def _remarks(row: Any) -> tuple[str, ...]:
    """Give what is to be said about a row: what bars it first."""
    if row.hollow:
        return (sentences.reason(people_imports.HOLLOW, "", {}),)
    return tuple(sentences.row_remark(remark) for remark in (*row.problems, *row.notes))


@writes(Right.UNDO_IMPORT)
def take_back(session: Session, import_id: str) -> None:
    """Undo a whole import: what it added is withdrawn, what it changed is as it was.

    Raises:
        Stale: something it changed was changed again since; nothing is undone.
    """
    batch = session.get(ImportBatch, UUID(import_id))
    if batch is None or batch.undone_at is not None:
        raise WrongCall("import-unknown")
    query = select(Registration).where(Registration.import_id == batch.id)
    added = [r for r in session.scalars(query).unique() if r.withdrawn_at is None]
    plans = session.scalars(select(Debrief.id).where(Debrief.import_id == batch.id)).all()
    ids = [r.id for r in added]
    groups = undo.reverse(session, batch.step, lambda: links.leave(session, ids) if ids else set())
    batch.undone_at = step_of(session).now
    session.flush()
    search.forget(session, ids)
    changed = _changed_since(session, batch.step) - set(ids)
    standing = loading.registrations(session, changed).values()
    registrations.index_anew(session, [r for r in standing if r.withdrawn_at is None])
    groups |= links.refresh(session, changed)
    open_plans = select(Debrief.id).where(Debrief.state.in_(OPEN))
    staff = batch.kind != "people"
    everything = session.scalars(open_plans).all() if staff else []
    recheck(session, groups=groups, debriefs=[*plans, *everything])
    step_of(session).events.append(
        Draft(kind="erased", entity="import_batch", entity_id=import_id, reason="undone")
    )


def _changed_since(session: Session, step: UUID) -> set[UUID]:
    """Give the registrations that a step changed (and that an undo has put back)."""
    query = select(Change.row_id).where(Change.step == step, Change.entity == "registration")
    return set(session.scalars(query.distinct()))
