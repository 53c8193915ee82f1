"""A real, migrated, encrypted desk for every test; a fixed clock, language and zone; no screen."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "UTC"

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions.desks import DeskSetup
from debrief_desk.desk import Desk
from debrief_desk.store.passwords import FLOOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLES = Path(__file__).parent / "data"
RECORD_DAY = SAMPLES / "record-day"
SUPERVISOR = "First Supervisor"
PASSWORD = "a quiet harbour at dawn"
MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""08:00 in London on the record day."""


@dataclass
class FixedClock:
    """A clock that moves only when a test says so."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def _empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One desk made by the migrations; each test copies it while it is closed."""
    path = tmp_path_factory.mktemp("desks") / "empty.desk"
    setup = DeskSetup("Manston", SUPERVISOR, ("NCA", "Kent Police", "Border Force"))
    desk, _recovery = Desk.create(path, setup, PASSWORD, now=lambda: MORNING, cost=FLOOR)
    desk.close()
    return path


@pytest.fixture(scope="session")
def _record_day_desk(tmp_path_factory: pytest.TempPathFactory, _empty_desk: Path) -> Path:
    """The same desk after the record-day files were imported, staff first."""
    from debrief_desk.actions import imports

    path = copied(_empty_desk, tmp_path_factory.mktemp("record-day"))
    with Desk.open(path, SUPERVISOR, PASSWORD, now=lambda: MORNING) as desk:
        for name, agency in RECORD_DAY_FILES:
            desk.write(imports.take, imports.ImportFile(RECORD_DAY / name, agency=agency))
    return path


RECORD_DAY_FILES = (
    ("rooms.csv", ""),
    ("interviewers.csv", ""),
    ("interpreters.csv", ""),
    ("border-force-manifest.csv", "Border Force"),
    ("nca-planned.xlsx", "NCA"),
    ("kent-police-planned.csv", "Kent Police"),
)


def copied(desk: Path, folder: Path) -> Path:
    """Copy a closed desk with its keys; gives the copy's path."""
    target = folder / "test.desk"
    for file in desk.parent.glob(f"{desk.name}*"):
        if file.is_file() and not file.name.endswith((".lock", ".holder")):
            shutil.copy(file, folder / file.name.replace(desk.name, target.name, 1))
    return target


@pytest.fixture
def desk_path(_empty_desk: Path, tmp_path: Path) -> Path:
    """The path of an empty desk of this test's own, closed."""
    return copied(_empty_desk, tmp_path)


@pytest.fixture
def record_day_path(_record_day_desk: Path, tmp_path: Path) -> Path:
    """The path of a desk with the record day imported, closed."""
    return copied(_record_day_desk, tmp_path)


@pytest.fixture
def open_desk(clock: FixedClock) -> Iterator[Callable[[Path], Desk]]:
    """Open desks as the first supervisor; all are closed when the test ends."""
    opened: list[Desk] = []

    def open_(path: Path) -> Desk:
        desk = Desk.open(path, SUPERVISOR, PASSWORD, now=clock)
        opened.append(desk)
        return desk

    yield open_
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(desk_path: Path, open_desk: Callable[[Path], Desk]) -> Desk:
    """An empty desk, open as the first supervisor at 08:00 on the record day."""
    return open_desk(desk_path)


@pytest.fixture
def record_day(record_day_path: Path, open_desk: Callable[[Path], Desk]) -> Desk:
    """A desk with the record-day files imported, open as the first supervisor at 08:00."""
    return open_desk(record_day_path)


@pytest.fixture(scope="session", autouse=True)
def _one_application(qapp: object) -> object:
    """Have the windows' application from the start: a PDF drawn first would make a lesser one."""
    return qapp
