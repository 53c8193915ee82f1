"""A boat lands and an interviewer falls ill: a repair is offered, taken line by line, and issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from debrief_desk.actions import debriefs, imports, rosters
from debrief_desk.actions.rights import writes
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Debrief, Duty
from debrief_desk.ui.worker import Worker
from tests import builders, planned_day
from tests.builders import at
from tests.planned_day import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from debrief_desk.desk import Desk
    from debrief_desk.ui.main_window import MainWindow
    from debrief_desk.ui.plan.screen import PlanScreen

LONG = 30_000
BOAT = f"""{builders.MANIFEST_HEADER}
BF21,E-1120-01,01-001,GEBRE,Senait,,14/02/1991,F,ERI,,20/11/2026 04:00,20/11/2026 05:00,20/11/2026 06:00,Yes,Fit,No preference,Tigrinya,
BF22,E-1120-01,01-002,NOORZAI,Farida,,22/11/1985,F,AFG,,20/11/2026 04:00,20/11/2026 05:00,20/11/2026 06:00,Yes,Fit,No preference,Pashto,
"""


@writes(None)
def fall_ill(session: Session, own: str) -> None:
    duty = Duty(
        interviewer_id=UUID(own), kind="absence", starts_at=at("00:00"), ends_at=at("23:59")
    )
    session.add(duty)


@pytest.fixture
def page(
    desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
    open_window: Callable[[Worker, Desk], MainWindow],
) -> Iterator[PlanScreen]:
    """The page of the real window, with its threads, on a day that is planned half."""
    planned_day.fill(desk, tmp_path)
    worker = Worker()
    window = open_window(worker, desk)
    window.visit("plan")
    screen = cast("PlanScreen", window.screens["plan"])
    screen.options.budget.set_value("1")
    qtbot.waitUntil(lambda: worker.is_idle, timeout=LONG)
    yield screen
    screen.planner.end()
    worker.stop()


def propose(page: PlanScreen, qtbot: QtBot) -> None:
    page.options.propose.click()
    qtbot.waitUntil(lambda: page.offer() is not None and not page.planner.is_running, timeout=LONG)


def take_all(page: PlanScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.said, timeout=LONG):
        page.take_all.click()
    qtbot.waitUntil(lambda: page.worker.is_idle, timeout=LONG)


def test_a_boat_and_an_illness_are_repaired_line_by_line_and_issued_again(
    page: PlanScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    propose(page, qtbot)
    take_all(page, qtbot)
    order = RosterOrder(at("00:00"), at("00:00", day=21), recipient="Shift lead")
    first = desk.write(rosters.issue, order, tmp_path / "v1.csv", "csv")
    assert (first.version, first.lines, first.changed) == (1, 3, 0)
    before = {row.id: row for row in rows(desk, Debrief)}

    boat = builders.sheet(tmp_path, BOAT, "boat.csv")
    desk.write(imports.take, imports.ImportFile(boat, agency="Border Force"))
    for serial, clock in (("BF21", "12:00"), ("BF22", "13:00")):
        planned_day.register(desk, serial, clock)
    ill = next(iter(before.values())).lead_id
    desk.write(fall_ill, str(ill))

    propose(page, qtbot)
    offer = page.offer()
    assert offer is not None
    assert not page.options.mode.model().item(2).isEnabled()  # people have been told
    assert offer.mode == "freeze"
    hit = {str(row.id) for row in before.values() if ill in (row.lead_id, row.second_id)}
    assert hit <= {row.id for row in offer.lines}

    accept_one_by_one(page, qtbot)
    after = rows(desk, Debrief)
    assert len(after) == 5
    assert all(ill not in (row.lead_id, row.second_id) for row in after)
    standing = [row for row in after if row.state is DebriefState.PLANNED]
    assert all(row.room_id for row in standing)
    assert len(standing) >= 4

    board = desk.read(debriefs.on_board, at("00:00"), at("00:00", day=21))
    assert {row.reference for row in standing} <= {row.reference for row in board}
    second = desk.write(rosters.issue, order, tmp_path / "v2.csv", "csv")
    text = (tmp_path / "v2.csv").read_text(encoding="utf-8-sig").casefold()
    assert second.version == 2
    assert second.changed >= 2
    assert "new" in text
    assert "changed" in text


def accept_one_by_one(page: PlanScreen, qtbot: QtBot) -> None:
    """Accept the first line again and again; together with others where it fits only so."""
    while (offer := page.offer()) is not None and offer.lines:
        page.view.lines.choose(offer.lines[0].id)
        page.view.lines.setFocus()
        qtbot.keyClick(page.view.lines, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.worker.is_idle, timeout=LONG)
        now = page.offer()
        if now is not None and now.lines == offer.lines:
            assert page.strip.action.text() == "Accept them together"
            page.strip.action.click()
            qtbot.waitUntil(lambda: page.worker.is_idle, timeout=LONG)
