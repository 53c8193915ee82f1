"""The first three acceptance stories of the domain, in the real window."""

from __future__ import annotations

import dataclasses
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import conflicts, debriefs, imports, notices, people, plans, staff
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.desk import Desk
from debrief_desk.errors import Refused
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.models import AuditEvent, ConflictNotice, IdentityDecision, Registration
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.messages import Toast
from debrief_desk.ui.worker import InlineWorker
from tests import builders
from tests.builders import at, person, plan
from tests.conftest import PASSWORD, SUPERVISOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.ui.main_window import MainWindow
    from debrief_desk.ui.worker import Worker
    from tests.conftest import FixedClock

    OpenWindow = Callable[[Worker, Desk], MainWindow]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
IE = "Immigration Enforcement"
BOAT = "E-0814-07"


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def decide(key: Qt.Key, reason: str) -> None:
    """Press the key of an answer, write the reason, press Enter."""
    press(key)
    QTest.keyClicks(QApplication.focusWidget(), reason)
    press(Qt.Key.Key_Return)


def row(desk: Desk, reference: str) -> DebriefRow:
    page = desk.read(debriefs.listed, DebriefFilter())
    return next(r for r in page.rows if r.reference == reference)


def asking(desk: Desk, *, everything: bool = False) -> list[ConflictRow]:
    """Give the items about who it is."""
    return [c for c in desk.read(conflicts.listed, everything) if c.kind.asks_identity]


def stored(desk: Desk, kind: type[Any]) -> list[Any]:
    with Session(desk._opened.reader) as session:
        order = kind.sequence if kind is AuditEvent else kind.id
        return list(session.scalars(select(kind).order_by(order)).unique())


def texts(widget: Any) -> str:
    shown = " ".join(label.text() for label in widget.findChildren(QLabel))
    return "".join(c for c in shown if c not in "\u2066\u2067\u2068\u2069")


def at_conflict(window: MainWindow, conflict_id: str) -> Any:
    """Go to a conflict, with the keyboard in the queue."""
    window.visit("conflicts", conflict_id)
    screen: Any = window.screens["conflicts"]
    assert screen.queue.key() == conflict_id
    screen.queue.setFocus()
    return screen


def test_story_1_an_exact_duplicate_of_another_agency(
    desk: Desk, open_window: OpenWindow, clock: FixedClock
) -> None:
    first = person(family_name="HOSSEINI", given_name="Mohammad Reza", reference="H1043377")
    d1 = desk.write(plans.register, plan(IE, "14:00", person=first))
    desk.add_account(NewAccount("N. Entry", (Role.AGENCY_USER,), "NCA"), PASSWORD)
    path = desk.path
    desk.close()
    clock.now += timedelta(minutes=5)
    with Desk.open(path, "N. Entry", PASSWORD, now=clock) as nca:
        window = open_window(InlineWorker(), nca)
        window.visit("debriefs", "new")
        form: Any = window.screens["debriefs"].form  # type: ignore[attr-defined]
        form.person.new_button.click()
        form.person.fields.full_name.set_value("Husayni")
        form.person.fields.reference.set_value("H 1043377")
        form.session.agency.set_value("NCA")
        form.session.start.setText("15:30")
        form.session.start.setFocus()
        began = time.perf_counter()
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        took = time.perf_counter() - began
        (conflict,) = asking(nca)
        assert took < 1.0
        assert (conflict.kind, conflict.state) == (ConflictKind.SAME_PERSON, ConflictState.NEW)
        theirs, mine = conflict.parties
        d2 = mine.debrief_reference
        kept = row(nca, d2)
        assert (kept.state, kept.bars_cleared, kept.level.value) == ("planned", True, "stop")
        with pytest.raises(Refused, match="not-clear"):
            nca.write(plans.clear, kept.id, kept.version)
        # of IE's side NCA has agency, contact, slot, site and check reference, and nothing else
        (told,) = nca.read(notices.listed)
        (pointer,) = told.about
        assert (pointer.agency, pointer.starts_at) == (IE, at("14:00"))
        assert [f.name for f in dataclasses.fields(pointer)] == [
            *("agency", "contact", "site", "starts_at", "ends_at", "check_reference")
        ]
        assert pointer.check_reference == theirs.check_reference
        for word in (d1.reference, "HOSSEINI", "Mohammad"):
            assert word not in repr((conflict, told, nca.write(conflicts.card, conflict.id)))
        screen = at_conflict(window, conflict.id)
        assert IE in texts(screen.review)
        press(Qt.Key.Key_R)
        window.close()
    with Desk.open(path, SUPERVISOR, PASSWORD, now=clock) as site:
        first_plan = row(site, d1.reference)
        assert (first_plan.starts_at, first_plan.state) == (at("14:00"), DebriefState.PLANNED)
        assert first_plan.level.value == "stop"  # keeps its slot, marked in conflict
        opened = [n for n in stored(site, ConflictNotice) if n.code == "conflict_opened"]
        assert len(opened) == len({n.agency_id for n in opened}) == 2
        for_ie = next(n for n in site.read(notices.listed, True) if n.agency == IE)
        assert [p.agency for p in for_ie.about] == ["NCA"]
        assert for_ie.about[0].check_reference == row(site, d2).check_reference
        for_nca = next(n for n in site.read(notices.listed, True) if n.agency == "NCA")
        assert (for_nca.acknowledged_by, for_nca.acknowledged_at) == ("N. Entry", clock.now)


