"""Whatever takes the focus has a name that is read out, and an object name to be found by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QMainWindow,
    QScrollBar,
    QWidget,
)

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.board import Board, BoardBlock, BoardRow
from debrief_desk.ui.parts.busy import BusyBar
from debrief_desk.ui.parts.buttons import Button, IconButton, Segments
from debrief_desk.ui.parts.cards import Action, Card, CardPanel
from debrief_desk.ui.parts.compare import CompareView
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
from debrief_desk.ui.parts.listing import Listing
from debrief_desk.ui.parts.messages import Choice, FailureBox, MessageStrip, Question, Toast
from debrief_desk.ui.parts.page import Page
from debrief_desk.ui.parts.palette import Palette
from debrief_desk.ui.parts.shortcuts import KeyGroup, KeyHelp
from debrief_desk.ui.parts.sidebar import Place, Sidebar
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.parts.waterfall import Waterfall

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def everything(window: QMainWindow) -> list[QWidget]:
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    board = Board("Rooms by time", date(2026, 11, 23))
    board.set_rows(
        [BoardRow("1", "Room 1")],
        [BoardBlock("a", "1", start, start + timedelta(hours=1), "Hawar")],
    )
    panel = CardPanel("Live checks")
    panel.set_cards([Card("a", Level.STOP, "Title", "Body", "", (Action("x", "Compare"),))])
    editors = (TextEntry(), ScriptEntry(), NoteEntry(), DateEntry(), TimeEntry(), QuickTimeEntry(), ChoiceEntry(), ChoiceEntry(searchable=True))  # fmt: skip
    return [
        board, panel, BusyBar(), Button("New"), IconButton("Earlier", "caret-left"),
        Segments("Show", (("a", "A"), ("b", "B"))), CompareView("Both"), CheckEntry("Told"),
        Listing("Open"), MessageStrip(window), Page("Board", search="Find"), Palette(window),
        Question(window, "Sure?", "", (Choice("y", "Yes"),), lambda *_: None, reason="Reason"),
        FailureBox(window, "Title", "Text", "Details"), Toast(window, "Done", lambda: None),
        KeyHelp(window, (KeyGroup("Board", (("T", "Now"),)),)), Sidebar("Desk", "", (Place("a", "A", "users"),)),
        States(QWidget()), Table("Debriefs", (Column[str]("A", str),), str), Waterfall("Weights"),
        *(Field("Name", editor) for editor in editors),
    ]  # fmt: skip


def is_inside_an_editor(widget: QWidget) -> bool:
    return widget.focusProxy() is not None or widget.objectName().startswith("qt_")


def has_name(widget: QWidget) -> bool:
    if widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()):
        return True
    labels = widget.window().findChildren(QLabel)
    return any(label.buddy() is widget for label in labels)


def test_every_widget_that_takes_the_focus_has_a_name(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    nameless, seen = [], 0
    for part in everything(window):
        qtbot.addWidget(part)
        for widget in (part, *part.findChildren(QWidget)):
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if (
                not takes
                or isinstance(widget, QScrollBar)
                or is_inside_an_editor(widget)
                or (widget.isHidden() and widget is not part)
            ):
                continue
            seen += 1
            if not has_name(widget):
                nameless.append((type(part).__name__, type(widget).__name__, widget.objectName()))
    assert seen > 25
    assert nameless == []


def test_the_object_name_of_a_part_is_that_of_its_attribute(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    for part in everything(window):
        qtbot.addWidget(part)
        for name, child in vars(part).items():
            if isinstance(part, Field) or not isinstance(child, QWidget) or child is window:
                continue  # the editor of a field belongs to the screen, which names it
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert child.objectName() == name.lstrip("_"), (type(part).__name__, name)
