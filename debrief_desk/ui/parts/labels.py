"""How does data become text on a window without turning into markup or turning round?"""

from __future__ import annotations

import html
import re
import unicodedata

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from debrief_desk.ui import style
from debrief_desk.wording import left_to_right

_LONG = re.compile(r"\S{24}(?=\S)")


def direction(text: str) -> Qt.LayoutDirection:
    """Give the direction of a text by its first strong letter; left to right where it has none."""
    for letter in text:
        bidirectional = unicodedata.bidirectional(letter)
        if bidirectional == "L":
            break
        if bidirectional in {"R", "AL"}:
            return Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LeftToRight


def breakable(text: str) -> str:
    """Let a word that is longer than any name be broken, so that no line pushes a page aside."""
    return _LONG.sub(lambda found: f"{found[0]}\u200b", text)


def tip(text: str) -> str:
    """Give a tool tip that shows the text as it is; Qt would take markup in it otherwise."""
    return f"<span>{html.escape(text)}</span>" if text else ""


class Label(QLabel):
    """A text of the design system that is never read as markup.

    `kind` is one of page-title, section, strong, body, label, muted, error, key.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "body",
        *,
        wrap: bool = False,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._centred = centred
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        self.setText(text)
        self._align()

    def setText(self, text: str) -> None:
        """Show a text; where lines wrap, a word without end wraps as well."""
        super().setText(breakable(text) if self.wordWrap() else text)

    def changeEvent(self, event: QEvent) -> None:
        """Keep to the leading edge of the layout; Qt would follow the direction of the words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def set_kind(self, kind: str) -> None:
        """Dress the label as another kind of text."""
        style.restyle(self, kind=kind)

    def _align(self) -> None:
        edge = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        side = Qt.AlignmentFlag.AlignHCenter if self._centred else edge
        middle = Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(side | middle | Qt.AlignmentFlag.AlignAbsolute)


class ElidedLabel(Label):
    """A label of one line that ends in … where it has no room; its tip then shows the whole."""

    def __init__(self, text: str = "", kind: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, kind, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Give the height of a line and hardly any width, so that rows may shrink."""
        return QSize(style.px(24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tip exactly while some of it is hidden."""
        super().resizeEvent(event)
        hidden = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(tip(self.text()) if hidden else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened to the width there is."""
        del event
        painter = QPainter(self)
        option = self.palette()
        painter.setPen(option.color(self.foregroundRole()))
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setLayoutDirection(direction(shown))
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(self.rect(), int(flags), shown)
        painter.end()


def fixed(text: str, kind: str = "body", parent: QWidget | None = None) -> Label:
    """Give a label for a time, date, reference or number: left to right in every layout."""
    return Label(left_to_right(text), kind, parent=parent)


def line(parent: QWidget | None = None) -> QFrame:
    """Give a thin horizontal rule."""
    rule = QFrame(parent)
    rule.setProperty("kind", "line")
    return rule


def card(parent: QWidget | None = None) -> QFrame:
    """Give an empty card: a white ground with a thin edge and round corners."""
    frame = QFrame(parent)
    frame.setProperty("kind", "card")
    return frame
