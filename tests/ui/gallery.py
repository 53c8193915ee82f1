"""Draw every part into pictures, for people to look at: `python tests/ui/gallery.py FOLDER`.

Run it with QT_QPA_PLATFORM=offscreen, and with QT_SCALE_FACTOR=1.5 for a denser screen.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions.comparison import ComparedRow
from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.board import Board, BoardBlock, BoardRow
from debrief_desk.ui.parts.board_layout import ghost_of
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.buttons import Button, IconButton, Segments
from debrief_desk.ui.parts.cards import Action, Card, CardPanel
from debrief_desk.ui.parts.compare import CompareView, EvidenceSection, Side
from debrief_desk.ui.parts.fields import (
    CheckEntry,
    ChoiceEntry,
    DateEntry,
    Field,
    NoteEntry,
    QuickTimeEntry,
    ScriptEntry,
    TextEntry,
    TimeEntry,
)
from debrief_desk.ui.parts.labels import Label, card, line
from debrief_desk.ui.parts.legend import Legend, LegendEntry
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.messages import Choice, FailureBox, MessageStrip, Question, Toast
from debrief_desk.ui.parts.page import Page, scrolling
from debrief_desk.ui.parts.palette import Palette
from debrief_desk.ui.parts.shortcuts import KeyGroup, KeyHelp
from debrief_desk.ui.parts.sidebar import Place, Sidebar
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.parts.waterfall import Threshold, Waterfall, Weight
from debrief_desk.ui.tokens import Theme

PLACES = (
    Place("today", "Today", "sun-horizon"),
    Place("debriefs", "Debriefs", "chats"),
    Place("people", "People", "users"),
    Place("interviewers", "Interviewers", "identification-badge"),
    Place("conflicts", "Conflicts", "warning-circle"),
    Place("board", "Board", "calendar-blank"),
    Place("roster", "Roster", "printer", gap=True),
    Place("log", "Log", "clock-counter-clockwise"),
    Place("settings", "Settings", "gear-six", gap=True),
)


@dataclass(frozen=True, slots=True)
class Example:
    reference: str
    level: Level
    when: str
    person: str
    script: str
    agency: str
    lead: str
    room: str


EXAMPLES = (
    Example("1", Level.CLEAR, "07:30–08:30", "Farid Noori", "", "Enforcement", "T. Brennan", "Room 3"),
    Example("2", Level.NOTE, "10:30–12:00", "عبد الرحمن محمد الحسن", "", "Border team", "S. Achterberg", "Room 2"),
    Example("3", Level.CHECK, "13:15–14:45", "Yusuf Osman", "", "Enforcement", "T. Brennan", "Room 3"),
    Example("4", Level.STOP, "13:30–14:45", "Hawar Karim", "هاوار کەریم", "Regional crime unit with a long name", "J. Okafor", "Room 1"),
    Example("5", Level.STOP, "14:15–15:15", "Selam Tesfay", "ሰላም ተስፋይ", "National agency", "R. Whitlock", "Room 1"),
    Example("6", Level.CLEAR, "16:00–17:00", "Nguyễn Thị Hoa", "", "Border team", "K. Mensah", "Remote booth B"),
)  # fmt: skip

COLUMNS = (
    Column[Example]("Check", lambda _row: "", severity=lambda row: row.level, width=96),
    Column[Example]("Time", lambda row: row.when, fixed=True, sort="start"),
    Column[Example]("Person", lambda row: row.person, width=200, sort="name", stretch=True),
    Column[Example]("Own script", lambda row: row.script, width=160),
    Column[Example]("Agency", lambda row: row.agency, width=170),
    Column[Example]("Lead", lambda row: row.lead, width=140, muted=True),
    Column[Example]("Room", lambda row: row.room, width=130),
)

CARDS = (
    Card("1", Level.STOP, "Another agency has planned to speak to this person", "Border team, R. Whitlock, today 14:15 to 15:15 in Room 1. Same wristband; names differ by spelling.", "D-1", (Action("compare", "Compare"), Action("joint", "Propose joint debrief"))),
    Card("2", Level.CHECK, "Lead has no level 3 sign-off", "This person is recorded as possibly exploited. Two interviewers with level 3 are free at 13:30.", "Experience", (Action("free", "See who is free"),)),
    Card("3", Level.NOTE, "Sorani interpreter on video only", "On-site interpreter is back at 16:00.", "Interpreter"),
    Card("4", Level.CLEAR, "Room free and step-free, rest time kept", "Last approach to this person: none in 14 days."),
)  # fmt: skip


def desk(page: QWidget) -> QWidget:
    window = QWidget()
    window.setProperty("kind", "page")
    sidebar = Sidebar("Debrief Desk", "Western intake · Day shift", PLACES)
    sidebar.set_count("conflicts", 4, Level.STOP)
    sidebar.set_count("debriefs", 23)
    sidebar.set_saved("All changes saved 14:07")
    sidebar.set_user("N. Adeyemi", "Coordinator")
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(sidebar)
    row.addWidget(page, 1)
    window.setProperty("sidebar", None)
    window.sidebar = sidebar  # type: ignore[attr-defined]
    return window


def table_page() -> QWidget:
    page = Page(
        "Debriefs", "1,204 in the last 30 days · 23 today", search="Find person, reference, room…"
    )
    page.header.add_action("Export…")
    page.header.add_action("New debrief", "primary", icon="plus")
    strip = MessageStrip()
    page.body.addWidget(strip)
    strip.say(Level.CHECK, "3 rows of the last import are parked.", action="Look at them")
    table = Table("Debriefs", COLUMNS, lambda row: row.reference)
    table.set_rows(EXAMPLES)
    table.choose("3")
    page.body.addWidget(table)
    page.sample = table  # type: ignore[attr-defined]
    return desk(page)


def form_page() -> QWidget:
    page = Page(
        "New debrief",
        "Draft DD-2611-0417 · started 14:02 by you",
        search="Find person, reference, room…",
    )
    page.header.add_action("History")
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(scrolling(form_card()), 1)
    panel = CardPanel("Live checks", empty="Nothing to look at yet.")
    panel.setFixedWidth(style.px(376))
    panel.set_remark("5 rules")
    panel.set_cards(CARDS)
    row.addWidget(panel)
    page.body.addLayout(row)
    page.add_to_foot(SeverityBadge(Level.STOP, "1 stop"))
    page.add_to_foot(SeverityBadge(Level.CHECK, "1 check"))
    page.add_to_foot(
        Label("Resolve the stop, or pass it to a supervisor with a reason.", "muted"), 1
    )
    page.add_to_foot(Button("Save draft"))
    page.add_to_foot(Button("Pass to supervisor"))
    register = Button("Register debrief", "primary")
    page.add_to_foot(register)
    return desk(page)


def form_card() -> QWidget:
    box = card()
    column = QVBoxLayout(box)
    column.setContentsMargins(20, 16, 20, 20)
    column.setSpacing(12)
    name, script, date_entry, clock = TextEntry(), ScriptEntry(), DateEntry(), TimeEntry()
    name.set_value("Hawar Karim")
    script.set_value("هاوار کەریم")
    date_entry.set_value(date(2026, 11, 23))
    clock.set_value(time(13, 30))
    quick = QuickTimeEntry()
    room = ChoiceEntry([("1", "Room 1"), ("2", "Room 2")])
    room.set_value("1")
    language = ChoiceEntry([("ckb", "Kurdish (Sorani)"), ("ar", "Arabic")], searchable=True)
    language.set_value("ckb")
    wrong = TextEntry(fixed=True)
    wrong.set_value("W-20261123-118")
    field = Field("Wristband", wrong, required=True)
    field.set_error("Another person of this boat wears this band.")
    disabled = TextEntry()
    disabled.set_value("Not open")
    disabled.setEnabled(False)
    read_only = TextEntry(fixed=True)
    read_only.set_value("DD-2611-0417")
    read_only.setReadOnly(True)
    note = NoteEntry("What is it about?")
    told, agreed = (
        CheckEntry("Told in Kurdish (Sorani) that taking part is voluntary"),
        CheckEntry("Agreed"),
    )
    told.set_value(True)
    rows = (
        (Field("Name as given", name, required=True), Field("Name in own script", script)),
        (
            field,
            Field("Born", TextEntry("1998 or 12 Mar 1998"), hint="Age if unknown"),
            Field("Language", language),
        ),
        (
            Field("Date", date_entry),
            Field("Start", clock),
            Field("Ends", quick),
            Field("Room", room),
        ),
        (
            Field("Review on", DateEntry(optional=True)),
            Field("Closed", disabled),
            Field("Reference", read_only),
        ),
        (Field("Remark", note),),
    )
    column.addWidget(Label("Person", "section"))
    for fields in rows:
        line_of_fields = QHBoxLayout()
        line_of_fields.setSpacing(16)
        for one in fields:
            line_of_fields.addWidget(one, 1)
        column.addLayout(line_of_fields)
    column.addWidget(line())
    column.addWidget(Label("Willingness", "section"))
    column.addWidget(told)
    column.addWidget(agreed)
    column.addStretch(1)
    return box


def parts_page() -> QWidget:
    page = Page("Parts", "Badges, buttons, states")
    segments = Segments("Show", (("rooms", "Rooms"), ("interviewers", "Interviewers")))
    page.header.add(IconButton("Earlier", "caret-left"))
    page.header.add(segments)
    row = QHBoxLayout()
    for level in Level:
        row.addWidget(SeverityBadge(level))
    row.addWidget(SeverityBadge(Level.STOP, "30 min overlap"))
    row.addWidget(SeverityBadge(Level.NOTE, "Same letters after folding"))
    row.addStretch(1)
    page.body.addLayout(row)
    buttons = QHBoxLayout()
    for kind in ("plain", "primary", "danger", "quiet"):
        buttons.addWidget(Button(kind.title(), kind, icon="plus"))
        off = Button(kind.title(), kind, icon="plus")
        off.setEnabled(False)
        buttons.addWidget(off)
    buttons.addStretch(1)
    page.body.addLayout(buttons)
    for level in (Level.STOP, Level.CHECK, Level.NOTE, Level.CLEAR):
        strip = MessageStrip()
        page.body.addWidget(strip)
        strip.say(level, "One sentence that says what happened.", action="Do")
    states = QHBoxLayout()
    empty, failed, filtered = States(QWidget()), States(QWidget()), States(QWidget())
    empty.show_empty(
        "No debriefs yet", "Planned debriefs of the day will stand here.", action="New debrief"
    )
    failed.show_failed(
        "The list could not be read",
        "Nothing was changed. Try again in a moment.",
        action="Try again",
    )
    filtered.show_filtered(lambda: None)
    for state in (empty, failed, filtered):
        states.addWidget(state)
    page.body.addLayout(states, 1)
    window = desk(page)
    Toast(window, "Debrief moved to Room 5, 16:35.", lambda: None).show()
    return window


def london(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


def block(*fields: Any) -> BoardBlock:
    key, row, start, length, title, lead, agency, level = (*fields, None)[:8]
    begin = london(*start)
    return BoardBlock(
        key, row, begin, begin + timedelta(minutes=length), title, lead, agency, "", level
    )


ROWS = (
    BoardRow("1", "Room 1", "Ground floor · 4 seats"), BoardRow("2", "Room 2", "Ground floor · 4 seats"),
    BoardRow("3", "Room 3", "Step-free · hearing loop"), BoardRow("4", "Room 4", "First floor · quiet"),
    BoardRow("5", "Room 5", "First floor · 6 seats", ((london(17), london(20)),)),
    BoardRow("f", "Family room", "Step-free · play area"), BoardRow("a", "Remote booth A", "Video interpreter"),
    BoardRow("b", "Remote booth B", "Video interpreter"),
)  # fmt: skip
BLOCKS = (
    block("1", "1", (13, 30), 75, "Hawar Karim هاوار", "J. Okafor", 1, Level.STOP),
    block("2", "1", (14, 15), 60, "Selam Tesfay", "R. Whitlock", 2, Level.STOP),
    block("3", "1", (16, 0), 60, "Nguyễn Thị Hoa", "K. Mensah", 0),
    block("4", "2", (9, 0), 60, "Daniel Ghebre", "P. Lindqvist", 2),
    block("5", "2", (10, 30), 90, "عبد الرحمن محمد الحسن", "S. Achterberg", 0, Level.NOTE),
    block("6", "2", (15, 0), 90, "Ahmad Rahimi", "J. Okafor", 1, Level.CHECK),
    block("7", "3", (11, 0), 60, "Mina Safi", "A. Farouk", 1),
    block("8", "3", (13, 15), 90, "Yusuf Osman", "T. Brennan", 3, Level.CHECK),
    block("9", "3", (17, 0), 60, "Bereket Haile", "P. Lindqvist", 2),
    block("10", "4", (9, 30), 90, "Rojin Amedi", "M. Castellanos", 0),
    block("11", "4", (14, 0), 60, "Omar Saleh", "S. Achterberg", 0),
    block("12", "4", (16, 30), 60, "Tran Van Duc Anh", "H. Ivanova", 3, Level.NOTE),
    block("13", "5", (12, 30), 75, "Kidane Abraha", "R. Whitlock", 2),
    block("14", "5", (15, 30), 60, "Idris Nuru", "K. Mensah", 0),
    block("15", "f", (10, 0), 90, "Layla Hassan + 2", "M. Castellanos", 0),
    block("16", "f", (13, 45), 60, "Parwana Stanekzai", "A. Farouk", 1),
    block("17", "a", (11, 30), 45, "Ali Reza Moradi", "H. Ivanova", 3),
    block("18", "a", (14, 30), 60, "Zana Qadir", "J. Okafor", 1, Level.CHECK),
    block("19", "b", (9, 15), 60, "Gjergj Leka", "T. Brennan", 3),
    block("20", "b", (13, 0), 60, "Tsegay Weldu", "P. Lindqvist", 2),
)  # fmt: skip


def board_page() -> QWidget:
    page = Page("Board", "Monday 23 November 2026 · 23 debriefs · 8 rooms")
    for text, icon in (("Earlier", "caret-left"), ("", ""), ("Later", "caret-right")):
        page.header.add(IconButton(text, icon) if icon else Button("Today"))
    page.header.add(Segments("Show", (("rooms", "Rooms"), ("people", "Interviewers"))))
    page.header.add_action("Print roster")
    page.header.add_action("New debrief", "primary")
    board = Board("Rooms by time", date(2026, 11, 23))
    board.set_rows(ROWS, BLOCKS)
    board.set_now(london(14, 8))
    page.body.addWidget(board)
    foot = QHBoxLayout()
    legend = Legend("Agencies")
    legend.set_entries(
        [
            LegendEntry(at, name)
            for at, name in enumerate(
                ("Border team", "Regional crime unit", "National agency", "Enforcement")
            )
        ]
    )
    foot.addWidget(legend, 1)
    foot.addWidget(SeverityBadge(Level.STOP, "1 overlap"))
    foot.addWidget(SeverityBadge(Level.CHECK, "3 checks"))
    foot.addWidget(Label("Move: drag, or Alt + arrow keys. Undo: Ctrl+Z", "label"))
    page.body.addLayout(foot)
    window = desk(page)

    def settle() -> None:
        board.scroll_to(london(11, 50))
        board.choose("8")
        board._set_ghost(ghost_of(board.placed("8").block).shifted(200).on("5"))

    window.settle = settle  # type: ignore[attr-defined]
    return window


QUEUE = (
    Entry("1", "Hawar Karim", "Regional crime unit / Border team", Level.STOP, corner="26 min"),
    Entry("2", "Selam Tesfay", "Border team / National agency", Level.STOP, corner="11 min"),
    Entry("3", "Ahmad Rahimi or Ahmed Rahemi", "Possible same person", Level.CHECK, corner="9 min"),
    Entry("4", "Zana Qadir", "Second approach in 48 h", Level.CHECK, corner="2 min"),
)
SECTIONS = (
    EvidenceSection("Is it the same person?", (
        ComparedRow("Name as given", "Hawar Karim", "Hawar Kareem", "Spelling", Level.NOTE, ((9, 10),), ((9, 11),)),
        ComparedRow("Own script", "هاوار کەریم", "هاوار كريم", "Same letters after folding", Level.NOTE),
        ComparedRow("Wristband", "W-20261123-118", "W-20261123-118", "Identical", Level.CLEAR, fixed=True),
        ComparedRow("Born", "1998", "12 Mar 1998", "Year agrees", Level.NOTE, (), ((0, 6),), fixed=True),
        ComparedRow("Language", "Kurdish (Sorani)", "Arabic", "Differs", Level.CHECK),
        ComparedRow("Arrived with", "Boat 7, 04:10", "Boat 7, 04:10", "Identical", Level.CLEAR),
    )),
    EvidenceSection("Do the plans clash?", (
        ComparedRow("When", "13:30 to 14:45", "14:15 to 15:15", "30 min overlap", Level.STOP, ((9, 14),), ((0, 5),), fixed=True),
        ComparedRow("Room", "Room 1", "Room 1", "Double booked", Level.STOP),
        ComparedRow("Purpose", "Route and boat loading", "Organisers at departure beach", "Could be joined", Level.NOTE),
        ComparedRow("Lead", "J. Okafor, level 2", "<b>R. Whitlock</b>, level 3"),
        ComparedRow("Registered", "13:41 by N. Adeyemi", "13:15 by L. Duarte", "B was first"),
    )),
)  # fmt: skip


def review_page() -> QWidget:
    page = Page(
        "Conflicts", "4 open · oldest waiting 26 min", search="Find person, reference, room…"
    )
    row = QHBoxLayout()
    row.setSpacing(12)
    queue = Listing("Open conflicts")
    queue.setFixedWidth(style.px(276))
    queue.set_entries(QUEUE)
    queue.choose("1")
    row.addWidget(queue)
    right = QVBoxLayout()
    right.setSpacing(12)
    strip = MessageStrip()
    right.addWidget(strip)
    strip.say(Level.STOP, "Same person, two agencies, overlapping by 30 minutes.")
    box = card()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(20, 16, 20, 16)
    view = CompareView("Both records")
    view.show_records(
        Side(
            "A",
            "Regional crime unit",
            "DD-2611-0417 · draft, registered 13:41",
            Level.NOTE,
            "Second",
        ),
        Side("B", "Border team", "DD-2611-0409 · planned, registered 13:15", Level.CLEAR, "First"),
        SECTIONS,
    )
    inside.addWidget(view)
    right.addWidget(box)
    right.addStretch(1)
    row.addLayout(right, 1)
    page.body.addLayout(row)
    page.add_to_foot(TextEntry("Reason (kept in the record)"), 1)
    for text, kind in (
        ("Not the same person", "plain"),
        ("Keep A", "plain"),
        ("Keep B", "plain"),
        ("Join into one debrief", "primary"),
    ):
        page.add_to_foot(Button(text, kind))
    window = desk(page)
    window.settle = queue.setFocus  # type: ignore[attr-defined]
    return window


def more_page() -> QWidget:
    page = Page("More parts", "Waterfall, busy bar, palette, keys")
    box = card()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(20, 16, 20, 16)
    picture = Waterfall("How the evidence adds up")
    picture.set_weights(
        (
            Weight("Same wristband", 5.2, "strong"), Weight("Name", 2.4, "spelling only"),
            Weight("Language", -1.4, "differs"), Weight("Year of birth", 0.9, "agrees"),
        ),
        (Threshold(2.5, "possible"), Threshold(4.5, "probable"), Threshold(6.5, "near-certain")),
    )  # fmt: skip
    inside.addWidget(picture)
    page.body.addWidget(box)
    busy = BusyBar()
    page.body.addWidget(busy)
    page.body.addStretch(1)
    busy.start("Reading nca-planned.xlsx, row 812 of 1,305", lambda: None)
    busy.progress(812, 1305)
    busy._show_bar()
    busy._show_cancel()
    window = desk(page)
    palette = Palette(window)
    palette.set_commands((
        Entry("new", "New debrief", "Ctrl+N", icon="plus"), Entry("board", "Go to the board", "Ctrl+6", icon="calendar-blank"),
        Entry("roster", "Print the roster of today", icon="printer"),
    ))  # fmt: skip

    def settle() -> None:
        palette.open()
        palette.set_found(
            "", (Entry("p1", "Hawar Karim", "DD-2611-0417 · band W-118", icon="users"),)
        )

    window.settle = settle  # type: ignore[attr-defined]
    return window


def keys_page() -> QWidget:
    window = QWidget()
    window.sidebar = Sidebar("x", "", PLACES)  # type: ignore[attr-defined]
    help_ = KeyHelp(window, (
        KeyGroup("Everywhere", (("Ctrl+1 Ctrl+9", "Places in the sidebar"), ("Ctrl+N", "New debrief"), ("Ctrl+K", "Find or run"), ("F6", "Next part of the window"))),
        KeyGroup("Form", (("Ctrl+S", "Save draft"), ("Ctrl+Enter", "Register"), ("Alt+1 Alt+4", "Jump to a live check"))),
        KeyGroup("Board", (("Alt+arrows", "Move a plan by 5 minutes or a row"), ("T", "Now"), ("Enter", "Open"))),
    ))  # fmt: skip
    question = Question(
        window,
        "Cancel this debrief?",
        "The room and both interviewers become free. The record keeps the plan and your reason.",
        (Choice("yes", "Cancel the debrief", "danger"),),
        lambda *_: None,
        reason="Reason",
    )
    failure = FailureBox(
        window,
        "The desk is open elsewhere",
        "Nothing was changed. Close it on the other computer, then try again.",
        "code desk-in-use",
    )
    row = QVBoxLayout(window)
    for dialog in (help_, question, failure):
        dialog.setWindowFlags(Qt.WindowType.Widget)
        row.addWidget(dialog)
        dialog.show()
    return window


PAGES = {
    "review": review_page,
    "more": more_page,
    "keys": keys_page,
    "board": board_page,
    "table": table_page,
    "form": form_page,
    "parts": parts_page,
}


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    only = sys.argv[2:] or list(PAGES)
    app = QApplication([])
    variants = (
        ("light", Theme.LIGHT, 1.0, Qt.LayoutDirection.LeftToRight),
        ("dark", Theme.DARK, 1.0, Qt.LayoutDirection.LeftToRight),
        ("turned", Theme.LIGHT, 1.0, Qt.LayoutDirection.RightToLeft),
        ("large", Theme.LIGHT, 1.3, Qt.LayoutDirection.LeftToRight),
    )
    for variant, theme, scale, order in variants:
        style.apply_theme(app, theme, scale)
        app.setLayoutDirection(order)
        for name in only:
            window = PAGES[name]()
            width, height = (1440, 900) if app.devicePixelRatio() < 1.2 else (1280, 680)
            window.resize(width, height)
            window.sidebar.fit(width)  # type: ignore[attr-defined]
            window.show()
            app.processEvents()
            if hasattr(window, "settle"):
                window.settle()
            app.processEvents()
            window.grab().save(str(folder / f"{name}-{variant}-{app.devicePixelRatio()}.png"))
            window.close()


if __name__ == "__main__":
    main()
