"""How is a question answered? A row of answers; the chosen one asks below for what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its word (`&` marks its key), what carries it out, and what it asks for.

    With `options`, pairs of (key, text), one of them has to be chosen as well, as `choose` says.
    An option in `passes` asks for one of `because` too, and is handed back as `option;because`.
    `suggestions` are texts often written; `hint` says what is written, "" where nothing is.
    """

    key: str
    text: str
    done: str
    hint: str
    options: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    choose: str = ""
    passes: frozenset[str] = frozenset()
    because: tuple[tuple[str, str], ...] = ()


class SuggestingEntry(TextEntry):
    """A line of free text; Down, or its arrow, lists what is often written."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint, parent=parent)
        self._suggestions = QStringListModel(self)
        self._completer = QCompleter(self._suggestions, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._on_picked)
        popup = cast("QAbstractItemView", self._completer.popup())
        popup.setProperty("kind", "completions")
        popup.setAccessibleName(_("Suggestions"))
        self._arrow = QAction(_("Suggestions"), self)
        self._arrow.triggered.connect(lambda _checked: self.open_list())
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(lambda _text: popup.hide())
        style.follow(self._dress)

    def suggest(self, texts: Sequence[str]) -> None:
        """Offer these texts."""
        self._suggestions.setStringList(list(texts))
        self._arrow.setVisible(bool(texts))

    def open_list(self) -> None:
        """Show the suggestions below the line."""
        if self._suggestions.rowCount():
            self._completer.setCompletionPrefix("")
            self._completer.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list of suggestions on Down."""
        if event.key() == Qt.Key.Key_Down:
            self.open_list()
            return
        super().keyPressEvent(event)

    def _on_picked(self, text: str) -> None:
        self.setText(text)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self) -> None:
        self._arrow.setIcon(icons.icon("caret-down", style.tokens().muted, size=style.px(14)))


