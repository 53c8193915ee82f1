"""The sheets of a record day are taken in the real window with its real threads, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from debrief_desk.actions import imports, people, staff
from debrief_desk.app import practise
from debrief_desk.ui import style
from debrief_desk.ui.imports.screen import CHECK, FILE, RECEIPT, ImportsScreen
from debrief_desk.ui.main_window import MainWindow
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.tokens import Theme
from debrief_desk.ui.worker import Worker
from tests.conftest import RECORD_DAY, RECORD_DAY_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.timeout(600),
]
SLOW = 240_000  # milliseconds
MANIFEST = "border-force-manifest.csv"


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, tmp_path: Path, desk: Desk) -> Iterator[ImportsScreen]:
    """The import page of the real window, on an empty desk."""
    style.apply_theme(qapp, Theme.LIGHT)
    worker = Worker()
    worker.adopt(desk)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(worker, settings=settings, practise=practise)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.enter()
    qtbot.waitUntil(lambda: bool(window.screens))
    window.visit("import")
    page = window.screens["import"]
    assert isinstance(page, ImportsScreen)
    qtbot.waitUntil(lambda: page.file_step.agency.count() == 4)
    yield page
    qtbot.waitUntil(lambda: worker.is_idle, timeout=SLOW)
    window.close()


def pressed(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def checked(page: ImportsScreen, qtbot: QtBot, name: str, agency: str) -> None:
    """Drop a file, name its sender, and go on to the check."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(RECORD_DAY / name))])
    page.file_step.drop.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    page.file_step.agency.set_value(agency or None)

    def at_check() -> bool:
        if page.steps.currentIndex() == CHECK:
            return page.worker.is_idle
        if page.worker.is_idle and page.next_button.isEnabled():
            pressed(page.next_button)
        return False

    qtbot.waitUntil(at_check, timeout=SLOW)


def taken(page: ImportsScreen, qtbot: QtBot, name: str, agency: str) -> dict[str, int]:
    """Take a file; gives the counts of its receipt."""
    checked(page, qtbot, name, agency)
    pressed(page.next_button)
    qtbot.waitUntil(lambda: page.steps.currentIndex() == RECEIPT, timeout=SLOW)
    step = page.receipt_step
    counts = {
        outcome: int(step.count(outcome).strip("\u2066\u2069").replace(",", ""))
        for outcome in ("read", *imports.OUTCOMES)
    }
    assert counts["read"] == sum(counts[outcome] for outcome in imports.OUTCOMES)
    assert step.table.rows.rowCount() == counts["parked"] + counts["rejected"]
    pressed(step.again_button)
    assert page.steps.currentIndex() == FILE
    return counts


def test_the_record_day_is_cancelled_taken_taken_again_and_undone(
    page: ImportsScreen, qtbot: QtBot, desk: Desk
) -> None:
    for name, agency in RECORD_DAY_FILES[:3]:
        counts = taken(page, qtbot, name, agency)
        assert counts["added"] == counts["read"]
    assert len(desk.read(staff.rooms)) == 10

    checked(page, qtbot, MANIFEST, "Border Force")
    page.busy.cancel_timer.setInterval(0)
    pressed(page.next_button)
    qtbot.waitUntil(lambda: page.busy.bar.maximum() > 0, timeout=SLOW)
    qtbot.waitUntil(page.busy.cancel_button.isVisible)
    pressed(page.busy.cancel_button)
    qtbot.waitUntil(page.strip.isVisible, timeout=SLOW)
    assert "Nothing of this step was kept" in page.strip.text.text()
    assert desk.read(people.listed).total == 0
    assert len(desk.read(imports.taken)) == 3

    first = [taken(page, qtbot, name, agency) for name, agency in RECORD_DAY_FILES[3:]]
    assert [counts["read"] for counts in first] == [1309, 420, 260]
    assert first[1]["linked"] > 0
    everybody = desk.read(people.listed).total

    for name, agency in RECORD_DAY_FILES:
        counts = taken(page, qtbot, name, agency)
        assert counts["added"] == counts["linked"] == counts["updated"] == 0
    assert desk.read(people.listed).total == everybody

    history = page.file_step.history
    earliest_police = next(
        row for row in reversed(desk.read(imports.taken)) if row.agency == "Kent Police"
    )
    qtbot.waitUntil(lambda: page.worker.is_idle, timeout=SLOW)
    assert history.table.choose(earliest_police.id)
    pressed(history.undo_button)
    (question,) = page.window().findChildren(Question)
    pressed(question.buttons["undo"])
    qtbot.waitUntil(
        lambda: (
            desk.read(people.listed).total == everybody - first[2]["added"] - first[2]["linked"]
        ),
        timeout=SLOW,
    )
