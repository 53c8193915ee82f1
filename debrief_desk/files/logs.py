"""The log as CSV: UTF-8 with BOM, every cell quoted and guarded against formulas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from debrief_desk.files.formulas import guarded
from debrief_desk.files.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a heading and its rows.

    Raises:
        FileRefused: as `writing.write_whole`.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([guarded(cell) for cell in row])
    write_whole(path, b"\xef\xbb\xbf" + stream.getvalue().encode())
