"""The course of a debrief: begun, completed, stopped or withdrawn, with actual times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from debrief_desk.actions import approaches, desks, ending, facts, plans, referrals, stops
from debrief_desk.actions.approaches import NOBODY, Answer
from debrief_desk.actions.checks import recheck, settled_keys
from debrief_desk.actions.person_facts import persons
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import Refused, WrongCall
from debrief_desk.rules.codes import (
    ApproachOutcome,
    ConsentOutcome,
    Indicator,
    MarkerKind,
    ReferralKind,
    StopReason,
)
from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.registry import bars_cleared, check
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level, level
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import Window
from debrief_desk.store.models import Debrief, DebriefStop, NoApproachMarker, Registration
from debrief_desk.store.session import step_of
from debrief_desk.wording import roster_missing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.rules.facts import Case, PlanFacts

_PLANNED_ONLY = frozenset({ConflictKind.DOUBLE_BOOKING, ConflictKind.CROWDING})
"""What follows from planned times: a late beginning moves the next booking, and bars none."""
_TOO_LONG = ("long", "longest")


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a debrief may begin at this moment, and on whose yes; moments are UTC.

    `missing` names in short what stands in the way, "" where nothing does.
    """

    missing: str
    consent_at: datetime | None
    language: str
    interpreter: str
    explained_by: str


@dataclass(frozen=True, slots=True)
class Completed:
    """How long it took, in minutes, and what W-5 says of that: *Clear*, or the `limit` passed."""

    minutes: int
    level: Level = Level.CLEAR
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """Why and when a debrief ended early; `at` is UTC, None for now. No field holds a narrative.

    A stop for safeguarding names the `category` that was disclosed, who sees to the task
    (`owner`), and who was told (`informed`), now unless `informed_at` says when. `consents` says
    that an adult agrees to a referral as a possible victim of trafficking (S-3).
    """

    reason: StopReason
    at: datetime | None = None
    category: Indicator | None = None
    owner: str = ""
    consents: bool = False
    informed: str = ""
    informed_at: datetime | None = None


@reads(Right.EDIT_OWN)
def readiness(session: Session, debrief_id: str) -> Readiness:
    """Say whether a debrief may begin now; nothing is changed.

    Raises:
        NotAllowed: it is another agency's.
    """
    debrief = session.get(Debrief, UUID(debrief_id))
    if debrief is None:
        raise WrongCall("debrief-unknown")
    plans.own_only(session, debrief.agency_id)
    (case,) = facts.cases(session, [debrief])
    consent = case.plan.consent
    return Readiness(
        missing=roster_missing.missing(_bars(session, case, step_of(session).now)),
        consent_at=consent.at if consent else None,
        language=(consent.language if consent else None) or "",
        interpreter=(consent.interpreter if consent else None) or "",
        explained_by=(consent.explained_by if consent else None) or "",
    )


@writes(Right.EDIT_OWN)
def begin(session: Session, debrief_id: str, version: int, at: datetime | None = None) -> None:
    """Begin a cleared debrief on a recorded yes; every rule is asked again for this moment (V-1).

    Raises:
        Refused: there is no consent from before, a rule stands against it, the team or the room
            is still in another debrief, or its time has lapsed (D-10).
        Stale: somebody changed the debrief after it was shown.
    """
    debrief = plans.as_shown(session, debrief_id, version)
    started = stops.passed(session, at)
    if not debrief.state.may_become(DebriefState.IN_PROGRESS):
        raise WrongCall("state-cannot-follow", state=debrief.state)
    (case,) = facts.cases(session, [debrief])
    consent = case.plan.consent
    agreed = consent is not None and consent.outcome is ConsentOutcome.AGREED
    if consent is None or not agreed or consent.at is None or consent.at > started:
        raise Refused("begun-without-consent")
    for other in case.others:
        if other.state is DebriefState.IN_PROGRESS and _shares_team(other, case.plan):
            raise Refused("begun-team-busy", reference=other.reference)
    bars = _bars(session, case, started)
    if "D-10" in bars:
        raise Refused("begun-too-late")
    if bars:
        raise Refused("not-begun", rules=" ".join(bars))
    plans.become(debrief, DebriefState.IN_PROGRESS)
    debrief.started_at = started
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])


@writes(Right.EDIT_OWN)
def complete(
    session: Session, debrief_id: str, version: int, at: datetime | None = None
) -> Completed:
    """End a debrief that ran its course; gives its actual length and what W-5 says of it."""
    debrief = plans.as_shown(session, debrief_id, version)
    window = _actual(session, debrief, at)
    plans.become(debrief, DebriefState.COMPLETED)
    debrief.ended_at = window.end
    (case,) = facts.cases(session, [debrief])
    actual = replace(case, plan=replace(case.plan, start=window.start, end=window.end))
    found = check(actual, desks.policy(session), step_of(session).now)
    long = [f for f in found if f.rule == "W-5" and f.reason in _TOO_LONG]
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])
    minutes = round(window.minutes)
    if not long:
        return Completed(minutes)
    return Completed(minutes, level(long[0].severity), int(str(long[0].value("limit"))))


