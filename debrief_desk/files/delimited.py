"""Read text files of cells: which encoding, which separator, which lines.

Names are at stake, so an 8-bit encoding is never guessed where the bytes leave room for another:
Western text with an accented letter here and there is taken as Windows-1252, everything else is
asked about.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from debrief_desk.errors import FileRefused
from debrief_desk.files.cells import CellNote, Row, Sheet, clean_row
from debrief_desk.files.formulas import GUARD_MARK, unguarded
from debrief_desk.files.workbooks import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

ENCODINGS: Final = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "windows-1256"),
    *("windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1258"),
)
"""What a user may choose: Unicode, and Windows' Western, Arabic, Central European, Cyrillic,
Greek, Turkish and Vietnamese."""

_EIGHT_BIT: Final = ENCODINGS[4:]
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_DELIMITERS: Final = (",", ";", "\t", "|")
_SNIFFED_LINES: Final = 60
_LONGEST_QUOTED: Final = 40  # lines one quoted cell may run over before the quote counts as stray
_MOST_CONTROLS: Final = 0.02  # share of control bytes from which a file is no text
_TURKISH: Final = frozenset("ðþýÐÞÝ")  # in Windows-1254 these bytes are ğ ş ı Ğ Ş İ
_AMONG_LETTERS: Final = frozenset("’‘´`¨·–—")  # marks that names and compounds carry
_EDGES: Final = "“”‘’´`«»–—…•€£§°©®™º\u00a0"  # signs that stand around words
_WORD: Final = re.compile(r"[^\s,;|\"()/\x00-\x26\x28-\x2c.:0-9]+")
_MARK_ROWS: Final = 5


def read_delimited(data: bytes, encoding: str | None) -> Sheet:
    """Read a text file of cells; every physical line is accounted for.

    Raises:
        FileRefused: `encoding-needed` with `candidates`, `encoding-wrong`, or not a text of cells.
    """
    text, name, certain = _decoded(data, encoding)
    lines = list(io.StringIO(text, newline=""))  # ends at LF, CR or CR LF and nowhere else
    named = re.match(r"sep=(.)\s*$", lines[0]) if lines else None
    delimiter = named[1] if named else _sniffed(lines)
    rows: list[Row] = []
    cells = 0
    for line, values, notes in _records(lines, delimiter):
        while values and not values[-1]:
            values.pop()
        cells += len(values)
        if len(values) > MOST_COLUMNS:
            raise FileRefused("sheet-too-wide", columns=MOST_COLUMNS)
        if len(rows) >= MOST_ROWS or cells > MOST_CELLS:
            raise FileRefused("sheet-too-long", rows=MOST_ROWS)
        rows.append(clean_row(line, list(values), notes))
    while rows and rows[-1].blank:
        rows.pop()
    if not rows:
        raise FileRefused("file-empty")
    return Sheet("", name, delimiter, tuple(_own_guard_removed(rows)), certain)


def _decoded(data: bytes, chosen: str | None) -> tuple[str, str, bool]:
    """Give the text, the name of its encoding, and whether the bytes leave no other reading."""
    if chosen is not None:
        if chosen not in ENCODINGS:
            raise FileRefused("encoding-unknown", encoding=chosen, candidates=ENCODINGS)
        return _strictly(data, chosen, chosen), chosen, True
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, codec, name), name, True
    if b"\x00" in data and data.count(b"\x00") * 4 > len(data):
        raise FileRefused("encoding-needed", candidates=("utf-16-le", "utf-16-be"))
    controls = sum(data.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\x0b\x0c")
    if controls > len(data) * _MOST_CONTROLS + 1:
        raise FileRefused("file-not-a-sheet")
    try:
        return data.decode("utf-8"), "utf-8", True
    except UnicodeDecodeError:
        pass
    try:
        western = data.decode("windows-1252")
    except UnicodeDecodeError:
        western = None
    if western is not None and _looks_western(western):
        return western, "windows-1252", False
    raise FileRefused("encoding-needed", candidates=_possible(data))


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise FileRefused("encoding-wrong", encoding=name, candidates=_possible(data)) from None


def _possible(data: bytes) -> tuple[str, ...]:
    """List the 8-bit encodings that can read the bytes, the likeliest first."""
    possible = []
    for name in _EIGHT_BIT:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        letters = sum(unicodedata.category(sign)[0] in "LM" for sign in text if not sign.isascii())
        western = name == "windows-1252" and not _looks_western(text)
        possible.append((western, -letters, name))
    return tuple(name for *_, name in sorted(possible, key=lambda one: one[:2])) or _EIGHT_BIT


def _looks_western(text: str) -> bool:
    """Tell whether text decoded as Windows-1252 can hardly be anything else."""
    words = set(_WORD.findall(text))
    return not any(_is_foreign(word.strip(_EDGES)) for word in words if not word.isascii())


def _is_foreign(word: str) -> bool:
    """Tell whether a word gives away another encoding that was read as Windows-1252.

    Arabic, Cyrillic and Greek become words of accented letters only; Vietnamese, Mac and DOS texts
    get capitals and signs in the middle of words; Turkish uses six letters of its own.
    """
    letters = [sign for sign in word if sign.isalpha()]
    high = [sign for sign in letters if not sign.isascii()]
    signs = {sign for sign in word if not sign.isascii() and not sign.isalpha()}
    return (
        bool(signs - _AMONG_LETTERS)
        or bool(_TURKISH & set(high))
        or (len(high) > 1 and len(high) * 2 > len(letters))
        or any(
            before.islower() and after.isupper() and not after.isascii()
            for before, after in itertools.pairwise(word)
        )
    )


def _sniffed(lines: list[str]) -> str:
    """Give the separator that cuts the most lines into the same, largest number of cells."""
    sample = [line for line in lines[:_SNIFFED_LINES] if line.strip()]

    def evenness(delimiter: str) -> int:
        widths = [len(_cut(line, delimiter) or line.split(delimiter)) for line in sample]
        return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max(_DELIMITERS, key=evenness)


def _records(
    lines: list[str], delimiter: str
) -> Iterator[tuple[int, list[str], tuple[CellNote, ...]]]:
    """Cut lines into records; a quote that never closes spoils its own line only."""
    at = 0
    while at < len(lines):
        taken, quotes = 1, lines[at].count('"')
        while quotes % 2 and taken < _LONGEST_QUOTED and at + taken < len(lines):
            quotes += lines[at + taken].count('"')
            taken += 1
        values = _cut("".join(lines[at : at + taken]), delimiter)
        if values is None:
            taken = 1
            stray = lines[at].rstrip("\r\n").replace('"', "")
            yield at + 1, stray.split(delimiter), (CellNote("quote-unclosed"),)
        else:
            yield at + 1, values, ()
        at += taken


def _cut(text: str, delimiter: str) -> list[str] | None:
    """Cut one record into cells; None if a quote in it stays open."""
    if '"' not in text:
        return text.rstrip("\r\n").split(delimiter)
    try:
        records = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None


def _own_guard_removed(rows: list[Row]) -> list[Row]:
    """Take the apostrophes off again that the desk's own CSV says it carries."""
    if not any(GUARD_MARK in row.cells for row in rows[:_MARK_ROWS]):
        return rows
    return [
        Row(
            row.line,
            tuple(unguarded(cell) if isinstance(cell, str) else cell for cell in row.cells),
            row.notes,
        )
        for row in rows
    ]
