"""Two bags of name parts laid side by side: which part answers which, and what is left over.

Greedy one to one, best level first, so that swapped, dropped and added parts do no harm. All pairs
of a batch at once: arrays have the shape (pairs, parts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity.features import FAMILY, FIRST, JOINS, PARTS, WEAK

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# How well two parts agree, best last.
NONE, LOOSE, WITHIN, INITIAL, SLIP, SOUND, CLOSE, CANONICAL, SAME = range(9)

_LONG: Final = 8  # a part this long may differ in two letters
_INSIDE: Final = 3  # letters a part needs more to hold another one
_ODD: Final = 4  # letters only one of two loosely alike parts has, at most
_SHORT: Final = 4  # a part shorter than this may not differ at all


@dataclass(frozen=True, slots=True)
class Alignment:
    """`level[i, k]` is how well parts `left[i, k]` and `right[i, k]` of pair i agree (0: no k-th).

    `open_left` and `open_right` mark parts without an answer. `joined_left[i]` is the first of two
    neighbours on the left that one part on the right writes as one, -1 where there is none; so
    `joined_right`.
    """

    level: Array
    left: Array
    right: Array
    open_left: Array
    open_right: Array
    joined_left: Array
    joined_right: Array


def align(a: Array, b: Array) -> Alignment:
    """Align the name parts of records `a[i]` and `b[i]`; both are tables of `features.layout`."""
    import numpy as np

    grades = _grades(a, b)
    steps = [np.zeros((len(a), PARTS), dtype=np.int8) for _ in range(3)]
    opened = a["part"] != b"", b["part"] != b""
    _take(grades, steps, opened)
    joined_left = _join(a, b, *opened)
    joined_right = _join(b, a, *reversed(opened))
    again = np.flatnonzero(opened[0].any(axis=1) & opened[1].any(axis=1))
    if len(again):
        later = [kept[again] for kept in steps]
        still = opened[0][again], opened[1][again]
        _take(_loose_grades(a["part"][again], b["part"][again], *still), later, still)
        for kept, value in zip((*steps, *opened), (*later, *still), strict=True):
            kept[again] = value
    return Alignment(*steps, *opened, joined_left, joined_right)


def _take(grades: Array, steps: list[Array], opened: tuple[Array, Array]) -> None:
    """Take the best grade of each pair, then the best of what is left, into the free steps."""
    import numpy as np

    index = np.arange(len(grades))
    for _ in range(PARTS):
        flat = grades[index].reshape(len(index), -1)
        at = flat.argmax(axis=1)
        best = flat[np.arange(len(index)), at]
        index, at, best = index[best > 0], at[best > 0], best[best > 0]
        if not len(index):
            return
        left, right = at // PARTS, at % PARTS
        step = (steps[0][index] > 0).sum(axis=1)
        for kept, value in zip(steps, (best, left, right), strict=True):
            kept[index, step] = value
        grades[index, left, :] = 0
        grades[index, :, right] = 0
        opened[0][index, left] = False
        opened[1][index, right] = False


def _grades(a: Array, b: Array) -> Array:
    """Give the level of every part of `a[i]` against every part of `b[i]`: (pairs, 6, 6) int8."""
    import numpy as np

    part_a, part_b = a["part"][:, :, None], b["part"][:, None, :]
    both = (part_a != b"") & (part_b != b"")
    sound = np.zeros(both.shape, dtype=bool)
    skeleton_a, skeleton_b = a["skeleton"], b["skeleton"]
    for i in range(skeleton_a.shape[2]):
        for j in range(skeleton_b.shape[2]):
            left, right = skeleton_a[:, :, None, i], skeleton_b[:, None, :, j]
            sound |= (left == right) & (left > 0)
    close = _close(a["part"], b["part"], both)
    grades = np.zeros(both.shape, dtype=np.int8)
    grades[_initial(a["part"], b["part"]) & both] = INITIAL
    grades[close] = SLIP
    grades[sound] = SOUND
    grades[close & sound] = CLOSE
    grades[(part_a == part_b) & both] = CANONICAL
    grades[(a["plain"][:, :, None] == b["plain"][:, None, :]) & both] = SAME
    return grades


def _initial(part_a: Array, part_b: Array) -> Array:
    """Tell where one part is a single letter and the other, longer one begins with it."""
    import numpy as np

    first_a, first_b = part_a.astype("S1")[:, :, None], part_b.astype("S1")[:, None, :]
    lone_a, lone_b = (np.char.str_len(p) == 1 for p in (part_a, part_b))
    return (first_a == first_b) & (lone_a[:, :, None] != lone_b[:, None, :])


def _close(part_a: Array, part_b: Array, both: Array) -> Array:
    """Tell where two parts differ by one slip (two where both are long)."""
    import numpy as np
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    words, ids = np.unique(np.concatenate([part_a, part_b]), return_inverse=True)
    ids = ids.reshape(-1, PARTS)
    id_a, id_b = ids[: len(part_a), :, None], ids[len(part_a) :, None, :]
    length, letters = np.char.str_len(words), _letters(words)
    longest = np.maximum(length[id_a], length[id_b])
    allowed = np.where(longest >= _LONG, 2, 1)
    likely = both & (id_a != id_b) & (np.minimum(length[id_a], length[id_b]) >= _SHORT)
    likely &= np.bitwise_count(letters[id_a] ^ letters[id_b]) <= 2 * allowed
    at = np.nonzero(likely)
    pairs = (
        np.broadcast_to(id_a, both.shape)[at] * len(words) + np.broadcast_to(id_b, both.shape)[at]
    )
    asked, back = np.unique(pairs, return_inverse=True)
    text = words.astype("U").tolist()
    left, right = [text[i] for i in asked // len(words)], [text[i] for i in asked % len(words)]
    apart = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)[back]
    close = np.zeros(both.shape, dtype=bool)
    close[at] = apart <= allowed[at]
    return close


def _letters(words: Array) -> Array:
    """Give the set of letters of each word as a bit mask."""
    import numpy as np

    codes = words.view("u1").reshape(len(words), -1) & 31
    return np.bitwise_or.reduce(
        np.where(codes > 0, np.uint32(1) << codes.astype(np.uint32), 0), axis=1
    )


def _join(a: Array, b: Array, open_a: Array, open_b: Array) -> Array:
    """Close open neighbours of `a` that one open part of `b` writes as one; give the first's place."""
    import numpy as np

    joined = np.full(len(a), -1, dtype=np.int8)
    index = np.flatnonzero((open_a.sum(axis=1) > 1) & open_b.any(axis=1))
    for step in range(JOINS):
        at, pair = step % (PARTS - 1), a["joined"][index, step]
        answers = (b["rough"][index] == pair[:, None]) & open_b[index]
        hit = answers.any(axis=1) & open_a[index, at] & open_a[index, at + 1] & (pair > 0)
        chosen = index[hit]
        open_a[chosen, at] = open_a[chosen, at + 1] = False
        open_b[chosen, answers[hit].argmax(axis=1)] = False
        joined[chosen] = at
    return joined


