"""Which conflicts wait, and how is this one settled? A queue, and beside it the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.actions import boats, conflicts
from debrief_desk.rules.codes import IdentityAnswer, PlansAnswer
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import ConflictState
from debrief_desk.ui import style
from debrief_desk.ui.conflicts import answering, entries
from debrief_desk.ui.conflicts.families import FamiliesDialog
from debrief_desk.ui.conflicts.review import Review
from debrief_desk.ui.conflicts.second_look import REVIEW, SecondLook
from debrief_desk.ui.conflicts.standing import CONCUR, WITHDRAW
from debrief_desk.ui.conflicts.steps import Steps
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.boats import Boat
    from debrief_desk.actions.conflicts import ConflictCard, ConflictRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

SECOND = "second"
_QUEUE, _NARROW_QUEUE = 292, 236


class ConflictsScreen(Screen):
    """The inbox: one item after the other, by mouse or by keys alone."""

    tables = frozenset(
        {
            *("conflict", "conflict_decision", "conflict_notice", "debrief", "registration"),
            *("identity_decision", "approach", "bypass", "second_opinion"),
        }
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Conflicts"))
        self._rows: tuple[ConflictRow, ...] = ()
        self._card: ConflictCard | None = None
        self._passed: frozenset[str] = frozenset()
        self._put_off: set[str] = set()
        self._left = ""
        shown = ("open", _("Open")), ("mine", _("Mine")), ("all", _("All"))
        self.show_which = Segments(_("Show"), (*shown, (SECOND, _("Second look"))))
        self.queue = Listing(_("Conflicts"))
        self.steps = Steps(self)
        self._build()
        self._connect()
        name_parts(self)

    def reload(self) -> None:
        """Ask for the queue again; the item that is chosen stays, or its neighbour is chosen."""
        if self.show_which.choice() == SECOND:
            self.second.ask()
            return
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
        """Show the conflict with this id, whatever filter is set, or what waits for a second."""
        if str(about) == SECOND:
            self.show_which.choose(SECOND)
            self._on_show()
            return
        if self.show_which.choice() == SECOND:
            self._clear_filter()
        if not self.queue.choose(str(about)):
            self._clear_filter("all")
            self._wanted = str(about)
            self.reload()
        else:
            self.reload()

    def first_focus(self) -> Listing:
        """Give the queue."""
        return self.second.queue if self.show_which.choice() == SECOND else self.queue

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the queue narrower in a narrow window."""
        super().resizeEvent(event)
        narrow = self.window().width() < RAIL_BELOW
        for queue in (self.queue, self.second.queue):
            queue.setFixedWidth(style.px(_NARROW_QUEUE if narrow else _QUEUE))

    def _build(self) -> None:
        self._wanted = ""
        self.kind = ChoiceEntry(entries.kinds())
        self.kind.setAccessibleName(_("Kind"))
        self.kind.set_value("")
        self.kind.setMinimumContentsLength(16)
        self.differences_button = Button(_("&Differences only"))
        self.differences_button.setCheckable(True)
        for widget in (self.show_which, self.kind, self.differences_button):
            self.header.add(widget)
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
        self.second = SecondLook(self, self._on_second)
        self.second.hide()
        self.body.addWidget(self.states, 1)
        self.body.addWidget(self.second, 1)
        self.bar = AnswerBar(_("Decision"))
        self.families_button = Button(_("&Families…"))
        self.take_button = Button(_("&Take"))
        self.bar.add(self.families_button)
        self.bar.add(self.take_button)
        self.add_to_foot(self.bar, 1)
        self.add_to_foot(self.second.bar, 1)
        self.second.bar.hide()
        self.foot.hide()

    def _connect(self) -> None:
        self.show_which.chosen.connect(lambda _key: self._on_show())
        self.kind.changed.connect(self.reload)
        self.queue.chosen.connect(self._on_chosen)
        self.queue.opened.connect(lambda _key: self._focus_answers())
        self.review.opened.connect(self.go.emit)
        self.review.undone.connect(self.steps.undo)
        self.review.paired.connect(lambda left, right: self._ask_card((left, right)))
        self.review.bypassed.connect(self.steps.bypass)
        self.review.acknowledged.connect(self.steps.acknowledge)
        self.review.second_look.connect(lambda: self.show_for(SECOND))
        self.steps.went_on.connect(self._go_on)
        self.steps.restored.connect(self._on_restored)
        self.steps.refused.connect(self._on_refused)
        self.bar.answered.connect(self._on_answer)
        self.take_button.clicked.connect(self._take)
        self.families_button.clicked.connect(lambda _checked: self._ask_boat())
        self.differences_button.toggled.connect(self.review.only_differences)
        for keys, do in self._keys():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _keys(self) -> tuple[tuple[str, Callable[[], Any]], ...]:
        same = IdentityAnswer.SAME.value
        return (
            ("J", lambda: self.first_focus().step(1)),
            ("K", lambda: self.first_focus().step(-1)),
            ("S", lambda: self._choose(same)),
            ("N", lambda: self._choose(IdentityAnswer.DIFFERENT.value)),
            ("U", lambda: self._choose(IdentityAnswer.UNSURE.value)),
            ("A", lambda: self._on_letter(0)),
            ("B", lambda: self._on_letter(1)),
            ("M", lambda: self._choose_outcome(PlansAnswer.JOINT, 0)),
            ("C", lambda: self._choose("cancel") or self._choose(CONCUR)),
            ("E", lambda: self._choose(answering.BYPASS)),
            ("F", self._ask_boat),
            ("R", self._on_received),
            ("T", self._take),
            ("W", lambda: self._choose(answering.WAIT) or self._choose(WITHDRAW)),
            ("D", self.differences_button.toggle),
            ("H", self.review.go_to_history),
            ("Ctrl+Down", lambda: self.review.scroll_by(1)),
            ("Ctrl+Up", lambda: self.review.scroll_by(-1)),
            ("Ctrl+Z", self.steps.undo_last),
        )

    def _choose(self, key: str) -> bool:
        second = self.show_which.choice() == SECOND
        return (self.second.bar if second else self.bar).choose(key)

    def _on_show(self) -> None:
        """Show the inbox, or what waits for a second person, each with its own answers."""
        second = self.show_which.choice() == SECOND
        self.states.setVisible(not second)
        self.bar.setVisible(not second)
        self.second.setVisible(second)
        self.second.bar.setVisible(second)
        self.kind.setVisible(not second)
        self.differences_button.setVisible(not second)
        self.foot.setVisible(second or self._card is not None)
        self.reload()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_second(self, said: str) -> None:
        if self.show_which.choice() == SECOND:
            self.header.set_subtitle(said)

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
        left, self._left = self._left, ""
        if self._wanted and self.queue.choose(self._wanted):
            self._wanted = ""
        elif self.queue.key() is None or (self.queue.key() == left and self._is_answered(left)):
            self._choose_next(left)
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
        self._on_show()

    def _on_chosen(self, key: str | None) -> None:
        if key is None:
            return
        at = self.queue.currentIndex().row()
        self._passed = frozenset(row.id for row in self._rows[:at])
        self.strip.clear()
        self._ask_card()

    def _is_answered(self, key: str) -> bool:
        row = next(row for row in self._rows if row.id == key)
        return not row.state.is_open or row.state is ConflictState.WAITING

    def _choose_next(self, left: str) -> None:
        """Choose the nearest open item that was not passed by; what is new comes in its order.

        What was put off here does not come again because its session moved.
        """
        rows = [row for row in self._rows if row.id != left]
        done = {row.id for row in rows if row.id in self._put_off and self._is_answered(row.id)}
        done |= self._passed
        ahead = [row for row in rows if row.state.is_open and row.id not in done]
        found = next(iter(ahead or rows), None)
        if found is not None:
            self.queue.choose(found.id)

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
        mine, is_open = shown.row.mine, shown.row.state.is_open and not shown.blind
        back = mine and shown.row.state.value == "taken"
        self.take_button.setText(_("Give back (&T)") if back else _("&Take"))
        self.take_button.setVisible(shown.may_take and is_open)
        many = shown.may_decide and shown.asks_identity and is_open
        self.families_button.setVisible(many and len(shown.compared) > 1)
        if not kept:
            self.bar.offer(answering.answers(shown), answering.remark(shown))
        in_order(
            *(self.show_which, self.kind, self.differences_button, self.queue, self.review),
            *(*self.bar.stops(), self.families_button, self.take_button),
        )

    def _on_letter(self, position: int) -> None:
        if not self._choose("allow" if position == 0 else ""):
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
        if self._card is not None and self._card.row.id == self.queue.key():
            self.steps.answer(self._card.row.id, answer, option, written)

    def _on_refused(self, error: DeskError) -> None:
        """Say why beside the answer that was not taken, else above the page."""
        if self.bar.chosen():
            self.bar.say(self.sentence(error))
        else:
            self.strip.say(Level.CHECK, self.sentence(error))

    def _on_received(self) -> None:
        """Acknowledge the first notice that waits on the item in sight."""
        waiting = self._card.notices if self._card is not None else ()
        first = next((notice for notice in waiting if notice.may_acknowledge), None)
        if first is not None and self.show_which.choice() != SECOND:
            self.steps.acknowledge(first.id)
        elif self.show_which.choice() == SECOND:
            self.second.bar.choose(REVIEW)

    def _ask_boat(self) -> None:
        if self._card is not None and self.families_button.isVisible():
            self.send(boats.of_boat, self._card.row.id, then=self._on_boat)

    def _on_boat(self, boat: Boat) -> None:
        card = self._card
        if card is None:
            return
        if not boat.pairs:
            self.strip.say(Level.NOTE, _("No boat is recorded for these people."))
            return
        FamiliesDialog(
            self, boat, card.row.number, lambda chosen: self.steps.part(card.row.id, chosen)
        ).open()

    def _go_on(self, conflict_id: str) -> None:
        """Go to the next open item when the queue is as the answer left it; keys go to the queue.

        The rows in hand may be older than the answer: only new ones say what is next.
        """
        self.bar.offer(())
        self._card = None
        self._left = conflict_id
        self._put_off.add(conflict_id)
        self.reload()
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        if self._card is not None and self.take_button.isVisible():
            self.steps.take(self._card.row.id)

    def _on_restored(self, conflict_id: str) -> None:
        self._wanted = conflict_id or self.queue.key() or ""
        self.reload()
        self.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    def _now(self) -> Any:
        desk = self.worker.desk
        if desk is None:
            raise RuntimeError("no desk is open")
        return desk.now()
