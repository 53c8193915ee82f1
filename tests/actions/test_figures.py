"""The figures of a period, counted by hand on a desk that real actions filled."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import approaches, choosing, deciding, figures, imports, plans
from debrief_desk.actions.approaches import Answer
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.figures import Period
from debrief_desk.actions.rights import writes
from debrief_desk.errors import FileRefused, NotAllowed, WrongCall
from debrief_desk.rules.codes import ApproachOutcome as Outcome
from debrief_desk.rules.policy import default_policy
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import ArrivalEvent, AuditEvent, Bypass, Debrief, PolicyVersion
from debrief_desk.store.session import step_of
from tests import builders
from tests.conftest import MORNING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from debrief_desk.actions.figures import Figures
    from tests.actions.conftest import SmallDesk
    from tests.conftest import FixedClock

TODAY = Period(date(2026, 11, 20), date(2026, 11, 20))
BARE = {"lead_id": "", "second_id": "", "room_id": "", "interpreter_id": ""}


@writes(None)
def _show_everything(session: Session) -> None:
    values = default_policy().to_mapping()
    values["keeping"]["smallest_cell"] = 1
    session.add(
        PolicyVersion(values=values, saved_at=step_of(session).now, reason="figures of one")
    )


@writes(None)
def _complete(session: Session, debrief_id: str, ended_at: datetime) -> None:
    debrief = session.get_one(Debrief, UUID(debrief_id))
    debrief.state, debrief.ended_at = DebriefState.COMPLETED, ended_at


@writes(None)
def _bypass(session: Session, debrief_id: str, *, withdrawn: bool = False) -> None:
    now = step_of(session).now
    session.add(
        Bypass(
            debrief_id=UUID(debrief_id),
            reason="Imminent danger",
            asked_at=now,
            concurred_at=now,
            withdrawn_at=now if withdrawn else None,
        )
    )


def boat(small: SmallDesk, folder: Path, event: str, people: int) -> list[str]:
    """Import another boat of so many different adults; gives their serials."""
    names = ("Dusek", "Qosja", "Okonkwo", "Ferreira", "Yamada", "Lindqvist", "Moreau", "Castellan")
    given = ("Bohumil", "Xhevahire", "Ngozi", "Tiago", "Haruto", "Astrid", "Odette", "Ignacio")
    lines = [builders.MANIFEST_HEADER]
    serials = []
    for at in range(people):
        serial = f"{event}-{at}"
        serials.append(serial)
        family, first = names[at % 8], given[(at // 8 + at) % 8]
        born = f"{at % 27 + 1:02}/{at % 12 + 1:02}/{1970 + at}"
        lines.append(
            f"{serial},{event},{event[-2:]}-{at + 1:03},{family}{at},{first},,{born},M,ALB,,"
            f"{builders.ARRIVED},Albanian,"
        )
    file = builders.sheet(folder, "\n".join(lines) + "\n", f"{event}.csv")
    small.desk.write(imports.take, imports.ImportFile(file, agency="Border Force"))
    return serials


def ask(
    small: SmallDesk, serial: str, outcome: Outcome, *, agency: str = "NCA", at: str = "07:30"
) -> str:
    """Plan for a person and record how one approach ended; gives the debrief's id."""
    start = f"{10 + len(small.stored(Debrief)) % 8}:00"
    saved = small.register(agency, serial, start, **BARE)
    answer(small, saved.debrief_id, outcome, at)
    return saved.debrief_id


def answer(
    small: SmallDesk, debrief_id: str, outcome: Outcome, clock: str = "07:30", *, day: int = 20
) -> None:
    told = Answer(outcome, builders.at(clock, day=day), "Tigrinya")
    small.desk.write(approaches.record, debrief_id, told)


def row_of(found: Figures, number: str) -> dict[str, int | None]:
    row = next(row for row in found.boats if row.number == number)
    return dict(zip(figures.COLUMNS, row.counts, strict=True))


