"""The weights table: what each kind of evidence counts, in bits (`resources/matching/weights.csv`).

Made by `tests/bench/fit_weights.py` by logistic regression with signs held: agreement never lowers,
difference never raises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from debrief_desk.identity import tables
from debrief_desk.identity.verdicts import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np


@dataclass(frozen=True, slots=True)
class Weight:
    """A code weighs `base + per_bit * rarity` bits, rarity being log2(1 / share) of the value.

    `base` counts fully only from a rarity of `full_at` bits, less in proportion below, and the
    whole never more than the value is rare: agreement on what everybody has says nothing.
    """

    field: str
    relation: Relation
    base: float
    per_bit: float
    full_at: float


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights by code, and the version of the table they were read from."""

    version: str
    of: dict[str, Weight]
    _columns: dict[tuple[str, ...], _Columns] = field(default_factory=dict, compare=False)

    def __getitem__(self, code: str) -> Weight:
        return self.of.get(code, _NOTHING)

    def bits(self, codes: tuple[str, ...], index: Array, rarity: Array) -> Array:
        """Give what `codes[index[i]]` weighs at a rarity of `rarity[i]` bits, for all i at once."""
        columns = self._columns.get(codes)
        if columns is None:
            columns = self._columns[codes] = _Columns.of([self[code] for code in codes])
        return columns.bits(index, rarity)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Some weights side by side, None for a column in which there is nothing."""

    base: Array
    per_bit: Array | None
    full_at: Array | None

    @classmethod
    def of(cls, weights: Sequence[Weight]) -> _Columns:
        base = np.array([w.base for w in weights])
        per_bit = np.array([w.per_bit for w in weights])
        full_at = np.array([w.full_at for w in weights])
        return cls(base, per_bit if per_bit.any() else None, full_at if full_at.any() else None)

    def bits(self, index: Array, rarity: Array) -> Array:
        bits: Array = self.base[index]
        if self.full_at is None:
            return bits if self.per_bit is None else bits + self.per_bit[index] * rarity
        full_at = self.full_at[index]
        rising = full_at > 0
        bits = bits * np.where(rising, np.minimum(rarity / np.maximum(full_at, 1e-9), 1.0), 1.0)
        if self.per_bit is not None:
            bits = bits + self.per_bit[index] * rarity
        return np.where(rising, np.minimum(bits, rarity), bits)


_NOTHING = Weight("", Relation.MISSING, 0.0, 0.0, 0.0)


@cache
def shipped() -> Weights:
    """Give the weights that ship with the program."""
    rows = {row["code"]: row for row in tables.weight_rows()}
    version = rows.pop("version")["base"]
    return Weights(
        version,
        {
            code: Weight(
                row["field"],
                Relation(row["relation"]),
                float(row["base"]),
                float(row["per_bit"]),
                float(row["full_at"]),
            )
            for code, row in rows.items()
        },
    )
