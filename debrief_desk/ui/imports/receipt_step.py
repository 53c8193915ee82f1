"""The last step: what became of every row, what is left to settle, and how to undo it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, card, fixed, tip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, import_steps, isolated, left_to_right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debrief_desk.actions.imports import LeftRow

OUTCOMES = ("read", "added", "updated", "linked", "parked", "rejected", "unchanged")
_LEVELS = {"parked": Level.CHECK, "rejected": Level.STOP}


class ReceiptStep(QWidget):
    """Counts that add up, and the rows that were parked or rejected with line and reason."""

    undo_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "section", wrap=True)
        self.sum = Label("", "muted", wrap=True)
        self.skipped = Label("", "label", wrap=True)
        self.again_button = Button(_("Import another file"), "primary")
        self.undo_button = Button(_("Undo the whole import…"), icon="arrow-counter-clockwise")
        self._numbers: dict[str, Label] = {}
        self.table: Table[LeftRow] = Table(
            _("Rows left to settle"), _columns(), key=lambda row: row.line
        )
        self.states = States(self.table)
        self._build()
        self.undo_button.clicked.connect(self.undo_asked)
        self.again_button.clicked.connect(self.again_asked)
        name_parts(self)

    def show_receipt(
        self,
        title: str,
        counts: Mapping[str, int],
        left: Sequence[LeftRow],
        skipped: Sequence[tuple[int, str]] = (),
        *,
        undone: bool = False,
    ) -> None:
        """Show what an import gave; one that is undone cannot be undone again."""
        self.title.setText(title)
        self.sum.setText(import_steps.added_up(counts))
        for outcome, number in self._numbers.items():
            number.setText(left_to_right(f"{counts.get(outcome, 0):,}"))
        said = import_steps.skipped(skipped)
        self.skipped.setText(said)
        self.skipped.setVisible(bool(said))
        self.undo_button.setEnabled(not undone)
        self.table.set_rows(left)
        if left:
            self.states.show_content()
        else:
            self.states.show_empty(
                _("Nothing is left to settle"),
                _("No row was parked or rejected."),
                icon="check",
            )

    def count(self, outcome: str) -> str:
        """Give the number shown for an outcome."""
        return self._numbers[outcome].text()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.sum)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addLayout(words, 1)
        top.addWidget(self.undo_button)
        top.addWidget(self.again_button)
        tiles = card()
        row = QHBoxLayout(tiles)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(12)
        for outcome in OUTCOMES:
            row.addWidget(self._tile(outcome), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(tiles)
        column.addWidget(self.states, 1)
        column.addWidget(self.skipped)

    def _tile(self, outcome: str) -> QWidget:
        tile = QWidget()
        number = fixed("0", "page-title")
        self._numbers[outcome] = number
        word = Label(import_steps.outcome_title(outcome), "label")
        tile.setToolTip(tip(import_steps.outcome_meaning(outcome)))
        column = QVBoxLayout(tile)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(number)
        column.addWidget(word)
        return tile


def _columns() -> tuple[Column[LeftRow], ...]:
    return (
        Column(_("Line"), lambda row: left_to_right(str(row.line)), fixed=True, width=64),
        Column(
            _("Outcome"),
            lambda row: import_steps.outcome_title(row.outcome),
            severity=lambda row: _LEVELS[row.outcome],
            width=112,
        ),
        Column(
            _("Why"),
            lambda row: " ".join(row.reasons),
            tooltip=lambda row: "\n".join(row.reasons),
            width=460,
            stretch=True,
        ),
        Column(_("As typed"), _as_typed, tooltip=_as_typed, muted=True, stretch=True),
    )


def _as_typed(row: LeftRow) -> str:
    return " · ".join(isolated(cell) for _heading, cell in row.as_typed if cell)
