"""Two coordinators change one booking (story 10): nothing is overwritten, both stay on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from debrief_desk.actions import debriefs, histories
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.desk import Desk
from debrief_desk.rules.roles import Role
from debrief_desk.ui.debriefs.screen import DebriefsScreen
from debrief_desk.ui.debriefs.versions import VersionsDialog
from debrief_desk.ui.worker import Worker
from tests.builders import at
from tests.conftest import PASSWORD, SUPERVISOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.ui.debriefs.form import DebriefForm
    from debrief_desk.ui.main_window import MainWindow
    from tests.conftest import FixedClock

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TAB, RETURN, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space
OTHER, THEIRS = "A. Second", "another quiet harbour at dusk"
LONG = 20_000

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def booking(desk: Desk) -> DebriefRow:
    """Give a plan of the afternoon with a room, which two people are going to change."""
    rows = desk.read(debriefs.listed, DebriefFilter(starts_from=at("12:00"))).rows
    return next(row for row in rows if row.movable and row.room)


def opened(screen: DebriefsScreen, row: DebriefRow, qtbot: QtBot) -> DebriefForm:
    screen.show_for(row.id)
    form = screen.form
    qtbot.waitUntil(lambda: form.card is not None and form.card.row.id == row.id, timeout=LONG)
    return form


def room_of(form: DebriefForm, name: str) -> str:
    """Give the id of the room whose line begins with this name."""
    entry = form.session.room
    at_row = next(n for n in range(entry.count()) if entry.itemText(n).startswith(name))
    return str(entry.itemData(at_row))


def asked(parent: QWidget, qtbot: QtBot) -> VersionsDialog:
    """Give the comparison, once it is shown and has the keyboard."""

    def shown() -> list[VersionsDialog]:
        return [d for d in parent.window().findChildren(VersionsDialog) if d.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=LONG)
    (dialog,) = shown()
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def told(desk: Desk, row: DebriefRow) -> str:
    """Give what the history of the person says of the booking."""
    lines = desk.read(histories.of_person, row.registration_id)
    return "\n".join(line.text for line in lines if row.reference in line.text)


def test_one_changes_the_room_and_another_then_the_time_and_both_changes_stand(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(Worker(), record_day)
    row = booking(record_day)
    window.visit("debriefs")
    first = window.screens["debriefs"]
    second = DebriefsScreen(window.worker)
    qtbot.addWidget(second)
    second.show()
    a, b = opened(first, row, qtbot), opened(second, row, qtbot)
    a.session.room.set_value(room_of(a, "Room 6" if row.room != "Room 6" else "Room 5"))
    chosen = a.session.room.currentText().split(" · ")[0]
    b.session.start.setText("1655")
    a.foot.save.click()
    qtbot.waitUntil(lambda: not first.is_form() and window.worker.is_idle, timeout=LONG)

    b.foot.save.click()
    dialog = asked(second, qtbot)
    theirs, mine = dialog.ways["room_id"]
    assert (theirs.text(), mine.text()) == (chosen, row.room)
    assert SUPERVISOR in theirs.accessibleDescription()
    assert "16:55" in dialog.ways["starts_at"][1].text()
    kept = record_day.read(debriefs.listed, DebriefFilter(text=row.reference)).rows[0]
    assert (kept.room, kept.starts_at) == (chosen, row.starts_at)

    press(RETURN)
    qtbot.waitUntil(lambda: not second.is_form() and window.worker.is_idle, timeout=LONG)
    kept = record_day.read(debriefs.listed, DebriefFilter(text=row.reference)).rows[0]
    assert (kept.room, kept.starts_at) == (chosen, at("16:55"))
    second.close()


@pytest.fixture
def sign_in(
    record_day_path: Path, clock: FixedClock, qtbot: QtBot
) -> Callable[[Worker, str, str], Desk]:
    """Open the desk for an account where the window does, on the thread that writes."""
    with Desk.open(record_day_path, SUPERVISOR, PASSWORD, now=clock) as desk:
        desk.add_account(NewAccount(OTHER, (Role.COORDINATOR,)), THEIRS)

    def open_(worker: Worker, name: str, password: str) -> Desk:
        opened: list[Desk] = []
        worker.do(lambda: Desk.open(record_day_path, name, password, now=clock), then=opened.append)
        qtbot.waitUntil(lambda: bool(opened), timeout=LONG)
        return opened[0]

    return open_


def test_a_change_left_half_typed_meets_that_of_the_next_account_at_the_same_desk(
    sign_in: Callable[[Worker, str, str], Desk],
    open_window: Callable[[Worker, Desk], MainWindow],
    qtbot: QtBot,
) -> None:
    worker = Worker()
    desk = sign_in(worker, SUPERVISOR, PASSWORD)
    window = open_window(worker, desk)
    row = booking(desk)
    window.visit("debriefs")
    form = opened(window.screens["debriefs"], row, qtbot)
    rooms = [room_of(form, name) for name in ("Room 5", "Room 6", "Room 7")]
    names = dict(zip(rooms, ("Room 5", "Room 6", "Room 7"), strict=True))
    mine, theirs = [one for one in rooms if names[one] != row.room][:2]
    form.session.room.set_value(mine)
    qtbot.waitUntil(lambda: len(desk.drafts()) == 1, timeout=LONG)
    window.lock()
    qtbot.waitUntil(lambda: window.worker.is_idle, timeout=LONG)

    worker.adopt(sign_in(worker, OTHER, THEIRS))
    window.enter()
    qtbot.waitUntil(lambda: bool(window.screens) and window.worker.is_idle, timeout=LONG)
    assert not window.banner.isVisible()
    window.visit("debriefs")
    form = opened(window.screens["debriefs"], row, qtbot)
    form.session.room.set_value(theirs)
    form.foot.save.click()
    screen = window.screens["debriefs"]
    qtbot.waitUntil(lambda: not screen.is_form() and window.worker.is_idle, timeout=LONG)
    window.lock()
    qtbot.waitUntil(lambda: window.worker.is_idle, timeout=LONG)

    desk = worker.adopt(sign_in(worker, SUPERVISOR, PASSWORD))
    window.enter()
    qtbot.waitUntil(window.banner.isVisible, timeout=LONG)
    assert "waits since" in window.banner.text.text()
    window.banner.action.click()
    screen = window.screens["debriefs"]
    qtbot.waitUntil(lambda: screen.form.session.room.value() == mine, timeout=LONG)
    qtbot.waitUntil(lambda: window.worker.is_idle, timeout=LONG)
    screen.form.foot.save.click()
    dialog = asked(window, qtbot)
    ways = dialog.ways["room_id"]
    assert [way.text() for way in ways] == [names[theirs], names[mine]]
    assert OTHER in ways[0].accessibleDescription()
    assert ways[0].hasFocus()
    press(RETURN)
    assert dialog.isVisible()
    assert "Room" in dialog.error.text()
    press(SPACE)
    press(RETURN)
    qtbot.waitUntil(lambda: not screen.is_form() and window.worker.is_idle, timeout=LONG)
    kept = desk.read(debriefs.listed, DebriefFilter(text=row.reference)).rows[0]
    assert kept.room == names[theirs]
    assert names[mine] in told(desk, row)
    assert names[theirs] in told(desk, row)
    assert desk.drafts() == ()
