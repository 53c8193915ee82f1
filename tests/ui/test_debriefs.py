"""The list of debriefs: found, filtered, sorted, cleared, cancelled, answered, on a real desk."""

# ruff: noqa: F811 - fixtures that come by import have the names of parameters

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from debrief_desk.actions import welfare
from debrief_desk.rules.codes import CancelReason, ExplanationPoint
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Approach, ConsentRecord, Debrief
from debrief_desk.ui.debriefs import list_pane
from debrief_desk.ui.debriefs.dialogs import AnswerDialog, CancelDialog
from debrief_desk.ui.debriefs.screen import DebriefsScreen
from debrief_desk.ui.debriefs.welfare import WelfareDialog
from debrief_desk.ui.parts import tables
from debrief_desk.ui.worker import InlineWorker
from tests import builders
from tests.actions.conftest import _small_desk, small  # noqa: F401 - fixtures
from tests.conftest import MORNING

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.actions.conftest import SmallDesk


@pytest.fixture
def show(qtbot: QtBot, small: SmallDesk) -> Iterator[Callable[[], DebriefsScreen]]:
    worker = InlineWorker()
    worker.adopt(small.desk)

    def show() -> DebriefsScreen:
        screen = DebriefsScreen(worker)
        worker.changed.connect(lambda tables: screen.reload() if tables & screen.tables else None)
        qtbot.addWidget(screen)
        screen.resize(1158, 720)
        with qtbot.waitActive(screen):
            screen.show()
        screen.reload()
        screen.first_focus().setFocus()
        return screen

    yield show
    worker.stop()


def shown(screen: DebriefsScreen, column: str) -> list[str]:
    model = screen.list.table.rows
    at = next(n for n, one in enumerate(model.columns) if one.title == column)
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def dialog(screen: DebriefsScreen, kind: type) -> object:
    """Give the question that is shown, once it has the keyboard."""
    found = next(one for one in screen.findChildren(kind) if one.isVisible())
    QApplication.processEvents()
    assert QApplication.activeWindow() is found
    return found


