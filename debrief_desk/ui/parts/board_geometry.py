"""Where on the board is a moment, a row, a block? In logical pixels of the whole content.

Everything is measured from the leading edge and the top, without label column and hour line; the
view adds scrolling and turns it round for right-to-left layouts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from debrief_desk.ui.parts.board_layout import DayAxis, PlacedBlock, PlacedRow

_PADDING: Final = 5
_GAP: Final = 4
GRAIN: Final = 4
"""Heights and widths are multiples of this, so that they are whole pixels at 125, 150 and 175 %."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """The measures of a board: `hour` pixels an hour, `lane` pixels a lane, `tops` of the rows."""

    axis: DayAxis
    rows: tuple[PlacedRow, ...]
    hour: int
    lane: int
    tops: tuple[int, ...]
    """Top of each row, and as the last one the foot of all."""
    places: dict[str, tuple[int, PlacedBlock]]
    """For each block key its row number and place."""

    @property
    def width(self) -> int:
        """Give the width of the day."""
        return round(self.axis.minutes * self.hour / 60)

    @property
    def height(self) -> int:
        """Give the height of all rows."""
        return self.tops[-1]

    def x(self, moment: datetime) -> int:
        """Give the place of a moment along the day."""
        return round(self.axis.minute(moment) * self.hour / 60)

    def moment(self, x: float) -> datetime:
        """Give the moment at a place along the day, in UTC, to the second."""
        return self.axis.moment(round(x * 60 / self.hour * 60) / 60)

    def row_at(self, y: int) -> int:
        """Give the number of the row at a height; -1 above the first and below the last."""
        if not self.rows or not 0 <= y < self.height:
            return -1
        return bisect_right(self.tops, y) - 1

    def row_rect(self, number: int) -> QRect:
        """Give the band of a row over the whole day."""
        return QRect(0, self.tops[number], self.width, self.tops[number + 1] - self.tops[number])

    def band(self, row: int, lane: int, start: datetime, end: datetime) -> QRect:
        """Give the rectangle of a plan in a lane of a row."""
        left, right = self.x(start), self.x(end)
        top = self.tops[row] + _PADDING + lane * self.lane
        return QRect(left + 1, top, max(GRAIN, right - left - 1), self.lane - _GAP)

    def block_rect(self, key: str) -> QRect:
        """Give the rectangle of a block; raises KeyError for an unknown key."""
        row, placed = self.places[key]
        return self.band(row, placed.lane, placed.block.start, placed.block.end)

    def hit(self, x: int, y: int) -> str | None:
        """Give the key of the block at a place, or None."""
        row = self.row_at(y)
        if row < 0:
            return None
        for placed in self.rows[row].blocks:
            if self.block_rect(placed.block.key).contains(x, y):
                return placed.block.key
        return None

    def in_sight(self, row: int, left: int, right: int) -> list[PlacedBlock]:
        """Give the blocks of a row that reach into a stretch of the day."""
        return [
            placed
            for placed in self.rows[row].blocks
            if self.x(placed.block.start) < right and self.x(placed.block.end) > left
        ]


@dataclass(frozen=True, slots=True)
class Sight:
    """What part of a board is in sight, and how it lies on the viewport.

    `room` is where plans are shown; `leading` and `top` are how far the content is scrolled;
    `mirrored` turns it round for a right-to-left layout.
    """

    room: QRect
    leading: int
    top: int
    mirrored: bool

    def to_view(self, at: QRect) -> QRect:
        """Turn a rectangle of the content into one of the viewport."""
        left, top = at.left() - self.leading, at.top() + self.room.top() - self.top
        if self.mirrored:
            left = self.room.right() + 1 - left - at.width()
        else:
            left += self.room.left()
        return QRect(left, top, at.width(), at.height())

    def from_view(self, point: QPoint) -> tuple[int, int]:
        """Turn a point of the viewport into (x, y) of the content."""
        room = self.room
        along = room.right() - point.x() if self.mirrored else point.x() - room.left()
        return along + self.leading, point.y() - room.top() + self.top

    def rows(self, measures: Geometry) -> range:
        """Give the numbers of the rows in sight."""
        if not measures.rows:
            return range(0)
        last = measures.row_at(min(measures.height - 1, self.top + self.room.height()))
        return range(max(0, measures.row_at(self.top)), last + 1)


def measure(axis: DayAxis, rows: Sequence[PlacedRow], hour: int, lane: int) -> Geometry:
    """Measure a board with `hour` pixels an hour and `lane` pixels a lane."""
    heights = [_grained(2 * _PADDING + row.lanes * lane) for row in rows]
    places = {
        placed.block.key: (number, placed)
        for number, row in enumerate(rows)
        for placed in row.blocks
    }
    tops = tuple(accumulate(heights, initial=0))
    return Geometry(axis, tuple(rows), _grained(hour), lane, tops, places)


def _grained(size: int) -> int:
    return -(-size // GRAIN) * GRAIN
