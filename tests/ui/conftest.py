"""What every test of a window needs: the program's look, and layouts put back afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from debrief_desk.ui import style
from debrief_desk.ui.tokens import Theme, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

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
