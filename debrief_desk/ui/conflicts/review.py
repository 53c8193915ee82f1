"""What is known about one conflict? Everything on one page that scrolls, strongest first."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.outcomes import letter
from debrief_desk.rules.states import ConflictState
from debrief_desk.ui import style
from debrief_desk.ui.conflicts.sides import Sides, heading, ways
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.compare import CompareView, EvidenceSection
from debrief_desk.ui.parts.fields import ChoiceEntry
from debrief_desk.ui.parts.labels import ElidedLabel, Label, card, fixed
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.waterfall import Threshold, Weight
from debrief_desk.ui.parts.weighing import Told, Weighing
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _, day_and_clock
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.actions.comparison import ComparedRow
    from debrief_desk.actions.conflicts import ConflictCard

_TWO = 2
_STEP = 120


class Review(QWidget):
    """One conflict: headline, two records, evidence, findings, timeline, decisions, meaning."""

    opened = Signal(str, str)
    """(place, id): a person or a plan to go to."""
    undone = Signal(str)
    """The id of a decision to take back."""
    paired = Signal(int, int)
    """The positions of the two sides to set beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Conflict"))
        self.differences = False
        self._card: ConflictCard | None = None
        self._now: datetime | None = None
        self._history: QWidget | None = None
        self._inside = QWidget()
        self._area = scrolling(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def show_card(self, shown: ConflictCard, now: datetime) -> None:
        """Show this conflict from its top, or in place where it is the one already shown."""
        same = self._card is not None and self._card.row.id == shown.row.id
        at = self._area.verticalScrollBar().value() if same else 0
        self._card, self._now = shown, now
        self._fill()
        self._area.verticalScrollBar().setValue(at)

    def only_differences(self, on: bool) -> None:
        """Leave out the rows that are the same on both sides, or show all again."""
        self.differences = on
        if self._card is not None:
            self._fill()

    def go_to_history(self) -> None:
        """Scroll to the timeline and the earlier decisions."""
        if self._history is not None:
            self._area.verticalScrollBar().setValue(self._history.y())

    def scroll_by(self, direction: int) -> None:
        """Scroll down (1) or up (-1) by a few rows."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + direction * style.px(_STEP))

    def _fill(self) -> None:
        shown, now = self._card, self._now
        if shown is None or now is None:
            return
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(_headline(shown))
        column.addWidget(self._records(shown, now))
        if shown.beside is not None:
            column.addWidget(_titled(_("Why it may be one person"), _weighing(shown)))
        if shown.findings:
            column.addWidget(_titled(_("What the rules say"), _findings(shown)))
        self._history = _titled(_("Every plan and approach"), _timeline(shown))
        column.addWidget(self._history)
        if shown.decisions:
            column.addWidget(_titled(_("Earlier decisions"), self._decisions(shown)))
        column.addWidget(Label(sentences.meaning(shown.row.kind), "muted", wrap=True))
        column.addStretch(1)
        self._area.setWidget(inside)
        self._inside = inside

    def _records(self, shown: ConflictCard, now: datetime) -> QWidget:
        parties = shown.row.parties
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(CARD_PADDING, 14, CARD_PADDING, CARD_PADDING)
        column.setSpacing(12)
        two = len(shown.compared) == _TWO and (shown.asks_identity or len(parties) == _TWO)
        if len(parties) > _TWO or not two:
            sides = Sides(parties, now)
            sides.opened.connect(self.opened)
            column.addWidget(sides)
        if two and len(parties) > _TWO:
            column.addLayout(self._pairs(shown))
        if two:
            left, right = shown.compared
            compare = CompareView(_("Two records"))
            compare.setObjectName("compare")
            compare.show_records(
                heading(parties[left], left), heading(parties[right], right), self._sections(shown)
            )
            column.addWidget(compare)
        if two and len(parties) == _TWO:
            column.addLayout(self._ways(shown))
        return frame

    def _sections(self, shown: ConflictCard) -> list[EvidenceSection]:
        sections = []
        if shown.beside is not None:
            rows = self._evidence(shown.beside.rows)
            sections.append(EvidenceSection(_("Is it the same person?"), rows))
        if shown.plans:
            rows = self._evidence(shown.plans)
            sections.append(EvidenceSection(_("Do the plans clash?"), rows))
        return sections

    def _evidence(self, rows: tuple[ComparedRow, ...]) -> tuple[ComparedRow, ...]:
        return tuple(r for r in rows if not (self.differences and r.left == r.right))

    def _pairs(self, shown: ConflictCard) -> QHBoxLayout:
        known = [n for n, party in enumerate(shown.row.parties) if party.registration_id]
        choices = [
            (f"{a} {b}", _("{one} and {other}").format(one=letter(a), other=letter(b)))
            for a, b in combinations(known, 2)
        ]
        chooser = ChoiceEntry(choices)
        chooser.setObjectName("pair")
        chooser.setAccessibleName(_("Sides beside each other"))
        chooser.set_value(f"{shown.compared[0]} {shown.compared[1]}")
        chooser.changed.connect(lambda: self._on_pair(chooser.value()))
        row = QHBoxLayout()
        row.addWidget(Label(_("Beside each other:"), "label"))
        row.addWidget(chooser)
        row.addStretch(1)
        return row

    def _on_pair(self, chosen: str | None) -> None:
        if chosen:
            left, right = chosen.split()
            self.paired.emit(int(left), int(right))

    def _ways(self, shown: ConflictCard) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for at, party in enumerate(shown.row.parties):
            row.addWidget(Label(_("Open {side}:").format(side=letter(at)), "label"))
            row.addWidget(ways(party, at, self.opened))
            row.addSpacing(16)
        row.addStretch(1)
        return row

    def _decisions(self, shown: ConflictCard) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for decision in shown.decisions:
            undone = day_and_clock(decision.undone_at) if decision.undone_at else ""
            title, detail = sentences.record_of_decision(
                decision.verdict,
                decision.plans,
                when=day_and_clock(decision.decided_at),
                by=decision.by,
                reason=decision.reason,
                undone=undone,
            )
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(title, "muted" if undone else "strong", wrap=True))
            words.addWidget(Label(detail, "label", wrap=True))
            row = QHBoxLayout()
            row.addLayout(words, 1)
            if not undone and shown.may_decide:
                row.addWidget(self._undo(decision.id))
            column.addLayout(row)
        return box

    def _undo(self, decision_id: str) -> Button:
        button = Button(_("Undo"), icon="arrow-counter-clockwise")
        button.setObjectName("undo_decision")
        button.clicked.connect(lambda _checked: self.undone.emit(decision_id))
        return button


def _headline(shown: ConflictCard) -> QFrame:
    strip = QFrame()
    strip.setProperty("kind", "strip")
    strip.setProperty("level", shown.row.level.value)
    row = QHBoxLayout(strip)
    row.setContentsMargins(12, 9, 12, 9)
    row.setSpacing(10)
    row.addWidget(SeverityBadge(shown.row.level), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(shown.headline, "strong", wrap=True))
    if shown.row.state is ConflictState.REOPENED:
        again = sentences.reopened(shown.row.reopened_because)
        words.addWidget(Label(again, wrap=True))
    elif shown.row.state is ConflictState.CLOSED:
        words.addWidget(Label(sentences.closed(shown.row.closed_because), wrap=True))
    row.addLayout(words, 1)
    if shown.beside is not None:
        row.addWidget(Label(shown.beside.likeness, "label"))
    return strip


def _titled(title: str, inside: QWidget) -> QFrame:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(CARD_PADDING, 12, CARD_PADDING, 14)
    column.setSpacing(10)
    column.addWidget(Label(title, "section"))
    column.addWidget(inside)
    return frame


def _weighing(shown: ConflictCard) -> Weighing:
    beside = shown.beside
    if beside is None:
        return Weighing((), (), ())
    return Weighing(
        [Told(one.sentence, one.verdict, one.level) for one in beside.told],
        [Weight(one.label, one.bits) for one in beside.weights],
        [Threshold(at, word) for at, word in beside.marks],
    )


def _findings(shown: ConflictCard) -> QWidget:
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


def _timeline(shown: ConflictCard) -> QWidget:
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
