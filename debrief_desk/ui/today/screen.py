"""The first page of a shift: what needs somebody now, and who goes into which room next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import notices, today
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.screen import Screen
from debrief_desk.ui.today.rows import WorkLines
from debrief_desk.wording import _, names, span, worklist

if TYPE_CHECKING:
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.today import Worklist, WorkRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

_MINUTE = 60_000
_NEXT = 360


class TodayScreen(Screen):
    """A worklist, not a wall of numbers: one button a row, nearest first."""

    tables = frozenset(
        {"conflict", "debrief", "deconfliction_check", "conflict_notice", "registration"}
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Today"))
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask for the worklist again; the keyboard stays where it is."""
        self.send(today.worklist_now, then=self._show, failed=self._on_failed, key="today")

    def first_focus(self) -> QWidget | None:
        """Give the button of the first row, or the one that begins a debrief."""
        return self.lines.lines[0].button if self.lines.lines else self.new_button

    def _build(self) -> None:
        self.new_button = self.header.add_action(_("New debrief"), "primary", icon="plus")
        self.lines = WorkLines()
        self.more = Button("", "quiet")
        self.more_debriefs = Button("", "quiet")
        self.work_states = States(scrolling(self.lines))
        self.work = _titled(_("Needs you now"), self.work_states, self.more, self.more_debriefs)
        self.next = Listing(_("Next in rooms"))
        self.next.setProperty("framed", "no")
        self.next_states = States(self.next)
        self.rooms = _titled(_("Next in rooms"), self.next_states)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.work, 1)
        row.addWidget(self.rooms)
        self.body.addLayout(row, 1)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        name_parts(self)
        self.work_states.show_loading()
        self.next_states.show_loading()
        self.more.hide()
        self.more_debriefs.hide()
        style.follow(self._dress)

    def _dress(self) -> None:
        self.rooms.setFixedWidth(style.px(_NEXT))

    def _connect(self) -> None:
        self.new_button.clicked.connect(lambda: self.go.emit("debriefs", "new"))
        self.lines.done.connect(self._on_done)
        self.next.opened.connect(lambda debrief_id: self.go.emit("debriefs", debrief_id))
        self.next.clicked.connect(lambda _index: self._open_next())
        self.more.clicked.connect(lambda: self.go.emit("conflicts", None))
        self.more_debriefs.clicked.connect(lambda: self.go.emit("debriefs", None))
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

    def _on_minute(self) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, found: Worklist) -> None:
        self.header.set_title(found.greeting, found.counts)
        self.lines.set_rows(found.work, found.now)
        self.more.setText(worklist.more_conflicts(found.more_conflicts))
        self.more.setVisible(bool(found.more_conflicts))
        self.more_debriefs.setText(worklist.more_debriefs(found.more_debriefs))
        self.more_debriefs.setVisible(bool(found.more_debriefs))
        if found.work:
            self.work_states.show_content()
        else:
            self._show_idle(found)
        self.next.set_entries([_entry(row) for row in found.next])
        if found.next:
            self.next_states.show_content()
        else:
            self.next_states.show_empty(
                _("Nobody is in a room next"),
                _("Debriefs that begin from now on stand here by time."),
                icon="door",
            )

    def _show_idle(self, found: Worklist) -> None:
        if found.any_debriefs:
            self.work_states.show_empty(
                _("Nothing needs you now"),
                _(
                    "No conflict is open, and every debrief of the next two hours is cleared. This "
                    "covers what was entered on this desk, and nothing else."
                ),
                icon="check",
            )
            return
        self.work_states.show_empty(
            _("No debrief is planned yet"),
            _("Import the agencies' files, or register the first debrief by hand."),
            action=_("New debrief"),
            do=lambda: self.go.emit("debriefs", "new"),
            icon="chats",
        )

    def _on_failed(self, error: DeskError) -> None:
        self.work_states.show_failed(
            _("The worklist could not be shown"),
            self.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )

    def _on_done(self, row: WorkRow) -> None:
        if row.kind == today.CONFLICT:
            self.go.emit("conflicts", row.id)
        elif row.kind == today.DEBRIEF:
            self.go.emit("debriefs", row.id)
        else:
            self.send(notices.acknowledge, row.id, then=self._on_told)

    def _on_told(self, _done: Any) -> None:
        self.said.emit(_("Noted that the agency was told."), None)

    def _open_next(self) -> None:
        key = self.next.key()
        if key is not None:
            self.go.emit("debriefs", key)


def _titled(title: str, content: QWidget, *below: QWidget) -> QWidget:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 14, 1, 8)
    column.setSpacing(8)
    top = QHBoxLayout()
    top.setContentsMargins(20, 0, 20, 0)
    top.addWidget(Label(title, "section"))
    column.addLayout(top)
    column.addWidget(content, 1)
    row = QHBoxLayout()
    row.setContentsMargins(12, 0, 12, 0)
    for widget in below:
        row.addWidget(widget)
    row.addStretch(1)
    column.addLayout(row)
    return frame


def _entry(row: DebriefRow) -> Entry:
    return Entry(
        key=row.id,
        title=row.person or row.reference,
        detail=worklist.coming(row.room, row.lead, row.agency),
        level=row.level,
        badge=names.name(row.state) if row.level.value == "clear" else "",
        corner=span(row.starts_at, row.ends_at),
    )
