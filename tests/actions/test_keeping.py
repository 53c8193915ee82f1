"""Whose names are due today by the policy, and what stays: shown exactly, and nothing removed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select

from debrief_desk.actions import approaches, keeping, people, plans
from debrief_desk.actions.rights import writes
from debrief_desk.errors import NotAllowed
from debrief_desk.rules.codes import ApproachOutcome, CancelReason
from debrief_desk.rules.roles import Role
from debrief_desk.store.models import Stay
from tests.builders import at
from tests.conftest import MORNING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.keeping import Due
    from tests.conftest import FixedClock

    from .conftest import SmallDesk

LAWFUL_END = at("23:30")  # 24 hours after they arrived at the site
DAYS = 30


def on(small: SmallDesk, clock: FixedClock, days: int) -> Due:
    """Look `days` after the day on which the lawful stay ends."""
    clock.now = MORNING + timedelta(days=days)
    return small.desk.read(keeping.due)


def test_nobody_is_due_before_the_last_day_and_everybody_on_it(
    small: SmallDesk, clock: FixedClock
) -> None:
    before = on(small, clock, DAYS - 1)
    assert (before.rows, before.later, before.unknown) == ((), 6, 0)
    assert (before.identity_days, before.marker_days) == (30, 365)
    due = on(small, clock, DAYS)
    assert due.on == date(2026, 12, 20)
    assert len(due.rows) == 6
    assert {row.left_at for row in due.rows} == {LAWFUL_END}
    assert {row.due_on for row in due.rows} == {date(2026, 12, 20)}
    assert due.later == due.unknown == 0


def test_looking_removes_nothing(small: SmallDesk, clock: FixedClock) -> None:
    before = small.desk.read(people.listed).rows
    on(small, clock, DAYS)
    assert small.desk.read(people.listed).rows == before


def test_who_is_planned_for_is_not_due(small: SmallDesk, clock: FixedClock) -> None:
    made = small.register("NCA", "BF1")
    due = on(small, clock, DAYS)
    assert (len(due.rows), due.later) == (5, 1)
    assert not any("TESFAYE" in " ".join(row.names) for row in due.rows)
    small.desk.write(plans.cancel, made.debrief_id, 1, CancelReason.UNFIT)
    (mine,) = [row for row in on(small, clock, DAYS).rows if row.debriefs]
    assert (mine.names, mine.debriefs, mine.marked_until) == (("Yonas TESFAYE",), 1, None)


def test_a_refusal_keeps_the_references_of_its_person_until_its_own_last_day(
    small: SmallDesk, clock: FixedClock
) -> None:
    made = small.register("NCA", "BF1")
    no = approaches.Answer(ApproachOutcome.REFUSED, MORNING, "Tigrinya", "Interpreter T")
    small.desk.write(approaches.record, made.debrief_id, no)
    marked = [row for row in on(small, clock, DAYS).rows if row.marked_until]
    assert [(row.names, row.marked_until) for row in marked] == [
        (("Yonas TESFAYE",), date(2027, 11, 20))
    ]
    assert [r for r in on(small, clock, 365).rows if r.marked_until]
    assert not [r for r in on(small, clock, 366).rows if r.marked_until]


@writes(None)
def _leave(session: Session, registration_id: str, days: int) -> None:
    mine = select(Stay).where(Stay.registration_id == UUID(registration_id))
    for stay in session.scalars(mine):
        stay.left_at = LAWFUL_END + timedelta(days=days)


def test_a_recorded_leaving_counts_before_the_end_of_the_lawful_stay(
    small: SmallDesk, clock: FixedClock
) -> None:
    small.desk.write(_leave, small.id_of("BF2"), 3)
    due = on(small, clock, DAYS)
    assert (len(due.rows), due.later) == (5, 1)
    last = on(small, clock, DAYS + 3).rows[-1]
    assert (last.names, last.due_on) == (("Rahel KIDANE",), date(2026, 12, 23))


def test_only_who_may_remove_names_sees_whose_are_due(small: SmallDesk) -> None:
    for role in (Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR):
        with (
            small.as_account(f"A {role.value}", role) as desk,
            pytest.raises(NotAllowed),
        ):
            desk.read(keeping.due)
