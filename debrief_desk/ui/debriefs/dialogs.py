"""How are an answer and a reason for cancelling asked for? Over the window, without blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.approaches import Answer
from debrief_desk.rules.codes import ApproachOutcome, CancelReason
from debrief_desk.rules.states import DebriefState
from debrief_desk.ui import style
from debrief_desk.ui.debriefs.explaining import Explanation
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import CheckEntry, ChoiceEntry, Field, QuickTimeEntry, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, clock, london, names
from debrief_desk.wording.moments import moments

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QShowEvent

    from debrief_desk.actions.debriefs import DebriefRow

_BY_HAND = (
    CancelReason.NO_LONGER_NEEDED,
    CancelReason.DUPLICATE,
    CancelReason.LEFT_SITE,
    CancelReason.UNFIT,
    CancelReason.CHILD,
    CancelReason.NOT_ELIGIBLE,
)


class Asking(QDialog):
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

    def add_row(self, *fields: QWidget) -> None:
        """Put fields beside each other, equally wide."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            row.addWidget(field, 1)
        self.column.addLayout(row)

    def fit(self) -> None:
        """Be as high as what is shown needs; wrapped sentences are otherwise squeezed."""
        for widget in (*self.findChildren(QWidget), self):
            layout = widget.layout()
            if layout is not None:
                layout.invalidate()
                layout.activate()
        needed = max(self.column.totalHeightForWidth(self.width()), self.sizeHint().height())
        self.setMinimumHeight(needed)
        self.resize(self.width(), needed)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the width is known."""
        super().showEvent(event)
        self.fit()

    def add_buttons(self, text: str, kind: str) -> Button:
        """Add the way back and the step itself, which Enter takes; gives the step's button."""
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


class CancelDialog(Asking):
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
        self.go = self.add_buttons(_("Cancel the debrief"), "danger")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.reason.setFocus()

    def _on_go(self) -> None:
        chosen = self.reason.value()
        if chosen is None:
            self.reason_field.set_error(_("Choose a reason; it is kept in the record."))
            self.reason.setFocus()
            self.fit()
            return
        self.accept()
        self._answered(CancelReason(chosen))


class AnswerDialog(Asking):
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
        self.interpreter_field = Field(_("Interpreter"), self.interpreter)
        self.nobody = CheckEntry(_("Nobody had to interpret"))
        self.explanation = Explanation(row.lead)
        self._build()
        self._connect()
        name_parts(self)
        self.outcome.setFocus()

    def _build(self) -> None:
        self.add_row(self.outcome_field, self.at_field)
        self.add_row(self.language_field, self.interpreter_field)
        self.column.addWidget(self.nobody)
        self.column.addWidget(self.explanation)
        self.explanation.hide()
        self.go = self.add_buttons(_("Record the answer"), "primary")

    def _connect(self) -> None:
        self.go.clicked.connect(self._on_go)
        self.outcome.changed.connect(self._on_outcome)
        self.nobody.changed.connect(self._on_nobody)

    def _on_outcome(self) -> None:
        self.explanation.setVisible(self._accepted())
        self.interpreter_field.set_error("")
        self.fit()

    def _on_nobody(self) -> None:
        self.interpreter.setEnabled(not self.nobody.value())
        self.interpreter_field.set_error("")

    def _accepted(self) -> bool:
        return self.outcome.value() == ApproachOutcome.ACCEPTED.value

    def _on_go(self) -> None:
        outcome, at = self.outcome.value(), self._moment()
        if self._complain(outcome, at) or outcome is None or at is None:
            return
        accepted = self._accepted()
        answer = Answer(
            ApproachOutcome(outcome),
            at,
            self.language.value(),
            "" if self.nobody.value() else self.interpreter.value(),
            explained_by=self.explanation.explained_by.value() if accepted else "",
            points=self.explanation.ticked() if accepted else (),
        )
        self.accept()
        self._answered(answer)

    def _complain(self, outcome: str | None, at: datetime | None) -> bool:
        """Mark what is missing, with the keyboard on the first of it; True where something is."""
        unsaid = not (self.interpreter.value() or self.nobody.value())
        said = {
            self.outcome_field: "" if outcome else _("Choose the answer."),
            self.at_field: "" if at else _("Write a time that has passed, such as 14:30."),
            self.language_field: "" if self.language.value() else _("Name the language."),
            self.interpreter_field: _("Name the interpreter, or tick that nobody had to interpret.")
            if self._accepted() and unsaid
            else "",
        }
        for field, text in said.items():
            field.set_error(text)
        wrong = [field.editor for field, text in said.items() if text]
        if self._accepted() and self.explanation.complain():
            wrong.append(self.explanation.explained_by)
        if wrong:
            wrong[0].setFocus()
            self.fit()
        return bool(wrong)

    def _moment(self) -> datetime | None:
        """Give the moment of today in London that was written, if it is not in the future."""
        written = self.at.clock()
        if written is None:
            return None
        found = [one for one in moments(london(self._now).date(), written) if one <= self._now]
        return found[-1] if found else None
