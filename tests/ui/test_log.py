"""The log is read by an auditor, filtered, checked, and copied with a recipient on record."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from sqlalchemy import text

from debrief_desk.actions import log
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.log import LogFilter
from debrief_desk.desk import Desk
from debrief_desk.rules.roles import Role
from debrief_desk.ui.log.exporting import ExportDialog
from debrief_desk.ui.log.screen import LogScreen
from debrief_desk.ui.worker import InlineWorker
from tests.conftest import MORNING, PASSWORD, SUPERVISOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Desk], LogScreen]]:
    workers: list[InlineWorker] = []

    def show_(desk: Desk) -> LogScreen:
        worker = InlineWorker()
        workers.append(worker)
        worker.adopt(desk)
        shown = LogScreen(worker)
        qtbot.addWidget(shown)
        shown.resize(1100, 700)
        shown.reload()
        with qtbot.waitActive(shown):
            shown.show()
        return shown

    yield show_
    for worker in workers:
        worker.stop()


@pytest.fixture
def audited(desk: Desk) -> Desk:
    """Give the desk, open as an auditor."""
    desk.add_account(NewAccount("Auditor", (Role.AUDITOR,)), PASSWORD)
    path = desk.path
    desk.close()
    return Desk.open(path, "Auditor", PASSWORD, now=lambda: MORNING)


def sequences(screen: LogScreen) -> list[object]:
    rows = screen.table.rows
    return [rows.key_at(at) for at in range(rows.rowCount())]


def test_events_stand_newest_first_and_can_be_filtered(
    show: Callable[[Desk], LogScreen], audited: Desk
) -> None:
    screen = show(audited)
    total = audited.read(log.listed, LogFilter()).total
    assert total > 1
    assert sequences(screen) == list(range(total, 0, -1))
    screen.account.set_value(
        next(k for k, name in audited.read(log.accounts) if name == SUPERVISOR)
    )
    assert len(sequences(screen)) == total
    screen.kind.set_value("erased")
    assert screen.states.title.text() == "Nothing fits this filter"
    screen.states.action.click()
    screen.day.set_value(dt.date(2026, 11, 19))
    assert sequences(screen) == []
    screen.day.set_value(dt.date(2026, 11, 20))
    assert len(sequences(screen)) == total


def test_the_chain_is_checked_and_its_fingerprint_said(
    show: Callable[[Desk], LogScreen], audited: Desk
) -> None:
    screen = show(audited)
    screen.verify_button.click()
    said = screen.strip.text.text()
    report = audited.read(log.verify)
    assert report.fingerprint in said
    assert "holds" in said


def test_an_event_changed_afterwards_is_named(
    show: Callable[[Desk], LogScreen], audited: Desk
) -> None:
    with audited._opened.writer.begin() as connection:
        guards = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit_event'")
        )
        for (name,) in guards.all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("UPDATE audit_event SET reason = 'other' WHERE sequence = 2"))
    screen = show(audited)
    screen.verify_button.click()
    assert "event \u20662\u2069" in screen.strip.text.text()
    assert screen.strip.badge.text == "Stop"


def test_a_copy_needs_a_recipient_and_is_an_event_itself(
    show: Callable[[Desk], LogScreen], audited: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    screen = show(audited)
    before = audited.read(log.listed, LogFilter()).total
    screen.export_button.click()
    dialog = screen.window().findChild(ExportDialog)
    assert dialog is not None
    dialog.next_button.click()
    assert dialog._field.has_error()
    QTest.keyClicks(dialog.recipient, "Commissioner")
    dialog.reject()
    target = tmp_path / "log.csv"
    with qtbot.waitSignal(screen.said):
        screen.write_to(target, "Commissioner")
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == before + 1
    assert rows[0][0] == "Number"
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, before + 1)]
    newest = audited.read(log.listed, LogFilter()).rows[0]
    assert (newest.kind, newest.recipient) == ("disclosed", "Commissioner")
    assert sequences(screen)[0] == newest.sequence


def test_a_copy_that_cannot_be_written_is_not_recorded(
    show: Callable[[Desk], LogScreen], audited: Desk, tmp_path: Path
) -> None:
    screen = show(audited)
    before = audited.read(log.listed, LogFilter()).total
    screen.write_to(tmp_path / "no such folder" / "log.csv", "Commissioner")
    assert screen.strip.isVisible()
    assert audited.read(log.listed, LogFilter()).total == before


def test_who_is_no_auditor_may_check_the_chain_and_read_nothing(
    show: Callable[[Desk], LogScreen], desk: Desk
) -> None:
    screen = show(desk)
    assert screen.states.title.text() == "The log is read by an auditor"
    assert not screen.export_button.isEnabled()
    assert screen.first_focus() is screen.verify_button
    screen.verify_button.click()
    assert "holds" in screen.strip.text.text()
