"""Who may do what: every action asks for its right, and an agency sees its own rows and pointers."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

import debrief_desk.actions
from debrief_desk.actions import (
    approaches,
    conflicts,
    debriefs,
    imports,
    people,
    plan_checks,
    plan_drafts,
    plans,
    rosters,
    welfare,
)
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.actions.rights import needs_of, reads
from debrief_desk.desk import Desk
from debrief_desk.errors import DeskError, NotAllowed
from debrief_desk.rules.codes import ApproachOutcome, CancelReason
from debrief_desk.rules.roles import MATRIX, Right, Role
from debrief_desk.rules.states import DebriefState
from tests.builders import ARRIVED, MANIFEST_HEADER, at, person, sheet
from tests.conftest import MORNING, PASSWORD, SUPERVISOR, copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import FixedClock

    from .conftest import SmallDesk

ROLE_PASSWORD = "a ladder against the pear tree"
KENT = f"""{MANIFEST_HEADER}
K1,E-1119-07,07-001,TESFAI,Jonas,ዮናስ,14/02/1994,M,ERI,K7654321,{ARRIVED},Tigrinya,
"""
NAMES = ("TESFAYE", "Yonas", "H1043377", "07-001", "BF1", "KIDANE", "NCA-77")


def actions() -> dict[str, Callable[..., Any]]:
    """Give every function of the actions that says what it needs."""
    found = {}
    for module in pkgutil.iter_modules(debrief_desk.actions.__path__, "debrief_desk.actions."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if getattr(value, "needs", None) and value.__module__ == module.name:
                found[f"{module.name.rpartition('.')[2]}.{name}"] = value
    return found


ACTIONS = actions()
ANYBODY = {
    "accounts.note_password", "conflicts.waiting", "desks.agencies", "desks.set_up",
    "desks.summary", "indexing.keep_current", "indexing.rebuild", "log.verify", "plans.lapse",
    "policies.faults", "policies.versions", "policy_cards.in_force", "rule_cards.listed",
}  # fmt: skip
"""What needs no right: the frame of the window, one's own password, the rules of the desk, and what
the clock or a newer version of the program does."""


def test_the_actions_are_found() -> None:
    assert len(ACTIONS) > 40
    assert "deciding.decide" in ACTIONS


def test_only_what_concerns_everybody_needs_no_right() -> None:
    free = {name for name, action in ACTIONS.items() if needs_of(action).right is None}
    assert free <= ANYBODY


def test_a_function_that_does_not_say_what_it_needs_is_not_run(desk: Desk) -> None:
    with pytest.raises(TypeError):
        desk.read(lambda _session: None)


@pytest.fixture(scope="module")
def gate(_empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose gate is asked; nothing is done in it."""
    path = copied(_empty_desk, tmp_path_factory.mktemp("gate"))
    with Desk.open(path, SUPERVISOR, PASSWORD, now=lambda: MORNING) as desk:
        yield desk


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_an_action_runs_for_exactly_the_roles_that_hold_its_right(name: str, gate: Desk) -> None:
    """With roles put on the account; what a permitted call then says of its arguments is not asked."""
    action, needs = ACTIONS[name], needs_of(ACTIONS[name])
    given = [None] * sum(
        p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        for p in list(inspect.signature(action).parameters.values())[1:]
    )
    allowed = set()
    for role in Role:
        gate.who = replace(gate.who, roles=frozenset({role}))
        run = gate.write if needs.writes else gate.read
        try:
            run(_stopped(action), *given)
        except _ReachedError:
            allowed.add(role)
        except NotAllowed:
            continue
    expected = set(Role) if needs.right is None else {r for r in Role if needs.right in MATRIX[r]}
    assert allowed == expected


class _ReachedError(Exception):
    """The gate let the action begin."""


def _stopped(action: Callable[..., Any]) -> Callable[..., Any]:
    """Give an action of the same needs that tells when the gate lets it begin."""

    def reached(_session: Session, *_given: Any) -> None:
        raise _ReachedError

    reached.needs = action.needs  # type: ignore[attr-defined]
    return reached


