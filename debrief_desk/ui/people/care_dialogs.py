"""How are an age decision, a busy time and who was told asked for? Over the window, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions.busy import BusyEntry
from debrief_desk.rules.codes import BusyKind
from debrief_desk.rules.facts import AgeDecision
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.fields import ChoiceEntry, DateEntry, Field, QuickTimeEntry, TextEntry
from debrief_desk.ui.parts.moment_field import MomentField
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, clock, london, names
from debrief_desk.wording.moments import latest, moments

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from PySide6.QtWidgets import QWidget

    from debrief_desk.actions.staff import RoomRow

_ADULT, _CHILD = "adult", "child"


class AgeDialog(Asking):
    """Asks what was decided about an age, by whom and on which day (C-3)."""

    def __init__(
        self, parent: QWidget, now: datetime, answered: Callable[[AgeDecision], None]
    ) -> None:
        super().__init__(
            parent,
            _("Record an age decision"),
            _(
                "Only a decision that was made and signed for. What stood against planning before "
                "stays in the history."
            ),
        )
        self._today: date = london(now).date()
        self._answered = answered
        self.decided = ChoiceEntry([(_ADULT, _("Adult")), (_CHILD, _("Child"))])
        self.decided_field = Field(_("Decided"), self.decided, required=True)
        self.day = DateEntry()
        self.day.set_value(self._today)
        self.day_field = Field(_("On"), self.day, required=True)
        self.decider = TextEntry(longest=80)
        self.decider_field = Field(
            _("Decided by"), self.decider, required=True, hint=_("Who signed it, and of where.")
        )
        self.add_row(self.decided_field, self.day_field)
        self.column.addWidget(self.decider_field)
        self.go = self.add_buttons(_("Record the decision"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.decided.setFocus()

    def _on_go(self) -> None:
        decided, day, decider = self.decided.value(), self.day.value(), self.decider.value()
        said = {
            self.decided_field: "" if decided else _("Choose what was decided."),
            self.day_field: ""
            if day and day <= self._today
            else _("A decision is recorded once it is made."),
            self.decider_field: "" if decider else _("Name who decided."),
        }
        if _marked(said):
            self.fit()
            return
        self.accept()
        self._answered(AgeDecision(decided == _ADULT, decider, day))


class BusyDialog(Asking):
    """Asks what else is in the person's day, from when to when, and where (W-7)."""

    def __init__(
        self,
        parent: QWidget,
        now: datetime,
        rooms: tuple[RoomRow, ...],
        answered: Callable[[BusyEntry], None],
    ) -> None:
        super().__init__(
            parent,
            _("Add a busy time"),
            _("Meals, prayer, calls, healthcare and screening come before a debrief."),
        )
        self._answered = answered
        self.kind = ChoiceEntry(names.choices(BusyKind))
        self.kind_field = Field(_("What"), self.kind, required=True)
        self.room = ChoiceEntry([("", _("No debrief room")), *((r.id, r.name) for r in rooms)])
        self.room.set_value("")
        self.start = MomentField(_("From"), now)
        self.end = QuickTimeEntry()
        self.end_field = Field(_("To"), self.end, required=True)
        self.add_row(self.kind_field, Field(_("Where"), self.room))
        self.add_row(self.start, self.end_field)
        self.go = self.add_buttons(_("Add the time"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.kind.setFocus()

    def _on_go(self) -> None:
        kind, start, end = self.kind.value(), self.start.value(), self._end()
        self.start.set_error("" if start else _("Write a time of that day, such as 14:30."))
        said = {
            self.kind_field: "" if kind else _("Choose what it is."),
            self.end_field: "" if end else _("Write when it ends, such as 15:00."),
        }
        if _marked(said) or kind is None or start is None or end is None:
            self.fit()
            return
        self.accept()
        self._answered(BusyEntry(BusyKind(kind), start, end, self.room.value() or ""))

    def _end(self) -> datetime | None:
        """Give the first moment after the start that the clock of the end names."""
        start, at = self.start.value(), self.end.clock()
        if start is None or at is None:
            return None
        first = london(start).date()
        days = (first, first.fromordinal(first.toordinal() + 1))
        return next((one for day in days for one in moments(day, at) if one > start), None)


class InformedDialog(Asking):
    """Asks which named person was told of a disclosure, and when (S-5)."""

    def __init__(
        self, parent: QWidget, now: datetime, answered: Callable[[str, datetime], None]
    ) -> None:
        super().__init__(
            parent,
            _("Record who was told"),
            _("The person named for safeguarding at this site. What was said is not recorded."),
        )
        self._now, self._answered = now, answered
        self.who = TextEntry(longest=80)
        self.who_field = Field(_("Named person"), self.who, required=True)
        self.at = QuickTimeEntry()
        self.at.setText(clock(now))
        self.at_field = Field(_("Told at"), self.at, required=True)
        self.add_row(self.who_field, self.at_field)
        self.go = self.add_buttons(_("Record"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.who.setFocus()

    def _on_go(self) -> None:
        written = self.at.clock()
        at = None if written is None else latest(written, self._now)
        said = {
            self.who_field: "" if self.who.value() else _("Name who was told."),
            self.at_field: "" if at else _("Write a time that has passed, such as 14:30."),
        }
        if _marked(said) or at is None:
            self.fit()
            return
        self.accept()
        self._answered(self.who.value(), at)


def _marked(said: dict[Field, str]) -> bool:
    """Mark each field with its text, the keyboard on the first that is wrong; True if any is."""
    for field, text in said.items():
        field.set_error(text)
    wrong = [field for field, text in said.items() if text]
    if wrong:
        wrong[0].editor.setFocus()
    return bool(wrong)
