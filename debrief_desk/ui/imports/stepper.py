"""Where on the way from the file to the receipt is the user? A line of four steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class Stepper(QWidget):
    """Numbered steps; the current one is strong, and read out as such."""

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._steps: list[tuple[Label, Label]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, title in enumerate(self._titles, 1):
            if number > 1:
                row.addWidget(Label("›", "muted"))
            mark, words = Label(str(number), "key"), Label(title)
            self._steps.append((mark, words))
            row.addWidget(mark)
            row.addWidget(words)
            row.addSpacing(4)
        row.addStretch(1)
        name_parts(self)
        self.set_current(0)

    def set_current(self, at: int) -> None:
        """Mark a step, counted from 0, as the one the user is at."""
        for number, (_mark, words) in enumerate(self._steps):
            words.set_kind("strong" if number == at else "muted")
        self.setAccessibleName(
            _("Step {number} of {steps}: {title}").format(
                number=at + 1, steps=len(self._titles), title=self._titles[at]
            )
        )
