"""What the desk knows against two records being one person lowers a verdict, and says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from debrief_desk.actions import against, families, imports, people
from debrief_desk.actions.rights import reads, writes
from debrief_desk.identity.features import prepare
from debrief_desk.identity.links import FAMILY_LINKED, PRESENT_ELSEWHERE
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.statistics import Statistics
from debrief_desk.identity.verdicts import Band
from debrief_desk.rules.codes import FamilyTie
from debrief_desk.store.models import Debrief, IdentitySuggestion, Room
from tests.builders import ROOMS, sheet
from tests.conftest import MORNING

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.desk import Desk

BORN = Birth(1994, 5, 17)


def record(name: str, **more: Any) -> Record:
    return Record(
        id=name,
        given_name="Yonas Habte",
        family_name="Tesfaye",
        born=BORN,
        sex="M",
        nationality="ERI",
        event="E-1119-07",
        **more,
    )


@pytest.mark.parametrize("code", [FAMILY_LINKED, PRESENT_ELSEWHERE])
def test_what_speaks_against_only_lowers_and_the_bits_still_sum(code: str) -> None:
    scorer = Scorer(Statistics())
    one, other = prepare(record("a", bands=("07-001",))), prepare(record("b", bands=("7/1",)))
    without, known = scorer.compare(one, other), scorer.compare(one, other, (code,))
    assert (without.band, known.bits < without.bits) == (Band.NEAR_CERTAIN, True)
    assert known.band is not Band.NEAR_CERTAIN
    assert sum(e.bits for e in known.evidence) == pytest.approx(known.bits, abs=0.1)
    assert scorer.compare(other, one, (code,)).bits == known.bits


def test_a_family_tie_leaves_little_unless_a_reference_agrees() -> None:
    scorer = Scorer(Statistics())
    one, other = prepare(record("a", bands=("07-001",))), prepare(record("b", bands=("7/1",)))
    assert scorer.compare(one, other, (FAMILY_LINKED,)).band is Band.WEAK
    issued = (Reference("H1043377", "HO"),)
    one, other = prepare(record("a", references=issued)), prepare(record("b", references=issued))
    assert scorer.compare(one, other, (FAMILY_LINKED,)).band is Band.NEAR_CERTAIN


TWO_LISTS = (
    ("Border Force", "Serial,Name,DOB,Sex,Nationality,Event No\nBF1,Yonas Habte TESFAYE,17/05/1994,M,Eritrea,E-1119-07\n"),
    ("NCA", "Our ref,Name,DOB,Sex,Nationality,Boat,Date,Start,Mins\nNCA1,Jonas Habte TESFAI,17/05/1994,M,Eritrea,E-1119-07,20/11/2026,14:00,60\n"),
    ("Kent Police", "Our ref,Name,DOB,Sex,Nationality,Boat,Date,Start,Mins\nKP1,Yonas H. TESFAY,17/05/1994,M,Eritrea,E-1119-07,20/11/2026,18:00,60\n"),
)  # fmt: skip


@pytest.fixture
def two(desk: Desk, tmp_path: Path) -> Desk:
    """A desk on which three agencies each hold a record that may be of one person."""
    desk.write(imports.take, imports.ImportFile(sheet(tmp_path, ROOMS, "rooms.csv")))
    for agency, text in TWO_LISTS:
        file = sheet(tmp_path, text, f"{agency}.csv")
        desk.write(imports.take, imports.ImportFile(file, agency=agency))
    return desk


@reads(None)
def suggested(session: Session) -> set[tuple[UUID, UUID]]:
    return {(row.a_id, row.b_id) for row in session.scalars(select(IdentitySuggestion))}


def test_two_of_one_family_are_suggested_no_more_until_the_tie_is_taken_back(two: Desk) -> None:
    before = two.read(suggested)
    pair = min(before)
    tie = two.write(families.record, str(pair[0]), str(pair[1]), FamilyTie.SIBLINGS)
    assert two.read(suggested) == before - {pair}
    two.write(families.withdraw, tie)
    assert two.read(suggested) == before


def test_two_debriefed_at_one_time_in_two_rooms_are_two_people(two: Desk) -> None:
    @writes(None)
    def both_begin(session: Session) -> tuple[UUID, UUID]:
        debriefs = list(session.scalars(select(Debrief).order_by(Debrief.id)).unique())
        rooms = list(session.scalars(select(Room).order_by(Room.id)))
        for debrief, room in zip(debriefs, rooms, strict=False):
            debrief.room_id = room.id
            debrief.started_at = MORNING - timedelta(minutes=20)
        one, other = sorted(debrief.registration_id for debrief in debriefs)
        return one, other

    pair = two.write(both_begin)
    assert two.read(reads(None)(lambda session: against.known(session, [pair]))) == {
        pair: (PRESENT_ELSEWHERE,)
    }
    explained = two.read(people.explain, str(pair[0]), str(pair[1]))
    assert "Both were there at the same time, in two places." in {
        told.sentence for told in explained.told
    }
