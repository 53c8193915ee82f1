"""Taking the record-day files in: every row accounted for, once, whole or not at all."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from debrief_desk.actions import conflicts, deciding, imports, people
from debrief_desk.actions.deciding import Decision
from debrief_desk.errors import DeskError, FileRefused, Interrupted, Stale, WrongCall
from debrief_desk.files.sheets import read_sheet
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.store.models import (
    Change,
    Debrief,
    IdentityDecision,
    ImportBatch,
    Interviewer,
    ParkedRow,
    Registration,
)
from debrief_desk.store.session import Token
from debrief_desk.wording import failures
from tests.builders import ARRIVED, INTERVIEWERS, MANIFEST, MANIFEST_HEADER, at, sheet
from tests.conftest import PASSWORD, RECORD_DAY, RECORD_DAY_FILES, SUPERVISOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.desk import Desk

    from .conftest import SmallDesk

BROKEN = RECORD_DAY.parent / "broken"
PEOPLE_FILES = RECORD_DAY_FILES[3:]


def take(desk: Desk, name: str, agency: str = "", **how: str) -> imports.Imported:
    path = Path(name)
    file = path if path.is_absolute() else RECORD_DAY / name
    return desk.write(imports.take, imports.ImportFile(file, agency=agency, **how))


def table(name: str) -> list[dict[str, str]]:
    with (RECORD_DAY / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def everything(desk: Desk) -> dict[str, int]:
    """Count the rows of every table that holds what was imported."""
    kinds: tuple[Any, ...] = (Change, Debrief, ImportBatch, Interviewer, ParkedRow, Registration)
    with Session(desk._opened.reader) as session:
        return {
            kind.__name__: session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in kinds
        }


def groups(desk: Desk) -> dict[str, str]:
    """Give the group of each registration by the sender's own reference."""
    with Session(desk._opened.reader) as session:
        query = select(Registration.serial, Registration.person_id).where(
            Registration.withdrawn_at.is_(None)
        )
        return {serial: str(group) for serial, group in session.execute(query)}


# Every row counts once


def test_the_counts_of_every_file_add_up_to_what_was_read(record_day: Desk) -> None:
    batches = record_day.read(imports.taken)
    assert len(batches) == len(RECORD_DAY_FILES)
    for batch in batches:
        counts = dict(batch.counts)
        assert counts.pop("read") == sum(counts.values())
        assert set(counts) == set(imports.OUTCOMES)
        assert batch.by == SUPERVISOR


@pytest.mark.parametrize(("name", "agency"), RECORD_DAY_FILES)
def test_every_line_below_the_header_was_read_or_is_listed_as_skipped(
    record_day: Desk, name: str, agency: str
) -> None:
    """Counted from the raw sheet, not by the parser that is judged."""
    preview = record_day.read(imports.look, imports.ImportFile(RECORD_DAY / name, agency=agency))
    lines = read_sheet(RECORD_DAY / name).rows
    below = [row for row in lines if row.line > preview.header_line and any(row.cells)]
    after = [line for line, _why in preview.skipped if line > preview.header_line]
    assert len(preview.rows) + len(after) == len(below)


def test_each_parked_or_rejected_row_has_its_line_its_words_and_a_reason(record_day: Desk) -> None:
    left = {
        row.line: row
        for batch in record_day.read(imports.taken)
        for row in record_day.read(imports.left_rows, batch.id)
    }
    counts = [batch.counts for batch in record_day.read(imports.taken)]
    assert len(left) == sum(c["parked"] + c["rejected"] for c in counts)
    parked, rejected = left[1308], left[1310]
    assert (parked.outcome, rejected.outcome) == ("parked", "rejected")
    assert "31/02/2001" in parked.reasons[0]
    assert "day that no calendar has" in parked.reasons[0]
    assert dict(parked.as_typed)["DOB"] == "31/02/2001"
    assert rejected.reasons[0].startswith("Nothing to go by")
    assert all(row.reasons and all(row.reasons) for row in left.values())


