"""Checking a plan while it is typed: what the rules say, and whom the person may be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import desks, facts, links, plan_drafts, pointers, registrations
from debrief_desk.actions.comparison import worded
from debrief_desk.actions.match_facts import Suspected
from debrief_desk.actions.naming import shown_name, shown_script
from debrief_desk.actions.rights import own_agency_only, reads
from debrief_desk.files.days import UnreadableError
from debrief_desk.identity.features import prepare
from debrief_desk.rules.registry import bars_cleared, check, refused, worst
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day
from debrief_desk.store.base import uuid7
from debrief_desk.store.models import (
    Agency,
    Debrief,
    Registration,
)
from debrief_desk.store.session import step_of
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.actions.findings import FindingRow
    from debrief_desk.actions.plan_drafts import DebriefPlan
    from debrief_desk.rules.facts import Case
    from debrief_desk.rules.severity import Level


@dataclass(frozen=True, slots=True)
class MatchRow:
    """Somebody the typed person may be, with the reasons in words.

    Of another agency's record some accounts see only whose it is: it has no id and no words.
    """

    registration_id: str
    name: str
    own_script: str
    agency: str
    band: str
    certain: bool
    reasons: tuple[str, ...]
    wristband: str
    event: str
    plans: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the one check says of a plan, before anything is saved."""

    findings: tuple[FindingRow, ...]
    matches: tuple[MatchRow, ...]
    level: Level
    refused: bool
    bars_cleared: bool
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """A plan as typed with every fact about it, and whom its person may be."""

    case: Case
    registration: Registration
    candidates: Sequence[links.Candidate]
    unreadable: str


@reads(Right.REGISTER)
def look(session: Session, plan: DebriefPlan) -> CheckResult:
    """Check a plan as it is typed; nothing is kept, and nothing but reading happens."""
    looked = considered(session, plan)
    matches = _match_rows(session, looked.registration, looked.candidates)
    found = check(looked.case, desks.policy(session), step_of(session).now)
    if plan.starts_at is None:  # who may not be asked at all is said before a time is typed
        found = tuple(refused(found))
    return CheckResult(
        findings=pointers.told(session, found, plan_drafts.named(plan)),
        matches=matches,
        level=worst(f for f in found if not f.todo),
        refused=bool(refused(found)),
        bars_cleared=bool(bars_cleared(found)),
        unreadable=looked.unreadable,
    )


def considered(session: Session, plan: DebriefPlan) -> Considered:
    """Give a plan as typed with every fact; one without a start is taken to begin now."""
    agency = _agency(session, plan.agency) or Agency(id=uuid7(), name=plan.agency)
    registration, candidates, unreadable = _person_of(session, plan, agency)
    now = step_of(session).now
    timed = plan if plan.starts_at is not None else replace(plan, starts_at=now)
    debrief = plan_drafts.drafted(session, timed, agency, registration)
    stands = registration in session
    case = facts.cases(
        session,
        [debrief],
        unsaved=() if stands else (registration,),
        suspected=() if stands else _suspected(session, registration, candidates),
    )[0]
    return Considered(case, registration, candidates, unreadable)


def _agency(session: Session, name: str) -> Agency | None:
    return next(
        (a for a in session.scalars(select(Agency)) if a.name.casefold() == name.casefold()), None
    )


def _person_of(
    session: Session, plan: DebriefPlan, agency: Agency
) -> tuple[Registration, list[links.Candidate], str]:
    """Give the registration a plan is about, whom a typed one may be, and what was unreadable."""
    if plan.registration_id:
        return registrations.within_reach(session, plan.registration_id), [], ""
    today, unreadable = london_day(step_of(session).now), ""
    try:
        row = registrations.row_of(plan.person, today)
    except UnreadableError as error:
        unreadable = error.code
        row = registrations.row_of(registrations.with_birth_left_out(plan.person), today)
    event = registrations.event_named(session, plan.person.event)
    registration = registrations.draft(row, agency, event)
    features = {registration.id: prepare(links.record_of(registration))}
    candidates = links.candidates(session, features)[0]
    certain = [c for c in candidates if c.certain]
    if certain:
        first = session.get_one(Registration, certain[0].registration_id)
        registration.person_id = first.person_id
    return registration, candidates, unreadable


def _suspected(
    session: Session, registration: Registration, candidates: Sequence[links.Candidate]
) -> list[Suspected]:
    return [
        Suspected.of(registration, session.get_one(Registration, c.registration_id), c.verdict)
        for c in candidates
        if not c.certain
    ]


def _match_rows(
    session: Session, typed: Registration, candidates: Sequence[links.Candidate]
) -> tuple[MatchRow, ...]:
    rows, own = [], own_agency_only(session)
    for candidate in candidates[:8]:
        registration = session.get_one(Registration, candidate.registration_id)
        plans, band = _open_plans(session, registration.person_id), candidate.verdict.band.value
        certain, agency = bool(candidate.certain), registration.agency.name
        if own not in (None, registration.agency_id):
            name = _("A person of another agency")
            rows.append(MatchRow("", name, "", agency, band, certain, (), "", "", plans))
            continue
        told = sorted(candidate.verdict.evidence, key=lambda e: -abs(e.bits))
        strongest = [e for e in told if e.code != "prior" and e.bits][:3]
        rows.append(
            MatchRow(
                registration_id=str(registration.id),
                name=shown_name(registration),
                own_script=shown_script(registration),
                agency=agency,
                band=band,
                certain=certain,
                reasons=tuple(worded(e, typed, registration) for e in strongest),
                wristband=registration.band,
                event=registration.event.number if registration.event else "",
                plans=plans,
            )
        )
    return tuple(rows)


def _open_plans(session: Session, group: UUID) -> int:
    query = (
        select(Debrief.id)
        .join(Debrief.registration)
        .where(Registration.person_id == group, Debrief.state.in_(facts.OPEN))
    )
    return len(session.scalars(query).all())
