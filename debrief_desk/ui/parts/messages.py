"""How does the desk say something? A strip, a question, a failure, a toast: none of them blocks.

Nothing else opens boxes. Answers come back by a callback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.announce import announce
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button, IconButton
from debrief_desk.ui.parts.fields import Field, NoteEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TOAST_MS: Final = 6000
"""How long a toast stays, in milliseconds; longer while it has focus or the pointer is on it."""


class MessageStrip(QFrame):
    """One sentence above the content, with a level and at most one thing to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "strip")
        self._do: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(10)
        self.badge = SeverityBadge(Level.NOTE)
        self.text = Label("", "strong", wrap=True)
        self.action = Button("")
        self.close_button = IconButton(_("Close this message"), "x", bare=True)
        row.addWidget(self.badge)
        row.addWidget(self.text, 1)
        row.addWidget(self.action)
        row.addWidget(self.close_button)
        self.action.clicked.connect(self._on_action)
        self.close_button.clicked.connect(self.clear)
        self.action.hide()
        name_parts(self)
        self.hide()

    def say(
        self,
        level: Level,
        text: str,
        *,
        action: str = "",
        do: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence and have it read out; `do` is called when the action is pressed."""
        self.badge.set_badge(level)
        self.text.setText(text)
        self._do = do
        self.action.setText(action)
        self.action.setVisible(bool(action))
        style.restyle(self, level=level.value)
        self.setAccessibleName(f"{self.badge.text}: {text}")
        self.show()
        announce(self, text)

    def clear(self) -> None:
        """Take the sentence away."""
        self._do = None
        self.hide()

    def _on_action(self) -> None:
        if self._do is not None:
            self._do()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question; `kind` as of a button."""

    key: str
    text: str
    kind: str = "plain"


class Question(QDialog):
    """A question over its window. Escape and the cross answer nothing."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        choices: Sequence[Choice],
        answered: Callable[[str, str], None],
        *,
        reason: str = "",
    ) -> None:
        """`answered` gets (key, reason). With a `reason` label a reason has to be written."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._answered = answered
        self.buttons: dict[str, Button] = {}
        column = _dialog_column(self, title, text)
        self.reason = NoteEntry()
        self._reason_field = Field(reason, self.reason, required=True)
        self._needs_reason = bool(reason)
        column.addWidget(self._reason_field)
        self._reason_field.setVisible(bool(reason))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        cancel = Button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        for choice in choices:
            button = Button(choice.text, choice.kind)
            button.clicked.connect(lambda _checked, key=choice.key: self._on_choice(key))
            self.buttons[choice.key] = button
            row.addWidget(button)
        column.addLayout(row)
        (self.reason if reason else cancel).setFocus()
        name_parts(self)

    def _on_choice(self, key: str) -> None:
        written = self.reason.toPlainText().strip()
        if self._needs_reason and not written:
            self._reason_field.set_error(_("Write a reason; it is kept in the record."))
            self.reason.setFocus()
            return
        self.accept()
        self._answered(key, written)


def ask(
    parent: QWidget,
    title: str,
    text: str,
    choices: Sequence[Choice],
    answered: Callable[[str, str], None],
    *,
    reason: str = "",
) -> Question:
    """Ask over the window of `parent` and return at once; `answered` gets (key, reason)."""
    question = Question(parent.window(), title, text, choices, answered, reason=reason)
    question.open()
    return question


class FailureBox(QDialog):
    """Says what happened, what was kept and what to do; details can be copied."""

    def __init__(self, parent: QWidget, title: str, text: str, details: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = _dialog_column(self, title, text, Level.STOP)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(_("Technical details"))
        self.details.setFixedHeight(style.px(120))
        column.addWidget(self.details)
        self.details.setVisible(bool(details))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.copy_button = Button(_("Copy details"), icon="file-text")
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.details.toPlainText())
        )
        self.close_button = Button(_("Close"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.copy_button.setVisible(bool(details))
        self.close_button.setFocus()
        name_parts(self)


def fail(parent: QWidget, title: str, text: str, details: str = "") -> FailureBox:
    """Show a failure over the window of `parent` and return at once."""
    box = FailureBox(parent.window(), title, text, details)
    box.open()
    return box


class Toast(QFrame):
    """Says that something went well and offers to undo it; for failures there is the strip."""

    def __init__(self, window: QWidget, text: str, undo: Callable[[], None] | None = None) -> None:
        super().__init__(window)
        self.setProperty("kind", "toast")
        self.setAccessibleName(text)
        self._undo = undo
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(16)
        self.text = Label(text)
        row.addWidget(self.text)
        self.undo_button = Button(_("Undo"))
        self.undo_button.clicked.connect(self._on_undo)
        row.addWidget(self.undo_button)
        self.undo_button.setVisible(undo is not None)
        if undo is None:
            row.setContentsMargins(16, 8, 16, 8)
        name_parts(self)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(TOAST_MS)
        self.timer.timeout.connect(self._on_time)
        self._over = window
        window.installEventFilter(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the place at the foot of the window and start the time."""
        super().showEvent(event)
        self._place()
        self.timer.start()
        announce(self, self.text.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window when it is resized."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        window = self._over
        left = (window.width() - self.width()) // 2
        feet = (f for f in window.findChildren(QFrame) if f.property("kind") == "footer")
        foot = max((f.height() for f in feet if f.isVisible()), default=0)  # what is asked there
        self.move(left, window.height() - foot - self.height() - style.px(24))
        self.raise_()

    def _on_time(self) -> None:
        if self.underMouse() or self.undo_button.hasFocus():
            self.timer.start()
            return
        self._close()

    def _on_undo(self) -> None:
        self._close()
        if self._undo is not None:
            self._undo()

    def _close(self) -> None:
        self.timer.stop()
        self.hide()
        self.deleteLater()


def toast(parent: QWidget, text: str, undo: Callable[[], None] | None = None) -> Toast:
    """Show a toast at the foot of the window of `parent`; an older one there goes at once."""
    window = parent.window()
    for old in window.findChildren(Toast):
        old._close()  # noqa: SLF001 - its own module
    result = Toast(window, text, undo)
    result.show()
    return result


def _dialog_column(
    dialog: QDialog, title: str, text: str, level: Level | None = None
) -> QVBoxLayout:
    dialog.setMinimumWidth(style.px(440))
    dialog.setMaximumWidth(style.px(620))
    dialog.setAccessibleDescription(text)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(12)
    top = QHBoxLayout()
    top.setSpacing(10)
    if level is not None:
        top.addWidget(SeverityBadge(level))
    top.addWidget(Label(title, "section", wrap=True), 1)
    column.addLayout(top)
    column.addWidget(Label(text, wrap=True))
    return column
