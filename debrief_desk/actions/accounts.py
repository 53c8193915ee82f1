"""Who may sign in: accounts as the desk lists them; keys and binding roles are in the key file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import desks
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right, Role
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import Account, Agency
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who is to sign in; an agency user belongs to an agency, made if it is new."""

    name: str
    roles: tuple[Role, ...]
    agency: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list."""

    id: str
    name: str
    roles: tuple[Role, ...]
    agency: str
    active: bool


@reads(Right.MANAGE_ACCOUNTS)
def listed(session: Session) -> tuple[AccountRow, ...]:
    """Give the accounts in the order they were added, those taken away at the end."""
    agencies = {agency.id: agency.name for agency in session.scalars(select(Agency))}
    rows = [
        AccountRow(
            id=str(one.id),
            name=one.name,
            roles=tuple(Role(role) for role in one.roles),
            agency=agencies.get(one.agency_id, "") if one.agency_id else "",
            active=one.active,
        )
        for one in session.scalars(select(Account).order_by(Account.id))
    ]
    return tuple(sorted(rows, key=lambda row: not row.active))


@writes(Right.MANAGE_ACCOUNTS)
def add(session: Session, account_id: str, new: NewAccount) -> None:
    """List an account whose key slot is there; the gate makes both.

    Raises:
        WrongCall: `account-name-missing`, `role-missing`, `agency-missing`, `name-taken`.
    """
    name = check(new)
    if session.scalars(select(Account).where(Account.name == name)).first() is not None:
        raise WrongCall("name-taken")  # of one taken away: the log still speaks of that person
    own = desks.agency(session, new.agency) if new.agency.strip() else None
    session.add(
        Account(
            id=UUID(account_id),
            name=name,
            roles=[role.value for role in new.roles],
            agency_id=own.id if own is not None else None,
        )
    )


def check(new: NewAccount) -> str:
    """Give the name as it is kept, after everything that is asked for is there.

    Raises:
        WrongCall: `account-name-missing`, `role-missing`, `agency-missing`.
    """
    name = " ".join(new.name.split())
    if not name:
        raise WrongCall("account-name-missing")
    if not new.roles:
        raise WrongCall("role-missing")
    if Role.AGENCY_USER in new.roles and not new.agency.strip():
        raise WrongCall("agency-missing")
    return name


@writes(Right.MANAGE_ACCOUNTS)
def take_away(session: Session, account_id: str) -> None:
    """End an account: what it did stays in the log under its name.

    Raises:
        WrongCall: `own-account`: nobody takes away the account they work with;
            `no-such-account`.
    """
    if step_of(session).account_id == UUID(account_id):
        raise WrongCall("own-account")
    account = session.get(Account, UUID(account_id))
    if account is None or not account.active:
        raise WrongCall("no-such-account")
    account.active = False


@writes(None)
def note_password(session: Session, reason: str) -> None:
    """Record that the account of this step got a new password: `changed` or `recovered`."""
    step = step_of(session)
    step.events.append(
        Draft(
            kind="altered",
            entity="account",
            entity_id=str(step.account_id or ""),
            reason=f"password-{reason}",
        )
    )
