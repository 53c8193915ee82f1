"""Draw every part into pictures, for people to look at: `python tests/ui/gallery.py FOLDER`.

Run it with QT_QPA_PLATFORM=offscreen, and with QT_SCALE_FACTOR=1.5 for a denser screen.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button, IconButton, Segments
from debrief_desk.ui.parts.cards import Action, Card, CardPanel
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
from debrief_desk.ui.parts.messages import MessageStrip, Toast
from debrief_desk.ui.parts.page import Page
from debrief_desk.ui.parts.sidebar import Place, Sidebar
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
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
    row.addWidget(form_card(), 1)
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


PAGES = {"table": table_page, "form": form_page, "parts": parts_page}


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    only = sys.argv[2:] or list(PAGES)
    app = QApplication([])
    for theme in (Theme.LIGHT, Theme.DARK):
        style.apply_theme(app, theme)
        for name in only:
            window = PAGES[name]()
            width, height = (1440, 900) if app.devicePixelRatio() < 1.2 else (1280, 680)
            window.resize(width, height)
            window.sidebar.fit(width)  # type: ignore[attr-defined]
            window.show()
            app.processEvents()
            app.processEvents()
            window.grab().save(str(folder / f"{name}-{theme}-{app.devicePixelRatio()}.png"))
            window.close()


if __name__ == "__main__":
    main()
