"""Who is there on which day? Seven days of everybody, with shifts and absences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui.parts.buttons import Button, IconButton, Segments
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.staff import columns
from debrief_desk.wording import _, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.duties import WeekRow

_WEEK = timedelta(days=7)


class WeekView(QWidget):
    """The week of interviewers or of interpreters; a star marks a single shift."""

    asked = Signal()
    """Another week, or the other kind of staff, is to be read."""

    def __init__(self, first: date) -> None:
        super().__init__()
        self.first = first
        self.kinds = Segments(
            _("Of whom"),
            (("interviewer", _("Interviewers")), ("interpreter", _("Interpreters"))),
        )
        self.before = IconButton(_("The week before"), "caret-left")
        self.after = IconButton(_("The week after"), "caret-right")
        self.today = Button(_("This week"))
        self.span = Label("", "strong")
        self.remark = Label(_("* a single shift, which goes before the usual one"), "muted")
        self.table: Table[WeekRow] = Table(
            _("Week"), columns.week(first), lambda row: row.id, compact=True
        )
        name_parts(self)
        self.view = States(self.table)
        self.view.show_loading()
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.kinds, self.before, self.after, self.today, self.span):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        self._begin = first
        self.kinds.chosen.connect(lambda _kind: self.asked.emit())
        self.before.clicked.connect(lambda: self._go_to(self.first - _WEEK))
        self.after.clicked.connect(lambda: self._go_to(self.first + _WEEK))
        self.today.clicked.connect(lambda: self._go_to(self._begin))
        self._say()

    def show_rows(self, rows: Sequence[WeekRow]) -> None:
        """Show the week that was asked for."""
        self.table.rows.columns = columns.week(self.first)
        self.table.set_rows(rows)
        if rows:
            self.view.show_content()
            if self.table.key() is None:
                self.table.choose_row(0)
        else:
            self.view.show_empty(
                _("Nobody is listed yet"),
                _("Import the sheet the agencies or the site send; it takes a minute."),
                icon="identification-badge",
            )

    def _go_to(self, first: date) -> None:
        self.first = first
        self._say()
        self.asked.emit()

    def _say(self) -> None:
        last = self.first + timedelta(days=6)
        self.span.setText(f"{day(self.first)} – {day(last)}")
