"""Who is proposed for a plan in a form, why the others are not, and waiting where nobody is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import attendance, deciding, plans, teams
from debrief_desk.actions.deciding import Decision
from debrief_desk.errors import Stale, WrongCall
from debrief_desk.rules import proposals
from debrief_desk.rules.proposals import Post
from debrief_desk.rules.states import DebriefState
from debrief_desk.wording import findings
from debrief_desk.wording import teams as words
from tests.builders import at, person

if TYPE_CHECKING:
    from tests.actions.conftest import SmallDesk


def fit(small: SmallDesk, post: Post, plan) -> list[str]:
    return [one.name for one in small.desk.read(teams.fitting, plan).of(post) if one.fit]


def why(small: SmallDesk, post: Post, plan) -> dict[str, str]:
    rows = small.desk.read(teams.fitting, plan).of(post)
    plain = str.maketrans("", "", "\u2066\u2068\u2069")
    return {one.name: one.why.translate(plain) for one in rows if not one.fit}


def test_the_own_agencys_officers_are_offered_and_the_others_with_a_reason(small) -> None:
    plan = small.plan(lead_id="", second_id="", interpreter_id="")
    assert fit(small, Post.LEAD, plan) == ["N. Ready", "N. Second"]
    assert why(small, Post.LEAD, plan) == {"N. Trainee": "N. Trainee has no debrief authorisation."}
    assert fit(small, Post.INTERPRETER, plan) == ["Interpreter T"]
    assert why(small, Post.INTERPRETER, plan) == {
        "Interpreter P": "Interpreter P does not interpret Tigrinya."
    }


def test_a_trainee_sits_beside_an_experienced_lead_only(small) -> None:
    trainee = small.id_of("N. Trainee")
    beside = small.plan(second_id="")
    assert "N. Trainee" in fit(small, Post.SECOND, beside)
    leading = small.plan(lead_id=trainee, second_id=trainee)
    assert why(small, Post.SECOND, leading)["N. Trainee"] == (
        "Lead and second are the same person."
    )


def test_the_partner_of_a_joint_debrief_may_lead_it(small) -> None:
    first = small.register("NCA", clock="14:00", lead_id="", second_id="")
    small.register("Kent Police", clock="17:30", lead_id="", second_id="")
    (conflict,) = small.conflicts("same_person", "second_approach")
    decision = Decision("same", f"joint:{first.reference}", "One team is enough")
    small.desk.write(deciding.decide, conflict.id, decision)
    joint = small.plan(lead_id="", second_id="", clock="14:00", debrief_id=first.debrief_id)
    assert fit(small, Post.LEAD, joint) == ["N. Ready", "N. Second", "K. Ready", "K. Second"]


def test_who_is_booked_or_away_then_is_not_free(small) -> None:
    small.register(serial="BF2", clock="14:30")
    small.desk.write(attendance.ill_today, small.id_of("N. Second"))
    plan = small.plan(lead_id="", second_id="", room_id="", interpreter_id="")
    reasons = why(small, Post.LEAD, plan)
    assert reasons["N. Ready"].startswith("N. Ready is booked elsewhere Fri 20 Nov 2026 14:30")
    assert reasons["N. Second"] == "N. Second is absent then."
    assert fit(small, Post.ROOM, plan) == ["Room 2", "Room 3", "Room 9"]
    assert list(why(small, Post.ROOM, plan)) == ["Room 1"]
    assert fit(small, Post.INTERPRETER, plan) == []


def test_nobody_is_proposed_for_somebody_whom_nobody_may_plan_for(small) -> None:
    child = small.desk.read(teams.fitting, small.plan(serial="BF5"))
    disputed = small.desk.read(teams.fitting, small.plan(serial="BF6"))
    assert child == disputed == teams.Team()


def test_before_an_agency_is_chosen_everybody_is_judged(small) -> None:
    plan = replace(small.plan(lead_id="", second_id=""), agency="")
    assert set(fit(small, Post.LEAD, plan)) == {"N. Ready", "N. Second", "K. Ready", "K. Second"}


def test_a_person_who_is_only_typed_is_planned_for_too(small) -> None:
    typed = person(given_name="Xhevahire", family_name="Qosja", language="Pashto")
    plan = replace(small.plan(interpreter_id=""), registration_id="", person=typed)
    assert fit(small, Post.INTERPRETER, plan) == ["Interpreter P"]


def test_a_debrief_waits_where_no_team_exists_and_cannot_be_cleared(small) -> None:
    made = small.register()
    small.consent(made.debrief_id)
    stored = small.debrief(made.debrief_id)
    small.desk.write(teams.wait, made.debrief_id, stored.version)
    waiting = small.debrief(made.debrief_id)
    assert waiting.state is DebriefState.WAITING
    with pytest.raises(WrongCall, match="state-cannot-follow"):
        small.desk.write(plans.clear, made.debrief_id, waiting.version)
    with pytest.raises(Stale):
        small.desk.write(teams.wait, made.debrief_id, stored.version)
    small.desk.write(
        plans.move, made.debrief_id, small.debrief(made.debrief_id).version, starts_at=at("15:00")
    )
    assert small.debrief(made.debrief_id).state is DebriefState.PLANNED
    small.desk.write(plans.clear, made.debrief_id, small.debrief(made.debrief_id).version)
    assert small.debrief(made.debrief_id).state is DebriefState.CLEARED


def test_every_reason_a_post_can_meet_has_a_few_words() -> None:
    asked = {rule for rules in proposals._ASKED.values() for rule in rules}
    keys = {key for key in findings._WHAT if key.partition(".")[0] in asked}
    others = {"X-1.nobody", "X-1.not_known_yet", "X-4.nobody", "X-4.not_known_yet",
              "I-2.contradiction", "A-2.too_close"}  # fmt: skip
    assert set(words._SHORT) == keys - others
