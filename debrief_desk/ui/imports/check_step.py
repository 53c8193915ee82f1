"""The third step: what would each row become, and what is to be said about it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, import_steps, left_to_right

if TYPE_CHECKING:
    from debrief_desk.actions.imports import Preview, PreviewRow

LEVELS = {
    "new": Level.CLEAR,
    "update": Level.NOTE,
    "same": Level.CLEAR,
    "parked": Level.CHECK,
    "rejected": Level.STOP,
}
ORDERS = ("dmy", "mdy", "ymd")
_EVERY = "all"
_EXAMPLES = 3
_ROOM = 520  # logical pixels: cells narrower than this leave their room to the remarks


@dataclass(frozen=True, slots=True)
class _Shown:
    row: PreviewRow
    at: int


class OrderQuestion(QFrame):
    """Asks once whether day or month comes first; nothing is assumed."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self.setProperty("level", "check")
        self.badge = SeverityBadge(Level.CHECK)
        self.text = Label("", "strong", wrap=True)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.badge)
        row.addWidget(self.text, 1)
        titles = (_("Day first"), _("Month first"), _("Year first"))
        for order, title in zip(ORDERS, titles, strict=True):
            button = Button(title)
            button.setCheckable(True)
            button.setObjectName(f"order_{order}")
            button.clicked.connect(lambda _on, order=order: self.answered.emit(order))
            self._group.addButton(button)
            self.buttons[order] = button
            row.addWidget(button)
        name_parts(self)
        self.hide()

    def ask(self, text: str, chosen: str) -> None:
        """Ask, or show what was answered."""
        self.text.setText(text)
        self._group.setExclusive(False)
        for order, button in self.buttons.items():
            button.setChecked(order == chosen)
            button.set_kind("primary" if order == chosen else "plain")
        self._group.setExclusive(True)
        self.show()


class CheckStep(QWidget):
    """The rows of a file with their states, by state, and the question about dates."""

    order_said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._asked: tuple[str, ...] = ()
        self._examples: tuple[str, ...] = ()
        self.question = OrderQuestion()
        self.detail = Label("", wrap=True)
        self.skipped = Label("", "label", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.filter: Segments = Segments(_("Rows shown"), ((_EVERY, _("All")),))
        self.table: Table[_Shown] = Table(_("Rows"), (), key=lambda shown: shown.at)
        self.states = States(self.table)
        self._column.addWidget(self.question)
        self._filter_row = QHBoxLayout()
        self._filter_row.addWidget(self.filter)
        self._filter_row.addStretch(1)
        self._column.addLayout(self._filter_row)
        self._column.addWidget(self.states, 1)
        self._column.addWidget(self.detail)
        self._column.addWidget(self.skipped)
        self.question.answered.connect(self.order_said)
        name_parts(self)

    def show_preview(self, preview: Preview) -> None:
        """Show what the rows of a file would become."""
        same_columns = self._preview is not None and self._preview.headings == preview.headings
        self._preview = preview
        self._show_question(preview)
        if not same_columns:
            self._renew_table(preview)
        self._renew_filter(preview)
        self.skipped.setText(import_steps.skipped(preview.skipped))
        self.skipped.setVisible(bool(preview.skipped))
        self._show_rows()

    def forget(self) -> None:
        """Begin anew with another file."""
        self._preview, self._asked = None, ()
        self.question.hide()

    def is_open(self) -> bool:
        """Tell whether the question about dates waits for its answer."""
        return self._preview is not None and bool(self._preview.ask_date_order)

    def first_focus(self) -> QWidget:
        """Give the question where there is one, else the rows."""
        return self.question.buttons["dmy"] if self.is_open() else self.table

    def _show_question(self, preview: Preview) -> None:
        if preview.ask_date_order:
            self._asked = preview.ask_date_order
            self._examples = _examples(preview)
        if self._asked:
            text = import_steps.ask_order(self._asked, self._examples)
            self.question.ask(text, preview.date_order)
        else:
            self.question.hide()

    def _renew_table(self, preview: Preview) -> None:
        old = self.states
        table: Table[_Shown] = Table(_("Rows"), _columns(preview), key=lambda shown: shown.at)
        table.setObjectName("table")
        table.chosen.connect(self._show_detail)
        states = States(table)
        self._column.replaceWidget(old, states)
        self.table, self.states = table, states
        old.hide()
        old.deleteLater()

    def _renew_filter(self, preview: Preview) -> None:
        chosen = self.filter.choice()
        total = left_to_right(f"{len(preview.rows):,}")
        choices = [(_EVERY, _("All {count}").format(count=total))]
        choices += [
            (state, f"{import_steps.state_title(state)} {left_to_right(f'{count:,}')}")
            for state in LEVELS
            if (count := preview.counts.get(state, 0))
        ]
        fresh = Segments(_("Rows shown"), tuple(choices))
        fresh.setObjectName("filter")
        if chosen in dict(choices):
            fresh.choose(chosen)
        fresh.chosen.connect(lambda _key: self._show_rows())
        self._filter_row.replaceWidget(self.filter, fresh)
        self.filter.hide()
        self.filter.deleteLater()
        self.filter = fresh

    def _show_rows(self) -> None:
        if self._preview is None:
            return
        wanted = self.filter.choice()
        rows = [
            _Shown(row, at)
            for at, row in enumerate(self._preview.rows)
            if wanted in {_EVERY, row.state}
        ]
        self.table.set_rows(rows)
        self.states.show_content()
        self._show_detail(self.table.key())

    def _show_detail(self, key: object) -> None:
        """Say in full what is to be said about the chosen row; its cell may be too narrow."""
        rows = self._preview.rows if self._preview is not None else ()
        row = rows[key] if isinstance(key, int) and key < len(rows) else None
        said = "" if row is None else import_steps.about_line(row.line, row.remarks)
        self.detail.setText(said)
        self.detail.setVisible(bool(said))


def _columns(preview: Preview) -> tuple[Column[_Shown], ...]:
    def cell(at: int, heading: str) -> Column[_Shown]:
        return Column(heading, lambda shown: _cell(shown, at), width=widths[at])

    widths = [_width(preview, at) for at in range(len(preview.headings))]
    return (
        Column(_("Line"), lambda s: left_to_right(str(s.row.line)), fixed=True, width=56),
        Column(
            _("Becomes"),
            lambda s: import_steps.state_title(s.row.state),
            severity=lambda s: LEVELS[s.row.state],
            width=152,
        ),
        Column(
            _("Remarks"),
            lambda s: " ".join(s.row.remarks),
            tooltip=lambda s: "\n".join(s.row.remarks),
            width=280 if any(row.remarks for row in preview.rows) else 96,
            stretch=sum(widths) < _ROOM,
        ),
        *(cell(at, heading) for at, heading in enumerate(preview.headings) if heading),
    )


def _cell(shown: _Shown, at: int) -> str:
    return shown.row.cells[at] if at < len(shown.row.cells) else ""


def _width(preview: Preview, at: int) -> int:
    """Give a width in which most cells of a column can be read."""
    lengths = [len(row.cells[at]) for row in preview.rows[:200] if at < len(row.cells)]
    longest = max([*lengths, len(preview.headings[at])], default=0)
    return min(220, max(72, 8 * longest + 20))


def _examples(preview: Preview) -> tuple[str, ...]:
    asked = preview.ask_date_order
    wanted = [at for at, heading in enumerate(preview.headings) if heading in asked]
    cells = (row.cells[at] for row in preview.rows for at in wanted if at < len(row.cells))
    return tuple(dict.fromkeys(filter(None, cells)))[:_EXAMPLES]
