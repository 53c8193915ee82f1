"""The roster of a day or a shift: put together, marked against the last issue, issued, recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import func, select

from debrief_desk.actions import desks, roster_lines
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.actions.roster_lines import Post
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.files.rosters import Level, RosterLine, RosterMeta, RosterSheet, columns_for
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import london_day
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Account, Agency, Roster
from debrief_desk.store.session import step_of
from debrief_desk.wording import span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

__all__ = [
    "FORMATS",
    "IssueRow",
    "Issued",
    "Level",
    "Post",
    "RosterLine",
    "RosterOrder",
    "RosterSheet",
    "issue",
    "issue_to_print",
    "issued",
    "paint",
    "preview",
]

FORMATS = ("pdf", "xlsx", "csv", "ics")
_DAY_MINUTES = 23 * 60  # a day of the clock change has 23 hours


@dataclass(frozen=True, slots=True)
class RosterOrder:
    """What to issue: a span (UTC), one agency or all (""), for whom, and for whose eyes.

    `post` narrows it to one room, interviewer or interpreter, whose id `who` is; "" to nobody.
    """

    starts_from: datetime
    starts_before: datetime
    agency: str = ""
    level: Level = "supervisor"
    include_uncleared: bool = False
    recipient: str = ""
    post: Post = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """An issue as it was written; `changed` counts the lines marked against the last issue."""

    path: str
    version: int
    copy_no: int
    lines: int
    changed: int
    uncleared: int


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue in the sent-to list."""

    id: str
    version: int
    copy_no: int
    level: str
    format: str
    agency: str
    starts_at: datetime
    ends_at: datetime
    recipient: str
    issued_at: datetime
    by: str
    lines: int


@reads(Right.ISSUE_ROSTER)
def preview(session: Session, order: RosterOrder) -> RosterSheet:
    """Give the roster as the next issue would be; on the screen without names that are hidden."""
    sheet = _sheet(session, order)[0]
    if not step_of(session).names_hidden:
        return sheet
    return replace(sheet, rows=tuple(replace(r, person="", own_script="") for r in sheet.rows))


@writes(Right.ISSUE_ROSTER)
def issue(session: Session, order: RosterOrder, path: Path, format_: str) -> Issued:
    """Write the roster to a file and record version and recipient.

    Raises:
        WrongCall: the format is unknown, or nobody is named as recipient.
        FileRefused: the file cannot be written; nothing is recorded.
    """
    if format_ not in FORMATS:
        raise WrongCall("format-unknown", format=format_)
    sheet, uncleared = _record(session, order, format_)
    _write(sheet, path, format_)
    return Issued(
        path=str(path),
        version=sheet.meta.version,
        copy_no=sheet.meta.copy_no,
        lines=len(sheet.rows),
        changed=sum(bool(line.change) for line in sheet.rows),
        uncleared=uncleared,
    )


@writes(Right.ISSUE_ROSTER)
def issue_to_print(session: Session, order: RosterOrder) -> RosterSheet:
    """Record an issue on paper; gives the sheet to print."""
    return _record(session, order, "print")[0]


def paint(device: Any, sheet: RosterSheet) -> int:
    """Draw an issue on a printer (a QPagedPaintDevice); gives the pages drawn.

    Raises:
        FileRefused: the printer takes nothing.
    """
    from debrief_desk.files import pages

    return pages.paint(device, sheet)


@reads(Right.ISSUE_ROSTER)
def issued(session: Session, limit: int = 50) -> tuple[IssueRow, ...]:
    """Give what was issued, newest first."""
    agencies = {a.id: a.name for a in session.scalars(select(Agency))}
    people = {a.id: a.name for a in session.scalars(select(Account))}
    query = select(Roster).order_by(Roster.issued_at.desc(), Roster.id.desc()).limit(limit)
    return tuple(
        IssueRow(
            id=str(r.id),
            version=r.version,
            copy_no=r.copy_no,
            level=r.level,
            format=r.format,
            agency=agencies.get(r.agency_id, "") if r.agency_id else "",
            starts_at=r.starts_at,
            ends_at=r.ends_at,
            recipient=r.recipient,
            issued_at=r.issued_at,
            by=people.get(r.account_id, "") if r.account_id else "",
            lines=len(r.lines),
        )
        for r in session.scalars(query)
    )


def _record(session: Session, order: RosterOrder, format_: str) -> tuple[RosterSheet, int]:
    if not order.recipient.strip():
        raise WrongCall("recipient-missing")
    sheet, digests, uncleared = _sheet(session, order, format_)
    step = step_of(session)
    agency = _agency(session, order)
    session.add(
        Roster(
            scope=_scope(order, agency),
            version=sheet.meta.version,
            copy_no=sheet.meta.copy_no,
            level=order.level,
            format=format_,
            agency_id=agency.id if agency else None,
            starts_at=order.starts_from,
            ends_at=order.starts_before,
            recipient=order.recipient.strip(),
            issued_at=step.now,
            account_id=step.account_id,
            lines=digests,
        )
    )
    body = {"version": sheet.meta.version, "lines": len(sheet.rows), "format": format_}
    step.events.append(
        Draft(
            kind="disclosed",
            entity="roster",
            entity_id=_scope(order, agency),
            recipient=order.recipient.strip(),
            reason=order.level,
            body=body,
        )
    )
    return sheet, uncleared


