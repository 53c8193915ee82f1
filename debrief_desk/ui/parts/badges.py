"""How is a severity shown? By a word, a shape and a lightness: never by colour alone.

The painters serve widgets, table delegates and the board alike.
"""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.labels import direction, tip
from debrief_desk.wording import _

HEIGHT: Final = 20
SHAPE: Final = 12
_PADDING: Final = 6
_GAP: Final = 4
_LEAST: Final = 120


def word(level: Level) -> str:
    """Give the one word for a level."""
    return {
        Level.STOP: _("Stop"),
        Level.CHECK: _("Check"),
        Level.NOTE: _("Note"),
        Level.CLEAR: _("Clear"),
    }[level]


def badge_font() -> QFont:
    """Give the font of badges at the text size in force."""
    return style.font(11, QFont.Weight.Medium)


def badge_size(text: str) -> QSize:
    """Give the size of a badge with this text, in logical pixels."""
    width = QFontMetrics(badge_font()).horizontalAdvance(text)
    return QSize(
        width + style.px(SHAPE) + style.px(_GAP) + 2 * style.px(_PADDING), style.px(HEIGHT)
    )


def paint_badge(painter: QPainter, at: QRect, level: Level, text: str) -> None:
    """Draw a badge at the leading edge of `at`, centred in height and cut to its width."""
    size = badge_size(text)
    right_to_left = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    width = min(size.width(), at.width())
    left = at.right() - width + 1 if right_to_left else at.left()
    box = QRect(left, at.top() + (at.height() - size.height()) // 2, width, size.height())
    colours = style.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(_ink(level))
    radius = style.px(4)
    if level in {Level.STOP, Level.CHECK}:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill(level)))
        painter.drawRoundedRect(QRectF(box), radius, radius)
    elif level is Level.NOTE:
        painter.setPen(QPen(ink, 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    shape, inner = style.px(SHAPE), box.adjusted(style.px(_PADDING), 0, -style.px(_PADDING), 0)
    left = inner.right() - shape + 1 if right_to_left else inner.left()
    mark = QRectF(left, box.top() + (box.height() - shape) / 2, shape, shape)
    paint_mark(painter, mark, level, ink)
    room = shape + style.px(_GAP)
    inner.adjust(0 if right_to_left else room, 0, -room if right_to_left else 0, 0)
    painter.setFont(badge_font())
    painter.setPen(ink)
    shown = QFontMetrics(badge_font()).elidedText(
        text, Qt.TextElideMode.ElideRight, inner.width() + 1
    )
    painter.setLayoutDirection(direction(shown))
    side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(inner, int(flags | Qt.TextFlag.TextDontClip), shown)
    painter.restore()


def paint_mark(painter: QPainter, at: QRectF, level: Level, ink: QColor) -> None:
    """Draw the shape of a level in outline, in one ink, for the inside of a badge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, at.width() * 0.115))
    inset = at.width() * 0.06
    inner = at.adjusted(inset, inset, -inset, -inset)
    if level is Level.STOP:
        painter.drawPolygon(_octagon(inner))
        _draw_cross(painter, inner, 0.3)
    elif level is Level.CHECK:
        painter.drawPath(_triangle(inner))
        _draw_bang(painter, inner, ink)
    elif level is Level.NOTE:
        painter.drawEllipse(inner)
        _draw_i(painter, inner, ink)
    else:
        painter.setPen(_pen(ink, at.width() * 0.13))
        painter.drawPolyline(_tick(inner))
    painter.restore()


def paint_shape(painter: QPainter, at: QRectF, level: Level) -> None:
    """Draw the shape of a level standing alone, filled, so that it holds on any tint."""
    colours = style.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if level is Level.STOP:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.stop))
        painter.drawPolygon(_octagon(at))
        painter.setPen(_pen(QColor(colours.on_stop), at.width() * 0.13))
        _draw_cross(painter, at, 0.32)
    elif level is Level.CHECK:
        dark = QColor(colours.on_check)
        light_edge = QColor(colours.check_edge) if style.look().dark else dark
        painter.setPen(_pen(light_edge, at.width() * 0.09))
        painter.setBrush(QColor(colours.check))
        inset = at.width() * 0.05
        inner = at.adjusted(inset, inset, -inset, -inset)
        painter.drawPath(_triangle(inner))
        _draw_bang(painter, inner, dark)
    else:
        paint_mark(painter, at, level, QColor(_ink(level)))
    painter.restore()


class SeverityBadge(QWidget):
    """The badge of a level as a widget: its word, or a short text such as `30 min overlap`."""

    def __init__(self, level: Level, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_badge(level, text)
        style.follow(self._dress)

    def set_badge(self, level: Level, text: str = "") -> None:
        """Show another level; without a text its word."""
        self.level = level
        self.text = text or word(level)
        spoken = self.text if self.text == word(level) else f"{word(level)}: {self.text}"
        self.setAccessibleName(spoken)
        self.setToolTip(tip(spoken) if spoken != self.text else "")
        self._dress()

    def sizeHint(self) -> QSize:
        """Give the room the whole text needs."""
        return badge_size(self.text)

    def minimumSizeHint(self) -> QSize:
        """Give the least room: all of a short text, a good part of a long one."""
        return QSize(min(style.px(_LEAST), self.sizeHint().width()), style.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        del event
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint_badge(painter, self.rect(), self.level, self.text)
        painter.end()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


def _ink(level: Level) -> str:
    colours = style.tokens()
    return {Level.STOP: colours.on_stop, Level.CHECK: colours.on_check}.get(
        level, colours.fill(level)
    )


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, max(1.0, width))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _octagon(at: QRectF) -> QPolygonF:
    centre, radius = at.center(), at.width() / 2 / math.cos(math.pi / 8)
    turns = (math.pi / 8 + corner * math.pi / 4 for corner in range(8))
    return QPolygonF(
        [
            QPointF(centre.x() + radius * math.cos(a), centre.y() + radius * math.sin(a))
            for a in turns
        ]
    )


def _triangle(at: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(at.center().x(), at.top() + at.height() * 0.04)
    path.lineTo(at.right(), at.bottom() - at.height() * 0.06)
    path.lineTo(at.left(), at.bottom() - at.height() * 0.06)
    path.closeSubpath()
    return path


def _tick(at: QRectF) -> QPolygonF:
    points = ((0.08, 0.55), (0.38, 0.84), (0.94, 0.2))
    return QPolygonF(
        [QPointF(at.left() + x * at.width(), at.top() + y * at.height()) for x, y in points]
    )


def _draw_cross(painter: QPainter, at: QRectF, inset: float) -> None:
    gap = at.width() * inset
    box = at.adjusted(gap, gap, -gap, -gap)
    painter.drawLine(box.topLeft(), box.bottomRight())
    painter.drawLine(box.topRight(), box.bottomLeft())


def _draw_bang(painter: QPainter, at: QRectF, ink: QColor) -> None:
    middle, high = at.center().x(), at.height()
    painter.setPen(_pen(ink, at.width() * 0.11))
    painter.drawLine(QPointF(middle, at.top() + high * 0.4), QPointF(middle, at.top() + high * 0.6))
    _draw_dot(painter, QPointF(middle, at.top() + high * 0.77), at.width() * 0.07, ink)


def _draw_i(painter: QPainter, at: QRectF, ink: QColor) -> None:
    middle, high = at.center().x(), at.height()
    painter.setPen(_pen(ink, at.width() * 0.115))
    painter.drawLine(
        QPointF(middle, at.top() + high * 0.48), QPointF(middle, at.top() + high * 0.74)
    )
    _draw_dot(painter, QPointF(middle, at.top() + high * 0.28), at.width() * 0.075, ink)


def _draw_dot(painter: QPainter, at: QPointF, radius: float, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(at, radius, radius)
