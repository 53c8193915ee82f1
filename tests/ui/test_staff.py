"""The lists of interviewers, interpreters and rooms on a real desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from debrief_desk.actions import attendance, departures, imports, staff
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.asking import Asking
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.staff.screen import StaffScreen
from debrief_desk.ui.worker import InlineWorker
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.parts.tables import Table
    from debrief_desk.ui.staff.member import MemberView

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
    made = shown(worker, qtbot)
    yield made
    worker.stop()


def shown(worker: InlineWorker, qtbot: QtBot) -> StaffScreen:
    """Show the page; it reads again what a write touches, as in the window."""
    made = StaffScreen(worker)
    qtbot.addWidget(made)
    worker.changed.connect(lambda tables: made.reload() if tables & made.tables else None)
    made.reload()
    with qtbot.waitActive(made):
        made.show()
    return made


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


def member(screen: StaffScreen, name: str) -> MemberView:
    """Open somebody's page from the list, with Enter."""
    rows = screen.worker.desk.read(staff.interviewers)  # type: ignore[union-attr]
    screen.interviewers.choose(next(row.id for row in rows if row.name == name))
    QTest.keyClick(screen.interviewers, Qt.Key.Key_Return)
    assert screen.is_member()
    return screen.member


def asked(screen: StaffScreen) -> Any:
    """Give the question over the window."""
    return next(one for one in screen.window().findChildren(Asking) if one.isVisible())


def texts(table: Table[Any], column: int) -> list[str]:
    model = table.rows
    return [model.data(model.index(at, column)) for at in range(model.rowCount())]


def test_the_list_shows_experience_and_the_next_duty(screen: StaffScreen) -> None:
    titles = [column.title for column in screen.interviewers.rows.columns]
    assert {"Led", "Supervised", "Last debrief", "Authorised to", "Next duty"} <= set(titles)
    duties_shown = texts(screen.interviewers, titles.index("Next duty"))
    assert all(text.startswith("Fri 20 · ") for text in duties_shown)


def test_ill_today_takes_two_keys_and_says_who_is_needed(record_day: Desk, qtbot: QtBot) -> None:
    worker = InlineWorker()
    worker.adopt(record_day)
    screen = shown(worker, qtbot)
    rows = record_day.read(staff.interviewers)
    busy = next(row for row in rows if row.planned == 3 and row.level is Level.CLEAR)
    screen.interviewers.choose(busy.id)
    screen.interviewers.setFocus()
    QTest.keyClick(screen.interviewers, Qt.Key.Key_I)
    QTest.keyClick(asked(screen), Qt.Key.Key_Return)
    assert screen.strip.text.text() == f"{busy.name}: 3 debriefs now need somebody else."
    assert (
        next(r for r in record_day.read(staff.interviewers) if r.id == busy.id).reason == "absent"
    )
    screen.strip.action.click()
    dialog = asked(screen)
    assert dialog.table.rows.rowCount() == 3
    colleague = next(r for r in rows if r.agency == busy.agency and r.id != busy.id)
    dialog.who.set_value(colleague.id)
    dialog.go.click()
    assert screen.strip.text.text().startswith(f"{colleague.name} takes over 3 debriefs.")
    assert record_day.read(departures.upcoming, busy.id).needing == ()
    worker.stop()


def test_a_paper_is_added_renewed_and_revoked_in_the_window(screen: StaffScreen) -> None:
    view = member(screen, "A. Underhill")
    view.papers.add.click()
    dialog = asked(screen)
    dialog.go.click()
    assert dialog.seen_field.has_error()
    dialog.kind.set_value("pip")
    dialog.level.set_value("2")
    dialog.seen_by.set_value("A. Clerk")
    dialog.go.click()
    assert sorted(texts(view.papers.table, 1)) == ["Debriefer", "PIP level 2"]
    view.papers.table.choose_row(texts(view.papers.table, 1).index("Debriefer"))
    view.papers.renew.click()
    dialog = asked(screen)
    dialog.seen_by.set_value("A. Clerk")
    dialog.go.click()
    assert texts(view.papers.table, 1).count("Debriefer") == 2
    view.papers.table.choose_row(texts(view.papers.table, 1).index("PIP level 2"))
    view.papers.revoke.click()
    question = next(one for one in screen.window().findChildren(Question) if one.isVisible())
    question.buttons["revoke"].click()
    assert texts(view.papers.table, 0).count("Not valid") == 2


