"""How many of each? Bars beside their words, and one bar cut into shares.

Plots never say by colour alone: every bar has its word and its number, every share its own ground.
The whole picture stands in the accessible description, in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.tables import paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW: Final = 22
_BAR: Final = 10
_GAP: Final = 8
_STRIP: Final = 14
_LEGEND: Final = 20
_SWATCH: Final = 10
_LEAST: Final = 2


class Ink(Enum):
    """How a bar or share is filled; no two look alike in grey."""

    MAIN = "main"
    STOP = "stop"
    OPEN = "open"
    PALE = "pale"

    def pen(self) -> QPen:
        """Give the edge, at least 3:1 on the surface."""
        tokens = style.tokens()
        edge = {Ink.MAIN: tokens.accent, Ink.STOP: tokens.stop}.get(self, tokens.border)
        return QPen(QColor(edge), 1)

    def brush(self) -> QBrush:
        """Give the ground: full, hatched, empty or pale."""
        tokens = style.tokens()
        if self is Ink.STOP:
            return QBrush(QColor(tokens.stop), Qt.BrushStyle.BDiagPattern)
        plain = {Ink.MAIN: tokens.accent, Ink.OPEN: tokens.surface, Ink.PALE: tokens.selection}
        return QBrush(QColor(plain[self]))


@dataclass(frozen=True, slots=True)
class Bar:
    """A word, its number as shown, and how long its parts are, one after the other."""

    label: str
    shown: str
    parts: tuple[tuple[float, Ink], ...]

    @property
    def length(self) -> float:
        """Give the length of the whole bar."""
        return sum(length for length, _ink in self.parts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A share of one bar: its word, its number as shown, its size and how it is filled."""

    label: str
    shown: str
    size: float
    ink: Ink


