"""The page Quality: what became of the suggestions, how sure a share is, other limits to try."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from debrief_desk.actions import choosing, people
from debrief_desk.rules.roles import Role
from debrief_desk.ui.quality.limits import _place
from debrief_desk.ui.quality.screen import QualityScreen

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk


@pytest.fixture
def show(open_page: Callable[..., QualityScreen]) -> Callable[[Desk], QualityScreen]:
    return partial(open_page, QualityScreen)


def plain(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\u2066\u2068\u2069")


def cells(screen: QualityScreen, band: str) -> list[str]:
    rows = screen.bands.rows
    at = next(n for n in range(rows.rowCount()) if rows.data(rows.index(n, 0)) == band)
    return [rows.data(rows.index(at, column)) for column in range(rows.columnCount())]


def test_a_fresh_desk_explains_what_will_stand_here(
    desk: Desk, show: Callable[[Desk], QualityScreen]
) -> None:
    screen = show(desk)
    assert screen.states.title.text() == "No pair has been suggested yet"
    assert "what other limits" in screen.states.text.text()
    assert screen.first_focus() is screen.rules_button


def test_before_anybody_decides_nothing_is_called_right(
    record_day: Desk, show: Callable[[Desk], QualityScreen]
) -> None:
    screen = show(record_day)
    assert cells(screen, "All")[2:4] == ["0", "0"]
    assert "All: none decided yet" in screen.precision.accessibleDescription()
    assert screen.limits.states.title.text() == "Nobody has decided a pair yet"
    assert screen.no_reasons.isVisible()
    assert screen.first_focus() is screen.bands


def test_answers_are_counted_and_other_limits_tried(
    record_day: Desk, show: Callable[[Desk], QualityScreen]
) -> None:
    screen = show(record_day)
    pairs = [row for row in record_day.read(people.to_link, 60) if row.band == "probable"]
    first, last = pairs[0], pairs[-1]
    for pair, verdict in ((first, "same"), (last, "different")):
        screen.worker.send(
            people.decide_pair,
            pair.left.id,
            pair.right.id,
            verdict,
            "Looked",
            then=lambda _done: None,
        )
    assert cells(screen, "Probable")[2:4] == ["1", "1"]
    assert "Probable: 1 of 2 · 9–91 %" in plain(screen.precision.accessibleDescription())
    limits = screen.limits
    assert limits.same.text() == (
        "Of 1 pair that was one person: 1 shown, 1 probable or above, 0 missed."
    )
    assert "from 5 %: 1 of one person, 1 of two people" in plain(
        limits.curves.accessibleDescription()
    )
    limits.possible.set_value("0.9")
    limits.probable.set_value("0.5")
    assert limits.error.isVisible()
    limits.probable.set_value("0.95")
    assert not limits.error.isVisible()
    assert limits.different.text().startswith("Of 1 pair that was two people:")


def test_the_policy_is_one_step_away(
    desk: Desk, qtbot: QtBot, show: Callable[[Desk], QualityScreen]
) -> None:
    screen = show(desk)
    with qtbot.waitSignal(screen.go) as heard:
        screen.rules_button.click()
    assert heard.args == ["rules", "policy"]


def test_who_works_for_one_agency_is_told_whom_figures_are_for(
    desk: Desk, show: Callable[[Desk], QualityScreen]
) -> None:
    rows = desk.read(choosing.choices).agencies
    desk.who = replace(desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=UUID(rows[0].id))
    assert show(desk).states.title.text() == "Figures are for the site"


@pytest.mark.parametrize(("limit", "place"), [(0.01, 0.0), (0.05, 2.0), (0.075, 2.5), (1.0, 14.0)])
def test_a_limit_stands_between_the_marks_of_the_axis(limit: float, place: float) -> None:
    assert _place(limit) == pytest.approx(place)