def test_declared_debriefs_wait_for_another_account(screen: StaffScreen) -> None:
    view = member(screen, "A. Underhill")
    view.record.declare.click()
    dialog = asked(screen)
    dialog.led.set_value("many")
    dialog.go.click()
    assert dialog.led_field.has_error()
    dialog.led.set_value("12")
    dialog.supervised.set_value("2")
    dialog.go.click()
    assert texts(view.record.table, 0) == ["Waits"]
    assert not view.record.countersign.isEnabled()
    assert view.record.whole.text().startswith("Led 8,")
    view.record.take_back.click()
    assert view.record.table.isHidden()


def test_hours_are_set_and_an_absence_is_entered_changed_and_taken_back(
    screen: StaffScreen,
) -> None:
    view = member(screen, "A. Underhill")
    assert view.hours.pattern.text() == "11:00–19:00, every day"
    view.hours.usual.click()
    dialog = asked(screen)
    dialog.start.setText("0700")
    dialog.end.setText("1500")
    for box in dialog.days[5:]:
        box.set_value(False)
    dialog.go.click()
    assert view.hours.pattern.text() == "07:00–15:00, Mon, Tue, Wed, Thu, Fri"
    view.hours.add_absence.click()
    dialog = asked(screen)
    dialog.go.click()
    assert dialog.start.has_error()
    dialog.start.clock.setText("0900")
    dialog.end.clock.setText("1200")
    dialog.reason.set_value("court")
    dialog.go.click()
    assert texts(view.hours.table, 0) == ["Court"]
    view.hours.change.click()
    dialog = asked(screen)
    dialog.reason.set_value("training")
    dialog.go.click()
    assert texts(view.hours.table, 0) == ["Training"]
    view.hours.take_back.click()
    assert texts(view.hours.table, 0) == []


def test_the_week_goes_back_and_forth_and_shows_absences(screen: StaffScreen) -> None:
    who = screen.interviewers.key()
    screen.worker.desk.write(attendance.ill_today, str(who))  # type: ignore[union-attr]
    screen.kinds._buttons["week"].click()
    assert [c.title for c in screen.week.table.rows.columns][2:4] == ["Mon 16", "Tue 17"]
    at = screen.week.table.rows.find(who)
    assert screen.week.table.rows.columns[6].shown(screen.week.table.rows.row(at)) == "Ill"
    screen.week.after.click()
    assert screen.week.table.rows.columns[2].title == "Mon 23"
    screen.week.kinds._buttons["interpreter"].click()
    assert screen.week.table.rows.rowCount() == 42
    screen.week.today.click()
    assert screen.week.table.rows.columns[2].title == "Mon 16"


def test_what_is_due_opens_the_person_and_is_exported(screen: StaffScreen, tmp_path: Path) -> None:
    screen.kinds._buttons["due"].click()
    count = screen.due.rows.rowCount()
    assert count == 44
    assert texts(screen.due, 0)[0] == "Ended"
    screen.acts.write_to(tmp_path / "due.csv")
    assert len((tmp_path / "due.csv").read_text("utf-8-sig").splitlines()) == count + 1
    screen.due.choose_row(0)
    QTest.keyClick(screen.due, Qt.Key.Key_Return)
    assert screen.header.title.text() == "J. Penrose"
    QTest.keyClick(screen.member.papers.table, Qt.Key.Key_Escape)
    assert not screen.is_member()


def test_who_leaves_is_off_the_list(screen: StaffScreen) -> None:
    member(screen, "A. Underhill")
    screen.acts.leaves.click()
    asked(screen).go.click()
    assert not screen.is_member()
    assert screen.interviewers.rows.rowCount() == 73
    assert screen.strip.text.text() == "A. Underhill: no debrief needs somebody else."


def test_an_agency_user_sees_the_lists_and_changes_nothing(screen: StaffScreen) -> None:
    desk = screen.worker.desk
    assert desk is not None
    desk.who = replace(desk.who, roles=frozenset({Role.AGENCY_USER}))
    screen.reload()
    assert not screen.acts.open.isVisible()
    assert not screen.acts.ill.isEnabled()
    QTest.keyClick(screen.interviewers, Qt.Key.Key_I)
    assert not [one for one in screen.window().findChildren(Asking) if one.isVisible()]


def test_marks_are_kept(screen: StaffScreen) -> None:
    view = member(screen, "A. Underhill")
    view.record.trainee.click()
    rows = screen.worker.desk.read(staff.interviewers)  # type: ignore[union-attr]
    assert [row.name for row in rows if row.trainee] == ["A. Underhill"]
    assert view.record.trainee.value()
