"""The page that plans a day: proposed beside the window, looked at, accepted whole or by lines."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import plans
from debrief_desk.actions.rosters import RosterOrder, issue
from debrief_desk.store.models import Debrief, Interpreter, Registration
from debrief_desk.ui.plan.offer_view import HELD, LEFT, LINES, STAFF
from debrief_desk.ui.plan.screen import PlanScreen
from debrief_desk.ui.worker import InlineWorker
from tests import planned_day
from tests.builders import at
from tests.planned_day import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk

LONG = 30_000


@pytest.fixture
def busy(desk: Desk, tmp_path: Path) -> Desk:
    """A small desk on which three people have a time, and nothing else."""
    planned_day.fill(desk, tmp_path)
    return desk


@pytest.fixture
def screen(busy: Desk, qtbot: QtBot) -> Iterator[PlanScreen]:
    worker = InlineWorker()
    worker.adopt(busy)
    page = PlanScreen(worker)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.options.budget.set_value("1")
    page.reload()
    yield page
    page.planner.end()
    worker.stop()


def propose(screen: PlanScreen, qtbot: QtBot) -> None:
    qtbot.mouseClick(screen.options.propose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.offer() is not None, timeout=LONG)


def test_nothing_is_shown_before_a_plan_is_proposed(screen: PlanScreen) -> None:
    assert screen.states.title.text() == "No plan is proposed yet"
    assert not screen.foot.isVisible()
    assert screen.first_focus() is screen.options.propose


def test_a_proposal_shows_its_lines_and_changes_nothing(
    screen: PlanScreen, busy: Desk, qtbot: QtBot
) -> None:
    propose(screen, qtbot)
    offer = screen.offer()
    assert offer is not None
    assert (offer.placed, offer.asked) == (3, 3)
    assert screen.view.lines.model().rowCount() == 3
    assert "3 of 3 placed" in screen.header.subtitle.text()
    assert "people without a place 0 " in screen.view.costs.text()
    assert {row.room_id for row in rows(busy, Debrief)} == {None}


def test_all_lines_are_accepted_and_undone_in_one_step(
    screen: PlanScreen, busy: Desk, qtbot: QtBot
) -> None:
    propose(screen, qtbot)
    with qtbot.waitSignal(screen.said) as said:
        screen.take_all.click()
    assert said.args[0] == "3 lines accepted."
    assert None not in {row.room_id for row in rows(busy, Debrief)}
    assert screen.states.title.text() == "Nothing is left to accept"
    said.args[1]()
    assert {row.room_id for row in rows(busy, Debrief)} == {None}
    qtbot.waitUntil(lambda: not screen.planner.is_running, timeout=LONG)


def test_enter_accepts_the_line_it_stands_on(screen: PlanScreen, busy: Desk, qtbot: QtBot) -> None:
    propose(screen, qtbot)
    screen.view.lines.choose_row(0)
    qtbot.keyClick(screen.view.lines, Qt.Key.Key_Return)
    placed = [row for row in rows(busy, Debrief) if row.room_id is not None]
    assert len(placed) == 1
    assert screen.view.lines.model().rowCount() == 2


def test_a_line_changed_meanwhile_is_said_and_the_rest_is_taken(
    screen: PlanScreen, busy: Desk, qtbot: QtBot
) -> None:
    propose(screen, qtbot)
    first = rows(busy, Debrief)[0]
    busy.write(plans.move, str(first.id), first.version, starts_at=at("17:00"))
    screen.take_all.click()
    assert first.reference in screen.strip.text.text()
    assert "since" in screen.strip.text.text()
    assert len([row for row in rows(busy, Debrief) if row.room_id is not None]) == 2
    assert screen.view.lines.model().rowCount() == 1


def test_who_has_no_place_is_listed_with_the_reason_and_the_bottleneck(
    screen: PlanScreen, busy: Desk, qtbot: QtBot
) -> None:
    with Session(busy._opened.writer) as session:
        for row in session.scalars(select(Interpreter)):
            row.active = row.name != "Interpreter P"
        session.commit()
    propose(screen, qtbot)
    screen.view.show_view(LEFT)
    (entry,) = screen.view.left.model().entries
    assert "No interpreter for" in entry.detail
    screen.view.show_view(STAFF)
    assert "Interpreters for" in screen.view.staffing.sentence.text()
    assert "1 of 1" in screen.view.staffing.sentence.text()


def test_children_are_not_planned_and_said_so(screen: PlanScreen, busy: Desk, qtbot: QtBot) -> None:
    with Session(busy._opened.writer) as session:
        session.scalars(
            select(Registration).where(Registration.serial == "BF1")
        ).one().child_flag = "child"
        session.commit()
    propose(screen, qtbot)
    screen.view.show_view(HELD)
    assert len(screen.view.held.model().entries) == 1
    screen.view.show_view(LINES)
    assert screen.view.lines.model().rowCount() == 2


def test_starting_afresh_is_off_once_a_roster_is_out(
    screen: PlanScreen, busy: Desk, tmp_path: Path
) -> None:
    order = RosterOrder(at("06:00"), at("22:00"), recipient="Shift lead")
    busy.write(issue, order, tmp_path / "r.csv", "csv")
    screen.options.mode.set_value("open")
    screen.reload()
    assert screen.options.furthest() == "gentle"
    item = screen.options.mode.model().item(2)
    assert not item.isEnabled()
    assert "issued" in item.toolTip()
    assert "issued" in screen.options.mode_note.text()


def test_cancel_shows_the_best_plan_so_far(screen: PlanScreen, qtbot: QtBot) -> None:
    screen.options.budget.set_value("30")
    qtbot.mouseClick(screen.options.propose, Qt.MouseButton.LeftButton)
    assert screen.planner.is_running
    assert not screen.options.propose.isEnabled()
    screen.busy.cancel_button.click()
    qtbot.waitUntil(lambda: screen.offer() is not None, timeout=LONG)
    assert screen.options.propose.isEnabled()
    assert not screen.planner.is_running


def test_another_day_forgets_the_proposal(screen: PlanScreen, qtbot: QtBot) -> None:
    propose(screen, qtbot)
    screen.show_for(date(2026, 11, 23))
    assert screen.offer() is None
    assert screen.states.title.text() == "Nobody is to be planned in this span"


def test_a_shift_limits_what_is_planned(screen: PlanScreen) -> None:
    screen.options.shift.set_value("late")
    assert screen.options.span() == (date(2026, 11, 20), 540, 1020)
    screen.options.shift.set_value("night")
    assert screen.options.span() == (date(2026, 11, 20), 1020, 1440)
    screen.options.shift.set_value("own")
    assert screen.options.times.isVisible()
    screen.options.start.set_value(time(9))
    screen.options.end.set_value(time(8))
    assert "shift" in screen.states.text.text()


def test_the_staffing_report_is_exported(
    screen: PlanScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(screen, qtbot)
    target = tmp_path / "staffing.xlsx"
    monkeypatch.setattr(
        "debrief_desk.ui.plan.staffing_view.choose_target",
        lambda _parent, _title, _name, then: then(target),
    )
    with qtbot.waitSignal(screen.said):
        screen.view.staffing.export.click()
    assert target.stat().st_size > 1000
