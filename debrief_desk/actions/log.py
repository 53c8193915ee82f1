"""The log: who collected, altered, looked at, passed on, combined or erased what; and its seal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right, Role
from debrief_desk.store import audit
from debrief_desk.store.audit import ChainReport, Draft
from debrief_desk.store.models import Account, AuditEvent
from debrief_desk.store.session import step_of
from debrief_desk.wording import _, day_and_clock, from_london, names
from debrief_desk.wording import log as sentences

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

__all__ = ["ChainReport", "EventRow", "LogFilter", "LogPage", "export", "listed", "verify"]


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which events are meant; what is empty does not matter. `day` is a London day."""

    kind: str = ""
    account_id: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; `about` says what it concerns in words, never whose name."""

    sequence: int
    at: datetime
    account: str
    roles: str
    kind: str
    about: str
    action: str
    recipient: str
    reason: str
    seal: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """A window into the log, newest first, and how many events fit the filter."""

    rows: tuple[EventRow, ...]
    total: int


@reads(Right.SEE_LOG)
def listed(session: Session, wanted: LogFilter, offset: int = 0, limit: int = 200) -> LogPage:
    """Give events that fit, newest first."""
    fits = _fits(wanted)
    total = session.scalar(select(func.count(AuditEvent.sequence)).where(*fits)) or 0
    query = select(AuditEvent).where(*fits).order_by(AuditEvent.sequence.desc())
    page = query.offset(offset).limit(limit)
    accounts = _accounts(session)
    return LogPage(tuple(_row(event, accounts) for event in session.scalars(page)), total)


@reads(Right.SEE_LOG)
def accounts(session: Session) -> tuple[tuple[str, str], ...]:
    """Give id and name of every account, to filter by."""
    found = session.execute(select(Account.id, Account.name).order_by(Account.name))
    return tuple((str(row.id), row.name) for row in found)


@reads(None)
def verify(session: Session) -> ChainReport:
    """Recompute every link of the chain; the report holds nothing of anybody."""
    return audit.verify(session)


@writes(Right.SEE_LOG)
def export(session: Session, wanted: LogFilter, path: Path, recipient: str) -> int:
    """Write the events that fit as CSV, oldest first; that they were passed on is an event itself.

    Raises:
        WrongCall: nobody is named as recipient.
        FileRefused: the file cannot be written; nothing is recorded.
    """
    from debrief_desk.files import logs

    if not recipient.strip():
        raise WrongCall("log-recipient-missing")
    known = _accounts(session)
    query = select(AuditEvent).where(*_fits(wanted)).order_by(AuditEvent.sequence)
    rows = [_row(event, known) for event in session.scalars(query)]
    logs.write_csv(path, [_(title) for title in sentences.COLUMNS], map(_cells, rows))
    body = {"events": len(rows)}
    step_of(session).events.append(
        Draft(kind="disclosed", entity="log", recipient=recipient.strip()[:120], body=body)
    )
    return len(rows)


def _fits(wanted: LogFilter) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if wanted.kind:
        fits.append(AuditEvent.kind == wanted.kind)
    if wanted.account_id:
        fits.append(AuditEvent.account_id == UUID(wanted.account_id))
    if wanted.day is not None:
        start = from_london(datetime.combine(wanted.day, time()))
        end = from_london(datetime.combine(wanted.day + timedelta(days=1), time()))
        fits += [AuditEvent.at >= start, AuditEvent.at < end]
    return fits


def _accounts(session: Session) -> dict[UUID, str]:
    return {row.id: row.name for row in session.execute(select(Account.id, Account.name))}


def _row(event: AuditEvent, accounts: dict[UUID, str]) -> EventRow:
    return EventRow(
        sequence=event.sequence,
        at=event.at,
        account=accounts.get(event.account_id, "") if event.account_id else "",
        roles=", ".join(names.name(Role(code)) for code in event.roles.split()),
        kind=event.kind,
        about=_about(event),
        action=event.action,
        recipient=event.recipient,
        reason=event.reason,
        seal=event.hash.hex()[:16].upper(),
    )


def _about(event: AuditEvent) -> str:
    if event.entity:
        return sentences.entity(event.entity)
    body = json.loads(event.body) if event.body else {}
    return sentences.touched(body.get("rows", {}))


def _cells(row: EventRow) -> tuple[str, ...]:
    return (
        str(row.sequence),
        day_and_clock(row.at),
        row.account,
        row.roles,
        sentences.kind(row.kind),
        row.about,
        row.action,
        row.recipient,
        row.reason,
        row.seal,
    )
