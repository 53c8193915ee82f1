"""What an interviewer has done: by the agency's sheet, on this desk, and declared by hand (X-2).

What is declared by hand counts once another account has countersigned it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions.attendance import recheck_plans
from debrief_desk.actions.rights import reads, writes
from debrief_desk.actions.staff_done import Done, count
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import london_day
from debrief_desk.store.models import Account, Experience, Interviewer
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Declared:
    """Earlier debriefs to declare; `supervised` of those `led`, `last_on` a London day."""

    led: int
    supervised: int
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeclaredRow:
    """One declaration that was not taken back; `own` was made by the account that looks."""

    id: str
    who: str
    led: int
    supervised: int
    last_on: date | None
    declared_at: datetime
    declared_by: str
    countersigned_at: datetime | None
    countersigned_by: str
    own: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Where an interviewer's experience comes from: sheet, this desk, declarations; and the sum.

    `here_led` and `here_second` were completed on this desk after the sheet's last debrief.
    """

    sheet: Done
    here_led: int
    here_second: int
    here_supervised: int
    declared: tuple[DeclaredRow, ...]
    whole: Done


@reads(Right.MANAGE_STAFF)
def record(session: Session, interviewer_id: str) -> Record:
    """Give what an interviewer has done, by where that is known from."""
    row = _interviewer(session, interviewer_id)
    done = count(session, {row.id}).get(row.id, Done())
    query = select(Experience).where(
        Experience.interviewer_id == row.id, Experience.cancelled_at.is_(None)
    )
    declared = _rows(session, session.scalars(query.order_by(Experience.id)).all())
    signed = [one for one in declared if one.countersigned_at is not None]
    sheet = Done(row.led or 0, 0, row.supervised or 0, row.last_debrief_on)
    whole = sheet + done
    return Record(
        sheet=sheet,
        here_led=done.led - sum(one.led for one in signed),
        here_second=done.seconded,
        here_supervised=done.supervised - sum(one.supervised for one in signed),
        declared=declared,
        whole=whole,
    )


@reads(Right.MANAGE_STAFF)
def waiting(session: Session) -> tuple[DeclaredRow, ...]:
    """Give the declarations that nobody has countersigned yet, oldest first."""
    query = select(Experience).where(
        Experience.countersigned_at.is_(None), Experience.cancelled_at.is_(None)
    )
    return _rows(session, session.scalars(query.order_by(Experience.id)).all())


@writes(Right.MANAGE_STAFF)
def declare(session: Session, interviewer_id: str, declared: Declared) -> str:
    """Declare debriefs from before this desk; nothing counts until somebody countersigns.

    Raises:
        WrongCall: `staff-unknown`, `experience-count`, `experience-future`.
    """
    row, now = _interviewer(session, interviewer_id), step_of(session).now
    if not 0 <= declared.supervised <= declared.led <= _MOST or not declared.led:
        raise WrongCall("experience-count")
    if declared.last_on is not None and declared.last_on > london_day(now):
        raise WrongCall("experience-future")
    made = Experience(
        interviewer_id=row.id,
        led=declared.led,
        supervised=declared.supervised,
        last_on=declared.last_on,
        declared_at=now,
        declared_by_id=step_of(session).account_id,
    )
    session.add(made)
    session.flush()
    return str(made.id)


@writes(Right.COUNTERSIGN)
def countersign(session: Session, experience_id: str) -> None:
    """Say that a declaration is right; from now on it counts, and plans are checked again.

    Raises:
        NotAllowed: `experience-own`, the account declared it itself.
        WrongCall: `experience-unknown`, it is countersigned or taken back already.
    """
    made, step = _standing(session, experience_id), step_of(session)
    if made.countersigned_at is not None:
        raise WrongCall("experience-unknown")
    if made.declared_by_id == step.account_id:
        raise NotAllowed("experience-own")
    made.countersigned_at, made.countersigned_by_id = step.now, step.account_id
    recheck_plans(session, made.interviewer_id, step.now)


@writes(Right.MANAGE_STAFF)
def take_back(session: Session, experience_id: str) -> None:
    """Take a declaration back, whether it counted or not; plans are checked again."""
    made, now = _standing(session, experience_id), step_of(session).now
    made.cancelled_at = now
    recheck_plans(session, made.interviewer_id, now)


def _interviewer(session: Session, interviewer_id: str) -> Interviewer:
    row = session.get(Interviewer, UUID(interviewer_id))
    if row is None:
        raise WrongCall("staff-unknown")
    return row


def _standing(session: Session, experience_id: str) -> Experience:
    made = session.get(Experience, UUID(experience_id))
    if made is None or made.cancelled_at is not None:
        raise WrongCall("experience-unknown")
    return made


def _rows(session: Session, found: Sequence[Experience]) -> tuple[DeclaredRow, ...]:
    names: dict[UUID | None, str] = {one.id: one.name for one in session.scalars(select(Account))}
    who = dict.fromkeys(one.interviewer_id for one in found)
    staff = {key: session.get_one(Interviewer, key).name for key in who}
    return tuple(
        DeclaredRow(
            id=str(one.id),
            who=staff[one.interviewer_id],
            led=one.led,
            supervised=one.supervised,
            last_on=one.last_on,
            declared_at=one.declared_at,
            declared_by=names.get(one.declared_by_id, ""),
            countersigned_at=one.countersigned_at,
            countersigned_by=names.get(one.countersigned_by_id, ""),
            own=one.declared_by_id == step_of(session).account_id,
        )
        for one in found
    )
