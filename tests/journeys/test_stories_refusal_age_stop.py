"""Stories 4, 5 and 9 in the real window: a refusal, a disputed age, and a debrief that is stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import approaches, conflicts, imports, people, plans, referrals, rosters
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.desk import Desk
from debrief_desk.errors import Refused
from debrief_desk.rules.codes import (
    ApproachOutcome,
    CancelReason,
    Eligibility,
    ExplanationPoint,
    ReferralKind,
)
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.base import Base
from debrief_desk.store.models import Approach, Change, Debrief, DebriefStop, NoApproachMarker
from debrief_desk.ui.debriefs.course_dialogs import StopDialog, TimeDialog
from debrief_desk.ui.debriefs.dialogs import AnswerDialog
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.people.care_dialogs import AgeDialog, InformedDialog
from debrief_desk.ui.people.reopening import ReopeningDialog
from debrief_desk.ui.worker import InlineWorker, Worker
from debrief_desk.wording import failures
from tests import builders
from tests.actions.conftest import SmallDesk
from tests.builders import ARRIVED, at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.ui.debriefs.form import DebriefForm
    from debrief_desk.ui.main_window import MainWindow
    from tests.conftest import FixedClock

pytestmark = pytest.mark.qt_log_ignore(  # what the offscreen platform says of every drop-down
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)

RETURN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
FARSI = f"""\
BF7,E-1119-07,07-007,AHMADI,Sayed Mustafa,,01/01/2003,M,IRN,H2043311,{ARRIVED},Farsi,
BF10,E-1119-07,02-040,HASSAN,Ali Hama,,,M,IRQ,,{ARRIVED},Tigrinya,age disputed
"""
"""Who declines in story 4, and pair 10: Border Force's record says that the age is disputed."""
SPEAKERS = (
    builders.INTERPRETERS
    + """\
Interpreter F,Farsi,,"in person, video, phone",DPSI,2028-11-15,F,07:00-23:00
"""
)
POLICE = f"""{builders.KENT_HEADER}
KP10;Ali Hama HASAN;01-01-2004;M;Iraq;;02-040;E-1119-07;20-Nov 15:00;K. Ready;K. Second;Tigrinya
"""
"""The other side of pair 10: an adult by his date of birth, with a plan."""
NOT_SAID = ("refus", "declin", "withdr", "no longer")


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> SmallDesk:
    for text, agency in (
        (builders.ROOMS, ""),
        (builders.INTERVIEWERS.replace("07:00-19:00", "07:00-23:00"), ""),
        (SPEAKERS, ""),
        (builders.MANIFEST + FARSI, "Border Force"),
    ):
        desk.write(imports.take, imports.ImportFile(builders.sheet(tmp_path, text), agency=agency))
    return SmallDesk(desk)


@pytest.fixture
def window(small: SmallDesk, open_window: Callable[[Worker, Desk], MainWindow]) -> MainWindow:
    return open_window(InlineWorker(), small.desk)


# what somebody does at the window


def press(window: MainWindow, debrief_id: str, key: Qt.Key) -> None:
    """Press a key on a debrief in the list."""
    window.visit("debriefs")
    screen = window.screens["debriefs"]
    assert screen.list.table.choose(debrief_id)
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(screen.list.table, key)


def asked(window: MainWindow, kind: type[Any]) -> Any:
    """Give the question that is shown, once it has the keyboard."""
    found = next(one for one in window.findChildren(kind) if one.isVisible())
    QApplication.processEvents()
    assert QApplication.activeWindow() is found
    return found


def typed_form(
    window: MainWindow, qtbot: QtBot, about: str, agency: str, clock: str
) -> DebriefForm:
    """Open the form for somebody on record, or for a new person (""), and give it a time."""
    window.visit("debriefs")
    screen = window.screens["debriefs"]
    screen.show_for(f"new:{about}" if about else "new")
    form: DebriefForm = screen.form
    qtbot.waitUntil(lambda: form.session.agency.count() > 0)
    if about:
        qtbot.waitUntil(lambda: bool(form.person.registration_id()))
    else:
        form.person.new_button.click()
    form.session.agency.setCurrentIndex(form.session.agency.findText(agency))
    form.session.start.setText(clock)
    form.session.start.editingFinished.emit()
    return form


def checked(form: DebriefForm, qtbot: QtBot) -> None:
    """Wait until what stands in the form has been checked."""
    qtbot.waitUntil(lambda: not form._pause.isActive() and form.result is not None)


def buttons(window: QWidget) -> list[str]:
    """Give the words of every button in sight."""
    return [b.text().replace("&", "") for b in window.findChildren(QPushButton) if b.isVisible()]


