"""A policy reads what a site changed, and refuses what makes no sense or weakens the law."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.errors import WrongCall
from debrief_desk.rules.catalogue import RULES, Source
from debrief_desk.rules.numbers import SUBJECTS, Stricter, numbers
from debrief_desk.rules.policy import (
    Policy,
    as_mapping,
    default_policy,
    mended,
    severity_choices,
    severity_names,
)
from debrief_desk.rules.policy import settings as settings_of
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


# what is the law's or protects a person: neither severity nor number gets milder

BOUND = {
    # number: (milder, stricter), one step each
    "voluntariness.unanswered_attempts": (3, 1),
    "welfare.before_transfer_minutes": (59, 61),
    "welfare.stay_limit_minutes": (1441, None),
    "spacing.review_minutes": (1441, 1439),
}


def test_every_number_of_a_bound_rule_is_bound() -> None:
    bound = {path for path, number in numbers().items() if number.is_bound}
    assert bound == set(BOUND)
    assert all(numbers()[path].stricter is not Stricter.NEITHER for path in bound)
    for number in numbers().values():
        if number.rule and Source.LAW in RULES[number.rule].sources:
            assert number.is_bound, number.path


@pytest.mark.parametrize(("path", "milder", "stricter"), [(p, *v) for p, v in BOUND.items()])
def test_a_bound_number_moves_to_its_stricter_side_only(path, milder, stricter) -> None:
    with pytest.raises(WrongCall, match="policy-weakened"):
        Policy.from_mapping(as_mapping({path: milder}))
    if stricter is not None:
        assert settings_of(Policy.from_mapping(as_mapping({path: stricter})))[path] == stricter


@pytest.mark.parametrize(
    ("path", "value"),
    [("welfare.stay_limit_minutes", 1000), ("identity.near_certain", 0.97)],
)
def test_what_no_policy_sets_is_not_set_by_one(path, value) -> None:
    with pytest.raises(WrongCall, match="policy-elsewhere"):
        Policy.from_mapping(as_mapping({path: value}))


def test_a_design_number_moves_both_ways() -> None:
    for value in (100, 500):
        assert Policy.from_mapping({"spacing": {"approach_minutes": value}})


@pytest.mark.parametrize("name", severity_names())
def test_every_severity_that_may_be_chosen_is_taken_and_no_other(name) -> None:
    choices = severity_choices(name)
    assert severity_names()[name] in choices
    for severity in Severity:
        if severity in choices:
            policy = Policy.from_mapping({"severity": {name: severity.value}})
            assert dict(policy.severities)[name] is severity
        else:
            with pytest.raises(WrongCall) as refusal:
                Policy.from_mapping({"severity": {name: severity.value}})
            assert refusal.value.code in {"policy-weakened", "policy-elsewhere", "policy-no-stop"}


def protected() -> list[str]:
    """Give the severities of law, and those HARD in V, C and W-4, and who never interprets."""
    return [
        name
        for name, usual in severity_names().items()
        for rule in [RULES[name.partition(".")[0]]]
        if Source.LAW in rule.sources
        or (usual is Severity.HARD and (rule.id[0] in "VC" or rule.id == "W-4"))
        or name == "I-4.person"
    ]


@pytest.mark.parametrize("name", protected())
def test_what_the_law_says_and_what_protects_a_person_is_never_made_softer(name) -> None:
    usual = severity_names()[name]
    assert all(severity.rank <= usual.rank for severity in severity_choices(name))
    for severity in Severity:
        if severity.rank > usual.rank:
            with pytest.raises(WrongCall, match="policy-weakened"):
                Policy.from_mapping({"severity": {name: severity.value}})


def test_the_protected_are_those_of_the_rule_table() -> None:
    rules = {name.partition(".")[0] for name in protected()}
    assert {"V-1", "V-4", "V-6", "V-8", "C-1", "C-2", "C-4", "S-3", "S-7", "W-4", "W-6", "G-4", "A-3", "A-5", "A-6", "I-4"} <= rules  # fmt: skip
    assert not rules & {"W-2", "W-3", "X-2", "D-6"}


# a broken policy


def test_a_broken_policy_keeps_what_is_right_in_it() -> None:
    kept = {
        "welfare": {"rest_minutes": 300, "tea_minutes": 5, "usual_minutes": "long"},
        "weather": {},
        "severity": {"V-4": "NOTE", "W-3": "HARD*"},
        "spacing": [],
    }
    policy, faults = mended(kept)
    assert policy.welfare.rest_minutes == 300
    assert policy.welfare.usual_minutes == 60
    assert policy.severity("W-3") is Severity.HARD_STAR
    assert policy.severity("V-4") is Severity.HARD
    assert policy.spacing == default_policy().spacing
    assert {str(f.values["field"]) for f in faults} == {"welfare.tea_minutes", "welfare.usual_minutes", "weather", "severity.V-4", "spacing"}  # fmt: skip


@pytest.mark.parametrize("kept", [None, [], "text", 5, True, {}])
def test_what_is_no_policy_at_all_gives_the_shipped_one(kept) -> None:
    policy, faults = mended(kept)
    assert policy == default_policy()
    assert bool(faults) is (kept != {})


def test_numbers_the_wrong_way_round_both_go_back_to_the_shipped() -> None:
    policy, faults = mended({"welfare": {"least_rest_minutes": 900, "rest_minutes": 800}})
    assert (policy.welfare.least_rest_minutes, policy.welfare.rest_minutes) == (120, 240)
    assert [fault.code for fault in faults] == ["policy-order"]


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
    held, faults = mended(mapping)
    assert faults or held == policy
    assert mended(held.to_mapping()) == (held, ())