def test_the_list_shows_a_day_by_time_and_says_how_much_and_when(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    small.register("Kent Police", "BF3", "10:30")
    screen = show()
    assert shown(screen, "Time") == ["10:30–11:15", "15:00–15:45"]
    assert shown(screen, "Person") == ["Zarghona AMAN", "Yonas TESFAYE"]
    assert screen.header.subtitle.text() == "2 debriefs · Fri 20 Nov 2026"
    assert screen.list.table.hasFocus()


def test_a_day_without_debriefs_says_so_and_begins_one(
    show: Callable[[], DebriefsScreen],
) -> None:
    screen = show()
    assert "No debriefs on Fri 20 Nov 2026" in screen.list.states.title.text()
    assert screen.first_focus() is screen.new_button
    screen.list.states.action.click()
    assert screen.is_form()


def test_the_day_before_and_after_are_one_press_away(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    screen = show()
    screen.list.after.click()
    assert screen.list.day.value() == date(2026, 11, 21)
    assert shown(screen, "Time") == []
    screen.list.before.click()
    assert shown(screen, "Time") == ["15:00–15:45"]


def test_filtered_to_nothing_offers_to_clear_the_filter(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    screen = show()
    kent = screen.list.agency.findText("Kent Police")
    screen.list.agency.setCurrentIndex(kent)
    assert screen.list.states.title.text() == "Nothing fits this filter"
    screen.list.states.action.click()
    assert shown(screen, "Person") == ["Yonas TESFAYE"]


def test_a_search_goes_through_all_days_and_shows_which(
    small: SmallDesk,
    qtbot: QtBot,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    small.register("Kent Police", "BF3", "10:30")
    screen = show()
    screen.list.after.click()
    QTest.keyClicks(screen.header.search, "zarg")
    qtbot.waitUntil(lambda: shown(screen, "Day") == ["Fri 20 Nov 2026"])
    assert not screen.list.table.isColumnHidden(1)
    assert screen.header.subtitle.text() == "1 debrief · all days"


def test_a_click_on_a_title_sorts_and_a_second_turns_it_round(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "10:00")
    small.register("Kent Police", "BF3", "12:00")
    screen = show()
    titles = [one.title for one in screen.list.table.rows.columns]
    header = screen.list.table.horizontalHeader()
    for wanted in (["Kent Police", "NCA"], ["NCA", "Kent Police"]):
        header.sectionClicked.emit(titles.index("Agency"))
        assert shown(screen, "Agency") == wanted


def test_a_long_list_is_fetched_page_by_page(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "PAGE", 2)
    monkeypatch.setattr(list_pane, "PAGE", 2)
    for serial, clock in (("BF1", "10:00"), ("BF2", "11:00"), ("BF3", "12:00"), ("BF4", "13:00")):
        small.register("NCA", serial, clock)
    screen = show()
    assert screen.header.subtitle.text().startswith("4 debriefs")
    assert screen.list.table.rows.rowCount() == 4
    assert screen.list.table.rows.row(3) is None or shown(screen, "Time")[3] == "13:00–13:45"
    assert shown(screen, "Time")[3] == "13:00–13:45"


def test_what_keeps_a_debrief_from_being_cleared_is_said_and_can_be_seen(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    saved = small.register("NCA", "BF1", "15:00")
    screen = show()
    screen.list.foot.clear.click()
    assert screen.strip.badge.level is Level.CHECK
    assert "cannot be cleared yet" in screen.strip.text.text()
    assert small.debrief(saved.reference).state is DebriefState.PLANNED
    screen.strip.action.click()
    assert screen.is_form()
    assert screen.header.title.text() == saved.reference


def test_a_debrief_with_nothing_in_its_way_is_cleared_by_one_key(
    small: SmallDesk,
    qtbot: QtBot,
    show: Callable[[], DebriefsScreen],
) -> None:
    saved = small.register("NCA", "BF1", "15:00")
    small.consent(saved.debrief_id)
    screen = show()
    with qtbot.waitSignal(screen.said) as heard:
        QTest.keyClick(screen.list.table, Qt.Key.Key_C)
    assert "is cleared" in heard.args[0]
    assert small.debrief(saved.reference).state is DebriefState.CLEARED
    assert shown(screen, "State") == ["Cleared"]
    assert not screen.list.foot.clear.isEnabled()


def test_cancelling_asks_for_a_reason_from_the_list_and_keeps_it(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    saved = small.register("NCA", "BF1", "15:00")
    screen = show()
    QTest.keyClick(screen.list.table, Qt.Key.Key_Delete)
    asked = dialog(screen, CancelDialog)
    asked.go.click()
    assert asked.reason_field.has_error()
    assert small.debrief(saved.reference).state is DebriefState.PLANNED
    asked.reason.set_value(CancelReason.LEFT_SITE.value)
    asked.go.click()
    stored = small.debrief(saved.reference)
    assert (stored.state, stored.state_reason) == (DebriefState.CANCELLED, "left_site")
    assert screen.list.table.rows.rowCount() == 0


def test_a_refusal_is_recorded_and_cancels_every_other_plan(
    small: SmallDesk,
    qtbot: QtBot,
    show: Callable[[], DebriefsScreen],
) -> None:
    first = small.register("NCA", "BF1", "09:30")
    second = small.register("Kent Police", "BF1", "16:00")
    screen = show()
    QTest.keyClick(screen.list.table, Qt.Key.Key_A)
    asked = dialog(screen, AnswerDialog)
    assert asked.language.value() == "Tigrinya"
    asked.outcome.set_value("refused")
    with qtbot.waitSignal(screen.said) as heard:
        asked.go.click()
    assert "1 other plan for this person is cancelled" in heard.args[0]
    assert small.debrief(first.reference).state is DebriefState.DECLINED
    assert small.debrief(second.reference).state is DebriefState.CANCELLED
    (approach,) = small.stored(Approach)
    assert (approach.outcome, approach.at) == ("refused", MORNING)


def test_an_answer_cannot_lie_in_the_future(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "09:30")
    screen = show()
    screen.list.foot.answer.click()
    asked = dialog(screen, AnswerDialog)
    asked.outcome.set_value("accepted")
    asked.at.setText("0930")
    asked.go.click()
    assert asked.at_field.has_error()
    assert small.stored(Approach) == []


def test_nothing_can_be_done_to_a_debrief_that_is_over(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "09:30")
    screen = show()
    screen.list.foot.cancel.click()
    asked = dialog(screen, CancelDialog)
    asked.reason.set_value(CancelReason.DUPLICATE.value)
    asked.go.click()
    screen.list.state.set_value("cancelled")
    assert shown(screen, "State") == ["Cancelled"]
    foot = screen.list.foot
    assert foot.open.isEnabled()
    for button in (foot.move_button, foot.answer, foot.cancel, foot.clear):
        assert not button.isEnabled()
    QTest.keyClick(screen.list.table, Qt.Key.Key_Return)
    assert screen.is_form()
    assert not screen.form.foot.save.isVisible()
    assert "over" in screen.form.foot.sentence.text()


def test_every_part_is_reached_by_tab_in_reading_order(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "09:30")
    screen = show()
    screen.list.day.setFocus()
    order = []
    for _step in range(8):
        here = QApplication.focusWidget()
        order.append("table" if here is screen.list.table else here.objectName())
        QTest.keyClick(here, Qt.Key.Key_Tab)
    places = [order.index(name) for name in ("day", "after", "today", "agency", "state")]
    assert places == sorted(places)
    assert "table" in order
    assert order.index("table") > order.index("state")


def test_every_column_of_debriefs_sorts_as_the_desk_knows(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "09:30")
    screen = show()
    for index, column in enumerate(screen.list.table.rows.columns):
        if column.sort:
            screen.list.table.horizontalHeader().sectionClicked.emit(index)
            assert screen.list.states.currentWidget() is screen.list.table, column.title
    assert [d.state for d in small.stored(Debrief)] == [DebriefState.PLANNED]


def test_a_yes_asks_what_was_explained_and_keeps_it(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    screen = show()
    QTest.keyClick(screen.list.table, Qt.Key.Key_A)
    asked = dialog(screen, AnswerDialog)
    assert not asked.explanation.isVisible()
    asked.outcome.set_value("accepted")
    assert asked.explanation.isVisible()
    assert asked.explanation.explained_by.value() == "N. Ready"
    assert asked.explanation.ticked() == ()
    for point in list(ExplanationPoint)[:4]:
        QTest.keyClick(asked.explanation.points[point.value], Qt.Key.Key_Space)
    asked.go.click()
    (consent,) = small.stored(ConsentRecord)
    assert consent.points == [point.value for point in list(ExplanationPoint)[:4]]
    assert (consent.outcome, consent.at) == ("agreed", MORNING)
    assert (consent.interpreter, consent.explained_by) == ("Interpreter T", "N. Ready")


def test_a_yes_says_who_interpreted_or_that_nobody_had_to(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "15:00", interpreter_id="")
    screen = show()
    screen.list.foot.answer.click()
    asked = dialog(screen, AnswerDialog)
    asked.outcome.set_value("accepted")
    asked.explanation.explained_by.set_value("")
    asked.go.click()
    assert asked.interpreter_field.has_error()
    assert asked.explanation.explained_by_field.has_error()
    assert asked.interpreter.hasFocus()
    assert small.stored(ConsentRecord) == []
    QTest.keyClick(asked.nobody, Qt.Key.Key_Space)
    assert not asked.interpreter.isEnabled()
    asked.explanation.explained_by.set_value("N. Ready")
    asked.go.click()
    (consent,) = small.stored(ConsentRecord)
    assert (consent.interpreter, consent.points) == ("none", [])


def test_welfare_is_recorded_by_one_key_and_the_rest_stays_as_it_was(
    small: SmallDesk,
    qtbot: QtBot,
    show: Callable[[], DebriefsScreen],
) -> None:
    saved = small.register("NCA", "BF1", "15:00")
    before = small.desk.read(welfare.get, saved.registration_id)
    screen = show()
    QTest.keyClick(screen.list.table, Qt.Key.Key_W)
    asked = dialog(screen, WelfareDialog)
    assert asked.screened.clock.hasFocus()
    assert asked.screened.clock.text() == "00:30"
    assert (asked.rested.value(), asked.medical.value()) == ("yes", "fit")
    asked.interpreter.set_value("women")
    asked.departs.day.set_value(date(2026, 11, 21))
    QTest.keyClicks(asked.departs.clock, "930")
    with qtbot.waitSignal(screen.said) as heard:
        asked.go.click()
    assert "Yonas TESFAYE" in heard.args[0]
    assert small.desk.read(welfare.get, saved.registration_id) == replace(
        before, interpreter_preference="women", departs_at=builders.at("09:30", day=21)
    )


def test_times_that_cannot_be_are_said_beside_the_field_and_nothing_is_kept(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    saved = small.register("NCA", "BF1", "15:00")
    before = small.desk.read(welfare.get, saved.registration_id)
    screen = show()
    screen.list.foot.welfare.click()
    asked = dialog(screen, WelfareDialog)
    asked.screened.clock.setText("2359")
    asked.cleared.clock.setText("9x")
    asked.arrived.clock.setText("2100")
    asked.go.click()
    assert asked.isVisible()
    assert "ahead" in asked.screened.error.text()
    assert "such as" in asked.cleared.error.text()
    assert "Landed" in asked.arrived.error.text()
    assert not asked.landed.has_error()
    assert asked.screened.clock.hasFocus()
    assert small.desk.read(welfare.get, saved.registration_id) == before
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert not asked.isVisible()


def test_tab_goes_through_welfare_as_it_is_read(
    small: SmallDesk,
    show: Callable[[], DebriefsScreen],
) -> None:
    small.register("NCA", "BF1", "15:00")
    screen = show()
    screen.list.foot.welfare.click()
    asked = dialog(screen, WelfareDialog)
    moments = (asked.screened, asked.cleared, asked.landed, asked.arrived, asked.departs)
    clocks = {one.clock: one.title for one in moments}
    others = {asked.rested: "fed", asked.medical: "says", asked.preference: "as interviewer"}
    named = clocks | others | {asked.interpreter: "as interpreter", asked.go: "go"}
    order = []
    for _step in range(len(named) + len(moments)):
        here = QApplication.focusWidget()
        assert here.accessibleName() or here.text()
        if here in named:
            order.append(named[here])
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert order == [
        *("Screened", "fed", "says", "Cleared by healthcare", "as interviewer", "as interpreter"),
        *("Landed", "Arrived at the site", "Leaves the site", "go"),
    ]
