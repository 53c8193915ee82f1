"""Every rule has a case that it raises and one on which it is quiet, at the edge of every limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from debrief_desk.rules.catalogue import RULES, Nature
from debrief_desk.rules.numbers import numbers
from debrief_desk.rules.policy import default_policy
from debrief_desk.rules.registry import JUDGES, TIMED, check
from tests.rules import test_people_rules, test_spacing, test_team_rules
from tests.rules.conftest import START, changed

if TYPE_CHECKING:
    from debrief_desk.rules.policy import Policy

Example = tuple[dict[str, Any], datetime]


def lapse(plan: tuple[bool, int, Any], minute: int) -> Example:
    confirmed, entered, state = plan
    facts = {
        "state": state,
        "entered_at": START + timedelta(minutes=entered),
        "confirmed_at": START - timedelta(hours=2) if confirmed else None,
    }
    return {"plan": facts}, START + timedelta(minutes=minute)


def examples() -> dict[str, list[tuple[Example, list[str]]]]:
    """Give every case of the tables by rule, with the reasons it is told."""
    found: dict[str, list[tuple[Example, list[str]]]] = {rule: [] for rule in RULES}
    for rule, facts, reasons in (*test_people_rules.TABLE, *test_team_rules.TABLE):
        found[rule].append(((facts, START - timedelta(hours=1)), reasons))
    for plan, minute, reasons in test_spacing.LAPSES:
        found["D-10"].append((lapse(plan, minute), reasons))
    return found


EXAMPLES = examples()
JUDGED = sorted((*JUDGES, *TIMED), key=list(RULES).index)
LIMITS = [
    number
    for number in numbers().values()
    if number.rule and not number.elsewhere and number.subject != "identity"
]
"""The numbers the rules compare with; bands come to them ready made."""


@pytest.mark.parametrize("rule", JUDGED)
def test_a_rule_has_a_case_it_raises_and_one_it_leaves(rule: str) -> None:
    told = [bool(reasons) for _, reasons in EXAMPLES[rule]]
    assert set(told) == {True, False}


def test_only_rules_that_judge_have_cases() -> None:
    assert {rule for rule, cases in EXAMPLES.items() if cases} == set(JUDGED)
    assert set(JUDGED) == {rule.id for rule in RULES.values() if rule.nature is Nature.CHECK}


def moved(number: Any, by: int) -> Policy:
    """Give the shipped policy with one number moved, whatever the other numbers say."""
    policy = default_policy()
    part = getattr(policy, number.subject)
    value = getattr(part, number.name) + by
    return replace(policy, **{number.subject: replace(part, **{number.name: value})})


def told(rule: str, policy: Policy) -> list[list[str]]:
    return [
        [f.reason for f in check(changed(**facts), policy, now) if f.rule == rule]
        for (facts, now), _ in EXAMPLES[rule]
    ]


@pytest.mark.parametrize("number", LIMITS, ids=lambda number: number.path)
def test_every_limit_has_a_case_on_its_very_edge_on_both_sides(number: Any) -> None:
    """A limit one step off, either way, changes what some case of its rule is told."""
    now = told(number.rule, default_policy())
    shipped = getattr(getattr(default_policy(), number.subject), number.name)
    for by in (-1, 1):
        if number.low <= shipped + by <= number.high:
            assert told(number.rule, moved(number, by)) != now, by


def raised(rule: str, policy: Policy) -> int:
    """Give how many cases are told anything, each reason with the rank of its severity."""
    return sum(
        10 - f.severity.rank
        for (facts, now), _ in EXAMPLES[rule]
        for f in check(changed(**facts), policy, now)
        if f.rule == rule
    )


@pytest.mark.parametrize("number", LIMITS, ids=lambda number: number.path)
def test_the_stricter_side_of_a_number_lets_less_through(number: Any) -> None:
    """What the policy page calls milder is milder: it never raises more."""
    by = 1 if number.stricter == "more" else -1
    now = raised(number.rule, default_policy())
    assert raised(number.rule, moved(number, by)) >= now
    assert raised(number.rule, moved(number, -by)) <= now


BESIDE = {"X-2": {"X-4"}}
"""Rules that ask for another's limit: a trainee is who lacks a lead's experience."""


def test_a_number_serves_the_rule_it_names_and_no_other(policy: Policy) -> None:
    for number in LIMITS:
        own = {number.rule, *BESIDE.get(number.rule, ())}
        off = moved(number, 1)
        for cases in EXAMPLES.values():
            for (facts, now), _ in cases[:3]:
                case = changed(**facts)
                before, after = (
                    [(f.rule, f.reason) for f in check(case, limits, now) if f.rule not in own]
                    for limits in (policy, off)
                )
                assert before == after, number.path


# the session's date: valid until 23:59 London time, also on the days the clock changes

DAYS = {
    # a London day, its first and its last minute in UTC
    "winter": (date(2026, 11, 20), datetime(2026, 11, 20, 0, 0, tzinfo=UTC), datetime(2026, 11, 20, 23, 59, tzinfo=UTC)),
    "summer": (date(2026, 7, 1), datetime(2026, 6, 30, 23, 0, tzinfo=UTC), datetime(2026, 7, 1, 22, 59, tzinfo=UTC)),
    "clocks forward": (date(2026, 3, 29), datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 59, tzinfo=UTC)),
    "clocks back": (date(2026, 10, 25), datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 25, 23, 59, tzinfo=UTC)),
}  # fmt: skip
EXPIRIES = [
    ("X-1", "lead", "valid_to"),
    ("X-9", "lead", "vetting_to"),
    ("X-9", "second", "vetting_to"),
    ("I-3", "interpreter", "valid_to"),
]


@pytest.mark.parametrize("paper", EXPIRIES, ids=" ".join)
@pytest.mark.parametrize("span", DAYS.values(), ids=DAYS)
def test_what_ends_on_a_day_is_valid_until_its_last_london_minute(paper, span, told) -> None:
    (rule, part, field), (day, first, last) = paper, span

    def at(moment: datetime) -> list[str]:
        plan = {"start": moment, "end": moment + timedelta(minutes=30)}
        ends = {part: {field: day}}
        return told(rule, plan=plan, now=moment - timedelta(hours=1), **ends)

    assert at(first) == at(last) == []
    assert at(last + timedelta(minutes=1)) == ["expired"]


@pytest.mark.parametrize("span", DAYS.values(), ids=DAYS)
def test_a_paper_that_begins_on_a_day_holds_from_its_first_london_minute(span, told) -> None:
    day, first, last = span

    def at(moment: datetime) -> list[str]:
        plan = {"start": moment, "end": moment + timedelta(minutes=30)}
        begins = {"lead": {"awarded_on": day, "valid_to": date(2028, 1, 1)}}
        return told("X-1", plan=plan, now=moment - timedelta(hours=1), **begins)

    assert at(first) == at(last) == []
    assert at(first - timedelta(minutes=1)) == ["not_yet"]
