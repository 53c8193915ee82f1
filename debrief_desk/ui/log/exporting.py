"""Who gets the copy of the log? Asked before it is written, because it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import Field, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable


class ExportDialog(QDialog):
    """Asks for the recipient; the file is chosen next."""

    def __init__(self, parent: QWidget, named: Callable[[str], None]) -> None:
        """`named` gets the recipient."""
        super().__init__(parent)
        self._named = named
        self.setWindowTitle(_("Export the log"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(style.px(460))
        self.recipient = TextEntry()
        self._field = Field(
            _("Recipient"), self.recipient, required=True, hint=_("Kept in the log itself.")
        )
        self.next_button = Button(_("Choose the file…"), "primary")
        self.next_button.setDefault(True)
        self.cancel_button = Button(_("Cancel"))
        self._build()
        self.next_button.clicked.connect(self._on_next)
        self.cancel_button.clicked.connect(self.reject)
        name_parts(self)
        self.recipient.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("Export the log"), "section"))
        column.addWidget(
            Label(_("The events that fit the filter are written as CSV, oldest first."), wrap=True)
        )
        column.addWidget(self._field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.next_button)
        column.addLayout(row)

    def _on_next(self) -> None:
        recipient = self.recipient.value()
        if not recipient:
            self._field.set_error(_("Say who gets it."))
            self.recipient.setFocus()
            return
        self.accept()
        self._named(recipient)
