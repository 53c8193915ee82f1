"""How two births stand to each other: dates, years, ages, defaults, slips, calendars."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity.facts import choose
from debrief_desk.identity.hashing import hash32

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

BIRTH: Final = (
    "birth_missing", "birth_same", "birth_default_both", "birth_year_default", "birth_year_only",
    "birth_swapped", "birth_days_apart", "birth_digit", "birth_part_slip", "birth_same_year",
    "birth_year_slip", "birth_disputed", "birth_day_and_month", "birth_calendar",
    "birth_calendar_default", "birth_solar_calendar", "birth_default_slip", "birth_age_near",
    "birth_age_2_apart", "birth_age_5_apart",
    "birth_loose_1_apart", "birth_loose_2_apart", "birth_loose_5_apart", "birth_1_apart",
    "birth_2_apart", "birth_5_apart", "birth_8_apart", "birth_far",
)  # fmt: skip

_NEAR: Final = 2  # years or days apart that are still a slip
_DISPUTED: Final = 5  # years apart as between a claimed and an assessed age
_DECADE: Final = 10
_FAR: Final = 8  # years apart beyond which an age speaks strongly against (DOMAIN.md 7.2)
_ETHIOPIAN: Final = ("ERI", "ETH")  # their calendar runs seven to eight years behind
_SOLAR: Final = ("AFG", "IRN")  # a date turned over lands a day off, or a year
_YEAR: Final = 365


def birth(a: Array, b: Array) -> Array:
    """Give the index into BIRTH. Later rules override earlier ones.

    A date is loose where it is a default (1 January) or only a year: such years are estimates.
    """
    years = np.abs(a["year"].astype(np.int32) - b["year"])
    known = (a["year"] > 0) & (b["year"] > 0)
    full = known & (a["day"] > 0) & (b["day"] > 0)
    same_year = known & (years == 0)
    month, day = a["month"] == b["month"], a["day"] == b["day"]
    default_a, default_b = _default(a), _default(b)
    same_day = full & month & day & ~default_a
    swapped = full & (a["month"] == b["day"]) & (a["day"] == b["month"]) & ~month
    loose = known & (default_a | default_b | ~full)
    aged = known & ((a["from_age"] > 0) | (b["from_age"] > 0))
    one_digit = _one_digit(a["month"], b["month"]) & day | _one_digit(a["day"], b["day"]) & month
    slip = full & ((years == _DECADE) | _one_year_digit(a, b))
    rules = (
        ("birth_far", known),
        ("birth_8_apart", known & (years <= _FAR)),
        ("birth_5_apart", known & (years <= _DISPUTED)),
        ("birth_2_apart", known & (years <= _NEAR)),
        ("birth_1_apart", known & (years <= 1)),
        ("birth_loose_5_apart", loose & (years <= _DISPUTED)),
        ("birth_loose_2_apart", loose & (years <= _NEAR)),
        ("birth_loose_1_apart", loose & (years <= 1)),
        ("birth_age_5_apart", aged & (years <= _DISPUTED)),
        ("birth_age_2_apart", aged & (years <= _NEAR)),
        ("birth_default_slip", default_a & default_b & (years > 1) & slip),
        ("birth_calendar_default", _other_calendar(a, b) & default_a & default_b),
        ("birth_solar_calendar", _solar_calendar(a, b) & ~(default_a & default_b)),
        ("birth_day_and_month", same_day & (years > _DISPUTED)),
        ("birth_disputed", same_day & (years <= _DISPUTED)),
        ("birth_year_slip", same_day & ((years <= _NEAR) | slip)),
        ("birth_calendar", _other_calendar(a, b) & same_day),
        ("birth_same_year", full & same_year),
        ("birth_part_slip", full & same_year & (month | day)),
        ("birth_digit", full & same_year & one_digit),
        ("birth_days_apart", full & (np.abs(_ordinal(a) - _ordinal(b)) <= _NEAR)),
        ("birth_swapped", swapped & same_year),
        ("birth_year_default", full & same_year & (default_a != default_b)),
        ("birth_year_only", same_year & ~full),
        ("birth_age_near", aged & (years <= 1)),
        ("birth_default_both", full & default_a & default_b & same_year),
        ("birth_same", same_day & same_year),
    )
    return choose(BIRTH, rules, len(a))


def _default(rows: Array) -> Array:
    answer: Array = (rows["month"] == 1) & (rows["day"] == 1)
    return answer


def _one_digit(left: Array, right: Array) -> Array:
    """Tell where two numbers of two digits differ in exactly one of them."""
    answer: Array = (left // 10 == right // 10) != (left % 10 == right % 10)
    return answer


def _one_year_digit(a: Array, b: Array) -> Array:
    """Tell where two years of one century differ in exactly one digit."""
    left, right = a["year"], b["year"]
    answer: Array = (left // 100 == right // 100) & _one_digit(left % 100, right % 100)
    return answer


def _other_calendar(a: Array, b: Array) -> Array:
    """Tell where two years lie apart as the Ethiopian calendar and ours do, for its countries."""
    there = _from(a, _ETHIOPIAN) | _from(b, _ETHIOPIAN)
    years = np.abs(a["year"].astype(np.int32) - b["year"])
    answer: Array = there & ((years == 7) | (years == 8)) & (a["day"] > 0) & (b["day"] > 0)  # noqa: PLR2004 - the calendars
    return answer


def _solar_calendar(a: Array, b: Array) -> Array:
    """Tell where two births lie a year and at most two days apart, for the Persian calendar's."""
    there = _from(a, _SOLAR) | _from(b, _SOLAR)
    full = (a["day"] > 0) & (b["day"] > 0)
    apart = np.abs(_ordinal(a) - _ordinal(b))
    answer: Array = there & full & (np.abs(apart - _YEAR) <= _NEAR)
    return answer


def _from(rows: Array, countries: tuple[str, str]) -> Array:
    one, other = countries
    answer: Array = (rows["country"] == hash32(one)) | (rows["country"] == hash32(other))
    return answer


def _ordinal(rows: Array) -> Array:
    """Give a day count good enough to tell whether two dates are a few days apart."""
    answer: Array = rows["year"].astype(np.int64) * 365 + _before()[rows["month"]] + rows["day"]
    return answer


@cache
def _before() -> Array:
    """Give the days of a year before each month."""
    return np.array([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 0, 0, 0])
