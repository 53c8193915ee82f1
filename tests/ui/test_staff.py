"""The lists of interviewers, interpreters and rooms on a real desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from debrief_desk.actions import imports
from debrief_desk.rules.severity import Level
from debrief_desk.ui.staff.screen import StaffScreen
from debrief_desk.ui.worker import InlineWorker
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    for name in ("rooms.csv", "interviewers.csv", "interpreters.csv"):
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name))
    return desk


@pytest.fixture
def screen(staffed: Desk, qtbot: QtBot) -> Iterator[StaffScreen]:
    worker = InlineWorker()
    worker.adopt(staffed)
    made = StaffScreen(worker)
    qtbot.addWidget(made)
    made.reload()
    made.show()
    yield made
    worker.stop()


def test_everybody_is_listed_with_what_they_may_do_today(screen: StaffScreen) -> None:
    table = screen.interviewers
    assert table.rows.rowCount() == 74
    assert screen.header.subtitle.text() == "74 interviewers · 64 may lead today"
    screen.interviewers.sorted.emit("today", False)
    first = table.rows.row(0)
    assert first is not None
    assert (first.level, table.rows.columns[0].shown(first)) == (Level.STOP, "May not lead")


def test_the_reason_stands_below_in_words(screen: StaffScreen) -> None:
    screen.interviewers.sorted.emit("today", False)
    expired = next(
        at
        for at in range(screen.interviewers.rows.rowCount())
        if (row := screen.interviewers.rows.row(at)) and row.reason == "expired"
    )
    screen.interviewers.choose_row(expired)
    assert screen.acts.verdict.text == "May not lead"
    assert "The authorisation ended on" in screen.acts.reason.text()


def test_an_authorisation_that_ends_today_still_counts(screen: StaffScreen) -> None:
    rows = [screen.interviewers.rows.row(at) for at in range(74)]
    ending = [row for row in rows if row and str(row.valid_to) == "2026-11-20"]
    assert ending
    assert all(row.reason != "expired" for row in ending)


def test_search_finds_names_agencies_and_languages_together(
    screen: StaffScreen, qtbot: QtBot
) -> None:
    QTest.keyClicks(screen.header.search, "kent arab")
    qtbot.waitUntil(lambda: screen.interviewers.rows.rowCount() < 74)
    rows = [screen.interviewers.rows.row(at) for at in range(screen.interviewers.rows.rowCount())]
    assert rows
    assert {row.agency for row in rows if row} == {"Kent Police"}
    assert all("Arabic" in row.languages for row in rows if row)


def test_a_search_that_finds_nothing_can_be_cleared(screen: StaffScreen, qtbot: QtBot) -> None:
    screen.header.search.setText("nobody of that name")
    qtbot.waitUntil(lambda: screen.interviewers.rows.rowCount() == 0)
    view = screen._views["interviewers"]
    assert view.currentWidget() is not view.content
    view.action.click()
    assert screen.interviewers.rows.rowCount() == 74
    assert view.currentWidget() is view.content


def test_interpreters_and_rooms_have_their_own_lists(screen: StaffScreen) -> None:
    screen.kinds._buttons["interpreters"].click()
    assert screen.interpreters.rows.rowCount() == 42
    expired = next(
        row for at in range(42) if (row := screen.interpreters.rows.row(at)) and row.expired
    )
    assert screen.interpreters.rows.columns[0].shown(expired) == "Expired"
    screen.kinds._buttons["rooms"].click()
    assert [screen.rooms.rows.row(at).name for at in (0, 1, 9)] == ["Room 1", "Room 2", "Room 10"]  # type: ignore[union-attr]


def test_enter_shows_the_interviewer_on_the_board(screen: StaffScreen, qtbot: QtBot) -> None:
    key = screen.interviewers.key()
    with qtbot.waitSignal(screen.go) as gone:
        screen.acts.to_board.click()
    assert gone.args == ["board", ("interviewers", key)]


def test_an_empty_desk_offers_the_import(desk: Desk, qtbot: QtBot) -> None:
    worker = InlineWorker()
    worker.adopt(desk)
    made = StaffScreen(worker)
    qtbot.addWidget(made)
    made.reload()
    with qtbot.waitSignal(made.go) as gone:
        made._views["interviewers"].action.click()
    assert gone.args[0] == "import"
    worker.stop()
