"""How two records stand to each other field by field, apart from names and births.

Each function takes two tables of `features.layout`, pair by pair, and gives one index a pair into
its tuple of codes. Missing on one side is `missing` and weighs nothing: missing is not different.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import tables
from debrief_desk.identity.hashing import hash32

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

REFERENCE: Final = (
    "reference_missing", "reference_same", "reference_digits", "reference_slip",
    "reference_differs",
)  # fmt: skip
BAND: Final = (
    "band_missing", "band_same", "band_reissued", "band_look_alike", "band_slip", "band_same_boat",
    "band_next", "band_differs", "band_elsewhere",
)  # fmt: skip
ARRIVAL: Final = (
    "arrival_missing", "day_same", "day_next", "day_same_week", "day_far", "day_by_band",
    "day_not_by_band",
)  # fmt: skip
EVENT: Final = ("event_open", "event_same", "event_differs")
SEX: Final = ("sex_missing", "sex_same", "sex_differs")
COUNTRY: Final = ("country_missing", "country_same", "country_confused", "country_differs")
LANGUAGE: Final = ("language_missing", "language_same", "language_differs")

_WEEK: Final = 7
_NEXT: Final = 3  # numbers apart as the bands of people who came off a boat together
_UNNUMBERED: Final = -9


def reference(a: Array, b: Array) -> Array:
    """Give the index into REFERENCE: the best pair of references of one issuer."""
    best = np.zeros(len(a), dtype=np.int8)
    order = np.array([0, 4, 3, 2, 1])  # missing, same, digits, slip, differs: by how much they say
    for i in _used(a["digits"]):
        for j in _used(b["digits"]):
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
    count = len(a)
    first_a, first_b = a["band"][:, 0], b["band"][:, 0]
    known = (first_a != b"") & (first_b != b"")
    reissued, look_alike = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    for i in _used(a["band"]):
        for j in _used(b["band"]):
            there = (a["band"][:, i] != b"") & (b["band"][:, j] != b"")
            reissued |= there & (a["band"][:, i] == b["band"][:, j])
            look_alike |= there & (a["folded"][:, i] == b["folded"][:, j])
    same = known & (first_a == first_b)
    same_boat = known & (a["boat"][:, 0] == b["boat"][:, 0])
    elsewhere = (reissued | look_alike) & _other_event(a, b)
    rules = (
        ("band_differs", known),
        ("band_same_boat", same_boat),
        ("band_slip", _one_slip(first_a, first_b, known & ~same)),
        ("band_next", _close_numbers(first_a, first_b, same_boat & ~same)),
        ("band_look_alike", look_alike),
        ("band_reissued", reissued),
        ("band_same", same),
        ("band_elsewhere", elsewhere),
    )
    return choose(BAND, rules, count)


def arrival(a: Array, b: Array) -> Array:
    """Give the index into ARRIVAL; one event is one day, whatever days were typed for it."""
    apart = np.abs(a["on"].astype(np.int64) - b["on"])
    known = (a["on"] > 0) & (b["on"] > 0)
    rules = (
        ("day_far", known),
        ("day_same_week", known & (apart <= _WEEK)),
        ("day_next", known & (apart <= 1)),
        ("day_same", (known & (apart == 0)) | _same_event(a, b)),
    )
    return choose(ARRIVAL, rules, len(a))


def event(a: Array, b: Array) -> Array:
    """Give the index into EVENT."""
    return _same_or_not(a["event"], b["event"])


def sex(a: Array, b: Array) -> Array:
    """Give the index into SEX."""
    return _same_or_not(a["sex"], b["sex"])


def country(a: Array, b: Array) -> Array:
    """Give the index into COUNTRY; neighbours often claimed for each other are `confused`."""
    found = _same_or_not(a["country"], b["country"])
    differs = np.flatnonzero(found == SEX.index("sex_differs"))
    pair = a["country"][differs].astype(np.uint64) << np.uint64(32) | b["country"][differs]
    confused = np.isin(pair, _confused())
    found[differs] = COUNTRY.index("country_differs")
    found[differs[confused]] = COUNTRY.index("country_confused")
    return found


@cache
def _confused() -> Array:
    """Give the pairs of countries often claimed for each other, each as one number."""
    pairs = sorted(hash32(x) << 32 | hash32(y) for x, y in tables.confused_countries())
    return np.array(pairs, dtype=np.uint64)


def language(a: Array, b: Array) -> Array:
    """Give the index into LANGUAGE."""
    return _same_or_not(a["language"], b["language"])


def _used(column: Array) -> list[int]:
    """Give the places of a column of several texts at which any record holds one."""
    places: list[int] = np.flatnonzero((column != b"").any(axis=0)).tolist()
    return places


def _close_numbers(left: Array, right: Array, among: Array) -> Array:
    """Tell where the last groups of two bands are numbers a few apart, as a family's are."""
    close = np.zeros(len(left), dtype=bool)
    at = np.flatnonzero(among)
    close[at] = [
        abs(_last_number(x) - _last_number(y)) <= _NEXT
        for x, y in zip(left[at].tolist(), right[at].tolist(), strict=True)
    ]
    return close


@lru_cache(maxsize=50_000)
def _last_number(band: bytes) -> int:
    group = band.rpartition(b"-")[2]
    return int(group) if group.isdigit() else _UNNUMBERED


def choose(codes: tuple[str, ...], rules: tuple[tuple[str, Array], ...], count: int) -> Array:
    """Give the index of the last rule that holds, 0 where none does."""
    found = np.zeros(count, dtype=np.int8)
    for code, holds in rules:
        found[holds] = codes.index(code)
    return found


def _same_or_not(left: Array, right: Array) -> Array:
    known = (left > 0) & (right > 0)
    return np.where(known, np.where(left == right, 1, 2), 0).astype(np.int8)


def _same_event(a: Array, b: Array) -> Array:
    answer: Array = (a["event"] > 0) & (a["event"] == b["event"])
    return answer


def _other_event(a: Array, b: Array) -> Array:
    """Tell where two records are known to be of different events, or of days two or more apart."""
    differ = (a["event"] > 0) & (b["event"] > 0) & (a["event"] != b["event"])
    same = _same_event(a, b)
    days = (a["on"] > 0) & (b["on"] > 0) & (np.abs(a["on"].astype(np.int64) - b["on"]) > 1)
    answer: Array = differ | (days & ~same)
    return answer


def _one_slip(left: Array, right: Array, among: Array) -> Array:
    """Tell where two short texts differ by one letter changed, missing, added or exchanged."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    slip = np.zeros(len(left), dtype=bool)
    at = np.flatnonzero(among)
    if not len(at):
        return slip
    first, second = left[at], right[at]
    likely = (first.astype("S3") == second.astype("S3")) | (_end(first) == _end(second))
    at, first, second = at[likely], first[likely], second[likely]
    texts = first.astype("U").tolist(), second.astype("U").tolist()
    slip[at] = cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8) <= 1
    return slip


def _end(texts: Array) -> Array:
    """Give the last two letters of each text."""
    letters = np.ascontiguousarray(texts).view("u1").reshape(len(texts), -1).astype(np.int32)
    length = (letters > 0).sum(axis=1)
    rows = np.arange(len(texts))
    answer: Array = (
        letters[rows, np.maximum(length - 1, 0)] * 256 + letters[rows, np.maximum(length - 2, 0)]
    )
    return answer
