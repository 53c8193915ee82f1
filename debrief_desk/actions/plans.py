"""Planning a debrief: registered, moved, cleared, cancelled, lapsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import (
    desks,
    facts,
    findings,
    links,
    plan_drafts,
    pointers,
    registrations,
)
from debrief_desk.actions.checks import recheck, settled_keys
from debrief_desk.actions.rights import own_agency_only, writes
from debrief_desk.errors import NotAllowed, Refused, Stale, WrongCall
from debrief_desk.rules.registry import bars_cleared, check, refused
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import (
    Agency,
    Debrief,
    DeconflictionCheck,
    DeskInfo,
    Interpreter,
    Interviewer,
    Registration,
    Room,
)
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.actions.findings import FindingRow
    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.rules.codes import CancelReason
    from debrief_desk.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Registered:
    """What saving a plan gave: its reference, the reference of its check, and the findings."""

    debrief_id: str
    reference: str
    check_reference: str
    registration_id: str
    findings: tuple[FindingRow, ...]
    level: Level


@writes(Right.REGISTER)
def register(session: Session, plan: DebriefPlan) -> Registered:
    """Save a plan, with its person where that is new, and check everybody it touches.

    Raises:
        Refused: a rule that nobody can lift (V-4, C-1, C-2, A-4); nothing is kept.
        WrongCall: there is no time, or nothing to know the person by.
    """
    agency = desks.agency(session, plan.agency)
    own_only(session, agency.id)
    if plan.starts_at is None:
        raise WrongCall("start-missing")
    if plan.minutes <= 0:
        raise WrongCall("length-missing")
    groups: set[UUID] = set()
    if plan.registration_id:
        registration = _own_registration(session, plan, agency)
    else:
        if plan.person.is_empty:
            raise WrongCall("person-missing")
        row = registrations.row_of(plan.person, london_day(step_of(session).now))
        (registration,) = registrations.enter(session, [("", row)], agency)
        groups |= links.enter(session, [registration])
    (debrief,) = add_all(session, [Proposed(registration, agency, plan)])
    if isinstance(debrief, Refused):
        raise debrief
    groups.add(registration.person_id)
    recheck(session, groups=groups, debriefs=[debrief.id])
    return _registered(session, debrief)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A plan to keep for a registration; `serial` and `saved_at` as the sender wrote them."""

    registration: Registration
    agency: Agency
    plan: DebriefPlan
    serial: str = ""
    saved_at: datetime | None = None


def add_all(
    session: Session, proposed: Sequence[Proposed], import_id: UUID | None = None
) -> list[Debrief | Refused]:
    """Keep each plan unless a rule refuses it at once; gives the debrief, or why not.

    The caller rechecks.
    """
    session.flush()
    drafts = [plan_drafts.drafted(session, p.plan, p.agency, p.registration) for p in proposed]
    rules, now = desks.policy(session), step_of(session).now
    outcomes: list[Debrief | Refused] = []
    for one, debrief, case in zip(proposed, drafts, facts.cases(session, drafts), strict=True):
        stopped = refused(check(case, rules, now))
        if stopped:
            outcomes.append(_refusal(stopped[0]))
            continue
        debrief.reference = _next_reference(session)
        debrief.import_id, debrief.serial = import_id, one.serial
        debrief.first_saved_at = one.saved_at or now
        session.add(debrief)
        outcomes.append(debrief)
    session.flush()
    return outcomes


@writes(Right.EDIT_OWN)
def move(
    session: Session,
    debrief_id: str,
    version: int,
    *,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    room_id: str | None = None,
    lead_id: str | None = None,
    second_id: str | None = None,
    interpreter_id: str | None = None,
) -> Registered:
    """Change when, where or by whom; what is not given stays.

    Raises:
        Stale: somebody changed the debrief after it was shown; nothing was overwritten.
    """
    debrief = as_shown(session, debrief_id, version)
    length = debrief.ends_at - debrief.starts_at
    if minutes is not None:
        length = timedelta(minutes=minutes)
    if starts_at is not None or minutes is not None:
        debrief.starts_at = starts_at or debrief.starts_at
        debrief.ends_at = debrief.starts_at + length
    if room_id is not None:
        debrief.room = session.get(Room, UUID(room_id)) if room_id else None
    if lead_id is not None:
        debrief.lead = session.get(Interviewer, UUID(lead_id)) if lead_id else None
    if second_id is not None:
        debrief.second = session.get(Interviewer, UUID(second_id)) if second_id else None
    if interpreter_id is not None:
        debrief.interpreter = (
            session.get(Interpreter, UUID(interpreter_id)) if interpreter_id else None
        )
    return checked_again(session, debrief)


def checked_again(session: Session, debrief: Debrief) -> Registered:
    """Count a change of when, where or by whom; nobody has confirmed it so, and it is checked.

    Raises:
        WrongCall: the debrief has begun or is over.
    """
    if not debrief.state.is_movable:
        raise WrongCall("state-cannot-follow", state=debrief.state)
    if debrief.state is DebriefState.WAITING:  # somebody looked for a team anew
        debrief.state = DebriefState.PLANNED
    debrief.sequence += 1
    debrief.confirmed_at = None
    session.flush()
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])
    return _registered(session, debrief)


