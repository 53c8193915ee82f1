"""Which registrations are one group: what the standing statements *same* connect.

Links join, and a decided *different* never does: where A=B, B=C and A≠C, `contradicted` finds it.
Nothing here changes a statement, so that taking one back gives the groups that were there before.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select

from debrief_desk.actions.loading import chunks
from debrief_desk.store.models import IdentityDecision, Registration

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    Pair = tuple[UUID, UUID]

SAME: Final = "same"
DIFFERENT: Final = "different"
BY_SYSTEM: Final = "system"


def chain(session: Session, one: UUID, other: UUID) -> list[Pair]:
    """Give a shortest chain of live *same* statements between two registrations, [] for none."""
    near = _neighbourhood(session, (one, other))
    edges: dict[UUID, set[UUID]] = defaultdict(set)
    for a, b in _same_pairs(session, near.keys()):
        edges[a].add(b)
        edges[b].add(a)
    came_from = {one: one}
    frontier = [one]
    while frontier and other not in came_from:
        following = []
        for here in frontier:
            for there in sorted(edges[here] - came_from.keys()):
                came_from[there] = here
                following.append(there)
        frontier = following
    steps: list[Pair] = []
    here = other
    while here in came_from and here != one:
        before = came_from[here]
        steps.append((min(here, before), max(here, before)))
        here = before
    return steps


def contradicted(session: Session, registration_ids: Collection[UUID]) -> list[Pair]:
    """Give the pairs near these that stand as *different* and are in one group all the same."""
    near = _neighbourhood(session, registration_ids)
    pairs: set[Pair] = set()
    for part in chunks(near):
        for row in session.scalars(live(part).where(IdentityDecision.verdict == DIFFERENT)):
            pairs.add((row.a_id, row.b_id))
    return sorted(
        (a, b) for a, b in pairs if a in near and b in near and _together(near[a], near[b])
    )


def _together(one: Registration, other: Registration) -> bool:
    standing = one.withdrawn_at is None and other.withdrawn_at is None
    return standing and one.person_id == other.person_id


def is_provisional(session: Session, pair: Pair) -> bool:
    """Say whether the live statement about a pair was made by the desk, not by a person."""
    query = live([pair[0]]).where(
        IdentityDecision.a_id == pair[0], IdentityDecision.b_id == pair[1]
    )
    statement = session.scalars(query).first()
    return statement is not None and statement.origin == BY_SYSTEM


def regroup(session: Session, registration_ids: Collection[UUID]) -> set[UUID]:
    """Point every registration near these at its group; gives the groups before and after.

    A group is what live *same* statements connect. It takes the home person of its first
    registration, so that the same statements always give the same groups.
    """
    near = _neighbourhood(session, registration_ids)
    component = _components(near.keys(), _same_pairs(session, near.keys()))
    touched: set[UUID] = set()
    for members in component:
        rows = [near[i] for i in sorted(members)]
        standing = [row for row in rows if row.withdrawn_at is None] or rows
        home = standing[0].home_person_id
        for row in rows:
            target = home if row.withdrawn_at is None else row.home_person_id
            touched |= {row.person_id, target}
            if row.person_id != target:
                row.person_id = target
    session.flush()
    return touched


def _neighbourhood(
    session: Session, registration_ids: Collection[UUID]
) -> dict[UUID, Registration]:
    """Give the registrations that share a group with these now, or would by a live statement."""
    found: dict[UUID, Registration] = {}
    frontier = set(registration_ids)
    while frontier:
        fresh: dict[UUID, Registration] = {}
        for part in chunks(frontier):
            fresh |= {
                r.id: r
                for r in session.scalars(select(Registration).where(Registration.id.in_(part)))
            }
        found |= fresh
        reached = {i for pair in _same_pairs(session, fresh.keys()) for i in pair}
        for part in chunks({r.person_id for r in fresh.values()}):
            reached |= set(
                session.scalars(select(Registration.id).where(Registration.person_id.in_(part)))
            )
        frontier = reached - found.keys()
    return found


def _same_pairs(session: Session, ids: Collection[UUID]) -> set[Pair]:
    pairs: set[Pair] = set()
    for part in chunks(ids):
        for row in session.scalars(live(part).where(IdentityDecision.verdict == SAME)):
            pairs.add((row.a_id, row.b_id))
    return pairs


def _components(ids: Iterable[UUID], pairs: Iterable[Pair]) -> list[set[UUID]]:
    edges: dict[UUID, set[UUID]] = defaultdict(set)
    for a, b in pairs:
        edges[a].add(b)
        edges[b].add(a)
    left = set(ids)
    components = []
    while left:
        reached, frontier = set(), {left.pop()}
        while frontier:
            reached |= frontier
            frontier = {n for i in frontier for n in edges[i]} - reached
        left -= reached
        components.append(reached)
    return components


def live(ids: Sequence[UUID]) -> Any:
    """Give the query for the statements that stand about any of these registrations."""
    either = or_(IdentityDecision.a_id.in_(ids), IdentityDecision.b_id.in_(ids))
    return select(IdentityDecision).where(either, IdentityDecision.superseded_at.is_(None))
