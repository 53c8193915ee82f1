"""Registers to be matched come in as CSV, pairs go out as CSV (FORMATS.md section 2)."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final

from debrief_desk.errors import FileRefused
from debrief_desk.files.writing import write_whole
from debrief_desk.identity.records import Birth, Record, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from debrief_desk.identity.verdicts import Pair

NEEDED: Final = ("record_id",)
NAMES: Final = ("given_name", "family_name", "full_name", "native_name")
OUT: Final = ("id_a", "id_b", "score", "band", "reasons")


def read_register(path: Path) -> Iterator[Record]:
    """Give the records of a register with the columns of FORMATS.md section 2, one by one.

    Columns may stand in any order, further ones are ignored, a million rows need no more memory
    than one. A birth or an arrival day that is no date is left out of its record; no row is.

    Raises:
        FileRefused: `match-columns-missing` (columns), `match-id-missing` (line),
            `match-id-twice` (line), `file-missing`, `file-unreadable`, `file-empty`, or
            `file-not-a-sheet`; those of single lines only when the line is reached.
    """
    with _opened(path) as lines:
        try:
            yield from _records(lines)
        except (UnicodeDecodeError, csv.Error):
            raise FileRefused("file-not-a-sheet") from None


def _opened(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except FileNotFoundError:
        raise FileRefused("file-missing") from None
    except OSError:
        raise FileRefused("file-unreadable") from None


def _records(lines: TextIO) -> Iterator[Record]:
    start = lines.readline()
    if not start.strip():
        raise FileRefused("file-empty")
    if "\0" in start:
        raise FileRefused("file-not-a-sheet")
    mark = max(",;\t", key=start.count)
    headings = [name.strip().casefold() for name in next(csv.reader([start], delimiter=mark))]
    missing = [name for name in NEEDED if name not in headings]
    if not any(name in headings for name in NAMES):
        missing.append("given_name")
    if missing:
        raise FileRefused("match-columns-missing", columns=missing)
    seen: set[str] = set()
    rows = csv.reader(lines, delimiter=mark)
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(headings, (cell.strip() for cell in row), strict=False))
        key = cells.get("record_id", "")
        if not key or key in seen:
            line = rows.line_num + 1
            raise FileRefused("match-id-twice" if key else "match-id-missing", line=line)
        seen.add(key)
        yield record_of(cells)


def record_of(cells: dict[str, str]) -> Record:
    """Give the record of one row, by column name; absent columns are empty fields."""
    reference, band = cells.get("reference", ""), cells.get("wristband", "")
    return Record(
        id=cells.get("record_id", ""),
        agency=cells.get("agency", ""),
        given_name=cells.get("given_name", ""),
        family_name=cells.get("family_name", ""),
        full_name=cells.get("full_name", ""),
        native_name=cells.get("native_name", ""),
        sex=cells.get("sex", ""),
        born=_birth(cells.get("dob", "")),
        nationality=cells.get("nationality", ""),
        language=cells.get("language", ""),
        references=(Reference(reference),) if reference else (),
        bands=(band,) if band else (),
        event=cells.get("event_ref", ""),
        event_day=_day(cells.get("arrival_date", "")),
    )


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write pairs as CSV, UTF-8, one a line, and give their number.

    `score` is the probability in 0..1, `reasons` the codes of the evidence, strongest first.

    Raises:
        FileRefused: as `writing.write_whole`; nothing is left half written.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(OUT)
    count = 0
    for pair in pairs:
        verdict = pair.verdict
        score = f"{verdict.probability:.6f}"
        writer.writerow([pair.id_a, pair.id_b, score, verdict.band.value, "|".join(verdict.codes)])
        count += 1
    write_whole(path, stream.getvalue().encode())
    return count


def _birth(text: str) -> Birth | None:
    """Read `1998-03-12`, `1998-03` or `1998`; anything else is no birth."""
    with suppress(ValueError):
        pieces: list[int | None] = [int(piece) for piece in text.split("-")]
        year, month, day = [*pieces, None, None][:3]
        return Birth(year, month, day)
    return None


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
