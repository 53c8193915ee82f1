"""Board, roster and staff pages: all named, all reached by Tab, all readable in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from debrief_desk.actions import imports
from debrief_desk.ui.board.screen import BoardScreen
from debrief_desk.ui.rosters.screen import RostersScreen
from debrief_desk.ui.staff.screen import StaffScreen
from debrief_desk.ui.worker import InlineWorker
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.screen import Screen

pytestmark = pytest.mark.usefixtures("dressed")

PAGES: tuple[type[Any], ...] = (BoardScreen, RostersScreen, StaffScreen)


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Iterator[Callable[[type[Any]], Screen]]:
    for name in ("rooms.csv", "interviewers.csv"):
        desk.write(imports.take, imports.ImportFile(RECORD_DAY / name))
    worker = InlineWorker()
    worker.adopt(desk)

    def open_(kind: type[Any]) -> Screen:
        page: Screen = kind(worker)
        qtbot.addWidget(page)
        page.resize(1220, 680)
        page.reload()
        page.show()
        return page

    yield open_
    worker.stop()


def focusable(page: QWidget) -> list[QWidget]:
    return [
        part
        for part in page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(page)
    ]


@pytest.mark.parametrize("kind", PAGES)
def test_whatever_takes_the_focus_is_named(
    opened: Callable[[type[Any]], Screen], kind: type[Any]
) -> None:
    for part in focusable(opened(kind)):
        written = part.text() if isinstance(part, QAbstractButton) else ""
        inside = part.objectName() == "qt_spinbox_lineedit"
        assert part.accessibleName() or written or inside, part


@pytest.mark.parametrize("kind", PAGES)
def test_the_first_focus_is_part_of_the_page(
    opened: Callable[[type[Any]], Screen], kind: type[Any]
) -> None:
    page = opened(kind)
    first = page.first_focus()
    assert first is not None
    assert page.isAncestorOf(first)


@pytest.mark.parametrize("kind", PAGES)
def test_parts_kept_by_the_page_bear_the_name_of_their_attribute(
    opened: Callable[[type[Any]], Screen], kind: type[Any]
) -> None:
    page = opened(kind)
    for name, part in vars(page).items():
        if isinstance(part, QWidget):
            assert part.objectName() == name.lstrip("_")


@pytest.mark.parametrize("kind", PAGES)
def test_tab_goes_through_the_page_and_leaves_it(
    opened: Callable[[type[Any]], Screen], kind: type[Any]
) -> None:
    page = opened(kind)
    wanted = {part for part in focusable(page) if part.objectName() != "qt_spinbox_lineedit"}
    chain: list[QWidget] = []
    part = page.nextInFocusChain()
    while part is not None and part is not page and len(chain) < 4000:
        chain.append(part)
        part = part.nextInFocusChain()
    assert wanted <= set(chain)


@pytest.mark.usefixtures("turned")
@pytest.mark.parametrize("kind", PAGES)
def test_a_turned_layout_is_drawn(opened: Callable[[type[Any]], Screen], kind: type[Any]) -> None:
    page = opened(kind)
    assert page.isRightToLeft()
    assert not page.grab().isNull()
