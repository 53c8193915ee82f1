"""Hashes that are the same in every process and every release (Python's own are salted)."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

_PRIME: Final = 0x9E3779B97F4A7C15


@lru_cache(maxsize=200_000)
def hash32(text: str) -> int:
    """Give an unsigned 32-bit hash of `text`, never 0; 0 for no text."""
    if not text:
        return 0
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "little") or 1


def hash_bytes(column: Array) -> Array:
    """Hash short byte strings to unsigned 64 bits; empty gives 0."""
    width = -(-column.dtype.itemsize // 8) * 8
    words = np.ascontiguousarray(column.astype(f"S{width}")).view("<u8").reshape(len(column), -1)
    hashed = np.zeros(len(column), dtype=np.uint64)
    for at in range(words.shape[1]):
        hashed = _stir(hashed ^ words[:, at])
    return np.where(words[:, 0] == 0, np.uint64(0), hashed)


def hash_together(kind: Array | int, *facts: Array) -> Array:
    """Join facts of one shape to unsigned 64-bit hashes; 0 where any fact is missing (0).

    `kind` keeps hashes of different facts apart: one number, or one for each last axis place.
    """
    kinds = np.asarray(kind, dtype=np.uint64)[np.newaxis] * np.uint64(_PRIME)
    hashed = np.broadcast_to(kinds, facts[0].shape)
    known = np.ones(facts[0].shape, dtype=bool)
    for fact in facts:
        known &= fact != 0
        hashed = _stir(hashed ^ fact.astype(np.int64).view(np.uint64))
    return np.where(known, hashed, np.uint64(0))


def _stir(hashed: Array) -> Array:
    stirred = hashed * np.uint64(_PRIME)
    mixed: Array = stirred ^ (stirred >> np.uint64(31))
    return mixed
