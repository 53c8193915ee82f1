"""Which right an action needs, and whether it writes: read by the gate before it runs one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.orm import Session

from debrief_desk.errors import NotAllowed
from debrief_desk.rules.roles import Right, allows
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from uuid import UUID

P = ParamSpec("P")
T = TypeVar("T")
Action = Callable[Concatenate[Session, P], T]


@dataclass(frozen=True, slots=True)
class Needs:
    """What an action asks for: a right (None: anybody signed in), and a writing session."""

    right: Right | None
    writes: bool


def reads(right: Right | None) -> Callable[[Action[P, T]], Action[P, T]]:
    """Mark an action that only reads."""
    return _mark(Needs(right, writes=False))


def writes(right: Right | None) -> Callable[[Action[P, T]], Action[P, T]]:
    """Mark an action that writes."""
    return _mark(Needs(right, writes=True))


def _mark(needs: Needs) -> Callable[[Action[P, T]], Action[P, T]]:
    def mark(action: Action[P, T]) -> Action[P, T]:
        action.needs = needs  # type: ignore[attr-defined]
        return action

    return mark


def needs_of(action: Callable[..., object]) -> Needs:
    """Give what an action needs; a function that does not say so is no action."""
    needs = getattr(action, "needs", None)
    if needs is None:
        raise TypeError(f"{action.__module__}.{action.__qualname__} is not an action")
    return cast("Needs", needs)


def demand(session: Session, right: Right | None) -> None:
    """Raise `NotAllowed` unless the account of this step holds `right`."""
    if right is not None and not holds(session, right):
        raise NotAllowed("right-missing", right=right)


def holds(session: Session, right: Right) -> bool:
    """Say whether the account of this step holds `right`."""
    return allows(step_of(session).roles, right)


def own_agency_only(session: Session) -> UUID | None:
    """Give the agency whose rows alone this account may see, or None where it sees all."""
    if holds(session, Right.SEE_OTHER_AGENCY_PEOPLE):
        return None
    return step_of(session).agency_id
