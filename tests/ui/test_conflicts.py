"""The inbox shows a conflict in full, takes an answer by mouse or key, and keeps what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from debrief_desk.actions import conflicts
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.ui.conflicts.screen import ConflictsScreen
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.compare import MarkedLabel
from debrief_desk.ui.parts.weighing import Weighing

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.desk import Desk

pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


@pytest.fixture
def screen(open_page: Callable[..., ConflictsScreen], record_day: Desk) -> ConflictsScreen:
    shown = open_page(ConflictsScreen, record_day, 1100, 700)
    shown.queue.setFocus()
    return shown


def rows(screen: ConflictsScreen, **how: object) -> tuple[ConflictRow, ...]:
    desk = screen.worker.desk
    assert desk is not None
    return desk.read(conflicts.listed, **how)  # type: ignore[arg-type]


def go_to(screen: ConflictsScreen, kind: ConflictKind, severity: str = "") -> ConflictRow:
    """Choose the first open conflict of a kind."""
    row = next(r for r in rows(screen) if r.kind is kind and severity in ("", r.severity))
    assert screen.queue.choose(row.id)
    return row


def stored(screen: ConflictsScreen, conflict_id: str) -> ConflictRow:
    return next(r for r in rows(screen, everything=True) if r.id == conflict_id)


def press(keys: str) -> None:
    """Press letters in whatever has the keyboard."""
    for letter in keys:
        QTest.keyClick(focus(), getattr(Qt.Key, f"Key_{letter}"))


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def answer(text: str) -> None:
    """Write a reason and press Enter."""
    QTest.keyClicks(focus(), text)
    QTest.keyClick(focus(), Qt.Key.Key_Return)


def test_the_queue_shows_every_open_conflict_and_the_first_one_in_full(
    screen: ConflictsScreen,
) -> None:
    waiting = rows(screen)
    assert [entry.key for entry in screen.queue.entries.entries] == [row.id for row in waiting]
    assert screen.queue.key() == waiting[0].id
    assert screen.header.subtitle.text().startswith(f"{len(waiting)} open")


def test_a_possible_person_shows_both_questions_evidence_and_the_picture(
    screen: ConflictsScreen,
) -> None:
    row = go_to(screen, ConflictKind.POSSIBLE_PERSON)
    texts = {label.text() for label in screen.review.findChildren(QLabel)}
    assert {"Is it the same person?", "Do the plans clash?", "Why it may be one person"} <= texts
    assert any("Possibly one person" in text for text in texts)
    for party in row.parties:
        assert any(party.person == label.plain for label in screen.review.findChildren(MarkedLabel))
    weighing = screen.review.findChild(Weighing)
    assert weighing is not None
    assert weighing.picture.steps()
    words = {badge.text for badge in screen.review.findChildren(SeverityBadge)}
    assert words & {"Agrees", "Alike", "Identical"}


def test_only_letters_that_differ_are_marked(screen: ConflictsScreen) -> None:
    go_to(screen, ConflictKind.SAME_PERSON)
    for label in screen.review.findChildren(MarkedLabel):
        for start, end in label._marks:
            assert 0 <= start < end <= len(label.plain)
    same = [m for m in screen.review.findChildren(MarkedLabel) if m.plain in {"M", "F"}]
    assert all(not label._marks for label in same)


def test_differences_only_leaves_out_what_is_equal(screen: ConflictsScreen) -> None:
    go_to(screen, ConflictKind.POSSIBLE_PERSON)
    before = len(screen.review.findChildren(MarkedLabel))
    press("D")
    QApplication.processEvents()
    assert screen.differences_button.isChecked()
    shown = screen.review._inside.findChildren(MarkedLabel)
    assert 0 < len(shown) < before
    pairs = list(zip(shown[::2], shown[1::2], strict=True))
    assert all(left.plain != right.plain for left, right in pairs)


def test_different_needs_a_reason_and_then_goes_to_the_next(screen: ConflictsScreen) -> None:
    row = go_to(screen, ConflictKind.POSSIBLE_PERSON)
    at = screen.queue.currentIndex().row()
    following = rows(screen)[at + 1].id
    press("N")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert "few words" in screen.bar.error.text()
    assert stored(screen, row.id).state is ConflictState.NEW
    answer("brothers, seen together")
    assert not stored(screen, row.id).state.is_open
    assert screen.queue.key() == following
    assert screen.queue.hasFocus()


def test_same_asks_what_becomes_of_the_plans(screen: ConflictsScreen) -> None:
    row = go_to(screen, ConflictKind.SAME_PERSON)
    press("S")
    assert screen.bar.options.hasFocus()
    offered = [screen.bar.options.itemData(n) for n in range(screen.bar.options.count())]
    references = [party.debrief_reference for party in row.parties]
    assert {f"keep:{r}" for r in references} | {f"joint:{r}" for r in references} <= set(offered)
    screen.bar.done_button.click()
    assert "becomes of the plans" in screen.bar.error.text()
    assert stored(screen, row.id).state is ConflictState.NEW


def test_one_key_keeps_the_plan_of_a_side(screen: ConflictsScreen) -> None:
    row = go_to(screen, ConflictKind.SAME_PERSON)
    press("B")
    assert screen.bar.options.value() == f"keep:{row.parties[1].debrief_reference}"
    answer("second team speaks the dialect")
    settled = stored(screen, row.id)
    assert settled.state is ConflictState.DECIDED
    assert [party.state for party in settled.parties] == [
        DebriefState.CANCELLED,
        DebriefState.PLANNED,
    ]


def test_a_hard_finding_has_no_allow_button_and_says_who_can_change_it(
    screen: ConflictsScreen,
) -> None:
    go_to(screen, ConflictKind.DOUBLE_BOOKING, "HARD")
    assert set(screen.bar.buttons) == {"cancel", "wait"}
    assert screen.bar.remark.text().startswith("Nobody can allow this.")
    press("A")
    assert screen.bar.chosen() == ""


def test_what_a_supervisor_may_allow_is_allowed_with_a_reason(screen: ConflictsScreen) -> None:
    row = go_to(screen, ConflictKind.EXPERIENCE, "HARD*")
    press("A")
    assert screen.bar.chosen() == "allow"
    answer("sits beside a tier 3 colleague")
    assert stored(screen, row.id).state is ConflictState.DECIDED


def test_a_conflict_is_taken_given_back_and_set_waiting(screen: ConflictsScreen) -> None:
    row = go_to(screen, ConflictKind.POSSIBLE_PERSON)
    press("T")
    assert stored(screen, row.id).state is ConflictState.TAKEN
    assert "Give back" in screen.take_button.text()
    press("T")
    assert stored(screen, row.id).state is ConflictState.NEW
    press("W")
    answer("Zoll records")
    assert stored(screen, row.id).waiting_for == "Zoll records"
    assert screen.queue.key() != row.id


def test_undo_by_key_opens_the_conflict_again(screen: ConflictsScreen) -> None:
    row = go_to(screen, ConflictKind.POSSIBLE_PERSON)
    press("N")
    answer("seen together")
    QTest.keyClick(focus(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(screen, row.id).state is ConflictState.REOPENED
    assert screen.queue.key() == row.id
    texts = [label.text() for label in screen.review.findChildren(QLabel)]
    assert any("the decision was undone" in text for text in texts)


def test_an_earlier_decision_is_shown_with_its_reason_and_undone_there(
    screen: ConflictsScreen, qtbot: QtBot
) -> None:
    row = go_to(screen, ConflictKind.POSSIBLE_PERSON)
    press("N")
    answer("seen together")
    screen.show_for(row.id)
    assert screen.show_which.choice() == "all"
    assert screen.queue.key() == row.id
    assert any("seen together" in x.text() for x in screen.review.findChildren(QLabel))
    button = screen.review._inside.findChild(Button, "undo_decision")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert stored(screen, row.id).state is ConflictState.REOPENED


def test_filters_ask_by_kind_and_say_when_nothing_fits(screen: ConflictsScreen) -> None:
    screen.kind.set_value("same_person")
    shown = {entry.key for entry in screen.queue.entries.entries}
    assert shown == {r.id for r in rows(screen) if r.kind is ConflictKind.SAME_PERSON}
    screen.kind.set_value("merge")
    assert screen.states.title.text() == "Nothing fits this filter"
    screen.states.action.click()
    assert len(screen.queue.entries.entries) == len(rows(screen))


def test_down_lists_reasons_often_given_and_enter_takes_one(screen: ConflictsScreen) -> None:
    go_to(screen, ConflictKind.POSSIBLE_PERSON)
    press("N")
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    popup = screen.bar.written._completer.popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert screen.bar.written.value() == "Different references"
    assert screen.bar.chosen() == "different"


def test_tab_goes_through_the_page_as_it_is_read(screen: ConflictsScreen) -> None:
    go_to(screen, ConflictKind.POSSIBLE_PERSON)
    press("N")
    screen.queue.setFocus()
    passed = []
    for _ in range(17):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        passed.append(focus().objectName())
    assert passed == [
        *("people_0", "debriefs_0", "slots_0", "people_1", "debriefs_1", "slots_1"),
        *("acknowledge", "acknowledge"),
        *("answer_same", "answer_different", "answer_unsure", "answer_wait", "answer_bypass"),
        *("written", "done_button", "families_button", "take_button"),
    ]


def test_every_stop_of_tab_has_a_name(screen: ConflictsScreen) -> None:
    go_to(screen, ConflictKind.POSSIBLE_PERSON)
    press("S")
    for widget in screen.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named, widget


def test_three_sides_are_listed_and_two_of_them_compared(screen: ConflictsScreen) -> None:
    row = next(r for r in rows(screen) if len(r.parties) > 2)
    screen.queue.choose(row.id)
    texts = {label.text() for label in screen.review._inside.findChildren(QLabel)}
    assert {"A", "B", "C"} <= texts
    assert {p.person for p in row.parties} <= texts
