"""I-rules: the person is understood, by somebody fit to interpret and free to do so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import Mode
from debrief_desk.rules.facts import Language
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.times import london_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debrief_desk.rules.facts import Case, InterpreterFacts, PlanFacts
    from debrief_desk.rules.policy import Policy

WORKING_LANGUAGE: Final = Language("English")
"""What interviewers speak without a record of it."""


def interpreter_named(case: Case, policy: Policy) -> Iterator[Finding]:
    """I-1: an interpreter, unless person and lead share a language to working level."""
    plan = case.plan
    if not case.person.languages and not plan.shared_language:
        yield found(policy, "I-1", "language_unknown", case.person.id, todo=True)
    if case.interpreter is None and needs_interpreter(case):
        named = plan.interpreter is not None or bool(plan.interpreter_text)
        yield found(policy, "I-1", "not_known_yet" if named else "nobody", plan.id, todo=True)


def language(case: Case, policy: Policy) -> Iterator[Finding]:
    """I-2: language and dialect match; records that contradict each other are told."""
    person = case.person
    if len({claimed.name.casefold() for claimed in person.languages}) > 1:
        names = tuple(sorted({claimed.name for claimed in person.languages}))
        yield found(policy, "I-2", "contradiction", person.id, part="dialect", languages=names)
    if case.interpreter is None or not person.languages or not needs_interpreter(case):
        return
    who = case.interpreter
    part, reason, missed = _mismatch(who.languages, person.languages)
    if reason:
        yield found(
            policy, "I-2", reason, person.id, who.id,
            part=part, todo=reason == "unrecorded", who=who.name, languages=missed,
        )  # fmt: skip


def qualification(case: Case, policy: Policy) -> Iterator[Finding]:
    """I-3: a recognised qualification that is in date on the day of the debrief."""
    who = case.interpreter
    if who is None:
        return
    day = london_day(case.plan.start)
    if who.qualification is None:
        yield found(policy, "I-3", "none", who.id, who=who.name)
    elif who.valid_to is None:
        yield found(policy, "I-3", "no_date", who.id, who=who.name)
    elif who.valid_to < day:
        yield found(policy, "I-3", "expired", who.id, who=who.name, valid_to=who.valid_to)


def never_interprets(case: Case, policy: Policy) -> Iterator[Finding]:
    """I-4: never another arrival, family or a child; not the asylum interpreter of the day."""
    who = case.interpreter
    if who is None:
        return
    pair = (case.person.id, who.id)
    if who.is_arrival:
        yield found(policy, "I-4", "arrival", *pair, part="person", who=who.name)
    if who.is_family:
        yield found(policy, "I-4", "family", *pair, part="person", who=who.name)
    if who.is_child:
        yield found(policy, "I-4", "child", *pair, part="person", who=who.name)
    if london_day(case.plan.start) in who.asylum_on:
        yield found(policy, "I-4", "asylum", *pair, part="asylum", who=who.name)


def declared_conflict(case: Case, policy: Policy) -> Iterator[Finding]:
    """I-5: an interpreter with a declared conflict is replaced."""
    who = case.interpreter
    if who is not None and who.conflict_declared:
        yield found(policy, "I-5", "declared", case.person.id, who.id, who=who.name)


def interpreter_free(case: Case, policy: Policy) -> Iterator[Finding]:
    """I-6: one booking at a time, a gap between two, and not too long in one shift."""
    plan, who = case.plan, case.plan.interpreter
    if who is None:
        return
    name = case.interpreter.name if case.interpreter else ""
    booked = [other for other in case.others if other.interpreter == who]
    for other in booked:
        gap = plan.window.gap(other.window)
        pair = sorted((plan.id, other.id))
        if plan.window.overlaps(other.window):
            yield found(
                policy, "I-6", "overlap", who, *pair,
                part="overlap", who=name, start=other.start, end=other.end,
            )  # fmt: skip
        elif gap < policy.interpreting.gap_minutes:
            yield found(
                policy, "I-6", "gap", who, *pair,
                part="rest", who=name, minutes=gap, limit=policy.interpreting.gap_minutes,
            )  # fmt: skip
    total = plan.window.minutes + sum(
        other.window.minutes for other in booked if _same_shift(plan, other, case.interpreter)
    )
    limit = policy.interpreting.shift_minutes
    if total > limit:
        yield found(
            policy, "I-6", "long", who, plan.id, part="rest", who=name, minutes=total, limit=limit
        )


def remote(case: Case, policy: Policy) -> Iterator[Finding]:
    """I-7: remote interpreting goes over a recorded channel, in private."""
    if case.plan.mode not in (Mode.VIDEO, Mode.PHONE):
        return
    if not case.plan.channel_recorded:
        yield found(policy, "I-7", "channel", case.plan.id)
    if not case.plan.privacy_confirmed:
        yield found(policy, "I-7", "privacy", case.plan.id)


def needs_interpreter(case: Case) -> bool:
    """Say whether somebody has to interpret: no language is shared to working level.

    What the coordinator recorded for this plan counts before the lead's own languages.
    """
    if case.plan.shared_language is not None:
        return not case.plan.shared_language
    spoken = case.lead.languages if case.lead is not None else frozenset()
    return not speaks(spoken | {WORKING_LANGUAGE}, case.person.languages)


def _mismatch(
    spoken: frozenset[Language], claimed: frozenset[Language]
) -> tuple[str, str, tuple[str, ...]]:
    """Give part, reason and the languages or dialects not covered; an empty reason if all fits."""
    names = tuple(sorted({one.name for one in claimed}))
    if not spoken:
        return "language", "unrecorded", names
    if not speaks(spoken, claimed):
        return "language", "language", names
    if not speaks_dialect(spoken, claimed):
        return "dialect", "dialect", tuple(sorted(one.dialect for one in claimed if one.dialect))
    return "", "", ()


def speaks(spoken: frozenset[Language], claimed: frozenset[Language]) -> bool:
    """Say whether one language of `claimed` is spoken, whatever the dialect."""
    return any(one.same_language(other) for one in spoken for other in claimed)


def speaks_dialect(spoken: frozenset[Language], claimed: frozenset[Language]) -> bool:
    """Say whether a language that is spoken is claimed without a dialect, or the dialect too."""
    shared = [one for one in claimed if any(one.same_language(other) for other in spoken)]
    return any(
        not one.dialect or any(one.same_dialect(other) for other in spoken) for one in shared
    )


def _same_shift(plan: PlanFacts, other: PlanFacts, who: InterpreterFacts | None) -> bool:
    """Say whether both lie in one recorded shift; without one, on one London day."""
    shifts = [shift for shift in (who.shifts if who else ()) if shift.overlaps(plan.window)]
    if shifts:
        return any(shift.overlaps(other.window) for shift in shifts)
    return london_day(plan.start) == london_day(other.start)
