"""Which plan stands in which lane of its row, and which minutes do plans share? No window here.

Moments are aware UTC; only labels are London wall clock, so a day has 23, 24 or 25 hours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from debrief_desk.wording import clock, from_london, london

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debrief_desk.rules.severity import Level

Span = tuple[datetime, datetime]
"""(start, end) in UTC; the end is not part of it."""

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A room or a person. In the spans of `closed` (UTC) nothing should be planned."""

    key: str
    title: str
    detail: str = ""
    closed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardBlock:
    """A plan on the board, from `start` to `end` (UTC).

    `agency` picks tint and edge; `tag` is two letters for when there are more agencies than tints.
    """

    key: str
    row: str
    start: datetime
    end: datetime
    title: str
    detail: str = ""
    agency: int = 0
    tag: str = ""
    level: Level | None = None
    movable: bool = True


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block with its lane (0 is the top one) and the spans it shares with others of its row."""

    block: BoardBlock
    lane: int
    shared: tuple[Span, ...]

    @property
    def shared_minutes(self) -> int:
        """Give how many minutes the block shares."""
        return minutes(self.shared)


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its blocks by start; `overlap` counts the minutes that two or more share."""

    row: BoardRow
    lanes: int
    blocks: tuple[PlacedBlock, ...]
    overlap: int


@dataclass(frozen=True, slots=True)
class DayAxis:
    """A London day as a stretch of UTC minutes counted from its midnight."""

    day: date

    @property
    def start(self) -> datetime:
        """Give the midnight at which the day begins, in UTC."""
        return from_london(datetime.combine(self.day, time()))

    @property
    def end(self) -> datetime:
        """Give the midnight at which the day ends, in UTC."""
        return from_london(datetime.combine(self.day + timedelta(days=1), time()))

    @property
    def minutes(self) -> int:
        """Give the length of the day: 1,440 minutes, or 1,380 and 1,500 at the clock changes."""
        return round((self.end - self.start) / _MINUTE)

    def minute(self, moment: datetime) -> float:
        """Give a moment as minutes since midnight; below 0 or past the end on another day."""
        return (moment - self.start) / _MINUTE

    def moment(self, minute: float) -> datetime:
        """Give the moment, in UTC, that many minutes after midnight."""
        return self.start + minute * _MINUTE

    def ticks(self) -> tuple[tuple[int, str], ...]:
        """Give (minute, London label) of each full hour; an hour that comes twice says which."""
        hours = range(0, self.minutes, 60)
        moments = [self.start + hour * _MINUTE for hour in hours]
        labels = [clock(moment) for moment in moments]
        return tuple(
            (hour, label if labels.count(label) == 1 else f"{label} {london(moment):%Z}")
            for hour, moment, label in zip(hours, moments, labels, strict=True)
        )


def place(rows: Sequence[BoardRow], blocks: Iterable[BoardBlock]) -> tuple[PlacedRow, ...]:
    """Put every block into the first free lane of its row; blocks of unknown rows are left out."""
    by_row: dict[str, list[BoardBlock]] = {row.key: [] for row in rows}
    for block in blocks:
        if block.row in by_row:
            by_row[block.row].append(block)
    return tuple(_place_row(row, by_row[row.key]) for row in rows)


def shared_spans(one: Span, others: Iterable[Span]) -> tuple[Span, ...]:
    """Give the stretches of `one` during which at least one of the others runs too."""
    common = (
        (max(one[0], other[0]), min(one[1], other[1]))
        for other in others
        if other[0] < one[1] and one[0] < other[1]
    )
    return merged(common)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give spans as few as possible, by start: those that touch or overlap become one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def minutes(spans: Iterable[Span]) -> int:
    """Give the whole minutes of spans that do not overlap."""
    return round(sum((end - start) / _MINUTE for start, end in spans))


@dataclass(frozen=True, slots=True)
class Ghost:
    """A plan on its way: where it would stand if it were let go now."""

    block: BoardBlock
    row: str
    start: datetime
    end: datetime

    def shifted(self, by: int) -> Ghost:
        """Give it `by` minutes later, or earlier for a negative number."""
        return replace(self, start=self.start + by * _MINUTE, end=self.end + by * _MINUTE)

    def resized(self, by: int, least: int = 5) -> Ghost:
        """Give it `by` minutes longer or shorter, never shorter than `least` minutes."""
        end = max(self.end + by * _MINUTE, self.start + least * _MINUTE)
        return replace(self, end=end)

    def on(self, row: str) -> Ghost:
        """Give it in another row."""
        return replace(self, row=row)

    @property
    def has_moved(self) -> bool:
        """Tell whether row or start differ from those of the plan."""
        return (self.row, self.start) != (self.block.row, self.block.start)

    @property
    def minutes(self) -> int:
        """Give its length."""
        return round((self.end - self.start) / _MINUTE)

    @property
    def has_new_length(self) -> bool:
        """Tell whether its length differs from that of the plan."""
        return self.end - self.start != self.block.end - self.block.start


def ghost_of(block: BoardBlock) -> Ghost:
    """Give the ghost of a plan, still where the plan is."""
    return Ghost(block, block.row, block.start, block.end)


def _place_row(row: BoardRow, blocks: Sequence[BoardBlock]) -> PlacedRow:
    ordered = sorted(blocks, key=lambda block: (block.start, block.end, block.key))
    free_from: list[datetime] = []
    lanes: list[int] = []
    shared: list[list[Span]] = [[] for _ in ordered]
    running: list[int] = []
    for at, block in enumerate(ordered):
        lane = next((lane for lane, free in enumerate(free_from) if free <= block.start), None)
        if lane is None:
            lane = len(free_from)
            free_from.append(block.end)
        free_from[lane] = block.end
        lanes.append(lane)
        running = [other for other in running if ordered[other].end > block.start]
        for other in running:
            both = (block.start, min(block.end, ordered[other].end))
            if both[0] < both[1]:
                shared[at].append(both)
                shared[other].append(both)
        running.append(at)
    placed = tuple(
        PlacedBlock(block, lane, merged(spans))
        for block, lane, spans in zip(ordered, lanes, shared, strict=True)
    )
    overlap = minutes(merged(span for one in placed for span in one.shared))
    return PlacedRow(row, max(1, len(free_from)), placed, overlap)
