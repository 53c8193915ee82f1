"""Settling conflicts: who it is, what becomes of the plans, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from debrief_desk.actions import conflicts, deciding, imports, people, plans
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.rights import writes
from debrief_desk.errors import DeskError, Refused, Stale, WrongCall
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.base import Base
from debrief_desk.store.models import Agency, Debrief, IdentityDecision, Registration, Site
from tests.builders import ARRIVED, INTERVIEWERS, MANIFEST_HEADER, at, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.actions.plans import Registered

    from .conftest import SmallDesk

RAHEL = f"""{MANIFEST_HEADER}
K1,E-1119-07,,KIDANI,Rachel,,22/11/1988,F,ERI,,{ARRIVED},Tigrinya,
"""
"""Somebody without a band who is probably BF2 of the manifest."""
LEFT_ALONE = {
    "alembic_version", "audit_event", "change", "conflict_decision", "conflict_notice",
    "deconfliction_check",
}  # fmt: skip
"""What only grows, and what the newest check says."""
COUNTS_UP = {"sequence", "version", "next_check", "next_debrief"}
OF_THE_ITEM = {
    "state",
    "owner_id",
    "closed_because",
    "closed_at",
    "reopened_because",
    "waiting_for",
}


def held(small: SmallDesk) -> dict[str, list[dict[str, Any]]]:
    """Give every row that a decision may touch; statements that were replaced are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    with small.desk._opened.reader.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in LEFT_ALONE:
                continue
            skipped = COUNTS_UP | (OF_THE_ITEM if table.name == "conflict" else set())
            rows = [
                {key: value for key, value in row.items() if key not in skipped}
                for row in connection.execute(select(table)).mappings()
                if row.get("superseded_at") is None
            ]
            found[table.name] = sorted(rows, key=repr)
    return found


def decide(small: SmallDesk, conflict: ConflictRow, verdict: str, plans_: str = "") -> str:
    decision = Decision(verdict, plans_, "They showed the same card")
    return small.desk.write(deciding.decide, conflict.id, decision)


def states(small: SmallDesk) -> dict[str, tuple[str, str]]:
    return {d.reference: (d.state.value, d.state_reason) for d in small.stored(Debrief)}


@pytest.fixture
def clash(small: SmallDesk) -> tuple[Registered, Registered, ConflictRow]:
    """One person planned by two agencies: NCA first at 14:00, Kent Police at 16:00."""
    first = small.register("NCA")
    second = small.register("Kent Police", clock="16:00")
    (conflict,) = small.conflicts("same_person")
    return first, second, conflict


@pytest.fixture
def suspicion(small: SmallDesk, tmp_path: Path) -> ConflictRow:
    """Two records that may be one person, each planned by another agency."""
    file = imports.ImportFile(sheet(tmp_path, RAHEL), agency="Kent Police")
    small.desk.write(imports.take, file)
    small.register("NCA", serial="BF2")
    small.register("Kent Police", serial="K1", clock="16:00")
    (conflict,) = small.conflicts("possible_person")
    return conflict


def test_keeping_one_plan_cancels_the_other_and_tells_both(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow]
) -> None:
    first, second, conflict = clash
    decide(small, conflict, "same", f"keep:{first.reference}")
    assert states(small) == {
        first.reference: ("planned", ""),
        second.reference: ("cancelled", "duplicate"),
    }
    assert small.conflicts("same_person") == []
    assert {
        ("NCA", "conflict_decided"),
        ("Kent Police", "conflict_decided"),
        ("Kent Police", "cancelled_duplicate"),
    } <= small.told()
    small.consent(first.debrief_id)
    kept = small.debrief(first.reference)
    small.desk.write(plans.clear, str(kept.id), kept.version)
    assert small.debrief(first.reference).state is DebriefState.CLEARED


def test_a_joint_debrief_is_one_booking_with_a_partner(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow]
) -> None:
    first, second, conflict = clash
    decide(small, conflict, "same", f"joint:{second.reference.lower()}")
    assert states(small) == {
        first.reference: ("cancelled", "joined"),
        second.reference: ("planned", ""),
    }
    agencies = {a.name: str(a.id) for a in small.stored(Agency)}
    joint = small.debrief(second.reference)
    assert joint.partner_ids == [agencies["NCA"]]
    assert small.debrief(first.reference).joined_into_id == joint.id


def test_handing_over_keeps_the_named_agencys_plan(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow]
) -> None:
    first, second, conflict = clash
    decide(small, conflict, "same", "handover:kent police")
    assert states(small)[first.reference] == ("cancelled", "handed_over")
    assert states(small)[second.reference] == ("planned", "")


