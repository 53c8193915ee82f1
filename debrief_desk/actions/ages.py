"""Decisions that somebody is an adult or a child: who decided, and when (C-3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions import registrations
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.loading import by_registration
from debrief_desk.actions.rights import writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day
from debrief_desk.store import models
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.rules.facts import AgeDecision

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One decision on record; of several the one of the latest day holds."""

    adult: bool
    decider: str
    decided_on: date


@writes(Right.EDIT_ANY)
def decide(session: Session, registration_id: str, decision: AgeDecision) -> None:
    """Keep a decision about somebody's age, and check every plan for them again.

    What stood against them before stays in the history.

    Raises:
        WrongCall: decider or day is missing, or the day has not come.
    """
    registration = registrations.get(session, registration_id)
    decider, day = decision.decider.strip()[:_LONGEST], decision.decided_on
    if not decider or day is None:
        raise WrongCall("age-decision-incomplete")
    if day > london_day(step_of(session).now):
        raise WrongCall("moment-ahead")
    session.add(
        models.AgeDecision(
            registration_id=registration.id, adult=decision.adult, decider=decider, decided_on=day
        )
    )
    session.flush()
    recheck(session, groups=[registration.person_id])


def rows(session: Session, members: Iterable[UUID]) -> tuple[AgeRow, ...]:
    """Give every decision about these registrations, the one that holds first."""
    found = by_registration(session, models.AgeDecision, members)
    every = [decision for decisions in found.values() for decision in decisions]
    newest = sorted(every, key=lambda one: (one.decided_on, one.id), reverse=True)
    return tuple(AgeRow(one.adult, one.decider, one.decided_on) for one in newest)
