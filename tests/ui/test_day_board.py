"""The board's page on a real desk: moved by keys and by mouse, undone, refused when stale."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from debrief_desk.actions import debriefs, imports, plans, staff
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.ui.board import day_rows
from debrief_desk.ui.board.screen import BoardScreen
from debrief_desk.ui.board.tray import carried
from debrief_desk.ui.worker import InlineWorker
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.desk import Desk

pytestmark = pytest.mark.usefixtures("dressed")

DAY = datetime(2026, 11, 20, tzinfo=UTC)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """Rooms and interviewers of the site; two plans that overlap in Room 1, one without a room."""
    for name in ("rooms.csv", "interviewers.csv"):
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name))
    rooms = {room.name: room.id for room in desk.read(staff.rooms)}
    leads = [one for one in desk.read(staff.interviewers) if one.agency == "NCA"]
    people = (("Amina", "Hashimi", 13, 0, "Room 1"), ("Tesfay", "Woldu", 13, 30, "Room 1"), ("Minh", "Nguyen", 15, 0, ""))  # fmt: skip
    for number, (given, family, hour, minute, room) in enumerate(people):
        person = PersonEntry(given_name=given, family_name=family, born="1990-02-03", band=f"07-{number:03d}")  # fmt: skip
        start = DAY + timedelta(hours=hour, minutes=minute)
        plan = DebriefPlan("NCA", person=person, starts_at=start, room_id=rooms.get(room, ""), lead_id=leads[number].id, second_id=leads[9].id)  # fmt: skip
        desk.write(plans.register, plan)
    return desk


@pytest.fixture
def screen(planned: Desk, qtbot: QtBot) -> Iterator[BoardScreen]:
    worker = InlineWorker()
    worker.adopt(planned)
    made = BoardScreen(worker)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.reload()
    with qtbot.waitActive(made):
        made.show()
    made.board.setFocus()
    yield made
    worker.stop()


def stored(desk: Desk, family: str) -> DebriefRow:
    rows = desk.read(debriefs.on_board, DAY, DAY + timedelta(days=1))
    return next(row for row in rows if family in row.person)


def test_an_overlap_is_seen_counted_and_said(screen: BoardScreen, planned: Desk) -> None:
    row = next(row for row in screen.board.measures.rows if row.row.title == "Room 1")
    assert (row.overlap, row.lanes) == (30, 2)
    assert screen.key.stops.text == "1 overlap"
    assert screen.key.stops.isVisible()
    assert "30 minutes overlap" in screen.board.describe(stored(planned, "Hashimi").id)


def test_a_plan_is_moved_by_keys_and_moved_back(
    screen: BoardScreen, planned: Desk, qtbot: QtBot
) -> None:
    before = stored(planned, "Woldu")
    screen.board.choose(before.id)
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyPress(screen.board, Qt.Key.Key_Down, ALT)
        QTest.keyPress(screen.board, Qt.Key.Key_Right, ALT)
        QTest.keyRelease(screen.board, Qt.Key.Key_Alt)
    after = stored(planned, "Woldu")
    assert (after.room, after.starts_at) == ("Room 2", before.starts_at + timedelta(minutes=5))
    assert "Room 2" in said.args[0]
    assert not screen.key.stops.isVisible()
    QTest.keyClick(screen.board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    back = stored(planned, "Woldu")
    assert (back.room, back.starts_at) == (before.room, before.starts_at)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(screen.board, Qt.Key.Key_Z, both)
    assert stored(planned, "Woldu").room == "Room 2"


def test_a_longer_plan_is_kept_as_long(screen: BoardScreen, planned: Desk) -> None:
    plan = stored(planned, "Hashimi")
    screen.board.choose(plan.id)
    QTest.keyClick(screen.board, Qt.Key.Key_Right, ALT | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyRelease(screen.board, Qt.Key.Key_Alt)
    assert stored(planned, "Hashimi").ends_at == plan.ends_at + timedelta(minutes=5)


def test_a_plan_somebody_else_changed_is_not_overwritten(
    screen: BoardScreen, planned: Desk
) -> None:
    plan = stored(planned, "Woldu")
    planned.write(plans.move, plan.id, plan.version, minutes=90)
    screen.board.choose(plan.id)
    QTest.keyClick(screen.board, Qt.Key.Key_Right, ALT)
    QTest.keyRelease(screen.board, Qt.Key.Key_Alt)
    assert screen.strip.isVisible()
    assert plan.reference in screen.strip.text.text()
    now = stored(planned, "Woldu")
    assert (now.starts_at, now.ends_at - now.starts_at) == (plan.starts_at, timedelta(minutes=90))
    assert screen.board.placed(plan.id).block.end == now.ends_at


def test_a_plan_without_a_room_waits_in_the_tray_and_gets_a_free_one(
    screen: BoardScreen, planned: Desk
) -> None:
    assert screen.tray.isVisible()
    assert screen.tray.title.text() == "1 plan has no room yet"
    assert "free" in screen.tray.place.currentText()
    QTest.keyClick(screen.tray.place_button, Qt.Key.Key_Space)
    assert stored(planned, "Nguyen").room == "Room 1"
    assert not screen.tray.isVisible()


def test_places_that_are_taken_say_so_and_come_last(screen: BoardScreen, planned: Desk) -> None:
    waiting = stored(planned, "Nguyen")
    planned.write(
        plans.move, waiting.id, waiting.version, starts_at=DAY + timedelta(hours=13, minutes=15)
    )
    screen.reload()
    offered = [screen.tray.place.itemText(at) for at in range(screen.tray.place.count())]
    assert offered[-1] == "Room 1 · 60 min overlap"
    assert offered[0] == "Room 2 · free"


def test_a_plan_is_dropped_from_the_tray_into_a_row(screen: BoardScreen, planned: Desk) -> None:
    plan = stored(planned, "Nguyen")
    board = screen.board
    number = next(at for at, row in enumerate(board.measures.rows) if row.row.title == "Room 3")
    at = board._to_view(board.measures.row_rect(number)).center()
    point = QPoint(board.viewport().width() // 2, at.y())
    data = carried(plan.id)
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragMoveEvent(point, Qt.DropAction.MoveAction, data, buttons, none)
    board.dragMoveEvent(over)
    assert over.isAccepted()
    assert board.ghost() is not None
    board.dropEvent(QDropEvent(QPointF(point), Qt.DropAction.MoveAction, data, buttons, none))
    assert board.ghost() is None
    assert (stored(planned, "Nguyen").room, stored(planned, "Nguyen").starts_at) == ("Room 3", plan.starts_at)  # fmt: skip


def test_interviewers_by_time_show_lead_and_second_and_change_the_lead(
    screen: BoardScreen, planned: Desk
) -> None:
    screen.rows._buttons["interviewers"].click()
    plan = stored(planned, "Hashimi")
    assert screen.board.placed(plan.id).block.row == plan.lead_id
    assert screen.board.placed(f"{plan.id}:second").block.row == plan.second_id
    other = next(row for row in screen.board.measures.rows if row.row.key != plan.lead_id)
    screen.board.moveRequested.emit(plan.id, other.row.key, plan.starts_at)
    assert stored(planned, "Hashimi").lead_id == other.row.key


def test_enter_opens_the_debrief(screen: BoardScreen, planned: Desk, qtbot: QtBot) -> None:
    plan = stored(planned, "Hashimi")
    screen.board.choose(plan.id)
    with qtbot.waitSignal(screen.go) as gone:
        QTest.keyClick(screen.board, Qt.Key.Key_Return)
    assert gone.args == ["debriefs", plan.id]


def test_the_list_says_what_the_board_shows(screen: BoardScreen) -> None:
    screen.as_list.click()
    assert QApplication.focusWidget() is screen.list
    rows = [screen.list.rows.row(at) for at in range(screen.list.rows.rowCount())]
    assert [(row.place, row.shared) for row in rows if row] == [("Room 1", 30), ("Room 1", 30), ("none yet", 0)]  # fmt: skip
    assert not screen.tray.isVisible()


def test_another_day_is_empty_and_offers_to_plan(screen: BoardScreen, qtbot: QtBot) -> None:
    screen.after.click()
    assert screen.states.currentWidget() is not screen.content
    assert "Nothing is planned" in screen.states.title.text()
    with qtbot.waitSignal(screen.go) as gone:
        screen.states.action.click()
    assert gone.args == ["debriefs", "new"]
    screen.today.click()
    assert screen.states.currentWidget() is screen.content


def test_another_page_can_ask_for_a_row(screen: BoardScreen, planned: Desk) -> None:
    plan = stored(planned, "Hashimi")
    screen.show_for(("interviewers", plan.lead_id))
    assert screen.rows.choice() == "interviewers"
    assert screen.board.key() == plan.id


def test_a_desk_without_rooms_offers_the_import(desk: Desk, qtbot: QtBot) -> None:
    desk.write(
        plans.register,
        DebriefPlan(
            "NCA",
            person=PersonEntry(full_name="Amina Hashimi"),
            starts_at=DAY + timedelta(hours=13),
        ),
    )
    worker = InlineWorker()
    worker.adopt(desk)
    made = BoardScreen(worker)
    qtbot.addWidget(made)
    made.reload()
    with qtbot.waitSignal(made.go) as gone:
        made.states.action.click()
    assert gone.args[0] == "import"
    worker.stop()


@pytest.mark.parametrize(
    ("start", "end", "closed"),
    [(420, 900, 2), (0, 1440, 0), (1320, 360, 1), (None, None, 0), (0, 900, 1)],
)
def test_hours_outside_a_shift_are_closed(start: Any, end: Any, closed: int) -> None:
    assert len(day_rows.closed(start, end, DAY.date())) == closed


def test_agencies_with_one_word_or_two_get_two_letters() -> None:
    assert (day_rows.tag("NCA"), day_rows.tag("Kent Police")) == ("NC", "KP")
