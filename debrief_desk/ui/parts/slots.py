"""When is the next free slot? Up to five, each with a whole team; one is taken by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.announce import announce
from debrief_desk.ui.parts.buttons import IconButton, Segments
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _, slots

if TYPE_CHECKING:
    from debrief_desk.actions.proposing import FreeSlot, FreeSlots

_ROW = 78
_SHOWN = 3


class SlotList(QFrame):
    """The next free slots of one debrief, asked for by its page."""

    taken = Signal(object)
    """The slot that was taken (`FreeSlot`)."""
    asked = Signal(str)
    """Slots are wanted in this order: "start" or "cheapest"."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Next free slots"))
        self._slots: tuple[FreeSlot, ...] = ()
        self.order = Segments(_("Order"), (("start", _("Soonest")), ("cheapest", _("Cheapest"))))
        self.close_button = IconButton(_("Close the free slots"), "x", bare=True)
        self.remark = Label("", "label", wrap=True)
        self.list = Listing(_("Next free slots"))
        self._build()
        self._connect()
        name_parts(self)
        self.hide()

    def ask(self) -> None:
        """Show the list and ask for slots in the order that is chosen."""
        self._slots = ()
        self.list.hide()
        self.remark.setText(slots.searching())
        self.show()
        self.asked.emit(self.order.choice())

    def show_slots(self, found: FreeSlots) -> None:
        """Show these slots, the keyboard on the first; where there is none, the reason."""
        self._slots = found.slots
        self.remark.setText(slots.found(len(found.slots)) if found.slots else found.reason)
        day = found.slots[0].placement.start.date() if found.slots else None
        self.list.set_entries(
            [
                _entry(at, one, with_day=one.placement.start.date() != day)
                for at, one in enumerate(found.slots, 1)
            ]
        )
        self.list.setVisible(bool(found.slots))
        if found.slots:
            self.list.choose("1")
            self.list.setFocus()
        else:
            self.close_button.setFocus()
        announce(self, self.remark.text())

    def leave(self) -> None:
        """Close the list."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a slot by its number, leave on Escape."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.text().isdecimal() and not event.modifiers():
                self._take(event.text())
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(Label(_("Next free slots"), "section"))
        top.addStretch(1)
        top.addWidget(self.order)
        top.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_PADDING, 10, 8, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.remark)
        column.addWidget(self.list)
        style.follow(self._dress)

    def _dress(self) -> None:
        self.list.setFixedHeight(style.px(_ROW * _SHOWN))

    def _connect(self) -> None:
        self.order.chosen.connect(lambda _key: self.ask())
        self.close_button.clicked.connect(self.leave)
        self.list.opened.connect(self._take)
        self.list.clicked.connect(lambda index: self._take(str(index.row() + 1)))
        self.list.installEventFilter(self)

    def _take(self, number: str) -> None:
        at = int(number) - 1
        if 0 <= at < len(self._slots):
            slot = self._slots[at]
            self.hide()
            self.taken.emit(slot)


def _entry(at: int, slot: FreeSlot, *, with_day: bool) -> Entry:
    start, end = slot.placement.start, slot.placement.end
    return Entry(
        key=str(at),
        title=f"{at}  {slots.when(start, end, with_day=with_day or at == 1)}",
        detail=slots.place_and_team(slot.room, (slot.lead, slot.second, slot.interpreter)),
        more=slots.others(slot.leads, slot.seconds, slot.interpreters, slot.rooms),
    )
