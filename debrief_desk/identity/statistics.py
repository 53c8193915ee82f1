"""How common names, days, countries and events are in this register.

Only these counts follow the register; the weights are fixed. A register may keep the counts in a
table of its own: `terms_of` gives what one record adds, `Statistics(size, count_of)` reads them.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import spelling, tables
from debrief_desk.identity.features import Features, table
from debrief_desk.identity.hashing import hash32, hash_bytes, hash_together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

SMALLEST: Final = 1_000  # a smaller register is weighed like one of this size: a record day
_BACKGROUND: Final = 300  # records of background knowledge mixed into every register
_RARE: Final = 1 / 20_000  # background share of a term that is not in the table
_COUNTRY: Final = 30  # people of unknown habits mixed into every country
_MOST: Final = 14.0  # bits of rarity at most
_KEPT: Final = 500_000  # rarities or counts of one kind that are kept once worked out


class Statistics:
    """Counts of terms in a register of `size` records; `rarity` turns them into bits."""

    def __init__(self, size: int = 0, count_of: Callable[[str], int] | None = None) -> None:
        self.size = size
        self._counts: Counter[str] = Counter()
        self._count_of = count_of or self._counts.__getitem__
        self._known: dict[str, dict[Any, float]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """Give what another process needs: terms so rare that their count cannot matter stay."""
        least = (self.size + _BACKGROUND) * 2.0**-_MOST - 1
        kept = {t: n for t, n in self._counts.items() if n > least or t[0] in "NJcdt"}
        return _restored, (self.size, kept)

    @classmethod
    def of(cls, many: Sequence[Features]) -> Statistics:
        """Count all terms of `many` records."""
        counted = cls()
        step = 10_000
        for start in range(0, len(many), step):
            counted.add_rows(table(many[start : start + step]))
        return counted

    @classmethod
    def of_rows(cls, rows: Array) -> Statistics:
        """Count all terms of a table of `features.layout`."""
        counted = cls()
        counted.add_rows(rows)
        return counted

    def add(self, features: Features) -> None:
        """Count one record more."""
        self.size += 1
        self._known.clear()
        self._counts.update(terms_of(features))

    def take(self, counts: Mapping[str, int]) -> None:
        """Add counts of terms, without any record: for a register that keeps them itself."""
        self._counts.update(counts)
        self._known.clear()

    def remove(self, features: Features) -> None:
        """Count one record less: undoes `add`."""
        self.size -= 1
        self._known.clear()
        self._counts.subtract(terms_of(features))

    def count(self, term: str) -> int:
        """Give how many records have a term."""
        return self._count_of(term)

    def add_rows(self, rows: Array) -> None:
        """Count the records of a table of `features.layout`."""
        self.size += len(rows)
        self._known.clear()
        for prefix, column in _columns(rows):
            values, counts = np.unique(column, return_counts=True)
            names = _names(prefix, values)
            self._counts.update(
                {n: c for n, c in zip(names, counts.tolist(), strict=True) if n != prefix}
            )

    def rarity(self, prefix: str, values: Array) -> Array:
        """Give log2(1 / share) of each value in 0..14 bits; shape and order of `values`."""
        return self._worked_out(prefix, prefix, self._rarity_of, values)

    def _rarity_of(self, term: str) -> float:
        known = _background()
        share = known.get(term, known.get(term[:2], _RARE)) * _BACKGROUND
        share = (self._count_of(term) + share) / (max(self.size, 1) + _BACKGROUND)
        return min(max(-math.log2(share), 0.0), _MOST)

    def _count(self, prefix: str, values: Array) -> Array:
        """Give how many records have each value."""
        return self._worked_out(f"count {prefix}", prefix, self._count_of, values)

    def _worked_out(
        self, what: str, prefix: str, work: Callable[[str], float], values: Array
    ) -> Array:
        """Give what `work` makes of the term of each value; what was asked before is kept."""
        known = self._known.setdefault(what, {})
        flat = values.ravel().tolist()
        for value in set(flat).difference(known):
            known[value] = work(_term(prefix, value))
        found = np.fromiter(map(known.__getitem__, flat), np.float64, len(flat))
        if len(known) > _KEPT:
            known.clear()
        return found.reshape(values.shape)

    def rarity_within(self, prefix: str, values: Array, a: Array, b: Array) -> Array:
        """Give the rarity among people of the countries `a[i]` and `b[i]`, never more than overall.

        With two countries the lower rarity counts; with none, that of the country where the value
        is commonest. So to learn a country never makes a value look commoner than not to know it.
        """
        overall = self.rarity(prefix, values)
        bits = overall.copy()
        for country in (a, b):
            known = country > 0
            if known.any():
                within = self._within(prefix, values[known], country[known], overall[known])
                bits[known] = np.minimum(bits[known], within)
        lost = np.flatnonzero((a == 0) & (b == 0))
        if len(lost):
            codes = np.array(country_hashes(), dtype=np.uint32)
            country = codes.repeat(len(lost))
            every = np.tile(values[lost], len(codes)), np.tile(overall[lost], len(codes))
            within = self._within(prefix, every[0], country, every[1]).reshape(len(codes), -1)
            bits[lost] = np.minimum(bits[lost], within.min(axis=0))
        return bits

    def _within(self, prefix: str, values: Array, country: Array, overall: Array) -> Array:
        there = self._count(prefix.upper(), _in_country(values, country))
        people = self._count("c:", country)
        share = (there + _COUNTRY * np.exp2(-overall)) / (people + _COUNTRY)
        bits: Array = np.clip(-np.log2(share), 0.0, _MOST)
        return bits

    def day_of_boat(self, boat: Array, on: Array) -> tuple[Array, Array]:
        """Give how many records with a band of `boat[i]` have a day, and the share on `on[i]`."""
        total = self._count("d:", boat)
        there = self._count("t:", _boat_day(boat, on))
        return total, there / np.maximum(total, 1)

    @property
    def prior(self) -> float:
        """Give the log2 odds that two records taken by chance are one person."""
        return -math.log2(max(self.size, SMALLEST))


def _restored(size: int, counts: dict[str, int]) -> Statistics:
    statistics = Statistics(size)
    statistics.take(counts)
    return statistics


def terms_of(features: Features) -> tuple[str, ...]:
    """Give the distinct terms that one record adds one to: name parts, birth, country, arrival."""
    rows = table([features])
    found: dict[str, None] = {}
    for prefix, column in _columns(rows):
        for name in _names(prefix, column):
            if name != prefix:
                found[name] = None
    return tuple(found)


def tokens_of(features: Features) -> tuple[str, ...]:
    """Give the name parts among `terms_of`, in canonical spelling."""
    return tuple(t[2:] for t in terms_of(features) if t.startswith("n:"))


def birth_day(rows: Array) -> Array:
    """Give month and day as one number, 0 where not known."""
    answer: Array = rows["month"].astype("<i4") * 100 + rows["day"]
    return answer


def default_year(rows: Array) -> Array:
    """Give the year of births on 1 January, 0 for all others."""
    return np.where((rows["month"] == 1) & (rows["day"] == 1), rows["year"], 0)


def _columns(rows: Array) -> list[tuple[str, Array]]:
    """Give the counted columns; a record counts once for each of its name parts."""
    return [
        ("n:", rows["part"].ravel()),
        ("N:", _in_country(rows["part"].ravel(), rows["country"].repeat(rows["part"].shape[1]))),
        ("r:", _distinct(rows["rough"]).ravel()),
        ("y:", rows["year"]),
        ("j:", default_year(rows)),
        ("J:", _in_country(default_year(rows), rows["country"])),
        ("m:", birth_day(rows)),
        ("s:", rows["sex"]),
        ("c:", rows["country"]),
        ("l:", rows["language"]),
        ("e:", rows["event"]),
        ("a:", rows["on"]),
        ("b:", rows["band"].ravel()),
        ("d:", np.where(rows["on"] > 0, rows["boat"][:, 0], 0)),
        ("t:", _boat_day(rows["boat"][:, 0], rows["on"])),
    ]


def _boat_day(boat: Array, on: Array) -> Array:
    """Give one number for a band's boat and a day; 0 where either is missing."""
    return hash_together(2, boat, on)


