"""The desk itself: setting it up, its agencies, what it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.policy import Policy, default_policy, mended
from debrief_desk.rules.roles import Right, Role
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Account, Agency, Change, DeskInfo, PolicyVersion, Site
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

POLICY_READ = "policy read"
"""Where the gate lets reading sessions share the policy they have read."""
FIRST_ROLES = (Role.SUPERVISOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class DeskSetup:
    """What the first start asks for; the first account is supervisor and administrator."""

    site: str
    supervisor: str
    agencies: tuple[str, ...] = ()
    limit_minutes: int = 24 * 60
    practice: bool = False
    roles: tuple[str, ...] = FIRST_ROLES


@dataclass(frozen=True, slots=True)
class Known:
    """What the gate has to know of a desk before the first action."""

    desk_id: UUID
    agency_id: UUID | None
    last_change: int


@dataclass(frozen=True, slots=True)
class DeskSummary:
    """What every window shows of its desk."""

    site: str
    practice: bool
    limit_minutes: int
    marking: str
    account: str
    roles: tuple[str, ...]
    agency: str


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency; `tint` counts up from 0 in the order they were added."""

    id: str
    name: str
    contact: str
    tint: int


def known(session: Session, account_id: UUID) -> Known:
    """Give what the gate needs; a desk not set up yet gets a fresh id."""
    info = session.scalars(select(DeskInfo)).first()
    account = session.get(Account, account_id)
    last = session.scalar(select(func.max(Change.clock))) or 0
    desk_id = info.id if info is not None else UUID(int=account_id.int)
    return Known(desk_id, account.agency_id if account is not None else None, last)


@writes(None)
def set_up(session: Session, setup: DeskSetup, *, account_id: UUID) -> None:
    """Fill a new desk: site, agencies, first account, default policy."""
    if session.scalar(select(func.count()).select_from(DeskInfo)):
        raise WrongCall("desk-set-up-already")
    step = step_of(session)
    site = Site(name=setup.site, limit_minutes=setup.limit_minutes)
    session.add(site)
    session.flush()
    session.add(
        DeskInfo(id=step.desk_id, site_id=site.id, practice=setup.practice, created_at=step.now)
    )
    account = Account(id=account_id, name=setup.supervisor, roles=[str(r) for r in setup.roles])
    session.add(account)
    for name in setup.agencies:
        agency(session, name)
    session.flush()
    values = default_policy().to_mapping()
    session.add(
        PolicyVersion(values=values, saved_at=step.now, account_id=account_id, reason="default")
    )


@reads(None)
def summary(session: Session) -> DeskSummary:
    """Give what the window's frame shows."""
    step = step_of(session)
    info = session.scalars(select(DeskInfo)).one()
    site = session.get_one(Site, info.site_id)
    account = session.get(Account, step.account_id) if step.account_id else None
    own = session.get(Agency, step.agency_id) if step.agency_id else None
    return DeskSummary(
        site=site.name,
        practice=info.practice,
        limit_minutes=site.limit_minutes,
        marking=site.marking,
        account=account.name if account else "",
        roles=tuple(sorted(role.value for role in step.roles)),
        agency=own.name if own else "",
    )


@reads(None)
def agencies(session: Session) -> tuple[AgencyRow, ...]:
    """Give the agencies in the order they were added."""
    found = session.scalars(select(Agency).order_by(Agency.id))
    return tuple(AgencyRow(str(a.id), a.name, a.contact, n) for n, a in enumerate(found))


@writes(Right.EDIT_ANY)
def set_contact(session: Session, agency_id: str, contact: str) -> None:
    """Record whom another agency may call; this is what a pointer shows."""
    session.get_one(Agency, UUID(agency_id)).contact = contact.strip()


@writes(Right.EDIT_ANY)
def add_agency(session: Session, name: str, contact: str = "") -> str:
    """Add an agency and whom another one may call there; gives its id.

    Raises:
        WrongCall: `agency-missing`, `agency-known`.
    """
    wanted = " ".join(name.split())
    same = func.lower(Agency.name) == wanted.lower()
    if session.scalars(select(Agency).where(same)).first() is not None:
        raise WrongCall("agency-known")
    made = agency(session, wanted)
    made.contact = contact.strip()
    return str(made.id)


@writes(Right.BACKUP)
def note_backup(session: Session) -> None:
    """Record that a copy of the desk was made."""
    step_of(session).events.append(Draft(kind="disclosed", entity="desk", reason="backup"))


def agency(session: Session, name: str) -> Agency:
    """Give the agency of that name, made if it is new; spelling differs by case at most."""
    wanted = " ".join(name.split())
    if not wanted:
        raise WrongCall("agency-missing")
    found = session.scalars(select(Agency).where(func.lower(Agency.name) == wanted.lower())).first()
    if found is None:
        found = Agency(name=wanted)
        session.add(found)
        session.flush()
    return found


def policy(session: Session) -> Policy:
    """Give the policy in force: the one saved last; read once a step.

    Steps that only read share it under `POLICY_READ`, until somebody writes.
    """
    held: Policy | None = session.info.get("policy")
    if held is None:
        shared: dict[str, Policy] = session.info.get(POLICY_READ, {})
        if "policy" not in shared:
            shared["policy"], _faults = kept_policy(session)
        held = session.info["policy"] = shared["policy"]
    return held


def kept_policy(session: Session) -> tuple[Policy, tuple[WrongCall, ...]]:
    """Give the policy saved last, with the site's legal limit of a stay, and what is wrong in it.

    Shipped values hold for what is missing or wrong there, and where none was ever saved.
    """
    newest = session.scalars(select(PolicyVersion).order_by(PolicyVersion.id.desc())).first()
    read, faults = _mended(json.dumps({} if newest is None else newest.values))
    welfare = replace(read.welfare, stay_limit_minutes=site(session).limit_minutes)
    return replace(read, welfare=welfare), faults


@lru_cache(maxsize=4)
def _mended(values: str) -> tuple[Policy, tuple[WrongCall, ...]]:
    """Give what `mended` makes of a policy as it is kept; every check while typing asks."""
    return mended(json.loads(values))


def site(session: Session) -> Site:
    """Give this desk's site."""
    info = session.scalars(select(DeskInfo)).one()
    return session.get_one(Site, info.site_id)
