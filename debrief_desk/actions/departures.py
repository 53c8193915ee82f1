"""Somebody leaves: off the lists, and the debriefs to come go to somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from debrief_desk.actions import debriefs, duties
from debrief_desk.actions.attendance import Touched, needing, recheck_plans
from debrief_desk.actions.checks import recheck
from debrief_desk.actions.plans import as_shown
from debrief_desk.actions.rights import reads, writes
from debrief_desk.errors import WrongCall
from debrief_desk.rules.roles import Right
from debrief_desk.rules.times import Window
from debrief_desk.store.models import Debrief, Interpreter
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from debrief_desk.actions.duties import Member

_AHEAD = timedelta(days=3650)


@reads(Right.MANAGE_STAFF)
def upcoming(session: Session, staff_id: str) -> Touched:
    """Give the open debriefs from now on in which somebody takes part."""
    row = duties.member(session, staff_id)
    return Touched("", row.name, debriefs.rows_of(session, _upcoming(session, row)))


@writes(Right.MANAGE_STAFF)
def leave(session: Session, staff_id: str) -> Touched:
    """Take somebody off the lists; gives the open debriefs that now need somebody else.

    They stay as they are, with a check that this person is absent. A sheet that lists the person
    again brings them back.
    """
    row = duties.member(session, staff_id)
    row.active = False
    recheck_plans(session, row.id, step_of(session).now)
    return Touched("", row.name, debriefs.rows_of(session, _upcoming(session, row)))


@writes(Right.MANAGE_STAFF)
def hand_over(
    session: Session, staff_id: str, to_id: str, shown: Sequence[tuple[str, int]]
) -> Touched:
    """Put somebody else in one person's place in several debriefs (id and version as shown).

    Gives those of the debriefs that something keeps from *cleared* now.

    Raises:
        Stale: one of them changed after it was shown; none is changed then.
        WrongCall: `staff-unknown`, `staff-left`, `staff-other-post`.
    """
    row, other = duties.member(session, staff_id), duties.member(session, to_id)
    if not other.active:
        raise WrongCall("staff-left")
    if type(row) is not type(other):
        raise WrongCall("staff-other-post")
    changed = [as_shown(session, debrief_id, version) for debrief_id, version in shown]
    for debrief in changed:
        _put(debrief, row, other)
        debrief.sequence += 1
        debrief.confirmed_at = None
    recheck(session, debriefs=[debrief.id for debrief in changed])
    rows = debriefs.rows_of(session, changed)
    return Touched("", other.name, tuple(one for one in rows if one.bars_cleared))


def _upcoming(session: Session, row: Member) -> list[Debrief]:
    now = step_of(session).now
    return needing(session, UUID(str(row.id)), Window(now, now + _AHEAD))


def _put(debrief: Debrief, row: Member, other: Member) -> None:
    if isinstance(other, Interpreter):
        debrief.interpreter = other
        return
    if debrief.lead_id == row.id:
        debrief.lead = other
    if debrief.second_id == row.id:
        debrief.second = other
