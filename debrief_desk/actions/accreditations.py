"""An interviewer's papers: authorisation, course, PIP level, best-evidence training (X-1, X-2).

A paper holds from its award to its last day, both London days, unless it is revoked before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions.attendance import recheck_plans
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.codes import AccreditationKind
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Account, Accreditation, Interviewer
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_PIP_LEVELS = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as somebody saw it; `kind` is an `AccreditationKind` or what a sheet calls it."""

    kind: str
    valid_to: date | None
    seen_by: str
    level: str = ""
    awarded_on: date | None = None


@dataclass(frozen=True, slots=True)
class AccreditationRow:
    """One paper on record; it stands today where nothing ended it and it has begun."""

    id: str
    kind: str
    level: str
    awarded_on: date | None
    valid_to: date | None
    seen_by: str
    revoked_on: date | None
    stands: bool


@reads(Right.MANAGE_STAFF)
def of(session: Session, interviewer_id: str) -> tuple[AccreditationRow, ...]:
    """Give every paper of an interviewer, those that stand first, then by last day."""
    today = london_day(step_of(session).now)
    query = select(Accreditation).where(Accreditation.interviewer_id == UUID(interviewer_id))
    rows = [_row(one, today) for one in session.scalars(query)]
    rows.sort(key=lambda row: (row.stands, row.valid_to or date.max, row.id), reverse=True)
    return tuple(rows)


@writes(Right.MANAGE_STAFF)
def add(session: Session, interviewer_id: str, paper: Paper) -> str:
    """Record a paper, and check the interviewer's open plans again; gives its id.

    Raises:
        WrongCall: `staff-unknown`, `accreditation-kind`, `accreditation-dates`,
            `accreditation-seen`.
    """
    row = session.get(Interviewer, UUID(interviewer_id))
    if row is None:
        raise WrongCall("staff-unknown")
    _check(paper)
    made = Accreditation(
        kind=paper.kind,
        level=paper.level.strip(),
        awarded_on=paper.awarded_on,
        valid_to=paper.valid_to,
        seen_by=paper.seen_by.strip(),
    )
    row.accreditations.append(made)
    recheck_plans(session, row.id, step_of(session).now)
    return str(made.id)


@writes(Right.MANAGE_STAFF)
def renew(session: Session, accreditation_id: str, valid_to: date, seen_by: str) -> str:
    """Record the paper that follows one; the earlier stays on record with its own last day.

    The new one begins the day after the earlier ends, or today where that is over. Raises as
    `add`, and `accreditation-unknown`.
    """
    held, today = _standing(session, accreditation_id), london_day(step_of(session).now)
    lasts = held.valid_to is not None and held.valid_to >= today
    begins = held.valid_to + timedelta(days=1) if lasts and held.valid_to else today
    paper = Paper(held.kind, valid_to, seen_by, held.level, begins)
    return add(session, str(held.interviewer_id), paper)


@writes(Right.MANAGE_STAFF)
def revoke(session: Session, accreditation_id: str, on: date | None = None) -> None:
    """End a paper from the London day `on` (today), and check the open plans again."""
    held, step = _standing(session, accreditation_id), step_of(session)
    held.revoked_on = on or london_day(step.now)
    if not held.seen_by and step.account_id is not None:
        held.seen_by = session.get_one(Account, step.account_id).name
    recheck_plans(session, held.interviewer_id, step.now)


def _check(paper: Paper) -> None:
    kind = paper.kind.strip()
    if not kind or (kind == AccreditationKind.PIP and paper.level.strip() not in _PIP_LEVELS):
        raise WrongCall("accreditation-kind")
    endless = kind in set(AccreditationKind) - {AccreditationKind.AUTHORISATION}
    if paper.valid_to is None and not endless:
        raise WrongCall("accreditation-dates")
    if paper.awarded_on and paper.valid_to and paper.awarded_on > paper.valid_to:
        raise WrongCall("accreditation-dates")
    if not paper.seen_by.strip():
        raise WrongCall("accreditation-seen")


def _standing(session: Session, accreditation_id: str) -> Accreditation:
    held = session.get(Accreditation, UUID(accreditation_id))
    if held is None or held.revoked_on is not None:
        raise WrongCall("accreditation-unknown")
    return held


def _row(one: Accreditation, today: date) -> AccreditationRow:
    begun = one.awarded_on is None or one.awarded_on <= today
    ended = one.valid_to is not None and one.valid_to < today
    revoked = one.revoked_on is not None and one.revoked_on <= today
    return AccreditationRow(
        id=str(one.id),
        kind=one.kind,
        level=one.level,
        awarded_on=one.awarded_on,
        valid_to=one.valid_to,
        seen_by=one.seen_by,
        revoked_on=one.revoked_on,
        stands=begun and not ended and not revoked,
    )
