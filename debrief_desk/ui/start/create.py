"""What does a new desk need? A site, its agencies, its first supervisor, and a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.choosing import choose_folder
from debrief_desk.ui.parts.fields import Field, NoteEntry, TextEntry
from debrief_desk.ui.parts.labels import ElidedLabel, line
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.passwords import PasswordEntry
from debrief_desk.ui.start import known
from debrief_desk.ui.start.page import StartPage, side_by_side
from debrief_desk.wording import _, isolated

if TYPE_CHECKING:
    from pathlib import Path

_DAY_HOURS = 24
_MOST_HOURS = 168


@dataclass(frozen=True, slots=True)
class Wish:
    """What was filled in: everything a new desk needs."""

    path: Path
    site: str
    agencies: tuple[str, ...]
    supervisor: str
    limit_minutes: int
    password: str


class CreatePage(StartPage):
    """The form of a new desk; `asked` carries a `Wish` that is filled in completely."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Create a desk"),
            _("You become its first supervisor and administrator. Agencies can be added later."),
            parent,
        )
        self._folder: Path | None = None
        self.site = TextEntry(_("Such as Manston"))
        self.hours = TextEntry(fixed=True, longest=3)
        self.hours.set_value(str(_DAY_HOURS))
        self.agencies = NoteEntry(_("One a line"), lines=3)
        self.supervisor = TextEntry()
        self.password = PasswordEntry()
        self.again = PasswordEntry()
        self.place = ElidedLabel("", "label")
        self.place_button = Button(_("Change folder…"), "quiet")
        self.create_button = Button(_("Create the desk"), "primary")
        self._build()
        self._connect()
        name_parts(self)
        self._show_place()

    def first_focus(self) -> QWidget:
        """Give the first field."""
        return self.site

    def submit(self) -> None:
        """Ask for the desk, or say beside each field what is missing."""
        wish = Wish(
            path=self._path(),
            site=self.site.value(),
            agencies=tuple(filter(None, map(str.strip, self.agencies.value().splitlines()))),
            supervisor=self.supervisor.value(),
            limit_minutes=60 * self._hours(),
            password=self.password.value(),
        )
        wrong = [field for field, text in self._faults(wish) if self._mark(field, text)]
        if wrong:
            wrong[0].editor.setFocus()
            return
        self.asked.emit(wish)

    def fault_of_password(self, text: str) -> None:
        """Say beside the password why it was not taken."""
        self.password_field.set_error(text)
        self.password.setFocus()

    def forget(self) -> None:
        """Take the passwords off the page."""
        self.password.clear()
        self.again.clear()

    def _build(self) -> None:
        self.site_field = Field(_("Site"), self.site, required=True)
        self.hours_field = Field(
            _("Legal limit of a stay, in hours"), self.hours, required=True,
        )  # fmt: skip
        self.agencies_field = Field(
            _("Agencies that plan debriefs here"),
            self.agencies,
            hint=_("One a line, such as NCA. More can be added at any time."),
        )
        self.supervisor_field = Field(_("Your name"), self.supervisor, required=True)
        self.password_field = Field(
            _("Password"),
            self.password,
            required=True,
            hint=_("At least 12 characters. Four unrelated words do well."),
        )
        self.again_field = Field(_("Password once more"), self.again, required=True)
        self.body.addLayout(side_by_side((self.site_field, 3), (self.hours_field, 2)))
        self.body.addWidget(self.agencies_field)
        self.body.addWidget(line())
        self.body.addWidget(self.supervisor_field)
        self.body.addLayout(side_by_side((self.password_field, 1), (self.again_field, 1)))
        self.body.addWidget(line())
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(self.place_button)
        self.body.addLayout(row)
        self.foot_row.addWidget(self.create_button)
        self.tab_through(
            *(self.site, self.hours, self.agencies, self.supervisor, self.password, self.again),
            *(self.place_button, self.back_button, self.create_button),
        )

    def _connect(self) -> None:
        self.create_button.clicked.connect(self.submit)
        self.place_button.clicked.connect(self._choose_folder)
        self.site.changed.connect(self._show_place)
        self.submit_on_enter(self.site, self.hours, self.supervisor, self.password, self.again)
        for field in (self.site_field, self.hours_field, self.supervisor_field):
            field.editor.changed.connect(lambda field=field: field.set_error(""))  # type: ignore[attr-defined]
        for entry in (self.password, self.again):
            entry.changed.connect(self._on_password)

    def _on_password(self) -> None:
        self.password_field.set_error("")
        self.again_field.set_error("")

    def _hours(self) -> int:
        typed = self.hours.value()
        return int(typed) if typed.isdecimal() else 0

    def _faults(self, wish: Wish) -> tuple[tuple[Field, str], ...]:
        repeated = wish.password == self.again.value()
        return (
            (self.site_field, "" if wish.site else _("Say which site this desk is for.")),
            (
                self.hours_field,
                ""
                if 0 < wish.limit_minutes <= 60 * _MOST_HOURS
                else _("A number of hours from 1 to 168."),
            ),
            (self.supervisor_field, "" if wish.supervisor else _("Say who you are.")),
            (self.password_field, "" if wish.password else _("Choose a password.")),
            (self.again_field, "" if repeated else _("The two passwords differ.")),
        )

    @staticmethod
    def _mark(field: Field, text: str) -> bool:
        field.set_error(text)
        return bool(text)

    def _path(self) -> Path:
        path = known.proposed(self.site.value())
        return path if self._folder is None else self._folder / path.name

    def _show_place(self) -> None:
        self.place.setText(_("File: {path}").format(path=isolated(str(self._path()))))

    def _choose_folder(self) -> None:
        def take(folder: Path) -> None:
            self._folder = folder
            self._show_place()

        choose_folder(self, _("Where the desk is kept"), take)
