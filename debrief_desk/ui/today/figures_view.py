"""Which figures of which period? A choice of days, four small pictures, and a row for each boat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from debrief_desk.actions import figures
from debrief_desk.actions.figures import COLUMNS, Period
from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.fields import DateEntry
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.today.tiles import Tiles
from debrief_desk.wording import _, day
from debrief_desk.wording import figures as words

if TYPE_CHECKING:
    from debrief_desk.actions.figures import BoatFigures, Figures

OWN = "own"


class FiguresView(QWidget):
    """Shows figures that the page asks for; announces the period that somebody chose."""

    chosen = Signal()
    """Another period is wanted: `wanted()` gives the action and what it takes."""
    exported = Signal(str)
    """The figures in sight are wanted as a file with this ending."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Figures | None = None
        self.periods = Segments(_("Period"), words.period_choices())
        self.first = DateEntry()
        self.last = DateEntry()
        self.span = Label("", "muted")
        self.export_button = Button(_("Export"), icon="download-simple")
        self.tiles = Tiles()
        self.table: Table[BoatFigures] = Table(
            _("Offered and answered, by boat"),
            columns(),
            lambda row: (row.is_total, row.number),
            compact=True,
        )
        self.table.setProperty("framed", "no")
        self.note = Label("", "label", wrap=True)
        self.boats = States(self.table)
        self.content = QWidget()
        self.states = States(self.content)
        self._build()
        self._connect()
        name_parts(self)
        self.export_button.setEnabled(False)
        self.states.show_loading()

    def wanted(self) -> tuple[Any, ...]:
        """Give the action that brings the figures, and its arguments."""
        if self.periods.choice() != OWN:
            return figures.named, self.periods.choice()
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            return figures.named, "today"
        return figures.of, Period(first, last)

    def show_figures(self, found: Figures) -> None:
        """Show figures; they stay until others come."""
        self.found = found
        self.export_button.setEnabled(True)
        period = found.period
        self.span.setText(words.period(period.first, period.last))
        self._set_days(period)
        self.tiles.show_figures(found)
        self.table.set_rows([found.whole, *found.boats])
        self.note.setText(words.small_cells(found.smallest))
        self.note.setVisible(bool(self.note.text()))
        self.states.show_content()
        if found.boats:
            self.boats.show_content()
        else:
            self.boats.show_empty(
                _("Nobody was asked in this period"),
                _("Each boat that landed, or whose people were asked, has its row here."),
                icon="chats",
            )

    def show_failed(self, sentence: str) -> None:
        """Say why there are no figures; the choice of period stays."""
        self.found = None
        self.export_button.setEnabled(False)
        self.states.show_failed(
            _("The figures could not be shown"),
            sentence,
            action=_("Today"),
            do=lambda: self._choose("today"),
        )

    def _build(self) -> None:
        self.first.setAccessibleName(_("From"))
        self.last.setAccessibleName(_("To"))
        menu = QMenu(self)
        menu.addAction(_("Workbook (XLSX)…"), lambda: self.exported.emit(".xlsx"))
        menu.addAction(_("Text (CSV)…"), lambda: self.exported.emit(".csv"))
        self.export_button.setMenu(menu)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for widget in (self.periods, self.first, self.last):
            bar.addWidget(widget)
        bar.addSpacing(8)
        bar.addWidget(self.span, 1)
        bar.addWidget(self.export_button)
        self.first.hide()
        self.last.hide()
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 12, 1, 8)
        inside.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(Label(_("By boat"), "section"))
        head.addWidget(self.note, 1)
        inside.addLayout(head)
        inside.addWidget(self.boats, 1)
        below = QVBoxLayout(self.content)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(12)
        below.addWidget(self.tiles)
        below.addWidget(frame, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(bar)
        whole.addWidget(self.states, 1)

    def _connect(self) -> None:
        self.periods.chosen.connect(self._on_period)
        for entry in (self.first, self.last):
            entry.changed.connect(self.chosen)

    def _choose(self, key: str) -> None:
        self.periods.choose(key)
        self._on_period(key)

    def _on_period(self, key: str) -> None:
        own = key == OWN
        self.first.setVisible(own)
        self.last.setVisible(own)
        self.span.setVisible(not own)
        if own:
            self.first.setFocus()
        self.chosen.emit()

    def _set_days(self, period: Period) -> None:
        """Let own days begin with those in sight."""
        for entry, value in ((self.first, period.first), (self.last, period.last)):
            if entry.value() != value:
                entry.blockSignals(True)
                entry.set_value(value)
                entry.blockSignals(False)


def columns() -> tuple[Column[BoatFigures], ...]:
    """Give boat, landing, and every figure; each title explains its word."""
    return (
        Column(_("Boat"), _boat, strong=True, fixed=True, width=132),
        Column(_("Landed"), lambda r: day(r.landed_at) if r.landed_at else "", fixed=True,
               muted=True, width=140),
        *(_figure(key) for key in COLUMNS),
    )  # fmt: skip


def _figure(key: str) -> Column[BoatFigures]:
    return Column(
        words.column(key),
        lambda row: words.shown(row.count(key)),
        fixed=True,
        width=88,
        tooltip=lambda _row: words.definition(key),
    )


def _boat(row: BoatFigures) -> str:
    return words.all_boats() if row.is_total else words.boat(row.number)
