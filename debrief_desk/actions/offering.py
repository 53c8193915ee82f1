"""A proposed roster as it is looked at: what each line would change, who has no place and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import debriefs, offer_lines, open_day
from debrief_desk.actions.rights import reads
from debrief_desk.actions.staffing import Staffing, staffing
from debrief_desk.planning import changes, check, completed
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Debrief, Roster
from debrief_desk.wording import clock, proposals, reasons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.day_facts import Placement
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.judging import Line
    from debrief_desk.actions.open_day import OpenDay
    from debrief_desk.planning import Change, Costs, Offer, Reason, RosterProblem

PLACED: Final = "placed"
MOVED: Final = "moved"
RESTAFFED: Final = "restaffed"
JOINED: Final = "joined"
DROPPED: Final = "dropped"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A day ready to be planned: `problem` may leave the desk, `opened` may not.

    In `problem` what stands in part is completed at its own time where that fits, so that it is
    kept. `told` says why nothing may start afresh any more; "" where it may.
    """

    day: date
    start: int
    end: int
    opened: OpenDay
    problem: RosterProblem
    told: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line that differs from what stands: the debrief, what it was, what it would be.

    `before` is empty where there was no whole team; `changed` names the parts that differ.
    """

    line: Line
    kind: str
    reference: str
    person: str
    agency: str
    was: str
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    lead: str
    second: str
    interpreter: str
    changed: tuple[str, ...]

    @property
    def id(self) -> str:
        """Give the debrief the line is called by."""
        return self.line.id


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A debrief without a place: the first true reason, and what would give it one."""

    debrief_id: str
    reference: str
    person: str
    agency: str
    why: str
    concession: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One proposal to choose: its difference in words, its cost by level, its lines.

    `kept` counts the debriefs that stay as they are; `held` are those that are not planned at all.
    """

    mode: str
    title: str
    placed: int
    asked: int
    kept: int
    costs: Costs
    lines: tuple[LineRow, ...]
    left: tuple[LeftRow, ...]
    held: tuple[LeftRow, ...]
    staffing: Staffing


@reads(Right.EDIT_ANY)
def prepare(session: Session, day: date, start: int = 0, end: int = open_day.LONGEST) -> Prepared:
    """Give an open day (or shift) for a planner.

    Raises:
        WrongCall: `shift-impossible`.
    """
    opened = open_day.open_day(session, day, start, end)
    told = told_already(session, opened)
    return Prepared(day, start, end, opened, completed(opened.problem), told)


def told_already(session: Session, opened: OpenDay) -> str:
    """Say why a day may not be planned afresh: people have been told; "" where nobody has."""
    span = opened.facts.span
    query = select(Roster.id).where(Roster.starts_at < span.end, Roster.ends_at > span.start)
    if session.scalars(query.limit(1)).first() is not None:
        return proposals.issued_already()
    if any(row.confirmed_at is not None for row in opened.facts.debriefs.values()):
        return proposals.confirmed_already()
    return ""


@reads(Right.EDIT_ANY)
def shown(session: Session, prepared: Prepared, offers: Sequence[Offer]) -> tuple[OfferRow, ...]:
    """Give the offers with names; each was judged again by the independent checker and the rules.

    A line to which a rule objects gets another room where that helps, and waits otherwise.
    An offer that breaks a hard rule is not shown.
    """
    opened = prepared.opened
    ids = [UUID(own) for own in opened.facts.debriefs]
    rows = session.scalars(select(Debrief).where(Debrief.id.in_(ids))).unique() if ids else ()
    named = {row.id: row for row in debriefs.rows_of(session, list(rows))}
    return tuple(
        _offer(opened, offer, named)
        for offer in offers
        if check(opened.problem, offer.proposal.plan).legal
    )


def _offer(opened: OpenDay, offer: Offer, named: Mapping[str, DebriefRow]) -> OfferRow:
    proposal = offer.proposal
    different = changes(opened.problem, proposal.plan)
    lines = offer_lines.lines(opened, different)
    proven, against = offer_lines.proven(opened, lines)
    left = [
        _left(opened, named, opened.debriefs[reason.request], *_why(opened, reason))
        for reason in proposal.unplaced
    ]
    left += [
        _left(opened, named, own, proposals.against(finding)) for own, finding in against.items()
    ]
    asked = len(opened.problem.requests)
    return OfferRow(
        mode=proposal.mode,
        title=reasons.offer(offer),
        placed=asked - len(left),
        asked=asked,
        kept=sum(change.kind == "kept" for change in different),
        costs=proposal.costs,
        lines=tuple(_row(opened, named, change, line) for change, line in proven),
        left=tuple(left),
        held=tuple(
            _left(opened, named, one.debrief_id, proposals.held(one.finding)) for one in opened.held
        ),
        staffing=staffing(opened.problem, proposal.plan, proposal.unplaced),
    )


def _row(opened: OpenDay, named: Mapping[str, DebriefRow], change: Change, line: Line) -> LineRow:
    row, facts, placement = named[line.id], opened.facts, line.placement
    agencies = [named[own].agency for own, _ in line.debriefs]
    if placement is None:
        return LineRow(
            line, DROPPED, row.reference, row.person, row.agency, _was(row), None, None,
            "", "", "", "", (),
        )  # fmt: skip
    second = facts.interviewers.get(placement.second_id)
    voice = facts.interpreters.get(placement.interpreter_id)
    return LineRow(
        line=line,
        kind=_kind(change, line),
        reference=row.reference,
        person=row.person,
        agency=" + ".join(agencies),
        was=_was(row),
        starts_at=placement.start,
        ends_at=placement.end,
        room=facts.rooms[placement.room_id].name,
        lead=facts.interviewers[placement.lead_id].name,
        second=second.name if second else "",
        interpreter=voice.name if voice else "",
        changed=_changed(row, placement),
    )


def _kind(change: Change, line: Line) -> str:
    if len(line.debriefs) > 1:
        return JOINED
    if not offer_lines.was_whole(change):
        return PLACED
    return MOVED if "start" in change.fields else RESTAFFED


def _changed(row: DebriefRow, placement: Placement) -> tuple[str, ...]:
    pairs = (
        ("start", row.starts_at, placement.start),
        ("room", row.room_id, placement.room_id),
        ("lead", row.lead_id, placement.lead_id),
        ("second", row.second_id, placement.second_id),
        ("interpreter", row.interpreter_id, placement.interpreter_id),
    )
    return tuple(name for name, before, after in pairs if before != after)


def _was(row: DebriefRow) -> str:
    return proposals.stood(row.starts_at, row.room, row.lead)


def _why(opened: OpenDay, reason: Reason) -> tuple[str, str]:
    def at(minute: int) -> str:
        return clock(opened.facts.moment(minute))

    granted = reason.concession
    return reasons.sentence(reason, at), reasons.concession(granted, at) if granted else ""


def _left(
    opened: OpenDay, named: Mapping[str, DebriefRow], own: str, why: str, concession: str = ""
) -> LeftRow:
    row = named.get(own)
    reference = opened.facts.debriefs[own].reference
    if row is None:
        return LeftRow(own, reference, "", "", why, concession)
    return LeftRow(own, reference, row.person, row.agency, why, concession)
