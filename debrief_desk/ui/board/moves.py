"""How is a plan moved, and moved back? One move at a time, shown at once, sent with its version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
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


class Mover:
    """Sends moves one after the other, and remembers them while the page is open."""

    def __init__(self, page: Shows) -> None:
        self._page = page
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._waiting: list[tuple[str, Changes]] = []
        self._busy = False

    def move(self, debrief_id: str, changes: Changes) -> None:
        """Move a plan; while another is on its way this one waits."""
        if self._busy:
            self._waiting.append((debrief_id, changes))
            return
        plan = self._page.plan(debrief_id)
        if plan is None:
            return
        done = Step(debrief_id, changes, {name: _value(plan, name) for name in changes})
        if done.after != done.before:
            self._send(plan, done, self._keep)

    def undo(self) -> None:
        """Move the plan moved last back to where it was."""
        self._turn(self._done, self._undone)

    def redo(self) -> None:
        """Do the move taken back last again."""
        self._turn(self._undone, self._done)

    def shown(self) -> None:
        """Go on: the page shows the day as it is kept now."""
        if self._waiting and not self._busy:
            self.move(*self._waiting.pop(0))

    def _turn(self, source: list[Step], target: list[Step]) -> None:
        plan = self._page.plan(source[-1].debrief_id) if source and not self._busy else None
        if plan is None:
            return
        back = source.pop().turned()
        self._send(plan, back, target.append)

    def _keep(self, done: Step) -> None:
        self._done.append(done)
        self._undone.clear()

    def _send(self, plan: DebriefRow, step: Step, keep: Callable[[Step], None]) -> None:
        self._busy = True
        moved = _moved(plan, step.after)
        self._page.show_moved(moved)

        def then(result: Registered) -> None:
            self._busy = False
            keep(step)
            stops = (f.title for f in result.findings if f.level is Level.STOP and not f.todo)
            self._page.say_moved(moved, next(stops, ""), self.undo)
            self._page.reload()

        def failed(error: DeskError) -> None:
            self._busy = False
            self._waiting.clear()
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
