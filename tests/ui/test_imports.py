"""Import: a sheet is looked at, mapped, checked, taken whole and undone whole, on real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from debrief_desk.actions import imports, people
from debrief_desk.errors import Interrupted
from debrief_desk.ui.imports import drop_area, screen
from debrief_desk.ui.imports.screen import ImportsScreen
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.worker import InlineWorker
from tests.conftest import RECORD_DAY, SAMPLES

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk

BROKEN = SAMPLES / "broken"
SMALL = """Ref,Surname,Forename(s),DOB,Sex,Band,Event No,Shoe size,Planned
A-1,KARIMI,Shirin,23/04/1988,F,01-001,E-1,41,
A-2,HASSAN,Ali,31/02/1990,M,01-002,E-1,43,21/11/2026 14:00
A-3,,,,,,,,
"""


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[ImportsScreen]:
    worker = InlineWorker()
    worker.adopt(desk)
    page = ImportsScreen(worker)
    worker.changed.connect(lambda _tables: page.reload())
    qtbot.addWidget(page)
    page.resize(1160, 720)
    page.reload()
    with qtbot.waitActive(page):
        page.show()
    yield page
    worker.stop()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "from-nca.csv"
    file.write_text(SMALL, encoding="utf-8")
    return file


def pressed(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def dropped(page: ImportsScreen, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.file_step.drop.dropEvent(event)


def at(page: ImportsScreen) -> int:
    return page.steps.currentIndex()


def taken(page: ImportsScreen, file: Path, agency: str) -> None:
    dropped(page, file)
    page.file_step.agency.set_value(agency)
    while at(page) != screen.RECEIPT:
        pressed(page.next_button)


def test_without_a_file_nothing_can_be_taken(page: ImportsScreen) -> None:
    assert not page.next_button.isEnabled()
    assert page.file_step.history.states.title.text() == "Nothing was imported yet"


def test_a_chosen_file_says_what_it_was_recognised_as(
    page: ImportsScreen, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        drop_area, "choose_file", lambda _parent, _title, _patterns, then: then(small)
    )
    page.file_step.drop.choose_button.setFocus()
    pressed(page.file_step.drop.choose_button)
    assert page.file_step.drop.title.text() == "from-nca.csv"
    assert "People" in page.file_step.drop.text.text()
    assert "3" in page.file_step.drop.text.text()
    assert page.file_step.agency.hasFocus()


def test_the_sender_has_to_be_named_before_rows_are_shown(page: ImportsScreen, small: Path) -> None:
    dropped(page, small)
    pressed(page.next_button)
    assert at(page) == screen.FILE
    assert page.file_step.agency_field.has_error()
    page.file_step.agency.set_value("NCA")
    pressed(page.next_button)
    assert at(page) == screen.COLUMNS


def test_a_new_agency_can_be_named(page: ImportsScreen, small: Path, desk: Desk) -> None:
    dropped(page, small)
    page.file_step.agency.set_value("\x00new")
    assert page.file_step.new_agency.isVisible()
    QTest.keyClicks(page.file_step.new_agency, "Kent and Essex")
    QTest.keyClick(page.file_step.new_agency, Qt.Key.Key_Return)
    for _ in range(3):
        pressed(page.next_button)
    assert at(page) == screen.RECEIPT
    assert desk.read(imports.taken)[0].agency == "Kent and Essex"


def test_unknown_columns_are_listed_and_a_meaning_can_be_given(
    page: ImportsScreen, small: Path
) -> None:
    dropped(page, small)
    page.file_step.agency.set_value("NCA")
    pressed(page.next_button)
    step = page.columns_step
    assert step.entry("Shoe size").value() == ""
    assert step.entry("Shoe size").hasFocus()
    assert "not known" in step.summary.text()
    step.entry("Ref").set_value("")
    step.entry("Shoe size").set_value("serial")
    assert dict(step.columns())["Shoe size"] == "serial"
    step.entry("Ref").set_value("serial")
    assert step.entry("Shoe size").value() == ""


def test_every_row_shows_what_it_becomes_and_why(page: ImportsScreen, small: Path) -> None:
    dropped(page, small)
    page.file_step.agency.set_value("NCA")
    pressed(page.next_button)
    pressed(page.next_button)
    step = page.check_step
    rows = [step.table.rows.row(number) for number in range(3)]
    assert [shown.row.state for shown in rows if shown] == ["new", "parked", "rejected"]
    step.table.choose_row(1)
    assert "31/02/1990" in step.detail.text()
    step.filter.choose("parked")
    step.filter.chosen.emit("parked")
    assert step.table.rows.rowCount() == 1


def test_taking_a_file_accounts_for_every_row_and_keeps_it(
    page: ImportsScreen, small: Path, desk: Desk
) -> None:
    taken(page, small, "NCA")
    step = page.receipt_step
    counts = {outcome: step.count(outcome) for outcome in ("read", "added", "parked", "rejected")}
    assert [int(text.strip("\u2066\u2069")) for text in counts.values()] == [3, 1, 1, 1]
    left = [step.table.rows.row(number) for number in range(2)]
    assert [(row.line, row.outcome) for row in left if row] == [(3, "parked"), (4, "rejected")]
    assert all(row.reasons for row in left if row)
    assert desk.read(people.listed).total == 2
    assert page.file_step.history.table.rows.rowCount() == 1


def test_a_second_import_of_a_file_adds_nothing_and_goes_straight_to_the_check(
    page: ImportsScreen, small: Path, desk: Desk
) -> None:
    taken(page, small, "NCA")
    pressed(page.receipt_step.again_button)
    dropped(page, small)
    pressed(page.next_button)
    assert at(page) == screen.CHECK
    pressed(page.next_button)
    assert page.receipt_step.count("added").strip("\u2066\u2069") == "0"
    assert desk.read(people.listed).total == 2


def test_the_sender_of_such_sheets_is_proposed_and_another_file_begins_without_one(
    page: ImportsScreen, small: Path, tmp_path: Path
) -> None:
    taken(page, small, "NCA")
    pressed(page.receipt_step.again_button)
    dropped(page, small)
    assert page.file_step.agency_name() == "NCA"
    other = tmp_path / "other.csv"
    other.write_text("Name,DOB\nShirin Karimi,23/04/1988\n", encoding="utf-8")
    dropped(page, other)
    assert page.file_step.agency_name() == ""


def test_a_whole_import_is_undone_after_a_question(
    page: ImportsScreen, small: Path, desk: Desk, qtbot: QtBot
) -> None:
    taken(page, small, "NCA")
    with qtbot.waitSignal(page.said):
        pressed(page.receipt_step.undo_button)
        (question,) = page.window().findChildren(Question)
        pressed(question.buttons["undo"])
    assert desk.read(people.listed).total == 0
    assert at(page) == screen.FILE
    row = page.file_step.history.table.rows.row(0)
    assert row is not None
    assert row.undone_at is not None
    assert not page.file_step.history.undo_button.isEnabled()


def test_an_earlier_import_is_looked_at_again(page: ImportsScreen, small: Path) -> None:
    taken(page, small, "NCA")
    pressed(page.receipt_step.again_button)
    history = page.file_step.history
    history.table.setFocus()
    QTest.keyClick(history.table, Qt.Key.Key_Return)
    assert at(page) == screen.RECEIPT
    assert "NCA" in page.receipt_step.title.text()
    assert page.receipt_step.table.rows.rowCount() == 2


def test_the_order_of_day_and_month_is_asked_once_and_remembered(
    page: ImportsScreen, desk: Desk
) -> None:
    dropped(page, BROKEN / "ambiguous-dates.csv")
    page.file_step.agency.set_value("NCA")
    pressed(page.next_button)
    pressed(page.next_button)
    assert not page.next_button.isEnabled()
    assert "DOB" in page.check_step.question.text.text()
    pressed(page.check_step.question.buttons["mdy"])
    assert page.next_button.isEnabled()
    pressed(page.next_button)
    assert at(page) == screen.RECEIPT
    born = {row.born for row in desk.read(people.listed).rows}
    assert "04/03/1988" in born
    pressed(page.receipt_step.again_button)
    dropped(page, BROKEN / "ambiguous-dates.csv")
    pressed(page.next_button)
    assert at(page) == screen.CHECK
    assert page.next_button.isEnabled()


def test_a_character_set_is_asked_for_where_the_bytes_leave_it_open(page: ImportsScreen) -> None:
    dropped(page, BROKEN / "windows-1256.csv")
    assert "character set" in page.strip.text.text()
    assert not page.next_button.isEnabled()
    step = page.file_step
    assert step.encoding.isVisible()
    step.encoding.set_value("windows-1256")
    assert page.strip.isHidden()
    assert page.next_button.isEnabled()
    page.file_step.agency.set_value("NCA")
    assert page.next_button.isEnabled()


def test_headings_without_a_name_can_be_given_one(page: ImportsScreen) -> None:
    dropped(page, BROKEN / "no-name-column.csv")
    assert at(page) == screen.COLUMNS
    assert not page.next_button.isEnabled()
    page.columns_step.entry("Colour").set_value("full_name")
    assert page.next_button.isEnabled()
    pressed(page.next_button)
    assert at(page) == screen.FILE
    assert page.file_step.agency_field.has_error()
    page.file_step.agency.set_value("NCA")
    assert dict(page.columns_step.columns())["Colour"] == "full_name"
    for _ in range(3):
        pressed(page.next_button)
    assert at(page) == screen.RECEIPT


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.csv", "empty"),
        ("header-only.csv", "no rows"),
        ("not-a-workbook.xlsx", "content is none"),
        ("truncated.xlsx", "incomplete"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence_and_nothing_is_kept(
    page: ImportsScreen, desk: Desk, name: str, said: str
) -> None:
    dropped(page, BROKEN / name)
    assert said in page.strip.text.text()
    assert not page.next_button.isEnabled()
    assert desk.read(people.listed).total == 0


def test_a_cancelled_import_says_that_nothing_was_kept(
    page: ImportsScreen, small: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_how: object) -> None:
        raise Interrupted

    dropped(page, small)
    page.file_step.agency.set_value("NCA")
    pressed(page.next_button)
    pressed(page.next_button)
    interrupted.needs = imports.take.needs  # type: ignore[attr-defined]
    monkeypatch.setattr(imports, "take", interrupted)
    pressed(page.next_button)
    assert "Nothing of this step was kept" in page.strip.text.text()
    assert at(page) == screen.CHECK
    assert page.next_button.isEnabled()
    assert desk.read(people.listed).total == 0


def test_staff_and_rooms_need_no_sender(page: ImportsScreen, desk: Desk) -> None:
    dropped(page, RECORD_DAY / "rooms.csv")
    assert "Rooms" in page.file_step.drop.text.text()
    for _ in range(3):
        pressed(page.next_button)
    assert page.receipt_step.count("added").strip("\u2066\u2069") == "10"
    assert desk.read(imports.taken)[0].kind == "rooms"


def test_markup_in_a_sheet_stays_text(page: ImportsScreen) -> None:
    dropped(page, BROKEN / "formulas-and-markup.xlsx")
    page.file_step.agency.set_value("NCA")
    pressed(page.next_button)
    pressed(page.next_button)
    table = page.check_step.table
    cells = [
        str(table.rows.data(table.rows.index(row, column)))
        for row in range(table.rows.rowCount())
        for column in range(table.rows.columnCount())
    ]
    assert any("<" in cell for cell in cells)
    assert any(cell.startswith("=") for cell in cells)


def test_every_step_names_its_widgets(page: ImportsScreen, small: Path) -> None:
    dropped(page, small)
    page.file_step.agency.set_value("NCA")
    pressed(page.next_button)
    for entry in page.columns_step._choices.values():
        assert entry.accessibleName()
        assert entry.objectName()
    assert page.stepper.accessibleName().startswith("Step 2 of 4")
    assert page.busy.bar.accessibleName()


def test_a_file_held_over_the_card_shows_that_it_may_be_dropped(
    page: ImportsScreen, small: Path
) -> None:
    drop = page.file_step.drop
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(small))])
    event = QDragEnterEvent(
        drop.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    drop.dragEnterEvent(event)
    assert event.isAccepted()
    assert drop.property("state") == "drop"
    dropped(page, small)
    assert drop.property("state") == ""
