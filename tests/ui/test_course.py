"""The steps of a debrief in the list, and what protects its person on the card: typed and clicked."""

# ruff: noqa: F811 - fixtures that come by import have the names of parameters

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from debrief_desk.actions import course, plans, referrals, safeguards
from debrief_desk.actions.course import Stop
from debrief_desk.actions.safeguards import SafeguardEntry
from debrief_desk.rules.codes import BusyKind, Indicator, ReferralKind, StopReason
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Busy, DebriefStop, NoApproachMarker
from debrief_desk.ui.debriefs.course_dialogs import StopDialog, TimeDialog
from debrief_desk.ui.debriefs.screen import DebriefsScreen
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.people.care_dialogs import AgeDialog, BusyDialog, InformedDialog
from debrief_desk.ui.people.safeguards import SafeguardsDialog
from debrief_desk.ui.people.screen import PeopleScreen
from debrief_desk.ui.worker import InlineWorker
from tests.actions.conftest import _small_desk, small  # noqa: F401 - fixtures
from tests.builders import at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from debrief_desk.ui.screen import Screen
    from tests.actions.conftest import SmallDesk
    from tests.conftest import FixedClock

pytestmark = pytest.mark.usefixtures("dressed")
RETURN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def show(qtbot: QtBot, small: SmallDesk) -> Iterator[Callable[[type[Screen]], Any]]:
    worker = InlineWorker()
    worker.adopt(small.desk)

    def show(kind: type[Screen]) -> Any:
        screen = kind(worker)
        worker.changed.connect(lambda tables: screen.reload() if tables & screen.tables else None)
        qtbot.addWidget(screen)
        screen.resize(1158, 720)
        with qtbot.waitActive(screen):
            screen.show()
        screen.reload()
        return screen

    yield show
    worker.stop()


@pytest.fixture
def cleared(small: SmallDesk, clock: FixedClock) -> str:
    """A debrief of BF1 at 14:00 that is cleared; it is 14:02."""
    made = small.register("NCA", "BF1", "14:00")
    small.consent(made.debrief_id)
    small.desk.write(plans.clear, made.debrief_id, small.debrief(made.reference).version)
    clock.now = at("14:02")
    return made.debrief_id


@pytest.fixture
def running(small: SmallDesk, cleared: str, clock: FixedClock) -> str:
    small.desk.write(course.begin, cleared, small.debrief(cleared).version)
    clock.now = at("14:30")
    return cleared


def dialog(screen: Screen, kind: type[Any]) -> Any:
    """Give the question that is shown, once it has the keyboard."""
    found = next(one for one in screen.findChildren(kind) if one.isVisible())
    QApplication.processEvents()
    assert QApplication.activeWindow() is found
    return found


def offered(screen: DebriefsScreen) -> dict[str, bool]:
    """Give the buttons in sight, and whether they can be pressed."""
    foot = screen.list.foot
    return {b.objectName(): b.isEnabled() for _k, b in foot.shortcuts() if b.isVisible()}


def on_list(screen: DebriefsScreen, key: Qt.Key) -> None:
    screen.activateWindow()
    screen.list.table.setFocus()
    QApplication.processEvents()
    QTest.keyClick(screen.list.table, key)


def press(screen: PeopleScreen, name: str) -> None:
    """Press a button of the card with the keyboard."""
    button = next(b for b in screen.person.findChildren(QPushButton, name) if b.isVisible())
    button.setFocus()
    QTest.keyClick(button, SPACE)


def opened(show: Callable[[type[Screen]], Any], small: SmallDesk, serial: str) -> PeopleScreen:
    screen: PeopleScreen = show(PeopleScreen)
    screen.open_person(small.id_of(serial))
    return screen


# the list


def test_each_state_offers_its_own_steps(
    small: SmallDesk, show: Callable[[type[Screen]], Any], clock: FixedClock
) -> None:
    made = small.register("NCA", "BF1", "14:00")
    before = {"open": True, "move_button": True, "answer": True, "welfare": True, "cancel": True}
    screen = show(DebriefsScreen)
    assert offered(screen) == {**before, "clear": True, "begin": False}
    small.consent(made.debrief_id)
    small.desk.write(plans.clear, made.debrief_id, small.debrief(made.reference).version)
    screen.reload()
    assert offered(screen) == {**before, "begin": True}
    clock.now = at("14:00")
    small.desk.write(course.begin, made.debrief_id, small.debrief(made.reference).version)
    screen.reload()
    ends = {"complete": True, "stop": True, "withdrawn": True}
    assert offered(screen) == {"open": True, "welfare": True, **ends}
    assert "14:00" in screen.list.foot.remark.text()
    small.desk.write(course.complete, made.debrief_id, small.debrief(made.reference).version)
    screen.list.state.set_value("all")
    assert offered(screen) == {"open": True}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_B, "Only a cleared debrief begins"),
        (Qt.Key.Key_E, "has not begun"),
        (Qt.Key.Key_S, "has not begun"),
        (Qt.Key.Key_X, "has not begun"),
    ],
)
def test_a_key_that_does_nothing_now_says_why(
    small: SmallDesk, show: Callable[[type[Screen]], Any], key: Qt.Key, said: str
) -> None:
    made = small.register("NCA", "BF1", "14:00")
    screen = show(DebriefsScreen)
    on_list(screen, key)
    assert said in screen.strip.text.text()
    assert screen.strip.badge.level is Level.CHECK
    assert "Only a cleared debrief begins" in screen.list.foot.begin.toolTip()
    assert small.debrief(made.reference).state is DebriefState.PLANNED


