"""How are the pieces of the board drawn? Blocks, hatching, row labels, hours, the ghost.

Every function takes visual rectangles: turned round already where the layout is right to left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import badge_font, badge_size, paint_badge, paint_shape
from debrief_desk.ui.parts.tables import paint_text
from debrief_desk.wording import board as words
from debrief_desk.wording import span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from debrief_desk.ui.parts.board_geometry import Geometry, Sight
    from debrief_desk.ui.parts.board_layout import BoardBlock, Ghost, PlacedRow

RADIUS: Final = 5
_EDGE: Final = 4
_SHAPE: Final = 15
_TINY: Final = 34
_HATCH_SHARE: Final = 0.4


def paint_block(
    painter: QPainter, at: QRect, block: BoardBlock, shared: Iterable[QRect], words_at: QRect
) -> None:
    """Draw a block. `shared` are the parts to hatch; its words stand within `words_at`."""
    tint, edge = style.tokens().agency(block.agency)
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = _rounded(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5))
    painter.fillPath(outline, QColor(tint))
    bar = QRect(at.left(), at.top(), style.px(_EDGE), at.height())
    if mirrored:
        bar.moveRight(at.right())
    painter.save()
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.fillRect(bar, QColor(edge))
    painter.restore()
    painter.setPen(QPen(QColor(edge), 1))
    painter.drawPath(outline)
    for part in shared:
        paint_hatch(painter, part.intersected(at))
    _paint_words(painter, words_at, block, mirrored)
    painter.restore()


def paint_hatch(painter: QPainter, at: QRect) -> None:
    """Mark minutes that two plans share: slanting lines and an outline, text stays readable."""
    colour = QColor(style.tokens().stop)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(at).adjusted(1.25, 1.25, -1.25, -1.25)
    painter.save()
    painter.setClipRect(frame, Qt.ClipOperation.IntersectClip)
    faint = QColor(colour)
    faint.setAlphaF(_HATCH_SHARE)
    painter.setPen(QPen(faint, 3))
    step, high = 9, at.height()
    for x in range(at.left() - high - at.left() % step, at.right() + step, step):
        painter.drawLine(QPointF(x, at.bottom() + 1), QPointF(x + high, at.top()))
    painter.restore()
    painter.setPen(QPen(colour, 2.5))
    painter.drawRoundedRect(frame, 2, 2)
    painter.restore()


def paint_selection(painter: QPainter, at: QRect, *, focused: bool) -> None:
    """Draw the ring around the chosen block; paler while the board has not the focus."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = style.tokens()
    painter.setPen(QPen(QColor(colours.focus if focused else colours.border), 3))
    painter.drawRoundedRect(QRectF(at).adjusted(0, 0, 0, 0), RADIUS, RADIUS)
    painter.restore()


def paint_ghost(painter: QPainter, at: QRect, ghost: Ghost, shared: Iterable[QRect]) -> None:
    """Draw a plan on its way, with the times it would get."""
    colours = style.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = _rounded(QRectF(at).adjusted(1, 1, -1, -1))
    painter.fillPath(outline, QColor(colours.ghost))
    for part in shared:
        paint_hatch(painter, part.intersected(at))
    pen = QPen(QColor(colours.focus), 2)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawPath(outline)
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    top, bottom = _lines(at.adjusted(style.px(10), 0, -style.px(6), 0))
    painter.setPen(QColor(colours.text))
    painter.setFont(style.font(weight=QFont.Weight.DemiBold))
    paint_text(painter, top, ghost.block.title, fixed=False, mirrored=mirrored)
    painter.setFont(style.font(12))
    paint_text(painter, bottom, span(ghost.start, ghost.end), fixed=True, mirrored=mirrored)
    painter.restore()


def paint_row_label(painter: QPainter, at: QRect, placed: PlacedRow) -> None:
    """Draw the label of a row, which stays in sight; an overlap in the row is said here."""
    colours, px = style.tokens(), style.px
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    inner = at.adjusted(px(16), px(9), -px(8), -px(4))
    if mirrored:
        inner = at.adjusted(px(8), px(9), -px(16), -px(4))
    title = QRect(inner.left(), inner.top(), inner.width(), px(20))
    painter.setFont(style.font(weight=QFont.Weight.DemiBold))
    painter.setPen(QColor(colours.text))
    paint_text(painter, title, placed.row.title, fixed=False, mirrored=mirrored)
    painter.setFont(style.font(12))
    painter.setPen(QColor(colours.muted))
    detail = title.translated(0, px(21))
    paint_text(painter, detail, placed.row.detail, fixed=False, mirrored=mirrored)
    if placed.overlap:
        badge = detail.translated(0, px(26))
        paint_badge(painter, badge, Level.STOP, words.overlap(placed.overlap))


def paint_now_label(painter: QPainter, x: int, line: QRect, moment: datetime) -> QRect:
    """Draw the pill that names the time now on the hour line and give its place."""
    colours, text = style.tokens(), words.now(moment)
    width = badge_size(text).width() - style.px(4)
    at = QRect(0, 0, width, style.px(20))
    at.moveCenter(QRectF(x, line.top(), 1, line.height()).center().toPoint())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.now))
    painter.drawRoundedRect(at, 4, 4)
    painter.setFont(badge_font())
    painter.setPen(QColor(colours.on_stop))
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
    return at


