"""The form for a debrief: search first, live checks, saving, moving, refusing, on a real desk."""

# ruff: noqa: F811 - fixtures that come by import have the names of parameters

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from debrief_desk.actions import histories, people, plans
from debrief_desk.rules.codes import CancelReason
from debrief_desk.rules.severity import Level
from debrief_desk.store.models import Debrief, Registration
from debrief_desk.ui.debriefs.screen import DebriefsScreen
from debrief_desk.ui.debriefs.versions import VersionsDialog
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.worker import InlineWorker
from tests import builders
from tests.actions.conftest import _small_desk, small  # noqa: F401 - fixtures
from tests.conftest import SUPERVISOR

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.actions.conftest import SmallDesk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def screen(qtbot: QtBot, small: SmallDesk) -> Iterator[DebriefsScreen]:
    """The page with an empty form for a new debrief, the keyboard in its search."""
    worker = InlineWorker()
    worker.adopt(small.desk)
    screen = DebriefsScreen(worker)
    worker.changed.connect(lambda tables: screen.reload() if tables & screen.tables else None)
    qtbot.addWidget(screen)
    screen.resize(1158, 720)
    with qtbot.waitActive(screen):
        screen.show()
    screen.reload()
    screen.show_for("new")
    yield screen
    worker.stop()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def write(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def find(qtbot: QtBot, screen: DebriefsScreen, text: str) -> None:
    """Search for somebody and wait for who is found."""
    write(text)
    qtbot.waitUntil(screen.form.person.results.isVisible)


def pick(qtbot: QtBot, screen: DebriefsScreen, text: str) -> None:
    find(qtbot, screen, text)
    press(Qt.Key.Key_Return)


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2068\u2069")


def spoken(widget: QWidget) -> str:
    """Give what is read out of a widget; of the line inside a box, that of the box."""
    own = widget.accessibleName() or widget.parentWidget().accessibleName()
    return own or QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def rules(screen: DebriefsScreen) -> set[str]:
    return {card.content.corner for card in screen.form.panel.cards()}


def checked(qtbot: QtBot, screen: DebriefsScreen) -> None:
    """Wait for the check of what stands in the form."""
    qtbot.waitUntil(lambda: screen.form.result is not None and not screen.form._pause.isActive())


def fill(
    screen: DebriefsScreen, small: SmallDesk, agency: str = "NCA", clock: str = "1400"
) -> None:
    """Fill in a session with a whole team of the agency."""
    session, initial = screen.form.session, agency[0]
    session.agency.set_value(agency)
    session.start.setText(clock)
    session.length.set_value("45")
    session.room.set_value(small.id_of("Room 1" if agency == "NCA" else "Room 2"))
    session.lead.set_value(small.id_of(f"{initial}. Ready"))
    session.second.set_value(small.id_of(f"{initial}. Second"))
    session.interpreter.set_value(small.id_of("Interpreter T"))


def test_the_form_opens_with_the_keyboard_in_the_search(screen: DebriefsScreen) -> None:
    assert screen.first_focus() is screen.form.person.search
    assert screen.form.person.search.hasFocus()
    assert screen.header.title.text() == "New debrief"
    assert not screen.header.search.isVisible()


def test_enter_takes_the_record_that_is_marked_and_goes_on_with_the_session(
    screen: DebriefsScreen, qtbot: QtBot
) -> None:
    find(qtbot, screen, "07-00")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert screen.form.person.person.name == "Rahel KIDANE"
    assert "07-002" in screen.form.person.chosen_detail.text()
    assert screen.form.session.agency.lineEdit().hasFocus()


def test_an_enter_quicker_than_the_search_takes_the_only_one_found(
    screen: DebriefsScreen, qtbot: QtBot
) -> None:
    write("07-003")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen.form.person.registration_id()))
    assert screen.form.person.person.name == "Zarghona AMAN"


@pytest.mark.parametrize(("typed", "field"), [("Dawit", "full_name"), ("31-004", "band")])
def test_escape_enters_a_new_person_with_what_was_written(
    screen: DebriefsScreen, typed: str, field: str
) -> None:
    write(typed)
    press(Qt.Key.Key_Escape)
    assert screen.form.person.fields.isVisible()
    assert getattr(screen.form.person.fields, field).value() == typed
    assert screen.form.person.fields.full_name.hasFocus()
    assert screen.form.person.search.value() == ""