def test_what_keeps_a_debrief_from_beginning_is_said_before_anything_is_asked(
    small: SmallDesk, cleared: str, show: Callable[[type[Screen]], Any], clock: FixedClock
) -> None:
    clock.now = at("15:30")
    screen = show(DebriefsScreen)
    on_list(screen, Qt.Key.Key_B)
    assert "cannot begin now" in screen.strip.text.text()
    assert not screen.findChildren(TimeDialog)
    assert small.debrief(cleared).state is DebriefState.CLEARED


def test_begin_and_complete_by_keyboard_keep_the_times_that_are_typed(
    small: SmallDesk,
    cleared: str,
    show: Callable[[type[Screen]], Any],
    clock: FixedClock,
    qtbot: QtBot,
) -> None:
    screen = show(DebriefsScreen)
    on_list(screen, Qt.Key.Key_B)
    asked = dialog(screen, TimeDialog)
    assert asked.time.at.hasFocus()
    QTest.keyClicks(asked.time.at, "1400")
    QTest.keyClick(asked.time.at, RETURN)
    assert small.debrief(cleared).started_at == at("14:00")
    clock.now = at("15:06")
    on_list(screen, Qt.Key.Key_E)
    asked = dialog(screen, TimeDialog)
    QTest.keyClicks(asked.time.at, "1359")
    QTest.keyClick(asked.time.at, RETURN)
    assert "before the beginning" in asked.time.error.text()
    asked.time.at.selectAll()
    QTest.keyClicks(asked.time.at, "1505")
    with qtbot.waitSignal(screen.said) as heard:
        QTest.keyClick(asked.time.at, RETURN)
    assert "completed after 65 minutes" in heard.args[0]
    assert screen.strip.badge.level is Level.CHECK
    assert "60 is usual" in screen.strip.text.text()
    row = small.debrief(cleared)
    assert (row.state, row.ended_at) == (DebriefState.COMPLETED, at("15:05"))


def test_withdrawn_asks_for_the_time_and_for_no_reason(
    small: SmallDesk, running: str, show: Callable[[type[Screen]], Any]
) -> None:
    screen = show(DebriefsScreen)
    on_list(screen, Qt.Key.Key_X)
    asked = dialog(screen, TimeDialog)
    assert "No reason is asked" in asked.accessibleDescription()
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert small.debrief(running).state is DebriefState.IN_PROGRESS
    on_list(screen, Qt.Key.Key_X)
    QTest.keyClick(dialog(screen, TimeDialog).time.at, RETURN)
    assert small.debrief(running).state is DebriefState.WITHDRAWN
    assert [m.kind for m in small.stored(NoApproachMarker)] == ["no_approach"]


@pytest.mark.usefixtures("running")
def test_a_stop_asks_for_what_its_reason_needs_and_no_more(
    small: SmallDesk, show: Callable[[type[Screen]], Any]
) -> None:
    screen = show(DebriefsScreen)
    on_list(screen, Qt.Key.Key_S)
    asked = dialog(screen, StopDialog)
    assert asked.reason.hasFocus()
    QTest.keyClick(asked.reason, RETURN)
    assert asked.reason_field.has_error()
    needed = (asked.category_field, asked.owner_field, asked.informed_field, asked.consents)
    assert not any(one.isVisible() for one in needed)
    asked.reason.set_value("safeguarding")
    assert [one.isVisible() for one in needed] == [True, True, True, False]
    asked.go.click()
    assert asked.category_field.has_error()
    assert asked.category.hasFocus()
    asked.category.set_value("trafficking")
    assert asked.consents.isVisible()
    asked.owner.set_value("Duty manager")
    asked.informed.set_value("S. Lead")
    asked.go.click()
    (kept,) = small.stored(DebriefStop)
    assert (kept.reason, kept.informed, kept.informed_at) == (
        "safeguarding",
        "S. Lead",
        at("14:30"),
    )
    assert [t.kind for t in small.desk.read(referrals.open)] == [ReferralKind.DUTY_TO_NOTIFY]


