"""Read one row of a mapped sheet field by field, and collect what has to be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from debrief_desk.files.cells import Cell, Row, as_text
from debrief_desk.files.days import UnreadableError
from debrief_desk.files.headings import date_orders, lines_above, lines_below
from debrief_desk.files.rows import ParsedSheet, RowNote, RowProblem, SkippedLine
from debrief_desk.files.words import is_blank

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from debrief_desk.files.cells import Sheet
    from debrief_desk.files.days import DateOrder
    from debrief_desk.files.headings import Mapping

T = TypeVar("T")
RowT = TypeVar("RowT")

_BARRING: Final = frozenset({"quote-unclosed", "cell-cut"})  # the cell may not be what was sent


class RowReader:
    """One row under a mapping; `notes` and `problems` grow while its fields are read."""

    def __init__(
        self, row: Row, mapping: Mapping, orders: dict[str, DateOrder], near: date
    ) -> None:
        self.row = row
        self.near = near
        self.notes: list[RowNote] = []
        self.problems: list[RowProblem] = []
        self._orders = orders
        self._index = {one.field: one.index for one in mapping.columns if one.field}
        self.as_typed = tuple(
            (one.heading, as_text(self._cell(one.index))) for one in mapping.columns
        )
        self._take_cell_notes(mapping)

    def cell(self, field: str) -> Cell:
        """Give the cell of a field, "" where the sheet or the row has none."""
        return self._cell(self._index.get(field, -1))

    def typed(self, field: str) -> str:
        """Give the text of a field as typed."""
        return as_text(self.cell(field))

    def text(self, field: str) -> str:
        """Give the text of a field, "" where it only says that nothing is known."""
        typed = self.typed(field)
        return "" if is_blank(typed) else typed

    def order(self, field: str) -> DateOrder:
        """Give the order of day and month in the column of a field."""
        return self._orders.get(field, "dmy")

    def value(self, field: str, parse: Callable[[Cell], T]) -> T | None:
        """Give what `parse` makes of a field; None where blank, with a problem where unreadable."""
        if not self.text(field):
            return None
        try:
            return parse(self.cell(field))
        except UnreadableError as unreadable:
            self.problem(unreadable.code, field)
            return None

    def code(self, field: str, known: Callable[[str], T | None], unclear: T, blank: T) -> T:
        """Give the code of a word; `unclear`, with a note, for a word that is not known here."""
        typed = self.typed(field)
        code = known(typed) if typed else None
        if code is not None:
            return code
        if is_blank(typed):
            return blank
        self.note("word-unclear", field, typed=typed)
        return unclear

    def note(self, code: str, field: str = "", **values: str) -> None:
        """Add a note; its row is used."""
        self.notes.append(RowNote(code, field, tuple(values.items())))

    def problem(self, code: str, field: str = "", **values: str) -> None:
        """Add a problem with the cell as typed; its row is parked."""
        values.setdefault("typed", self.typed(field))
        self.problems.append(RowProblem(code, field, tuple(values.items())))

    def _cell(self, index: int) -> Cell:
        return self.row.cells[index] if 0 <= index < len(self.row.cells) else ""

    def _take_cell_notes(self, mapping: Mapping) -> None:
        fields = {one.index: one.field for one in mapping.columns}
        for note in self.row.notes:
            field = fields.get(note.column) or ""
            if note.code in _BARRING and (field or note.column < 0):
                self.problems.append(RowProblem(note.code, field))
            else:
                self.notes.append(RowNote(note.code, field))
        if any(cell != "" for cell in self.row.cells[len(mapping.columns) :]):
            self.problems.append(RowProblem("cells-beyond-headings"))


def parse_rows(
    sheet: Sheet,
    mapping: Mapping,
    parse: Callable[[RowReader], RowT],
    *,
    date_order: DateOrder,
    near: date,
) -> ParsedSheet[RowT]:
    """Parse every line of a sheet; a column that shows its own date order keeps to it."""
    orders: dict[str, DateOrder] = {
        field: date_order if found in {"ask", ""} else found  # type: ignore[misc]
        for field, found in date_orders(sheet, mapping).items()
    }
    rows: list[RowT] = []
    skipped: list[SkippedLine] = list(lines_above(sheet, mapping))
    for line in lines_below(sheet, mapping):
        if isinstance(line, SkippedLine):
            skipped.append(line)
        else:
            rows.append(parse(RowReader(line, mapping, orders, near)))
    return ParsedSheet(mapping.kind, tuple(rows), tuple(skipped), mapping.unknown)
