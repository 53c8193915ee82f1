"""Cells, rows and sheets as read, after the door has taken out what no cell may carry."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

Cell = str | int | float | bool | date | time
"""A blank cell is ""; a `datetime` is a `date` with a clock and has no zone; floats are finite."""

LONGEST_CELL: Final = 4096
"""Characters of one cell; a name has fewer than a hundred."""

# Overrides, embeddings and isolates turn the text around them; marks and zero-width spaces hide in
# it. ZWNJ and ZWJ (200C, 200D) stay: Persian, Kurdish and Bengali spelling needs them.
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u00ad\ud800-\udfff]"
)
_BREAKS: Final = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class CellNote:
    """Something noticed at the door about one cell; `column` counts from 0, -1 is the whole row.

    Codes: `hidden-removed`, `turning-removed`, `cell-cut`, `formula-text`, `quote-unclosed`.
    """

    code: str
    column: int = -1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet; `line` counts from 1 as a spreadsheet or an editor shows it."""

    line: int
    cells: tuple[Cell, ...]
    notes: tuple[CellNote, ...] = ()

    @property
    def blank(self) -> bool:
        """Tell whether no cell holds anything."""
        return all(isinstance(cell, str) and not cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read, every line in order, blank ones too.

    Attributes:
        name: of the worksheet; "" for text files.
        encoding: of a text file; "" for workbooks.
        delimiter: of a text file; "" for workbooks.
        certain: the encoding follows from the bytes; if not, names should be looked at.
        others: names of further visible worksheets with content.
    """

    name: str
    encoding: str
    delimiter: str
    rows: tuple[Row, ...]
    certain: bool = True
    others: tuple[str, ...] = ()


def clean_row(line: int, values: list[object], notes: tuple[CellNote, ...] = ()) -> Row:
    """Give a row whose cells are NFC, free of control and turning characters, and bounded."""
    cells: list[Cell] = []
    found = list(notes)
    for column, value in enumerate(values):
        cell = _cell(value)
        if isinstance(cell, str) and cell and not (cell.isascii() and cell.isprintable()):
            cell, codes = clean_text(cell)
            found.extend(CellNote(code, column) for code in codes)
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            cell = cell[:LONGEST_CELL]
            found.append(CellNote("cell-cut", column))
        cells.append(cell)
    return Row(line, tuple(cells), tuple(found))


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Give `text` as NFC on one line, and codes for what was taken out of it."""
    codes = []
    plain = _BREAKS.sub(" ", text)
    for code, pattern in (("hidden-removed", _HIDDEN), ("turning-removed", _TURNING)):
        shorter = pattern.sub("", plain)
        if shorter != plain:
            codes.append(code)
        plain = shorter
    return unicodedata.normalize("NFC", plain), tuple(codes)


def as_text(cell: Cell) -> str:
    """Write a cell as its sender would type it: days ISO, whole numbers without a point."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (str, int, float, date, time)) else str(value)