def test_cancelling_one_leaves_the_other(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow]
) -> None:
    first, second, conflict = clash
    decide(small, conflict, "same", f"cancel:{first.reference}")
    assert states(small)[first.reference] == ("cancelled", "no_longer_needed")
    assert states(small)[second.reference] == ("planned", "")


def test_one_after_the_other_moves_the_later_plan_half_a_day(small: SmallDesk) -> None:
    first = small.register("NCA", clock="11:00")
    second = small.register("Kent Police", clock="13:00")
    (conflict,) = small.conflicts("same_person")
    with pytest.raises(Refused) as refused:  # 23:00 would run past the stay's 24 hours
        decide(small, conflict, "same", "sequence")
    assert refused.value.code == "sequence-does-not-fit"
    assert small.debrief(second.reference).starts_at == at("13:00")

    small.desk.write(_let_stay, 48)
    decide(small, conflict, "same", "sequence")
    assert small.debrief(first.reference).starts_at == at("11:00")
    later = small.debrief(second.reference)
    assert (later.starts_at, later.ends_at) == (at("23:00"), at("23:45"))
    assert states(small)[second.reference] == ("planned", "")


@writes(None)
def _let_stay(session: Session, hours: int) -> None:
    session.scalars(select(Site)).one().limit_minutes = hours * 60


def test_what_does_not_fit_settles_nothing(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow]
) -> None:
    _first, _second, conflict = clash
    before = held(small), states(small)
    for verdict, plans_, code in (
        ("same", "", "plans-unsettled"),
        ("same", "keep:DD-2611-0099", "plan-not-in-conflict"),
        ("same", "handover:Border Force", "agency-not-in-conflict"),
        ("same", "burn:DD-2611-0001", "plans-unknown"),
        ("perhaps", "", "verdict-unknown"),
    ):
        with pytest.raises(WrongCall) as wrong:
            decide(small, conflict, verdict, plans_)
        assert wrong.value.code == code
    with pytest.raises(WrongCall) as wrong:
        small.desk.write(deciding.decide, conflict.id, Decision("same", "sequence", "  "))
    assert wrong.value.code == "reason-missing"
    assert (held(small), states(small)) == before


def test_a_settled_conflict_is_not_settled_twice(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow]
) -> None:
    first, second, conflict = clash
    decide(small, conflict, "same", f"keep:{first.reference}")
    with pytest.raises(WrongCall) as wrong:
        decide(small, conflict, "same", f"keep:{second.reference}")
    assert wrong.value.code == "conflict-settled"


@pytest.mark.parametrize("plans_", ["keep", "joint", "handover", "cancel"])
def test_taking_a_decision_back_restores_everything_exactly(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow], plans_: str
) -> None:
    first, _second, conflict = clash
    about = "NCA" if plans_ == "handover" else first.reference
    before = held(small)
    kept = decide(small, conflict, "same", f"{plans_}:{about}")
    assert held(small) != before
    small.desk.write(deciding.take_back, kept)
    assert held(small) == before
    (again,) = small.conflicts("same_person")
    assert (again.id, again.state) == (conflict.id, ConflictState.REOPENED)
    card = small.desk.write(conflicts.card, conflict.id)
    assert [(d.verdict, d.undone_at) for d in card.decisions] == [("same", at("08:00"))]
    with pytest.raises(WrongCall):
        small.desk.write(deciding.take_back, kept)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_taking_back_who_it_is_restores_the_groups(
    small: SmallDesk, suspicion: ConflictRow, verdict: str
) -> None:
    before = held(small)
    keep = f"keep:{suspicion.parties[0].debrief_reference}" if verdict == "same" else ""
    kept = decide(small, suspicion, verdict, keep)
    assert held(small) != before
    small.desk.write(deciding.take_back, kept)
    assert held(small) == before
    assert [c.id for c in small.conflicts("possible_person")] == [suspicion.id]


def test_a_decision_whose_plan_was_changed_since_is_not_taken_back(
    small: SmallDesk, clash: tuple[Registered, Registered, ConflictRow]
) -> None:
    first, _second, conflict = clash
    kept = decide(small, conflict, "same", f"joint:{first.reference}")
    joint = small.debrief(first.reference)
    small.desk.write(_take_partner_off, str(joint.id))
    before = held(small)
    with pytest.raises(Stale):
        small.desk.write(deciding.take_back, kept)
    assert held(small) == before


@writes(None)
def _take_partner_off(session: Session, debrief_id: str) -> None:
    session.get_one(Debrief, UUID(debrief_id)).partner_ids = []


