"""A proposed roster as it is looked at: what each line would change, who has no place and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import debriefs, open_day
from debrief_desk.actions.judging import Line
from debrief_desk.actions.proving import objections
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
    from debrief_desk.actions.open_day import OpenDay
    from debrief_desk.planning import Change, Costs, Offer, Reason, RosterProblem
    from debrief_desk.rules.facts import PlanFacts
    from debrief_desk.rules.finding import Finding

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
    lines = _lines(opened, different)
    proven, against = _proven(opened, lines)
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


def _lines(opened: OpenDay, changes: Sequence[Change]) -> list[tuple[Change, Line]]:
    """Give every change as a line that could be accepted, in order of time.

    Who has no place but still holds a lead or a room is a line too: it waits for a team, and what
    it holds becomes free for the others.
    """
    served = {own for change in changes if change.after for own in change.after.requests}
    found = []
    for change in changes:
        if change.kind == "kept":
            continue
        debrief_ids = sorted(
            (opened.debriefs[own] for own in change.requests), key=lambda own: _saved(opened, own)
        )
        versions = tuple((own, opened.facts.debriefs[own].version) for own in debrief_ids)
        if change.after is not None:
            placements = opened.placements(change.after)
            first = next(one for one in placements if one.debrief_id == debrief_ids[0])
            found.append((change, Line(versions, first)))
        elif not served & set(change.requests):
            found.append((change, Line(versions, None)))
    return sorted(found, key=lambda pair: _order(pair[0]))


def _saved(opened: OpenDay, own: str) -> tuple[datetime, str]:
    """Order the debriefs of a joint one: who saved first stays (D-8)."""
    return opened.facts.debriefs[own].first_saved_at, own


def _was_whole(change: Change) -> bool:
    return change.before is not None and open_day.NOWHERE not in (
        change.before.room,
        change.before.lead,
    )


def _order(change: Change) -> tuple[int, str]:
    booking = change.after or change.before
    return (0, "") if booking is None else (booking.start, booking.room)


def _proven(
    opened: OpenDay, lines: Sequence[tuple[Change, Line]]
) -> tuple[list[tuple[Change, Line]], dict[str, Finding]]:
    """Give the lines to which no rule objects, some in another room, and what is left out why."""
    plans = opened.facts.placed(line.placement for _, line in lines if line.placement is not None)
    for _, line in lines:
        gone = line.debriefs if line.placement is None else line.debriefs[1:]
        for own, _version in gone:
            plans.pop(own, None)
    proven: list[tuple[Change, Line]] = []
    against: dict[str, Finding] = {}
    for change, line in lines:
        found = _fitting(opened, line, plans)
        if isinstance(found, Line):
            proven.append((change, found))
            continue
        for own, version in line.debriefs:
            against[own] = found
            plans.pop(own, None)
            if change.before is not None:
                proven.append((change, Line(((own, version),), None)))
    return proven, against


def _fitting(opened: OpenDay, line: Line, plans: dict[str, PlanFacts]) -> Line | Finding:
    """Give a line as no rule objects to it, in another room if need be, or the first objection."""
    if line.placement is None:
        return line
    found = objections(opened.facts, line.placement, plans)
    if not found:
        return line
    for room in opened.facts.rooms:
        other = replace(line.placement, room_id=room)
        if _seats(opened, line.placement, room) and not objections(opened.facts, other, plans):
            plans[line.id] = opened.facts.plan(other)
            return replace(line, placement=other)
    return found[0]


def _seats(opened: OpenDay, placement: Placement, room_id: str) -> bool:
    """Say whether a room holds a team, has what its interpreter needs, and is open."""
    room, case = opened.facts.rooms[room_id], opened.facts.case(placement)
    remote = placement.mode is not None and placement.mode.value != "in_person"
    present = 2 + bool(placement.second_id) + (bool(placement.interpreter_id) and not remote)
    needed = {str(placement.mode)} if remote else set()
    if case.person.facilitator_near:
        needed.add("private")
    opens = any(window.holds(case.plan.window) for window in room.open)
    return opens and needed <= room.features and (room.seats is None or present <= room.seats)


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
    if not _was_whole(change):
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
