"""Which cells of a table of people stay hidden, so that no figure tells of only a few of them.

A cell of 1 to `smallest` - 1 people is hidden, and with it whatever would give it away by
subtraction (DOMAIN.md 5, equality duty; Hundepool et al. 2012, *Statistical Disclosure Control*,
chapter 4). Nought is shown: it stands for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOTAL: Final = ""
"""The key of the row of totals."""
Rows = dict[str, dict[str, int]]
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that are hidden together in a row.

    `within` is the column whose people they are taken from or add up to, "" for none: where that
    one is hidden, they are. Two columns that add up to a third have to be in one block.
    """

    columns: tuple[str, ...]
    within: str = ""


def is_small(count: int, smallest: int) -> bool:
    """Say whether a figure stands for somebody, but for too few to be shown."""
    return 0 < count < smallest


def totals(rows: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Give the sum of each column."""
    found: dict[str, int] = {}
    for row in rows.values():
        for column, count in row.items():
            found[column] = found.get(column, 0) + count
    return found


def hidden(
    rows: Mapping[str, Mapping[str, int]], blocks: Sequence[Block], smallest: int
) -> frozenset[Cell]:
    """Give the (row, column) cells to hide, those of the row `TOTAL` among them.

    Afterwards every small cell may, by all that is shown, as well be `smallest` or more: the
    hidden cells of a column add up to nought or to `smallest` at least wherever its total is
    shown, and the hidden cells of a row to a figure that is itself shown or hidden by this rule.
    Blocks come in order, those others are `within` first. Keys of rows are not `TOTAL`.
    """
    found: set[Cell] = set()
    for block in blocks:
        theirs, with_totals = _of_block(rows, block, smallest, frozenset(found))
        found |= {(row, column) for row in theirs for column in block.columns}
        if with_totals:
            found |= {(TOTAL, column) for column in block.columns}
    return frozenset(found)


def _of_block(
    rows: Mapping[str, Mapping[str, int]], block: Block, smallest: int, before: frozenset[Cell]
) -> tuple[set[str], bool]:
    """Give the rows in which a block is hidden, and whether its totals are hidden as well."""
    must = {
        key
        for key, row in rows.items()
        if (key, block.within) in before
        or any(is_small(row[column], smallest) for column in block.columns)
    }
    whole = totals(rows)
    if (TOTAL, block.within) in before or any(
        is_small(whole.get(column, 0), smallest) for column in block.columns
    ):
        return must, True
    chosen = set(must)
    while weak := _weak(rows, chosen, block, smallest):
        more = [
            key
            for key, row in rows.items()
            if key not in chosen and any(row[column] for column in weak)
        ]
        if not more:
            return must, True
        chosen.add(min(more, key=lambda key: (sum(rows[key][c] for c in block.columns), key)))
    return chosen, False


def _weak(
    rows: Mapping[str, Mapping[str, int]], chosen: set[str], block: Block, smallest: int
) -> list[str]:
    """Give the columns whose hidden cells, taken from the total, would tell of a few people."""
    return [
        column
        for column in block.columns
        if is_small(sum(rows[key][column] for key in chosen), smallest)
    ]
