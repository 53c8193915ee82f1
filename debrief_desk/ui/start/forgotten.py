"""How does somebody get back in who lost the password? With the recovery key from the safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, Field, TextEntry
from debrief_desk.ui.parts.labels import line
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.passwords import PasswordEntry
from debrief_desk.ui.start.page import StartPage, side_by_side
from debrief_desk.wording import _, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class ForgottenPage(StartPage):
    """The recovery key and a new password; `asked` carries (path, key, name, password)."""

    asked = Signal(object, str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Forgotten password"), "", parent)
        self._path: Path | None = None
        self.recovery = TextEntry("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-X", fixed=True)
        self.name = ChoiceEntry()
        self.password = PasswordEntry()
        self.again = PasswordEntry()
        self.set_button = Button(_("Set the password"), "primary")
        self._build()
        self._connect()
        name_parts(self)

    def first_focus(self) -> QWidget:
        """Give the line for the key."""
        return self.recovery

    def show_desk(self, path: Path, names: Sequence[str], name: str) -> None:
        """Ask for the recovery key of this desk; the name is whose password was lost."""
        self._path = path
        self.text.setText(
            _(
                "The recovery key of {desk} is on the sheet in the safe. A new key is made when "
                "the password is set."
            ).format(desk=isolated(path.stem))
        )
        self.name.set_choices([(each, each) for each in names])
        self.name.set_value(name or (names[0] if len(names) == 1 else None))
        self.strip.clear()
        self.forget()

    def fault_of_password(self, text: str) -> None:
        """Say beside the password why it was not taken."""
        self.password_field.set_error(text)
        self.password.setFocus()

    def fault_of_key(self, text: str) -> None:
        """Say beside the key why it was not taken."""
        self.recovery_field.set_error(text)
        self.recovery.setFocus()

    def forget(self) -> None:
        """Take the key and the passwords off the page."""
        for entry in (self.recovery, self.password, self.again):
            entry.clear()

    def submit(self) -> None:
        """Ask for the new password, or say what is missing."""
        faults = (
            (self.recovery_field, "" if self.recovery.value() else _("Type the recovery key.")),
            (self.name_field, "" if self.name.value() else _("Choose whose password was lost.")),
            (self.password_field, "" if self.password.value() else _("Choose a password.")),
            (
                self.again_field,
                ""
                if self.password.value() == self.again.value()
                else _("The two passwords differ."),
            ),
        )
        for field, text in faults:
            field.set_error(text)
        wrong = [field for field, text in faults if text]
        if wrong:
            wrong[0].editor.setFocus()
            return
        self.asked.emit(
            self._path, self.recovery.value(), self.name.value() or "", self.password.value()
        )

    def _build(self) -> None:
        self.recovery_field = Field(
            _("Recovery key"),
            self.recovery,
            required=True,
            hint=_("Capitals, dashes and blanks do not matter."),
        )
        self.name_field = Field(_("Whose password was lost"), self.name, required=True)
        self.password_field = Field(
            _("New password"),
            self.password,
            required=True,
            hint=_("At least 12 characters. Four unrelated words do well."),
        )
        self.again_field = Field(_("New password once more"), self.again, required=True)
        self.body.addWidget(self.recovery_field)
        self.body.addWidget(line())
        self.body.addWidget(self.name_field)
        self.body.addLayout(side_by_side((self.password_field, 1), (self.again_field, 1)))
        self.foot_row.addWidget(self.set_button)
        self.tab_through(
            *(self.recovery, self.name, self.password, self.again),
            *(self.back_button, self.set_button),
        )

    def _connect(self) -> None:
        self.set_button.clicked.connect(self.submit)
        self.submit_on_enter(self.recovery, self.password, self.again)
        self.recovery.changed.connect(lambda: self.recovery_field.set_error(""))
        for entry in (self.password, self.again):
            entry.changed.connect(self._on_password)

    def _on_password(self) -> None:
        self.password_field.set_error("")
        self.again_field.set_error("")
