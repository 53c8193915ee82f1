"""Cards, messages, sidebar, page, states, listing, palette, keys and busy bar do what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from debrief_desk.rules.severity import Level
from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge, badge_size, word
from debrief_desk.ui.parts.busy import BAR_MS, CANCEL_MS, BusyBar
from debrief_desk.ui.parts.buttons import IconButton, Segments
from debrief_desk.ui.parts.cards import Action, Card, CardPanel
from debrief_desk.ui.parts.labels import ElidedLabel
from debrief_desk.ui.parts.legend import Legend, LegendEntry
from debrief_desk.ui.parts.listing import Entry, EntryModel, Listing
from debrief_desk.ui.parts.messages import TOAST_MS, Choice, MessageStrip, Toast, ask, fail, toast
from debrief_desk.ui.parts.page import Page
from debrief_desk.ui.parts.palette import Palette, matching
from debrief_desk.ui.parts.shortcuts import KeyGroup, KeyHelp
from debrief_desk.ui.parts.sidebar import Place, PlaceModel, Sidebar
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.waterfall import Threshold, Waterfall, Weight
from debrief_desk.ui.tokens import TEXT_SIZES, Theme

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

PLACES = (Place("today", "Today", "sun-horizon"), Place("conflicts", "Conflicts", "warning-circle"), Place("log", "Log", "clock-counter-clockwise", gap=True))  # fmt: skip
STOP = Card("a", Level.STOP, "Planned by another agency", "Today 14:15 in Room 1. " * 6, "D-1", (Action("compare", "Compare"), Action("joint", "Propose joint debrief")))  # fmt: skip
NOTE = Card("b", Level.NOTE, "Interpreter on video only")
ENTRIES = (Entry("1", "Hawar Karim", "Border team", Level.STOP, corner="26 min"), Entry("2", "Selam Tesfay", level=Level.CHECK), Entry("3", "Zana Qadir"))  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    window.resize(900, 600)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def test_the_models_keep_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    places, entries = PlaceModel(PLACES), EntryModel()
    for model in (places, entries):
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt says no types here
    places.set_count("conflicts", 4, Level.STOP)
    entries.set_entries(ENTRIES)
    entries.set_entries(ENTRIES[:1])


@pytest.mark.parametrize("scale", TEXT_SIZES)
def test_a_badge_has_room_for_its_word_at_every_text_size(
    dressed: QApplication, qtbot: QtBot, scale: float
) -> None:
    style.apply_theme(dressed, Theme.LIGHT, scale)
    for level in Level:
        badge = SeverityBadge(level)
        qtbot.addWidget(badge)
        assert badge.sizeHint() == badge_size(word(level))
        assert badge.accessibleName() == word(level)
    badge = SeverityBadge(Level.STOP, "30 min overlap")
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "Stop: 30 min overlap"


def test_the_four_levels_are_drawn_differently_without_colour(qtbot: QtBot) -> None:
    pictures = set()
    for level in Level:
        badge = SeverityBadge(level, "x")
        qtbot.addWidget(badge)
        badge.resize(40, 20)
        picture = badge.grab().toImage()
        pictures.add(
            tuple(
                picture.pixelColor(x, y).lightness() > 128 for x in range(4, 20) for y in range(20)
            )
        )
    assert len(pictures) == 4


def test_a_card_grows_with_its_words_and_none_is_cut(dressed: QApplication, qtbot: QtBot) -> None:
    panel = CardPanel("Live checks")
    qtbot.addWidget(panel)
    panel.resize(320, 500)
    panel.set_cards([STOP, NOTE])
    panel.show()
    card = panel.cards()[0]
    for label in card.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())
    narrow = card.height()
    panel.resize(640, 500)
    dressed.processEvents()
    assert card.height() < narrow


def test_equal_cards_stay_and_others_go(qtbot: QtBot) -> None:
    panel = CardPanel("Live checks", empty="Nothing found.")
    qtbot.addWidget(panel)
    panel.set_cards([STOP, NOTE])
    kept = panel.cards()[1]
    panel.set_cards([NOTE])
    assert panel.cards() == (kept,)
    panel.set_cards([])
    assert panel.cards() == ()


def test_the_nth_card_takes_focus_and_enter_does_its_first_action(
    window: QMainWindow, qtbot: QtBot
) -> None:
    panel = CardPanel("Live checks")
    window.setCentralWidget(panel)
    panel.set_cards([NOTE, STOP])
    dressed_events(window)
    assert panel.focus_card(2)
    assert panel.cards()[1].hasFocus()
    assert not panel.focus_card(3)
    with qtbot.waitSignal(panel.acted) as heard:
        QTest.keyClick(panel.cards()[1], Qt.Key.Key_Return)
    assert heard.args == ["a", "compare"]
    assert panel.cards()[1].accessibleName() == "Stop: Planned by another agency"


def dressed_events(_window: QWidget) -> None:
    QApplication.processEvents()


def test_a_strip_says_one_sentence_with_its_level(qtbot: QtBot) -> None:
    done: list[str] = []
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.say(Level.CHECK, "3 rows are parked.", action="Look", do=lambda: done.append("look"))
    assert strip.accessibleName() == "Check: 3 rows are parked."
    strip.action.click()
    assert done == ["look"]
    strip.close_button.click()
    assert not strip.isVisible()


def test_a_question_does_not_block_and_answers_by_callback(
    window: QMainWindow,
) -> None:
    answers: list[tuple[str, str]] = []
    question = ask(window, "Cancel it?", "The room becomes free.", (Choice("yes", "Cancel the debrief", "danger"),), lambda key, why: answers.append((key, why)), reason="Reason")  # fmt: skip
    assert question.isVisible()
    assert answers == []
    question.buttons["yes"].click()
    assert answers == []
    assert question.isVisible()
    question.reason.set_value(" moved to another site ")
    question.buttons["yes"].click()
    assert answers == [("yes", "moved to another site")]


def test_escape_answers_nothing(window: QMainWindow, qtbot: QtBot) -> None:
    answers: list[str] = []
    question = ask(
        window, "Sure?", "", (Choice("yes", "Yes"),), lambda key, _why: answers.append(key)
    )
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert answers == []
    qtbot.waitUntil(lambda: not question.isVisible())


def test_a_failure_can_be_copied(window: QMainWindow) -> None:
    box = fail(window, "The desk is open elsewhere", "Nothing was changed.", "code desk-in-use")
    box.copy_button.click()
    assert QApplication.clipboard().text() == "code desk-in-use"
    box.close_button.click()


def test_a_toast_offers_undo_and_goes_by_itself(window: QMainWindow) -> None:
    undone: list[bool] = []
    first = toast(window, "Moved.")
    second = toast(window, "Moved again.", lambda: undone.append(True))
    assert not first.isVisible()
    assert second.timer.interval() == TOAST_MS == 6000
    assert second.timer.isActive()
    second.undo_button.click()
    assert undone == [True]
    third = toast(window, "Saved.")
    third.timer.timeout.emit()
    assert not third.isVisible()


def test_a_toast_in_use_stays(window: QMainWindow) -> None:
    shown = Toast(window, "Moved.", lambda: None)
    shown.show()
    shown.undo_button.setFocus()
    shown.timer.timeout.emit()
    assert shown.isVisible()
    assert shown.timer.isActive()


def test_the_sidebar_announces_a_place_by_click_and_key(window: QMainWindow) -> None:
    sidebar = Sidebar("Desk", "Day shift", PLACES)
    window.setCentralWidget(sidebar)
    heard: list[str] = []
    sidebar.chosen.connect(heard.append)
    sidebar.list.setFocus()
    QTest.keyClick(sidebar.list, Qt.Key.Key_Down)
    assert heard == []
    QTest.keyClick(sidebar.list, Qt.Key.Key_Return)
    sidebar.list.clicked.emit(sidebar.places.index(2))
    sidebar.list.clicked.emit(sidebar.places.index(2))
    assert heard == ["conflicts", "log"]
    assert sidebar.current() == "log"


def test_the_sidebar_says_what_waits_and_becomes_a_rail(qtbot: QtBot) -> None:
    sidebar = Sidebar("Desk", "Day shift", PLACES)
    qtbot.addWidget(sidebar)
    sidebar.set_count("conflicts", 4, Level.STOP)
    spoken = sidebar.places.data(sidebar.places.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Conflicts, 4 Stop"
    sidebar.fit(1440)
    assert (sidebar.width(), sidebar.is_rail()) == (208, False)
    sidebar.fit(1280)
    assert (sidebar.width(), sidebar.is_rail()) == (60, True)


def test_a_search_waits_for_a_pause_and_escape_empties_it(qtbot: QtBot) -> None:
    page = Page("People", search="Find person, reference, room…")
    qtbot.addWidget(page)
    heard: list[str] = []
    page.header.searched.connect(heard.append)
    field = page.header.search
    QTest.keyClicks(field, "haw")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["haw"])
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["haw", ""]
    assert field.accessibleName() == "Find person, reference, room"


def test_a_page_shows_its_foot_when_there_is_something_in_it(qtbot: QtBot) -> None:
    page = Page("Board", "Monday")
    qtbot.addWidget(page)
    page.show()
    assert not page.foot.isVisible()
    button = page.header.add_action("New debrief", "primary", icon="plus")
    page.add_to_foot(QLabel("x"))
    assert page.foot.isVisible()
    assert not button.icon().isNull()


def test_each_state_says_why_there_is_nothing_and_what_to_do(qtbot: QtBot) -> None:
    content, done = QWidget(), []
    states = States(content)
    qtbot.addWidget(states)
    states.show()
    states.show_filtered(lambda: done.append("cleared"))
    states.action.click()
    states.show_empty(
        "No debriefs yet",
        "They will stand here.",
        action="New debrief",
        do=lambda: done.append("new"),
    )
    states.action.click()
    states.show_loading()
    assert not states.action.isVisible()
    states.show_failed("Could not be read", "Nothing was changed.")
    assert states.text.text() == "Nothing was changed."
    states.show_locked("Only for auditors", "Ask an administrator.")
    states.show_content()
    assert states.currentWidget() is content
    assert done == ["cleared", "new"]


def test_a_listing_goes_by_j_and_k_and_keeps_what_is_chosen(qtbot: QtBot) -> None:
    listing = Listing("Open conflicts")
    qtbot.addWidget(listing)
    listing.set_entries(ENTRIES)
    heard: list[object] = []
    opened: list[str] = []
    listing.chosen.connect(heard.append)
    listing.opened.connect(opened.append)
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K):
        QTest.keyClick(listing, key)
    listing.set_entries(ENTRIES[::-1])
    QTest.keyClick(listing, Qt.Key.Key_Return)
    assert heard == ["1", "2", "3", "2"]
    assert opened == ["2"]
    assert (
        listing.entries.data(listing.entries.index(2)) == "Stop, Hawar Karim, Border team, 26 min"
    )


def test_the_palette_finds_commands_by_the_beginnings_of_words() -> None:
    commands = [
        Entry("new", "New debrief"),
        Entry("print", "Print the roster"),
        Entry("board", "Go to the board"),
    ]
    assert [entry.key for entry in matching("ro", commands)] == ["print"]
    assert [entry.key for entry in matching("the bo", commands)] == ["board"]
    assert [entry.key for entry in matching("", commands)] == ["new", "print", "board"]
    assert matching("xyz", commands) == []


def test_the_palette_runs_by_keys_and_gives_the_focus_back(
    window: QMainWindow, qtbot: QtBot
) -> None:
    before = QWidget()
    window.setCentralWidget(before)
    QApplication.processEvents()
    before.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    before.setFocus()
    palette = Palette(window)
    palette.set_commands([Entry("new", "New debrief"), Entry("board", "Go to the board")])
    heard: list[str] = []
    palette.ran.connect(heard.append)
    palette.open()
    assert palette.edit.hasFocus()
    QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert heard == ["board"]
    assert before.hasFocus()
    palette.open()
    with qtbot.waitSignal(palette.typed) as typed:
        QTest.keyClicks(palette.edit, "haw")
    assert typed.args == ["haw"]
    palette.set_found("ha", [Entry("old", "An older answer")])
    palette.set_found("haw", [Entry("p1", "Hawar Karim")])
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert heard == ["board", "p1"]
    palette.open()
    QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_busy_bar_comes_late_and_cancel_later(qtbot: QtBot) -> None:
    bar, cancelled = BusyBar(), []
    qtbot.addWidget(bar)
    bar.start("Reading the file", lambda: cancelled.append(True))
    assert not bar.isVisible()
    assert (
        (bar.bar_timer.interval(), bar.cancel_timer.interval())
        == (BAR_MS, CANCEL_MS)
        == (300, 1000)
    )
    bar.bar_timer.timeout.emit()
    assert bar.isVisible()
    assert not bar.cancel_button.isVisible()
    bar.cancel_timer.timeout.emit()
    bar.progress(3, 9)
    assert (bar.bar.value(), bar.bar.maximum()) == (3, 9)
    bar.cancel_button.click()
    assert cancelled == [True]
    assert not bar.cancel_button.isEnabled()
    bar.stop()
    assert not bar.isVisible()
    assert not bar.bar_timer.isActive()


def test_the_waterfall_adds_up_and_says_so(qtbot: QtBot) -> None:
    picture = Waterfall("How it adds up")
    qtbot.addWidget(picture)
    picture.set_weights([Weight("Band", 5.0, "same"), Weight("Language", -1.5, "differs")], [Threshold(2.0, "possible")])  # fmt: skip
    assert picture.steps() == ((0.0, 5.0), (5.0, 3.5))
    assert (
        picture.accessibleDescription() == "Band: speaks for same; Language: speaks against differs"
    )
    assert not picture.grab().isNull()
    picture.set_weights([])
    assert not picture.grab().isNull()


def test_the_list_of_keys_shows_every_key(window: QMainWindow) -> None:
    groups = (
        KeyGroup("Board", (("T", "Now"), ("Alt+arrows", "Move"))),
        KeyGroup("Form", (("Ctrl+S", "Save"),)),
    )
    help_ = KeyHelp(window, groups)
    help_.open()
    texts = {label.text().strip("\u2066\u2069") for label in help_.findChildren(QLabel)}
    assert {"T", "Alt+arrows", "Ctrl+S", "Now", "Move", "Save"} <= texts
    help_.close()


def test_one_of_the_segments_is_chosen(qtbot: QtBot) -> None:
    segments = Segments("Show", (("rooms", "Rooms"), ("people", "Interviewers")))
    qtbot.addWidget(segments)
    assert segments.choice() == "rooms"
    with qtbot.assertNotEmitted(segments.chosen):
        segments.choose("people")
    assert segments.choice() == "people"
    with qtbot.waitSignal(segments.chosen) as heard:
        segments._buttons["rooms"].click()
    assert heard.args == ["rooms"]


def test_a_shortened_label_tells_the_whole_as_its_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("A very long name that has no room at all")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "A very long name" in label.toolTip()
    label.resize(600, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 60


def test_a_legend_names_the_agencies(qtbot: QtBot) -> None:
    legend = Legend("Agencies")
    qtbot.addWidget(legend)
    legend.set_entries([LegendEntry(0, "Border team", "BT"), LegendEntry(1, "Crime unit")])
    assert legend.accessibleDescription() == "BT Border team, Crime unit"
    assert legend.sizeHint().width() > 150
    assert not legend.grab().isNull()


def test_an_icon_button_says_what_it_does(qtbot: QtBot) -> None:
    button = IconButton("Earlier", "caret-left")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "Earlier"
    assert button.size().expandedTo(QSize(24, 24)) == button.size()
