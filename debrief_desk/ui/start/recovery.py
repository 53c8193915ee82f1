"""How is the recovery key handed over? Shown once, printed or saved, and acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.choosing import choose_target
from debrief_desk.ui.parts.fields import CheckEntry
from debrief_desk.ui.parts.labels import Label, fixed, line
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.start.page import StartPage
from debrief_desk.ui.start.sheet import RecoverySheet, draw_sheet, save_sheet
from debrief_desk.wording import _, isolated, left_to_right

if TYPE_CHECKING:
    from pathlib import Path


class RecoveryPage(StartPage):
    """The recovery key. It goes on when the user says that the key is put away."""

    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("The recovery key"),
            _(
                "It lets a supervisor back in when a password is lost. It is shown only now. Print "
                "it, and put the sheet into the safe."
            ),
            parent,
        )
        self._sheet = RecoverySheet("", "", "", "")
        self.key = fixed("", "page-title")
        self.about = Label("", "muted", wrap=True)
        self.print_button = Button(_("Print…"), icon="printer")
        self.save_button = Button(_("Save as PDF…"), icon="file-text")
        self.put_away = CheckEntry(_("The sheet is printed or written down, and put away safely"))
        self.go_button = Button(_("Go to the desk"), "primary")
        self._build()
        self._connect()
        name_parts(self)
        style.follow(self._dress)

    def first_focus(self) -> QWidget:
        """Give the way to print."""
        return self.print_button

    def show_key(self, sheet: RecoverySheet) -> None:
        """Show a key that has just been made."""
        self._sheet = sheet
        half = sheet.key.split("-")
        lines = ("-".join(half[:4]) + "-", "-".join(half[4:]))
        self.key.setText("\n".join(map(left_to_right, lines)))
        self.key.setAccessibleName(_("Recovery key: {key}").format(key=" ".join(sheet.key)))
        self.about.setText(
            _(
                "Desk of {site}, file {file}. Without this key and without a password nobody can "
                "open it."
            ).format(site=isolated(sheet.site), file=isolated(sheet.file))
        )
        self.put_away.set_value(False)
        self.strip.clear()

    def forget(self) -> None:
        """Take the key off the page."""
        self._sheet = RecoverySheet("", "", "", "")
        self.key.clear()
        self.key.setAccessibleName("")

    def submit(self) -> None:
        """Go on, if the key is put away."""
        if not self.put_away.value():
            self.say(Level.CHECK, _("First print the key or write it down; it is not shown again."))
            self.put_away.setFocus()
            return
        self.kept.emit()

    def _build(self) -> None:
        self.back_button.hide()
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.key.setProperty("kind", "key")
        self.body.addWidget(self.key)
        self.body.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(line())
        self.body.addWidget(self.put_away)
        self.foot_row.addWidget(self.go_button)

    def _connect(self) -> None:
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.go_button.clicked.connect(self.submit)
        self.put_away.changed.connect(self.strip.clear)

    def _dress(self) -> None:
        font = style.font(20, QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.0)
        self.key.setFont(font)
        # The style sheet's rule for keys of the keyboard has a size of its own.
        self.key.setStyleSheet(
            f"QLabel {{ font-size: {style.px(20)}px; padding: {style.px(14)}px; }}"
        )

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("Recovery key"))
        dialog = QPrintDialog(printer, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._said(draw_sheet(self._sheet, printer), ""))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _save(self) -> None:
        def take(path: Path) -> None:
            self._said(save_sheet(self._sheet, path), path.name)

        choose_target(self, _("Save the sheet"), _("recovery-key.pdf"), take)

    def _said(self, done: bool, name: str) -> None:
        if not done:
            self.say(Level.STOP, _("The sheet could not be written there. Choose another place."))
        elif name:
            self.say(
                Level.NOTE,
                _("Saved as {name}. Print it and take the file off this computer.").format(
                    name=isolated(name)
                ),
            )
        else:
            self.say(Level.NOTE, _("Sent to the printer. Check that the sheet can be read."))
