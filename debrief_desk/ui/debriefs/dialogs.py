"""How are an answer and a reason for cancelling asked for? Over the window, without blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions.approaches import Answer
from debrief_desk.rules.codes import ApproachOutcome, CancelReason
from debrief_desk.ui.debriefs.explaining import Explanation
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.fields import CheckEntry, ChoiceEntry, Field, QuickTimeEntry, TextEntry
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, clock, names
from debrief_desk.wording.moments import latest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from debrief_desk.actions.debriefs import DebriefRow

_BY_HAND = (
    CancelReason.NO_LONGER_NEEDED,
    CancelReason.DUPLICATE,
    CancelReason.LEFT_SITE,
    CancelReason.UNFIT,
    CancelReason.CHILD,
    CancelReason.NOT_ELIGIBLE,
)


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
        offered = [one for one in ApproachOutcome if one is not ApproachOutcome.WITHDRAWN]
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
        """Give the latest moment that read so in London, if a time is written."""
        written = self.at.clock()
        return None if written is None else latest(written, self._now)
