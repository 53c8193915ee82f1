"""From the board to the roster, in the real window: seen, moved, issued, changed, issued again."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from debrief_desk.actions import debriefs, imports, plans, rosters, staff
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.ui.worker import InlineWorker, Worker
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.desk import Desk
    from debrief_desk.ui.board.screen import BoardScreen
    from debrief_desk.ui.main_window import MainWindow
    from debrief_desk.ui.rosters.screen import RostersScreen

DAY = datetime(2026, 11, 20, tzinfo=UTC)
ALT = Qt.KeyboardModifier.AltModifier
PEOPLE = (
    ("Amina", "Hashimi", "NCA", 13, 0, "Room 1"),
    ("Tesfay", "Woldu", "Kent Police", 13, 30, "Room 1"),
    ("Minh", "Nguyen", "NCA", 16, 0, "Room 2"),
)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with rooms, interviewers and three plans, two of which overlap in Room 1."""
    for name in ("rooms.csv", "interviewers.csv"):
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name))
    rooms = {room.name: room.id for room in desk.read(staff.rooms)}
    leads = desk.read(staff.interviewers)
    for number, (given, family, agency, hour, minute, room) in enumerate(PEOPLE):
        lead = [one for one in leads if one.agency == agency][number]
        person = PersonEntry(given_name=given, family_name=family, born="1990-02-03", band=f"07-{number:03d}")  # fmt: skip
        start = DAY + timedelta(hours=hour, minutes=minute)
        plan = DebriefPlan(agency, person=person, starts_at=start, room_id=rooms[room], lead_id=lead.id)  # fmt: skip
        desk.write(plans.register, plan)
    return desk


def stored(desk: Desk, family: str) -> DebriefRow:
    rows = desk.read(debriefs.on_board, DAY, DAY + timedelta(days=1))
    return next(row for row in rows if family in row.person)


def issue(screen: RostersScreen, kind: str, folder: Path) -> Path:
    """Press the button of a form and answer the file box."""
    screen._ways[kind].click()
    dialog = screen.window().findChild(QFileDialog)
    assert dialog is not None
    target = folder / Path(dialog.selectedFiles()[0]).name
    dialog.fileSelected.emit(str(target))
    dialog.setParent(None)
    dialog.deleteLater()
    return target


def marks_of_csv(path: Path) -> list[tuple[str, str]]:
    """Give (reference, change) of the marked rows of a CSV."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    head = next(at for at, row in enumerate(rows) if "Reference" in row)
    table = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]
    return [(row["Reference"], row["Change"]) for row in table if row["Change"]]


def marks_of_workbook(path: Path) -> list[tuple[str, str]]:
    """Give (reference, change) of the marked rows of a workbook."""
    rows = list(load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
    titles = list(rows[1])
    change, reference = titles.index("Change"), titles.index("Reference")
    return [(str(row[reference]), str(row[change])) for row in rows[2:] if row[change]]


def test_the_day_is_seen_moved_issued_and_issued_again_with_exactly_the_change_marked(
    planned: Desk, open_window: Callable[[Worker, Desk], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window(InlineWorker(), planned)
    window.visit("board")
    board = cast("BoardScreen", window.screens["board"])
    qtbot.waitUntil(board.board.hasFocus)
    row = next(row for row in board.board.measures.rows if row.row.title == "Room 1")
    assert row.overlap == 30

    plan = stored(planned, "Woldu")
    board.board.choose(plan.id)
    QTest.keyPress(board.board, Qt.Key.Key_Down, ALT)
    QTest.keyRelease(board.board, Qt.Key.Key_Alt)
    assert stored(planned, "Woldu").room == "Room 2"
    assert not board.key.stops.isVisible()

    window.visit("roster")
    roster = cast("RostersScreen", window.screens["roster"])
    QTest.keyClicks(roster.options.recipient, "Night shift lead")
    for kind in rosters.FORMATS:
        assert issue(roster, kind, tmp_path).name == f"roster-2026-11-20-supervisor-v1.{kind}"
    assert {row.version for row in planned.read(rosters.issued)} == {1}

    window.visit("board")
    board.board.setFocus()
    board.board.choose(plan.id)
    for _step in range(6):
        QTest.keyPress(board.board, Qt.Key.Key_Right, ALT)
    QTest.keyRelease(board.board, Qt.Key.Key_Alt)
    assert stored(planned, "Woldu").starts_at == plan.starts_at + timedelta(minutes=30)

    window.visit("roster")
    assert "Version 2 · copy 1" in roster.header.subtitle.text()
    again = {kind: issue(roster, kind, tmp_path) for kind in rosters.FORMATS}
    assert {path.name for path in again.values()} == {
        f"roster-2026-11-20-supervisor-v2.{kind}" for kind in rosters.FORMATS
    }
    assert marks_of_csv(again["csv"]) == [(plan.reference, "Changed")]
    assert marks_of_workbook(again["xlsx"]) == [(plan.reference, "Changed")]
    assert again["pdf"].read_bytes().startswith(b"%PDF")
    calendar = again["ics"].read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 3
    assert not any(family in calendar for _given, family, *_rest in PEOPLE)


def test_the_board_keeps_up_with_quick_keys_on_the_real_threads(
    planned: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot
) -> None:
    worker = Worker()
    window = open_window(worker, planned)
    qtbot.waitUntil(lambda: bool(window.screens), timeout=20_000)
    window.visit("board")
    board = cast("BoardScreen", window.screens["board"])
    qtbot.waitUntil(lambda: bool(board.board.measures.places), timeout=20_000)
    plan = board.plan(next(key for key in board.board.measures.places))
    assert plan is not None
    board.board.setFocus()
    board.board.choose(plan.id)
    for _step in range(3):
        QTest.keyPress(board.board, Qt.Key.Key_Right, ALT)
        QTest.keyRelease(board.board, Qt.Key.Key_Alt)
    later = plan.starts_at + timedelta(minutes=15)

    def settled() -> bool:
        now = board.plan(plan.id)
        return worker.is_idle and now is not None and now.starts_at == later

    qtbot.waitUntil(settled, timeout=30_000)
    assert stored(planned, plan.person).starts_at == later
    assert not board.strip.isVisible()
    for _undo in range(3):
        QTest.keyClick(board.board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: worker.is_idle, timeout=30_000)
    assert stored(planned, plan.person).starts_at == plan.starts_at
