"""Writing down what the matcher says of pairs that nobody has decided."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from debrief_desk.actions.loading import chunks
from debrief_desk.store.models import IdentitySuggestion
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.actions.links import Candidate, Pair


def write(session: Session, pairs: Mapping[Pair, Candidate]) -> None:
    """Write what the matcher says; a pair judged before is judged anew."""
    held = standing(session, {a for a, _ in pairs})
    now = step_of(session).now
    for pair, found in pairs.items():
        row = held.get(pair)
        if row is None:
            row = IdentitySuggestion(a_id=pair[0], b_id=pair[1])
            session.add(row)
        row.band = found.verdict.band
        row.probability = found.verdict.probability
        row.bits = found.verdict.bits
        row.evidence = [asdict(e) for e in found.verdict.evidence]
        row.facts = found.facts
        row.found_at = now
    session.flush()


def standing(session: Session, ids: Iterable[UUID]) -> dict[Pair, IdentitySuggestion]:
    """Give the suggestions kept of pairs of which one of these is a side."""
    held: dict[Pair, IdentitySuggestion] = {}
    for part in chunks(ids):
        either = or_(IdentitySuggestion.a_id.in_(part), IdentitySuggestion.b_id.in_(part))
        for row in session.scalars(select(IdentitySuggestion).where(either)):
            held[row.a_id, row.b_id] = row
    return held