def test_nobody_found_is_said_with_what_to_do(screen: DebriefsScreen, qtbot: QtBot) -> None:
    write("qqqqq")
    qtbot.waitUntil(lambda: "Nobody found" in screen.form.person.hint.text())
    assert not screen.form.person.results.isVisible()


def test_a_typed_person_is_compared_with_the_records_and_one_can_be_used_instead(
    screen: DebriefsScreen, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape)
    write("Yonas Tesfaye")
    screen.form.person.fields.band.setText("07-001")
    screen.form.person.fields.boat.setText("E-1119-07")
    qtbot.waitUntil(lambda: bool(screen.form.panel.cards()))
    card = screen.form.panel.cards()[0]
    assert "Yonas TESFAYE" in card.content.title
    assert "Border Force" in card.content.body
    press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert card.hasFocus()
    press(Qt.Key.Key_Return)
    assert screen.form.person.person.name == "Yonas TESFAYE"


def test_a_debrief_is_registered_with_everything_that_stands_in_the_form(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    pick(qtbot, screen, "07-001")
    fill(screen, small)
    screen.form.session.purpose.set_value("route")
    checked(qtbot, screen)
    press(Qt.Key.Key_Return, CTRL)
    (stored,) = small.stored(Debrief)
    assert (stored.starts_at, stored.ends_at) == (builders.at("14:00"), builders.at("14:45"))
    assert str(stored.registration_id) == small.id_of("BF1")
    assert (stored.agency.name, stored.purpose, stored.mode) == ("NCA", "route", "in_person")
    assert (stored.lead.name, stored.second.name) == ("N. Ready", "N. Second")
    assert (stored.room.name, stored.interpreter.name) == ("Room 1", "Interpreter T")
    said = screen.strip.text.text()
    assert stored.reference in said
    assert "DC-2611-" in said
    assert "nobody else has entered this person" in said
    assert not screen.is_form()
    assert screen.list.table.key() == str(stored.id)


def test_a_new_person_is_kept_as_typed_with_the_plan(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    press(Qt.Key.Key_Escape)
    write("Xhevahire QOSJA")
    fields = screen.form.person.fields
    fields.born.setText("1991")
    fields.sex.set_value("F")
    fields.language.setText("Albanian")
    fill(screen, small)
    checked(qtbot, screen)
    screen.form.foot.save.click()
    made = next(r for r in small.stored(Registration) if r.agency.name == "NCA")
    assert (made.full_name, made.birth_year, made.sex) == ("Xhevahire QOSJA", 1991, "F")
    assert made.language == "Albanian"
    assert len(small.stored(Debrief)) == 1


def test_what_is_still_needed_is_said_and_the_first_such_field_gets_the_keyboard(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    assert screen.form.foot.sentence.text() == "Still needed: a person, the agency, the start."
    press(Qt.Key.Key_Return, CTRL)
    assert screen.form.person.search.hasFocus()
    assert screen.form.person.search_field.has_error()
    pick(qtbot, screen, "07-001")
    screen.form.session.agency.set_value("NCA")
    screen.form.foot.save.click()
    assert screen.form.session.start_field.has_error()
    assert screen.form.session.start.hasFocus()
    assert small.stored(Debrief) == []


def test_a_birth_that_cannot_be_read_is_said_at_its_field(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    press(Qt.Key.Key_Escape)
    write("Xhevahire QOSJA")
    screen.form.person.fields.born.setText("32/13/1990")
    fill(screen, small)
    checked(qtbot, screen)
    assert screen.form.person.fields.born_field.has_error()
    screen.form.foot.save.click()
    assert small.stored(Debrief) == []
    screen.form.person.fields.born.setText("1990")
    qtbot.waitUntil(lambda: not screen.form.person.fields.born_field.has_error())


@pytest.mark.parametrize(
    ("child", "rule"), [(("BF5", "07-005"), "C-1"), (("BF6", "07-006"), "C-2")]
)
def test_a_child_cannot_be_registered_and_the_form_says_why_before_a_time_is_typed(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
    child: tuple[str, str],
    rule: str,
) -> None:
    serial, band = child
    pick(qtbot, screen, band)
    checked(qtbot, screen)
    assert str(screen.form.person.registration_id()) == small.id_of(serial)
    assert rules(screen) == {rule}
    fill(screen, small)
    checked(qtbot, screen)
    assert not screen.form.foot.save.isEnabled()
    assert not screen.form.foot.and_next.isEnabled()
    assert screen.form.foot.sentence.text().startswith("Nobody can register this.")
    assert "supervisor" in screen.form.foot.sentence.text()
    press(Qt.Key.Key_Return, CTRL)
    assert small.stored(Debrief) == []


def test_another_agencys_plan_is_a_stop_that_saves_and_waits(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    first = small.register("Kent Police", "BF1", "13:00")
    pick(qtbot, screen, "07-001")
    fill(screen, small)
    qtbot.waitUntil(lambda: "D-1" in rules(screen))
    stop = screen.form.panel.cards()[0].content
    assert stop.level is Level.STOP
    assert "Kent Police" in stop.title
    assert first.reference in stop.title
    assert not stop.body.startswith(stop.title)
    assert "1 stop" in screen.form.foot.stops.accessibleName()
    assert screen.form.foot.save.isEnabled()
    press(Qt.Key.Key_Return, CTRL)
    assert len(small.stored(Debrief)) == 2
    assert [c.kind.value for c in small.conflicts("same_person")] == ["same_person"]
    assert screen.strip.badge.level is Level.STOP
    with qtbot.waitSignal(screen.go) as heard:
        screen.strip.action.click()
    assert heard.args == ["conflicts", None]


def test_a_check_leads_to_the_field_that_mends_it(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    small.register("NCA", "BF2", "14:00")
    pick(qtbot, screen, "07-001")
    fill(screen, small)
    qtbot.waitUntil(lambda: "X-7" in rules(screen))
    cards = {card.content.title: card for card in screen.form.panel.cards()}
    room = next(card for title, card in cards.items() if "Room 1" in title)
    room.setFocus()
    press(Qt.Key.Key_Return)
    assert screen.form.session.room.lineEdit().hasFocus()
    lead = next(card for title, card in cards.items() if "N. Ready" in title)
    lead.setFocus()
    press(Qt.Key.Key_Return)
    assert screen.form.session.lead.lineEdit().hasFocus()


def test_the_cards_keep_their_height_when_there_are_more_than_fit(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    screen.resize(1158, 600)
    small.register("Kent Police", "BF1", "13:00")
    small.register("NCA", "BF2", "14:00")
    pick(qtbot, screen, "07-001")
    fill(screen, small)
    qtbot.waitUntil(lambda: len(screen.form.panel.cards()) > 4)

    def cut() -> list[str]:
        labels = [x for card in screen.form.panel.cards() for x in card.findChildren(QLabel)]
        return [x.text() for x in labels if x.height() < x.heightForWidth(x.width())]

    qtbot.waitUntil(lambda: not cut())


def test_saving_and_going_on_takes_the_next_of_the_boat_and_keeps_the_session(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    small.register("Kent Police", "BF3", "18:00")
    pick(qtbot, screen, "07-002")
    fill(screen, small)
    checked(qtbot, screen)
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert len(small.stored(Debrief)) == 2
    assert screen.is_form()
    assert screen.form.person.person.band == "07-004"
    session = screen.form.session
    assert session.agency.value() == "NCA"
    assert session.lead.value() == small.id_of("N. Ready")
    assert session.start.text() == "14:45"
    assert session.start.hasFocus()
    assert "Next of E-1119-07: Gul STANEKZAI" in plain(screen.strip.text.text())
    checked(qtbot, screen)
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert "Nobody else of this boat" in screen.strip.text.text()
    assert screen.form.person.search.hasFocus()
    assert len(small.stored(Debrief)) == 3


def test_the_agency_used_last_is_offered_again(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    pick(qtbot, screen, "07-001")
    fill(screen, small, "Kent Police")
    checked(qtbot, screen)
    press(Qt.Key.Key_Return, CTRL)
    screen.show_for("new")
    assert screen.form.session.agency.value() == "Kent Police"
    assert screen.form.session.lead.value() is None
    assert screen.form.session.start.text() == ""


def test_leads_are_offered_with_what_they_have_led_and_what_they_lack(
    screen: DebriefsScreen,
) -> None:
    session = screen.form.session
    session.agency.set_value("NCA")
    offered = [session.lead.itemText(at) for at in range(session.lead.count())]
    assert offered == [
        "Not named yet",
        "N. Ready · 60 led · Debriefer until Mon 3 Apr 2028",
        "N. Second · 40 led · Debriefer until Mon 3 Apr 2028",
        "N. Trainee · 1 led · Stop: no authorisation",
    ]


def test_interpreters_of_the_persons_language_come_first(
    screen: DebriefsScreen, qtbot: QtBot
) -> None:
    pick(qtbot, screen, "07-003")
    interpreter = screen.form.session.interpreter
    assert interpreter.itemText(1).startswith("Interpreter P · Pashto")


@pytest.mark.parametrize(("typed", "shown"), [("1430", "14:30"), ("9", "09:00"), ("9.15", "09:15")])
def test_times_typed_in_a_hurry_are_understood(
    screen: DebriefsScreen, typed: str, shown: str
) -> None:
    screen.form.session.start.setFocus()
    write(typed)
    press(Qt.Key.Key_Tab)
    assert screen.form.session.start.text() == shown


def test_a_time_the_clocks_skip_is_refused_aloud(screen: DebriefsScreen) -> None:
    session = screen.form.session
    session.day.set_value(date(2027, 3, 28))
    session.start.setText("0130")
    assert session.starts_at() is None
    assert "does not exist that night" in session.start_field.error.text()


def test_a_time_that_comes_twice_asks_which_is_meant(screen: DebriefsScreen) -> None:
    session = screen.form.session
    assert not session.which_field.isVisible()
    session.day.set_value(date(2026, 10, 25))
    session.start.setText("0130")
    assert session.which_field.isVisible()
    first = session.starts_at()
    session.which.set_value("second")
    assert (session.starts_at() - first).total_seconds() == 3600


def test_a_debrief_that_stands_is_moved_and_checked_again(
    screen: DebriefsScreen,
    small: SmallDesk,
    qtbot: QtBot,
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(saved.debrief_id)
    assert screen.header.title.text() == saved.reference
    assert not screen.form.session.agency.isEnabled()
    assert screen.form.session.start.text() == "10:00"
    assert screen.form.session.lead.value() == small.id_of("N. Ready")
    screen.form.session.start.setText("1115")
    screen.form.session.purpose.set_value("payments")
    screen.form.session.second.set_value("")
    checked(qtbot, screen)
    assert "D-2" not in rules(screen)
    press(Qt.Key.Key_Return, CTRL)
    stored = small.debrief(saved.reference)
    assert (stored.starts_at, stored.ends_at) == (builders.at("11:15"), builders.at("12:00"))
    assert (stored.purpose, stored.second) == ("payments", None)
    assert f"{saved.reference} is changed" in plain(screen.strip.text.text())


def versions(screen: DebriefsScreen) -> VersionsDialog:
    """Give the question about two versions that is shown."""
    return next(d for d in screen.window().findChildren(VersionsDialog) if d.isVisible())


def test_somebody_elses_change_is_never_overwritten(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(saved.debrief_id)
    screen.form.session.start.setText("1115")
    shown = screen.form.card.row.version
    small.desk.write(plans.move, saved.debrief_id, shown, starts_at=builders.at("15:00"))
    press(Qt.Key.Key_Return, CTRL)
    asked = versions(screen)
    assert small.debrief(saved.reference).starts_at == builders.at("15:00")
    theirs, mine = asked.ways["starts_at"]
    assert ("15:00" in theirs.text(), "11:15" in mine.text()) == (True, True)
    assert SUPERVISOR in theirs.accessibleDescription()
    asked.go.click()
    assert "Start" in asked.error.text()
    qtbot.waitUntil(theirs.hasFocus)
    asked.reject()
    assert screen.form.session.starts_at() == builders.at("11:15")
    assert small.debrief(saved.reference).starts_at == builders.at("15:00")


def test_what_only_one_of_two_changed_is_taken_over_without_a_question(
    screen: DebriefsScreen, small: SmallDesk
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(saved.debrief_id)
    screen.form.session.start.setText("1115")
    room, shown = small.id_of("Room 9"), screen.form.card.row.version
    small.desk.write(plans.move, saved.debrief_id, shown, room_id=room)
    press(Qt.Key.Key_Return, CTRL)
    asked = versions(screen)
    assert [b.isChecked() for b in asked.ways["room_id"]] == [True, False]
    assert [b.isChecked() for b in asked.ways["starts_at"]] == [False, True]
    asked.go.click()
    stored = small.debrief(saved.reference)
    assert (stored.room.name, stored.starts_at) == ("Room 9", builders.at("11:15"))


@pytest.mark.parametrize(("way", "kept"), [(0, "15:00"), (1, "11:15")])
def test_whichever_of_two_values_is_chosen_both_stay_in_the_history(
    screen: DebriefsScreen, small: SmallDesk, way: int, kept: str
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(saved.debrief_id)
    screen.form.session.start.setText("1115")
    shown = screen.form.card.row.version
    small.desk.write(plans.move, saved.debrief_id, shown, starts_at=builders.at("15:00"))
    press(Qt.Key.Key_Return, CTRL)
    asked = versions(screen)
    asked.ways["starts_at"][way].click()
    asked.go.click()
    assert small.debrief(saved.reference).starts_at == builders.at(kept)
    told = " ".join(row.text for row in small.desk.read(histories.of_person, small.id_of("BF1")))
    assert "11:15" in told
    assert "15:00" in told


def test_a_debrief_somebody_else_ended_meanwhile_is_shown_as_it_is(
    screen: DebriefsScreen, small: SmallDesk
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(saved.debrief_id)
    screen.form.session.start.setText("1115")
    shown = screen.form.card.row.version
    small.desk.write(plans.cancel, saved.debrief_id, shown, CancelReason.LEFT_SITE)
    press(Qt.Key.Key_Return, CTRL)
    assert "over" in screen.strip.text.text()
    assert screen.form.session.start.text() == "10:00"
    assert not screen.form.foot.save.isVisible()


def test_leaving_asks_before_what_was_entered_is_given_up(
    screen: DebriefsScreen, qtbot: QtBot
) -> None:
    pick(qtbot, screen, "07-001")
    screen.form.foot.leave.click()
    (question,) = screen.findChildren(Question)
    assert screen.is_form()
    question.reject()
    assert screen.form.person.registration_id()
    screen.form.foot.leave.click()
    question = next(q for q in screen.findChildren(Question) if q.isVisible())
    question.buttons["leave"].click()
    assert not screen.is_form()
    screen.show_for("new")
    assert screen.form.person.is_empty()


def again(qtbot: QtBot, small: SmallDesk) -> DebriefsScreen:
    """Give the page as it is built after the program was started again."""
    worker = InlineWorker()
    worker.adopt(small.desk)
    fresh = DebriefsScreen(worker)
    qtbot.addWidget(fresh)
    fresh.show()
    fresh.reload()
    fresh.show_for("new")
    return fresh


def kept(qtbot: QtBot, screen: DebriefsScreen) -> None:
    """Wait until what stands in the form is kept."""
    qtbot.waitUntil(lambda: not screen.form._pause.isActive())


def test_a_half_typed_form_is_offered_again_with_every_field_and_gone_once_registered(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape)
    screen.form.person.fields.full_name.set_value("Dawit <b>Haile</b>")
    screen.form.person.fields.band.set_value("31-004")
    fill(screen, small)
    screen.form.session.start.setText("25")
    screen.form.session.shared.set_value(True)
    screen.form.check_again()
    kept(qtbot, screen)
    before = screen.form.plan()
    fresh = again(qtbot, small)
    assert "Dawit <b>Haile</b>" in plain(fresh.strip.text.text())
    fresh.strip.action.click()
    assert fresh.form.session.start.text() == "25"
    assert fresh.form.plan() == before
    fresh.form.session.start.setText("1400")
    fresh.form.foot.save.click()
    assert len(small.stored(Debrief)) == 1
    assert small.desk.drafts() == ()


def test_a_draft_is_sealed_and_belongs_to_who_typed_it(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape)
    screen.form.person.fields.full_name.set_value("Dawit Haile")
    kept(qtbot, screen)
    press(Qt.Key.Key_S, CTRL)
    assert "draft is kept" in screen.strip.text.text()
    (file,) = small.desk.path.parent.glob("*.draft.*")
    assert b"Dawit" not in file.read_bytes()
    assert str(small.desk.who.account_id) in file.name
    assert [one.about for one in small.desk.drafts()] == ["Dawit Haile"]
    mine, small.desk.who = small.desk.who, replace(small.desk.who, account_id=uuid4())
    assert small.desk.drafts() == ()
    small.desk.who = mine


def test_a_draft_for_a_child_or_about_somebody_marked_since_is_still_refused(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    pick(qtbot, screen, "07-005")
    fill(screen, small)
    kept(qtbot, screen)
    fresh = again(qtbot, small)
    fresh.strip.action.click()
    qtbot.waitUntil(lambda: fresh.form.result is not None and fresh.form.result.refused)
    assert not fresh.form.foot.save.isEnabled()
    assert small.stored(Debrief) == []


def test_a_change_that_was_left_is_set_beside_what_somebody_else_changed_meanwhile(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(saved.debrief_id)
    screen.form.session.start.setText("1115")
    kept(qtbot, screen)
    version = screen.form.card.row.version
    small.desk.write(plans.move, saved.debrief_id, version, room_id=small.id_of("Room 9"))
    fresh = again(qtbot, small)
    fresh.strip.action.click()
    assert fresh.form.session.starts_at() == builders.at("11:15")
    fresh.form.foot.save.click()
    asked = versions(fresh)
    assert set(asked.ways) == {"starts_at", "room_id"}
    asked.go.click()
    stored = small.debrief(saved.reference)
    assert (stored.room.name, stored.starts_at) == ("Room 9", builders.at("11:15"))


def test_of_two_drafts_the_one_in_the_form_comes_back_and_the_other_stays_offered(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    ids = []
    for band in ("07-001", "07-002"):
        pick(qtbot, screen, band)
        kept(qtbot, screen)
        ids.append(screen.about().partition(":")[2])
        screen.form.begin(date(2026, 11, 20))
    assert "1 more waits" in plain(screen.strip.text.text())
    for draft_id, name in zip(ids, ("Yonas TESFAYE", "Rahel KIDANE"), strict=True):
        screen.show_for(f"draft:{draft_id}")
        assert screen.form.person.person.name == name
        assert screen.about() == f"draft:{draft_id}"
    assert {one.id for one in small.desk.drafts()} == set(ids)


def test_a_draft_is_forgotten_after_three_days_or_when_it_is_discarded(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    pick(qtbot, screen, "07-001")
    kept(qtbot, screen)
    now = small.desk.now
    small.desk.now = lambda: now() + builders.hours(73)
    assert small.desk.drafts() == ()
    small.desk.now = now
    assert len(small.desk.drafts()) == 1
    screen.form.foot.leave.click()
    question = next(q for q in screen.findChildren(Question) if q.isVisible())
    question.buttons["leave"].click()
    assert small.desk.drafts() == ()
    assert not list(small.desk.path.parent.glob("*.draft.*"))


def test_an_opened_debrief_that_nothing_was_changed_in_is_no_draft(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(saved.debrief_id)
    kept(qtbot, screen)
    assert not screen.form.is_dirty()
    assert small.desk.drafts() == ()


def test_the_next_free_slots_are_shown_by_key_and_one_is_taken_by_its_number(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    pick(qtbot, screen, "07-001")
    screen.form.session.agency.set_value("NCA")
    press(Qt.Key.Key_S, ALT)
    slots = screen.form.slots.list
    assert slots.list.hasFocus()
    shown = [plain(entry.spoken()) for entry in slots.list.entries.entries]
    assert 2 <= len(shown) <= 5
    assert all("Room" in text and "N. " in text and "Interpreter T" in text for text in shown)
    second = slots._slots[1]
    press(Qt.Key.Key_2)
    assert not slots.isVisible()
    plan = screen.form.plan()
    at = second.placement
    assert (plan.starts_at, plan.room_id, plan.lead_id) == (at.start, at.room_id, at.lead_id)
    assert (plan.second_id, plan.interpreter_id) == (at.second_id, at.interpreter_id)
    checked(qtbot, screen)
    standing = [row for row in screen.form.result.findings if not row.todo]
    assert not [row for row in standing if row.level is Level.STOP]
    press(Qt.Key.Key_Return, CTRL)
    assert small.stored(Debrief)[0].starts_at == at.start


def test_an_agency_that_is_written_counts_before_the_keyboard_has_left_its_field(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    pick(qtbot, screen, "07-001")
    session = screen.form.session
    session.start.setText("1400")
    session.agency.setFocus()
    session.agency.setEditText("kent")
    press(Qt.Key.Key_S, ALT)
    assert screen.form.slots.list.isVisible()
    session.agency.setFocus()
    session.agency.setEditText("nca")
    press(Qt.Key.Key_Return, CTRL)
    assert [row.agency.name for row in small.stored(Debrief)] == ["NCA"]


def test_free_slots_say_what_they_depend_on_and_why_there_are_none(
    screen: DebriefsScreen, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_S, ALT)
    assert screen.form.person.search_field.has_error()
    assert not screen.form.slots.list.isVisible()
    pick(qtbot, screen, "07-005")
    screen.form.session.agency.set_value("NCA")
    press(Qt.Key.Key_S, ALT)
    slots = screen.form.slots.list
    assert "under 18" in slots.remark.text()
    assert not slots.list.isVisible()
    slots.close_button.click()
    assert screen.form.session.start.hasFocus()


def test_a_stop_offers_another_slot_and_escape_leaves_the_list(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot
) -> None:
    small.register("NCA", "BF2", "14:00")
    pick(qtbot, screen, "07-001")
    fill(screen, small)
    checked(qtbot, screen)
    stop = next(c for c in screen.form.panel.cards() if c.content.level is Level.STOP)
    (way,) = [one for one in stop.content.actions if one.text == "Free slots"]
    stop.acted.emit(stop.content.key, way.key)
    slots = screen.form.slots.list
    assert slots.list.isVisible()
    slots.order.choose("cheapest")
    slots.order.chosen.emit("cheapest")
    assert [one.cost for one in slots._slots] == sorted(one.cost for one in slots._slots)
    slots.list.setFocus()
    press(Qt.Key.Key_Escape)
    assert not slots.isVisible()
    assert screen.form.session.start.hasFocus()


def test_going_back_to_new_keeps_what_was_entered(screen: DebriefsScreen, qtbot: QtBot) -> None:
    pick(qtbot, screen, "07-001")
    screen.show_for("new")
    assert screen.form.person.person.name == "Yonas TESFAYE"


def test_another_page_can_begin_a_debrief_for_somebody(
    screen: DebriefsScreen,
    small: SmallDesk,
) -> None:
    screen.show_for(f"new:{small.id_of('BF2')}")
    assert screen.form.person.person.name == "Rahel KIDANE"


def test_every_field_has_a_name_and_tab_goes_in_reading_order(
    screen: DebriefsScreen, qtbot: QtBot
) -> None:
    pick(qtbot, screen, "07-001")
    screen.form.person.search.setFocus()
    names = []
    for _step in range(16):
        names.append(spoken(QApplication.focusWidget()))
        press(Qt.Key.Key_Tab)
    wanted = [
        "Search first",
        "Agency (required)",
        "Date",
        "Start (required)",
        "Length",
        "Room",
        "Lead",
        "Second interviewer",
        "Interpreter",
        "How the interpreter takes part",
        "Purpose",
    ]
    assert all(names), names
    places = [names.index(name) for name in wanted]
    assert places == sorted(places)


def test_another_page_can_ask_when_else_a_debrief_could_be(
    screen: DebriefsScreen, small: SmallDesk
) -> None:
    saved = small.register("NCA", "BF1", "10:00")
    screen.show_for(f"slots:{saved.debrief_id}")
    assert screen.header.title.text() == saved.reference
    assert screen.form.slots.list.list.hasFocus()
    slot = screen.form.slots.list._slots[-1]
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    assert small.debrief(saved.reference).starts_at == slot.placement.start


@pytest.mark.parametrize(
    "name",
    ["ሉላ ሃይለ", "هاوار کەریم", "Nguyễn Văn Đức", "<b>Ali</b> &amp; <img src=x>", "W" * 10_000],
)
def test_a_name_in_any_script_or_of_any_length_stays_text_and_pushes_nothing_aside(
    screen: DebriefsScreen, small: SmallDesk, qtbot: QtBot, name: str
) -> None:
    person = small.desk.read(people.listed, "07-001").rows[0]
    inside = screen.form.sheet.area.widget()
    before = inside.minimumSizeHint().width()
    facts = {"own_script": name, "nationality": name[:300], "reference": name[:300]}
    screen.form.person.choose(replace(person, name=name, **facts))
    qtbot.wait(1)
    assert inside.minimumSizeHint().width() <= before + 40
    assert screen.form.person.chosen_name.text() == name
    for label in screen.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or name not in label.text()


def test_what_turns_text_round_is_taken_out_of_a_name_that_is_typed(
    screen: DebriefsScreen, small: SmallDesk
) -> None:
    press(Qt.Key.Key_Escape)
    screen.form.person.fields.full_name.set_value("Dawit \u202eelaF\u202c Haile\u200b")
    fill(screen, small)
    screen.form.foot.save.click()
    kept_as = small.stored(Registration)[-1]
    assert kept_as.full_name == "Dawit elaF Haile"
