"""The one check: every rule on one plan, and what its findings mean for the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from debrief_desk.rules import (
    children,
    dignity,
    fitness,
    interpreting,
    safeguarding,
    separation,
    spacing,
    voluntariness,
    welfare,
)
from debrief_desk.rules.catalogue import BY_FACT_ONLY, BYPASSED, ORDER
from debrief_desk.rules.severity import Level, Severity, level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from debrief_desk.rules.facts import Case
    from debrief_desk.rules.finding import Finding
    from debrief_desk.rules.policy import Policy


class Judge(Protocol):
    """One rule as a function: the findings on one plan, none where all is well."""

    def __call__(self, case: Case, policy: Policy) -> Iterable[Finding]:
        """Give what the rule finds."""


class TimedJudge(Protocol):
    """A rule whose verdict depends on the present moment, an aware UTC one."""

    def __call__(self, case: Case, policy: Policy, now: datetime) -> Iterable[Finding]:
        """Give what the rule finds at `now`."""


JUDGES: Final[dict[str, Judge]] = {
    "V-1": voluntariness.consent,
    "V-2": voluntariness.explanation,
    "V-3": voluntariness.refusal,
    "V-4": voluntariness.marker,
    "V-5": voluntariness.reopening,
    "V-6": voluntariness.withdrawal,
    "V-7": voluntariness.compulsory_power,
    "V-8": voluntariness.unanswered,
    "V-10": voluntariness.refusers_match,
    "C-1": children.child,
    "C-2": children.disputed,
    "C-3": children.contradiction,
    "C-4": children.referral,
    "C-6": children.carer,
    "S-1": safeguarding.screening,
    "S-2": safeguarding.adult_at_risk,
    "S-3": safeguarding.trafficking,
    "S-4": safeguarding.bereaved,
    "S-5": safeguarding.disclosure,
    "S-6": safeguarding.seen_talking,
    "W-1": welfare.basics,
    "W-2": welfare.rest,
    "W-3": welfare.night,
    "W-4": welfare.medical,
    "W-5": welfare.length,
    "W-6": welfare.time_in_centre,
    "W-7": welfare.busy,
    "I-1": interpreting.interpreter_named,
    "I-2": interpreting.language,
    "I-3": interpreting.qualification,
    "I-4": interpreting.never_interprets,
    "I-5": interpreting.declared_conflict,
    "I-6": interpreting.interpreter_free,
    "I-7": interpreting.remote,
    "G-1": dignity.asked,
    "G-2": dignity.preference_met,
    "G-3": dignity.woman_on_team,
    "X-1": fitness.authorised,
    "X-2": fitness.experienced,
    "X-3": fitness.recent,
    "X-4": fitness.pair,
    "X-5": fitness.trained_for_risk,
    "X-6": fitness.adviser,
    "X-7": fitness.interviewers_free,
    "X-8": fitness.unconnected,
    "X-9": fitness.vetted,
    "X-10": fitness.on_shift,
    "A-1": separation.other_officer,
    "A-2": separation.apart_from_screening,
    "A-4": separation.suspect,
    "A-5": separation.status_change,
    "A-7": separation.representative,
    "D-1": spacing.other_agency,
    "D-2": spacing.same_agency,
    "D-3": spacing.possible_person,
    "D-4": spacing.suggestion,
    "D-5": spacing.completed,
    "D-6": spacing.approaches,
    "D-9": spacing.crowding,
}
"""The rules that judge a plan as it stands."""

TIMED: Final[dict[str, TimedJudge]] = {"D-10": spacing.lapse, "D-11": spacing.bypass}
"""The rules that look at the clock as well."""


def check(case: Case, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """Give every finding on `case` at `now`, strongest first, then in the table's order.

    A complete emergency bypass turns what it lifts (D-1, D-2, D-3, D-5) into notes.
    """
    findings = [finding for judge in JUDGES.values() for finding in judge(case, policy)]
    findings += [finding for timed in TIMED.values() for finding in timed(case, policy, now)]
    used = case.plan.bypass
    if used is not None and used.is_complete:
        findings = [_bypassed(finding) for finding in findings]
    return tuple(sorted(findings, key=_place))


def refused(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that keep a plan from being saved at all, by anybody."""
    return tuple(finding for finding in findings if finding.refused)


def bars_cleared(
    findings: Iterable[Finding], settled: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
) -> tuple[Finding, ...]:
    """Give the findings that keep a plan from *cleared*, to-dos among them.

    `settled` holds the keys on which a supervisor's decision stands: it lifts HARD* only, never a
    HARD finding, never a to-do, and none that ends only when the fact itself is recorded.
    """
    return tuple(
        finding
        for finding in findings
        if finding.severity.stops and not _is_lifted(finding, settled)
    )


def may_clear(
    findings: Iterable[Finding], settled: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
) -> bool:
    """Say whether nothing keeps the plan from *cleared*."""
    return not bars_cleared(findings, settled)


def worst(findings: Iterable[Finding]) -> Level:
    """Give the level of the strongest finding; *Clear* where there is none."""
    ranked = sorted((finding.severity for finding in findings), key=lambda one: one.rank)
    return level(ranked[0] if ranked else None)


def _is_lifted(finding: Finding, settled: frozenset[tuple[str, tuple[str, ...]]]) -> bool:
    star = finding.severity is Severity.HARD_STAR and finding.rule not in BY_FACT_ONLY
    return star and not finding.todo and finding.key in settled


def _bypassed(finding: Finding) -> Finding:
    if finding.rule not in BYPASSED:
        return finding
    values = (*finding.values, ("bypassed", True))
    return replace(finding, severity=Severity.NOTE, kind=None, values=values)


def _place(finding: Finding) -> tuple[int, int, str, tuple[str, ...], str]:
    place = finding.severity.rank, ORDER[finding.rule]
    return (*place, finding.reason, finding.subject, str(finding.values))