def test_story_2_a_variant_without_reference_becomes_one_joint_debrief(
    desk: Desk, open_window: OpenWindow, clock: FixedClock
) -> None:
    """Pair 3 of the domain."""
    one = person(family_name="TESFAYE", given_name="Yonas", born="01/01/1999", nationality="Eritrea", band="03-O11", event=BOAT)  # fmt: skip
    other = person(family_name="Tesfai", given_name="Jonas", born="11/09/1998", nationality="Ethiopia?", band="03-011", event=BOAT)  # fmt: skip
    d1 = desk.write(plans.register, plan(IE, "14:00", person=one))
    clock.now += timedelta(minutes=5)
    d2 = desk.write(plans.register, plan("NCA", "15:30", person=other))
    typed = {r.id: (r.full_name, r.family_name, r.band) for r in stored(desk, Registration)}
    (conflict,) = asking(desk)
    assert conflict.kind is ConflictKind.POSSIBLE_PERSON
    assert [d for d in stored(desk, IdentityDecision) if d.verdict == "same"] == []
    window = open_window(InlineWorker(), desk)
    screen = at_conflict(window, conflict.id)
    told = texts(screen.review)
    assert "Why it may be one person" in told
    assert "03-O11" in told  # for it
    words = [badge.text for badge in screen.review.findChildren(SeverityBadge)]
    assert {"Alike", "Differs"} <= set(words), words  # for it and against it
    assert {"First", "Second"} <= set(words)
    decide(Qt.Key.Key_M, "Same band read twice, both teams agree")
    first, second = row(desk, d1.reference), row(desk, d2.reference)
    assert (first.agency, first.partners, first.state) == (IE, ("NCA",), DebriefState.PLANNED)
    assert second.state is DebriefState.CANCELLED
    with Session(desk._opened.reader) as session:
        from debrief_desk.store.models import Debrief

        gone = session.scalars(select(Debrief).where(Debrief.reference == d2.reference)).one()
        assert (gone.state_reason, str(gone.joined_into_id)) == ("joined", first.id)
    assert "combined" in {e.kind for e in stored(desk, AuditEvent)}
    assert {r.records for r in desk.read(people.listed).rows} == {2}
    now = {r.id: (r.full_name, r.family_name, r.band) for r in stored(desk, Registration)}
    assert now == typed
    card = desk.write(conflicts.card, conflict.id)
    assert [(d.verdict, d.plans) for d in card.decisions] == [("same", f"joint:{d1.reference}")]


