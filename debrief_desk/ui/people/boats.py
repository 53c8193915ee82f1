"""Which numbers are one boat? Agencies count differently; somebody who knows records it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from debrief_desk.actions import events
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, Field
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, day_and_clock

if TYPE_CHECKING:
    from debrief_desk.actions.events import EventRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.screen import Screen


def _columns() -> tuple[Column[EventRow], ...]:
    return (
        Column(_("Number"), lambda row: row.number, fixed=True, strong=True, width=130),
        Column(
            _("Landed"),
            lambda row: day_and_clock(row.landed_at) if row.landed_at else "",
            fixed=True,
            width=190,
        ),
        Column(_("Records"), lambda row: str(row.records), fixed=True, width=80),
        Column(_("Same boat as"), lambda row: row.alias_of, fixed=True, width=130),
        Column(_("May be"), lambda row: row.likely, fixed=True, muted=True, stretch=True),
    )


class BoatsDialog(QDialog):
    """Lists all numbers; the chosen one is recorded as the boat of another, or as its own again."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._rows: dict[str, EventRow] = {}
        self.setWindowTitle(_("Boats"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table: Table[EventRow] = Table(_("Boats"), _columns(), lambda row: row.number)
        self.other = ChoiceEntry(searchable=True, hint=_("Number of the boat"))
        self.same_button = Button(_("&Record as one boat"), "primary")
        self.apart_button = Button(_("&Take apart"))
        self.close_button = Button(_("Close"))
        self.strip = MessageStrip()
        self._build()
        self.table.chosen.connect(lambda _key: self._offer())
        self.other.changed.connect(self._offer_buttons)
        self.same_button.clicked.connect(lambda _checked: self._record())
        self.apart_button.clicked.connect(lambda _checked: self._take_apart())
        self.close_button.clicked.connect(self.reject)
        name_parts(self)
        self._ask()
        self.table.setFocus()

    def _build(self) -> None:
        self.resize(style.px(720), style.px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("Boats"), "section"))
        told = _(
            "Two numbers recorded as one boat count as one: bands and arrival are compared, and "
            "everybody under both numbers is checked anew."
        )
        column.addWidget(Label(told, wrap=True))
        column.addWidget(self.strip)
        column.addWidget(self.table, 1)
        column.addWidget(Field(_("The chosen number is the same boat as"), self.other))
        row = QHBoxLayout()
        row.addWidget(self.apart_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.same_button)
        column.addLayout(row)

    def _ask(self) -> None:
        self._screen.send(events.listed, then=self._on_rows, failed=self._on_failed, key="boats")

    def _on_rows(self, rows: tuple[EventRow, ...]) -> None:
        self._rows = {row.number: row for row in rows}
        self.table.set_rows(rows)
        if self.table.key() is None and rows:
            self.table.choose(next((row.number for row in rows if row.likely), rows[0].number))
        self._offer()

    def _chosen(self) -> EventRow | None:
        return self._rows.get(str(self.table.key()))

    def _offer(self) -> None:
        row = self._chosen()
        others = [r for r in self._rows.values() if row and r.number != row.number]
        self.other.set_choices([(r.number, r.number) for r in others if not r.alias_of])
        self.other.set_value(row.likely or None if row else None)
        self._offer_buttons()

    def _offer_buttons(self) -> None:
        row = self._chosen()
        self.apart_button.setEnabled(bool(row and row.alias_of))
        self.same_button.setEnabled(bool(row and not row.alias_of and self.other.value()))

    def _record(self) -> None:
        row, other = self._chosen(), self.other.value()
        if row is not None and other is not None:
            self._do(events.same_boat, row.number, other)

    def _take_apart(self) -> None:
        row = self._chosen()
        if row is not None:
            self._do(events.two_boats, row.number)

    def _do(self, action: Any, *numbers: str) -> None:
        self.strip.clear()
        self._screen.send(
            action, *numbers, then=lambda _done: self._ask(), failed=self._on_failed, key="boat"
        )

    def _on_failed(self, error: DeskError) -> None:
        self.strip.say(Level.STOP, self._screen.sentence(error))
