"""Which conflicts wait, and how is this one settled? A queue, and beside it the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.actions import conflicts, deciding
from debrief_desk.actions.deciding import Decision
from debrief_desk.rules.codes import IdentityAnswer, PlansAnswer
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.conflicts import answering, entries
from debrief_desk.ui.conflicts.review import Review
from debrief_desk.ui.parts.answers import AnswerBar
from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.fields import ChoiceEntry
from debrief_desk.ui.parts.listing import Listing
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.reading import in_order
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.screen import Screen
from debrief_desk.ui.tokens import RAIL_BELOW
from debrief_desk.wording import _
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.conflicts import ConflictCard, ConflictRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

_QUEUE, _NARROW_QUEUE = 292, 236


class ConflictsScreen(Screen):
    """The inbox: one item after the other, by mouse or by keys alone."""

    tables = frozenset(
        {
            "conflict",
            "conflict_decision",
            "debrief",
            "registration",
            "identity_decision",
            "approach",
        }
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Conflicts"))
        self._rows: tuple[ConflictRow, ...] = ()
        self._card: ConflictCard | None = None
        self._at = 0
        self._decided: list[tuple[str, str]] = []
        self.queue = Listing(_("Conflicts"))
        self._build()
        self._connect()
        name_parts(self)

    def reload(self) -> None:
        """Ask for the queue again; the item that is chosen stays, or its neighbour is chosen."""
        if not self._rows:
            self.states.show_loading()
        show = self.show_which.choice()
        self.send(
            conflicts.listed,
            show == "all",
            show == "mine",
            self.kind.value() or "",
            then=self._on_rows,
            failed=self._on_no_rows,
            key="conflict queue",
        )

    def show_for(self, about: Any) -> None:
        """Show the conflict with this id, whatever filter is set."""
        if not self.queue.choose(str(about)):
            self._clear_filter("all")
            self._wanted = str(about)
            self.reload()
        else:
            self.reload()

    def first_focus(self) -> QWidget:
        """Give the queue."""
        return self.queue

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the queue narrower in a narrow window."""
        super().resizeEvent(event)
        narrow = self.window().width() < RAIL_BELOW
        self.queue.setFixedWidth(style.px(_NARROW_QUEUE if narrow else _QUEUE))

    def _build(self) -> None:
        self._wanted = ""
        self.show_which = Segments(
            _("Show"), (("open", _("Open")), ("mine", _("Mine")), ("all", _("All")))
        )
        self.kind = ChoiceEntry(entries.kinds())
        self.kind.setAccessibleName(_("Kind"))
        self.kind.set_value("")
        self.kind.setMinimumContentsLength(18)
        self.header.add(self.show_which)
        self.header.add(self.kind)
        self.strip = MessageStrip()
        self.body.addWidget(self.strip)
        self.review = Review()
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.queue)
        row.addWidget(self.review, 1)
        self.states = States(inside)
        self.body.addWidget(self.states, 1)
        self.bar = AnswerBar(_("Decision"))
        self.differences_button = Button(_("&Differences only"))
        self.differences_button.setCheckable(True)
        self.take_button = Button(_("&Take"))
        self.bar.add(self.take_button)
        self.header.add(self.differences_button)
        self.add_to_foot(self.bar, 1)
        self.foot.hide()

    def _connect(self) -> None:
        self.show_which.chosen.connect(lambda _key: self.reload())
        self.kind.changed.connect(self.reload)
        self.queue.chosen.connect(self._on_chosen)
        self.queue.opened.connect(lambda _key: self._focus_answers())
        self.review.opened.connect(self.go.emit)
        self.review.undone.connect(self._undo)
        self.review.paired.connect(lambda left, right: self._ask_card((left, right)))
        self.bar.answered.connect(self._on_answer)
        self.take_button.clicked.connect(self._take)
        self.differences_button.toggled.connect(self.review.only_differences)
        for keys, do in self._keys():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _keys(self) -> tuple[tuple[str, Callable[[], Any]], ...]:
        same = IdentityAnswer.SAME.value
        return (
            ("J", lambda: self.queue.step(1)),
            ("K", lambda: self.queue.step(-1)),
            ("S", lambda: self.bar.choose(same)),
            ("N", lambda: self.bar.choose(IdentityAnswer.DIFFERENT.value)),
            ("U", lambda: self.bar.choose(IdentityAnswer.UNSURE.value)),
            ("A", lambda: self._on_letter(0)),
            ("B", lambda: self._on_letter(1)),
            ("M", lambda: self._choose_outcome(PlansAnswer.JOINT, 0)),
            ("C", lambda: self.bar.choose("cancel")),
            ("T", self._take),
            ("W", lambda: self.bar.choose(answering.WAIT)),
            ("D", self.differences_button.toggle),
            ("H", self.review.go_to_history),
            ("Ctrl+Down", lambda: self.review.scroll_by(1)),
            ("Ctrl+Up", lambda: self.review.scroll_by(-1)),
            ("Ctrl+Z", self._undo_last),
        )

    def _on_rows(self, rows: tuple[ConflictRow, ...]) -> None:
        self._rows = rows
        now = self._now()
        self.header.set_subtitle(entries.remark(rows, now))
        before = self.queue.key()
        self.queue.set_entries([entries.entry(row, now) for row in rows])
        if not rows:
            self._show_nothing()
            return
        self.states.show_content()
        if self._wanted and self.queue.choose(self._wanted):
            self._wanted = ""
        elif self.queue.key() is None:
            self._choose_at(self._at)
        if self.queue.key() == before:
            self._ask_card()

    def _show_nothing(self) -> None:
        self._card = None
        self.foot.hide()
        if self.show_which.choice() != "open" or self.kind.value():
            self.states.show_filtered(self._clear_filter)
        else:
            self.states.show_empty(
                _("No conflict waits"),
                _("What two agencies plan for one person, and every other stop, will stand here."),
                action=_("Show settled ones"),
                do=lambda: self._clear_filter("all"),
            )

    def _on_no_rows(self, error: DeskError) -> None:
        self.states.show_failed(
            _("The conflicts cannot be shown"),
            self.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )

    def _clear_filter(self, show: str = "open") -> None:
        self.show_which.choose(show)
        self.kind.blockSignals(True)
        self.kind.set_value("")
        self.kind.blockSignals(False)
        self.reload()

    def _on_chosen(self, key: str | None) -> None:
        if key is None:
            return
        self._at = self.queue.currentIndex().row()
        self.strip.clear()
        self._ask_card()

    def _choose_at(self, at: int) -> None:
        self.queue.step(0)
        last = len(self._rows) - 1
        self.queue.setCurrentIndex(self.queue.entries.index(max(0, min(at, last))))

    def _ask_card(self, pair: tuple[int, int] = (0, 1)) -> None:
        key = self.queue.key()
        if key is not None:
            self.send(conflicts.card, key, pair, then=self._on_card, key="conflict card")

    def _on_card(self, shown: ConflictCard) -> None:
        if shown.row.id != self.queue.key():
            return
        kept = self._card is not None and self._card.row == shown.row and bool(self.bar.chosen())
        self._card = shown
        self.review.show_card(shown, self._now())
        self.foot.show()
        mine = shown.row.mine and shown.row.state.value == "taken"
        self.take_button.setText(_("Give back (&T)") if mine else _("&Take"))
        self.take_button.setVisible(shown.may_take and shown.row.state.is_open)
        if not kept:
            self.bar.offer(answering.answers(shown), answering.remark(shown))
        in_order(
            *(self.show_which, self.kind, self.differences_button, self.queue, self.review),
            *self.bar.stops(),
            self.take_button,
        )

    def _on_letter(self, position: int) -> None:
        if not self.bar.choose("allow" if position == 0 else ""):
            self._choose_outcome(PlansAnswer.KEEP, position)

    def _choose_outcome(self, answer: PlansAnswer, position: int) -> None:
        """Choose *same person* with the nth of the outcomes of a kind, if it is offered."""
        if self._card is None:
            return
        same = [o for o in self._card.outcomes if o.verdict == IdentityAnswer.SAME.value]
        found = [o.code for o in same if o.code.startswith(answer.value)]
        if position < len(found):
            self.bar.choose(IdentityAnswer.SAME.value, found[position])

    def _focus_answers(self) -> None:
        first = next(iter(self.bar.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_answer(self, answer: str, option: str, written: str) -> None:
        if self._card is None or self._card.row.id != self.queue.key():
            return
        key = self._card.row.id
        failed = self._say_in_bar
        if answer == answering.WAIT:
            self.send(
                conflicts.wait_for, key, written, then=lambda _done: self._go_on(), failed=failed
            )
            return
        self.send(
            deciding.decide,
            key,
            Decision(answer, option, written),
            then=lambda made: self._on_decided(key, answer, made),
            failed=failed,
        )

    def _say_in_bar(self, error: DeskError) -> None:
        self.bar.say(self.sentence(error))

    def _on_decided(self, conflict_id: str, answer: str, decision_id: str) -> None:
        self._decided.append((conflict_id, decision_id))
        self.said.emit(sentences.decided(answer), lambda: self._undo(decision_id))
        self._go_on()

    def _go_on(self) -> None:
        """Go to the next open item, with the keyboard in the queue."""
        self.bar.offer(())
        self._card = None
        key = self.queue.key()
        row = next((row for row in self._rows if row.id == key), None)
        if row is not None and (not row.state.is_open or row.state.value == "waiting"):
            after = [n for n, r in enumerate(self._rows) if r.state.is_open and r.id != key]
            at = next((n for n in after if n > self._at), after[0] if after else self._at)
            self._choose_at(at)
        if self.queue.key() == key:
            self._ask_card()
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        if self._card is not None and self.take_button.isVisible():
            self.send(
                conflicts.take, self._card.row.id, then=lambda _done: None, failed=self._say_in_bar
            )

    def _undo_last(self) -> None:
        if self._decided:
            self._undo(self._decided[-1][1])

    def _undo(self, decision_id: str) -> None:
        conflict = next((c for c, d in self._decided if d == decision_id), self.queue.key() or "")
        self.send(
            deciding.take_back,
            decision_id,
            then=lambda _done: self._on_undone(conflict, decision_id),
            failed=lambda error: self.strip.say(Level.CHECK, self.sentence(error)),
        )

    def _on_undone(self, conflict_id: str, decision_id: str) -> None:
        self._decided = [pair for pair in self._decided if pair[1] != decision_id]
        self._wanted = conflict_id
        self.reload()
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(_("Undone. Links, plans and the conflict are as they were."), None)

    def _now(self) -> Any:
        desk = self.worker.desk
        if desk is None:
            raise RuntimeError("no desk is open")
        return desk.now()
