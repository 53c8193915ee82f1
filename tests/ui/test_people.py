"""People are found while one types, opened in full, linked and unlinked, and never approached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from debrief_desk.actions import approaches, people
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.approaches import Answer
from debrief_desk.desk import Desk
from debrief_desk.rules.codes import ApproachOutcome
from debrief_desk.rules.roles import Role
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.people.reopening import ReopeningDialog
from debrief_desk.ui.people.screen import PeopleScreen
from debrief_desk.ui.worker import InlineWorker
from tests.conftest import MORNING, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.people import PersonCard, PersonRow

pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Desk], PeopleScreen]]:
    workers: list[InlineWorker] = []

    def show_(desk: Desk) -> PeopleScreen:
        worker = InlineWorker()
        workers.append(worker)
        worker.adopt(desk)
        shown = PeopleScreen(worker)
        worker.changed.connect(lambda tables: shown.tables & tables and shown.reload())
        qtbot.addWidget(shown)
        shown.resize(1100, 700)
        shown.reload()
        with qtbot.waitActive(shown):
            shown.show()
        shown.first_focus().setFocus()
        return shown

    yield show_
    for worker in workers:
        worker.stop()


@pytest.fixture
def screen(show: Callable[[Desk], PeopleScreen], record_day: Desk) -> PeopleScreen:
    return show(record_day)


def found(desk: Desk, typed: str) -> tuple[PersonRow, ...]:
    return desk.read(people.listed, typed, 0, 400).rows


def card(desk: Desk, registration_id: str) -> PersonCard:
    return desk.write(people.card, registration_id)


def texts(screen: PeopleScreen) -> set[str]:
    return {label.text() for label in screen.person.findChildren(QLabel)}


def search(screen: PeopleScreen, text: str) -> None:
    """Type and press Enter, which asks at once."""
    QTest.keyClicks(screen.header.search, text)
    QTest.keyClick(screen.header.search, Qt.Key.Key_Return)


def linked(desk: Desk) -> PersonCard:
    """Give somebody whom the desk linked with exactly one other record."""
    for row in found(desk, ""):
        if row.records == 2:
            shown = card(desk, row.id)
            if [one.origin for one in shown.linked] == ["system"]:
                return shown
    raise AssertionError("nobody is linked")


def test_everybody_is_listed_and_the_number_is_said(screen: PeopleScreen, record_day: Desk) -> None:
    total = record_day.read(people.listed).total
    assert screen.list.table.rows.rowCount() == total
    assert screen.header.subtitle.text() == f"{total:,} records on this desk"


def test_rows_further_down_come_when_they_are_seen(screen: PeopleScreen, record_day: Desk) -> None:
    last = screen.list.table.rows.rowCount() - 1
    screen.list.table.choose_row(last)
    QApplication.processEvents()
    expected = record_day.read(people.listed, "", last, 1).rows[0]
    shown = screen.list.table.rows.row(last)
    assert shown is not None
    assert shown.id == expected.id


def test_typing_finds_by_the_beginning_of_words(screen: PeopleScreen, record_day: Desk) -> None:
    search(screen, "babik tohm")
    expected = {row.id for row in found(record_day, "babik tohm")}
    assert expected
    rows = screen.list.table.rows
    assert {rows.key_at(at) for at in range(rows.rowCount())} == expected


def test_nobody_found_offers_to_clear_the_search(screen: PeopleScreen) -> None:
    search(screen, "zzzz")
    assert screen.list.title.text() == "Nothing fits this filter"
    screen.list.action.click()
    QTest.keyClick(screen.header.search, Qt.Key.Key_Return)
    assert screen.list.table.rows.rowCount() > 100


def test_an_empty_desk_says_what_will_stand_here(
    show: Callable[[Desk], PeopleScreen], desk: Desk, qtbot: QtBot
) -> None:
    screen = show(desk)
    assert screen.list.title.text() == "Nobody is on this desk yet"
    with qtbot.waitSignal(screen.go) as heard:
        screen.list.action.click()
    assert heard.args == ["import", None]


def test_enter_opens_a_person_and_alt_left_goes_back(
    screen: PeopleScreen, record_day: Desk
) -> None:
    search(screen, "babik tohm")
    assert screen.list.table.hasFocus()
    QTest.keyClick(screen.list.table, Qt.Key.Key_Return)
    shown = screen.person.shown
    assert shown is not None
    assert shown.row.id == found(record_day, "babik tohm")[0].id
    assert screen.header.title.text() == shown.row.name
    assert {"What this desk holds", "Plans of all agencies", "History of changes"} <= texts(screen)
    assert any(text.startswith("Record registered") for text in texts(screen))
    QTest.keyClick(screen.back_button, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.stack.currentWidget() is screen.list


def test_a_link_of_the_desk_says_so_and_goes_with_one_key_and_comes_back(
    screen: PeopleScreen, record_day: Desk, qtbot: QtBot
) -> None:
    before = linked(record_day)
    screen.show_for(before.row.id)
    assert any(text.startswith("Linked by the desk") for text in texts(screen))
    with qtbot.waitSignal(screen.said) as heard:
        QTest.keyClick(screen.back_button, Qt.Key.Key_U)
    assert card(record_day, before.row.id).linked == ()
    heard.args[1]()
    assert len(card(record_day, before.row.id).linked) == 1


def test_plan_a_debrief_goes_to_the_form_with_the_person(
    screen: PeopleScreen, record_day: Desk, qtbot: QtBot
) -> None:
    row = found(record_day, "babik tohm")[0]
    screen.show_for(row.id)
    with qtbot.waitSignal(screen.go) as heard:
        QTest.keyClick(screen.back_button, Qt.Key.Key_P)
    assert heard.args == ["debriefs", f"new:{row.id}"]


def test_a_child_is_not_planned(screen: PeopleScreen, record_day: Desk) -> None:
    child = next(row for row in found(record_day, "") if row.child_flag == "child")
    screen.show_for(child.id)
    assert not screen.plan_button.isEnabled()
    assert any("children's process" in text for text in texts(screen))


def test_pairs_are_decided_by_keys_and_undone(
    screen: PeopleScreen, record_day: Desk, qtbot: QtBot
) -> None:
    screen.show_for("to_link")
    first, second = record_day.read(people.to_link)[:2]
    assert screen.linking.queue.hasFocus()
    QTest.keyClick(screen.linking.queue, Qt.Key.Key_S)
    QTest.keyClicks(screen.linking.bar.written, "same band")
    with qtbot.waitSignal(screen.said) as heard:
        QTest.keyClick(screen.linking.bar.written, Qt.Key.Key_Return)
    left, right = (card(record_day, row.id) for row in (first.left, first.right))
    assert left.row.person_id == right.row.person_id
    assert screen.linking.queue.hasFocus()
    assert screen.linking._row() == second
    heard.args[1]()
    left, right = (card(record_day, row.id) for row in (first.left, first.right))
    assert left.row.person_id != right.row.person_id
    assert record_day.read(people.to_link)[0].left.id == first.left.id


def test_a_pair_kept_apart_leaves_the_list(screen: PeopleScreen, record_day: Desk) -> None:
    screen.show_for("to_link")
    first = record_day.read(people.to_link)[0]
    QTest.keyClick(screen.linking.queue, Qt.Key.Key_N)
    QTest.keyClicks(screen.linking.bar.written, "brothers")
    QTest.keyClick(screen.linking.bar.written, Qt.Key.Key_Return)
    pairs = {(row.left.id, row.right.id) for row in record_day.read(people.to_link)}
    assert (first.left.id, first.right.id) not in pairs


def test_a_refusal_shows_its_date_without_its_reason_and_two_officers_lift_it(
    screen: PeopleScreen, record_day: Desk
) -> None:
    row = next(r for r in found(record_day, "") if r.open_plans and not r.child_flag)
    plan = next(p for p in card(record_day, row.id).plans if p.state == "planned")
    refused = Answer(ApproachOutcome.REFUSED, MORNING, "Arabic", "Interpreter")
    record_day.write(approaches.record, plan.id, refused)
    screen.show_for(row.id)
    assert "No approach since Fri 20 Nov 2026 08:00." in texts(screen)
    assert not screen.plan_button.isEnabled()
    assert not any("efused" in text for text in texts(screen))
    button = screen.person._area.findChild(Button, "reopen_button")
    assert button is not None
    button.click()
    dialog = screen.window().findChild(ReopeningDialog)
    assert dialog is not None
    dialog.witness.clear()
    dialog.record_button.click()
    assert dialog.isVisible()
    dialog.witness.set_value("Sergeant of Kent Police")
    dialog.record_button.click()
    assert card(record_day, row.id).reopening_asked
    confirm = screen.person._area.widget().findChild(Button, "reopen_button")
    assert confirm is not None
    confirm.click()
    question = screen.window().findChild(Question)
    assert question is not None
    question.buttons["confirm"].click()
    assert card(record_day, row.id).no_approach_since is not None
    assert "somebody else" in screen.strip.text.text().lower()


def test_an_agency_user_sees_the_own_people_and_no_pairs(
    show: Callable[[Desk], PeopleScreen], record_day: Desk
) -> None:
    record_day.add_account(NewAccount("Agent", (Role.AGENCY_USER,), "Kent Police"), PASSWORD)
    path = record_day.path
    record_day.close()
    with Desk.open(path, "Agent", PASSWORD, now=lambda: MORNING) as desk:
        screen = show(desk)
        rows = [screen.list.table.rows.row(at) for at in range(50)]
        assert {row.agency for row in rows if row is not None} == {"Kent Police"}
        assert not screen.show_which.isVisible()
        screen.worker.desk = None
