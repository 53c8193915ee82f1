"""The roster of a day or a shift: put together, marked against the last issue, issued and recorded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, get_args
from uuid import UUID

from sqlalchemy import func, or_, select

from debrief_desk.actions import desks, findings
from debrief_desk.actions.checks import settled_keys
from debrief_desk.actions.debriefs import checks_of
from debrief_desk.actions.naming import shown_language, shown_name
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.files.rosters import (
    Level,
    RosterLine,
    RosterMeta,
    RosterSheet,
    columns_for,
)
from debrief_desk.rules.registry import bars_cleared
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import london_day
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import (
    Account,
    Agency,
    Debrief,
    DeconflictionCheck,
    Registration,
    Roster,
)
from debrief_desk.store.session import step_of
from debrief_desk.wording import _, names, ngettext, span
from debrief_desk.wording import findings as sentences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

FORMATS = ("pdf", "xlsx", "csv", "ics")
_SHOWN = (DebriefState.PLANNED, DebriefState.CLEARED, DebriefState.IN_PROGRESS)
_DAY_MINUTES = 23 * 60  # a day of the clock change has 23 hours


@dataclass(frozen=True, slots=True)
class RosterOrder:
    """What to issue: a span (UTC), one agency or all (""), for whom, and for whose eyes."""

    starts_from: datetime
    starts_before: datetime
    agency: str = ""
    level: Level = "supervisor"
    include_uncleared: bool = False
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """An issue as it was written; `changed` counts the lines marked against the last issue."""

    path: str
    version: int
    lines: int
    changed: int
    uncleared: int


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue in the sent-to list."""

    version: int
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
    """Give the roster as the next issue would be."""
    return _sheet(session, order)[0]


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
        lines=len(sheet.rows),
        changed=sum(bool(line.change) for line in sheet.rows),
        uncleared=uncleared,
    )


@writes(Right.ISSUE_ROSTER)
def issue_to_print(session: Session, order: RosterOrder) -> RosterSheet:
    """Record an issue on paper; gives the sheet to print."""
    return _record(session, order, "print")[0]


