"""What protects a person beyond welfare: categories, yes or no, and times; never why (S-7)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from debrief_desk.actions import registrations
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.person_facts import persons
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.codes import Indicator
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import WelfareCheck
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.store.models import Registration


@dataclass(frozen=True, slots=True)
class SafeguardEntry:
    """What S-2, S-4, S-6, G-3, C-6, A-7 and V-7 look at; None is not recorded, moments are UTC.

    `indicators` are those of the one record; what a linked record tells of stays there.
    """

    indicators: frozenset[Indicator] = frozenset()
    bereaved: bool | None = None
    facilitator_near: bool | None = None
    alone: bool | None = None
    dependants: int | None = None
    carer_recorded: bool | None = None
    legal_rep: bool | None = None
    legal_rep_notified_at: datetime | None = None
    compulsory_power_at: datetime | None = None


_KEPT = tuple(field.name for field in fields(SafeguardEntry) if field.name != "indicators")


@reads(Right.SEE_PEOPLE)
def get(session: Session, registration_id: str) -> SafeguardEntry:
    """Give what is on record: the indicators of this record, the rest of all linked ones."""
    return _now(session, registrations.within_reach(session, registration_id))


@writes(Right.EDIT_OWN)
def record(session: Session, registration_id: str, entry: SafeguardEntry) -> None:
    """Keep what differs, open the tasks it asks for, and check every plan of the person again.

    Raises:
        WrongCall: dependants below zero.
        NotAllowed: the person is another agency's and the own one has no plan for them.
    """
    if entry.dependants is not None and entry.dependants < 0:
        raise WrongCall("code-unknown")
    registration = registrations.within_reach(session, registration_id)
    known = _now(session, registration)
    changed = {
        name: _plain(getattr(entry, name))
        for name in _KEPT
        if getattr(entry, name) != getattr(known, name)
    }
    if changed:
        now = step_of(session).now
        session.add(
            WelfareCheck(registration_id=registration.id, recorded=changed, recorded_at=now)
        )
    if entry.indicators != known.indicators:
        registration.indicators = sorted(one.value for one in entry.indicators)
    session.flush()
    recheck(session, groups=[registration.person_id])


def _now(session: Session, registration: Registration) -> SafeguardEntry:
    person = persons(session, [registration.person_id])[registration.person_id]
    known = {name: getattr(person, name) for name in _KEPT}
    return SafeguardEntry(
        indicators=frozenset(Indicator(one) for one in registration.indicators), **known
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
