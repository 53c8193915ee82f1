"""An age is decided by somebody named on a day; the rest of the day has its own appointments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import ages, busy, histories, imports, people, plan_checks, rosters
from debrief_desk.actions.busy import BusyEntry
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import BusyKind, Eligibility
from debrief_desk.rules.facts import AgeDecision
from debrief_desk.store.models import Busy
from tests.builders import ARRIVED, MANIFEST_HEADER, at, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import SmallDesk

ADULT = AgeDecision(adult=True, decider="Kent age panel", decided_on=date(2026, 11, 20))
CHILD = AgeDecision(adult=False, decider="Kent age panel", decided_on=date(2026, 11, 20))
OLDER = f"""{MANIFEST_HEADER}
K6,E-1119-07,07-006,WARDAK,Bilal,,01/01/2004,M,AFG,,{ARRIVED},Pashto,
"""


def standing(small: SmallDesk, serial: str) -> Eligibility:
    return small.desk.write(people.card, small.id_of(serial)).eligibility


def refusal(small: SmallDesk, serial: str) -> str:
    """Give the rule that refuses a plan for somebody, "" where none does."""
    try:
        small.register("NCA", serial, "15:00")
    except Refused as no:
        return no.code
    return ""


def test_a_decision_opens_planning_and_a_later_one_closes_it_again(small: SmallDesk) -> None:
    """C-2, C-3: refused before, open after *adult*, refused after *child*."""
    key = small.id_of("BF6")
    assert (refusal(small, "BF6"), standing(small, "BF6")) == ("refused-C-2", Eligibility.AGE_DISPUTED)  # fmt: skip
    small.desk.write(ages.decide, key, ADULT)
    assert (refusal(small, "BF6"), standing(small, "BF6")) == ("", Eligibility.ELIGIBLE)
    small.desk.write(ages.decide, key, CHILD)
    assert (refusal(small, "BF6"), standing(small, "BF6")) == ("refused-C-1", Eligibility.CHILD)
    rows = small.desk.write(people.card, key).care.ages
    assert [(row.adult, row.decider) for row in rows] == [(False, "Kent age panel"), (True, "Kent age panel")]  # fmt: skip


@pytest.mark.parametrize(
    ("decider", "day", "code"),
    [
        ("  ", date(2026, 11, 20), "age-decision-incomplete"),
        ("Panel", None, "age-decision-incomplete"),
        ("Panel", date(2026, 11, 21), "moment-ahead"),
    ],
)
def test_a_decision_needs_who_decided_and_a_day_that_has_come(
    small: SmallDesk, decider: str, day: date | None, code: str
) -> None:
    with pytest.raises(WrongCall) as no:
        small.desk.write(ages.decide, small.id_of("BF6"), AgeDecision(True, decider, day))
    assert no.value.code == code
    assert refusal(small, "BF6") == "refused-C-2"


def test_a_plan_blocked_by_a_doubt_is_off_every_roster_until_it_is_decided(
    small: SmallDesk, tmp_path: Path
) -> None:
    """The other agency's record said adult: its plan stands, blocked, and its block is kept."""
    small.desk.write(imports.take, imports.ImportFile(sheet(tmp_path, OLDER.replace("07-006", "07-906")), agency="Kent Police"))  # fmt: skip
    made = small.register("Kent Police", "K6", "15:00")
    small.desk.write(people.decide_pair, small.id_of("BF6"), small.id_of("K6"), "same", "One band")
    (item,) = small.conflicts("child")
    assert {"C-2", "C-3"} & set(item.rules)
    order = RosterOrder(at("00:00"), at("00:00", day=21), level="supervisor", recipient="Shift")
    assert small.desk.read(rosters.preview, order).rows == ()
    small.desk.write(ages.decide, small.id_of("BF6"), ADULT)
    assert small.conflicts("child") == []
    assert [row.reference for row in small.desk.read(rosters.preview, order).rows] == [
        made.reference
    ]
    said = [row.text for row in small.desk.read(histories.of_person, small.id_of("BF6"))]
    assert any("Conflict opened" in text and "Child or age disputed" in text for text in said)
    assert any("Closed" in text for text in said)
    assert "Age decision recorded" in said


# what else is in the day


@pytest.mark.parametrize("kind", list(BusyKind))
@pytest.mark.parametrize(
    ("start", "end", "bites"),
    [("13:00", "14:00", False), ("13:00", "14:01", True), ("14:45", "15:00", False), ("14:44", "15:00", True)],
)  # fmt: skip
def test_a_plan_into_something_else_is_checked_and_one_beside_it_is_not(
    small: SmallDesk, kind: BusyKind, start: str, end: str, bites: bool
) -> None:
    """W-7 on both sides of both edges of 14:00 to 14:45."""
    small.desk.write(busy.add, small.id_of("BF1"), BusyEntry(kind, at(start), at(end)))
    plan = small.plan("NCA", "BF1", "14:00")
    found = {f.rule: f.severity for f in small.desk.read(plan_checks.look, plan).findings}
    assert (found.get("W-7") == "WARN") is bites


@pytest.mark.parametrize(("end", "bites"), [("13:00", False), ("13:01", True)])
def test_screening_keeps_an_hour_to_itself_and_its_room(
    small: SmallDesk, end: str, bites: bool
) -> None:
    """A-2: an hour from 13:00 to 14:00 is enough; in the same room it never is."""
    entry = BusyEntry(BusyKind.SCREENING, at("12:00"), at(end))
    small.desk.write(busy.add, small.id_of("BF1"), entry)
    plan = small.plan("NCA", "BF1", "14:00")
    found = {f.rule for f in small.desk.read(plan_checks.look, plan).findings}
    assert ("A-2" in found) is bites
    room = BusyEntry(BusyKind.SCREENING, at("09:00"), at("09:30"), small.id_of("Room 1"))
    small.desk.write(busy.add, small.id_of("BF1"), room)
    found = {f.rule for f in small.desk.read(plan_checks.look, plan).findings}
    assert "A-2" in found


def test_a_time_taken_back_bars_nothing_and_stays_on_record(small: SmallDesk) -> None:
    key = small.id_of("BF1")
    entry = BusyEntry(BusyKind.MEAL, at("14:00"), at("14:30"), small.id_of("Room 2"))
    made = small.desk.write(busy.add, key, entry)
    (row,) = small.desk.write(people.card, key).care.busy
    assert (row.kind, row.starts_at, row.room) == (BusyKind.MEAL, at("14:00"), "Room 2")
    small.desk.write(busy.cancel, made)
    assert small.desk.write(people.card, key).care.busy == ()
    plan = small.plan("NCA", "BF1", "14:00")
    assert "W-7" not in {f.rule for f in small.desk.read(plan_checks.look, plan).findings}
    assert len(small.stored(Busy)) == 1
    with pytest.raises(WrongCall, match="busy-unknown"):
        small.desk.write(busy.cancel, made)


@pytest.mark.parametrize("end", ["13:59", "14:00"])
def test_a_time_ends_after_it_begins(small: SmallDesk, end: str) -> None:
    with pytest.raises(WrongCall, match="busy-times"):
        small.desk.write(
            busy.add, small.id_of("BF1"), BusyEntry(BusyKind.MEAL, at("14:00"), at(end))
        )
