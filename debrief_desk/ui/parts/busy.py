"""How does the desk show that it works? Not at all at first; then a thin bar; then Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.announce import announce
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable

BAR_MS: Final = 300
CANCEL_MS: Final = 1000


class BusyBar(QWidget):
    """What is being done, how far it is, and after a second a way to stop it. It never blocks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cancel: Callable[[], None] | None = None
        self.text = ElidedLabel("", "label")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel_button = Button(_("Cancel"))
        self.cancel_button.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar, 2)
        row.addWidget(self.cancel_button)
        name_parts(self)
        self.bar_timer = _timer(self, BAR_MS, self._show_bar)
        self.cancel_timer = _timer(self, CANCEL_MS, self._show_cancel)
        self.hide()
        style.follow(self._dress)

    def start(self, text: str, cancel: Callable[[], None] | None = None) -> None:
        """Say what is being done, should it take long; `cancel` stops it."""
        self._cancel = cancel
        self.text.setText(text)
        self.bar.setRange(0, 0)
        self.cancel_button.hide()
        self.cancel_button.setEnabled(True)
        self.bar_timer.start()
        self.cancel_timer.start()

    def progress(self, done: int, total: int) -> None:
        """Say how far it is; a total of 0 is unknown."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def stop(self) -> None:
        """Say that it is over."""
        self._cancel = None
        self.bar_timer.stop()
        self.cancel_timer.stop()
        self.hide()

    def _show_bar(self) -> None:
        self.show()
        announce(self, self.text.text())

    def _show_cancel(self) -> None:
        self.cancel_button.setVisible(self._cancel is not None)

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        if self._cancel is not None:
            self._cancel()

    def _dress(self) -> None:
        self.setMinimumHeight(style.px(32))


def _timer(parent: QWidget, after: int, do: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after)
    timer.timeout.connect(do)
    return timer
