"""From two prepared records to a verdict: bits, probability, band, evidence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.identity import weights as weighing
from debrief_desk.identity.comparison import compare, fact_terms
from debrief_desk.identity.features import table
from debrief_desk.identity.links import FAMILY_CEILING, ceiling_reason, link_reason
from debrief_desk.identity.name_terms import COMPLETE, FAMILY, FIRST, JOINED, PART, name_terms
from debrief_desk.identity.verdicts import Band, Evidence, Relation, Thresholds, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    from debrief_desk.identity.features import Features
    from debrief_desk.identity.statistics import Statistics
    from debrief_desk.identity.terms import Term
    from debrief_desk.identity.weights import Weights

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np

_CERTAIN_BITS: Final = 7.0  # what a provisional link weighs at least: 127 to 1
_MARGIN: Final = 0.01
_TEXT_OF: Final = {"arrival": "day"}


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
        total = np.full(len(a), self.statistics.prior)
        for term in compare(*_ordered(a, b)[:2], self.statistics):
            total += self.term_bits(term)
        return total

    def term_bits(self, term: Term) -> Array:
        """Give what one term weighs, pair by pair."""
        return self.weights.bits(term.codes, term.index, term.rarity)

    def compare(self, a: Features, b: Features, known: Sequence[str] = ()) -> Verdict:
        """Give the verdict on two records; `compare(b, a)` gives the same with sides exchanged.

        `known` holds codes of `links.AGAINST`.
        """
        ((_, verdict),) = self.judge(table([a]), table([b]), lambda _: (a, b), known={0: known})
        return verdict

    def compare_many(self, query: Features, candidates: Sequence[Features]) -> list[Verdict]:
        """Give the verdict on `query` and each candidate, in their order."""
        if not candidates:
            return []
        rows = table(candidates)
        asked = table([query]).repeat(len(rows))
        return [v for _, v in self.judge(asked, rows, lambda at: (query, candidates[at]))]

    def shortlist(
        self, query: Features, candidates: Sequence[Features], at_least: Band = Band.POSSIBLE
    ) -> list[tuple[int, Verdict]]:
        """Give index and verdict of the candidates in band `at_least` or above, best first.

        Much quicker than `compare_many`: what cannot reach the band is dropped early.
        """
        if not candidates:
            return []
        rows = table(candidates)
        asked = table([query]).repeat(len(rows))
        found = self.judge(asked, rows, lambda at: (query, candidates[at]), at_least)
        return sorted(found, key=lambda pair: (-pair[1].band.rank, -pair[1].bits, pair[0]))

    def judge(
        self,
        a: Array,
        b: Array,
        sides: Callable[[int], tuple[Features, Features]] | None = None,
        at_least: Band = Band.WEAK,
        known: Mapping[int, Sequence[str]] | None = None,
    ) -> list[tuple[int, Verdict]]:
        """Give place and verdict of the pairs of rows in band `at_least` or above, in order.

        `sides` gives the texts to show of a place. Without it the evidence carries none and leaves
        out what is missing. `known` holds codes of `links.AGAINST` by place: what is known of a
        pair beside its two records. A pair that a link rule holds is always among those given.
        """
        first, second, swapped = _ordered(a, b)
        places, terms = self._terms_worth_showing(first, second, at_least)
        found: list[tuple[int, Verdict]] = []
        for at, place in enumerate(places.tolist()):
            shown = None
            if sides is not None:
                turned = bool(swapped[place])
                left, right = sides(place)[::-1] if turned else sides(place)
                shown = _Shown(left, right, swapped=turned)
            beside = [self._beside(code) for code in (known or {}).get(place, ())]
            verdict = self._settled(self._evidence(terms, at, shown) + beside)
            if verdict.band.rank >= at_least.rank:
                found.append((place, verdict))
        return found

    def _terms_worth_showing(
        self, a: Array, b: Array, at_least: Band
    ) -> tuple[Array, list[tuple[Term, Array]]]:
        """Give the places of pairs that may be in the band or above, and their terms with bits.

        Names, which cost most, are compared only where the rest leaves a chance.
        """
        lowest = self._lowest(at_least)
        facts = [(t, self.term_bits(t)) for t in fact_terms(a, b, self.statistics)]
        total = sum((bits for _, bits in facts), np.full(len(a), self.statistics.prior))
        marked = _shares_mark(a, b)
        most = self.most_by_name(a, b)
        near = np.flatnonzero((total + most >= lowest) | marked)
        names = [(t, self.term_bits(t)) for t in name_terms(a[near], b[near], self.statistics)]
        total = sum((bits for _, bits in names), total[near])
        kept = np.flatnonzero((total >= lowest) | marked[near])
        terms = [(t.at(kept), bits[kept]) for t, bits in names]
        return near[kept], terms + [(t.at(near[kept]), bits[near[kept]]) for t, bits in facts]

    def most_by_name(self, a: Array, b: Array) -> Array:
        """Give the most bits that the names of each pair can say, whichever way they fit."""
        known = [self.weights[code] for code in (*PART, *JOINED)]
        base, slope = max(w.base for w in known), max(w.per_bit for w in known)
        rarity = self.statistics.rarity("n:", np.stack([a["part"], b["part"]]))
        there = np.stack([a["word"], b["word"]]) > 0
        parts = np.where(there, base + slope * rarity, 0.0).sum(axis=2).min(axis=0)
        whole = (FIRST[1], FAMILY[1], COMPLETE[1])
        meeting: Array = parts + sum(max(0.0, self.weights[code].base) for code in whole)
        return meeting

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
            left, right = shown.texts(term, at) if shown else ("", "")
            weight = self.weights[code]
            found.append(Evidence(code, term.field, weight.relation, float(bits[at]), left, right))
        return found

    def _beside(self, code: str) -> Evidence:
        """Give the evidence for something known of a pair beside its records."""
        weight = self.weights[code]
        return Evidence(code, weight.field, weight.relation, weight.base)

    def _settled(self, found: list[Evidence]) -> Verdict:
        """Add what the rules for links and families add, and read off the band."""
        codes = {e.code for e in found}
        total = sum(e.bits for e in found)
        link = link_reason(codes)
        if link:
            lift = max(0.0, _CERTAIN_BITS - total)
            found.append(Evidence(link, "rule", Relation.AGREE, lift))
        elif reason := ceiling_reason(codes):
            below = (
                self.thresholds.possible if reason == FAMILY_CEILING else self.thresholds.probable
            )
            ceiling = _bits_of(below) - _MARGIN
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

    def _lowest(self, band: Band) -> float:
        """Give the bits below which a pair without a link cannot be in `band`."""
        if band == Band.WEAK:
            return -math.inf
        possible = band == Band.POSSIBLE
        floor = self.thresholds.possible if possible else self.thresholds.probable
        return _bits_of(floor) - _MARGIN


class _Shown:
    """The texts of a pair, in the order the user asked for."""

    def __init__(self, first: Features, second: Features, *, swapped: bool) -> None:
        self._texts = first.texts, second.texts
        self._parts = first.parts, second.parts
        self._swapped = swapped

    def texts(self, term: Term, at: int) -> tuple[str, str]:
        """Give what to show on the left and on the right for the evidence of pair `at`."""
        if term.left is not None and term.right is not None:
            shown = self._parts[0][term.left[at]], self._parts[1][term.right[at]]
        else:
            field = _TEXT_OF.get(term.field, term.field)
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
    shared = np.zeros(len(a), dtype=bool)
    for column, empty in (("digits", b""), ("folded", 0)):
        there = a[column] != empty
        for i in np.flatnonzero(there.any(axis=0)):
            value = a[column][:, i]
            shared |= (b[column] == value[:, None]).any(axis=1) & there[:, i]
    return shared


def _ordered(a: Array, b: Array) -> tuple[Array, Array, Array]:
    """Exchange sides by content, so that no result depends on who is asked about whom."""
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
