"""What a comparison says: evidence in bits, their sum, a calibrated probability and a band."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_LEAST = 0.005  # bits below which evidence is not told


class Band(StrEnum):
    """How sure it is that two records are one person (DOMAIN.md 7.2)."""

    NEAR_CERTAIN = "near-certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    WEAK = "weak"

    @property
    def rank(self) -> int:
        """Give 3 for near-certain down to 0 for weak."""
        return 3 - list(Band).index(self)


class Relation(StrEnum):
    """How two values of one field stand to each other."""

    AGREE = "agree"
    ALIKE = "alike"
    DIFFER = "differ"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: what was found (`code`), in which field, and its weight in bits.

    `left` and `right` are the two values as typed, in the order of the call.
    """

    code: str
    field: str
    relation: Relation
    bits: float
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence adds up to.

    `bits` is the log2 odds that both records are one person: the sum of the bits in `evidence`,
    among which `prior` stands for the size of the register. `probability` is in 0..1.
    """

    bits: float
    probability: float
    band: Band
    evidence: tuple[Evidence, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the codes of the evidence that weighs, strongest first, without the prior.

        The rule that settled the band is among them, though it may weigh nothing by itself.
        """
        told = [
            e
            for e in self.evidence
            if e.relation != Relation.MISSING and (abs(e.bits) >= _LEAST or e.field == "rule")
        ]
        return tuple(e.code for e in sorted(told, key=lambda e: -abs(e.bits)))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and the verdict on them; `id_a` and `id_b` in the order of the input."""

    id_a: str
    id_b: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Lowest probability (0..1) of each band; near-certain also needs a `certain_link`."""

    near_certain: float = 0.99
    probable: float = 0.90
    possible: float = 0.05
