"""From planned to cleared in the real window, and onto the roster of the interviewers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import imports, plans, rosters
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.rules.codes import ExplanationPoint
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Debrief
from debrief_desk.ui.debriefs.dialogs import AnswerDialog
from debrief_desk.ui.debriefs.welfare import WelfareDialog
from debrief_desk.ui.worker import InlineWorker, Worker
from tests.actions.test_welfare import team_plan
from tests.builders import at
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.plans import Registered
    from debrief_desk.desk import Desk
    from debrief_desk.ui.debriefs.screen import DebriefsScreen
    from debrief_desk.ui.main_window import MainWindow

SPACE, RETURN = Qt.Key.Key_Space, Qt.Key.Key_Return


@pytest.fixture
def planned(desk: Desk) -> tuple[Desk, Registered]:
    """A desk with the real staff sheets, the plan to clear, and another that stays as it is."""
    for name in ("rooms.csv", "interviewers.csv", "interpreters.csv"):
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name))
    other = {"given_name": "Minh", "family_name": "Nguyen", "born": "03/09/1981"}
    desk.write(plans.register, team_plan(desk, "13:00", **other))
    return desk, desk.write(plans.register, team_plan(desk))


def state(desk: Desk, reference: str) -> DebriefState:
    with Session(desk._opened.reader) as session:
        return session.scalars(select(Debrief.state).filter_by(reference=reference)).one()


def listed(desk: Desk) -> list[str]:
    """Give the references on the roster of the interviewers."""
    order = RosterOrder(
        at("00:00"), at("00:00") + timedelta(days=1), level="interviewer", recipient="The team"
    )
    return [line.reference for line in desk.read(rosters.preview, order).rows]


def asked(window: MainWindow, kind: type[QDialog]) -> Any:
    """Give the question that is shown, once it has the keyboard."""
    found = next(one for one in window.findChildren(kind) if one.isVisible())
    QApplication.processEvents()
    assert QApplication.activeWindow() is found
    return found


def is_asked(window: MainWindow, kind: type[QDialog]) -> bool:
    return any(one.isVisible() for one in window.findChildren(kind))


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key on the list, once the window has the keyboard again after a question."""
    window.activateWindow()
    QApplication.processEvents()
    screen = cast("DebriefsScreen", window.screens["debriefs"])
    QTest.keyClick(screen.list.table, key)


def record_welfare(dialog: WelfareDialog) -> None:
    """Fill in what the screening found, by keyboard from field to field."""
    QTest.keyClicks(dialog.screened.clock, "030")
    dialog.rested.set_value("yes")
    dialog.medical.set_value("fit")
    dialog.preference.set_value("none")
    dialog.interpreter.set_value("none")
    for moment, clock in ((dialog.landed, "2200"), (dialog.arrived, "2330")):
        moment.day.set_value(at("00:00", day=19).date())
        QTest.keyClicks(moment.clock, clock)
    QTest.keyClick(dialog.arrived.clock, RETURN)


def record_yes(dialog: AnswerDialog, *left_out: ExplanationPoint) -> None:
    """Choose the answer and tick what was explained."""
    dialog.outcome.set_value("accepted")
    for point in ExplanationPoint:
        if point not in left_out:
            QTest.keyClick(dialog.explanation.points[point.value], SPACE)
    QTest.keyClick(dialog.language, RETURN)


def test_a_plan_is_made_ready_cleared_and_listed_alone_for_the_interviewers(
    planned: tuple[Desk, Registered], open_window: Callable[[Worker, Desk], MainWindow]
) -> None:
    desk, made = planned
    window = open_window(InlineWorker(), desk)
    window.visit("debriefs")
    screen = cast("DebriefsScreen", window.screens["debriefs"])
    table = screen.list.table
    assert table.choose(made.debrief_id)
    assert listed(desk) == []

    press(window, Qt.Key.Key_C)
    assert "cannot be cleared yet" in screen.strip.text.text()
    press(window, Qt.Key.Key_W)
    record_welfare(asked(window, WelfareDialog))
    press(window, Qt.Key.Key_A)
    record_yes(asked(window, AnswerDialog), ExplanationPoint.COMPLAINT)
    press(window, Qt.Key.Key_C)
    assert state(desk, made.reference) is DebriefState.PLANNED
    assert listed(desk) == []

    press(window, Qt.Key.Key_A)
    record_yes(asked(window, AnswerDialog))
    press(window, Qt.Key.Key_C)
    assert state(desk, made.reference) is DebriefState.CLEARED
    assert listed(desk) == [made.reference]

    window.visit("roster")
    roster = window.screens["roster"]
    roster.options.level.set_value("interviewer")
    shown = [roster.preview.rows.row(n) for n in range(roster.preview.rows.rowCount())]
    assert [line.reference for line in shown] == [made.reference]


def test_the_same_by_keyboard_on_the_real_threads(
    planned: tuple[Desk, Registered],
    open_window: Callable[[Worker, Desk], MainWindow],
    qtbot: QtBot,
) -> None:
    desk, made = planned
    worker = Worker()
    window = open_window(worker, desk)
    window.visit("debriefs")
    screen = cast("DebriefsScreen", window.screens["debriefs"])
    table = screen.list.table
    qtbot.waitUntil(lambda: table.choose(made.debrief_id), timeout=20_000)
    table.setFocus()
    press(window, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: is_asked(window, WelfareDialog), timeout=20_000)
    record_welfare(asked(window, WelfareDialog))
    qtbot.waitUntil(lambda: worker.is_idle, timeout=20_000)
    press(window, Qt.Key.Key_A)
    record_yes(asked(window, AnswerDialog))
    qtbot.waitUntil(lambda: worker.is_idle, timeout=20_000)
    press(window, Qt.Key.Key_C)
    qtbot.waitUntil(
        lambda: worker.is_idle and state(desk, made.reference) is DebriefState.CLEARED,
        timeout=20_000,
    )
    assert listed(desk) == [made.reference]
    assert QApplication.focusWidget() is table
