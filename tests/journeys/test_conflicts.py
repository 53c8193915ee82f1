"""A supervisor settles conflicts in the real window, on the real files of a record day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from debrief_desk.actions import conflicts, imports, people
from debrief_desk.app import practise
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.ui import style
from debrief_desk.ui.conflicts.screen import ConflictsScreen
from debrief_desk.ui.main_window import MainWindow
from debrief_desk.ui.parts.messages import Toast
from debrief_desk.ui.tokens import Theme
from debrief_desk.ui.worker import InlineWorker, Worker
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
KENT = RECORD_DAY / "kent-police-planned.csv"


@pytest.fixture
def open_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, record_day: Desk
) -> Iterator[Callable[[Worker], ConflictsScreen]]:
    """Open the real window at the conflicts; the desk is the record day."""
    style.apply_theme(qapp, Theme.LIGHT)
    opened: list[MainWindow] = []

    def open_(worker: Worker) -> ConflictsScreen:
        worker.adopt(record_day)
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(worker, settings=settings, practise=practise)
        opened.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        window.enter()
        qtbot.waitUntil(lambda: bool(window.screens))
        window.visit("conflicts")
        screen = window.screens["conflicts"]
        assert isinstance(screen, ConflictsScreen)
        qtbot.waitUntil(lambda: screen.queue.key() is not None and screen._card is not None)
        return screen

    yield open_
    for window in opened:
        window.close()


@pytest.fixture
def screen(open_window: Callable[[Worker], ConflictsScreen]) -> ConflictsScreen:
    return open_window(InlineWorker())


def rows(desk: Desk, *, everything: bool = False) -> tuple[ConflictRow, ...]:
    return desk.read(conflicts.listed, everything)


def row(desk: Desk, conflict_id: str) -> ConflictRow:
    return next(r for r in rows(desk, everything=True) if r.id == conflict_id)


def choose(
    screen: ConflictsScreen, desk: Desk, kind: ConflictKind, agency: str = ""
) -> ConflictRow:
    found = next(r for r in rows(desk) if r.kind is kind and (not agency or agency in r.agencies))
    assert screen.queue.choose(found.id)
    screen.queue.setFocus()
    return found


def keys(*pressed: Qt.Key) -> None:
    for key in pressed:
        QTest.keyClick(QApplication.focusWidget(), key)


def write(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def decide(key: Qt.Key, reason: str) -> None:
    keys(key)
    write(reason)
    keys(Qt.Key.Key_Return)


def linked_as_one(desk: Desk, found: ConflictRow) -> bool:
    cards = [desk.write(people.card, party.registration_id) for party in found.parties]
    return len({card.row.person_id for card in cards}) == 1


def test_the_same_person_gets_one_joint_debrief_and_the_other_plan_is_cancelled(
    screen: ConflictsScreen, record_day: Desk
) -> None:
    found = choose(screen, record_day, ConflictKind.POSSIBLE_PERSON)
    first, second = found.parties
    decide(Qt.Key.Key_M, "same band, seen by both agencies")
    settled = row(record_day, found.id)
    assert settled.state is ConflictState.DECIDED
    states = {party.debrief_id: party.state for party in settled.parties}
    assert states == {
        first.debrief_id: DebriefState.PLANNED,
        second.debrief_id: DebriefState.CANCELLED,
    }
    assert linked_as_one(record_day, found)
    card = record_day.write(conflicts.card, found.id)
    assert card.decisions[0].plans == f"joint:{first.debrief_reference}"
    assert card.decisions[0].reason == "same band, seen by both agencies"


def test_different_people_are_not_raised_again_when_the_same_file_comes_again(
    screen: ConflictsScreen, record_day: Desk
) -> None:
    found = choose(screen, record_day, ConflictKind.POSSIBLE_PERSON, "Kent Police")
    before = len(rows(record_day))
    decide(Qt.Key.Key_N, "cousins, both were spoken to")
    assert len(rows(record_day)) == before - 1
    record_day.write(imports.take, imports.ImportFile(KENT, agency="Kent Police"))
    assert len(rows(record_day)) == before - 1
    assert not row(record_day, found.id).state.is_open
    assert not linked_as_one(record_day, found)


def test_undo_puts_links_plans_and_conflict_back(screen: ConflictsScreen, record_day: Desk) -> None:
    found = choose(screen, record_day, ConflictKind.POSSIBLE_PERSON)
    decide(Qt.Key.Key_B, "the second team has the language")
    assert row(record_day, found.id).parties[0].state is DebriefState.CANCELLED
    toast = screen.window().findChild(Toast)
    assert toast is not None
    toast.undo_button.click()
    back = row(record_day, found.id)
    assert back.state is ConflictState.REOPENED
    assert [p.state for p in back.parties] == [p.state for p in found.parties]
    assert not linked_as_one(record_day, found)
    assert screen.queue.key() == found.id


def test_a_decided_pair_comes_back_when_a_compared_fact_changes(
    screen: ConflictsScreen, record_day: Desk, tmp_path: Path
) -> None:
    found = choose(screen, record_day, ConflictKind.POSSIBLE_PERSON, "Kent Police")
    kent = next(p for p in found.parties if p.agency == "Kent Police")
    other = next(p for p in found.parties if p.agency != "Kent Police")
    decide(Qt.Key.Key_N, "different parents named")
    assert not row(record_day, found.id).state.is_open
    lines = KENT.read_text(encoding="cp1252").splitlines()
    changed = [
        ";".join((line.split(";")[0], other.person, *line.split(";")[2:]))
        if line.startswith(f"{kent.row_reference};")
        else line
        for line in lines
    ]
    assert changed != lines
    corrected = tmp_path / "kent-police-corrected.csv"
    corrected.write_text("\n".join(changed), encoding="cp1252")
    record_day.write(imports.take, imports.ImportFile(corrected, agency="Kent Police"))
    again = row(record_day, found.id)
    assert again.state is ConflictState.REOPENED
    assert again.reopened_because == "facts_changed"
    assert any(entry.key == found.id for entry in screen.queue.entries.entries)


def test_a_supervisor_clears_several_conflicts_by_keys_alone(
    screen: ConflictsScreen, record_day: Desk
) -> None:
    before = rows(record_day)
    screen.kind.set_value(ConflictKind.POSSIBLE_PERSON.value)
    screen.queue.setFocus()
    wanted = [r.id for r in before if r.kind is ConflictKind.POSSIBLE_PERSON][:4]
    assert screen.queue.key() == wanted[0]
    for number, conflict_id in enumerate(wanted):
        assert screen.queue.key() == conflict_id
        assert screen.queue.hasFocus()
        decide((Qt.Key.Key_N, Qt.Key.Key_A)[number % 2], "heard both agencies")
    settled = [row(record_day, conflict_id) for conflict_id in wanted]
    assert not any(r.state.is_open for r in settled)
    assert [bool(r.parties[1].state is DebriefState.CANCELLED) for r in settled] == [
        False,
        True,
        False,
        True,
    ]


def test_the_threaded_window_decides_and_undoes_without_waiting(
    open_window: Callable[[Worker], ConflictsScreen], qtbot: QtBot
) -> None:
    screen = open_window(Worker())
    screen.kind.set_value(ConflictKind.POSSIBLE_PERSON.value)
    qtbot.waitUntil(
        lambda: (
            screen._card is not None
            and screen._card.row.kind is ConflictKind.POSSIBLE_PERSON
            and screen._card.row.id == screen.queue.key()
        )
    )
    conflict_id = screen.queue.key()
    screen.queue.setFocus()
    decide(Qt.Key.Key_N, "heard both agencies")
    qtbot.waitUntil(lambda: screen.queue.key() not in {conflict_id, None})
    qtbot.waitUntil(lambda: bool(screen.steps.made) and screen.queue.hasFocus())
    QTest.keyClick(screen.queue, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.queue.key() == conflict_id)
    qtbot.waitUntil(
        lambda: screen._card is not None and screen._card.row.state is ConflictState.REOPENED
    )
