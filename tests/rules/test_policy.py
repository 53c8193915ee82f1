"""A policy reads what a site changed, and refuses what makes no sense or weakens the law."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.errors import WrongCall
from debrief_desk.rules.catalogue import RULES
from debrief_desk.rules.numbers import SUBJECTS
from debrief_desk.rules.policy import Policy, default_policy, severity_names
from debrief_desk.rules.severity import Severity

WEAKER = {"C-1": "HARD*", "S-1": "WARN", "W-6": "WARN", "V-4": "HARD*", "S-3": "WARN", "A-5": "NOTE", "X-1": "HARD*", "D-10": "WARN"}  # fmt: skip


def test_the_shipped_policy_has_the_tables_numbers_and_severities() -> None:
    policy = default_policy()
    assert dict(policy.severities) == severity_names()
    assert (policy.welfare.rest_minutes, policy.welfare.least_rest_minutes) == (240, 120)
    assert (policy.welfare.usual_minutes, policy.welfare.longest_minutes) == (60, 90)
    assert (policy.spacing.approach_minutes, policy.spacing.approaches) == (720, 3)
    assert (policy.fitness.lead_debriefs, policy.fitness.supervised_until) == (5, 20)


def test_a_policy_is_written_and_read_back_whole() -> None:
    policy = Policy.from_mapping({"welfare": {"rest_minutes": 300}, "severity": {"W-3": "HARD*"}})
    assert Policy.from_mapping(policy.to_mapping()) == policy
    assert policy.welfare.rest_minutes == 300
    assert policy.severity("W-3") is Severity.HARD_STAR
    assert policy.severity("W-2", "short") is Severity.WARN


def test_two_limits_in_order_may_be_equal() -> None:
    assert Policy.from_mapping({"welfare": {"least_rest_minutes": 240}}).welfare.rest_minutes == 240


def test_what_a_site_does_not_name_keeps_the_shipped_value() -> None:
    changed = Policy.from_mapping({"spacing": {"same_boat": 4}})
    assert changed.spacing.overdue_minutes == default_policy().spacing.overdue_minutes
    assert changed.fitness == default_policy().fitness


@pytest.mark.parametrize(
    ("mapping", "code", "field"),
    [
        ({"weather": {}}, "policy-unknown", "weather"),
        ({"welfare": {"tea_minutes": 5}}, "policy-unknown", "welfare.tea_minutes"),
        ({"severity": {"Z-1": "HARD"}}, "policy-unknown", "severity.Z-1"),
        ({"severity": {"W-2": "HARD"}}, "policy-unknown", "severity.W-2"),
        ({"welfare": 5}, "policy-type", "welfare"),
        ({"welfare": {"rest_minutes": "240"}}, "policy-type", "welfare.rest_minutes"),
        ({"welfare": {"rest_minutes": True}}, "policy-type", "welfare.rest_minutes"),
        ({"welfare": {"rest_minutes": 240.5}}, "policy-type", "welfare.rest_minutes"),
        ({"severity": {"W-3": "LOUD"}}, "policy-type", "severity.W-3"),
        ({"severity": {"W-3": 3}}, "policy-type", "severity.W-3"),
        ({"welfare": {"rest_minutes": -1}}, "policy-range", "welfare.rest_minutes"),
        ({"welfare": {"stay_limit_minutes": 10081}}, "policy-range", "welfare.stay_limit_minutes"),
        ({"identity": {"probable": float("nan")}}, "policy-range", "identity.probable"),
        ({"welfare": {"least_rest_minutes": 241}}, "policy-order", "welfare.least_rest_minutes"),
        ({"identity": {"possible": 0.95}}, "policy-order", "identity.possible"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(mapping, code, field) -> None:
    with pytest.raises(WrongCall) as refusal:
        Policy.from_mapping(mapping)
    assert (refusal.value.code, refusal.value.values["field"]) == (code, field)


@pytest.mark.parametrize(("rule", "severity"), WEAKER.items())
def test_a_rule_that_is_no_design_default_cannot_be_weakened(rule, severity) -> None:
    with pytest.raises(WrongCall, match="policy-weakened"):
        Policy.from_mapping({"severity": {rule: severity}})


def test_no_rule_of_law_can_be_weakened_in_any_way() -> None:
    for name, usual in severity_names().items():
        if RULES[name.partition(".")[0]].is_changeable:
            continue
        for severity in Severity:
            if severity.rank > usual.rank:
                with pytest.raises(WrongCall, match="policy-weakened"):
                    Policy.from_mapping({"severity": {name: severity}})


def test_a_warning_of_any_source_may_be_made_stronger() -> None:
    policy = Policy.from_mapping({"severity": {"A-7": "HARD", "I-3": "HARD*"}})
    assert policy.severity("A-7") is Severity.HARD


def test_a_design_default_may_be_made_weaker() -> None:
    policy = Policy.from_mapping({"severity": {"X-2": "WARN", "D-6": "HARD*"}})
    assert policy.severity("X-2") is Severity.WARN


def test_every_number_says_between_what_it_may_lie() -> None:
    default = default_policy()
    for subject, kind in SUBJECTS.items():
        for field in fields(kind):
            value = getattr(getattr(default, subject), field.name)
            assert field.metadata["low"] <= value <= field.metadata["high"], field.name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
NAMES = st.sampled_from([*SUBJECTS, "severity", "other"])
KEYS = st.sampled_from(
    [f.name for kind in SUBJECTS.values() for f in fields(kind)] + list(severity_names())
)


@given(st.dictionaries(NAMES, st.dictionaries(KEYS, JSON, max_size=3) | JSON, max_size=3))
@settings(deadline=None, max_examples=200)
def test_any_mapping_is_either_a_policy_or_a_wrong_call(mapping) -> None:
    policy = default_policy()
    with suppress(WrongCall):  # any other failure fails the test
        policy = Policy.from_mapping(mapping)
    assert Policy.from_mapping(policy.to_mapping()) == policy
