"""What a form and the page of today are given: the worklist, choices, one debrief, a new plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import (
    choosing,
    debriefs,
    people,
    plan_checks,
    plan_drafts,
    plans,
    replanning,
    today,
    work_rows,
)
from debrief_desk.errors import NotAllowed, Refused, Stale, WrongCall
from debrief_desk.rules.codes import CancelReason
from debrief_desk.rules.roles import Role
from debrief_desk.store.models import AuditEvent
from tests import builders

if TYPE_CHECKING:
    from tests.actions.conftest import SmallDesk


def work_for(small: SmallDesk, agency: str) -> None:
    """Go on as somebody who works for one agency."""
    rows = small.desk.read(choosing.choices).agencies
    own = next(UUID(row.id) for row in rows if row.name == agency)
    small.desk.who = replace(small.desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=own)


def test_a_plan_in_conflict_is_one_row_and_a_plan_soon_another(small: SmallDesk) -> None:
    small.register("NCA", "BF2", "09:15")
    small.register("NCA", "BF1", "13:00")
    small.register("Kent Police", "BF1", "15:00")
    found = small.desk.read(today.worklist_now)
    assert [row.kind for row in found.work] == [work_rows.DEBRIEF, work_rows.CONFLICT]
    assert [row.debrief.starts_at for row in found.next] == [
        builders.at("09:15"),
        builders.at("13:00"),
        builders.at("15:00"),
    ]


def test_who_works_for_one_agency_sees_that_agencys_work_only(small: SmallDesk) -> None:
    small.register("NCA", "BF2", "09:15")
    mine = small.register("Kent Police", "BF3", "09:30")
    work_for(small, "Kent Police")
    found = small.desk.read(today.worklist_now)
    assert [row.id for row in found.work] == [mine.debrief_id]
    assert [row.debrief.id for row in found.next] == [mine.debrief_id]
    assert [row.name for row in small.desk.read(choosing.choices).agencies] == ["Kent Police"]


def test_opening_a_debrief_is_on_record_and_another_agencys_stays_shut(small: SmallDesk) -> None:
    saved = small.register("NCA", "BF1", "13:00", purpose="route")
    card = small.desk.write(debriefs.card, saved.debrief_id)
    assert card.row.reference == saved.reference
    assert card.person.name == "Yonas TESFAYE"
    assert (card.plan.minutes, card.plan.purpose) == (45, "route")
    with Session(small.desk._opened.reader) as session:
        about = select(AuditEvent.kind).where(AuditEvent.entity_id == saved.debrief_id)
        assert list(session.scalars(about)).count("consulted") == 1
    work_for(small, "Kent Police")
    with pytest.raises(NotAllowed, match="other-agency"):
        small.desk.write(debriefs.card, saved.debrief_id)


def test_a_plan_is_changed_as_a_whole_unless_somebody_was_quicker(small: SmallDesk) -> None:
    saved = small.register("NCA", "BF1", "13:00")
    card = small.desk.write(debriefs.card, saved.debrief_id)
    wanted = replace(
        card.plan, starts_at=builders.at("16:00"), minutes=30, purpose="payments", second_id=""
    )
    done = small.desk.write(replanning.replan, saved.debrief_id, card.row.version, wanted)
    again = small.desk.write(debriefs.card, saved.debrief_id)
    assert again.plan == replace(wanted, person=again.plan.person)
    assert done.check_reference != saved.check_reference
    with pytest.raises(Stale):
        small.desk.write(replanning.replan, saved.debrief_id, card.row.version, card.plan)
    assert small.desk.write(debriefs.card, saved.debrief_id).plan == again.plan


def test_a_debrief_that_is_over_is_not_changed(small: SmallDesk) -> None:
    saved = small.register("NCA", "BF1", "13:00")
    card = small.desk.write(debriefs.card, saved.debrief_id)
    small.desk.write(plans.cancel, saved.debrief_id, card.row.version, CancelReason.DUPLICATE)
    with pytest.raises(WrongCall, match="state-cannot-follow"):
        small.desk.write(replanning.replan, saved.debrief_id, card.row.version + 1, card.plan)


def test_who_may_not_be_asked_is_said_before_a_time_is_given(small: SmallDesk) -> None:
    child = plan_drafts.DebriefPlan("NCA", registration_id=small.id_of("BF5"))
    said = small.desk.read(plan_checks.look, child)
    assert said.refused
    assert [row.rule for row in said.findings] == ["C-1"]
    with pytest.raises(Refused, match="refused-C-1"):
        small.desk.write(plans.register, replace(child, starts_at=builders.at()))
    adult = plan_drafts.DebriefPlan("NCA", registration_id=small.id_of("BF1"))
    assert small.desk.read(plan_checks.look, adult).findings == ()


def test_somebody_without_a_boat_has_no_next_of_the_boat(small: SmallDesk) -> None:
    small.register("NCA", "BF1", "13:00")
    lone = small.desk.write(plans.register, builders.plan("NCA", "18:00"))
    assert small.desk.read(people.next_of_boat, lone.registration_id) is None
