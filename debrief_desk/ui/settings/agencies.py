"""Which agencies plan debriefs here, and whom does another agency call there?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import desks
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import Field, TextEntry
from debrief_desk.ui.parts.labels import Label, card, line
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.settings.section import leading
from debrief_desk.wording import _, failures, isolated

if TYPE_CHECKING:
    from debrief_desk.actions.desks import AgencyRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


class AgenciesSection(QWidget):
    """The agencies at the left; at the right the contact of the chosen one, and a new one."""

    read = Signal(object)
    """The agencies (rows) were read."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._rows: dict[str, AgencyRow] = {}
        self.strip = MessageStrip()
        self.table: Table[AgencyRow] = Table(_("Agencies"), _columns(), key=lambda row: row.id)
        self.contact = TextEntry(_("Duty desk, telephone"))
        self.save_button = Button(_("Save the contact"))
        self.name = TextEntry()
        self.new_contact = TextEntry(_("Duty desk, telephone"))
        self.add_button = Button(_("Add the agency"))
        self._build()
        self._connect()
        name_parts(self)

    def first_focus(self) -> QWidget:
        """Give the list, or the form while there is none."""
        return self.table if self._rows else self.name

    def reload(self) -> None:
        """Ask for the agencies again."""
        self._worker.send(
            desks.agencies, then=self._show_rows, failed=self._say, key="settings agencies"
        )

    def _show_rows(self, rows: Any) -> None:
        self._rows = {row.id: row for row in rows}
        self.table.set_rows(rows)
        if rows:
            self.states.show_content()
            if self.table.key() is None:
                self.table.choose_row(0)
        else:
            self.states.show_empty(
                _("No agency yet"),
                _("Agencies come with the sheets they send, or are added here."),
                action=_("Add an agency"),
                do=self.name.setFocus,
            )
        self._show_chosen()
        self.read.emit(rows)

    def _show_chosen(self) -> None:
        row = self._rows.get(str(self.table.key()))
        self.chosen.setText(isolated(row.name) if row is not None else _("No agency chosen"))
        self.contact.set_value(row.contact if row is not None else "")
        self.contact.setEnabled(row is not None)
        self.save_button.setEnabled(row is not None)

    def _save(self) -> None:
        row = self._rows.get(str(self.table.key()))
        if row is not None:
            self._send(desks.set_contact, row.id, self.contact.value())

    def _add(self) -> None:
        self.name_field.set_error("" if self.name.value() else _("Say which agency."))
        if self.name.value():
            self._send(desks.add_agency, self.name.value(), self.new_contact.value())

    def _send(self, action: Any, *arguments: str) -> None:
        def done(_result: object) -> None:
            self.strip.clear()
            if action is desks.add_agency:
                self.name.clear()
                self.new_contact.clear()
            self.reload()

        self._worker.send(action, *arguments, then=done, failed=self._say)

    def _say(self, error: DeskError) -> None:
        if error.code == "agency-known":
            self.name_field.set_error(failures.sentence(error))
            self.name.setFocus()
        else:
            self.strip.say(Level.STOP, failures.sentence(error))

    def _connect(self) -> None:
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.table.opened.connect(lambda _key: self.contact.setFocus())
        self.save_button.clicked.connect(self._save)
        self.contact.returnPressed.connect(self._save)
        self.add_button.clicked.connect(self._add)
        self.name.returnPressed.connect(self._add)
        self.new_contact.returnPressed.connect(self._add)
        self.name.changed.connect(lambda: self.name_field.set_error(""))

    def _build(self) -> None:
        self.states = States(self.table)
        self.chosen = Label("", "section")
        self.contact_field = Field(
            _("Whom another agency calls"),
            self.contact,
            hint=_("This is what a pointer shows: no names of people who arrived."),
        )
        self.name_field = Field(_("Name"), self.name, required=True)
        self.new_contact_field = Field(_("Whom another agency calls"), self.new_contact)
        form = card()
        body = QVBoxLayout(form)
        body.setContentsMargins(20, 14, 20, 16)
        body.setSpacing(12)
        body.addWidget(self.chosen)
        body.addWidget(self.contact_field)
        body.addLayout(leading(self.save_button))
        body.addWidget(line())
        body.addWidget(Label(_("Add an agency"), "section"))
        body.addWidget(self.name_field)
        body.addWidget(self.new_contact_field)
        body.addLayout(leading(self.add_button))
        body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.states, 3)
        row.addWidget(form, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addLayout(row, 1)


def _columns() -> tuple[Column[AgencyRow], ...]:
    return (
        Column(_("Agency"), lambda row: row.name, strong=True, width=200, stretch=True),
        Column(
            _("Whom another agency calls"),
            lambda row: row.contact or _("Not said yet"),
            width=240,
            stretch=True,
        ),
    )
