"""The practice desk: a day worth practising on, the same each time, and marked as invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from debrief_desk import demo
from debrief_desk.actions import conflicts, debriefs, desks, imports, people, staff
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.demo.invention import first_start
from debrief_desk.demo.invention import people as invented
from debrief_desk.desk import Desk
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.store.passwords import FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("practice") / "practice.desk"
    with demo.make(path, now=lambda: MORNING, password=demo.PASSWORD, cost=FLOOR):
        pass
    with Desk.open(path, demo.SUPERVISOR, demo.PASSWORD, now=lambda: MORNING) as desk:
        yield desk


def test_a_practice_desk_says_so(practice: Desk) -> None:
    assert practice.read(desks.summary).practice


def test_the_practice_day_has_people_plans_staff_and_rooms(practice: Desk) -> None:
    rows = practice.read(debriefs.listed, DebriefFilter()).rows
    assert practice.read(people.listed, "", 0, 1).total >= 40
    assert 25 <= len(rows) <= 30
    assert {row.agency for row in rows} == {"NCA", "Kent Police"}
    assert len(practice.read(staff.rooms)) == 6
    assert len(practice.read(staff.interviewers)) >= 20
    assert len({one.event for one in invented(datetime(2026, 11, 20, 8, 0))}) == 5  # noqa: DTZ001 - London wall clock
    scripts = {letter for row in rows for letter in row.own_script if ord(letter) > 0x0590}
    assert any(ord(letter) < 0x0780 for letter in scripts)  # Arabic
    assert any(0x1200 <= ord(letter) < 0x1400 for letter in scripts)  # Ethiopic


def test_most_plans_are_in_order_and_each_kind_of_conflict_is_there_to_practise(
    practice: Desk,
) -> None:
    rows = practice.read(debriefs.listed, DebriefFilter()).rows
    assert sum(row.level.value == "stop" for row in rows) < len(rows) / 2
    kinds = {row.kind for row in practice.read(conflicts.listed)}
    assert {
        ConflictKind.SAME_PERSON,
        ConflictKind.POSSIBLE_PERSON,
        ConflictKind.DOUBLE_BOOKING,
        ConflictKind.EXPERIENCE,
        ConflictKind.INTERPRETER,
        ConflictKind.WELFARE,
        ConflictKind.IMPORT,
    } <= kinds


def test_the_plan_for_somebody_whose_age_is_disputed_is_parked(practice: Desk) -> None:
    police = practice.read(imports.taken)[0]
    assert police.counts["parked"] == 1
    (left,) = practice.read(imports.left_rows, police.id)
    assert "disputed" in left.reasons[0]


@pytest.mark.parametrize("hour", range(24))
def test_everybody_has_landed_and_nobody_is_planned_too_soon_at_any_hour(hour: int) -> None:
    moment = datetime(2026, 3, 28, hour, 40)  # noqa: DTZ001 - London wall clock
    first = first_start(moment)
    assert first >= moment + timedelta(hours=1)
    for one in invented(moment):
        assert one.landed < moment
        assert first - one.landed < timedelta(hours=36)


def test_the_same_moment_gives_the_same_people() -> None:
    moment = datetime(2026, 11, 20, 8, 0)  # noqa: DTZ001 - London wall clock
    assert invented(moment) == invented(moment)
