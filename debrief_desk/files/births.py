"""Read what sheets say about births: dates, years, ages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from debrief_desk.files.cells import Cell, as_text
from debrief_desk.files.days import DateOrder, UnreadableError, prepared, serial_day, written_day

_OLDEST: Final = 120
_AROUND: Final = r"(?:aged?\s*)?(?:[~≈]|c\.?a?\.?|circa|approx(?:imately)?\.?|about|abt\.?|around)?"
_AGE: Final = re.compile(
    rf"{_AROUND}\s*(?P<age>\d{{1,3}})\s*(?:[-–]\s*(?P<to>\d{{1,3}}))?\s*"
    r"(?:y|yo|yrs?|years?|y/o)?\.?\s*(?:old|of age)?\s*"
    r"(?:\(?\s*(?:claimed|claims|disputed|est(?:imated|\.)?|approx\.?|\?)*\s*\)?)?"
)
_MONTHS_OLD: Final = re.compile(r"(?P<months>\d{1,2})\s*(?:m|mo|mths?|months?)(?:\s*old)?")
_YEAR: Final = re.compile(rf"{_AROUND}\s*(?:(?:00|xx|\?\?)[./\-]){{0,2}}(?P<year>\d{{4}})\s*\??")
_YEAR_OF_AGE: Final = re.compile(r"(?:born|b\.?)\s*(?:in\s*)?(?P<rest>.+)")
_MONTH_AND_YEAR: Final = re.compile(r"(?P<month>\d{1,2})[./\-](?P<year>\d{4})")
_YEAR_AND_MONTH: Final = re.compile(r"(?P<year>\d{4})[./\-](?P<month>\d{1,2})")
_NAMED_MONTH: Final = re.compile(r"(?P<month>[a-z]{3,9})[\s.,-]+(?P<year>\d{4})")
_MONTHS: Final = range(1, 13)


@dataclass(frozen=True, slots=True)
class Birth:
    """What was said about a birth: a date, a month, a year, or an age on a day.

    Attributes:
        year: None where only an age is known.
        month: None where only a year is known.
        day: None where only a year or a month is known.
        age: whole years as typed; None where a year is known.
        age_on: the day on which `age` held.
        as_typed: the cell as it stood.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    age: int | None = None
    age_on: date | None = None
    as_typed: str = ""

    def lies_after(self, day: date) -> bool:
        """Tell whether nobody born so could have been met on `day`."""
        if self.year is None:
            return False
        return (self.year, self.month or 1, self.day or 1) > (day.year, day.month, day.day)


def parse_birth(cell: Cell, *, order: DateOrder, near: date) -> Birth:
    """Read a birth; `near` is the day on which ages hold.

    Two digits of a year mean the latest such year that is not after `near`. Of an age between two
    numbers the lower is taken: it may be a child (C-2).

    Raises:
        UnreadableError: `no-such-day`, `not-a-birth`.
    """
    typed = as_text(cell)
    if isinstance(cell, date):
        return _checked(cell.date() if isinstance(cell, datetime) else cell, typed, near)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= 10_000:  # noqa: PLR2004 - neither an age nor a year
        return _checked(_of_number(cell, order, near), typed, near)
    text = prepared(cell)
    if born := _YEAR_OF_AGE.fullmatch(text):
        text = born["rest"]
    written = written_day(text, order)
    if written is not None and written.year is not None and not written.rest.strip(" ,.?t0:"):
        if 0 in (written.month, written.day):
            return _of_year(_full_year(written.year, near), None, typed, near)
        return _checked(written.in_year(_full_year(written.year, near)), typed, near)
    return _partly(text, typed, near)


def _partly(text: str, typed: str, near: date) -> Birth:
    """Read an age, a year, or a year with a month."""
    if found := _YEAR.fullmatch(text):
        return _of_year(int(found["year"]), None, typed, near)
    if found := _MONTH_AND_YEAR.fullmatch(text) or _YEAR_AND_MONTH.fullmatch(text):
        return _of_year(int(found["year"]), int(found["month"]), typed, near)
    if found := _NAMED_MONTH.fullmatch(text):
        first = written_day(f"1 {found['month']} {found['year']}", "dmy")
        if first is not None and first.year is not None:
            return _of_year(first.year, first.month, typed, near)
    if found := _MONTHS_OLD.fullmatch(text):
        return Birth(age=int(found["months"]) // 12, age_on=near, as_typed=typed)
    found = _AGE.fullmatch(text)
    if found is None or not int(found["age"]) <= int(found["to"] or _OLDEST) <= _OLDEST:
        raise UnreadableError("not-a-birth")
    return Birth(age=int(found["age"]), age_on=near, as_typed=typed)


def _of_number(number: float, order: DateOrder, near: date) -> date:
    compact = written_day(str(int(number)), order)
    return compact.nearest(near) if compact is not None else serial_day(number)


def _of_year(year: int, month: int | None, typed: str, near: date) -> Birth:
    if not near.year - _OLDEST <= year or (month is not None and month not in _MONTHS):
        raise UnreadableError("not-a-birth")
    return Birth(year=year, month=month, as_typed=typed)


def _checked(day: date, typed: str, near: date) -> Birth:
    if near.year - day.year > _OLDEST:
        raise UnreadableError("not-a-birth")
    return Birth(day.year, day.month, day.day, as_typed=typed)


def _full_year(year: int, near: date) -> int:
    if year >= 100:  # noqa: PLR2004 - more than two digits
        return year
    latest = near.year - near.year % 100 + year
    return latest if latest <= near.year else latest - 100
