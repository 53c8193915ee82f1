"""What a coordinator tells the planner of one debrief: that it stays, and how urgent it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions.plans import as_shown
from debrief_desk.actions.rights import writes
from debrief_desk.errors import WrongCall
from debrief_desk.planning.roster import PRIORITIES
from debrief_desk.rules.roles import Right

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@writes(Right.EDIT_OWN)
def pin(session: Session, debrief_id: str, version: int) -> None:
    """Let a debrief stay where it is in every proposal.

    Raises:
        Stale: somebody changed it after it was shown.
    """
    as_shown(session, debrief_id, version).pinned = True


@writes(Right.EDIT_OWN)
def unpin(session: Session, debrief_id: str, version: int) -> None:
    """Let proposals move a debrief again.

    Raises:
        Stale: somebody changed it after it was shown.
    """
    as_shown(session, debrief_id, version).pinned = False


@writes(Right.EDIT_OWN)
def prioritise(session: Session, debrief_id: str, version: int, priority: int) -> None:
    """Say how urgent a debrief is, 1 (urgent) to 3; no number of others displaces an urgent one.

    Raises:
        WrongCall: `priority-unknown`.
        Stale: somebody changed it after it was shown.
    """
    if priority not in PRIORITIES:
        raise WrongCall("priority-unknown")
    as_shown(session, debrief_id, version).priority = priority
