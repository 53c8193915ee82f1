"""Story 10, second part: the roster published for one agency, in every form it is given out in."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PySide6.QtTest import QTest
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import approaches, debriefs, imports, people, plans, rosters, staff
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.rules.codes import ApproachOutcome, CancelReason
from debrief_desk.rules.severity import Level
from debrief_desk.store.models import AuditEvent
from debrief_desk.ui.worker import InlineWorker
from tests import builders
from tests.builders import at, person, plan
from tests.conftest import MORNING
from tests.journeys.test_the_day import issue, marks_of_csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debrief_desk.desk import Desk
    from debrief_desk.ui.main_window import MainWindow
    from debrief_desk.ui.worker import Worker

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
IE, NCA, KENT = "Immigration Enforcement", "NCA", "Kent Police"
FOR = "NCA duty officer"
OTHERS = ("HOSSEINI", "K. Ready", "K. Second", KENT, IE)
"""What of the other agencies must not be on NCA's roster: names, staff, the agencies themselves."""
FORMS = ("pdf", "xlsx", "csv", "ics")


@pytest.fixture
def planned(desk: Desk, tmp_path: Path) -> Desk:
    """NCA plans for four people of a boat, Kent Police and IE for two of them as well."""
    for text in (builders.ROOMS, builders.INTERVIEWERS, builders.INTERPRETERS):
        desk.write(imports.take, imports.ImportFile(builders.sheet(tmp_path, text)))
    boat = builders.sheet(tmp_path, builders.MANIFEST)
    desk.write(imports.take, imports.ImportFile(boat, agency="Border Force"))
    who = {row.serial: row.id for row in desk.read(people.listed).rows}
    leads = {one.name: one.id for one in desk.read(staff.interviewers)}
    rooms = {one.name: one.id for one in desk.read(staff.rooms)}
    nca = {"lead_id": leads["N. Ready"], "second_id": leads["N. Second"]}
    for serial, clock, room in (("BF1", "10:00", "Room 1"), ("BF2", "11:30", "Room 3"), ("BF3", "13:00", "Room 9"), ("BF4", "15:00", "Room 1")):  # fmt: skip
        desk.write(plans.register, plan(NCA, clock, registration_id=who[serial], room_id=rooms[room], minutes=45, **nca))  # fmt: skip
    kent = {"lead_id": leads["K. Ready"], "second_id": leads["K. Second"]}
    desk.write(plans.register, plan(KENT, "17:00", registration_id=who["BF1"], room_id=rooms["Room 2"], **kent))  # fmt: skip
    same = person(family_name="HOSSEINI", given_name="Other Spelling", reference="H1043377")
    desk.write(plans.register, plan(IE, "19:00", person=same))
    return desk


def row(desk: Desk, agency: str, clock: str) -> debriefs.DebriefRow:
    rows = desk.read(debriefs.listed, DebriefFilter()).rows
    return next(r for r in rows if r.agency == agency and r.starts_at == at(clock))


def marks_of_workbook(path: Path) -> list[tuple[str, str]]:
    """Give (reference, change) of the marked rows of a workbook."""
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    change, reference = rows[1].index("Change"), rows[1].index("Reference")
    return [(str(row[reference]), str(row[change])) for row in rows[2:] if row[change]]


def words(path: Path) -> str:
    """Give every word of a file that was given out."""
    if path.suffix == ".pdf":
        return pdf_text(path.read_bytes())
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        cells = (str(c) for s in book for line in s.iter_rows(values_only=True) for c in line)
        return " ".join((*cells, *(str(s.oddHeader.center.text) for s in book)))
    raw = path.read_bytes().decode("utf-8-sig")
    return raw.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")


def pdf_text(content: bytes) -> str:
    """Give the text of a PDF by the maps its own fonts carry, in the order it was drawn."""
    objects = {
        int(n): body for n, body in re.findall(rb"(\d+) 0 obj(.*?)endobj", content, re.DOTALL)
    }

    def stream(number: int) -> bytes:
        found = re.search(rb"stream\r?\n(.*?)\r?\nendstream", objects[number], re.DOTALL)
        assert found is not None
        packed = b"/FlateDecode" in objects[number]
        return zlib.decompress(found[1]) if packed else found[1]

    maps = {
        font: glyphs(stream(int(named[1])))
        for font, body in objects.items()
        if (named := re.search(rb"/ToUnicode (\d+) 0 R", body))
    }
    fonts = {
        name: int(font)
        for body in objects.values()
        for name, font in re.findall(rb"/(F\d+) (\d+) 0 R", body)
    }
    pages = [int(n) for body in objects.values() for n in re.findall(rb"/Contents (\d+) 0 R", body)]
    text: list[str] = []
    for page in pages:
        known: dict[int, str] = {}
        for font, shown in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>", stream(page)):
            if font:
                known = maps.get(fonts[font], {})
                continue
            codes = (int(shown[at_ : at_ + 4], 16) for at_ in range(0, len(shown), 4))
            text += [known.get(code, "") for code in codes]
    return "".join(text)


