"""The first page of a shift: what needs somebody now, who goes into which room, and the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from debrief_desk.actions import figures, notices, today, work_rows
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.choosing import choose_target
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.reading import in_order
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.screen import Screen
from debrief_desk.ui.today.figures_view import FiguresView
from debrief_desk.ui.today.rows import WorkLines
from debrief_desk.ui.today.tiles import SummaryLine
from debrief_desk.wording import _, names, span, worklist
from debrief_desk.wording import figures as words

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.figures import Period
    from debrief_desk.actions.today import NextRow, Worklist
    from debrief_desk.actions.work_rows import WorkRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker

_MINUTE: Final = 60_000
_NEXT: Final = 360
NOW, FIGURES = "now", "figures"
_PLACES: Final = {
    work_rows.CONFLICT: "conflicts",
    work_rows.DEBRIEF: "debriefs",
    work_rows.REFERRAL: "people",
    work_rows.REOPENING: "people",
}
_LISTS: Final = {
    work_rows.OPINION: ("conflicts", "second"),
    work_rows.BYPASS: ("conflicts", "second"),
    work_rows.RENEWALS: ("interviewers", "interviewers"),
}
"""Where what is seen to in a list of its own stands."""


class TodayScreen(Screen):
    """A worklist, not a wall of numbers: one button a row, nearest first; the figures behind it.

    `show_for` takes `now` or `figures`.
    """

    tables = frozenset(
        {
            *("conflict", "debrief", "deconfliction_check", "conflict_notice", "registration"),
            *("approach", "no_approach_marker", "referral", "bypass", "second_opinion"),
            *("accreditation", "interviewer", "interpreter", "conflict_decision"),
        }
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Today"))
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask again for what is in sight; the keyboard stays where it is."""
        self.send(today.worklist_now, then=self._show, failed=self._on_failed, key="today")
        if self.views.currentWidget() is self.figures:
            self._ask_figures()

    def show_for(self, about: Any) -> None:
        """Show the work or the figures."""
        self.which.choose(str(about))
        self._on_view(str(about))

    def about(self) -> str | None:
        """Give the figures where they are in sight."""
        return FIGURES if self.views.currentWidget() is self.figures else None

    def first_focus(self) -> QWidget | None:
        """Give the button of the first row, or the one that begins a debrief."""
        if self.views.currentWidget() is self.figures:
            return self.figures.periods.button()
        return self.lines.lines[0].button if self.lines.lines else self.new_button

    def _build(self) -> None:
        self.which = Segments(_("Show"), ((NOW, _("Now")), (FIGURES, _("Figures"))))
        self.header.add(self.which)
        self.new_button = self.header.add_action(_("New debrief"), "primary", icon="plus")
        self.lines = WorkLines()
        self.more = Button("", "quiet")
        self.more_debriefs = Button("", "quiet")
        self.work_states = States(scrolling(self.lines))
        self.work = _titled(_("Needs you now"), self.work_states, self.more, self.more_debriefs)
        self.next = Listing(_("Next in rooms"))
        self.next.setProperty("framed", "no")
        self.next_states = States(self.next)
        self.rooms = _titled(_("Next in rooms"), self.next_states, inset=12)
        self.summary = SummaryLine()
        self.figures = FiguresView()
        self.views = QStackedWidget()
        self.views.addWidget(self._now_view())
        self.views.addWidget(self.figures)
        self.body.addWidget(self.views, 1)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        name_parts(self)
        self.work_states.show_loading()
        self.next_states.show_loading()
        for widget in (self.more, self.more_debriefs, self.summary, self.which):
            widget.hide()
        style.follow(self._dress)

    def _now_view(self) -> QWidget:
        view = QWidget()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.work, 1)
        row.addWidget(self.rooms)
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row, 1)
        column.addWidget(self.summary)
        return view

    def _dress(self) -> None:
        self.rooms.setFixedWidth(style.px(_NEXT))

    def _connect(self) -> None:
        self.new_button.clicked.connect(lambda: self.go.emit("debriefs", "new"))
        self.lines.done.connect(self._on_done)
        self.next.opened.connect(lambda debrief_id: self.go.emit("debriefs", debrief_id))
        self.next.clicked.connect(lambda _index: self._open_next())
        self.more.clicked.connect(lambda: self.go.emit("conflicts", None))
        self.more_debriefs.clicked.connect(lambda: self.go.emit("debriefs", None))
        self.which.chosen.connect(self._on_view)
        self.summary.asked.connect(lambda: self.show_for(FIGURES))
        self.figures.chosen.connect(self._ask_figures)
        self.figures.exported.connect(self._choose_file)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

    def _on_minute(self) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, found: Worklist) -> None:
        self.header.set_title(found.greeting, found.counts)
        self.lines.set_rows(found.work, found.now)
        in_order(self.lines, self.more, self.more_debriefs, self.next, self.summary)
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
        self.which.setVisible(found.may_see_figures)
        if found.may_see_figures and found.any_debriefs:
            self.send(
                figures.named,
                "today",
                then=self._on_summary,
                failed=lambda _error: self.summary.hide(),
                key="today's figures",
            )

    def _on_summary(self, found: figures.Figures) -> None:
        self.summary.show_figures(found)
        self.summary.show()

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
        if row.kind == work_rows.NOTICE:
            self.send(notices.acknowledge, row.id, then=self._on_told)
        elif row.kind in _LISTS:
            self.go.emit(*_LISTS[row.kind])
        else:
            self.go.emit(_PLACES[row.kind], row.id)

    def _on_told(self, _done: Any) -> None:
        self.said.emit(_("Noted that the agency was told."), None)

    def _open_next(self) -> None:
        key = self.next.key()
        if key is not None:
            self.go.emit("debriefs", key)

    def _on_view(self, key: str) -> None:
        self.views.setCurrentIndex((NOW, FIGURES).index(key))
        if key == FIGURES:
            self._ask_figures()

    def _ask_figures(self) -> None:
        self.send(
            *self.figures.wanted(),
            then=self.figures.show_figures,
            failed=lambda error: self.figures.show_failed(self.sentence(error)),
            key="figures",
        )

    def _choose_file(self, ending: str) -> None:
        found = self.figures.found
        if found is None:
            return
        period = found.period
        choose_target(
            self,
            _("Export the figures"),
            words.file_name(period.first, period.last, ending),
            lambda path: self.write_to(path, period),
        )

    def write_to(self, path: Path, period: Period) -> None:
        """Write the figures of a period to a file; that they left is on record."""
        self.send(
            figures.export,
            period,
            path,
            then=lambda name: self.said.emit(words.exported(name), None),
        )


def _titled(title: str, content: QWidget, *below: QWidget, inset: int = 20) -> QWidget:
    """Give a card of a title over its content; `inset` is where the content's words begin."""
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 14, 1, 8)
    column.setSpacing(8)
    top = QHBoxLayout()
    top.setContentsMargins(inset, 0, inset, 0)
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


def _entry(row: NextRow) -> Entry:
    debrief = row.debrief
    return Entry(
        key=debrief.id,
        title=debrief.person or debrief.reference,
        detail=worklist.coming(debrief.room, debrief.language, debrief.lead, debrief.agency),
        more=worklist.lacking(debrief.state, row.missing),
        level=debrief.level,
        badge=names.name(debrief.state) if debrief.level.value == "clear" else "",
        corner=span(debrief.starts_at, debrief.ends_at),
    )
