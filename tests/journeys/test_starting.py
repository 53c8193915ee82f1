"""From the first start to a desk that is locked and signed in to again, and to a practice day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from debrief_desk import paths
from debrief_desk.actions import desks
from debrief_desk.app import practise
from debrief_desk.ui import style
from debrief_desk.ui.main_window import MainWindow
from debrief_desk.ui.start.screen import StartScreen
from debrief_desk.ui.tokens import Theme
from debrief_desk.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.timeout(300),
]
PASSWORD = "a quiet harbour at dawn"
SLOW = 60_000  # milliseconds a key derivation may take on a machine that does much else


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The real window with its real threads, at the start page, for a user without desks."""
    monkeypatch.setattr(paths, "desks", lambda: tmp_path / "desks")
    style.apply_theme(qapp, Theme.LIGHT)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Worker(), settings=settings, practise=practise)
    qtbot.addWidget(window)
    window.begin()
    with qtbot.waitActive(window):
        window.show()
    yield window
    window.close()


def start_page(window: MainWindow) -> StartScreen:
    page = window.stack.currentWidget()
    assert isinstance(page, StartScreen)
    return page


def test_a_desk_is_created_entered_locked_and_signed_in_to_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    start = start_page(window)
    QTest.keyClick(start.welcome.create_button, Qt.Key.Key_Space)
    page = start.create_page
    QTest.keyClicks(page.site, "Manston")
    QTest.keyClick(page.site, Qt.Key.Key_Tab)
    QTest.keyClick(page.hours, Qt.Key.Key_Tab)
    QTest.keyClicks(page.agencies, "NCA")
    QTest.keyClick(page.agencies, Qt.Key.Key_Tab)
    QTest.keyClicks(page.supervisor, "Ada North")
    QTest.keyClick(page.supervisor, Qt.Key.Key_Tab)
    QTest.keyClicks(page.password, PASSWORD)
    QTest.keyClick(page.password, Qt.Key.Key_Tab)
    QTest.keyClicks(page.again, PASSWORD)
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start.pages.currentWidget() is start.recovery, timeout=SLOW)
    assert start.recovery.key.text()
    QTest.keyClick(start.recovery.put_away, Qt.Key.Key_Space)
    QTest.keyClick(start.recovery.go_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.desk_page, timeout=SLOW)
    assert window.worker.desk is not None
    assert window.worker.desk.read(desks.summary).site == "Manston"
    assert window.banner.isHidden()

    window.lock()
    again = start_page(window)
    assert window.worker.desk is None
    qtbot.waitUntil(lambda: again.sign_in.name.value() == "Ada North", timeout=SLOW)
    qtbot.waitUntil(again.sign_in.password.hasFocus)
    QTest.keyClicks(again.sign_in.password, "not the password at all")
    QTest.keyClick(again.sign_in.password, Qt.Key.Key_Return)
    qtbot.waitUntil(again.sign_in.strip.isVisible, timeout=SLOW)
    qtbot.waitUntil(again.sign_in.sign_in_button.isEnabled, timeout=SLOW)
    wrong = again.sign_in.strip.text.text()
    assert "wrong" in wrong
    again.sign_in.password.clear()
    QTest.keyClicks(again.sign_in.password, PASSWORD)

    def signed_in() -> bool:
        """Try again as a user would, until the short wait after a wrong password is over."""
        if window.stack.currentWidget() is window.desk_page:
            return True
        if again.sign_in.card.isEnabled() and again.sign_in.sign_in_button.isEnabled():
            QTest.mouseClick(again.sign_in.sign_in_button, Qt.MouseButton.LeftButton)
        return False

    qtbot.waitUntil(signed_in, timeout=SLOW)
    assert window.worker.desk is not None


def test_a_practice_day_is_one_press_away_and_says_that_it_is_practice(
    window: MainWindow, qtbot: QtBot
) -> None:
    start = start_page(window)
    QTest.mouseClick(start.welcome.practice_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.desk_page, timeout=SLOW)
    assert window.banner.isVisible()
    assert "invented" in window.banner.text.text()
    assert window.worker.desk is not None
    qtbot.waitUntil(lambda: window.worker.is_idle, timeout=SLOW)
    window.visit("conflicts")
    qtbot.waitUntil(lambda: window.worker.is_idle, timeout=SLOW)
    from debrief_desk.actions import conflicts

    assert len(window.worker.desk.read(conflicts.listed)) >= 8
