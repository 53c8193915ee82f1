"""The team part of the form: who fits comes first, why somebody does not, who instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from debrief_desk.actions import debriefs, imports, plans
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.actions.teams import CandidateRow, Team
from debrief_desk.rules.proposals import Post
from debrief_desk.rules.states import DebriefState
from debrief_desk.ui.debriefs.screen import DebriefsScreen
from debrief_desk.ui.worker import InlineWorker
from tests import builders
from tests.actions.conftest import SmallDesk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from debrief_desk.desk import Desk
    from debrief_desk.ui.debriefs.form import DebriefForm

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> SmallDesk:
    for text, agency in (
        (builders.ROOMS, ""),
        (builders.INTERVIEWERS, ""),
        (builders.INTERPRETERS, ""),
        (builders.MANIFEST, "Border Force"),
    ):
        file = builders.sheet(tmp_path, text)
        desk.write(imports.take, imports.ImportFile(file, agency=agency))
    return SmallDesk(desk)


@pytest.fixture
def page(small: SmallDesk, qtbot: QtBot) -> Iterator[DebriefsScreen]:
    worker = InlineWorker()
    worker.adopt(small.desk)
    screen = DebriefsScreen(worker)
    qtbot.addWidget(screen)
    screen.resize(1158, 768)
    screen.show()
    screen.reload()
    yield screen
    screen.close()


def opened(page: DebriefsScreen, debrief_id: str) -> DebriefForm:
    page.show_for(debrief_id)
    return page.form


def texts(form: DebriefForm, post: Post) -> list[str]:
    entry = form.session._posts()[post]
    plain = str.maketrans("", "", "\u2066\u2068\u2069")
    return [entry.itemText(at).translate(plain) for at in range(entry.count())]


def test_the_fit_come_first_and_the_others_say_why(page, small) -> None:
    form = opened(page, small.register(lead_id="", interpreter_id="").debrief_id)
    leads = texts(form, Post.LEAD)
    assert leads[:2] == ["Not named yet", "N. Ready · 60 led · Debriefer until Mon 3 Apr 2028"]
    assert leads[2:] == [
        "N. Second · not fit: already in the other seat",
        "N. Trainee · not fit: no authorisation",
    ]
    assert texts(form, Post.INTERPRETER)[1:] == [
        "Interpreter T · Tigrinya · In person, Video, Phone",
        "Interpreter P · not fit: another language",
    ]
    assert form.session.team.isHidden()


def test_a_chosen_trainee_says_why_not_and_who_instead(page, small) -> None:
    made = small.register(lead_id=small.id_of("N. Trainee"))
    form = opened(page, made.debrief_id)
    line = form.session.team.lines[Post.LEAD]
    assert line.isVisible()
    assert "has no debrief authorisation" in line.why.text()
    assert [button.text() for button in line.buttons if not button.isHidden()] == ["Take N. Ready"]
    line.buttons[0].click()
    assert form.session.lead.value() == small.id_of("N. Ready")
    form._pause.timeout.emit()
    assert form.session.team.isHidden()


def test_where_nobody_fits_a_registered_debrief_can_wait(page, small) -> None:
    made = small.register(interpreter_id=small.id_of("Interpreter P"))
    small.register(serial="BF2", clock="13:45", room_id="", lead_id="", second_id="")
    form = opened(page, made.debrief_id)
    line = form.session.team.lines[Post.INTERPRETER]
    assert "No interpreter is fit and free then." in line.why.text()
    assert not form.session.team.wait.isHidden()
    form.session.team.wait.click()
    assert small.debrief(made.debrief_id).state is DebriefState.WAITING


def test_a_new_debrief_has_to_be_registered_before_it_waits(page, small) -> None:
    made = small.register(interpreter_id=small.id_of("Interpreter P"))
    form = opened(page, made.debrief_id)
    assert form.session.team.wait.isHidden()
    form.session.team.show_team(
        replace(_nobody(), lead=()), dict.fromkeys(Post, "x"), registered=False
    )
    assert form.session.team.wait.isHidden()
    assert "Once registered" in form.session.team.outlook.text()


def _nobody() -> Team:
    return Team(interpreter=(CandidateRow("x", "I", fit=False, speaks=False, why="No.", short=""),))


def test_a_list_that_somebody_searches_in_stays_as_it_is(page, small, qtbot) -> None:
    form = opened(page, small.register(lead_id="").debrief_id)
    form.session.lead.setFocus()
    qtbot.waitUntil(form.session.lead.lineEdit().hasFocus)
    form.session.lead.lineEdit().selectAll()
    QTest.keyClicks(form.session.lead.lineEdit(), "Rea")
    before = texts(form, Post.LEAD)
    form.session.show_team(_nobody(), registered=True)
    assert form.session.lead.lineEdit().text() == "Rea"
    assert texts(form, Post.LEAD) == before


def test_a_debrief_that_is_over_proposes_nobody(page, small) -> None:
    made = small.register(lead_id=small.id_of("N. Trainee"))
    row = next(
        r for r in small.desk.read(debriefs.listed, DebriefFilter()).rows if r.id == made.debrief_id
    )
    small.desk.write(plans.cancel, row.id, row.version, "no_longer_needed")
    form = opened(page, made.debrief_id)
    assert form.session.team.isHidden()
