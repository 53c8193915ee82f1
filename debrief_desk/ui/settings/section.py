"""What do the sections of the settings share? A card with a title, a sentence and a strip."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.messages import MessageStrip

_WIDTH = 640


class Section(QWidget):
    """One section: `body` is to be filled; messages stand above it, work is shown below."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.strip = MessageStrip()
        self.busy = BusyBar()
        self.card = card()
        self.card.setMaximumWidth(style.px(_WIDTH))
        self.body = QVBoxLayout(self.card)
        self.body.setContentsMargins(20, 16, 20, 18)
        self.body.setSpacing(12)
        self.body.addWidget(Label(title, "section"))
        if text:
            self.body.addWidget(Label(text, "muted", wrap=True))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self.strip)
        row = QHBoxLayout()
        row.addWidget(self.card, 100)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.busy)

    def first_focus(self) -> QWidget | None:
        """Give the widget that has the keyboard when the section opens."""
        return None

    def start(self, text: str) -> None:
        """Show that the desk works."""
        self.strip.clear()
        self.card.setEnabled(False)
        self.busy.start(text)

    def stop(self) -> None:
        """Show that the work is over."""
        self.card.setEnabled(True)
        self.busy.stop()


def leading(*parts: QWidget) -> QHBoxLayout:
    """Give widgets beside each other at the leading edge, in their own widths."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
