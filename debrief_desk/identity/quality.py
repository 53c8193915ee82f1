"""How good the suggestions were, by what people decided: shares with their uncertainty, trials."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.identity.verdicts import Thresholds

_Z: Final = 1.959963984540054  # the normal distribution has 95 % within so many deviations


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair that somebody decided: the matcher's probability (0..1), and the answer.

    `certain` is true where an equal reference or band links the two (`identity.links`).
    """

    probability: float
    certain: bool
    same: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What thresholds would have done with decided pairs: counts, by what people answered.

    *Shown* is *possible* or above, *opened* is *probable* or above, *certain* is near-certain.
    """

    same: int
    same_shown: int
    same_opened: int
    same_certain: int
    different: int
    different_shown: int
    different_opened: int
    different_certain: int

    @property
    def same_missed(self) -> int:
        """Give how many pairs of one person nobody would have seen."""
        return self.same - self.same_shown


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval (0..1) of a share of `hits` in `of`; (0, 1) where there is nothing.

    The score interval of Wilson (1927, JASA 22:209): it stays inside 0..1, also for few cases.
    """
    if not of:
        return 0.0, 1.0
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def trial(judged: Sequence[Judged], thresholds: Thresholds) -> Trial:
    """Give what these thresholds would have done; a certain link is shown and opened in any case.

    What is near-certain takes such a link, whatever the threshold.
    """
    same = [one for one in judged if one.same]
    different = [one for one in judged if not one.same]
    return Trial(
        same=len(same),
        same_shown=_from(same, thresholds.possible),
        same_opened=_from(same, thresholds.probable),
        same_certain=sum(one.certain for one in same),
        different=len(different),
        different_shown=_from(different, thresholds.possible),
        different_opened=_from(different, thresholds.probable),
        different_certain=sum(one.certain for one in different),
    )


def _from(judged: Sequence[Judged], least: float) -> int:
    return sum(one.certain or one.probability >= least for one in judged)
