"""How does somebody get in? Choose the desk, choose the name, type the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, Field
from debrief_desk.ui.parts.labels import Label, line
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.passwords import PasswordEntry
from debrief_desk.ui.start import known
from debrief_desk.ui.start.page import StartPage
from debrief_desk.wording import _, left_to_right, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ROWS = 3


class SignInPage(StartPage):
    """The desks of this user, and who signs in to the chosen one."""

    chosen = Signal(object)
    """The path of the desk whose names are wanted."""
    asked = Signal(object, str, str)
    """(path, name, password)"""
    forgotten = Signal(object, str)
    """(path, name): the password is lost."""
    open_asked = Signal()
    create_asked = Signal()
    practice_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Sign in"), "", parent)
        self._paths: dict[str, Path] = {}
        self._seconds = 0
        self.desks = Listing(_("Desks"))
        self.name = ChoiceEntry(hint=_("Choose your name"))
        self.password = PasswordEntry()
        self.sign_in_button = Button(_("Sign in"), "primary")
        self.forgotten_button = Button(_("Forgotten password"), "quiet")
        self.open_button = Button(_("Open another file…"))
        self.create_button = Button(_("Create a desk"))
        self.practice_button = Button(_("Practice desk"))
        self.tick = QTimer(self)
        self.tick.setInterval(1000)
        self._build()
        self._connect()
        name_parts(self)
        style.follow(self._dress)

    def first_focus(self) -> QWidget:
        """Give the password where the name is known, else the name."""
        return self.password if self.name.value() else self.name

    def show_desks(self, paths: Sequence[Path]) -> None:
        """List the desks; the first is chosen."""
        self._paths = {str(path): path for path in paths}
        self.desks.set_entries(
            tuple(
                Entry(
                    str(path),
                    _("Practice desk") if known.is_practice(path) else path.stem,
                    _("Everybody in it is invented: {file}").format(file=left_to_right(path.stem))
                    if known.is_practice(path)
                    else left_to_right(str(path.parent)),
                    icon="users" if known.is_practice(path) else "lock-simple",
                )
                for path in paths
            )
        )
        self._dress()
        if paths and not self.desks.key():
            self.desks.choose(str(paths[0]))

    def choose(self, path: Path) -> None:
        """Choose a desk that is listed."""
        self.desks.choose(str(path))

    def show_names(self, names: Sequence[str], password: str = "") -> None:
        """Offer the names of the chosen desk; a single one is chosen."""
        self.strip.clear()
        self.name.set_choices([(name, name) for name in names])
        if len(names) == 1 or self.name.value() is None:
            self.name.set_value(names[0] if len(names) == 1 or password else None)
        self.password.setText(password)
        self._allow(True)
        if password:
            self.say(Level.NOTE, _("A practice desk: its password is filled in."))

    def bar(self, text: str) -> None:
        """Say why the chosen desk cannot be signed in to."""
        self.name.set_choices(())
        self.password.clear()
        self._allow(False)
        self.say(Level.STOP, text)

    def refuse(self, text: str, seconds: int = 0) -> None:
        """Say why nobody was signed in; for so many seconds nothing can be tried."""
        self.say(Level.STOP, text)
        self._seconds = seconds
        if seconds > 1:
            self._allow(False)
            self.tick.start()
            self._count()
        self.password.selectAll()
        self.password.setFocus()

    def submit(self) -> None:
        """Ask to be signed in, or say what is missing."""
        path, name, password = self.path(), self.name.value(), self.password.value()
        if path is None or not self.sign_in_button.isEnabled():
            return
        self.name_field.set_error("" if name else _("Choose your name."))
        self.password_field.set_error("" if password else _("Type your password."))
        if name and password:
            self.asked.emit(path, name, password)
        else:
            (self.password if name else self.name).setFocus()

    def forget(self) -> None:
        """Take the password off the page."""
        self.password.clear()

    def _build(self) -> None:
        self.text.hide()
        self.back_button.hide()
        self.name_field = Field(_("Name"), self.name)
        self.password_field = Field(_("Password"), self.password)
        self.body.addWidget(Label(_("Desk"), "label"))
        self.body.addWidget(self.desks)
        self.body.addWidget(line())
        self.body.addWidget(self.name_field)
        self.body.addWidget(self.password_field)
        row = QHBoxLayout()
        row.addWidget(self.sign_in_button)
        row.addWidget(self.forgotten_button)
        row.addStretch(1)
        self.body.addLayout(row)
        for button in (self.open_button, self.create_button, self.practice_button):
            self.foot_row.addWidget(button)

    def _connect(self) -> None:
        self.desks.chosen.connect(self._on_desk)
        self.desks.opened.connect(lambda _key: self.first_focus().setFocus())
        self.sign_in_button.clicked.connect(self.submit)
        self.submit_on_enter(self.password)
        self.password.changed.connect(lambda: self.password_field.set_error(""))
        self.name.changed.connect(lambda: self.name_field.set_error(""))
        self.forgotten_button.clicked.connect(self._on_forgotten)
        self.open_button.clicked.connect(self.open_asked)
        self.create_button.clicked.connect(self.create_asked)
        self.practice_button.clicked.connect(self.practice_asked)
        self.tick.timeout.connect(self._on_tick)

    def _dress(self) -> None:
        shown = min(max(len(self._paths), 1), _ROWS)
        self.desks.setFixedHeight(style.px(58 * shown + 4))

    def path(self) -> Path | None:
        """Give the chosen desk, or None."""
        return self._paths.get(str(self.desks.key()))

    def _on_desk(self, _key: object) -> None:
        self._wait_over()
        path = self.path()
        if path is not None:
            self.chosen.emit(path)

    def _on_forgotten(self) -> None:
        path = self.path()
        if path is not None:
            self.forgotten.emit(path, self.name.value() or "")

    def _on_tick(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._count()
        else:
            self._wait_over()
            self._allow(True)

    def _wait_over(self) -> None:
        self.tick.stop()
        self._seconds = 0
        self.sign_in_button.setText(_("Sign in"))

    def _count(self) -> None:
        self.sign_in_button.setText(
            ngettext("Wait {seconds} second", "Wait {seconds} seconds", self._seconds).format(
                seconds=left_to_right(str(self._seconds))
            )
        )

    def _allow(self, allowed: bool) -> None:
        self.sign_in_button.setEnabled(allowed)
        self.forgotten_button.setEnabled(self.path() is not None)
