"""Who may lead today, who speaks what, which rooms are there? Three lists, one search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from debrief_desk.actions import staff
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.labels import ElidedLabel
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.screen import Screen
from debrief_desk.ui.staff import columns
from debrief_desk.wording import _, ngettext
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from debrief_desk.actions.staff import InterviewerRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


class StaffScreen(Screen):
    """Interviewers with what they may do today, interpreters, and rooms."""

    tables = frozenset({"interviewer", "accreditation", "interpreter", "room", "debrief", "policy"})

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Interviewers"), search=_("Find name, agency, language…"))
        self._find = ""
        self._order = ("agency", False)
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask for the list in sight again."""
        kind = self.kinds.choice()
        asked: dict[str, tuple[Any, ...]] = {
            "interviewers": (staff.interviewers, None, self._find, *self._order),
            "interpreters": (staff.interpreters, self._find),
            "rooms": (staff.rooms, self._find),
        }
        self.send(
            *asked[kind],
            then=lambda rows: self._show(kind, rows),
            failed=self._on_failed,
            key="staff",
        )

    def show_for(self, about: Any) -> None:
        """Show one of the lists: `interviewers`, `interpreters` or `rooms`."""
        if about in self._views:
            self.kinds.choose(about)
            self._on_kind(about)

    def first_focus(self) -> QWidget:
        """Give the search field."""
        return self.header.search

    def _build(self) -> None:
        self.kinds = Segments(
            _("List"),
            (
                ("interviewers", _("Interviewers")),
                ("interpreters", _("Interpreters")),
                ("rooms", _("Rooms")),
            ),
        )
        self.header.add(self.kinds)
        self.interviewers: Table[Any] = Table(
            _("Interviewers"), columns.interviewers(), lambda row: row.id
        )
        self.interpreters: Table[Any] = Table(
            _("Interpreters"), columns.interpreters(), lambda row: row.id
        )
        self.rooms: Table[Any] = Table(_("Rooms"), columns.rooms(), lambda row: row.id)
        name_parts(self)  # before the states, which would call a table their content
        self._views = {
            "interviewers": States(self.interviewers),
            "interpreters": States(self.interpreters),
            "rooms": States(self.rooms),
        }
        self.lists = QStackedWidget()
        for view in self._views.values():
            view.show_loading()
            self.lists.addWidget(view)
        self.body.addWidget(self.lists, 1)
        self.verdict = SeverityBadge(Level.CLEAR)
        self.reason = ElidedLabel()
        self.to_board = Button(_("Show on the board"), icon="calendar-blank")
        self.add_to_foot(self.verdict)
        self.add_to_foot(self.reason, 1)
        self.add_to_foot(self.to_board)
        self.foot.hide()
        name_parts(self)

    def _connect(self) -> None:
        self.header.searched.connect(self._on_searched)
        self.kinds.chosen.connect(self._on_kind)
        self.interviewers.sorted.connect(self._on_sorted)
        self.interviewers.chosen.connect(lambda _key: self._tell_chosen())
        for kind, table in self._tables().items():
            table.opened.connect(lambda key, kind=kind: self.go.emit("board", (kind, key)))
            table.chosen.connect(lambda _key: self._tell_chosen())
        self.to_board.clicked.connect(self._on_board)

    def _tables(self) -> dict[str, Table[Any]]:
        return {
            "interviewers": self.interviewers,
            "interpreters": self.interpreters,
            "rooms": self.rooms,
        }

    def _show(self, kind: str, rows: tuple[Any, ...]) -> None:
        view, table = self._views[kind], self._tables()[kind]
        table.set_rows(rows)
        self.header.set_subtitle(_remark(kind, rows))
        if rows:
            view.show_content()
            if table.key() is None:
                table.choose_row(0)
        elif self._find:
            view.show_filtered(self._clear_find)
        else:
            view.show_empty(
                _("Nobody is listed yet") if kind != "rooms" else _("No room is listed yet"),
                _("Import the sheet the agencies or the site send; it takes a minute."),
                action=_("Import a sheet"),
                do=lambda: self.go.emit("import", None),
                icon="identification-badge" if kind != "rooms" else "door",
            )
        self._tell_chosen()

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
        self.lists.setCurrentWidget(self._views[kind])
        self.header.title.setText(self._tables()[kind].accessibleName())
        self.reload()

    def _on_sorted(self, order: str, descending: bool) -> None:
        self._order = (order, descending)
        self.reload()

    def _on_board(self) -> None:
        kind = self.kinds.choice()
        key = self._tables()[kind].key()
        if key is not None:
            self.go.emit("board", (kind, key))

    def _tell_chosen(self) -> None:
        """Say below the list why the chosen interviewer may or may not lead."""
        table = self._tables()[self.kinds.choice()]
        at = table.currentIndex().row()
        row = table.rows.row(at) if at >= 0 else None
        self.foot.setVisible(row is not None)
        judged = row is not None and table is self.interviewers
        self.verdict.setVisible(judged)
        if row is None:
            return
        self.reason.setText(_told(row) if judged else row.name)
        if judged:
            self.verdict.set_badge(row.level, words.verdict(row.level))


def _told(row: InterviewerRow) -> str:
    parts = (
        " ".join(filter(None, (row.name, row.staff_no))),
        words.reason(row.reason, row.valid_to),
        row.authorisation,
        " ".join(filter(None, (row.vetting, words.until(row.vetting_to)))),
    )
    return " · ".join(part for part in parts if part)


def _remark(kind: str, rows: tuple[Any, ...]) -> str:
    count = len(rows)
    if kind == "rooms":
        return ngettext("{n} room", "{n} rooms", count).format(n=count)
    if kind == "interpreters":
        return ngettext("{n} interpreter", "{n} interpreters", count).format(n=count)
    able = sum(row.level is Level.CLEAR for row in rows)
    text = ngettext("{n} interviewer", "{n} interviewers", count).format(n=count)
    return _("{all} · {n} may lead today").format(all=text, n=able)
