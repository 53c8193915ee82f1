"""Rosters for one room or person, one for each, and the pages before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import rosters
from debrief_desk.store.models import Interpreter, Interviewer, Room
from debrief_desk.ui.rosters.page_preview import show_pages
from debrief_desk.ui.rosters.screen import RostersScreen
from tests import planned_day
from tests.planned_day import rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def staffed(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with three plans without a team, and one with a whole one at 15:00."""
    planned_day.fill(desk, tmp_path)
    ids = {
        row.name: str(row.id)
        for kind in (Interviewer, Interpreter, Room)
        for row in rows(desk, kind)
    }
    team = {
        "lead_id": ids["N. Ready"],
        "second_id": ids["N. Second"],
        "interpreter_id": ids["Interpreter P"],
        "room_id": ids["Room 1"],
        "mode": "in_person",
    }
    planned_day.register(desk, "BF4", "15:00", **team)
    return desk


@pytest.fixture
def screen(open_page: Callable[..., RostersScreen], staffed: Desk) -> RostersScreen:
    return open_page(RostersScreen, staffed, 1200)


def lines(screen: RostersScreen) -> list[rosters.RosterLine]:
    assert screen._sheet is not None
    return list(screen._sheet.rows)


def choose(screen: RostersScreen, post: str, name: str = "") -> None:
    """Choose a room or a post, and one of it by name."""
    screen.options.post.set_value(post)
    if name:
        names = [screen.options.who.itemText(at) for at in range(screen.options.who.count())]
        screen.options.who.set_value(screen.options.who.itemData(names.index(name)))


@pytest.mark.parametrize(
    ("post", "name"),
    [("room", "Room 1"), ("interviewer", "N. Second"), ("interpreter", "Interpreter P")],
)
def test_a_roster_for_one_alone_has_those_lines_alone(
    screen: RostersScreen, post: str, name: str
) -> None:
    assert len(lines(screen)) == 4
    choose(screen, post, name)
    (line,) = lines(screen)
    assert name in (line.room, line.second, line.interpreter)
    assert screen._sheet is not None
    assert name in screen._sheet.meta.window


def test_one_roster_for_each_is_written_and_recorded_by_name(
    screen: RostersScreen, staffed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "debrief_desk.ui.rosters.screen.choose_folder",
        lambda _parent, _title, then: then(tmp_path),
    )
    choose(screen, "interviewer")
    assert screen.options.is_bundle
    assert not screen.options.recipient_field.isVisible()
    assert not screen.to_print.isEnabled()
    screen.to_csv.click()
    files = sorted(path.name for path in tmp_path.glob("roster-*.csv"))
    assert files == [f"roster-2026-11-20-interviewer-0{n}-v1.csv" for n in (1, 2)]
    sent = staffed.read(rosters.issued)
    assert {row.recipient for row in sent} == {"N. Ready", "N. Second"}
    assert {row.level for row in sent} == {"interviewer"}
    screen.to_csv.click()
    assert {row.version for row in staffed.read(rosters.issued)[:2]} == {2}


def test_a_bundle_leaves_nothing_where_one_file_cannot_be_written(
    screen: RostersScreen, staffed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "debrief_desk.ui.rosters.screen.choose_folder",
        lambda _parent, _title, then: then(tmp_path),
    )
    (tmp_path / "roster-2026-11-20-interviewer-02-v1.csv").mkdir()
    choose(screen, "interviewer")
    screen.to_csv.click()
    assert not (tmp_path / "roster-2026-11-20-interviewer-01-v1.csv").exists()
    assert staffed.read(rosters.issued) == ()


def test_the_pages_are_looked_at_without_issuing_anything(
    screen: RostersScreen, staffed: Desk, qtbot: QtBot
) -> None:
    assert screen._sheet is not None
    preview = show_pages(screen, screen._sheet)
    qtbot.waitUntil(lambda: preview.pages.pageCount() > 0)
    assert preview.where.text() == f"Page 1 of {preview.pages.pageCount()}"
    assert not preview.back.isEnabled()
    assert staffed.read(rosters.issued) == ()
    preview.close_button.click()
