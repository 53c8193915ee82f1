"""What goes out, to whom, in which version? The order, a preview of it, and what was sent."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from debrief_desk.actions import desks, roster_bundles, rosters
from debrief_desk.errors import DeskError
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button, Segments
from debrief_desk.ui.parts.choosing import choose_folder, choose_target
from debrief_desk.ui.parts.fields import CheckEntry
from debrief_desk.ui.parts.labels import ElidedLabel, Label
from debrief_desk.ui.parts.messages import MessageStrip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Table
from debrief_desk.ui.rosters import columns
from debrief_desk.ui.rosters.options import Options
from debrief_desk.ui.rosters.page_preview import show_pages
from debrief_desk.ui.rosters.printing import choose_printer
from debrief_desk.ui.screen import Screen
from debrief_desk.wording import _, london, roster_pages, roster_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from debrief_desk.actions.rosters import Issued, IssueRow, RosterSheet
    from debrief_desk.ui.worker import Worker

_WIDE = 292


class RostersScreen(Screen):
    """Choose a day or shift, an agency, a level and a recipient; look; issue or print."""

    tables = frozenset(
        {"debrief", "check_result", "roster", "agency", "registration", "conflict", "policy"}
    )

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker, _("Roster"))
        self._sheet: RosterSheet | None = None
        self._build()
        self._connect()

    def reload(self) -> None:
        """Ask for the agencies, the preview and what was sent again."""
        self.send(desks.agencies, then=self.options.set_agencies, key="roster agencies")
        self._ask_preview()
        self.send(rosters.issued, then=self._show_issued, key="rosters issued")

    def show_for(self, about: Any) -> None:
        """Show the roster of a day."""
        if isinstance(about, date):
            self.options.day.set_value(about)

    def first_focus(self) -> QWidget:
        """Give the day."""
        return self.options.day

    def _build(self) -> None:
        self.views = Segments(_("Show"), (("preview", _("Preview")), ("sent", _("Sent"))))
        self.only_changed = CheckEntry(_("Only what changed"))
        self.header.add(self.only_changed)
        self.header.add(self.views)
        self.options = Options(self._today())
        self.form = scrolling(self.options)
        self.left_out = MessageStrip()
        self.preview: Table[Any] = Table(
            _("Preview of the roster"), columns.preview(), lambda line: line.uid, compact=True
        )
        self.sent: Table[Any] = Table(_("Issued rosters"), columns.issues(), lambda row: row.id)
        name_parts(self)  # before the states, which would call a table their content
        self.preview_states, self.sent_states = States(self.preview), States(self.sent)
        for states in (self.preview_states, self.sent_states):
            states.show_loading()
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.left_out)
        column.addWidget(self.preview_states, 1)
        self.lists = QStackedWidget()
        self.lists.addWidget(shown)
        self.lists.addWidget(self.sent_states)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.form)
        row.addWidget(self.lists, 1)
        self.body.addLayout(row, 1)
        self._build_foot()
        name_parts(self)
        style.follow(self._dress)

    def _build_foot(self) -> None:
        self.count = ElidedLabel("", "muted")
        self.add_to_foot(self.count, 1)
        self.look = Button(_("Page preview…"), icon="eye")
        self.add_to_foot(self.look)
        self.add_to_foot(Label(_("Issue as"), "label"))
        self.to_print = Button(_("Print…"), icon="printer")
        self.to_ics, self.to_csv = Button(_("Calendar")), Button(_("CSV"))
        self.to_xlsx, self.to_pdf = Button(_("XLSX")), Button(_("PDF"), "primary")
        self._ways = {
            "ics": self.to_ics,
            "csv": self.to_csv,
            "xlsx": self.to_xlsx,
            "pdf": self.to_pdf,
        }
        for button in (self.to_print, *self._ways.values()):
            self.add_to_foot(button)

    def _connect(self) -> None:
        self.options.changed.connect(self._ask_preview)
        self.only_changed.changed.connect(self._fill)
        self.views.chosen.connect(self._on_view)
        self.look.clicked.connect(self._on_look)
        self.to_print.clicked.connect(self._on_print)
        for kind, button in self._ways.items():
            button.setAccessibleName(_("Issue as {kind}").format(kind=button.text()))
            button.clicked.connect(lambda _checked, kind=kind: self._on_issue(kind))
        self.preview.opened.connect(lambda uid: self.go.emit("debriefs", uid))

    def _ask_preview(self) -> None:
        if self.options.chosen_post():
            self.send(
                roster_bundles.takers,
                self.options.order(),
                then=self.options.set_takers,
                key="roster takers",
            )
        self.send(
            rosters.preview,
            self.options.order(),
            then=self._show_preview,
            failed=self._on_failed,
            key="roster preview",
        )

    def _show_preview(self, sheet: RosterSheet) -> None:
        self._sheet = sheet
        meta = sheet.meta
        there = {column.key for column in sheet.columns}
        for at, key in enumerate(columns.PREVIEW_KEYS):
            unused = key not in there or (key == "change" and not meta.compared_with)
            self.preview.setColumnHidden(at, unused)
        marks = Counter(str(line.change) for line in sheet.rows if line.change)
        said = roster_pages.changes(marks, meta.compared_with)
        self.header.set_subtitle(roster_pages.upcoming(meta.version, meta.copy_no, said))
        self.to_print.setEnabled(not self.options.is_bundle)
        self.count.setText(roster_pages.counted(len(sheet.rows), marks.total()))
        self.only_changed.setVisible(bool(marks))
        self._tell_left_out(meta.left_out)
        self._fill()
        if sheet.rows:
            self.preview_states.show_content()
        elif meta.left_out:
            self.preview_states.show_empty(
                _("No plan of this span is cleared yet"),
                _("This level lists cleared debriefs only, unless the others are wanted too."),
                action=_("List the others too"),
                do=self._include,
                icon="funnel",
            )
        else:
            self.preview_states.show_empty(
                _("Nothing is planned in this span"),
                _("Choose another day, shift or agency, or plan a debrief."),
                action=_("New debrief"),
                do=lambda: self.go.emit("debriefs", "new"),
                icon="calendar-blank",
            )

    def _fill(self) -> None:
        """Put the lines into the preview: all, or those that are marked where that is wanted."""
        lines = self._sheet.rows if self._sheet is not None else ()
        marked = [line for line in lines if line.change]
        only = self.only_changed.value() and bool(marked)
        self.preview.set_rows(marked if only else lines)

    def _tell_left_out(self, count: int) -> None:
        if count and self._sheet is not None and self._sheet.rows:
            text = roster_pages.left_out(count)
            self.left_out.say(Level.NOTE, text, action=_("List them too"), do=self._include)
        else:
            self.left_out.clear()

    def _include(self) -> None:
        self.options.uncleared.set_value(True)

    def _show_issued(self, rows: tuple[IssueRow, ...]) -> None:
        self.sent.set_rows(rows)
        if rows:
            self.sent_states.show_content()
        else:
            self.sent_states.show_empty(
                _("No roster was issued yet"),
                _("Every issue shows here with its version and who got it."),
                action=_("Look at the preview"),
                do=lambda: self._on_view("preview"),
                icon="printer",
            )

    def _on_failed(self, error: DeskError) -> None:
        self.preview_states.show_failed(
            _("The roster could not be put together"),
            self.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )

    def _on_view(self, view: str) -> None:
        self.views.choose(view)
        self.lists.setCurrentIndex(0 if view == "preview" else 1)
        for part in (self.form, self.foot):
            part.setVisible(view == "preview")

    def _on_issue(self, kind: str) -> None:
        if not self.options.demand_recipient():
            return
        order = self.options.order()
        if self.options.is_bundle:
            self._issue_each(kind)
            return

        def write(path: Path) -> None:
            self.send(rosters.issue, order, path, kind, then=self._on_issued)

        choose_target(self, _("Issue the roster"), self._file_name(kind), write)

    def _issue_each(self, kind: str) -> None:
        order = self.options.order()

        def write(folder: Path) -> None:
            def written(issued: tuple[Issued, ...]) -> None:
                self.said.emit(roster_sheets.bundle(len(issued), folder.name), None)
                self.reload()

            self.send(roster_bundles.issue_each, order, folder, kind, then=written)

        choose_folder(self, _("Issue one roster for each"), write)

    def _on_look(self) -> None:
        if self._sheet is not None:
            show_pages(self, self._sheet)

    def _on_issued(self, issued: Issued) -> None:
        name = issued.path.replace("\\", "/").rpartition("/")[2]
        text = roster_pages.issued(
            issued.version, issued.copy_no, name, issued.lines, issued.changed
        )
        self.said.emit(text, None)
        self.reload()

    def _on_print(self) -> None:
        if self.options.demand_recipient():
            choose_printer(self, self._print)

    def _print(self, printer: QPrinter) -> None:
        def draw(sheet: RosterSheet) -> None:
            try:
                pages = rosters.paint(printer, sheet)
            except DeskError as error:
                self.failed.emit(error)
                return
            self.said.emit(
                roster_pages.printed(sheet.meta.version, sheet.meta.copy_no, pages), None
            )
            self.reload()

        self.send(rosters.issue_to_print, self.options.order(), then=draw)

    def _file_name(self, kind: str) -> str:
        """Name the file by day, level and version; never by a person."""
        on = self.options.day.value() or self._today()
        version = self._sheet.meta.version if self._sheet is not None else 1
        return f"roster-{on:%Y-%m-%d}-{self.options.chosen_level()}-v{version}.{kind}"

    def _today(self) -> date:
        desk = self.worker.desk
        return london(desk.now() if desk is not None else datetime.now(UTC)).date()

    def _dress(self) -> None:
        self.form.setFixedWidth(style.px(_WIDE))
