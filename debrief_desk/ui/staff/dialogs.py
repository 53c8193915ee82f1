"""How are papers, earlier debriefs, usual shifts and duties asked for? Over the window, by key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from debrief_desk.actions.accreditations import Paper
from debrief_desk.actions.attendance import NewDuty
from debrief_desk.actions.experience import Declared
from debrief_desk.rules.codes import AbsenceReason, AccreditationKind, DutyKind
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.fields import (
    CheckEntry,
    ChoiceEntry,
    DateEntry,
    Field,
    QuickTimeEntry,
    TextEntry,
)
from debrief_desk.ui.parts.moment_field import MomentField
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names
from debrief_desk.wording import staff as sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from PySide6.QtWidgets import QWidget

    from debrief_desk.actions.accreditations import AccreditationRow
    from debrief_desk.actions.duties import DutyRow

_YEAR = timedelta(days=365)


class PaperDialog(Asking):
    """Asks for a paper, or for the one that follows `renewed`."""

    def __init__(
        self,
        parent: QWidget,
        who: str,
        today: date,
        answered: Callable[[Paper], None],
        renewed: AccreditationRow | None = None,
    ) -> None:
        title = _("Add a paper of {who}") if renewed is None else _("Renew a paper of {who}")
        super().__init__(
            parent, title.format(who=who), _("Somebody has to have seen it. It counts at once.")
        )
        self._answered = answered
        self.kind = ChoiceEntry(names.choices(AccreditationKind))
        self.level = TextEntry(longest=40)
        self.awarded, self.valid_to = DateEntry(optional=True), DateEntry(optional=True)
        self.seen_by = TextEntry(longest=80)
        self.kind_field = Field(_("Kind"), self.kind, required=True)
        self.level_field = Field(_("Level"), self.level)
        self.awarded_field = Field(_("Awarded"), self.awarded)
        self.valid_field = Field(_("Last day"), self.valid_to)
        self.seen_field = Field(_("Seen by"), self.seen_by, required=True)
        self.add_row(self.kind_field, self.level_field)
        self.add_row(self.awarded_field, self.valid_field)
        self.column.addWidget(self.seen_field)
        self.go = self.add_buttons(_("Add") if renewed is None else _("Renew"), "primary")
        self.kind.set_value(AccreditationKind.AUTHORISATION.value)
        self.awarded.set_value(today if renewed is None else None)
        begins = renewed.valid_to if renewed is not None and renewed.valid_to else today
        self.valid_to.set_value(max(begins, today) + _YEAR)
        for field in (self.kind_field, self.level_field, self.awarded_field):
            field.setVisible(renewed is None)
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        (self.kind if renewed is None else self.valid_to).setFocus()

    def _on_go(self) -> None:
        seen = self.seen_by.value()
        self.seen_field.set_error("" if seen else _("Say who saw the paper."))
        if not seen:
            self.seen_by.setFocus()
            self.fit()
            return
        self.accept()
        kind = self.kind.value() or ""
        self._answered(
            Paper(kind, self.valid_to.value(), seen, self.level.value(), self.awarded.value())
        )


class DeclareDialog(Asking):
    """Asks for debriefs from before this desk."""

    def __init__(self, parent: QWidget, who: str, answered: Callable[[Declared], None]) -> None:
        super().__init__(
            parent,
            _("Earlier debriefs of {who}").format(who=who),
            _("They count once another account has countersigned them."),
        )
        self._answered = answered
        self.led, self.supervised = TextEntry(longest=5), TextEntry(longest=5)
        self.last_on = DateEntry(optional=True)
        self.led_field = Field(_("Debriefs"), self.led, required=True)
        self.supervised_field = Field(_("Of these supervised"), self.supervised)
        self.add_row(self.led_field, self.supervised_field)
        self.column.addWidget(Field(_("Last on"), self.last_on))
        self.go = self.add_buttons(_("Declare"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.led.setFocus()

    def _on_go(self) -> None:
        led, supervised = self.led.value(), self.supervised.value() or "0"
        wrong = not led.isdecimal() or not supervised.isdecimal()
        self.led_field.set_error(_("Write numbers.") if wrong else "")
        if wrong:
            self.led.setFocus()
            self.fit()
            return
        self.accept()
        self._answered(Declared(int(led), int(supervised), self.last_on.value()))


class PatternDialog(Asking):
    """Asks for the usual shift and its days."""

    def __init__(
        self,
        parent: QWidget,
        who: str,
        shift: tuple[int | None, int | None, tuple[int, ...]],
        answered: Callable[[int | None, int | None, tuple[int, ...]], None],
    ) -> None:
        super().__init__(
            parent,
            _("Usual shift of {who}").format(who=who),
            _("A shift that ends before it begins runs past midnight. Leave both times empty "
              "where there is no usual shift."),
        )  # fmt: skip
        self._answered = answered
        self.start, self.end = QuickTimeEntry(_("07:00")), QuickTimeEntry(_("15:00"))
        start, end, days = shift
        self.start.setText(_minute(start))
        self.end.setText(_minute(end))
        self.start_field = Field(_("From"), self.start)
        self.add_row(self.start_field, Field(_("To"), self.end))
        row = QHBoxLayout()
        self.days = [CheckEntry(name) for name in sentences.weekdays()]
        for at, box in enumerate(self.days, 1):
            box.set_value(not days or at in days)
            row.addWidget(box)
        self.column.addLayout(row)
        self.go = self.add_buttons(_("Save"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.start.setFocus()

    def _on_go(self) -> None:
        start, end = self.start.clock(), self.end.clock()
        days = tuple(at for at, box in enumerate(self.days, 1) if box.value())
        written = bool(self.start.value() or self.end.value())
        wrong = ""
        if written and (start is None or end is None):
            wrong = _("Write both times, such as 07:00.")
        elif written and not days:
            wrong = _("Tick the days.")
        self.start_field.set_error(wrong)
        if wrong:
            self.start.setFocus()
            self.fit()
            return
        self.accept()
        if start is None or end is None:
            self._answered(None, None, ())
            return
        self._answered(start.hour * 60 + start.minute, end.hour * 60 + end.minute, days)


class DutyDialog(Asking):
    """Asks for a single shift or an absence; what stands is shown to be changed."""

    def __init__(
        self,
        parent: QWidget,
        who: tuple[str, str],
        now: datetime,
        answered: Callable[[NewDuty], None],
        *,
        kind: DutyKind,
        held: DutyRow | None = None,
    ) -> None:
        """`who` is id and name."""
        absent = kind is DutyKind.ABSENCE
        title = _("Absence of {who}") if absent else _("Single shift of {who}")
        text = (
            _("Only a reason from the list is kept, no detail.")
            if absent
            else _("On the day it begins it goes before the usual shift.")
        )
        super().__init__(parent, title.format(who=who[1]), text)
        self._who, self._kind, self._answered = who[0], kind, answered
        self.start, self.end = MomentField(_("From"), now), MomentField(_("To"), now)
        self.reason = ChoiceEntry(names.choices(AbsenceReason))
        self.reason_field = Field(_("Reason"), self.reason, required=True)
        self.add_row(self.start, self.end)
        self.column.addWidget(self.reason_field)
        self.reason_field.setVisible(absent)
        if held is not None:
            self.start.set_value(held.starts_at)
            self.end.set_value(held.ends_at)
            self.reason.set_value(held.reason)
        self.go = self.add_buttons(_("Save"), "primary")
        self.go.clicked.connect(self._on_go)
        name_parts(self)
        self.start.clock.setFocus()

    def _on_go(self) -> None:
        start, end = self.start.value(), self.end.value()
        late = start is not None and end is not None and end <= start
        missing = _("Write a day and a time such as 14:30.")
        self.start.set_error("" if start else missing)
        self.end.set_error(missing if end is None else _("Before it begins.") if late else "")
        reason = self.reason.value() or "" if self._kind is DutyKind.ABSENCE else ""
        unsaid = self._kind is DutyKind.ABSENCE and not reason
        self.reason_field.set_error(_("Choose a reason.") if unsaid else "")
        if start is None or end is None or late or unsaid:
            self.fit()
            return
        self.accept()
        self._answered(NewDuty(self._who, self._kind, start, end, reason))


def _minute(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60 % 24:02d}:{minute % 60:02d}"
