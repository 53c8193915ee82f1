"""How is a moment that may be unknown asked for? A day and a time; no time means not recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.fields import DateEntry, QuickTimeEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, london
from debrief_desk.wording.moments import moments

if TYPE_CHECKING:
    from datetime import datetime


class MomentField(QWidget):
    """A labelled day and time of London; an error stands below and is read out."""

    def __init__(self, title: str, now: datetime) -> None:
        super().__init__()
        self.title = title
        self._shown: datetime | None = None
        self.day, self.clock = DateEntry(), QuickTimeEntry(_("14:30"))
        self.day.set_value(london(now).date())
        self.day.setAccessibleName(_("{title}: day").format(title=title))
        self.clock.setAccessibleName(_("{title}: time").format(title=title))
        self.label = Label(title, "label")
        self.label.setBuddy(self.clock)
        self.error = Label("", "error", wrap=True)
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.day, 1)
        row.addWidget(self.clock)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addLayout(row)
        column.addWidget(self.error)
        column.addStretch(1)
        name_parts(self)
        style.follow(self._dress)

    def value(self) -> datetime | None:
        """Give the moment as UTC; None where no time stands there, or one that does not exist.

        A moment that was shown and not changed comes back as it was, to the second.
        """
        on, at = self.day.value(), self.clock.clock()
        if on is None or at is None:
            return None
        if self._shown is not None:
            local = london(self._shown)
            if (local.date(), local.hour, local.minute) == (on, at.hour, at.minute):
                return self._shown
        found = moments(on, at)
        return found[0] if found else None

    def set_value(self, moment: datetime | None) -> None:
        """Show a moment; None leaves the day and empties the time."""
        self._shown = moment
        if moment is None:
            self.clock.set_clock(None)
            return
        local = london(moment)
        self.day.set_value(local.date())
        self.clock.set_clock(local.time())

    def is_empty(self) -> bool:
        """Say whether no time is written."""
        return not self.clock.value()

    def set_error(self, text: str) -> None:
        """Mark the field as wrong and say why; an empty text marks it as right again."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.clock.setAccessibleDescription(text)
        style.restyle(self.clock, state="error" if text else "")

    def has_error(self) -> bool:
        """Tell whether the field is marked as wrong."""
        return not self.error.isHidden()

    def _dress(self) -> None:
        self.clock.setFixedWidth(style.px(72))
