"""Candidate pairs of a whole register from its keys, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity.keys import table_keys

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

_LISTS: Final = ((50_000, 100), (300_000, 80))  # up to so many records: longest list that is used
_SHORTEST_LIMIT: Final = 40
_CHUNK: Final = 50_000


@dataclass(frozen=True, slots=True)
class Postings:
    """Rows filed under their keys, lists too long left out.

    `owner` holds row numbers, list after list; `end[i]` is where the list of entry i ends. `by_row`
    holds the places in `owner` row by row, those of row r from `first[r]` to `first[r + 1]`.
    """

    owner: Array
    end: Array
    by_row: Array
    first: Array

    def pairs(self, start: int, stop: int, split: int | None = None) -> Array:
        """Give pairs (row, later row) that share a key, for rows from `start` to `stop`.

        Shape (pairs, 2), sorted, each once. With `split`, only pairs across that row number.
        """
        places = self.by_row[self.first[start] : self.first[stop]].astype(np.int64)
        counts = self.end[places] - places - 1
        at = np.repeat(places, counts)
        steps = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
        left, right = self.owner[at].astype(np.int64), self.owner[at + steps + 1]
        if split is not None:
            across = (left < split) & (right >= split)
            left, right = left[across], right[across]
        pairs = np.unique(left << 32 | right)
        return np.stack([pairs >> 32, pairs & 0xFFFFFFFF], axis=1)

    def blocks(self, most: int) -> list[tuple[int, int]]:
        """Cut the rows into runs that give about `most` pairs each, doubles counted."""
        later = np.cumsum((self.end - np.arange(len(self.end)) - 1)[self.by_row])
        done = np.r_[0, later][self.first]
        cuts = np.searchsorted(done, np.arange(0, done[-1] + most, most))
        edges = np.unique(np.minimum(np.r_[0, cuts, len(self.first) - 1], len(self.first) - 1))
        return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def file_rows(rows: Array, longest: int | None = None) -> Postings:
    """File all rows under their stored keys; lists of more than `longest` rows say too little."""
    limit = longest or next((most for size, most in _LISTS if len(rows) <= size), _SHORTEST_LIMIT)
    key, owner = _entries(rows)
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[starts, len(key)])
    useful = (lengths > 1) & (lengths <= limit)
    owner = owner[np.repeat(useful, lengths)]
    kept = lengths[useful]
    end = np.repeat(np.cumsum(kept), kept)
    by_row = np.argsort(owner, kind="stable").astype(np.int32)
    first = np.searchsorted(owner[by_row], np.arange(len(rows) + 1))
    return Postings(owner, end.astype(np.int32), by_row, first)


def candidate_pairs(rows: Array, split: int | None = None, longest: int | None = None) -> Array:
    """Give all pairs of rows that share a key: (pairs, 2), smaller number first, each once."""
    filed = file_rows(rows, longest)
    found = [filed.pairs(*block, split) for block in filed.blocks(10_000_000)]
    return np.concatenate([np.zeros((0, 2), dtype=np.int64), *found])


def _entries(rows: Array) -> tuple[Array, Array]:
    """Give all (key, row) once each, sorted by key, then row."""
    keys: list[Array] = [np.zeros(0, dtype=np.int64)]
    owners: list[Array] = [np.zeros(0, dtype=np.int32)]
    for start in range(0, len(rows), _CHUNK):
        keyed = table_keys(rows[start : start + _CHUNK])
        owner = np.arange(start, start + len(keyed), dtype=np.int32).repeat(keyed.shape[1])
        flat = keyed.ravel()
        keys.append(flat[flat != 0])
        owners.append(owner[flat != 0])
    key, owner = np.concatenate(keys), np.concatenate(owners)
    order = np.argsort(key, kind="stable")
    key, owner = key[order], owner[order]
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = (key[1:] != key[:-1]) | (owner[1:] != owner[:-1])
    return key[fresh], owner[fresh]
