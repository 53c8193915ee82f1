"""A coordinator registers on the record day, by keyboard alone, in the whole window."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import conflicts, debriefs, people
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.severity import Level
from debrief_desk.store.models import Debrief
from debrief_desk.ui.worker import InlineWorker, Worker
from tests import builders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QKeyEvent
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.debriefs.form import DebriefForm
    from debrief_desk.ui.debriefs.screen import DebriefsScreen
    from debrief_desk.ui.main_window import MainWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOST_KEYS = 60
CHORD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt)
"""Keys that are held while another is pressed; with it they are one press."""

pytestmark = pytest.mark.qt_log_ignore(  # what the offscreen platform says of every drop-down
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


class Keys(QObject):
    """A keyboard that counts: every press that is not a letter of the text itself.

    `seen` counts each press the program was given, whoever made it: before anything else Qt asks
    whether it is a shortcut, at one widget after the other until the key is let go.
    """

    def __init__(self) -> None:
        super().__init__()
        self.presses = self.letters = self.seen = 0
        self._held = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        asks = event.type() is QEvent.Type.ShortcutOverride
        if asks and cast("QKeyEvent", event).key() not in CHORD:
            self.seen += not self._held
            self._held = True
        elif event.type() is QEvent.Type.KeyRelease:
            self._held = False
        return False

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the keyboard is: in a list that has dropped down, else in the field."""
        self.presses += 1
        QTest.keyClick(
            QApplication.activePopupWidget() or QApplication.focusWidget(), key, modifiers
        )

    def write(self, text: str) -> None:
        """Write a text, which does not count."""
        for letter in text:
            self.letters += 1
            where = QApplication.activePopupWidget() or QApplication.focusWidget()
            QTest.keyClicks(where, letter)

    def tab_to(self, field: QWidget) -> None:
        """Press Tab until a field has the keyboard."""
        for _time in range(6):
            if field.hasFocus() or field.isAncestorOf(QApplication.focusWidget()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(field.objectName())


@pytest.fixture
def keys(qapp: QApplication) -> Iterator[Keys]:
    keys = Keys()
    qapp.installEventFilter(keys)
    yield keys
    qapp.removeEventFilter(keys)


def begin(window: MainWindow, keys: Keys, qtbot: QtBot) -> DebriefForm:
    """Begin a debrief with Ctrl+N and wait until its search has the keyboard."""
    keys.press(Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: "debriefs" in window.screens)
    screen: DebriefsScreen = window.screens["debriefs"]
    form = screen.form
    qtbot.waitUntil(lambda: form.person.search.hasFocus() and form.session.agency.count() > 0)
    return form


def choose(form: DebriefForm, keys: Keys, qtbot: QtBot, band: str) -> None:
    """Search for a band and take the record that is marked."""
    keys.write(band)
    qtbot.waitUntil(lambda: form.person._shown_for == band)
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form.person.registration_id()))


def checked(form: DebriefForm, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: form.result is not None and not form._pause.isActive())
    qtbot.waitUntil(lambda: form.page.worker.is_idle)


def stored(desk: Desk, reference: str) -> Debrief:
    with Session(desk._opened.reader) as session:
        return session.scalars(select(Debrief).where(Debrief.reference == reference)).unique().one()


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2068\u2069")


def free_adult(desk: Desk) -> people.PersonRow:
    """Give an adult of the manifest for whom nobody plans, with a next one of the same boat."""
    page = desk.read(people.listed, "", 0, 400)
    return next(
        row
        for row in page.rows
        if row.agency == "Border Force"
        and row.born
        and not row.open_plans
        and not row.child_flag
        and row.records == 1
        and desk.read(people.next_of_boat, row.id) is not None
    )


