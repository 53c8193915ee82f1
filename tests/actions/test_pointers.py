"""Of another agency's part in a conflict an agency sees the pointer; both are told, and say so."""

from __future__ import annotations

import dataclasses
import inspect
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from debrief_desk.actions import (
    board,
    bypasses,
    conflicts,
    debriefs,
    deciding,
    imports,
    notices,
    opinions,
    parties,
    people,
    plan_checks,
    plan_drafts,
    welfare,
)
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.actions.deciding import Decision
from debrief_desk.actions.parties import PartyRow
from debrief_desk.actions.pointers import Pointer
from debrief_desk.actions.rights import needs_of, writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.roles import MATRIX, Role
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Agency, ConflictNotice, Debrief, Room
from tests.builders import ARRIVED, MANIFEST_HEADER, at, person, sheet
from tests.conftest import MORNING

from .test_roles import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from debrief_desk.desk import Desk

    from .conftest import SmallDesk

AGENT = "Kit Kent"
POINTER = {"agency", "contact", "site", "starts_at", "ends_at", "check_reference"}
KENT = f"""{MANIFEST_HEADER}
K1,E-1119-07,07-001,TESFAI,Jonas,ዮናስ,14/02/1994,M,ERI,K7654321,{ARRIVED},Tigrinya,
K2,E-1119-07,,KIDANI,Rachel,,22/11/1988,F,ERI,,{ARRIVED},Tigrinya,
"""
READ_ACTIONS = {
    f"{module.__name__.rpartition('.')[2]}.{name}"
    for module in (conflicts, notices, bypasses, opinions, parties, deciding)
    for name, value in vars(module).items()
    if getattr(value, "needs", None)
    and value.__module__ == module.__name__
    and needs_of(value).right in {*MATRIX[Role.AGENCY_USER], None}
}


@pytest.fixture
def day(small: SmallDesk, tmp_path: Path) -> SmallDesk:
    """NCA and Kent Police in conflicts of every kind that two agencies get into, some decided."""
    file = imports.ImportFile(sheet(tmp_path, KENT), agency="Kent Police")
    small.desk.write(imports.take, file)
    room = small.id_of("Room 3")
    small.register("NCA", "BF1", "14:00", room_id=room, lead_id=small.id_of("N. Trainee"))
    small.register("Kent Police", "K1", "14:30", room_id=room)
    small.register("NCA", "BF2", "18:00")
    small.register("Kent Police", "K2", "16:00", second_id=small.id_of("N. Second"))
    small.register("NCA", "BF3", "11:00")
    kept = small.register("Kent Police", "BF3", "12:00")
    same = next(c for c in small.conflicts("same_person") if "AMAN" in c.title)
    reason = "Zarghona AMAN told N. Ready so"
    joint = f"joint:{same.parties[0].debrief_reference}"
    small.desk.write(deciding.decide, same.id, Decision("same", joint, reason))
    (possible,) = small.conflicts("possible_person")
    small.desk.write(conflicts.wait_for, possible.id, "N. Ready about KIDANE")
    small.desk.write(bypasses.ask, kept_plan(small), "Because of Yonas TESFAYE")
    assert small.debrief(kept.reference).joined_into_id is not None
    return small


def kept_plan(small: SmallDesk) -> str:
    """Give NCA's plan that clashes with Kent's."""
    item = next(c for c in small.conflicts("same_person") if "TESFAYE" in c.title)
    return next(p.debrief_id for p in item.parties if p.agency == "NCA")


def words_of(debrief: Debrief) -> set[str]:
    """Give everything that a debrief says of whom it is about, where, and with whom."""
    r = debrief.registration
    born = f"{r.birth_day}/{r.birth_month}/{r.birth_year}"
    said = {str(debrief.id), debrief.reference, str(r.id), str(r.person_id), r.serial, r.band, born}
    said |= {r.given_name, r.family_name, r.native_name, debrief.room.name, debrief.lead.name}
    return said | {debrief.second.name, debrief.interpreter.name}


