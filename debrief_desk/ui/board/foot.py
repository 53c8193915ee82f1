"""What do the colours of the board mean, and how much needs a look? The line below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui.board import day_rows
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.legend import Legend, LegendEntry
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _
from debrief_desk.wording import board as words

if TYPE_CHECKING:
    from debrief_desk.actions.board import BoardDay


class BoardFoot(QWidget):
    """Agencies by colour, overlaps and checks by number, and the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = Legend(_("Agencies"))
        self.stops = SeverityBadge(Level.STOP, words.overlaps(0))
        self.checks = SeverityBadge(Level.CHECK, words.checks(0))
        self.hint = Label(_("Move: drag, or Alt + arrow keys. Undo: Ctrl+Z"), "label")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.legend, 1)
        for widget in (self.stops, self.checks, self.hint):
            row.addWidget(widget)
        name_parts(self)

    def tell(self, day: BoardDay, overlapping: int) -> None:
        """Say it for a day; `overlapping` counts the rows whose plans overlap."""
        checks = sum(plan.level is Level.CHECK for plan in day.debriefs)
        self.stops.set_badge(Level.STOP, words.overlaps(overlapping))
        self.stops.setVisible(bool(overlapping))
        self.checks.set_badge(Level.CHECK, words.checks(checks))
        self.checks.setVisible(bool(checks))
        there = {plan.agency_id for plan in day.debriefs}
        many = len(day.agencies) > day_rows.TINTS
        self.legend.set_entries(
            [
                LegendEntry(one.tint, one.name, day_rows.tag(one.name) if many else "")
                for one in day.agencies
                if one.id in there
            ]
        )
