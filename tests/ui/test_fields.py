"""What is typed is what is meant; what is wrong is said beside it."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

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
    read_clock,
)
from debrief_desk.ui.parts.labels import direction

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LANGUAGES = [
    ("ckb", "Kurdish (Sorani)"),
    ("ar", "Arabic"),
    ("ti", "Tigrinya"),
    ("arz", "Arabic (Egypt)"),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("9", time(9)), ("930", time(9, 30)), ("0930", time(9, 30)), ("9.30", time(9, 30)), ("9:5", None), ("13:30", time(13, 30)), ("13h30", time(13, 30)), (" 7 ", time(7)), ("24", None), ("2560", None), ("25:00", None), ("", None), ("noon", None), ("12345", None), ("0", time(0)), ("2359", time(23, 59))],
)  # fmt: skip
def test_a_time_typed_in_a_hurry_is_read_as_meant(typed: str, meant: time | None) -> None:
    assert read_clock(typed) == meant


@given(st.times())
@settings(deadline=None)
def test_every_time_is_read_back_as_it_is_written(moment: time) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert read_clock(f"{moment:%H:%M}") == read_clock(f"{moment:%H%M}") == moment


def test_a_quick_time_is_written_out_when_it_is_left(qtbot: QtBot) -> None:
    entry = QuickTimeEntry()
    qtbot.addWidget(entry)
    QTest.keyClicks(entry, "930")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert entry.text() == "09:30"
    entry.set_clock(None)
    assert entry.clock() is None


def test_a_date_may_be_left_open_only_where_that_is_allowed(qtbot: QtBot) -> None:
    entry = DateEntry(optional=True)
    qtbot.addWidget(entry)
    assert entry.value() is None
    assert entry.text() == "Not set"
    entry.set_value(date(2026, 11, 23))
    assert entry.value() == date(2026, 11, 23)
    assert entry.text() == "Mon 23 Nov 2026"
    entry.set_value(None)
    assert entry.value() is None


def test_every_editor_gives_back_its_value_and_says_when_it_changes(qtbot: QtBot) -> None:
    cases = (
        (TextEntry(), "Hawar"), (NoteEntry(), "two\nlines"), (DateEntry(), date(2026, 11, 23)), (TimeEntry(), time(13, 30)),
        (ChoiceEntry(LANGUAGES), "ar"), (CheckEntry("Told"), True), (ScriptEntry(), "هاوار"),
    )  # fmt: skip
    for editor, value in cases:
        qtbot.addWidget(editor)
        with qtbot.waitSignal(editor.changed):
            editor.set_value(value)  # type: ignore[arg-type]
        assert editor.value() == value


def test_a_name_in_its_own_script_runs_as_its_first_strong_letter(qtbot: QtBot) -> None:
    entry = ScriptEntry()
    qtbot.addWidget(entry)
    for text, order in (
        ("12 هاوار", Qt.LayoutDirection.RightToLeft),
        ("ሰላም", Qt.LayoutDirection.LeftToRight),
        ("", Qt.LayoutDirection.LeftToRight),
    ):
        entry.set_value(text)
        assert entry.layoutDirection() == order
        assert direction(text) == order


def test_a_searchable_choice_takes_what_fits_and_drops_what_does_not(qtbot: QtBot) -> None:
    entry = ChoiceEntry(LANGUAGES, searchable=True)
    qtbot.addWidget(entry)
    for typed, chosen in (
        ("sorani", "ckb"),
        ("arabic", "ar"),
        ("nonsense", "ar"),
        ("egy", "arz"),
        ("", None),
    ):
        entry.setEditText(typed)
        entry.settle()
        assert entry.value() == chosen
    assert entry.currentText() == ""


def test_a_searchable_choice_offers_every_text_that_contains_the_letters(qtbot: QtBot) -> None:
    entry = ChoiceEntry(LANGUAGES, searchable=True)
    qtbot.addWidget(entry)
    completer = entry.completer()
    assert completer is not None
    completer.setCompletionPrefix("egypt")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Arabic (Egypt)"


def test_new_choices_keep_the_chosen_one_and_say_when_it_is_gone(qtbot: QtBot) -> None:
    entry = ChoiceEntry(LANGUAGES)
    qtbot.addWidget(entry)
    entry.set_value("ar")
    with qtbot.assertNotEmitted(entry.changed):
        entry.set_choices(LANGUAGES[1:])
    assert entry.value() == "ar"
    with qtbot.waitSignal(entry.changed):
        entry.set_choices(LANGUAGES[:1])
    assert entry.value() is None


def test_a_field_says_that_it_is_required_and_what_is_wrong(qtbot: QtBot) -> None:
    editor = TextEntry()
    field = Field("Wristband", editor, required=True, hint="As on the band")
    qtbot.addWidget(field)
    field.show()
    assert editor.accessibleName() == "Wristband (required)"
    assert field.label.buddy() is editor
    field.set_error("Somebody else wears this band.")
    assert field.error.isVisible()
    assert editor.accessibleDescription() == "Somebody else wears this band."
    assert field.has_error()
    field.set_error("")
    assert not field.has_error()
    assert field.error.text() == "As on the band"
    interface = QAccessible.queryAccessibleInterface(editor)
    assert interface.text(QAccessible.Text.Name) == "Wristband (required)"


def test_tab_leaves_a_field_of_several_lines() -> None:
    assert NoteEntry().tabChangesFocus()


def test_a_text_has_a_longest_length(qtbot: QtBot) -> None:
    entry = TextEntry(longest=5)
    qtbot.addWidget(entry)
    QTest.keyClicks(entry, "abcdefgh")
    assert entry.value() == "abcde"
