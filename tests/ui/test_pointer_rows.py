"""Of another agency's debrief the list shows the slot, and no verdict of a check it cannot know."""

# ruff: noqa: F811 - fixtures that come by import have the names of parameters

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions import debriefs
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.rules.roles import Role
from debrief_desk.rules.severity import Level
from debrief_desk.ui.debriefs import columns
from tests.actions.conftest import _small_desk, small  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from tests.actions.conftest import SmallDesk


def test_another_agencys_row_has_agency_and_time_and_no_badge(small: SmallDesk) -> None:
    small.register("NCA", "BF1")
    small.register("Kent Police", "BF2", "17:00")
    shown = {column.title: column for column in columns.of_debriefs()}
    with small.as_account("Kit Kent", Role.AGENCY_USER, agency="Kent Police") as desk:
        rows = {row.agency: row for row in desk.read(debriefs.listed, DebriefFilter()).rows}
    check = shown["Check"].severity
    assert check is not None
    assert check(rows["NCA"]) is None
    assert isinstance(check(rows["Kent Police"]), Level)
    told = {title: column.text(rows["NCA"]) for title, column in shown.items()}
    assert (told["Person"], told["Agency"], told["Lead"], told["Room"]) == (
        *("Another agency's", "NCA"),
        *("", ""),
    )
