"""One kind of evidence for a batch of pairs: which code holds, how rare the agreeing value is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from debrief_desk.identity.statistics import Statistics

    Array = np.ndarray[Any, Any]
else:
    from debrief_desk.identity import arrays as np


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


def flat(field: str, codes: tuple[str, ...], index: Array) -> Term:
    """Give a term whose codes weigh the same whatever the values are."""
    return Term(field, codes, index.astype(np.int8), np.zeros(len(index)))


def rare(
    field: str,
    codes: tuple[str, ...],
    index: Array,
    counted: dict[int, tuple[str, Array]],
    statistics: Statistics,
) -> Term:
    """Give a term whose rarity is that of the agreeing value, for the indexes in `counted`."""
    rarity = np.zeros(len(index))
    for code, (prefix, values) in counted.items():
        at = np.nonzero(index == code)[0]
        if len(at):
            rarity[at] = statistics.rarity(prefix, values[at])
    return Term(field, codes, index, rarity)
