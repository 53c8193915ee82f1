"""When could this debrief be, and with whom? The next free slots, taken into the form by key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from debrief_desk.actions import proposing
from debrief_desk.ui.parts.slots import SlotList
from debrief_desk.wording import slots as sentences

if TYPE_CHECKING:
    from debrief_desk.actions.proposing import FreeSlot
    from debrief_desk.ui.debriefs.form import DebriefForm

_SLOTS = 5


class FreeSlotsOfForm:
    """Asks for the slots of what stands in the form; the one taken is filled in and checked."""

    def __init__(self, form: DebriefForm) -> None:
        self.form, self.list = form, SlotList()
        self.list.asked.connect(self._look)
        self.list.taken.connect(self._take)
        self.list.closed.connect(form.session.to_start)

    def ask(self) -> None:
        """Show the next free slots, or say what they depend on."""
        form = self.form
        form.settle()
        if form.person.is_empty():
            form.person.set_error(sentences.person_first())
            form.person.search.setFocus()
        elif not form.session.agency.value():
            form.session.agency_field.set_error(sentences.person_first())
            form.session.agency.setFocus()
        else:
            self.list.ask()

    def _look(self, order: str) -> None:
        plan = self.form.plan()
        self.form.page.send(
            proposing.suggest,
            plan.debrief_id,
            plan,
            _SLOTS,
            order,
            then=self.list.show_slots,
            key="free slots",
        )

    def _take(self, slot: FreeSlot) -> None:
        at, form = slot.placement, self.form
        plan = replace(
            form.plan(),
            starts_at=at.start,
            minutes=round((at.end - at.start).total_seconds() / 60),
            room_id=at.room_id,
            lead_id=at.lead_id,
            second_id=at.second_id,
            interpreter_id=at.interpreter_id,
            mode=at.mode.value if at.mode is not None else "",
            room_text="",
            lead_text="",
            second_text="",
        )
        form.session.show_plan(plan)
        form.session.purpose.setFocus()
        form.check_again()
