"""The board shows, finds and moves plans, by mouse and by keys alone, in both directions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.board import Board, BoardBlock, BoardRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("dressed")

DAY = date(2026, 11, 23)
ROWS = (BoardRow("1", "Room 1"), BoardRow("2", "Room 2"), BoardRow("3", "Room 3"))
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


def block(key: str, row: str, start: datetime, length: int = 60) -> BoardBlock:
    return BoardBlock(key, row, start, start + timedelta(minutes=length), f"Person {key}", "J. Okafor", level=Level.CHECK)  # fmt: skip


BLOCKS = (
    block("a", "1", at(10), 75),
    block("b", "1", at(10, 45)),
    block("c", "1", at(13)),
    block("d", "3", at(12, 30)),
    replace(block("e", "3", at(9)), movable=False),
)


def make(qtbot: QtBot, day: date = DAY) -> Board:
    board = Board("Rooms by time", day)
    qtbot.addWidget(board)
    board.resize(1000, 420)
    board.set_rows(ROWS, BLOCKS)
    with qtbot.waitActive(board):
        board.show()
    board.setFocus()
    board.scroll_to(at(10))
    return board


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    return make(qtbot)


def drag(board: Board, start: QPoint, end: QPoint) -> None:
    view, left = board.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, left, pos=end)


def test_plans_that_share_minutes_stand_in_lanes_and_only_those_are_marked(board: Board) -> None:
    first, second = board.rect_of("a"), board.rect_of("b")
    assert not first.intersects(second)
    assert board.placed("a").shared == board.placed("b").shared == ((at(10, 45), at(11, 15)),)
    assert board.measures.rows[0].overlap == 30
    assert board.placed("c").shared == ()


def test_shared_minutes_are_drawn_in_the_stop_colour_and_others_are_not(board: Board) -> None:
    picture = board.viewport().grab().toImage()
    rect = board.rect_of("a")
    edge = board.rect_of("b").left()
    red = QColor(style.tokens().stop)

    def reddish(x: int) -> int:
        colours = (picture.pixelColor(x, y) for y in range(rect.top() + 2, rect.bottom() - 1))
        return sum(abs(c.red() - red.red()) + abs(c.green() - red.green()) < 40 for c in colours)

    assert max(reddish(x) for x in range(edge - 3, edge + 4)) > rect.height() // 2
    assert reddish(rect.left() + 60) == 0


def test_a_block_is_found_where_it_is_drawn(board: Board) -> None:
    for key in ("a", "b", "c"):
        assert board.hit(board.rect_of(key).center()) == key
    assert board.hit(QPoint(5, 60)) is None
    assert board.hit(QPoint(600, 5)) is None


def test_a_minute_is_two_pixels_at_normal_size(board: Board) -> None:
    assert board.rect_of("c").left() - board.rect_of("a").left() == 2 * 180


def test_arrows_go_from_plan_to_plan_and_enter_opens(board: Board, qtbot: QtBot) -> None:
    heard: list[object] = []
    board.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(board, key)
    assert heard == ["a", "b", "c", "d"]
    with qtbot.waitSignal(board.opened) as opened:
        QTest.keyClick(board, Qt.Key.Key_Return)
    assert opened.args == ["d"]
    QTest.keyClick(board, Qt.Key.Key_Home)
    QTest.keyClick(board, Qt.Key.Key_Up)
    assert heard[4:] == ["e", "a"]


def test_alt_and_arrows_ask_for_one_move_when_alt_is_let_go(board: Board) -> None:
    asked: list[tuple[str, str, datetime]] = []
    board.moveRequested.connect(lambda key, row, start: asked.append((key, row, start)))
    board.choose("c")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyPress(board, key, ALT)
    assert asked == []
    QTest.keyRelease(board, Qt.Key.Key_Alt)
    assert asked == [("c", "2", at(13, 5))]
    assert board.ghost() is None


def test_shift_alt_and_arrows_ask_for_another_length(board: Board) -> None:
    asked: list[tuple[str, int]] = []
    board.lengthRequested.connect(lambda key, minutes: asked.append((key, minutes)))
    board.choose("c")
    for _ in range(3):
        QTest.keyPress(board, Qt.Key.Key_Right, ALT | SHIFT)
    QTest.keyRelease(board, Qt.Key.Key_Alt)
    assert asked == [("c", 75)]


def test_escape_leaves_the_plan_where_it_was(board: Board, qtbot: QtBot) -> None:
    board.choose("c")
    with qtbot.assertNotEmitted(board.moveRequested):
        QTest.keyPress(board, Qt.Key.Key_Right, ALT)
        assert board.ghost() is not None
        QTest.keyClick(board, Qt.Key.Key_Escape)
        QTest.keyRelease(board, Qt.Key.Key_Alt)
    assert board.ghost() is None


def test_a_plan_that_may_not_move_does_not(board: Board, qtbot: QtBot) -> None:
    board.choose("e")
    with qtbot.assertNotEmitted(board.moveRequested):
        QTest.keyPress(board, Qt.Key.Key_Right, ALT)
        QTest.keyRelease(board, Qt.Key.Key_Alt)
        start = board.rect_of("e").center()
        drag(board, start, start + QPoint(120, 0))


def test_a_plan_is_dragged_to_another_row_on_a_grid_of_five_minutes(board: Board) -> None:
    asked: list[tuple[str, str, datetime]] = []
    board.moveRequested.connect(lambda key, row, start: asked.append((key, row, start)))
    start = board.rect_of("c").center()
    below = board._to_view(board.measures.row_rect(1)).center().y()
    drag(board, start, QPoint(start.x() + 63, below))
    assert asked == [("c", "2", at(13, 30))]


def test_a_small_twitch_moves_nothing(board: Board, qtbot: QtBot) -> None:
    start = board.rect_of("c").center()
    with qtbot.assertNotEmitted(board.moveRequested):
        drag(board, start, start + QPoint(2, 2))
    assert board.key() == "c"


def test_the_end_of_a_plan_is_dragged_to_change_its_length(board: Board) -> None:
    asked: list[tuple[str, int]] = []
    board.lengthRequested.connect(lambda key, minutes: asked.append((key, minutes)))
    rect = board.rect_of("c")
    end = QPoint(rect.right() - 1, rect.center().y())
    drag(board, end, end + QPoint(41, 0))
    assert asked == [("c", 80)]


def test_a_dragged_plan_shows_what_it_would_share(board: Board) -> None:
    board.choose("c")
    before = board.viewport().grab().toImage()
    board._set_ghost(None)
    for _ in range(20):
        QTest.keyPress(board, Qt.Key.Key_Left, ALT)
    after = board.viewport().grab().toImage()
    ghost = board.ghost()
    assert ghost is not None
    assert ghost.start == at(11, 20)
    assert before != after


def test_the_chosen_plan_is_described_in_words(board: Board) -> None:
    board.choose("b")
    said = board.accessibleDescription().translate({0x2066: None, 0x2068: None, 0x2069: None})
    assert said == "Person b, J. Okafor, Room 1, 10:45–11:45, Check, 30 minutes overlap"
    assert board.accessibleName() == "Rooms by time"


def test_new_rows_keep_the_chosen_plan_and_say_when_it_is_gone(board: Board) -> None:
    heard: list[object] = []
    board.choose("c")
    board.chosen.connect(heard.append)
    board.set_rows(ROWS, [replace(BLOCKS[2], row="2")])
    assert (board.key(), heard) == ("c", [])
    board.set_rows(ROWS, [])
    assert heard == [None]


def test_only_a_row_that_changed_is_drawn_anew(board: Board) -> None:
    board.viewport().grab()
    kept = {key: tile for key, tile in board._tiles.items() if key[0] != "3"}
    assert kept
    board.set_rows(ROWS, (*BLOCKS[:3], block("d", "3", at(14)), BLOCKS[4]))
    assert all(board._tiles.get(key) is tile for key, tile in kept.items())
    assert not [key for key in board._tiles if key[0] == "3"]


def test_only_what_is_in_sight_is_drawn(qtbot: QtBot) -> None:
    board = Board("Rooms by time", DAY)
    qtbot.addWidget(board)
    board.resize(1000, 420)
    rows = [BoardRow(str(number), f"Room {number}") for number in range(200)]
    blocks = [
        block(f"{row.key}-{hour}", row.key, at(hour), 45) for row in rows for hour in range(24)
    ]
    board.set_rows(rows, blocks)
    board.viewport().grab()
    assert 0 < len(board._tiles) < 40


def test_a_plan_cut_at_the_edge_keeps_its_words_in_sight(board: Board) -> None:
    board.set_rows(ROWS, [replace(block("long", "2", at(13), 180), level=None)])
    board.horizontalScrollBar().setValue(board.measures.x(at(14)))
    picture = board.viewport().grab().toImage()
    room, rect = board._room(), board.rect_of("long")
    assert rect.left() < room.left() - 100
    band = [
        picture.pixelColor(x, y).lightness()
        for x in range(room.left() + 8, room.left() + 70)
        for y in range(rect.top() + 6, rect.top() + 22)
    ]
    assert sum(shade < 100 for shade in band) > 30


def test_t_shows_the_time_now(board: Board) -> None:
    board.set_now(at(18))
    QTest.keyClick(board, Qt.Key.Key_T)
    x = board._to_view(board.measures.row_rect(0)).left() + board.measures.x(at(18))
    assert board._room().left() < x < board._room().right()


def test_the_now_line_goes_behind_the_blocks(board: Board) -> None:
    board.set_now(at(13, 40))
    picture = board.viewport().grab().toImage()
    now = QColor(style.tokens().now)
    rect = board.rect_of("c")
    x = rect.left() - 1 + 80
    middle = rect.bottom() - 3
    near = {picture.pixelColor(x + step, middle).name() for step in (-1, 0, 1)}
    above = {picture.pixelColor(x + step, rect.top() - 3).name() for step in (-1, 0, 1)}
    assert now.name() in above
    assert now.name() not in near


def test_the_day_is_stretched_around_its_middle(board: Board) -> None:
    board.set_hour_width(240)
    assert board.measures.hour == 240
    board.set_hour_width(10_000)
    assert board.measures.hour == 320
    QTest.keyClick(board, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert board.measures.hour == 300


def test_time_runs_from_the_right_in_a_turned_layout(turned: QApplication, qtbot: QtBot) -> None:
    assert turned.layoutDirection() == Qt.LayoutDirection.RightToLeft
    board = make(qtbot)
    assert board.rect_of("c").right() < board.rect_of("a").left()
    assert board.hit(board.rect_of("c").center()) == "c"
    board.choose("a")
    QTest.keyClick(board, Qt.Key.Key_Left)
    assert board.key() == "b"
    asked: list[datetime] = []
    board.moveRequested.connect(lambda _key, _row, start: asked.append(start))
    QTest.keyPress(board, Qt.Key.Key_Left, ALT)
    QTest.keyRelease(board, Qt.Key.Key_Alt)
    assert asked == [at(10, 50)]
    assert not board.viewport().grab().isNull()


def test_a_night_of_the_clock_change_has_its_hours(qtbot: QtBot) -> None:
    board = make(qtbot, date(2026, 10, 25))
    assert board.measures.width == 25 * 120
    board.set_day(date(2026, 3, 29))
    board.set_rows(ROWS, ())
    assert board.measures.width == 23 * 120


def test_tab_leaves_the_board(qtbot: QtBot) -> None:
    window, board, after = QWidget(), Board("Rooms by time", DAY), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(board)
    column.addWidget(after)
    board.set_rows(ROWS, BLOCKS)
    with qtbot.waitActive(window):
        window.show()
    board.setFocus()
    QTest.keyClick(board, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_board_without_rows_can_be_looked_at(qtbot: QtBot) -> None:
    board = Board("Rooms by time", DAY)
    qtbot.addWidget(board)
    board.show()
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_Return,
        Qt.Key.Key_T,
    ):
        QTest.keyClick(board, key)
    QTest.keyPress(board, Qt.Key.Key_Right, ALT)
    assert not board.grab().isNull()
    assert board.key() is None
