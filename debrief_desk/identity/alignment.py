"""Two bags of name parts laid side by side: which part answers which, and what is left over.

Greedy one to one, best level first, so that swapped, dropped and added parts do no harm. All pairs
of a batch at once: arrays have the shape (pairs, parts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from debrief_desk.identity.features import FAMILY, FIRST, PARTS, WEAK
from debrief_desk.identity.spelling import LETTERS
from debrief_desk.identity.words import Words

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

_SLIP_IN = 5  # letters of a joined part for each slip in it

# How well two parts agree, best last.
NONE, LOOSE, WITHIN, INITIAL, SLIP, SOUND, CLOSE, CANONICAL, SAME = range(9)


@dataclass(frozen=True, slots=True)
class Alignment:
    """`level[i, k]` is how well parts `left[i, k]` and `right[i, k]` of pair i agree (0: no k-th).

    `open_left` and `open_right` mark parts without an answer. `joined_left[i]` is the first of two
    neighbours on the left that one part on the right, `answer_left[i]`, writes as one, -1 where
    there is none; so `joined_right` and `answer_right`.
    """

    level: Array
    left: Array
    right: Array
    open_left: Array
    open_right: Array
    joined_left: Array
    joined_right: Array
    answer_left: Array
    answer_right: Array


def align(a: Array, b: Array) -> Alignment:
    """Align the name parts of records `a[i]` and `b[i]`; both are tables of `features.layout`."""
    grades = _grades(a, b)
    steps = [np.zeros((len(a), PARTS), dtype=np.int8) for _ in range(3)]
    opened = a["word"] > 0, b["word"] > 0
    _take(grades, steps, opened)
    joined_left, answer_left = _join(a, b, *opened)
    joined_right, answer_right = _join(b, a, *reversed(opened))
    again = np.flatnonzero(opened[0].any(axis=1) & opened[1].any(axis=1))
    if len(again):
        later = [kept[again] for kept in steps]
        still = opened[0][again], opened[1][again]
        _take(_loose_grades(a[again], b[again], *still), later, still)
        for kept, value in zip((*steps, *opened), (*later, *still), strict=True):
            kept[again] = value
    level, left, right = steps
    return Alignment(
        level, left, right, *opened, joined_left, joined_right, answer_left, answer_right
    )


def _take(grades: Array, steps: list[Array], opened: tuple[Array, Array]) -> None:
    """Take the best grade of each pair, then the best of what is left, into the free steps."""
    index = np.arange(len(grades))
    for _ in range(PARTS):
        flat = grades[index].reshape(len(index), PARTS * PARTS)
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
    both = (a["word"] > 0)[:, :, None] & (b["word"] > 0)[:, None, :]
    pair, left, right = np.nonzero(both)
    skeleton_a, skeleton_b = a["skeleton"][pair, left], b["skeleton"][pair, right]
    sound = np.zeros(len(pair), dtype=bool)
    for i in range(skeleton_a.shape[1]):
        for j in range(skeleton_b.shape[1]):
            sound |= (skeleton_a[:, i] == skeleton_b[:, j]) & (skeleton_a[:, i] > 0)
    word_a, word_b = a["word"][pair, left], b["word"][pair, right]
    words, id_a, id_b = _vocabulary(a, b, (pair, left, right))
    close = words.close(id_a, id_b)
    found = np.zeros(len(pair), dtype=np.int8)
    found[words.initial(id_a, id_b)] = INITIAL
    found[close] = SLIP
    found[sound] = SOUND
    found[close & sound] = CLOSE
    found[word_a == word_b] = CANONICAL
    found[a["plain"][pair, left] == b["plain"][pair, right]] = SAME
    grades = np.zeros(both.shape, dtype=np.int8)
    grades[pair, left, right] = found
    return grades


def _vocabulary(a: Array, b: Array, at: tuple[Array, Array, Array]) -> tuple[Words, Array, Array]:
    """Give the distinct parts at `at` (pair, left, right), and which each left and right is."""
    pair, left, right = at
    hashed = np.concatenate([a["word"][pair, left], b["word"][pair, right]])
    texts = np.concatenate([a["part"][pair, left], b["part"][pair, right]])
    _, place, ids = np.unique(hashed, return_index=True, return_inverse=True)
    return Words(texts[place]), ids[: len(pair)], ids[len(pair) :]


def _join(a: Array, b: Array, open_a: Array, open_b: Array) -> tuple[Array, Array]:
    """Close open neighbours of `a` that one open part of `b` writes as one; give both places."""
    joined, answered = np.full((2, len(a)), -1, dtype=np.int8)
    index = np.flatnonzero((open_a.sum(axis=1) > 1) & open_b.any(axis=1))
    pairs, wholes = a["joined"][index], b["rough"][index]
    alike = (pairs[:, :, None] == wholes[:, None, :]) & (pairs > 0)[:, :, None]
    alike &= open_b[index][:, None, :]
    for step in np.flatnonzero(alike.any(axis=(0, 2))).tolist():
        at = step % (PARTS - 1)
        answers = alike[:, step] & open_b[index]
        hit = answers.any(axis=1) & open_a[index, at] & open_a[index, at + 1]
        if not hit.any():
            continue
        hit[hit] = _written_as_one(a[index[hit]], at, b[index[hit]], answers[hit].argmax(axis=1))
        chosen = index[hit]
        open_a[chosen, at] = open_a[chosen, at + 1] = False
        open_b[chosen, answers[hit].argmax(axis=1)] = False
        joined[chosen] = at
        answered[chosen] = answers[hit].argmax(axis=1)
    return joined, answered


def _written_as_one(a: Array, at: int, b: Array, answer: Array) -> Array:
    """Tell where parts `at` and `at + 1` of `a`, in either order, are nearly the part of `b`."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cpdist

    first, second = (a["part"][:, at + step].astype("U").tolist() for step in (0, 1))
    one = b["part"][np.arange(len(b)), answer].astype("U").tolist()
    orders = (zip(first, second, strict=True), zip(second, first, strict=True))
    written = [[(x + y)[:LETTERS] for x, y in order] for order in orders]
    apart = [cpdist(words, one, scorer=OSA.distance, dtype=np.uint8) for words in written]
    allowed = np.array([max(1, len(word) // _SLIP_IN) for word in one])
    answer_is: Array = np.minimum(*apart) <= allowed
    return answer_is


def _loose_grades(a: Array, b: Array, open_a: Array, open_b: Array) -> Array:
    """Grade what is still open: one part inside a longer one, or two with several slips."""
    both = open_a[:, :, None] & open_b[:, None, :]
    pair, at_a, at_b = np.nonzero(both)
    words, left, right = _vocabulary(a, b, (pair, at_a, at_b))
    found = np.zeros(len(left), dtype=np.int8)
    found[words.loose(left, right)] = LOOSE
    found[words.inside(left, right)] = WITHIN
    grades = np.zeros(both.shape, dtype=np.int8)
    grades[pair, at_a, at_b] = found
    return grades


def first_parts(rows: Array) -> Array:
    """Tell which parts are the first telling part of a given name: (records, parts) bool."""
    return (rows["flags"] & FIRST) > 0


def family_parts(rows: Array) -> Array:
    """Tell which parts stand in the family name: (records, parts) bool."""
    return (rows["flags"] & FAMILY) > 0


def telling_parts(rows: Array) -> Array:
    """Tell which parts are there and not weak: (records, parts) bool."""
    telling: Array = (rows["word"] > 0) & ((rows["flags"] & WEAK) == 0)
    return telling
