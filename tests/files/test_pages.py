"""The roster on paper: nothing is wider than its column or cut by a page's end, and all can be read."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import threading
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from debrief_desk.errors import FileRefused
from debrief_desk.files.page_layout import GAP, PAD, SheetRow, Style, TextLine, layout
from debrief_desk.files.pages import Pages, paint, pdf_bytes, write_pdf
from debrief_desk.files.rosters import Level, RosterLine, RosterMeta, RosterSheet, columns_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.usefixtures("qapp")

META = RosterMeta(
    site="Manston",
    day=date(2026, 11, 20),
    window="",
    agency="",
    level="supervisor",
    marking="OFFICIAL-SENSITIVE",
    version=2,
    copy_no=1,
    recipient="Night shift lead",
    printed_by="First Supervisor",
    printed_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    expires=datetime(2026, 11, 21, tzinfo=UTC),
    compared_with=1,
)
START = datetime(2026, 11, 20, 14, 8, tzinfo=UTC)
NAMES = ("Nguyễn Thị Hoa", "عبد الرحمن محمد الحسن", "ሰላም ተስፋይ", "Hawar Karim", "Ольга Ким")


def lines(count: int) -> tuple[RosterLine, ...]:
    return tuple(
        RosterLine(
            uid=str(n),
            reference=f"DD-2611-{n:04d}",
            start=START + timedelta(minutes=5 * (n % 60)),
            end=START + timedelta(minutes=5 * (n % 60) + 45),
            room=f"Room {n % 9}",
            agency="Kent Police",
            person=NAMES[n % len(NAMES)],
            own_script=NAMES[(n + 1) % len(NAMES)],
            language="Kurdish Sorani",
            lead="J. Okafor",
            second="K. Mensah",
            state="Not cleared",
            missing="consent, screening, interpreter, preference, 2 more",
            deconfliction_reference=f"DC-2611-{n:05d}",
        )
        for n in range(count)
    )


def sheet(count: int = 60, level: Level = "supervisor") -> RosterSheet:
    meta = replace(META, level=level)
    return RosterSheet(meta, columns_for(meta.level), lines(count))


class Fixed:
    """Letters of one width, so that a test can count."""

    def width(self, text: str, style: Style) -> float:
        return len(text) * style.value[0] * 0.6

    def height(self, style: Style) -> float:
        return style.value[0] * 1.3


words = st.text(st.characters(categories=("L", "N", "M"), max_codepoint=0x13FF), max_size=60)
texts = st.lists(words, max_size=8).map(" ".join)
cells = st.lists(st.builds(TextLine, texts, st.sampled_from(Style)), max_size=3).map(tuple)


@given(st.lists(st.builds(SheetRow, st.tuples(cells, cells, cells)), max_size=30))
@settings(deadline=None, max_examples=60)
def test_no_column_line_or_row_ever_passes_the_page(table: list[SheetRow]) -> None:
    width, height, metrics = 420.0, 260.0, Fixed()
    placed = layout(("Time", "Person", "State"), table, metrics, width, height)
    last = placed.columns[-1]
    assert last.left + last.width <= width + 0.01
    for page in placed.pages:
        for row in page:
            assert row.top + row.height <= height - placed.head + 0.01
            for column, cell in zip(placed.columns, row.cells, strict=True):
                assert (
                    sum(metrics.height(line.style) for line in cell) <= row.height - 2 * GAP + 0.01
                )
                for line in cell:
                    one_letter = len(line.text) == 1 or line.text == "…"
                    fits = metrics.width(line.text, line.style) <= column.width - 2 * PAD + 0.01
                    assert fits or one_letter or any(ord(sign) > 0x2FF for sign in line.text)


@given(st.lists(st.builds(SheetRow, st.tuples(cells, cells)), max_size=40))
@settings(deadline=None, max_examples=40)
def test_every_row_stands_on_exactly_one_page_in_order(table: list[SheetRow]) -> None:
    marked = [replace(row, marked=at % 2 == 0, struck=at % 3 == 0) for at, row in enumerate(table)]
    placed = layout(("Room", "Person"), marked, Fixed(), 500.0, 300.0)
    rows = [row for page in placed.pages for row in page]
    assert [(row.marked, row.struck) for row in rows] == [(r.marked, r.struck) for r in marked]
    for page in placed.pages:
        tops = [(row.top, row.top + row.height) for row in page]
        assert all(foot <= top + 0.01 for (_, foot), (top, _) in itertools.pairwise(tops))


def test_a_cell_higher_than_a_page_is_cut_and_says_so() -> None:
    endless = SheetRow(((TextLine("word " * 4000),),))
    placed = layout(("State",), (endless,), Fixed(), 100.0, 200.0)
    assert len(placed.pages) == 1
    assert placed.pages[0][0].cells[0][-1].text == "…"


def test_a_letter_keeps_its_marks_when_a_long_word_is_cut() -> None:
    word = "e\u0301" * 80
    placed = layout(("Person",), (SheetRow(((TextLine(word),),)),), Fixed(), 120.0, 400.0)
    pieces = [line.text for line in placed.pages[0][0].cells[0]]
    assert "".join(pieces) == word
    assert all(piece.startswith("e") for piece in pieces)


def test_the_pdf_is_a4_landscape_and_has_a_page_for_every_so_many_rows() -> None:
    content = pdf_bytes(sheet(60))
    box = re.search(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)[.\d]*\]", content)
    assert box is not None
    assert (int(box[1]), int(box[2])) == (842, 595)
    pages = len(re.findall(rb"/Type /Page\b(?!s)", content))
    assert pages == len(Pages(sheet(60), image()).table.pages) > 2


def test_an_empty_roster_is_one_page() -> None:
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf_bytes(sheet(0)))) == 1


@pytest.mark.parametrize("sign", ["1", "4", ":", "0", "8", "–", "ễ", "ሰ", "(", ","])
def test_every_sign_can_be_found_in_the_text_of_the_pdf(sign: str) -> None:
    rows = (replace(lines(1)[0], language="Arabic (Sudanese), Farsi", own_script="ሰላም ተስፋይ"),)
    known = unicode_maps(pdf_bytes(replace(sheet(1), rows=rows)))
    assert sign in known


def test_a_window_with_even_figures_loses_no_figure_of_the_pdf(qapp: QApplication) -> None:
    before = qapp.font()
    even = QFont("Inter")
    even.setFeature(QFont.Tag("tnum"), 1)
    qapp.setFont(even)
    try:
        known = unicode_maps(pdf_bytes(sheet(3)))
    finally:
        qapp.setFont(before)
    assert set("0123456:–-") <= known


@pytest.mark.parametrize("level", ["door", "interpreter"])
def test_a_level_without_names_prints_none(level: Level) -> None:
    """The levels' lines come without names; the page has no column that could show one."""
    pages = Pages(sheet(3, level), image())
    shown = " ".join(
        line.text
        for page in pages.table.pages
        for row in page
        for cell in row.cells
        for line in cell
    )
    assert not any(name in shown for name in NAMES)


