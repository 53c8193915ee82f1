"""A registration as an agency sent it, and what a second import knows it by."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from debrief_desk.files.births import Birth
    from debrief_desk.files.rows import RowNote, RowProblem


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a people sheet. Absent text is "", everything else absent is None.

    Attributes:
        line: line number in the sheet, counted from 1, as a spreadsheet shows it.
        serial: the sender's own row reference (`BF00001`, `NCA-26-0237`, `KP174`).
        agency: only from the sheet's own column.
        given_name: as typed; placeholders and "not known" signs are left out.
        family_name: as typed, the same.
        full_name: the name as typed where the sheet has it in one column; else "".
        native_name: the name in its own script.
        placeholder: the name was a stand-in (UNKNOWN MALE 14); all names are then "".
        sex: `M`, `F` or "".
        interpreter_needed: None where the sheet does not say.
        references: pairs of value and issuer, each as typed.
        band: as typed.
        event_day: the day of the landing, from its own column or from `landed_at`.
        landed_at: UTC, as are `arrived_at`, `screened_at`, `planned_start` and `saved_at`.
        welfare: dry, fed and rested; None where nothing is recorded.
        medical: `fit`, `see_nurse`, `hold`, `not_fit`, `unclear`, or "" where not recorded.
        interviewer_preference: `none`, `men`, `women`, `unclear`, or "" where not recorded.
        child_flag: `child`, `age_disputed`, `adult` or "".
        minutes: planned length; None where the sheet gives none.
        purpose: a value of `rules.codes.Purpose`, or "".
        saved_at: the sender's own time stamp of the entry.
        as_typed: every heading with a cell, in the order of the sheet.
        problems: if any, the row is parked.
        hollow: nothing to go by; the row is rejected.
    """

    line: int
    serial: str = ""
    agency: str = ""
    given_name: str = ""
    family_name: str = ""
    full_name: str = ""
    native_name: str = ""
    placeholder: bool = False
    birth: Birth | None = None
    sex: str = ""
    nationality: str = ""
    language: str = ""
    dialect: str = ""
    interpreter_needed: bool | None = None
    references: tuple[tuple[str, str], ...] = ()
    band: str = ""
    event: str = ""
    event_day: date | None = None
    landed_at: datetime | None = None
    arrived_at: datetime | None = None
    screened_at: datetime | None = None
    welfare: bool | None = None
    medical: str = ""
    interviewer_preference: str = ""
    child_flag: str = ""
    planned_start: datetime | None = None
    minutes: int | None = None
    lead: str = ""
    second: str = ""
    room: str = ""
    purpose: str = ""
    saved_at: datetime | None = None
    as_typed: tuple[tuple[str, str], ...] = ()
    notes: tuple[RowNote, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    hollow: bool = False


def row_key(row: PersonRow) -> str:
    """Give what a second import knows the row by (DECISIONS.md, Import).

    The sender's own row reference; without one the event with its band; else the whole content.
    """
    return reference_key(row) or band_key(row) or _content_key(row)


def reference_key(row: PersonRow) -> str:
    """Give the key of the sender's own row reference, or ""."""
    return f"ref:{_squeezed(row.serial)}" if row.serial else ""


def band_key(row: PersonRow) -> str:
    """Give the key of the event with the band, or "" where one of them is missing."""
    if not row.event or not row.band:
        return ""
    return f"band:{_squeezed(row.event)}|{_squeezed(row.band)}"


def row_keys(rows: Iterable[PersonRow]) -> tuple[str, ...]:
    """Give one key for each row of one sheet, in order.

    Two rows that differ never share a key, also where the sender used a reference or a band twice:
    the later one is then known by its content as well. Rows equal in every cell share their key.
    """
    seen: dict[str, str] = {}
    keys = []
    for row in rows:
        key, content = row_key(row), _content_key(row)
        if seen.setdefault(key, content) != content:
            key = f"{key}|{content}"
        keys.append(key)
    return tuple(keys)


def _content_key(row: PersonRow) -> str:
    text = "\x1f".join(f"{heading}\x1e{cell}" for heading, cell in row.as_typed)
    return f"row:{hashlib.sha256(text.encode()).hexdigest()}"


def _squeezed(text: str) -> str:
    """Fold case, separators and leading zeros: `07-023` and `7/23` are one band."""
    parts = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    return "-".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)