def test_a_debrief_is_registered_by_keyboard_alone_in_at_most_sixty_presses(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot, keys: Keys
) -> None:
    window = open_window(Worker(), record_day)
    who = free_adult(record_day)
    form = begin(window, keys, qtbot)
    choose(form, keys, qtbot, who.band)
    session = form.session
    for field, text in (
        (session.agency, "NCA"),
        (session.start, "1730"),
        (session.room, "Room 4"),
        (session.lead, "Ogilvie"),
        (session.second, "Thwaite"),
        (session.interpreter, ""),
        (session.purpose, "Route"),
    ):
        keys.tab_to(field)
        keys.write(text)
    keys.tab_to(session.shared)
    keys.press(Qt.Key.Key_Space)
    assert session.start.text() == "17:30"
    checked(form, qtbot)
    window.activateWindow()  # the offscreen platform leaves no window active after a drop-down
    qtbot.waitUntil(window.isActiveWindow)
    keys.press(Qt.Key.Key_1, ALT)
    assert form.panel.cards()[0].hasFocus()
    keys.press(Qt.Key.Key_Return, CTRL)
    screen = window.screens["debriefs"]
    qtbot.waitUntil(lambda: not screen.is_form())
    qtbot.waitUntil(lambda: window.worker.is_idle)
    reference = plain(screen.strip.text.text()).split()[0]
    kept = stored(record_day, reference)
    assert str(kept.registration_id) == who.id
    assert kept.starts_at == builders.at("17:30")
    assert (kept.lead.name, kept.second.name, kept.room.name) == (
        "A. Ogilvie",
        "B. Thwaite",
        "Room 4",
    )
    assert kept.agency.name == "NCA"
    assert kept.purpose == "route"
    assert kept.recorded == {"shared_language": True}
    assert screen.list.row().reference == reference
    assert keys.seen == keys.presses + keys.letters
    assert keys.presses <= MOST_KEYS, keys.presses
    assert keys.presses <= 25, keys.presses


def test_somebody_another_agency_has_planned_is_warned_of_before_saving(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot, keys: Keys
) -> None:
    window = open_window(InlineWorker(), record_day)
    day = record_day.read(debriefs.listed, DebriefFilter())
    theirs = next(row for row in day.rows if row.agency == "Kent Police" and row.band)
    before = record_day.read(conflicts.listed)
    form = begin(window, keys, qtbot)
    form.person.choose(record_day.read(people.listed, theirs.person).rows[0])
    form.session.agency.set_value("NCA")
    form.session.start.setText("1745")
    qtbot.waitUntil(lambda: form.result is not None and bool(form.result.findings))
    stop = form.panel.cards()[0].content
    assert stop.level is Level.STOP
    assert "Kent Police" in stop.title
    assert form.foot.save.isEnabled()
    assert "supervisor" in form.foot.sentence.text()
    form.session.start.setFocus()
    keys.press(Qt.Key.Key_Return, CTRL)
    screen = window.screens["debriefs"]
    assert screen.strip.badge.level is Level.STOP
    fresh = {row.id for row in record_day.read(conflicts.listed)} - {row.id for row in before}
    opened_now = [row for row in record_day.read(conflicts.listed) if row.id in fresh]
    assert ConflictKind.SAME_PERSON in {row.kind for row in opened_now}


def test_a_disputed_age_is_refused_with_the_reason_and_nothing_is_kept(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot, keys: Keys
) -> None:
    window = open_window(InlineWorker(), record_day)
    rows = record_day.read(people.listed, "", 0, 1500).rows
    young = next(row for row in rows if row.child_flag == "age_disputed")
    total = record_day.read(debriefs.listed, DebriefFilter()).total
    form = begin(window, keys, qtbot)
    form.person.choose(young)
    form.session.agency.set_value("NCA")
    form.session.start.setText("1745")
    qtbot.waitUntil(lambda: form.result is not None and form.result.refused)
    assert form.foot.sentence.text().startswith("Nobody can register this.")
    assert not form.foot.save.isEnabled()
    keys.press(Qt.Key.Key_Return, CTRL)
    assert window.screens["debriefs"].is_form()
    assert record_day.read(debriefs.listed, DebriefFilter()).total == total


def test_a_boat_is_registered_one_person_after_the_other_with_one_key_each(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot, keys: Keys
) -> None:
    window = open_window(InlineWorker(), record_day)
    total = record_day.read(debriefs.listed, DebriefFilter()).total
    who = free_adult(record_day)
    form = begin(window, keys, qtbot)
    form.person.choose(who)
    form.session.agency.set_value("NCA")
    form.session.start.setText("1800")
    form.session.start.setFocus()
    bands, before, seen = [who.band], keys.presses, keys.seen
    for start in ("19:00", "20:00", "21:00"):
        checked(form, qtbot)
        keys.press(Qt.Key.Key_N, CTRL | SHIFT)
        assert form.session.start.text() == start
        assert form.person.person.event == who.event
        bands.append(form.person.person.band)
    assert keys.presses - before == keys.seen - seen == 3
    assert bands == sorted(set(bands))
    assert record_day.read(debriefs.listed, DebriefFilter()).total == total + 3