class AnswerBar(QWidget):
    """Answers side by side, a remark, and a second line for the answer that was chosen."""

    answered = Signal(str, str, str)
    """(answer, option or "", what was written)"""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out: the question."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._answers: dict[str, Answer] = {}
        self._stepping = False
        self.buttons: dict[str, Button] = {}
        self.remark = Label("", "muted", wrap=True)
        self.options = ChoiceEntry(hint=_("Choose what becomes of the plans"))
        self.because = ChoiceEntry(hint=_("Why not the first in time?"))
        self.because.setAccessibleName(_("Why not the first in time"))
        self.written = SuggestingEntry()
        self.error = Label("", "error", wrap=True)
        self.done_button = Button("", "primary")
        self._build()
        self._connect()
        name_parts(self)
        self.offer(())

    def offer(self, answers: Sequence[Answer], remark: str = "") -> None:
        """Offer exactly these answers, none chosen yet, and say something beside them."""
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._answers = {answer.key: answer for answer in answers}
        self.buttons = {}
        for answer in answers:
            self.buttons[answer.key] = self._button(answer)
        self._shape()
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self._ask(None)

    def choose(self, key: str, option: str = "") -> bool:
        """Choose an answer, and one of its options; the keyboard goes to what is still open."""
        answer = self._answers.get(key)
        if answer is None:
            return False
        self._ask(answer)
        if option:
            self.options.set_value(option)
        elif len(answer.options) == 1:
            self.options.set_value(answer.options[0][0])
        self._fit_because()
        self._go_on()
        return True

    def chosen(self) -> str:
        """Give the answer that is chosen, "" for none."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def say(self, text: str) -> None:
        """Say why an answer could not be taken; what was written stays."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def stops(self) -> tuple[QWidget, ...]:
        """Give what Tab goes through, in the order it is read."""
        asked = (self.options, self.because, self.written, self.done_button)
        return (*self.buttons.values(), *asked)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the row of answers."""
        self._top.addWidget(widget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the choice back on Escape; on Enter go on, or carry it out."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.done_button.hasFocus():
                self._on_done()
            elif self.options.hasFocus() or self.because.hasFocus():
                self._go_on()
            return
        if event.key() == Qt.Key.Key_Escape and self.chosen():
            key = self.chosen()
            self._ask(None)
            self.buttons[key].setFocus()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._top = QHBoxLayout()
        self._top.setSpacing(12)
        self._top.addLayout(self._row)
        self._top.addWidget(self.remark, 1)
        self._top.addStretch(0)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.options, 2)
        below.addWidget(self.because, 1)
        below.addWidget(self.written, 3)
        below.addWidget(self.done_button)
        self._below = QWidget()
        self._below.setLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._top)
        column.addWidget(self._below)
        column.addWidget(self.error)
        self.options.setMinimumContentsLength(24)

    def _connect(self) -> None:
        self.options.changed.connect(self._fit_because)
        for entry in (self.options, self.because):
            entry.installEventFilter(self)
            entry.activated.connect(lambda _at: self._on_picked())
        self.written.returnPressed.connect(self._on_done)
        self.done_button.clicked.connect(self._on_done)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that a closed list is stepped through: the keyboard then stays on it."""
        if event.type() == QEvent.Type.KeyPress and watched in (self.options, self.because):
            self._stepping = True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Round the outer corners, whichever side is the first."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._shape()

    def _shape(self) -> None:
        row = list(self.buttons.values())
        if self.isRightToLeft():
            row.reverse()
        for at, button in enumerate(row):
            edge = {0: "first", len(row) - 1: "last"}.get(at, "middle")
            style.restyle(button, edge="only" if len(row) == 1 else edge)

    def _button(self, answer: Answer) -> Button:
        button = Button(answer.text, "segment")
        button.setCheckable(True)
        plain = answer.text.replace("&", "")
        button.setAccessibleName(f"{self.accessibleName()}: {plain}")
        button.setObjectName(f"answer_{answer.key}")
        button.clicked.connect(lambda _checked, key=answer.key: self.choose(key))
        self._row.addWidget(button)
        return button

    def _ask(self, answer: Answer | None) -> None:
        self.say("")
        self._below.setVisible(answer is not None)
        for key, button in self.buttons.items():
            button.setChecked(answer is not None and key == answer.key)
        self.because.hide()
        if answer is None:
            self.options.set_choices(())
            self.written.clear()
            return
        self.options.set_choices(answer.options)
        self.options.set_value(None)
        self.options.setVisible(bool(answer.options))
        self.options.setAccessibleName(answer.choose or _("What becomes of the plans"))
        self.because.set_choices(answer.because)
        self.because.set_value(None)
        self.written.setVisible(bool(answer.hint))
        self.written.setPlaceholderText(answer.hint)
        self.written.setAccessibleName(answer.hint)
        self.written.suggest(answer.suggestions)
        self.done_button.setText(answer.done)

    def _fit_because(self) -> None:
        """Ask why the first in time gives way, where the chosen option makes it give way."""
        answer = self._answers.get(self.chosen())
        passes = answer is not None and self.options.value() in answer.passes
        self.because.setVisible(passes)
        if not passes:
            self.because.set_value(None)

    def _on_picked(self) -> None:
        stepping, self._stepping = self._stepping, False
        if not stepping:
            self._go_on()

    def _go_on(self) -> None:
        """Put the keyboard on what is still open: a choice, the words, or the button."""
        answer = self._answers.get(self.chosen())
        if answer is None:
            return
        if answer.options and self.options.value() is None:
            self.options.setFocus()
        elif not self.because.isHidden() and self.because.value() is None:
            self.because.setFocus()
        else:
            (self.written if answer.hint else self.done_button).setFocus()

    def _on_done(self) -> None:
        answer = self._answers.get(self.chosen())
        if answer is None:
            return
        option, because = self.options.value() or "", self.because.value() or ""
        if answer.options and not option:
            self.say(answer.choose or _("Choose what becomes of the plans."))
            self.options.setFocus()
        elif option in answer.passes and not because:
            self.say(_("Another agency was first in time: choose why it gives way."))
            self.because.setFocus()
        elif answer.hint and not self.written.value():
            self.say(_("Write a few words; they are kept in the record."))
            self.written.setFocus()
        else:
            self.say("")
            told = f"{option};{because}" if because else option
            self.answered.emit(answer.key, told, self.written.value())
