"""Which agency has which colour? The line below the board says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.labels import direction

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """An agency: the index of its colours, its name, its two letters where there are many."""

    agency: int
    name: str
    tag: str = ""

    @property
    def text(self) -> str:
        """Give name and letters."""
        return f"{self.tag} {self.name}".strip()


class Legend(QWidget):
    """Swatches with names, side by side; what has no room is left out and told by the tip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out, with the agencies after it."""
        super().__init__(parent)
        self._entries: tuple[LegendEntry, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        style.follow(self._dress)

    def set_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Show these agencies in this order."""
        self._entries = tuple(entries)
        self.setAccessibleDescription(", ".join(entry.text for entry in entries))
        self._dress()

    def sizeHint(self) -> QSize:
        """Give room for all of them."""
        return QSize(sum(self._width(entry) for entry in self._entries), style.px(24))

    def minimumSizeHint(self) -> QSize:
        """Give hardly any width: a legend gives way first."""
        return QSize(style.px(40), style.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw swatches and names from the leading edge."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.font(12))
        mirrored, at = self.isRightToLeft(), 0
        for entry in self._entries:
            width = self._width(entry)
            if at + width > self.width() + style.px(16):
                break
            left = self.width() - at - width if mirrored else at
            self._paint_entry(painter, entry, left, width, mirrored=mirrored)
            at += width
        painter.end()

    def _paint_entry(
        self, painter: QPainter, entry: LegendEntry, left: int, width: int, *, mirrored: bool
    ) -> None:
        px, (tint, edge) = style.px, style.tokens().agency(entry.agency)
        size = px(13)
        x = left + width - size if mirrored else left
        swatch = QRectF(x + 0.5, (self.height() - size) / 2, size - 1, size - 1)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(tint))
        painter.drawRoundedRect(swatch, 3, 3)
        bar = QRectF(swatch.right() - px(4) if mirrored else swatch.left(), swatch.top(), 0, 0)
        bar.setSize(QSize(px(4), size - 1).toSizeF())
        painter.fillRect(bar, QColor(edge))
        painter.setPen(QColor(style.tokens().muted))
        painter.setLayoutDirection(direction(entry.text))
        inner = QRectF(left, 0, width, self.height())
        gap = size + px(7)
        inner.adjust(0 if mirrored else gap, 0, -gap if mirrored else 0, 0)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(inner, int(flags), entry.text)

    def _width(self, entry: LegendEntry) -> int:
        text = QFontMetrics(style.font(12)).horizontalAdvance(entry.text)
        return text + style.px(13) + style.px(7) + style.px(18)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
