"""C-rules: children, and whoever may be a child, are not debriefed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import AgeFlag, Eligibility, Indicator, MarkerKind, Medical
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.times import london_day
from debrief_desk.rules.voluntariness import standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from debrief_desk.rules.facts import Case, PersonFacts
    from debrief_desk.rules.policy import Policy

_ADULT: Final = 18  # years; the age of majority is no matter of policy


def child(case: Case, policy: Policy) -> Iterator[Finding]:
    """C-1: assessed or claimed under 18."""
    if is_child(case.person, london_day(case.plan.start)):
        yield found(policy, "C-1", "child", case.person.id)


def disputed(case: Case, policy: Policy) -> Iterator[Finding]:
    """C-2: disputed or undecided counts as a child; an age nobody recorded is a to-do."""
    day = london_day(case.plan.start)
    if is_undecided(case.person, day):
        yield found(policy, "C-2", "disputed", case.person.id)
    elif not case.person.births and not case.person.age_flags and _decided(case.person) is None:
        yield found(policy, "C-2", "unknown", case.person.id, todo=True)


def contradiction(case: Case, policy: Policy) -> Iterator[Finding]:
    """C-3: one record shows a child, another an adult, and nobody has decided."""
    person, day = case.person, london_day(case.plan.start)
    if _decided(person) is None and _says_child(person, day) and _says_adult(person, day):
        yield found(policy, "C-3", "contradiction", person.id)


def referral(case: Case, policy: Policy) -> Iterator[Finding]:
    """C-4: a child with an indicator of trafficking is referred, without asking for consent."""
    person, day = case.person, london_day(case.plan.start)
    young = is_child(person, day) or is_undecided(person, day)
    if young and Indicator.TRAFFICKING in person.indicators and person.nrm_opened_at is None:
        yield found(policy, "C-4", "not_referred", person.id, todo=True)


def carer(case: Case, policy: Policy) -> Iterator[Finding]:
    """C-6: a parent is debriefed only while somebody named looks after the children."""
    if case.person.dependants and not case.person.carer_recorded:
        yield found(policy, "C-6", "no_carer", case.person.id, count=case.person.dependants)


def is_child(person: PersonFacts, day: date) -> bool:
    """Say whether the person counts as under 18 on the London day: by decision, flag or claim."""
    decided = _decided(person)
    if decided is not None:
        return not decided
    if AgeFlag.CHILD in person.age_flags:
        return True
    return AgeFlag.ADULT not in person.age_flags and _says_child(person, day)


def is_undecided(person: PersonFacts, day: date) -> bool:
    """Say whether the age is disputed, or the births on record allow both sides of 18."""
    if _decided(person) is not None:
        return False
    if AgeFlag.DISPUTED in person.age_flags:
        return True
    if AgeFlag.ADULT in person.age_flags or not person.births:
        return False
    return not _says_adult(person, day) and not _says_child(person, day)


def eligibility(person: PersonFacts, now: datetime) -> Eligibility:
    """Give whether the person may be asked at all at `now`; the gravest reason first."""
    day = london_day(now)
    if person.suspect or standing(person, MarkerKind.SUSPECT):
        return Eligibility.NOT_ELIGIBLE_REFER
    if is_child(person, day):
        return Eligibility.CHILD
    if is_undecided(person, day):
        return Eligibility.AGE_DISPUTED
    if person.left_at is not None and person.left_at <= now:
        return Eligibility.LEFT_SITE
    if person.medical in (Medical.HOLD, Medical.UNFIT) and person.medical_cleared_at is None:
        return Eligibility.UNFIT
    return Eligibility.ELIGIBLE


def _decided(person: PersonFacts) -> bool | None:
    decision = person.age_decision
    return decision.adult if decision is not None and decision.is_complete else None


def _says_child(person: PersonFacts, day: date) -> bool:
    return AgeFlag.CHILD in person.age_flags or any(
        _age(birth.earliest, day) < _ADULT for birth in person.births
    )


def _says_adult(person: PersonFacts, day: date) -> bool:
    return AgeFlag.ADULT in person.age_flags or any(
        _age(birth.latest, day) >= _ADULT for birth in person.births
    )


def _age(born: date, day: date) -> int:
    # whoever was born on 29 February is a year older on 1 March of a common year
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
