"""How does the list of debriefs work? A day, filters, a table, and what can be done to a row."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import debriefs, desks
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.rules.states import DebriefState
from debrief_desk.ui import style
from debrief_desk.ui.debriefs import columns
from debrief_desk.ui.debriefs.row_foot import RowFoot
from debrief_desk.ui.parts.buttons import Button, IconButton
from debrief_desk.ui.parts.fields import ChoiceEntry, DateEntry
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import PAGE, Table
from debrief_desk.wording import _, day, from_london, london, names, planning

if TYPE_CHECKING:
    from datetime import date

    from debrief_desk.actions.debriefs import DebriefPage, DebriefRow
    from debrief_desk.actions.desks import AgencyRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.debriefs.screen import DebriefsScreen

_OPEN, _ALL = "open", "all"


class DebriefList(QWidget):
    """The debriefs of a day, or of all days while something is searched for."""

    opened = Signal(str)
    moved = Signal(str)
    asked_new = Signal()
    counted = Signal(str)
    """What is shown, in words."""

    def __init__(self, page: DebriefsScreen) -> None:
        super().__init__()
        self.page = page
        self._text, self._order, self._falling = "", "time", False
        self._wish: str | None = None
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask for the rows again; the chosen row stays chosen."""
        self.page.send(desks.agencies, then=self._show_agencies, key="debriefs agencies")
        self._load()

    def search(self, text: str) -> None:
        """Show what fits the text, of all days; with no text the day again."""
        self._text = text
        self._load()

    def show_day(self, moment: datetime, debrief_id: str = "") -> None:
        """Show the London day of a moment, with this debrief chosen."""
        self._wish = debrief_id or None
        self.day.blockSignals(True)
        self.day.set_value(london(moment).date())
        self.day.blockSignals(False)
        self._load()

    def shown_day(self) -> date:
        """Give the London day the list shows."""
        return self.day.value() or self._this_day()

    def row(self) -> DebriefRow | None:
        """Give the chosen row."""
        at = self.table.currentIndex().row()
        return self.table.rows.row(at) if at >= 0 else None

    def _build(self) -> None:
        self.before = IconButton(_("Day before"), "caret-left")
        self.day = DateEntry()
        self.day.setAccessibleName(_("Day"))
        self.after = IconButton(_("Day after"), "caret-right")
        self.today = Button(_("Today"))
        self.agency = ChoiceEntry([("", _("All agencies"))])
        self.agency.setAccessibleName(_("Agency"))
        self.agency.set_value("")
        self.state = ChoiceEntry(
            [(_OPEN, _("Open")), (_ALL, _("All states")), *names.choices(DebriefState)]
        )
        self.state.setAccessibleName(_("State"))
        self.state.set_value(_OPEN)
        self.table: Table[DebriefRow] = Table(
            _("Debriefs"), columns.of_debriefs(), lambda row: row.id
        )
        self.table.setColumnHidden(columns.DAY_COLUMN, True)
        self.states = States(self.table)
        self.foot = RowFoot(self.page, self.row)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.before, self.day, self.after, self.today, self.agency, self.state):
            bar.addWidget(widget)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(bar)
        column.addWidget(self.states, 1)
        name_parts(self)
        self.states.show_loading()
        style.follow(self._dress)

    def _dress(self) -> None:
        self.day.setFixedWidth(style.px(150))
        self.agency.setFixedWidth(style.px(190))
        self.state.setFixedWidth(style.px(170))

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.today.clicked.connect(lambda: self.day.set_value(self._this_day()))
        for entry in (self.day, self.agency, self.state):
            entry.changed.connect(self._load)
        self.table.opened.connect(lambda key: self.opened.emit(str(key)))
        self.table.chosen.connect(lambda _key: self.foot.show_row(self.row()))
        self.table.sorted.connect(self._on_sorted)
        self.table.rows.wanted.connect(self._on_wanted)
        self.foot.opened.connect(self.opened)
        self.foot.moved.connect(self.moved)
        for keys, button in self.foot.shortcuts():
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.foot.press, button))
        self.day.blockSignals(True)
        self.day.set_value(self._this_day())
        self.day.blockSignals(False)

    def _this_day(self) -> date:
        return london(self.page.now()).date()

    def _step(self, days: int) -> None:
        shown = self.shown_day()
        self.day.set_value(shown + timedelta(days=days))

    def _filter(self) -> DebriefFilter:
        shown = self.shown_day()
        state = self.state.value() or _OPEN
        states = {
            _OPEN: tuple(one for one in DebriefState if one.is_open),
            _ALL: (),
        }.get(state)
        start = from_london(datetime.combine(shown, time()))
        end = from_london(datetime.combine(shown + timedelta(days=1), time()))
        return DebriefFilter(
            starts_from=None if self._text else start,
            starts_before=None if self._text else end,
            agency_id=self.agency.value() or "",
            states=(DebriefState(state),) if states is None else states,
            text=self._text,
            order=self._order,
            descending=self._falling,
        )

    def _load(self) -> None:
        wanted = self._filter()
        self.page.send(
            debriefs.listed,
            wanted,
            0,
            PAGE,
            then=partial(self._show, wanted),
            failed=self._on_failed,
            key="debriefs list",
        )

    def _on_wanted(self, first: int, count: int) -> None:
        self.page.send(
            debriefs.listed,
            self._filter(),
            first,
            count,
            then=lambda page: self.table.rows.fill(first, page.rows),
            key=f"debriefs list {first}",
        )

    def _show(self, wanted: DebriefFilter, page: DebriefPage) -> None:
        self.table.setColumnHidden(columns.DAY_COLUMN, not wanted.text)
        if page.total > len(page.rows):
            self._show_long(page)
        else:
            self.table.set_rows(page.rows)
        if self._wish is not None and self.table.choose(self._wish):
            self._wish = None
        elif page.rows and self.table.key() is None:
            self.table.choose_row(0)
        when = _("all days") if wanted.text else day(self.shown_day())
        self.counted.emit(planning.listed(page.total, when))
        self._show_state(wanted, page.total)
        self.foot.show_row(self.row())

    def _show_long(self, page: DebriefPage) -> None:
        kept = self.table.key()
        self.table.rows.set_total(page.total)
        self.table.rows.fill(0, page.rows)
        if kept is not None:
            self.table.choose(kept)

    def _show_state(self, wanted: DebriefFilter, total: int) -> None:
        if total:
            came = not self.table.isVisible()
            self.states.show_content()
            if came and self.page.new_button.hasFocus():  # where the keyboard waited for rows
                self.table.setFocus()
        elif wanted.text or wanted.agency_id or self.state.value() != _OPEN:
            self.states.show_filtered(self._clear)
        else:
            self.states.show_empty(
                _("No debriefs on {day}").format(day=day(self.shown_day())),
                _("What is planned for this day stands here, with its check and its room."),
                action=_("New debrief"),
                do=self.asked_new.emit,
                icon="chats",
            )

    def _clear(self) -> None:
        self.agency.set_value("")
        self.state.set_value(_OPEN)
        self.page.header.search.clear()
        self.search("")

    def _show_agencies(self, agencies: tuple[AgencyRow, ...]) -> None:
        self.agency.set_choices([("", _("All agencies")), *((a.id, a.name) for a in agencies)])

    def _on_sorted(self, order: str, falling: bool) -> None:
        self._order, self._falling = order, falling
        self._load()

    def _on_failed(self, error: DeskError) -> None:
        self.states.show_failed(
            _("The list could not be shown"),
            self.page.sentence(error),
            action=_("Try again"),
            do=self._load,
        )