def click(window: MainWindow, name: str) -> None:
    """Press a button of the card by the keyboard."""
    card = window.screens["people"].person
    button = next(b for b in card.findChildren(QPushButton, name) if b.isVisible())
    button.setFocus()
    QTest.keyClick(button, SPACE)


def changed_together(small: SmallDesk) -> dict[str, set[str]]:
    """Give, per step, the tables it wrote."""
    with Session(small.desk._opened.reader) as session:
        found: dict[str, set[str]] = {}
        for change in session.scalars(select(Change)):
            found.setdefault(str(change.step), set()).add(f"{change.entity}.{change.field}")
        return found


def agree(small: SmallDesk, debrief_id: str, language: str, interpreter: str) -> None:
    """Put wishes and an informed yes of this moment on record, and clear the debrief."""
    points = tuple(point.value for point in ExplanationPoint)
    yes = approaches.Answer(
        ApproachOutcome.ACCEPTED, small.desk.now(), language, interpreter, "N. Ready", points
    )
    small.consent(debrief_id)  # the wishes
    small.desk.write(approaches.record, debrief_id, yes)
    small.desk.write(plans.clear, debrief_id, small.debrief(debrief_id).version)


# story 4


def test_story_4_a_refusal_cascades(
    window: MainWindow, small: SmallDesk, qtbot: QtBot, clock: FixedClock
) -> None:
    """Declines at 10:05 in Farsi; 16:00 is cancelled; at 18:00 nobody plans, by any spelling."""
    person, farsi = small.id_of("BF7"), small.id_of("Interpreter F")
    first = small.register("NCA", "BF7", "10:00", interpreter_id=farsi)
    booked = small.register("Kent Police", "BF7", "16:00", interpreter_id=farsi)
    clock.now = at("10:05")
    press(window, first.debrief_id, Qt.Key.Key_A)
    dialog = asked(window, AnswerDialog)
    dialog.outcome.set_value("refused")
    assert (dialog.language.value(), dialog.interpreter.value()) == ("Farsi", "Interpreter F")
    assert dialog.at.text() == "10:05"
    QTest.keyClick(dialog.language, RETURN)

    # outcome, marker, the police booking, its owner: in one transaction
    (contact,) = small.stored(Approach)
    assert (contact.outcome, contact.at, contact.language, contact.interpreter) == (
        "refused", at("10:05"), "Farsi", "Interpreter F",
    )  # fmt: skip
    (marker,) = small.stored(NoApproachMarker)
    assert (marker.placed_at, marker.lifted_at) == (at("10:05"), None)
    assert small.debrief(first.reference).state is DebriefState.DECLINED
    police = small.debrief(booked.reference)
    assert (police.state, police.state_reason) == (DebriefState.CANCELLED, CancelReason.NO_APPROACH)
    assert ("Kent Police", "cancelled_no_approach") in small.told()
    together = {"approach.", "no_approach_marker.", "debrief.state", "conflict_notice."}
    assert any(together <= wrote for wrote in changed_together(small).values())

    # at 18:00: refused, with the date and not the reason, and no way round for a supervisor
    clock.now = at("17:30")
    form = typed_form(window, qtbot, person, "NCA", "1800")
    checked(form, qtbot)
    assert form.result is not None
    assert form.result.refused
    said = form.foot.sentence.text()
    assert "no-approach marker" in said
    assert "Fri 20 Nov 2026 10:05" in said
    assert not any(word in said.casefold() for word in NOT_SAID)
    assert not form.foot.save.isEnabled()
    assert not any(
        word in text.casefold()
        for text in buttons(window)
        for word in ("overrid", "anyway", "bypass", "emergency")
    )
    with pytest.raises(Refused) as no:
        small.register("NCA", "BF7", "18:00")
    sentence = failures.sentence(no.value)
    assert "Fri 20 Nov 2026 10:05" in sentence
    assert not any(word in sentence.casefold() for word in NOT_SAID)

    # a variant spelling with the same band is held as well
    form = typed_form(window, qtbot, "", "Kent Police", "1800")
    fields = form.person.fields
    fields.full_name.set_value("Mostafa Ahmadzai")
    fields.band.set_value("7/7")
    fields.boat.set_value("E-1119-07")
    qtbot.waitUntil(lambda: form.result is not None and form.result.refused)
    assert not form.foot.save.isEnabled()
    assert len(small.stored(Debrief)) == 2