def test_each_person_counts_once_in_their_boat(small: SmallDesk, tmp_path: Path) -> None:
    small.desk.write(_show_everything)
    second = boat(small, tmp_path, "E-1119-08", 3)
    done = ask(small, "BF1", Outcome.ACCEPTED)
    small.desk.write(_complete, done, builders.at("07:50"))
    ask(small, "BF2", Outcome.REFUSED)
    again = ask(small, "BF3", Outcome.ASLEEP)
    answer(small, again, Outcome.ACCEPTED, "07:40")
    answer(small, again, Outcome.NO_ANSWER, "07:45")
    ask(small, "BF4", Outcome.NOT_UNDERSTOOD)
    small.register("NCA", second[0], "13:00", **BARE)
    small.register("Kent Police", second[0], "15:00", **BARE)
    ask(small, second[1], Outcome.REFUSED)
    before = small.register("NCA", second[2], "16:00", **BARE)
    answer(small, before.debrief_id, Outcome.ACCEPTED, "23:59", day=19)
    nowhere = small.desk.write(plans.register, builders.plan("NCA", "17:00"))
    answer(small, nowhere.debrief_id, Outcome.WITHDRAWN)
    found = small.desk.read(figures.of, TODAY)
    assert [row.number for row in found.boats] == ["E-1119-07", "E-1119-08", ""]
    assert row_of(found, "E-1119-07") == {
        "people": 6,
        "not_offered": 2,
        "offered": 4,
        "accepted": 2,
        "refused": 1,
        "unanswered": 1,
        "held": 2,  # whoever was asked without a yes or no is not asked again so soon (D-6)
        "carried_out": 1,
    }
    assert row_of(found, "E-1119-08") == {
        "people": 3,
        "not_offered": 2,
        "offered": 1,
        "accepted": 0,
        "refused": 1,
        "unanswered": 0,
        "held": 1,
        "carried_out": 0,
    }
    assert row_of(found, "")["refused"] == 1
    assert found.whole.counts == (10, 4, 6, 2, 3, 1, 3, 1)
    week = small.desk.read(figures.named, "week")
    assert row_of(week, "E-1119-08")["accepted"] == 1
    assert week.period == Period(date(2026, 11, 14), date(2026, 11, 20))


def test_linked_records_are_one_person(small: SmallDesk, tmp_path: Path) -> None:
    small.desk.write(_show_everything)
    line = "N1,Yonas Tesfaye,14/02/1994,M,ERI,H1043377,07-001,E-1119-07,20/11/2026,14:00,"
    file = builders.sheet(tmp_path, f"{builders.NCA_HEADER}\n{line}\n", "nca.csv")
    small.desk.write(imports.take, imports.ImportFile(file, agency="NCA"))
    (plan,) = small.stored(Debrief)
    answer(small, str(plan.id), Outcome.ACCEPTED)
    found = small.desk.read(figures.of, TODAY)
    assert row_of(found, "E-1119-07")["people"] == 6
    assert row_of(found, "E-1119-07")["accepted"] == 1


@writes(None)
def _one_boat(session: Session, alias: str, stands_for: str) -> None:
    event = session.scalars(select(ArrivalEvent).where(ArrivalEvent.number == alias)).one()
    other = session.scalars(select(ArrivalEvent).where(ArrivalEvent.number == stands_for)).one()
    event.alias_of_id = other.id


def test_two_numbers_of_one_boat_are_one_row(small: SmallDesk, tmp_path: Path) -> None:
    small.desk.write(_show_everything)
    second = boat(small, tmp_path, "E-1119-08", 3)
    small.desk.write(_one_boat, "E-1119-08", "E-1119-07")
    ask(small, "BF1", Outcome.ACCEPTED)
    ask(small, second[0], Outcome.REFUSED)
    found = small.desk.read(figures.of, TODAY)
    assert [row.number for row in found.boats] == ["E-1119-07"]
    row = row_of(found, "E-1119-07")
    assert (row["people"], row["offered"], row["accepted"], row["refused"]) == (9, 2, 1, 1)


