"""X-rules: who leads and who sits beside is authorised, experienced, rested and free."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from debrief_desk.rules.finding import Finding, found
from debrief_desk.rules.times import add_months, london_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from debrief_desk.rules.facts import Case, InterpreterFacts, InterviewerFacts
    from debrief_desk.rules.policy import Policy
    from debrief_desk.rules.times import Window


def authorised(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-1: the lead has an authorisation that is valid on the London day of the debrief."""
    lead = case.lead
    if lead is None:
        named = case.plan.lead is not None or bool(case.plan.lead_text)
        reason = "not_known_yet" if named else "nobody"
        yield found(policy, "X-1", reason, case.plan.id, todo=True)
        return
    reason = authorisation_gap(lead, london_day(case.plan.start))
    if reason:
        yield found(
            policy, "X-1", reason, lead.id,
            todo=reason == "no_date", who=lead.name, valid_to=lead.valid_to,
        )  # fmt: skip


def experienced(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-2: the lead has the level and has done enough debriefs, some of them supervised."""
    if case.lead is None:
        return
    missing = experience_gaps(case.lead, policy)
    if missing:
        yield found(
            policy, "X-2", "short", case.lead.id,
            who=case.lead.name, missing=missing,
            led=case.lead.led + case.lead.seconded, supervised=case.lead.supervised,
        )  # fmt: skip


def recent(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-3: the lead has debriefed and been refreshed lately."""
    lead = case.lead
    if lead is None:
        return
    day, last, fresh = london_day(case.plan.start), lead.last_debrief_on, lead.refresher_on
    limits = policy.fitness
    if last is None:
        yield found(policy, "X-3", "never", lead.id, part="recency", who=lead.name)
    elif last < add_months(day, -limits.idle_months):
        yield found(policy, "X-3", "idle", lead.id, part="idle", who=lead.name, last=last)
    elif last < add_months(day, -limits.recent_months):
        yield found(policy, "X-3", "not_recent", lead.id, part="recency", who=lead.name, last=last)
    if fresh is None or fresh < add_months(day, -limits.refresher_months):
        yield found(policy, "X-3", "refresher", lead.id, part="recency", who=lead.name)


def pair(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-4: a lead and a second, of whom a trainee never leads and never meets a trainee."""
    plan, lead, second = case.plan, case.lead, case.second
    if lead is not None and lead.trainee:
        yield found(policy, "X-4", "trainee_leads", lead.id, who=lead.name)
    if plan.second is not None and plan.second == plan.lead:
        yield found(policy, "X-4", "one_person", plan.second, plan.id)
    elif second is None and policy.fitness.interviewers > 1:
        named = plan.second is not None or bool(plan.second_text)
        reason = "not_known_yet" if named else "nobody"
        yield found(policy, "X-4", reason, plan.id, todo=True)
    elif (
        lead is not None
        and second is not None
        and in_training(lead, policy)
        and in_training(second, policy)
    ):
        yield found(
            policy, "X-4", "two_trainees", lead.id, second.id, who=lead.name, other=second.name
        )


def trained_for_risk(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-5: an adult at risk is met by a lead of the higher tier, or trained for best evidence."""
    lead = case.lead
    if lead is None or not case.person.indicators:
        return
    if (lead.tier or 0) < policy.fitness.vulnerable_tier and not lead.abe_trained:
        yield found(policy, "X-5", "untrained", case.person.id, lead.id, who=lead.name)


def adviser(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-6: a case with several flags is talked over with an interview adviser."""
    flags = len(case.person.indicators) + bool(case.person.bereaved)
    if flags >= policy.fitness.complex_flags and not case.plan.adviser_consulted:
        yield found(policy, "X-6", "not_consulted", case.plan.id, count=flags)


def interviewers_free(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-7: nobody and no room is booked twice; not too many debriefs; rest between duties."""
    plan = case.plan
    for who in sorted(plan.interviewers):
        facts = _staff(case, who)
        name = facts.name if facts is not None else ""
        booked = [other for other in case.others if who in other.interviewers]
        for other in booked:
            if other.window.overlaps(plan.window):
                yield found(
                    policy, "X-7", "interviewer", who, *sorted((plan.id, other.id)), part="overlap",
                    who=name, start=other.start, end=other.end,
                )  # fmt: skip
        count, limit = _most_in_duty(case, who, policy), policy.fitness.duty_debriefs
        if count > limit:
            yield found(
                policy, "X-7", "many", who, plan.id, part="rest", who=name, count=count, limit=limit
            )
        if facts is not None and _short_rest(case, facts, policy):
            yield found(
                policy, "X-7", "short_rest", who, plan.id,
                part="rest", who=name, limit=policy.fitness.rest_minutes,
            )  # fmt: skip
    for other in case.others:
        if plan.room and other.room == plan.room and other.window.overlaps(plan.window):
            yield found(
                policy, "X-7", "room", plan.room, *sorted((plan.id, other.id)), part="overlap",
                who=case.room.name if case.room else "", start=other.start, end=other.end,
            )  # fmt: skip


def unconnected(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-8: no declared link to the person or the event, and no decision on asylum claims."""
    ids = {case.person.id, *case.person.registrations, case.plan.event}
    for who in (case.lead, case.second):
        if who is None:
            continue
        if who.asylum_decision_maker:
            yield found(policy, "X-8", "asylum", who.id, who=who.name)
        if who.excluded & ids:
            yield found(policy, "X-8", "link", case.person.id, who.id, who=who.name)


def vetted(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-9: vetting is recorded and in date on the London day of the debrief."""
    day = london_day(case.plan.start)
    for who in (case.lead, case.second):
        if who is None:
            continue
        if not who.vetting or who.vetting_to is None:
            yield found(policy, "X-9", "unrecorded", who.id, todo=True, who=who.name)
        elif who.vetting_to < day:
            yield found(policy, "X-9", "expired", who.id, who=who.name, valid_to=who.vetting_to)


def on_shift(case: Case, policy: Policy) -> Iterator[Finding]:
    """X-10: inside a shift of lead, second and interpreter, where shifts are recorded."""
    for who in (case.lead, case.second, case.interpreter):
        reason = "" if who is None else shift_gap(who, case.plan.window)
        if who is not None and reason:
            yield found(policy, "X-10", reason, who.id, case.plan.id, who=who.name)


def shift_gap(who: InterviewerFacts | InterpreterFacts, slot: Window) -> str:
    """Give why somebody is not there, `absent` or `off_shift`; "" where no shift is recorded."""
    if any(absence.overlaps(slot) for absence in who.away):
        return "absent"
    on = not who.shifts or any(shift.holds(slot) for shift in who.shifts)
    return "" if on else "off_shift"


def authorisation_gap(who: InterviewerFacts, day: date) -> str:
    """Give what is wrong with an authorisation on the London day, "" if it is valid."""
    if who.revoked:
        return "revoked"
    if not who.authorisation:
        return "none"
    if who.awarded_on is not None and who.awarded_on > day:
        return "not_yet"
    if who.valid_to is None:
        return "no_date"
    return "expired" if who.valid_to < day else ""


def experience_gaps(who: InterviewerFacts, policy: Policy) -> tuple[str, ...]:
    """Give what a lead lacks: `level`, `debriefs`, `supervised`; () if nothing (X-2)."""
    limits, gaps = policy.fitness, []
    if not _has_level(who, policy):
        gaps.append("level")
    if who.led + who.seconded < limits.lead_debriefs:
        gaps.append("debriefs")
    if who.led < limits.supervised_until and who.supervised < limits.lead_supervised:
        gaps.append("supervised")
    return tuple(gaps)


def may_supervise(who: InterviewerFacts, day: date, policy: Policy) -> bool:
    """Say whether a debrief beside `who` on the London day counts as supervised (X-2).

    That asks for the authorisation and the level of a lead. The number of debriefs need not be
    asked for: two who both lack it are never cleared to go together (X-4).
    """
    return not authorisation_gap(who, day) and _has_level(who, policy)


def in_training(who: InterviewerFacts, policy: Policy) -> bool:
    """Say whether somebody counts as a trainee: marked as one, or short of a lead's experience."""
    return who.trainee or bool(experience_gaps(who, policy))


def _has_level(who: InterviewerFacts, policy: Policy) -> bool:
    limits = policy.fitness
    level = (who.tier or 0) >= limits.lead_tier or (who.pip or 0) >= limits.lead_pip
    return level or bool(who.agency_course)


def _staff(case: Case, who: str) -> InterviewerFacts | None:
    return next((f for f in (case.lead, case.second) if f is not None and f.id == who), None)


def _most_in_duty(case: Case, who: str, policy: Policy) -> int:
    """Give the most debriefs, this one among them, that begin within one duty's length."""
    starts = [other.start for other in case.others if who in other.interviewers]
    starts.append(case.plan.start)
    duty = timedelta(minutes=policy.fitness.duty_minutes)
    return max(
        sum(first <= start < first + duty for start in starts)
        for first in starts
        if first <= case.plan.start < first + duty
    )


def _short_rest(case: Case, who: InterviewerFacts, policy: Policy) -> bool:
    rest = policy.fitness.rest_minutes
    duties = [shift for shift in who.shifts if shift.overlaps(case.plan.window)]
    return any(
        earlier.end <= duty.start and earlier.gap(duty) < rest
        for duty in duties
        for earlier in who.shifts
    )
