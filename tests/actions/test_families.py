"""Families: ties on their own, and many pairs of one boat found different in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from debrief_desk.actions import boats, conflicts, deciding, families, imports
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.codes import FamilyTie
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.models import ConflictDecision, FamilyLink, IdentityDecision, Registration
from tests.builders import ARRIVED, MANIFEST_HEADER, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.conflicts import ConflictRow

    from .conftest import SmallDesk

KENT = f"""{MANIFEST_HEADER}
K1,E-1119-07,,KIDANI,Rachel,,22/11/1988,F,ERI,,{ARRIVED},Tigrinya,
K2,E-1119-07,,AMANN,Zargona,,03/09/1990,F,AFG,,{ARRIVED},Pashto,
K3,E-1119-07,07-001,TESFAI,Yonas,,14/02/1994,M,ERI,H1043377,{ARRIVED},Tigrinya,
K4,E-1119-07,07-004,STANEKZAY,Gull,,1990,M,AFG,,{ARRIVED},Pashto,
"""
"""Two who may be somebody of the manifest, one of an equal reference, one of an equal band."""
REASON = "Seen together, each with their own card"


@pytest.fixture
def boat(small: SmallDesk, tmp_path: Path) -> dict[str, ConflictRow]:
    """Four people whom two agencies plan; gives their conflicts by Kent's row."""
    file = imports.ImportFile(sheet(tmp_path, KENT), agency="Kent Police")
    small.desk.write(imports.take, file)
    for at, (ours, theirs) in enumerate(
        (("BF2", "K1"), ("BF3", "K2"), ("BF1", "K3"), ("BF4", "K4"))
    ):
        small.register("NCA", ours, f"{10 + at}:00")
        small.register("Kent Police", theirs, f"{15 + at}:00")
    found = small.conflicts("possible_person", "same_person")
    assert len(found) == 4
    return {p.row_reference: c for c in found for p in c.parties if p.row_reference[0] == "K"}


def pair_of(conflict: ConflictRow) -> tuple[str, str]:
    one, other = (party.registration_id for party in conflict.parties)
    return one, other


def groups(small: SmallDesk) -> dict[str, Any]:
    return {r.serial: r.person_id for r in small.stored(Registration)}


def statements(small: SmallDesk) -> set[tuple[Any, ...]]:
    """Give what stands about pairs, by whom."""
    return {
        (d.id, d.a_id, d.b_id, d.verdict, d.origin)
        for d in small.stored(IdentityDecision)
        if d.superseded_at is None
    }


def test_a_whole_family_is_different_in_one_step_with_one_reason(
    small: SmallDesk, boat: dict[str, ConflictRow]
) -> None:
    wanted = [pair_of(boat["K1"]), pair_of(boat["K2"])]
    done = small.desk.write(boats.part, wanted, REASON, FamilyTie.SIBLINGS)
    assert (done.parted, done.settled, done.refused) == (2, 2, ())
    left = {c.id for c in small.conflicts("possible_person", "same_person")}
    assert left == {boat["K3"].id, boat["K4"].id}
    for row in ("K1", "K2"):
        card = small.desk.write(conflicts.card, boat[row].id)
        assert [(d.verdict, d.reason) for d in card.decisions] == [("different", REASON)]
        assert card.row.state is ConflictState.DECIDED
    ties = small.stored(FamilyLink)
    assert {tie.kind for tie in ties} == {"siblings"}
    assert all(tie.registration_id < tie.other_id for tie in ties)
    assert len(ties) == 2


def test_a_pair_whose_reference_agrees_is_refused_and_named(
    small: SmallDesk, boat: dict[str, ConflictRow]
) -> None:
    wanted = [pair_of(boat[row]) for row in ("K1", "K3")]
    done = small.desk.write(boats.part, wanted, REASON, FamilyTie.COUPLE)
    assert (done.parted, done.settled) == (1, 1)
    (kept,) = done.refused
    assert {kept.one_id, kept.other_id} == set(wanted[1])
    assert kept.refused
    assert boat["K3"].id in {c.id for c in small.conflicts("same_person")}
    known = groups(small)
    assert known["BF1"] == known["K3"]
    assert len(small.stored(FamilyLink)) == 1


def test_nothing_is_done_where_every_pair_is_refused(
    small: SmallDesk, boat: dict[str, ConflictRow]
) -> None:
    before = statements(small)
    done = small.desk.write(boats.part, [pair_of(boat["K3"])], REASON)
    assert (done.step_id, done.parted, len(done.refused)) == ("", 0, 1)
    assert statements(small) == before


