"""How is something asked for? A label above, an editor, and below it what is wrong with it.

Every editor answers `value()`, takes `set_value()` and announces `changed`. Times and dates are
left to right in every layout, and show the London wall clock.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QDateTimeEdit,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from debrief_desk.ui import style
from debrief_desk.ui.parts.labels import Label, direction
from debrief_desk.wording import _, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QWheelEvent

_NO_DATE: Final = QDate(1752, 9, 14)
_CLOCK: Final = re.compile(r"(\d{1,2})[:.h ]?([0-5]\d)?")
_HOURS: Final = 24
_LEFT_TO_RIGHT: Final = Qt.LayoutDirection.LeftToRight


class TextEntry(QLineEdit):
    """A line of text. `fixed` is for references, numbers and telephone numbers."""

    changed = Signal()

    def __init__(
        self,
        hint: str = "",
        *,
        fixed: bool = False,
        longest: int = 200,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setMaxLength(longest)
        if fixed:
            self.setLayoutDirection(_LEFT_TO_RIGHT)
        self.textChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """Give the text without blanks at its ends."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Put a text in."""
        self.setText(value)
        self.setCursorPosition(0)


class ScriptEntry(TextEntry):
    """A name in its own script: its direction is that of its first strong letter."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint, parent=parent)
        self.textChanged.connect(lambda text: self.setLayoutDirection(direction(text)))


class NoteEntry(QPlainTextEdit):
    """A few lines of text; Tab leaves it."""

    changed = Signal()

    def __init__(self, hint: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setPlaceholderText(isolated(hint))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.changed)
        style.follow(self._dress)

    def value(self) -> str:
        """Give the text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Put a text in."""
        self.setPlainText(value)

    def _dress(self) -> None:
        self.setFixedHeight(style.px(18 * self._lines + 18))


class DateEntry(QDateEdit):
    """A day, shown as `Mon 23 Nov 2026`. An `optional` one may be left open (None)."""

    changed = Signal()

    def __init__(self, *, optional: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _settle(self, "ddd dd MMM yyyy")
        self._optional = optional
        if optional:
            self.setMinimumDate(_NO_DATE)
            self.setSpecialValueText(_("Not set"))
            self.setDate(_NO_DATE)
        self.dateChanged.connect(lambda _date: self.changed.emit())

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Leave the field on Tab; Qt would stop at day, month and year, the arrows do that."""
        return QWidget.focusNextPrevChild(self, next)

    def value(self) -> dt.date | None:
        """Give the day, or None while it is left open."""
        day = self.date()
        if self._optional and day == _NO_DATE:
            return None
        return dt.date(day.year(), day.month(), day.day())

    def set_value(self, value: dt.date | None) -> None:
        """Put a day in; None leaves an optional one open."""
        self.setDate(_NO_DATE if value is None else QDate(value.year, value.month, value.day))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless this field has the focus."""
        _wheel_only_with_focus(self, event, super().wheelEvent)


class TimeEntry(QTimeEdit):
    """A time of day, shown as `13:30`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _settle(self, "HH:mm")
        self.timeChanged.connect(lambda _time: self.changed.emit())

    def value(self) -> dt.time:
        """Give the time of day."""
        return dt.time(self.time().hour(), self.time().minute())

    def set_value(self, value: dt.time) -> None:
        """Put a time of day in."""
        self.setTime(QTime(value.hour, value.minute))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless this field has the focus."""
        _wheel_only_with_focus(self, event, super().wheelEvent)


class QuickTimeEntry(TextEntry):
    """A time of day typed in a hurry: `9`, `930`, `0930`, `9.30` all become `09:30` or `09:00`."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(hint or _("14:30"), fixed=True, longest=8, parent=parent)
        self.editingFinished.connect(self._on_finished)

    def clock(self) -> dt.time | None:
        """Give the time of day; None where what is written is none."""
        return read_clock(self.text())

    def set_clock(self, value: dt.time | None) -> None:
        """Put a time of day in; None empties the field."""
        self.setText("" if value is None else f"{value:%H:%M}")

    def _on_finished(self) -> None:
        found = self.clock()
        if found is not None:
            self.set_clock(found)


def read_clock(text: str) -> dt.time | None:
    """Read a time of day typed in a hurry; None for what is none, such as `25:00`."""
    digits = text.strip()
    if re.fullmatch(r"\d{3,4}", digits):
        digits = f"{digits[:-2]}:{digits[-2:]}"
    found = _CLOCK.fullmatch(digits)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return dt.time(hour, minute) if hour < _HOURS else None


