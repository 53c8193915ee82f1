"""Story 7, a record day: the files as they come, in the window and by the command line."""

from __future__ import annotations

import csv
import json
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from debrief_desk.actions import conflicts, imports, people
from debrief_desk.cli import run
from debrief_desk.desk import Desk
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.ui.worker import Worker
from tests.conftest import PASSWORD, RECORD_DAY, RECORD_DAY_FILES, SUPERVISOR
from tests.journeys.test_importing import SLOW, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from pytestqt.qtbot import QtBot

    from debrief_desk.actions.people import PersonRow
    from debrief_desk.ui.main_window import MainWindow

    OpenWindow = Callable[[Worker, Desk], MainWindow]

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.timeout(600),
]
LONGEST_GAP = 1.0  # seconds
READ = {"border-force-manifest.csv": 1309, "nca-planned.xlsx": 420, "kent-police-planned.csv": 260}
KEYS = ("border_force", "nca", "kent_police")


class Heartbeat:
    """Beats every few milliseconds of the event loop, and keeps the longest time between two.

    Of a time between two beats counts what this program worked: what other programs of the machine
    took of it is none of its doing.
    """

    def __init__(self) -> None:
        self.longest = self.wall = 0.0
        self.beats = 0
        self._last = time.perf_counter(), time.process_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        now = time.perf_counter(), time.process_time()
        wall, work = (new - old for new, old in zip(now, self._last, strict=True))
        self._last = now
        self.wall = max(self.wall, wall)
        self.longest = max(self.longest, min(wall, work))
        self.beats += 1


def table(name: str) -> list[dict[str, str]]:
    with (RECORD_DAY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everybody(desk: Desk) -> Iterator[PersonRow]:
    for offset in range(0, 3000, 500):
        yield from desk.read(people.listed, "", offset, 500).rows


def check_who_is_who(desk: Desk) -> None:
    """Hold the desk against the truth of the files."""
    group = {row.serial: row.person_id for row in everybody(desk)}
    assert not [c for c in table("controls.csv") if group[c["serial_a"]] == group[c["serial_b"]]]
    truth = table("truth.csv")
    person = {row[key]: row["person"] for row in truth for key in KEYS if row[key]}
    linked = [
        (row["border_force"], row["nca"])
        for row in truth
        if row["border_force"] and row["nca"] and group[row["border_force"]] == group[row["nca"]]
    ]
    queue = [(p.left.serial, p.right.serial) for p in desk.read(people.to_link, 2000)]
    waiting = [pair for pair in queue if person.get(pair[0], "") == person.get(pair[1], "-")]
    assert len(linked) > 90
    assert len(waiting) > 25  # spelled otherwise, misread, or without a band: nobody linked them
    inbox = [c for c in desk.read(conflicts.listed) if c.kind.asks_identity]
    booked = {frozenset((r["nca"], r["kent_police"])) for r in truth if r["booked_by_both"]}
    assert {frozenset(p.row_reference for p in c.parties) for c in inbox} == booked
    for conflict in inbox:
        assert len({p.agency for p in conflict.parties if p.debrief_id}) > 1
        assert conflict.kind is not ConflictKind.IMPORT


def test_story_7_a_record_day_in_the_window(
    desk: Desk, open_window: OpenWindow, qtbot: QtBot
) -> None:
    worker = Worker()
    window = open_window(worker, desk)
    window.visit("import")
    page: Any = window.screens["import"]
    qtbot.waitUntil(lambda: page.file_step.agency.count() == 4, timeout=SLOW)
    heart = Heartbeat()
    counts = {name: taken(page, qtbot, name, who) for name, who in RECORD_DAY_FILES}
    print(f"longest gap {heart.longest:.3f} s ({heart.wall:.3f} by the clock); {counts}")  # noqa: T201 - the figures
    assert heart.beats > 100
    assert heart.longest < LONGEST_GAP
    assert {name: counts[name]["read"] for name in READ} == READ
    assert counts["nca-planned.xlsx"]["linked"] > 90
    check_who_is_who(desk)
    window.visit("people", "to_link")
    linking: Any = window.screens["people"]
    qtbot.waitUntil(lambda: bool(linking.linking.queue.entries.entries), timeout=SLOW)
    # the same file once more adds nothing and raises nothing
    before = len(desk.read(conflicts.listed, True)), len(desk.read(people.to_link, 2000))
    window.visit("import")
    again = taken(page, qtbot, "nca-planned.xlsx", "NCA")
    assert again["added"] == again["linked"] == again["updated"] == 0
    assert (len(desk.read(conflicts.listed, True)), len(desk.read(people.to_link, 2000))) == before
    qtbot.waitUntil(lambda: worker.is_idle, timeout=SLOW)


def test_story_7_a_record_day_by_the_command_line(
    desk_path: Path,
    record_day: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("DEBRIEF_DESK_PASSWORD", PASSWORD)
    monkeypatch.setenv("DEBRIEF_DESK_NOW", "2026-11-20T08:00:00+00:00")
    own = tmp_path / "own"
    own.mkdir()
    path = own / "record.desk"
    for file in desk_path.parent.glob(f"{desk_path.name}*"):
        if file.suffix in (".desk", ".keys"):
            (own / file.name.replace(desk_path.name, path.name, 1)).write_bytes(file.read_bytes())

    def take(name: str, agency: str) -> Any:
        sender = ("--agency", agency) if agency else ()
        capsys.readouterr()
        assert run(["import", "--desk", str(path), *sender, str(RECORD_DAY / name), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    for name, agency in RECORD_DAY_FILES:
        told = take(name, agency)
        assert told["read"] == sum(told[outcome] for outcome in imports.OUTCOMES) > 0
        assert told["read"] == READ.get(name, told["read"])
        assert len(told["rows"]) == told["parked"] + told["rejected"]
        assert all(row["line"] > 1 and row["reason"] for row in told["rows"])
    again = take("kent-police-planned.csv", "Kent Police")
    assert again["added"] == again["linked"] == again["updated"] == 0
    with Desk.open(path, SUPERVISOR, PASSWORD, now=record_day.now) as desk:
        check_who_is_who(desk)
        assert numbered(desk) == numbered(record_day)  # the same files make the same inbox


def numbered(desk: Desk) -> list[tuple[int, str, tuple[str, ...]]]:
    """Give the inbox as it is listed: number, kind, and the senders' own references."""
    return [
        (row.number, row.kind.value, tuple(p.row_reference for p in row.parties))
        for row in desk.read(conflicts.listed)
    ]
