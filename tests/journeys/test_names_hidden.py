"""At a shared screen one key hides every name, on every page, until it is pressed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    Qt,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QPushButton
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions import conflicts, debriefs, people, rosters, staff
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.actions.rosters import RosterOrder
from debrief_desk.store.models import Registration
from debrief_desk.ui.worker import InlineWorker, Worker
from tests.builders import at, hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.main_window import MainWindow

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PLACES = ("today", "debriefs", "people", "conflicts", "board", "roster", "log")


def names_of(desk: Desk) -> set[str]:
    """Give every part of every name on the desk that no member of staff bears."""
    with Session(desk._opened.reader) as session:
        rows = session.execute(
            select(
                Registration.given_name,
                Registration.family_name,
                Registration.full_name,
                Registration.native_name,
            )
        ).all()
    parts = {part for row in rows for text in row for part in text.split()}
    staff_names = (*desk.read(staff.interviewers), *desk.read(staff.interpreters))
    borne = {part for one in staff_names for part in one.name.split()}
    return {part for part in parts - borne if len(part) > 4 or not part.isascii()}


def texts(model: QAbstractItemModel) -> Iterator[str]:
    root = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    for row in range(model.rowCount(root)):
        for column in range(columns):
            yield str(model.index(row, column).data() or "")


def shown(window: QWidget) -> str:
    """Give everything that can be read in a window, tips and what is read out included."""
    found: list[str] = []
    for widget in window.findChildren(object):
        if isinstance(widget, QLabel | QPushButton | QLineEdit):
            found += [widget.text(), widget.toolTip(), widget.accessibleName()]
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += texts(widget.model())
    return "\n".join(found)


def leaked(desk: Desk, window: QWidget) -> set[str]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pages that are gone
    words = set(shown(window).replace("\u2068", " ").replace("\u2069", " ").split())
    return names_of(desk) & words


def test_no_page_shows_a_name_while_names_are_hidden_and_all_do_again_afterwards(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow]
) -> None:
    window = open_window(InlineWorker(), record_day)
    same = next(r for r in record_day.read(conflicts.listed) if r.kind.asks_identity)
    planned = record_day.read(debriefs.listed, DebriefFilter()).rows[0]
    abouts = {"conflicts": same.id, "people": planned.registration_id, "debriefs": planned.id}
    QTest.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
    assert "Names are hidden" in window.banner.text.text()
    for place in PLACES:
        window.visit(place, abouts.get(place))
        assert leaked(record_day, window) == set(), place
    window.visit("people")
    assert planned.band in shown(window) or planned.reference in shown(window)
    QTest.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
    assert not window.banner.isVisible()
    for place in PLACES[:-1]:
        window.visit(place, abouts.get(place))
        assert leaked(record_day, window), place


def test_a_half_typed_form_stands_as_it_was_when_names_are_hidden_and_shown(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(Worker(), record_day)
    window.visit("debriefs", "new")
    who = record_day.read(people.listed, "", 0, 1).rows[0]
    form = window.screens["debriefs"].form
    qtbot.waitUntil(lambda: form.session.agency.count() > 0)
    form.person.choose(who)
    form.session.agency.set_value("NCA")
    form.session.start.setText("9")
    for name in (who.serial, who.name):
        QTest.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
        qtbot.waitUntil(lambda: window.worker.is_idle)
        form = window.screens["debriefs"].form
        qtbot.waitUntil(lambda: form.session.start.text() == "9")  # noqa: B023 - waited for here
        assert form.person.chosen_name.text() == name
        assert form.session.agency.value() == "NCA"
    assert not record_day.names_hidden


def test_a_roster_that_is_issued_keeps_its_names_and_its_marks(
    record_day: Desk,
) -> None:
    day = at("00:00"), at("00:00") + hours(24)
    order = RosterOrder(*day, level="supervisor", recipient="Supervisor")
    before = record_day.read(rosters.preview, order)
    record_day.names_hidden = True
    hidden = record_day.read(rosters.preview, order)
    assert {line.person for line in hidden.rows} == {""}
    assert [line.change for line in hidden.rows] == [line.change for line in before.rows]
    printed = record_day.write(rosters.issue_to_print, order)
    assert [line.person for line in printed.rows] == [line.person for line in before.rows]


def test_names_are_shown_again_after_the_desk_was_locked(
    record_day: Desk, open_window: Callable[[Worker, Desk], MainWindow]
) -> None:
    window = open_window(InlineWorker(), record_day)
    QTest.keyClick(window, Qt.Key.Key_L, CTRL_SHIFT)
    assert record_day.names_hidden
    window.lock()
    QApplication.processEvents()
    assert window.worker.desk is None
    assert not window.banner.isVisible()
