"""Today: what needs somebody, nearest first, one button a row, and who is next in the rooms."""

# ruff: noqa: F811 - fixtures that come by import have the names of parameters

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QScrollArea

from debrief_desk.actions import approaches, choosing, deciding, imports, today
from debrief_desk.actions.approaches import Answer
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.rights import writes
from debrief_desk.rules.codes import ApproachOutcome
from debrief_desk.rules.roles import Role
from debrief_desk.store.models import Bypass, ConflictNotice, Debrief, NoApproachMarker, Referral
from debrief_desk.store.session import step_of
from debrief_desk.ui.today.screen import TodayScreen
from tests import builders
from tests.actions.conftest import _small_desk, small  # noqa: F401 - fixtures
from tests.conftest import MORNING, FixedClock

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from debrief_desk.desk import Desk
    from tests.actions.conftest import SmallDesk


@pytest.fixture
def show(open_page: Callable[..., TodayScreen]) -> Callable[[Desk], TodayScreen]:
    return partial(open_page, TodayScreen)


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2068\u2069")


def titles(screen: TodayScreen) -> list[str]:
    return [plain(line.title.text()) for line in screen.lines.lines]


def test_a_fresh_desk_says_what_to_do_first(
    desk: Desk, show: Callable[[Desk], TodayScreen]
) -> None:
    screen = show(desk)
    assert plain(screen.header.title.text()) == "Good morning, First Supervisor"
    assert screen.work_states.title.text() == "No debrief is planned yet"
    assert screen.next_states.title.text() == "Nobody is in a room next"
    assert screen.first_focus() is screen.new_button