class Bars(QWidget):
    """One bar a row, all to one scale."""

    def __init__(self, name: str, *, label: int = 120, parent: QWidget | None = None) -> None:
        """`name` is read out; `label` is the room for words in logical pixels."""
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._label = label
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        style.follow(self._dress)

    def set_bars(self, bars: Sequence[Bar], spoken: str = "") -> None:
        """Show these bars; `spoken` says them, otherwise words and numbers do."""
        self._bars = tuple(bars)
        told = spoken or ", ".join(f"{bar.label} {bar.shown}" for bar in bars)
        self.setAccessibleDescription(told)
        self._dress()

    def sizeHint(self) -> QSize:
        """Give room for all rows."""
        return QSize(style.px(self._label + 120), style.px(_ROW * max(1, len(self._bars))))

    def minimumSizeHint(self) -> QSize:
        """Give the least room."""
        return QSize(style.px(self._label + 60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, bars and numbers."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((bar.length for bar in self._bars), default=0.0) or 1.0
        digits = QFontMetrics(style.font(12, style.STRONG))
        number = max((digits.horizontalAdvance(bar.shown) for bar in self._bars), default=0)
        for at, bar in enumerate(self._bars):
            self._paint_bar(painter, at, bar, most, number)
        painter.end()

    def _paint_bar(self, painter: QPainter, at: int, bar: Bar, most: float, number: int) -> None:
        px, mirrored = style.px, self.isRightToLeft()
        top, label = px(_ROW) * at, px(self._label)
        room = self.width() - label - number - px(2 * _GAP)
        painter.setFont(style.font(12))
        painter.setPen(QColor(style.tokens().text))
        words = self._turned(QRect(0, top, label - px(_GAP), px(_ROW)))
        paint_text(painter, words, bar.label, fixed=False, mirrored=mirrored)
        left = float(label)
        for length, ink in bar.parts:
            width = room * length / most
            if length:
                piece = QRectF(left, top + px(_ROW - _BAR) / 2, max(width, px(_LEAST)), px(_BAR))
                _fill(painter, self._turned_exactly(piece), ink)
            left += width
        painter.setFont(style.font(12, style.STRONG))
        painter.setPen(QColor(style.tokens().text))
        after = QRect(round(left) + px(_GAP), top, number + px(2), px(_ROW))
        paint_text(painter, self._turned(after), bar.shown, fixed=True, mirrored=mirrored)

    def _turned(self, at: QRect) -> QRect:
        return at if not self.isRightToLeft() else _mirrored(at, self.width())

    def _turned_exactly(self, at: QRectF) -> QRectF:
        if not self.isRightToLeft():
            return at
        return QRectF(self.width() - at.right(), at.top(), at.width(), at.height())

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


class Shares(QWidget):
    """One bar cut into pieces, with words and numbers below it, in as many lines as it takes."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out, with every piece after it."""
        super().__init__(parent)
        self._pieces: tuple[Piece, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        style.follow(self._dress)

    def set_pieces(self, pieces: Sequence[Piece], spoken: str = "") -> None:
        """Show these pieces; `spoken` says them, otherwise words and numbers do."""
        self._pieces = tuple(pieces)
        told = spoken or ", ".join(f"{piece.label} {piece.shown}" for piece in pieces)
        self.setAccessibleDescription(told)
        self._dress()

    def sizeHint(self) -> QSize:
        """Give room for the bar, and for its words in as many lines as they take here."""
        lines = max((line for line, *_ in self._placed(self.width())), default=0) + 1
        return QSize(style.px(220), style.px(_STRIP + 6) + style.px(_LEGEND) * lines)

    def minimumSizeHint(self) -> QSize:
        """Give the least room."""
        return QSize(style.px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more lines where there is less width."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, then the words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = sum(piece.size for piece in self._pieces)
        frame = QRectF(0.5, 0.5, self.width() - 1, style.px(_STRIP) - 1)
        if not whole:
            painter.setPen(QPen(QColor(style.tokens().hairline), 1))
            painter.setBrush(QColor(style.tokens().sunken))
            painter.drawRect(frame)
        left = frame.left()
        for piece in self._pieces:
            width = frame.width() * piece.size / whole if whole else 0
            if width:
                at = QRectF(left, frame.top(), width, frame.height())
                _fill(painter, self._turned(at), piece.ink)
                left += width
        for piece, (line, x, wide) in zip(self._pieces, self._placed(self.width()), strict=True):
            self._paint_words(painter, piece, line, x, wide)
        painter.end()

    def _paint_words(self, painter: QPainter, piece: Piece, line: int, x: int, wide: int) -> None:
        px, tokens = style.px, style.tokens()
        top = px(_STRIP) + px(6) + px(_LEGEND) * line
        side = px(_SWATCH)
        swatch = QRectF(x + 0.5, top + (px(_LEGEND) - side) / 2, side, side)
        _fill(painter, self._turned(swatch), piece.ink)
        text = self._turned(QRectF(x + side + px(6), top, wide - side - px(6), px(_LEGEND)))
        painter.setFont(style.font(12))
        painter.setPen(QColor(tokens.text))
        shown = f"{piece.label} {piece.shown}"
        paint_text(painter, text.toAlignedRect(), shown, fixed=False, mirrored=self.isRightToLeft())

    def _placed(self, width: int) -> list[tuple[int, int, int]]:
        """Give (line, x, width) of the words of each piece."""
        px, metrics = style.px, QFontMetrics(style.font(12))
        placed, line, x = [], 0, 0
        for piece in self._pieces:
            text = metrics.horizontalAdvance(f"{piece.label} {piece.shown}")
            wide = px(_SWATCH) + px(6) + text + px(14)
            if x and x + wide - px(14) > width:
                line, x = line + 1, 0
            placed.append((line, x, wide))
            x += wide
        return placed

    def _turned(self, at: QRectF) -> QRectF:
        if not self.isRightToLeft():
            return at
        return QRectF(self.width() - at.right(), at.top(), at.width(), at.height())

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


def _fill(painter: QPainter, at: QRectF, ink: Ink) -> None:
    painter.setPen(ink.pen())
    painter.setBrush(ink.brush())
    painter.drawRect(at)


def _mirrored(at: QRect, width: int) -> QRect:
    return QRect(width - at.right() - 1, at.top(), at.width(), at.height())
