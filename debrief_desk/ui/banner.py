"""What holds for the whole window? One strip above every page, with what is to be known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.messages import MessageStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the banner; `action` names what can be done about it."""

    text: str
    action: str = ""
    do: Callable[[], None] | None = None


class Banner(MessageStrip):
    """Shows the notes that hold, in the order they came; the newest with an action offers it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: dict[str, Note] = {}
        self.close_button.hide()  # a note stands as long as it holds

    def set_note(self, key: str, note: Note | None) -> None:
        """Let a note stand, or take it away; the same key replaces the one before."""
        self._notes.pop(key, None)
        if note is not None:
            self._notes[key] = note
        offered = next((one for one in reversed(self._notes.values()) if one.action), Note(""))
        if not self._notes:
            self.clear()
            return
        text = " ".join(one.text for one in self._notes.values())
        self.say(Level.NOTE, text, action=offered.action, do=offered.do)

    def clear_notes(self) -> None:
        """Take every note away: another desk, or none."""
        self._notes.clear()
        self.clear()
