"""Figures as XLSX and CSV: numbers as numbers, what they mean beside them, never a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from debrief_desk.files.cells import clean_text
from debrief_desk.files.formulas import guarded
from debrief_desk.files.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

FigureCell = str | int


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table: its title, its headings, and rows of words and numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[FigureCell, ...], ...]


@dataclass(frozen=True, slots=True)
class FigureBook:
    """Everything that goes into one file.

    Attributes:
        titles: names of the sheet of figures and of the sheet about them.
        made_at: UTC.
        marking: the line that stands above every printed page.
        about: label and text, period and definitions among them.
    """

    titles: tuple[str, str]
    made_at: datetime
    marking: str
    tables: tuple[FigureTable, ...]
    about: tuple[tuple[str, str], ...]


def write_workbook(path: Path, book: FigureBook) -> None:
    """Write the figures as XLSX, what they mean on the second sheet.

    Raises:
        FileRefused: as `writing.write_whole`.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as file:
        file.set_properties({"created": book.made_at.replace(tzinfo=None)})
        _figures_page(file, book)
        _about_page(file, book)
    write_whole(path, stream.getvalue())


def write_csv(path: Path, book: FigureBook) -> None:
    """Write the figures as CSV, UTF-8 with BOM: what they mean first, then table after table.

    Raises:
        FileRefused: as `writing.write_whole`.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (*book.about, *_lines(book)):
        writer.writerow([guarded(_plain(cell)) for cell in row])
    write_whole(path, stream.getvalue().encode("utf-8-sig"))


def _lines(book: FigureBook) -> Iterator[tuple[FigureCell, ...]]:
    for table in book.tables:
        yield ()
        yield (table.title,)
        yield table.columns
        yield from table.rows


def _figures_page(file: Any, book: FigureBook) -> None:
    page = file.add_worksheet(book.titles[0])
    bold = file.add_format({"bold": True})
    heading = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    number = file.add_format({"num_format": "#,##0", "align": "right"})
    mark = file.add_format({"align": "right", "num_format": "@"})
    page.set_column(0, 0, 34)
    page.set_column(1, 12, 12)
    at = 0
    for table in book.tables:
        page.write_string(at, 0, _plain(table.title), bold)
        for column, title in enumerate(table.columns):
            page.write_string(at + 1, column, _plain(title), heading)
        at += 2
        for row in table.rows:
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(at, column, cell, number)
                else:
                    page.write_string(at, column, _plain(cell), mark if column else None)
            at += 1
        at += 1
    _dress(page, book)


def _about_page(file: Any, book: FigureBook) -> None:
    page = file.add_worksheet(book.titles[1])
    bold = file.add_format({"bold": True, "valign": "top"})
    wrapped = file.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    for number, (label, text) in enumerate(book.about):
        page.write_string(number, 0, _plain(label), bold)
        page.write_string(number, 1, _plain(text), wrapped)
    _dress(page, book)


def _dress(page: Any, book: FigureBook) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_header(f"&C{_plain(book.marking).replace('&', '&&')[:200]}")
    page.set_footer("&R&P / &N")


def _plain(cell: FigureCell) -> str:
    """Give a cell as text on one line, without isolates and control characters."""
    return clean_text(str(cell))[0]
