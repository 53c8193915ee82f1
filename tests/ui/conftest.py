"""What every test of a window needs: the program's look, and layouts put back afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from debrief_desk.ui import style
from debrief_desk.ui.tokens import Theme, load
from debrief_desk.ui.worker import InlineWorker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.screen import Screen

LIGHT = style.Look(load("light"))


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """Give the application in the light theme at normal text size."""
    if not qapp.styleSheet() or style.look() != LIGHT:
        style.apply_theme(qapp, Theme.LIGHT)
    yield qapp
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def turned(dressed: QApplication) -> QApplication:
    """Give the application with its layout from right to left."""
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return dressed


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[Callable[..., Any]]:
    """Give how a page opens on a desk: filled, in front, reloading when what it shows changes."""
    worker = InlineWorker()

    def open_page(kind: type[Screen], desk: Desk, width: int = 1158, height: int = 720) -> Any:
        worker.adopt(desk)
        page = kind(worker)
        worker.changed.connect(lambda tables: page.reload() if tables & page.tables else None)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.reload()
        with qtbot.waitActive(page):
            page.show()
        return page

    yield open_page
    worker.stop()
