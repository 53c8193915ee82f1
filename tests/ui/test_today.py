"""Today: what needs somebody, nearest first, one button a row, and who is next in the rooms."""

# ruff: noqa: F811 - fixtures that come by import have the names of parameters

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from debrief_desk.actions import approaches, today
from debrief_desk.actions.approaches import Answer
from debrief_desk.rules.codes import ApproachOutcome
from debrief_desk.store.models import ConflictNotice
from debrief_desk.ui.today.screen import TodayScreen
from debrief_desk.ui.worker import InlineWorker
from tests import builders
from tests.actions.conftest import _small_desk, small  # noqa: F401 - fixtures
from tests.conftest import MORNING, FixedClock

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from tests.actions.conftest import SmallDesk


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Desk], TodayScreen]]:
    worker = InlineWorker()

    def show(desk: Desk) -> TodayScreen:
        worker.adopt(desk)
        screen = TodayScreen(worker)
        worker.changed.connect(lambda tables: screen.reload() if tables & screen.tables else None)
        qtbot.addWidget(screen)
        screen.resize(1158, 720)
        with qtbot.waitActive(screen):
            screen.show()
        screen.reload()
        return screen

    yield show
    worker.stop()


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
    assert plain(entries[0].detail) == "Room 2 · K. Ready · Kent Police"
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
