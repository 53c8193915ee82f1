"""A list keeps what is chosen, is read out, asks for what it lacks, and lets Tab out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.tables import PAGE, Column, RowModel, Table

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot


@dataclass(frozen=True, slots=True)
class Plan:
    key: str
    level: Level | None
    person: str
    when: str = "13:30–14:45"


COLUMNS = (
    Column[Plan]("Check", lambda _plan: "", severity=lambda plan: plan.level),
    Column[Plan]("Time", lambda plan: plan.when, fixed=True, sort="start"),
    Column[Plan](
        "Person", lambda plan: plan.person, tooltip=lambda plan: plan.person, stretch=True
    ),
)
PLANS = tuple(
    Plan(str(number), list(Level)[number % 4], f"Person {number}") for number in range(30)
)


def key_of(plan: Plan) -> str:
    return plan.key


@pytest.fixture
def table(qtbot: QtBot) -> Table[Plan]:
    table = Table("Debriefs", COLUMNS, key_of)
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.set_rows(PLANS)
    table.show()
    return table


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model: RowModel[Plan] = RowModel(COLUMNS, key_of)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt says no types here
    model.set_rows(PLANS)
    model.set_total(500)
    model.fill(0, PLANS)
    model.set_rows(PLANS[:3])


def test_a_cell_is_read_out_with_the_word_of_its_severity(table: Table[Plan]) -> None:
    words = [table.rows.data(table.rows.index(at, 0)) for at in range(4)]
    assert words == ["Stop", "Check", "Note", "Clear"]
    assert table.rows.headerData(1, Qt.Orientation.Horizontal) == "Time"


def test_new_rows_keep_the_chosen_one_wherever_it_goes(table: Table[Plan], qtbot: QtBot) -> None:
    table.choose("7")
    with qtbot.assertNotEmitted(table.chosen):
        table.set_rows(tuple(reversed(PLANS)))
    assert table.key() == "7"
    assert table.currentIndex().row() == 22
    assert table.keys() == ("7",)


def test_a_chosen_row_that_is_gone_is_announced_as_nothing(
    table: Table[Plan], qtbot: QtBot
) -> None:
    table.choose("7")
    with qtbot.waitSignal(table.chosen) as heard:
        table.set_rows(PLANS[:5])
    assert heard.args == [None]
    assert table.key() is None


def test_choosing_announces_the_key_once(table: Table[Plan]) -> None:
    heard: list[object] = []
    table.chosen.connect(heard.append)
    table.choose("3")
    table.choose("3")
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert heard == ["3", "4"]


def test_enter_and_double_click_open_the_row(table: Table[Plan]) -> None:
    heard: list[object] = []
    table.opened.connect(heard.append)
    table.choose("3")
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.doubleClicked.emit(table.rows.index(5, 0))
    assert heard == ["3", "5"]


def test_tab_leaves_the_table(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    table, after = Table("Debriefs", COLUMNS, key_of), QLineEdit()
    column.addWidget(table)
    column.addWidget(after)
    table.set_rows(PLANS)
    with qtbot.waitActive(window):
        window.show()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_a_click_on_a_title_asks_for_an_order_and_again_for_the_other(table: Table[Plan]) -> None:
    heard: list[tuple[str, bool]] = []
    table.sorted.connect(lambda order, falling: heard.append((order, falling)))
    for section in (1, 1, 1, 0):
        table.horizontalHeader().sectionClicked.emit(section)
    assert heard == [("start", False), ("start", True), ("start", False)]


def test_the_order_can_be_changed_by_keys_alone(qtbot: QtBot) -> None:
    columns = (*COLUMNS, Column[Plan]("Key", key_of, sort="key"))
    table = Table("Debriefs", columns, key_of)
    qtbot.addWidget(table)
    heard: list[tuple[str, bool]] = []
    table.sorted.connect(lambda order, falling: heard.append((order, falling)))
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(table, key, both)
    assert heard == [("start", False), ("start", True), ("key", False), ("start", False)]


def test_a_long_list_asks_for_each_page_once_when_it_is_seen(
    table: Table[Plan],
) -> None:
    asked: list[tuple[int, int]] = []
    table.rows.wanted.connect(lambda first, count: asked.append((first, count)))
    table.rows.set_total(100_000)
    table.grab()
    table.grab()
    assert asked == [(0, PAGE)]
    table.scrollTo(table.rows.index(50_100, 0))
    table.grab()
    assert asked[1:] == [(50_000, PAGE)]
    table.rows.fill(50_000, [replace(PLANS[0], key=str(at)) for at in range(PAGE)])
    assert table.rows.key_at(50_100) == "100"
    assert table.rows.data(table.rows.index(9, 2)) == "…"


def test_rows_that_come_too_late_for_a_shorter_list_are_left_out(table: Table[Plan]) -> None:
    table.rows.set_total(10)
    table.rows.fill(8, PLANS[:5])
    assert table.rows.rowCount() == 10
    assert table.rows.key_at(9) == "1"
    table.rows.fill(20, PLANS[:5])
    assert table.rows.rowCount() == 10


def test_a_tip_is_not_markup(table: Table[Plan]) -> None:
    table.set_rows([Plan("1", None, "<b>Eve</b>")])
    shown = table.rows.data(table.rows.index(0, 2), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in shown
    assert table.rows.data(QModelIndex(), Qt.ItemDataRole.ToolTipRole) is None


def test_several_rows_can_be_chosen_where_that_is_wanted(qtbot: QtBot) -> None:
    table = Table("Debriefs", COLUMNS, key_of, many=True)
    qtbot.addWidget(table)
    table.set_rows(PLANS)
    table.selectAll()
    assert len(table.keys()) == len(PLANS)


@pytest.mark.usefixtures("turned")
def test_a_turned_layout_draws_without_turning_figures(qtbot: QtBot) -> None:
    table = Table("Debriefs", COLUMNS, key_of)
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.set_rows([Plan("1", Level.STOP, "هاوار")])
    table.show()
    first = table.visualRect(table.rows.index(0, 0))
    assert first.left() > table.visualRect(table.rows.index(0, 2)).left()
    assert not table.grab().isNull()
