"""Who was first, what lapses when, what a bypass lifts, and what fits one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from debrief_desk.rules.codes import Band
from debrief_desk.rules.facts import BypassFacts, MatchFacts, PlanFacts
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.policy import Policy
from debrief_desk.rules.registry import check
from debrief_desk.rules.severity import Severity
from debrief_desk.rules.spacing import first_in_time, lapse_due, sequence_start
from debrief_desk.rules.states import DebriefState

START = datetime(2026, 11, 20, 14, tzinfo=UTC)
END = START + timedelta(minutes=45)
EARLIER, LATER = (
    START - timedelta(hours=7),
    START - timedelta(hours=5),
)  # saved before and after ours


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def other(start: datetime = START, length: int = 45, **values: Any) -> dict[str, Any]:
    """Give a second plan that shares nothing but what `values` say."""
    return {
        "others": (
            PlanFacts(**{"id": "Q", "start": start, "end": start + minutes(length), **values}),
        )
    }


def match(band: Band, saved: datetime | None = None, *, plans: bool = True) -> dict[str, Any]:
    theirs = PlanFacts(id="Q", start=START, end=END, agency="IE", first_saved_at=saved)
    return {"matches": (MatchFacts("H2", band, plans=(theirs,) if plans else ()),)}


def bypassed(**values: Any) -> dict[str, Any]:
    full = {
        "asked_by": "a",
        "concurred_by": "b",
        "concurred_at": START - minutes(120),
        "has_reason": True,
    }
    return {"plan": {"bypass": BypassFacts(**{**full, **values})}}


LAPSES = [
    # (confirmed, entered, state), minutes from the start, lapses
    ((False, -240, DebriefState.PLANNED), -31, []),
    ((False, -240, DebriefState.PLANNED), -30, ["unconfirmed"]),
    ((True, -240, DebriefState.PLANNED), -30, []),
    ((True, -240, DebriefState.CLEARED), 59, []),
    ((True, -240, DebriefState.CLEARED), 60, ["overdue"]),
    ((True, -240, DebriefState.IN_PROGRESS), 60, []),
    ((False, -20, DebriefState.PLANNED), -10, []),  # entered too late to be confirmed in time
    ((False, -20, DebriefState.PLANNED), 60, ["overdue"]),
    ((False, 10, DebriefState.PLANNED), 600, []),  # came when its time had passed
    ((True, 0, DebriefState.PLANNED), 600, []),
    ((False, -30, DebriefState.PLANNED), 59, []),
]


@pytest.mark.parametrize(("plan", "now", "reasons"), LAPSES)
def test_lapse_follows_the_clock(plan, now, reasons, told) -> None:
    confirmed, entered, state = plan
    plan = {
        "state": state,
        "entered_at": START + minutes(entered),
        "confirmed_at": START - minutes(120) if confirmed else None,
    }
    assert told("D-10", plan=plan, now=START + minutes(now)) == reasons


def test_the_first_in_time_holds_the_slot(make) -> None:
    ours = make().plan
    theirs = replace(ours, id="A", first_saved_at=None)
    assert first_in_time((theirs, ours)) is ours
    assert first_in_time((ours, replace(ours, id="O"))).id == "O"


def test_only_the_second_in_time_is_stopped_by_a_probable_match(findings) -> None:
    second = next(f for f in findings(**match(Band.PROBABLE, EARLIER)) if f.rule == "D-3")
    first = next(f for f in findings(**match(Band.PROBABLE, LATER)) if f.rule == "D-3")
    assert (second.severity, first.severity) == (Severity.HARD_STAR, Severity.NOTE)
    assert second.kind is first.kind is ConflictKind.POSSIBLE_PERSON
    assert second.key == first.key == ("D-3", ("H", "H2"))


def test_every_plan_of_one_person_tells_of_the_same_conflict(make, findings) -> None:
    ours = make().plan
    theirs = replace(ours, id="Q", agency="IE", start=END, end=END + minutes(45))
    third = replace(theirs, id="R", agency="ROCU")
    seen = {
        mine.id: [f.subject for f in findings(plan={"id": mine.id, "agency": mine.agency}, others=tuple(p for p in (ours, theirs, third) if p is not mine)) if f.rule == "D-1"]
        for mine in (ours, theirs, third)
    }  # fmt: skip
    assert seen == {"P": [("P", "Q", "R")], "Q": [("P", "Q", "R")], "R": [("P", "Q", "R")]}


def test_a_bypass_lifts_four_rules_and_no_other(findings) -> None:
    clash = {
        **other(person="H", agency="IE"),
        "person": {"completed": 1, "medical": None, "suspect": True},
    }
    before = {f.rule for f in findings(**clash) if f.severity.stops}
    after = {f.rule for f in findings(**clash, **bypassed()) if f.severity.stops}
    assert before - after == {"D-1", "D-5"}
    assert {"W-4", "A-4"} <= after
    assert {f.rule for f in findings(**clash, **bypassed(has_reason=False)) if f.severity.stops} == {*before, "D-11"}  # fmt: skip


@pytest.mark.parametrize(("hours", "fits"), [(14, True), (13, True), (12.9, False), (12, False)])
def test_one_after_the_other_needs_room_in_the_stay(hours, fits, make, policy) -> None:
    case = make(person={"departs_at": START + minutes(hours * 60 + 45)})
    later = replace(case.plan, id="Q", start=END, end=END + minutes(45))
    start = sequence_start(case.plan, later, case.person, policy)
    assert (start == START + minutes(720)) is fits
    assert (start is None) is not fits


def test_a_plan_lapses_at_the_moment_it_is_due(make, policy, told) -> None:
    plan = make(plan={"confirmed_at": None}).plan
    due = lapse_due(plan, policy)
    assert due == START - minutes(30)
    assert told("D-10", plan={"confirmed_at": None}, now=due) == ["unconfirmed"]


def test_a_site_may_let_plans_stand_unconfirmed_until_their_start(make) -> None:
    policy = Policy.from_mapping({"spacing": {"confirm_minutes": 0}})
    case = make(plan={"confirmed_at": None})
    told = [[f.reason for f in check(case, policy, now) if f.rule == "D-10"] for now in (START - minutes(1), START)]  # fmt: skip
    assert told == [[], ["unconfirmed"]]


def test_a_double_booking_names_who_is_booked_twice(findings) -> None:
    told = {f.subject[0]: f.value("who") for f in findings(**other(lead="L", second="S"))}
    assert told == {"L": "A. Lead", "S": "B. Second"}