def test_a_row_with_a_day_that_does_not_exist_is_parked_and_the_person_is_not_lost(
    record_day: Desk,
) -> None:
    left = {row.line: row for b in record_day.read(imports.taken) for row in record_day.read(imports.left_rows, b.id)}  # fmt: skip
    serial = dict(left[1308].as_typed)["Serial"]
    (found,) = record_day.read(people.listed, serial).rows
    assert found.serial == serial
    assert found.born == ""


def test_a_placeholder_is_a_registration_without_a_name(record_day: Desk) -> None:
    with Session(record_day._opened.reader) as session:
        (found,) = session.scalars(select(Registration).where(Registration.placeholder != ""))
    assert (found.given_name, found.family_name, found.full_name) == ("", "", "")
    assert found.placeholder.startswith("UNKNOWN")


# Once


def test_a_second_import_of_every_file_changes_nothing(record_day: Desk) -> None:
    before, inbox = groups(record_day), record_day.read(conflicts.listed, everything=True)
    counted = everything(record_day)
    for name, agency in RECORD_DAY_FILES:
        counts = dict(take(record_day, name, agency).counts)
        assert counts["unchanged"] + counts["rejected"] == counts["read"], name
    assert groups(record_day) == before
    assert record_day.read(conflicts.listed, everything=True) == inbox
    after = everything(record_day)
    for kind in ("Debrief", "Interviewer", "Registration"):
        assert after[kind] == counted[kind]


def test_a_corrected_row_brings_its_registration_up_to_date(
    small: SmallDesk, tmp_path: Path
) -> None:
    corrected = MANIFEST.replace("TESFAYE,Yonas", "TESFAY,Yonas").replace(",07-001,", ",07-011,")
    taken = take(small.desk, str(sheet(tmp_path, corrected)), "Border Force")
    assert (taken.counts["updated"], taken.counts["unchanged"]) == (1, 5)
    registration = next(r for r in small.stored(Registration) if r.serial == "BF1")
    assert (registration.family_name, registration.band) == ("TESFAY", "07-011")
    assert registration.former_bands == ["07-001"]


# Whole or not at all


@pytest.mark.parametrize("failing", [1, 5, 20])
def test_a_fault_in_the_middle_keeps_nothing(desk: Desk, failing: int) -> None:
    before, calls = everything(desk), []

    def broken(done: int, total: int) -> None:
        calls.append((done, total))
        if len(calls) == failing:
            raise ZeroDivisionError

    file = imports.ImportFile(RECORD_DAY / "nca-planned.xlsx", agency="NCA")
    if failing > 10:
        file = imports.ImportFile(RECORD_DAY / "border-force-manifest.csv", agency="Border Force")
    with pytest.raises(ZeroDivisionError):
        desk.run(Token(), broken, imports.take, file)
    assert len(calls) == failing
    assert everything(desk) == before
    assert desk.read(people.listed).total == 0


def test_a_cancelled_import_keeps_nothing_and_can_be_taken_later(
    small: SmallDesk, tmp_path: Path
) -> None:
    desk, token = small.desk, Token()
    before = everything(desk)
    more = MANIFEST.replace("BF", "XF").replace("E-1119-07", "E-1119-09").replace("H1043377", "")
    file = imports.ImportFile(sheet(tmp_path, more), agency="Border Force")
    with pytest.raises(Interrupted):
        desk.run(token, lambda _done, _total: token.cancel(), imports.take, file)
    assert everything(desk) == before
    assert desk.write(imports.take, file).counts["added"] == 6


KILLED = """
import os, sys
from pathlib import Path
from debrief_desk.actions import imports
from debrief_desk.desk import Desk
from debrief_desk.store.session import Token

desk = Desk.open(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
def half(done, total):
    if done * 2 > total:
        print("writing", flush=True)
        os.kill(os.getpid(), 9) if os.name == "posix" else os._exit(-9)
desk.run(Token(), half, imports.take, imports.ImportFile(Path(sys.argv[4]), agency="NCA"))
"""


