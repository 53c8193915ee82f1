"""One user step: who acts, when, and the session that writes its history and its audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from sqlalchemy import event
from sqlalchemy.orm import Session

from debrief_desk.errors import Interrupted
from debrief_desk.store import audit, history
from debrief_desk.store.base import uuid7

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import UOWTransaction

    from debrief_desk.rules.roles import Role
    from debrief_desk.store.history import Clock


class Token:
    """A request to stop: set by one thread, looked at by the one that works."""

    def __init__(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._cancelled = True

    def check(self) -> None:
        """Raise `Interrupted` when a stop was asked for."""
        if self._cancelled:
            raise Interrupted


def _quiet(done: int, total: int) -> None:
    """Report to nobody."""


def _to_nobody() -> bool:
    """Go on: nobody waits for this step."""
    return False


@dataclass(slots=True)
class Step:
    """What one action knows of its surroundings; `now` is aware UTC and does not move.

    `give_way` is called between the parts of long work that reads nothing, so that a check while
    typing goes first, and says whether to keep them small; each statement gives way by itself.
    With `names_hidden` what is shown carries references in place of names.
    """

    action: str
    now: datetime
    desk_id: UUID
    account_id: UUID | None
    roles: frozenset[Role]
    agency_id: UUID | None
    clock: Clock
    token: Token = field(default_factory=Token)
    progress: Callable[[int, int], None] = _quiet
    give_way: Callable[[], bool] = _to_nobody
    names_hidden: bool = False
    id: UUID = field(default_factory=uuid7)
    events: list[audit.Draft] = field(default_factory=list)
    changes: list[UUID] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)


class DeskSession(Session):
    """A session whose every flush is kept in the change log and whose commit is audited."""


def step_of(session: Session) -> Step:
    """Give the step this session belongs to."""
    return cast("Step", session.info["step"])


@event.listens_for(DeskSession, "after_flush")
def _keep_history(session: Session, _context: UOWTransaction) -> None:
    if "step" in session.info:
        history.keep(session, step_of(session))


@event.listens_for(DeskSession, "before_commit")
def _append_audit(session: Session) -> None:
    if "step" in session.info:
        session.flush()
        audit.append(session, step_of(session))
