"""Who may lead today, who is there, what is due? Lists, the week, reminders, and each person."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from debrief_desk.actions import duties, renewals, staff
from debrief_desk.rules.roles import Right, allows
from debrief_desk.ui.parts.buttons import Segments
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.screen import Screen
from debrief_desk.ui.staff import columns
from debrief_desk.ui.staff.foot import StaffFoot
from debrief_desk.ui.staff.handing_over import HandingOver
from debrief_desk.ui.staff.member import MemberView
from debrief_desk.ui.staff.told import About, about, remark, told
from debrief_desk.ui.staff.week import WeekView
from debrief_desk.wording import _, london

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


class StaffScreen(Screen):
    """Interviewers with what they may do today, interpreters, rooms, the week, and what is due."""

    tables = frozenset(
        {"interviewer", "accreditation", "interpreter", "room", "debrief", "policy", "duty"}
        | {"experience"}
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Interviewers"), search=_("Find name, agency, language…"))
        self._find = ""
        self._order = ("agency", False)
        self._build()
        self._connect()

    def now(self) -> datetime:
        """Give the desk's clock."""
        desk = self.worker.desk
        if desk is None:
            raise RuntimeError("a page is shown only while a desk is open")
        return desk.now()

    def may(self, right: Right) -> bool:
        """Say whether the account at work has a right."""
        desk = self.worker.desk
        return desk is not None and allows(desk.who.roles, right)

    def reload(self) -> None:
        """Ask for what is in sight again."""
        kind = self.kinds.choice()
        asked: dict[str, tuple[Any, ...]] = {
            "interviewers": (staff.interviewers, None, self._find, *self._order),
            "interpreters": (staff.interpreters, self._find),
            "rooms": (staff.rooms, self._find),
            "week": (duties.week, self.week.first, self.week.kinds.choice()),
            "due": (renewals.listed,),
        }
        self.send(*asked[kind], then=partial(self._show, kind), failed=self._on_failed, key="staff")
        if self.is_member():
            self.open_member(self.member.about.kind, self.member.about.id)

    def show_for(self, about: Any) -> None:
        """Show a list (`interviewers`, …, `week`, `due`), or one person: (list, id)."""
        kind, who = about if isinstance(about, tuple) else (about, "")
        if kind not in self._views:
            return
        self.kinds.choose(kind)
        self._on_kind(kind)
        if who:
            self.open_member(kind, who)

    def about(self) -> Any:
        """Give the list in sight, or the person who is shown."""
        if self.is_member():
            return (self.member.about.kind, self.member.about.id)
        return self.kinds.choice()

    def first_focus(self) -> QWidget:
        """Give the search field, or the person's papers."""
        return self.member.first_focus() if self.is_member() else self.header.search

    def is_member(self) -> bool:
        """Say whether one person is shown, not a list."""
        return self.stack.currentWidget() is self.member

    def open_member(self, kind: str, who: str) -> None:
        """Show one interviewer or interpreter."""
        if not self.may(Right.MANAGE_STAFF):
            return
        load = staff.interviewers if kind == "interviewers" else staff.interpreters
        self.send(load, then=partial(self._show_member, who), key="staff member")

    def show_lists(self) -> None:
        """Go back from a person to the list."""
        self.stack.setCurrentWidget(self.lists)
        self._on_kind(self.kinds.choice())
        self.current_table().setFocus()

    def enter_duty(self, action: Callable[..., Any], *arguments: Any) -> None:
        """Send a shift or an absence, and say whom it leaves without somebody."""
        who = self.member.about
        self.send(action, *arguments, then=lambda touched: self.handing.tell(who, touched))

    def current_table(self) -> Table[Any]:
        """Give the table of the list in sight."""
        return self._tables()[self.kinds.choice()]

    def chosen(self) -> Any:
        """Give the row that is chosen in the list in sight, or None."""
        table = self.current_table()
        at = table.currentIndex().row()
        return table.rows.row(at) if at >= 0 else None

    def chosen_about(self) -> About | None:
        """Give who is shown or chosen; None for a room."""
        return self.member.about if self.is_member() else about(self.chosen())

    def _build(self) -> None:
        self.kinds = Segments(
            _("List"),
            (
                ("interviewers", _("Interviewers")),
                ("interpreters", _("Interpreters")),
                ("rooms", _("Rooms")),
                ("week", _("Week")),
                ("due", _("Due")),
            ),
        )
        self.header.add(self.kinds)
        self.strip = MessageStrip()
        self.body.addWidget(self.strip)
        self.interviewers: Table[Any] = Table(
            _("Interviewers"), columns.interviewers(), lambda row: row.id
        )
        self.interpreters: Table[Any] = Table(
            _("Interpreters"), columns.interpreters(), lambda row: row.id
        )
        self.rooms: Table[Any] = Table(_("Rooms"), columns.rooms(), lambda row: row.id)
        self.due: Table[Any] = Table(
            _("Due"), columns.due(), lambda row: f"{row.staff_id}:{row.what}"
        )
        name_parts(self)  # before the states, which would call a table their content
        today = london(self.now()).date()
        self.week = WeekView(today - timedelta(days=today.weekday()))
        self._views = {
            "interviewers": States(self.interviewers),
            "interpreters": States(self.interpreters),
            "rooms": States(self.rooms),
            "week": self.week.view,
            "due": States(self.due),
        }
        self.lists, self.stack = QStackedWidget(), QStackedWidget()
        for kind, view in self._views.items():
            view.show_loading()
            self.lists.addWidget(self.week if kind == "week" else view)
        self.member = MemberView(self)
        self.stack.addWidget(self.lists)
        self.stack.addWidget(self.member)
        self.body.addWidget(self.stack, 1)
        self.handing = HandingOver(self)
        self.acts = StaffFoot(self)
        self.add_to_foot(self.acts, 1)
        self.foot.hide()
        name_parts(self)

    def _connect(self) -> None:
        self.header.searched.connect(self._on_searched)
        self.kinds.chosen.connect(self._on_kind)
        self.interviewers.sorted.connect(self._on_sorted)
        for table in self._tables().values():
            table.opened.connect(lambda _key: self._on_opened())
            table.chosen.connect(lambda _key: self.acts.show_chosen())
            for keys, button in self.acts.shortcuts():
                shortcut = QShortcut(QKeySequence(keys), table)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(button.click)
        self.week.asked.connect(self.reload)
        leave = QShortcut(QKeySequence("Esc"), self.member)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.show_lists)

    def _tables(self) -> dict[str, Table[Any]]:
        return {
            "interviewers": self.interviewers,
            "interpreters": self.interpreters,
            "rooms": self.rooms,
            "week": self.week.table,
            "due": self.due,
        }

    def _show(self, kind: str, rows: tuple[Any, ...]) -> None:
        if not self.is_member():
            self.header.set_subtitle(remark(kind, rows))
        if kind == "week":
            self.week.show_rows(rows)
        else:
            self._fill(kind, rows)
        self.acts.show_chosen()

    def _fill(self, kind: str, rows: tuple[Any, ...]) -> None:
        view, table = self._views[kind], self._tables()[kind]
        table.set_rows(rows)
        if rows:
            view.show_content()
            if table.key() is None:
                table.choose_row(0)
        elif self._find and kind != "due":
            view.show_filtered(self._clear_find)
        elif kind == "due":
            view.show_empty(
                _("Nothing is due"),
                _("Authorisations, refreshers, vetting and qualifications show here in good time."),
                icon="identification-badge",
            )
        else:
            view.show_empty(
                _("Nobody is listed yet") if kind != "rooms" else _("No room is listed yet"),
                _("Import the sheet the agencies or the site send; it takes a minute."),
                action=_("Import a sheet"),
                do=lambda: self.go.emit("import", None),
                icon="identification-badge" if kind != "rooms" else "door",
            )

    def _show_member(self, who: str, rows: Sequence[Any]) -> None:
        row = next((one for one in rows if one.id == who), None)
        found = about(row)
        if found is None:
            self.show_lists()
            return
        opens = not self.is_member()
        self.stack.setCurrentWidget(self.member)
        self.header.title.setText(found.name)
        self.header.set_subtitle(told(row, named=False))
        self.header.search.hide()
        self.member.show_member(found)
        self.acts.show_chosen()
        if opens:
            self.member.first_focus().setFocus()

    def _on_failed(self, error: DeskError) -> None:
        self._views[self.kinds.choice()].show_failed(
            _("The list could not be read"),
            self.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )

    def _on_searched(self, typed: str) -> None:
        self._find = typed
        self.reload()

    def _clear_find(self) -> None:
        self.header.search.clear()
        self._find = ""
        self.reload()

    def _on_kind(self, kind: str) -> None:
        self.stack.setCurrentWidget(self.lists)
        self.lists.setCurrentWidget(self.week if kind == "week" else self._views[kind])
        self.header.title.setText(self._tables()[kind].accessibleName())
        self.header.search.setVisible(kind not in {"week", "due"})
        self.reload()

    def _on_sorted(self, order: str, descending: bool) -> None:
        self._order = (order, descending)
        self.reload()

    def _on_opened(self) -> None:
        found = about(self.chosen())
        if found is not None and self.may(Right.MANAGE_STAFF):
            self.open_member(found.kind, found.id)
        elif self.acts.to_board.isEnabled():
            self.acts.to_board.click()
