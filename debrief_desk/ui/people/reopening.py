"""How is it recorded that a person with a marker asked to talk? When, how, before whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.approaches import Reopening
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import Field, QuickTimeEntry, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, from_london, london

if TYPE_CHECKING:
    from collections.abc import Callable


class ReopeningDialog(QDialog):
    """Asks what the rules want to know; the marker stays until a second officer confirms."""

    def __init__(
        self, parent: QWidget, now: datetime, language: str, recorded: Callable[[Reopening], None]
    ) -> None:
        """`recorded` gets what was filled in."""
        super().__init__(parent)
        self._now, self._recorded = now, recorded
        self.setWindowTitle(_("The person asked to talk"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(style.px(460))
        self.time = QuickTimeEntry()
        self.time.set_clock(london(now).time())
        self.language = TextEntry()
        self.language.set_value(language)
        self.interpreter = TextEntry()
        self.witness = TextEntry()
        self.record_button = Button(_("Record the wish"), "primary")
        self.record_button.setDefault(True)
        self.cancel_button = Button(_("Cancel"))
        self._build()
        self.record_button.clicked.connect(self._on_record)
        self.cancel_button.clicked.connect(self.reject)
        name_parts(self)
        self.time.setFocus()

    def _build(self) -> None:
        self._time_field = Field(_("Time today"), self.time, required=True)
        self._language_field = Field(_("In which language"), self.language, required=True)
        self._interpreter_field = Field(
            _("Interpreter"), self.interpreter, hint=_("Empty where none was needed.")
        )
        self._witness_field = Field(
            _("Witness"), self.witness, required=True, hint=_("Somebody of another agency.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("The person asked to talk"), "section"))
        column.addWidget(
            Label(
                _("Record it only if it was the person's own wish. Nothing is lifted until a "
                  "second officer confirms it."),
                wrap=True,
            )
        )  # fmt: skip
        for field in (
            self._time_field,
            self._language_field,
            self._interpreter_field,
            self._witness_field,
        ):
            column.addWidget(field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.record_button)
        column.addLayout(row)

    def _on_record(self) -> None:
        at = self.time.clock()
        self._time_field.set_error("" if at else _("Write a time such as 14:30."))
        needed = ((self._language_field, self.language), (self._witness_field, self.witness))
        for field, entry in needed:
            field.set_error("" if entry.value() else _("This is needed for the record."))
        if at is None or any(field.has_error() for field, _entry in needed):
            return
        moment = from_london(datetime.combine(london(self._now).date(), at))
        self.accept()
        self._recorded(
            Reopening(moment, self.language.value(), self.interpreter.value(), self.witness.value())
        )
