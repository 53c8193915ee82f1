"""What takes a second person, in the inbox: bypass, review, second opinion, families, notices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import bypasses, conflicts, deciding, notices, plans, policies
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.deciding import Decision
from debrief_desk.desk import Desk, SignedIn
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import ConflictState
from debrief_desk.store.models import Bypass, FamilyLink
from debrief_desk.ui.conflicts.families import FamiliesDialog
from debrief_desk.ui.conflicts.screen import ConflictsScreen
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from tests.builders import person, plan
from tests.conftest import PASSWORD, FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.conflicts import ConflictRow

pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]
BOAT = "E-0814-07"
YONAS = {"family_name": "TESFAYE", "given_name": "Yonas", "born": "01/01/1999", "event": BOAT}
JONAS = {"family_name": "Tesfai", "given_name": "Jonas", "born": "11/09/1998", "event": BOAT}


@pytest.fixture
def clashing(desk: Desk, clock: FixedClock) -> Desk:
    """A pair that may be one person, planned by two agencies, Immigration Enforcement first."""
    one, other = person(**YONAS, band="03-O11"), person(**JONAS, band="03-011")
    desk.write(plans.register, plan("Immigration Enforcement", "14:00", person=one))
    clock.now += timedelta(minutes=5)
    desk.write(plans.register, plan("NCA", "15:30", person=other))
    desk.add_account(NewAccount("L. Duarte", (Role.SUPERVISOR,)), PASSWORD)
    return desk


@pytest.fixture
def screen(open_page: Callable[..., ConflictsScreen], clashing: Desk) -> ConflictsScreen:
    shown = open_page(ConflictsScreen, clashing, 1100, 700)
    shown.queue.setFocus()
    return shown


def desk_of(screen: ConflictsScreen) -> Desk:
    desk = screen.worker.desk
    assert desk is not None
    return desk


def sign_in(screen: ConflictsScreen, name: str) -> None:
    """Let another supervisor go on at this desk."""
    desk = desk_of(screen)
    with Session(desk._opened.reader) as session:
        from debrief_desk.store.models import Account

        account = session.scalars(select(Account).where(Account.name == name)).one()
    roles = frozenset(Role(role) for role in account.roles)
    desk.who = SignedIn(UUID(str(account.id)), name, roles, account.agency_id)
    screen.reload()
    screen.first_focus().setFocus()


def row(screen: ConflictsScreen, kind: ConflictKind, *, everything: bool = False) -> ConflictRow:
    rows = desk_of(screen).read(conflicts.listed, everything)
    return next(r for r in rows if r.kind is kind)


def stored(screen: ConflictsScreen, kind: type[Any]) -> list[Any]:
    with Session(desk_of(screen)._opened.reader) as session:
        return list(session.scalars(select(kind).order_by(kind.id)))


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focus(), key)


def answer(text: str) -> None:
    QTest.keyClicks(focus(), text)
    press(Qt.Key.Key_Return)


def told(widget: QWidget) -> str:
    shown = " ".join(label.text() for label in widget.findChildren(QLabel))
    return "".join(c for c in shown if c not in "\u2066\u2067\u2068\u2069")


def test_who_was_first_is_said_and_passing_it_over_needs_a_reason_of_the_list(
    screen: ConflictsScreen,
) -> None:
    badges = [b.text for b in screen.review.findChildren(SeverityBadge)]
    assert {"First", "Second"} <= set(badges)
    press(Qt.Key.Key_B)
    assert screen.bar.because.isVisible()
    assert focus() is screen.bar.because
    screen.bar.written.set_value("speaks the dialect")
    screen.bar.done_button.click()
    assert "first in time" in screen.bar.error.text()
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    settled = row(screen, ConflictKind.POSSIBLE_PERSON, everything=True)
    assert settled.state is ConflictState.DECIDED
    (kept,) = desk_of(screen).write(conflicts.card, settled.id).decisions
    assert kept.plans == f"keep:{settled.parties[1].debrief_reference};language"
    screen.show_for(settled.id)
    assert "though not first in time (Speaks the language)" in told(screen.review)


def test_keeping_the_first_asks_for_nothing_more_than_a_reason(screen: ConflictsScreen) -> None:
    press(Qt.Key.Key_A)
    assert not screen.bar.because.isVisible()
    answer("first in time")
    assert row(screen, ConflictKind.POSSIBLE_PERSON, everything=True).state == "decided"


def test_a_bypass_is_asked_by_one_concurred_by_another_and_reviewed_by_keys(
    screen: ConflictsScreen, clock: FixedClock
) -> None:
    press(Qt.Key.Key_E)
    answer("Transfer within the hour")
    (asked,) = stored(screen, Bypass)
    assert asked.concurred_at is None
    screen.show_for("second")
    assert "another supervisor goes on" in screen.second.bar.remark.text()
    sign_in(screen, "L. Duarte")
    press(Qt.Key.Key_C)
    assert focus() is screen.second.bar.done_button
    press(Qt.Key.Key_Return)
    (stands,) = stored(screen, Bypass)
    assert stands.concurred_at == clock.now
    clock.now += timedelta(hours=25)
    screen.reload()
    assert screen.second.queue.entries.entries[0].more.startswith("Its review is overdue")
    press(Qt.Key.Key_R)
    answer("Both agencies agreed that it was right")
    (done,) = stored(screen, Bypass)
    assert done.review == "Both agencies agreed that it was right"
    assert screen.second.title.text() == "Nothing waits for a second person"


def test_a_bypass_stands_in_the_card_with_what_it_does_not_lift(screen: ConflictsScreen) -> None:
    item = row(screen, ConflictKind.POSSIBLE_PERSON)
    desk_of(screen).write(bypasses.ask, item.parties[1].debrief_id, "Transfer within the hour")
    sign_in(screen, "L. Duarte")
    screen.show_for(item.id)
    assert "It lifts D-1, D-2, D-3 and D-5 for this one debrief" in told(screen.review)
    concur = screen.review._inside.findChild(Button, "concur_bypass")
    concur.click()
    assert stored(screen, Bypass)[0].concurred_at is not None
    assert screen.review._inside.findChild(Button, "concur_bypass") is None
    screen.review._inside.findChild(Button, "withdraw_bypass").click()
    assert stored(screen, Bypass)[0].withdrawn_at is not None


def test_a_second_opinion_is_given_blind_and_opens_the_conflict_where_it_differs(
    screen: ConflictsScreen,
) -> None:
    desk = desk_of(screen)
    desk.write(policies.save, {"identity.second_reading": 1.0}, "Quality of decisions")
    item = row(screen, ConflictKind.POSSIBLE_PERSON)
    desk.write(deciding.decide, item.id, Decision("different", "", "Seen side by side"))
    sign_in(screen, "L. Duarte")
    screen.show_for(item.id)
    assert "A second opinion is asked of you" in told(screen.review)
    assert "Seen side by side" not in told(screen.review)
    assert not screen.bar.buttons
    screen.review._inside.findChild(Button, "second_look").click()
    assert screen.second.queue.hasFocus()
    shown = told(screen.second)
    assert "Is it the same person?" in shown
    for word in ("Seen side by side", "different", "Why it may be", "Probably"):
        assert word not in shown, word
    assert screen.second._area.widget().findChildren(SeverityBadge) == []
    press(Qt.Key.Key_S, Qt.Key.Key_Return)
    assert row(screen, ConflictKind.POSSIBLE_PERSON).state is ConflictState.REOPENED
    assert "0 of 1 second opinion agrees" in screen.header.subtitle.text()


def test_a_family_is_marked_in_one_step_and_undone_in_one(screen: ConflictsScreen) -> None:
    press(Qt.Key.Key_F)
    dialog = screen.findChild(FamiliesDialog)
    assert dialog is not None
    assert len(dialog.pairs()) == 1
    dialog.done_button.click()
    assert "Write a reason" in told(dialog)
    dialog.reason.set_value("Brothers, seen together")
    dialog.tie.set_value("siblings")
    dialog.done_button.click()
    assert row(screen, ConflictKind.POSSIBLE_PERSON, everything=True).state == "decided"
    assert [tie.kind for tie in stored(screen, FamilyLink)] == ["siblings"]
    screen.steps.undo_last()
    assert row(screen, ConflictKind.POSSIBLE_PERSON).state is ConflictState.REOPENED
    assert stored(screen, FamilyLink)[0].withdrawn_at is not None


def test_a_pair_with_an_agreeing_reference_cannot_be_ticked(screen: ConflictsScreen) -> None:
    desk = desk_of(screen)
    for agency, start in (("NCA", "18:00"), ("Kent Police", "19:00")):
        typed = person(family_name="KARIMI", given_name="Shirin", reference="K2219044", event=BOAT)
        desk.write(plans.register, plan(agency, start, person=typed))
    screen.reload()
    press(Qt.Key.Key_F)
    dialog = screen.findChild(FamiliesDialog)
    kept = [(pair, tick) for pair, tick in dialog.ticks if not tick.isEnabled()]
    assert [pair.one for pair, _tick in kept] == ["Shirin KARIMI"]
    assert "A reference agrees" in told(dialog)
    dialog.reject()


def test_one_key_acknowledges_the_first_notice_that_waits(screen: ConflictsScreen) -> None:
    waiting = desk_of(screen).read(notices.listed)
    assert len(waiting) == 2
    assert "Not acknowledged yet" in told(screen.review)
    press(Qt.Key.Key_R)
    left = desk_of(screen).read(notices.listed)
    assert [n.id for n in left] == [waiting[1].id]
    assert "Acknowledged: First Supervisor" in told(screen.review)


def test_the_second_look_is_locked_for_a_coordinator(screen: ConflictsScreen) -> None:
    desk_of(screen).add_account(NewAccount("C. Ordinator", (Role.COORDINATOR,)), PASSWORD)
    screen.show_for("second")
    sign_in(screen, "C. Ordinator")
    assert screen.second.title.text() == "This is for supervisors"