def test_a_program_that_is_killed_in_the_middle_leaves_the_desk_as_it_was(
    small: SmallDesk, open_desk: Callable[[Path], Desk]
) -> None:
    before, path = everything(small.desk), small.desk.path
    small.desk.close()
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", KILLED, path, SUPERVISOR, PASSWORD, RECORD_DAY / "nca-planned.xlsx"],
        env={**os.environ, "PYTHONPATH": str(RECORD_DAY.parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.strip() == "writing"
    assert ended.returncode != 0
    desk = open_desk(path)
    assert everything(desk) == before
    assert desk.complaints() == ()


# Taken back


def test_taking_an_import_back_withdraws_it_and_it_can_be_taken_again(record_day: Desk) -> None:
    batch = next(b for b in record_day.read(imports.taken) if b.agency == "Kent Police")
    before = groups(record_day)
    inbox = {c.id for c in record_day.read(conflicts.listed)}
    record_day.write(imports.take_back, batch.id)

    left = groups(record_day)
    assert not any(serial.startswith("KP") for serial in left)
    assert set(left) == {serial for serial in before if not serial.startswith("KP")}
    assert record_day.read(people.listed, "KP001").total == 0
    for conflict in record_day.read(conflicts.listed):
        assert all(not p.row_reference.startswith("KP") for p in conflict.parties)
        assert conflict.id in inbox
    with Session(record_day._opened.reader) as session:
        standing = select(Debrief).join(Debrief.registration).join(Debrief.agency)
        states = {
            d.state.value for d in session.scalars(standing) if d.agency.name == "Kent Police"
        }
    assert states == {"cancelled"}
    with pytest.raises(WrongCall):
        record_day.write(imports.take_back, batch.id)

    again = take(record_day, "kent-police-planned.csv", "Kent Police")
    assert dict(again.counts) == dict(batch.counts)
    assert {s for s in groups(record_day) if s.startswith("KP")} == {
        s for s in before if s.startswith("KP")
    }


def test_taking_back_a_correction_restores_what_stood(small: SmallDesk, tmp_path: Path) -> None:
    corrected = (
        MANIFEST.replace("TESFAYE,Yonas", "TESFAY,Yonas")
        .replace(",07-001,", ",07-011,")
        .replace("H1043377", "K2219044")
    )
    taken = take(small.desk, str(sheet(tmp_path, corrected)), "Border Force")
    assert small.desk.read(people.listed, "K2219044").total == 1
    small.desk.write(imports.take_back, taken.import_id)
    registration = next(r for r in small.stored(Registration) if r.serial == "BF1")
    assert (registration.family_name, registration.band) == ("TESFAYE", "07-001")
    assert registration.former_bands == []
    assert [r.serial for r in small.desk.read(people.listed, "tesfaye").rows] == ["BF1"]
    assert small.desk.read(people.listed, "07-011").total == 0
    (row,) = small.desk.read(people.listed, "H1043377").rows
    assert row.reference == "H1043377"


def test_a_correction_that_was_corrected_again_is_not_taken_back(
    small: SmallDesk, tmp_path: Path
) -> None:
    once = MANIFEST.replace("TESFAYE,Yonas", "TESFAY,Yonas")
    twice = MANIFEST.replace("TESFAYE,Yonas", "TESFAI,Yonas")
    first = take(small.desk, str(sheet(tmp_path, once)), "Border Force")
    take(small.desk, str(sheet(tmp_path, twice)), "Border Force")
    with pytest.raises(Stale):
        small.desk.write(imports.take_back, first.import_id)
    registration = next(r for r in small.stored(Registration) if r.serial == "BF1")
    assert registration.family_name == "TESFAI"


# Who is one person


def test_every_double_booking_is_raised_and_none_that_is_not_one(record_day: Desk) -> None:
    truth = table("truth.csv")
    booked = {frozenset((row["nca"], row["kent_police"])) for row in truth if row["booked_by_both"]}
    person = {
        row[agency]: row["person"]
        for row in truth
        for agency in ("border_force", "nca", "kent_police")
        if row[agency]
    }
    raised = {
        frozenset(p.row_reference for p in conflict.parties)
        for conflict in record_day.read(conflicts.listed)
        if conflict.kind in (ConflictKind.SAME_PERSON, ConflictKind.POSSIBLE_PERSON)
    }
    assert len(booked) == 23
    assert len(booked & raised) >= 19
    wrong = [pair for pair in raised if len({person.get(r, r) for r in pair}) > 1]
    assert len(wrong) <= 3


def test_no_pair_that_only_looks_alike_is_linked(record_day: Desk) -> None:
    group, pairs = groups(record_day), table("controls.csv")
    assert len(pairs) > 100
    assert [p for p in pairs if group[p["serial_a"]] == group[p["serial_b"]]] == []


def test_every_link_the_desk_made_by_itself_is_borne_out_and_marked_as_its_own(
    record_day: Desk,
) -> None:
    person = {
        row[agency]: row["person"]
        for row in table("truth.csv")
        for agency in ("border_force", "nca", "kent_police")
    }
    with Session(record_day._opened.reader) as session:
        serials = {r: s for r, s in session.execute(select(Registration.id, Registration.serial))}  # noqa: C416 - rows
        made = list(session.scalars(select(IdentityDecision)))
    assert len(made) > 300
    assert {(d.verdict, d.origin, d.account_id) for d in made} == {("same", "system", None)}
    wrong = [
        d for d in made
        if person.get(serials[d.a_id], serials[d.a_id]) != person.get(serials[d.b_id], serials[d.b_id])
    ]  # fmt: skip
    assert wrong == []


def test_two_people_under_one_band_are_both_kept_and_make_one_item(record_day: Desk) -> None:
    items = [c for c in record_day.read(conflicts.listed) if c.kind is ConflictKind.IMPORT]
    (item,) = items
    assert len(item.parties) == 2
    group = groups(record_day)
    assert len({group[p.row_reference] for p in item.parties}) == 2
    take(record_day, "border-force-manifest.csv", "Border Force")
    assert len(record_day.read(conflicts.listed, kind="import")) == 1


# Staff that come later


def test_plans_find_their_leads_when_the_staff_sheet_arrives_later(
    desk: Desk,
) -> None:
    take(desk, "kent-police-planned.csv", "Kent Police")
    with Session(desk._opened.reader) as session:
        before = list(session.scalars(select(Debrief)).unique())
    assert all(d.lead_id is None and d.lead_text for d in before)
    waiting = {c.kind for c in desk.read(conflicts.listed)}
    assert ConflictKind.EXPERIENCE not in waiting
    take(desk, "interviewers.csv")
    with Session(desk._opened.reader) as session:
        after = {d.id: d for d in session.scalars(select(Debrief)).unique()}
    named = [(d.lead_text, after[d.id].lead.name) for d in before if after[d.id].lead]
    assert len(named) == len(before)
    assert all(typed == name for typed, name in named)
    assert all(d.lead_text == "" for d in after.values())
    assert ConflictKind.EXPERIENCE in {c.kind for c in desk.read(conflicts.listed)}


# Broken files


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.csv", None),
        ("header-only.csv", None),
        ("no-name-column.csv", None),
        ("not-a-workbook.xlsx", None),
        ("truncated.xlsx", None),
        ("ambiguous-dates.csv", "date-order-needed"),
        ("no-such-file.csv", None),
    ],
)
def test_a_broken_file_gets_one_sentence_and_the_desk_stays_as_it_was(
    desk: Desk, name: str, code: str | None
) -> None:
    before = everything(desk)
    with pytest.raises(DeskError) as refused:
        take(desk, str(BROKEN / name), "NCA")
    assert isinstance(refused.value, FileRefused | WrongCall)
    assert code in (None, refused.value.code)
    sentence = failures.sentence(refused.value)
    assert sentence
    assert refused.value.code not in sentence
    assert "\n" not in sentence
    assert everything(desk) == before


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_an_order_of_dates_that_was_asked_for_is_kept_for_the_sender(
    desk: Desk, order: str
) -> None:
    path = BROKEN / "ambiguous-dates.csv"
    assert desk.read(imports.look, imports.ImportFile(path, agency="NCA")).ask_date_order
    take(desk, str(path), "NCA", date_order=order)
    born = [row.born for row in desk.read(people.listed).rows]
    assert born == (
        ["03/04/1988", "05/06/1999"] if order == "dmy" else ["04/03/1988", "06/05/1999"]
    )
    again = desk.read(imports.look, imports.ImportFile(path, agency="NCA"))
    assert (again.ask_date_order, again.remembered) == ((), True)
    assert take(desk, str(path), "NCA").counts["unchanged"] == 2
    other = desk.read(imports.look, imports.ImportFile(path, agency="Kent Police"))
    assert other.ask_date_order


