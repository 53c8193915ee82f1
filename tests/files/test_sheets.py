"""Opening files that somebody sent."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from debrief_desk.errors import DeskError, FileRefused
from debrief_desk.files.delimited import ENCODINGS
from debrief_desk.files.headings import map_columns
from debrief_desk.files.sheets import LARGEST_FILE, read_sheet, read_sheet_bytes
from debrief_desk.wording import failures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def refusal(data: bytes, **how: str) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_sheet_bytes(data, **how)
    assert caught.value.exit_code == 4
    sentence = failures.sentence(caught.value)
    assert caught.value.code not in sentence, "every refusal has a sentence of its own"
    return caught.value


def refused_by(step: Callable[[], object]) -> DeskError | None:
    """Give our own error if `step` raises one; any other error goes on."""
    try:
        step()
    except DeskError as refused:
        return refused
    return None


def workbook(*rows: list[object], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parcel(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_the_three_files_of_the_record_day_are_read_as_they_are(record_day: Path) -> None:
    border_force = read_sheet(record_day / "border-force-manifest.csv")
    nca = read_sheet(record_day / "nca-planned.xlsx")
    kent = read_sheet(record_day / "kent-police-planned.csv")
    assert (border_force.encoding, border_force.delimiter, len(border_force.rows)) == (
        "utf-8",
        ",",
        1310,
    )
    assert (nca.name, len(nca.rows)) == ("Planned", 425)
    assert (kent.encoding, kent.delimiter, len(kent.rows)) == ("windows-1252", ";", 261)
    assert not kent.certain
    assert "Công Hung PHAN" in {row.cells[1] for row in kent.rows}


def test_cells_of_a_workbook_keep_their_types(record_day: Path) -> None:
    row = read_sheet(record_day / "nca-planned.xlsx").rows[9]
    assert row.line == 10
    assert row.cells[8:11] == (datetime(2026, 11, 20), time(12), 60)  # noqa: DTZ001 - cells have no zone


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.csv", "file-empty"),
        ("not-a-workbook.xlsx", "workbook-broken"),
        ("truncated.xlsx", "workbook-cut-off"),
        ("windows-1256.csv", "encoding-needed"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(
    broken: Path, name: str, code: str
) -> None:
    assert refusal((broken / name).read_bytes(), ending=(broken / name).suffix).code == code


def test_arabic_bytes_are_asked_about_and_read_as_chosen(broken: Path) -> None:
    error = refusal((broken / "windows-1256.csv").read_bytes())
    candidates = error.values["candidates"]
    assert isinstance(candidates, tuple)
    assert candidates[0] == "windows-1256"
    sheet = read_sheet(broken / "windows-1256.csv", encoding="windows-1256")
    assert sheet.rows[1].cells == ("01-001", "شيرين كريمي")


def test_utf_16_with_a_mark_is_read(broken: Path) -> None:
    sheet = read_sheet(broken / "utf16.csv")
    assert sheet.encoding == "utf-16"
    assert sheet.rows[1].cells == ("E-1", "01-001", "KARIMI", "Shirin", "22/11/1988")


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("Şahin Yıldız\nÇağlar Öztürk", "windows-1254"),
        ("Олександр Шевченко", "windows-1251"),
        ("Ελένη Παπαδοπούλου", "windows-1253"),
        ("Łukasz Żółkiewski", "windows-1250"),
        ("شيرين کريمي", "windows-1256"),
        ("André Müller", "mac-roman"),
    ],
)
def test_other_eight_bit_texts_are_never_taken_for_western(names: str, encoding: str) -> None:
    data = f"Band,Name\n1,{names}\n".encode(encoding)
    assert refusal(data).code == "encoding-needed"


@pytest.mark.parametrize("name", ["José Núñez", "Zoë", "O’Neil", "Bùi Công", "GONÇALVES", "Ümit"])
def test_western_names_are_read_but_marked_as_a_guess(name: str) -> None:
    sheet = read_sheet_bytes(f"Band;Name\n1;{name}\n".encode("windows-1252"))
    assert sheet.rows[1].cells[1] == name
    assert not sheet.certain


def test_utf_16_without_a_mark_is_asked_about() -> None:
    error = refusal("Band,Name\n1,Ali\n".encode("utf-16-le"))
    assert error.values["candidates"] == ("utf-16-le", "utf-16-be")
    sheet = read_sheet_bytes("Band,Name\n1,Ali\n".encode("utf-16-le"), encoding="utf-16-le")
    assert sheet.rows[1].cells == ("1", "Ali")


def test_a_chosen_encoding_that_does_not_fit_is_refused() -> None:
    assert refusal(b"Name\nJos\xe9\n", encoding="utf-8").code == "encoding-wrong"
    assert refusal(b"Name\nAli\n", encoding="punycode").code == "encoding-unknown"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_separator_is_found(delimiter: str) -> None:
    lines = [["Ref", "Name", "DOB"], ["1", "Ahmed Ali", "1990"], ["2", "Karimi Shirin", "1988"]]
    text = "\n".join(delimiter.join(cells) for cells in lines)
    sheet = read_sheet_bytes(text.encode())
    assert sheet.delimiter == delimiter
    assert [list(row.cells) for row in sheet.rows] == lines


def test_a_quoted_cell_may_hold_separators_and_line_ends() -> None:
    sheet = read_sheet_bytes(b'Band,Name\r\n1,"Ahmed,\r\nAli"\r\n2,Omar\r\n')
    assert [(row.line, row.cells) for row in sheet.rows[1:]] == [
        (2, ("1", "Ahmed, Ali")),
        (4, ("2", "Omar")),
    ]


def test_an_unclosed_quote_spoils_its_own_line_only(broken: Path) -> None:
    rows = read_sheet(broken / "ragged.csv").rows
    assert [row.line for row in rows] == [1, 2, 3, 4]
    assert rows[2].cells == ("01-002", "HASSAN", "Ali")
    assert [note.code for note in rows[2].notes] == ["quote-unclosed"]
    assert rows[3].cells == ("01-003", "TESFAY", "Yonas", "extra", "cells")


def test_control_and_turning_characters_are_taken_out_and_reported() -> None:
    text = "Band,Name\n1,A\x00l\x07i\n2,\u202enigol\n3,\u2067Omar\u2069\n4,می\u200cخواهم\n"
    rows = read_sheet_bytes(text.encode()).rows
    assert [row.cells[1] for row in rows[1:]] == ["Ali", "nigol", "Omar", "می\u200cخواهم"]
    assert [[note.code for note in row.notes] for row in rows[1:]] == [
        ["hidden-removed"],
        ["turning-removed"],
        ["turning-removed"],
        [],
    ]


def test_letters_with_marks_come_in_one_form() -> None:
    rows = read_sheet_bytes("Name,Band\nZoe\u0308,1\n".encode()).rows
    assert rows[1].cells[0] == "Zo\u00eb"


def test_a_huge_cell_is_cut_and_reported() -> None:
    rows = read_sheet_bytes(b"Name,Band\n" + b"x" * 200_000 + b",1\n").rows
    assert len(str(rows[1].cells[0])) == 4096
    assert rows[1].notes[0].code == "cell-cut"
    assert rows[1].cells[1] == "1"


def test_formulas_and_markup_are_text(broken: Path) -> None:
    rows = read_sheet(broken / "formulas-and-markup.xlsx").rows
    assert [row.cells[0] for row in rows[1:]] == [
        '=HYPERLINK("http://127.0.0.1/","x")',
        "<b>Ali</b><img src=x>",
        "+cmd",
        "gnihtemos",
    ]
    assert rows[1].notes[0].code == "formula-text"


def test_the_first_visible_sheet_with_content_is_read_and_others_are_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Blank"
    book.create_sheet("Hidden").append(["Name", "Band"])
    book["Hidden"].sheet_state = "hidden"
    book.create_sheet("List").append(["Name", "Band"])
    book.create_sheet("More").append(["x"])
    stream = io.BytesIO()
    book.save(stream)
    sheet = read_sheet_bytes(stream.getvalue())
    assert (sheet.name, sheet.others) == ("List", ("More",))
    assert read_sheet_bytes(stream.getvalue(), sheet="More").rows[0].cells == ("x",)
    assert refusal(stream.getvalue(), sheet="Nowhere").code == "sheet-missing"


def test_files_of_other_kinds_are_named_for_what_they_are() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert refusal(compound).code == "workbook-old"
    assert refusal(compound + "EncryptedPackage".encode("utf-16-le")).code == "workbook-locked"
    assert refusal(b"<html><table><tr><td>Name</td></tr></table>").code == "file-is-web-page"
    assert refusal(b"%PDF-1.7 and so on").code == "file-not-a-sheet"
    assert refusal(b"\x01\x02\x03\x04\x05\x06\x07\x08 binary").code == "file-not-a-sheet"
    assert refusal(parcel({"mimetype": b"application/vnd.oasis"})).code == "workbook-other"
    assert refusal(parcel({"word/document.xml": b"<w/>"})).code == "workbook-broken"
    assert refusal(b"a" * (LARGEST_FILE + 1)).code == "file-too-big"


def test_a_parcel_that_unpacks_to_far_too_much_is_refused_unopened() -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": b"x" * 60_000_000}
    assert refusal(parcel(parts)).code == "workbook-too-big"


def test_a_parcel_of_too_many_rows_is_refused_unopened() -> None:
    rows = b"<row><c/></row>" * 60_000
    parts = {"[Content_Types].xml": os.urandom(200_000), "xl/worksheets/sheet1.xml": rows}
    assert refusal(parcel(parts)).code == "sheet-too-long"


def test_a_lone_cell_at_the_end_of_the_sheet_is_refused_not_dropped() -> None:
    for place, code in (("A1048576", "sheet-too-long"), ("XFD2", "sheet-too-wide")):
        book = openpyxl.Workbook()
        book.active["A1"], book.active[place] = "Name", "Ali"
        stream = io.BytesIO()
        book.save(stream)
        assert refusal(stream.getvalue()).code == code


def test_a_text_file_that_is_too_long_or_too_wide_is_refused() -> None:
    assert refusal(b"Name,Band\n" + b"Ali,1\n" * 50_000).code == "sheet-too-long"
    assert refusal(b"Name" + b",x" * 200).code == "sheet-too-wide"


def test_a_workbook_that_declares_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    parts = {"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": bomb}
    assert refusal(parcel(parts)).code == "workbook-broken"


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "file-is-folder"), (tmp_path / "gone.csv", "file-missing")):
        with pytest.raises(FileRefused) as caught:
            read_sheet(path)
        assert caught.value.code == code
        assert str(path) not in failures.sentence(caught.value)


def test_a_broken_workbook_is_refused_at_every_length() -> None:
    whole = workbook(["Name", "Band"], ["Ali", "1"])
    for length in range(4, len(whole) - 1, 97):
        with pytest.raises(FileRefused):
            read_sheet_bytes(whole[:length])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, *ENCODINGS]))
@example(b"PK\x03\x04", None)
@example(b'"', None)
@example(b"Name\n\xff\xfe\x00", None)
def test_arbitrary_bytes_never_raise_anything_but_our_own_error(
    data: bytes, encoding: str | None
) -> None:
    refused = refused_by(lambda: map_columns(read_sheet_bytes(data, encoding=encoding)))
    assert refused is None or refused.code not in failures.sentence(refused)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_never_raises_anything_but_our_own_error(
    place: int, junk: bytes
) -> None:
    whole = workbook(["Name", "Band"], ["Ali", "1"])
    at = place % len(whole)
    damaged = whole[:at] + junk + whole[at + len(junk) :]
    refused = refused_by(lambda: read_sheet_bytes(damaged))
    assert refused is None or refused.code not in failures.sentence(refused)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=2),
        min_size=1,
        max_size=6,
    )
)
def test_every_line_of_a_text_file_is_accounted_for(rows: list[list[str]]) -> None:
    text = "\n".join(
        ",".join(cell.replace("\n", "").replace("\r", "") for cell in row) for row in rows
    )
    try:
        sheet = read_sheet_bytes(("Name,Band\n" + text + "\nlast,9").encode())
    except FileRefused:
        return
    lines = [row.line for row in sheet.rows]
    assert lines == sorted(set(lines))
    assert sheet.rows[0].line == 1
