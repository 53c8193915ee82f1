"""Stories 6 and 8 in the real window: who may lead, who fits, and waiting where nobody does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from debrief_desk.actions import approaches, imports, welfare
from debrief_desk.rules.codes import ApproachOutcome, ExplanationPoint
from debrief_desk.rules.proposals import Post
from debrief_desk.rules.states import DebriefState
from debrief_desk.store.models import Debrief
from debrief_desk.ui.worker import InlineWorker, Worker
from tests import builders
from tests.actions.conftest import SmallDesk
from tests.conftest import MORNING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.debriefs.form import DebriefForm
    from debrief_desk.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore(  # what the offscreen platform says of every drop-down
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)

CTRL = Qt.KeyboardModifier.ControlModifier
STAFF = (
    builders.INTERVIEWERS
    + """\
NCA,N. New,N4,,,2,1,0,2026-10-31,2026-03-30,SC,2029-01-01,,F,07:00-19:00
NCA,N. Man,N5,Debriefer,2028-04-03,3,30,4,2026-10-31,2026-03-30,SC,2029-01-01,,M,07:00-19:00
NCA,N. Tigrinya,N6,Debriefer,2028-04-03,3,30,4,2026-10-31,2026-03-30,SC,2029-01-01,Tigrinya,F,07:00-19:00
NCA,N. Yesterday,N7,Debriefer,2026-11-19,3,30,4,2026-10-31,2026-03-30,SC,2029-01-01,,F,00:00-24:00
NCA,N. Today,N8,Debriefer,2026-11-20,3,30,4,2026-10-31,2026-03-30,SC,2029-01-01,,F,00:00-24:00
"""
)
SPEAKERS = (
    builders.INTERPRETERS
    + """\