@cache
def _background() -> dict[str, float]:
    """Give the shipped shares, those of rough parts added up from the parts they stand for."""
    shares = dict(tables.common_shares())
    for term, share in tables.common_shares().items():
        if term.startswith("n:") and len(term) > len("n:"):
            rough = f"r:{hash32(spelling.rough(term.removeprefix('n:')))}"
            shares[rough] = shares.get(rough, 0.0) + share
    return shares


@cache
def country_hashes() -> tuple[int, ...]:
    """Give the hashes of all countries of the shipped table, as `layout` holds them."""
    return tuple(sorted({hash32(code) for code in tables.country_codes().values()}))


def _in_country(values: Array, country: Array) -> Array:
    """Give one number for a value in a country; 0 where either is missing."""
    hashed = hash_bytes(values) if values.dtype.kind == "S" else values
    return hash_together(1, hashed, country)


def _distinct(column: Array) -> Array:
    """Blank repeated values within a row."""
    ordered = np.sort(column, axis=1)
    ordered[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    return ordered


def _names(prefix: str, values: Array) -> list[str]:
    """Give the terms of distinct values; a missing value gives the bare prefix."""
    return [_term(prefix, value) for value in values.tolist()]


def _term(prefix: str, value: bytes | int) -> str:
    if isinstance(value, bytes):
        return prefix + value.decode()
    return f"{prefix}{value}" if value else prefix
