"""Rosters as XLSX and CSV: typed where the format has types, and never a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.files import rosters
from debrief_desk.files.cells import clean_text
from debrief_desk.files.formulas import GUARD_MARK, guarded
from debrief_desk.files.writing import write_whole
from debrief_desk.wording import london, roster_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.files.rosters import RosterColumn, RosterLine, RosterSheet

_FORMATS: Final = {"date": "ddd dd mmm yyyy", "time": "hh:mm", "text": "@"}
_WIDTHS: Final = {"date": 16, "time": 7, "text": 18}
_WIDER: Final = {"reference": 16, "person": 26, "own_script": 26, "missing": 34, "room": 10}
_FORBIDDEN_IN_SHEET_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'"))


def write_workbook(path: Path, roster: RosterSheet) -> None:
    """Write the roster as XLSX: the roster on its first sheet, what it is on the second.

    Days and times are real ones in London time; everything else is text, so references keep their
    leading zeros and nothing in a name is ever a formula or a link.

    Raises:
        FileRefused: as `writing.write_whole`.
    """
    write_whole(path, workbook_bytes(roster))


def workbook_bytes(roster: RosterSheet) -> bytes:
    """Give the XLSX of a roster."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": roster.meta.printed_at.replace(tzinfo=None)})
        _roster_page(book, roster)
        _about_page(book, roster)
    return stream.getvalue()


def write_csv(path: Path, roster: RosterSheet) -> None:
    """Write the roster as CSV, UTF-8 with BOM, every cell quoted and guarded against formulas.

    Raises:
        FileRefused: as `writing.write_whole`.
    """
    write_whole(path, csv_bytes(roster))


def csv_bytes(roster: RosterSheet) -> bytes:
    """Give the CSV of a roster: what it is, a note on the guard, headings, lines."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")

    def put(*texts: str) -> None:
        writer.writerow([guarded(_plain(text)) for text in texts])

    put(rosters.title_line(roster.meta))
    put(rosters.issue_line(roster.meta))
    put(roster_sheets.guard_note(), GUARD_MARK)
    put(*(column.title for column in roster.columns))
    for line in roster.rows:
        put(*(_as_csv(_value(line, column)) for column in roster.columns))
    return stream.getvalue().encode("utf-8-sig")


def _roster_page(book: Any, roster: RosterSheet) -> None:
    page = book.add_worksheet(_sheet_name(roster_sheets.level_name(roster.meta.level)))
    formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    page.write_string(0, 0, _plain(rosters.title_line(roster.meta)))
    for index, column in enumerate(roster.columns):
        page.write_string(1, index, _plain(column.title), heading)
        page.set_column(index, index, _WIDER.get(column.key, _WIDTHS[column.kind]))
    for number, line in enumerate(roster.rows, start=2):
        for index, column in enumerate(roster.columns):
            _write(page, number, index, _value(line, column), formats[column.kind])
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, 1 + len(roster.rows), max(len(roster.columns) - 1, 0))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)
    marking = _plain(roster.meta.marking).replace("&", "&&")[:200]
    page.set_header(f"&C{marking}")
    page.set_footer("&R&P / &N")


def _about_page(book: Any, roster: RosterSheet) -> None:
    page = book.add_worksheet(_sheet_name(roster_sheets.about_title()))
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 80)
    for number, (label, text) in enumerate(rosters.about(roster)):
        page.write_string(number, 0, _plain(label), bold)
        page.write_string(number, 1, _plain(text), wrapped)
    page.set_header(f"&C{_plain(roster.meta.marking).replace('&', '&&')[:200]}")


def _write(page: Any, row: int, column: int, value: str | date | time, style: Any) -> None:
    if isinstance(value, (date, time)):
        page.write_datetime(row, column, value, style)
    elif value:
        page.write_string(row, column, value, style)
    else:
        page.write_blank(row, column, None, style)


def _value(line: RosterLine, column: RosterColumn) -> str | date | time:
    """Give what a column shows of a line: a London day or clock time, or plain text."""
    if column.kind == "date":
        return london(line.start).date()
    if column.kind == "time":
        moment: datetime = getattr(line, column.key)
        return london(moment).time()
    text: str = getattr(line, column.key)
    return _plain(roster_sheets.change_word(text) if column.key == "change" else text)


def _as_csv(value: str | date | time) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _plain(text: str) -> str:
    """Give text on one line, without isolates and control characters: sheets cannot hold them."""
    return clean_text(text)[0]


def _sheet_name(title: str) -> str:
    return title.translate(_FORBIDDEN_IN_SHEET_NAMES)[:31]
