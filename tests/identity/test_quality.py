"""The quality of suggestions: intervals as published, trials counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief_desk.identity.quality import Judged, trial, wilson
from debrief_desk.identity.verdicts import Thresholds


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


def test_without_cases_anything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_between_nought_and_one(
    case: tuple[int, int],
) -> None:
    hits, of = case
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of <= high + 1e-12
    assert high <= 1


PAIRS = (
    Judged(0.999, certain=True, same=True),
    Judged(0.95, certain=False, same=True),
    Judged(0.40, certain=False, same=True),
    Judged(0.01, certain=False, same=True),
    Judged(0.993, certain=True, same=False),
    Judged(0.92, certain=False, same=False),
    Judged(0.06, certain=False, same=False),
)


def test_a_trial_counts_what_would_have_been_shown_opened_and_missed() -> None:
    found = trial(PAIRS, Thresholds())
    assert (found.same, found.same_shown, found.same_opened, found.same_certain) == (4, 3, 2, 1)
    assert found.same_missed == 1
    assert (found.different, found.different_shown) == (3, 3)
    assert (found.different_opened, found.different_certain) == (2, 1)


def test_higher_thresholds_show_less_and_miss_more() -> None:
    found = trial(PAIRS, Thresholds(probable=0.93, possible=0.5))
    assert (found.same_shown, found.same_opened, found.same_certain) == (2, 2, 1)
    assert found.same_missed == 2
    assert (found.different_shown, found.different_opened, found.different_certain) == (2, 1, 1)


@given(
    st.lists(st.builds(Judged, st.floats(0, 1), st.booleans(), st.booleans()), max_size=30),
    st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)).map(sorted),
)
def test_a_lower_threshold_never_misses_more(judged: list[Judged], two: list[float]) -> None:
    low, high = (trial(judged, Thresholds(possible=at)) for at in two)
    assert low.same_missed <= high.same_missed
    assert low.different_shown >= high.different_shown