@reads(Right.ISSUE_ROSTER)
def issued(session: Session, limit: int = 50) -> tuple[IssueRow, ...]:
    """Give what was issued, newest first."""
    agencies = {a.id: a.name for a in session.scalars(select(Agency))}
    people = {a.id: a.name for a in session.scalars(select(Account))}
    query = select(Roster).order_by(Roster.issued_at.desc(), Roster.id.desc()).limit(limit)
    return tuple(
        IssueRow(
            version=r.version,
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
    sheet, digests, uncleared = _sheet(session, order)
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


def _sheet(session: Session, order: RosterOrder) -> tuple[RosterSheet, dict[str, str], int]:
    if order.level not in get_args(Level):
        raise WrongCall("level-unknown", level=order.level)
    agency = _agency(session, order)
    shown, uncleared = _debriefs(session, order, agency)
    checks = checks_of(session, shown)
    partners = {str(a.id): a.name for a in session.scalars(select(Agency))}
    settled = settled_keys(session, [d.id for d in shown])
    lines = [_line(d, checks.get(d.id), partners, settled, order.level) for d in shown]
    before = _last(session, _scope(order, agency))
    digests = {line.uid: _digest(line) for line in lines}
    marked = [_marked(line, digests, before) for line in lines]
    marked += _gone(session, before, digests, order)
    marked.sort(key=lambda line: (line.start, line.room, line.reference))
    step = step_of(session)
    account = session.get(Account, step.account_id) if step.account_id else None
    site = desks.site(session)
    meta = RosterMeta(
        site=site.name,
        day=london_day(order.starts_from),
        window=_window(order),
        agency=agency.name if agency else "",
        level=order.level,
        marking=site.marking,
        version=(before.version if before else 0) + 1,
        copy_no=1,
        recipient=order.recipient.strip(),
        printed_by=account.name if account else "",
        printed_at=step.now,
        expires=order.starts_before,
    )
    return RosterSheet(meta, columns_for(order.level), tuple(marked)), digests, uncleared


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


def _debriefs(
    session: Session, order: RosterOrder, agency: Agency | None
) -> tuple[list[Debrief], int]:
    """Give the debriefs to list, and how many uncleared ones the level leaves out."""
    query = (
        select(Debrief)
        .join(Debrief.registration)
        .where(
            Debrief.state.in_(_SHOWN),
            Debrief.starts_at >= order.starts_from,
            Debrief.starts_at < order.starts_before,
            Registration.withdrawn_at.is_(None),
        )
        .order_by(Debrief.starts_at, Debrief.id)
    )
    if agency is not None:
        partner = func.instr(Debrief.partner_ids, str(agency.id)) > 0
        query = query.where(or_(Debrief.agency_id == agency.id, partner))
    found = list(session.scalars(query).unique())
    if order.level == "supervisor" or order.include_uncleared:
        return found, 0
    cleared = [d for d in found if d.state is not DebriefState.PLANNED]
    return cleared, len(found) - len(cleared)


def _line(
    debrief: Debrief,
    check: DeconflictionCheck | None,
    partners: Mapping[str, str],
    settled: Mapping[UUID, frozenset[tuple[str, tuple[str, ...]]]],
    level: str,
) -> RosterLine:
    registration = debrief.registration
    named = level in {"supervisor", "interviewer"}
    full = level != "door"
    room = debrief.room.name if debrief.room else debrief.room_text
    line = RosterLine(
        uid=str(debrief.id),
        reference=debrief.reference,
        start=debrief.starts_at,
        end=debrief.ends_at,
        room=room,
        sequence=debrief.sequence,
    )
    if not full:
        return line
    cleared = debrief.state is not DebriefState.PLANNED
    return replace(
        line,
        agency=debrief.agency.name,
        partner=", ".join(partners.get(p, "") for p in debrief.partner_ids),
        person=shown_name(registration) if named else "",
        own_script=registration.native_name if named else "",
        language=shown_language(registration),
        lead=debrief.lead.name if debrief.lead else debrief.lead_text,
        second=debrief.second.name if debrief.second else debrief.second_text,
        interpreter=debrief.interpreter.name if debrief.interpreter else "",
        state=names.name(debrief.state) if cleared else _("Not cleared"),
        missing="" if cleared else _missing(debrief, check, settled),
        deconfliction_reference=check.reference if check else "",
    )


def _missing(
    debrief: Debrief,
    check: DeconflictionCheck | None,
    settled: Mapping[UUID, frozenset[tuple[str, tuple[str, ...]]]],
) -> str:
    """Say in short what keeps a plan from being cleared."""
    if check is None:
        return ""
    found = [findings.unpacked(row) for row in check.findings]
    bars = bars_cleared(found, settled.get(debrief.id, frozenset()))
    titles = list(dict.fromkeys(sentences.title(finding) for finding in bars))
    shown, more = titles[:3], len(titles) - 3
    if more > 0:
        shown.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return "; ".join(shown)


def _marked(line: RosterLine, digests: Mapping[str, str], before: Roster | None) -> RosterLine:
    if before is None or before.lines.get(line.uid) == digests[line.uid]:
        return line
    return replace(line, change="changed" if line.uid in before.lines else "new")


def _gone(
    session: Session, before: Roster | None, digests: Mapping[str, str], order: RosterOrder
) -> list[RosterLine]:
    """Give what the last issue had and this one has not: slot and reference, no names."""
    if before is None:
        return []
    ids = [UUID(uid) for uid in before.lines if uid not in digests]
    query = select(Debrief).where(Debrief.id.in_(ids))
    full = order.level != "door"
    return [
        RosterLine(
            uid=str(d.id),
            reference=d.reference,
            start=d.starts_at,
            end=d.ends_at,
            room=d.room.name if d.room else d.room_text,
            agency=d.agency.name if full else "",
            state=names.name(d.state) if full else "",
            change="cancelled",
            sequence=d.sequence,
        )
        for d in session.scalars(query).unique()
    ]


def _digest(line: RosterLine) -> str:
    """Give a digest of what a reader of the roster would act on."""
    told = {k: str(v) for k, v in asdict(line).items() if k not in {"change", "sequence"}}
    told.pop("deconfliction_reference")
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _last(session: Session, scope: str) -> Roster | None:
    query = select(Roster).where(Roster.scope == scope).order_by(Roster.version.desc())
    return session.scalars(query.limit(1)).first()


def _scope(order: RosterOrder, agency: Agency | None) -> str:
    whose = str(agency.id) if agency else "all"
    kept = "with-uncleared" if order.include_uncleared else "cleared"
    return f"{order.starts_from:%Y%m%d%H%M}-{order.starts_before:%Y%m%d%H%M}|{whose}|{order.level}|{kept}"


def _window(order: RosterOrder) -> str:
    minutes = (order.starts_before - order.starts_from).total_seconds() / 60
    return "" if minutes >= _DAY_MINUTES else span(order.starts_from, order.starts_before)


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
