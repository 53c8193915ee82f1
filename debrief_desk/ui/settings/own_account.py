"""How does somebody change the own password? With the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import Field
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.passwords import PasswordEntry
from debrief_desk.ui.settings.section import Section, leading
from debrief_desk.wording import _, failures

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


class OwnAccountSection(Section):
    """Who is signed in, and a new password."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(_("Your account"), "", parent)
        self._worker = worker
        self.who = Label("", "body", wrap=True)
        self.old = PasswordEntry()
        self.password = PasswordEntry()
        self.again = PasswordEntry()
        self.change_button = Button(_("Change the password"), "primary")
        self._build()
        self.change_button.clicked.connect(self.submit)
        for entry in (self.old, self.password, self.again):
            entry.returnPressed.connect(self.submit)
            entry.changed.connect(self._forget_faults)
        name_parts(self)

    def first_focus(self) -> QWidget:
        """Give the line for the old password."""
        return self.old

    def show_who(self, text: str) -> None:
        """Say who is signed in, and as what."""
        self.who.setText(text)

    def submit(self) -> None:
        """Change the password, or say what is missing."""
        differ = self.password.value() != self.again.value()
        faults = (
            (self.old_field, "" if self.old.value() else _("Type your current password.")),
            (self.password_field, "" if self.password.value() else _("Choose a password.")),
            (self.again_field, _("The two passwords differ.") if differ else ""),
        )
        for field, text in faults:
            field.set_error(text)
        wrong = [field for field, text in faults if text]
        if wrong:
            wrong[0].editor.setFocus()
            return
        desk, old, new = self._worker.desk, self.old.value(), self.password.value()
        if desk is not None:
            self.start(_("Changing the password…"))
            self._worker.do(
                lambda: desk.change_password(old, new), then=self._on_done, failed=self._on_failed
            )

    def _build(self) -> None:
        self.old_field = Field(_("Current password"), self.old)
        self.password_field = Field(
            _("New password"),
            self.password,
            hint=_("At least 12 characters. Four unrelated words do well."),
        )
        self.again_field = Field(_("New password once more"), self.again)
        self.body.addWidget(self.who)
        for field in (self.old_field, self.password_field, self.again_field):
            self.body.addWidget(field)
        self.body.addLayout(leading(self.change_button))
        self.column.addStretch(1)

    def _on_done(self, _nothing: None) -> None:
        self.stop()
        for entry in (self.old, self.password, self.again):
            entry.clear()
        self.strip.say(Level.NOTE, _("The password is changed. The old one opens nothing now."))

    def _on_failed(self, error: DeskError) -> None:
        self.stop()
        text = failures.sentence(error)
        if error.code.startswith("password-"):
            self.password_field.set_error(text)
            self.password.setFocus()
        elif error.code == "wrong-password":
            self.old_field.set_error(_("This is not your current password."))
            self.old.setFocus()
        else:
            self.strip.say(Level.STOP, text)

    def _forget_faults(self) -> None:
        for field in (self.old_field, self.password_field, self.again_field):
            field.set_error("")