def _registered(session: Session, debrief: Debrief) -> Registered:
    """Give what the check that was just kept says of a debrief."""
    kept = session.get_one(DeconflictionCheck, debrief.id)
    found = [findings.unpacked(row) for row in kept.findings]
    team = debrief.lead_id, debrief.second_id, debrief.interpreter_id, debrief.room_id
    return Registered(
        debrief_id=str(debrief.id),
        reference=debrief.reference,
        check_reference=kept.reference,
        registration_id=str(debrief.registration_id),
        findings=pointers.told(session, found, {str(one) for one in team if one}),
        level=Level(kept.level),
    )


@writes(Right.EDIT_OWN)
def cancel(session: Session, debrief_id: str, version: int, reason: CancelReason) -> None:
    """Cancel a plan with a reason from the list, and check whom that frees."""
    debrief = as_shown(session, debrief_id, version)
    become(debrief, DebriefState.CANCELLED, reason)
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])


@writes(Right.EDIT_OWN)
def clear(session: Session, debrief_id: str, version: int) -> None:
    """Clear a plan that nothing keeps from being cleared.

    Raises:
        Refused: `not-clear`, with the number of findings that stand in the way.
    """
    debrief = as_shown(session, debrief_id, version)
    recheck(session, groups=[debrief.registration.person_id], debriefs=[debrief.id])
    kept = session.get_one(DeconflictionCheck, debrief.id)
    found = [findings.unpacked(row) for row in kept.findings]
    settled = settled_keys(session, [debrief.id]).get(debrief.id, frozenset())
    bars = bars_cleared(found, settled)
    if bars:
        raise Refused("not-clear", count=len(bars))
    become(debrief, DebriefState.CLEARED)
    debrief.confirmed_at = step_of(session).now


@writes(None)
def lapse(session: Session) -> int:
    """Give back the slots of plans nobody confirmed or began (D-10); gives how many lapsed."""
    now = step_of(session).now
    query = select(Debrief).where(
        Debrief.state.in_((DebriefState.PLANNED, DebriefState.CLEARED, DebriefState.WAITING)),
        Debrief.starts_at < now + timedelta(days=1),
        Debrief.entered_at < Debrief.starts_at,
    )
    lapsed = []
    rules = desks.policy(session)
    for debrief in session.scalars(query).unique():
        from debrief_desk.rules.spacing import lapse_due

        due = lapse_due(facts.plan_facts(debrief), rules)
        if due is not None and due <= now:
            become(debrief, DebriefState.LAPSED)
            lapsed.append(debrief)
    recheck(
        session,
        groups={d.registration.person_id for d in lapsed},
        debriefs=[d.id for d in lapsed],
    )
    return len(lapsed)


def become(debrief: Debrief, state: DebriefState, reason: str = "") -> None:
    """Bring a debrief into a state that may follow its own; `WrongCall` where it may not."""
    if not debrief.state.may_become(state):
        raise WrongCall("state-cannot-follow", state=debrief.state, following=state)
    debrief.state, debrief.state_reason = state, reason
    debrief.sequence += 1


def as_shown(session: Session, debrief_id: str, version: int) -> Debrief:
    """Give the debrief as it was shown, or raise `Stale`; of another agency's `NotAllowed`."""
    debrief = session.get(Debrief, UUID(debrief_id))
    if debrief is None:
        raise WrongCall("debrief-unknown")
    own_only(session, debrief.agency_id)
    if debrief.version != version:
        raise Stale("debrief-changed", reference=debrief.reference)
    return debrief


def own_only(session: Session, agency_id: UUID) -> None:
    """Raise `NotAllowed` for another agency's debrief, where the account sees its own only."""
    own = own_agency_only(session)
    if own is not None and own != agency_id:
        raise NotAllowed("other-agency")


def _own_registration(session: Session, plan: DebriefPlan, agency: Agency) -> Registration:
    """Give the agency's own record of a chosen person, or the chosen one where it has none."""
    chosen = registrations.within_reach(session, plan.registration_id)
    if chosen.agency_id == agency.id:
        return chosen
    query = select(Registration).where(
        Registration.person_id == chosen.person_id,
        Registration.agency_id == agency.id,
        Registration.withdrawn_at.is_(None),
    )
    return session.scalars(query.order_by(Registration.id)).first() or chosen


def _refusal(finding: Finding) -> Refused:
    """Give the refusal of a finding; a marker shows its date, never the reason (V-4)."""
    values: Mapping[str, object] = dict(finding.values)
    return Refused(f"refused-{finding.rule}", at=values.get("since"))


def _next_reference(session: Session) -> str:
    info = session.scalars(select(DeskInfo)).one()
    number, info.next_debrief = info.next_debrief, info.next_debrief + 1
    return f"DD-{step_of(session).now:%y%m}-{number:04d}"
