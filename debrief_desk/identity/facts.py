"""How two records stand to each other field by field, apart from names.

Each function takes two tables of `features.layout`, pair by pair, and gives one index a pair into
its tuple of codes. Missing on one side is `missing` and weighs nothing: missing is not different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import tables
from debrief_desk.identity.features import BANDS, REFERENCES
from debrief_desk.identity.hashing import hash32

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

BIRTH: Final = (
    "birth_missing", "birth_same", "birth_default_both", "birth_year_default", "birth_year_only",
    "birth_swapped", "birth_days_apart", "birth_digit", "birth_part_slip", "birth_same_year",
    "birth_year_slip", "birth_disputed", "birth_day_and_month", "birth_calendar", "birth_age_near",
    "birth_loose_1_apart", "birth_loose_2_apart", "birth_loose_5_apart", "birth_1_apart",
    "birth_2_apart", "birth_5_apart", "birth_8_apart", "birth_far",
)  # fmt: skip
REFERENCE: Final = (
    "reference_missing", "reference_same", "reference_digits", "reference_slip",
    "reference_differs",
)  # fmt: skip
BAND: Final = (
    "band_missing", "band_same", "band_reissued", "band_look_alike", "band_slip", "band_same_boat",
    "band_differs", "band_elsewhere",
)  # fmt: skip
ARRIVAL: Final = (
    "arrival_missing", "day_same", "day_next", "day_same_week", "day_far",
)  # fmt: skip
EVENT: Final = ("event_open", "event_same", "event_differs")
SEX: Final = ("sex_missing", "sex_same", "sex_differs")
COUNTRY: Final = ("country_missing", "country_same", "country_confused", "country_differs")
LANGUAGE: Final = ("language_missing", "language_same", "language_differs")

_WEEK: Final = 7
_NEAR: Final = 2  # years or days apart that are still a slip
_DISPUTED: Final = 5  # years apart as between a claimed and an assessed age
_DECADE: Final = 10
_FAR: Final = 8  # years apart beyond which an age speaks strongly against (DOMAIN.md 7.2)
_ETHIOPIAN: Final = ("ERI", "ETH")  # their calendar runs seven to eight years behind


def birth(a: Array, b: Array) -> Array:
    """Give the index into BIRTH. Later rules override earlier ones.

    A date is loose where it is a default (1 January) or only a year: such years are estimates.
    """
    import numpy as np

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
    rules = (
        ("birth_far", known),
        ("birth_8_apart", known & (years <= _FAR)),
        ("birth_5_apart", known & (years <= _DISPUTED)),
        ("birth_2_apart", known & (years <= _NEAR)),
        ("birth_1_apart", known & (years <= 1)),
        ("birth_loose_5_apart", loose & (years <= _DISPUTED)),
        ("birth_loose_2_apart", loose & (years <= _NEAR)),
        ("birth_loose_1_apart", loose & (years <= 1)),
        ("birth_calendar", _other_calendar(a, b) & (same_day | (default_a & default_b))),
        ("birth_day_and_month", same_day & (years > _DISPUTED)),
        ("birth_disputed", same_day & (years <= _DISPUTED)),
        (
            "birth_year_slip",
            same_day & ((years <= _NEAR) | (years == _DECADE) | _one_year_digit(a, b)),
        ),
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
    return _choose(BIRTH, rules, len(a))


def reference(a: Array, b: Array) -> Array:
    """Give the index into REFERENCE: the best pair of references of one issuer."""
    import numpy as np

    best = np.zeros(len(a), dtype=np.int8)
    order = np.array([0, 4, 3, 2, 1])  # missing, same, digits, slip, differs: by how much they say
    for i in range(REFERENCES):
        for j in range(REFERENCES):
            left, right = a["digits"][:, i], b["digits"][:, j]
            issuers = a["issuer"][:, i], b["issuer"][:, j]
            comparable = (left != b"") & (right != b"")
            comparable &= (issuers[0] == issuers[1]) | (issuers[0] == 0) | (issuers[1] == 0)
            if not comparable.any():
                continue
            initials = a["initial"][:, i] == b["initial"][:, j]
            equal = comparable & (left == right)
            comparable &= equal | ((a["initial"][:, i] > 0) == (b["initial"][:, j] > 0))
            found = comparable * 4
            found[_one_slip(left, right, comparable & ~equal & initials)] = 3
            found[equal] = 2
            found[equal & initials] = 1
            best = np.where(order[found] > order[best], found, best)
    return best.astype(np.int8)


def band(a: Array, b: Array) -> Array:
    """Give the index into BAND; an equal band of another event is `band_elsewhere`."""
    import numpy as np

    count = len(a)
    first_a, first_b = a["band"][:, 0], b["band"][:, 0]
    known = (first_a != b"") & (first_b != b"")
    reissued, look_alike = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    for i in range(BANDS):
        for j in range(BANDS):
            there = (a["band"][:, i] != b"") & (b["band"][:, j] != b"")
            if there.any():
                reissued |= there & (a["band"][:, i] == b["band"][:, j])
                look_alike |= there & (a["folded"][:, i] == b["folded"][:, j])
    same = known & (first_a == first_b)
    same_boat = known & (a["boat"][:, 0] == b["boat"][:, 0])
    elsewhere = (reissued | look_alike) & _other_event(a, b)
    rules = (
        ("band_differs", known),
        ("band_same_boat", same_boat),
        ("band_slip", _one_slip(first_a, first_b, known & ~same)),
        ("band_look_alike", look_alike),
        ("band_reissued", reissued),
        ("band_same", same),
        ("band_elsewhere", elsewhere),
    )
    return _choose(BAND, rules, count)


def arrival(a: Array, b: Array) -> Array:
    """Give the index into ARRIVAL; one event is one day, whatever days were typed for it."""
    import numpy as np

    apart = np.abs(a["on"].astype(np.int64) - b["on"])
    known = (a["on"] > 0) & (b["on"] > 0)
    rules = (
        ("day_far", known),
        ("day_same_week", known & (apart <= _WEEK)),
        ("day_next", known & (apart <= 1)),
        ("day_same", (known & (apart == 0)) | _same_event(a, b)),
    )
    return _choose(ARRIVAL, rules, len(a))


def event(a: Array, b: Array) -> Array:
    """Give the index into EVENT."""
    return _same_or_not(a["event"], b["event"])


def sex(a: Array, b: Array) -> Array:
    """Give the index into SEX."""
    return _same_or_not(a["sex"], b["sex"])


def country(a: Array, b: Array) -> Array:
    """Give the index into COUNTRY; neighbours often claimed for each other are `confused`."""
    import numpy as np

    found = _same_or_not(a["country"], b["country"])
    differs = found == SEX.index("sex_differs")
    confused = np.array(
        sorted(hash32(x) << 32 | hash32(y) for x, y in tables.confused_countries()), dtype=np.uint64
    )
    pair = a["country"].astype(np.uint64) << np.uint64(32) | b["country"]
    found[differs] = COUNTRY.index("country_differs")
    found[differs & np.isin(pair, confused)] = COUNTRY.index("country_confused")
    return found


def language(a: Array, b: Array) -> Array:
    """Give the index into LANGUAGE."""
    return _same_or_not(a["language"], b["language"])


def _choose(codes: tuple[str, ...], rules: tuple[tuple[str, Array], ...], count: int) -> Array:
    """Give the index of the last rule that holds, 0 where none does."""
    import numpy as np

    found = np.zeros(count, dtype=np.int8)
    for code, holds in rules:
        found[holds] = codes.index(code)
    return found


def _same_or_not(left: Array, right: Array) -> Array:
    import numpy as np

    known = (left > 0) & (right > 0)
    return np.where(known, np.where(left == right, 1, 2), 0).astype(np.int8)


def _same_event(a: Array, b: Array) -> Array:
    answer: Array = (a["event"] > 0) & (a["event"] == b["event"])
    return answer


def _other_event(a: Array, b: Array) -> Array:
    """Tell where two records are known to be of different events, or of days two or more apart."""
    import numpy as np

    differ = (a["event"] > 0) & (b["event"] > 0) & (a["event"] != b["event"])
    same = _same_event(a, b)
    days = (a["on"] > 0) & (b["on"] > 0) & (np.abs(a["on"].astype(np.int64) - b["on"]) > 1)
    answer: Array = differ | (days & ~same)
    return answer


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
    import numpy as np

    codes = [hash32(code) for code in _ETHIOPIAN]
    there = np.isin(a["country"], codes) | np.isin(b["country"], codes)
    years = np.abs(a["year"].astype(np.int32) - b["year"])
    answer: Array = there & ((years == 7) | (years == 8)) & (a["day"] > 0) & (b["day"] > 0)  # noqa: PLR2004 - the calendars
    return answer


def _ordinal(rows: Array) -> Array:
    """Give a day count good enough to tell whether two dates are a few days apart."""
    import numpy as np

    before = np.array([0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 0, 0, 0])
    answer: Array = rows["year"].astype(np.int64) * 365 + before[rows["month"]] + rows["day"]
    return answer


def _one_slip(left: Array, right: Array, among: Array) -> Array:
    """Tell where two short texts differ by one letter changed, missing, added or exchanged."""
    import numpy as np
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    at = np.nonzero(
        among & ((left.astype("S3") == right.astype("S3")) | (_end(left) == _end(right)))
    )[0]
    slip = np.zeros(len(left), dtype=bool)
    if len(at):
        texts = (left[at].astype("U").tolist(), right[at].astype("U").tolist())
        slip[at] = cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8) <= 1
    return slip


def _end(texts: Array) -> Array:
    """Give the last two letters of each text."""
    import numpy as np

    letters = np.ascontiguousarray(texts).view("u1").reshape(len(texts), -1).astype(np.int32)
    length = (letters > 0).sum(axis=1)
    rows = np.arange(len(texts))
    answer: Array = (
        letters[rows, np.maximum(length - 1, 0)] * 256 + letters[rows, np.maximum(length - 2, 0)]
    )
    return answer
