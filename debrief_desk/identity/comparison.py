"""All that two records say about each other, as terms: a code and how rare the agreeing value is.

Every term weighs `base[code] + slope[code] * rarity` bits. Terms of a pair add up (Fellegi and
Sunter 1969), with rarity as the frequency-based weight (Winkler 1989). The same terms train the
weights, score a register and are shown to the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import alignment, facts
from debrief_desk.identity.statistics import birth_day, default_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from debrief_desk.identity.statistics import Statistics

    Array = np.ndarray[Any, Any]

PART: Final = (
    "part_none", "part_loose", "part_within", "part_initial", "part_slip", "part_sound",
    "part_close", "part_canonical", "part_same", "part_weak",
)  # fmt: skip
JOINED: Final = ("joined_none", "part_joined")
OPEN: Final = ("open_none", "name_differs_1", "name_differs_2", "name_differs_3")
EXTRA: Final = ("extra_none", "name_extra_1", "name_extra_2")
FAMILY: Final = ("family_open", "family_agrees")
FIRST: Final = ("first_open", "first_agrees", "first_extra", "first_differs")
WHOLE: Final = ("whole_open", "name_missing", "name_differs")
KIN: Final = ("kin_none", "kin_pattern")


@dataclass(frozen=True, slots=True)
class Term:
    """One kind of evidence for a batch: `codes[index[i]]` and `rarity[i]` (bits) of pair i."""

    field: str
    codes: tuple[str, ...]
    index: Array
    rarity: Array
    left: Array | None = None
    right: Array | None = None

    def at(self, places: Array) -> Term:
        """Give the term for some pairs of the batch only."""
        left, right = self.left, self.right
        return Term(
            self.field,
            self.codes,
            self.index[places],
            self.rarity[places],
            None if left is None else left[places],
            None if right is None else right[places],
        )


def compare(a: Array, b: Array, statistics: Statistics) -> list[Term]:
    """Give the terms of the pairs `a[i]`, `b[i]` (tables of `features.layout`)."""
    return [*name_terms(a, b, statistics), *fact_terms(a, b, statistics)]


def fact_terms(a: Array, b: Array, statistics: Statistics) -> list[Term]:
    """Give the terms that do not come from names: these cost little."""
    countries = facts.country(a, b)
    return [
        _birth_term(a, b, statistics),
        _term("reference", facts.REFERENCE, facts.reference(a, b)),
        _band_term(a, b, statistics),
        *_arrival_terms(a, b, statistics),
        _rare("sex", facts.SEX, facts.sex(a, b), {1: ("s:", a["sex"])}, statistics),
        _rare("nationality", facts.COUNTRY, countries, {1: ("c:", a["country"])}, statistics),
        _term("language", facts.LANGUAGE, facts.language(a, b)),
    ]


def name_terms(a: Array, b: Array, statistics: Statistics) -> Iterator[Term]:
    """Give the terms of the names; parts in the order of the alignment."""
    import numpy as np

    found = alignment.align(a, b)
    rows = np.arange(len(a))
    telling_a, telling_b = alignment.telling_parts(a), alignment.telling_parts(b)
    first_a, first_b = alignment.first_parts(a), alignment.first_parts(b)
    family_a, family_b = alignment.family_parts(a), alignment.family_parts(b)
    firsts_meet = np.zeros(len(a))
    first_found, families_meet = np.zeros((2, len(a)), dtype=bool)
    matched = (found.joined_left >= 0) | (found.joined_right >= 0)
    rarities = _part_rarities(a, b, found, statistics)
    for step in range(found.level.shape[1]):
        level = found.level[:, step].copy()
        if not level.any():
            break
        left, right = found.left[:, step], found.right[:, step]
        weak = (level > 0) & ~(telling_a[rows, left] & telling_b[rows, right])
        level[weak] = PART.index("part_weak")
        matched |= (level > alignment.LOOSE) & ~weak
        meet = (level > 0) & first_a[rows, left] & first_b[rows, right]
        firsts_meet[meet] = rarities[meet, step]
        first_found |= meet
        families_meet |= (level > 0) & ~weak & family_a[rows, left] & family_b[rows, right]
        yield Term("name", PART, level, rarities[:, step], left, right)
    yield _joined_term(a, b, found, statistics)
    open_a, open_b = (found.open_left & telling_a), (found.open_right & telling_b)
    count_a, count_b = open_a.sum(axis=1), open_b.sum(axis=1)
    differs = np.minimum(np.minimum(count_a, count_b), 3)
    yield _term("name", OPEN, differs)
    named = telling_a.any(axis=1) & telling_b.any(axis=1)
    yield _term("name", EXTRA, np.minimum(np.abs(count_a - count_b), 2) * named)
    lone_a, lone_b = (open_a & first_a).any(axis=1), (open_b & first_b).any(axis=1)
    first = np.where(first_found, 1, 0)
    first[named & (lone_a | lone_b)] = 2
    first[named & lone_a & lone_b] = 3
    yield Term("name", FIRST, first, np.where(first == 1, firsts_meet, 0.0))
    yield _term("name", FAMILY, families_meet)
    yield _term("name", WHOLE, np.where(named, np.where(matched, 0, 2), 1))
    shared = ((a["event"] > 0) & (a["event"] == b["event"])) | (
        (a["on"] > 0) & (a["on"] == b["on"])
    )
    yield _term("name", KIN, matched & (differs > 0) & shared)


def _part_rarities(a: Array, b: Array, found: alignment.Alignment, statistics: Statistics) -> Array:
    """Give the bits of rarity of the commoner of two agreeing parts, 0 where none agrees."""
    import numpy as np

    rarities = np.zeros(found.level.shape)
    pair, step = np.nonzero(found.level)
    left, right = found.left[pair, step], found.right[pair, step]
    twice = np.tile(pair, 2)
    names = np.concatenate([a["part"][pair, left], b["part"][pair, right]])
    countries = a["country"][twice], b["country"][twice]
    bits = statistics.rarity_within("n:", names, *countries).reshape(2, -1).min(axis=0)
    loose = np.flatnonzero(found.level[pair, step] <= alignment.SOUND)
    if len(loose):
        at = pair[loose]
        rough = np.stack([a["rough"][at, left[loose]], b["rough"][at, right[loose]]])
        bits[loose] = np.minimum(bits[loose], statistics.rarity("r:", rough).min(axis=0))
    rarities[pair, step] = bits
    return rarities


def _joined_term(a: Array, b: Array, found: alignment.Alignment, statistics: Statistics) -> Term:
    """Give the term of parts written together on one side; as rare as both parts in turn."""
    import numpy as np

    rarity = np.zeros(len(a))
    for rows, first in ((a, found.joined_left), (b, found.joined_right)):
        at = np.flatnonzero(first >= 0)
        for step in (0, 1):
            parts = rows["part"][at, first[at] + step]
            countries = a["country"][at], b["country"][at]
            rarity[at] += statistics.rarity_within("n:", parts, *countries)
    joined = (found.joined_left >= 0) | (found.joined_right >= 0)
    return Term("name", JOINED, joined.astype(np.int8), rarity)


def _birth_term(a: Array, b: Array, statistics: Statistics) -> Term:
    import numpy as np

    index = facts.birth(a, b)
    rarity = np.zeros(len(a))
    same = np.nonzero(index == facts.BIRTH.index("birth_same"))[0]
    if len(same):
        days = statistics.rarity("m:", birth_day(a)[same])
        rarity[same] = statistics.rarity("y:", a["year"][same]) + days
    default = np.nonzero(index == facts.BIRTH.index("birth_default_both"))[0]
    if len(default):
        years, countries = default_year(a)[default], (a["country"][default], b["country"][default])
        rarity[default] = statistics.rarity_within("j:", years, *countries)
    year = np.nonzero((a["year"] == b["year"]) & (index > 0) & (rarity == 0))[0]
    if len(year):
        rarity[year] = statistics.rarity("y:", a["year"][year])
    return Term("birth", facts.BIRTH, index, rarity)


def _band_term(a: Array, b: Array, statistics: Statistics) -> Term:
    index = facts.band(a, b)
    return _rare("band", facts.BAND, index, {1: ("b:", a["band"][:, 0])}, statistics)


def _arrival_terms(a: Array, b: Array, statistics: Statistics) -> tuple[Term, Term]:
    """Give the terms of the day and of the event; an event counts by what it adds to its day."""
    import numpy as np

    day = _rare("arrival", facts.ARRIVAL, facts.arrival(a, b), {1: ("a:", a["on"])}, statistics)
    day.rarity[(a["on"] != b["on"]) | (a["on"] == 0)] = 0.0
    event = _rare("event", facts.EVENT, facts.event(a, b), {1: ("e:", a["event"])}, statistics)
    more = np.maximum(event.rarity - day.rarity, 0.0)
    return day, Term("event", facts.EVENT, event.index, more)


def _rare(
    field: str,
    codes: tuple[str, ...],
    index: Array,
    counted: dict[int, tuple[str, Array]],
    statistics: Statistics,
) -> Term:
    """Give a term whose rarity is that of the agreeing value, for the indexes in `counted`."""
    import numpy as np

    rarity = np.zeros(len(index))
    for code, (prefix, values) in counted.items():
        at = np.nonzero(index == code)[0]
        if len(at):
            rarity[at] = statistics.rarity(prefix, values[at])
    return Term(field, codes, index, rarity)


def _term(field: str, codes: tuple[str, ...], index: Array) -> Term:
    import numpy as np

    return Term(field, codes, index.astype(np.int8), np.zeros(len(index)))


def all_codes() -> list[tuple[str, str]]:
    """Give every (field, code) that can weigh, in a fixed order."""
    names = (PART, JOINED, OPEN, EXTRA, FIRST, FAMILY, WHOLE, KIN)
    groups: list[tuple[str, tuple[str, ...]]] = [
        *(("name", codes) for codes in names), ("birth", facts.BIRTH),
        ("reference", facts.REFERENCE), ("band", facts.BAND), ("arrival", facts.ARRIVAL),
        ("event", facts.EVENT), ("sex", facts.SEX), ("nationality", facts.COUNTRY),
        ("language", facts.LANGUAGE),
    ]  # fmt: skip
    return [(field, code) for field, codes in groups for code in codes[1:]]