def paint_hour(painter: QPainter, at: QRect, text: str) -> None:
    """Draw the label of an hour on the hour line."""
    painter.setFont(style.font(12))
    painter.setPen(QColor(style.tokens().muted))
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_grid(painter: QPainter, measures: Geometry, sight: Sight, now: datetime | None) -> None:
    """Draw the ground: closed hours, lines of hours and rows, and the line of the time now."""
    colours, room = style.tokens(), sight.room
    painter.fillRect(room, QColor(colours.surface))
    for number in sight.rows(measures):
        band = measures.row_rect(number)
        for start, end in measures.rows[number].row.closed:
            left, right = measures.x(start), measures.x(end)
            shut = sight.to_view(QRect(left, band.top(), right - left, band.height()))
            painter.fillRect(shut, QColor(colours.sunken))
    for half in range(2 * measures.axis.minutes // 60 + 1):
        x = sight.to_view(QRect(measures.hour * half // 2, 0, 1, 1)).left()
        shade = QColor(colours.gridline if half % 2 == 0 else colours.hairline)
        painter.fillRect(QRect(x, room.top(), 1, room.height()), shade)
    for number in sight.rows(measures):
        foot = sight.to_view(measures.row_rect(number)).bottom()
        painter.fillRect(QRect(room.left(), foot, room.width(), 1), QColor(colours.gridline))
    if now is not None:
        x = sight.to_view(QRect(measures.x(now), 0, 2, 1)).left()
        painter.fillRect(QRect(x - 1, room.top(), 2, room.height()), QColor(colours.now))


def paint_labels(painter: QPainter, measures: Geometry, sight: Sight, width: int) -> None:
    """Draw the labels of the rows in sight beside the room for plans."""
    colours, room = style.tokens(), sight.room
    column = QRect(0, room.top(), width, room.height())
    if sight.mirrored:
        column.moveLeft(room.right() + 1)
    painter.setClipRect(column)
    painter.fillRect(column, QColor(colours.surface))
    for number in sight.rows(measures):
        band = sight.to_view(measures.row_rect(number))
        at = QRect(column.left(), band.top(), column.width(), band.height())
        paint_row_label(painter, at, measures.rows[number])
        foot = QRect(at.left(), at.bottom(), at.width(), 1)
        painter.fillRect(foot, QColor(colours.gridline))
    edge = column.left() if sight.mirrored else column.right()
    painter.fillRect(QRect(edge, room.top(), 1, room.height()), QColor(colours.border))
    painter.setClipping(False)


def paint_header(painter: QPainter, measures: Geometry, sight: Sight, now: datetime | None) -> None:
    """Draw the line of hours above the room for plans, and on it the time now."""
    colours, room, px = style.tokens(), sight.room, style.px
    header = QRect(0, 0, painter.device().width(), room.top())
    painter.fillRect(header, QColor(colours.surface))
    painter.fillRect(QRect(0, header.bottom(), header.width(), 1), QColor(colours.border))
    hours = QRect(room.left(), 0, room.width(), header.height())
    painter.setClipRect(hours)
    pill = QRect()
    if now is not None and measures.axis.start <= now < measures.axis.end:
        x = sight.to_view(QRect(measures.x(now), 0, 1, 1)).left()
        pill = paint_now_label(painter, x, hours, now)
    for minute, label in measures.axis.ticks():
        x = sight.to_view(QRect(minute * measures.hour // 60, 0, 1, 1)).left()
        at = QRect(x - px(40), 0, px(80), header.height())
        text = at.adjusted(px(20), 0, -px(20), 0)
        if hours.contains(text) and not text.intersects(pill):
            paint_hour(painter, at, label)
    painter.setClipping(False)


def _paint_words(painter: QPainter, at: QRect, block: BoardBlock, mirrored: bool) -> None:
    px = style.px
    inner = at.adjusted(px(10), 0, -px(6), 0)
    if mirrored:
        inner = at.adjusted(px(6), 0, -px(10), 0)
    top, bottom = _lines(inner)
    if block.level is not None and block.level is not Level.CLEAR:
        size = px(_SHAPE)
        left = inner.left() if mirrored else inner.right() - size + 1
        if inner.width() < size + px(_TINY):
            left = inner.left() + (inner.width() - size) // 2
            top.setWidth(0)
        paint_shape(painter, QRectF(left, top.top() + px(3), size, size), block.level)
        room = size + px(5)
        top.adjust(room if mirrored else 0, 0, 0 if mirrored else -room, 0)
    if block.tag:
        painter.setFont(style.font(10, QFont.Weight.DemiBold))
        painter.setPen(QColor(style.tokens().agency(block.agency)[1]))
        paint_text(painter, bottom, block.tag, fixed=True, mirrored=not mirrored)
        room = painter.fontMetrics().horizontalAdvance(block.tag) + px(5)
        bottom.adjust(room if mirrored else 0, 0, 0 if mirrored else -room, 0)
    painter.setPen(QColor(style.tokens().text))
    if top.width() >= px(_TINY):
        painter.setFont(style.font(weight=QFont.Weight.DemiBold))
        paint_text(painter, top, block.title, fixed=False, mirrored=mirrored)
    if bottom.width() >= px(_TINY):
        painter.setFont(style.font(12))
        paint_text(painter, bottom, block.detail, fixed=False, mirrored=mirrored)


def _lines(at: QRect) -> tuple[QRect, QRect]:
    top = QRect(at.left(), at.top() + style.px(3), at.width(), style.px(21))
    return top, top.translated(0, style.px(19))


def _rounded(at: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(at, RADIUS, RADIUS)
    return path
