"""Who may sign in to this desk? A list, a form for one more, and a way to end an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import accounts
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, Field, TextEntry
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.messages import Choice, MessageStrip, ask
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.passwords import PasswordEntry
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.settings.section import leading
from debrief_desk.wording import _, failures, names
from debrief_desk.wording import settings as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.accounts import AccountRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

_BOTH = "supervisor administrator"
_ROLES = (Role.COORDINATOR, Role.AGENCY_USER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR)


class AccountsSection(QWidget):
    """The list at the left, the form at the right; only administrators see either."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._rows: dict[str, AccountRow] = {}
        self.strip = MessageStrip()
        self.table: Table[AccountRow] = Table(_("Accounts"), _columns(), key=lambda row: row.id)
        self.take_away_button = Button(_("Take the account away…"))
        self.name = TextEntry()
        self.role = ChoiceEntry(
            [
                *((role.value, names.name(role)) for role in _ROLES),
                (_BOTH, wording.roles((Role.SUPERVISOR, Role.ADMINISTRATOR))),
            ]
        )
        self.purpose = Label("", "label", wrap=True)
        self.agency = ChoiceEntry()
        self.password = PasswordEntry()
        self.again = PasswordEntry()
        self.add_button = Button(_("Add the account"), "primary")
        self._build()
        self._connect()
        name_parts(self)
        self._allow()

    def first_focus(self) -> QWidget:
        """Give the list."""
        return self.table

    def reload(self) -> None:
        """Ask for the accounts again."""
        self._worker.send(
            accounts.listed, then=self._show_rows, failed=self._lock, key="settings accounts"
        )

    def show_agencies(self, offered: Sequence[str]) -> None:
        """Offer these agencies for agency users."""
        self.agency.set_choices([(name, name) for name in offered])

    def submit(self) -> None:
        """Add the account, or say what is missing."""
        role = self.role.value() or ""
        user = role == Role.AGENCY_USER.value
        differ = self.password.value() != self.again.value()
        faults = (
            (self.name_field, "" if self.name.value() else _("Say who this is.")),
            (self.role_field, "" if role else _("Choose what this person does.")),
            (
                self.agency_field,
                _("Choose the agency.") if user and not self.agency.value() else "",
            ),
            (self.password_field, "" if self.password.value() else _("Choose a password.")),
            (self.again_field, _("The two passwords differ.") if differ else ""),
        )
        for field, text in faults:
            field.set_error(text)
        wrong = [field for field, text in faults if text]
        if wrong:
            wrong[0].editor.setFocus()
            return
        agency = (self.agency.value() or "") if user else ""
        self._add(NewAccount(self.name.value(), tuple(map(Role, role.split())), agency))

    def _add(self, new: NewAccount) -> None:
        desk, password = self._worker.desk, self.password.value()
        if desk is None:
            return

        def done(_id: str) -> None:
            self.form.setEnabled(True)
            for entry in (self.name, self.password, self.again):
                entry.clear()
            self.strip.say(Level.NOTE, wording.added(new.name))
            self.reload()

        self.form.setEnabled(False)
        self._worker.do(
            lambda: desk.add_account(new, password), then=done, failed=self._on_not_added
        )

    def _on_not_added(self, error: DeskError) -> None:
        self.form.setEnabled(True)
        text = failures.sentence(error)
        if error.code.startswith("password-"):
            self.password_field.set_error(text)
            self.password.setFocus()
        elif error.code == "name-taken":
            self.name_field.set_error(text)
            self.name.setFocus()
        else:
            self.strip.say(Level.STOP, text)

    def _ask_take_away(self) -> None:
        row = self._rows.get(str(self.table.key()))
        if row is not None:
            ask(
                self,
                _("Take this account away?"),
                wording.take_away(row.name),
                (Choice("end", _("Take it away"), "danger"),),
                lambda _key, _reason: self._take_away(row),
            )

    def _take_away(self, row: AccountRow) -> None:
        desk = self._worker.desk
        if desk is None:
            return

        def failed(error: DeskError) -> None:
            self.strip.say(Level.STOP, failures.sentence(error))

        self._worker.do(
            lambda: desk.take_away_account(row.id),
            then=lambda _nothing: self.reload(),
            failed=failed,
        )

    def _show_rows(self, rows: Any) -> None:
        self._rows = {row.id: row for row in rows}
        self.table.set_rows(rows)
        self.states.show_content()
        self.form.show()
        if self.table.key() is None:
            self.table.choose_row(0)
        self._allow()

    def _lock(self, error: DeskError) -> None:
        self.form.hide()
        self.take_away_button.hide()
        self.states.show_locked(_("Only administrators see accounts"), failures.sentence(error))

    def _allow(self) -> None:
        row = self._rows.get(str(self.table.key()))
        desk = self._worker.desk
        own = desk is not None and row is not None and row.id == str(desk.who.account_id)
        self.take_away_button.setEnabled(row is not None and row.active and not own)

    def _on_role(self) -> None:
        codes = tuple(map(Role, (self.role.value() or "").split()))
        self.purpose.setText(" ".join(map(wording.role_purpose, codes)))
        self.purpose.setVisible(bool(codes))
        self.agency_field.setVisible(Role.AGENCY_USER in codes)
        self.role_field.set_error("")

    def _connect(self) -> None:
        self.table.chosen.connect(lambda _key: self._allow())
        self.take_away_button.clicked.connect(self._ask_take_away)
        self.role.changed.connect(self._on_role)
        self.add_button.clicked.connect(self.submit)
        for entry in (self.name, self.password, self.again):
            entry.returnPressed.connect(self.submit)
        for field in (self.name_field, self.password_field, self.again_field):
            field.editor.changed.connect(lambda field=field: field.set_error(""))  # type: ignore[attr-defined]

    def _build(self) -> None:
        self.states = States(self.table)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.states, 1)
        left.addLayout(leading(self.take_away_button))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 3)
        row.addWidget(self._built_form(), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addLayout(row, 1)

    def _built_form(self) -> QWidget:
        self.name_field = Field(_("Name"), self.name, required=True)
        self.role_field = Field(_("Role"), self.role, required=True)
        self.agency_field = Field(_("Agency"), self.agency, required=True)
        self.password_field = Field(
            _("First password"),
            self.password,
            required=True,
            hint=_("At least 12 characters. The person changes it after signing in."),
        )
        self.again_field = Field(_("First password once more"), self.again, required=True)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(20, 14, 20, 16)
        body.setSpacing(12)
        body.addWidget(Label(_("Add an account"), "section"))
        for part in (
            *(self.name_field, self.role_field, self.purpose, self.agency_field),
            *(self.password_field, self.again_field),
        ):
            body.addWidget(part)
        body.addLayout(leading(self.add_button))
        body.addStretch(1)
        self.purpose.hide()
        self.agency_field.hide()
        self.form = card()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(scrolling(inside))
        return self.form


def _columns() -> tuple[Column[AccountRow], ...]:
    return (
        Column(_("Name"), lambda row: row.name, strong=True, width=180, stretch=True),
        Column(_("Roles"), lambda row: wording.roles(row.roles), width=190, stretch=True),
        Column(_("Agency"), lambda row: row.agency or "–", width=120),
        Column(
            _("Signs in"), lambda row: _("Yes") if row.active else _("No"), muted=True, width=76
        ),
    )
