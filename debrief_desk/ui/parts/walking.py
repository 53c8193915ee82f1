"""How does the keyboard go from one part of a window to the next? By F6, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def walk(parts: Sequence[QWidget], step: int) -> None:
    """Put the keyboard `step` parts on from where it is; a part without a field is passed over."""
    here = QApplication.focusWidget()
    inside = [part is here or (here is not None and part.isAncestorOf(here)) for part in parts]
    at = inside.index(True) if True in inside else 0
    for offset in range(1, len(parts) + 1):
        field = _first(parts[(at + step * offset) % len(parts)])
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _first(part: QWidget) -> QWidget | None:
    """Give the first field of a part that Tab goes to: the part itself where it is one."""
    return next(
        (
            field
            for field in (part, *part.findChildren(QWidget))
            if field.isVisible() and field.focusPolicy() & Qt.FocusPolicy.TabFocus
        ),
        None,
    )
