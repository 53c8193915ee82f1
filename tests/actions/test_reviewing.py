"""What a conflict's card offers, what an agency sees of it, and what a person's history tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import approaches, conflicts, deciding, histories, people, plans
from debrief_desk.actions.accounts import NewAccount
from debrief_desk.actions.approaches import Answer
from debrief_desk.actions.deciding import Decision
from debrief_desk.desk import Desk
from debrief_desk.errors import Refused
from debrief_desk.rules.codes import ApproachOutcome
from debrief_desk.rules.roles import Role
from debrief_desk.rules.states import ConflictState, DebriefState
from tests import builders
from tests.conftest import MORNING, PASSWORD

if TYPE_CHECKING:
    from debrief_desk.actions.conflicts import ConflictCard
    from tests.actions.conftest import SmallDesk


def clash(small: SmallDesk) -> ConflictCard:
    """Plan one person at two agencies; gives the conflict."""
    small.register("NCA", "BF1", "14:00")
    small.register("Kent Police", "BF1", "14:30")
    row = small.conflicts("same_person")[0]
    return small.desk.write(conflicts.card, row.id)


def test_a_clash_of_two_agencies_offers_every_outcome_that_fits(small: SmallDesk) -> None:
    card = clash(small)
    codes = [outcome.code for outcome in card.outcomes]
    a, b = (party.debrief_reference for party in card.row.parties)
    assert {f"keep:{a}", f"keep:{b}", f"joint:{a}", f"joint:{b}", "handover:Kent Police"} <= set(
        codes
    )
    assert {f"cancel:{a}", f"cancel:{b}"} <= set(codes)
    assert all(outcome.verdict == "same" for outcome in card.outcomes)
    assert card.headline.endswith("15 min overlap.")
    assert card.barred == ""


def test_one_after_the_other_is_offered_exactly_where_it_is_taken(small: SmallDesk) -> None:
    card = clash(small)
    offered = "sequence" in {outcome.code for outcome in card.outcomes}
    decision = Decision("same", "sequence", "both have questions")
    if offered:
        small.desk.write(deciding.decide, card.row.id, decision)
        assert [p.state for p in card.row.parties] == [DebriefState.PLANNED] * 2
    else:
        with pytest.raises(Refused):
            small.desk.write(deciding.decide, card.row.id, decision)


def test_what_nobody_may_allow_names_who_can_change_it_and_refuses_a_ruling(
    small: SmallDesk,
) -> None:
    small.register("NCA", "BF1", "14:00")
    small.register("NCA", "BF2", "14:15")
    row = small.conflicts("double_booking")[0]
    card = small.desk.write(conflicts.card, row.id)
    assert card.barred.startswith("Nobody can allow this.")
    with pytest.raises(Refused) as refused:
        small.desk.write(deciding.decide, row.id, Decision("allow", "", "it is urgent"))
    assert refused.value.code == "hard-cannot-be-allowed"
    assert {o.verdict for o in card.outcomes} == {"cancel"}


def test_a_decision_gives_the_id_it_is_undone_by(small: SmallDesk) -> None:
    card = clash(small)
    decision = Decision("same", card.outcomes[0].code, "first in time")
    made = small.desk.write(deciding.decide, card.row.id, decision)
    assert small.conflicts("same_person") == []
    small.desk.write(deciding.take_back, made)
    again = small.conflicts("same_person")[0]
    assert again.state is ConflictState.REOPENED
    assert [p.state for p in again.parties] == [DebriefState.PLANNED] * 2


def test_an_agency_sees_a_pointer_and_may_answer_nothing(small: SmallDesk) -> None:
    card = clash(small)
    small.desk.add_account(NewAccount("Agent", (Role.AGENCY_USER,), "Kent Police"), PASSWORD)
    path = small.desk.path
    small.desk.close()
    with Desk.open(path, "Agent", PASSWORD, now=lambda: MORNING) as desk:
        seen = desk.write(conflicts.card, card.row.id)
        other = next(p for p in seen.row.parties if p.agency == "NCA")
        assert (other.person, other.lead, other.room, other.registration_id) == ("", "", "", "")
        assert other.check_reference
        assert (other.debrief_id, other.debrief_reference) == ("", "")
        assert other.starts_at is not None
        assert seen.beside is None
        assert not seen.may_take
        assert not seen.may_decide


def test_evidence_shows_the_event_as_the_agencies_know_it(small: SmallDesk) -> None:
    one, two = small.id_of("BF1"), small.id_of("BF2")
    beside = small.desk.read(people.explain, one, two)
    event = next(row for row in beside.rows if row.label == "Arrived with")
    assert event.left == event.right == "E-1119-07"
    assert any("E-1119-07" in told.sentence for told in beside.told)
    assert beside.weights[0].label == "Size of the register"
    name = next(row for row in beside.rows if row.label == "Name as given")
    assert name.left_marks
    for start, end in name.left_marks:
        assert 0 <= start < end <= len(name.left)


def test_a_persons_history_tells_what_became_what_and_by_whom(small: SmallDesk) -> None:
    made = small.register("NCA", "BF1", "14:00")
    debrief = small.debrief(made.debrief_id)
    later = builders.at("15:00")
    small.desk.write(plans.move, made.debrief_id, debrief.version, starts_at=later)
    rows = small.desk.read(histories.of_person, small.id_of("BF1"))
    start = next(row for row in rows if row.text.startswith("Start"))
    assert debrief.reference in start.text
    assert "14:00" in start.text
    assert "15:00" in start.text
    assert start.detail.endswith("First Supervisor\u2069")
    assert any(row.text.startswith("Record registered") for row in rows)


def test_what_an_approach_said_is_not_in_the_history(small: SmallDesk) -> None:
    made = small.register("NCA", "BF1", "14:00")
    refused = Answer(ApproachOutcome.REFUSED, MORNING, "Tigrinya", "Interpreter T")
    small.desk.write(approaches.record, made.debrief_id, refused)
    told = [row.text for row in small.desk.read(histories.of_person, small.id_of("BF1"))]
    assert "Approach recorded" in told
    assert "No-approach marker placed" in told
    assert not any("efused" in text for text in told)