def test_a_few_people_are_hidden_and_cannot_be_worked_out(small: SmallDesk, tmp_path: Path) -> None:
    first = boat(small, tmp_path, "E-1120-01", 20)
    second = boat(small, tmp_path, "E-1120-02", 16)
    for serial in first[:6]:
        ask(small, serial, Outcome.ACCEPTED)
    for serial in first[6:11]:
        ask(small, serial, Outcome.REFUSED)
    for serial in second[:5]:
        ask(small, serial, Outcome.ACCEPTED)
    found = small.desk.read(figures.of, TODAY)
    assert row_of(found, "E-1120-01")["refused"] == 5
    assert found.whole.count("accepted") == 11
    for serial in second[5:7]:
        ask(small, serial, Outcome.REFUSED)
    found = small.desk.read(figures.of, TODAY)
    answers = ("accepted", "refused", "unanswered")
    for number in ("E-1120-01", "E-1120-02"):
        row = row_of(found, number)
        assert [row[column] for column in answers] == [None, None, None]
    assert row_of(found, "E-1120-01")["offered"] == 11
    assert row_of(found, "E-1120-02")["offered"] == 7
    assert [found.whole.count(column) for column in answers] == [11, 7, 0]
    assert found.smallest == 5


def decide(small: SmallDesk, number: int, verdict: str, plans: str = "") -> str:
    decision = Decision(verdict, plans, "Looked at both")
    kept: str = small.desk.write(deciding.decide, str(number), decision)
    return kept


def test_a_double_approach_is_prevented_before_anybody_asked_and_late_after(
    small: SmallDesk, clock: FixedClock
) -> None:
    pairs = {}
    for serial, start in (("BF1", "10:00"), ("BF2", "11:00"), ("BF3", "12:00"), ("BF4", "13:00")):
        first = small.register("NCA", serial, start, **BARE)
        later = f"{int(start[:2]) + 3}:30"
        second = small.register("Kent Police", serial, later, **BARE)
        (row,) = (
            row
            for row in small.conflicts("same_person")
            if first.debrief_id in {party.debrief_id for party in row.parties}
        )
        pairs[serial] = (row.number, first, second)
    clock.now = MORNING + timedelta(minutes=40)
    number, first, _second = pairs["BF1"]
    decide(small, number, "same", f"keep:{first.reference}")
    number, first, _second = pairs["BF2"]
    answer(small, first.debrief_id, Outcome.ACCEPTED)
    decide(small, number, "same", f"joint:{first.reference}")
    number, first, second = pairs["BF3"]
    undone = decide(small, number, "same", f"keep:{first.reference}")
    small.desk.write(deciding.take_back, undone)
    number, first, second = pairs["BF4"]
    small.desk.write(_show_everything)
    answer(small, first.debrief_id, Outcome.ASLEEP)
    answer(small, second.debrief_id, Outcome.NO_ANSWER)
    found = small.desk.read(figures.of, TODAY)
    assert (found.prevented, found.late, found.twice) == (1, 1, 1)
    assert found.median_minutes == 40
    tomorrow = Period(date(2026, 11, 21), date(2026, 11, 21))
    later_on = small.desk.read(figures.of, tomorrow)
    assert (later_on.prevented, later_on.late, later_on.twice) == (0, 0, 0)
    assert later_on.median_minutes is None


def test_exceptions_are_counted_by_how_they_were_made(small: SmallDesk, tmp_path: Path) -> None:
    green = builders.INTERVIEWERS.splitlines()[0] + (
        "\nNCA,N. Green,N4,Debriefer,2028-04-03,3,1,0,2026-10-31,2026-03-30,SC,2029-01-01,,F,"
    )
    file = builders.sheet(tmp_path, green, "green.csv")
    small.desk.write(imports.take, imports.ImportFile(file))
    plan = small.register("NCA", "BF1", "10:00", **BARE)
    small.register("Kent Police", "BF1", "14:30", **BARE)
    (double,) = small.conflicts("same_person")
    decide(small, double.number, "same", "handover:Kent Police")
    small.register("NCA", "BF2", "15:00", **{**BARE, "lead_id": small.id_of("N. Green")})
    (inexperienced,) = small.conflicts("experience")
    decide(small, inexperienced.number, "allow")
    small.desk.write(_bypass, plan.debrief_id)
    small.desk.write(_bypass, plan.debrief_id, withdrawn=True)
    found = small.desk.read(figures.of, TODAY)
    counts = {row.text: row.count for row in found.overrides}
    assert counts == {"Handed over": 1, "Emergency bypass": 1, "Allowed: Interviewer": 1}