@pytest.mark.parametrize(
    ("name", "added"), [("ragged.csv", 3), ("utf16.csv", 1), ("two-bands-one-event.csv", 2), ("formulas-and-markup.xlsx", None), ("windows-1256.csv", 1)]
)  # fmt: skip
def test_what_is_usable_of_a_poor_file_is_taken_and_the_rest_is_said(
    desk: Desk, name: str, added: int | None
) -> None:
    how = {"encoding": "windows-1256"} if name == "windows-1256.csv" else {}
    taken = take(desk, str(BROKEN / name), "NCA", date_order="dmy", **how)
    counts = dict(taken.counts)
    assert counts.pop("read") == sum(counts.values())
    if added is not None:
        assert counts["added"] + counts["parked"] == added
    assert len(taken.left) == counts["parked"] + counts["rejected"]
    assert desk.read(people.listed).total == taken.counts["read"] - counts["rejected"]


def test_a_look_keeps_nothing_and_says_what_taking_would_do(
    small: SmallDesk, tmp_path: Path
) -> None:
    before = everything(small.desk)
    text = MANIFEST.replace("TESFAYE,Yonas", "TESFAY,Yonas") + (
        f"BF9,E-1119-07,07-009,NEW,Person,,31/02/1990,M,ERI,,{ARRIVED},Tigrinya,\n"
        f"BF10,E-1119-07,07-010,NEWER,Person,,01/02/1990,M,ERI,,{ARRIVED},Tigrinya,\n"
        f"{'BF11' + ',' * MANIFEST_HEADER.count(',')}\n"
    )
    file = imports.ImportFile(sheet(tmp_path, text), agency="Border Force")
    preview = small.desk.read(imports.look, file)
    assert dict(preview.counts) == {"update": 1, "same": 5, "parked": 1, "new": 1, "rejected": 1}
    assert everything(small.desk) == before
    taken = small.desk.write(imports.take, file)
    assert {k: v for k, v in taken.counts.items() if v} == {
        "read": 9, "updated": 1, "unchanged": 5, "parked": 1, "added": 1, "rejected": 1,
    }  # fmt: skip


