"""A supervisor clears a whole inbox with the keyboard alone; nothing goes without a decision."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from debrief_desk.actions import approaches, conflicts, people, plans, staff
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.rules.codes import ApproachOutcome
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import ConflictState
from debrief_desk.ui.worker import InlineWorker, Worker
from tests.builders import at
from tests.conftest import MORNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.actions.people import PersonRow
    from debrief_desk.desk import Desk
    from debrief_desk.ui.conflicts.screen import ConflictsScreen
    from debrief_desk.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEAST = 30
REASON = "Heard both teams"
REOPENED = ConflictState.REOPENED  # answered, but something else holds: it is asked again


def free_adults(desk: Desk) -> Iterator[PersonRow]:
    """Give adults of the manifest for whom nobody plans."""
    for row in desk.read(people.listed, "", 0, 1500).rows:
        if row.agency == "Border Force" and not row.open_plans and not row.child_flag and row.event:
            yield row


def register(desk: Desk, who: PersonRow, agency: str, start: str, **values: Any) -> str:
    draft = DebriefPlan(agency, registration_id=who.id, starts_at=at(start), minutes=45, **values)
    return desk.write(plans.register, draft).debrief_id


@pytest.fixture
def mixed(record_day: Desk) -> Desk:
    """The record day with more kinds of conflict, each made by the action that makes it."""
    adults = free_adults(record_day)
    # a second approach twelve hours too soon
    asked = next(adults)
    first = register(record_day, asked, "NCA", "09:30")
    answer = approaches.Answer(ApproachOutcome.NO_ANSWER, MORNING, asked.language or "Dari")
    record_day.write(approaches.record, first, answer)
    # three of one boat at once next door
    rooms = {room.name: room.id for room in record_day.read(staff.rooms)}
    boat = next(adults)
    aboard = [boat, *(row for row in adults if row.event == boat.event)][:3]
    for who, room in zip(aboard, ("Room 1", "Room 2", "Room 3"), strict=True):
        register(record_day, who, "NCA", "20:00", room_id=rooms[room])
    # an interpreter who does not speak the language
    speaks = record_day.read(staff.interpreters)
    fresh = free_adults(record_day)
    spoken = next(row for row in fresh if row.language)
    other = next(one for one in speaks if spoken.language.split()[0] not in str(one))
    register(record_day, spoken, "NCA", "21:00", interpreter_id=other.id, mode="in_person")
    # past the lawful end of the stay
    register(record_day, next(fresh), "Kent Police", "23:30")
    return record_day


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def write_reason() -> None:
    QTest.keyClicks(QApplication.focusWidget(), REASON)
    press(Qt.Key.Key_Return)


def settle(row: ConflictRow, turn: int) -> str:
    """Answer the item that has the keyboard, by keys alone; gives the key that was used."""
    if row.kind.asks_identity:
        key = "NABMU"[turn % 5]
    elif row.kind is ConflictKind.IMPORT:
        key = "N"
    else:
        key = "A" if row.severity == "HARD*" else "CW"[turn % 4 == 3]
    press(getattr(Qt.Key, f"Key_{key}"))
    bar = _bar()
    if not bar.chosen():  # allowing is not offered here: nobody may, or nothing is to be allowed
        key = "C"
        press(Qt.Key.Key_C)
    if bar.options.isVisible() and bar.options.value() is None:
        press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    write_reason()
    return key


def _bar() -> Any:
    screen = next(w for w in QApplication.allWidgets() if type(w).__name__ == "ConflictsScreen" and w.isVisible())  # fmt: skip
    return screen.bar  # type: ignore[attr-defined]


def test_thirty_mixed_conflicts_are_cleared_by_keys_in_order_of_the_nearest_session(
    mixed: Desk, open_window: Callable[[Worker, Desk], MainWindow]
) -> None:
    window = open_window(InlineWorker(), mixed)
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    screen: ConflictsScreen = window.screens["conflicts"]  # type: ignore[assignment]
    assert screen.queue.hasFocus()
    before = {row.id: row for row in mixed.read(conflicts.listed)}
    assert len({row.kind for row in before.values()}) >= 9, Counter(
        row.kind.value for row in before.values()
    )
    settled: dict[str, str] = {}
    visited: list[ConflictRow] = []
    while True:
        rows = {row.id: row for row in mixed.read(conflicts.listed)}
        waiting = [r for r in rows.values() if r.id not in settled or r.state is REOPENED]
        if not waiting:
            break
        key = screen.queue.key()
        assert key == waiting[0].id, "the next one is the nearest that nobody answered"
        visited.append(rows[key])
        settled[key] = settle(rows[key], len(visited))
    after = {row.id: row for row in mixed.read(conflicts.listed, True)}
    assert len(settled) >= LEAST
    times = [row.session_at for row in visited if row.session_at is not None]
    assert times == sorted(times)
    for conflict_id, row in after.items():
        decided = mixed.write(conflicts.card, conflict_id).decisions
        if row.state is ConflictState.DECIDED:
            assert [d for d in decided if d.undone_at is None], row.number
            assert decided[0].reason == REASON
        elif row.state is ConflictState.CLOSED:
            assert row.closed_because == "no_longer_holds", row.number
        else:
            assert settled.get(conflict_id) in ("U", "W"), row.number
            assert row.state is ConflictState.WAITING
    assert {row.state for row in after.values()} >= {ConflictState.DECIDED, ConflictState.WAITING}
    kinds = {after[i].kind for i in settled if after[i].state is ConflictState.DECIDED}
    assert len(kinds) >= 6, kinds


def test_an_item_put_off_leaves_the_keyboard_at_the_next_also_on_the_real_threads(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot
) -> None:
    worker = Worker()
    window = open_window(worker, record_day)
    window.visit("conflicts")
    screen: ConflictsScreen = window.screens["conflicts"]  # type: ignore[assignment]
    order = [row.id for row in record_day.read(conflicts.listed)]

    def shown(key: str) -> bool:
        card = screen._card
        return worker.is_idle and card is not None and screen.queue.key() == key == card.row.id

    for key in order[:4]:
        qtbot.waitUntil(partial(shown, key), timeout=20_000)
        card = screen._card
        assert card is not None
        screen.queue.setFocus()
        press(Qt.Key.Key_U if card.asks_identity else Qt.Key.Key_W)
        write_reason()
    qtbot.waitUntil(partial(shown, order[4]), timeout=20_000)
    rows = {row.id: row.state for row in record_day.read(conflicts.listed)}
    assert {rows[key] for key in order[:4]} == {ConflictState.WAITING}


def test_what_should_be_settled_by_now_is_marked_in_list_and_heading(
    mixed: Desk, open_window: Callable[[Worker, Desk], MainWindow]
) -> None:
    window = open_window(InlineWorker(), mixed)
    window.visit("conflicts")
    screen: ConflictsScreen = window.screens["conflicts"]  # type: ignore[assignment]
    rows = mixed.read(conflicts.listed)
    late = {row.id for row in rows if row.overdue}
    assert late == {
        row.id
        for row in rows
        if row.session_at is not None and (row.session_at - MORNING).total_seconds() <= 30 * 60
    }
    assert late
    assert late != {row.id for row in rows}
    marked = {e.key for e in screen.queue.entries.entries if e.more.startswith("Overdue")}
    assert marked == late
    assert f"{len(late)} overdue" in screen.header.subtitle.text()
