"""Every rule, finding and code has its words."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest

from debrief_desk.rules import codes, kinds, roles, severity, states
from debrief_desk.rules.catalogue import RULES
from debrief_desk.rules.finding import Finding
from debrief_desk.rules.policy import Policy, default_policy
from debrief_desk.rules.severity import Severity
from debrief_desk.wording import findings, names, next_steps, rules

ENUMS = [
    kind
    for module in (codes, kinds, roles, severity, states)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]
FOLDER = Path(findings.__file__).parent.parent / "rules"


def written(rule: str, reason: str, **values: object) -> str:
    told = Finding(rule, Severity.HARD, reason, values=tuple(values.items()))
    return findings.title(told).translate({0x2066: None, 0x2068: None, 0x2069: None})


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_code_has_a_word_of_its_own(kind) -> None:
    words = [names.name(code) for code in kind]
    assert len(set(words)) == len(words)
    assert all(words)
    assert [value for value, _ in names.choices(kind)] == [code.value for code in kind]


def test_the_levels_are_called_as_settled() -> None:
    assert [names.name(level) for level in severity.Level] == ["Stop", "Check", "Note", "Clear"]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_statement_and_a_why(rule) -> None:
    statement = rules.statement(rule, default_policy())
    assert statement.endswith(".")
    assert "{" not in statement
    assert rules.why(rule).endswith(".")


def test_a_statement_shows_the_sites_numbers() -> None:
    policy = Policy.from_mapping({"welfare": {"rest_minutes": 330}, "spacing": {"same_boat": 7}})
    assert "5 h 30 min" in rules.statement("W-2", policy)
    assert "7 debriefs" in rules.statement("D-9", policy)
    assert rules.statement("W-3", policy) == "No start from 23:00 to 06:00."


def test_every_finding_a_rule_can_make_has_its_sentences() -> None:
    made = set()
    for path in FOLDER.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "found":
                rule, reason = call.args[1], call.args[2]
                if isinstance(rule, ast.Constant) and isinstance(reason, ast.Constant):
                    made.add((rule.value, reason.value))
    assert len(made) > 80
    for rule, reason in made:
        assert f"{rule}.{reason}" in findings._WHAT
        assert next_steps.next_step(rule, reason).endswith(".")


def test_no_sentence_stands_for_a_finding_that_no_rule_makes() -> None:
    source = "".join(path.read_text() for path in FOLDER.glob("*.py"))
    for key in findings._WHAT:
        rule, reason = key.split(".")
        known = {"hold", "unfit"} if rule == "W-4" else set()
        assert f'"{reason}"' in source or reason in known, key
    for key in next_steps._NEXT:
        assert key in findings._WHAT or key in RULES, key


def test_times_are_london_times_and_durations_are_short() -> None:
    at = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)
    assert (
        written("V-4", "marked", since=at)
        == "A no-approach marker stands since Wed 1 Jul 2026 14:05."
    )
    assert (
        written("W-2", "short", minutes=200.0, limit=240)
        == "3 h 20 min after landing; 4 h is usual."
    )
    assert (
        written("X-1", "expired", who="", valid_to=date(2026, 11, 19))
        == "The authorisation of this officer ended on Thu 19 Nov 2026."
    )


def test_counts_and_codes_are_words() -> None:
    assert (
        written("D-6", "too_many", count=3, limit=3)
        == "Approached 3 times in this stay; 3 is the most."
    )
    assert written("D-5", "completed", count=1) == "Already debriefed once in this stay."
    assert (
        written("V-1", "missing", missing=("at", "version"))
        == "Consent is not recorded in full: time, version of the explanation."
    )
    assert (
        written("V-2", "unticked", missing=("may_stop",)) == "Not yet explained: the right to stop."
    )
    assert (
        written("I-2", "language", who="A", languages=("Dari", "Pashto"))
        == "A does not interpret Dari, Pashto."
    )


def test_a_pointer_names_agency_slot_and_reference() -> None:
    start, end = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (14, 15))
    told = written(
        "D-1", "second_plan", agency="IE", reference="DD-7", start=start, end=end, count=1
    )
    assert told == "IE plans a debrief Fri 20 Nov 2026 14:00–15:00 (DD-7)."


def test_a_finding_says_what_why_and_what_next() -> None:
    told = findings.said(Finding("W-1", Severity.HARD, "not_yet"))
    assert str(told) == findings.sentence(Finding("W-1", Severity.HARD, "not_yet"))
    assert told.what.startswith("Food")
    assert told.next == "See to what is missing and confirm it."


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (61, "1 h 1 min"), (-5, "−5 min"), (1440, "24 h")],
)
def test_durations_are_hours_and_minutes(minutes, text) -> None:
    assert rules.duration(minutes) == text