def test_an_import_without_an_agency_says_so_and_keeps_nothing(desk: Desk) -> None:
    before = everything(desk)
    with pytest.raises(WrongCall) as wrong:
        take(desk, "kent-police-planned.csv")
    assert wrong.value.code == "agency-missing"
    assert everything(desk) == before


def test_the_three_agencies_files_were_taken_as_they_are(record_day: Desk) -> None:
    read = {
        b.agency: b.counts["read"] for b in record_day.read(imports.taken) if b.kind == "people"
    }
    assert read == {"Border Force": 1309, "NCA": 420, "Kent Police": 260}
    assert [agency for _name, agency in PEOPLE_FILES] == ["Border Force", "NCA", "Kent Police"]


# The same sender, later


KENT = """KP no;Subject;Born / age;M/F;Country;HO ref;Band;Event;Planned;Officer;Second officer;Interpreter needed
KP1;Jonas TESFAI;14-02-1994;M;Eritrea;;7/1;E-1119-07;20-Nov 14:00;K. Ready;K. Second;Tigrinya
"""


def kent(small: SmallDesk, folder: Path, text: str = KENT) -> imports.Imported:
    return take(small.desk, str(sheet(folder, text)), "Kent Police")


def test_a_plan_moves_to_where_its_senders_newer_file_has_it(
    small: SmallDesk, tmp_path: Path
) -> None:
    kent(small, tmp_path)
    (before,) = small.stored(Debrief)
    later = kent(small, tmp_path, KENT.replace("14:00;K. Ready;", "15:30;K. Second;"))
    assert later.counts["updated"] == 1
    (after,) = small.stored(Debrief)
    assert (after.id, after.reference) == (before.id, before.reference)
    assert (after.starts_at, after.ends_at) == (at("15:30"), at("16:30"))
    assert after.lead.name == "K. Second"
    assert after.sequence > before.sequence
    assert small.conflicts("experience")  # one person is lead and second now
    small.desk.write(imports.take_back, later.import_id)
    (again,) = small.stored(Debrief)
    assert (again.starts_at, again.lead.name) == (at("14:00"), "K. Ready")
    assert small.conflicts("experience") == []


