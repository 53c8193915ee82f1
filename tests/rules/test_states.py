"""Which state may follow which."""

from __future__ import annotations

import pytest

from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.states import ConflictState, DebriefState

DEBRIEF = {
    "draft": "planned cancelled",
    "planned": "cleared waiting cancelled declined lapsed",
    "waiting": "planned cancelled declined lapsed",
    "cleared": "planned waiting in_progress cancelled declined lapsed",
    "in_progress": "completed withdrawn stopped",
    "lapsed": "planned",
}
CONFLICT = {
    "new": "taken waiting decided closed",
    "taken": "new waiting decided closed",
    "waiting": "taken decided closed",
    "decided": "closed reopened",
    "closed": "reopened",
    "reopened": "taken waiting decided closed",
}


@pytest.mark.parametrize("state", DebriefState)
def test_a_debrief_goes_only_where_it_may(state) -> None:
    reached = {str(following) for following in DebriefState if state.may_become(following)}
    assert reached == set(DEBRIEF.get(state, "").split())


@pytest.mark.parametrize("state", ConflictState)
def test_a_conflict_goes_only_where_it_may(state) -> None:
    reached = {str(following) for following in ConflictState if state.may_become(following)}
    assert reached == set(CONFLICT[state].split())


def test_only_a_cleared_debrief_may_begin() -> None:
    before = [s for s in DebriefState if s.may_become(DebriefState.IN_PROGRESS)]
    assert before == [DebriefState.CLEARED]


def test_open_is_what_may_still_take_place() -> None:
    opened = {str(state) for state in DebriefState if state.is_open}
    assert opened == {"draft", "planned", "waiting", "cleared", "in_progress"}
    assert {str(s) for s in ConflictState if s.is_open} == {"new", "taken", "waiting", "reopened"}


def test_the_kinds_are_the_settled_ones() -> None:
    assert " ".join(ConflictKind) == (
        "same_person possible_person second_approach no_approach child welfare double_booking "
        "experience interpreter crowding time_in_centre import merge"
    )
    assert [kind for kind in ConflictKind if kind.asks_identity] == [
        "same_person",
        "possible_person",
    ]
