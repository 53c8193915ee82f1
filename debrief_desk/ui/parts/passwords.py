"""How is a password asked for? Hidden, never kept in a history, and shown while one asks for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.fields import TextEntry
from debrief_desk.wording import _

_LONGEST = 300  # longer than is allowed, so that a password too long is said and not cut


class PasswordEntry(TextEntry):
    """A line for a password; the eye at its end shows and hides what is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(longest=_LONGEST, parent=parent)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.eye = QAction(self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self.addAction(self.eye, QLineEdit.ActionPosition.TrailingPosition)
        style.follow(self._dress)
        self._show(False)

    def value(self) -> str:
        """Give what is typed, blanks at its ends included."""
        return self.text()

    def clear(self) -> None:
        """Empty the line and hide what comes next."""
        super().clear()
        self.eye.setChecked(False)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if shown else mode.Password)
        self.eye.setText(_("Hide the password") if shown else _("Show the password"))
        self._dress()

    def _dress(self) -> None:
        name = "eye-slash" if self.eye.isChecked() else "eye"
        self.eye.setIcon(icons.icon(name, style.tokens().muted, size=style.px(16)))
