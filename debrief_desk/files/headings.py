"""Find the headings of a sheet, say what kind of sheet it is, and give each column its field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from debrief_desk.errors import FileRefused
from debrief_desk.files.cells import Cell, Row, Sheet, as_text
from debrief_desk.files.days import order_of
from debrief_desk.files.fields import (
    DATE_FIELDS,
    FIELDS,
    NAME_FIELDS,
    heading_key,
    known_headings,
)
from debrief_desk.files.rows import SkippedLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf

    from debrief_desk.files.days import FoundOrder

_SEARCHED_LINES: Final = 60
_LEAST_TABLE: Final = 2  # cells in a line before it can be a line of headings
_SURE: Final = 1.0
_NEAR: Final = 0.9
_SENDERS_OWN: Final = 0.8
_MISSPELT: Final = 0.6
_CLOSE_ENOUGH: Final = 88  # of 100; below it, "Mins" becomes "Minor"
_OWN_REFERENCE: Final = re.compile(r"[A-Z]{2,5}[\s.]*(?:no|nr|ref|number|id)\.?", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[].*?[)\]]")
_FILLERS: Final = re.compile(
    r"\b(?:number|no|please|if known|dd/?mm/?yyyy|yyyy|full|of subject|of person|details|local)\b",
    re.IGNORECASE,
)
_FOOTER: Final = re.compile(
    r"(?:(?:grand )?total|sub-?total|sum|count|rows?|records?|printed|page|sheet|end|ends|notes?|"
    r"version|official|source|generated|prepared|compiled|contact|continued|\*|©|-{2,}|={2,})\b.*|"
    r"\d+ (?:rows|records|people|entries|in total)|[-=_*.\s]{3,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as typed, its field or None, and how sure that is (0..1)."""

    index: int
    heading: str
    field: str | None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which line holds the headings, and what each column means.

    A field stands in at most one column. `header_line` counts from 1.
    """

    kind: str
    header_line: int
    columns: tuple[Column, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings without a field: shown to the user, their cells kept as typed."""
        return tuple(one.heading for one in self.columns if one.field is None and one.heading)

    def as_choice(self) -> dict[str, str]:
        """Give heading to field, "" for none: what is remembered for a sender."""
        return {one.heading: one.field or "" for one in self.columns if one.heading}


def map_columns(
    sheet: Sheet, *, kind: str | None = None, remembered: MappingOf[str, str] | None = None
) -> Mapping:
    """Find the headings of a sheet and give each column its field.

    Args:
        sheet: as read.
        kind: if the user has said which kind of sheet it is.
        remembered: heading to field ("" for none) as this sender's columns were mapped before or
            as the user has just edited them; it wins over what we would find.

    Raises:
        FileRefused: `no-headings`, `no-name-column`, or `no-rows` below the headings.
    """
    chosen = {heading_key(heading): field for heading, field in (remembered or {}).items()}
    kinds = (kind,) if kind else tuple(FIELDS)
    best = max(
        (
            (_score(row, one, chosen), -row.line, -order, row, one)
            for row in sheet.rows[:_SEARCHED_LINES]
            for order, one in enumerate(kinds)
        ),
        key=lambda found: found[:3],
    )
    score, row, found_kind = best[0], best[3], best[4]
    if not score:
        table = next((row for row in sheet.rows if len(row.cells) >= _LEAST_TABLE), None)
        if table is None or any(not isinstance(cell, str) for cell in table.cells):
            raise FileRefused("no-headings")
        row = table
    mapping = Mapping(found_kind, row.line, _columns(row, found_kind, chosen))
    if not NAME_FIELDS[found_kind] & {one.field for one in mapping.columns}:
        raise FileRefused("no-name-column", line=row.line, headings=mapping.unknown)
    if not any(isinstance(line, Row) for line in lines_below(sheet, mapping)):
        raise FileRefused("no-rows", line=row.line)
    return mapping


def lines_above(sheet: Sheet, mapping: Mapping) -> Iterator[SkippedLine]:
    """Give the title and blank lines above the headings."""
    for row in sheet.rows:
        if row.line >= mapping.header_line:
            return
        yield _skipped(row, "blank" if row.blank else "title")


