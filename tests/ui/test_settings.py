"""Settings: what is chosen holds at once, and accounts, agencies and backups are real."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from debrief_desk.actions import accounts, desks, people, plans, welfare
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.registrations import PersonEntry
from debrief_desk.actions.welfare import WelfareEntry
from debrief_desk.desk import Desk
from debrief_desk.errors import NotAllowed
from debrief_desk.rules.codes import CancelReason
from debrief_desk.rules.roles import Role
from debrief_desk.ui import style
from debrief_desk.ui.main_window import apply_saved_theme
from debrief_desk.ui.parts.messages import Question
from debrief_desk.ui.settings import backup as backup_module
from debrief_desk.ui.settings.help import topics
from debrief_desk.ui.settings.screen import SECTIONS, SettingsScreen
from debrief_desk.ui.tokens import Theme
from debrief_desk.ui.worker import InlineWorker
from tests import builders
from tests.conftest import PASSWORD, SUPERVISOR

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from tests.conftest import FixedClock

NEW = "seven green lanterns swing"


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def show(qtbot: QtBot, kept: QSettings) -> Iterator[Callable[[Desk], SettingsScreen]]:
    workers: list[InlineWorker] = []

    def show(desk: Desk) -> SettingsScreen:
        worker = InlineWorker()
        workers.append(worker)
        worker.adopt(desk)
        page = SettingsScreen(worker, kept)
        qtbot.addWidget(page)
        page.resize(1160, 720)
        page.reload()
        with qtbot.waitActive(page):
            page.show()
        return page

    yield show
    for worker in workers:
        worker.stop()


@pytest.fixture
def page(show: Callable[[Desk], SettingsScreen], desk: Desk) -> SettingsScreen:
    return show(desk)


def pressed(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_theme_and_text_size_hold_at_once_and_at_the_next_start(
    page: SettingsScreen, kept: QSettings, qapp: QApplication
) -> None:
    pressed(page.appearance.theme._buttons["dark"])
    pressed(page.appearance.text_size._buttons["1.15"])
    assert style.look().dark
    assert style.look().scale == 1.15
    style.apply_theme(qapp, Theme.LIGHT)
    apply_saved_theme(qapp, kept)
    assert style.look().dark
    assert style.look().scale == 1.15
    style.apply_theme(qapp, Theme.LIGHT)


def test_every_section_opens_with_the_keyboard_in_it(page: SettingsScreen) -> None:
    for key in SECTIONS:
        pressed(page.tabs._buttons[key])
        focus = page.first_focus()
        assert focus is not None
        focus.setFocus()
        assert page.stack.currentWidget().isAncestorOf(focus)
        assert focus.hasFocus()


def test_keeping_shows_whose_names_are_due_and_what_stays_and_removes_nothing(
    show: Callable[[Desk], SettingsScreen], desk: Desk, clock: FixedClock
) -> None:
    person = PersonEntry(given_name="Yonas", family_name="TESFAYE", band="07-001")
    made = desk.write(plans.register, builders.plan("NCA", person=person))
    (row,) = desk.read(people.listed).rows
    desk.write(welfare.record, row.id, WelfareEntry(departs_at=builders.at("18:00")))
    desk.write(plans.cancel, made.debrief_id, 1, CancelReason.UNFIT)
    page = show(desk)
    page.show_for("keeping")
    assert page.keeping.states.title.text() == "No name is due today"
    clock.now += timedelta(days=30)
    page.keeping.states.action.click()
    assert page.keeping.states.currentWidget() is page.keeping.table
    model = page.keeping.table.model()
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert "Yonas TESFAYE" in shown[0]
    assert shown[1:] == ["NCA", "Fri 20 Nov 2026", "Sun 20 Dec 2026", "1 slot"]
    assert "1 person would lose names and references: 30 days" in page.keeping.summary.text()
    assert "nothing is removed here" in page.keeping.rest.text()
    page.show_for("appearance")
    page.show_for("keeping")
    assert model.rowCount() == 1


def test_the_own_password_is_changed_with_the_current_one(page: SettingsScreen, desk: Desk) -> None:
    page.show_for("account")
    own = page.own
    assert SUPERVISOR in own.who.text()
    QTest.keyClicks(own.old, PASSWORD)
    QTest.keyClicks(own.password, NEW)
    QTest.keyClicks(own.again, NEW)
    QTest.keyClick(own.again, Qt.Key.Key_Return)
    assert "changed" in own.strip.text.text()
    assert own.password.text() == ""
    path = desk.path
    desk.close()
    Desk.open(path, SUPERVISOR, NEW).close()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (("", NEW, NEW), "old_field"),
        (("not the one", NEW, NEW), "old_field"),
        ((PASSWORD, "short", "short"), "password_field"),
        ((PASSWORD, NEW, "another one entirely"), "again_field"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said_beside_it(
    page: SettingsScreen, desk: Desk, typed: tuple[str, str, str], wrong: str
) -> None:
    page.show_for("account")
    own = page.own
    for entry, text in zip((own.old, own.password, own.again), typed, strict=True):
        entry.setText(text)
    pressed(own.change_button)
    assert getattr(own, wrong).has_error()
    desk.write(accounts.note_password, "changed")  # the desk goes on


def test_an_account_is_added_and_signs_in(page: SettingsScreen, desk: Desk) -> None:
    page.show_for("accounts")
    section = page.accounts
    pressed(section.add_button)
    assert section.name_field.has_error()
    QTest.keyClicks(section.name, "Nadia North")
    section.role.set_value(Role.AGENCY_USER.value)
    assert section.agency.isVisible()
    pressed(section.add_button)
    assert section.agency_field.has_error()
    section.agency.set_value("NCA")
    for entry in (section.password, section.again):
        QTest.keyClicks(entry, NEW)
    pressed(section.add_button)
    assert "Nadia North" in section.strip.text.text()
    assert section.password.text() == ""
    assert section.table.rows.rowCount() == 2
    path = desk.path
    desk.close()
    with Desk.open(path, "Nadia North", NEW) as theirs:
        assert theirs.who.roles == {Role.AGENCY_USER}


def test_a_name_twice_is_refused_beside_the_name(page: SettingsScreen, desk: Desk) -> None:
    section = page.accounts
    page.show_for("accounts")
    section.name.setText(SUPERVISOR)
    section.role.set_value(Role.AUDITOR.value)
    for entry in (section.password, section.again):
        entry.setText(NEW)
    section.submit()
    assert section.name_field.has_error()
    assert len(desk.read(accounts.listed)) == 1


def test_an_account_is_taken_away_after_a_question_and_never_the_own(
    page: SettingsScreen, desk: Desk
) -> None:
    desk.add_account(NewAccount("Second Person", (Role.COORDINATOR,)), NEW)
    page.reload()
    page.show_for("accounts")
    section = page.accounts
    section.table.choose_row(0)
    assert not section.take_away_button.isEnabled()
    section.table.choose_row(1)
    pressed(section.take_away_button)
    (question,) = page.window().findChildren(Question)
    pressed(question.buttons["end"])
    assert Desk.names(desk.path) == (SUPERVISOR,)
    assert [row.active for row in desk.read(accounts.listed)] == [True, False]


def test_accounts_are_locked_for_whoever_is_no_administrator(
    show: Callable[[Desk], SettingsScreen], desk: Desk
) -> None:
    desk.add_account(NewAccount("Second Person", (Role.COORDINATOR,)), NEW)
    path = desk.path
    desk.close()
    with Desk.open(path, "Second Person", NEW) as theirs:
        page = show(theirs)
        page.show_for("accounts")
        assert "administrators" in page.accounts.states.title.text()
        assert page.accounts.form.isHidden()
        with pytest.raises(NotAllowed):
            theirs.back_up()
        page.show_for("backup")
        pressed(page.backup.backup_button)
        assert "may not" in page.backup.strip.text.text()


def test_a_contact_is_saved_and_an_agency_added(page: SettingsScreen, desk: Desk) -> None:
    page.show_for("agencies")
    section = page.agencies
    section.table.choose_row(1)
    section.contact.setText("Duty desk 01304 555 010")
    QTest.keyClick(section.contact, Qt.Key.Key_Return)
    QTest.keyClicks(section.name, "Home Office")
    QTest.keyClick(section.name, Qt.Key.Key_Return)
    rows = desk.read(desks.agencies)
    assert rows[1].contact == "Duty desk 01304 555 010"
    assert rows[-1].name == "Home Office"
    assert section.table.rows.rowCount() == len(rows)
    QTest.keyClicks(section.name, "home office")
    pressed(section.add_button)
    assert section.name_field.has_error()


def test_a_backup_says_how_it_was_proved_and_opens(page: SettingsScreen, desk: Desk) -> None:
    page.show_for("backup")
    pressed(page.backup.backup_button)
    assert "found equal" in page.backup.strip.text.text()
    (copy,) = (desk.path.parent / f"{desk.path.name}.backups").glob("*.desk")
    Desk.open(copy, SUPERVISOR, PASSWORD).close()


def test_a_backup_never_writes_over_a_file(
    page: SettingsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = tmp_path / "standing.desk"
    standing.write_text("something else")
    monkeypatch.setattr(
        backup_module, "choose_target", lambda _parent, _title, _name, then: then(standing)
    )
    page.show_for("backup")
    pressed(page.backup.elsewhere_button)
    assert "already" in page.backup.strip.text.text()
    assert standing.read_text() == "something else"


@pytest.mark.parametrize("topic", [key for key, _title, _file in topics()])
def test_every_help_page_is_there_and_shown_as_plain_text(page: SettingsScreen, topic: str) -> None:
    page.show_for("help")
    page.help.topics.choose(topic)
    text = page.help.text()
    assert len(text) > 200
    assert not any(line.startswith("#") for line in text.splitlines())
