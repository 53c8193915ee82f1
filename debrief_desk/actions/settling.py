"""What becomes of the plans when a conflict is decided: kept, joined, handed over, moved, gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from debrief_desk.actions import facts
from debrief_desk.actions.notices import tell
from debrief_desk.actions.outcomes import sequence
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import CancelReason, HandoverReason, PlansAnswer
from debrief_desk.rules.spacing import passes_over
from debrief_desk.rules.states import DebriefState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.store.models import Debrief


@dataclass(frozen=True, slots=True)
class Settlement:
    """An answer about plans: `about` is a debrief reference or an agency, `because` a code (D-8).

    Written `keep:REF`, `joint:REF`, `handover:AGENCY`, `cancel:REF` or `sequence`; where the first
    in time gives way, with the reason behind a semicolon: `keep:REF;language`.
    """

    answer: PlansAnswer
    about: str = ""
    because: HandoverReason | None = None

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read what a decision says of the plans.

        Raises:
            WrongCall: `plans-unknown`, `handover-reason-unknown`.
        """
        told, _semicolon, because = written.partition(";")
        answer, _colon, about = told.partition(":")
        if answer not in set(PlansAnswer):
            raise WrongCall("plans-unknown", plans=answer)
        if because and because not in set(HandoverReason):
            raise WrongCall("handover-reason-unknown", reason=because)
        reason = HandoverReason(because) if because else None
        return cls(PlansAnswer(answer), about.strip(), reason)


def settle(session: Session, plans: Sequence[Debrief], settled: Settlement) -> None:
    """Carry an answer about these plans out; the owners of what is cancelled are told.

    Raises:
        WrongCall: what is named is not among the plans; the first in time would give way without
            a reason of the list (D-8).
        Refused: *one after the other* does not fit into the stay.
    """
    match settled.answer:
        case PlansAnswer.KEEP:
            kept = _holder(plans, _named(plans, settled.about), settled)
            _cancel(session, plans, kept, CancelReason.DUPLICATE)
        case PlansAnswer.JOINT:
            kept = _holder(plans, _named(plans, settled.about), settled)
            partners = {str(p.agency_id) for p in plans} - {str(kept.agency_id)}
            kept.partner_ids = sorted({*kept.partner_ids, *partners})
            kept.sequence += 1
            _cancel(session, plans, kept, CancelReason.JOINED)
        case PlansAnswer.HANDOVER:
            kept = _holder(plans, _of_agency(plans, settled.about), settled)
            _cancel(session, plans, kept, CancelReason.HANDED_OVER)
        case PlansAnswer.CANCEL:
            _cancel_one(session, _named(plans, settled.about), CancelReason.NO_LONGER_NEEDED)
        case PlansAnswer.SEQUENCE:
            _one_after_the_other(session, plans)


def _holder(plans: Sequence[Debrief], kept: Debrief, settled: Settlement) -> Debrief:
    """Give the plan that holds the slot: the first in time, or another with a reason (D-8)."""
    known = {plan.id: facts.plan_facts(plan) for plan in plans}
    if settled.because is None and passes_over(known[kept.id], known.values()):
        raise WrongCall("handover-reason-missing", reference=kept.reference)
    return kept


def _named(plans: Sequence[Debrief], reference: str) -> Debrief:
    wanted = reference.casefold()
    for plan in plans:
        if wanted in (plan.reference.casefold(), plan.serial.casefold(), str(plan.id)):
            return plan
    raise WrongCall("plan-not-in-conflict", reference=reference)


def _of_agency(plans: Sequence[Debrief], name: str) -> Debrief:
    for plan in plans:
        if plan.agency.name.casefold() == name.casefold():
            return plan
    raise WrongCall("agency-not-in-conflict")


def _cancel(
    session: Session, plans: Sequence[Debrief], kept: Debrief, reason: CancelReason
) -> None:
    for plan in plans:
        if plan is not kept:
            _cancel_one(session, plan, reason)
            if reason is CancelReason.JOINED:
                plan.joined_into_id = kept.id


def _cancel_one(session: Session, plan: Debrief, reason: CancelReason) -> None:
    if plan.state is DebriefState.IN_PROGRESS:
        raise WrongCall("debrief-in-progress", reference=plan.reference)
    plan.state, plan.state_reason = DebriefState.CANCELLED, reason
    plan.sequence += 1
    tell(session, [plan.agency_id], f"cancelled_{reason.value}", debrief=plan)


def _one_after_the_other(session: Session, plans: Sequence[Debrief]) -> None:
    """Move the later plans behind the first, where the stay leaves room (D-6, W-6)."""
    first, starts = sequence(session, plans)
    by_id = {plan.id: plan for plan in plans}
    if starts is None:
        raise Refused("sequence-does-not-fit", reference=by_id[first].reference)
    for plan_id, start in starts.items():
        plan = by_id[plan_id]
        length = plan.ends_at - plan.starts_at
        plan.starts_at, plan.ends_at = start, start + length
        plan.sequence += 1