def test_story_4_only_the_persons_own_wish_reopens_and_a_second_officer_confirms(
    small: SmallDesk,
    open_window: Callable[[Worker, Desk], MainWindow],
    qtbot: QtBot,
    clock: FixedClock,
) -> None:
    """Asks to talk at 20:10; the one form there is takes it, and somebody else confirms."""
    person, farsi = small.id_of("BF7"), small.id_of("Interpreter F")
    first = small.register("NCA", "BF7", "10:00", interpreter_id=farsi)
    clock.now = at("10:05")
    no = approaches.Answer(ApproachOutcome.REFUSED, at("10:05"), "Farsi", "Interpreter F")
    small.desk.write(approaches.record, first.debrief_id, no)
    second, password = "Second Officer", "a lantern in the long grass"
    small.desk.add_account(NewAccount(second, (Role.SUPERVISOR,)), password)

    clock.now = at("20:12")
    window = open_window(InlineWorker(), small.desk)
    window.visit("people", person)
    page = window.screens["people"]
    qtbot.waitUntil(lambda: page.person.shown is not None)
    assert not page.plan_button.isEnabled()
    click(window, "reopen_button")
    dialog = asked(window, ReopeningDialog)
    dialog.time.setText("20:10")
    dialog.interpreter.set_value("Interpreter F")
    dialog.witness.set_value("Border Force")
    QTest.keyClick(dialog.witness, RETURN)
    (marker,) = small.stored(NoApproachMarker)
    assert (marker.asked_at, marker.asked_language, marker.lifted_at) == (
        at("20:10"),
        "Farsi",
        None,
    )

    # who recorded the wish cannot confirm it
    click(window, "reopen_button")
    question = asked(window, Question)
    next(b for b in question.findChildren(QPushButton) if "lift" in b.text()).click()
    assert page.strip.isVisible()
    assert small.stored(NoApproachMarker)[0].lifted_at is None
    path = small.desk.path
    window.close()

    with Desk.open(path, second, password, now=clock) as desk:
        window = open_window(InlineWorker(), desk)
        window.visit("people", person)
        page = window.screens["people"]
        qtbot.waitUntil(lambda: page.person.shown is not None)
        click(window, "reopen_button")
        question = asked(window, Question)
        next(b for b in question.findChildren(QPushButton) if "lift" in b.text()).click()
        qtbot.waitUntil(page.plan_button.isEnabled)
        again = SmallDesk(desk).register("NCA", "BF7", "21:00", interpreter_id=farsi)
        assert again.reference
        window.close()


# story 5


def test_story_5_a_disputed_age_blocks_until_it_is_decided(
    window: MainWindow, small: SmallDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    """Pair 10: blocked by the child rule, on no roster, no candidate; open after a decision."""
    person = small.id_of("BF10")
    file = imports.ImportFile(builders.sheet(tmp_path, POLICE), agency="Kent Police")
    taken = small.desk.write(imports.take, file)
    assert (taken.counts["linked"], taken.counts["parked"]) == (0, 1)
    assert "age is disputed" in taken.left[0].reasons[0]
    assert small.stored(Debrief) == []
    card = small.desk.write(people.card, person)
    assert card.eligibility is Eligibility.AGE_DISPUTED
    assert [linked.row.agency for linked in card.linked] == ["Kent Police"]

    window.visit("people", person)
    page = window.screens["people"]
    qtbot.waitUntil(lambda: page.person.shown is not None)
    assert not page.plan_button.isEnabled()
    assert "refer to the children's process" in page.plan_button.toolTip()
    form = typed_form(window, qtbot, person, "NCA", "1500")
    checked(form, qtbot)
    assert form.result is not None
    assert form.result.refused
    assert "C-2" in {finding.rule for finding in form.result.findings}
    assert not form.foot.save.isEnabled()
    order = RosterOrder(at("00:00"), at("00:00", day=21), level="supervisor", recipient="Shift")
    assert small.desk.read(rosters.preview, order).rows == ()
    before = small.desk.read(people.next_of_boat, small.id_of("BF1"))
    assert before is not None
    assert before.serial != "BF10"
    form.foot.leave.click()

    window.visit("people", person)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.person)
    click(window, "age_button")
    dialog = asked(window, AgeDialog)
    dialog.decided.set_value("adult")
    dialog.decider.set_value("Kent age panel")
    QTest.keyClick(dialog.decider, RETURN)
    (decision,) = page.person.shown.care.ages
    assert (decision.adult, decision.decider, decision.decided_on) == (
        True, "Kent age panel", at("00:00").date(),
    )  # fmt: skip
    assert page.plan_button.isEnabled()
    made = small.register("Kent Police", "BF10", "15:00")
    assert [r.reference for r in small.desk.read(rosters.preview, order).rows] == [made.reference]

    # the earlier block stays: the parked plan with its reason, and the doubt in the history
    (left,) = small.desk.read(imports.left_rows, taken.import_id)
    assert "age is disputed" in left.reasons[0]
    said = {row.text for row in page.person._history}
    assert "Age decision recorded" in said


