"""Tasks are opened by the desk where a rule says so, once, with an owner and a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import imports, people, referrals, safeguards
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.safeguards import SafeguardEntry
from debrief_desk.desk import Desk
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.codes import Indicator, ReferralKind
from debrief_desk.rules.roles import Role
from debrief_desk.store.models import Referral
from tests.builders import ARRIVED, MANIFEST_HEADER, at, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FixedClock

    from .conftest import SmallDesk

TRAFFICKED = SafeguardEntry(frozenset({Indicator.TRAFFICKING}))


def mark(small: SmallDesk, serial: str, entry: SafeguardEntry = TRAFFICKED) -> None:
    small.desk.write(safeguards.record, small.id_of(serial), entry)


@pytest.mark.parametrize(
    ("serial", "kind"),
    [
        ("BF1", ReferralKind.DUTY_TO_NOTIFY),
        ("BF5", ReferralKind.NRM),
        ("BF6", ReferralKind.NRM),
    ],
)
def test_an_indicator_of_trafficking_opens_one_task_with_owner_and_time(
    small: SmallDesk, serial: str, kind: ReferralKind
) -> None:
    """C-4: a child, or who may be one, is referred without consent; S-3: an adult is not."""
    mark(small, serial)
    (task,) = small.desk.read(referrals.open)
    assert (task.kind, task.owner) == (kind, "Border Force")
    assert (task.opened_at, task.due_at) == (at("08:00"), at("08:00", day=21))
    mark(small, serial, SafeguardEntry(TRAFFICKED.indicators, alone=True))
    assert len(small.stored(Referral)) == 1


@pytest.mark.parametrize("indicator", [i for i in Indicator if i is not Indicator.TRAFFICKING])
def test_no_other_indicator_opens_a_task(small: SmallDesk, indicator: Indicator) -> None:
    for serial in ("BF1", "BF5"):
        mark(small, serial, SafeguardEntry(frozenset({indicator})))
    assert small.desk.read(referrals.open) == ()


def test_a_plan_for_somebody_marked_says_that_the_task_is_open(small: SmallDesk) -> None:
    mark(small, "BF1")
    made = small.register("NCA", "BF1")
    assert [f.severity for f in made.findings if f.rule == "S-3"] == ["HARD*"]
    assert "the referral task is open" in next(f.title for f in made.findings if f.rule == "S-3")
    mark(small, "BF1", SafeguardEntry())
    again = small.register("NCA", "BF1", "20:00")
    assert "S-3" not in {f.rule for f in again.findings}


def test_linked_records_share_one_task(small: SmallDesk, tmp_path: Path) -> None:
    text = f"{MANIFEST_HEADER}\nK9,E-1119-07,07-001,TESFAI,Jonas,,14/02/1994,M,ERI,,{ARRIVED},Tigrinya,\n"
    file = imports.ImportFile(sheet(tmp_path, text), agency="Kent Police")
    small.desk.write(imports.take, file)
    mark(small, "BF1")
    mark(small, "K9")
    assert len(small.stored(Referral)) == 1
    card = small.desk.write(people.card, small.id_of("K9"))
    assert [task.owner for task in card.care.referrals] == ["Border Force"]


def test_consent_makes_a_referral_of_the_duty_to_notify_by_the_same_time(
    small: SmallDesk, clock: FixedClock
) -> None:
    mark(small, "BF1")
    (task,) = small.desk.read(referrals.open)
    assert task.may_be_consented
    clock.now = at("10:00")
    small.desk.write(referrals.consented, task.id)
    (follows,) = small.desk.read(referrals.open)
    assert (follows.kind, follows.owner, follows.due_at) == (ReferralKind.NRM, "Border Force", task.due_at)  # fmt: skip
    assert not follows.may_be_consented
    with pytest.raises(WrongCall, match="referral-unknown"):
        small.desk.write(referrals.consented, follows.id)
    mark(small, "BF1", SafeguardEntry(TRAFFICKED.indicators, alone=True))
    assert len(small.desk.read(referrals.open)) == 1


@pytest.mark.parametrize(("clock_time", "overdue"), [("08:00", False), ("08:01", True)])
def test_a_task_is_overdue_after_its_time_until_it_is_done(
    small: SmallDesk, clock: FixedClock, clock_time: str, overdue: bool
) -> None:
    mark(small, "BF1")
    clock.now = at(clock_time, day=21)
    (task,) = small.desk.read(referrals.open)
    assert task.overdue is overdue
    small.desk.write(referrals.done, task.id)
    assert small.desk.read(referrals.open) == ()
    card = small.desk.write(people.card, small.id_of("BF1"))
    (kept,) = card.care.referrals
    assert (kept.done_at, kept.done_by, kept.overdue) == (clock.now, "First Supervisor", False)
    with pytest.raises(WrongCall, match="referral-done"):
        small.desk.write(referrals.done, task.id)


def test_a_task_is_passed_on_to_somebody_named(small: SmallDesk) -> None:
    mark(small, "BF1")
    (task,) = small.desk.read(referrals.open)
    small.desk.write(referrals.assign, task.id, " Duty manager ")
    assert [row.owner for row in small.desk.read(referrals.open)] == ["Duty manager"]
    with pytest.raises(WrongCall, match="owner-missing"):
        small.desk.write(referrals.assign, task.id, "  ")


def test_an_agency_sees_and_does_the_tasks_of_its_own_people_only(
    small: SmallDesk, clock: FixedClock
) -> None:
    mark(small, "BF1")
    (task,) = small.desk.read(referrals.open)
    password = "a lantern in the long grass"
    small.desk.add_account(NewAccount("N", (Role.AGENCY_USER,), "NCA"), password)
    path = small.desk.path
    small.desk.close()
    with Desk.open(path, "N", password, now=clock) as other:
        assert other.read(referrals.open) == ()
        with pytest.raises(NotAllowed):
            other.write(referrals.done, task.id)
