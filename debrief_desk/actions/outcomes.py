"""What may be answered to a conflict: which outcomes the plans allow, and what nobody may allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from debrief_desk.actions import desks, facts
from debrief_desk.actions.person_facts import persons
from debrief_desk.rules.catalogue import BY_FACT_ONLY
from debrief_desk.rules.codes import IdentityAnswer, PlansAnswer, Ruling
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.spacing import first_in_time, sequence_start
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
    """What may become of the plans: `code` as a decision takes it, and the verdict it goes with."""

    verdict: str
    code: str
    text: str


def letter(position: int) -> str:
    """Give the letter of a side: A for the first."""
    return chr(ord("A") + position % 26)


def offered(
    session: Session, sides: Sequence[PartyRow], plans: Sequence[Debrief], *, identity: bool
) -> tuple[Outcome, ...]:
    """Give the answers about the open plans of a conflict; *in sequence* only where it fits."""
    is_open = {str(plan.id) for plan in plans}
    lettered = [(letter(n), side) for n, side in enumerate(sides) if side.debrief_id in is_open]
    if not identity:
        return tuple(_outcome(Ruling.CANCEL, PlansAnswer.CANCEL, *one) for one in lettered)
    if len(lettered) < 2:  # noqa: PLR2004 - nothing to settle between fewer than two plans
        return ()
    answers = [PlansAnswer.KEEP]
    if len({side.agency_id for _letter, side in lettered}) > 1:
        answers += [PlansAnswer.JOINT, PlansAnswer.HANDOVER]
    found = [
        _outcome(IdentityAnswer.SAME, answer, *one)
        for answer in answers
        for one in lettered
        if answer is not PlansAnswer.HANDOVER or one[0] != lettered[0][0]
    ]
    if sequence(session, plans)[1] is not None:
        code = PlansAnswer.SEQUENCE.value
        text = sentences.outcome(code, "", "", "")
        found.append(Outcome(IdentityAnswer.SAME.value, code, text))
    found += [_outcome(IdentityAnswer.SAME, PlansAnswer.CANCEL, *one) for one in lettered]
    return tuple(found)


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
    slot = span(side.starts_at, side.ends_at) if side.starts_at and side.ends_at else ""
    about = side.agency if answer is PlansAnswer.HANDOVER else side.debrief_reference
    text = sentences.outcome(answer.value, tag, side.agency, slot)
    return Outcome(verdict.value, f"{answer.value}:{about}", text)
