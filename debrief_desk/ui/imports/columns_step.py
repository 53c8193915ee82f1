"""The second step: what does each column mean? Found, remembered, or said by the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.fields import ChoiceEntry
from debrief_desk.ui.parts.labels import ElidedLabel, Label, card
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.wording import _, import_steps, imports, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.imports import Preview

_SAMPLES = 3


class ColumnsStep(QWidget):
    """One line a column: its heading, its first cells, and a choice of what it means."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = Label("", "muted", wrap=True)
        self._choices: dict[str, ChoiceEntry] = {}
        self._badges: dict[str, SeverityBadge] = {}
        self.card = card()
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._build()
        name_parts(self)

    def show_preview(self, preview: Preview) -> None:
        """Show the columns of a file as they would be read."""
        columns = dict(preview.columns)
        known = sum(bool(field) for field in columns.values())
        self.summary.setText(
            import_steps.columns_found(known, len(columns) - known, remembered=preview.remembered)
        )
        headings = tuple(dict.fromkeys(heading for heading in preview.headings if heading))
        if headings != tuple(self._choices):
            self._lay_out(headings, preview.fields, _samples(preview))
        self._show_fields(columns)

    def show_headings(self, headings: Sequence[str], fields: Sequence[str], text: str) -> None:
        """Show headings none of which is a name, so that the user can say which one is."""
        self.summary.setText(text)
        self._lay_out(tuple(headings), fields, {})
        self._show_fields(dict.fromkeys(headings, ""))

    def columns(self) -> tuple[tuple[str, str], ...]:
        """Give heading and field of each column, "" for none."""
        return tuple((heading, entry.value() or "") for heading, entry in self._choices.items())

    def entry(self, heading: str) -> ChoiceEntry:
        """Give the choice of a column; raises KeyError for an unknown heading."""
        return self._choices[heading]

    def first_focus(self) -> QWidget | None:
        """Give the first column that has no meaning yet, or the first one."""
        unknown = (entry for entry in self._choices.values() if not entry.value())
        return next(unknown, next(iter(self._choices.values()), None))

    def _build(self) -> None:
        self._grid.setContentsMargins(20, 12, 20, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for at, share in enumerate((3, 5, 4, 1)):
            self._grid.setColumnStretch(at, share)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(scrolling(self._inside))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.card, 1)

    def _lay_out(
        self, headings: Sequence[str], fields: Sequence[str], samples: dict[str, str]
    ) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._choices, self._badges = {}, {}
        titles = (_("Heading in the file"), _("First cells"), _("Is read as"), "")
        for column, title in enumerate(titles):
            self._grid.addWidget(Label(title, "label"), 0, column)
        offered = [("", _("Not used (kept as typed)"))]
        offered += [(field, imports.field_title(field)) for field in fields]
        for row, heading in enumerate(headings, 1):
            entry = ChoiceEntry(offered)
            entry.setAccessibleName(_("{heading} is read as").format(heading=isolated(heading)))
            entry.setObjectName(f"column_{row}")
            entry.changed.connect(lambda heading=heading: self._on_choice(heading))
            badge = SeverityBadge(Level.CLEAR)
            self._choices[heading], self._badges[heading] = entry, badge
            self._grid.addWidget(ElidedLabel(heading, "strong"), row, 0)
            self._grid.addWidget(ElidedLabel(samples.get(heading, ""), "muted"), row, 1)
            self._grid.addWidget(entry, row, 2)
            self._grid.addWidget(badge, row, 3, Qt.AlignmentFlag.AlignVCenter)
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(len(headings) + 1, 1)
        self._grid.setColumnMinimumWidth(2, style.px(220))

    def _show_fields(self, columns: dict[str, str]) -> None:
        for heading, entry in self._choices.items():
            field = columns.get(heading, "")
            entry.blockSignals(True)
            entry.set_value(field)
            entry.blockSignals(False)
            if field:
                self._badges[heading].set_badge(Level.CLEAR, _("Used"))
            else:
                self._badges[heading].set_badge(Level.NOTE, _("Not used"))

    def _on_choice(self, heading: str) -> None:
        """Take the field from the column that had it: a field stands in one column at most."""
        field = self._choices[heading].value()
        for other, entry in self._choices.items():
            if field and other != heading and entry.value() == field:
                entry.blockSignals(True)
                entry.set_value("")
                entry.blockSignals(False)
        self.changed.emit()


def _samples(preview: Preview) -> dict[str, str]:
    """Give the first cells of each column that hold something."""
    found: dict[str, list[str]] = {}
    for row in preview.rows[:50]:
        for heading, cell in zip(preview.headings, row.cells, strict=False):
            kept = found.setdefault(heading, [])
            if cell and len(kept) < _SAMPLES and cell not in kept:
                kept.append(cell)
    return {heading: " · ".join(map(isolated, cells)) for heading, cells in found.items()}
