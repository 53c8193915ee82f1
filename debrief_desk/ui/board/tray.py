"""Which plans have no place on the board yet, and how do they get one? By dragging, or by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.board.slots import alternatives, free_slot
from debrief_desk.ui.parts.buttons import Button, IconButton
from debrief_desk.ui.parts.fields import ChoiceEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.proposing import FreeSlot, FreeSlots

MIME: Final = "application/x-debrief-desk-plan"
_ROWS: Final = 3


class WaitingTable(Table[Any]):
    """The plans without a place; a row can be dragged onto the board."""

    def __init__(self, name: str, columns: Sequence[Column[DebriefRow]]) -> None:
        super().__init__(name, columns, lambda row: row.id, compact=True)
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be ready to drag the row under the pointer."""
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin the drag when the pointer has gone far enough."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        key = self.key()
        if far >= QApplication.startDragDistance() and key is not None:
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(carried(str(key)))
            drag.exec(Qt.DropAction.MoveAction)


def carried(debrief_id: str) -> QMimeData:
    """Give what a drag carries: the plan's id, and nothing another program could read names in."""
    data = QMimeData()
    data.setData(MIME, QByteArray(debrief_id.encode()))
    return data


class Tray(QFrame):
    """The plans without a place, with where the chosen one could go."""

    opened = Signal(str)
    """The debrief to open."""
    placed = Signal(str, str)
    """(debrief, row key): the user would like the plan there."""
    taken = Signal(str, object)
    """(debrief, slot): the user would like the plan in this free slot, with its team."""
    chosen = Signal(object)
    """The debrief that is chosen now, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.fold = IconButton(_("Fold the plans without a place"), "caret-down", bare=True)
        self.fold.setCheckable(True)
        self.title = Label("", "section")
        self.slot = ChoiceEntry(hint=_("Next free slots"))
        self.slot.setAccessibleName(_("Next free slots with a whole team"))
        self.slot_button = Button(_("Place"), "primary")
        self.reason = Label("", "muted", wrap=True)
        self._slots: dict[str, FreeSlot] = {}
        self.place = ChoiceEntry(hint=_("Where to"))
        self.place.setAccessibleName(_("Where to put the chosen plan"))
        self.place_button = Button(_("Put there"))
        self.table = WaitingTable(_("Plans without a place"), _columns())
        self.table.setProperty("framed", "no")
        self._build()
        self._connect()
        name_parts(self)
        style.follow(self._dress)

    def show_plans(self, title: str, plans: Sequence[DebriefRow]) -> None:
        """Show these plans, the first of them chosen."""
        self.title.setText(title)
        self.table.set_rows(plans)
        if plans and self.table.key() is None:
            self.table.choose_row(0)

    def offer(self, places: Sequence[tuple[str, str]]) -> None:
        """Offer places for the chosen plan, the first of them at once."""
        self.place.set_choices(places)
        self.place.setCurrentIndex(0 if places else -1)

    def offer_slots(self, found: FreeSlots | None) -> None:
        """Offer the next free slots of the chosen plan, the first at once, or say why none is.

        None while they are looked for.
        """
        slots = () if found is None else found.slots
        self._slots = {str(at): slot for at, slot in enumerate(slots)}
        self.slot.set_choices([(key, free_slot(slot)) for key, slot in self._slots.items()])
        self.slot.setCurrentIndex(0 if slots else -1)
        self._describe()
        for part in (self.slot, self.slot_button):
            part.setEnabled(bool(slots))
        self.reason.setText("" if found is None else found.reason)
        self._show_reason()

    def _describe(self) -> None:
        slot = self._slots.get(str(self.slot.value()))
        self.slot.setToolTip(alternatives(slot) if slot is not None else "")

    def _show_reason(self) -> None:
        self.reason.setVisible(bool(self.reason.text()) and not self.fold.isChecked())

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 8, 0)
        top.setSpacing(8)
        top.addWidget(self.fold)
        top.addWidget(self.title, 1)
        top.addWidget(self.slot)
        top.addWidget(self.slot_button)
        top.addWidget(self.place)
        top.addWidget(self.place_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 4)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.reason)
        column.addWidget(self.table)

    def _connect(self) -> None:
        self.table.opened.connect(lambda key: self.opened.emit(str(key)))
        self.table.chosen.connect(self.chosen)
        self.place_button.clicked.connect(self._on_place)
        self.slot_button.clicked.connect(self._on_slot)
        self.slot.changed.connect(self._describe)
        enter = Qt.ShortcutContext.WidgetShortcut
        for keys in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(keys), self.slot, self._on_slot, context=enter)
            with_control = QKeySequence(Qt.KeyboardModifier.ControlModifier | keys)
            QShortcut(with_control, self.table, self._on_slot, context=enter)
        self.fold.toggled.connect(self._on_fold)

    def _on_slot(self) -> None:
        key, slot = self.table.key(), self._slots.get(str(self.slot.value()))
        if key is not None and slot is not None:
            self.taken.emit(str(key), slot)

    def _on_place(self) -> None:
        key, row = self.table.key(), self.place.value()
        if key is not None and row is not None:
            self.placed.emit(str(key), row)

    def _on_fold(self, folded: bool) -> None:
        self.fold.set_icon("caret-right" if folded else "caret-down")
        parts = (self.table, self.slot, self.slot_button, self.place, self.place_button)
        for part in parts:
            part.setVisible(not folded)
        self._show_reason()

    def _dress(self) -> None:
        self.slot.setFixedWidth(style.px(360))
        self.place.setMinimumWidth(style.px(170))
        self.table.setFixedHeight(style.px(36 + 28 * _ROWS))


def _columns() -> tuple[Column[DebriefRow], ...]:
    return (
        Column(_("Check"), lambda _row: "", severity=lambda row: row.level, width=92),
        Column(_("Time"), lambda row: span(row.starts_at, row.ends_at), fixed=True, width=108),
        Column(_("Person"), lambda row: row.person, strong=True, width=180, stretch=True),
        Column(_("Agency"), lambda row: row.agency, width=110),
        Column(_("Lead"), lambda row: row.lead, width=120),
        Column(_("Language"), lambda row: row.language, width=130),
        Column(_("Own script"), lambda row: row.own_script, width=110),
        Column(_("Wanted room"), lambda row: row.room, width=110, muted=True),
    )
