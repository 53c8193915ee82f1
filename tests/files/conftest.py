"""Sheets for the tests of `files`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debrief_desk.files.headings import map_columns
from debrief_desk.files.people import PersonRow, parse_people
from debrief_desk.files.rosters import RosterLine, RosterMeta, RosterSheet, columns_for
from debrief_desk.files.sheets import read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.files.rows import ParsedSheet

DATA = Path(__file__).parents[1] / "data"
RECORD_DAY = date(2026, 11, 20)


@pytest.fixture
def record_day() -> Path:
    return DATA / "record-day"


@pytest.fixture
def broken() -> Path:
    return DATA / "broken"


@pytest.fixture
def parsed() -> Callable[[Path], ParsedSheet[PersonRow]]:
    def parse(path: Path) -> ParsedSheet[PersonRow]:
        sheet = read_sheet(path)
        return parse_people(sheet, map_columns(sheet), near=RECORD_DAY)

    return parse


@pytest.fixture
def people(tmp_path: Path) -> Callable[[str], tuple[PersonRow, ...]]:
    """Parse the lines of a CSV file written for one test."""

    def parse(text: str) -> tuple[PersonRow, ...]:
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        sheet = read_sheet(path)
        return parse_people(sheet, map_columns(sheet), near=RECORD_DAY).rows

    return parse


@pytest.fixture
def roster() -> Callable[..., RosterSheet]:
    """Make a roster of debriefs an hour apart; each argument changes one line."""

    def make(*lines: dict[str, object], level: str = "supervisor") -> RosterSheet:
        meta = RosterMeta(
            site="Manston",
            day=RECORD_DAY,
            window="",
            agency="",
            level=level,  # type: ignore[arg-type]
            marking="OFFICIAL-SENSITIVE",
            version=2,
            copy_no=1,
            recipient="Shift lead",
            printed_by="A. Coordinator",
            printed_at=datetime(2026, 11, 20, 6, tzinfo=UTC),
        )
        rows = tuple(
            RosterLine(
                **{
                    "uid": f"uid-{number}",
                    "reference": f"DD-2611-{number:04}",
                    "start": datetime(2026, 11, 20, 8 + number % 12, tzinfo=UTC),
                    "end": datetime(2026, 11, 20, 9 + number % 12, tzinfo=UTC),
                    "room": "Room 3",
                    **line,
                }  # type: ignore[arg-type]
            )
            for number, line in enumerate(lines)
        )
        return RosterSheet(meta, columns_for(meta.level), rows)

    return make
