"""The weights table: what each kind of evidence counts, in bits (`resources/matching/weights.csv`).

Made by `tests/bench/fit_weights.py` by logistic regression with signs held: agreement never lowers,
difference never raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from debrief_desk.identity import tables
from debrief_desk.identity.verdicts import Relation

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


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

    def __getitem__(self, code: str) -> Weight:
        return self.of.get(code, _NOTHING)


_NOTHING = Weight("", Relation.MISSING, 0.0, 0.0, 0.0)


def weigh(base: Array, per_bit: Array, full_at: Array, rarity: Array) -> Array:
    """Give the bits of many agreements at once, as `Weight` says."""
    import numpy as np

    share: Array = np.where(full_at > 0, np.minimum(rarity / np.maximum(full_at, 1e-9), 1.0), 1.0)
    bits: Array = base * share + per_bit * rarity
    return np.where(full_at > 0, np.minimum(bits, rarity), bits)


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
