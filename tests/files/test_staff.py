"""Staff and room sheets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from debrief_desk.files.headings import map_columns
from debrief_desk.files.sheets import Sheet, read_sheet, read_sheet_bytes
from debrief_desk.files.staff import parse_interpreters, parse_interviewers, parse_rooms

if TYPE_CHECKING:
    from pathlib import Path

NEAR = date(2026, 11, 20)


def sheet_of(text: str) -> Sheet:
    return read_sheet_bytes(text.encode())


def test_the_interviewers_of_the_record_day_are_read(record_day: Path) -> None:
    sheet = read_sheet(record_day / "interviewers.csv")
    rows = parse_interviewers(sheet, map_columns(sheet), near=NEAR).rows
    assert len(rows) == 74
    assert not any(row.problems or row.notes or row.hollow for row in rows)
    assert sum(not row.authorisation for row in rows) == 5
    assert sum(row.valid_to is not None and row.valid_to < NEAR for row in rows) == 5
    assert sum(not row.vetting for row in rows) == 8
    first = rows[0]
    assert (first.name, first.agency, first.staff_no, first.tier) == (
        "K. Tennant",
        "NCA",
        "N3736",
        3,
    )
    assert (first.debriefs_led, first.of_these_supervised) == (60, 4)
    assert (first.languages, first.gender) == ((("Arabic", ""),), "F")
    assert (first.shift_start, first.shift_end) == (420, 900)


def test_the_interpreters_of_the_record_day_are_read(record_day: Path) -> None:
    sheet = read_sheet(record_day / "interpreters.csv")
    rows = parse_interpreters(sheet, map_columns(sheet), near=NEAR).rows
    assert len(rows) == 42
    assert not any(row.problems or row.notes or row.hollow for row in rows)
    assert {row.modes for row in rows} == {("in_person", "video", "phone"), ("video", "phone")}
    assert sum(row.languages == (("Arabic", "Sudanese"),) for row in rows) == 2


def test_the_rooms_of_the_record_day_are_read(record_day: Path) -> None:
    sheet = read_sheet(record_day / "rooms.csv")
    rows = parse_rooms(sheet, map_columns(sheet), near=NEAR).rows
    assert len(rows) == 10
    assert not any(row.problems or row.notes or row.hollow for row in rows)
    room = rows[3]
    assert (room.name, room.seats, room.features) == ("Room 4", 4, ("phone", "video"))
    assert (room.open_from, room.open_to, room.neighbours) == (420, 1320, ("Room 3",))


def test_dialects_of_their_own_column_go_with_the_only_language() -> None:
    sheet = sheet_of(
        "Name,Languages,Dialects,Modes,Qualification\n"
        'A,Arabic,"Sudanese, Iraqi",phone,\n'
        'B,"Arabic, Dari",Sudanese,phone,\n'
        'C,"Arabic (Sudanese, Levantine); Tigrinya",,by pigeon,\n'
    )
    rows = parse_interpreters(sheet, map_columns(sheet), near=NEAR).rows
    assert rows[0].languages == (("Arabic", "Sudanese"), ("Arabic", "Iraqi"))
    assert rows[1].languages == (("Arabic", ""), ("Dari", ""))
    assert rows[2].languages == (("Arabic", "Sudanese"), ("Arabic", "Levantine"), ("Tigrinya", ""))
    assert [[note.code for note in row.notes] for row in rows] == [
        [],
        ["word-unclear"],
        ["word-unclear"],
    ]
    assert rows[2].modes == ()


def test_figures_that_cannot_be_park_the_row() -> None:
    sheet = sheet_of(
        "Name,Staff no,Interview tier,Debriefs led,Of these supervised,Valid to\n"
        "A,1,9,5,2,2027-01-01\nB,2,2,3,4,2027-01-01\nC,3,2,3,2,31/04/2027\n,,2,3,2,2027-01-01\n"
    )
    rows = parse_interviewers(sheet, map_columns(sheet), near=NEAR).rows
    assert [[problem.code for problem in row.problems] for row in rows[:3]] == [
        ["not-a-number"],
        ["more-supervised-than-led"],
        ["no-such-day"],
    ]
    assert [row.hollow for row in rows] == [False, False, False, True]
