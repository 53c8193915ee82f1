"""The debriefs: the list, and in its place the form while a debrief is planned or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from debrief_desk.ui.debriefs.form import DebriefForm
from debrief_desk.ui.debriefs.list_pane import DebriefList
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from debrief_desk.actions.plans import Registered
    from debrief_desk.rules.severity import Level
    from debrief_desk.ui.worker import Worker

NEW, DRAFT, SLOTS = "new", "draft", "slots"


class DebriefsScreen(Screen):
    """Shows the list.

    `show_for` takes "new", "new:REGISTRATION", "draft" or "draft:ID", a debrief's id, or
    "slots:DEBRIEF" to see when else it could be.
    """

    tables = frozenset({"debrief", "deconfliction_check", "registration", "conflict", "agency"})

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Debriefs"), search=_("Find person or reference…"))
        self._build()
        self._connect()
        self._show_list()

    def now(self) -> datetime:
        """Give the desk's clock."""
        desk = self.worker.desk
        if desk is None:
            raise RuntimeError("a page is shown only while a desk is open")
        return desk.now()

    def tell(
        self,
        level: Level,
        text: str,
        *,
        action: str = "",
        do: Callable[[], None] | None = None,
    ) -> None:
        """Say a sentence above list and form; it stays until it is closed or another comes."""
        self.strip.say(level, text, action=action, do=do)

    def reload(self) -> None:
        """Ask for the list again; what stands in the form is checked again, never replaced."""
        self.list.reload()
        if self.is_form():
            self.form.check_again()

    def show_for(self, about: Any) -> None:
        """Open the form for what another page asks for."""
        kind, _colon, about_whom = str(about).partition(":")
        if kind == DRAFT:
            self._show_form()
            self.form.keeping.take(about_whom)
        elif kind == SLOTS:
            self.strip.clear()
            self._show_form()
            self.form.open(about_whom, to_slots=True)
        elif kind != NEW:
            self._open(str(about))
        elif self.is_form() and self.form.is_dirty() and not about_whom:
            self._show_form()
        else:
            self._begin(about_whom)

    def about(self) -> Any:
        """Give what shows the form again as it stands; what is half typed comes from its draft."""
        return self.form.about() if self.is_form() else None

    def first_focus(self) -> QWidget | None:
        """Give the search of the form, or the table of the list."""
        if not self.is_form():
            return self.list.table if self.list.table.isVisible() else self.new_button
        return self.form.first_focus()

    def is_form(self) -> bool:
        """Say whether the form is shown."""
        return self.stack.currentWidget() is self.form

    def _build(self) -> None:
        self.new_button = self.header.add_action(_("New debrief"), "primary", icon="plus")
        self.strip = MessageStrip()
        self.list = DebriefList(self)
        self.form = DebriefForm(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.form)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.stack, 1)
        self.add_to_foot(self.list.foot, 1)
        self.add_to_foot(self.form.foot, 1)
        name_parts(self)

    def _connect(self) -> None:
        self.new_button.clicked.connect(lambda: self._begin(""))
        self.header.searched.connect(self.list.search)
        self.list.asked_new.connect(lambda: self._begin(""))
        self.list.opened.connect(self._open)
        self.list.moved.connect(lambda debrief_id: self._open(debrief_id, to_start=True))
        self.list.counted.connect(self._on_counted)
        self.form.titled.connect(self.header.set_title)
        self.form.left.connect(self._back)
        self.form.saved.connect(self._on_saved)

    def _begin(self, registration_id: str) -> None:
        self.strip.clear()
        self._show_form()
        self.form.begin(self.list.shown_day(), registration_id)

    def _open(self, debrief_id: str, *, to_start: bool = False) -> None:
        self.strip.clear()
        self._show_form()
        self.form.open(debrief_id, to_start=to_start)

    def _show_form(self) -> None:
        self.stack.setCurrentWidget(self.form)
        self._set_chrome(form=True)

    def _show_list(self) -> None:
        self.stack.setCurrentWidget(self.list)
        self._set_chrome(form=False)
        self.header.set_title(_("Debriefs"), self._counted)

    _counted = ""

    def _set_chrome(self, *, form: bool) -> None:
        self.header.search.setVisible(not form)
        self.new_button.setVisible(not form)
        self.list.foot.setVisible(not form)
        self.form.foot.setVisible(form)

    def _on_counted(self, text: str) -> None:
        self._counted = text
        if not self.is_form():
            self.header.set_subtitle(text)

    def _back(self) -> None:
        self._show_list()
        self.list.table.setFocus()

    def _on_saved(self, done: Registered) -> None:
        moment = self.form.session.starts_at()
        self._back()
        if moment is not None:
            self.list.show_day(moment, done.debrief_id)
