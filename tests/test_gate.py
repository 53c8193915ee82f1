"""Signing in, recovering, and managing accounts through the gate, on real desks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import accounts, desks
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.desk import Desk
from debrief_desk.errors import DeskError, FileRefused, NotAllowed, WrongCall
from debrief_desk.rules.roles import Role
from debrief_desk.store.passwords import FLOOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME, OLD, NEW = "First Supervisor", "a quiet harbour at dawn", "seven green lanterns swing"
COORDINATOR = NewAccount("Second Person", (Role.COORDINATOR,))


def test_the_names_that_may_sign_in_are_known_without_a_password(desk_path: Path) -> None:
    assert Desk.names(desk_path) == (NAME,)


def test_a_file_that_is_no_desk_is_refused_before_a_password_is_asked_for(tmp_path: Path) -> None:
    stray = tmp_path / "stray.desk"
    stray.write_text("not a desk")
    with pytest.raises(FileRefused) as refused:
        Desk.names(stray)
    assert refused.value.code == "not-a-desk"


def test_a_wrong_password_makes_the_next_try_wait(desk_path: Path) -> None:
    assert Desk.waiting(desk_path, NAME) == 0
    with pytest.raises(NotAllowed):
        Desk.open(desk_path, NAME, "something else altogether")
    assert 0 < Desk.waiting(desk_path, NAME) <= 2


def test_the_recovery_key_gives_a_new_password_and_is_used_up(tmp_path: Path) -> None:
    path = tmp_path / "own.desk"
    made, printed = Desk.create(path, desks.DeskSetup("Site", NAME), OLD, cost=FLOOR)
    made.close()
    recovered, next_printed = Desk.recover(path, printed, NAME.upper(), NEW)
    assert recovered.who.name == NAME
    recovered.close()
    Desk.open(path, NAME, NEW).close()
    with pytest.raises(NotAllowed):
        Desk.open(path, NAME, OLD)
    with pytest.raises(NotAllowed) as used:
        Desk.recover(path, printed, NAME, OLD)
    assert used.value.code == "wrong-recovery-key"
    assert next_printed != printed


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [("Nobody", NEW, "no-such-account"), (NAME, "short", "password-too-short")],
)
def test_a_recovery_that_fails_changes_nothing(
    tmp_path: Path, name: str, password: str, code: str
) -> None:
    path = tmp_path / "own.desk"
    made, printed = Desk.create(path, desks.DeskSetup("Site", NAME), OLD, cost=FLOOR)
    made.close()
    with pytest.raises(WrongCall) as refused:
        Desk.recover(path, printed, name, password)
    assert refused.value.code == code
    Desk.open(path, NAME, OLD).close()
    Desk.recover(path, printed, NAME, NEW)[0].close()


def test_an_account_that_is_added_signs_in_with_its_roles_and_agency(
    desk: Desk, open_desk: Callable[[Path], Desk]
) -> None:
    desk.add_account(NewAccount("Nadia  North", (Role.AGENCY_USER,), "NCA"), NEW)
    path, nca = desk.path, {a.name: a.id for a in desk.read(desks.agencies)}["NCA"]
    desk.close()
    with Desk.open(path, "Nadia North", NEW) as theirs:
        assert theirs.who.roles == {Role.AGENCY_USER}
        assert str(theirs.who.agency_id) == nca
        with pytest.raises(NotAllowed):
            theirs.add_account(COORDINATOR, NEW)
    assert Desk.names(path) == (NAME, "Nadia North")
    assert open_desk(path).read(accounts.listed)[1].agency == "NCA"


@pytest.mark.parametrize(
    ("new", "password", "code"),
    [
        (NewAccount("  ", (Role.AUDITOR,)), NEW, "account-name-missing"),
        (NewAccount("Somebody", ()), NEW, "role-missing"),
        (NewAccount("Somebody", (Role.AGENCY_USER,)), NEW, "agency-missing"),
        (NewAccount(NAME.lower(), (Role.AUDITOR,)), NEW, "name-taken"),
        (COORDINATOR, "short", "password-too-short"),
    ],
)
def test_an_account_that_is_refused_leaves_nothing(
    desk: Desk, new: NewAccount, password: str, code: str
) -> None:
    with pytest.raises(WrongCall) as refused:
        desk.add_account(new, password)
    assert refused.value.code == code
    assert Desk.names(desk.path) == (NAME,)
    assert [row.name for row in desk.read(accounts.listed)] == [NAME]


def test_an_account_taken_away_opens_nothing_and_stays_in_the_list(desk: Desk) -> None:
    added = desk.add_account(COORDINATOR, NEW)
    desk.take_away_account(added)
    assert Desk.names(desk.path) == (NAME,)
    assert [(row.name, row.active) for row in desk.read(accounts.listed)] == [
        (NAME, True),
        (COORDINATOR.name, False),
    ]
    with pytest.raises(DeskError) as refused:
        desk.take_away_account(str(desk.who.account_id))
    assert refused.value.code == "own-account"
    with pytest.raises(WrongCall) as taken:
        desk.add_account(COORDINATOR, NEW)
    assert taken.value.code == "name-taken"
    assert Desk.names(desk.path) == (NAME,)


def test_a_password_is_changed_with_the_old_one_only(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.change_password("not the old one at all", NEW)


def test_a_changed_password_replaces_the_old_one(desk: Desk) -> None:
    path = desk.path
    desk.change_password(OLD, NEW)
    desk.close()
    Desk.open(path, NAME, NEW).close()


def test_a_backup_goes_beside_the_desk_and_opens_with_the_same_password(desk: Desk) -> None:
    made = desk.back_up()
    assert made.path.parent.name == f"{desk.path.name}.backups"
    with Desk.open(made.path, NAME, OLD) as copy:
        assert copy.read(desks.summary).site == "Manston"
    assert made.rows > 0


def test_an_agency_is_added_once_with_whom_to_call(desk: Desk) -> None:
    desk.write(desks.add_agency, " Kent  and Essex ", "01304 555 010")
    assert desk.read(desks.agencies)[-1].name == "Kent and Essex"
    assert desk.read(desks.agencies)[-1].contact == "01304 555 010"
    with pytest.raises(WrongCall) as known:
        desk.write(desks.add_agency, "kent and essex")
    assert known.value.code == "agency-known"