def test_the_matrix_is_that_of_the_decisions() -> None:
    """A few lines of it in words; the whole is in rules/roles.py alone."""
    holders = {right: {role for role in Role if right in MATRIX[role]} for right in Right}
    site = {Role.COORDINATOR, Role.SUPERVISOR}
    assert holders[Right.REGISTER] == site | {Role.AGENCY_USER}
    assert holders[Right.SEE_OTHER_AGENCY_PEOPLE] == site
    assert holders[Right.DECIDE_CONFLICTS] == {Role.SUPERVISOR}
    assert holders[Right.SEE_LOG] == {Role.AUDITOR}
    for right in (Right.MANAGE_ACCOUNTS, Right.EDIT_POLICY, Right.BACKUP):
        assert holders[right] == {Role.ADMINISTRATOR}
    assert Right.SEE_PEOPLE not in MATRIX[Role.ADMINISTRATOR] | MATRIX[Role.AUDITOR]


@pytest.fixture
def kent(small: SmallDesk, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """A desk where NCA and Kent Police plan the same person, open as somebody of Kent Police."""
    file = imports.ImportFile(sheet(tmp_path, KENT), agency="Kent Police")
    small.desk.write(imports.take, file)
    small.register("NCA", serial="BF1")
    small.register("NCA", serial="BF2", clock="18:00")
    small.register("Kent Police", serial="K1", clock="16:00")
    small.desk.add_account(
        NewAccount("Kit Kent", (Role.AGENCY_USER,), "Kent Police"), ROLE_PASSWORD
    )
    path = small.desk.path
    small.desk.close()
    with Desk.open(path, "Kit Kent", ROLE_PASSWORD, now=clock) as desk:
        yield desk


def test_an_agency_finds_only_its_own_people(kent: Desk) -> None:
    assert [row.serial for row in kent.read(people.listed).rows] == ["K1"]
    for word in ("tesfaye", "kidane", "BF1", "H1043377"):
        assert kent.read(people.listed, word).total == 0
    assert kent.read(people.listed, event="E-1119-07").total == 1


def test_of_another_agencys_debrief_only_the_pointer_is_shown(kent: Desk) -> None:
    rows = kent.read(debriefs.listed, DebriefFilter()).rows
    assert {row.agency for row in rows} == {"NCA", "Kent Police"}
    for row in rows:
        told = (row.person, row.own_script, row.language, row.band, row.event, row.registration_id)
        assert any(told) is (row.agency == "Kent Police")
        assert row.reference.startswith("DD-" if row.agency == "Kent Police" else "DC-")
    (pointer, *_) = [row for row in rows if row.agency == "NCA"]
    for word in NAMES:
        assert word not in repr(pointer)
        assert word not in repr(kent.read(conflicts.listed))
    board = kent.read(debriefs.on_board, at("00:00"), at("23:00"))
    assert {row.agency for row in board} == {"Kent Police"}
    for word in ("TESFAYE", "KIDANE", "07-001"):
        found = kent.read(debriefs.listed, DebriefFilter(text=word))
        assert [row.agency for row in found.rows] == (["Kent Police"] if word == "07-001" else [])


def test_a_conflict_shows_agency_slot_and_reference_of_the_other_side(kent: Desk) -> None:
    (conflict,) = [c for c in kent.read(conflicts.listed) if c.kind == "same_person"]
    sides = {p.agency: p for p in conflict.parties}
    assert (sides["NCA"].seen, sides["Kent Police"].seen) == (False, True)
    other = sides["NCA"]
    assert (other.starts_at, other.site, other.check_reference != "") == (
        at("14:00"),
        "Manston",
        True,
    )
    assert (other.person, other.own_script, other.row_reference, other.room, other.lead) == (
        "",
    ) * 5
    card = kent.write(conflicts.card, conflict.id)
    for word in NAMES:
        assert word not in repr(card)
    assert not card.may_decide


def test_other_agencies_debriefs_cannot_be_touched(kent: Desk) -> None:
    other = next(r for r in kent.read(debriefs.listed, DebriefFilter()).rows if r.agency == "NCA")
    answer = approaches.Answer(ApproachOutcome.REFUSED, at("08:00"), "Tigrinya")
    for call in (
        lambda: kent.write(plans.move, other.id, other.version, starts_at=at("17:00")),
        lambda: kent.write(plans.cancel, other.id, other.version, CancelReason.UNFIT),
        lambda: kent.write(plans.clear, other.id, other.version),
        lambda: kent.write(approaches.record, other.id, answer),
        lambda: kent.write(debriefs.card, other.id),
        lambda: kent.write(plans.register, plan_drafts.DebriefPlan("NCA", starts_at=at("17:00"))),
    ):
        with pytest.raises(NotAllowed) as refused:
            call()
        assert refused.value.code == "other-agency"
    with Session(kent._opened.reader) as session:
        from debrief_desk.store.models import Debrief

        stored = session.get_one(Debrief, UUID(other.id))
        assert (stored.state, stored.starts_at) == (DebriefState.PLANNED, at("14:00"))


def test_another_agencys_person_cannot_be_opened_or_planned(kent: Desk) -> None:
    from sqlalchemy import select

    from debrief_desk.store.models import Registration

    with Session(kent._opened.reader) as session:
        other = session.scalars(select(Registration.id).where(Registration.serial == "BF1")).one()
    with pytest.raises(DeskError):
        kent.write(people.card, str(other))
    with pytest.raises(NotAllowed, match="other-agency"):
        kent.read(welfare.get, str(other))
    with pytest.raises(NotAllowed, match="other-agency"):
        kent.write(welfare.record, str(other), welfare.WelfareEntry(medical="fit"))
    assert kent.read(people.next_of_boat, str(other)) is None
    for call in (kent.read, kent.write):
        action = plan_checks.look if call == kent.read else plans.register
        with pytest.raises(NotAllowed):
            call(action, plan_drafts.DebriefPlan("Kent Police", str(other), starts_at=at("17:00")))


def test_a_linked_persons_card_keeps_the_other_agencys_record_out(kent: Desk) -> None:
    own = kent.read(people.listed).rows[0]
    card = kent.write(people.card, own.id)
    for word in NAMES:
        if word != "07-001":  # its own record's too
            assert word not in repr(card), word
    assert {p.agency for p in card.plans} == {"NCA", "Kent Police"}


def test_the_worklist_of_an_agency_names_nobody_elses_people(kent: Desk) -> None:
    for name, action in ACTIONS.items():
        if name.startswith("today.") and not needs_of(action).writes:
            parameters = list(inspect.signature(action).parameters.values())[1:]
            if all(p.default is not p.empty for p in parameters):
                told = repr(kent.read(action))
                assert not [word for word in NAMES if word != "07-001" and word in told], name


def test_the_check_while_typing_tells_an_agency_no_other_agencys_name(kent: Desk) -> None:
    typed = plan_drafts.DebriefPlan(
        "Kent Police",
        person=person(full_name="Jonas Tesfai", band="7/1", event="E-1119-07"),
        starts_at=at("17:00"),
    )
    looked = kent.read(plan_checks.look, typed)
    assert [(m.agency, m.certain) for m in looked.matches if not m.registration_id] == [
        ("Border Force", True)
    ]
    for word in ("TESFAYE", "Yonas", "H1043377"):
        assert word not in repr(looked), word


def test_an_agency_user_issues_no_roster_and_imports_nothing(kent: Desk, tmp_path: Path) -> None:
    order = rosters.RosterOrder(at("00:00"), at("23:00"), recipient="Me")
    with pytest.raises(NotAllowed):
        kent.write(rosters.issue, order, tmp_path / "r.csv", "csv")
    with pytest.raises(NotAllowed):
        kent.write(imports.take, imports.ImportFile(sheet(tmp_path, KENT), agency="NCA"))
    assert not (tmp_path / "r.csv").exists()


def test_an_action_that_reads_cannot_write(desk: Desk) -> None:
    from debrief_desk.actions import desks

    agency = desk.read(desks.agencies)[0]

    @reads(None)
    def sly(session: Session) -> None:
        from debrief_desk.store.models import Agency

        session.get_one(Agency, UUID(agency.id)).contact = "x"
        session.flush()

    with pytest.raises(DeskError, match="read-only"):
        desk.read(sly)
    assert desk.read(desks.agencies)[0] == agency
