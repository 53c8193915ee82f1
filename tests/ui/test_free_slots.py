"""The tray of the board: where a plan without a place could go next, and putting it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import plans
from debrief_desk.store.models import Debrief, Interpreter
from debrief_desk.ui.board.screen import BoardScreen
from debrief_desk.ui.worker import InlineWorker
from tests import planned_day
from tests.builders import at
from tests.planned_day import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk


@pytest.fixture
def screen(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[BoardScreen]:
    planned_day.fill(desk, tmp_path)
    worker = InlineWorker()
    worker.adopt(desk)
    page = BoardScreen(worker)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.reload()
    yield page
    worker.stop()


def test_the_chosen_plan_is_offered_its_next_free_slots(screen: BoardScreen) -> None:
    tray = screen.tray
    assert tray.slot.count() == 5
    assert tray.slot.currentIndex() == 0
    assert "Room" in tray.slot.currentText()
    assert "Interpreter" in tray.slot.currentText()
    assert "1 interpreter" in tray.slot.toolTip()


def test_enter_puts_the_plan_there_with_its_team_and_undo_takes_it_away(
    screen: BoardScreen, desk: Desk, qtbot: QtBot
) -> None:
    own = screen.tray.table.key()
    with qtbot.waitSignal(screen.said) as said:
        qtbot.keyClick(screen.tray.slot, Qt.Key.Key_Return)
    (row,) = [one for one in rows(desk, Debrief) if str(one.id) == own]
    assert None not in (row.room_id, row.lead_id, row.second_id, row.interpreter_id)
    assert "Room" in said.args[0]
    said.args[1]()
    (row,) = [one for one in rows(desk, Debrief) if str(one.id) == own]
    assert row.room_id is None


def test_control_and_enter_place_from_the_list(
    screen: BoardScreen, desk: Desk, qtbot: QtBot
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(screen.tray.table, Qt.Key.Key_Return, control)
    assert len([one for one in rows(desk, Debrief) if one.room_id is not None]) == 1


def test_a_plan_changed_meanwhile_stays_where_it_is(screen: BoardScreen, desk: Desk) -> None:
    own = str(screen.tray.table.key())
    (row,) = [one for one in rows(desk, Debrief) if str(one.id) == own]
    desk.write(plans.move, own, row.version, starts_at=at("16:00"))
    screen.tray.slot_button.click()
    (row,) = [one for one in rows(desk, Debrief) if str(one.id) == own]
    assert row.starts_at == at("16:00")
    assert screen.strip.isVisible()


def test_without_a_slot_the_reason_is_said(screen: BoardScreen, desk: Desk) -> None:
    with Session(desk._opened.writer) as session:
        for row in session.scalars(select(Interpreter)):
            row.active = False
        session.commit()
    screen.reload()
    assert not screen.tray.slot.isEnabled()
    assert not screen.tray.slot_button.isEnabled()
    assert "interpreter" in screen.tray.reason.text()


def test_p_pins_the_chosen_plan_and_numbers_say_how_urgent_it_is(
    screen: BoardScreen, desk: Desk, qtbot: QtBot
) -> None:
    own = str(screen.tray.table.key())
    screen.tray.table.setFocus()
    with qtbot.waitSignal(screen.said) as said:
        qtbot.keyClick(screen.tray.table, Qt.Key.Key_P)
    assert "stays where it is" in said.args[0]
    (row,) = [one for one in rows(desk, Debrief) if str(one.id) == own]
    assert row.pinned
    qtbot.keyClick(screen.tray.table, Qt.Key.Key_P)
    qtbot.keyClick(screen.tray.table, Qt.Key.Key_1)
    (row,) = [one for one in rows(desk, Debrief) if str(one.id) == own]
    assert (row.pinned, row.priority) == (False, 1)
