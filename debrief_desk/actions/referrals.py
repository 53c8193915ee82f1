"""Tasks a rule opens for somebody else, with an owner and a time; never why (C-4, S-3, S-5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import func, select

from debrief_desk.actions import registrations
from debrief_desk.actions.loading import chunks
from debrief_desk.actions.naming import shown_name
from debrief_desk.actions.person_facts import persons
from debrief_desk.actions.rights import own_agency_only, reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.children import is_child, is_undecided
from debrief_desk.rules.codes import Indicator, ReferralKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Account, Debrief, Referral, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from debrief_desk.rules.facts import PersonFacts

DUE: Final = timedelta(hours=24)
"""How long a task may take. C-4, S-3 and S-5 name no time, nor does the policy: a design default,
as long as the review of a bypass (D-11)."""
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A task: for whom, who sees to it, by when; `reference` is the debrief it came from, or ""."""

    id: str
    kind: ReferralKind
    registration_id: str
    person: str
    agency: str
    reference: str
    owner: str
    opened_at: datetime
    due_at: datetime
    overdue: bool
    done_at: datetime | None
    done_by: str

    @property
    def may_be_consented(self) -> bool:
        """Say whether the person's consent would make another task of it (S-3)."""
        return self.kind is ReferralKind.DUTY_TO_NOTIFY and self.done_at is None


@reads(Right.SEE_PEOPLE)
def open(session: Session) -> tuple[ReferralRow, ...]:  # noqa: A001 - read as `referrals.open`
    """Give the tasks that wait, of one's own agency where that is all one sees; due first."""
    query = (
        select(Referral, Registration)
        .join(Registration, Referral.registration_id == Registration.id)
        .where(
            Referral.done_at.is_(None),
            Referral.withdrawn_at.is_(None),
            Registration.withdrawn_at.is_(None),
        )
        .order_by(Referral.due_at, Referral.id)
    )
    own = own_agency_only(session)
    if own is not None:
        query = query.where(Registration.agency_id == own)
    return _rows(session, [(row[0], row[1]) for row in session.execute(query).unique()])


@writes(Right.EDIT_OWN)
def done(session: Session, referral_id: str) -> None:
    """Record that a task is done, by whom and when."""
    task, step = _standing(session, referral_id), step_of(session)
    task.done_at, task.done_by_id = step.now, step.account_id


@writes(Right.EDIT_OWN)
def assign(session: Session, referral_id: str, owner: str) -> None:
    """Say who sees to a task."""
    task, named = _standing(session, referral_id), owner.strip()[:_LONGEST]
    if not named:
        raise WrongCall("owner-missing")
    task.owner = named


@writes(Right.EDIT_OWN)
def consented(session: Session, referral_id: str) -> None:
    """Record that an adult consents: the duty to notify gives way to a referral (S-3)."""
    task = _standing(session, referral_id)
    if task.kind != ReferralKind.DUTY_TO_NOTIFY:
        raise WrongCall("referral-unknown")
    task.withdrawn_at = step_of(session).now
    registration = session.get_one(Registration, task.registration_id)
    follows = open_one(session, registration, ReferralKind.NRM, task.owner, task.debrief_id)
    follows.due_at = task.due_at


def rows(session: Session, members: Collection[UUID]) -> tuple[ReferralRow, ...]:
    """Give every task about these registrations, done ones among them, newest first."""
    query = (
        select(Referral, Registration)
        .join(Registration, Referral.registration_id == Registration.id)
        .where(Referral.registration_id.in_(members), Referral.withdrawn_at.is_(None))
        .order_by(Referral.id.desc())
    )
    return _rows(session, [(row[0], row[1]) for row in session.execute(query).unique()])


def open_asked_for(session: Session, groups: Collection[UUID]) -> None:
    """Open the task for everybody in these groups for whom a rule asks for one (C-4, S-3)."""
    marked: dict[UUID, Registration] = {}
    for part in chunks(groups):
        query = select(Registration).where(
            Registration.person_id.in_(part),
            Registration.withdrawn_at.is_(None),
            func.instr(Registration.indicators, Indicator.TRAFFICKING) > 0,
        )
        for registration in session.scalars(query.order_by(Registration.id)).unique():
            marked.setdefault(registration.person_id, registration)
    if not marked:
        return
    people = persons(session, marked.keys())
    for group, registration in marked.items():
        if people[group].nrm_opened_at is None:
            kind = kind_for(session, people[group], consents=False)
            open_one(session, registration, kind, registration.agency.name)


def kind_for(session: Session, person: PersonFacts, *, consents: bool) -> ReferralKind:
    """Give where a possible victim of trafficking is referred: a child without being asked (C-4).

    An adult who has not consented is reported by the duty to notify, without a name (S-3).
    """
    day = london_day(step_of(session).now)
    young = is_child(person, day) or is_undecided(person, day)
    return ReferralKind.NRM if young or consents else ReferralKind.DUTY_TO_NOTIFY


def open_one(
    session: Session,
    registration: Registration,
    kind: ReferralKind,
    owner: str,
    debrief_id: UUID | None = None,
) -> Referral:
    """Open a task from now, due after `DUE`."""
    now = step_of(session).now
    task = Referral(
        registration_id=registration.id,
        debrief_id=debrief_id,
        kind=kind.value,
        owner=owner.strip()[:_LONGEST],
        opened_at=now,
        due_at=now + DUE,
    )
    session.add(task)
    session.flush()
    return task


def _standing(session: Session, referral_id: str) -> Referral:
    """Give a task that is not done, about somebody the account may change."""
    task = session.get(Referral, UUID(referral_id))
    if task is None or task.withdrawn_at is not None:
        raise WrongCall("referral-unknown")
    registrations.within_reach(session, str(task.registration_id))
    if task.done_at is not None:
        raise WrongCall("referral-done")
    return task


def _rows(
    session: Session, found: Iterable[tuple[Referral, Registration]]
) -> tuple[ReferralRow, ...]:
    every, now = list(found), step_of(session).now
    plans = {task.debrief_id for task, _registration in every if task.debrief_id}
    named = select(Debrief.id, Debrief.reference).where(Debrief.id.in_(plans))
    references = {row.id: row.reference for row in session.execute(named)} if plans else {}
    accounts = {a.id: a.name for a in session.scalars(select(Account))}
    return tuple(
        ReferralRow(
            id=str(task.id),
            kind=ReferralKind(task.kind),
            registration_id=str(registration.id),
            person=shown_name(registration),
            agency=registration.agency.name,
            reference=references.get(task.debrief_id, "") if task.debrief_id else "",
            owner=task.owner,
            opened_at=task.opened_at,
            due_at=task.due_at,
            overdue=task.done_at is None and task.due_at < now,
            done_at=task.done_at,
            done_by=accounts.get(task.done_by_id, "") if task.done_by_id else "",
        )
        for task, registration in every
    )
