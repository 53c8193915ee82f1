"""Which records may be one person, though nobody has a plan on both? Pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import people
from debrief_desk.errors import NotAllowed
from debrief_desk.rules.codes import Band, IdentityAnswer
from debrief_desk.ui import style
from debrief_desk.ui.parts.answers import Answer, AnswerBar
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.compare import CompareView, EvidenceSection, Side
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.reading import in_order
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.waterfall import Threshold, Weight
from debrief_desk.ui.parts.weighing import Told, Weighing
from debrief_desk.ui.people.card import titled
from debrief_desk.ui.tokens import RAIL_BELOW
from debrief_desk.wording import _, names
from debrief_desk.wording import conflicts as reasons
from debrief_desk.wording import people as sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.comparison import Beside
    from debrief_desk.actions.people import PersonRow, SuggestionRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.screen import Screen

PAIRS = 200
"""How many pairs are asked for at a time."""
_QUEUE, _NARROW_QUEUE = 292, 236


def answers() -> tuple[Answer, ...]:
    """Give the three answers."""
    texts = (
        (IdentityAnswer.SAME.value, _("&Same person"), _("Link them")),
        (IdentityAnswer.DIFFERENT.value, _("&Not the same person"), _("Keep them apart")),
        (IdentityAnswer.UNSURE.value, _("&Unsure"), _("Note it")),
    )
    return tuple(
        Answer(key, text, done, reasons.question(key), (), reasons.reasons(key))
        for key, text, done in texts
    )


class Linking(States):
    """Pairs at the left, the two records side by side, and the answer below in `bar`."""

    def __init__(self, screen: Screen, counted: Callable[[int], None]) -> None:
        """`counted` is told how many pairs wait."""
        self.queue = Listing(_("Pairs that may be one person"))
        inside = QWidget()
        super().__init__(inside)
        self._screen, self._counted = screen, counted
        self._rows: tuple[SuggestionRow, ...] = ()
        self._at = 0
        self._wanted = ""
        self._shown = ""
        self.bar = AnswerBar(_("Is it the same person?"))
        self._area = scrolling(QWidget())
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.queue)
        row.addWidget(self._area, 1)
        self.queue.chosen.connect(self._on_chosen)
        self.bar.answered.connect(self._on_answer)
        style.follow(self._dress)

    def ask(self) -> None:
        """Show the pairs that wait; the chosen one stays, or its neighbour is chosen."""
        if not self._rows:
            self.show_loading()
        self._screen.send(
            people.to_link, PAIRS, then=self._on_rows, failed=self._on_failed, key="people to link"
        )

    def show_pair(self, one_id: str, other_id: str) -> None:
        """Go to this pair as soon as the pairs are here."""
        self._wanted = _key(one_id, other_id)
        self.ask()

    def fit(self, window_width: int) -> None:
        """Make the queue narrower in a narrow window."""
        self._narrow = window_width < RAIL_BELOW
        self._dress()

    _narrow = False

    def _dress(self) -> None:
        self.queue.setFixedWidth(style.px(_NARROW_QUEUE if self._narrow else _QUEUE))

    def _on_rows(self, rows: tuple[SuggestionRow, ...]) -> None:
        self._rows = rows
        self._counted(len(rows))
        before = self.queue.key()
        self.queue.set_entries([_entry(row) for row in rows])
        if not rows:
            self._shown = ""
            self.bar.offer(())
            self.show_empty(
                _("No pair waits"),
                _("Records that may be one person, without plans on both sides, stand here."),
                icon="link",
            )
            return
        self.show_content()
        if self._wanted and self.queue.choose(self._wanted):
            self._wanted = ""
        elif self.queue.key() is None:
            at = min(self._at, len(rows) - 1)
            self.queue.setCurrentIndex(self.queue.entries.index(at))
        if self.queue.key() == before:
            self._explain()

    def _on_failed(self, error: DeskError) -> None:
        self.bar.offer(())
        if isinstance(error, NotAllowed):
            self.show_locked(_("Linking is not for this account"), self._screen.sentence(error))
            return
        self.show_failed(
            _("The pairs cannot be shown"),
            self._screen.sentence(error),
            action=_("Try again"),
            do=self.ask,
        )

    def _on_chosen(self, key: str | None) -> None:
        if key is not None:
            self._at = self.queue.currentIndex().row()
            self._explain()

    def _row(self) -> SuggestionRow | None:
        key = self.queue.key()
        return next((r for r in self._rows if _key(r.left.id, r.right.id) == key), None)

    def _explain(self) -> None:
        row = self._row()
        if row is not None:
            self._screen.send(
                people.explain,
                row.left.id,
                row.right.id,
                then=lambda beside: self._show_pair(row, beside),
                key="explain pair",
            )

    def _show_pair(self, row: SuggestionRow, beside: Beside) -> None:
        key = _key(row.left.id, row.right.id)
        if key != self.queue.key():
            return
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        compare = CompareView(_("Two records"))
        sections = [EvidenceSection(_("Is it the same person?"), beside.rows)]
        compare.show_records(_side("A", row.left), _side("B", row.right), sections)
        records = titled(beside.likeness, compare)
        layout = records.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(self._ways(row))
        column.addWidget(records)
        weighing = Weighing(
            [Told(one.sentence, one.verdict, one.level) for one in beside.told],
            [Weight(one.label, one.bits) for one in beside.weights],
            [Threshold(at, word) for at, word in beside.marks],
        )
        column.addWidget(titled(_("Why it may be one person"), weighing))
        column.addStretch(1)
        self._area.setWidget(inside)
        if self._shown != key or not self.bar.chosen():
            self._shown = key
            self.bar.offer(answers())
        in_order(self.queue, self._area, *self.bar.stops())

    def _ways(self, row: SuggestionRow) -> QHBoxLayout:
        ways = QHBoxLayout()
        for tag, person in (("A", row.left), ("B", row.right)):
            button = Button(_("Person {side}").format(side=tag), "quiet")
            button.setObjectName(f"person_{tag}")
            button.clicked.connect(lambda _c, about=person.id: self._screen.show_for(about))
            ways.addWidget(button)
        ways.addStretch(1)
        return ways

    def _on_answer(self, answer: str, _option: str, written: str) -> None:
        row = self._row()
        if row is None or _key(row.left.id, row.right.id) != self._shown:
            return
        pair = (row.left.id, row.right.id)
        self._screen.send(
            people.decide_pair,
            *pair,
            answer,
            written,
            then=lambda _done: self._on_decided(pair, answer),
            failed=lambda error: self.bar.say(self._screen.sentence(error)),
        )

    def _on_decided(self, pair: tuple[str, str], answer: str) -> None:
        self._screen.said.emit(sentences.pair_decided(answer), lambda: self._undo(pair))
        self.bar.offer(answers())
        if self.queue.key() == _key(*pair):
            self.queue.step(1)
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo(self, pair: tuple[str, str]) -> None:
        def undone(_done: Any) -> None:
            self.show_pair(*pair)
            self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

        self._screen.send(people.unlink, *pair, then=undone)


def _key(one_id: str, other_id: str) -> str:
    return " ".join(sorted((one_id, other_id)))


def _entry(row: SuggestionRow) -> Entry:
    return Entry(
        key=_key(row.left.id, row.right.id),
        title=f"{row.left.name} / {row.right.name}",
        detail=f"{row.left.agency} / {row.right.agency} · {names.name(Band(row.band))}",
        more=" ".join(row.reasons[:1]),
    )


def _side(tag: str, row: PersonRow) -> Side:
    return Side(tag=tag, title=row.agency, detail=row.serial)
