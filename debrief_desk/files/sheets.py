"""Open a sheet that somebody sent: the one door for CSV files and workbooks."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from debrief_desk.errors import FileRefused
from debrief_desk.files import delimited, workbooks
from debrief_desk.files.cells import Cell, CellNote, Row, Sheet

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LARGEST_FILE", "Cell", "CellNote", "Row", "Sheet", "read_sheet", "read_sheet_bytes"]

LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes; a year of arrivals as CSV is about 8 MB."""

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls and of locked .xlsx
_OTHER: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_WORKBOOK_NAMES: Final = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})


def read_sheet(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Sheet:
    """Read one sheet of a CSV file or workbook, whatever its name ends in.

    Args:
        path: the file; it is only read, and nothing in it is run.
        sheet: name of the worksheet; otherwise the first visible one with content.
        encoding: of a text file, one of `delimited.ENCODINGS`; otherwise found from the bytes.

    Raises:
        FileRefused: with a code that `wording.failures` turns into a sentence.
    """
    data = _bytes_of(path)
    return read_sheet_bytes(data, ending=path.suffix.lower(), sheet=sheet, encoding=encoding)


def read_sheet_bytes(
    data: bytes, *, ending: str = "", sheet: str | None = None, encoding: str | None = None
) -> Sheet:
    """Read one sheet from the bytes of a file; as `read_sheet`."""
    if not data.strip(b"\x00\t\r\n "):
        raise FileRefused("file-empty")
    if len(data) > LARGEST_FILE:
        raise FileRefused("file-too-big", megabytes=LARGEST_FILE // 1024**2)
    if data.startswith(_ZIP):
        return workbooks.read_workbook(data, sheet)
    if data.startswith(_COMPOUND):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise FileRefused("workbook-locked" if locked else "workbook-old")
    if _is_markup(data):
        raise FileRefused("file-is-web-page")
    if data.startswith(_OTHER):
        raise FileRefused("file-not-a-sheet")
    if ending in _WORKBOOK_NAMES:
        raise FileRefused("workbook-broken")
    if sheet is not None:
        raise FileRefused("sheet-in-text", sheet=sheet)
    return delimited.read_delimited(data, encoding)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise FileRefused("file-not-a-file")
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise FileRefused("file-missing") from None
    except IsADirectoryError:
        raise FileRefused("file-is-folder") from None
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise FileRefused("file-is-folder" if path.is_dir() else "file-unreadable") from None


def _is_markup(data: bytes) -> bool:
    start = data[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t \x00").replace(b"\x00", b"").lower()
    return start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta"))
