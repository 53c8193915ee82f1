"""How is a question with fields asked? Over the window, without blocking, answered by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label
from debrief_desk.wording import _

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


class Asking(QDialog):
    """A question with fields; Escape answers nothing."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(style.px(460))
        self.setMaximumWidth(style.px(560))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(Label(title, "section", wrap=True))
        self.column.addWidget(Label(text, wrap=True))

    def add_row(self, *fields: QWidget) -> None:
        """Put fields beside each other, equally wide."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            row.addWidget(field, 1)
        self.column.addLayout(row)

    def fit(self) -> None:
        """Be as high as what is shown needs; wrapped sentences are otherwise squeezed."""
        for widget in (*self.findChildren(QWidget), self):
            layout = widget.layout()
            if layout is not None:
                layout.invalidate()
                layout.activate()
        needed = max(self.column.totalHeightForWidth(self.width()), self.sizeHint().height())
        self.setMinimumHeight(needed)
        self.resize(self.width(), needed)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the width is known."""
        super().showEvent(event)
        self.fit()

    def add_buttons(self, text: str, kind: str) -> Button:
        """Add the way back and the step itself, which Enter takes; gives the step's button."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        leave = Button(_("Back"))
        leave.clicked.connect(self.reject)
        go = Button(text, kind)
        go.setDefault(True)
        row.addWidget(leave)
        row.addWidget(go)
        self.column.addSpacing(4)
        self.column.addLayout(row)
        return go