def test_story_5_a_plan_made_before_the_doubt_is_blocked_and_its_block_is_kept(
    window: MainWindow, small: SmallDesk, qtbot: QtBot
) -> None:
    """The police planned first, for their own record; the boat's record says disputed."""
    alone = builders.person(given_name="Ali", family_name="Hasan", born="01/01/2004", language="Tigrinya")  # fmt: skip
    made = small.desk.write(plans.register, builders.plan("Kent Police", "15:00", person=alone))
    small.desk.write(people.decide_pair, small.id_of("BF10"), made.registration_id, "same", "Phone")
    (item,) = [c for c in small.desk.read(conflicts.listed) if c.kind.value == "child"]
    assert {"C-2", "C-3"} & set(item.rules)
    press(window, made.debrief_id, Qt.Key.Key_C)
    assert "cannot be cleared" in window.screens["debriefs"].strip.text.text()
    assert small.debrief(made.reference).state is DebriefState.PLANNED

    window.visit("people", small.id_of("BF10"))
    page = window.screens["people"]
    qtbot.waitUntil(lambda: page.person.shown is not None)
    click(window, "age_button")
    dialog = asked(window, AgeDialog)
    dialog.decided.set_value("adult")
    dialog.decider.set_value("Kent age panel")
    QTest.keyClick(dialog.decider, RETURN)
    assert [c for c in small.desk.read(conflicts.listed) if c.kind.value == "child"] == []
    (kept,) = [
        c for c in small.desk.read(conflicts.listed, everything=True) if c.kind.value == "child"
    ]
    assert kept.number == item.number
    said = [row.text for row in page.person._history]
    assert any("Conflict opened" in text and "Child or age disputed" in text for text in said)


# story 9


@pytest.fixture
def running(window: MainWindow, small: SmallDesk, clock: FixedClock) -> tuple[str, str]:
    """A debrief of BF2 begun at 14:02 by keyboard, and the reference of Kent Police's at 20:00."""
    clock.now = at("13:50")
    made = small.register("NCA", "BF2", "14:00")
    agree(small, made.debrief_id, "Tigrinya", "Interpreter T")
    clock.now = at("14:02")
    press(window, made.debrief_id, Qt.Key.Key_B)
    dialog = asked(window, TimeDialog)
    assert dialog.time.at.text() == "14:02"
    QTest.keyClick(dialog.time.at, RETURN)
    row = small.debrief(made.reference)
    assert (row.state, row.started_at) == (DebriefState.IN_PROGRESS, at("14:02"))
    later = small.register("Kent Police", "BF2", "20:00")
    clock.now = at("14:22")
    return made.debrief_id, later.reference


def texts(small: SmallDesk) -> set[str]:
    """Give every text that the file holds beside its change log."""
    found: set[str] = set()
    with small.desk._opened.reader.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                found |= {str(value) for value in row if isinstance(value, str)}
    return found


def test_story_9_a_disclosure_mid_way(
    window: MainWindow, small: SmallDesk, running: tuple[str, str], qtbot: QtBot
) -> None:
    """At minute 20: stopped, end time, NRM task; the category only; further plans barred."""
    debrief_id, later = running
    press(window, debrief_id, Qt.Key.Key_S)
    dialog = asked(window, StopDialog)
    dialog.reason.set_value("safeguarding")
    dialog.category.set_value("trafficking")
    QTest.keyClick(dialog.consents, SPACE)
    assert not dialog.findChildren(QWidget, "note")  # there is nowhere to write what was said
    QTest.keyClick(dialog.owner, RETURN)
    assert dialog.owner_field.has_error()
    QTest.keyClicks(dialog.owner, "Duty manager")
    QTest.keyClick(dialog.owner, RETURN)

    row = small.debrief(debrief_id)
    assert (row.state, row.state_reason) == (DebriefState.STOPPED, "safeguarding")
    assert (row.started_at, row.ended_at) == (at("14:02"), at("14:22"))
    (task,) = small.desk.read(referrals.open)
    assert (task.kind, task.owner, task.due_at, task.reference) == (
        ReferralKind.NRM, "Duty manager", at("14:22", day=21), row.reference,
    )  # fmt: skip
    card = small.desk.write(people.card, small.id_of("BF2"))
    assert {indicator.value for indicator in card.care.indicators} == {"trafficking"}

    # further debriefs wait for a supervisor, who releases on the card
    other = small.debrief(later)
    assert other.state is DebriefState.PLANNED
    press(window, str(other.id), Qt.Key.Key_C)
    assert small.debrief(later).state is DebriefState.PLANNED
    (item,) = [c for c in small.desk.read(conflicts.listed) if "S-5" in c.rules]
    assert other.reference in {party.debrief_reference for party in item.parties}
    window.visit("people", small.id_of("BF2"))
    page = window.screens["people"]
    qtbot.waitUntil(lambda: page.person.shown is not None)
    click(window, "informed_button")
    told = asked(window, InformedDialog)
    QTest.keyClicks(told.who, "S. Lead")
    QTest.keyClick(told.who, RETURN)
    click(window, "release_button")
    question = asked(window, Question)
    next(b for b in question.findChildren(QPushButton) if "Release" in b.text()).click()
    (kept,) = small.stored(DebriefStop)
    assert (kept.informed, kept.informed_at, kept.released_at) == ("S. Lead", at("14:22"), at("14:22"))  # fmt: skip
    assert [c for c in small.desk.read(conflicts.listed) if "S-5" in c.rules] == []


