"""Every rule about the person, on each side of each limit: rule, what changes, what is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from debrief_desk.rules.codes import (
    AgeFlag,
    ApproachOutcome,
    Band,
    BusyKind,
    ConsentOutcome,
    ExplanationPoint,
    Gender,
    GenderPreference,
    Indicator,
    MarkerKind,
    Medical,
    Mode,
    StopReason,
)
from debrief_desk.rules.facts import (
    AgeDecision,
    ApproachFacts,
    Birth,
    BusyFacts,
    ConsentFacts,
    MarkerFacts,
    MatchFacts,
    StopFacts,
)
from debrief_desk.rules.times import Window

START = datetime(2026, 11, 20, 14, tzinfo=UTC)
END = START + timedelta(minutes=45)
POINTS = frozenset(ExplanationPoint)


def ago(hours: float = 0, minutes: float = 0) -> datetime:
    return START - timedelta(hours=hours, minutes=minutes)


def consent(**changes: Any) -> dict[str, Any]:
    values = {
        "outcome": ConsentOutcome.AGREED,
        "at": ago(minutes=20),
        "language": "Dari",
        "interpreter": "I",
        "explained_by": "L",
        "version": "1",
        "points": POINTS,
    }
    return {"plan": {"consent": ConsentFacts(**{**values, **changes})}}


def person(**changes: Any) -> dict[str, Any]:
    return {"person": changes}


def plan(**changes: Any) -> dict[str, Any]:
    return {"plan": changes}


def born(year: int, month: int, day: int, until: date | None = None) -> tuple[Birth, ...]:
    first = date(year, month, day)
    return (Birth(first, until or first),)


def mark(**changes: Any) -> tuple[MarkerFacts, ...]:
    return (MarkerFacts("m", MarkerKind.NO_APPROACH, ago(4), **changes),)


def reopened(**changes: Any) -> dict[str, Any]:
    values = {
        "lifted_at": ago(2),
        "reopened_at": ago(3),
        "language": "Dari",
        "interpreter": "I",
        "witness_agency": "Border Force",
        "recorded_by": "x",
        "confirmed_by": "y",
    }
    return person(markers=mark(**{**values, **changes}))


def approach(outcome: ApproachOutcome, hours: float = 20, count: int = 1) -> dict[str, Any]:
    return person(approaches=(ApproachFacts(ago(hours), outcome),) * count)


def match(band: Band, *, same_event: bool = False, marked: bool = True) -> dict[str, Any]:
    since = ago(4) if marked else None
    return {"matches": (MatchFacts("H2", band, same_event=same_event, marked_at=since),)}


def stopped(reason: StopReason, **changes: Any) -> dict[str, Any]:
    return person(stops=(StopFacts("Q", reason, ago(5), **changes),))


def busy(start: datetime, end: datetime) -> dict[str, Any]:
    return person(busy=(BusyFacts(BusyKind.MEAL, Window(start, end)),))


def at(hour: int, minute: int = 0, **changes: Any) -> dict[str, Any]:
    begin = START.replace(hour=hour, minute=minute)
    return plan(start=begin, end=begin + timedelta(minutes=45), **changes)


def lasting(minutes: int, **changes: Any) -> dict[str, Any]:
    return plan(end=START + timedelta(minutes=minutes), **changes)


DECIDED = AgeDecision(adult=True, decider="Dr X", decided_on=date(2026, 11, 20))
HARMED = {"gender": Gender.WOMAN, "indicators": frozenset({Indicator.GENDER_VIOLENCE})}
MAN = {"gender": Gender.MAN}

TABLE: list[tuple[str, dict[str, Any], list[str]]] = [
    ("V-1", {}, []),
    ("V-1", plan(consent=None), ["missing"]),
    *(
        ("V-1", consent(**{name: None}), ["missing"])
        for name in ("outcome", "at", "language", "interpreter", "explained_by", "version")
    ),
    ("V-2", consent(points=POINTS - {ExplanationPoint.COMPLAINT}), ["unticked"]),
    ("V-2", consent(), []),
    ("V-3", approach(ApproachOutcome.REFUSED), ["refused"]),
    ("V-3", consent(outcome=ConsentOutcome.REFUSED), ["refused"]),
    ("V-3", approach(ApproachOutcome.ASLEEP), []),
    ("V-3", {"person": {**approach(ApproachOutcome.REFUSED, 5)["person"], **reopened()["person"]}}, []),
    ("V-3", {"person": {**approach(ApproachOutcome.REFUSED, 1)["person"], **reopened()["person"]}}, ["refused"]),
    ("V-4", person(markers=mark()), ["marked"]),
    ("V-4", reopened(), []),
    ("V-4", reopened(lifted_at=None, confirmed_by=None), ["marked"]),
    ("V-5", reopened(), []),
    ("V-5", person(markers=mark()), []),
    ("V-5", reopened(confirmed_by=None, lifted_at=None), ["incomplete"]),
    ("V-5", reopened(confirmed_by="x"), ["incomplete"]),
    ("V-5", reopened(witness_agency="NCA"), ["incomplete"]),
    ("V-5", reopened(language=None), ["incomplete"]),
    ("V-6", approach(ApproachOutcome.WITHDRAWN), ["withdrawn"]),
    ("V-6", consent(outcome=ConsentOutcome.WITHDRAWN), ["withdrawn"]),
    ("V-6", approach(ApproachOutcome.ACCEPTED), []),
    ("V-7", person(compulsory_power_at=ago(minutes=140)), ["recent_power"]),  # 120 min before the explanation
    ("V-7", person(compulsory_power_at=ago(minutes=141)), []),
    ("V-7", person(compulsory_power_at=ago(minutes=20)), ["recent_power"]),  # at the explanation
    ("V-7", person(compulsory_power_at=ago(minutes=19)), []),  # after it
    ("V-7", {**person(compulsory_power_at=ago(1)), **consent(optional_line=True)}, []),
    ("V-8", approach(ApproachOutcome.NO_ANSWER, count=1), []),
    ("V-8", approach(ApproachOutcome.NO_ANSWER, count=2), ["attempts"]),
    ("V-8", approach(ApproachOutcome.UNFIT, count=2), []),
    ("V-10", match(Band.NEAR_CERTAIN), ["match"]),
    ("V-10", match(Band.PROBABLE), ["match"]),
    ("V-10", match(Band.POSSIBLE, same_event=True), ["match"]),
    ("V-10", match(Band.POSSIBLE), []),
    ("V-10", match(Band.WEAK, same_event=True), []),
    ("V-10", match(Band.PROBABLE, marked=False), []),
    ("C-1", person(births=born(2008, 11, 21)), ["child"]),
    ("C-1", person(births=born(2008, 11, 20)), []),
    ("C-1", person(age_flags=frozenset({AgeFlag.CHILD})), ["child"]),
    ("C-1", person(age_flags=frozenset({AgeFlag.CHILD}), age_decision=DECIDED), []),
    ("C-1", person(age_decision=AgeDecision(adult=False, decider="X", decided_on=date(2026, 1, 1))), ["child"]),
    ("C-2", person(age_flags=frozenset({AgeFlag.DISPUTED})), ["disputed"]),
    ("C-2", person(age_flags=frozenset({AgeFlag.DISPUTED}), age_decision=DECIDED), []),
    ("C-2", person(births=born(2008, 1, 1, date(2008, 12, 31))), ["disputed"]),
    ("C-2", person(births=born(2007, 1, 1, date(2007, 12, 31))), []),
    ("C-2", person(births=()), ["unknown"]),
    ("C-2", person(births=(), age_flags=frozenset({AgeFlag.ADULT})), []),
    ("C-3", person(births=born(2010, 1, 1), age_flags=frozenset({AgeFlag.ADULT})), ["contradiction"]),
    ("C-3", person(age_flags=frozenset({AgeFlag.CHILD})), ["contradiction"]),
    ("C-3", person(births=born(2010, 1, 1) + born(2004, 1, 1)), ["contradiction"]),
    ("C-3", person(births=born(2010, 1, 1), age_flags=frozenset({AgeFlag.ADULT}), age_decision=DECIDED), []),
    ("C-3", person(births=born(2010, 1, 1), age_flags=frozenset({AgeFlag.ADULT}), age_decision=AgeDecision(adult=True)), ["contradiction"]),
    ("C-3", person(births=born(2010, 1, 1), age_flags=frozenset({AgeFlag.CHILD})), []),
    ("C-4", person(births=born(2010, 1, 1), indicators=frozenset({Indicator.TRAFFICKING})), ["not_referred"]),
    ("C-4", person(births=born(2010, 1, 1), indicators=frozenset({Indicator.TRAFFICKING}), nrm_opened_at=ago(1)), []),
    ("C-4", person(indicators=frozenset({Indicator.TRAFFICKING})), []),
    ("C-6", person(dependants=2), ["no_carer"]),
    ("C-6", person(dependants=2, carer_recorded=True), []),
    ("C-6", person(dependants=0), []),
    ("S-1", person(screened_at=None), ["unrecorded"]),
    ("S-1", person(screened_at=START), []),
    ("S-1", person(screened_at=ago(minutes=-1)), ["after_start"]),
    ("S-2", person(indicators=frozenset({Indicator.TORTURE})), ["indicator"]),
    ("S-2", {}, []),
    ("S-3", person(indicators=frozenset({Indicator.TRAFFICKING})), ["no_task"]),
    ("S-3", person(indicators=frozenset({Indicator.TRAFFICKING}), nrm_opened_at=ago(1)), ["task_open"]),
    ("S-3", person(indicators=frozenset({Indicator.DISABILITY})), []),
    ("S-4", person(bereaved=True, landed_at=ago(24)), ["decide"]),
    ("S-4", person(bereaved=True, landed_at=ago(23, 59)), ["too_early"]),
    ("S-4", person(bereaved=False), []),
    ("S-5", stopped(StopReason.SAFEGUARDING), ["not_informed", "not_released"]),
    ("S-5", stopped(StopReason.SAFEGUARDING, informed_at=ago(4)), ["not_released"]),
    ("S-5", stopped(StopReason.SAFEGUARDING, informed_at=ago(4), released_at=ago(3)), []),
    ("S-5", stopped(StopReason.UNWELL), []),
    ("S-6", person(facilitator_near=True), ["no_private_route"]),
    ("S-6", {**person(facilitator_near=True), "room": {"features": frozenset({"private"})}}, []),
    ("S-6", person(facilitator_near=False), []),
    ("W-1", person(fed_dry_rested=None), ["unrecorded"]),
    ("W-1", person(fed_dry_rested=False), ["not_yet"]),
    ("W-1", person(fed_dry_rested=True), []),
    ("W-2", person(landed_at=ago(1, 59), arrived_at=None), ["shortest"]),
    ("W-2", person(landed_at=ago(2), arrived_at=None), ["short"]),
    ("W-2", person(landed_at=ago(3, 59), arrived_at=None), ["short"]),
    ("W-2", person(landed_at=ago(4), arrived_at=ago(1)), []),
    ("W-2", person(landed_at=ago(4), arrived_at=ago(0, 59)), ["arrival"]),
    ("W-2", person(landed_at=None), ["unrecorded"]),
    ("W-3", at(22, 59), []),
    ("W-3", at(23), ["night"]),
    ("W-3", at(5, 59), ["night"]),
    ("W-3", at(6), []),
    ("W-3", at(3, awake_and_asked=True), []),
    ("W-4", person(medical=None), ["unrecorded"]),
    ("W-4", person(medical=Medical.ASK), ["ask"]),
    ("W-4", person(medical=Medical.HOLD), ["hold"]),
    ("W-4", person(medical=Medical.UNFIT), ["unfit"]),
    ("W-4", person(medical=Medical.HOLD, medical_cleared_at=ago(1)), []),
    ("W-4", person(indicators=frozenset({Indicator.PREGNANCY})), ["ask_first"]),
    ("W-4", person(indicators=frozenset({Indicator.PREGNANCY}), medical_cleared_at=ago(1)), []),
    ("W-5", lasting(45), []),
    ("W-5", lasting(46), ["no_break"]),
    ("W-5", lasting(60, break_after=45), []),
    ("W-5", lasting(60, break_after=46), ["late_break"]),
    ("W-5", lasting(61, break_after=40), ["long"]),
    ("W-5", lasting(90, break_after=40), ["long"]),
    ("W-5", lasting(91, break_after=40), ["longest"]),
    ("W-6", person(departs_at=END + timedelta(minutes=60)), []),
    ("W-6", person(departs_at=END + timedelta(minutes=59)), ["transfer"]),
    ("W-6", person(arrived_at=END - timedelta(hours=24)), ["limit"]),
    ("W-6", person(arrived_at=END - timedelta(hours=23, minutes=59)), []),
    ("W-6", person(arrived_at=None, landed_at=END - timedelta(hours=24)), ["limit"]),
    ("W-6", person(arrived_at=END - timedelta(hours=24), stay_limit=5760), []),
    ("W-6", person(limit_at=END), ["limit"]),
    ("W-7", busy(ago(1), START), []),
    ("W-7", busy(ago(1), START + timedelta(minutes=1)), ["busy"]),
    ("W-7", busy(END, END + timedelta(hours=1)), []),
    ("G-1", person(prefers_interviewer=None), ["blank"]),
    ("G-1", person(prefers_interpreter=None), ["blank"]),
    ("G-1", {**person(prefers_interpreter=None), **plan(shared_language=True, interpreter=None), "interpreter": None}, []),
    ("G-1", {**person(prefers_interpreter=None), **plan(shared_language=True)}, ["blank"]),
    ("G-2", {**person(prefers_interviewer=GenderPreference.WOMEN), "second": {"gender": Gender.WOMAN}}, []),
    ("G-2", person(prefers_interviewer=GenderPreference.WOMEN), ["not_met"]),
    ("G-2", {**person(prefers_interviewer=GenderPreference.WOMEN), "second": {"gender": None}}, ["unrecorded"]),
    ("G-2", {**person(prefers_interviewer=GenderPreference.WOMEN), **plan(preference_waived_at=ago(1))}, []),
    ("G-2", person(prefers_interpreter=GenderPreference.MEN), ["not_met"]),
    ("G-3", person(**HARMED), []),
    ("G-3", {**person(**HARMED), "lead": MAN, "interpreter": MAN}, ["no_woman"]),
    ("G-3", {**person(**HARMED), "lead": MAN}, []),
    ("G-3", {**person(**HARMED), "lead": MAN, **plan(mode=Mode.PHONE)}, ["no_woman"]),
    ("G-3", {**person(**HARMED, alone=False), "lead": MAN, "interpreter": MAN}, []),
    ("G-3", {**person(**HARMED), "lead": None, "interpreter": MAN}, ["not_known_yet"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changes", "reasons"), TABLE)
def test_rule_tells_what_the_table_says(rule, changes, reasons, told) -> None:
    assert told(rule, **changes) == reasons


def test_every_rule_here_has_a_case_on_either_side() -> None:
    rules = {rule for rule, _, _ in TABLE}
    assert {rule for rule, _, reasons in TABLE if reasons} == rules
    assert {rule for rule, _, reasons in TABLE if not reasons} == rules


TODOS = {
    ("V-1", "missing"), ("V-2", "unticked"), ("C-2", "unknown"), ("C-4", "not_referred"),
    ("S-1", "unrecorded"), ("S-5", "not_informed"), ("W-1", "unrecorded"), ("W-2", "unrecorded"),
    ("W-4", "unrecorded"), ("W-4", "ask"), ("W-4", "ask_first"), ("G-1", "blank"),
    ("G-2", "unrecorded"), ("G-3", "not_known_yet"),
}  # fmt: skip


def test_only_what_is_not_recorded_yet_is_a_todo(findings) -> None:
    told = [f for rule, changes, _ in TABLE for f in findings(**changes) if f.rule == rule]
    assert {(f.rule, f.reason) for f in told if f.todo} == TODOS
    assert not {(f.rule, f.reason) for f in told if not f.todo} & TODOS


def test_nothing_is_found_where_all_is_well(findings) -> None:
    assert findings() == ()


def test_the_birthday_of_29_february_comes_on_1_march(told) -> None:
    leap = born(2008, 2, 29)
    before, after = datetime(2026, 2, 28, 14, tzinfo=UTC), datetime(2026, 3, 1, 14, tzinfo=UTC)
    assert told("C-1", person={"births": leap}, plan={"start": before}) == ["child"]
    assert told("C-1", person={"births": leap}, plan={"start": after}) == []


def test_age_is_counted_on_the_london_day(told) -> None:
    # 23:30 UTC in July is half past midnight of the next day in London
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert told("C-1", person={"births": born(2008, 7, 2)}, plan={"start": late}) == []


def test_night_follows_the_london_clock_in_summer(told) -> None:
    start = datetime(2026, 7, 1, 22, 15, tzinfo=UTC)
    assert told("W-3", plan={"start": start, "end": start + timedelta(minutes=45)}) == ["night"]


def test_a_no_of_another_day_still_stands_after_a_later_yes(told) -> None:
    said = (
        ApproachFacts(ago(30), ApproachOutcome.REFUSED),
        ApproachFacts(ago(13), ApproachOutcome.ACCEPTED),
    )
    assert told("V-3", person={"approaches": said}) == ["refused"]
