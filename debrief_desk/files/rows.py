"""What every sheet turns into: rows with notes and problems, and the lines that were no rows.

A *note* tells what was read with care; the row is used. A *problem* tells of a value that cannot
be used; the row is parked until somebody settles it, and nothing of it is lost. A *hollow* row has
nothing to go by and is rejected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

RowT = TypeVar("RowT")

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What is to be said about a row; `values` fill the sentence in `wording.imports`."""

    code: str
    field: str = ""
    values: Values = ()


@dataclass(frozen=True, slots=True)
class RowNote(RowRemark):
    """Something the reader did or noticed: its row is used."""


@dataclass(frozen=True, slots=True)
class RowProblem(RowRemark):
    """A value that cannot be used as it stands: its row is parked, not lost."""


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line that is no row; `why` is `title`, `blank`, `footer` or `heading-again`."""

    line: int
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParsedSheet(Generic[RowT]):
    """Every line of a sheet below its headings, as a row or as a skipped line.

    Attributes:
        kind: `people`, `interviewers`, `interpreters` or `rooms`.
        rows: in the order of the sheet, hollow rows among them.
        skipped: titles, blank lines, footers and repeated headings, with their line numbers.
        unknown: headings that no field was found for; their cells stay in `as_typed`.
    """

    kind: str
    rows: tuple[RowT, ...]
    skipped: tuple[SkippedLine, ...]
    unknown: tuple[str, ...] = ()