def _loose_grades(part_a: Array, part_b: Array, open_a: Array, open_b: Array) -> Array:
    """Grade what is still open: one part inside a longer one, or two with several slips."""
    import numpy as np

    both = open_a[:, :, None] & open_b[:, None, :]
    at = np.nonzero(both)
    words, ids = np.unique(np.concatenate([part_a, part_b]), return_inverse=True)
    ids = ids.reshape(-1, PARTS)
    left, right = ids[at[0], at[1]], ids[at[0] + len(part_a), at[2]]
    length, letters = np.char.str_len(words), _letters(words)
    short = np.minimum(length[left], length[right])
    longer = np.maximum(length[left], length[right]) - short
    fewer = letters[left] & letters[right]
    inside = (longer >= _INSIDE) & (short >= _SHORT)
    inside &= (fewer == letters[left]) | (fewer == letters[right])
    likely = inside | ((longer <= 2) & (np.bitwise_count(letters[left] ^ letters[right]) <= _ODD))
    asked, back = np.unique((left * len(words) + right)[likely], return_inverse=True)
    text = words.astype("U").tolist()
    found = [_loose(text[pair // len(words)], text[pair % len(words)]) for pair in asked.tolist()]
    grades = np.zeros(both.shape, dtype=np.int8)
    grades[tuple(axis[likely] for axis in at)] = np.array(found, dtype=np.int8)[back]
    return grades


def _loose(left: str, right: str) -> int:
    """Give WITHIN, LOOSE or NONE for two parts that do not agree better."""
    from rapidfuzz.distance import OSA

    short, long = sorted((left, right), key=len)
    if len(short) >= _SHORT and len(long) >= len(short) + _INSIDE:
        return WITHIN if long.startswith(short) or long.endswith(short) else NONE
    allowed = max(1, len(long) * 2 // 5)
    return LOOSE if len(short) > 2 and OSA.distance(left, right) <= allowed else NONE  # noqa: PLR2004 - two letters may be anybody's


def first_parts(rows: Array) -> Array:
    """Tell which parts are the first telling part of a given name: (records, parts) bool."""
    return (rows["flags"] & FIRST) > 0


def family_parts(rows: Array) -> Array:
    """Tell which parts stand in the family name: (records, parts) bool."""
    return (rows["flags"] & FAMILY) > 0


def telling_parts(rows: Array) -> Array:
    """Tell which parts are there and not weak: (records, parts) bool."""
    return (rows["part"] != b"") & ((rows["flags"] & WEAK) == 0)
