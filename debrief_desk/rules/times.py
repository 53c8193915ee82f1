"""Spans of time, and the London day and clock by which people and papers go."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, time

LONDON: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Window:
    """A span of aware UTC moments, its end not included."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> float:
        """Give the length in minutes."""
        return minutes(self.start, self.end)

    def overlaps(self, other: Window) -> bool:
        """Say whether the two spans share a moment."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Window) -> bool:
        """Say whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def without(self, other: Window) -> list[Window]:
        """Give what is left of this span, in order, once `other` is taken out of it."""
        if not self.overlaps(other):
            return [self]
        parts = [Window(self.start, other.start), Window(other.end, self.end)]
        return [part for part in parts if part.start < part.end]

    def gap(self, other: Window) -> float:
        """Give the minutes between the two spans; 0 or less where they touch or overlap."""
        return max(minutes(self.end, other.start), minutes(other.end, self.start))


def minutes(start: datetime, end: datetime) -> float:
    """Give the minutes from `start` to `end`, both aware UTC; below 0 if `end` is earlier."""
    return (end - start).total_seconds() / 60


def london_day(moment: datetime) -> date:
    """Give the London day of an aware moment: papers are valid until 23:59 of their last."""
    return moment.astimezone(LONDON).date()


def london_time(moment: datetime) -> time:
    """Give the London wall-clock time of an aware moment."""
    return moment.astimezone(LONDON).time()


def add_months(day: date, months: int) -> date:
    """Give the same day `months` later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def most_at_once(windows: Iterable[Window]) -> int:
    """Give how many of `windows` share one moment at most."""
    spans = list(windows)
    return max((sum(w.start <= s.start < w.end for w in spans) for s in spans), default=0)
