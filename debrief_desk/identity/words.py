"""The distinct name parts of a batch, and how close two of them are, letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

_LONG: Final = 8  # a part this long may differ in two letters
_SHORT: Final = 4  # a part shorter than this may not differ at all
_SHORTEST: Final = 3  # shorter parts may be anybody's
_MORE: Final = 3  # letters a part needs more to hold another one
_ODD: Final = 4  # letters only one of two loosely alike parts has, at most


class Words:
    """Distinct parts in canonical spelling; pairs are given as two arrays of their numbers."""

    def __init__(self, texts: Array) -> None:
        self._texts: list[str] = texts.astype("U").tolist()
        codes = np.ascontiguousarray(texts).view("u1").reshape(-1, texts.itemsize)
        bits = np.where(codes > 0, np.uint32(1) << (codes & 31).astype(np.uint32), np.uint32(0))
        self._length = (codes > 0).sum(axis=1)
        self._letters = np.bitwise_or.reduce(bits, axis=1)
        self._first = codes[:, 0]

    def initial(self, left: Array, right: Array) -> Array:
        """Tell where one part is a single letter and the other, longer one begins with it."""
        alone = (self._length[left] == 1) != (self._length[right] == 1)
        same: Array = self._first[left] == self._first[right]
        answer: Array = same & alone
        return answer

    def close(self, left: Array, right: Array) -> Array:
        """Tell where two parts differ by one slip, or two where one has eight letters or more."""
        length_a, length_b = self._length[left], self._length[right]
        allowed = np.where(np.maximum(length_a, length_b) >= _LONG, 2, 1)
        likely = (np.minimum(length_a, length_b) >= _SHORT) & (left != right)
        likely &= np.bitwise_count(self._letters[left] ^ self._letters[right]) <= 2 * allowed
        return self._within_distance(left, right, likely, allowed)

    def loose(self, left: Array, right: Array) -> Array:
        """Tell where two parts of alike length differ by no more than two letters in five."""
        length_a, length_b = self._length[left], self._length[right]
        longest = np.maximum(length_a, length_b)
        likely = (np.minimum(length_a, length_b) >= _SHORTEST) & (longest > 0)
        likely &= np.abs(length_a - length_b) <= 2  # noqa: PLR2004 - a letter or two added
        likely &= np.bitwise_count(self._letters[left] ^ self._letters[right]) <= _ODD
        return self._within_distance(left, right, likely, np.maximum(1, longest * 2 // 5))

    def inside(self, left: Array, right: Array) -> Array:
        """Tell where a part of four letters or more begins or ends one that is three longer."""
        length_a, length_b = self._length[left], self._length[right]
        shared = self._letters[left] & self._letters[right]
        likely = (np.minimum(length_a, length_b) >= _SHORT) & (np.abs(length_a - length_b) >= _MORE)
        likely &= (shared == self._letters[left]) | (shared == self._letters[right])
        found = np.zeros(len(left), dtype=bool)
        at = np.flatnonzero(likely)
        found[at] = [
            _holds(self._texts[i], self._texts[j])
            for i, j in zip(left[at].tolist(), right[at].tolist(), strict=True)
        ]
        return found

    def _within_distance(self, left: Array, right: Array, likely: Array, allowed: Array) -> Array:
        """Tell where `likely` pairs are at most `allowed` letters apart (exchanges count one)."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cpdist

        found = np.zeros(len(left), dtype=bool)
        at = np.flatnonzero(likely)
        if not len(at):
            return found
        asked, back = np.unique(left[at] * len(self._texts) + right[at], return_inverse=True)
        texts = self._texts
        first = [texts[i] for i in (asked // len(texts)).tolist()]
        second = [texts[i] for i in (asked % len(texts)).tolist()]
        apart = cpdist(first, second, scorer=OSA.distance, dtype=np.uint8)
        found[at] = apart[back] <= allowed[at]
        return found


def _holds(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return long.startswith(short) or long.endswith(short)
