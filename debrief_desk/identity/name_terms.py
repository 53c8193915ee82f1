"""What two names say about each other, as terms: parts that agree, and what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import alignment
from debrief_desk.identity.terms import Term, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from debrief_desk.identity.statistics import Statistics

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

PART: Final = (
    "part_none", "part_loose", "part_within", "part_initial", "part_slip", "part_sound",
    "part_close", "part_canonical", "part_same", "part_weak",
)  # fmt: skip
JOINED: Final = ("joined_none", "part_joined")
OPEN: Final = ("open_none", "name_differs_1", "name_differs_2", "name_differs_3")
EXTRA: Final = ("extra_none", "name_extra_1", "name_extra_2")
FIRST: Final = ("first_open", "first_agrees", "first_alike", "first_extra", "first_differs")
FAMILY: Final = ("family_open", "family_agrees")
ORDER: Final = ("order_kept", "order_turned")
COMPLETE: Final = ("incomplete", "name_complete")
WHOLE: Final = ("whole_open", "name_missing", "name_differs")
KIN: Final = ("kin_none", "kin_pattern")
NAME_CODES: Final = (
    PART, JOINED, OPEN, EXTRA, FIRST, FAMILY, ORDER, COMPLETE, WHOLE, KIN,
)  # fmt: skip

_WEAK: Final = PART.index("part_weak")
_FULL: Final = 5.0  # bits of rarity from which an agreement counts fully
_COMMON: Final = 2.0  # bits of rarity up to which a first name tells no more than any other part


def name_terms(a: Array, b: Array, statistics: Statistics) -> Iterator[Term]:
    """Give the terms of the names of the pairs `a[i]`, `b[i]`; parts in the order of alignment."""
    found = alignment.align(a, b)
    rarities = _part_rarities(a, b, found, statistics)
    levels = _levels(a, b, found)
    for step in range(levels.shape[1]):
        level = levels[:, step]
        if not level.any():
            break
        yield Term(
            "name", PART, level, rarities[:, step], found.left[:, step], found.right[:, step]
        )
    yield _joined_term(a, b, found, statistics)
    open_a = found.open_left & alignment.telling_parts(a)
    open_b = found.open_right & alignment.telling_parts(b)
    count_a, count_b = open_a.sum(axis=1), open_b.sum(axis=1)
    named = alignment.telling_parts(a).any(axis=1) & alignment.telling_parts(b).any(axis=1)
    differs = np.minimum(np.minimum(count_a, count_b), 3)
    yield flat("name", OPEN, differs)
    yield flat("name", EXTRA, np.minimum(np.abs(count_a - count_b), 2) * named)
    yield _first_term(a, b, found, levels, rarities)
    good = (levels > alignment.INITIAL) & (levels != _WEAK)
    strong = (levels >= alignment.SLIP) & (levels != _WEAK)
    yield flat("name", FAMILY, (_meet(alignment.family_parts, a, b, found) & good).any(axis=1))
    yield flat("name", ORDER, _turned(found, good) & _placed(a) & _placed(b))
    complete = (count_a == 0) & (count_b == 0) & (strong.sum(axis=1) > 1)
    doubtful = ((levels > 0) & (levels < alignment.SLIP)).any(axis=1)
    complete &= ~doubtful
    telling = (rarities * strong).sum(axis=1)
    yield Term("name", COMPLETE, complete.astype(np.int8), np.where(complete, telling, 0.0))
    matched = (found.joined_left >= 0) | (found.joined_right >= 0)
    matched |= ((levels > alignment.LOOSE) & (levels != _WEAK)).any(axis=1)
    yield flat("name", WHOLE, np.where(named, np.where(matched, 0, 2), 1))
    yield flat("name", KIN, matched & (differs > 0) & _arrived_together(a, b))


def _levels(a: Array, b: Array, found: alignment.Alignment) -> Array:
    """Give the level of each step of the alignment, `part_weak` where a part is weak."""
    pairs = np.arange(len(a))[:, None]
    telling = alignment.telling_parts(a)[pairs, found.left]
    telling &= alignment.telling_parts(b)[pairs, found.right]
    return np.where((found.level > 0) & ~telling, _WEAK, found.level).astype(np.int8)


def _meet(which: Any, a: Array, b: Array, found: alignment.Alignment) -> Array:
    """Tell at which steps of the alignment both parts are of one kind, as `which` tells it."""
    pairs = np.arange(len(a))[:, None]
    answer: Array = which(a)[pairs, found.left] & which(b)[pairs, found.right]
    return answer


def _first_term(
    a: Array, b: Array, found: alignment.Alignment, levels: Array, rarities: Array
) -> Term:
    """Give the term of the first telling given names; a mere likeness of sound adds nothing."""
    first_a, first_b = alignment.first_parts(a), alignment.first_parts(b)
    meet = _meet(alignment.first_parts, a, b, found) & (levels > 0)
    met: Array = np.zeros(len(a), dtype=bool)
    met |= (meet & (levels >= alignment.CLOSE)).any(axis=1)
    rarity: Array = np.maximum((rarities * meet).sum(axis=1) - _COMMON, 0.0)
    for one, at, other, answer in (
        (first_a, found.joined_left, first_b, found.answer_left),
        (first_b, found.joined_right, first_a, found.answer_right),
    ):
        joined = np.flatnonzero(at >= 0)
        inside = one[joined, at[joined]] | one[joined, at[joined] + 1]
        inside &= other[joined, answer[joined]]
        met[joined[inside]] = True
        rarity[joined[inside]] = _FULL
    lone_a = (found.open_left & first_a & alignment.telling_parts(a)).any(axis=1)
    lone_b = (found.open_right & first_b & alignment.telling_parts(b)).any(axis=1)
    named = alignment.telling_parts(a).any(axis=1) & alignment.telling_parts(b).any(axis=1)
    alike = (meet & (levels > alignment.LOOSE)).any(axis=1)
    index: Array = np.where(met, 1, np.where(alike, FIRST.index("first_alike"), 0))
    index[named & (lone_a | lone_b)] = FIRST.index("first_extra")
    index[named & lone_a & lone_b] = FIRST.index("first_differs")
    return Term("name", FIRST, index.astype(np.int8), np.where(index == 1, rarity, 0.0))


def _turned(found: alignment.Alignment, good: Array) -> Array:
    """Tell where two agreeing parts stand in the other order."""
    turned = np.zeros(len(good), dtype=bool)
    left, right = found.left, found.right
    for late in range(good.shape[1]):
        for early in range(late):
            here = (left[:, late] > left[:, early]) != (right[:, late] > right[:, early])
            turned |= good[:, late] & good[:, early] & here
    return turned


def _placed(rows: Array) -> Array:
    """Tell whose name stands in fields of given and family names, so that its order is known."""
    placed = alignment.first_parts(rows) | alignment.family_parts(rows)
    answer: Array = placed.sum(axis=1) > 0
    return answer


def _arrived_together(a: Array, b: Array) -> Array:
    event: Array = (a["event"] > 0) & (a["event"] == b["event"])
    answer: Array = event | ((a["on"] > 0) & (a["on"] == b["on"]))
    return answer


def _part_rarities(a: Array, b: Array, found: alignment.Alignment, statistics: Statistics) -> Array:
    """Give the bits of rarity of the commoner of two agreeing parts, 0 where none agrees.

    Parts that only resemble each other are as common as all that sound like one of them.
    """
    rarities = np.zeros(found.level.shape)
    pair, step = np.nonzero(found.level)
    left, right = found.left[pair, step], found.right[pair, step]
    twice = np.tile(pair, 2)
    names = np.concatenate([a["part"][pair, left], b["part"][pair, right]])
    countries = a["country"][twice], b["country"][twice]
    bits = statistics.rarity_within("n:", names, *countries).reshape(2, -1).min(axis=0)
    alike = np.flatnonzero(found.level[pair, step] <= alignment.CLOSE)
    if len(alike):
        at = pair[alike]
        rough = np.stack([a["rough"][at, left[alike]], b["rough"][at, right[alike]]])
        bits[alike] = np.minimum(bits[alike], statistics.rarity("r:", rough).min(axis=0))
    rarities[pair, step] = bits
    return rarities


def _joined_term(a: Array, b: Array, found: alignment.Alignment, statistics: Statistics) -> Term:
    """Give the term of parts written together on one side; as rare as both parts in turn."""
    rarity = np.zeros(len(a))
    for rows, first in ((a, found.joined_left), (b, found.joined_right)):
        at = np.flatnonzero(first >= 0)
        for step in (0, 1):
            parts = rows["part"][at, first[at] + step]
            countries = a["country"][at], b["country"][at]
            rarity[at] += statistics.rarity_within("n:", parts, *countries)
    joined = (found.joined_left >= 0) | (found.joined_right >= 0)
    return Term("name", JOINED, joined.astype(np.int8), rarity)
