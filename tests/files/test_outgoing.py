"""Rosters as workbooks, CSV and calendars."""

from __future__ import annotations

import csv
import io
import os
import stat
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from debrief_desk.errors import FileRefused
from debrief_desk.files.calendars import calendar_bytes, write_calendars
from debrief_desk.files.cells import clean_text
from debrief_desk.files.formulas import guarded, unguarded
from debrief_desk.files.rosters import about, columns_for, title_line
from debrief_desk.files.sheets import read_sheet, read_sheet_bytes
from debrief_desk.files.tables import csv_bytes, workbook_bytes, write_csv, write_workbook
from debrief_desk.files.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debrief_desk.files.rosters import RosterSheet

    MakeRoster = Callable[..., RosterSheet]

FORMULA_STARTS = "=+-@\t\r＝＋－＠"
NASTY = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-Ali",
    "@SUM(A1)",
    "＝1+1",
    " =1",
    "'=1",
    "\t=1",
    "http://x",
)


def test_a_workbook_has_real_times_and_text_references(roster: MakeRoster) -> None:
    data = workbook_bytes(roster({"person": "Zoë O’Neil", "reference": "0012"}))
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    titles = [cell.value for cell in page[2]]
    line = dict(zip(titles, page[3], strict=True))
    assert line["Reference"].value == "0012"
    assert line["Day"].value == datetime(2026, 11, 20)  # noqa: DTZ001 - cells have no zone
    assert line["Start"].value == time(8)
    assert line["Person"].value == "Zoë O’Neil"
    assert page.freeze_panes == "A3"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$2:$2"


def test_summer_times_are_shown_as_london_clocks_show_them(roster: MakeRoster) -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    data = workbook_bytes(roster({"start": summer, "end": summer}))
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in page[3]][1:3] == [datetime(2026, 7, 2), time(0, 30)]  # noqa: DTZ001 - cells have no zone


def test_the_second_sheet_says_what_the_workbook_is(roster: MakeRoster) -> None:
    sheet = roster({})
    page = openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheet))).worksheets[1]
    said = {row[0].value: row[1].value for row in page.iter_rows()}
    assert said == dict(about(sheet))
    for text in ("OFFICIAL-SENSITIVE", "Shift lead", "A. Coordinator", "2", "Fri 20 Nov 2026"):
        assert text in said.values()
    assert title_line(sheet.meta).startswith("OFFICIAL-SENSITIVE · Supervisor roster · Manston")


def test_a_workbook_holds_no_live_formula_and_no_link(roster: MakeRoster) -> None:
    data = workbook_bytes(roster(*({"person": text, "room": text} for text in NASTY)))
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        pages = b"".join(parcel.read(name) for name in parcel.namelist() if "worksheets/" in name)
    assert b"<f>" not in pages
    assert b"<hyperlink" not in pages
    assert [row.cells[8] for row in read_sheet_bytes(data).rows[2:]] == [
        clean_text(text)[0] for text in NASTY
    ]


def test_a_csv_file_says_what_it_is_and_what_was_done_to_it(roster: MakeRoster) -> None:
    data = csv_bytes(roster({"person": "=1+1"}, {"person": "کەریم"}))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert lines[0][0].startswith("OFFICIAL-SENSITIVE · ")
    assert "Shift lead" in lines[1][0]
    assert "apostrophe" in lines[2][0]
    assert lines[3] == [column.title for column in columns_for("supervisor")]
    assert [line[8] for line in lines[4:]] == ["'=1+1", "کەریم"]
    assert [line[1:3] for line in lines[4:]] == [["2026-11-20", "08:00"], ["2026-11-20", "09:00"]]
    assert data.count(b'"') == 2 * sum(len(line) for line in lines)


def test_our_own_csv_comes_back_without_the_apostrophes(roster: MakeRoster) -> None:
    rows = read_sheet_bytes(csv_bytes(roster(*({"person": text} for text in NASTY)))).rows
    assert [row.cells[8] for row in rows[4:]] == [clean_text(text)[0] for text in NASTY]


def test_somebody_elses_apostrophes_stay() -> None:
    assert read_sheet_bytes(b"Name,Band\n'-Ali,1\n").rows[1].cells[0] == "'-Ali"