def glyphs(cmap: bytes) -> dict[int, str]:
    """Give the letters of a font's own map of glyphs."""
    known: dict[int, str] = {}
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, one, many in re.findall(rb"<(\w+)> <(\w+)> (?:<(\w+)>|\[([^\]]*)\])", part):
            span = range(int(low, 16), int(high, 16) + 1)
            each = re.findall(rb"<(\w+)>", many)
            if one:
                known |= {code: chr(int(one, 16) + n) for n, code in enumerate(span)}
            known |= dict(zip(span, (letters(given) for given in each), strict=False))
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        known |= {int(code, 16): letters(to) for code, to in re.findall(rb"<(\w+)> <(\w+)>", part)}
    return known


def letters(given: bytes) -> str:
    return bytes.fromhex(given.decode()).decode("utf-16-be", "ignore")


def disclosed(desk: Desk) -> list[AuditEvent]:
    with Session(desk._opened.reader) as session:
        query = select(AuditEvent).where(AuditEvent.kind == "disclosed")
        return list(session.scalars(query.order_by(AuditEvent.sequence)))


def squeezed(text: str) -> str:
    """Leave out the blanks: a page sets words by place, not by blanks."""
    return "".join(text.split())


def test_story_10_the_roster_published_for_one_agency(
    planned: Desk, open_window: Callable[[Worker, Desk], MainWindow], tmp_path: Path
) -> None:
    gone, refused = row(planned, NCA, "11:30"), row(planned, NCA, "13:00")
    planned.write(plans.cancel, gone.id, gone.version, CancelReason.UNFIT)
    no = approaches.Answer(ApproachOutcome.REFUSED, MORNING, "Pashto", "Interpreter P")
    planned.write(approaches.record, refused.id, no)
    kept = [row(planned, NCA, clock) for clock in ("10:00", "15:00")]
    assert kept[0].level is Level.STOP  # two other agencies plan for the same person

    window = open_window(InlineWorker(), planned)
    window.visit("roster")
    screen: Any = window.screens["roster"]
    screen.options.agency.setCurrentText(NCA)
    QTest.keyClicks(screen.options.recipient, FOR)
    out = tmp_path / "out"
    out.mkdir()
    first = {}
    for copy, kind in enumerate(FORMS, 1):
        first[kind] = issue(screen, kind, out)
        (*_, logged) = disclosed(planned)
        assert len(disclosed(planned)) == copy  # one row for each file given out
        assert (logged.recipient, logged.reason) == (FOR, "supervisor")
        text = squeezed(words(first[kind]))
        head = (
            "OFFICIAL-SENSITIVE",
            "Version 1",
            f"copy {copy}",
            FOR,
            *(r.reference for r in kept),
        )
        for word in head:
            assert squeezed(word).lower() in text.lower(), (kind, word)
        for word in (gone.reference, refused.reference, "KIDANE", "AMAN", *OTHERS):
            assert squeezed(word) not in text, (kind, word)
    assert marks_of_csv(first["csv"]) == marks_of_workbook(first["xlsx"]) == []
    # of the conflict: that there is one, and the reference under which both sides have it
    checks = [words(first[kind]) for kind in ("csv", "xlsx")]
    assert all(kept[0].check_reference in text for text in checks)

    moved = kept[1]
    planned.write(plans.move, moved.id, moved.version, starts_at=at("15:30"))
    planned.write(plans.cancel, kept[0].id, row(planned, NCA, "10:00").version, CancelReason.UNFIT)
    window.visit("today")
    window.visit("roster")
    second = {kind: issue(screen, kind, out) for kind in FORMS}
    changed = [(kept[0].reference, "Cancelled"), (moved.reference, "Changed")]
    assert marks_of_csv(second["csv"]) == marks_of_workbook(second["xlsx"]) == changed
    page = squeezed(words(second["pdf"]))
    assert squeezed("1 changed, 1 cancelled") in page
    for copy, kind in enumerate(FORMS, 1):
        text = squeezed(words(second[kind])).lower()
        assert "version2" in text
        assert f"copy{copy}" in text
    (cancelled,) = out.glob("*-v2-cancelled.ics")
    assert kept[0].reference in words(cancelled)
    assert "TESFAYE" not in words(second["csv"])  # who is no longer on it is not named
    assert [i.version for i in planned.read(rosters.issued)] == [2] * 4 + [1] * 4
