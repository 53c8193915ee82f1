"""What would the change have raised or silenced? Counts by rule, and every case of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from debrief_desk.rules.severity import level
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, names, policy_trials

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.policy_trials import RuleCount, Trial, TrialRow
    from debrief_desk.rules.severity import Severity


class TrialPanel(QWidget):
    """The outcome of a trial, or what to do to have one."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.busy = BusyBar()
        self.summary = Label("", wrap=True)
        self.pairs = Label("", wrap=True)
        self.counts: Table[RuleCount] = Table(
            _("By rule"), _count_columns(), key=lambda row: row.rule, compact=True
        )
        self.cases: Table[TrialRow] = Table(
            _("Case by case"),
            _case_columns(),
            key=lambda row: (row.number, row.reference, row.rule),
            compact=True,
        )
        name_parts(self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addWidget(self.pairs)
        column.addWidget(Label(_("By rule"), "section"))
        column.addWidget(self.counts, 2)
        column.addWidget(Label(_("Case by case"), "section"))
        column.addWidget(self.cases, 3)
        self.states = States(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.busy)
        outer.addWidget(self.states, 1)

    def forget(self, *, may_try: bool) -> None:
        """Say how to have a trial: what was tried is not what is written now."""
        if not may_try:
            self.states.show_empty(
                _("Nothing to try yet"),
                _("Change a number or a severity; then see what it would have raised or "
                  "silenced, before it is saved."),
                icon="hourglass",
            )  # fmt: skip
            return
        self.states.show_empty(
            _("Not tried yet"),
            _("See what the change would have raised or silenced on the last 200 decisions and on "
              "the plans that are open. Nothing is saved."),
            action=_("Try it"),
            do=self.asked.emit,
            icon="hourglass",
        )  # fmt: skip

    def start(self, cancel: Callable[[], None]) -> None:
        """Show that a trial runs, with a way to stop it."""
        self.states.show_loading(_("Trying it on the last 200 decisions…"))
        self.busy.start(_("Trying it"), cancel)

    def show_trial(self, trial: Trial) -> None:
        """Show what came of it."""
        self.busy.stop()
        looked = policy_trials.tried(trial.decisions, trial.plans, trial.pairs)
        moved = [policy_trials.moved(m.verdict, m.before, m.after, m.pairs) for m in trial.moved]
        if not (trial.rows or trial.moved):
            self.states.show_empty(_("Nothing would have been different"), looked, icon="check")
            return
        self.summary.setText(looked)
        self.pairs.setText("\n".join(moved))
        self.pairs.setVisible(bool(moved))
        self.counts.set_rows(trial.counts)
        self.cases.set_rows(trial.rows)
        self.states.show_content()

    def show_failure(self, title: str, text: str) -> None:
        """Say why there is no outcome."""
        self.busy.stop()
        self.states.show_failed(title, text, action=_("Try it"), do=self.asked.emit)


def _count_columns() -> tuple[Column[RuleCount], ...]:
    return (
        Column(_("Rule"), lambda row: row.rule, fixed=True, strong=True, width=72),
        Column(_("Raised"), lambda row: _count(row.raised), fixed=True, width=100),
        Column(_("Silenced"), lambda row: _count(row.silenced), fixed=True, width=100),
        Column(_("Stronger"), lambda row: _count(row.stronger), fixed=True, width=100),
        Column(_("Milder"), lambda row: _count(row.weaker), fixed=True, width=100, stretch=True),
    )


def _case_columns() -> tuple[Column[TrialRow], ...]:
    return (
        Column(_("Where"), _where, fixed=True, strong=True, width=150),
        Column(_("Kind"), _kind, width=180, stretch=True),
        Column(_("Rule"), lambda row: row.rule, fixed=True, width=72),
        _severity(_("Before"), lambda row: row.before),
        _severity(_("After"), lambda row: row.after),
    )


def _severity(title: str, of: Callable[[TrialRow], Severity | None]) -> Column[TrialRow]:
    return Column(title, lambda row: _said(of(row)), lambda row: level(of(row)), width=190)


def _count(number: int) -> str:
    return str(number) if number else "–"


def _where(row: TrialRow) -> str:
    return row.reference or _("Conflict {number}").format(number=row.number)


def _kind(row: TrialRow) -> str:
    return _("Open plan") if row.kind is None else names.name(row.kind)


def _said(severity: Severity | None) -> str:
    return _("Nothing") if severity is None else names.name(severity)