def test_two_that_were_found_different_are_not_raised_again(
    small: SmallDesk, suspicion: ConflictRow, tmp_path: Path
) -> None:
    """Neither by moving a plan, nor by the same file once more, nor when the desk opens again."""
    decide(small, suspicion, "different")
    assert small.conflicts("possible_person", "same_person") == []
    groups = {r.serial: r.person_id for r in small.stored(Registration)}
    assert groups["K1"] != groups["BF2"]
    debrief = small.debrief(suspicion.parties[1].debrief_reference)
    small.desk.write(plans.move, str(debrief.id), debrief.version, starts_at=at("17:00"))
    file = imports.ImportFile(sheet(tmp_path, RAHEL), agency="Kent Police")
    assert small.desk.write(imports.take, file).counts["unchanged"] == 1
    assert small.conflicts("possible_person", "same_person") == []


def test_two_that_were_found_different_come_back_when_a_compared_fact_changes(
    small: SmallDesk, suspicion: ConflictRow, tmp_path: Path
) -> None:
    decide(small, suspicion, "different")
    changed = RAHEL.replace("KIDANI,Rachel", "KIDANE,Rahel")
    small.desk.write(
        imports.take, imports.ImportFile(sheet(tmp_path, changed), agency="Kent Police")
    )
    (again,) = small.conflicts("possible_person", "same_person")
    assert (again.id, again.state) == (suspicion.id, ConflictState.REOPENED)
    assert again.reopened_because


@pytest.mark.parametrize("verdict", ["unsure", "defer"])
def test_who_is_not_sure_lets_the_item_wait_and_changes_no_plan(
    small: SmallDesk, suspicion: ConflictRow, verdict: str
) -> None:
    before = held(small), states(small)
    decide(small, suspicion, verdict)
    (item,) = small.conflicts("possible_person")
    assert (item.state, item.mine) == (ConflictState.WAITING, True)
    assert (held(small), states(small)) == before


