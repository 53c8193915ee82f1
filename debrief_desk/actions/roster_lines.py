"""The lines of a roster: what a level may show of each debrief, and how it differs from before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from sqlalchemy import func, or_, select

from debrief_desk.actions import findings
from debrief_desk.actions.checks import settled_keys
from debrief_desk.actions.debriefs import checks_of
from debrief_desk.actions.naming import shown_language, written_name
from debrief_desk.errors import WrongCall
from debrief_desk.files.rosters import RosterLine
from debrief_desk.rules.registry import bars_cleared
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Agency,
    Debrief,
    DeconflictionCheck,
    Interpreter,
    Interviewer,
    Registration,
    Room,
)
from debrief_desk.wording import _, names, roster_missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

Post = Literal["", "room", "interviewer", "interpreter"]
"""For whom a roster is alone: everybody, or one room, interviewer or interpreter."""
_SHOWN = (DebriefState.PLANNED, DebriefState.CLEARED, DebriefState.IN_PROGRESS)


def planned(
    session: Session, starts_from: datetime, starts_before: datetime, agency: Agency | None
) -> list[Debrief]:
    """Give the debriefs of a span that a roster may list, of one agency or all, by time.

    Nobody is listed whom no rule lets anybody ask: a child, a disputed age, a refuser, a suspect.
    """
    query = (
        select(Debrief)
        .join(Debrief.registration)
        .where(
            Debrief.state.in_(_SHOWN),
            Debrief.starts_at >= starts_from,
            Debrief.starts_at < starts_before,
            Registration.withdrawn_at.is_(None),
        )
        .order_by(Debrief.starts_at, Debrief.id)
    )
    if agency is not None:
        partner = func.instr(Debrief.partner_ids, str(agency.id)) > 0
        query = query.where(or_(Debrief.agency_id == agency.id, partner))
    found = list(session.scalars(query).unique())
    checks = checks_of(session, found)
    refused = {key for key, check in checks.items() if any(f["refused"] for f in check.findings)}
    return [debrief for debrief in found if debrief.id not in refused]


def takers(debrief: Debrief, post: Post) -> dict[str, str]:
    """Give id and name of the room, the interviewers or the interpreter of a debrief."""
    found = {
        "room": (debrief.room,),
        "interviewer": (debrief.lead, debrief.second),
        "interpreter": (debrief.interpreter,),
    }.get(post, ())
    return {str(one.id): one.name for one in found if one is not None}


def taker_name(session: Session, post: Post, own: str) -> str:
    """Name a room, an interviewer or an interpreter.

    Raises:
        WrongCall: `taker-unknown`.
    """
    kinds: dict[str, type[Any]] = {
        "room": Room,
        "interviewer": Interviewer,
        "interpreter": Interpreter,
    }
    row = session.get(kinds[post], UUID(own)) if post in kinds else None
    if row is None:
        raise WrongCall("taker-unknown")
    return str(row.name)


def lines(session: Session, debriefs: Sequence[Debrief], level: str) -> list[RosterLine]:
    """Give a line for each debrief with what the level may show; nothing is marked yet."""
    checks = checks_of(session, list(debriefs))
    partners = {str(a.id): a.name for a in session.scalars(select(Agency))}
    settled = settled_keys(session, [d.id for d in debriefs])
    return [_line(d, checks.get(d.id), partners, settled, level) for d in debriefs]


def marked(
    session: Session, listed: Sequence[RosterLine], before: Mapping[str, Any] | None, level: str
) -> list[RosterLine]:
    """Mark what differs from the digests of an earlier issue and add what it had and this has not.

    None for `before` is the first issue: nothing is marked.
    """
    if before is None:
        return list(listed)
    rows = [_marked(line, before) for line in listed]
    there = {line.uid for line in listed}
    rows += _gone(session, [UUID(uid) for uid in before if uid not in there], level)
    return sorted(rows, key=lambda line: (line.start, line.room, line.reference))


def digest(line: RosterLine) -> str:
    """Give a digest of what a reader of the roster would act on."""
    told = {k: str(v) for k, v in asdict(line).items() if k not in {"change", "sequence"}}
    told.pop("deconfliction_reference")
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


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
        person=written_name(registration) if named else "",
        own_script=registration.native_name if named else "",
        language=shown_language(registration),
        lead=debrief.lead.name if debrief.lead else debrief.lead_text,
        second=debrief.second.name if debrief.second else debrief.second_text,
        interpreter=debrief.interpreter.name if debrief.interpreter else "",
        state=names.name(debrief.state) if cleared else _("Not cleared"),
        missing="" if cleared else missing(debrief, check, settled),
        deconfliction_reference=check.reference if check else "",
    )


def missing(
    debrief: Debrief,
    check: DeconflictionCheck | None,
    settled: Mapping[UUID, frozenset[tuple[str, tuple[str, ...]]]],
) -> str:
    """Say in short what keeps a plan from being cleared."""
    if check is None:
        return ""
    found = [findings.unpacked(row) for row in check.findings]
    bars = bars_cleared(found, settled.get(debrief.id, frozenset()))
    return roster_missing.missing(finding.rule for finding in bars)


def _marked(line: RosterLine, before: Mapping[str, Any]) -> RosterLine:
    if before.get(line.uid) == digest(line):
        return line
    return replace(line, change="changed" if line.uid in before else "new")


def _gone(session: Session, ids: Sequence[UUID], level: str) -> list[RosterLine]:
    """Give what the last issue had and this one has not: slot and reference, no names."""
    full = level != "door"
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
        for d in session.scalars(select(Debrief).where(Debrief.id.in_(ids))).unique()
    ]
