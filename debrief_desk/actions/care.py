"""What is recorded around the debriefs of one person to protect them, and who may change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from debrief_desk.actions import ages, busy, referrals, stops
from debrief_desk.actions.rights import holds
from debrief_desk.rules.roles import Right

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.actions.ages import AgeRow
    from debrief_desk.actions.busy import BusyRow
    from debrief_desk.actions.referrals import ReferralRow
    from debrief_desk.actions.stops import StopRow
    from debrief_desk.rules.codes import Indicator
    from debrief_desk.rules.facts import PersonFacts


@dataclass(frozen=True, slots=True)
class Care:
    """Stops, tasks, age decisions, busy times and safeguards of all linked records.

    A list is newest first, busy times earliest first; None is not recorded, moments are UTC.
    """

    stops: tuple[StopRow, ...]
    referrals: tuple[ReferralRow, ...]
    ages: tuple[AgeRow, ...]
    busy: tuple[BusyRow, ...]
    indicators: frozenset[Indicator]
    bereaved: bool | None
    facilitator_near: bool | None
    alone: bool | None
    dependants: int | None
    carer_recorded: bool | None
    legal_rep: bool | None
    legal_rep_notified_at: datetime | None
    compulsory_power_at: datetime | None
    may_edit: bool
    may_decide_age: bool
    may_release: bool

    @property
    def waits(self) -> bool:
        """Say whether planning waits for a supervisor to release a stop."""
        return any(stop.holds for stop in self.stops)


def of(session: Session, person: PersonFacts, members: Collection[UUID]) -> Care:
    """Give it for a person; `members` are the standing registrations."""
    return Care(
        stops=stops.rows(session, members),
        referrals=referrals.rows(session, members),
        ages=ages.rows(session, members),
        busy=busy.rows(session, members),
        indicators=person.indicators,
        bereaved=person.bereaved,
        facilitator_near=person.facilitator_near,
        alone=person.alone,
        dependants=person.dependants,
        carer_recorded=person.carer_recorded,
        legal_rep=person.legal_rep,
        legal_rep_notified_at=person.legal_rep_notified_at,
        compulsory_power_at=person.compulsory_power_at,
        may_edit=holds(session, Right.EDIT_OWN),
        may_decide_age=holds(session, Right.EDIT_ANY),
        may_release=holds(session, Right.DECIDE_CONFLICTS),
    )