def lines_below(sheet: Sheet, mapping: Mapping) -> Iterator[Row | SkippedLine]:
    """Give every line below the headings, in order: rows, and what is none with its reason."""
    headings = [heading_key(one.heading) for one in mapping.columns]
    for row in sheet.rows:
        if row.line <= mapping.header_line:
            continue
        texts = [as_text(cell) for cell in row.cells]
        filled = [text for text in texts if text]
        if not filled:
            yield _skipped(row, "blank")
        elif len(filled) > 1 and all(map(_is_heading, texts, headings)):
            yield _skipped(row, "heading-again")
        elif _is_footer(filled):
            yield _skipped(row, "footer")
        else:
            yield row


def _is_heading(text: str, heading: str) -> bool:
    return heading_key(text) == heading


def _is_footer(filled: list[str]) -> bool:
    counted = len(filled) == 1 or (len(filled) == _LEAST_TABLE and filled[1].isdecimal())
    return counted and _FOOTER.fullmatch(filled[0]) is not None


def date_orders(sheet: Sheet, mapping: Mapping) -> dict[str, FoundOrder]:
    """Give for each date field in which order its column writes days and months.

    A value of `ask` means that the user must say so once before the sheet can be parsed.
    """
    dated = [one for one in mapping.columns if one.field in DATE_FIELDS[mapping.kind]]
    rows = [line for line in lines_below(sheet, mapping) if isinstance(line, Row)]
    return {
        one.field: order_of(row.cells[one.index] for row in rows if one.index < len(row.cells))
        for one in dated
        if one.field is not None
    }


def date_order_needed(sheet: Sheet, mapping: Mapping) -> tuple[str, ...]:
    """Give the headings of the columns whose day-month order the sheet itself leaves open."""
    orders = date_orders(sheet, mapping)
    return tuple(
        one.heading for one in mapping.columns if one.field and orders.get(one.field) == "ask"
    )


def _score(row: Row, kind: str, chosen: MappingOf[str, str]) -> float:
    """Rate a line as the headings of a kind: how many fields its cells surely name."""
    if len([cell for cell in row.cells if cell != ""]) < _LEAST_TABLE:
        # A sheet of one column is a sheet of names only if its heading says so.
        return 0.5 if [_exact(cell, kind, chosen) for cell in row.cells] == ["full_name"] else 0.0
    named = {field for cell in row.cells if (field := _exact(cell, kind, chosen))}
    return float(len(named)) if all(isinstance(cell, str) for cell in row.cells) else 0.0


def _exact(cell: Cell, kind: str, chosen: MappingOf[str, str]) -> str | None:
    if not isinstance(cell, str):
        return None
    key = heading_key(cell)
    return chosen[key] if chosen.get(key) in FIELDS[kind] else _known(kind).get(key)


def _columns(row: Row, kind: str, chosen: MappingOf[str, str]) -> tuple[Column, ...]:
    found = [
        Column(index, as_text(cell), *_field_of(as_text(cell), kind, chosen))
        for index, cell in enumerate(row.cells)
    ]
    taken: dict[str, int] = {}
    for column in sorted(found, key=lambda one: (-one.confidence, one.index)):
        if column.field is not None:
            taken.setdefault(column.field, column.index)
    return tuple(
        one
        if one.field is None or taken[one.field] == one.index
        else Column(one.index, one.heading, None)
        for one in found
    )


def _field_of(heading: str, kind: str, chosen: MappingOf[str, str]) -> tuple[str | None, float]:
    key = heading_key(heading)
    known = _known(kind)
    if key in chosen:
        return (chosen[key] if chosen[key] in FIELDS[kind] else None), _SURE
    if known.get(key) in chosen.values():
        return None, 0.0  # the user gave that field to another column
    if key in known:
        return known[key], _SURE
    shorter = heading_key(_FILLERS.sub(" ", _BRACKETS.sub(" ", heading)))
    if shorter in known:
        return known[shorter], _NEAR
    if kind == "people" and _OWN_REFERENCE.fullmatch(heading.strip()):
        return "serial", _SENDERS_OWN
    return _misspelt(key, known)


def _misspelt(key: str, known: MappingOf[str, str]) -> tuple[str | None, float]:
    from rapidfuzz import fuzz, process

    if len(key) < 5:  # noqa: PLR2004 - short words are near to too many others
        return None, 0.0
    found = process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return (known[found[0]], _MISSPELT) if found else (None, 0.0)


@cache
def _known(kind: str) -> dict[str, str]:
    return known_headings(kind)


def _skipped(row: Row, why: str) -> SkippedLine:
    text = " · ".join(filled for cell in row.cells if (filled := as_text(cell)))
    return SkippedLine(row.line, why, text)
