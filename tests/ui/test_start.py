"""Before a desk is open: creating one, practising, signing in, getting back in, and what bars it."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from debrief_desk import paths
from debrief_desk.actions import desks
from debrief_desk.app import practise
from debrief_desk.desk import Desk
from debrief_desk.ui.start import create as create_module
from debrief_desk.ui.start import known
from debrief_desk.ui.start import recovery as recovery_module
from debrief_desk.ui.start import screen as screen_module
from debrief_desk.ui.start.screen import StartScreen
from debrief_desk.ui.worker import InlineWorker

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

NAME, PASSWORD, OTHER = "First Supervisor", "a quiet harbour at dawn", "seven green lanterns swing"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this user's desks: one of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setattr(paths, "desks", lambda: folder)
    return folder


@pytest.fixture
def worker() -> Iterator[InlineWorker]:
    worker = InlineWorker()
    yield worker
    worker.stop()


@pytest.fixture
def begin(qtbot: QtBot, worker: InlineWorker, tmp_path: Path) -> Callable[[], StartScreen]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)

    def begin() -> StartScreen:
        start = StartScreen(worker, settings, practise)
        qtbot.addWidget(start)
        start.resize(1100, 720)
        with qtbot.waitActive(start):
            start.show()
        start.focus_first()
        return start

    return begin


@pytest.fixture
def at_home(home: Path, desk_path: Path) -> Path:
    """A desk in the user's folder."""
    home.mkdir()
    target = home / "Manston.desk"
    shutil.copy(desk_path, target)
    shutil.copy(f"{desk_path}.keys", f"{target}.keys")
    return target


def typed(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClicks(widget, text)


def pressed(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def filled(start: StartScreen, password: str = PASSWORD, again: str | None = None) -> None:
    page = start.create_page
    typed(page.site, "Western Jet Foil")
    typed(page.hours, "96")
    typed(page.agencies, "NCA")
    QTest.keyClick(page.agencies, Qt.Key.Key_Return)
    QTest.keyClicks(page.agencies, "Kent Police")
    typed(page.supervisor, "Ada North")
    typed(page.password, password)
    typed(page.again, password if again is None else again)


def test_the_first_start_offers_to_create_or_to_practise(begin: Callable[[], StartScreen]) -> None:
    start = begin()
    assert start.pages.currentWidget() is start.welcome
    assert start.welcome.create_button.hasFocus()


def test_a_desk_is_created_and_entered_once_the_key_is_put_away(
    begin: Callable[[], StartScreen], worker: InlineWorker, qtbot: QtBot, home: Path
) -> None:
    start = begin()
    pressed(start.welcome.create_button)
    assert start.create_page.site.hasFocus()
    filled(start)
    QTest.keyClick(start.create_page.again, Qt.Key.Key_Return)
    assert start.pages.currentWidget() is start.recovery
    key = start.recovery.key.text()
    assert len([sign for sign in key if sign.isalnum() or sign in "*~$="]) == 33
    pressed(start.recovery.go_button)
    assert start.pages.currentWidget() is start.recovery
    assert "print the key" in start.recovery.strip.text.text()
    start.recovery.put_away.click()
    with qtbot.waitSignal(start.entered):
        pressed(start.recovery.go_button)
    assert worker.desk is not None
    assert worker.desk.path == home / "Western-Jet-Foil.desk"
    summary = worker.desk.read(desks.summary)
    assert (summary.site, summary.limit_minutes, summary.practice) == (
        "Western Jet Foil",
        96 * 60,
        False,
    )
    assert [row.name for row in worker.desk.read(desks.agencies)] == ["NCA", "Kent Police"]
    assert start.recovery.key.text() == ""
    assert start.create_page.password.text() == ""


def test_what_is_missing_is_said_beside_its_field(
    begin: Callable[[], StartScreen], home: Path
) -> None:
    start = begin()
    pressed(start.welcome.create_button)
    page = start.create_page
    typed(page.hours, "a day")
    pressed(page.create_button)
    assert [
        field.has_error()
        for field in (page.site_field, page.hours_field, page.supervisor_field, page.password_field)
    ] == [True] * 4
    assert page.site.hasFocus()
    assert not home.exists()


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", None, "at least"),
        ("password2026", None, "first that anybody"),
        (PASSWORD, OTHER, "differ"),
    ],
)
def test_a_password_that_will_not_do_is_said_and_nothing_is_made(
    begin: Callable[[], StartScreen], home: Path, password: str, again: str | None, said: str
) -> None:
    start = begin()
    pressed(start.welcome.create_button)
    filled(start, password, again)
    pressed(start.create_page.create_button)
    page = start.create_page
    assert said in page.password_field.error.text() + page.again_field.error.text()
    assert not list(home.glob("*.desk*"))


