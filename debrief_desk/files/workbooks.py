"""Read one worksheet of an XLSX workbook, after a look at the parcel before it is opened.

The pre-check streams every part, so that declared sizes cannot lie: a 150 KB file can hold a cell
of 150 MB, and half a megabyte can hold three million rows.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from debrief_desk.errors import FileRefused
from debrief_desk.files.cells import CellNote, Row, Sheet, clean_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 1_000_000
_MOST_PARTS: Final = 200
_MOST_UNPACKED: Final = 50 * 1024 * 1024
_MOST_RATIO: Final = 200
_RATIO_FROM: Final = 1024 * 1024
_CHUNK: Final = 1 << 16
_OVERLAP: Final = 256  # longer than any mark looked for, so that none is lost between two chunks

_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW: Final = re.compile(rb"<(?:\w+:)?row[ />]")
# A row or cell that is closed at once carries a format and no content.
_ROW_NUMBER: Final = re.compile(rb"<(?:\w+:)?row [^>]*?\br=\"(\d{1,9})\"[^>]*(?<!/)>")
_FAR_COLUMN: Final = re.compile(
    rb"<(?:\w+:)?c [^>]*?\br=\"(?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z])\d+\"[^>]*(?<!/)>"
)  # behind GR, the 200th
_CELL: Final = re.compile(rb"<(?:\w+:)?c[ />]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
_ESCAPED: Final = re.compile("_x(00[01][0-9A-Fa-f])_")


def read_workbook(data: bytes, sheet: str | None) -> Sheet:
    """Read the worksheet called `sheet`, or the first visible one with content.

    Results of formulas are taken as the sender's program left them; a formula without one is taken
    as its text, which nothing runs.

    Raises:
        FileRefused: not a workbook, cut off, too big, or without such a sheet.
    """
    formulas = _look_inside(data)
    book = _open(data, values=True)
    try:
        name, others = _choose(book, sheet)
        rows = list(_rows_of(book, name))
    finally:
        book.close()
    if formulas:
        texts = _open(data, values=False)
        try:
            rows = list(_with_formulas(rows, _rows_of(texts, name)))
        finally:
            texts.close()
    while rows and rows[-1].blank:
        rows.pop()
    if not rows:
        raise FileRefused("file-empty")
    return Sheet(name=name, encoding="", delimiter="", rows=tuple(rows), others=others)


def _look_inside(data: bytes) -> bool:
    """Refuse what no honest workbook contains; tell whether there are formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            return _look_at_parts(parcel, len(data))
    except zipfile.BadZipFile:
        raise FileRefused("workbook-cut-off") from None
    except (zlib.error, EOFError, OSError, ValueError):
        raise FileRefused("workbook-broken") from None
    except (NotImplementedError, RuntimeError):  # RuntimeError: zip parts with a password
        raise FileRefused("workbook-locked") from None


def _look_at_parts(parcel: zipfile.ZipFile, packed: int) -> bool:
    parts = parcel.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS:
        raise FileRefused("workbook-too-big")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise FileRefused("workbook-other" if "mimetype" in names else "workbook-broken")
    unpacked = 0
    formulas = False
    for part in parts:
        is_page = part.filename.startswith("xl/worksheets/")
        lines = cells = 0
        for tail, window in _stream(parcel, part):
            unpacked += len(window) - len(tail)
            swollen = unpacked > _RATIO_FROM and unpacked > packed * _MOST_RATIO
            if unpacked > _MOST_UNPACKED or swollen:
                raise FileRefused("workbook-too-big")
            if _DOCTYPE.search(window) or window.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise FileRefused("workbook-broken")
            if is_page:
                lines += len(_ROW.findall(window)) - len(_ROW.findall(tail))
                lines = max(lines, *map(int, _ROW_NUMBER.findall(window)), 0)
                cells += len(_CELL.findall(window)) - len(_CELL.findall(tail))
                formulas = formulas or _FORMULA.search(window) is not None
                if _FAR_COLUMN.search(window):
                    raise FileRefused("sheet-too-wide", columns=MOST_COLUMNS)
            if lines > MOST_ROWS or cells > MOST_CELLS:
                raise FileRefused("sheet-too-long", rows=MOST_ROWS)
    return formulas


def _stream(parcel: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Give the end of the previous chunk, and that end with the chunk."""
    tail = b""
    with parcel.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail, tail + chunk
            tail = chunk[-_OVERLAP:]


def _open(data: bytes, *, values: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles that we never look at
            return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    except Exception:  # noqa: BLE001 - openpyxl fails on broken parts in any way; bytes are at fault
        raise FileRefused("workbook-broken") from None


def _choose(book: Any, wanted: str | None) -> tuple[str, tuple[str, ...]]:
    names = [page.title for page in book.worksheets]
    if wanted is not None:
        if wanted not in names:
            raise FileRefused("sheet-missing", sheet=wanted, sheets=tuple(names))
        return wanted, tuple(name for name in names if name != wanted)
    shown = [page.title for page in book.worksheets if page.sheet_state == "visible"] or names
    full = [name for name in shown if any(not row.blank for row in _first_rows(book, name))]
    if not full:
        raise FileRefused("file-empty")
    return full[0], tuple(full[1:])


def _first_rows(book: Any, name: str) -> Iterator[Row]:
    for row, _ in zip(_rows_of(book, name), range(100), strict=False):
        yield row


def _rows_of(book: Any, name: str) -> Iterator[Row]:
    page = book[name]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # dates outside the calendar: the cell says so itself
            page.reset_dimensions()  # a declared size may be wrong
            lines = page.iter_rows(
                max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True
            )
            for line, values in enumerate(lines, start=1):
                yield _row(line, values)
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001 - as above
        raise FileRefused("workbook-broken") from None


def _row(line: int, values: Iterable[object]) -> Row:
    cells = [_unescaped(value) if isinstance(value, str) else value for value in values]
    while cells and cells[-1] in (None, ""):
        cells.pop()
    if cells and line > MOST_ROWS:
        raise FileRefused("sheet-too-long", rows=MOST_ROWS)
    if len(cells) > MOST_COLUMNS:
        raise FileRefused("sheet-too-wide", columns=MOST_COLUMNS)
    return clean_row(line, cells)


def _unescaped(text: str) -> str:
    """Undo the `_x000D_` spelling that workbooks use for control characters."""
    if "_x00" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _with_formulas(values: Iterable[Row], texts: Iterable[Row]) -> Iterator[Row]:
    """Put the text of a formula where the sender's program left no result."""
    for row, typed in zip(values, texts, strict=False):
        cells, notes = list(row.cells), list(row.notes)
        cells += [""] * (len(typed.cells) - len(cells))
        for column, text in enumerate(typed.cells):
            if cells[column] == "" and text != "":
                cells[column] = text
                notes.append(CellNote("formula-text", column))
        yield Row(row.line, tuple(cells), tuple(notes))
