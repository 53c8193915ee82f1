"""People sheets, from the record day and in every odd shape."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debrief_desk.files.headings import map_columns
from debrief_desk.files.people import parse_people, row_key, row_keys
from debrief_desk.files.sheets import read_sheet, read_sheet_bytes
from debrief_desk.wording.imports import row_remark, skipped_reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debrief_desk.files.person_rows import PersonRow
    from debrief_desk.files.rows import ParsedSheet

    Parse = Callable[[Path], ParsedSheet[PersonRow]]
    People = Callable[[str], tuple[PersonRow, ...]]

NEAR = date(2026, 11, 20)


def codes(row: PersonRow) -> tuple[list[str], list[str]]:
    return [note.code for note in row.notes], [problem.code for problem in row.problems]


def test_the_border_force_manifest_has_one_parked_one_placeholder_and_one_hollow_row(
    record_day: Path, parsed: Parse
) -> None:
    rows = parsed(record_day / "border-force-manifest.csv").rows
    assert len(rows) == 1309
    assert [row.serial for row in rows if row.problems] == ["BF01307"]
    assert [row.serial for row in rows if row.placeholder] == ["BF01308"]
    assert [row.serial for row in rows if row.hollow] == ["BF01309"]
    assert [row.serial for row in rows if "band-repeated" in codes(row)[0]] == ["BF01306"]
    assert Counter(row.child_flag for row in rows) == {"": 1164, "child": 107, "age_disputed": 38}
    assert Counter(row.medical for row in rows) == {
        "fit": 1169,
        "": 84,
        "see_nurse": 28,
        "hold": 28,
    }
    assert sum(row.screened_at is not None for row in rows) == 1226
    assert sum(row.welfare is True for row in rows) == 1243


def test_a_manifest_row_is_read_whole(record_day: Path, parsed: Parse) -> None:
    row = parsed(record_day / "border-force-manifest.csv").rows[1]
    assert (row.line, row.serial, row.event, row.band) == (3, "BF00002", "E-1120-01", "01-002")
    assert (row.family_name, row.given_name, row.native_name) == ("Hayle", "Lula Hayle", "ሉላ ሃይለ")
    assert row.birth is not None
    assert (row.birth.year, row.birth.month, row.birth.day) == (2001, 8, 17)
    assert row.references == (("Q9503855/2", "Home Office"),)
    assert row.landed_at == datetime(2026, 11, 19, 16, 19, tzinfo=UTC)
    assert row.event_day == date(2026, 11, 19)
    assert (row.sex, row.nationality, row.language) == ("F", "ERI", "Tigrinya")
    assert dict(row.as_typed)["DOB"] == "17/08/2001"


def test_a_date_that_does_not_exist_parks_the_row_and_keeps_it(
    record_day: Path, parsed: Parse
) -> None:
    row = next(r for r in parsed(record_day / "border-force-manifest.csv").rows if r.problems)
    assert row.birth is None
    assert (row.family_name, row.band, row.hollow) == ("RAHIMI", "24-301", False)
    assert "31/02/2001" in row_remark(row.problems[0])


def test_the_nca_sheet_has_84_plans_in_two_kinds_of_time(record_day: Path, parsed: Parse) -> None:
    sheet = parsed(record_day / "nca-planned.xlsx")
    rows = sheet.rows
    assert len(rows) == 420
    assert not any(row.problems or row.hollow for row in rows)
    planned = [row for row in rows if row.planned_start is not None]
    assert len(planned) == 84
    assert {row.minutes for row in planned} == {45, 60, 75}
    assert {row.planned_start.date() for row in planned if row.planned_start} == {NEAR}
    assert all(row.lead for row in planned)
    assert all(row.purpose for row in rows)
    dotted = next(row for row in rows if ("Start", "16.15") in row.as_typed)
    assert dotted.planned_start == datetime(2026, 11, 20, 16, 15, tzinfo=UTC)
    assert [skipped_reason(one.why) for one in sheet.skipped][-1] == "Footer line"


def test_the_kent_sheet_has_52_plans_and_ages_for_births(record_day: Path, parsed: Parse) -> None:
    rows = parsed(record_day / "kent-police-planned.csv").rows
    assert len(rows) == 260
    assert not any(row.problems or row.hollow for row in rows)
    assert sum(row.planned_start is not None for row in rows) == 52
    assert Counter(row.birth is not None and row.birth.age is not None for row in rows)[True] == 63
    assert all(row.interpreter_needed is True for row in rows)
    assert Counter(row.language for row in rows)[""] == 43  # "yes" says no language
    first = rows[0]
    assert (first.language, first.dialect) == ("Arabic", "Sudanese")
    assert row_key(first) == "ref:kp-1"


def test_every_name_of_the_record_day_is_kept(record_day: Path, parsed: Parse) -> None:
    for name in ("border-force-manifest.csv", "nca-planned.xlsx", "kent-police-planned.csv"):
        for row in parsed(record_day / name).rows:
            named = row.full_name or row.family_name or row.given_name or row.placeholder
            assert named or row.hollow


def test_keys_of_one_file_are_all_different_and_the_same_on_a_second_reading(
    record_day: Path, parsed: Parse
) -> None:
    for name in ("border-force-manifest.csv", "nca-planned.xlsx", "kent-police-planned.csv"):
        first, second = (row_keys(parsed(record_day / name).rows) for _ in range(2))
        assert first == second
        assert len(set(first)) == len(first)


def test_two_people_under_one_band_keep_two_keys(broken: Path, parsed: Parse) -> None:
    rows = parsed(broken / "two-bands-one-event.csv").rows
    assert [row.family_name for row in rows] == ["ABDI", "NGUYEN"]
    assert row_key(rows[0]) == row_key(rows[1]) == "band:e-7|7-1"
    assert len(set(row_keys(rows))) == 2
    assert codes(rows[1]) == (["band-repeated"], [])


def test_a_reference_used_twice_parks_the_later_row(people: People) -> None:
    rows = people("Our ref,Name,DOB\nA1,Ali,1990\nA1,Omar,1991\nA2,Omar,1991\n")
    assert [codes(row)[1] for row in rows] == [[], ["reference-repeated"], []]
    assert "2" in row_remark(rows[1].problems[0])
    assert len(set(row_keys(rows))) == 3


def test_a_row_given_twice_word_for_word_is_one_row(people: People) -> None:
    rows = people("Our ref,Name,DOB\nA1,Ali,1990\nA1,Ali,1990\n")
    assert not rows[1].problems
    assert len(set(row_keys(rows))) == 1


def test_without_reference_and_band_the_whole_content_is_the_key(people: People) -> None:
    first, second = people("Name,DOB\nAli,1990\nAli,1991\n")
    assert row_key(first).startswith("row:")
    assert row_key(first) != row_key(second)


def test_a_stand_in_name_is_no_name_but_a_registration(people: People) -> None:
    (row,) = people("Surname,Forename,Band\nUNKNOWN,MALE 14,21-014\n")
    assert row.placeholder
    assert (row.family_name, row.given_name, row.full_name, row.hollow) == ("", "", "", False)
    assert row.as_typed[0] == ("Surname", "UNKNOWN")


def test_a_row_with_nothing_to_go_by_is_hollow(people: People) -> None:
    rows = people("Serial,Event,Name,DOB,Sex,Nat\n1,E-1,,,M,SDN\n2,E-1,N/K,N/K,,\n3,E-1,,1990,,\n")
    assert [row.hollow for row in rows] == [True, True, False]


def test_cells_beyond_the_headings_park_the_row(broken: Path, parsed: Parse) -> None:
    rows = parsed(broken / "ragged.csv").rows
    assert [codes(row)[1] for row in rows] == [[], ["quote-unclosed"], ["cells-beyond-headings"]]


def test_markup_and_formulas_stay_in_names_as_text(broken: Path, parsed: Parse) -> None:
    rows = parsed(broken / "formulas-and-markup.xlsx").rows
    assert [row.full_name for row in rows] == [
        '=HYPERLINK("http://127.0.0.1/","x")',
        "<b>Ali</b><img src=x>",
        "+cmd",
        "gnihtemos",
    ]
    assert codes(rows[3])[0] == ["turning-removed"]


@pytest.mark.parametrize(
    ("cells", "notes", "problems", "planned"),
    [
        ("20/11/2026,14:30", [], [], datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("20/11/2026,", ["time-missing"], [], None),
        (",14:30", [], ["planned-day-missing"], None),
        ("31/11/2026,14:30", [], ["no-such-day"], None),
        ("20/11/2026,half", [], ["not-a-time"], None),
        ("29/03/2026,01:30", [], ["time-skipped"], None),
        ("25/10/2026,01:30", ["time-twice"], [], datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (",", [], [], None),
    ],
)
def test_a_plan_needs_a_day_and_a_time_that_exist(
    people: People, cells: str, notes: list[str], problems: list[str], planned: datetime | None
) -> None:
    (row,) = people(f"Name,Date,Start\nAli,{cells}\n")
    assert (*codes(row), row.planned_start) == (notes, problems, planned)
    assert all(row_remark(remark) for remark in (*row.notes, *row.problems))


def test_a_band_that_a_spreadsheet_made_a_date_is_reported() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Band"])
    book.active.append(["Ali", datetime(2026, 12, 7)])  # noqa: DTZ001 - cells have no zone
    stream = io.BytesIO()
    book.save(stream)
    sheet = read_sheet_bytes(stream.getvalue())
    (row,) = parse_people(sheet, map_columns(sheet), near=NEAR).rows
    assert row.band == ""
    assert codes(row) == (["band-became-date"], [])


def test_an_unknown_word_about_a_child_counts_as_disputed(people: People) -> None:
    rows = people("Name,DOB,Child\nAli,1990,perhaps\nOmar,17 disputed,\nJan,1990,No\n")
    assert [row.child_flag for row in rows] == ["age_disputed", "age_disputed", "adult"]
    assert codes(rows[0])[0] == ["word-unclear"]


def test_references_are_kept_as_typed_with_their_issuer(people: People) -> None:
    (row,) = people("Name,HO ref,Port ref,Reference\nAli, H 1043377 ,0012/A,K2219044/1\n")
    assert row.references == (
        ("H 1043377", "Home Office"),
        ("0012/A", "Port"),
        ("K2219044/1", "Home Office"),
    )


def test_the_agency_is_read_from_the_sheets_own_column(people: People) -> None:
    rows = people("Name,Agency,DOB\nAli,Kent Police,1990\nOmar,,1991\n")
    assert [row.agency for row in rows] == ["Kent Police", ""]


def test_a_chosen_date_order_is_used_where_the_column_leaves_it_open(broken: Path) -> None:
    sheet = read_sheet(broken / "ambiguous-dates.csv")
    births = [
        parse_people(sheet, map_columns(sheet), date_order=order, near=NEAR).rows[0].birth
        for order in ("dmy", "mdy")
    ]
    assert [birth and birth.month for birth in births] == [4, 3]


def test_a_column_that_decides_keeps_to_its_own_order(record_day: Path) -> None:
    sheet = read_sheet(record_day / "kent-police-planned.csv")
    mapping = map_columns(sheet)
    assert (
        parse_people(sheet, mapping, date_order="mdy", near=NEAR).rows
        == parse_people(sheet, mapping, date_order="dmy", near=NEAR).rows
    )


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=14)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=4))
def test_whatever_stands_in_the_cells_every_row_comes_out_with_all_its_text(
    rows: list[tuple[str, ...]],
) -> None:
    headings = ("Our ref", "Name", "DOB", "Planned", "Child", "Mins")
    quoted = ('"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in rows)
    sheet = read_sheet_bytes("\n".join((",".join(headings), *quoted, "9,Ali,1990")).encode())
    parsed = parse_people(sheet, map_columns(sheet), near=NEAR)
    lines = sorted([row.line for row in parsed.rows] + [one.line for one in parsed.skipped])
    assert lines == list(range(2, len(rows) + 3))
    for row in parsed.rows:
        assert [heading for heading, _ in row.as_typed] == list(headings)
        assert all(row_remark(remark) for remark in (*row.notes, *row.problems))
