"""Small figures: hidden, and not to be worked out from what is shown beside them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.rules.small_cells import TOTAL, Block, hidden, is_small, totals

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = ("accepted", "refused")
BLOCKS = (Block(("offered",)), Block(ANSWERS, within="offered"))
SMALLEST = 3


def row(accepted: int, refused: int) -> dict[str, int]:
    return {"offered": accepted + refused, "accepted": accepted, "refused": refused}


def test_large_figures_and_nought_are_shown() -> None:
    rows = {"A": row(6, 5), "B": row(7, 0), "C": row(0, 0)}
    assert hidden(rows, BLOCKS, 5) == frozenset()


def test_a_small_cell_takes_its_row_and_a_second_row_with_it() -> None:
    rows = {"A": row(20, 2), "B": row(9, 8), "C": row(30, 30)}
    assert hidden(rows, BLOCKS, 5) == {(boat, column) for boat in ("A", "B") for column in ANSWERS}


def test_a_row_of_few_people_is_hidden_whole() -> None:
    rows = {"A": row(2, 1), "B": row(9, 8), "C": row(30, 30)}
    secret = hidden(rows, BLOCKS, 5)
    assert {("A", "offered"), ("A", "accepted"), ("A", "refused")} <= secret
    assert ("B", "offered") in secret
    assert ("C", "offered") not in secret


def test_a_total_goes_where_no_second_row_can() -> None:
    rows = {"A": row(20, 2), "B": row(9, 0)}
    assert {(TOTAL, column) for column in ANSWERS} <= hidden(rows, BLOCKS, 5)
    assert (TOTAL, "offered") not in hidden(rows, BLOCKS, 5)


def test_a_lone_row_does_not_stand_beside_its_own_total() -> None:
    rows = {"A": {"held": 4}}
    assert hidden(rows, (Block(("held",)),), 5) == {("A", "held"), (TOTAL, "held")}
    two = {"A": {"held": 4}, "B": {"held": 9}}
    assert hidden(two, (Block(("held",)),), 5) == {("A", "held"), ("B", "held")}


def test_a_policy_of_one_hides_nothing() -> None:
    assert hidden({"A": row(1, 0), "B": row(0, 1)}, BLOCKS, 1) == frozenset()


def _rows_that_fit(
    rows: dict[str, dict[str, int]], secret: frozenset[tuple[str, str]], most: int
) -> list[list[dict[str, int]]]:
    """Give, per row, every row that shows the same as the true one."""
    fits = []
    for key, true in rows.items():
        fits.append(
            [
                row(accepted, refused)
                for accepted, refused in product(range(most + 1), repeat=2)
                if all(
                    (key, column) in secret or row(accepted, refused)[column] == true[column]
                    for column in true
                )
            ]
        )
    return fits


def _worlds(
    rows: dict[str, dict[str, int]], secret: frozenset[tuple[str, str]], most: int
) -> Iterator[tuple[dict[str, int], ...]]:
    """Give every table that shows the same as the true one, totals as well."""
    whole = totals(rows)
    for world in product(*_rows_that_fit(rows, secret, most)):
        sums = totals(dict(enumerate(world)))  # type: ignore[arg-type]
        if all((TOTAL, column) in secret or sums[column] == whole[column] for column in whole):
            yield world


cells = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda pair: row(*pair))


@settings(deadline=None, max_examples=60)
@given(st.lists(cells, min_size=1, max_size=3))
def test_no_small_cell_can_be_worked_out(found: list[dict[str, int]]) -> None:
    rows = {str(at): one for at, one in enumerate(found)}
    secret = hidden(rows, BLOCKS, SMALLEST)
    worlds = list(_worlds(rows, secret, most=7))
    whole = totals(rows)
    for at, (key, true) in enumerate(rows.items()):
        for column, count in true.items():
            if is_small(count, SMALLEST):
                assert (key, column) in secret
                assert any(world[at][column] >= SMALLEST for world in worlds), (key, column)
    for column, count in whole.items():
        assert (TOTAL, column) in secret or not is_small(count, SMALLEST)


@settings(deadline=None, max_examples=60)
@given(st.lists(cells, min_size=1, max_size=6))
def test_hidden_cells_of_a_column_never_add_up_to_a_few(found: list[dict[str, int]]) -> None:
    rows = {str(at): one for at, one in enumerate(found)}
    secret = hidden(rows, BLOCKS, SMALLEST)
    for column in rows["0"]:
        left_out = sum(one[column] for key, one in rows.items() if (key, column) in secret)
        assert (TOTAL, column) in secret or not is_small(left_out, SMALLEST)
