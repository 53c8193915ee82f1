"""Whom is a debrief planned with? Searched for first; typed only where nobody is on record."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.ui import style
from debrief_desk.ui.debriefs import columns
from debrief_desk.ui.debriefs.person_fields import PersonFields
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import Field, TextEntry
from debrief_desk.ui.parts.labels import ElidedLabel, Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import TYPING_MS
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.tokens import COMPACT_ROW
from debrief_desk.wording import _, planning

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from debrief_desk.actions.people import PeoplePage, PersonRow

_RESULTS = 5


class Mode(enum.Enum):
    """Where the choice of a person stands."""

    SEARCHING = "searching"
    TYPED = "typed"
    CHOSEN = "chosen"


class PersonPart(QWidget):
    """The search, and below it what was found, the person chosen, or fields for a new one."""

    changed = Signal()
    searched = Signal(str)
    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.SEARCHING
        self.person: PersonRow | None = None
        self._found: tuple[PersonRow, ...] = ()
        self._shown_for: str | None = None
        self._enter_waits = False
        self._build()
        self._connect()
        self.start()

    # what stands in the form

    def registration_id(self) -> str:
        """Give the record that was chosen; "" where a person is typed or none chosen yet."""
        return self.person.id if self.mode is Mode.CHOSEN and self.person is not None else ""

    def entry(self) -> PersonEntry:
        """Give the person as typed."""
        return self.fields.entry() if self.mode is Mode.TYPED else PersonEntry()

    def is_empty(self) -> bool:
        """Say whether there is nobody to plan for yet."""
        return not self.registration_id() and self.entry().is_empty

    def spoken_language(self) -> str:
        """Give the language of the person, as far as it is known."""
        if self.mode is Mode.CHOSEN and self.person is not None:
            return self.person.language
        return self.fields.language.value()

    # what happens to it

    def start(self) -> None:
        """Begin with nobody: the search is empty."""
        self.person = None
        self.fields.clear()
        self._clear_search()
        self._set_mode(Mode.SEARCHING)

    def choose(self, person: PersonRow) -> None:
        """Plan for this person."""
        self.person = person
        self.chosen_name.setText(person.name)
        self.chosen_script.setText(person.own_script)
        self.chosen_detail.setText(_details(person))
        self._clear_search()
        self._set_mode(Mode.CHOSEN)
        self.changed.emit()

    def type_new(self) -> None:
        """Show the fields for somebody who is not on record; what was searched for is kept."""
        written = self.search.value()
        self._set_mode(Mode.TYPED)
        if written:
            self.fields.take(written)
        self._clear_search()
        self.fields.full_name.setFocus()
        self.fields.full_name.end(False)
        self.changed.emit()

    def show_typed(self, entry: PersonEntry, searched: str) -> None:
        """Show somebody who is typed, or what was being searched for."""
        if entry.is_empty:
            self.search.set_value(searched)
            return
        self._set_mode(Mode.TYPED)
        self.fields.show_entry(entry)
        self.changed.emit()

    def called(self) -> str:
        """Give the name of the person, as far as there is one."""
        if self.mode is Mode.CHOSEN and self.person is not None:
            return self.person.name
        entry = self.entry()
        return entry.full_name or entry.native_name or entry.band or self.search.value()

    def lock(self) -> None:
        """Keep the person as it is: a debrief that stands is for whom it is for."""
        self.search_field.hide()
        self.new_button.hide()
        self.change_button.hide()

    def unlock(self) -> None:
        """Let a person be searched for."""
        self.search_field.show()
        self.new_button.show()
        self.change_button.show()

    def set_found(self, typed: str, page: PeoplePage) -> None:
        """Show who was found for what was typed; an Enter that came earlier takes the one."""
        if typed != self.search.value():
            return
        self._found, self._shown_for = page.rows, typed
        self.results.set_rows(page.rows)
        if page.rows:
            self.results.choose_row(0)
        self.hint.setText(planning.found(page.total))
        self.results.setVisible(bool(page.rows) and self.mode is Mode.SEARCHING)
        if self._enter_waits and page.total == 1:
            self._pick()
        self._enter_waits = False

    def set_error(self, text: str) -> None:
        """Say at the search what is wrong with the choice of a person."""
        self.search_field.set_error(text)

    # how it is made

    def _build(self) -> None:
        self.search = TextEntry(_("Name, band or reference"))
        self.search_field = Field(_("Search first"), self.search)
        self.new_button = Button(_("New person"))
        self.hint = Label(planning.search_first(), "label", wrap=True)
        self.results: Table[PersonRow] = Table(
            _("People found"), columns.of_people(), lambda row: row.id, compact=True
        )
        self.chosen = self._build_chosen()
        self.fields = PersonFields()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search_field, 1)
        top.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        for widget in (self.hint, self.results, self.chosen, self.fields):
            column.addWidget(widget)
        name_parts(self)
        style.follow(self._dress)

    def _dress(self) -> None:
        self.results.setFixedHeight(style.px(40 + COMPACT_ROW * _RESULTS))

    def _build_chosen(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "card")
        self.chosen_name = ElidedLabel("", "strong")
        self.chosen_script = ElidedLabel("", "strong")
        self.chosen_detail = Label("", "muted", wrap=True)
        self.change_button = Button(_("Change person"), "quiet")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.chosen_name, 3)
        top.addWidget(self.chosen_script, 2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(top)
        words.addWidget(self.chosen_detail)
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.change_button)
        return frame

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._ask)
        self.search.textChanged.connect(self._on_typing)
        self.search.installEventFilter(self)
        self.new_button.clicked.connect(self.type_new)
        self.change_button.clicked.connect(self._on_change)
        self.results.opened.connect(lambda _key: self._pick())
        self.results.clicked.connect(lambda _index: self._pick())
        self.fields.changed.connect(self.changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through what was found while the keyboard stays in the search."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress:
            return self._on_key(cast("QKeyEvent", event)) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self._found:
            step = 1 if key == Qt.Key.Key_Down else -1
            at = self.results.currentIndex().row() + step
            self.results.choose_row(max(0, min(len(self._found) - 1, at)))
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_enter()
            return True
        if key == Qt.Key.Key_Escape:
            self.type_new()
            return True
        return False

    def _on_enter(self) -> None:
        if not self.search.value():
            return
        if self._shown_for == self.search.value():
            self._pick()
            return
        self._enter_waits = True
        self._ask()

    def _pick(self) -> None:
        at = self.results.currentIndex().row()
        if 0 <= at < len(self._found):
            self.choose(self._found[at])
            self.picked.emit()

    def _on_typing(self, text: str) -> None:
        self._enter_waits = False
        self._pause.start()
        if text.strip() and self.mode is not Mode.SEARCHING:
            self._set_mode(Mode.SEARCHING)
            self.changed.emit()

    def _ask(self) -> None:
        self._pause.stop()
        if self.search.value():
            self.searched.emit(self.search.value())
        else:
            self._found, self._shown_for = (), None
            self.results.set_rows([])
            self.hint.setText(planning.search_first())
            self._set_mode(self.mode)

    def _on_change(self) -> None:
        self._set_mode(Mode.SEARCHING)
        self.changed.emit()
        self.search.setFocus()

    def _clear_search(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._found, self._shown_for = (), None
        self.results.set_rows([])
        self.hint.setText(planning.search_first())

    def _set_mode(self, mode: Mode) -> None:
        self.mode = mode
        self.set_error("")
        self.hint.setVisible(mode is Mode.SEARCHING)
        self.results.setVisible(mode is Mode.SEARCHING and bool(self._found))
        self.chosen.setVisible(mode is Mode.CHOSEN)
        self.fields.setVisible(mode is Mode.TYPED)


def _details(person: PersonRow) -> str:
    return planning.person(
        (person.agency, person.reference, person.born, person.sex, person.nationality),
        person.language,
        band=person.band,
        event=person.event,
        flag=person.child_flag,
    )
