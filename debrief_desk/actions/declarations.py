"""What staff declare: being a trainee, deciding on claims, a link to a person (X-4, X-8, I-5).

Only that there is a link is kept, never which.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from debrief_desk.actions import duties
from debrief_desk.actions.attendance import recheck_plans
from debrief_desk.actions.rights import own_agency_only, writes
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.store.models import Debrief, Interviewer
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from debrief_desk.actions.duties import Member


@dataclass(frozen=True, slots=True)
class Marks:
    """Whether somebody is a trainee (X-4), and whether they decide on asylum claims (X-8)."""

    trainee: bool = False
    asylum_decision_maker: bool = False


@writes(Right.MANAGE_STAFF)
def mark(session: Session, interviewer_id: str, marks: Marks) -> None:
    """Record both marks of an interviewer, and check the open plans again."""
    row = duties.member(session, interviewer_id)
    row.recorded = row.recorded | asdict(marks)
    recheck_plans(session, row.id, step_of(session).now)


@writes(Right.EDIT_OWN)
def link(session: Session, staff_id: str, debrief_id: str) -> None:
    """Record that somebody declared a link to the person of a debrief; plans are checked again.

    It concerns this person wherever they are planned for, under every linked record.

    Raises:
        NotAllowed: the debrief is another agency's, for an account that sees its own only.
    """
    row, about = _about(session, staff_id, debrief_id)
    _write(session, row, sorted({*row.recorded.get(_key(row), ()), about}))


@writes(Right.EDIT_OWN)
def take_back(session: Session, staff_id: str, debrief_id: str) -> None:
    """Take back what `link` recorded; plans are checked again."""
    row, about = _about(session, staff_id, debrief_id)
    _write(session, row, [one for one in row.recorded.get(_key(row), ()) if one != about])


def _about(session: Session, staff_id: str, debrief_id: str) -> tuple[Member, str]:
    row, debrief = duties.member(session, staff_id), session.get(Debrief, UUID(debrief_id))
    if debrief is None:
        raise WrongCall("debrief-unknown")
    if own_agency_only(session) not in (None, debrief.agency_id):
        raise NotAllowed("other-agency")
    return row, str(debrief.registration_id)


def _write(session: Session, row: Member, ids: list[str]) -> None:
    row.recorded = row.recorded | {_key(row): ids}
    recheck_plans(session, row.id, step_of(session).now)


def _key(row: Member) -> str:
    """Give where links are kept: they exclude an interviewer (X-8), an interpreter (I-5)."""
    return "links" if isinstance(row, Interviewer) else "conflicts"
