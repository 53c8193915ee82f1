"""How is one thing to do shown? What it is, when, and one button that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import work_rows
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel, fixed, line
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, clock, worklist

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent

    from debrief_desk.actions.work_rows import WorkRow


class WorkLine(QWidget):
    """One row of the worklist."""

    done = Signal(object)
    """The row whose button was pressed."""

    def __init__(self, row: WorkRow, now: datetime) -> None:
        super().__init__()
        self.row = row
        self.badge = SeverityBadge(row.level)
        self.title = ElidedLabel(row.title, "strong")
        self.detail = ElidedLabel(row.detail, "muted")
        self.time = fixed(clock(row.at) if row.at is not None else "", "strong")
        self.away = fixed(worklist.away(now, row.at) if row.at is not None else "", "label")
        self.button = Button(_button(row))
        self.button.setAccessibleName(f"{self.button.text()}: {row.title}")
        self.button.setAccessibleDescription(row.detail)
        self._build()
        self.button.clicked.connect(lambda: self.done.emit(self.row))
        name_parts(self)
        style.follow(self._dress)

    def _build(self) -> None:
        badge = QVBoxLayout()
        badge.addWidget(self.badge)
        badge.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self.when = QWidget()
        moment = QVBoxLayout(self.when)
        moment.setContentsMargins(0, 0, 0, 0)
        moment.setSpacing(2)
        moment.addWidget(self.time)
        moment.addWidget(self.away)
        self.mark = QWidget()
        self.mark.setLayout(badge)
        badge.setContentsMargins(0, 0, 0, 0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(20, 9, 20, 9)
        whole.setSpacing(12)
        whole.addWidget(self.when)
        whole.addWidget(self.mark)
        whole.addLayout(words, 1)
        whole.addWidget(self.button)

    def _dress(self) -> None:
        self.when.setFixedWidth(style.px(84))
        self.mark.setFixedWidth(style.px(66))
        self.button.setMinimumWidth(style.px(96))


class WorkLines(QFrame):
    """The rows one below the other; arrows move between their buttons."""

    done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "scrolled")
        self.setAccessibleName(_("Needs you now"))
        self.lines: list[WorkLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_rows(self, rows: Sequence[WorkRow], now: datetime) -> None:
        """Show these rows; the keyboard stays at the same row, or at the one in its place."""
        at, kept = self._focused()
        before = []
        while (item := self._column.takeAt(0)) is not None:
            before.append(item.widget())
        self.lines = [WorkLine(row, now) for row in rows]
        for number, shown in enumerate(self.lines):
            shown.done.connect(self.done)
            if number:
                self._column.addWidget(line())
            self._column.addWidget(shown)
        self._column.addStretch(1)
        if at >= 0 and self.lines:
            same = next(
                (n for n, one in enumerate(self.lines) if (one.row.kind, one.row.id) == kept), at
            )
            self.focus_line(same)
        for widget in before:  # hidden only now: the keyboard would go down them, and scroll
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def focus_line(self, at: int) -> None:
        """Put the keyboard on the button of a row; stop at the ends."""
        if self.lines:
            chosen = self.lines[max(0, min(len(self.lines) - 1, at))]
            chosen.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or previous row on arrows, J and K; Enter goes to its place."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}
        step = steps.get(Qt.Key(event.key()))
        at, _kept = self._focused()
        if at >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.lines[at].button.click()
            return
        if step is None or at < 0:
            super().keyPressEvent(event)
            return
        self.focus_line(at + step)

    def _focused(self) -> tuple[int, tuple[str, str]]:
        for at, shown in enumerate(self.lines):
            if shown.button.hasFocus():
                return at, (shown.row.kind, shown.row.id)
        return -1, ("", "")


def _button(row: WorkRow) -> str:
    words = {
        work_rows.CONFLICT: _("Settle"),
        work_rows.NOTICE: _("Told"),
        work_rows.REOPENING: _("Confirm"),
        work_rows.BYPASS: _("Review"),
        work_rows.OPINION: _("Answer"),
    }
    return words.get(row.kind, _("Open"))
