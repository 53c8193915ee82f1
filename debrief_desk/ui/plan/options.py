"""What shall be planned, how far may it go, and how long may it take? The card at the left."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.open_day import FIRST_HOUR, LONGEST
from debrief_desk.planning.alternatives import MODES
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.fields import ChoiceEntry, DateEntry, Field, TimeEntry
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, proposals

if TYPE_CHECKING:
    from debrief_desk.planning.roster import Mode

_DAY: Final = "day"
_OWN: Final = "own"
_OPEN: Final = "open"
_SHIFTS: Final = (
    ("early", time(7), time(15)),
    ("late", time(15), time(23)),
    ("night", time(23), time(6)),
)
_SECONDS: Final = ("1", "2", "5", "10", "30")
_USUAL_SECONDS: Final = "5"
_NARROW: Final = 88


class Options(QFrame):
    """Day, shift, how far to go and for how long; `Propose` starts it."""

    wanted = Signal()
    """A proposal is asked for."""
    changed = Signal()
    """Another day or shift is chosen."""

    def __init__(self, on: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._told = ""
        self._build(on)
        self._connect()
        name_parts(self)
        style.follow(self._dress)
        self._follow()

    def span(self) -> tuple[date, int, int]:
        """Give the day and the shift in minutes after 06:00; the whole day where none is chosen."""
        on = self.day.value() or self._first
        kind = self.shift.value()
        if kind == _OWN:
            return on, _minutes(self.start.value()), _minutes(self.end.value()) or LONGEST
        for key, start, end in _SHIFTS:
            if key == kind:
                return on, _minutes(start), _minutes(end) or LONGEST
        return on, 0, LONGEST

    def furthest(self) -> Mode:
        """Give how far the plan may go."""
        return next(mode for mode in MODES if mode == (self.mode.value() or MODES[0]))

    def seconds(self) -> float:
        """Give the time for each offer."""
        return float(self.budget.value() or _USUAL_SECONDS)

    def bar_open(self, told: str) -> None:
        """Say why nothing may start afresh any more; "" where it may."""
        self._told = told
        item = self.mode.model().item(MODES.index(_OPEN))  # type: ignore[attr-defined]
        item.setEnabled(not told)
        item.setToolTip(told)
        if told and self.mode.value() == _OPEN:
            self.mode.set_value(MODES[1])
        self._follow()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed while a plan is being made."""
        for part in (self.day, self.shift, self.times, self.mode, self.budget, self.propose):
            part.setEnabled(not busy)

    def _build(self, on: date) -> None:
        self._first = on
        self.day = DateEntry()
        self.day.set_value(on)
        self.shift = ChoiceEntry(
            (
                (_DAY, _("Whole day, 06:00 to 06:00")),
                *((key, f"{start:%H:%M}–{end:%H:%M}") for key, start, end in _SHIFTS),
                (_OWN, _("Other times")),
            )
        )
        self.shift.set_value(_DAY)
        self.start, self.end = TimeEntry(), TimeEntry()
        self.start.set_value(time(7))
        self.end.set_value(time(15))
        self.times = QWidget()
        _beside(self.times, Field(_("From"), self.start), Field(_("To"), self.end))
        self.mode = ChoiceEntry([(mode, proposals.mode_name(mode)) for mode in MODES])
        self.mode.set_value(MODES[1])
        self.mode_note = Label("", "label", wrap=True)
        self.budget = ChoiceEntry([(n, _("{n} s").format(n=n)) for n in _SECONDS])
        self.budget.set_value(_USUAL_SECONDS)
        self.budget.setMinimumContentsLength(4)
        self.budget.setToolTip(_("How long to search for each offer"))
        self.first_row = QWidget()
        _beside(self.first_row, Field(_("Day"), self.day), Field(_("Search for"), self.budget))
        self.propose = Button(_("Propose a plan"), "primary", icon="magic-wand")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label(_("What to plan"), "section"))
        for widget in (
            self.first_row,
            Field(_("Shift"), self.shift),
            self.times,
            Field(_("How far to go"), self.mode),
            self.mode_note,
            self.propose,
        ):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.propose.clicked.connect(self.wanted)
        self.mode.changed.connect(self._follow)
        for entry in (self.day, self.shift, self.start, self.end):
            entry.changed.connect(self._follow)
            entry.changed.connect(self.changed)

    def _follow(self) -> None:
        self.times.setVisible(self.shift.value() == _OWN)
        remark = proposals.mode_remark(self.furthest())
        self.mode_note.setText(f"{remark} {self._told}".strip())

    def _dress(self) -> None:
        self.budget.setFixedWidth(style.px(_NARROW))


def _beside(row: QWidget, *fields: Field) -> None:
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for at, field in enumerate(fields):
        line.addWidget(field, 0 if at else 1)


def _minutes(at: time | None) -> int:
    """Give a clock time as minutes after 06:00."""
    return 0 if at is None else (at.hour * 60 + at.minute - FIRST_HOUR * 60) % LONGEST
