"""What is known about one conflict, section by section: each gives one widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import ConflictState
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel, Label, fixed
from debrief_desk.ui.parts.waterfall import Threshold, Weight
from debrief_desk.ui.parts.weighing import Told, Weighing
from debrief_desk.wording import _, day_and_clock
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from debrief_desk.actions.comparison import Beside
    from debrief_desk.actions.conflicts import ConflictCard


def headline(shown: ConflictCard, now: datetime) -> QFrame:
    """Say in one strip what is wrong, how likely, since when it is back, and if it is overdue."""
    strip = QFrame()
    strip.setProperty("kind", "strip")
    level = shown.row.level if shown.row.state.is_open else Level.CLEAR
    strip.setProperty("level", level.value)
    row = QHBoxLayout(strip)
    row.setContentsMargins(12, 9, 12, 9)
    row.setSpacing(10)
    row.addWidget(SeverityBadge(level), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(shown.headline, "strong", wrap=True))
    if shown.row.state is ConflictState.REOPENED:
        again = sentences.reopened(shown.row.reopened_because)
        words.addWidget(Label(again, wrap=True))
    elif shown.row.state is ConflictState.CLOSED:
        words.addWidget(Label(sentences.closed(shown.row.closed_because), wrap=True))
    if shown.row.overdue and shown.row.session_at is not None:
        words.addWidget(Label(sentences.overdue(shown.row.session_at, now), wrap=True))
    row.addLayout(words, 1)
    if shown.beside is not None:
        row.addWidget(Label(shown.beside.likeness, "label"))
    return strip


def weighing(beside: Beside) -> Weighing:
    """Give the evidence in sentences, and beside it how it adds up."""
    return Weighing(
        [Told(one.sentence, one.verdict, one.level) for one in beside.told],
        [Weight(one.label, one.bits) for one in beside.weights],
        [Threshold(at, word) for at, word in beside.marks],
    )


def findings(shown: ConflictCard) -> QWidget:
    """Give what the rules say, each with what to do next."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
    for at, finding in enumerate(shown.findings):
        grid.addWidget(SeverityBadge(finding.level), at, 0, top)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(finding.title, "strong", wrap=True))
        words.addWidget(Label(finding.body, wrap=True))
        grid.addLayout(words, at, 1)
        grid.addWidget(fixed(finding.rule, "label"), at, 2, top)
    return box


def timeline(shown: ConflictCard) -> QWidget:
    """Give every plan and approach of the people, by all agencies, in order of time."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 1)
    for at, row in enumerate(shown.timeline):
        grid.addWidget(fixed(day_and_clock(row.at)), at, 0)
        grid.addWidget(Label(row.agency), at, 1)
        grid.addWidget(ElidedLabel(sentences.event(row.what, row.code)), at, 2)
        grid.addWidget(fixed(row.reference, "label"), at, 3)
    if not shown.timeline:
        grid.addWidget(Label(_("No plan and no approach yet."), "muted"), 0, 0)
    return box


def decisions(shown: ConflictCard, undone: Callable[[str], None]) -> QWidget:
    """Give the earlier decisions, newest first; `undone` gets the id of one to take back."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for decision in shown.decisions:
        gone = day_and_clock(decision.undone_at) if decision.undone_at else ""
        title, detail = sentences.record_of_decision(
            decision.verdict,
            decision.plans,
            when=day_and_clock(decision.decided_at),
            by=decision.by,
            reason=decision.reason,
            undone=gone,
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(title, "muted" if gone else "strong", wrap=True))
        words.addWidget(Label(detail, "label", wrap=True))
        row = QHBoxLayout()
        row.addLayout(words, 1)
        if not gone and shown.may_decide:
            button = Button(_("Undo"), icon="arrow-counter-clockwise")
            button.setObjectName("undo_decision")
            button.clicked.connect(lambda _c, key=decision.id: undone(key))
            row.addWidget(button)
        column.addLayout(row)
    return box
