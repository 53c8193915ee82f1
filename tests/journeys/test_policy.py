"""An administrator tries a stricter rule, saves it, and sees the inbox and the form follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from debrief_desk.actions import conflicts, policies, rule_cards
from debrief_desk.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.main_window import MainWindow
    from debrief_desk.ui.rules.screen import RulesScreen

LEAD = "fitness.lead_debriefs"


def test_a_stricter_rule_is_tried_saved_and_taken_back(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot
) -> None:
    worker = Worker()  # the real one: a trial runs beside the window
    window = open_window(worker, record_day)
    before = len(record_day.read(conflicts.listed))
    window.visit("rules", "X-2")
    screen = cast("RulesScreen", window.screens["rules"])
    qtbot.waitUntil(lambda: screen.rules.detail.id.text() == "X-2", timeout=20_000)
    said_before = plans_of(record_day, "X-2")

    QTest.mouseClick(screen.rules.detail.policy_button, Qt.MouseButton.LeftButton)
    screen.policy.sections.choose("fitness")
    editor = cast("Any", screen.policy._forms["fitness"].rows[LEAD].editor)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "20")
    qtbot.waitUntil(lambda: screen.try_button.isVisible() and worker.is_idle, timeout=20_000)
    QTest.mouseClick(screen.try_button, Qt.MouseButton.LeftButton)
    trial = screen.policy.trial
    qtbot.waitUntil(lambda: trial.states.currentWidget() is trial.states.content, timeout=20_000)
    counts = {row.rule: row for at in range(trial.counts.rows.rowCount()) if (row := trial.counts.rows.row(at))}  # fmt: skip
    raised = counts["X-2"].raised
    assert raised > 0
    assert len(record_day.read(policies.versions)) == 1
    assert len(record_day.read(conflicts.listed)) == before

    screen.reason.setFocus()
    QTest.keyClicks(screen.reason, "after the inspection")
    QTest.keyClick(screen.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: worker.is_idle and not screen.policy.is_edited, timeout=20_000)
    assert plans_of(record_day, "X-2") == said_before + raised
    stricter = record_day.read(conflicts.listed)
    assert len(stricter) > before

    screen.policy.sections.choose("history")
    history = screen.policy.history
    qtbot.waitUntil(lambda: history.table.rows.rowCount() == 2, timeout=20_000)
    assert history.changes.text() == "Debriefs a lead has completed: 5 → 20"
    first = record_day.read(policies.versions)[-1]
    history.wanted_back.emit(first.id, "the trial is over")
    qtbot.waitUntil(lambda: history.table.rows.rowCount() == 3, timeout=20_000)
    after = record_day.read(conflicts.listed)
    assert {row.id for row in after} == {row.id for row in stricter} - gone(record_day)
    assert len(after) == before
    assert plans_of(record_day, "X-2") == said_before
    worker.stop()


def plans_of(desk: Desk, rule: str) -> int:
    """Give on how many open plans a rule speaks."""
    return next(row.plans or 0 for row in desk.read(rule_cards.listed) if row.id == rule)


def gone(desk: Desk) -> set[str]:
    """Give the conflicts that closed because the policy changed."""
    rows = desk.read(conflicts.listed, everything=True)
    return {row.id for row in rows if row.closed_because == "policy_changed"}