def test_what_changed_has_a_bar_and_a_word() -> None:
    rows = list(lines(4))
    rows[1] = replace(rows[1], change="changed")
    rows[2] = replace(rows[2], change="cancelled")
    roster = replace(sheet(), rows=tuple(rows))
    pages = Pages(roster, image())
    placed = pages.table.pages[0]
    assert [row.marked for row in placed] == [False, True, True, False]
    assert placed[1].cells[0][-1].text == "Changed"
    assert placed[2].cells[0][-1].text == "Cancelled"
    picture = drawn(pages)
    for row in placed:
        y = pages.heading.height + pages.table.head + row.top + row.height / 2
        dark = QColor(picture.pixel(2, round(y * 2))).lightness() < 60
        assert dark is row.marked
    assert "1 changed, 1 cancelled" in pages.heading.remarks[-1].text


def test_marking_version_copy_recipient_and_expiry_stand_on_the_page() -> None:
    pages = Pages(sheet(3), image())
    heading = pages.heading
    assert heading.marking[0].text == "OFFICIAL-SENSITIVE"
    assert heading.issue.text == "Version 2 · copy 1"
    said = " ".join(line.text for line in (*heading.title, *heading.remarks))
    for text in (
        "Night shift lead",
        "First Supervisor",
        "08:00",
        "Sat 21 Nov 2026 00:00",
        "Manston",
    ):
        assert text in said


