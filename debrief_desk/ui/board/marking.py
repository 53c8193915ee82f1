"""Which plans stay where they are, and which are urgent? Said by one key for the chosen plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from debrief_desk.actions import marks
from debrief_desk.wording import board as words

if TYPE_CHECKING:
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.errors import DeskError


class Page(Protocol):
    """What the board does for marks."""

    said: Any

    def say_not_moved(self, error: DeskError) -> None:
        """Say why a plan is as it was."""

    def reload(self) -> None:
        """Ask for the day again."""

    def send(self, action: Any, *arguments: Any, **how: Any) -> Any:
        """Send an action."""


class Marker:
    """Pins plans and says how urgent they are."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def turn_pin(self, plan: DebriefRow | None) -> None:
        """Let a plan stay where it is in every proposal, or let it go again."""
        if plan is not None and plan.movable:
            action = marks.unpin if plan.pinned else marks.pin
            self._send(plan, words.pinned(_called(plan), now=not plan.pinned), action)

    def prioritise(self, plan: DebriefRow | None, priority: int) -> None:
        """Say how urgent a plan is, 1 to 3."""
        if plan is not None and plan.movable and plan.priority != priority:
            told = words.prioritised(_called(plan), priority)
            self._send(plan, told, marks.prioritise, priority)

    def _send(self, plan: DebriefRow, told: str, action: Any, *values: Any) -> None:
        def done(_none: None) -> None:
            self._page.said.emit(told, None)
            self._page.reload()

        failed = self._page.say_not_moved
        self._page.send(action, plan.id, plan.version, *values, then=done, failed=failed)


def _called(plan: DebriefRow) -> str:
    return plan.person or plan.reference
