"""A sheet that comes again never blanks or overwrites what the desk recorded of welfare since."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import histories, imports, people, welfare
from debrief_desk.actions.welfare import WelfareEntry
from tests.builders import at
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.desk import Desk

MANIFEST = "border-force-manifest.csv"
WELFARE = ("Screened", "Dry, fed, rested", "Medical", "Interviewer preference")
CLEARED_LATER = "20/11/2026 07:30"


def manifest() -> list[dict[str, str]]:
    with (RECORD_DAY / MANIFEST).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def again(desk: Desk, folder: Path, changes: dict[str, dict[str, str]]) -> imports.Imported:
    """Import the real manifest once more, with some cells of some rows changed."""
    rows = [row | changes.get(row["Serial"], {}) for row in manifest()]
    path = folder / MANIFEST
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        table = csv.DictWriter(lines, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return desk.write(imports.take, imports.ImportFile(path, agency="Border Force"))


def record_of(desk: Desk, serial: str) -> str:
    return next(
        row.id
        for row in desk.read(people.listed, "", 0, 2000).rows
        if row.serial == serial and row.agency == "Border Force"
    )


def whole(count: int) -> list[str]:
    """Give the first senders' references whose row says everything about welfare."""
    return [
        row["Serial"]
        for row in manifest()
        if row["Medical"] == "Fit" and all(row[title] for title in WELFARE)
    ][:count]


def test_blank_cells_of_a_newer_sheet_leave_what_stands_whoever_wrote_it(
    record_day: Desk, tmp_path: Path
) -> None:
    by_sheet, by_desk = whole(2)
    keys = {serial: record_of(record_day, serial) for serial in (by_sheet, by_desk)}
    typed = replace(record_day.read(welfare.get, keys[by_desk]), medical="hold", rested=False)
    record_day.write(welfare.record, keys[by_desk], typed)
    before = {serial: record_day.read(welfare.get, key) for serial, key in keys.items()}
    blank = dict.fromkeys(WELFARE, "")
    done = again(record_day, tmp_path, {by_sheet: blank, by_desk: blank})
    assert (done.counts["updated"], done.counts["parked"]) == (2, 0)
    assert {s: record_day.read(welfare.get, key) for s, key in keys.items()} == before


def test_a_newer_sheet_that_says_otherwise_is_set_aside_where_the_desk_spoke_and_taken_elsewhere(
    record_day: Desk, tmp_path: Path
) -> None:
    by_sheet, by_desk = whole(2)
    keys = {serial: record_of(record_day, serial) for serial in (by_sheet, by_desk)}
    typed = replace(record_day.read(welfare.get, keys[by_desk]), medical="hold")
    record_day.write(welfare.record, keys[by_desk], typed)
    changed = {"Medical": "See nurse", "Screened": CLEARED_LATER}
    done = again(record_day, tmp_path, {by_sheet: changed, by_desk: changed})
    assert (done.counts["updated"], done.counts["parked"]) == (1, 1)
    taken, kept = (record_day.read(welfare.get, keys[serial]) for serial in (by_sheet, by_desk))
    assert (taken.medical, taken.screened_at) == ("see_nurse", at("07:30"))
    assert (kept.medical, kept.screened_at) == ("hold", at("07:30"))
    (waiting,) = [row for row in done.left if "stays" in " ".join(row.reasons)]
    assert "Medical" in waiting.reasons[0]
    assert len(waiting.reasons) == 1
    told = " ".join(row.text for row in record_day.read(histories.of_person, keys[by_sheet]))
    assert "Healthcare says" in told
    repeated = again(record_day, tmp_path, {by_sheet: changed, by_desk: changed})
    assert [repeated.counts[n] for n in ("added", "updated", "parked")] == [0, 0, 0]


def test_an_earlier_clearance_ends_when_a_sheet_brings_a_new_word_of_healthcare(
    record_day: Desk, tmp_path: Path
) -> None:
    (serial,) = whole(1)
    key = record_of(record_day, serial)
    known = record_day.read(welfare.get, key)
    record_day.write(welfare.record, key, replace(known, medical_cleared_at=at("07:00")))
    again(record_day, tmp_path, {serial: {"Medical": "Not fit"}})
    now = record_day.read(welfare.get, key)
    assert (now.medical, now.medical_cleared_at) == ("not_fit", None)


@pytest.mark.parametrize("medical", ["Fit", "See nurse"])
def test_another_agencys_sheet_with_an_earlier_screening_does_not_speak_over_the_desk(
    record_day: Desk, tmp_path: Path, medical: str
) -> None:
    row = next(r for r in manifest() if r["HO Ref"] and r["Medical"] == "Fit" and r["Band"])
    key = record_of(record_day, row["Serial"])
    record_day.write(welfare.record, key, WelfareEntry(screened_at=at("07:00"), medical="hold"))
    theirs = tmp_path / "theirs.csv"
    with theirs.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, list(row))
        table.writeheader()
        table.writerow(row | {"Serial": "KP9001", "Medical": medical})
    done = record_day.write(imports.take, imports.ImportFile(theirs, agency="Kent Police"))
    assert done.counts["linked"] == 1
    assert record_day.read(welfare.get, key).medical == "hold"
