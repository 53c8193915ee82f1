"""What does every page have? A title, a remark, a search, actions, and a foot if needed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.tokens import PAGE_MARGIN
from debrief_desk.wording import _

TYPING_MS: Final = 120
"""How long typing has to pause before a search is asked for, in milliseconds."""


class SearchField(QLineEdit):
    """A line to search with. It waits for a pause in typing; Enter asks at once, Escape empties."""

    searched = Signal(str)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = ""
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint.rstrip("….") or _("Search"))
        self.setMaxLength(200)
        self.setClearButtonEnabled(False)
        self._mark = QAction(self)
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._ask)
        style.follow(self._dress)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._ask()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        self._pause.stop()
        if self.text().strip() != self._asked:
            self._asked = self.text().strip()
            self.searched.emit(self._asked)

    def _dress(self) -> None:
        self._mark.setIcon(icons.icon("magnifying-glass", style.tokens().muted, size=style.px(16)))
        self.setFixedWidth(style.px(264))


class PageHeader(QWidget):
    """Title and remark at the left, search and actions at the right."""

    searched = Signal(str)

    def __init__(
        self, title: str, subtitle: str = "", *, search: str = "", parent: QWidget | None = None
    ) -> None:
        """`search` is the hint of the search field; without one there is no such field."""
        super().__init__(parent)
        self.title = ElidedLabel(title, "page-title")
        self.subtitle = ElidedLabel(subtitle, "muted")
        self.search = SearchField(search or _("Search"))
        self.search.searched.connect(self.searched)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.search)
        name_parts(self)
        self.search.setVisible(bool(search))

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page, and say below what it shows."""
        self.title.setText(title)
        self.set_subtitle(subtitle)

    def set_subtitle(self, text: str) -> None:
        """Say below the title what the page shows; its line stays, so nothing jumps."""
        self.subtitle.setText(text)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right, after those already there."""
        self._row.addWidget(widget)

    def add_action(self, text: str, kind: str = "plain", *, icon: str = "") -> Button:
        """Put a button at the right and give it, to be connected."""
        button = Button(text, kind, icon=icon)
        self.add(button)
        return button


def scrolling(inside: QWidget) -> QScrollArea:
    """Give a frameless area in which a tall widget scrolls up and down; Tab brings fields up."""
    inside.setProperty("kind", inside.property("kind") or "scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class Page(QWidget):
    """A page: header, `body` to fill, and a foot that appears with its first widget."""

    def __init__(
        self, title: str, subtitle: str = "", *, search: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.header = PageHeader(title, subtitle, search=search)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.foot = QFrame()
        self.foot.setProperty("kind", "footer")
        self.foot.hide()
        self._foot_row = QHBoxLayout(self.foot)
        self._foot_row.setContentsMargins(PAGE_MARGIN, 12, PAGE_MARGIN, 12)
        self._foot_row.setSpacing(8)
        inside = QVBoxLayout()
        inside.setContentsMargins(PAGE_MARGIN, 20, PAGE_MARGIN, 20)
        inside.setSpacing(16)
        inside.addWidget(self.header)
        inside.addLayout(self.body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(self.foot)
        name_parts(self)

    def add_to_foot(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget into the foot, which stays in sight while the page scrolls."""
        self._foot_row.addWidget(widget, stretch)
        self.foot.show()
