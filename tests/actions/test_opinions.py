"""Some identity decisions are answered twice, the second time blind; disagreement opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from debrief_desk.actions import conflicts, deciding, imports, opinions, plans, policies
from debrief_desk.actions.deciding import Decision
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.states import ConflictState, DebriefState
from debrief_desk.store.base import uuid7
from debrief_desk.store.models import SecondOpinion
from tests.builders import ARRIVED, MANIFEST_HEADER, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.actions.conflicts import ConflictRow

    from .conftest import SmallDesk

SECOND = "Second Supervisor"
RAHEL = f"""{MANIFEST_HEADER}
K1,E-1119-07,,KIDANI,Rachel,,22/11/1988,F,ERI,,{ARRIVED},Tigrinya,
"""


def read_twice(small: SmallDesk, share: float) -> None:
    settings = {"identity.second_reading": share}
    small.desk.write(policies.save, settings, "Quality of decisions")


@pytest.fixture
def suspicion(small: SmallDesk, tmp_path: Path) -> ConflictRow:
    """Two records that may be one person, each planned by another agency; all is read twice."""
    read_twice(small, 1.0)
    file = imports.ImportFile(sheet(tmp_path, RAHEL), agency="Kent Police")
    small.desk.write(imports.take, file)
    small.register("NCA", serial="BF2")
    small.register("Kent Police", serial="K1", clock="16:00")
    (conflict,) = small.conflicts("possible_person")
    return conflict


def decide(small: SmallDesk, conflict: ConflictRow, verdict: str) -> str:
    keep = f"keep:{conflict.parties[0].debrief_reference}" if verdict == "same" else ""
    return small.desk.write(deciding.decide, conflict.id, Decision(verdict, keep, "Seen both"))


def give(small: SmallDesk, verdict: str) -> bool:
    with small.as_account(SECOND) as desk:
        (asked,) = desk.read(opinions.waiting)
        return desk.write(opinions.give, asked.id, verdict)


def test_the_share_is_drawn_by_the_id_and_the_same_every_time() -> None:
    ids = [uuid7() for _ in range(2000)]
    for share in (0.0, 0.1, 0.5, 1.0):
        drawn = [deciding.is_read_twice(i, share) for i in ids]
        assert drawn == [deciding.is_read_twice(i, share) for i in ids]
        assert abs(sum(drawn) / len(ids) - share) < 0.05
    tenth = {i for i in ids if deciding.is_read_twice(i, 0.1)}
    assert tenth <= {i for i in ids if deciding.is_read_twice(i, 0.5)}


def test_nobody_is_asked_where_the_policy_wants_no_second_reading(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    read_twice(small, 0.0)
    decide(small, suspicion, "different")
    assert small.stored(SecondOpinion) == []


def test_another_supervisor_is_asked_and_never_who_decided(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    decide(small, suspicion, "different")
    assert small.desk.read(opinions.waiting) == ()
    with small.as_account(SECOND) as desk:
        (asked,) = desk.read(opinions.waiting)
    assert asked.number == suspicion.number
    with pytest.raises(Refused, match="opinion-own"):
        small.desk.write(opinions.give, asked.id, "different")


def test_what_the_second_one_sees_holds_no_score_and_no_first_answer(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    decide(small, suspicion, "same")
    with small.as_account(SECOND) as desk:
        (asked,) = desk.read(opinions.waiting)
        blind = desk.write(opinions.card, asked.id)
        assert [row.label for row in blind.rows][:1] == ["Name as given"]
        assert {(row.verdict, row.level) for row in blind.rows} == {("", None)}
        assert any(row.left_marks for row in blind.rows)
        told = repr((asked, blind))
        for word in ("same", "different", "probable", "Seen both", "cancelled", "bits"):
            assert word not in told, word
        card = desk.write(conflicts.card, suspicion.id)
    assert card.blind
    assert (card.beside, card.decisions, card.timeline, card.outcomes) == (None, (), (), ())
    assert {party.state for party in card.row.parties} == {None}
    assert not card.may_decide
    assert not small.desk.write(conflicts.card, suspicion.id).blind


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_two_equal_answers_leave_the_decision_as_it_is(
    small: SmallDesk, suspicion: ConflictRow, verdict: str
) -> None:
    decide(small, suspicion, verdict)
    assert give(small, verdict)
    assert small.conflicts("possible_person", "same_person") == []
    counted = small.desk.read(opinions.agreement)
    assert (counted.asked, counted.given, counted.agreed, counted.rate) == (1, 1, 1, 1.0)
    with small.as_account(SECOND) as desk:
        assert desk.read(opinions.waiting) == ()


@pytest.mark.parametrize("second", ["same", "unsure"])
def test_another_answer_than_different_opens_it_and_bars_both_plans_again(
    small: SmallDesk, suspicion: ConflictRow, second: str
) -> None:
    decide(small, suspicion, "different")
    assert not give(small, second)
    (again,) = small.conflicts("possible_person")
    assert (again.id, again.state) == (suspicion.id, ConflictState.REOPENED)
    assert again.reopened_because == "second_opinion"
    later = small.debrief(suspicion.parties[1].debrief_reference)
    small.consent(str(later.id))
    with pytest.raises(Refused, match="not-clear"):
        small.desk.write(plans.clear, str(later.id), later.version)
    counted = small.desk.read(opinions.agreement)
    assert (counted.asked, counted.given, counted.agreed) == (1, 1, 0)
    assert counted.rate == 0.0


def test_another_answer_than_same_opens_it_and_leaves_nobody_planned_twice(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    made = decide(small, suspicion, "same")
    assert not give(small, "different")
    (again,) = small.conflicts("possible_person")
    assert again.reopened_because == "second_opinion"
    states = [p.state for p in again.parties]
    assert states == [DebriefState.PLANNED, DebriefState.CANCELLED]
    first = small.debrief(suspicion.parties[0].debrief_reference)
    small.desk.write(plans.move, str(first.id), first.version, minutes=50)
    assert small.conflicts("possible_person")  # a recheck does not let it disappear
    small.desk.write(deciding.take_back, made)
    (restored,) = small.conflicts("possible_person")
    assert [p.state for p in restored.parties] == [DebriefState.PLANNED] * 2
    decide(small, restored, "different")
    assert small.conflicts("possible_person", "same_person") == []
    with small.as_account(SECOND) as desk:
        assert desk.read(opinions.waiting)  # what was decided anew is read anew


def test_undoing_the_decision_takes_the_question_back(
    small: SmallDesk, suspicion: ConflictRow
) -> None:
    made = decide(small, suspicion, "different")
    with small.as_account(SECOND) as desk:
        (asked,) = desk.read(opinions.waiting)
    small.desk.write(deciding.take_back, made)
    with small.as_account(SECOND) as desk:
        assert desk.read(opinions.waiting) == ()
        with pytest.raises(WrongCall, match="opinion-unknown"):
            desk.write(opinions.give, asked.id, "different")
    assert small.desk.read(opinions.agreement).asked == 0


def test_an_opinion_is_about_who_it_is(small: SmallDesk, suspicion: ConflictRow) -> None:
    decide(small, suspicion, "different")
    with small.as_account(SECOND) as desk:
        (asked,) = desk.read(opinions.waiting)
        with pytest.raises(WrongCall, match="verdict-unknown"):
            desk.write(opinions.give, asked.id, "allow")
        with pytest.raises(WrongCall, match="opinion-unknown"):
            desk.write(opinions.give, str(UUID(int=1)), "same")
