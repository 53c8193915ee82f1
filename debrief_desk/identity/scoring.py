"""From two prepared records to a verdict: bits, probability, band, evidence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import weights as weighing
from debrief_desk.identity.comparison import (
    FAMILY,
    FIRST,
    PART,
    Term,
    compare,
    fact_terms,
    name_terms,
)
from debrief_desk.identity.features import table
from debrief_desk.identity.links import ceiling_reason, link_reason
from debrief_desk.identity.verdicts import Band, Evidence, Relation, Thresholds, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from debrief_desk.identity.features import Features
    from debrief_desk.identity.statistics import Statistics
    from debrief_desk.identity.weights import Weights

    Array = np.ndarray[Any, Any]

_CERTAIN_BITS: Final = 7.0  # what a provisional link weighs at least: 127 to 1
_MARGIN: Final = 0.01
_TEXT_OF: Final = {"arrival": "event", "event": "event"}


class Scorer:
    """Weighs records against the statistics of one register."""

    def __init__(
        self,
        statistics: Statistics,
        weights: Weights | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.statistics = statistics
        self.weights = weights or weighing.shipped()
        self.thresholds = thresholds or Thresholds()

    def bits(self, a: Array, b: Array) -> Array:
        """Give the log2 odds of each pair of rows before the rules for links and look-alikes."""
        import numpy as np

        total = np.full(len(a), self.statistics.prior)
        for term in compare(*_ordered(a, b)[:2], self.statistics):
            total += self.term_bits(term)
        return total

    def term_bits(self, term: Term) -> Array:
        """Give what one term weighs, pair by pair."""
        import numpy as np

        known = [self.weights[code] for code in term.codes]
        base = np.array([w.base for w in known])
        slope = np.array([w.per_bit for w in known])
        bits: Array = base[term.index] + slope[term.index] * term.rarity
        return bits

    def compare(self, a: Features, b: Features) -> Verdict:
        """Give the verdict on two records; `compare(b, a)` gives the same with sides exchanged."""
        return self.compare_many(a, [b])[0]

    def compare_many(self, query: Features, candidates: Sequence[Features]) -> list[Verdict]:
        """Give the verdict on `query` and each candidate, in their order."""
        if not candidates:
            return []
        rows = table(candidates)
        return self.verdicts(
            table([query]).repeat(len(rows)), rows, [query] * len(rows), candidates
        )

    def shortlist(
        self, query: Features, candidates: Sequence[Features], at_least: Band = Band.POSSIBLE
    ) -> list[tuple[int, Verdict]]:
        """Give index and verdict of the candidates in band `at_least` or above, best first.

        Much quicker than `compare_many`: evidence is written for these candidates only. A candidate
        that a link rule holds is always among them.
        """
        if not candidates:
            return []
        rows = table(candidates)
        kept = self.worth_showing(table([query]).repeat(len(rows)), rows, at_least)
        chosen = [int(i) for i in kept]
        verdicts = self.compare_many(query, [candidates[i] for i in chosen])
        found = [
            (i, v) for i, v in zip(chosen, verdicts, strict=True) if v.band.rank >= at_least.rank
        ]
        return sorted(found, key=lambda pair: (-pair[1].band.rank, -pair[1].bits, pair[0]))

    def worth_showing(self, a: Array, b: Array, at_least: Band = Band.POSSIBLE) -> Array:
        """Give the places of pairs that may be in band `at_least` or above; no other pair is."""
        import numpy as np

        lowest = _bits_of(self._floor(at_least)) - _MARGIN
        first, second, _ = _ordered(a, b)
        total = np.full(len(a), self.statistics.prior)
        for term in fact_terms(first, second, self.statistics):
            total += self.term_bits(term)
        within_reach = np.flatnonzero(total + self.most_by_name(a) >= lowest)
        for term in name_terms(first[within_reach], second[within_reach], self.statistics):
            total[within_reach] += self.term_bits(term)
        reached = np.zeros(len(a), dtype=bool)
        reached[within_reach] = total[within_reach] >= lowest
        kept: Array = np.flatnonzero(reached | _shares_mark(a, b))
        return kept

    def most_by_name(self, rows: Array) -> Array:
        """Give the most bits that names can say for each row, whatever it is compared with."""
        import numpy as np

        known = [self.weights[code] for code in (*PART, "part_joined")]
        base, slope = max(w.base for w in known), max(w.per_bit for w in known)
        rarity = self.statistics.rarity("n:", rows["part"])
        parts = np.where(rows["word"] > 0, base + slope * rarity, 0.0).sum(axis=1)
        meeting: Array = parts + sum(self.weights[code].base for code in (FIRST[1], FAMILY[1]))
        return meeting

    def verdicts(
        self,
        a: Array,
        b: Array,
        left: Sequence[Features] | None = None,
        right: Sequence[Features] | None = None,
    ) -> list[Verdict]:
        """Give the verdict on each pair of rows; `left` and `right` hold the texts to show.

        Without them the evidence carries no texts and leaves out what is missing.
        """
        first, second, swapped = _ordered(a, b)
        terms = [(term, self.term_bits(term)) for term in compare(first, second, self.statistics)]
        if left is None or right is None:
            return [self._settled(self._evidence(terms, at)) for at in range(len(a))]
        verdicts: list[Verdict] = []
        for at in range(len(a)):
            sides = (right[at], left[at]) if swapped[at] else (left[at], right[at])
            shown = _Shown(*sides, swapped=bool(swapped[at]))
            verdicts.append(self._settled(self._evidence(terms, at, shown)))
        return verdicts

    def _evidence(
        self, terms: list[tuple[Term, Array]], at: int, shown: _Shown | None = None
    ) -> list[Evidence]:
        """Give the evidence of one pair, the prior first."""
        found = [Evidence("prior", "register", Relation.MISSING, self.statistics.prior)]
        for term, bits in terms:
            index = int(term.index[at])
            if not index and (term.field == "name" or shown is None):
                continue
            code = term.codes[index]
            left, right = shown.texts(term, code, at) if shown else ("", "")
            weight = self.weights[code]
            found.append(Evidence(code, term.field, weight.relation, float(bits[at]), left, right))
        return found

    def _settled(self, found: list[Evidence]) -> Verdict:
        """Add what the rules for links and families add, and read off the band."""
        codes = {e.code for e in found}
        total = sum(e.bits for e in found)
        link = link_reason(codes)
        if link:
            lift = max(0.0, _CERTAIN_BITS - total)
            found.append(Evidence(link, "rule", Relation.AGREE, lift))
        elif reason := ceiling_reason(codes):
            ceiling = _bits_of(self.thresholds.probable) - _MARGIN
            found.append(Evidence(reason, "rule", Relation.DIFFER, min(0.0, ceiling - total)))
        bits = sum(e.bits for e in found)
        probability = 1.0 / (1.0 + 2.0 ** -min(max(bits, -60.0), 60.0))
        band = Band.NEAR_CERTAIN if link else self.band_of(probability)
        return Verdict(bits, probability, band, tuple(found))

    def band_of(self, probability: float) -> Band:
        """Give the band of a probability where no link rule holds: probable at most."""
        if probability >= self.thresholds.probable:
            return Band.PROBABLE
        return Band.POSSIBLE if probability >= self.thresholds.possible else Band.WEAK

    def _floor(self, band: Band) -> float:
        floors = {Band.WEAK: 0.0, Band.POSSIBLE: self.thresholds.possible}
        return floors.get(band, self.thresholds.probable)


class _Shown:
    """The texts of a pair, in the order the user asked for."""

    def __init__(self, first: Features, second: Features, *, swapped: bool) -> None:
        self._texts = first.texts, second.texts
        self._parts = first.parts, second.parts
        self._swapped = swapped

    def texts(self, term: Term, code: str, at: int) -> tuple[str, str]:
        """Give what to show on the left and on the right for the evidence of pair `at`."""
        if term.left is not None and term.right is not None:
            shown = self._parts[0][term.left[at]], self._parts[1][term.right[at]]
        else:
            field = "day" if code.startswith("day_") else _TEXT_OF.get(term.field, term.field)
            shown = self._texts[0].get(field, ""), self._texts[1].get(field, "")
        return (shown[1], shown[0]) if self._swapped else shown


def certain_link(a: Features, b: Features) -> str | None:
    """Give why two records are linked provisionally (`links.link_reason`), None where not."""
    from debrief_desk.identity.statistics import Statistics

    first, second, _ = _ordered(table([a]), table([b]))
    terms = compare(first, second, Statistics())
    return link_reason({t.codes[int(t.index[0])] for t in terms})


def _shares_mark(a: Array, b: Array) -> Array:
    """Tell which pairs have the digits of a reference, or a band, in common."""
    import numpy as np

    shared = np.zeros(len(a), dtype=bool)
    for column, empty in (("digits", b""), ("folded", 0)):
        for i in range(a[column].shape[1]):
            value = a[column][:, i]
            if (value != empty).any():
                shared |= ((b[column] == value[:, None]).any(axis=1)) & (value != empty)
    return shared


def _ordered(a: Array, b: Array) -> tuple[Array, Array, Array]:
    """Exchange sides by content, so that no result depends on who is asked about whom."""
    import numpy as np

    swapped = a["order"] > b["order"]
    if not swapped.any():
        return a, b, swapped
    first, second = a.copy(), b.copy()
    first[swapped], second[swapped] = b[swapped], a[swapped]
    return first, second, swapped


def _bits_of(probability: float) -> float:
    smallest = 1e-15
    p = min(max(probability, smallest), 1 - smallest)
    return math.log2(p / (1 - p))
