"""What stands beside the form? The findings as cards, and in the foot what saving will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.rules.catalogue import NOBODY_ELSE
from debrief_desk.rules.codes import Band
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.cards import Action, Card
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names, planning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.findings import FindingRow
    from debrief_desk.actions.plan_checks import CheckResult, MatchRow
    from debrief_desk.actions.plan_drafts import DebriefPlan

USE, GO, SLOTS, RULE = "use", "go", "slots", "rule"
_START_RULES = frozenset({"W-2", "W-3", "W-6", "W-7", "A-2", "D-6", "D-9", "X-10"})
_ORDER = {Level.STOP: 0, Level.CHECK: 1, Level.NOTE: 2, Level.CLEAR: 3}


def cards(result: CheckResult, plan: DebriefPlan) -> tuple[Card, ...]:
    """Give stops first, then whom the person may be, checks, notes, and what is to record."""
    standing = [row for row in result.findings if not row.todo]
    shown = [_match(row) for row in result.matches]
    shown += [_finding(row, plan) for row in standing]
    shown.sort(key=lambda one: _ORDER[one.level])
    todos = [row for row in result.findings if row.todo]
    others = result.matches or any(row.rule in NOBODY_ELSE for row in standing)
    if not others and plan.starts_at is not None:
        title = _("Nobody else plans this person") if standing else _("Nothing found")
        shown.append(Card("clear", Level.CLEAR, title, planning.nobody_else()))
    if todos:
        body = "\n".join(f"• {row.title}" for row in todos)
        shown.append(Card("todo", Level.NOTE, planning.missing_title(len(todos)), body))
    return tuple(shown)


def _match(row: MatchRow) -> Card:
    level = Level.NOTE if row.band in {Band.POSSIBLE, Band.WEAK} else Level.CHECK
    return Card(
        key=f"{USE}:{row.registration_id}",
        level=level,
        title=planning.match_title(row.name, row.own_script),
        body=planning.match_detail(row.agency, row.wristband, row.event, row.plans, row.reasons),
        corner=names.name(Band(row.band)),
        actions=(Action(USE, _("Use this person")),) if row.registration_id else (),
    )


def _finding(row: FindingRow, plan: DebriefPlan) -> Card:
    field = _field(row, plan)
    return Card(
        key=f"{row.rule}:{field}:{'|'.join(row.subject)}",
        level=row.level,
        title=row.title,
        body=row.body.removeprefix(row.title).strip(),
        corner=row.rule,
        actions=_ways(row, field),
        corner_action=f"{RULE}:{row.rule}",
    )


def _ways(row: FindingRow, field: str) -> tuple[Action, ...]:
    """Give what mends a finding: its field, and another slot where this one is stopped."""
    if not field:
        return ()
    mend = Action(f"{GO}:{field}", _mend(field))
    if row.level is not Level.STOP:
        return (mend,)
    return mend, Action(SLOTS, _("Free slots"))


def _field(row: FindingRow, plan: DebriefPlan) -> str:
    """Give the field that mends a finding: that of whom it is about, else that of its rule."""
    about = {
        plan.second_id: "second",
        plan.interpreter_id: "interpreter",
        plan.lead_id: "lead",
        plan.room_id: "room",
    }
    for subject in row.subject:
        if subject and subject in about:
            return about[subject]
    if row.rule == "W-5":
        return "length"
    return "start" if row.rule in _START_RULES else ""


def _mend(field: str) -> str:
    return {
        "room": _("Change the room"),
        "lead": _("Change the lead"),
        "second": _("Change the second"),
        "interpreter": _("Change the interpreter"),
        "start": _("Change the time"),
        "length": _("Change the length"),
    }[field]


class CheckFoot(QWidget):
    """How many stops and checks there are, what saving will do, and the buttons that save."""

    saved = Signal()
    saved_and_next = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self.stops = SeverityBadge(Level.STOP)
        self.checks = SeverityBadge(Level.CHECK)
        self.sentence = Label("", wrap=True)
        self.leave = Button(_("Back to the list"))
        self.and_next = Button(_("Register, next of boat"))
        self.save = Button(_("Register"), "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.stops)
        row.addWidget(self.checks)
        row.addWidget(self.sentence, 1)
        for button in (self.leave, self.and_next, self.save):
            row.addWidget(button)
        self.save.setToolTip("Ctrl+Enter")
        self.and_next.setToolTip("Ctrl+Shift+N")
        self.leave.clicked.connect(self.left)
        self.save.clicked.connect(self.saved)
        self.and_next.clicked.connect(self.saved_and_next)
        name_parts(self)
        self.show_result(None)

    def show_result(self, result: CheckResult | None, wrong: Sequence[str] = ()) -> None:
        """Say what saving will do; `wrong` names what is still needed."""
        found = result.findings if result is not None else ()
        standing = [row for row in found if not row.todo]
        stops = sum(row.level is Level.STOP for row in standing)
        checks = sum(row.level is Level.CHECK for row in standing)
        refused = [row for row in found if row.refused]
        self.stops.setVisible(bool(stops))
        self.stops.set_badge(Level.STOP, planning.stops(stops))
        self.checks.setVisible(bool(checks))
        self.checks.set_badge(Level.CHECK, planning.checks(checks))
        if not self._open:
            said = planning.over()
        elif refused:
            said = planning.outlook(stops, checks, 0, refused[0].title)
        elif wrong:
            said = planning.needed(wrong)
        else:
            said = planning.outlook(stops, checks, len(found) - len(standing), "")
        self.sentence.setText(said)
        for button in (self.save, self.and_next):
            button.setEnabled(not refused)

    def set_editing(self, editing: bool, *, open_: bool = True) -> None:
        """Name the buttons for a new debrief, or for one that stands (and may still change)."""
        self.save.setText(_("Save changes") if editing else _("Register"))
        self.and_next.setVisible(not editing)
        self.save.setVisible(open_)
        self._open = open_
