"""How are an answer and the reason for cancelling asked for? Over the window, without blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.approaches import Answer
from debrief_desk.rules.codes import ApproachOutcome, CancelReason
from debrief_desk.rules.states import DebriefState
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, Field, QuickTimeEntry, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, clock, london, names
from debrief_desk.wording.moments import moments

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from debrief_desk.actions.debriefs import DebriefRow

_BY_HAND = (
    CancelReason.NO_LONGER_NEEDED,
    CancelReason.DUPLICATE,
    CancelReason.LEFT_SITE,
    CancelReason.UNFIT,
    CancelReason.CHILD,
    CancelReason.NOT_ELIGIBLE,
)


class _Asking(QDialog):
    """A question with fields; Escape answers nothing."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(style.px(460))
        self.setMaximumWidth(style.px(560))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(Label(title, "section", wrap=True))
        self.column.addWidget(Label(text, wrap=True))

    def _add_buttons(self, text: str, kind: str) -> Button:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        leave = Button(_("Back"))
        leave.clicked.connect(self.reject)
        go = Button(text, kind)
        go.setDefault(True)
        row.addWidget(leave)
        row.addWidget(go)
        self.column.addSpacing(4)
        self.column.addLayout(row)
        return go


class CancelDialog(_Asking):
    """Asks why a debrief is cancelled; the reason is from a list."""

    def __init__(
        self, parent: QWidget, row: DebriefRow, answered: Callable[[CancelReason], None]
    ) -> None:
        super().__init__(
            parent,
            _("Cancel {reference}?").format(reference=row.reference),
            _("The slot becomes free at once. The record stays, with the reason."),
        )
        self._answered = answered
        self.reason = ChoiceEntry([(one.value, names.name(one)) for one in _BY_HAND])
        self.reason_field = Field(_("Reason"), self.reason, required=True)
        self.column.addWidget(self.reason_field)
        self.go = self._add_buttons(_("Cancel the debrief"), "danger")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.reason.setFocus()

    def _on_go(self) -> None:
        chosen = self.reason.value()
        if chosen is None:
            self.reason_field.set_error(_("Choose a reason; it is kept in the record."))
            self.reason.setFocus()
            return
        self.accept()
        self._answered(CancelReason(chosen))


class AnswerDialog(_Asking):
    """Asks how somebody answered who was asked to talk."""

    def __init__(
        self, parent: QWidget, row: DebriefRow, now: datetime, answered: Callable[[Answer], None]
    ) -> None:
        super().__init__(
            parent,
            _("Answer to {reference}").format(reference=row.reference),
            _(
                "A refusal holds for every agency: all other plans for this person are cancelled, "
                "and nobody can plan anew."
            ),
        )
        self._answered, self._now = answered, now
        offered = [
            one
            for one in ApproachOutcome
            if (one is ApproachOutcome.WITHDRAWN) <= (row.state is DebriefState.IN_PROGRESS)
        ]
        self.outcome = ChoiceEntry([(one.value, names.name(one)) for one in offered])
        self.outcome_field = Field(_("Answer"), self.outcome, required=True)
        self.at = QuickTimeEntry()
        self.at.setText(clock(now))
        self.at_field = Field(_("Asked at"), self.at, required=True)
        self.language = TextEntry(longest=60)
        self.language.set_value(row.language)
        self.language_field = Field(_("Language spoken"), self.language, required=True)
        self.interpreter = TextEntry(longest=80)
        self.interpreter.set_value(row.interpreter)
        self._build()
        name_parts(self)
        self.outcome.setFocus()

    def _build(self) -> None:
        self.column.addWidget(self.outcome_field)
        self.column.addWidget(self.at_field)
        self.column.addWidget(self.language_field)
        self.column.addWidget(Field(_("Interpreter"), self.interpreter))
        self.go = self._add_buttons(_("Record the answer"), "primary")
        self.go.clicked.connect(self._on_go)

    def _on_go(self) -> None:
        outcome, at = self.outcome.value(), self._moment()
        self.outcome_field.set_error("" if outcome else _("Choose the answer."))
        self.at_field.set_error("" if at else _("Write a time that has passed, such as 14:30."))
        self.language_field.set_error("" if self.language.value() else _("Name the language."))
        if outcome is None or at is None or not self.language.value():
            return
        self.accept()
        self._answered(
            Answer(ApproachOutcome(outcome), at, self.language.value(), self.interpreter.value())
        )

    def _moment(self) -> datetime | None:
        """Give the moment of today in London that was written, if it is not in the future."""
        written = self.at.clock()
        if written is None:
            return None
        found = [one for one in moments(london(self._now).date(), written) if one <= self._now]
        return found[-1] if found else None
