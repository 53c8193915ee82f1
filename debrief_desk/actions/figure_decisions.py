"""What was decided in a span of time: second approaches prevented, exceptions made, time taken."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from debrief_desk.actions.loading import chunks
from debrief_desk.rules.codes import IdentityAnswer, PlansAnswer, Ruling
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import (
    Approach,
    Bypass,
    Change,
    Conflict,
    ConflictDecision,
    ConflictParty,
    Registration,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.rules.times import Window

ALLOWED, BYPASSED, HANDED_OVER = "allowed", "bypass", "handover"
_DOUBLE: Final = (
    ConflictKind.SAME_PERSON,
    ConflictKind.POSSIBLE_PERSON,
    ConflictKind.SECOND_APPROACH,
)
_ENDING: Final = (PlansAnswer.KEEP, PlansAnswer.JOINT, PlansAnswer.HANDOVER, PlansAnswer.CANCEL)


@dataclass(frozen=True, slots=True)
class Doubles:
    """Double approaches: kept from happening, and noticed when somebody had been asked already.

    `twice` counts the people of whom two agencies did ask.
    """

    prevented: int
    late: int
    twice: int


def doubles(session: Session, window: Window) -> Doubles:
    """Give what became of second approaches that decisions of the window were about."""
    prevented: set[UUID] = set()
    late: set[UUID] = set()
    decided = [(d, c) for d, c in decisions(session, window) if _ends_a_double(d, c)]
    cancelled = _cancelling(session, [d.step for d, _ in decided])
    for decision, conflict in decided:
        if decision.step in cancelled:
            asked = _asked_before(session, conflict.id, decision.decided_at)
            (late if asked else prevented).add(conflict.id)
    return Doubles(len(prevented), len(late - prevented), _asked_twice(session, window))


def decisions(session: Session, window: Window) -> list[tuple[ConflictDecision, Conflict]]:
    """Give the decisions of the window that stand, each with its conflict."""
    query = (
        select(ConflictDecision, Conflict)
        .join(Conflict, ConflictDecision.conflict_id == Conflict.id)
        .where(
            ConflictDecision.undone_at.is_(None),
            ConflictDecision.decided_at >= window.start,
            ConflictDecision.decided_at < window.end,
        )
        .order_by(ConflictDecision.decided_at, ConflictDecision.id)
    )
    return [(decision, conflict) for decision, conflict in session.execute(query)]


def _ends_a_double(decision: ConflictDecision, conflict: Conflict) -> bool:
    wanted: str = IdentityAnswer.SAME.value
    if conflict.kind is ConflictKind.SECOND_APPROACH:
        wanted = Ruling.CANCEL.value
    return (
        conflict.kind in _DOUBLE
        and decision.verdict == wanted
        and decision.plans.partition(":")[0] in _ENDING
    )


def _cancelling(session: Session, steps: Sequence[UUID]) -> set[UUID]:
    """Give those of these steps that cancelled a debrief."""
    found: set[UUID] = set()
    for part in chunks(steps):
        query = select(Change.step, Change.new).where(
            Change.step.in_(part), Change.entity == "debrief", Change.field == "state"
        )
        found |= {
            step
            for step, new in session.execute(query)
            if new["value"] == DebriefState.CANCELLED.value
        }
    return found


def _asked_before(session: Session, conflict_id: UUID, moment: datetime) -> bool:
    """Say whether somebody had been asked for one of a conflict's debriefs by then."""
    query = (
        select(Approach.id)
        .join(ConflictParty, ConflictParty.debrief_id == Approach.debrief_id)
        .where(ConflictParty.conflict_id == conflict_id, Approach.at <= moment)
    )
    return session.scalars(query.limit(1)).first() is not None


def _asked_twice(session: Session, window: Window) -> int:
    """Count the people asked in the window of whom two agencies have asked by its end."""
    asked = select(Registration.person_id, Approach.at, Approach.agency_id).join(
        Registration, Approach.registration_id == Registration.id
    )
    in_window = set(
        session.scalars(
            asked.with_only_columns(Registration.person_id).where(
                Approach.at >= window.start, Approach.at < window.end
            )
        )
    )
    agencies: dict[UUID, set[UUID]] = defaultdict(set)
    for part in chunks(in_window):
        query = asked.where(Registration.person_id.in_(part), Approach.at < window.end)
        for person, _at, agency in session.execute(query):
            agencies[person].add(agency)
    return sum(len(theirs) > 1 for theirs in agencies.values())


def overrides(session: Session, window: Window) -> Counter[tuple[str, str]]:
    """Count what was let through: (how, kind of the conflict or ""), in the window."""
    found: Counter[tuple[str, str]] = Counter()
    for decision, conflict in decisions(session, window):
        if decision.verdict == Ruling.ALLOW.value:
            found[ALLOWED, conflict.kind.value] += 1
        elif decision.plans.partition(":")[0] == PlansAnswer.HANDOVER.value:
            found[HANDED_OVER, ""] += 1
    bypassed = (
        select(func.count())
        .select_from(Bypass)
        .where(
            Bypass.concurred_at >= window.start,
            Bypass.concurred_at < window.end,
            Bypass.withdrawn_at.is_(None),
        )
    )
    found[BYPASSED, ""] += session.scalar(bypassed) or 0
    return +found


def minutes_to_decide(session: Session, window: Window) -> float | None:
    """Give the median minutes from a conflict's opening to its decision; None without any."""
    settled = [
        (decision.decided_at - conflict.opened_at).total_seconds() / 60
        for decision, conflict in decisions(session, window)
        if decision.verdict not in (IdentityAnswer.UNSURE.value, Ruling.DEFER.value)
    ]
    return median(settled) if settled else None
