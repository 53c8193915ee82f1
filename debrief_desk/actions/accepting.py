"""Taking lines of a proposed roster into the desk: each held once more against what stands now.

Nothing about what was accepted or refused before enters here or any cost: a person's *no* stays a
no, and no plan is better because somebody was persuaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import deciding, judging, offering, open_day
from debrief_desk.actions.checks import OPEN_CONFLICT, recheck
from debrief_desk.actions.placements import put
from debrief_desk.actions.plans import become
from debrief_desk.actions.rights import holds, writes
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import IdentityAnswer, PlansAnswer
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Conflict, ConflictParty, Debrief
from debrief_desk.store.session import step_of
from debrief_desk.wording import proposals

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from debrief_desk.actions.judging import Line
    from debrief_desk.actions.open_day import OpenDay


@dataclass(frozen=True, slots=True)
class Order:
    """What is accepted of which day (or shift): its lines, and the way of planning they came by.

    `others` are the lines of the same proposal that are not accepted now.
    """

    day: date
    lines: tuple[Line, ...]
    start: int = 0
    end: int = open_day.LONGEST
    mode: str = ""
    others: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A line that no longer fits what stands now, with a sentence that says why."""

    debrief_id: str
    reference: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of an acceptance; `step` undoes it whole, "" where nothing was taken.

    `needed` are those of the other lines that would have to be accepted with the refused ones.
    """

    taken: tuple[str, ...]
    refused: tuple[NotTaken, ...]
    step: str
    needed: tuple[str, ...] = ()


@writes(Right.EDIT_ANY)
def accept(session: Session, order: Order) -> Accepted:
    """Take the lines that still hold, all in one step; the others stay as they are, each with why.

    Every line is judged as it would stand beside the other lines taken: by its version, by every
    rule, and by the independent checker on the desk's open day as it is now.

    Raises:
        WrongCall: there is no line.
        Refused: `open-after-told`: the day was planned afresh, and people have been told since.
    """
    if not order.lines:
        raise WrongCall("no-lines")
    opened = open_day.open_day(session, order.day, order.start, order.end)
    if order.mode == "open" and offering.told_already(session, opened):
        raise Refused("open-after-told")
    outdated = {line.id: _outdated(session, opened, line) for line in (*order.lines, *order.others)}
    lines = [line for line in order.lines if not outdated[line.id]]
    refused = {line.id: outdated[line.id] for line in order.lines if outdated[line.id]}
    asked = lines
    lines = judging.holding(opened, lines, refused)
    others = [line for line in order.others if not outdated[line.id]]
    needed = judging.needed(opened, asked, others) if len(lines) < len(asked) else ()
    for line in lines:
        _write(session, line)
    touched = [UUID(own) for line in lines for own, _ in line.debriefs]
    groups = {session.get_one(Debrief, own).registration.person_id for own in touched}
    recheck(session, groups=groups, debriefs=touched)
    step = step_of(session)
    if lines:
        body = {
            "mode": order.mode,
            "taken": [own for line in lines for own, _ in line.debriefs],
            "refused": len(refused),
        }
        step.events.append(
            Draft(kind="altered", entity="proposal", entity_id=opened.problem.id, body=body)
        )
    return Accepted(
        taken=tuple(line.id for line in lines),
        refused=tuple(NotTaken(own, _reference(session, own), why) for own, why in refused.items()),
        step=str(step.id) if lines else "",
        needed=needed,
    )


def _outdated(session: Session, opened: OpenDay, line: Line) -> str:
    """Say why a line is about something that stands differently now; "" where it does not."""
    held = {one.debrief_id: one for one in opened.held}
    fixed = {opened.debriefs[own] for pin in opened.problem.pinned for own in pin.requests}
    for own, version in line.debriefs:
        debrief = session.get(Debrief, UUID(own))
        if debrief is None or debrief.version != version:
            return proposals.changed_since()
        if own in held:
            return proposals.held(held[own].finding)
        if own in fixed or own not in opened.requests:
            return proposals.stays()
    if len(line.debriefs) > 1 and not holds(session, Right.DECIDE_CONFLICTS):
        return proposals.joint_needs_supervisor()
    if len(line.debriefs) > 1 and _conflict(session, line) is None:
        return proposals.changed_since()
    return ""


def _write(session: Session, line: Line) -> None:
    debrief = session.get_one(Debrief, UUID(line.id))
    if line.placement is None:
        if debrief.state is not DebriefState.WAITING:
            become(debrief, DebriefState.WAITING)
        debrief.room = debrief.lead = debrief.second = debrief.interpreter = None
        debrief.room_text = debrief.lead_text = debrief.second_text = ""
        debrief.confirmed_at = None
        return
    if len(line.debriefs) > 1:
        _join(session, line, debrief)
    put(session, debrief, line.placement)


def _join(session: Session, line: Line, kept: Debrief) -> None:
    """Settle the conflict about a person whom two agencies want: one debrief, both take part."""
    conflict = _conflict(session, line)
    if conflict is None:
        raise WrongCall("conflict-settled")
    plans = f"{PlansAnswer.JOINT.value}:{kept.reference}"
    decision = deciding.Decision(IdentityAnswer.SAME.value, plans, proposals.joint_reason())
    deciding.decide(session, str(conflict.id), decision)


def _conflict(session: Session, line: Line) -> Conflict | None:
    """Give the open conflict about just these debriefs of one person."""
    wanted = {UUID(own) for own, _version in line.debriefs}
    query = (
        select(Conflict)
        .join(Conflict.parties)
        .where(
            Conflict.kind == ConflictKind.SAME_PERSON,
            Conflict.state.in_(OPEN_CONFLICT),
            ConflictParty.debrief_id.in_(wanted),
        )
    )
    found = session.scalars(query).unique()
    return next((one for one in found if {p.debrief_id for p in one.parties} == wanted), None)


def _reference(session: Session, debrief_id: str) -> str:
    debrief = session.get(Debrief, UUID(debrief_id))
    return "" if debrief is None else debrief.reference
