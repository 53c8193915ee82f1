"""The figures of a period as a file: its tables, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions.figure_counts import COLUMNS
from debrief_desk.files import figures as files
from debrief_desk.files.figures import FigureBook, FigureTable
from debrief_desk.rules.small_cells import TOTAL, Block, hidden, is_small
from debrief_desk.wording import day_and_clock
from debrief_desk.wording import figures as words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from debrief_desk.actions.figures import Figures
    from debrief_desk.files.figures import FigureCell


def write(path: Path, found: Figures) -> None:
    """Write figures as CSV where the name ends so, else as XLSX.

    Everything is under the rule for small figures here, conflicts and decisions as well.

    Raises:
        FileRefused: the file cannot be written.
    """
    if path.suffix.lower() == ".csv":
        files.write_csv(path, _book(found))
    else:
        files.write_workbook(path, _book(found))


def _book(found: Figures) -> FigureBook:
    return FigureBook(
        titles=words.sheet_titles(),
        made_at=found.made_at,
        marking=found.marking,
        tables=_tables(found),
        about=words.about(
            site=found.site,
            desk=found.desk,
            marking=found.marking,
            span=words.period(found.period.first, found.period.last),
            made_at=day_and_clock(found.made_at),
            smallest=found.smallest,
        ),
    )


def _tables(found: Figures) -> tuple[FigureTable, ...]:
    titles = words.table_titles()
    boats = (
        *((words.boat(row.number), *map(_cell, row.counts)) for row in found.boats),
        (words.all_boats(), *map(_cell, found.whole.counts)),
    )
    doubles = (_guarded(found.prevented, found), _guarded(found.late, found), found.twice)
    overrides = {row.text: row.count for row in found.overrides}
    ages = {words.age(row.key): row.stops + row.others for row in found.ages}
    return (
        FigureTable(titles.boats, (titles.boat, *map(words.column, COLUMNS)), boats),
        FigureTable(
            titles.doubles,
            (titles.what, titles.count),
            tuple(zip(words.double_titles(), map(_cell, doubles), strict=True)),
        ),
        FigureTable(titles.overrides, (titles.what, titles.count), _listed(overrides, found)),
        FigureTable(titles.ages, (titles.age, titles.count), _listed(ages, found)),
    )


def _listed(counts: Mapping[str, int], found: Figures) -> tuple[tuple[FigureCell, ...], ...]:
    """Give counts with their sum as rows, those of a few hidden."""
    rows = {text: {"count": count} for text, count in counts.items()}
    secret = hidden(rows, (Block(("count",)),), found.smallest)
    whole = {**counts, TOTAL: sum(counts.values())}
    return tuple(
        (text or words.together(), _cell(None if (text, "count") in secret else count))
        for text, count in whole.items()
    )


def _guarded(count: int, found: Figures) -> int | None:
    return None if is_small(count, found.smallest) else count


def _cell(count: int | None) -> FigureCell:
    return words.HIDDEN if count is None else count
