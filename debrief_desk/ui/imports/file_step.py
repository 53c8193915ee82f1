"""The first step: which file, whose it is, and how it is to be read; below it what came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui.imports.drop_area import DropArea
from debrief_desk.ui.imports.history import History
from debrief_desk.ui.parts.fields import ChoiceEntry, Field, TextEntry
from debrief_desk.ui.parts.labels import card
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, import_steps, imports, sheet_failures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from debrief_desk.actions.imports import Preview

KINDS = ("people", "interviewers", "interpreters", "rooms")
_NEW_AGENCY = "\x00new"
_FOUND = "\x00found"


class FileStep(QWidget):
    """File, agency, and what is asked about only where the file leaves it open."""

    file_chosen = Signal(object)
    changed = Signal()
    """Something other than the file was said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drop = DropArea()
        self.agency = ChoiceEntry(hint=_("Choose the sender"))
        self.new_agency = TextEntry(_("Name of the agency"))
        self.kind = ChoiceEntry()
        self.encoding = ChoiceEntry()
        self.sheet = ChoiceEntry()
        self.history = History()
        self._build()
        self._connect()
        name_parts(self)
        self.show_nothing()

    def show_agencies(self, names: Sequence[str]) -> None:
        """Offer these agencies, and a new one."""
        offered = [(name, name) for name in names]
        self.agency.set_choices([*offered, (_NEW_AGENCY, _("Another agency…"))])

    def show_nothing(self) -> None:
        """Ask for a file; nothing else can be said yet."""
        self.drop.show_nothing()
        self.said.hide()

    def show_unread(self, path: Path, text: str, encodings: Sequence[str]) -> None:
        """Show a file that could not be read as it stands, and the encodings it may have."""
        self.drop.show_file(path, text)
        self._offer_encodings(encodings, None)
        self.sheet_field.hide()
        self.said.setVisible(bool(encodings))

    def show_preview(self, path: Path, preview: Preview) -> None:
        """Show what a file was recognised as."""
        rows = len(preview.rows)
        self.drop.show_file(
            path,
            import_steps.found(
                preview.kind, rows, preview.header_line, preview.encoding, preview.sheet
            ),
        )
        if not self.kind_code():
            title = imports.kind_title(preview.kind)
            self._offer_kinds(_("As recognised: {kind}").format(kind=title))
        if self.encoding_field.isHidden() and preview.encodings:
            self._offer_encodings(preview.encodings, preview.encoding)
        self._offer_sheets(preview)
        self.agency_field.setVisible(preview.kind in {"people", "interviewers"})
        self.agency_field.set_error("")
        self.said.show()

    def forget_file(self) -> None:
        """Start over with another file: what was said about the last one does not hold."""
        self._offer_kinds(_("As recognised"))
        self._set_agency(None)
        self._offer_encodings((), None)
        self.sheet.blockSignals(True)
        self.sheet.set_choices(())
        self.sheet.blockSignals(False)
        self.sheet_field.hide()

    def agency_name(self) -> str:
        """Give the name of the sender, "" while none is said."""
        chosen = self.agency.value()
        return self.new_agency.value() if chosen == _NEW_AGENCY else chosen or ""

    def kind_code(self) -> str:
        """Give the kind the user has said, "" for the one recognised."""
        chosen = self.kind.value()
        return "" if chosen in {None, _FOUND} else str(chosen)

    def propose_agency(self, name: str) -> bool:
        """Choose the agency that has sent such sheets before; tells whether it is offered."""
        if not name or self.agency.findData(name) < 0:
            return False
        self.agency.set_value(name)
        return True

    def ask_agency(self) -> None:
        """Say that the sender has to be named."""
        self.agency_field.set_error(_("Say which agency sent this."))
        self.agency.setFocus()

    def _set_agency(self, name: str | None) -> None:
        self.agency.blockSignals(True)
        self.agency.set_value(name)
        self.agency.blockSignals(False)
        self.new_agency.clear()
        self.new_agency_field.hide()

    def _offer_kinds(self, recognised: str) -> None:
        offered = [(_FOUND, recognised), *((kind, imports.kind_title(kind)) for kind in KINDS)]
        self.kind.blockSignals(True)
        self.kind.set_choices(offered)
        self.kind.set_value(_FOUND)
        self.kind.blockSignals(False)

    def _offer_encodings(self, names: Sequence[str], chosen: str | None) -> None:
        self.encoding.blockSignals(True)
        self.encoding.set_choices([(name, sheet_failures.encoding_title(name)) for name in names])
        self.encoding.set_value(chosen)
        self.encoding.blockSignals(False)
        self.encoding_field.setVisible(bool(names))

    def _offer_sheets(self, preview: Preview) -> None:
        names = [name for name in (preview.sheet, *preview.sheets) if name]
        self.sheet.blockSignals(True)
        self.sheet.set_choices([(name, name) for name in dict.fromkeys(names)])
        self.sheet.set_value(preview.sheet)
        self.sheet.blockSignals(False)
        self.sheet_field.setVisible(len(names) > 1)

    def _build(self) -> None:
        self.agency_field = Field(_("Agency that sent it"), self.agency)
        self.new_agency_field = Field(_("New agency"), self.new_agency)
        self.kind_field = Field(_("What is in it"), self.kind)
        self.encoding_field = Field(
            _("Character set"), self.encoding, hint=_("If names look wrong, choose another.")
        )
        self.sheet_field = Field(_("Worksheet"), self.sheet)
        self.said = card()
        row = QHBoxLayout(self.said)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(16)
        for field in (
            self.agency_field,
            self.new_agency_field,
            self.kind_field,
            self.encoding_field,
            self.sheet_field,
        ):
            row.addWidget(field, 1)
        self.new_agency_field.hide()
        self.encoding_field.hide()
        self.sheet_field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.drop)
        column.addWidget(self.said)
        column.addWidget(self.history, 1)

    def _connect(self) -> None:
        self.drop.chosen.connect(self.file_chosen)
        self.agency.changed.connect(self._on_agency)
        self.new_agency.editingFinished.connect(self.changed)
        for entry in (self.kind, self.encoding, self.sheet):
            entry.changed.connect(self.changed)

    def _on_agency(self) -> None:
        is_new = self.agency.value() == _NEW_AGENCY
        self.new_agency_field.setVisible(is_new)
        self.agency_field.set_error("")
        if is_new:
            self.new_agency.setFocus()
        else:
            self.changed.emit()
