"""Read days in the many ways people type them.

The functions take a cell and give a value, or raise `UnreadableError` with a code for the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from debrief_desk.errors import DeskError
from debrief_desk.files.cells import Cell, as_text

if TYPE_CHECKING:
    from collections.abc import Iterable

DateOrder = Literal["dmy", "mdy", "ymd"]
FoundOrder = Literal["dmy", "mdy", "ymd", "ask", ""]

_EPOCH: Final = date(1899, 12, 30)  # day 0 of spreadsheet serial dates
_SERIALS: Final = range(10_000, 80_000)  # 1927 to 2119; other numbers are no dates
_MONTHS_OF_YEAR: Final = 12
_DAYS_OF_MONTH: Final = 31
_FULL_YEAR: Final = 4  # digits

_MONTH_NAMES: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTH_NAMES)})[a-z]*\.?"
_GAP: Final = r"[\s./,-]*"
_NO_CLOCK: Final = r"(?![:.h]?\d|:|\s*[ap]\.?m)"  # what follows does not make it a time
_NUMERIC: Final = re.compile(
    r"(?P<a>\d{1,4})\s*(?P<gap>[./\-\s])\s*(?P<b>\d{1,2})(?!\d)"
    rf"(?:\s*(?P=gap)\s*(?P<c>\d{{4}}(?!\d)|\d{{1,2}}{_NO_CLOCK}))?"
)
_DAY_FIRST: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}{_MONTH}"
    rf"(?:{_GAP}(?P<year>(?:19|20)\d\d(?!\d)|\d\d{_NO_CLOCK}))?"
)
_MONTH_FIRST: Final = re.compile(
    rf"{_MONTH}{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"(?:{_GAP}(?P<year>(?:19|20)\d\d)(?!\d))?"
)
_COMPACT: Final = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_WEEKDAY: Final = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,.]+")


class UnreadableError(DeskError):
    """A cell that does not say what its column asks for; it never leaves `files`."""


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as written; the calendar need not have it.

    Attributes:
        year: None where none was written; below 100 where two digits were.
        rest: what followed in the cell.
    """

    year: int | None
    month: int
    day: int
    rest: str = ""

    def in_year(self, year: int) -> date:
        """Give the day in `year`; raise `no-such-day` where the calendar has none."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            raise UnreadableError("no-such-day") from None

    def nearest(self, near: date) -> date:
        """Give the day; of what was left out, the century or year nearest to `near`."""
        if self.year is not None and self.year >= 100:  # noqa: PLR2004 - more than two digits
            return self.in_year(self.year)
        if self.year is not None:
            century = near.year - near.year % 100
            years = [century + shift + self.year for shift in (-100, 0, 100)]
            return self.in_year(min(years, key=lambda year: abs(year - near.year)))
        found = []
        for year in (near.year - 1, near.year, near.year + 1):
            try:
                found.append(date(year, self.month, self.day))
            except ValueError:  # 29 February, or no day at all
                continue
        if not found:
            raise UnreadableError("no-such-day")
        return min(found, key=lambda day: abs(day - near))


def prepared(cell: Cell) -> str:
    """Give the text of a cell with digits 0 to 9, in lower case, without a leading weekday."""
    text = as_text(cell).casefold()
    if not text.isascii():
        text = "".join(
            str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text
        )
    return _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text


def order_of(cells: Iterable[Cell]) -> FoundOrder:
    """Tell in which order one column writes its numeric dates.

    A day above 12 decides. `ask` where days and months cannot be told apart or the column
    contradicts itself; "" where nothing depends on the order.
    """
    seen = {_evidence(cell) for cell in cells if isinstance(cell, str)}
    decided: list[DateOrder] = [order for order in ("dmy", "mdy", "ymd") if order in seen]
    if len(decided) == 1:
        return decided[0]
    return "ask" if decided or "open" in seen else ""


def written_day(text: str, order: DateOrder) -> WrittenDay | None:
    """Find a day at the start of prepared text, or None.

    Raises:
        UnreadableError: `other-order` where the numbers cannot be in `order`.
    """
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if found := pattern.match(text):
            named = int(found["year"]) if found["year"] else None
            month = _MONTH_NAMES.index(found["month"]) + 1
            return WrittenDay(named, month, int(found["day"]), text[found.end() :])
    if found := _COMPACT.match(text):
        year, month, day = map(int, found.group("year", "month", "day"))
        return WrittenDay(year, month, day, text[found.end() :])
    if found := _NUMERIC.match(text):
        return _from_numbers(found, text[found.end() :], order)
    return None


def leading_day(text: str, order: DateOrder, near: date) -> tuple[date, str]:
    """Read the day at the start of prepared text; give it with the rest of the text."""
    written = written_day(text, order)
    if written is None:
        raise UnreadableError("not-a-day")
    return written.nearest(near), written.rest.strip(" ,.t")


def parse_day(cell: Cell, *, order: DateOrder, near: date) -> date:
    """Read a day; a missing year is the one nearest to `near`."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return serial_day(cell)
    day, rest = leading_day(prepared(cell), order, near)
    if rest and not re.fullmatch(r"0?0:00(:00)?(\.0+)?z?", rest):
        raise UnreadableError("not-a-day")
    return day


def serial_day(number: float) -> date:
    """Give the day that a spreadsheet means by a bare number."""
    if int(number) not in _SERIALS:
        raise UnreadableError("not-a-day")
    return _EPOCH + timedelta(days=int(number))


def _from_numbers(found: re.Match[str], rest: str, order: DateOrder) -> WrittenDay | None:
    a, b = int(found["a"]), int(found["b"])
    if found["c"] is None:
        if len(found["a"]) > 2:  # noqa: PLR2004 - a year with a month is no day
            return None
        return WrittenDay(None, a, b, rest) if order == "mdy" else WrittenDay(None, b, a, rest)
    c = int(found["c"])
    if len(found["a"]) == _FULL_YEAR or (order == "ymd" and c <= _DAYS_OF_MONTH):
        return WrittenDay(a, b, c, rest)
    if order == "ymd" or len(found["a"]) > 2:  # noqa: PLR2004 - three digits are no day
        raise UnreadableError("other-order")
    return WrittenDay(c, a, b, rest) if order == "mdy" else WrittenDay(c, b, a, rest)


def _evidence(cell: str) -> str:
    """Tell what one cell says about the order of its column: an order, `open` or ""."""
    found = _NUMERIC.match(prepared(cell))
    if found is None or len(found["a"]) > 2:  # noqa: PLR2004 - a full year in front decides alone
        return ""
    first, second = int(found["a"]), int(found["b"])
    if first > _DAYS_OF_MONTH:
        return "ymd" if found["c"] else ""
    if first > _MONTHS_OF_YEAR:
        return "dmy" if second <= _MONTHS_OF_YEAR else ""
    if second > _MONTHS_OF_YEAR:
        return "mdy" if second <= _DAYS_OF_MONTH else ""
    return "open" if first != second else ""