def test_another_folder_can_be_chosen_for_a_new_desk(
    begin: Callable[[], StartScreen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        create_module, "choose_folder", lambda _parent, _title, then: then(tmp_path / "elsewhere")
    )
    start = begin()
    pressed(start.welcome.create_button)
    pressed(start.create_page.place_button)
    filled(start)
    assert str(tmp_path / "elsewhere") in start.create_page.place.text()
    pressed(start.create_page.create_button)
    assert (tmp_path / "elsewhere" / "Western-Jet-Foil.desk").is_file()


def test_the_sheet_is_saved_as_a_page_that_holds_the_key(
    begin: Callable[[], StartScreen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(
        recovery_module, "choose_target", lambda _parent, _title, _name, then: then(target)
    )
    start = begin()
    pressed(start.welcome.create_button)
    filled(start)
    pressed(start.create_page.create_button)
    pressed(start.recovery.save_button)
    assert target.read_bytes().startswith(b"%PDF")
    assert "sheet.pdf" in start.recovery.strip.text.text()


def test_a_sheet_that_cannot_be_saved_is_said(
    begin: Callable[[], StartScreen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        recovery_module,
        "choose_target",
        lambda _parent, _title, _name, then: then(tmp_path / "nowhere" / "sheet.pdf"),
    )
    start = begin()
    start.pages.setCurrentWidget(start.recovery)
    pressed(start.recovery.save_button)
    assert "Choose another place" in start.recovery.strip.text.text()


def test_later_starts_list_the_desks_and_sign_in(
    begin: Callable[[], StartScreen], worker: InlineWorker, qtbot: QtBot, at_home: Path
) -> None:
    start = begin()
    assert start.pages.currentWidget() is start.sign_in
    qtbot.waitUntil(lambda: start.sign_in.name.value() == NAME)
    qtbot.waitUntil(start.sign_in.password.hasFocus)
    QTest.keyClicks(start.sign_in.password, PASSWORD)
    with qtbot.waitSignal(start.entered):
        QTest.keyClick(start.sign_in.password, Qt.Key.Key_Return)
    assert worker.desk is not None
    assert worker.desk.path == at_home
    assert start.sign_in.password.text() == ""


def test_a_wrong_password_is_said_and_each_next_one_takes_longer(
    begin: Callable[[], StartScreen], worker: InlineWorker, qtbot: QtBot, at_home: Path
) -> None:
    start = begin()
    page = start.sign_in
    qtbot.waitUntil(lambda: page.name.value() == NAME)
    typed(page.password, "not the right password")
    pressed(page.sign_in_button)
    assert page.strip.text.text() == "The name or the password is wrong."
    assert worker.desk is None
    for _ in range(3):  # as three more wrong ones would have it
        from debrief_desk.store import keys, slots

        keys._count(at_home, slots.read(at_home).slots[0].id, __import__("time").monotonic())
    pressed(page.sign_in_button)
    assert "Wait" in page.strip.text.text()
    assert not page.sign_in_button.isEnabled()
    assert "second" in page.sign_in_button.text()
    shown = page.sign_in_button.text()
    page.tick.timeout.emit()
    assert page.sign_in_button.text() != shown
    for _ in range(10):
        page.tick.timeout.emit()
    assert page.sign_in_button.isEnabled()


def test_a_file_that_is_no_desk_cannot_be_signed_in_to(
    begin: Callable[[], StartScreen], qtbot: QtBot, at_home: Path
) -> None:
    (at_home.parent / "stray.desk").write_text("a shopping list")
    start = begin()
    start.sign_in.choose(at_home.parent / "stray.desk")
    qtbot.waitUntil(lambda: "not a desk" in start.sign_in.strip.text.text())
    assert not start.sign_in.sign_in_button.isEnabled()
    start.sign_in.choose(at_home)
    qtbot.waitUntil(start.sign_in.sign_in_button.isEnabled)
    assert start.sign_in.strip.isHidden()


def test_a_desk_open_elsewhere_says_where(
    begin: Callable[[], StartScreen], qtbot: QtBot, at_home: Path
) -> None:
    with Desk.open(at_home, NAME, PASSWORD):
        start = begin()
        qtbot.waitUntil(lambda: start.sign_in.name.value() == NAME)
        typed(start.sign_in.password, PASSWORD)
        pressed(start.sign_in.sign_in_button)
        said = start.sign_in.strip.text.text()
    assert socket.gethostname() in said
    assert str(os.getpid()) in said


def test_a_damaged_desk_is_said_and_left_alone(
    begin: Callable[[], StartScreen], qtbot: QtBot, at_home: Path
) -> None:
    contents = bytearray(at_home.read_bytes())
    contents[200:4000] = bytes(3800)
    at_home.write_bytes(contents)
    start = begin()
    qtbot.waitUntil(lambda: start.sign_in.name.value() == NAME)
    typed(start.sign_in.password, PASSWORD)
    pressed(start.sign_in.sign_in_button)
    assert "damaged" in start.sign_in.strip.text.text()
    assert at_home.read_bytes() == bytes(contents)


def test_a_file_elsewhere_is_opened_and_remembered(
    begin: Callable[[], StartScreen],
    qtbot: QtBot,
    desk_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        screen_module, "choose_file", lambda _parent, _title, _patterns, then: then(desk_path)
    )
    start = begin()
    pressed(start.welcome.open_button)
    qtbot.waitUntil(lambda: start.sign_in.name.value() == NAME)
    assert known.known_desks(start.settings) == (desk_path,)
    assert begin().pages.currentWidget().accessibleName() == "Sign in"


def test_the_recovery_key_sets_a_new_password_and_hands_over_a_new_key(
    begin: Callable[[], StartScreen], worker: InlineWorker, qtbot: QtBot, home: Path
) -> None:
    path = home / "Lost.desk"
    made, printed = Desk.create(path, desks.DeskSetup("Lost Harbour", NAME), PASSWORD)
    made.close()
    start = begin()
    qtbot.waitUntil(lambda: start.sign_in.name.value() == NAME)
    pressed(start.sign_in.forgotten_button)
    page = start.forgotten
    assert page.recovery.hasFocus()
    typed(page.recovery, printed[:-6] + "00000")
    typed(page.password, OTHER)
    typed(page.again, OTHER)
    pressed(page.set_button)
    assert page.recovery_field.has_error()
    typed(page.recovery, printed.lower().replace("-", " "))
    typed(page.password, "short")
    typed(page.again, "short")
    pressed(page.set_button)
    assert "at least" in page.password_field.error.text()
    typed(page.password, OTHER)
    typed(page.again, OTHER)
    pressed(page.set_button)
    assert start.pages.currentWidget() is start.recovery
    assert "Lost Harbour" in start.recovery.about.text()
    start.recovery.put_away.click()
    with qtbot.waitSignal(start.entered):
        pressed(start.recovery.go_button)
    worker.leave()
    Desk.open(path, NAME, OTHER).close()


def test_a_practice_desk_opens_at_once_and_is_kept_for_the_day(
    begin: Callable[[], StartScreen], worker: InlineWorker, qtbot: QtBot
) -> None:
    start = begin()
    with qtbot.waitSignal(start.entered):
        pressed(start.welcome.practice_button)
    assert worker.desk is not None
    assert worker.desk.read(desks.summary).practice
    first = worker.desk.path
    assert known.is_practice(first)
    worker.leave()
    again = begin()
    qtbot.waitUntil(lambda: bool(again.sign_in.password.text()))
    with qtbot.waitSignal(again.entered):
        pressed(again.sign_in.sign_in_button)
    assert worker.desk.path == first


def test_every_field_before_signing_in_has_a_name_and_tab_follows_the_page(
    begin: Callable[[], StartScreen],
) -> None:
    start = begin()
    pressed(start.welcome.create_button)
    page = start.create_page
    order = [
        page.site, page.hours, page.agencies, page.supervisor, page.password, page.again,
        page.place_button, page.back_button, page.create_button,
    ]  # fmt: skip
    for here, following in itertools.pairwise(order):
        assert here.accessibleName() or here.text()  # type: ignore[attr-defined]
        assert here.hasFocus()
        QTest.keyClick(here, Qt.Key.Key_Tab)
        assert following.hasFocus()
