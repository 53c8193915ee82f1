"""How does the board show a day? Rows by time, labels and hours fixed, everything else scrolled.

Rows are drawn once into tiles of a few hours, kept as pictures and dropped when their row changes;
a frame is then grid, now line, tiles, and what is chosen.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QToolTip, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts import board_paint as paint
from debrief_desk.ui.parts.announce import announce
from debrief_desk.ui.parts.badges import word
from debrief_desk.ui.parts.board_geometry import GRAIN, Geometry, Sight, measure
from debrief_desk.ui.parts.board_layout import (
    BoardBlock,
    BoardRow,
    DayAxis,
    Ghost,
    PlacedBlock,
    PlacedRow,
    place,
    shared_spans,
)
from debrief_desk.ui.parts.labels import tip
from debrief_desk.ui.tokens import LANE
from debrief_desk.wording import board as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

HOUR: Final = 120
"""Pixels an hour at text size 100 %: a plan of an hour then holds most names."""
_LABELS: Final = 176
_HEADER: Final = 36
_TILE_HOURS: Final = 4
_TILES: Final = 48


class BoardView(QAbstractScrollArea):
    """Rows of plans along a London day, to be looked at; `Board` adds keys and mouse."""

    chosen = Signal(object)
    """The key of the block that is chosen now, or None."""

    def __init__(self, name: str, day: date, parent: QWidget | None = None) -> None:
        """`name` is read out."""
        super().__init__(parent)
        self.setProperty("kind", "board")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._hour = HOUR
        self._now: datetime | None = None
        self._key: str | None = None
        self._ghost: Ghost | None = None
        self._blocks: tuple[BoardBlock, ...] = ()
        self._tiles: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()
        self.measures: Geometry = measure(DayAxis(day), (), HOUR, LANE)
        style.follow(self._dress)

    def set_day(self, day: date) -> None:
        """Show another London day; rows and blocks are set after it."""
        self._tiles.clear()
        self.measures = measure(DayAxis(day), (), self.measures.hour, self.measures.lane)
        self._fit_bars()

    def set_rows(self, rows: Sequence[BoardRow], blocks: Iterable[BoardBlock]) -> None:
        """Show these rows and plans; the chosen plan stays chosen where it is among them."""
        self._blocks = tuple(blocks)
        old = {row.row.key: row for row in self.measures.rows}
        placed = place(rows, self._blocks)
        changed = {row.row.key for row in placed if old.get(row.row.key) != row}
        for tile in [tile for tile in self._tiles if tile[0] in changed]:
            del self._tiles[tile]
        self._measure(placed)
        if self._key not in self.measures.places:
            self.choose(None)
        else:
            self._describe()

    def set_now(self, moment: datetime | None) -> None:
        """Draw the now line at a moment (UTC), or none."""
        self._now = moment
        self.viewport().update()

    def set_hour_width(self, pixels: int) -> None:
        """Stretch the day: pixels an hour at text size 100 %, between 60 and 320."""
        middle = self._leading() + self._room().width() // 2
        moment = self.measures.moment(middle)
        self._hour = max(60, min(320, pixels))
        self._dress()
        self.horizontalScrollBar().setValue(self.measures.x(moment) - self._room().width() // 2)

    def scroll_to(self, moment: datetime) -> None:
        """Bring a moment (UTC) to a quarter of the width."""
        x = self.measures.x(moment)
        self.horizontalScrollBar().setValue(x - self._room().width() // 4)

    def show_now(self) -> None:
        """Bring the now line into sight."""
        if self._now is not None:
            self.scroll_to(self._now)

    def choose(self, key: str | None) -> None:
        """Choose a block and bring it into sight; None chooses nothing."""
        if key is not None:
            self._bring(self.measures.block_rect(key))
        if key != self._key:
            self._key = key
            self._describe()
            self.chosen.emit(key)
        self.viewport().update()

    def key(self) -> str | None:
        """Give the key of the chosen block, or None."""
        return self._key

    def placed(self, key: str) -> PlacedBlock:
        """Give a block with its lane and shared minutes; raises KeyError for an unknown key."""
        return self.measures.places[key][1]

    def rect_of(self, key: str) -> QRect:
        """Give where a block is on the viewport; raises KeyError for an unknown key."""
        return self._to_view(self.measures.block_rect(key))

    def hit(self, point: QPoint) -> str | None:
        """Give the key of the block at a point of the viewport, or None."""
        if not self._room().contains(point):
            return None
        x, y = self._from_view(point)
        return self.measures.hit(x, y)

    def describe(self, key: str) -> str:
        """Say in one sentence what a block shows; raises KeyError for an unknown key."""
        number, placed = self.measures.places[key]
        block, row = placed.block, self.measures.rows[number].row
        spoken = word(block.level) if block.level is not None else ""
        return words.described(
            block.title,
            block.detail,
            row.title,
            start=block.start,
            end=block.end,
            word=spoken,
            shared=placed.shared_minutes,
        )

    def sizeHint(self) -> QSize:
        """Give room for eight hours of eight rooms."""
        return QSize(style.px(_LABELS + 8 * HOUR), style.px(_HEADER + 8 * 60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bars right."""
        super().resizeEvent(event)
        self._fit_bars()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew when the layout turns round."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._tiles.clear()
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Draw anew when the window goes to a screen of another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._tiles.clear()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a block says in full as its tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            key = self.hit(event.pos())
            QToolTip.showText(event.globalPos(), tip(self.describe(key)) if key else "", self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight."""
        del event
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        sight = self._sight()
        painter.setClipRect(sight.room)
        paint.paint_grid(painter, self.measures, sight, self._now)
        for number in sight.rows(self.measures):
            self._paint_row(painter, number)
        self._forget_tiles(sight)
        self._paint_overlay(painter)
        painter.setClipping(False)
        paint.paint_labels(painter, self.measures, sight, style.px(_LABELS))
        paint.paint_header(painter, self.measures, sight, self._now)
        painter.end()

    def _room(self) -> QRect:
        """Give the part of the viewport in which plans are shown."""
        view, labels = self.viewport().rect(), style.px(_LABELS)
        left = 0 if self.isRightToLeft() else labels
        return QRect(
            left, style.px(_HEADER), view.width() - labels, view.height() - style.px(_HEADER)
        )

    def _leading(self) -> int:
        return self.horizontalScrollBar().value()

    def _sight(self) -> Sight:
        top = self.verticalScrollBar().value()
        return Sight(self._room(), self._leading(), top, self.isRightToLeft())

    def _to_view(self, at: QRect) -> QRect:
        return self._sight().to_view(at)

    def _from_view(self, point: QPoint) -> tuple[int, int]:
        return self._sight().from_view(point)

    def _paint_row(self, painter: QPainter, number: int) -> None:
        measures, room, left = self.measures, self._room(), self._leading()
        wide = measures.hour * _TILE_HOURS
        band = measures.row_rect(number)
        for chunk in range(left // wide, (left + room.width()) // wide + 1):
            at = QRect(chunk * wide, band.top(), wide, band.height())
            painter.drawPixmap(self._to_view(at).topLeft(), self._tile(number, chunk, at))
        for placed in measures.in_sight(number, left, left + 1):
            if measures.x(placed.block.start) < left:
                start = left - left % GRAIN
                at = QRect(start, band.top(), measures.x(placed.block.end) - start, band.height())
                at.setWidth(at.width() + GRAIN - at.width() % GRAIN)
                painter.drawPixmap(self._to_view(at).topLeft(), self._picture(at, [placed], left))

    def _paint_block(
        self, painter: QPainter, placed: PlacedBlock, whole: QRect, words_at: QRect
    ) -> None:
        shared = [self._to_view(part) for part in self._parts(whole, placed.shared)]
        paint.paint_block(
            painter, self._to_view(whole), placed.block, shared, self._to_view(words_at)
        )

    def _parts(self, whole: QRect, spans: Iterable[tuple[datetime, datetime]]) -> list[QRect]:
        x = self.measures.x
        return [
            QRect(x(start), whole.top(), x(end) - x(start), whole.height()) for start, end in spans
        ]

    def _tile(self, number: int, chunk: int, at: QRect) -> QPixmap:
        """Give the picture of a stretch of a row, drawn when it is first needed."""
        key = (self.measures.rows[number].row.key, chunk)
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        blocks = self.measures.in_sight(number, at.left(), at.right() + 1)
        self._tiles[key] = self._picture(at, blocks)
        return self._tiles[key]

    def _forget_tiles(self, sight: Sight) -> None:
        """Keep twice as many tiles as fill the view, those used last."""
        across = sight.room.width() // (self.measures.hour * _TILE_HOURS) + 2
        while len(self._tiles) > max(_TILES, 2 * across * len(sight.rows(self.measures))):
            self._tiles.popitem(last=False)

    def _picture(self, at: QRect, blocks: Iterable[PlacedBlock], words_from: int = 0) -> QPixmap:
        """Draw blocks on a clear ground; their words begin at `words_from` or where they do."""
        density = self.devicePixelRatioF()
        picture = QPixmap(round(at.width() * density), round(at.height() * density))
        picture.setDevicePixelRatio(density)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setLayoutDirection(self.layoutDirection())
        painter.translate(-self._to_view(at).topLeft())
        for placed in blocks:
            whole = self.measures.block_rect(placed.block.key)
            words_at = QRect(whole)
            words_at.setLeft(max(whole.left(), words_from))
            self._paint_block(painter, placed, whole, words_at)
        painter.end()
        return picture

    def _paint_overlay(self, painter: QPainter) -> None:
        geometry, ghost = self.measures, self._ghost
        if self._key is not None:
            paint.paint_selection(painter, self.rect_of(self._key), focused=self.hasFocus())
        if ghost is None:
            return
        number = next(at for at, row in enumerate(geometry.rows) if row.row.key == ghost.row)
        others = [
            (placed.block.start, placed.block.end)
            for placed in geometry.rows[number].blocks
            if placed.block.key != ghost.block.key
        ]
        shared = shared_spans((ghost.start, ghost.end), others)
        lane = geometry.places[ghost.block.key][1].lane if not ghost.has_moved else 0
        at = geometry.band(number, lane, ghost.start, ghost.end)
        parts = [self._to_view(part) for part in self._parts(at, shared)]
        paint.paint_ghost(painter, self._to_view(at), ghost, parts)

    def _bring(self, at: QRect) -> None:
        margin = style.px(24)
        for bar, start, length, room in (
            (self.horizontalScrollBar(), at.left(), at.width(), self._room().width()),
            (self.verticalScrollBar(), at.top(), at.height(), self._room().height()),
        ):
            if start - margin < bar.value():
                bar.setValue(start - margin)
            elif start + length + margin > bar.value() + room:
                bar.setValue(min(start - margin, start + length + margin - room))

    def _describe(self) -> None:
        text = self.describe(self._key) if self._key is not None else ""
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            announce(self, text)

    def _measure(self, placed: Sequence[PlacedRow]) -> None:
        hour, lane = style.px(self._hour), style.px(LANE)
        self.measures = measure(self.measures.axis, placed, hour, lane)
        self._fit_bars()

    def _fit_bars(self) -> None:
        room = self._room()
        for bar, whole, part, step in (
            (
                self.horizontalScrollBar(),
                self.measures.width,
                room.width(),
                self.measures.hour // 4,
            ),
            (self.verticalScrollBar(), self.measures.height, room.height(), style.px(LANE) // 2),
        ):
            bar.setRange(0, max(0, whole - part))
            bar.setPageStep(max(1, part))
            bar.setSingleStep(step)
        self.viewport().update()

    def _dress(self) -> None:
        self._tiles.clear()
        self._measure(self.measures.rows)
