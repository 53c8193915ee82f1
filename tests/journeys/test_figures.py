"""A record day in the real window, on the real threads: from the work to its figures and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from debrief_desk.actions import conflicts, deciding, figures, people
from debrief_desk.actions.figures import Period
from debrief_desk.rules.times import london_day
from debrief_desk.ui.worker import Worker
from tests.conftest import MORNING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.conflicts.screen import ConflictsScreen
    from debrief_desk.ui.main_window import MainWindow
    from debrief_desk.ui.quality.screen import QualityScreen
    from debrief_desk.ui.today.screen import TodayScreen

LONG = 30_000


def test_the_first_row_leads_to_its_conflict_and_the_figures_follow_what_is_decided(
    record_day: Desk,
    open_window: Callable[[Worker, Desk], MainWindow],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    worker = Worker()
    window = open_window(worker, record_day)
    today = cast("TodayScreen", window.screens["today"])
    qtbot.waitUntil(lambda: bool(today.lines.lines) and today.summary.isVisible(), timeout=LONG)
    assert "0 double approaches prevented" in today.summary.prevented.text()
    row = next(line for line in today.lines.lines if line.row.title.startswith("Same person"))
    row.button.setFocus()
    QTest.keyClick(row.button, Qt.Key.Key_Return)
    inbox = cast("ConflictsScreen", window.screens["conflicts"])
    qtbot.waitUntil(lambda: inbox.queue.key() == row.row.id, timeout=LONG)

    card = record_day.write(conflicts.card, row.row.id)
    keep = next(one for one in card.outcomes if one.code.startswith("keep"))
    _decide(worker, row.row.id, keep.verdict, keep.code)
    window.visit("today", "figures")
    view = today.figures
    qtbot.waitUntil(lambda: view.found is not None and view.found.prevented == 1, timeout=LONG)
    assert view.found is not None
    stored = record_day.read(figures.of, Period(london_day(MORNING), london_day(MORNING)))
    assert view.found.boats == stored.boats
    assert view.table.rows.rowCount() == len(stored.boats) + 1

    target = tmp_path / "figures.xlsx"
    today.write_to(target, view.found.period)
    qtbot.waitUntil(lambda: worker.is_idle and target.exists(), timeout=LONG)
    sheet = load_workbook(target)["Figures"]
    whole = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "All boats")
    assert whole[1:9] == tuple("*" if n is None else n for n in stored.whole.counts)


def test_an_answer_under_people_shows_on_the_quality_page(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot
) -> None:
    worker = Worker()
    window = open_window(worker, record_day)
    window.visit("quality")
    page = cast("QualityScreen", window.screens["quality"])
    qtbot.waitUntil(page.bands.isVisible, timeout=LONG)
    assert ": 0 confirmed" in page.header.subtitle.text()
    pair = record_day.read(people.to_link, 10)[0]
    worker.send(
        people.decide_pair, pair.left.id, pair.right.id, "same", "Seen", then=lambda _done: None
    )
    qtbot.waitUntil(lambda: ": 1 confirmed" in page.header.subtitle.text(), timeout=LONG)
    page.rules_button.click()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.screens["rules"], timeout=LONG)


def _decide(worker: Worker, conflict_id: str, verdict: str, plans: str) -> None:
    decision = deciding.Decision(verdict, plans, "One person, two plans")
    worker.send(deciding.decide, conflict_id, decision, then=lambda _id: None)
