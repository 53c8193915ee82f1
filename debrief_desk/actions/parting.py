"""Saying of records that they are one person or different people, whatever links stand between."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import select

from debrief_desk.actions import links
from debrief_desk.store.models import IdentitySuggestion, Registration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session


def join(session: Session, registered: Sequence[UUID], reason: str) -> set[UUID]:
    """Link registrations to the first of them; gives the groups touched."""
    first, *others = registered
    groups: set[UUID] = set()
    for other in others:
        groups |= links.decide(session, first, other, links.SAME, reason)
    return groups


def part(session: Session, registered: Sequence[UUID], reason: str, *, code: str = "") -> set[UUID]:
    """Record that registrations are different people; provisional links in the way are taken back.

    Gives the groups touched.

    Raises:
        Refused: `links-contradict`, as `links.decide`.
    """
    groups: set[UUID] = set()
    for one, other in combinations(registered, 2):
        groups |= links.decide(session, one, other, links.DIFFERENT, reason, code=code)
        rows = [session.get_one(Registration, i) for i in (one, other)]
        groups |= _part_groups(session, rows[0], rows[1], reason)
    return groups


def _part_groups(
    session: Session, one: Registration, other: Registration, reason: str
) -> set[UUID]:
    """Say *different* also of the suggested pairs that made the two groups look like one."""
    sides = [
        set(session.scalars(select(Registration.id).where(Registration.person_id == r.person_id)))
        for r in (one, other)
    ]
    groups: set[UUID] = set()
    for a, b in (links.ordered(x, y) for x in sides[0] for y in sides[1]):
        suggested = select(IdentitySuggestion.id).where(
            IdentitySuggestion.a_id == a, IdentitySuggestion.b_id == b
        )
        if session.scalars(suggested).first() is not None and {a, b} != {one.id, other.id}:
            groups |= links.decide(session, a, b, links.DIFFERENT, reason)
    return groups
