"""Finding headings, kinds and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.errors import FileRefused
from debrief_desk.files.fields import FIELDS, heading_key, known_headings
from debrief_desk.files.headings import (
    date_order_needed,
    date_orders,
    lines_above,
    lines_below,
    map_columns,
)
from debrief_desk.files.rows import SkippedLine
from debrief_desk.files.sheets import Sheet, read_sheet, read_sheet_bytes
from debrief_desk.wording.imports import field_title, kind_title

if TYPE_CHECKING:
    from pathlib import Path


def sheet_of(text: str) -> Sheet:
    return read_sheet_bytes(text.encode())


@pytest.mark.parametrize(
    ("name", "kind", "line"),
    [
        ("border-force-manifest.csv", "people", 1),
        ("nca-planned.xlsx", "people", 4),
        ("kent-police-planned.csv", "people", 1),
        ("interviewers.csv", "interviewers", 1),
        ("interpreters.csv", "interpreters", 1),
        ("rooms.csv", "rooms", 1),
    ],
)
def test_every_column_of_the_record_day_gets_its_field(
    record_day: Path, name: str, kind: str, line: int
) -> None:
    mapping = map_columns(read_sheet(record_day / name))
    assert (mapping.kind, mapping.header_line, mapping.unknown) == (kind, line, ())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("D.O.B.", "birth"),
        ("Born / age", "birth"),
        ("FORENAME (S)", "given_name"),
        ("Our ref", "serial"),
        ("KP no", "serial"),
        ("GMP ref.", "serial"),
        ("HO reference", "home_office_reference"),
        ("Home Office Reference Number", "home_office_reference"),
        ("Date of birth (dd/mm/yyyy)", "birth"),
        ("Prénom", "given_name"),
        ("Wristband number", "band"),
        ("Nationalty", "nationality"),
        ("record_id", "serial"),
        ("event_ref", "event"),
    ],
)
def test_headings_are_known_whatever_their_points_and_capitals(heading: str, field: str) -> None:
    mapping = map_columns(sheet_of(f"Surname,{heading},Sex\nAli,x,M\n"))
    assert mapping.columns[1].field == field
    assert 0 < mapping.columns[1].confidence <= 1


def test_an_unknown_column_is_listed_and_never_dropped() -> None:
    mapping = map_columns(sheet_of("Surname,Shoe size,DOB\nAli,43,1990\n"))
    assert mapping.unknown == ("Shoe size",)


def test_title_blank_and_footer_lines_are_skipped_and_listed(record_day: Path) -> None:
    sheet = read_sheet(record_day / "nca-planned.xlsx")
    mapping = map_columns(sheet)
    below = [one for one in lines_below(sheet, mapping) if isinstance(one, SkippedLine)]
    skipped = [*lines_above(sheet, mapping), *below]
    assert [(one.line, one.why) for one in skipped] == [
        (1, "title"),
        (2, "title"),
        (3, "blank"),
        (425, "footer"),
    ]
    assert skipped[3].text == "Total: 420"


def test_repeated_headings_are_no_people() -> None:
    sheet = sheet_of("Surname,DOB\nAli,1990\nSurname,DOB\nOmar,1991\n\nSum,1992\nTotal,2\n")
    below = list(lines_below(sheet, map_columns(sheet)))
    assert [one.why if isinstance(one, SkippedLine) else "row" for one in below] == [
        "row",
        "heading-again",
        "row",
        "blank",
        "footer",
        "footer",
    ]


def test_a_person_called_sum_is_a_person() -> None:
    sheet = sheet_of("Surname,Forename,DOB\nSum,Sokha,1990\nEnd,,1992-01-01\n")
    below = list(lines_below(sheet, map_columns(sheet)))
    assert not any(isinstance(one, SkippedLine) for one in below)


@pytest.mark.parametrize(
    ("name", "code"),
    [("header-only.csv", "no-rows"), ("no-name-column.csv", "no-name-column")],
)
def test_a_sheet_without_people_is_refused(broken: Path, name: str, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        map_columns(read_sheet(broken / name))
    assert caught.value.code == code


def test_a_sheet_without_any_headings_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        map_columns(sheet_of("just some text\nand more of it\n"))
    assert caught.value.code == "no-headings"


def test_a_remembered_mapping_wins_over_what_would_be_found() -> None:
    sheet = sheet_of("Ident,Alias,Name,Born\nA1,Abu Ali,Ali Hassan,1990\n")
    mapping = map_columns(sheet, remembered={"Ident": "serial", "Name": "", "Alias": "full_name"})
    assert [one.field for one in mapping.columns] == ["serial", "full_name", None, "birth"]
    again = map_columns(sheet, remembered=mapping.as_choice())
    assert again.as_choice() == mapping.as_choice()


def test_headings_nobody_knows_can_be_mapped_by_hand() -> None:
    sheet = sheet_of("Kolona,Emërtimi\n1,Agim Morina\n")
    mapping = map_columns(sheet, remembered={"Emërtimi": "full_name"})
    assert mapping.columns[1].field == "full_name"


def test_a_field_stands_in_one_column_only() -> None:
    mapping = map_columns(sheet_of("Ref,Our ref,Name\n1,2,Ali\n"))
    assert [one.field for one in mapping.columns].count("serial") == 1
    assert len(mapping.unknown) == 1


def test_the_day_month_order_is_asked_where_the_column_leaves_it_open(
    broken: Path, record_day: Path
) -> None:
    sheet = read_sheet(broken / "ambiguous-dates.csv")
    assert date_order_needed(sheet, map_columns(sheet)) == ("DOB",)
    for name in ("border-force-manifest.csv", "nca-planned.xlsx", "kent-police-planned.csv"):
        sheet = read_sheet(record_day / name)
        mapping = map_columns(sheet)
        assert date_order_needed(sheet, mapping) == ()
        assert date_orders(sheet, mapping)["birth"] == "dmy"


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_heading_belongs_to_one_field_and_every_field_has_a_name(kind: str) -> None:
    known = known_headings(kind)
    for field, aliases in FIELDS[kind].items():
        assert {known[heading_key(alias)] for alias in aliases} == {field}
        assert field_title(field) != field
    assert kind_title(kind)
