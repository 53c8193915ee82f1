"""G-rules: the person is asked who should be in the room, and the answer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import Gender, Indicator, Mode
from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.interpreting import needs_interpreter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debrief_desk.rules.codes import GenderPreference
    from debrief_desk.rules.facts import Case, InterpreterFacts, InterviewerFacts, PersonFacts
    from debrief_desk.rules.policy import Policy

_HARMED: Final = frozenset({Indicator.GENDER_VIOLENCE, Indicator.TRAFFICKING})


def asked(case: Case, policy: Policy) -> Iterator[Finding]:
    """G-1: the preference for interviewer and, where there is one, interpreter is recorded."""
    missing = []
    if case.person.prefers_interviewer is None:
        missing.append("interviewer")
    interpreted = case.plan.interpreter is not None or needs_interpreter(case)
    if interpreted and case.person.prefers_interpreter is None:
        missing.append("interpreter")
    if missing:
        yield found(policy, "G-1", "blank", case.person.id, todo=True, missing=tuple(missing))


def preference_met(case: Case, policy: Policy) -> Iterator[Finding]:
    """G-2: a stated preference is met, unless the person agreed anew."""
    if case.plan.preference_waived_at is not None:
        return
    for who in (case.lead, case.second):
        yield from _meets(case, policy, who, case.person.prefers_interviewer, "interviewer")
    yield from _meets(
        case, policy, case.interpreter, case.person.prefers_interpreter, "interpreter"
    )


def woman_on_team(case: Case, policy: Policy) -> Iterator[Finding]:
    """G-3: a woman alone who may have been harmed has a woman on the team in the room."""
    person = case.person
    if not woman_needed(person):
        return
    remote = case.plan.mode in (Mode.VIDEO, Mode.PHONE)
    team = (case.lead, case.second, None if remote else case.interpreter)
    genders = {who.gender for who in team if who is not None}
    if Gender.WOMAN in genders:
        return
    known = case.lead is not None and case.second is not None and None not in genders
    reason = "no_woman" if known else "not_known_yet"
    yield found(policy, "G-3", reason, person.id, case.plan.id, todo=not known)


def woman_needed(person: PersonFacts) -> bool:
    """Say whether this is a woman alone who may have been harmed (G-3)."""
    alone = person.gender is Gender.WOMAN and person.alone is not False
    return alone and bool(person.indicators & _HARMED)


def _meets(
    case: Case,
    policy: Policy,
    who: InterviewerFacts | InterpreterFacts | None,
    wish: GenderPreference | None,
    post: str,
) -> Iterator[Finding]:
    if who is None or wish is None:
        return
    met = wish.met_by(who.gender)
    if met is None:
        yield found(
            policy, "G-2", "unrecorded", case.person.id, who.id, todo=True, who=who.name, post=post
        )
    elif not met:
        yield found(policy, "G-2", "not_met", case.person.id, who.id, who=who.name, post=post)
