"""What does the left of the form look like? A sheet that scrolls: the person, then the session."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui.parts.labels import Label, line
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _


class Sheet(QFrame):
    """The two parts of the form below their headings; `button` stands beside the second."""

    def __init__(self, person: QWidget, session: QWidget, button: QWidget) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(CARD_PADDING + 4, CARD_PADDING, CARD_PADDING + 4, CARD_PADDING)
        column.setSpacing(10)
        column.addWidget(Label(_("Person"), "section"))
        column.addWidget(person)
        column.addSpacing(2)
        column.addWidget(line())
        heading = QHBoxLayout()
        heading.addWidget(Label(_("Session"), "section"))
        heading.addStretch(1)
        heading.addWidget(button)
        column.addLayout(heading)
        column.addWidget(session)
        column.addStretch(1)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        self.area = scrolling(inside)
        frame.addWidget(self.area)
