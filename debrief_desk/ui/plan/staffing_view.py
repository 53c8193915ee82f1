"""What is the day short of? The bottleneck in a sentence, and how full everything is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import staffing as actions
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.choosing import choose_target
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.plan import columns
from debrief_desk.wording import _, staffing

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from debrief_desk.actions.staffing import Staffing
    from debrief_desk.ui.screen import Screen


class StaffingView(QWidget):
    """The staffing report of one offer, with its export."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._told: Staffing | None = None
        self._on: date | None = None
        self.sentence = Label("", "section", wrap=True)
        self.export = Button(_("Export…"), icon="download-simple")
        self.shortages: Table[Any] = Table(
            _("What is short"), columns.shortages(), lambda row: (row.family, row.language)
        )
        self.uses: Table[Any] = Table(
            _("How full everything is"), columns.uses(), lambda row: row.family
        )
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.sentence, 1)
        top.addWidget(self.export)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.shortages, 1)
        both.addWidget(self.uses, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(both, 1)
        self.export.clicked.connect(self._on_export)
        name_parts(self)

    def show_staffing(self, told: Staffing, on: date) -> None:
        """Show a report of a day."""
        self._told, self._on = told, on
        self.sentence.setText(actions.sentence(told))
        self.shortages.set_rows(told.shortages)
        self.uses.set_rows(told.uses)

    def _on_export(self) -> None:
        told, on = self._told, self._on
        if told is None or on is None:
            return

        def write(path: Path) -> None:
            self._screen.send(
                actions.export,
                told,
                on,
                path,
                then=lambda _none: self._screen.said.emit(staffing.exported(path.name), None),
            )

        choose_target(self, _("Export the staffing report"), f"staffing-{on:%Y-%m-%d}.xlsx", write)
