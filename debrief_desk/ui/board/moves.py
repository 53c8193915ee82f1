"""How is a plan moved, and moved back? One move at a time, shown at once, sent with its version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from debrief_desk.actions import board
from debrief_desk.actions.board import Move
from debrief_desk.errors import Stale
from debrief_desk.rules.severity import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.plans import Registered
    from debrief_desk.errors import DeskError

Changes = dict[str, Any]
"""Fields of a `Move` with their values."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move: the plan, what it became, and what it was."""

    debrief_id: str
    after: Changes
    before: Changes

    def turned(self) -> Step:
        """Give the move back."""
        return Step(self.debrief_id, self.before, self.after)


class Shows(Protocol):
    """What the page does for moves."""

    def plan(self, debrief_id: str) -> DebriefRow | None:
        """Give a plan as it is shown now."""

    def show_moved(self, plan: DebriefRow) -> None:
        """Show a plan where it is going."""

    def say_moved(self, plan: DebriefRow, stop: str, undo: Callable[[], None]) -> None:
        """Say where a plan is now, what is wrong there, and offer to move it back."""

    def say_not_moved(self, error: DeskError) -> None:
        """Say why a plan is where it was."""

    def reload(self) -> None:
        """Ask for the day again."""

    def send(self, action: Any, *arguments: Any, **how: Any) -> Any:
        """Send an action."""


class Stage(Enum):
    """Where a move is: none on its way, sent, or kept and the day being read again."""

    FREE = "free"
    SENT = "sent"
    READING = "reading"


class Mover:
    """Sends moves one after the other, and remembers them while the page is open.

    What is asked for while a move is on its way is shown at once and sent when the day has been
    read again: only then is the plan's next version known.
    """

    def __init__(self, page: Shows) -> None:
        self._page = page
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._waiting: dict[str, Changes] = {}
        self._turns: list[Callable[[], None]] = []
        self._stage = Stage.FREE

    def move(self, debrief_id: str, changes: Changes) -> None:
        """Move a plan."""
        plan = self._page.plan(debrief_id)
        if plan is None:
            return
        if self._stage is not Stage.FREE:
            self._waiting[debrief_id] = self._waiting.get(debrief_id, {}) | changes
            self._page.show_moved(_moved(plan, changes))
            return
        step = Step(debrief_id, changes, {name: _value(plan, name) for name in changes})
        if step.after != step.before:
            self._send(plan, step, self._keep)

    def undo(self) -> None:
        """Move the plan moved last back to where it was."""
        self._turn(self.undo, self._done, self._undone)

    def redo(self) -> None:
        """Do the move taken back last again."""
        self._turn(self.redo, self._undone, self._done)

    def shown(self) -> None:
        """Go on with what waits: the page shows the day as it is kept now."""
        if self._stage is Stage.SENT:
            return
        self._stage = Stage.FREE
        if self._waiting:
            debrief_id = next(iter(self._waiting))
            self.move(debrief_id, self._waiting.pop(debrief_id))
        while self._turns and self._stage is Stage.FREE:
            self._turns.pop(0)()

    def _turn(self, again: Callable[[], None], source: list[Step], target: list[Step]) -> None:
        if self._stage is not Stage.FREE:
            self._turns.append(again)
            return
        plan = self._page.plan(source[-1].debrief_id) if source else None
        if plan is not None:
            self._send(plan, source.pop().turned(), target.append)

    def _keep(self, done: Step) -> None:
        self._done.append(done)
        self._undone.clear()

    def _send(self, plan: DebriefRow, step: Step, keep: Callable[[Step], None]) -> None:
        self._stage = Stage.SENT
        moved = _moved(plan, step.after)
        self._page.show_moved(moved)

        def then(result: Registered) -> None:
            self._stage = Stage.READING
            keep(step)
            stops = (f.title for f in result.findings if f.level is Level.STOP and not f.todo)
            self._page.say_moved(moved, next(stops, ""), self.undo)
            self._page.reload()

        def failed(error: DeskError) -> None:
            self._stage = Stage.READING
            self._waiting.clear()
            self._turns.clear()
            if isinstance(error, Stale):
                self._forget(step.debrief_id)
            self._page.say_not_moved(error)
            self._page.reload()

        wanted = Move(plan.id, plan.version, **step.after)
        self._page.send(board.move, wanted, then=then, failed=failed)

    def _forget(self, debrief_id: str) -> None:
        """Drop the moves of a plan that somebody else has changed since."""
        for steps in (self._done, self._undone):
            steps[:] = [step for step in steps if step.debrief_id != debrief_id]


def _value(plan: DebriefRow, name: str) -> Any:
    if name == "minutes":
        return round((plan.ends_at - plan.starts_at).total_seconds() / 60)
    return getattr(plan, name)


def _moved(plan: DebriefRow, changes: Changes) -> DebriefRow:
    """Give a plan as it will be."""
    length = timedelta(minutes=changes.get("minutes", _value(plan, "minutes")))
    start = changes.get("starts_at", plan.starts_at)
    others = {name: value for name, value in changes.items() if name.endswith("_id")}
    return replace(plan, starts_at=start, ends_at=start + length, **others)