def test_the_same_person_found_by_suspicion_becomes_one_group_with_one_plan(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    keep = suspicion.parties[0].debrief_reference
    decide(small, suspicion, "same", f"keep:{keep}")
    groups = {r.serial: r.person_id for r in small.stored(Registration)}
    assert groups["K1"] == groups["BF2"]
    assert [d.origin for d in small.stored(IdentityDecision) if d.superseded_at is None] == [
        "person"
    ]
    assert small.conflicts("possible_person", "same_person") == []


def test_different_takes_a_provisional_link_back(small: SmallDesk, tmp_path: Path) -> None:
    linked = RAHEL.replace("K1,E-1119-07,,", "K1,E-1119-07,07-002,")
    small.desk.write(
        imports.take, imports.ImportFile(sheet(tmp_path, linked), agency="Kent Police")
    )
    small.register("NCA", serial="BF2")
    small.register("Kent Police", serial="K1", clock="16:00")
    (conflict,) = small.conflicts("same_person")
    decide(small, conflict, "different")
    groups = {r.serial: r.person_id for r in small.stored(Registration)}
    assert groups["K1"] != groups["BF2"]
    assert small.conflicts("possible_person", "same_person") == []
    small.desk.write(
        imports.take, imports.ImportFile(sheet(tmp_path, linked), agency="Kent Police")
    )
    assert {r.serial: r.person_id for r in small.stored(Registration)} == groups


def test_a_pair_is_settled_and_unlinked_among_people_too(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    one, other = (p.registration_id for p in suspicion.parties)
    before = {r.serial: r.person_id for r in small.stored(Registration)}
    small.desk.write(people.decide_pair, one, other, "same", "Same card")
    assert small.conflicts("same_person")
    small.desk.write(people.unlink, one, other)
    assert {r.serial: r.person_id for r in small.stored(Registration)} == before
    assert small.conflicts("possible_person")
    with pytest.raises(DeskError):
        small.desk.write(people.decide_pair, one, other, "perhaps", "")


def test_taking_an_item_makes_it_ones_own_until_it_is_given_back(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    small.desk.write(conflicts.take, suspicion.id)
    (item,) = small.desk.read(conflicts.listed, mine=True)
    assert (item.state, item.owner) == (ConflictState.TAKEN, "First Supervisor")
    small.desk.write(conflicts.take, suspicion.id)
    assert small.desk.read(conflicts.listed, mine=True) == ()
    small.desk.write(conflicts.wait_for, suspicion.id, "  the NCA duty officer ")
    (item,) = small.conflicts("possible_person")
    assert (item.state, item.waiting_for) == (ConflictState.WAITING, "the NCA duty officer")


JUNIOR = INTERVIEWERS.splitlines()[0] + (
    "\nNCA,N. Junior,N7,Debriefer,2028-04-03,2,3,2,2026-10-31,2026-03-30,SC,2029-01-01,,F,07:00-19:00\n"
)


@pytest.fixture
def short_of_practice(small: SmallDesk, tmp_path: Path) -> tuple[Registered, ConflictRow]:
    """A plan whose lead is authorised and has led three debriefs of five."""
    small.desk.write(imports.take, imports.ImportFile(sheet(tmp_path, JUNIOR)))
    made = small.register("NCA", lead_id=small.id_of("N. Junior"))
    (conflict,) = small.conflicts("experience")
    assert (conflict.rules, conflict.severity) == (("X-2",), "HARD*")
    small.consent(made.debrief_id)
    return made, conflict


def test_what_a_supervisor_allows_can_be_cleared_and_stays_allowed(
    small: SmallDesk, short_of_practice: tuple[Registered, ConflictRow]
) -> None:
    made, conflict = short_of_practice
    debrief = small.debrief(made.reference)
    with pytest.raises(Refused):
        small.desk.write(plans.clear, str(debrief.id), debrief.version)
    decide(small, conflict, "allow")
    small.desk.write(plans.clear, str(debrief.id), small.debrief(made.reference).version)
    assert small.debrief(made.reference).state is DebriefState.CLEARED
    assert small.conflicts("experience") == []


def test_what_was_allowed_is_asked_again_when_the_fact_behind_it_changes(
    small: SmallDesk, short_of_practice: tuple[Registered, ConflictRow], tmp_path: Path
) -> None:
    made, conflict = short_of_practice
    decide(small, conflict, "allow")
    debrief = small.debrief(made.reference)
    small.desk.write(plans.clear, str(debrief.id), debrief.version)
    fewer = JUNIOR.replace(",2,3,2,", ",2,1,1,")
    small.desk.write(imports.take, imports.ImportFile(sheet(tmp_path, fewer)))
    (again,) = small.conflicts("experience")
    assert (again.id, again.state) == (conflict.id, ConflictState.REOPENED)
    assert small.debrief(made.reference).state is DebriefState.PLANNED


def test_nobody_allows_what_is_hard(small: SmallDesk) -> None:
    small.register("NCA", lead_id=small.id_of("N. Trainee"))
    (conflict,) = small.conflicts("experience")
    before = held(small)
    with pytest.raises(Refused) as refused:
        decide(small, conflict, "allow")
    assert refused.value.code == "hard-cannot-be-allowed"
    assert held(small) == before


def test_a_ruling_may_cancel_the_plan_it_is_about(
    small: SmallDesk, short_of_practice: tuple[Registered, ConflictRow]
) -> None:
    made, conflict = short_of_practice
    before = held(small)
    kept = decide(small, conflict, "cancel", f"cancel:{made.reference}")
    assert states(small)[made.reference] == ("cancelled", "no_longer_needed")
    assert small.conflicts("experience") == []
    small.desk.write(deciding.take_back, kept)
    assert held(small) == before


@pytest.mark.parametrize(("earlier", "last"), [("different", "same"), ("same", "different")])
def test_three_statements_that_contradict_each_other_are_shown_and_not_kept(
    small: SmallDesk, earlier: str, last: str
) -> None:
    one, two, three = (small.id_of(serial) for serial in ("BF1", "BF2", "BF3"))
    small.desk.write(people.decide_pair, one, two, "same", "Same card")
    small.desk.write(people.decide_pair, two, three, earlier, "They said so")
    before = held(small)
    with pytest.raises(Refused) as refused:
        small.desk.write(people.decide_pair, one, three, last, "Another card")
    assert refused.value.code == "links-contradict"
    assert held(small) == before
    small.desk.write(people.unlink, two, three)
    small.desk.write(people.decide_pair, one, three, last, "Another card")


def test_the_desk_links_nobody_by_itself_against_what_somebody_found(
    small: SmallDesk, tmp_path: Path
) -> None:
    first = RAHEL.replace("K1,E-1119-07,,", "K1,E-1119-07,07-002,")
    small.desk.write(imports.take, imports.ImportFile(sheet(tmp_path, first), agency="Kent Police"))
    known, linked = small.id_of("BF2"), small.id_of("K1")
    small.desk.write(people.decide_pair, known, linked, "different", "Two people stood there")
    parted = {r.serial: r.person_id for r in small.stored(Registration)}
    third = first.replace("K1,", "N1,")
    small.desk.write(imports.take, imports.ImportFile(sheet(tmp_path, third), agency="NCA"))
    groups = {r.serial: r.person_id for r in small.stored(Registration)}
    assert {serial: groups[serial] for serial in parted} == parted
    assert groups["N1"] in (groups["BF2"], groups["K1"])
    assert small.desk.read(people.to_link)
