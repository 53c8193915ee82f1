"""One value of the policy: what it is, what is allowed, its editor, and how it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import IconButton
from debrief_desk.ui.parts.fields import ChoiceEntry, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names
from debrief_desk.wording import policy as words

if TYPE_CHECKING:
    from debrief_desk.actions.policy_cards import NumberRow, SeverityRow

_EDITOR, _UNIT, _RESET = 200, 52, 34


class SettingRow(QWidget):
    """A value in a line: words at the left, the editor and a way back to the default at the right.

    Without an editor the value is shown as text: it is not set here, or not by this account.
    `value()` is what is written now, as text where it is no number.
    """

    edited = Signal(str)
    """The path of the value that was written."""

    def __init__(self, path: str, title: str, editor: TextEntry | ChoiceEntry | None) -> None:
        super().__init__()
        self.path = path
        self.editor = editor
        self._standing: float | str = ""
        self._default: float | str = ""
        self._remark = ""
        self.title = Label(title, "strong", wrap=True)
        self.mark = SeverityBadge(Level.NOTE)
        self.statement = Label("", "muted", wrap=True)
        self.remark = Label("", "label", wrap=True)
        self.shown = Label("")
        self.unit = Label("", "muted")
        self.reset_button = IconButton(
            _("Back to the default of {what}").format(what=title), "arrow-counter-clockwise"
        )
        self._build()
        name_parts(self)
        if editor is not None:
            editor.setAccessibleName(title)
            editor.changed.connect(self._on_changed)
        self.reset_button.clicked.connect(self._reset)
        style.follow(self._dress)

    def value(self) -> float | str:
        """Give what is written, or what stands where nothing can be written."""
        return self._standing

    def put(self, value: float | str) -> None:
        """Write a value without announcing it."""
        if self.editor is not None:
            self.editor.blockSignals(True)
            self.editor.set_value(self._written(value))
            self.editor.blockSignals(False)
        self.shown.setText(words.shown(self.path, value))
        self._mark()

    def set_error(self, text: str) -> None:
        """Say what is wrong with what is written, or "" for nothing."""
        self.remark.setText(text or self._remark)
        self.remark.set_kind("error" if text else "label")
        self.remark.setVisible(bool(self.remark.text()))
        if self.editor is not None:
            self.editor.setAccessibleDescription(text or self._remark)
            style.restyle(self.editor, state="error" if text else "")

    def is_edited(self) -> bool:
        """Say whether what is written differs from what is in force."""
        return self.value() != self._standing

    def _stand(self, value: float | str, default: float | str, statement: str, remark: str) -> None:
        self._standing, self._default, self._remark = value, default, remark
        self.statement.setText(statement)
        self.statement.setVisible(bool(statement))
        self.set_error("")
        self.put(value)

    def _written(self, value: float | str) -> str:
        return str(value)

    def _reset(self) -> None:
        self.put(self._default)
        self._on_changed()
        if self.editor is not None:
            self.editor.setFocus()

    def _on_changed(self) -> None:
        self._mark()
        self.edited.emit(self.path)

    def _mark(self) -> None:
        own, edited = self.value() != self._default, self.is_edited()
        self.mark.setVisible(own or edited)
        if edited:
            before = words.shown(self.path, self._standing)
            self.mark.set_badge(Level.CHECK, _("Not saved; was {value}").format(value=before))
        elif own:
            before = words.shown(self.path, self._default)
            self.mark.set_badge(Level.NOTE, _("Site's own; default {value}").format(value=before))
        self.reset_button.setVisible(own and self.editor is not None)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.title, 1)
        top.addWidget(self.mark)
        left = QVBoxLayout()
        left.setSpacing(3)
        left.addLayout(top)
        left.addWidget(self.statement)
        left.addWidget(self.remark)
        left.addStretch(1)
        self._end = self._held(self.reset_button)
        self._middle = self._held(self.editor or self.shown, self.unit)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self._middle)
        across.addWidget(self._end)
        right = QVBoxLayout()
        right.addLayout(across)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 16, 10)
        row.setSpacing(20)
        row.addLayout(left, 1)
        row.addLayout(right)

    @staticmethod
    def _held(*parts: QWidget) -> QWidget:
        """Give a holder whose width does not depend on what it shows."""
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for part in parts:
            inner.addWidget(part)
        return holder

    def _dress(self) -> None:
        self._middle.setFixedWidth(style.px(_EDITOR))
        self._end.setFixedWidth(style.px(_RESET))


class NumberSetting(SettingRow):
    """A number in its unit."""

    def __init__(self, row: NumberRow, *, may_edit: bool) -> None:
        editor = TextEntry(fixed=True, longest=8) if may_edit and row.may_change else None
        super().__init__(row.path, row.label, editor)
        self.unit.setVisible(editor is not None)
        self.stand(row)

    def stand(self, row: NumberRow) -> None:
        """Show what is in force."""
        self._whole = row.whole
        self.unit.setText(row.unit)
        statement = f"{row.rule} · {row.statement}" if row.rule else ""
        self._stand(row.value, row.default, statement, row.allowed)

    def value(self) -> float | str:
        """Give the number written, or the text where it is none."""
        if not isinstance(self.editor, TextEntry):
            return self._standing
        written = self.editor.value()
        try:
            return int(written) if self._whole else float(written.replace(",", "."))
        except ValueError:
            return written

    def _written(self, value: float | str) -> str:
        return value if isinstance(value, str) else f"{value:g}"

    def _dress(self) -> None:
        super()._dress()
        self.unit.setFixedWidth(style.px(_UNIT))


class SeveritySetting(SettingRow):
    """A severity, or the one there is where no policy sets it."""

    def __init__(self, row: SeverityRow, *, may_edit: bool) -> None:
        choices = tuple((choice.value, names.name(choice)) for choice in row.choices)
        title = f"{row.rule}: {row.part}" if row.part else row.rule
        super().__init__(
            row.path, title, ChoiceEntry(choices) if may_edit and len(choices) > 1 else None
        )
        self.unit.hide()
        self.stand(row)

    def stand(self, row: SeverityRow) -> None:
        """Show what is in force."""
        self._stand(row.value.value, row.default.value, row.statement, row.bound)

    def value(self) -> float | str:
        """Give the severity chosen."""
        return (self.editor.value() or "") if self.editor is not None else self._standing
