"""What is done about a conflict, and undone: answers, bypasses, families, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from debrief_desk.actions import boats, bypasses, conflicts, deciding, notices
from debrief_desk.actions.deciding import Decision
from debrief_desk.ui.conflicts import answering, families
from debrief_desk.ui.conflicts.standing import CONCUR
from debrief_desk.wording import _, second_looks
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.boats import Parted
    from debrief_desk.ui.conflicts.families import Chosen
    from debrief_desk.ui.screen import Screen

Made = tuple[str, "Callable[..., None]", str]
"""A conflict, and the action and the id that undo what was decided on it."""


class Steps(QObject):
    """Sends what a user does; keeps what can be undone, the last at the end."""

    went_on = Signal(str)
    """An answer was taken on the conflict with this id: the next item may be shown."""
    restored = Signal(str)
    """A decision was taken back: the id of its conflict."""
    refused = Signal(object)
    """An answer was not taken, or not undone: the error."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.made: list[Made] = []

    def take(self, conflict_id: str) -> None:
        """Take an item, or give it back."""
        self._send(conflicts.take, conflict_id)

    def answer(self, conflict_id: str, answer: str, option: str, written: str) -> None:
        """Carry an answer out."""
        if answer == answering.WAIT:
            self._send(
                conflicts.wait_for,
                conflict_id,
                written,
                then=lambda _done: self.went_on.emit(conflict_id),
            )
        elif answer == answering.BYPASS:
            self._send(
                bypasses.ask,
                option,
                written,
                then=lambda asked: self._on_asked(conflict_id, asked),
            )
        else:
            self._send(
                deciding.decide,
                conflict_id,
                Decision(answer, option, written),
                then=lambda made: self._on_decided(conflict_id, answer, made),
            )

    def bypass(self, step: str, bypass_id: str) -> None:
        """Concur with a bypass, or withdraw it."""
        concurs = step == CONCUR
        said = _("Concurred. Its review falls due.") if concurs else _("The bypass is withdrawn.")

        def undo() -> None:
            self._send(bypasses.withdraw, bypass_id)

        self._send(
            bypasses.concur if concurs else bypasses.withdraw,
            bypass_id,
            then=lambda _done: self._screen.said.emit(said, undo if concurs else None),
        )

    def acknowledge(self, notice_id: str) -> None:
        """Record that the agency has seen a notice."""
        said = _("Acknowledged. Who and when is on record.")
        self._send(
            notices.acknowledge, notice_id, then=lambda _done: self._screen.said.emit(said, None)
        )

    def part(self, conflict_id: str, chosen: Chosen) -> None:
        """Say of several pairs that they are different people."""
        pairs, reason, tie = chosen
        self._send(
            boats.part,
            pairs,
            reason,
            tie,
            then=lambda done: self._on_parted(conflict_id, done),
        )

    def undo(self, decision_id: str) -> None:
        """Take a decision back, made now or earlier."""
        held = next((made for made in self.made if made[2] == decision_id), None)
        self._undo(held or ("", deciding.take_back, decision_id))

    def undo_last(self) -> None:
        """Take back what was decided last on this page."""
        if self.made:
            self._undo(self.made[-1])

    def _send(
        self, action: Callable[..., Any], *given: Any, then: Callable[[Any], None] | None = None
    ) -> None:
        done = then or (lambda _result: None)
        self._screen.send(action, *given, then=done, failed=self.refused.emit)

    def _on_asked(self, conflict_id: str, bypass_id: str) -> None:
        def undo() -> None:
            self._send(bypasses.withdraw, bypass_id)

        said = _("Asked. It lifts nothing until another supervisor concurs under Second look.")
        self._screen.said.emit(said, undo)
        self.went_on.emit(conflict_id)

    def _on_decided(self, conflict_id: str, answer: str, decision_id: str) -> None:
        made: Made = (conflict_id, deciding.take_back, decision_id)
        self.made.append(made)
        self._screen.said.emit(sentences.decided(answer), lambda: self._undo(made))
        self.went_on.emit(conflict_id)

    def _on_parted(self, conflict_id: str, done: Parted) -> None:
        said = second_looks.parted(done.parted, families.refused(done.refused))
        if not done.step_id:
            self._screen.said.emit(said, None)
            return
        made: Made = (conflict_id, boats.take_back, done.step_id)
        self.made.append(made)
        self._screen.said.emit(said, lambda: self._undo(made))
        self.went_on.emit(conflict_id)

    def _undo(self, made: Made) -> None:
        _conflict, action, key = made
        self._send(action, key, then=lambda _done: self._on_undone(made))

    def _on_undone(self, made: Made) -> None:
        self.made = [one for one in self.made if one[2] != made[2]]
        self.restored.emit(made[0])
        said = _("Undone. Links, plans and the conflict are as they were.")
        self._screen.said.emit(said, None)