def test_open_conflicts_stand_by_age(small: SmallDesk, clock: FixedClock) -> None:
    small.register("NCA", "BF1", "13:00", **BARE)
    small.register("Kent Police", "BF1", "16:00", **BARE)
    clock.now = MORNING + timedelta(hours=3)
    small.register("NCA", "BF2", "14:00", **BARE)
    small.register("Kent Police", "BF2", "18:30", **BARE)
    clock.now = MORNING + timedelta(hours=4)
    found = small.desk.read(figures.of, TODAY)
    assert [(row.key, row.stops + row.others) for row in found.ages] == [
        ("hour", 0),
        ("four_hours", 1),
        ("half_day", 1),
        ("day", 0),
        ("older", 0),
    ]


def test_who_may_not_see_figures_is_refused(small: SmallDesk) -> None:
    rows = small.desk.read(choosing.choices).agencies
    small.desk.who = replace(
        small.desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=UUID(rows[0].id)
    )
    with pytest.raises(NotAllowed, match="right-missing"):
        small.desk.read(figures.named, "today")


def test_a_period_that_is_none_is_refused(small: SmallDesk) -> None:
    with pytest.raises(WrongCall, match="period-wrong"):
        small.desk.read(figures.of, Period(date(2026, 11, 20), date(2026, 11, 19)))


def disclosed(small: SmallDesk) -> list[AuditEvent]:
    with Session(small.desk._opened.reader) as session:
        query = select(AuditEvent).where(AuditEvent.entity == "figures")
        return list(session.scalars(query))


def test_the_file_says_what_it_holds_and_that_it_left_is_on_record(
    small: SmallDesk, tmp_path: Path
) -> None:
    first = boat(small, tmp_path, "E-1120-01", 14)
    for serial in first[:6]:
        ask(small, serial, Outcome.ACCEPTED)
    small.register("Kent Police", first[7], "12:00", **BARE)
    small.register("NCA", first[7], "17:30", **BARE)
    week = Period(date(2026, 11, 14), date(2026, 11, 20))
    for name in ("figures.xlsx", "figures.csv"):
        assert small.desk.write(figures.export, week, tmp_path / name) == name
    book = openpyxl.load_workbook(tmp_path / "figures.xlsx")
    sheet = [[cell.value for cell in row] for row in book["Figures"].iter_rows()]
    shown = next(row for row in sheet if row[0] == "E-1120-01")
    assert shown[1:] == [14, 8, 6, 6, 0, 0, "*", 0]
    about = {row[0].value: row[1].value for row in book["About these figures"].iter_rows()}
    assert about["Site"] == "Manston"
    assert about["Period"] == "Sat 14 Nov 2026 to Fri 20 Nov 2026"
    assert about["Made at"] == "Fri 20 Nov 2026 08:00"
    assert "never means carried out" in about["Held"]
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig") as file:
        lines = [row for row in csv.reader(file) if row]
    boats = lines.index(["Offered and answered, by boat"])
    assert lines[boats + 3] == ["E-1120-01", "14", "8", "6", "6", "0", "0", "*", "0"]
    ages = lines[lines.index(["Open conflicts by age"]) + 2]
    assert ages == ["under 1 h", "*"]
    assert len(disclosed(small)) == 2
    assert '"from":"2026-11-14"' in disclosed(small)[0].body.replace(" ", "")


def test_a_file_that_cannot_be_written_leaves_no_record(small: SmallDesk, tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        small.desk.write(figures.export, TODAY, tmp_path / "missing" / "figures.csv")
    with pytest.raises(WrongCall, match="figures-format"):
        small.desk.write(figures.export, TODAY, tmp_path / "figures.pdf")
    assert disclosed(small) == []