def values(told: Any) -> Iterator[Any]:
    """Give every value in every field, however deep."""
    if dataclasses.is_dataclass(told):
        for field in dataclasses.fields(told):
            yield from values(getattr(told, field.name))
    elif isinstance(told, dict):
        for key, value in told.items():
            yield from values(key)
            yield from values(value)
    elif isinstance(told, (tuple, list, set, frozenset)):
        for value in told:
            yield from values(value)
    else:
        yield told


def everything(desk: Desk) -> list[Any]:
    """Ask every action on conflicts that an agency user may ask."""
    rows = desk.read(conflicts.listed, True)
    told: list[Any] = [rows, desk.read(conflicts.listed), desk.read(conflicts.waiting)]
    told += [desk.write(conflicts.card, row.id) for row in rows]
    told += [desk.write(conflicts.card, row.id, (1, 0)) for row in rows]
    told += [desk.read(notices.listed), desk.read(notices.listed, True)]
    told.append(desk.read(bypasses.due))
    return told


def test_every_action_on_conflicts_that_an_agency_may_ask_is_asked_here() -> None:
    asked = {"conflicts.listed", "conflicts.waiting", "conflicts.card", "notices.listed"}
    assert asked | {"bypasses.due", "notices.acknowledge"} == READ_ACTIONS
    source = inspect.getsource(everything)
    assert all(name in source for name in asked)


def test_no_field_of_any_action_holds_more_of_the_other_agency_than_the_pointer(
    day: SmallDesk,
) -> None:
    plans = day.stored(Debrief)
    theirs = {word for d in plans if d.agency.name == "NCA" for word in words_of(d)}
    own = {word for d in plans if d.agency.name == "Kent Police" for word in words_of(d)}
    staff = {"N. Ready", "N. Trainee", "Interpreter P", "H1043377", "because", "Because", "told"}
    forbidden = (theirs | staff) - own - {""}
    assert len(forbidden) > 20
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        told = [str(value) for value in values(everything(desk))]
    assert any("NCA" in text for text in told)
    for word in sorted(forbidden):
        assert not [text for text in told if word in text], word