def _sheet(
    session: Session, order: RosterOrder, format_: str = ""
) -> tuple[RosterSheet, dict[str, str], int]:
    if order.level not in get_args(Level):
        raise WrongCall("level-unknown", level=order.level)
    agency = _agency(session, order)
    found = roster_lines.planned(session, order.starts_from, order.starts_before, agency)
    found = [d for d in found if not order.who or order.who in roster_lines.takers(d, order.post)]
    shown = [d for d in found if _lists_uncleared(order) or d.state is not DebriefState.PLANNED]
    uncleared = len(found) - len(shown)
    lines = roster_lines.lines(session, shown, order.level)
    digests = {line.uid: roster_lines.digest(line) for line in lines}
    number = _numbered(session, order, agency, digests, format_)
    marked = roster_lines.marked(session, lines, number.before, order.level)
    step = step_of(session)
    account = session.get(Account, step.account_id) if step.account_id else None
    site = desks.site(session)
    meta = RosterMeta(
        site=site.name,
        day=london_day(order.starts_from),
        window=_window(session, order),
        agency=agency.name if agency else "",
        level=order.level,
        marking=site.marking,
        version=number.version,
        copy_no=number.copy_no,
        recipient=order.recipient.strip(),
        printed_by=account.name if account else "",
        printed_at=step.now,
        expires=order.starts_before,
        left_out=uncleared,
        compared_with=number.version - 1,
    )
    return RosterSheet(meta, columns_for(order.level), tuple(marked)), digests, uncleared


@dataclass(frozen=True, slots=True)
class _Number:
    """Version and copy of an issue, and the digests of the version before (None: the first)."""

    version: int
    copy_no: int
    before: Mapping[str, Any] | None


def _numbered(
    session: Session,
    order: RosterOrder,
    agency: Agency | None,
    digests: Mapping[str, str],
    format_: str,
) -> _Number:
    """Number the next issue.

    The same list in another format or for another recipient is one more copy of its version, with
    the same marks; every other issue counts the version up and is marked against the last.
    """
    query = select(Roster).where(Roster.scope == _scope(order, agency))
    issues = list(session.scalars(query.order_by(Roster.version, Roster.copy_no)))
    if not issues:
        return _Number(1, 1, None)
    last = issues[-1]
    copies = [issue for issue in issues if issue.version == last.version]
    given = {(issue.format, issue.recipient) for issue in copies}
    if last.lines != digests or (format_, order.recipient.strip()) in given:
        return _Number(last.version + 1, 1, last.lines)
    before = next((i.lines for i in issues if i.version == last.version - 1), None)
    return _Number(last.version, last.copy_no + 1, before)


def _lists_uncleared(order: RosterOrder) -> bool:
    return order.level == "supervisor" or order.include_uncleared


def _agency(session: Session, order: RosterOrder) -> Agency | None:
    if not order.agency:
        return None
    named = func.lower(Agency.name) == order.agency.strip().lower()
    agency = session.scalars(select(Agency).where(named)).first()
    if agency is None:
        raise WrongCall("agency-unknown")
    own = own_agency_only(session)
    if own is not None and agency.id != own:
        raise NotAllowed("other-agency")
    return agency


def _scope(order: RosterOrder, agency: Agency | None) -> str:
    whose = str(agency.id) if agency else "all"
    kept = "with-uncleared" if _lists_uncleared(order) else "cleared"
    span_ = f"{order.starts_from:%Y%m%d%H%M}-{order.starts_before:%Y%m%d%H%M}"
    scope = f"{span_}|{whose}|{order.level}|{kept}"
    return f"{scope}|{order.post}|{order.who}" if order.who else scope


def _window(session: Session, order: RosterOrder) -> str:
    """Say which part of the day it is, and for whom or which room alone."""
    minutes = (order.starts_before - order.starts_from).total_seconds() / 60
    whole = minutes >= _DAY_MINUTES
    parts = ["" if whole else span(order.starts_from, order.starts_before)]
    if order.who:
        parts.append(roster_lines.taker_name(session, order.post, order.who))
    return " · ".join(part for part in parts if part)


def _write(sheet: RosterSheet, path: Path, format_: str) -> None:
    if format_ == "pdf":
        from debrief_desk.files import pages

        pages.write_pdf(path, sheet)
    elif format_ == "ics":
        from debrief_desk.files import calendars

        calendars.write_calendars(path, sheet)
    else:
        from debrief_desk.files import tables

        (tables.write_workbook if format_ == "xlsx" else tables.write_csv)(path, sheet)
