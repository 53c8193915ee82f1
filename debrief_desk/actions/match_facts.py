"""Whom a person may also be: suggestions that nobody has linked or decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions.loading import by_group, chunks, registrations
from debrief_desk.rules.codes import Band
from debrief_desk.rules.facts import MatchFacts, PlanFacts
from debrief_desk.store.models import (
    IdentityDecision,
    IdentitySuggestion,
    NoApproachMarker,
    Registration,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

Suspects = Mapping[UUID, Sequence[tuple[Registration, str]]]
"""For a group not kept yet: the registrations it may be, each with its band."""


def matches(
    session: Session,
    groups: Collection[UUID],
    around: Sequence[PlanFacts],
    suspected: Suspects,
    unsaved: Sequence[Registration],
) -> dict[UUID, tuple[MatchFacts, ...]]:
    """Give, per group, the people it may also be: suggested, neither linked nor decided."""
    pairs = _suggested(session, groups)
    for group, suspects in suspected.items():
        mine = next(r for r in unsaved if r.person_id == group)
        pairs += [(mine, other, Band(band)) for other, band in suspects]
    marked = _marked(session, {r.person_id for a, b, _ in pairs for r in (a, b)})
    plans: dict[str, list[PlanFacts]] = defaultdict(list)
    for plan in around:
        plans[plan.person].append(plan)
    best: dict[tuple[UUID, UUID], MatchFacts] = {}
    for a, b, band in pairs:
        for me, other in ((a, b), (b, a)):
            if me.person_id == other.person_id:
                continue
            match = MatchFacts(
                person=str(other.person_id),
                band=band,
                same_event=me.event_id is not None and me.event_id == other.event_id,
                marked_at=marked.get(other.person_id),
                plans=tuple(plans.get(str(other.person_id), ())),
            )
            key = (me.person_id, other.person_id)
            if key not in best or _rank(match) < _rank(best[key]):
                best[key] = match
    found: dict[UUID, list[MatchFacts]] = defaultdict(list)
    for (me_id, _), match in best.items():
        found[me_id].append(match)
    return {group: tuple(rows) for group, rows in found.items()}


def suggestions(session: Session, registration_ids: Iterable[UUID]) -> list[IdentitySuggestion]:
    """Give the suggestions about these registrations, weak ones left out."""
    found: dict[UUID, IdentitySuggestion] = {}
    for part in chunks(registration_ids):
        either = or_(IdentitySuggestion.a_id.in_(part), IdentitySuggestion.b_id.in_(part))
        query = select(IdentitySuggestion).where(either, IdentitySuggestion.band != Band.WEAK)
        found |= {row.id: row for row in session.scalars(query)}
    return list(found.values())


def _suggested(
    session: Session, groups: Collection[UUID]
) -> list[tuple[Registration, Registration, Band]]:
    mine = [r.id for rows in by_group(session, groups).values() for r in rows]
    rows = suggestions(session, mine)
    settled = different_pairs(session, [row.a_id for row in rows])
    known = registrations(session, {i for row in rows for i in (row.a_id, row.b_id)})
    pairs = [
        (known[row.a_id], known[row.b_id], Band(row.band))
        for row in rows
        if (row.a_id, row.b_id) not in settled
    ]
    return [(a, b, band) for a, b, band in pairs if not (a.withdrawn_at or b.withdrawn_at)]


def _rank(match: MatchFacts) -> tuple[int, bool]:
    return list(Band).index(match.band), not match.same_event


def different_pairs(session: Session, first_ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Give the pairs decided to be two people, among pairs whose lower id is given."""
    settled: set[tuple[UUID, UUID]] = set()
    for part in chunks(first_ids):
        query = select(IdentityDecision.a_id, IdentityDecision.b_id).where(
            IdentityDecision.a_id.in_(part),
            IdentityDecision.verdict == "different",
            IdentityDecision.superseded_at.is_(None),
        )
        settled |= {(a, b) for a, b in session.execute(query)}
    return settled


def _marked(session: Session, groups: Collection[UUID]) -> dict[UUID, datetime]:
    """Give since when nobody may approach, per group that is marked."""
    marked: dict[UUID, datetime] = {}
    for part in chunks(groups):
        query = (
            select(Registration.person_id, NoApproachMarker.placed_at)
            .join(NoApproachMarker, NoApproachMarker.registration_id == Registration.id)
            .where(Registration.person_id.in_(part), NoApproachMarker.lifted_at.is_(None))
        )
        for group, placed in session.execute(query):
            marked[group] = min(placed, marked.get(group, placed))
    return marked