def test_nothing_is_drawn_beyond_the_last_column() -> None:
    pages = Pages(sheet(30), image())
    picture = drawn(pages)
    edge = [QColor(picture.pixel(picture.width() - 1, y)).lightness() for y in range(0, 900, 7)]
    inside = range(0, picture.width() - 3, 3)
    ink = [QColor(picture.pixel(x, y)).lightness() for x in inside for y in range(300, 340, 3)]
    assert min(edge) > 60  # lines and the ground of the headings only, no letters
    assert min(ink) < 100


def test_a_worker_thread_can_write_it(tmp_path: Path) -> None:
    target = tmp_path / "roster.pdf"
    thread = threading.Thread(target=write_pdf, args=(target, sheet(5)))
    thread.start()
    thread.join()
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_command_without_a_window_can_write_it(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tests.files.test_pages import sheet;"
        "from debrief_desk.files.pages import write_pdf; from pathlib import Path;"
        "write_pdf(Path(sys.argv[2]), sheet(3))"
    )
    target = tmp_path / "roster.pdf"
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", script, str(root), str(target)], check=True, cwd=root)  # noqa: S603
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        write_pdf(tmp_path / "away" / "roster.pdf", sheet(1))
    assert refused.value.code == "folder-missing"
    assert not list(tmp_path.iterdir())


def test_the_old_file_stays_where_drawing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "roster.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr(QPainter, "begin", lambda _self, _device: False)
    with pytest.raises(FileRefused):
        write_pdf(target, sheet(1))
    assert target.read_bytes() == b"old"


def test_paint_says_how_many_pages_it_drew(tmp_path: Path) -> None:
    from PySide6.QtGui import QPdfWriter

    writer = QPdfWriter(str(tmp_path / "out.pdf"))
    assert paint(writer, sheet(60)) == len(Pages(sheet(60), image()).table.pages)


def image() -> QImage:
    """A picture of the inside of an A4 page in landscape at 144 dots an inch."""
    from debrief_desk.files.pages import _ensure_application

    _ensure_application()
    picture = QImage(round(277 / 25.4 * 144), round(190 / 25.4 * 144), QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(round(144 / 0.0254))
    picture.setDotsPerMeterY(round(144 / 0.0254))
    return picture


def drawn(pages: Pages, number: int = 0) -> QImage:
    picture = image()
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    pages.draw(painter, number)
    painter.end()
    return picture


def unicode_maps(content: bytes) -> set[str]:
    """Give every sign that the PDF's fonts map to a letter."""
    found: set[str] = set()
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            text = zlib.decompress(packed)
        except zlib.error:
            text = packed
        if b"beginbfrange" in text or b"beginbfchar" in text:
            for last in re.findall(rb"<[0-9a-fA-F]+> <([0-9a-fA-F]{4,8})>\s", text):
                found.add(bytes.fromhex(last.decode()).decode("utf-16-be", "ignore"))
            for start, end, to in re.findall(
                rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", text
            ):
                first = int(to, 16)
                found |= {chr(first + n) for n in range(int(end, 16) - int(start, 16) + 1)}
            for array in re.findall(rb"\[([^\]]*)\]", text):
                for one in re.findall(rb"<([0-9a-fA-F]{4})>", array):
                    found.add(chr(int(one, 16)))
    return found
