"""How are the time of a step and the reason of a stop asked for? Enter takes what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions.course import Stop
from debrief_desk.rules.codes import Indicator, StopReason
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.fields import CheckEntry, ChoiceEntry, Field, QuickTimeEntry, TextEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, clock, course, names
from debrief_desk.wording.moments import latest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from debrief_desk.actions.debriefs import DebriefRow


class PastField(Field):
    """A clock time that has passed, now at first, and not before `earliest`."""

    def __init__(self, title: str, now: datetime, earliest: datetime | None) -> None:
        self.at = QuickTimeEntry()
        super().__init__(title, self.at, required=True)
        self.at.setText(clock(now))
        self._now, self._earliest = now, earliest

    def moment(self) -> datetime | None:
        """Give the moment as UTC; None, with the reason beside the field, where it cannot be.

        The time that stood there is this very moment, to the second.
        """
        written = self.at.clock()
        if self.at.text() == clock(self._now):
            at: datetime | None = self._now
        else:
            at = None if written is None else latest(written, self._now)
        wrong = "" if at else _("Write a time that has passed, such as 14:30.")
        if at and self._earliest and at < self._earliest:
            wrong = _("This lies before the beginning, {clock}.").format(
                clock=clock(self._earliest)
            )
        self.set_error(wrong)
        return None if wrong else at


@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """What is asked about the time of a step: its words, the button's kind, the earliest answer."""

    title: str
    text: str
    label: str
    go: str
    kind: str = "primary"
    earliest: datetime | None = None


class TimeDialog(Asking):
    """Asks when a step was taken; what it does stands above."""

    def __init__(
        self,
        parent: QWidget,
        question: TimeQuestion,
        now: datetime,
        answered: Callable[[datetime], object],
    ) -> None:
        super().__init__(parent, question.title, question.text)
        self._answered = answered
        self.time = PastField(question.label, now, question.earliest)
        self.column.addWidget(self.time)
        self.go = self.add_buttons(question.go, question.kind)
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.time.at.setFocus()
        self.time.at.selectAll()

    def _on_go(self) -> None:
        at = self.time.moment()
        if at is None:
            self.time.at.setFocus()
            self.fit()
            return
        self.accept()
        self._answered(at)


class StopDialog(Asking):
    """Asks why a debrief ends early: a reason from the list, and for safeguarding what it needs."""

    def __init__(
        self, parent: QWidget, row: DebriefRow, now: datetime, answered: Callable[[Stop], None]
    ) -> None:
        super().__init__(
            parent,
            _("Stop {reference}?").format(reference=row.reference),
            course.running(row.started_at),
        )
        self._answered = answered
        self.reason = ChoiceEntry(names.choices(StopReason))
        self.reason_field = Field(_("Reason"), self.reason, required=True)
        self.time = PastField(_("Ended at"), now, row.started_at)
        self.follows = Label(course.what_follows(None), wrap=True)
        self.category = ChoiceEntry(names.choices(Indicator))
        self.category_field = Field(_("Category disclosed"), self.category, required=True)
        self.consents = CheckEntry(_("The person agrees to a referral (NRM)"))
        self.owner = TextEntry(longest=80)
        self.owner_field = Field(_("Who sees to the task"), self.owner, required=True)
        self.informed = TextEntry(longest=80)
        self.informed_field = Field(
            _("Named person told"), self.informed, hint=_("Empty if nobody has been told yet.")
        )
        self._build()
        self._connect()
        name_parts(self)
        self.reason.setFocus()

    def _build(self) -> None:
        self.add_row(self.reason_field, self.time)
        self.column.addWidget(self.follows)
        self.column.addWidget(self.category_field)
        self.column.addWidget(self.consents)
        self.add_row(self.owner_field, self.informed_field)
        self.go = self.add_buttons(_("Stop the debrief"), "danger")
        self._show_needed()

    def _connect(self) -> None:
        self.reason.changed.connect(self._on_reason)
        self.category.changed.connect(self._on_reason)
        self.go.clicked.connect(self._on_go)

    def _chosen(self) -> StopReason | None:
        value = self.reason.value()
        return None if value is None else StopReason(value)

    def _on_reason(self) -> None:
        self.follows.setText(course.what_follows(self._chosen()))
        self._show_needed()
        self.fit()

    def _show_needed(self) -> None:
        safe = self._chosen() is StopReason.SAFEGUARDING
        for widget in (self.category_field, self.owner_field, self.informed_field):
            widget.setVisible(safe)
        self.consents.setVisible(safe and self.category.value() == Indicator.TRAFFICKING.value)

    def _on_go(self) -> None:
        reason, at = self._chosen(), self.time.moment()
        if self._complain(reason) or reason is None or at is None:
            self.fit()
            return
        safe, category = reason is StopReason.SAFEGUARDING, self.category.value()
        self.accept()
        self._answered(
            Stop(
                reason,
                at,
                category=Indicator(category) if safe and category else None,
                owner=self.owner.value() if safe else "",
                consents=safe and self.consents.isVisibleTo(self) and self.consents.value(),
                informed=self.informed.value() if safe else "",
            )
        )

    def _complain(self, reason: StopReason | None) -> bool:
        """Mark what is missing, with the keyboard on the first of it; True where something is."""
        safe = reason is StopReason.SAFEGUARDING
        said = {
            self.reason_field: "" if reason else _("Choose a reason; it is kept in the record."),
            self.category_field: _("Choose the category; the detail is never recorded.")
            if safe and self.category.value() is None
            else "",
            self.owner_field: _("Name who sees to it.") if safe and not self.owner.value() else "",
        }
        for field, text in said.items():
            field.set_error(text)
        wrong = [field for field in (*said, self.time) if field.has_error()]
        if wrong:
            wrong[0].editor.setFocus()
        return bool(wrong)
