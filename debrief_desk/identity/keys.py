"""Keys under which a record is filed, so that likely partners are found without a scan.

Each key joins two cheap facts (a name part and a birth year, two name parts, a part and a day of
arrival) or is one strong fact (a reference, a band, a full birth date that is no default). A
register stores `keys_of` each record and asks with `probe_keys` of the person looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from debrief_desk.identity.features import PARTS, WEAK, Features, table
from debrief_desk.identity.hashing import hash_bytes, hash_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np

    Array = np.ndarray[Any, Any]
    # a kind and the facts it joins
    Wanted = tuple[int, Array] | tuple[int, Array, Array] | tuple[int, Array, Array, Array]
else:
    from debrief_desk.identity import arrays as np

VERSION: Final = 2
LONGEST: Final = 2_000  # entries of one list worth reading for one person
Id = TypeVar("Id", int, str)

_PAIRS: Final = [(i, j) for i in range(4) for j in range(i + 1, 4)]
_JOINED: Final = ((0, 2), (1, 0), (PARTS - 1, 2), (PARTS, 0))  # two parts as one, and the third
_MONTHS: Final = 12
_PREFIX: Final = 5
_SUFFIX: Final = 4


def keys_of(features: Features) -> tuple[int, ...]:
    """Give the keys to store for a record: distinct signed 64-bit integers, 10 to 25 of them."""
    return _row_of(table_keys(table([features])))


def probe_keys(features: Features) -> tuple[int, ...]:
    """Give the keys to ask for: the stored ones, with neighbouring years and days, dates swapped.

    The likeliest to be short come first: references and bands, then pairs of facts.
    """
    return _row_of(table_probes(table([features])))


def choose(lists: Mapping[int, Sequence[Id]], budget: int = 600) -> list[Id]:
    """Give up to `budget` candidates from the lists found under the probe keys.

    Those under short lists and under several count most; equal ones in the order of the ids. A
    caller may leave out lists of more than `LONGEST` entries, and read no more of any.
    """
    import math

    weight: dict[Id, float] = {}
    for found in lists.values():
        worth = 1.0 / math.log2(len(found) + 2)
        for one in found:
            weight[one] = weight.get(one, 0.0) + worth
    if len(weight) <= budget:
        return sorted(weight)
    return sorted(sorted(weight), key=lambda one: -weight[one])[:budget]


def table_keys(rows: Array) -> Array:
    """Give the stored keys of many records: shape (records, keys) of int64, 0 where none is."""
    return _mixed([*_stored(rows)])


def table_probes(rows: Array) -> Array:
    """Give the keys to ask for of many records: shape (records, keys), 0 where there is none."""
    return _mixed([*_stored(rows), *_near(rows)])


def _mixed(wanted: list[Wanted]) -> Array:
    """Hash all wanted keys, those of equally many facts at once; columns in the order given."""
    keys = np.zeros((len(wanted[0][1]), len(wanted)), dtype=np.int64)
    for count in range(2, 5):
        columns = [at for at, one in enumerate(wanted) if len(one) == count]
        kinds = np.array([wanted[at][0] for at in columns], dtype=np.uint64)
        facts = [np.stack([wanted[at][i] for at in columns], axis=1) for i in range(1, count)]
        keys[:, columns] = hash_together(kinds, *facts).view(np.int64)
    return keys


def _row_of(keys: Array) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(k) for k in keys[0] if k))


def _stored(rows: Array) -> Iterator[Wanted]:
    parts, year, on = _telling(rows), _wide(rows["year"]), _wide(rows["on"])
    number = rows["digits"]
    for at in range(number.shape[1]):
        yield 1, _wide(hash_bytes(number[:, at]))
    yield 2, _wide(hash_bytes(number[:, 0].astype(f"S{_PREFIX}")))
    yield 3, _wide(hash_bytes(_tail(number[:, 0])))
    for at in range(rows["folded"].shape[1]):
        yield 4, _wide(rows["folded"][:, at])
    monthday = np.where(_exact(rows), _wide(rows["month"]) * 32 + rows["day"], 0)
    yield 5, np.where(monthday > 0, year * 400 + monthday, 0)
    for low, high in _part_pairs(parts):
        yield 6, low, high
        yield 7, low, high, year
    for pair, other in _JOINED:
        yield 6, *_sorted(_wide(rows["joined"][:, pair]), _wide(rows["rough"][:, other]))
    event = _wide(rows["event"])
    for at in range(parts.shape[1]):
        yield 8, parts[:, at], year
        yield 9, parts[:, at], on
        yield 10, parts[:, at], event
        yield 11, parts[:, at], monthday
    for at in (0, 1, PARTS - 1, PARTS):  # two pairs of neighbours, then turned
        joined = _wide(rows["joined"][:, at])
        yield 8, joined, year
        yield 9, joined, on
    yield 12, on, year
    yield 13, np.where((parts[:, 0] > 0) & (parts[:, 1] == 0), parts[:, 0], 0)


def _near(rows: Array) -> Iterator[Wanted]:
    parts, year, on = _telling(rows), _wide(rows["year"]), _wide(rows["on"])
    turned = year * 400 + _wide(rows["day"]) * 32 + rows["month"]
    yield 5, np.where((rows["day"] > 1) & (rows["day"] <= _MONTHS), turned, 0)
    for step in (-1, 1):
        near_year, near_day = np.where(year > 0, year + step, 0), np.where(on > 0, on + step, 0)
        for at in range(parts.shape[1]):
            yield 8, parts[:, at], near_year
            yield 9, parts[:, at], near_day
        yield 12, near_day, year
        for low, high in _part_pairs(parts):
            yield 7, low, high, near_year


def _wide(column: Array) -> Array:
    """Give a column as 64-bit integers, so that no product of it overflows."""
    answer: Array = column.view(np.int64) if column.dtype == np.uint64 else column.astype(np.int64)
    return answer


def _part_pairs(parts: Array) -> Iterator[tuple[Array, Array]]:
    for i, j in _PAIRS:
        yield _sorted(parts[:, i], parts[:, j])


def _sorted(left: Array, right: Array) -> tuple[Array, Array]:
    """Give two columns with the smaller value of each row first; missing stays missing."""
    return np.minimum(left, right), np.maximum(left, right)


def _telling(rows: Array) -> Array:
    """Give the rough parts that tell people apart, moved to the front: shape (records, 4)."""
    telling = np.where((rows["flags"] & WEAK) == 0, _wide(rows["rough"]), 0)
    order = np.argsort(telling == 0, axis=1, kind="stable")
    return np.take_along_axis(telling, order, axis=1)[:, :4]


def _exact(rows: Array) -> Array:
    """Tell which births are full dates and no default."""
    answer: Array = (rows["day"] > 0) & ~((rows["month"] == 1) & (rows["day"] == 1))
    return answer


def _tail(column: Array) -> Array:
    """Give the last four characters of byte strings that have more than four."""
    letters = column.astype(f"S{column.dtype.itemsize}").view("u1").reshape(len(column), -1)
    length = (letters > 0).sum(axis=1)
    at = np.clip(length[:, None] - _SUFFIX + np.arange(_SUFFIX), 0, letters.shape[1] - 1)
    tail = np.ascontiguousarray(np.take_along_axis(letters, at, axis=1)).view(f"S{_SUFFIX}")[:, 0]
    return np.where(length > _SUFFIX, tail, b"")
