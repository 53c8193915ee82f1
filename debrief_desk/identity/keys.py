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

VERSION: Final = 1
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
    import numpy as np

    return np.stack(list(_stored(rows)), axis=1)


def table_probes(rows: Array) -> Array:
    """Give the keys to ask for of many records: shape (records, keys), 0 where there is none."""
    import numpy as np

    return np.concatenate([table_keys(rows), np.stack(list(_near(rows)), axis=1)], axis=1)


def _row_of(keys: Array) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(k) for k in keys[0] if k))


def _stored(rows: Array) -> Iterator[Array]:
    import numpy as np

    parts, year, on = _telling(rows), rows["year"], rows["on"]
    date = year.astype(np.int64) * 400 + rows["month"] * 32 + rows["day"]
    exact = (rows["day"] > 0) & ~_first_of_january(rows)
    number = rows["digits"]
    for at in range(number.shape[1]):
        digits = hash_bytes(number[:, at])
        yield _mix(1, digits)
        if at == 0:
            yield _mix(2, hash_bytes(number[:, at].astype(f"S{_PREFIX}")))
            yield _mix(3, hash_bytes(_tail(number[:, at])))
    for at in range(rows["folded"].shape[1]):
        yield _mix(4, rows["folded"][:, at])
    yield _mix(5, np.where(exact, date, 0))
    for i, j in _PAIRS:
        yield _mix(6, *_sorted(parts[:, i], parts[:, j]))
        yield _mix(7, *_sorted(parts[:, i], parts[:, j]), year)
    for pair, other in _JOINED:
        yield _mix(6, *_sorted(rows["joined"][:, pair], rows["rough"][:, other]))
    yield from _by_part(rows, parts, year, on)
    yield _mix(12, on, year)
    lone = (parts[:, 0] > 0) & (parts[:, 1] == 0)
    yield _mix(13, np.where(lone, parts[:, 0], 0))


def _by_part(rows: Array, parts: Array, year: Array, on: Array) -> Iterator[Array]:
    import numpy as np

    exact = (rows["day"] > 0) & ~_first_of_january(rows)
    monthday = np.where(exact, rows["month"] * 32 + rows["day"], 0)
    for at in range(parts.shape[1]):
        yield _mix(8, parts[:, at], year)
        yield _mix(9, parts[:, at], on)
        yield _mix(10, parts[:, at], rows["event"])
        yield _mix(11, parts[:, at], monthday)
    for at in (0, 1, PARTS - 1, PARTS):  # two pairs of neighbours, then turned
        yield _mix(8, rows["joined"][:, at], year)
        yield _mix(9, rows["joined"][:, at], on)


def _near(rows: Array) -> Iterator[Array]:
    import numpy as np

    parts, year, on = _telling(rows), rows["year"], rows["on"]
    swapped = year.astype(np.int64) * 400 + rows["day"] * 32 + rows["month"]
    yield _mix(5, np.where((rows["day"] > 1) & (rows["day"] <= _MONTHS), swapped, 0))
    for step in (-1, 1):
        near_year, near_day = np.where(year > 0, year + step, 0), np.where(on > 0, on + step, 0)
        for at in range(parts.shape[1]):
            yield _mix(8, parts[:, at], near_year)
            yield _mix(9, parts[:, at], near_day)
        yield _mix(12, near_day, year)
        for i, j in _PAIRS:
            yield _mix(7, *_sorted(parts[:, i], parts[:, j]), near_year)


def _sorted(left: Array, right: Array) -> tuple[Array, Array]:
    """Give two columns with the smaller value of each row first; missing stays missing."""
    import numpy as np

    return np.minimum(left, right), np.maximum(left, right)


def _telling(rows: Array) -> Array:
    """Give the rough parts that tell people apart, moved to the front: shape (records, 4)."""
    import numpy as np

    telling = np.where((rows["flags"] & WEAK) == 0, rows["rough"], 0)
    order = np.argsort(telling == 0, axis=1, kind="stable")
    return np.take_along_axis(telling, order, axis=1)[:, :4]


def _first_of_january(rows: Array) -> Array:
    answer: Array = (rows["month"] == 1) & (rows["day"] == 1)
    return answer


def _tail(column: Array) -> Array:
    """Give the last four characters of byte strings that have more than four."""
    import numpy as np

    letters = column.astype(f"S{column.dtype.itemsize}").view("u1").reshape(len(column), -1)
    length = (letters > 0).sum(axis=1)
    at = np.clip(length[:, None] - _SUFFIX + np.arange(_SUFFIX), 0, letters.shape[1] - 1)
    tail = np.ascontiguousarray(np.take_along_axis(letters, at, axis=1)).view(f"S{_SUFFIX}")[:, 0]
    return np.where(length > _SUFFIX, tail, b"")


def _mix(kind: int, *facts: Array) -> Array:
    """Join facts to one key a record; 0 where any fact is missing."""
    import numpy as np

    return hash_together(kind, *facts).view(np.int64)
