"""How does one figure change with a limit, and how sure is a share? A curve, and a whisker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.tables import paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEFT: Final = 40
_FOOT: Final = 24
_HEAD: Final = 30
_RIGHT: Final = 24
_DOT: Final = 3.0
_ROW: Final = 26
_LABEL: Final = 150
_NUMBER: Final = 150


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the picture: its word, its values at the marks of the axis, dashed or not."""

    label: str
    values: tuple[float, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on the axis between two marks (0 is the first mark), such as a limit in force."""

    at: float
    word: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """A share 0..1 with its interval; None where there is nothing to say it of."""

    label: str
    share: float | None
    low: float
    high: float
    shown: str


class Curves(QWidget):
    """Lines over an axis whose marks stand at equal distances; told apart by dashes and dots."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out, with what `set_lines` is told to say."""
        super().__init__(parent)
        self._axis: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._markers: tuple[Marker, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        style.follow(self.update)

    def set_lines(
        self,
        axis: Sequence[str],
        lines: Sequence[Line],
        markers: Sequence[Marker] = (),
        *,
        spoken: str,
    ) -> None:
        """Show lines over the marks of an axis; `spoken` says the picture in words."""
        self._axis, self._lines, self._markers = tuple(axis), tuple(lines), tuple(markers)
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Give room for a small picture."""
        return QSize(style.px(420), style.px(210))

    def minimumSizeHint(self) -> QSize:
        """Give the least room."""
        return QSize(style.px(260), style.px(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axis, markers, lines and their words."""
        del event
        if len(self._axis) < 2:  # noqa: PLR2004 - one mark is no axis
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axis(painter)
        for marker in self._markers:
            self._paint_marker(painter, marker)
        for line in self._lines:
            self._paint_line(painter, line)
        self._paint_words(painter)
        painter.end()

    def _room(self) -> QRectF:
        px = style.px
        return QRectF(
            px(_LEFT),
            px(_HEAD),
            max(1, self.width() - px(_LEFT + _RIGHT)),
            max(1, self.height() - px(_HEAD + _FOOT)),
        )

    def _most(self) -> float:
        return max((value for line in self._lines for value in line.values), default=0.0) or 1.0

    def _point(self, at: float, value: float) -> QPointF:
        room = self._room()
        x = room.left() + room.width() * at / (len(self._axis) - 1)
        return QPointF(x, room.bottom() - room.height() * value / self._most())

    def _paint_axis(self, painter: QPainter) -> None:
        tokens, px, room = style.tokens(), style.px, self._room()
        painter.setFont(style.font(11))
        for share in (0.0, 0.5, 1.0):
            value = self._most() * share
            y = self._point(0, value).y()
            painter.setPen(QPen(QColor(tokens.border if not share else tokens.hairline), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(tokens.muted))
            text = QRectF(0, y - px(10), px(_LEFT - 8), px(20))
            painter.drawText(text, int(Qt.AlignmentFlag.AlignRight | _MIDDLE), f"{round(value):,}")
        free_from = -1.0
        metrics = QFontMetrics(style.font(11))
        for at, word in enumerate(self._axis):
            x, wide = self._point(at, 0).x(), metrics.horizontalAdvance(word)
            if x - wide / 2 > free_from:
                foot = QRectF(x - wide / 2 - 2, room.bottom() + px(4), wide + 4, px(18))
                painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), word)
                free_from = x + wide / 2 + px(6)

    def _paint_marker(self, painter: QPainter, marker: Marker) -> None:
        tokens, room = style.tokens(), self._room()
        x = self._point(marker.at, 0).x()
        painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        painter.setFont(style.font(11))
        wide = painter.fontMetrics().horizontalAdvance(marker.word)
        left = min(x + style.px(4), self.width() - wide)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QPointF(left, room.bottom() - style.px(6)), marker.word)

    def _pen(self, line: Line) -> QPen:
        tokens = style.tokens()
        colour = tokens.stop if line.dashed else tokens.accent
        pen = QPen(QColor(colour), style.px(2))
        if line.dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen

    def _paint_line(self, painter: QPainter, line: Line) -> None:
        points = [self._point(at, value) for at, value in enumerate(line.values)]
        painter.setPen(self._pen(line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._pen(line).color())
        for point in points:
            painter.drawEllipse(point, style.px(_DOT), style.px(_DOT))

    def _paint_words(self, painter: QPainter) -> None:
        px, x = style.px, float(style.px(_LEFT))
        painter.setFont(style.font(12))
        for line in self._lines:
            painter.setPen(self._pen(line))
            painter.drawLine(QPointF(x, px(10)), QPointF(x + px(22), px(10)))
            wide = painter.fontMetrics().horizontalAdvance(line.label)
            painter.setPen(QColor(style.tokens().text))
            text = QRect(round(x) + px(28), 0, wide + px(4), px(20))
            paint_text(painter, text, line.label, fixed=False, mirrored=False)
            x += px(28) + wide + px(20)


class Whiskers(QWidget):
    """One share a row: a dot, the line it may lie on, and the words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out, with every row after it."""
        super().__init__(parent)
        self._rows: tuple[Whisker, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        style.follow(self._dress)

    def set_rows(self, rows: Sequence[Whisker]) -> None:
        """Show these shares."""
        self._rows = tuple(rows)
        self.setAccessibleDescription("; ".join(f"{row.label}: {row.shown}" for row in rows))
        self._dress()

    def sizeHint(self) -> QSize:
        """Give room for all rows."""
        return QSize(style.px(_LABEL + _NUMBER + 160), style.px(_ROW * max(1, len(self._rows))))

    def minimumSizeHint(self) -> QSize:
        """Give the least room."""
        return QSize(style.px(_LABEL + _NUMBER + 60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, scale, line and dot of each row."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, row in enumerate(self._rows):
            self._paint_row(painter, at, row)
        painter.end()

    def _paint_row(self, painter: QPainter, at: int, row: Whisker) -> None:
        px, tokens, mirrored = style.px, style.tokens(), self.isRightToLeft()
        top = px(_ROW) * at
        middle = top + px(_ROW) / 2
        label = QRect(0, top, px(_LABEL - 12), px(_ROW))
        number = QRect(self.width() - px(_NUMBER - 12), top, px(_NUMBER - 12), px(_ROW))
        left, right = px(_LABEL), self.width() - px(_NUMBER)
        if mirrored:
            label.moveRight(self.width() - 1)
            number.moveLeft(0)
            left, right = px(_NUMBER), self.width() - px(_LABEL)
        painter.setFont(style.font(12))
        painter.setPen(QColor(tokens.text))
        paint_text(painter, label, row.label, fixed=False, mirrored=mirrored)
        painter.setPen(QColor(tokens.text if row.share is not None else tokens.muted))
        paint_text(painter, number, row.shown, fixed=False, mirrored=mirrored)
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        if row.share is None:
            return
        ends = [left + (right - left) * share for share in (row.low, row.share, row.high)]
        painter.setPen(QPen(QColor(tokens.accent), px(3)))
        painter.drawLine(QPointF(ends[0], middle), QPointF(ends[2], middle))
        painter.setPen(QPen(QColor(tokens.surface), 1))
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(QPointF(ends[1], middle), px(5), px(5))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