@pytest.mark.parametrize("by", ["step", "decision"])
def test_one_undo_brings_every_pair_tie_and_conflict_back(
    small: SmallDesk, boat: dict[str, ConflictRow], by: str
) -> None:
    """Also the provisional link of an equal band, which had to go for *different*."""
    before, known = statements(small), groups(small)
    wanted = [pair_of(boat[row]) for row in ("K1", "K2", "K4")]
    done = small.desk.write(boats.part, wanted, REASON, FamilyTie.OTHER_KIN)
    assert groups(small)["BF4"] != groups(small)["K4"]
    if by == "step":
        small.desk.write(boats.take_back, done.step_id)
        with pytest.raises(WrongCall, match="decision-unknown"):
            small.desk.write(boats.take_back, done.step_id)
    else:
        card = small.desk.write(conflicts.card, boat["K2"].id)
        small.desk.write(deciding.take_back, card.decisions[0].id)
    assert statements(small) == before
    assert groups(small) == known
    assert {c.id for c in small.conflicts("possible_person", "same_person")} == {
        c.id for c in boat.values()
    }
    assert all(tie.withdrawn_at is not None for tie in small.stored(FamilyLink))


def test_an_undo_takes_no_other_step_than_one_for_families(
    small: SmallDesk, boat: dict[str, ConflictRow]
) -> None:
    decision = deciding.Decision("different", "", REASON)
    small.desk.write(deciding.decide, boat["K1"].id, decision)
    step = small.stored(ConflictDecision)[0].step
    with pytest.raises(WrongCall, match="decision-unknown"):
        small.desk.write(boats.take_back, str(step))


def test_the_boat_of_a_conflict_shows_what_tells_its_pairs_apart(
    small: SmallDesk, boat: dict[str, ConflictRow]
) -> None:
    shown = small.desk.read(boats.of_boat, boat["K1"].id)
    assert shown.event == "E-1119-07"
    by_number = {pair.conflict: pair for pair in shown.pairs if pair.conflict}
    assert set(by_number) == {c.number for c in boat.values()}
    assert {n for n, pair in by_number.items() if pair.refused} == {boat["K3"].number}
    assert [pair.conflict > 0 for pair in shown.pairs] == sorted(
        (pair.conflict > 0 for pair in shown.pairs), reverse=True
    )
    small.desk.write(boats.part, [pair_of(boat["K1"])], REASON)
    again = small.desk.read(boats.of_boat, boat["K2"].id)
    assert boat["K1"].number not in {pair.conflict for pair in again.pairs}


def test_a_tie_is_recorded_listed_from_both_sides_and_withdrawn(small: SmallDesk) -> None:
    one, other = small.id_of("BF1"), small.id_of("BF2")
    tie = small.desk.write(families.record, other, one, FamilyTie.COUPLE)
    for here, there in ((one, other), (other, one)):
        (row,) = small.desk.read(families.listed, here)
        assert (row.id, row.kind, row.registration_id) == (tie, FamilyTie.COUPLE, there)
    with pytest.raises(WrongCall, match="family-known"):
        small.desk.write(families.record, one, other, FamilyTie.SIBLINGS)
    small.desk.write(families.withdraw, tie)
    assert small.desk.read(families.listed, one) == ()
    with pytest.raises(WrongCall, match="family-unknown"):
        small.desk.write(families.withdraw, tie)
    small.desk.write(families.record, one, other, FamilyTie.SIBLINGS)


def test_one_person_is_no_family(small: SmallDesk, boat: dict[str, ConflictRow]) -> None:
    with pytest.raises(WrongCall, match="family-one-person"):
        small.desk.write(families.record, *pair_of(boat["K3"]), FamilyTie.SIBLINGS)


def test_an_agency_records_ties_of_its_own_people_only(
    small: SmallDesk, boat: dict[str, ConflictRow]
) -> None:
    ours, theirs = pair_of(boat["K1"])
    tie = small.desk.write(families.record, ours, small.id_of("K2"), FamilyTie.SIBLINGS)
    with small.as_account("Agent", Role.AGENCY_USER, agency="Kent Police") as desk:
        for call in (
            lambda: desk.write(families.record, ours, theirs, FamilyTie.COUPLE),
            lambda: desk.write(families.withdraw, tie),
            lambda: desk.read(families.listed, ours),
        ):
            with pytest.raises(NotAllowed, match="other-agency"):
                call()
        assert desk.read(families.listed, small.id_of("K2")) == ()
        desk.write(families.record, small.id_of("K1"), small.id_of("K2"), FamilyTie.SIBLINGS)
        with pytest.raises(NotAllowed):
            desk.write(boats.part, [(ours, theirs)], REASON)
