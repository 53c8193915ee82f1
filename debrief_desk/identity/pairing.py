"""Candidate pairs of a whole register from its keys, without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity.keys import table_keys

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

LONGEST: Final = 80  # records under one key beyond which the key says too little
_CHUNK: Final = 50_000


def candidate_pairs(rows: Array, split: int | None = None, longest: int = LONGEST) -> Array:
    """Give pairs of row numbers that share a key: (pairs, 2), smaller number first, each once.

    With `split`, only pairs of one row before and one row at or after `split`.
    """
    import numpy as np

    keys, owners = _postings(rows)
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    lengths = np.diff(np.r_[starts, len(keys)])
    usable = np.repeat((lengths <= longest) & (lengths > 1), lengths)
    owners, ends = owners[usable], np.repeat(starts + lengths, lengths)[usable]
    places = np.flatnonzero(usable)
    found: list[Array] = []
    for step in range(1, longest):
        again = np.flatnonzero(places + step < ends)
        if not len(again):
            break
        left, right = owners[again].astype(np.int64), owners[again + step]
        if split is not None:
            across = (left < split) & (right >= split)
            left, right = left[across], right[across]
        found.append(left << 32 | right)
    pairs = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    return np.stack([pairs >> 32, pairs & 0xFFFFFFFF], axis=1)


def _postings(rows: Array) -> tuple[Array, Array]:
    """Give all (key, row) once each, sorted by key, then row."""
    import numpy as np

    keys: list[Array] = []
    owners: list[Array] = []
    for start in range(0, len(rows), _CHUNK):
        block = table_keys(rows[start : start + _CHUNK])
        owner = np.repeat(np.arange(start, start + len(block), dtype=np.int32), block.shape[1])
        flat = block.ravel()
        keys.append(flat[flat != 0])
        owners.append(owner[flat != 0])
    key, owner = np.concatenate(keys), np.concatenate(owners)
    order = np.argsort(key, kind="stable")
    key, owner = key[order], owner[order]
    fresh = np.r_[True, (key[1:] != key[:-1]) | (owner[1:] != owner[:-1])]
    return key[fresh], owner[fresh]
