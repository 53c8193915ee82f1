"""What may be answered to a conflict: which outcomes the plans allow, and what nobody may allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from debrief_desk.actions import bypasses, desks, facts
from debrief_desk.actions.person_facts import persons
from debrief_desk.rules.catalogue import BY_FACT_ONLY
from debrief_desk.rules.codes import IdentityAnswer, PlansAnswer, Ruling
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.spacing import first_in_time, passes_over, sequence_start
from debrief_desk.wording import conflicts as sentences
from debrief_desk.wording import span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.parties import PartyRow
    from debrief_desk.rules.facts import PlanFacts
    from debrief_desk.store.models import Conflict, Debrief


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may become of the plans: `code` as a decision takes it, and the verdict it goes with.

    Where it `passes_over` the agency that was first, the decision also needs a reason of the list
    (D-8).
    """

    verdict: str
    code: str
    text: str
    passes_over: bool = False


def letter(position: int) -> str:
    """Give the letter of a side: A for the first."""
    return chr(ord("A") + position % 26)


def offered(
    session: Session, sides: Sequence[PartyRow], plans: Sequence[Debrief], *, identity: bool
) -> tuple[Outcome, ...]:
    """Give the answers about the open plans of a conflict; *in sequence* only where it fits."""
    lettered = _lettered(sides, plans)
    if not identity:
        return tuple(_outcome(Ruling.CANCEL, PlansAnswer.CANCEL, *one) for one in lettered)
    if len(lettered) < 2:  # noqa: PLR2004 - nothing to settle between fewer than two plans
        return ()
    known = {str(plan.id): facts.plan_facts(plan) for plan in plans}
    late = {key for key, plan in known.items() if passes_over(plan, known.values())}
    answers = [PlansAnswer.KEEP]
    if len({side.agency_id for _letter, side in lettered}) > 1:
        answers += [PlansAnswer.JOINT, PlansAnswer.HANDOVER]
    found = [
        replace(_outcome(IdentityAnswer.SAME, answer, *one), passes_over=one[1].debrief_id in late)
        for answer in answers
        for one in lettered
        if answer is not PlansAnswer.HANDOVER or one[0] != lettered[0][0]
    ]
    moved = sequence(session, plans)[1]
    if moved is not None:
        code = PlansAnswer.SEQUENCE.value
        letters = {side.debrief_id: tag for tag, side in lettered}
        told = [(letters[str(plan)], start) for plan, start in moved.items()]
        text = sentences.in_sequence(sorted(told, key=lambda one: one[1]))
        found.append(Outcome(IdentityAnswer.SAME.value, code, text))
    found += [_outcome(IdentityAnswer.SAME, PlansAnswer.CANCEL, *one) for one in lettered]
    return tuple(found)


def to_bypass(
    session: Session, sides: Sequence[PartyRow], plans: Sequence[Debrief]
) -> tuple[Outcome, ...]:
    """Give the plans for which an emergency bypass may be asked; `code` is the plan's id (D-11)."""
    ids = {plan.id for plan in plans}
    asked = {bypass.debrief_id for bypass in bypasses.standing(session, ids)}
    lifted = bypasses.liftable(session, ids - asked)
    return tuple(
        Outcome(
            "bypass", side.debrief_id, sentences.bypassing(tag, side.agency, _slot(side), rules)
        )
        for tag, side in _lettered(sides, plans)
        if (rules := lifted.get(UUID(side.debrief_id)))
    )


def _lettered(sides: Sequence[PartyRow], plans: Sequence[Debrief]) -> list[tuple[str, PartyRow]]:
    """Give the sides that have one of these plans, each with its letter."""
    ids = {str(plan.id) for plan in plans}
    return [(letter(n), side) for n, side in enumerate(sides) if side.debrief_id in ids]


def sequence(
    session: Session, plans: Sequence[Debrief]
) -> tuple[UUID, dict[UUID, datetime] | None]:
    """Give the plan that holds its slot and, one after the other, when the rest would start.

    None in place of the starts where the stay leaves no room for one of them (D-6, W-6).
    """
    known = {plan.id: facts.plan_facts(plan) for plan in plans}
    first = first_in_time(list(known.values()))
    rules = desks.policy(session)
    before: PlanFacts = first
    starts: dict[UUID, datetime] = {}
    for plan in sorted(plans, key=lambda p: (p.starts_at, p.id)):
        if str(plan.id) == first.id:
            continue
        group = plan.registration.person_id
        start = sequence_start(before, known[plan.id], persons(session, [group])[group], rules)
        if start is None:
            return UUID(first.id), None
        starts[plan.id] = start
        before = replace(known[plan.id], start=start, end=start + (plan.ends_at - plan.starts_at))
    return UUID(first.id), starts


def barred_by(conflict: Conflict) -> str:
    """Give the rule that no ruling lifts, "" where a supervisor may allow it with a reason."""
    rows = [row for part in conflict.findings.values() for row in part]
    for row in sorted(rows, key=lambda row: Severity(row["severity"]).rank):
        if row["severity"] == Severity.HARD.value or row["rule"] in BY_FACT_ONLY:
            return str(row["rule"])
    return ""


def _outcome(
    verdict: IdentityAnswer | Ruling, answer: PlansAnswer, tag: str, side: PartyRow
) -> Outcome:
    about = side.agency if answer is PlansAnswer.HANDOVER else side.debrief_reference
    text = sentences.outcome(answer.value, tag, side.agency, _slot(side))
    return Outcome(verdict.value, f"{answer.value}:{about}", text)


def _slot(side: PartyRow) -> str:
    return span(side.starts_at, side.ends_at) if side.starts_at and side.ends_at else ""
