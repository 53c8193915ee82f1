"""A person's welfare, wishes and stay as recorded: categories and times, never detail (S-7)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from debrief_desk.actions import registrations, versions
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.person_facts import persons
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import Stale, WrongCall
from debrief_desk.rules.codes import GenderPreference, Medical
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Registration, Stay, WelfareCheck
from debrief_desk.store.session import step_of
from debrief_desk.wording import versions as wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.actions.versions import FieldVersions, Written

MEDICAL: Final[dict[Medical, str]] = {
    Medical.FIT: "fit",
    Medical.ASK: "see_nurse",
    Medical.HOLD: "hold",
    Medical.UNFIT: "not_fit",
}
"""Healthcare's word as it is stored."""
_CHECK: Final = ("screened_at", "rested", "medical", "preference", "interpreter_preference")
_CLEARED: Final = "medical_cleared_at"
_STAY: Final = ("landed_at", "arrived_at", "departs_at")


@dataclass(frozen=True, slots=True)
class WelfareEntry:
    """Welfare, wishes and stay (S-1, W-1, W-2, W-4, W-6, G-1); moments are UTC.

    `medical` is "fit", "see_nurse", "hold", "not_fit" or "", a preference a `GenderPreference`
    or "". `medical_cleared_at` is when healthcare lifted its word.
    """

    screened_at: datetime | None = None
    rested: bool | None = None
    medical: str = ""
    preference: str = ""
    interpreter_preference: str = ""
    landed_at: datetime | None = None
    arrived_at: datetime | None = None
    departs_at: datetime | None = None
    medical_cleared_at: datetime | None = None


@reads(Right.SEE_PEOPLE)
def get(session: Session, registration_id: str) -> WelfareEntry:
    """Give what all linked records of the person together say now."""
    return _now(session, registrations.within_reach(session, registration_id))


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Welfare that somebody else recorded while it was asked for: what stands, what differs."""

    now: WelfareEntry
    rows: tuple[FieldVersions, ...]


@writes(Right.EDIT_OWN)
def record(
    session: Session,
    registration_id: str,
    entry: WelfareEntry,
    shown: WelfareEntry | None = None,
    offered: WelfareEntry | None = None,
) -> None:
    """Keep what differs from what is on record, and check every plan of the person again.

    A new word of healthcare ends an earlier clearance. What another record of the person says
    stays as it is: a field that is emptied is emptied here only, the earliest landing holds. With
    `shown`, what stood on the screen, nothing is written over that somebody else recorded since;
    `offered` is written first, so that the history holds what was chosen against.

    Raises:
        Stale: `welfare-changed`: two people recorded different values; nothing was overwritten.
        WrongCall: a code that is on no list.
        NotAllowed: the person is another agency's and the own one has no plan for them.
    """
    _demand_codes(entry)
    registration = registrations.within_reach(session, registration_id)
    known = _now(session, registration)
    if shown is not None:
        rows = _compared(shown, known, entry)
        if any(row.mine_stands is None for row in rows):
            raise Stale("welfare-changed")
        entry = settled(Overtaken(known, rows), entry, {r.field: bool(r.mine_stands) for r in rows})
    for wanted in (offered, entry) if offered is not None else (entry,):
        _keep(session, registration, wanted)
    recheck(session, groups=[registration.person_id])


@reads(Right.SEE_PEOPLE)
def overtaken(
    session: Session, registration_id: str, shown: WelfareEntry, mine: WelfareEntry
) -> Overtaken:
    """Set what is on record now beside what was filled in; `shown` is what it began with."""
    registration = registrations.within_reach(session, registration_id)
    known = _now(session, registration)
    ids = select(Registration.id).where(Registration.person_id == registration.person_id)
    rows = [
        *session.scalars(select(WelfareCheck.id).where(WelfareCheck.registration_id.in_(ids))),
        *session.scalars(select(Stay.id).where(Stay.registration_id.in_(ids))),
    ]
    return Overtaken(known, _compared(shown, known, mine, versions.written(session, rows)))


def settled(found: Overtaken, mine: WelfareEntry, mine_stands: Mapping[str, bool]) -> WelfareEntry:
    """Give what is to be on record: field by field mine, or as it stands now."""
    return WelfareEntry(**versions.settled(asdict(found.now), asdict(mine), mine_stands))


def _compared(
    shown: WelfareEntry,
    now: WelfareEntry,
    mine: WelfareEntry,
    written: Mapping[str, Written] | None = None,
) -> tuple[FieldVersions, ...]:
    return versions.compared(
        asdict(shown), asdict(now), asdict(mine), word=wording.of_welfare, written=written or {}
    )


def _keep(session: Session, registration: Registration, entry: WelfareEntry) -> None:
    known = _now(session, registration)
    if entry.medical != known.medical and entry.medical_cleared_at == known.medical_cleared_at:
        entry = replace(entry, medical_cleared_at=None)
    _keep_check(session, registration, known, entry)
    _keep_stay(session, registration, known, entry)
    session.flush()


def _now(session: Session, registration: Registration) -> WelfareEntry:
    facts = persons(session, [registration.person_id])[registration.person_id]
    wishes = facts.prefers_interviewer, facts.prefers_interpreter
    return WelfareEntry(
        screened_at=facts.screened_at,
        rested=facts.fed_dry_rested,
        medical=MEDICAL[facts.medical] if facts.medical else "",
        preference=wishes[0].value if wishes[0] else "",
        interpreter_preference=wishes[1].value if wishes[1] else "",
        landed_at=facts.landed_at,
        arrived_at=facts.arrived_at,
        departs_at=facts.departs_at,
        medical_cleared_at=facts.medical_cleared_at,
    )


def _keep_check(
    session: Session, registration: Registration, known: WelfareEntry, entry: WelfareEntry
) -> None:
    """Write the whole check as it was seen: of linked records the newest one speaks."""
    told = (*_CHECK, _CLEARED)
    if all(getattr(entry, name) == getattr(known, name) for name in told):
        return
    query = select(WelfareCheck).filter_by(registration_id=registration.id)
    held = list(session.scalars(query.order_by(WelfareCheck.recorded_at, WelfareCheck.id)))
    newest = held[-1] if held else WelfareCheck(registration_id=registration.id, recorded={})
    session.add(newest)
    newest.recorded_at = step_of(session).now
    for name in told:
        value = getattr(entry, name)
        setattr(newest, name, value)
        for older in held[:-1] if value in (None, "") else ():
            setattr(older, name, value)


def _keep_stay(
    session: Session, registration: Registration, known: WelfareEntry, entry: WelfareEntry
) -> None:
    """Write the times that differ, and no other: those of linked records stay theirs."""
    changed = [name for name in _STAY if getattr(entry, name) != getattr(known, name)]
    if not changed:
        return
    query = select(Stay).filter_by(registration_id=registration.id).order_by(Stay.id)
    held = session.scalars(query).all() or [Stay(registration_id=registration.id)]
    session.add_all(held)
    for name in changed:
        for stay in held:
            setattr(stay, name, getattr(entry, name))


def _demand_codes(entry: WelfareEntry) -> None:
    wishes = {entry.preference, entry.interpreter_preference}
    if entry.medical not in {"", *MEDICAL.values()} or not wishes <= {"", *GenderPreference}:
        raise WrongCall("code-unknown")
