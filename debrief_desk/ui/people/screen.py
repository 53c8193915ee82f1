"""Who is on this desk, what is held about one of them, and which records may be one person?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from debrief_desk.actions import approaches, histories, people
from debrief_desk.rules.codes import IdentityAnswer
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.messages import Choice, MessageStrip, ask
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.people.boats import BoatsDialog
from debrief_desk.ui.people.card import PersonView
from debrief_desk.ui.people.care_steps import CareSteps
from debrief_desk.ui.people.linking import PAIRS, Linking
from debrief_desk.ui.people.listing import PeopleList
from debrief_desk.ui.people.reopening import ReopeningDialog
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _
from debrief_desk.wording import people as sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from debrief_desk.actions.approaches import Reopening
    from debrief_desk.actions.people import PeoplePage, PersonCard
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

EVERYBODY, TO_LINK = "everybody", "to_link"


class PeopleScreen(Screen):
    """The list, one person, or the pairs to link. `show_for` takes a record's id, or "to_link"."""

    tables = frozenset(
        {
            *("registration", "identity_decision", "debrief", "approach", "no_approach_marker"),
            *("stay", "welfare_check", "age_decision", "busy", "referral", "debrief_stop"),
        }
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("People"), search=_("Name, wristband, reference…"))
        self._open_id = ""
        self._may_link = True
        self._counts = {EVERYBODY: "", TO_LINK: ""}
        self.care = CareSteps(self)
        self._build()
        self._connect()
        name_parts(self)
        self._show_page(self.list)

    def reload(self) -> None:
        """Ask again for what is in sight."""
        page = self.stack.currentWidget()
        if page is self.person:
            self._ask_card()
        elif page is self.linking:
            self.linking.ask()
        else:
            self.list.ask(self.header.search.text().strip())

    def show_for(self, about: Any) -> None:
        """Open the person of a record, or the pairs to link."""
        if str(about) == TO_LINK:
            self._on_show(TO_LINK)
        else:
            self.open_person(str(about))

    def first_focus(self) -> QWidget:
        """Give the search, the pairs, or the way back."""
        page = self.stack.currentWidget()
        if page is self.linking:
            return self.linking.queue
        return self.back_button if page is self.person else self.header.search

    def open_person(self, registration_id: str) -> None:
        """Show one person; that somebody looked is on record first."""
        self._open_id = registration_id
        self.strip.clear()
        self._ask_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pairs to the window."""
        super().resizeEvent(event)
        self.linking.fit(self.window().width())

    def _build(self) -> None:
        self.show_which = Segments(
            _("Show"), ((EVERYBODY, _("Everybody")), (TO_LINK, _("To link")))
        )
        self.boats_button = Button(_("&Boats…"))
        self.back_button = Button(_("Back to the list"), icon="caret-left")
        self.plan_button = Button(_("&Plan a debrief"), "primary")
        for widget in (self.show_which, self.boats_button, self.back_button, self.plan_button):
            self.header.add(widget)
        self.strip = MessageStrip()
        self.body.addWidget(self.strip)
        self.stack = QStackedWidget()
        self.list = PeopleList(self, self._on_counted)
        self.person = PersonView()
        self.linking = Linking(self, self._on_pairs)
        for page in (self.list, self.person, self.linking):
            self.stack.addWidget(page)
        self.body.addWidget(self.stack, 1)
        self.add_to_foot(self.linking.bar, 1)

    def _connect(self) -> None:
        self.header.searched.connect(self.list.ask)
        self.header.search.returnPressed.connect(self.list.table.setFocus)
        self.show_which.chosen.connect(self._on_show)
        self.list.table.opened.connect(lambda key: self.open_person(str(key)))
        self.boats_button.clicked.connect(lambda _checked: BoatsDialog(self).open())
        self.back_button.clicked.connect(self._back)
        self.plan_button.clicked.connect(lambda _checked: self._plan())
        self.person.opened.connect(self.go.emit)
        self.person.unlinked.connect(self._unlink)
        self.person.reopening.connect(self._on_reopening)
        self.person.compared.connect(self._compare)
        self.person.cared.connect(self.care.take)
        for keys, do in self._keys():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _keys(self) -> tuple[tuple[str, Callable[[], Any]], ...]:
        return (
            ("S", lambda: self._answer(IdentityAnswer.SAME)),
            ("N", lambda: self._answer(IdentityAnswer.DIFFERENT)),
            ("U", lambda: self._answer(IdentityAnswer.UNSURE)),
            ("J", lambda: self._step(1)),
            ("K", lambda: self._step(-1)),
            ("P", self._plan),
            ("Ctrl+F", self.header.search.setFocus),
            ("Alt+Left", self._back),
        )

    def _answer(self, answer: IdentityAnswer) -> None:
        if self.stack.currentWidget() is self.linking:
            self.linking.bar.choose(answer.value)
        elif self.stack.currentWidget() is self.person and answer is IdentityAnswer.UNSURE:
            self._unlink_first()

    def _plan(self) -> None:
        if self.plan_button.isVisible() and self.plan_button.isEnabled():
            self.go.emit("debriefs", f"new:{self._open_id}")

    def _step(self, by: int) -> None:
        if self.stack.currentWidget() is self.linking:
            self.linking.queue.step(by)

    def _show_page(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        person, linking = page is self.person, page is self.linking
        self.header.search.setVisible(page is self.list)
        self.show_which.setVisible(self._may_link and not person)
        self.boats_button.setVisible(self._may_link and not person)
        self.back_button.setVisible(person)
        self.plan_button.setVisible(person)
        self.foot.setVisible(linking)
        if not person:
            self.header.set_title(_("People"), self._counts[TO_LINK if linking else EVERYBODY])

    def _on_show(self, which: str) -> None:
        self.show_which.choose(which)
        self._show_page(self.linking if which == TO_LINK else self.list)
        self.reload()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_counted(self, page: PeoplePage, typed: str) -> None:
        self._counts[EVERYBODY] = sentences.counted(page.total, typed)
        self._may_link = page.may_link
        here = self.stack.currentWidget() is not self.person
        self.show_which.setVisible(page.may_link and here)
        self.boats_button.setVisible(page.may_link and here)
        if self.stack.currentWidget() is self.list:
            self.header.set_subtitle(self._counts[EVERYBODY])

    def _on_pairs(self, total: int) -> None:
        self._counts[TO_LINK] = sentences.to_link(total, PAIRS)
        if self.stack.currentWidget() is self.linking:
            self.header.set_subtitle(self._counts[TO_LINK])

    def _back(self) -> None:
        if self.stack.currentWidget() is not self.person:
            return
        self._on_show(self.show_which.choice())
        if self.stack.currentWidget() is self.list:
            self.list.table.setFocus()

    def _ask_card(self) -> None:
        self.send(
            people.card,
            self._open_id,
            then=self._on_card,
            failed=self._on_no_card,
            key="person card",
        )

    def _on_card(self, shown: PersonCard) -> None:
        if shown.row.id != self._open_id:
            return
        fresh = self.stack.currentWidget() is not self.person
        self.person.show_card(shown)
        self._show_page(self.person)
        self.header.set_title(shown.row.name, sentences.about(shown.row.agency, shown.row.serial))
        self.plan_button.setVisible(shown.may_plan)
        stopped = sentences.eligibility(
            shown.eligibility, shown.no_approach_since, waits=shown.care.waits
        )
        self.plan_button.setEnabled(stopped[0] is not Level.STOP)
        self.plan_button.setToolTip("" if self.plan_button.isEnabled() else stopped[1])
        if fresh:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.send(
            histories.of_person,
            self._open_id,
            then=self.person.show_history,
            key="person history",
        )

    def _on_no_card(self, error: DeskError) -> None:
        self.strip.say(Level.CHECK, self.sentence(error))
        if self.stack.currentWidget() is self.person:
            self._show_page(self.list)

    def _unlink_first(self) -> None:
        shown = self.person.shown
        pairs = [(o.row.id, o.linked_to) for o in shown.linked if o.linked_to] if shown else []
        if shown is not None and shown.may_link and len(pairs) == 1:
            self._unlink(*pairs[0])

    def _unlink(self, one_id: str, other_id: str) -> None:
        def undo() -> None:
            reason = _("Unlinking undone")
            same = IdentityAnswer.SAME.value
            self.send(people.decide_pair, one_id, other_id, same, reason, then=lambda _done: None)

        self.send(
            people.unlink,
            one_id,
            other_id,
            then=lambda _done: self.said.emit(_("Unlinked. Both records are as before."), undo),
            failed=lambda error: self.strip.say(Level.CHECK, self.sentence(error)),
        )

    def _compare(self, one_id: str, other_id: str) -> None:
        self._on_show(TO_LINK)
        self.linking.show_pair(one_id, other_id)

    def _on_reopening(self, step: str) -> None:
        shown, desk = self.person.shown, self.worker.desk
        if shown is None or desk is None:
            return
        if step == "ask":
            language = shown.row.language
            ReopeningDialog(self.window(), desk.now(), language, self._record_wish).open()
            return
        ask(
            self,
            _("Confirm the wish to talk?"),
            _("Confirm only if you were told so by somebody else than who recorded it. The marker "
              "is lifted and every agency may plan again."),
            (Choice("confirm", _("Confirm and lift the marker"), "primary"),),
            lambda _key, _reason: self._confirm_wish(),
        )  # fmt: skip

    def _record_wish(self, wish: Reopening) -> None:
        self.send(
            approaches.ask_to_reopen,
            self._open_id,
            wish,
            then=lambda _done: self.said.emit(_("Recorded. A second officer confirms it."), None),
            failed=lambda error: self.strip.say(Level.STOP, self.sentence(error)),
        )

    def _confirm_wish(self) -> None:
        self.send(
            approaches.confirm_reopening,
            self._open_id,
            then=lambda _done: self.said.emit(_("The marker is lifted."), None),
            failed=lambda error: self.strip.say(Level.STOP, self.sentence(error)),
        )