@writes(Right.EDIT_OWN)
def withdraw(session: Session, debrief_id: str, version: int, at: datetime | None = None) -> int:
    """End a debrief whose person will not go on; no reason is asked. As a refusal (V-6).

    Gives how many other plans for the person were cancelled.
    """
    debrief = plans.as_shown(session, debrief_id, version)
    ended = _actual(session, debrief, at).end
    (case,) = facts.cases(session, [debrief])
    consent = case.plan.consent
    interpreter = (consent.interpreter if consent else None) or ""
    answer = Answer(
        ApproachOutcome.WITHDRAWN,
        ended,
        (consent.language if consent else None) or "",
        "" if interpreter == NOBODY else interpreter,
    )
    return approaches.record(session, debrief_id, answer)


@writes(Right.EDIT_OWN)
def stop(session: Session, debrief_id: str, version: int, wanted: Stop) -> int:
    """End a debrief early, for a reason from the list; gives how many other plans that cancelled.

    Safeguarding opens a task and bars further plans until a supervisor releases them (S-5). A
    change of status makes the person not eligible, at every agency and linked record: their
    other plans are cancelled and the owners told (A-5).

    Raises:
        WrongCall: it is not in progress, the times do not fit, or safeguarding lacks its category
            or somebody who sees to the task.
    """
    debrief = plans.as_shown(session, debrief_id, version)
    ended = _actual(session, debrief, wanted.at).end
    others = ending.others(session, debrief)
    plans.become(debrief, DebriefState.STOPPED, wanted.reason)
    debrief.ended_at = ended
    row = DebriefStop(debrief_id=debrief.id, reason=wanted.reason.value, at=ended)
    session.add(row)
    if wanted.reason is StopReason.SAFEGUARDING:
        _disclosed(session, debrief, wanted)
        stops.inform(session, row, wanted.informed, wanted.informed_at)
    elif wanted.reason is StopReason.STATUS_CHANGE:
        session.add(
            NoApproachMarker(
                registration_id=debrief.registration_id,
                kind=MarkerKind.SUSPECT.value,
                placed_at=ended,
            )
        )
    session.flush()
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])
    return sum(not other.state.is_open for other in others)


def _bars(session: Session, case: Case, at: datetime) -> list[str]:
    """Give the rules against beginning at `at`: on the plan as it stands, and as it would run."""
    plan, rules, now = case.plan, desks.policy(session), step_of(session).now
    key = UUID(plan.id)
    settled = settled_keys(session, [key]).get(key, frozenset())
    found = check(case, rules, now)
    actual = replace(case, plan=replace(plan, start=at, end=at + (plan.end - plan.start)))
    moved = [f for f in check(actual, rules, now) if f.kind not in _PLANNED_ONLY]
    lapsed = ["D-10"] if any(f.rule == "D-10" for f in found) else []
    bars = (*bars_cleared(found, settled), *bars_cleared(moved, settled))
    return list(dict.fromkeys([*lapsed, *(f.rule for f in bars)]))


def _shares_team(other: PlanFacts, plan: PlanFacts) -> bool:
    return bool(
        other.interviewers & plan.interviewers
        or (other.interpreter and other.interpreter == plan.interpreter)
        or (other.room and other.room == plan.room)
    )


def _actual(session: Session, debrief: Debrief, at: datetime | None) -> Window:
    """Give the span of a debrief in progress that ends at `at`."""
    ended = stops.passed(session, at)
    if debrief.state is not DebriefState.IN_PROGRESS or debrief.started_at is None:
        raise WrongCall("state-cannot-follow", state=debrief.state)
    if ended < debrief.started_at:
        raise WrongCall("end-before-start")
    return Window(debrief.started_at, ended)


def _disclosed(session: Session, debrief: Debrief, wanted: Stop) -> None:
    """Keep the category that was disclosed, and open its task (S-3, S-5)."""
    if wanted.category is None:
        raise WrongCall("stop-category-missing")
    if not wanted.owner.strip():
        raise WrongCall("owner-missing")
    registration = session.get_one(Registration, debrief.registration_id)
    registration.indicators = sorted({*registration.indicators, wanted.category.value})
    kind = ReferralKind.SAFEGUARDING
    if wanted.category is Indicator.TRAFFICKING:
        group = registration.person_id
        person = persons(session, [group])[group]
        kind = referrals.kind_for(session, person, consents=wanted.consents)
    referrals.open_one(session, registration, kind, wanted.owner, debrief.id)