def test_the_door_list_has_no_names(roster: MakeRoster) -> None:
    sheet = roster(
        {"person": "Ali Hassan", "own_script": "علي", "lead": "K. Tennant"}, level="door"
    )
    assert [column.key for column in sheet.columns] == [
        "change",
        "start",
        "end",
        "room",
        "reference",
    ]
    for data in (csv_bytes(sheet), workbook_bytes(sheet)):
        cells = [str(cell) for row in read_sheet_bytes(data).rows for cell in row.cells]
        assert not any(name in cell for cell in cells for name in ("Ali", "علي", "Tennant"))


def test_changed_and_cancelled_lines_carry_a_word(roster: MakeRoster) -> None:
    sheet = roster({"change": "new"}, {"change": "changed"}, {"change": "cancelled"}, {})
    rows = read_sheet_bytes(workbook_bytes(sheet)).rows
    assert [row.cells[0] for row in rows[2:]] == ["New", "Changed", "Cancelled", ""]


def test_a_calendar_is_in_utc_and_holds_no_personal_data(roster: MakeRoster) -> None:
    sheet = roster(
        {"person": "Ali Hassan", "lead": "K. Tennant", "interpreter": "I. Noor", "sequence": 3},
        {"change": "cancelled", "sequence": 4},
    )
    data = calendar_bytes(sheet, "PUBLISH")
    assert not any(name in data.decode() for name in ("Ali", "Hassan", "Tennant", "Noor"))
    calendar = Calendar.from_ical(data)
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == "Debrief DD-2611-0000 · Room 3"
    assert event["DTSTART"].to_ical() == b"20261120T080000Z"
    assert (str(event["UID"]), event["SEQUENCE"]) == ("uid-0@debrief-desk.invalid", 3)


def test_cancelled_debriefs_are_sent_as_cancelled_beside_the_calendar(
    roster: MakeRoster, tmp_path: Path
) -> None:
    sheet = roster({}, {"change": "cancelled", "sequence": 2})
    first, second = write_calendars(tmp_path / "day.ics", sheet)
    assert second.name == "day-cancelled.ics"
    calendar = Calendar.from_ical(second.read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (str(event["UID"]), event["SEQUENCE"]) == ("uid-1@debrief-desk.invalid", 2)
    assert len(Calendar.from_ical(first.read_bytes()).walk("VEVENT")) == 1
    assert write_calendars(tmp_path / "quiet.ics", roster({})) == (tmp_path / "quiet.ics",)


def test_line_breaks_in_a_room_cannot_add_calendar_lines(roster: MakeRoster) -> None:
    data = calendar_bytes(roster({"room": "Room\r\nATTENDEE:mailto:x@y.z"}), "PUBLISH")
    assert "ATTENDEE" not in Calendar.from_ical(data).walk("VEVENT")[0]


def test_files_are_written_whole_and_for_their_owner_only(
    roster: MakeRoster, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old")
    write_workbook(path, roster({}))
    assert read_sheet(path).others == ("About this roster",)
    assert [one.name for one in tmp_path.iterdir()] == ["r.xlsx"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_refused(roster: MakeRoster, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path, code in (
        (tmp_path / "gone" / "r.csv", "folder-missing"),
        (tmp_path / "file" / "r.csv", "folder-missing"),
        (tmp_path, "name-is-folder"),
    ):
        with pytest.raises(FileRefused) as caught:
            write_csv(path, roster({}))
        assert caught.value.code == code


@pytest.mark.parametrize(("number", "code"), [(28, "disk-full"), (30, "cannot-write")])
def test_a_full_or_locked_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def failing(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "r.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(FileRefused) as caught:
        write_whole(path, b"new")
    assert caught.value.code == code
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["r.csv"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None)
@given(st.one_of(TEXT, st.text("=+-@\t\r\n ＝＋－＠'a", max_size=6)))
@example("'=")
@example("''-")
def test_the_guard_comes_off_exactly_and_no_guarded_text_starts_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" ").startswith(tuple(FORMULA_STARTS))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=TEXT, script=TEXT, room=TEXT)
@example(name="_x0041_", script="x" * 99, room="007")
def test_what_goes_out_comes_back_the_same(
    roster: MakeRoster, name: str, script: str, room: str
) -> None:
    sheet = roster({"person": name, "own_script": script, "room": room, "state": "x"})
    sent = [clean_text(text)[0] for text in (room, name, script)]
    for data, first in ((workbook_bytes(sheet), 2), (csv_bytes(sheet), 4)):
        cells = read_sheet_bytes(data).rows[first].cells
        assert [cells[4], cells[8], cells[9]] == sent
    for line in csv.reader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig"))):
        assert not any(cell.startswith(tuple(FORMULA_STARTS)) for cell in line)