def test_a_newer_row_without_a_time_leaves_the_plan_alone(small: SmallDesk, tmp_path: Path) -> None:
    kent(small, tmp_path)
    kent(small, tmp_path, KENT.replace("20-Nov 14:00;K. Ready;K. Second", ";;"))
    (after,) = small.stored(Debrief)
    assert (after.starts_at, after.state.value) == (at("14:00"), "planned")


def test_a_newer_row_with_a_day_that_does_not_exist_is_parked_beside_its_plan(
    small: SmallDesk, tmp_path: Path
) -> None:
    kent(small, tmp_path)
    poor = kent(small, tmp_path, KENT.replace("20-Nov", "31-Nov"))
    assert poor.counts["parked"] == 1
    (after,) = small.stored(Debrief)
    assert after.starts_at == at("14:00")


def test_a_third_person_under_one_band_opens_the_settled_item_again(
    small: SmallDesk, tmp_path: Path
) -> None:
    twin = f"BF9,E-1119-07,07-001,OTHER,Somebody,,1980,F,IRN,,{ARRIVED},Farsi,\n"
    take(small.desk, str(sheet(tmp_path, MANIFEST + twin)), "Border Force")
    (item,) = small.conflicts("import")
    assert {p.row_reference for p in item.parties} == {"BF1", "BF9"}
    small.desk.write(deciding.decide, item.id, Decision("different", "", "Two beds"))
    assert small.conflicts("import") == []
    third = twin.replace("BF9", "BF10").replace("OTHER,Somebody", "THIRD,Person")
    take(small.desk, str(sheet(tmp_path, MANIFEST + twin + third)), "Border Force")
    (again,) = small.conflicts("import")
    assert (again.id, again.state.value) == (item.id, "reopened")
    assert {p.row_reference for p in again.parties} == {"BF1", "BF9", "BF10"}


def test_staff_rows_that_cannot_be_read_are_kept_with_their_reason(
    desk: Desk, tmp_path: Path
) -> None:
    rows = "NCA,N. Odd,N9,Debriefer,31/02/2028,3,60,4,,,,,,F,07:00-19:00\n,,,,,,,,,,,,,,\n"
    taken = take(desk, str(sheet(tmp_path, INTERVIEWERS + rows)))
    assert {k: v for k, v in taken.counts.items() if v} == {
        "read": 6, "added": 5, "parked": 1,
    }  # fmt: skip
    (odd,) = taken.left
    assert "31/02/2028" in odd.reasons[0]


def test_an_authorisation_that_is_no_longer_listed_has_ended(
    small: SmallDesk, tmp_path: Path
) -> None:
    gone = INTERVIEWERS.replace("N. Ready,N1,Debriefer,2028-04-03", "N. Ready,N1,,")
    assert take(small.desk, str(sheet(tmp_path, gone))).counts["updated"] == 1
    made = small.register("NCA")
    assert "X-1" in {f.rule for f in made.findings}
    assert take(small.desk, str(sheet(tmp_path, INTERVIEWERS))).counts["updated"] == 1
    assert small.conflicts("experience") == []


def test_a_boat_with_letters_beyond_ascii_is_one_boat_however_often_it_comes(
    desk: Desk, tmp_path: Path
) -> None:
    for line, name in enumerate(("ABDI", "HASSAN")):
        sheet = tmp_path / f"{line}.csv"
        sheet.write_text(f"Event No,Band,Surname,Forename(s)\nÉ-7 b,0{line}-001,{name},Ali\n")
        taken = desk.write(imports.take, imports.ImportFile(sheet, agency="NCA"))
        assert taken.counts["added"] == 1
    assert {row.event for row in desk.read(people.listed).rows} == {"É-7 b"}