def everywhere(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Give what to ask each action with that takes something and gives rows; reading ones first."""
    listed = desk.read(debriefs.listed, DebriefFilter()).rows
    own = [row for row in listed if row.movable]
    cards = [desk.write(debriefs.card, row.id) for row in own]
    ids = [(row.id,) for row in own]
    records = [(row.id,) for row in desk.read(people.listed).rows]
    plans_of = [(card.plan,) for card in cards]
    welfare_of = [(key, desk.read(welfare.get, key)) for (key,) in records]
    typed = person(full_name="Jonas Tesfai", band="7/1", event="E-1119-07")
    fresh = plan_drafts.DebriefPlan("Kent Police", person=typed, starts_at=at("13:00"))
    first = cards[0]
    span, day = (at("00:00"), at("23:00")), (date(2026, 11, 20),)
    return {
        "board.day": [span],
        "conflicts.card": [(row.id,) for row in desk.read(conflicts.listed, True)],
        "course.readiness": ids,
        "debriefs.card": ids,
        "debriefs.listed": [
            *((DebriefFilter(order=order),) for order in debriefs.ORDERS),
            *((DebriefFilter(text=text),) for text in ("TESFAYE", "DD-", "DC-", "NCA")),
            *((DebriefFilter(states=(state,)),) for state in DebriefState),
        ],
        "debriefs.on_board": [span],
        "duties.week": [day],
        "duties.windows_of": [day],
        "families.listed": records,
        "histories.of_person": records,
        "people.card": records,
        "people.next_of_boat": records,
        "plan_checks.look": [*plans_of, (fresh,)],
        "policies.faults": [({},)],
        "proposing.suggest": ids,
        "replanning.overtaken": [
            (row.id, *plan, *plan) for row, plan in zip(own, plans_of, strict=True)
        ],
        "safeguards.get": records,
        "teams.fitting": [*plans_of, (fresh,)],
        "welfare.get": records,
        "welfare.overtaken": [(*one, one[1]) for one in welfare_of],
        "plans.register": [(fresh,)],
        "board.move": [(board.Move(first.row.id, first.row.version, at("14:15")),)],
        "plans.move": [(first.row.id, first.row.version + 1)],
        "replanning.replan": [(first.row.id, first.row.version + 2, first.plan)],
    }


ROWS = {
    name: action
    for name, action in ACTIONS.items()
    if needs_of(action).right in {*MATRIX[Role.AGENCY_USER], None}
    and inspect.signature(action).return_annotation not in ("None", "int", "str", "bool")
    and name != "course.complete"  # says how long the own debrief took
}
"""Every action an agency user may call that gives more than a number or a reference."""


def test_nothing_an_agency_may_call_gives_more_of_the_others_than_the_pointer(
    day: SmallDesk,
) -> None:
    plans = day.stored(Debrief)
    kent = next(a.id for a in day.stored(Agency) if a.name == "Kent Police")
    mine = [d for d in plans if kent == d.agency_id or str(kent) in d.partner_ids]
    theirs = [d for d in plans if d not in mine]
    own = {word for d in mine for word in words_of(d)}
    keys = {str(d.id) for d in theirs}  # of a row in a list, which no action takes
    rooms = {room.name for room in day.stored(Room)}  # anybody may choose one
    forbidden = {word for d in theirs for word in words_of(d)} - own - keys - rooms - {""}
    forbidden |= {"N. Trainee", "H1043377", "Because of"}
    assert {"TESFAYE", "KIDANE", "BF1"} <= forbidden
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        given = everywhere(desk)
        assert given.keys() <= ROWS.keys()
        assert all(given.values())
        said: dict[str, list[str]] = {}
        for name in (*(ROWS.keys() - given.keys()), *given):
            run = desk.write if needs_of(ROWS[name]).writes else desk.read
            told = [run(ROWS[name], *asked) for asked in given.get(name, [()])]
            said[name] = [str(value) for value in values(told)]
    assert any(d.reference in text for d in plans for text in said["debriefs.listed"])
    found = {
        (name, word)
        for name, texts in said.items()
        for word in forbidden
        if any(word in text for text in texts)
    }
    assert found == set()


@writes(None)
def joins(session: Session, debrief_id: str, agency_id: UUID) -> None:
    """Let an agency take part in a debrief."""
    session.get_one(Debrief, UUID(debrief_id)).partner_ids = [str(agency_id)]


def test_of_another_agencys_debrief_a_list_shows_the_slot_and_the_check_alone(
    day: SmallDesk,
) -> None:
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        rows = desk.read(debriefs.listed, DebriefFilter(order="room")).rows
        others = [row for row in rows if row.agency == "NCA" and not row.partners]
        assert others
        for row in others:
            filled = {f.name for f in dataclasses.fields(row) if getattr(row, f.name)}
            assert filled == {
                *("id", "reference", "check_reference", "starts_at", "ends_at"),
                *("agency", "agency_id", "state", "level", "priority"),
            }
            assert row.reference == row.check_reference
        assert {(row.state, row.level, row.priority) for row in others} == {
            (DebriefState.PLANNED, Level.CLEAR, 2)
        }
        on_board = desk.read(board.day, at("00:00"), at("23:00")).debriefs
        assert {row.id for row in others}.isdisjoint(row.id for row in on_board)
        border = next(a.id for a in day.stored(Agency) if a.name == "Border Force")
        day.desk.write(joins, others[0].id, border)
        seen = desk.read(debriefs.listed, DebriefFilter(agency_id=str(border)))
        assert others[0].id not in {row.id for row in seen.rows}
        cleared = DebriefFilter(states=(DebriefState.CLEARED, DebriefState.CANCELLED))
        assert not [r for r in desk.read(debriefs.listed, cleared).rows if r.agency == "NCA"]


def test_a_reading_keeps_the_ids_of_the_own_plan_so_that_a_finding_leads_to_its_field(
    day: SmallDesk,
) -> None:
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        own = next(r for r in desk.read(debriefs.listed, DebriefFilter()).rows if r.movable)
        plan = dataclasses.replace(
            desk.write(debriefs.card, own.id).plan, second_id=day.id_of("K. Second"),
            lead_id=day.id_of("K. Second"),
        )  # fmt: skip
        found = {f.rule: f for f in desk.read(plan_checks.look, plan).findings}
    assert plan.second_id in found["X-4"].subject


def test_a_side_of_another_agency_has_no_other_field_filled(day: SmallDesk) -> None:
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        rows = desk.read(conflicts.listed, True)
    sides = [party for row in rows for party in row.parties if party.agency == "NCA"]
    assert sides
    empty = PartyRow(agency="")
    for side in sides:
        filled = {
            field.name
            for field in dataclasses.fields(side)
            if getattr(side, field.name) != getattr(empty, field.name)
        }
        assert {"agency", "site", "starts_at", "ends_at", "check_reference"} <= filled <= POINTER
    assert {field.name for field in dataclasses.fields(Pointer)} == POINTER


def test_an_agency_sees_and_counts_only_conflicts_it_is_part_of(day: SmallDesk) -> None:
    alone = {c.id for c in day.conflicts(everything=True) if c.agencies == ("NCA",)}
    assert alone
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        assert not alone & {row.id for row in desk.read(conflicts.listed, True)}
        assert sum(desk.read(conflicts.waiting).values()) == len(desk.read(conflicts.listed))
        with pytest.raises(WrongCall, match="conflict-unknown"):
            desk.write(conflicts.card, next(iter(alone)))
    with day.as_account("Log", Role.AUDITOR) as desk:
        assert desk.read(conflicts.waiting) == {}


def test_both_sides_are_told_with_the_others_pointer(day: SmallDesk) -> None:
    (item,) = day.conflicts("possible_person")
    card = day.desk.write(conflicts.card, item.id)
    opened = {n.agency: n for n in card.notices if "in conflict" in n.text}
    assert set(opened) == {"NCA", "Kent Police"}
    (about,) = opened["NCA"].about
    assert (about.agency, about.starts_at, about.ends_at) == (
        "Kent Police",
        at("16:00"),
        at("16:45"),
    )
    assert about.check_reference.startswith("DC-")
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        seen = desk.write(conflicts.card, item.id).notices
        assert {n.agency for n in seen} == {"Kent Police"}
        assert [p.agency for n in seen for p in n.about] == ["NCA"] * len(seen)


def test_who_acknowledged_and_when_is_recorded_and_stays(day: SmallDesk) -> None:
    with day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk:
        first = desk.read(notices.listed)[0]
        assert first.may_acknowledge
        desk.write(notices.acknowledge, first.id)
        assert first.id not in {n.id for n in desk.read(notices.listed)}
    day.desk.write(notices.acknowledge, first.id)  # the first word stands
    kept = {n.id: n for n in day.desk.read(notices.listed, True)}[first.id]
    assert (kept.acknowledged_by, kept.acknowledged_at) == (AGENT, MORNING)
    assert not kept.may_acknowledge


def test_a_coordinator_passes_on_to_both_and_an_agency_speaks_for_itself(day: SmallDesk) -> None:
    with day.as_account("Coordinator", Role.COORDINATOR) as desk:
        waiting = desk.read(notices.listed)
        assert {n.agency for n in waiting} == {"NCA", "Kent Police"}
        for notice in waiting[:2]:
            desk.write(notices.acknowledge, notice.id)
    names = {a.id: a.name for a in day.stored(Agency)}
    other = next(
        n
        for n in day.stored(ConflictNotice)
        if names[n.agency_id] == "NCA" and n.acknowledged_at is None
    )
    with (
        day.as_account(AGENT, Role.AGENCY_USER, agency="Kent Police") as desk,
        pytest.raises(NotAllowed, match="other-agency"),
    ):
        desk.write(notices.acknowledge, str(other.id))
