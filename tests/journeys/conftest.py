"""What every journey needs: the real window on a desk, closed when the journey ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from debrief_desk.app import practise
from debrief_desk.ui import style
from debrief_desk.ui.main_window import MainWindow
from debrief_desk.ui.tokens import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.worker import Worker


@pytest.fixture
def open_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[Callable[[Worker, Desk], MainWindow]]:
    """Open the real window on a desk; it has the keyboard and shows its first page."""
    style.apply_theme(qapp, Theme.LIGHT)
    opened: list[MainWindow] = []

    def open_(worker: Worker, desk: Desk) -> MainWindow:
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(worker, settings=settings, practise=practise)
        opened.append(window)
        qtbot.addWidget(window)
        worker.adopt(desk)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
        window.enter()
        qtbot.waitUntil(lambda: bool(window.screens), timeout=20_000)
        return window

    yield open_
    for window in opened:
        window.close()
