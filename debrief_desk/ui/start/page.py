"""What do the pages before signing in share? A title, a sentence, fields, and a foot of buttons."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.wording import _

if TYPE_CHECKING:
    from debrief_desk.rules.severity import Level

WIDTH = 600


class StartPage(QWidget):
    """A page of one card. `back` is asked for by the button at its foot; Enter presses `next`."""

    back = Signal()

    has_foot = True
    """Whether there are buttons at the foot; without any it is there only while work goes on."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setAccessibleName(title)
        self.title = Label(title, "page-title", wrap=True)
        self.text = Label(text, "muted", wrap=True)
        self.strip = MessageStrip()
        self.busy = BusyBar()
        self.card = card()
        self.body = QVBoxLayout(self.card)
        self.body.setContentsMargins(20, 18, 20, 18)
        self.body.setSpacing(12)
        self.foot = QFrame()
        self.foot.setProperty("kind", "footer")
        self.foot_row = QHBoxLayout(self.foot)
        self.back_button = Button(_("Back"))
        self.back_button.clicked.connect(self.back)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(style.px(WIDTH))
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 28, 0, 20)
        column.setSpacing(12)
        for part in (self.title, self.text, self.strip, self.card):
            column.addWidget(part)
        column.addStretch(1)
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        self.foot_row.setContentsMargins(24, 12, 24, 12)
        self.foot_row.setSpacing(8)
        self.foot_row.addWidget(self.back_button)
        self.foot_row.addWidget(self.busy, 1)
        self.foot_row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(around), 1)
        whole.addWidget(self.foot)

    def first_focus(self) -> QWidget | None:
        """Give the widget that has the keyboard when the page opens."""
        return None

    def submit_on_enter(self, *lines: QLineEdit) -> None:
        """Let Enter in any of these lines do what the page's button does."""
        for entry in lines:
            entry.returnPressed.connect(self.submit)

    def tab_through(self, *parts: QWidget) -> None:
        """Let Tab go through these in reading order; widgets would follow in order of making."""
        for here, following in pairwise(parts):
            QWidget.setTabOrder(here, following)

    def submit(self) -> None:
        """Do what the page is for."""

    def start(self, text: str) -> None:
        """Show that the desk works; nothing can be pressed twice meanwhile."""
        self.strip.clear()
        self.card.setEnabled(False)
        self.foot.setEnabled(False)
        self.foot.show()
        self.busy.start(text)

    def stop(self) -> None:
        """Show that the work is over."""
        self.busy.stop()
        self.card.setEnabled(True)
        self.foot.setEnabled(True)
        self.foot.setVisible(self.has_foot)

    def say(self, level: Level, text: str) -> None:
        """Say a sentence above the fields."""
        self.strip.say(level, text)


def side_by_side(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    """Give fields beside each other, with their shares of the width."""
    row = QHBoxLayout()
    row.setSpacing(16)
    for part, share in parts:
        row.addWidget(part, share)
    return row