Interpreter A,Amharic,,"in person, video, phone",DPSI,2028-11-15,F,07:00-19:00
"""
)


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> SmallDesk:
    for text, agency in (
        (builders.ROOMS, ""),
        (STAFF, ""),
        (SPEAKERS, ""),
        (builders.MANIFEST, "Border Force"),
    ):
        desk.write(imports.take, imports.ImportFile(builders.sheet(tmp_path, text), agency=agency))
    return SmallDesk(desk)


@pytest.fixture
def window(small: SmallDesk, open_window: Callable[[Worker, Desk], MainWindow]) -> MainWindow:
    return open_window(InlineWorker(), small.desk)


def opened(window: MainWindow, qtbot: QtBot, about: str) -> DebriefForm:
    """Open the form for a debrief, or a new one for somebody (`new:ID`)."""
    window.visit("debriefs")
    window.screens["debriefs"].show_for(about)
    form: DebriefForm = window.screens["debriefs"].form
    qtbot.waitUntil(lambda: form.session.agency.count() > 0)
    return form


def write(entry: Any, text: str) -> None:
    """Write into a list that is searched in, and take what is found with Enter."""
    edit = entry.lineEdit()
    entry.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    entry.completer().popup().hide()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert text in entry.currentText()


def checked(form: DebriefForm, qtbot: QtBot) -> None:
    """Wait until what stands in the form has been checked."""
    qtbot.waitUntil(lambda: not form._pause.isActive())


def stops(form: DebriefForm) -> set[str]:
    """Give the rules of the stops that stand beside the form."""
    assert form.result is not None
    return {row.rule for row in form.result.findings if row.level == "stop" and not row.todo}


def instead(form: DebriefForm, post: Post) -> list[str]:
    """Give what is offered in place of who is chosen; nothing where nobody is in the way."""
    line = form.session.team.lines[post]
    return [] if line.isHidden() else [b.text() for b in line.buttons if not b.isHidden()]


def save(form: DebriefForm, qtbot: QtBot) -> None:
    checked(form, qtbot)
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not form.page.is_form())


def clear_in_list(window: MainWindow, debrief_id: str) -> None:
    """Press C on the debrief in the list."""
    screen = window.screens["debriefs"]
    screen.list.table.choose(debrief_id)
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(screen.list.table, Qt.Key.Key_C)


def say_yes(small: SmallDesk, debrief_id: str) -> None:
    """Record wishes asked for, and an informed yes."""
    answer = approaches.Answer(
        ApproachOutcome.ACCEPTED,
        MORNING,
        "Tigrinya",
        "Interpreter T",
        explained_by="N. Ready",
        points=tuple(point.value for point in ExplanationPoint),
    )
    small.desk.write(approaches.record, debrief_id, answer)


def wish(small: SmallDesk, debrief_id: str, **wishes: str) -> None:
    """Record what the person answered when asked whom they would rather talk to."""
    about = str(small.debrief(debrief_id).registration_id)
    known = small.desk.read(welfare.get, about)
    small.desk.write(welfare.record, about, replace(known, **wishes))


def test_story_6_an_inexperienced_lead(window: MainWindow, small: SmallDesk, qtbot: QtBot) -> None:
    """Blocked X-1 and X-2, qualified leads proposed; second clears it; trainee pair stays."""
    form = opened(window, qtbot, f"new:{small.id_of('BF1')}")
    qtbot.waitUntil(lambda: bool(form.person.registration_id()))
    write(form.session.agency, "NCA")
    form.session.start.setText("1400")
    form.session.start.editingFinished.emit()
    write(form.session.lead, "N. New")
    write(form.session.second, "N. Trainee")
    write(form.session.interpreter, "Interpreter T")
    write(form.session.room, "Room 1")
    checked(form, qtbot)
    assert {"X-1", "X-2", "X-4"} <= stops(form)
    assert instead(form, Post.LEAD)[0] == "Take N. Tigrinya (same language)"
    assert instead(form, Post.LEAD)[1:] == ["Take N. Man", "Take N. Ready"]

    # that officer second and a qualified officer lead: the block is gone
    form.session.team.lines[Post.LEAD].buttons[2].click()
    write(form.session.second, "N. New")
    checked(form, qtbot)
    assert form.session.lead.value() == small.id_of("N. Ready")
    assert stops(form) == set()
    assert instead(form, Post.LEAD) == instead(form, Post.SECOND) == []

    # trainee and trainee stays blocked, and is saved as such
    write(form.session.lead, "N. Trainee")
    checked(form, qtbot)
    assert "X-4" in stops(form)
    save(form, qtbot)
    (made,) = small.stored(Debrief)
    assert made.state is DebriefState.PLANNED
    say_yes(small, str(made.id))
    wish(small, str(made.id), interpreter_preference="none")
    clear_in_list(window, str(made.id))
    assert small.debrief(str(made.id)).state is DebriefState.PLANNED
    form = opened(window, qtbot, str(made.id))
    write(form.session.lead, "N. Ready")
    save(form, qtbot)
    clear_in_list(window, str(made.id))
    assert small.debrief(str(made.id)).state is DebriefState.CLEARED


def test_story_6_an_authorisation_ends_with_its_last_day(
    window: MainWindow, small: SmallDesk, qtbot: QtBot
) -> None:
    """Expired yesterday blocks; expiring today is valid until 23:59."""
    made = small.register(clock="23:30", lead_id=small.id_of("N. Yesterday"), minutes=29)
    form = opened(window, qtbot, made.debrief_id)
    checked(form, qtbot)
    assert "X-1" in stops(form)
    assert "ended on" in form.session.team.lines[Post.LEAD].why.text()
    write(form.session.lead, "N. Today")
    checked(form, qtbot)
    assert "X-1" not in stops(form)
    form.session.day.set_value(form.session.day.value() + timedelta(days=1))
    form.session.start.setText("0000")
    form.session.start.editingFinished.emit()
    checked(form, qtbot)
    assert "X-1" in stops(form)


def test_story_8_interpreter_and_gender(window: MainWindow, small: SmallDesk, qtbot: QtBot) -> None:
    """Three findings at once; replacements shown; replacing all clears."""
    amharic, man = small.id_of("Interpreter A"), small.id_of("N. Man")
    small.register(
        "Kent Police", "BF1", "11:00", interpreter_id=amharic, room_id=small.id_of("Room 2"),
        minutes=60,
    )  # fmt: skip
    made = small.register(
        serial="BF2", clock="11:15", lead_id=man, interpreter_id=amharic,
        room_id=small.id_of("Room 9"),
    )  # fmt: skip
    wish(small, made.debrief_id, preference="women", interpreter_preference="women")
    say_yes(small, made.debrief_id)
    form = opened(window, qtbot, made.debrief_id)
    checked(form, qtbot)
    assert stops(form) == {"I-2", "G-2", "I-6"}
    assert instead(form, Post.INTERPRETER) == ["Take Interpreter T"]
    assert "Take N. Tigrinya (same language)" in instead(form, Post.LEAD)
    form.foot.leave.click()
    clear_in_list(window, made.debrief_id)
    assert small.debrief(made.debrief_id).state is DebriefState.PLANNED

    form = opened(window, qtbot, made.debrief_id)
    checked(form, qtbot)
    form.session.team.lines[Post.INTERPRETER].buttons[0].click()
    form.session.team.lines[Post.LEAD].buttons[0].click()
    checked(form, qtbot)
    assert stops(form) == set()
    save(form, qtbot)
    clear_in_list(window, made.debrief_id)
    assert small.debrief(made.debrief_id).state is DebriefState.CLEARED


def test_story_8_where_no_team_exists_the_debrief_waits_and_is_never_cleared(
    window: MainWindow, small: SmallDesk, qtbot: QtBot
) -> None:
    """No other interpreter of the language: Waiting - no suitable team."""
    amharic = small.id_of("Interpreter A")
    small.register(clock="11:00", serial="BF1", room_id=small.id_of("Room 2"))
    made = small.register(
        serial="BF2", clock="11:15", interpreter_id=amharic, room_id=small.id_of("Room 9"),
        lead_id=small.id_of("N. Tigrinya"), second_id=small.id_of("N. Today"),
    )  # fmt: skip
    wish(small, made.debrief_id, preference="women", interpreter_preference="women")
    say_yes(small, made.debrief_id)
    form = opened(window, qtbot, made.debrief_id)
    checked(form, qtbot)
    line = form.session.team.lines[Post.INTERPRETER]
    assert line.why.text().endswith("No interpreter is fit and free then.")
    assert instead(form, Post.INTERPRETER) == []
    QTest.mouseClick(form.session.team.wait, Qt.MouseButton.LeftButton)
    assert small.debrief(made.debrief_id).state is DebriefState.WAITING
    assert not form.page.is_form()
    clear_in_list(window, made.debrief_id)
    assert small.debrief(made.debrief_id).state is DebriefState.WAITING
    row = window.screens["debriefs"].list.row()
    assert row is not None
    assert row.state is DebriefState.WAITING
