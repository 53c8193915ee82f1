"""In which order does Tab go through a page? As it is read, also after it was refilled."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def in_order(*parts: QWidget) -> None:
    """Let Tab go through these parts in this order; a part stands for all that is inside it."""
    stops = [stop for part in parts for stop in _stops(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> list[QWidget]:
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return [part]
    inside = part.findChildren(QWidget)
    return [widget for widget in inside if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
