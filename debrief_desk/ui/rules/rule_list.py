"""Which rules are there, what does each say, and how often does it speak today?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import rule_cards
from debrief_desk.rules.catalogue import Nature
from debrief_desk.rules.severity import level
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, line
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, failures, names, ngettext
from debrief_desk.wording import policy as words

if TYPE_CHECKING:
    from debrief_desk.actions.rule_cards import RuleRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

_DETAIL = 380


class RuleList(QWidget):
    """Every rule at the left; at the right what the chosen one says, why, and what to do."""

    counted = Signal()
    """Other rules are in sight."""
    wanted = Signal(str)
    """The rule whose severity somebody wants to see in the policy."""
    cleared = Signal()
    """The search is to be emptied."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._rows: tuple[RuleRow, ...] = ()
        self._find = ""
        self._wanted = ""
        self._remark = ""
        self.table: Table[RuleRow] = Table(_("Rules"), _columns(), key=lambda row: row.id)
        self.detail = RuleDetail()
        name_parts(self)
        self.states = States(self.table)
        self.states.show_loading()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.states, 1)
        row.addWidget(self.detail)
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.table.opened.connect(lambda _key: self.detail.policy_button.setFocus())
        self.detail.policy_button.clicked.connect(self._on_policy)
        style.follow(self._dress)

    def reload(self) -> None:
        """Ask for the rules and today's numbers again."""
        self._worker.send(
            rule_cards.listed, then=self._on_rows, failed=self._on_failed, key="rules"
        )

    def search(self, typed: str) -> None:
        """Show the rules in whose id, sentence or source every word typed stands."""
        self._find = typed
        self._show_rows()

    def choose(self, rule: str) -> None:
        """Show this rule, now or when the rules have come."""
        if self.table.rows.find(rule) < 0 and self._find:
            self.cleared.emit()
        if not self.table.choose(rule):
            self._wanted = rule

    def remark(self) -> str:
        """Give a remark on the rules in sight."""
        return self._remark

    def _on_rows(self, rows: tuple[RuleRow, ...]) -> None:
        self._rows = rows
        self._show_rows()
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = ""

    def _show_rows(self) -> None:
        typed = self._find.casefold().split()
        rows = [row for row in self._rows if all(word in _searched(row) for word in typed)]
        self.table.set_rows(rows)
        if rows:
            self.states.show_content()
            if self.table.key() is None:
                self.table.choose_row(0)
        elif self._rows:
            self.states.show_filtered(self.cleared.emit)
        self._show_chosen()
        self._remark = _remark(rows)
        self.counted.emit()

    def _on_failed(self, error: DeskError) -> None:
        self.states.show_failed(
            _("The rules could not be read"),
            failures.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )

    def _show_chosen(self) -> None:
        at = self.table.currentIndex().row()
        row = self.table.rows.row(at) if at >= 0 else None
        self.detail.setVisible(row is not None)
        if row is not None:
            self.detail.show_rule(row)

    def _on_policy(self) -> None:
        key = self.table.key()
        if key is not None:
            self.wanted.emit(str(key))

    def _dress(self) -> None:
        self.detail.setFixedWidth(style.px(_DETAIL))


class RuleDetail(QFrame):
    """One rule in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.id = Label("", "page-title")
        self.group = Label("", "muted")
        self.statement = Label("", "strong", wrap=True)
        self.why = Label("", wrap=True)
        self.next = Label("", wrap=True)
        self.today = Label("", wrap=True)
        self.source = Label("", wrap=True)
        self.kept = Label("", wrap=True)
        self.policy_button = Button(_("Show it in the policy"), icon="arrow-right")
        self._severities = QVBoxLayout()
        self._severities.setSpacing(6)
        self._build()
        name_parts(self)

    def show_rule(self, row: RuleRow) -> None:
        """Show this rule."""
        self.setAccessibleName(row.id)
        self.id.setText(row.id)
        self.group.setText(words.group(row.id))
        self.statement.setText(row.statement)
        self.why.setText(row.why)
        self.next.setText(row.next)
        self.source.setText(row.source)
        self.today.setText(_today(row))
        bound = words.bound(row.id)
        self.kept.setText(bound or _("A site may set it in its policy."))
        self._show_severities(row)
        self.policy_button.setVisible(row.nature is Nature.CHECK)

    def _show_severities(self, row: RuleRow) -> None:
        while (item := self._severities.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for case, severity in row.severities:
            said = names.name(severity)
            line_ = QWidget()
            across = QHBoxLayout(line_)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(8)
            across.addWidget(SeverityBadge(level(severity)))
            text = _("{what}: {case}").format(what=said, case=case) if case else said
            across.addWidget(Label(text, wrap=True), 1)
            self._severities.addWidget(line_)

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(4)
        column.addWidget(self.id)
        column.addWidget(self.group)
        column.addSpacing(8)
        column.addWidget(self.statement)
        column.addSpacing(4)
        column.addLayout(self._severities)
        for title, text in (
            (_("Why"), self.why),
            (_("What to do"), self.next),
            (_("Today"), self.today),
            (_("Source"), self.source),
            (_("Policy"), self.kept),
        ):
            column.addSpacing(8)
            column.addWidget(Label(title, "label"))
            column.addWidget(text)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 12)
        outer.setSpacing(0)
        outer.addWidget(scrolling(inside), 1)
        outer.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 0)
        foot.addWidget(self.policy_button)
        foot.addStretch(1)
        outer.addLayout(foot)


def _columns() -> tuple[Column[RuleRow], ...]:
    return (
        Column(_("Rule"), lambda row: row.id, fixed=True, strong=True, width=60),
        Column(_("Severity"), lambda _row: "", severity=lambda row: row.level, width=92),
        Column(
            _("What it says"),
            lambda row: row.statement,
            tooltip=lambda row: row.statement,
            width=320,
            stretch=True,
        ),
        Column(
            _("Plans today"),
            lambda row: "" if row.plans is None else str(row.plans) if row.plans else "–",
            tooltip=_today,
            fixed=True,
            width=96,
        ),
    )


def _today(row: RuleRow) -> str:
    if row.plans is None:
        return _("Your account sees no figures of plans.")
    if not row.plans:
        if row.nature is not Nature.CHECK:
            return words.bound(row.id)
        return _("No open plan.")
    said = ngettext("{n} open plan", "{n} open plans", row.plans).format(n=row.plans)
    if not row.todos:
        return _("{plans}.").format(plans=said)
    return _("{plans}, {n} of them only because something is not recorded yet.").format(
        plans=said, n=row.todos
    )


def _searched(row: RuleRow) -> str:
    parts = (row.id, words.group(row.id), row.statement, row.why, row.next, row.source)
    return " ".join(parts).casefold()


def _remark(rows: list[RuleRow]) -> str:
    text = ngettext("{n} rule", "{n} rules", len(rows)).format(n=len(rows))
    speaking = sum(bool(row.plans) for row in rows)
    if any(row.plans is not None for row in rows):
        text = _("{all} · {n} speak on open plans today").format(all=text, n=speaking)
    return text