class ChoiceEntry(QComboBox):
    """One of a list of (key, text). A `searchable` one finds any part of a text while one types."""

    changed = Signal()

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        *,
        searchable: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._searchable = searchable
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(12)
        self.setPlaceholderText(hint or _("Choose"))
        view = QListView()
        view.setAccessibleName(_("Choices"))
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)
        if searchable:
            self._make_searchable(hint)
        self.set_choices(choices)
        self.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (key, text); the chosen key stays chosen where it is among them."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for key, text in choices:
            self.addItem(text, key)
        self.set_value(kept)
        self.blockSignals(False)
        if self._searchable:
            self._show_beginning()
        if kept != self.value():
            self.changed.emit()

    def value(self) -> str | None:
        """Give the chosen key, or None."""
        key = self.currentData()
        return None if key is None else str(key)

    def set_value(self, value: str | None) -> None:
        """Choose a key; None, or a key that is not offered, chooses nothing."""
        self.setCurrentIndex(-1 if value is None else self.findData(value))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the choice that fits what was typed, or go back to the one there was."""
        super().focusOutEvent(event)
        if self._searchable and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def settle(self) -> None:
        """Make the text written agree with a choice: the one it names, else the last one."""
        typed = self.currentText().strip()
        if not typed:
            self.setCurrentIndex(-1)
            return
        exact = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if exact < 0:
            found = [
                at for at in range(self.count()) if typed.casefold() in self.itemText(at).casefold()
            ]
            exact = found[0] if len(found) == 1 else self.currentIndex()
        self.setCurrentIndex(exact)
        self.setEditText(self.itemText(exact) if exact >= 0 else "")
        self._show_beginning()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless this field has the focus."""
        _wheel_only_with_focus(self, event, super().wheelEvent)

    def _make_searchable(self, hint: str) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = cast("QAbstractItemView", completer.popup())
        popup.setProperty("kind", "completions")
        popup.setAccessibleName(_("Matches"))
        self.setCompleter(completer)
        edit = cast("QLineEdit", self.lineEdit())
        edit.setPlaceholderText(hint or _("Type to search"))
        edit.editingFinished.connect(self.settle)
        self.currentIndexChanged.connect(self._show_beginning)

    def _show_beginning(self) -> None:
        """Show the beginning of a text that is too long, not its end."""
        edit = cast("QLineEdit", self.lineEdit())
        if not edit.hasFocus():
            edit.setCursorPosition(0)


class CheckEntry(QCheckBox):
    """Yes or no."""

    changed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        """Give whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Tick or clear it."""
        self.setChecked(value)


class Field(QWidget):
    """A labelled editor. A required one says so in words; an error stands below and is read out."""

    def __init__(
        self,
        text: str,
        editor: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        shown = _("{label} (required)").format(label=text) if required else text
        self.label = Label(shown.replace("&", "&&"), "label")
        self.label.setBuddy(editor)
        self.error = Label(hint, "label", wrap=True)
        editor.setAccessibleName(shown)
        editor.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.error)
        column.addStretch(1)
        self.error.setVisible(bool(hint))

    def set_error(self, text: str) -> None:
        """Mark the field as wrong and say why; an empty text marks it as right again."""
        self.error.setText(text or self._hint)
        self.error.set_kind("error" if text else "label")
        self.error.setVisible(bool(text or self._hint))
        self.editor.setAccessibleDescription(text or self._hint)
        style.restyle(self.editor, state="error" if text else "")

    def has_error(self) -> bool:
        """Tell whether the field is marked as wrong."""
        return bool(self.editor.property("state") == "error")


class _TakesWheel(Protocol):
    def __call__(self, event: QWheelEvent, /) -> None: ...


def _settle(edit: QDateTimeEdit, pattern: str) -> None:
    """Set what every date and time edit needs.

    The button symbols stay (the style sheet gives them no width): without them and with any style
    sheet Qt shrinks the inner line edit to one pixel, and the field looks empty. The style sheet's
    padding does not reach the inner edit, so the inset is its text margin. The direction is set
    before the pattern: under a right-to-left layout Qt turns the pattern round as it takes it in.
    """
    inner = edit.lineEdit()
    for widget in (edit, inner):
        widget.setLayoutDirection(_LEFT_TO_RIGHT)
    edit.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    edit.setDisplayFormat(pattern)
    inner.setTextMargins(9, 0, 4, 0)


def _wheel_only_with_focus(widget: QWidget, event: QWheelEvent, take: _TakesWheel) -> None:
    if widget.hasFocus():
        take(event)
    else:
        event.ignore()
