"""Two people change one record from the same state: nothing is lost, and both stay on record."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import debriefs, histories, plans, replanning, welfare
from debrief_desk.actions.plan_drafts import DebriefPlan
from debrief_desk.actions.versions import compared, settled
from debrief_desk.errors import NotAllowed, Stale
from debrief_desk.wording import versions as sentences
from tests import builders
from tests.conftest import SUPERVISOR

from .test_worklist import work_for

if TYPE_CHECKING:
    from .conftest import SmallDesk


def plain(field: str, value: object) -> tuple[str, str]:
    return field, str(value)


@pytest.mark.parametrize(
    ("shown", "now", "mine", "stands"),
    [(1, 2, 1, False), (1, 1, 2, True), (1, 2, 3, None), (None, 2, None, False)],
)
def test_only_what_both_changed_to_different_values_is_asked_about(
    shown: object, now: object, mine: object, stands: bool | None
) -> None:
    (row,) = compared({"a": shown}, {"a": now}, {"a": mine}, word=plain, written={})
    assert (row.theirs, row.mine, row.mine_stands) == (str(now), str(mine), stands)


@pytest.mark.parametrize(("shown", "now", "mine"), [(1, 1, 1), (1, 2, 2)])
def test_what_both_say_alike_is_no_difference(shown: int, now: int, mine: int) -> None:
    assert compared({"a": shown}, {"a": now}, {"a": mine}, word=plain, written={}) == ()
    assert settled({"a": now}, {"a": mine}, {}) == {"a": now}


def test_every_field_of_a_plan_that_a_form_changes_has_a_title() -> None:
    changed = {one.name for one in fields(DebriefPlan)} - replanning._STAYS - {"recorded"}
    for field in (*changed, "shared_language", "awake_and_asked"):
        assert field not in sentences.of_plan(field, None)[0]


def test_what_two_people_made_of_one_plan_is_told_with_who_and_when(small: SmallDesk) -> None:
    saved = small.register("NCA", "BF1", "13:00", recorded=(("shared_language", True),))
    card = small.desk.write(debriefs.card, saved.debrief_id)
    room = small.id_of("Room 9")
    theirs = replace(card.plan, room_id=room, minutes=30, recorded=(("awake_and_asked", True),))
    small.desk.write(replanning.replan, saved.debrief_id, card.row.version, theirs)
    mine = replace(card.plan, starts_at=builders.at("15:00"), minutes=60, recorded=())
    with pytest.raises(Stale):
        small.desk.write(replanning.replan, saved.debrief_id, card.row.version, mine)
    found = small.desk.write(replanning.overtaken, saved.debrief_id, card.plan, mine)
    told = {row.field: (row.theirs, row.mine, row.mine_stands, row.by) for row in found.rows}
    assert told["minutes"] == ("30 min", "60 min", None, SUPERVISOR)
    assert told["room_id"] == ("Room 9", "Room 1", False, SUPERVISOR)
    assert told["starts_at"][2:] == (True, "")
    assert told["recorded.awake_and_asked"] == ("yes", "none", False, SUPERVISOR)
    assert "recorded.shared_language" not in told
    chosen = replanning.settled(found, mine, {"minutes": True, "starts_at": True})
    assert chosen == replace(theirs, starts_at=mine.starts_at, minutes=60)


def test_a_choice_made_from_an_older_state_is_not_saved_either(small: SmallDesk) -> None:
    saved = small.register("NCA", "BF1", "13:00")
    card = small.desk.write(debriefs.card, saved.debrief_id)
    small.desk.write(plans.move, saved.debrief_id, card.row.version, minutes=30)
    mine = replace(card.plan, minutes=60)
    found = small.desk.write(replanning.overtaken, saved.debrief_id, card.plan, mine)
    small.desk.write(plans.move, saved.debrief_id, found.version, minutes=75)
    with pytest.raises(Stale):
        small.desk.write(replanning.replan, saved.debrief_id, found.version, mine, None)
    again = small.desk.write(replanning.overtaken, saved.debrief_id, found.now, mine)
    assert [row.theirs for row in again.rows] == ["75 min"]


def test_another_agency_sees_no_version_of_a_plan(small: SmallDesk) -> None:
    saved = small.register("NCA", "BF1", "13:00")
    plan = small.desk.write(debriefs.card, saved.debrief_id).plan
    work_for(small, "Kent Police")
    with pytest.raises(NotAllowed, match="other-agency"):
        small.desk.write(replanning.overtaken, saved.debrief_id, plan, plan)


def test_welfare_filled_in_twice_from_one_state_keeps_what_each_of_them_wrote(
    small: SmallDesk,
) -> None:
    key = small.id_of("BF1")
    shown = small.desk.read(welfare.get, key)
    small.desk.write(welfare.record, key, replace(shown, medical="hold"), shown)
    mine = replace(shown, departs_at=builders.at("19:00"))
    small.desk.write(welfare.record, key, mine, shown)
    now = small.desk.read(welfare.get, key)
    assert (now.medical, now.departs_at) == ("hold", builders.at("19:00"))


@pytest.mark.parametrize("mine_stands", [True, False])
def test_welfare_that_two_people_recorded_otherwise_waits_for_a_choice_and_both_stay_on_record(
    small: SmallDesk, mine_stands: bool
) -> None:
    key = small.id_of("BF1")
    shown = small.desk.read(welfare.get, key)
    small.desk.write(welfare.record, key, replace(shown, medical="see_nurse"), shown)
    mine = replace(shown, medical="not_fit")
    with pytest.raises(Stale, match="welfare-changed"):
        small.desk.write(welfare.record, key, mine, shown)
    found = small.desk.read(welfare.overtaken, key, shown, mine)
    (row,) = found.rows
    assert (row.label, row.mine_stands, row.by) == ("Healthcare says", None, SUPERVISOR)
    assert "_" not in row.theirs + row.mine
    chosen = welfare.settled(found, mine, {"medical": mine_stands})
    offered = None if mine_stands else mine
    small.desk.write(welfare.record, key, chosen, found.now, offered)
    kept = small.desk.read(welfare.get, key).medical
    assert kept == ("not_fit" if mine_stands else "see_nurse")
    told = " ".join(line.text for line in small.desk.read(histories.of_person, key))
    assert row.theirs in told
    assert row.mine in told
