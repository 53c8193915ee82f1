"""How does somebody find a person or run a command by keys? Ctrl+K, some letters, Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH: Final = 560
_HEIGHT: Final = 400
_PAUSE_MS: Final = 120
_SHOWN: Final = 30


class Palette(QFrame):
    """A line and a list over the window. Commands are known; what else is found comes in later."""

    ran = Signal(str)
    """The key of the entry that was picked."""
    typed = Signal(str)
    """What is looked for, after a pause in typing; answered by `set_found`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("kind", "overlay")
        self._commands: tuple[Entry, ...] = ()
        self._found: tuple[Entry, ...] = ()
        self._before: QWidget | None = None
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(_("Find a person or reference, or run a command"))
        self.edit.setAccessibleName(_("Find or run"))
        self.list = Listing(_("Matches"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("framed", "no")
        self.nothing = Label(_("Nothing fits. Try fewer letters."), "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.edit)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        name_parts(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.edit.text().strip()))
        self.edit.textChanged.connect(self._on_text)
        self.edit.returnPressed.connect(self._on_enter)
        self.edit.installEventFilter(self)
        window.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._on_enter())
        self.hide()

    def set_commands(self, commands: Sequence[Entry]) -> None:
        """Offer these commands."""
        self._commands = tuple(commands)
        self._fill()

    def set_found(self, text: str, found: Sequence[Entry]) -> None:
        """Add what was found for a text; an answer to an older text is left aside."""
        if text == self.edit.text().strip():
            self._found = tuple(found)
            self._fill()

    def open(self) -> None:
        """Come up with an empty line."""
        self._before = self.window().focusWidget()
        self.edit.clear()
        self._found = ()
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        self._pause.stop()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the line; go away with Escape and when the focus leaves."""
        if watched is self.edit and event.type() == QEvent.Type.KeyPress:
            return isinstance(event, QKeyEvent) and self._on_key(event)
        if watched is self.edit and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._before = None
            self.hide()
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
            return True
        if key == Qt.Key.Key_Escape:
            self.close_()
            return True
        return False

    def _on_text(self, _text: str) -> None:
        self._found = ()
        self._fill()
        self._pause.start()

    def _on_enter(self) -> None:
        key = self.list.key()
        if key is not None:
            self.close_()
            self.ran.emit(key)

    def _fill(self) -> None:
        entries = [*self._found, *matching(self.edit.text(), self._commands)][:_SHOWN]
        self.list.set_entries(entries)
        if entries:
            self.list.setCurrentIndex(self.list.entries.index(0))
        self.list.setVisible(bool(entries))
        self.nothing.setVisible(not entries)

    def _place(self) -> None:
        window = self.window()
        width = min(style.px(_WIDTH), window.width() - 32)
        height = min(style.px(_HEIGHT), window.height() - 96)
        self.setGeometry(QRect((window.width() - width) // 2, 64, width, height))


def matching(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries in which every word of the text begins some word; best places first."""
    wanted = text.casefold().split()
    found: list[tuple[int, int, Entry]] = []
    for number, entry in enumerate(entries):
        title = entry.title.casefold()
        words = f"{title} {entry.detail.casefold()}".split()
        if all(any(word.startswith(part) for word in words) for part in wanted):
            starts = 0 if wanted and title.startswith(wanted[0]) else 1
            found.append((starts, number, entry))
    return [entry for _starts, _number, entry in sorted(found, key=lambda one: one[:2])]
