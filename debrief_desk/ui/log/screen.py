"""Who looked at, changed, linked or passed on what, and does the chain of all this still hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions import log
from debrief_desk.actions.log import LogFilter
from debrief_desk.errors import NotAllowed
from debrief_desk.rules.severity import Level
from debrief_desk.ui.log.exporting import ExportDialog
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.choosing import choose_target
from debrief_desk.ui.parts.fields import ChoiceEntry, DateEntry
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import PAGE, Column, Table
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _, day_and_clock
from debrief_desk.wording import log as sentences

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from debrief_desk.actions.log import ChainReport, EventRow, LogPage
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


def columns() -> tuple[Column[EventRow], ...]:
    """Give what the list shows of an event."""
    return (
        Column(_("Number"), lambda r: f"{r.sequence:,}", fixed=True, muted=True, width=76),
        Column(_("When"), lambda r: day_and_clock(r.at), fixed=True, width=160),
        Column(_("Who"), lambda r: r.account, strong=True, width=140, tooltip=lambda r: r.roles),
        Column(_("What"), lambda r: sentences.kind(r.kind), width=96),
        Column(_("About"), lambda r: r.about, stretch=True, width=180, tooltip=lambda r: r.about),
        Column(_("Step"), lambda r: r.action, fixed=True, muted=True, width=132),
        Column(_("Recipient"), lambda r: r.recipient, width=96),
        Column(_("Reason"), lambda r: r.reason, width=88),
        Column(_("Seal"), lambda r: r.seal, fixed=True, muted=True, width=158),
    )


class LogScreen(Screen):
    """The log, newest first, filtered by kind, account and day."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Log"))
        self._build()
        self._connect()
        name_parts(self)

    def reload(self) -> None:
        """Ask for the accounts to filter by, and for the events that fit."""
        self.send(log.accounts, then=self._on_accounts, failed=lambda _error: None)
        self._ask()

    def first_focus(self) -> QWidget:
        """Give the first filter."""
        return self.kind if self.kind.isEnabled() else self.verify_button

    def _build(self) -> None:
        self.kind = ChoiceEntry((("", _("Everything")), *sentences.kinds()))
        self.kind.setAccessibleName(_("What"))
        self.account = ChoiceEntry((("", _("Everybody")),))
        self.account.setAccessibleName(_("Who"))
        self.day = DateEntry(optional=True)
        self.day.setSpecialValueText(_("Any day"))
        self.day.setAccessibleName(_("Day"))
        self.kind.set_value("")
        self.account.set_value("")
        self.kind.setMinimumContentsLength(11)
        self.account.setMinimumContentsLength(14)
        self.verify_button = Button(_("Check the chain"), icon="link")
        self.export_button = Button(_("Export…"), icon="download-simple")
        for widget in (
            self.kind,
            self.account,
            self.day,
            self.verify_button,
            self.export_button,
        ):
            self.header.add(widget)
        self.strip = MessageStrip()
        self.busy = BusyBar()
        self.table = Table(_("Events"), columns(), lambda row: row.sequence, compact=True)
        self.states = States(self.table)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.busy)
        self.body.addWidget(self.states, 1)

    def _connect(self) -> None:
        for filter_ in (self.kind, self.account, self.day):
            filter_.changed.connect(self._ask)
        self.table.rows.wanted.connect(self._on_wanted)
        self.verify_button.clicked.connect(self._verify)
        self.export_button.clicked.connect(self._export)

    def _wanted(self) -> LogFilter:
        kind, account = self.kind.value() or "", self.account.value() or ""
        return LogFilter(kind, account, self.day.value())

    def _ask(self) -> None:
        wanted = self._wanted()
        if not self.table.rows.rowCount():
            self.states.show_loading()
        self.send(
            log.listed,
            wanted,
            0,
            PAGE,
            then=lambda page: self._on_first(wanted, page),
            failed=self._on_failed,
            key="log",
        )

    def _on_accounts(self, found: tuple[tuple[str, str], ...]) -> None:
        self.account.set_choices((("", _("Everybody")), *found))

    def _on_first(self, wanted: LogFilter, page: LogPage) -> None:
        self.table.rows.set_total(page.total)
        self.table.rows.fill(0, page.rows)
        self.header.set_subtitle(sentences.counted(page.total))
        if page.total:
            self.table.choose_row(0)
            self.states.show_content()
        elif wanted == LogFilter():
            self.states.show_empty(
                _("Nothing has happened yet"), _("Every look, change and copy will stand here.")
            )
        else:
            self.states.show_filtered(self._clear)

    def _on_wanted(self, first: int, count: int) -> None:
        wanted = self._wanted()

        def show(page: LogPage) -> None:
            if wanted == self._wanted():
                self.table.rows.fill(first, page.rows)

        self.send(log.listed, wanted, first, count, then=show)

    def _on_failed(self, error: DeskError) -> None:
        barred = isinstance(error, NotAllowed)
        for widget in (self.kind, self.account, self.day, self.export_button):
            widget.setEnabled(not barred)
        if barred:
            self.states.show_locked(
                _("The log is read by an auditor"),
                _("An administrator can give an account that role, under Settings. Anybody may "
                  "check that the chain holds."),
            )  # fmt: skip
        else:
            self.states.show_failed(
                _("The log cannot be shown"),
                self.sentence(error),
                action=_("Try again"),
                do=self.reload,
            )

    def _clear(self) -> None:
        for filter_ in (self.kind, self.account, self.day):
            filter_.blockSignals(True)
        self.kind.set_value("")
        self.account.set_value("")
        self.day.set_value(None)
        for filter_ in (self.kind, self.account, self.day):
            filter_.blockSignals(False)
        self._ask()

    def _verify(self) -> None:
        self.busy.start(_("Checking every event"))
        self.send(log.verify, then=self._on_verified, failed=self._on_not_done)

    def _on_verified(self, report: ChainReport) -> None:
        self.busy.stop()
        level = Level.CLEAR if report.broken_at is None else Level.STOP
        self.strip.say(
            level, sentences.verified(report.events, report.broken_at, report.fingerprint)
        )

    def _on_not_done(self, error: DeskError) -> None:
        self.busy.stop()
        self.strip.say(Level.STOP, self.sentence(error))

    def _export(self) -> None:
        ExportDialog(self.window(), self._choose_place).open()

    def _choose_place(self, recipient: str) -> None:
        choose_target(
            self, _("Export the log"), "log.csv", lambda path: self.write_to(path, recipient)
        )

    def write_to(self, path: Path, recipient: str) -> None:
        """Write the events in sight to a file, for somebody."""
        self.busy.start(_("Writing the log"))

        def done(lines: int) -> None:
            self.busy.stop()
            self.said.emit(sentences.exported(lines, recipient), None)
            self._ask()

        self.send(log.export, self._wanted(), path, recipient, then=done, failed=self._on_not_done)
