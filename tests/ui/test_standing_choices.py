"""Whoever a debrief names stays chosen in its form, in use or not."""

# ruff: noqa: F811 - fixtures that come by import have the names of parameters

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from debrief_desk.actions.rights import writes
from debrief_desk.store.models import Interpreter, Interviewer, Room
from tests.actions.conftest import _small_desk, small  # noqa: F401 - fixtures

from .test_debrief_form import checked, screen  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from sqlalchemy.orm import Session

    from debrief_desk.ui.debriefs.screen import DebriefsScreen
    from tests.actions.conftest import SmallDesk

POSTS = ("lead", "second", "interpreter", "room")
WHO = ("N. Ready", "N. Second", "Interpreter T", "Room 1")


@writes(None)
def out_of_use(session: Session, ids: list[str]) -> None:
    for key in map(UUID, ids):
        for kind in (Interviewer, Interpreter, Room):
            row = session.get(kind, key)
            if row is not None:
                row.active = False


def team(small: SmallDesk, reference: str) -> tuple[UUID | None, ...]:
    debrief = small.debrief(reference)
    return debrief.lead_id, debrief.second_id, debrief.interpreter_id, debrief.room_id


def test_opening_and_saving_a_form_keeps_a_team_and_a_room_that_are_no_longer_here(
    qtbot: QtBot, screen: DebriefsScreen, small: SmallDesk
) -> None:
    made = small.register()
    before = team(small, made.reference)
    small.desk.write(out_of_use, [small.id_of(name) for name in WHO])
    screen.show_for(made.debrief_id)
    qtbot.waitUntil(lambda: screen.form.card is not None)
    checked(qtbot, screen)
    for post, name in zip(POSTS, WHO, strict=True):
        assert getattr(screen.form.session, post).currentText() == f"{name} · no longer here"
    screen.form.session.start.setText("1500")
    screen.form.saving.register()
    qtbot.waitUntil(lambda: small.debrief(made.reference).starts_at.hour == 15)
    assert team(small, made.reference) == before


def test_who_is_gone_is_not_offered_for_another_debrief(
    qtbot: QtBot, screen: DebriefsScreen, small: SmallDesk
) -> None:
    made = small.register()
    small.desk.write(out_of_use, [small.id_of("N. Ready")])
    screen.show_for(made.debrief_id)
    qtbot.waitUntil(lambda: screen.form.card is not None)
    screen.show_for("new")
    qtbot.waitUntil(lambda: screen.form.card is None)
    lead = screen.form.session.lead
    assert small.id_of("N. Ready") not in [lead.itemData(at) for at in range(lead.count())]


def test_the_lead_of_a_partner_agency_stays_chosen_before_anybody_is_judged(
    qtbot: QtBot, screen: DebriefsScreen, small: SmallDesk
) -> None:
    made = small.register(lead_id=small.id_of("K. Ready"))
    screen.show_for(made.debrief_id)
    qtbot.waitUntil(lambda: screen.form.card is not None)
    lead = screen.form.session.lead
    assert lead.value() == small.id_of("K. Ready")
    assert "no longer" not in lead.currentText()
