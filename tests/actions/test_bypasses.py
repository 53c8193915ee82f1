"""An emergency bypass takes two people, lifts four rules and no other, and is reviewed (D-11)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import bypasses, conflicts, plans, welfare
from debrief_desk.errors import NotAllowed, Refused, WrongCall
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import AuditEvent, Bypass

if TYPE_CHECKING:
    from debrief_desk.actions.plans import Registered
    from tests.conftest import FixedClock

    from .conftest import SmallDesk

SECOND = "Second Supervisor"
REASON = "Gone within the hour, and a life depends on it"


def bypass_rows(small: SmallDesk, debrief_id: str) -> list[bypasses.BypassRow]:
    return [row for row in small.desk.read(bypasses.due) if row.debrief_id == debrief_id]


@pytest.fixture
def clash(small: SmallDesk) -> tuple[Registered, Registered]:
    """One person planned by two agencies; everything else about the second plan is in order."""
    first = small.register("NCA", "BF1", "14:00")
    second = small.register("Kent Police", "BF1", "16:00")
    small.consent(second.debrief_id)
    return first, second


def bypass(small: SmallDesk, debrief_id: str) -> str:
    asked = small.desk.write(bypasses.ask, debrief_id, REASON)
    with small.as_account(SECOND) as desk:
        desk.write(bypasses.concur, asked)
    return asked


def test_nothing_is_lifted_before_a_second_person_concurs(
    small: SmallDesk, clash: tuple[Registered, Registered]
) -> None:
    plan = clash[1].debrief_id
    small.desk.write(bypasses.ask, plan, REASON)
    with pytest.raises(Refused, match="not-clear"):
        small.desk.write(plans.clear, plan, small.debrief(plan).version)
    (row,) = bypass_rows(small, plan)
    assert (row.stage, row.asked_by, row.may_concur) == ("asked", "First Supervisor", False)
    items = small.conflicts("second_approach")
    assert [rule for item in items for rule in item.rules] == ["D-11"]


def test_nobody_concurs_with_what_they_asked_for_themselves(
    small: SmallDesk, clash: tuple[Registered, Registered]
) -> None:
    asked = small.desk.write(bypasses.ask, clash[1].debrief_id, REASON)
    with pytest.raises(Refused, match="bypass-same-account"):
        small.desk.write(bypasses.concur, asked)
    assert small.stored(Bypass)[0].concurred_at is None


def test_with_two_people_the_plan_is_cleared_and_a_review_falls_due(
    small: SmallDesk, clash: tuple[Registered, Registered], clock: FixedClock
) -> None:
    first, second = clash
    asked = bypass(small, second.debrief_id)
    plan = small.debrief(second.debrief_id)
    small.desk.write(plans.clear, second.debrief_id, plan.version)
    assert small.debrief(second.debrief_id).state is DebriefState.CLEARED
    with pytest.raises(Refused, match="not-clear"):  # the other plan still waits for a decision
        small.desk.write(plans.clear, first.debrief_id, small.debrief(first.debrief_id).version)
    assert small.conflicts("same_person")
    (row,) = bypass_rows(small, second.debrief_id)
    assert (row.id, row.stage, row.concurred_by) == (asked, "stands", SECOND)
    assert row.due_at == clock.now + timedelta(hours=24)


@pytest.mark.parametrize(("hours", "stage"), [(24, "stands"), (24.1, "overdue")])
def test_a_review_is_overdue_once_its_time_is_past(
    small: SmallDesk,
    clash: tuple[Registered, Registered],
    clock: FixedClock,
    hours: float,
    stage: str,
) -> None:
    bypass(small, clash[1].debrief_id)
    clock.now += timedelta(hours=hours)
    assert [row.stage for row in small.desk.read(bypasses.due)] == [stage]


def test_a_review_is_recorded_by_somebody_else_than_who_asked(
    small: SmallDesk, clash: tuple[Registered, Registered]
) -> None:
    asked = bypass(small, clash[1].debrief_id)
    with pytest.raises(Refused, match="bypass-review-own"):
        small.desk.write(bypasses.review, asked, "It was right")
    with small.as_account(SECOND) as desk:
        with pytest.raises(WrongCall, match="reason-missing"):
            desk.write(bypasses.review, asked, " ")
        desk.write(bypasses.review, asked, "It was right")
        with pytest.raises(WrongCall, match="bypass-reviewed"):
            desk.write(bypasses.review, asked, "Once more")
    assert small.desk.read(bypasses.due) == ()
    kept = small.stored(Bypass)[0]
    assert (kept.review, kept.reviewed_at is not None) == ("It was right", True)
    small.desk.write(plans.clear, clash[1].debrief_id, small.debrief(clash[1].debrief_id).version)


def test_withdrawing_brings_back_what_was_lifted_and_takes_the_clearance_away(
    small: SmallDesk, clash: tuple[Registered, Registered]
) -> None:
    plan = clash[1].debrief_id
    asked = bypass(small, plan)
    small.desk.write(plans.clear, plan, small.debrief(plan).version)
    small.desk.write(bypasses.withdraw, asked)
    assert small.debrief(plan).state is DebriefState.PLANNED
    with pytest.raises(Refused, match="not-clear"):
        small.desk.write(plans.clear, plan, small.debrief(plan).version)
    with pytest.raises(WrongCall, match="bypass-unknown"):
        small.desk.write(bypasses.withdraw, asked)
    small.desk.write(bypasses.ask, plan, REASON)  # and it may be asked for anew


def test_what_protects_the_person_is_not_lifted(
    small: SmallDesk, clash: tuple[Registered, Registered]
) -> None:
    plan = clash[1].debrief_id
    bypass(small, plan)
    small.desk.write(welfare.record, small.id_of("BF1"), welfare.WelfareEntry(medical="hold"))
    with pytest.raises(Refused, match="not-clear"):
        small.desk.write(plans.clear, plan, small.debrief(plan).version)
    (row,) = bypass_rows(small, plan)
    assert "W-4" in row.remaining
    assert not {"D-1", "D-2", "D-3", "D-5", "D-11"} & set(row.remaining)


def test_a_plan_without_anything_to_lift_gets_no_bypass(small: SmallDesk) -> None:
    alone = small.register("NCA", "BF2", "14:00")
    with pytest.raises(WrongCall, match="bypass-nothing"):
        small.desk.write(bypasses.ask, alone.debrief_id, REASON)
    with pytest.raises(WrongCall, match="reason-missing"):
        small.desk.write(bypasses.ask, alone.debrief_id, "  ")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AGENCY_USER])
def test_only_a_supervisor_asks_and_concurs(
    small: SmallDesk, clash: tuple[Registered, Registered], role: Role
) -> None:
    asked = small.desk.write(bypasses.ask, clash[1].debrief_id, REASON)
    with small.as_account("Somebody", role, agency="NCA") as desk:
        for call in (bypasses.concur, bypasses.withdraw):
            with pytest.raises(NotAllowed):
                desk.write(call, asked)
        seen = desk.read(bypasses.due)
        assert bool(seen) is (role is Role.COORDINATOR)
        assert not any(row.may_concur for row in seen)


def test_every_step_is_in_the_log_by_its_own_name(
    small: SmallDesk, clash: tuple[Registered, Registered]
) -> None:
    asked = bypass(small, clash[1].debrief_id)
    small.desk.write(bypasses.withdraw, asked)
    with Session(small.desk._opened.reader) as session:
        query = select(AuditEvent.reason).where(AuditEvent.entity == "bypass")
        told = session.scalars(query.order_by(AuditEvent.sequence)).all()
    assert told == ["D-11 asked", "D-11 concurred", "D-11 withdrawn"]


def test_the_card_of_a_conflict_offers_the_bypass_and_shows_it(
    small: SmallDesk, clash: tuple[Registered, Registered]
) -> None:
    (item,) = small.conflicts("same_person")
    offered = small.desk.write(conflicts.card, item.id).bypassable
    assert [one.code for one in offered] == [p.debrief_id for p in item.parties]
    assert offered[1].text.endswith("lifts \u2066D-1\u2069")
    bypass(small, clash[1].debrief_id)
    card = small.desk.write(conflicts.card, item.id)
    assert [row.debrief_id for row in card.bypasses] == [clash[1].debrief_id]
    assert [one.code for one in card.bypassable] == [clash[0].debrief_id]
