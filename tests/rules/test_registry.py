"""The registry holds every rule of the table, no more and no less, and says what a finding does."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from itertools import chain, combinations

import pytest

from debrief_desk.rules import codes, facts
from debrief_desk.rules.catalogue import BYPASSED, NEVER_SAVED, RULES, Nature, Source
from debrief_desk.rules.finding import found
from debrief_desk.rules.registry import (
    JUDGES,
    TIMED,
    bars_cleared,
    may_clear,
    refused,
    worst,
)
from debrief_desk.rules.roles import MATRIX, Right, Role, allows, rights
from debrief_desk.rules.severity import Level, Severity, level

COUNTS = {"V": 10, "C": 6, "S": 7, "W": 7, "I": 7, "G": 4, "X": 10, "A": 7, "D": 11}
IDS = [f"{letter}-{n}" for letter, count in COUNTS.items() for n in range(1, count + 1)]
ABSENT = {"V-9", "S-7", "G-4", "A-3", "A-6"}
WAYS = {"C-5", "D-7", "D-8"}
HARD_STAR = {"V-5", "V-10", "C-3", "S-2", "S-3", "S-4", "I-5", "G-2", "X-2", "X-3", "X-5", "D-1", "D-2", "D-3", "D-5", "D-11"}  # fmt: skip
WARN = {"V-7", "C-6", "S-6", "W-3", "W-7", "I-3", "I-7", "X-6", "X-10", "A-2", "A-7", "D-9"}
NOTE = {"D-4", "D-7", "D-8"}


def test_the_registry_holds_the_table_in_its_order() -> None:
    assert list(RULES) == IDS


def test_every_rule_is_kept_in_the_way_the_table_says() -> None:
    assert {r.id for r in RULES.values() if r.nature is Nature.ABSENCE} == ABSENT
    assert {r.id for r in RULES.values() if r.nature is Nature.WAY} == WAYS
    assert {*JUDGES, *TIMED} == set(IDS) - ABSENT - WAYS


@pytest.mark.parametrize("rule", IDS)
def test_the_strongest_severity_is_the_tables(rule) -> None:
    expected = Severity.HARD
    if rule in HARD_STAR:
        expected = Severity.HARD_STAR
    elif rule in WARN:
        expected = Severity.WARN
    elif rule in NOTE:
        expected = Severity.NOTE
    elif rule == "D-10":
        expected = Severity.AUTO
    assert RULES[rule].strongest is expected
    assert RULES[rule].origin
    assert RULES[rule].sources


def test_a_rule_of_law_is_never_changeable() -> None:
    assert not any(r.is_changeable for r in RULES.values() if Source.LAW in r.sources)
    assert not any(RULES[rule].is_changeable for rule in NEVER_SAVED)


def test_every_severity_has_a_level() -> None:
    assert [level(s) for s in Severity] == [Level.STOP, Level.STOP, Level.CHECK, Level.NOTE, Level.NOTE]  # fmt: skip
    assert level(None) is Level.CLEAR


def test_refused_at_once_are_the_four_and_no_other(findings) -> None:
    child = (facts.Birth(date(2012, 1, 1), date(2012, 1, 1)),)
    placed = datetime(2026, 11, 20, tzinfo=UTC)
    marker = facts.MarkerFacts("m", codes.MarkerKind.NO_APPROACH, placed)
    told = findings(
        person={
            "births": child,
            "age_flags": frozenset({codes.AgeFlag.DISPUTED}),
            "suspect": True,
            "markers": (marker,),
            "medical": codes.Medical.HOLD,
            "completed": 1,
        }
    )
    assert {f.rule for f in refused(told)} == NEVER_SAVED


def test_a_todo_opens_no_conflict_and_refuses_nobody(policy) -> None:
    told = found(policy, "C-2", "unknown", "H", todo=True)
    assert (told.kind, told.refused, told.severity.stops) == (None, False, True)


def test_what_is_merely_not_recorded_is_a_todo_that_bars_cleared(findings) -> None:
    told = findings(
        person={"screened_at": None, "fed_dry_rested": None, "medical": None, "prefers_interviewer": None},
        lead={"vetting": None},
        plan={"consent": None, "second": None, "interpreter": None},
        second=None,
        interpreter=None,
    )  # fmt: skip
    barring = bars_cleared(told, frozenset(f.key for f in told))
    assert {f.rule for f in barring} == {"V-1", "S-1", "W-1", "W-4", "I-1", "G-1", "X-4", "X-9"}
    assert all(f.todo and f.kind is None for f in barring)


def test_a_supervisors_decision_lifts_only_what_a_supervisor_may_lift(findings) -> None:
    told = findings(lead={"led": 1}, person={"medical": codes.Medical.HOLD})
    settled = frozenset(f.key for f in told)
    assert {f.rule for f in bars_cleared(told)} == {"X-2", "W-4"}
    assert {f.rule for f in bars_cleared(told, settled)} == {"W-4"}
    assert may_clear(findings(lead={"led": 1}), settled)


def test_a_contradicting_age_is_lifted_by_the_age_decision_only(findings) -> None:
    born = date(2012, 1, 1)
    told = findings(person={"births": (facts.Birth(born, born),), "age_flags": frozenset({codes.AgeFlag.ADULT})})  # fmt: skip
    assert [f.rule for f in bars_cleared(told, frozenset(f.key for f in told))] == ["C-3"]


def test_the_strongest_finding_gives_the_level(findings) -> None:
    assert worst(findings()) is Level.CLEAR
    assert worst(findings(person={"dependants": 1})) is Level.CHECK
    assert worst(findings(person={"dependants": 1, "completed": 1})) is Level.STOP


def test_findings_come_strongest_first_then_in_the_tables_order(findings) -> None:
    told = findings(person={"dependants": 1, "completed": 1, "medical": None, "screened_at": None})
    assert [f.rule for f in told] == ["S-1", "W-4", "D-5", "C-6"]


def test_fields_that_must_not_exist_do_not_exist() -> None:
    names = {
        field.name
        for kind in vars(facts).values()
        if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__")
        for field in fields(kind)
    }
    for word in ("asylum_outcome", "claim", "orientation", "diagnosis", "narrative", "content"):
        assert not any(word in name for name in names)
    vulnerable = {str(code) for code in codes.Indicator}
    assert not vulnerable & {str(code) for code in codes.Purpose}


def test_bypassed_rules_never_protect_the_person() -> None:
    assert not any(rule[0] in "VCWSGA" for rule in BYPASSED)


MATRIX_EXPECTED = {
    # right: coordinator, agency user, supervisor, auditor, administrator
    "see_people": "CGS", "see_other_agency_people": "CS", "register": "CGS", "edit_own": "CGS",
    "edit_any": "CS", "record_approach": "CGS", "reopen_no_approach": "CS",
    "confirm_reopening": "CS", "take_conflicts": "CS", "decide_conflicts": "S", "bypass": "S",
    "acknowledge": "CGS", "import": "CS", "undo_import": "CS", "exchange": "CS",
    "issue_roster": "CS", "manage_staff": "CS", "countersign": "S", "erase": "S",
    "see_figures": "CS", "see_log": "U", "manage_accounts": "A", "edit_policy": "A", "backup": "A",
}  # fmt: skip
LETTERS = dict(zip("CGSUA", Role, strict=True))


def test_the_matrix_is_the_one_written_here() -> None:
    assert set(MATRIX_EXPECTED) == {str(right) for right in Right}
    for right, letters in MATRIX_EXPECTED.items():
        holders = {LETTERS[letter] for letter in letters}
        assert {role for role in Role if allows({role}, Right(right))} == holders, right


def test_two_roles_have_the_rights_of_both_and_no_role_has_none() -> None:
    for pair in chain(combinations(Role, 2), combinations(Role, 3)):
        assert rights(pair) == frozenset().union(*(MATRIX[role] for role in pair))
    assert not rights(())
    assert not any(allows((), right) for right in Right)


def test_whoever_manages_accounts_or_reads_the_log_sees_no_people() -> None:
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        assert not MATRIX[role] & {Right.SEE_PEOPLE, Right.SEE_OTHER_AGENCY_PEOPLE}