def brothers_sheet(folder: Path) -> Path:
    """Control (a) of the domain, one agency's row each."""
    rows = [
        f"BR{n},{BOAT},07-0{22 + n},HOSSEINI,{name},,01/01/2000,M,IRN,,{builders.ARRIVED},Farsi,"
        for n, name in ((1, "Ali"), (2, "Reza"))
    ]
    return builders.sheet(
        folder, "\n".join((builders.MANIFEST_HEADER, *rows)) + "\n", "brothers.csv"
    )


def team(desk: Desk, agency: str, room: str) -> dict[str, str]:
    """Give a whole team of an agency."""
    staffed = {one.name: one.id for one in desk.read(staff.interviewers)}
    rooms = {one.name: one.id for one in desk.read(staff.rooms)}
    speaks = {one.name: one.id for one in desk.read(staff.interpreters)}
    return {
        "lead_id": staffed[f"{agency[0]}. Ready"],
        "second_id": staffed[f"{agency[0]}. Second"],
        "room_id": rooms[room],
        "interpreter_id": speaks["Interpreter F"],
        "mode": "in_person",
    }


def test_story_3_brothers_stay_two_people_however_often_they_come(
    desk: Desk, open_window: OpenWindow, tmp_path: Path
) -> None:
    farsi = builders.INTERPRETERS + 'Interpreter F,Farsi,,"in person, video",DPSI,2028-11-15,F,07:00-19:00\n'  # fmt: skip
    for text in (builders.ROOMS, builders.INTERVIEWERS, farsi):
        desk.write(imports.take, imports.ImportFile(builders.sheet(tmp_path, text)))
    file = imports.ImportFile(brothers_sheet(tmp_path), agency="Border Force")
    desk.write(imports.take, file)
    ali, reza = (r for r in desk.read(people.listed, "HOSSEINI").rows)
    for who, agency, start, room in ((ali, "NCA", "14:00", "Room 1"), (reza, "Kent Police", "16:00", "Room 9")):  # fmt: skip
        desk.write(plans.register, plan(agency, start, registration_id=who.id, minutes=45, purpose="route", **team(desk, agency, room)))  # fmt: skip
    assert asking(desk) == []  # at most a suggestion
    window = open_window(InlineWorker(), desk)
    window.visit("people", ali.id)
    desk.write(people.decide_pair, ali.id, reza.id, "different", "Brothers, each with a card")
    for reference in [r.reference for r in desk.read(debriefs.listed, DebriefFilter()).rows]:
        _consented(desk, reference)
        shown = row(desk, reference)
        desk.write(plans.clear, shown.id, shown.version)
    states = {r.state for r in desk.read(debriefs.listed, DebriefFilter()).rows}
    assert states == {DebriefState.CLEARED}
    # not raised again: neither by another save, nor by the same file once more
    again = row(desk, next(iter(r.reference for r in desk.read(debriefs.listed, DebriefFilter()).rows)))  # fmt: skip
    desk.write(plans.move, again.id, again.version, minutes=50)
    assert desk.write(imports.take, file).counts["unchanged"] == 2
    assert asking(desk) == []
    assert desk.write(people.card, ali.id).suspected == ()
    # reversible, with a second reason
    desk.write(people.decide_pair, ali.id, reza.id, "same", "One man with two cards after all")
    (conflict,) = asking(desk)
    screen = at_conflict(window, conflict.id)
    decide(Qt.Key.Key_N, "No, seen side by side")
    assert asking(desk) == []
    toast = screen.window().findChild(Toast)
    assert toast is not None
    toast.undo_button.click()
    assert [c.state for c in asking(desk)] == [ConflictState.REOPENED]
    reasons = [d.reason for d in stored(desk, IdentityDecision) if d.origin == "person"]
    assert reasons == [
        "Brothers, each with a card",
        "One man with two cards after all",
        "No, seen side by side",
    ]


def _consented(desk: Desk, reference: str) -> None:
    """Put consent and the other preference on record."""
    from tests.actions.conftest import SmallDesk

    SmallDesk(desk).consent(row(desk, reference).id)
