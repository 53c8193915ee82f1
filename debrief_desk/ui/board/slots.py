"""Where could a plan without a place go next, with whom? Free slots, asked for and taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from debrief_desk.actions import placements, proposing
from debrief_desk.wording import board as words

if TYPE_CHECKING:
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.proposing import FreeSlot, FreeSlots
    from debrief_desk.errors import DeskError


class Page(Protocol):
    """What the board does for free slots."""

    said: Any

    def plan(self, debrief_id: str) -> DebriefRow | None:
        """Give a plan as it is shown now."""

    def say_not_moved(self, error: DeskError) -> None:
        """Say why a plan is where it was."""

    def reload(self) -> None:
        """Ask for the day again."""

    def send(self, action: Any, *arguments: Any, **how: Any) -> Any:
        """Send an action."""

    @staticmethod
    def sentence(error: DeskError) -> str:
        """Say an error in one sentence."""


class Offers(Protocol):
    """Where free slots are shown."""

    def offer_slots(self, found: FreeSlots | None) -> None:
        """Offer slots, or say why there is none."""


class SlotPlacer:
    """Asks for the free slots of the chosen plan, and puts it into one with its team."""

    def __init__(self, page: Page, offers: Offers) -> None:
        self._page = page
        self._offers = offers

    def ask(self, plan: DebriefRow | None) -> None:
        """Look for the next free slots of a plan."""
        self._offers.offer_slots(None)
        if plan is not None and plan.movable:
            self._page.send(
                proposing.suggest,
                plan.id,
                then=self._offers.offer_slots,
                failed=self._say_none,
                key="free slots",
            )

    def take(self, debrief_id: str, slot: FreeSlot) -> None:
        """Put a plan into a slot; it is refused where the slot was taken meanwhile."""
        plan = self._page.plan(debrief_id)
        if plan is None:
            return

        def placed(step: str) -> None:
            who, at = plan.person or plan.reference, slot.placement
            text = words.moved(who, slot.room, at.start, at.end)
            self._page.said.emit(text, lambda: self._take_back(step))
            self._page.reload()

        self._page.send(
            placements.place,
            debrief_id,
            plan.version,
            slot.placement,
            then=placed,
            failed=self._page.say_not_moved,
        )

    def _take_back(self, step: str) -> None:
        self._page.send(placements.take_back, step, then=lambda _none: self._page.reload())

    def _say_none(self, error: DeskError) -> None:
        self._offers.offer_slots(proposing.FreeSlots((), self._page.sentence(error)))


def free_slot(slot: FreeSlot) -> str:
    """Write a slot as a choice: when, where, with whom."""
    team = (slot.lead, slot.second, slot.interpreter)
    return words.free_slot(slot.placement.start, slot.room, [who for who in team if who])


def alternatives(slot: FreeSlot) -> str:
    """Say how many others would do at that time."""
    return words.alternatives(slot.leads, slot.seconds, slot.interpreters, slot.rooms)
