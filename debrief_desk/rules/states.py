"""The states of a debrief and of a conflict, and which may follow which."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class DebriefState(StrEnum):
    """Where a debrief stands. *Blocked* is no state: a stop keeps a plan from *cleared*."""

    DRAFT = "draft"
    PLANNED = "planned"
    CLEARED = "cleared"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    LAPSED = "lapsed"
    WAITING = "waiting"

    @property
    def is_open(self) -> bool:
        """Say whether the debrief may still take place or is taking place."""
        return self in _OPEN_DEBRIEF

    @property
    def is_movable(self) -> bool:
        """Say whether time, room and team may still be changed."""
        return self.is_open and self is not DebriefState.IN_PROGRESS

    def may_become(self, following: DebriefState) -> bool:
        """Say whether a user's step may lead from this state to `following`.

        Undoing a decision restores the earlier state as it was and asks no permission here.
        """
        return following in _AFTER_DEBRIEF[self]


class ConflictState(StrEnum):
    """Where a conflict stands in the inbox."""

    NEW = "new"
    TAKEN = "taken"
    WAITING = "waiting"
    DECIDED = "decided"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to decide."""
        return self not in (ConflictState.DECIDED, ConflictState.CLOSED)

    def may_become(self, following: ConflictState) -> bool:
        """Say whether a conflict may go from this state to `following`."""
        return following in _AFTER_CONFLICT[self]


_OPEN_DEBRIEF: Final = frozenset(
    {
        DebriefState.DRAFT,
        DebriefState.PLANNED,
        DebriefState.WAITING,
        DebriefState.CLEARED,
        DebriefState.IN_PROGRESS,
    }
)

_AFTER_DEBRIEF: Final[dict[DebriefState, frozenset[DebriefState]]] = {
    DebriefState.DRAFT: frozenset({DebriefState.PLANNED, DebriefState.CANCELLED}),
    DebriefState.PLANNED: frozenset(
        {
            DebriefState.CLEARED,
            DebriefState.WAITING,
            DebriefState.CANCELLED,
            DebriefState.DECLINED,
            DebriefState.LAPSED,
        }
    ),
    DebriefState.WAITING: frozenset(
        {
            DebriefState.PLANNED,
            DebriefState.CANCELLED,
            DebriefState.DECLINED,
            DebriefState.LAPSED,
        }
    ),
    DebriefState.CLEARED: frozenset(
        {
            DebriefState.PLANNED,  # a new finding takes the clearance away
            DebriefState.WAITING,
            DebriefState.IN_PROGRESS,
            DebriefState.CANCELLED,
            DebriefState.DECLINED,
            DebriefState.LAPSED,
        }
    ),
    DebriefState.IN_PROGRESS: frozenset(
        {DebriefState.COMPLETED, DebriefState.WITHDRAWN, DebriefState.STOPPED}
    ),
    DebriefState.COMPLETED: frozenset(),
    DebriefState.CANCELLED: frozenset(),
    DebriefState.DECLINED: frozenset(),
    DebriefState.WITHDRAWN: frozenset(),
    DebriefState.STOPPED: frozenset(),
    DebriefState.LAPSED: frozenset({DebriefState.PLANNED}),  # its owner plans it anew
}

_AFTER_CONFLICT: Final[dict[ConflictState, frozenset[ConflictState]]] = {
    ConflictState.NEW: frozenset(
        {ConflictState.TAKEN, ConflictState.WAITING, ConflictState.DECIDED, ConflictState.CLOSED}
    ),
    ConflictState.TAKEN: frozenset(
        {ConflictState.NEW, ConflictState.WAITING, ConflictState.DECIDED, ConflictState.CLOSED}
    ),
    ConflictState.WAITING: frozenset(
        {ConflictState.TAKEN, ConflictState.DECIDED, ConflictState.CLOSED}
    ),
    ConflictState.DECIDED: frozenset({ConflictState.CLOSED, ConflictState.REOPENED}),
    ConflictState.CLOSED: frozenset({ConflictState.REOPENED}),
    ConflictState.REOPENED: frozenset(
        {ConflictState.TAKEN, ConflictState.WAITING, ConflictState.DECIDED, ConflictState.CLOSED}
    ),
}