def test_story_9_suspicion_mid_way(
    window: MainWindow, small: SmallDesk, running: tuple[str, str], qtbot: QtBot
) -> None:
    """Stopped - status change; not eligible, refer; other bookings cancelled; no narrative."""
    debrief_id, later = running
    before = texts(small)
    press(window, debrief_id, Qt.Key.Key_S)
    dialog = asked(window, StopDialog)
    dialog.reason.set_value("status_change")
    assert not dialog.owner.isVisible()
    assert not dialog.informed.isVisible()
    assert "not recorded" in dialog.follows.text()
    dialog.time.at.setFocus()
    QTest.keyClick(dialog.time.at, RETURN)

    row = small.debrief(debrief_id)
    assert (row.state, row.state_reason, row.ended_at) == (
        DebriefState.STOPPED, "status_change", at("14:22"),
    )  # fmt: skip
    other = small.debrief(later)
    assert (other.state, other.state_reason) == (DebriefState.CANCELLED, CancelReason.NOT_ELIGIBLE)
    assert ("Kent Police", "cancelled_not_eligible") in small.told()
    window.visit("people", small.id_of("BF2"))
    page = window.screens["people"]
    qtbot.waitUntil(lambda: page.person.shown is not None)
    assert page.person.shown.eligibility is Eligibility.NOT_ELIGIBLE_REFER
    assert not page.plan_button.isEnabled()
    form = typed_form(window, qtbot, small.id_of("BF2"), "Kent Police", "2100")
    checked(form, qtbot)
    assert form.result is not None
    assert form.result.refused
    assert form.result.level is Level.STOP
    codes = texts(small) - before
    assert not [text for text in codes if " " in text and len(text.split()) > 3 and "{" not in text]


def test_a_debrief_runs_its_course_on_the_real_threads(
    small: SmallDesk,
    open_window: Callable[[Worker, Desk], MainWindow],
    qtbot: QtBot,
    clock: FixedClock,
) -> None:
    clock.now = at("13:50")
    made = small.register("NCA", "BF1", "14:00")
    agree(small, made.debrief_id, "Tigrinya", "Interpreter T")
    clock.now = at("14:01")
    worker = Worker()
    window = open_window(worker, small.desk)
    window.visit("debriefs")
    table = window.screens["debriefs"].list.table
    qtbot.waitUntil(lambda: table.choose(made.debrief_id), timeout=20_000)
    qtbot.waitUntil(table.hasFocus, timeout=20_000)

    def step(key: Qt.Key, clock_time: str, state: DebriefState) -> None:
        clock.now = at(clock_time)
        window.activateWindow()
        QApplication.processEvents()
        QTest.keyClick(table, key)
        qtbot.waitUntil(
            lambda: any(d.isVisible() for d in window.findChildren(TimeDialog)), timeout=20_000
        )
        dialog = asked(window, TimeDialog)
        QTest.keyClick(dialog.time.at, RETURN)
        qtbot.waitUntil(
            lambda: worker.is_idle and small.debrief(made.reference).state is state, timeout=20_000
        )

    step(Qt.Key.Key_B, "14:03", DebriefState.IN_PROGRESS)
    step(Qt.Key.Key_E, "14:48", DebriefState.COMPLETED)
    row = small.debrief(made.reference)
    assert (row.started_at, row.ended_at) == (at("14:03"), at("14:48"))
