"""Read clock times, moments, lengths and opening hours; London wall-clock time becomes UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from debrief_desk.files.days import DateOrder, UnreadableError, leading_day, prepared, serial_day
from debrief_desk.wording import from_london, london

if TYPE_CHECKING:
    from debrief_desk.files.cells import Cell

SHORTEST: Final = 5
LONGEST: Final = 480
"""Minutes; what a planned length can be. How long is allowed is a rule's matter (W-5)."""

_ISO: Final = re.compile(
    r"\d{4}-\d\d-\d\d[t ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?(?P<zone>z|[+-]\d\d:?\d\d)?"
)
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?)?"
    r"\s*(?:(?P<half>[ap])\.?m\.?)?\s*(?:hrs?|hours|h|o'?clock)?"
)
_DIGITS: Final = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d\d)\s*(?:hrs?|hours|h)?")
_NOON: Final = frozenset({"noon", "midday", "12 noon"})
_LENGTH: Final = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours)\b\.?\s*(?:and\s*)?)?"
    r"(?:(?P<minutes>\d{1,3})\s*(?:m|min|mins|minutes|')?\.?)?"
)
_HOURS_AND_MINUTES: Final = re.compile(r"(?P<hours>\d{1,2})[:h](?P<minutes>[0-5]\d)")
_SPAN: Final = re.compile(r"(.+?)\s*(?:-|–|—|\bto\b|\buntil\b)\s*(.+)")
_HALF_DAY: Final = 12
_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Moment:
    """An aware UTC moment; `twice` where London's clocks show its time twice (in October)."""

    utc: datetime
    twice: bool = False


def at_london(day: date, clock: time) -> Moment:
    """Give a London wall-clock time as a moment; of two the first.

    Raises:
        UnreadableError: `time-skipped` where London's clocks never show that time (in March).
    """
    local = datetime.combine(day, clock.replace(tzinfo=None))
    try:
        first, second = from_london(local), from_london(local, fold=1)
        skipped = london(first).replace(tzinfo=None) != local
    except OverflowError:
        raise UnreadableError("not-a-day") from None
    if skipped:
        raise UnreadableError("time-skipped")
    return Moment(first, first != second)


def parse_time(cell: Cell) -> time:
    """Read a clock time: `15:45`, `15.45`, `1545`, `3pm`, a real time, a fraction of a day."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell.replace(tzinfo=None)
    if isinstance(cell, float) and 0 < cell < 1:
        return _of_minutes(round(cell * _DAY))
    dotted = isinstance(cell, float) and not cell.is_integer()  # 15.45 typed into a number cell
    return _clock(f"{cell:.2f}" if dotted else prepared(cell))


def parse_moment(cell: Cell, *, order: DateOrder, near: date) -> Moment:
    """Read a day with a clock time as typed in London; a zone in the text is kept to.

    Raises:
        UnreadableError: `time-missing`, `time-skipped`, `no-such-day`, and what is no moment.
    """
    if isinstance(cell, datetime):
        return at_london(cell.date(), cell.time())
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        minutes = round(cell % 1 * _DAY)
        if not minutes:
            raise UnreadableError("time-missing")
        return at_london(serial_day(cell), _of_minutes(minutes))
    text = prepared(cell)
    if iso := _ISO.fullmatch(text):
        return _from_iso(text, zoned=iso["zone"] is not None)
    day, rest = leading_day(text, order, near)
    rest = rest.removeprefix("at ").removeprefix("@").strip()
    if not rest:
        raise UnreadableError("time-missing")
    return at_london(day, _clock(rest))


def parse_minutes(cell: Cell) -> int:
    """Read a planned length in minutes: `60`, `1 h 30`, `1:30`, `90 min`, a real time.

    Raises:
        UnreadableError: `not-a-length`, also outside `SHORTEST` to `LONGEST`.
    """
    text = prepared(cell)
    found = _HOURS_AND_MINUTES.fullmatch(text) or _LENGTH.fullmatch(text)
    if not text or found is None:
        raise UnreadableError("not-a-length")
    hours = float((found["hours"] or "0").replace(",", "."))
    minutes = round(hours * 60) + int(found["minutes"] or 0)
    if not SHORTEST <= minutes <= LONGEST:
        raise UnreadableError("not-a-length")
    return minutes


def parse_hours(cell: Cell) -> tuple[int, int]:
    """Read a shift or opening hours as minutes after midnight; past midnight the end is over 1440.

    `07:00-15:00` is (420, 900), `22:00-06:00` is (1320, 1800), `00:00-24:00` is (0, 1440).
    """
    text = prepared(cell)
    if text in {"24h", "24 h", "24/7", "24 hours", "always", "all day"}:
        return 0, _DAY
    parts = _SPAN.fullmatch(text)
    if parts is None:
        raise UnreadableError("not-hours")
    begin = _clock(parts[1])
    ends_at_midnight = re.fullmatch(r"24[:.]?(00)?", parts[2]) is not None
    end = time() if ends_at_midnight else _clock(parts[2])
    first, last = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
    return first, last if last > first else last + _DAY


def _clock(text: str) -> time:
    if text in _NOON:
        return time(_HALF_DAY)
    found = _DIGITS.fullmatch(text) or _CLOCK.fullmatch(text)
    if found is None:
        raise UnreadableError("not-a-time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = found.groupdict().get("half")
    if half and 1 <= hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise UnreadableError("not-a-time") from None


def _of_minutes(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _from_iso(text: str, *, zoned: bool) -> Moment:
    try:
        moment = datetime.fromisoformat(text.upper())
        if zoned:
            return Moment(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        raise UnreadableError("no-such-day") from None
    return at_london(moment.date(), moment.time())