# the card


def test_a_busy_time_is_added_shown_and_taken_back(
    small: SmallDesk, show: Callable[[type[Screen]], Any]
) -> None:
    screen = opened(show, small, "BF1")
    press(screen, "busy_button")
    asked = dialog(screen, BusyDialog)
    asked.go.click()
    assert asked.kind_field.has_error()
    assert asked.start.has_error()
    assert asked.end_field.has_error()
    asked.kind.set_value("prayer")
    QTest.keyClicks(asked.start.clock, "2330")
    QTest.keyClicks(asked.end, "15")
    QTest.keyClick(asked.end, RETURN)
    (row,) = screen.person.shown.care.busy
    assert (row.kind, row.starts_at) == (BusyKind.PRAYER, at("23:30"))
    assert row.ends_at == at("15:00", day=21)
    press(screen, "busy_over_button")
    assert screen.person.shown.care.busy == ()
    assert [one.cancelled_at for one in small.stored(Busy)] == [small.desk.now()]


def test_an_age_decision_needs_all_three_answers(
    small: SmallDesk, show: Callable[[type[Screen]], Any]
) -> None:
    screen = opened(show, small, "BF6")
    assert not screen.plan_button.isEnabled()
    press(screen, "age_button")
    asked = dialog(screen, AgeDialog)
    assert asked.decided.hasFocus()
    asked.day.set_value(at("00:00", day=21).date())
    asked.go.click()
    for field in (asked.decided_field, asked.day_field, asked.decider_field):
        assert field.has_error()
    asked.decided.set_value("adult")
    asked.day.set_value(at("00:00").date())
    asked.decider.set_value("Kent age panel")
    asked.go.click()
    assert [row.decider for row in screen.person.shown.care.ages] == ["Kent age panel"]
    assert screen.plan_button.isEnabled()


def test_safeguards_are_ticked_and_open_their_task(
    small: SmallDesk, show: Callable[[type[Screen]], Any]
) -> None:
    screen = opened(show, small, "BF1")
    press(screen, "safeguards_button")
    asked = dialog(screen, SafeguardsDialog)
    QTest.keyClick(asked.indicators["trafficking"], SPACE)
    asked.children_with.set_value("2")
    asked.carer.set_value("no")
    QTest.keyClicks(asked.power.clock, "0900")
    asked.go.click()
    assert asked.power.has_error()
    asked.power.clock.setText("0700")
    asked.go.click()
    assert small.desk.read(safeguards.get, small.id_of("BF1")) == SafeguardEntry(
        frozenset({Indicator.TRAFFICKING}),
        dependants=2,
        carer_recorded=False,
        compulsory_power_at=at("07:00"),
    )
    assert [t.kind for t in screen.person.shown.care.referrals] == [ReferralKind.DUTY_TO_NOTIFY]
    press(screen, "consent_button")
    press(screen, "pass_on_button")
    asked = dialog(screen, Question)
    QTest.keyClicks(asked.reason, "Duty manager")
    next(b for b in asked.findChildren(QPushButton) if "Pass" in b.text()).click()
    (task,) = screen.person.shown.care.referrals
    assert (task.kind, task.owner) == (ReferralKind.NRM, "Duty manager")
    press(screen, "done_button")
    assert small.desk.read(referrals.open) == ()
    assert not [b for b in screen.person.findChildren(QPushButton, "done_button") if b.isVisible()]


def test_a_stop_is_told_and_released_on_the_card(
    small: SmallDesk, running: str, show: Callable[[type[Screen]], Any]
) -> None:
    wanted = Stop(StopReason.SAFEGUARDING, category=Indicator.TORTURE, owner="Duty manager")
    small.desk.write(course.stop, running, small.debrief(running).version, wanted)
    screen = opened(show, small, "BF1")
    assert screen.person.shown.care.waits
    press(screen, "informed_button")
    asked = dialog(screen, InformedDialog)
    asked.go.click()
    assert asked.who_field.has_error()
    QTest.keyClicks(asked.who, "S. Lead")
    QTest.keyClick(asked.who, RETURN)
    press(screen, "release_button")
    asked = dialog(screen, Question)
    next(b for b in asked.findChildren(QPushButton) if "Release" in b.text()).click()
    assert not screen.person.shown.care.waits
    (kept,) = small.stored(DebriefStop)
    assert (kept.informed, kept.released_at) == ("S. Lead", at("14:30"))
