"""What is known about one conflict? Everything on one page that scrolls, strongest first."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.outcomes import letter
from debrief_desk.ui import style
from debrief_desk.ui.conflicts import sections, standing
from debrief_desk.ui.conflicts.sides import Sides, heading, ways
from debrief_desk.ui.conflicts.standing import titled
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.compare import CompareView, EvidenceSection
from debrief_desk.ui.parts.fields import ChoiceEntry
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _, second_looks
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.actions.comparison import ComparedRow
    from debrief_desk.actions.conflicts import ConflictCard

_TWO = 2
_STEP = 120


class Review(QWidget):
    """One conflict: headline, two records, evidence, findings, what went before, who was told."""

    opened = Signal(str, str)
    """(place, id): a person or a plan to go to."""
    undone = Signal(str)
    """The id of a decision to take back."""
    paired = Signal(int, int)
    """The positions of the two sides to set beside each other."""
    bypassed = Signal(str, str)
    """(step, id): a bypass to concur with or to withdraw."""
    acknowledged = Signal(str)
    """The id of a notice that its agency has seen."""
    second_look = Signal()
    """What is asked of this account blind is to be shown."""

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
        column.addWidget(sections.headline(shown, now))
        for section in self._blind() if shown.blind else self._known(shown, now):
            column.addWidget(section)
        column.addWidget(Label(sentences.meaning(shown.row.kind), "muted", wrap=True))
        column.addStretch(1)
        self._area.setWidget(inside)
        self._inside = inside

    def _known(self, shown: ConflictCard, now: datetime) -> list[QWidget]:
        found: list[QWidget] = [self._records(shown, now)]
        if shown.bypasses:
            told = standing.bypasses(shown.bypasses, self.bypassed.emit)
            found.append(titled(_("Emergency bypass"), told))
        if shown.beside is not None:
            weighing = sections.weighing(shown.beside)
            found.append(titled(_("Why it may be one person"), weighing))
        if shown.findings:
            found.append(titled(_("What the rules say"), sections.findings(shown)))
        self._history = titled(_("Every plan and approach"), sections.timeline(shown))
        found.append(self._history)
        if shown.decisions:
            decisions = sections.decisions(shown, self.undone.emit)
            found.append(titled(_("Earlier decisions"), decisions))
        if shown.notices:
            notices = standing.notices(shown.notices, self.acknowledged.emit)
            found.append(titled(_("Who was told"), notices))
        return found

    def _blind(self) -> list[QWidget]:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(second_looks.blind(), wrap=True))
        button = Button(_("Go to Second look"), "primary")
        button.setObjectName("second_look")
        button.clicked.connect(lambda _checked: self.second_look.emit())
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return [titled(_("A second opinion is asked of you"), box)]

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
            one, other = parties[left], parties[right]
            compare.show_records(
                heading(one, left, other), heading(other, right, one), self._sections(shown)
            )
            column.addWidget(compare)
        if two and len(parties) == _TWO:
            column.addLayout(self._ways(shown))
        return frame

    def _sections(self, shown: ConflictCard) -> list[EvidenceSection]:
        found = []
        if shown.beside is not None:
            rows = self._evidence(shown.beside.rows)
            found.append(EvidenceSection(_("Is it the same person?"), rows))
        if shown.plans:
            rows = self._evidence(shown.plans)
            found.append(EvidenceSection(_("Do the plans clash?"), rows))
        return found

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
