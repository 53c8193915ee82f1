"""How does a roster fit on pages? Widths, lines and page breaks, in points; nothing is drawn here.

What holds of every layout: no column passes the page's width, no line its column's width, no row
the page's foot; no row stands on two pages.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAD: Final = 4.0
"""Points between a cell's edge and its text, at the left and the right."""
GAP: Final = 2.5
"""Points above and below the text of a row."""
_ELLIPSIS: Final = "…"
_LEAST: Final = 24.0
_JOINERS: Final = "\u200c\u200d"


class Style(Enum):
    """How a line is written: (size in points, strong)."""

    MARKING = (10.0, True)
    TITLE = (13.0, True)
    HEADING = (7.5, True)
    STRONG = (8.5, True)
    WORD = (8.0, True)  # for a change; never crossed out
    BODY = (8.5, False)
    SMALL = (7.5, False)


class Metrics(Protocol):
    """Measures text in points."""

    def width(self, text: str, style: Style) -> float:
        """Give the width of a line of text."""
        ...

    def height(self, style: Style) -> float:
        """Give the distance of two lines."""
        ...


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text as written."""

    text: str
    style: Style = Style.BODY


Cell = tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row before it is broken into lines; `struck` rows are written crossed out."""

    cells: tuple[Cell, ...]
    marked: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class PageColumn:
    """Where a column stands; `head` is its title in lines."""

    left: float
    width: float
    head: Cell


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row on its page: `top` is counted from the foot of the headings."""

    top: float
    height: float
    cells: tuple[Cell, ...]
    marked: bool
    struck: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages of a table: the same columns and headings on each, `head` points high."""

    columns: tuple[PageColumn, ...]
    head: float
    pages: tuple[tuple[PlacedRow, ...], ...]


def layout(
    titles: Sequence[str], rows: Sequence[SheetRow], metrics: Metrics, width: float, height: float
) -> Layout:
    """Fit a table into pages of `width` by `height` points; there is one page at least."""
    heads: list[Cell] = [(TextLine(title, Style.HEADING),) for title in titles]
    widths = _widths(heads, rows, metrics, width)
    left, columns = 0.0, []
    for head, wide in zip(heads, widths, strict=True):
        columns.append(PageColumn(left, wide, broken(head, metrics, wide - 2 * PAD)))
        left += wide
    top = max(_height(column.head, metrics) for column in columns) + 2 * GAP
    placed = [_placed(row, widths, metrics, height - top) for row in rows]
    return Layout(tuple(columns), top, tuple(_pages(placed, height - top)))


def broken(cell: Cell, metrics: Metrics, width: float) -> Cell:
    """Break the lines of a cell at blanks, and within a word that is wider than the cell alone."""
    return tuple(
        TextLine(text, line.style)
        for line in cell
        for text in _lines(line.text, line.style, metrics, width)
    )


def _lines(text: str, style: Style, metrics: Metrics, width: float) -> Iterable[str]:
    line = ""
    for word in text.split():
        tried = f"{line} {word}" if line else word
        if metrics.width(tried, style) <= width:
            line = tried
            continue
        if line:
            yield line
        *full, line = _pieces(word, style, metrics, width)
        yield from full
    if line:
        yield line


def _pieces(word: str, style: Style, metrics: Metrics, width: float) -> list[str]:
    """Cut a word into pieces that fit, never between a letter and its marks."""
    pieces = [""]
    for letter in _letters(word):
        if pieces[-1] and metrics.width(pieces[-1] + letter, style) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _letters(word: str) -> Iterable[str]:
    letter = ""
    for sign in word:
        if letter and not unicodedata.combining(sign) and sign not in _JOINERS:
            yield letter
            letter = ""
        letter += sign
    if letter:
        yield letter


def _widths(
    heads: Sequence[Cell], rows: Sequence[SheetRow], metrics: Metrics, width: float
) -> list[float]:
    """Share the width out: first what the longest words need, then evenly up to whole lines."""
    least, whole = [], []
    for at, head in enumerate(heads):
        lines = [*head, *(line for row in rows for line in row.cells[at])]
        words = {(word, line.style) for line in lines for word in line.text.split()}
        texts = {(line.text, line.style) for line in lines}
        least.append(max((metrics.width(*word) for word in words), default=0) + 2 * PAD)
        whole.append(max((metrics.width(*text) for text in texts), default=0) + 2 * PAD)
    if sum(least) > width:
        return _cut(least, width)
    result, free = list(least), width - sum(least)
    wanting = sorted(range(len(heads)), key=lambda at: whole[at] - least[at])
    for done, at in enumerate(wanting):
        share = min(whole[at] - least[at], free / (len(wanting) - done))
        result[at] += share
        free -= share
    return [wide + free / len(result) for wide in result]


def _cut(least: Sequence[float], width: float) -> list[float]:
    """Take from the widest columns until all fit; words in them will be cut."""
    ceiling = max(least)
    while sum(min(one, ceiling) for one in least) > width and ceiling > _LEAST:
        ceiling -= 1.0
    cut = [min(one, ceiling) for one in least]
    share = min(1.0, width / sum(cut))
    return [one * share for one in cut]


def _placed(
    row: SheetRow, widths: Sequence[float], metrics: Metrics, room: float
) -> tuple[SheetRow, float]:
    cells = tuple(
        _clipped(broken(cell, metrics, wide - 2 * PAD), metrics, room - 2 * GAP)
        for cell, wide in zip(row.cells, widths, strict=True)
    )
    high = max(_height(cell, metrics) for cell in cells) + 2 * GAP
    return SheetRow(cells, row.marked, row.struck), high


def _clipped(cell: Cell, metrics: Metrics, room: float) -> Cell:
    """Leave out what is higher than a whole page, and show that something is left out."""
    if _height(cell, metrics) <= room:
        return cell
    kept: list[TextLine] = []
    high = metrics.height(Style.BODY)
    for line in cell:
        high += metrics.height(line.style)
        if high > room:
            break
        kept.append(line)
    return (*kept, TextLine(_ELLIPSIS))


def _height(cell: Cell, metrics: Metrics) -> float:
    return sum(metrics.height(line.style) for line in cell)


def _pages(rows: Sequence[tuple[SheetRow, float]], room: float) -> Iterable[tuple[PlacedRow, ...]]:
    page: list[PlacedRow] = []
    top = 0.0
    for row, high in rows:
        if page and top + high > room:
            yield tuple(page)
            page, top = [], 0.0
        page.append(PlacedRow(top, high, row.cells, row.marked, row.struck))
        top += high
    yield tuple(page)
