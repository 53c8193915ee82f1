"""What happens where and when on a day? The board, its list for those who hear it, and the tray."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from debrief_desk.actions import board
from debrief_desk.rules.severity import Level
from debrief_desk.ui.board import day_rows
from debrief_desk.ui.board.columns import list_columns
from debrief_desk.ui.board.day_board import DayBoard
from debrief_desk.ui.board.foot import BoardFoot
from debrief_desk.ui.board.marking import Marker
from debrief_desk.ui.board.moves import Mover
from debrief_desk.ui.board.slots import SlotPlacer
from debrief_desk.ui.board.tray import Tray
from debrief_desk.ui.parts.board_layout import DayAxis
from debrief_desk.ui.parts.buttons import Button, IconButton, Segments
from debrief_desk.ui.parts.fields import DateEntry
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _, london
from debrief_desk.wording import board as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.board import BoardDay
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

_NOW_EVERY: Final = 20_000


class BoardScreen(Screen):
    """Rooms, interviewers or interpreters by time; plans are moved by mouse and by keys."""

    tables = frozenset(
        {"debrief", "check_result", "conflict", "room", "interviewer", "interpreter", "agency"}
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Board"))
        self._on: date = self._today()
        self._shown: date | None = None
        self._day: BoardDay | None = None
        self._seen = day_rows.View((), (), ())
        self._mover = Mover(self)
        self._aim = ""
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask for the day again."""
        axis = DayAxis(self._on)
        self.send(
            board.day, axis.start, axis.end, then=self._show, failed=self._on_failed, key="board"
        )

    def show_for(self, about: Any) -> None:
        """Show a day, or a row: `(rows, key)` with rows as of the switch."""
        if isinstance(about, date):
            self._go_to(about)
        elif isinstance(about, tuple) and about[0] in day_rows.FIELDS:
            self.rows.choose(about[0])
            self._aim = about[1]
            self.reload()

    def first_focus(self) -> QWidget:
        """Give the board, or its list."""
        return self.list if self.as_list.isChecked() else self.board

    def _build(self) -> None:
        self._build_header()
        self.strip = MessageStrip()
        self.body.addWidget(self.strip)
        self.board = DayBoard(self._on)
        self.list: Table[Any] = Table(
            _("Plans of the day"), list_columns(), lambda row: row.plan.id
        )
        self.content = QStackedWidget()
        self.content.addWidget(self.board)
        self.content.addWidget(self.list)
        self.states = States(self.content)
        self.states.show_loading()
        self.body.addWidget(self.states, 1)
        self.tray = Tray()
        self._slots = SlotPlacer(self, self.tray)
        self._marker = Marker(self)
        self.tray.hide()
        self.body.addWidget(self.tray)
        self.key = BoardFoot()
        self.body.addWidget(self.key)
        self.clock = QTimer(self)
        self.clock.setInterval(_NOW_EVERY)
        self.clock.start()
        name_parts(self)

    def _build_header(self) -> None:
        self.before = IconButton(_("Day before"), "caret-left")
        self.day = DateEntry()
        self.day.setAccessibleName(_("Day"))
        self.day.set_value(self._on)
        self.after = IconButton(_("Day after"), "caret-right")
        self.today = Button(_("Today"))
        self.rows = Segments(
            _("Rows"),
            (
                (day_rows.ROOMS, _("Rooms")),
                (day_rows.INTERVIEWERS, _("Interviewers")),
                (day_rows.INTERPRETERS, _("Interpreters")),
            ),
        )
        self.as_list = IconButton(_("Show as a list"), "list-checks")
        self.as_list.setCheckable(True)
        for widget in (self.before, self.day, self.after, self.today, self.rows, self.as_list):
            self.header.add(widget)
        self.new = self.header.add_action(_("New debrief"), "primary", icon="plus")

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._go_to(self._on - timedelta(days=1)))
        self.after.clicked.connect(lambda: self._go_to(self._on + timedelta(days=1)))
        self.today.clicked.connect(self._on_today)
        self.day.changed.connect(self._on_day)
        self.rows.chosen.connect(lambda _kind: self._draw())
        self.as_list.toggled.connect(self._on_as_list)
        self.new.clicked.connect(lambda: self.go.emit("debriefs", "new"))
        self.board.opened.connect(self._open)
        self.board.moveRequested.connect(self._on_move)
        self.board.lengthRequested.connect(self._on_length)
        self.board.dropped.connect(self._place)
        self.list.opened.connect(self._open)
        self.tray.opened.connect(self._open)
        self.tray.placed.connect(self._place)
        self.tray.chosen.connect(lambda _key: self._offer())
        self.tray.taken.connect(self._slots.take)
        self.clock.timeout.connect(self._on_clock)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (
            ("Ctrl+Z", self._mover.undo),
            ("Ctrl+Shift+Z", self._mover.redo),
            ("Ctrl+PgUp", self.before.click),
            ("Ctrl+PgDown", self.after.click),
            ("Ctrl+G", self.day.setFocus),
        ):
            QShortcut(QKeySequence(keys), self, do, context=inside)
        for where in (self.board, self.tray.table):
            self._connect_marks(where)

    def _connect_marks(self, where: DayBoard | Table[Any]) -> None:
        """Pin by P and say how urgent by 1 to 3, for the plan chosen there."""

        def chosen() -> DebriefRow | None:
            key = where.key()
            return None if key is None else self.plan(day_rows.debrief_of(str(key))[0])

        alone = Qt.ShortcutContext.WidgetShortcut
        pin = QShortcut(QKeySequence("P"), where, context=alone)
        pin.activated.connect(lambda: self._marker.turn_pin(chosen()))
        for number in (1, 2, 3):
            urgency = QShortcut(QKeySequence(str(number)), where, context=alone)
            urgency.activated.connect(lambda n=number: self._marker.prioritise(chosen(), n))

    def _show(self, day: BoardDay) -> None:
        self._day = day
        self._draw()
        self._mover.shown()

    def _draw(self) -> None:
        if self._day is None:
            return
        day, kind = self._day, self.rows.choice()
        fresh = self._shown != self._on
        if fresh:
            self.board.set_day(self._on)
            self._shown = self._on
        self._seen = day_rows.view(kind, day, self._on)
        self.board.waiting = {one.id: day_rows.block(one, kind, day) for one in self._seen.waiting}
        self.board.set_rows(self._seen.rows, self._seen.blocks)
        self.board.set_now(day.now)
        shared = {
            one.block.key: one.shared_minutes
            for row in self.board.measures.rows
            for one in row.blocks
        }
        self.list.set_rows(day_rows.listed(self._seen, day.debriefs, shared))
        self.tray.show_plans(words.waiting(len(self._seen.waiting), kind), self._seen.waiting)
        self.tray.setVisible(bool(self._seen.waiting) and not self.as_list.isChecked())
        self._offer()
        self._tell(kind)
        self._show_state(kind)
        if fresh:
            self._scroll_to_work()
        self._aim_at_row()

    def _tell(self, kind: str) -> None:
        day = self._day
        if day is None:
            return
        count = words.rooms if kind == day_rows.ROOMS else words.people
        rows = count(len(self._seen.rows))
        self.header.set_subtitle(words.remark(len(day.debriefs), rows))
        self.key.tell(day, sum(bool(row.overlap) for row in self.board.measures.rows))

    def _show_state(self, kind: str) -> None:
        day = self._day
        if day is not None and not day.debriefs:
            self.states.show_empty(
                _("Nothing is planned on this day"),
                _("Plans show here by room and time as soon as somebody registers one."),
                action=_("New debrief"),
                do=lambda: self.go.emit("debriefs", "new"),
                icon="calendar-blank",
            )
        elif not self._seen.rows:
            self.states.show_empty(
                _("No room is listed yet") if kind == day_rows.ROOMS else _("Nobody is listed yet"),
                _("Import the sheet of the site or the agencies; the plans wait below."),
                action=_("Import a sheet"),
                do=lambda: self.go.emit("import", None),
                icon="door",
            )
        else:
            self.states.show_content()

    def _on_failed(self, error: DeskError) -> None:
        self.states.show_failed(
            _("The day could not be read"),
            self.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )

    def plan(self, debrief_id: str) -> DebriefRow | None:
        """Give a plan as it is shown now."""
        plans = self._day.debriefs if self._day is not None else ()
        return next((plan for plan in plans if plan.id == debrief_id), None)

    def show_moved(self, plan: DebriefRow) -> None:
        """Show a plan where it is going, before it is kept."""
        if self._day is not None:
            plans = tuple(plan if one.id == plan.id else one for one in self._day.debriefs)
            self._day = replace(self._day, debriefs=plans)
            self._draw()

    def say_moved(self, plan: DebriefRow, stop: str, undo: Callable[[], None]) -> None:
        """Say where a plan is now, what is wrong there, and offer to move it back."""
        self.strip.clear()
        row = getattr(plan, day_rows.FIELDS[self.rows.choice()])
        titles = {one.key: one.title for one in self._seen.rows}
        where = titles.get(row, words.nowhere())
        who = plan.person or plan.reference
        self.said.emit(words.moved(who, where, plan.starts_at, plan.ends_at, stop), undo)

    def say_not_moved(self, error: DeskError) -> None:
        """Say why a plan is where it was; the day is read again."""
        self.strip.say(Level.CHECK, self.sentence(error))

    def _on_move(self, key: str, row: str, start: datetime) -> None:
        debrief_id, second = day_rows.debrief_of(key)
        plan = self.plan(debrief_id)
        if plan is None:
            return
        field = "second_id" if second else day_rows.FIELDS[self.rows.choice()]
        wanted: dict[str, Any] = {"starts_at": start, field: row}
        changes = {name: value for name, value in wanted.items() if getattr(plan, name) != value}
        self._mover.move(debrief_id, changes)

    def _on_length(self, key: str, length: int) -> None:
        self._mover.move(day_rows.debrief_of(key)[0], {"minutes": length})

    def _place(self, debrief_id: str, row: str) -> None:
        self._mover.move(debrief_id, {day_rows.FIELDS[self.rows.choice()]: row})

    def _open(self, key: str) -> None:
        self.go.emit("debriefs", day_rows.debrief_of(key)[0])

    def _offer(self) -> None:
        key = self.tray.table.key()
        plan = self.plan(str(key)) if key is not None else None
        self.tray.offer(day_rows.places(plan, self._seen) if plan is not None else ())
        self._slots.ask(plan)

    def _today(self) -> date:
        desk = self.worker.desk
        return london(desk.now() if desk is not None else datetime.now(UTC)).date()

    def _go_to(self, on: date) -> None:
        if on != self._on:
            self._on = on
            self.day.blockSignals(True)
            self.day.set_value(on)
            self.day.blockSignals(False)
            self.reload()

    def _on_day(self) -> None:
        on = self.day.value()
        if on is not None:
            self._go_to(on)

    def _on_today(self) -> None:
        self._go_to(self._today())
        self.board.show_now()

    def _on_as_list(self, on: bool) -> None:
        self.content.setCurrentWidget(self.list if on else self.board)
        self.tray.setVisible(bool(self._seen.waiting) and not on)
        self.first_focus().setFocus()

    def _on_clock(self) -> None:
        desk = self.worker.desk
        if desk is not None:
            self.board.set_now(desk.now())

    def _scroll_to_work(self) -> None:
        """Bring what matters into sight: the time now, or on another day its first plan."""
        day = self._day
        if day is None:
            return
        if self._on == london(day.now).date():
            self.board.show_now()
        elif day.debriefs:
            self.board.scroll_to(min(plan.starts_at for plan in day.debriefs))

    def _aim_at_row(self) -> None:
        """Choose the first plan of the row another page asked for."""
        aim, self._aim = self._aim, ""
        found = [one for one in self._seen.blocks if aim and one.row == aim]
        if found:
            self.board.choose(min(found, key=lambda one: one.start).key)
