"""Two numbers for one boat are suggested, recorded, and taken apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from debrief_desk.actions import events, imports
from debrief_desk.ui.people.boats import BoatsDialog
from debrief_desk.ui.people.screen import PeopleScreen
from debrief_desk.ui.worker import InlineWorker
from tests.builders import MANIFEST, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.events import EventRow
    from debrief_desk.desk import Desk

pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]
OTHER_COUNT = """Our ref,Name,DOB,Sex,Nationality,HO reference,Wristband,Boat,Date,Start,Mins,Lead officer
NCA-1,"TESFAYE, Yonas",14/02/1994,Male,Eritrea,,7/1,7/19,,,,
NCA-2,"KIDANE, Rahel",22/11/1988,Female,Eritrea,,7/2,7/19,,,,
NCA-3,"GEBRE, Senait",,Female,Eritrea,,7/3,7/19,,,,
"""


@pytest.fixture
def boats(desk: Desk, tmp_path: Path) -> Desk:
    """A desk on which two agencies count one boat each in its own way."""
    for name, text, agency in (
        ("bf.csv", MANIFEST, "Border Force"),
        ("nca.csv", OTHER_COUNT, "NCA"),
    ):
        desk.write(imports.take, imports.ImportFile(sheet(tmp_path, text, name), agency=agency))
    return desk


@pytest.fixture
def dialog(qtbot: QtBot, boats: Desk) -> Iterator[BoatsDialog]:
    worker = InlineWorker()
    worker.adopt(boats)
    screen = PeopleScreen(worker)
    qtbot.addWidget(screen)
    screen.reload()
    with qtbot.waitActive(screen):
        screen.show()
    QTest.mouseClick(screen.boats_button, Qt.MouseButton.LeftButton)
    (shown,) = screen.findChildren(BoatsDialog)
    yield shown
    worker.stop()


def row(desk: Desk, number: str) -> EventRow:
    return next(row for row in desk.read(events.listed) if row.number == number)


def test_numbers_with_bands_in_common_are_suggested_as_one_boat(boats: Desk) -> None:
    assert row(boats, "7/19").likely == "E-1119-07"
    assert row(boats, "E-1119-07").likely == ""
    assert row(boats, "7/19").records == 3


def test_one_boat_is_recorded_and_taken_apart_in_the_dialog(
    dialog: BoatsDialog, boats: Desk
) -> None:
    assert (dialog.table.key(), dialog.other.value()) == ("7/19", "E-1119-07")
    dialog.same_button.click()
    assert row(boats, "7/19").alias_of == "E-1119-07"
    assert not dialog.same_button.isEnabled()
    dialog.apart_button.click()
    assert row(boats, "7/19").alias_of == ""
    assert row(boats, "7/19").likely == "E-1119-07"
