"""Which files were taken before? A list, each of which can be looked at again and undone whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, day_and_clock, import_steps, imports, left_to_right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debrief_desk.actions.imports import ImportRow


class History(QWidget):
    """The imports, newest first."""

    opened = Signal(object)
    """The import (row) to look at."""
    undo_asked = Signal(object)
    """The import (row) to undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, ImportRow] = {}
        self.title = Label(_("Earlier imports"), "section")
        self.look_button = Button(_("Look at it"))
        self.undo_button = Button(_("Undo it…"), icon="arrow-counter-clockwise")
        self.table: Table[ImportRow] = Table(
            _("Earlier imports"), _columns(), key=lambda row: row.id
        )
        self.states = States(self.table)
        self._build()
        self._connect()
        name_parts(self)
        self.states.show_loading()
        self._allow(None)

    def show_rows(self, rows: Sequence[ImportRow]) -> None:
        """List these imports."""
        self._rows = {row.id: row for row in rows}
        self.table.set_rows(rows)
        if rows:
            self.states.show_content()
            if self.table.key() is None:
                self.table.choose_row(0)
        else:
            self.states.show_empty(
                _("Nothing was imported yet"),
                _("Every file taken is listed here, and can be undone whole."),
                icon="tray-arrow-down",
            )
        self._allow(self.table.key())

    def show_failed(self, text: str, again: Callable[[], None]) -> None:
        """Say why the list is not there."""
        self.states.show_failed(
            _("The list could not be read"), text, action=_("Try again"), do=again
        )

    def chosen(self) -> ImportRow | None:
        """Give the import that is chosen, or None."""
        return self._rows.get(str(self.table.key()))

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addWidget(self.look_button)
        top.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.states, 1)

    def _connect(self) -> None:
        self.table.chosen.connect(self._allow)
        self.table.opened.connect(lambda key: self.opened.emit(self._rows[str(key)]))
        self.look_button.clicked.connect(lambda: self.opened.emit(self.chosen()))
        self.undo_button.clicked.connect(lambda: self.undo_asked.emit(self.chosen()))

    def _allow(self, _key: object) -> None:
        row = self.chosen()
        self.look_button.setEnabled(row is not None)
        self.undo_button.setEnabled(row is not None and row.undone_at is None)


def _columns() -> tuple[Column[ImportRow], ...]:
    def count(outcome: str) -> Column[ImportRow]:
        return Column(
            import_steps.outcome_title(outcome),
            lambda row: left_to_right(f"{row.counts.get(outcome, 0):,}"),
            fixed=True,
            width=84,
            tooltip=lambda _row: import_steps.outcome_meaning(outcome),
        )

    return (
        Column(_("Taken"), lambda row: day_and_clock(row.imported_at), fixed=True, width=168),
        Column(_("Sender"), lambda row: row.agency or "–", strong=True, stretch=True),
        Column(_("What"), lambda row: imports.kind_title(row.kind), width=110),
        *map(count, ("read", "added", "updated", "linked", "parked", "rejected", "unchanged")),
        Column(
            _("By"),
            lambda row: _("Undone") if row.undone_at is not None else row.by,
            muted=True,
            width=130,
        ),
    )
