"""How is a debrief planned? Person and session at the left, live checks at the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import choosing, debriefs, people, plan_checks
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.debriefs import checks, team_lists
from debrief_desk.ui.debriefs.checks import CheckFoot
from debrief_desk.ui.debriefs.free_slots import FreeSlotsOfForm
from debrief_desk.ui.debriefs.keeping import Keeping
from debrief_desk.ui.debriefs.person_part import PersonPart
from debrief_desk.ui.debriefs.saving import Saving
from debrief_desk.ui.debriefs.session_part import SessionPart
from debrief_desk.ui.debriefs.sheet import Sheet
from debrief_desk.ui.debriefs.team_choice import TeamOfForm
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.cards import CardPanel
from debrief_desk.ui.parts.fields import ChoiceEntry
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import TYPING_MS
from debrief_desk.wording import _, names, planning

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from debrief_desk.actions.choosing import Choices
    from debrief_desk.actions.debriefs import DebriefCard
    from debrief_desk.actions.form_drafts import FormDraft
    from debrief_desk.actions.people import PersonRow
    from debrief_desk.actions.plan_checks import CheckResult
    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.debriefs.screen import DebriefsScreen

_PANEL = 360


class DebriefForm(QWidget):
    """A new debrief, or one that stands and is changed."""

    left = Signal()
    saved = Signal(object)
    """What was saved (`Registered`); the form is done with it."""
    titled = Signal(str, str)
    """Title and remark of the page."""

    def __init__(self, page: DebriefsScreen) -> None:
        super().__init__()
        self.page = page
        self.card: DebriefCard | None = None
        self._opened_with: DebriefPlan | None = None
        self.result: CheckResult | None = None
        self._build()
        self._connect()

    # opening

    def begin(self, day: date, registration_id: str = "") -> None:
        """Begin a new debrief on a day; for a person, where one is given."""
        self.keeping.begin()
        self.clear(day)
        self.with_choices(self.person.search.setFocus)
        if registration_id:
            self.plan_for(registration_id)
        else:
            self.keeping.offer()

    def clear(self, day: date) -> None:
        """Show the form for a new debrief on a day, with nothing in it."""
        self.card = None
        self.slots.list.hide()
        self.person.unlock()
        self.person.start()
        self.session.begin(day, self.saving.agency)
        self.show_result(None)
        self.slots_button.setEnabled(True)
        self.foot.set_editing(False)
        self.titled.emit(_("New debrief"), planning.how_to_begin())

    def open(
        self,
        debrief_id: str,
        *,
        to_start: bool = False,
        to_slots: bool = False,
        draft: FormDraft | None = None,
    ) -> None:
        """Show a debrief that stands, so that it can be looked at and changed.

        With a draft, what was being changed stands in the form, and what it began with is kept.
        """
        if draft is None:
            self.keeping.begin()
        show = partial(self._show_card, to_start=to_start, draft=draft)
        if to_slots:
            show = partial(self._show_with_slots, show)
        self.with_choices(
            lambda: self.page.send(
                debriefs.card, debrief_id, then=show, failed=self._on_closed, key="debrief card"
            )
        )

    def is_dirty(self) -> bool:
        """Say whether something was entered or changed that is not saved."""
        if self.card is not None:
            return self.card.row.state.is_open and self.plan() != self._opened_with
        return not self.person.is_empty() or bool(self.person.search.value())

    def about(self) -> str:
        """Give what shows this form again; what is half typed is kept and comes from its draft."""
        if self.is_dirty():
            return f"draft:{self.keeping.about()}"
        return "new" if self.card is None else self.card.row.id

    def first_focus(self) -> QWidget:
        """Give the search of a new debrief, or the start of one that stands."""
        return self.person.search if self.card is None else self.session.start

    def check_again(self) -> None:
        """Check what stands in the form, since something else changed."""
        self._pause.start()

    def settle(self) -> None:
        """Take what is written in a field the keyboard has not left yet, such as an agency."""
        for entry in self.session.findChildren(ChoiceEntry):
            if entry.isEditable():
                entry.settle()

    def stop_checking(self) -> None:
        """Ask for nothing more: what stands in the form is done with."""
        self._pause.stop()

    # how it is made

    def _build(self) -> None:
        self.person, self.session = PersonPart(), SessionPart()
        self.panel = CardPanel(
            _("Live checks"), empty=_("What stands against this debrief shows here while you type.")
        )
        self.foot = CheckFoot()
        self.saving, self.keeping, self.slots = Saving(self), Keeping(self), FreeSlotsOfForm(self)
        self.team = TeamOfForm(self)
        self.slots_button = Button(_("Next free slots"), "quiet")
        self.slots_button.setToolTip("Alt+S")
        self.sheet = Sheet(self.person, self.session, self.slots_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.sheet, 1)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.slots.list)
        side.addWidget(self.panel, 1)
        row.addLayout(side)
        name_parts(self)
        style.follow(self._dress)

    def _dress(self) -> None:
        for beside in (self.panel, self.slots.list):
            beside.setFixedWidth(style.px(_PANEL))

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self._look)
        self.person.changed.connect(self._on_person)
        self.person.searched.connect(self._search)
        self.person.picked.connect(self._on_picked)
        self.session.changed.connect(self._pause.start)
        self.panel.acted.connect(self._on_card)
        self.slots_button.clicked.connect(self.slots.ask)
        self.foot.left.connect(self.keeping.leave)
        self.foot.saved.connect(self.saving.register)
        self.foot.saved_and_next.connect(self.saving.register_and_next)
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Return", self.saving.register),
            ("Ctrl+Enter", self.saving.register),
            ("Ctrl+Shift+N", self.saving.register_and_next),
            ("Ctrl+S", self.keeping.keep_aloud),
            ("Alt+S", self.slots.ask),
            *((f"Alt+{n}", partial(self.panel.focus_card, n)) for n in range(1, 5)),
        ]
        for sequence, do in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # what is asked of the desk

    def with_choices(self, then: Callable[[], object]) -> None:
        """Ask what can be chosen, and go on once it is offered."""

        def show(offered: Choices) -> None:
            self.session.set_choices(offered)
            if self.card is None and not self.session.agency.value():
                only = offered.agencies[0].name if len(offered.agencies) == 1 else ""
                self.session.agency.set_value(
                    self.saving.agency or offered.own_agency or only or None
                )
            then()

        self.page.send(choosing.choices, then=show, key="debrief choices")

    def _search(self, typed: str) -> None:
        self.page.send(
            people.listed,
            typed,
            0,
            50,
            then=partial(self.person.set_found, typed),
            key="debrief person",
        )

    def plan(self) -> DebriefPlan:
        """Give the plan as it stands in the form."""
        return replace(
            self.session.plan(),
            registration_id=self.person.registration_id(),
            person=self.person.entry(),
            debrief_id=self.card.row.id if self.card is not None else "",
        )

    def _look(self) -> None:
        self.keeping.keep()
        if self.person.is_empty():
            self.show_result(None)
            return
        plan = self.plan()
        self.page.send(plan_checks.look, plan, then=partial(self._on_looked, plan), key="look")

    def _on_looked(self, plan: DebriefPlan, result: CheckResult) -> None:
        if plan != self.plan():
            return
        self.show_result(result)
        self.panel.set_cards(checks.cards(result, plan))
        self.team.ask(plan)

    def show_result(self, result: CheckResult | None) -> None:
        """Show what the check said; None while there is nothing to check."""
        self.result = result
        unreadable = result is not None and bool(result.unreadable)
        self.person.fields.born_field.set_error(planning.unreadable_birth() if unreadable else "")
        if result is None:
            self.panel.set_cards(())
        self.foot.show_result(result, [field for field, _why in self.saving.wrong()])

    def _on_closed(self, error: DeskError) -> None:
        self.left.emit()
        self.page.tell(Level.CHECK, self.page.sentence(error))

    # what the parts say

    def _on_person(self) -> None:
        self.session.set_language(self.person.spoken_language())
        self._pause.start()

    def _on_picked(self) -> None:
        if self.session.agency.value():
            self.session.to_start()
        else:
            self.session.agency.setFocus()

    def take(self, person: PersonRow) -> None:
        """Plan for this person and go on with the start."""
        self.person.choose(person)
        self._on_picked()

    def _on_card(self, key: str, action: str) -> None:
        kind, _colon, about = action.partition(":")
        if kind == checks.USE:
            self.plan_for(key.partition(":")[2])
        elif kind == checks.GO:
            self.session.to(about)
        elif kind == checks.SLOTS:
            self.slots.ask()
        elif kind == checks.RULE:
            self.page.go.emit("rules", about)

    def plan_for(self, registration_id: str) -> None:
        """Plan for somebody who is on record."""
        self.page.send(people.card, registration_id, then=lambda found: self.take(found.row))

    def _show_with_slots(self, show: Callable[[DebriefCard], None], shown: DebriefCard) -> None:
        show(shown)
        if shown.row.movable:
            self.slots.ask()

    def _show_card(
        self, shown: DebriefCard, *, to_start: bool, draft: FormDraft | None = None
    ) -> None:
        if draft is not None and draft.shown is not None:
            row = replace(shown.row, version=draft.version)
            shown = replace(shown, row=row, plan=draft.shown)
        self.card = shown
        self.slots.list.hide()
        self.slots_button.setEnabled(shown.row.state.is_open)
        self.person.choose(shown.person)
        self.person.lock()
        self.session.keep_on_offer(team_lists.standing(shown.row))
        self.session.show_plan(shown.plan)
        self._opened_with = self.plan()
        if draft is not None:
            self.session.show_plan(draft.plan)
            self.session.start.setText(draft.start)
            self.keeping.hold(draft)
        self.session.set_locked(True)
        self.foot.set_editing(True, open_=shown.row.state.is_open)
        self.titled.emit(
            shown.row.reference,
            planning.standing(
                names.name(shown.row.state), shown.row.agency, shown.row.check_reference
            ),
        )
        self.show_result(None)
        if to_start:
            self.session.to_start()
        else:
            self.session.room.setFocus()
        self._look()