def test_nothing_to_do_says_what_that_covers(
    small: SmallDesk,
    show: Callable[[Desk], TodayScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    screen = show(small.desk)
    assert screen.work_states.title.text() == "Nothing needs you now"
    assert "entered on this desk" in screen.work_states.text.text()


def test_work_stands_nearest_first_and_one_plan_is_not_named_twice(
    small: SmallDesk,
    show: Callable[[Desk], TodayScreen],
) -> None:
    small.register("NCA", "BF4", "09:30")
    small.register("NCA", "BF1", "09:00", lead_id="", second_id="", room_id="", interpreter_id="")
    small.register("Kent Police", "BF1", "11:30")
    screen = show(small.desk)
    assert titles(screen) == ["Same person: Yonas TESFAYE", "Not cleared: Gul STANEKZAI"]
    assert [plain(line.time.text()) for line in screen.lines.lines] == ["09:00", "09:30"]
    assert plain(screen.lines.lines[1].away.text()) == "in 1 h 30 min"
    assert "1 conflict, 1 debrief soon that is not cleared" in plain(screen.header.subtitle.text())
    assert "3 debriefs stand today, 0 of them cleared" in plain(screen.header.subtitle.text())


def test_each_row_leads_to_where_it_is_settled(
    small: SmallDesk,
    qtbot: QtBot,
    show: Callable[[Desk], TodayScreen],
) -> None:
    late = small.register("NCA", "BF4", "09:30")
    small.register("NCA", "BF1", "13:00")
    small.register("Kent Police", "BF1", "14:30")
    (conflict,) = small.conflicts("same_person")
    screen = show(small.desk)
    for line, wanted in zip(
        screen.lines.lines,
        (["debriefs", late.debrief_id], ["conflicts", conflict.id]),
        strict=True,
    ):
        with qtbot.waitSignal(screen.go) as heard:
            line.button.click()
        assert heard.args == wanted


def test_a_cancelled_plan_is_passed_on_and_that_is_kept(
    small: SmallDesk,
    show: Callable[[Desk], TodayScreen],
) -> None:
    first = small.register("NCA", "BF1", "13:00")
    second = small.register("Kent Police", "BF1", "15:00")
    answer = Answer(ApproachOutcome.REFUSED, MORNING, "Tigrinya")
    small.desk.write(approaches.record, first.debrief_id, answer)
    screen = show(small.desk)
    assert titles(screen) == [f"{second.reference} is cancelled: no approach"]
    assert "Tell Kent Police" in plain(screen.lines.lines[0].detail.text())
    screen.lines.lines[0].button.click()
    assert screen.lines.lines == []
    (notice,) = [n for n in small.stored(ConflictNotice) if n.debrief_id]
    assert notice.acknowledged_at == MORNING


def test_who_is_next_stands_by_time_and_opens(
    small: SmallDesk,
    qtbot: QtBot,
    show: Callable[[Desk], TodayScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    first = small.register("Kent Police", "BF3", "12:00", interpreter_id="")
    screen = show(small.desk)
    entries = screen.next.entries.entries
    assert [entry.corner for entry in entries] == ["12:00–12:45", "15:00–15:45"]
    assert plain(entries[0].detail) == "Room 2 · Pashto · K. Ready · Kent Police"
    assert entries[0].more.startswith("Planned; missing: consent, ")
    assert "interpreter" in entries[0].more
    screen.next.setFocus()
    screen.next.choose(first.debrief_id)
    with qtbot.waitSignal(screen.go) as heard:
        QTest.keyClick(screen.next, Qt.Key.Key_Return)
    assert heard.args == ["debriefs", first.debrief_id]


def test_arrows_move_between_the_rows_and_a_reload_keeps_the_place(
    small: SmallDesk,
    show: Callable[[Desk], TodayScreen],
    clock: FixedClock,
) -> None:
    for serial, start in (("BF1", "08:30"), ("BF2", "09:15"), ("BF3", "09:50")):
        small.register(
            "NCA", serial, start, lead_id="", second_id="", room_id="", interpreter_id=""
        )
    screen = show(small.desk)
    screen.first_focus().setFocus()
    QTest.keyClick(screen.lines.lines[0].button, Qt.Key.Key_Down)
    assert screen.lines.lines[1].button.hasFocus()
    clock.now = builders.at("08:10")
    screen.reload()
    assert screen.lines.lines[1].button.hasFocus()
    assert plain(screen.lines.lines[1].away.text()) == "in 1 h 5 min"
    QTest.keyClick(screen.lines.lines[1].button, Qt.Key.Key_K)
    assert screen.lines.lines[0].button.hasFocus()


def test_a_reload_does_not_scroll_the_work_away(
    record_day: Desk, show: Callable[[Desk], TodayScreen], qtbot: QtBot
) -> None:
    screen = show(record_day)
    area = screen.work_states.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    screen.lines.focus_line(0)
    screen.reload()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert screen.lines.lines[0].button.hasFocus()
    assert bar.value() == 0
    last = screen.lines.lines[-1].button
    after = last.nextInFocusChain()
    while not after.isVisible() or not after.focusPolicy() & Qt.FocusPolicy.TabFocus:
        after = after.nextInFocusChain()
    assert after is screen.more


def test_many_conflicts_are_cut_with_a_count_of_the_rest(
    small: SmallDesk,
    qtbot: QtBot,
    show: Callable[[Desk], TodayScreen],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(today, "_MOST", 1)
    for serial, clock in (("BF1", "13:00"), ("BF2", "14:00")):
        small.register("NCA", serial, clock)
        small.register("Kent Police", serial, f"{int(clock[:2]) + 3}:00")
    screen = show(small.desk)
    assert len(screen.lines.lines) == 1
    assert screen.more.text() == "1 more conflict"
    with qtbot.waitSignal(screen.go) as heard:
        screen.more.click()
    assert heard.args == ["conflicts", None]


@writes(None)
def _waiting_tasks(session: Session, debrief_id: str, asked_by: str) -> None:
    now = step_of(session).now
    plan = session.get_one(Debrief, UUID(debrief_id))
    marked = {"kind": "no_approach", "placed_at": now, "asked_at": now, "witness": "A. Other"}
    session.add_all(
        (
            Referral(
                registration_id=plan.registration_id,
                kind="nrm",
                owner="Duty officer",
                opened_at=now - timedelta(hours=30),
                due_at=now - timedelta(hours=6),
            ),
            Bypass(debrief_id=plan.id, reason="Danger", asked_at=now, concurred_at=now,
                   review_due_at=now + timedelta(hours=20)),
            NoApproachMarker(
                registration_id=UUID(asked_by), asked_language="Pashto", **marked
            ),
        )
    )  # fmt: skip


def test_tasks_stand_by_when_they_fall_due_and_each_leads_to_its_place(
    small: SmallDesk,
    tmp_path: Path,
    show: Callable[[Desk], TodayScreen],
) -> None:
    ending = builders.INTERVIEWERS.splitlines()[0] + (
        "\nNCA,N. Ending,N4,Debriefer,2026-11-30,3,60,4,2026-10-31,2026-03-30,SC,2029-01-01,,F,"
    )
    file = builders.sheet(tmp_path, ending, "ending.csv")
    small.desk.write(imports.take, imports.ImportFile(file))
    plan = small.register("NCA", "BF1", "16:00")
    small.desk.write(_waiting_tasks, plan.debrief_id, small.id_of("BF4"))
    screen = show(small.desk)
    assert titles(screen) == [
        "Refer: Yonas TESFAYE, National Referral Mechanism",
        "Asked to talk after all: Gul STANEKZAI",
        "Bypass to review: Yonas TESFAYE",
        "1 paper to renew",
    ]
    assert "overdue" in screen.lines.lines[0].detail.text()
    assert "N. Ending" in screen.lines.lines[3].detail.text()
    places = []
    screen.go.connect(lambda place, about: places.append((place, about)))
    for line in screen.lines.lines:
        line.button.setFocus()
        QTest.keyClick(line.button, Qt.Key.Key_Return)
    assert places == [
        ("people", small.id_of("BF1")),
        ("people", small.id_of("BF4")),
        ("conflicts", "second"),
        ("interviewers", "interviewers"),
    ]
    assert "4 tasks" in screen.header.subtitle.text()


def test_a_reopened_conflict_says_why_it_is_there_again(
    small: SmallDesk, show: Callable[[Desk], TodayScreen]
) -> None:
    first = small.register("NCA", "BF1", "13:00")
    small.register("Kent Police", "BF1", "16:00")
    (conflict,) = small.conflicts("same_person")
    decision = Decision("same", f"keep:{first.reference}", "One person")
    decided = small.desk.write(deciding.decide, conflict.id, decision)
    small.desk.write(deciding.take_back, decided)
    screen = show(small.desk)
    line = next(line for line in screen.lines.lines if line.row.id == conflict.id)
    assert "undone" in plain(line.detail.text())


def test_figures_are_shown_for_the_period_chosen(
    small: SmallDesk, show: Callable[[Desk], TodayScreen]
) -> None:
    plan = small.register("NCA", "BF1", "13:00")
    answer = Answer(ApproachOutcome.ACCEPTED, builders.at("21:00", day=19), "Tigrinya")
    small.desk.write(approaches.record, plan.debrief_id, answer)
    screen = show(small.desk)
    assert screen.summary.isVisible()
    assert screen.summary.offered.text() == "Offered to 0 of 6 people"
    screen.summary.more.click()
    view = screen.figures
    assert view.isVisible()
    assert view.found is not None
    assert view.found.whole.count("offered") == 0
    view.periods._buttons["week"].click()
    assert view.span.text().count("Nov 2026") == 2
    assert view.found.whole.count("offered") is None
    table = view.table.rows
    shown = [table.data(table.index(row, 4)) for row in range(table.rowCount())]
    assert shown == ["*", "*"]
    assert view.note.text().startswith("\u2066*\u2069 stands for fewer than 5")
    view.periods._buttons["own"].click()
    assert view.first.isVisible()
    view.first.set_value(date(2026, 11, 25))
    assert view.states.title.text() == "The figures could not be shown"
    assert not view.export_button.isEnabled()
    view.states.action.click()
    assert view.found is not None
    assert view.found.period.first == view.found.period.last == date(2026, 11, 20)


def test_every_picture_says_its_numbers_in_words(
    small: SmallDesk, show: Callable[[Desk], TodayScreen]
) -> None:
    small.register("NCA", "BF1", "13:00")
    small.register("Kent Police", "BF1", "16:00")
    screen = show(small.desk)
    screen.show_for("figures")
    tiles = screen.figures.tiles
    assert tiles.answers.accessibleDescription() == "Accepted 0, Refused 0, No answer 0"
    assert tiles.ages.accessibleDescription() == (
        "under 1 h 1, 1 to 4 h 0, 4 to 12 h 0, 12 to 24 h 0, over a day 0"
    )
    assert tiles.open_now.text() == "1 open, 1 of it stops a plan"
    assert tiles.no_exceptions.isVisible()


def test_figures_are_written_where_somebody_chooses(
    small: SmallDesk,
    tmp_path: Path,
    show: Callable[[Desk], TodayScreen],
) -> None:
    small.register("NCA", "BF1", "13:00")
    screen = show(small.desk)
    screen.show_for("figures")
    said: list[str] = []
    screen.said.connect(lambda text, _undo: said.append(plain(text)))
    assert screen.figures.found is not None
    screen.figures.exported.emit(".csv")
    (dialog,) = screen.window().findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "figures-2026-11-20.csv"
    dialog.fileSelected.emit(str(tmp_path / "out.csv"))
    dialog.reject()
    assert said == ["Figures written to out.csv."]
    assert "never means carried out" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_who_works_for_one_agency_has_the_work_and_no_figures(
    small: SmallDesk, show: Callable[[Desk], TodayScreen]
) -> None:
    small.register("NCA", "BF1", "13:00")
    rows = small.desk.read(choosing.choices).agencies
    small.desk.who = replace(
        small.desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=UUID(rows[0].id)
    )
    screen = show(small.desk)
    assert not screen.which.isVisible()
    assert not screen.summary.isVisible()
