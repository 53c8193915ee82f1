"""Whom a person may also be: suggestions that nobody has linked or decided."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select

from debrief_desk.actions.desks import policy
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
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.identity.verdicts import Verdict
    from debrief_desk.rules.numbers import Identity

PRIOR: Final = "prior"
CEILING: Final = "ceiling_"
LINKS: Final = frozenset({"link_reference", "link_band"})
"""The evidence on which the desk links by itself (`identity.links`)."""
LEAST_PLANS: Final = 100
"""Plans a desk is judged to have at least, so that a quiet day raises no more than a full one."""


@dataclass(frozen=True, slots=True)
class Suspected:
    """What the matcher says of two registrations: band, bits, the prior among them, if capped.

    `bits` and `prior` are log2 odds; `held_down` is true where a rule for look-alikes (families,
    namesakes) caps the band.
    """

    one: Registration
    other: Registration
    band: Band
    bits: float
    prior: float
    held_down: bool

    @classmethod
    def of(cls, one: Registration, other: Registration, verdict: Verdict) -> Suspected:
        """Give what a verdict just made says."""
        prior = sum(e.bits for e in verdict.evidence if e.code == PRIOR)
        held_down = any(e.code.startswith(CEILING) for e in verdict.evidence)
        return cls(one, other, Band(verdict.band.value), verdict.bits, prior, held_down)

    @classmethod
    def kept(
        cls,
        row: IdentitySuggestion,
        one: Registration,
        other: Registration,
        limits: Identity,
    ) -> Suspected:
        """Give what a kept suggestion says under a policy's thresholds."""
        return cls(
            one,
            other,
            band_under(row.probability, row.evidence, limits),
            row.bits,
            sum(e["bits"] for e in row.evidence if e["code"] == PRIOR),
            held_down=any(e["code"].startswith(CEILING) for e in row.evidence),
        )


def matches(
    session: Session,
    groups: Collection[UUID],
    around: Sequence[PlanFacts],
    suspected: Sequence[Suspected],
) -> dict[UUID, tuple[MatchFacts, ...]]:
    """Give, per group, the people it may also be: suggested, neither linked nor decided.

    `suspected` adds what is not kept: the person somebody is typing.
    """
    pairs = [*_suggested(session, groups), *suspected]
    marked = _marked(session, {r.person_id for pair in pairs for r in (pair.one, pair.other)})
    plans: dict[str, list[PlanFacts]] = defaultdict(list)
    for plan in around:
        plans[plan.person].append(plan)
    best: dict[tuple[UUID, UUID], MatchFacts] = {}
    bands = policy(session).identity
    for pair in pairs:
        sides = (pair.one, pair.other)
        planned = all(plans.get(str(side.person_id)) or side in _typed(suspected) for side in sides)
        band = among_plans(pair, len(around), bands.probable) if planned else pair.band
        for me, other in (sides, sides[::-1]):
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


def among_plans(pair: Suspected, plans: int, probable: float) -> Band:
    """Judge a pair that both sides plan to see: one of the plans around, not of the register.

    Two people out of everybody registered are the same once in the register's size; two people
    whom agencies plan to see around one day are so once in the number of those plans. The same
    evidence therefore weighs more. The rules for look-alikes still hold.
    """
    if pair.band is not Band.POSSIBLE or pair.held_down:
        return pair.band
    bits = pair.bits - pair.prior - math.log2(max(plans, LEAST_PLANS))
    return Band.PROBABLE if 1.0 / (1.0 + 2.0**-bits) >= probable else pair.band


def band_under(probability: float, evidence: Iterable[Mapping[str, Any]], limits: Identity) -> Band:
    """Give the band of a kept suggestion under a policy's thresholds, without matching again.

    The evidence stands; only where the words begin moves. An equal reference or band keeps
    near-certain, and a pair that a rule for look-alikes holds down never gets above possible.
    """
    codes = {str(piece["code"]) for piece in evidence}
    if codes & LINKS:
        return Band.NEAR_CERTAIN
    held_down = any(code.startswith(CEILING) for code in codes)
    if probability >= limits.probable and not held_down:
        return Band.PROBABLE
    return Band.POSSIBLE if probability >= limits.possible else Band.WEAK


def _typed(suspected: Sequence[Suspected]) -> list[Registration]:
    return [pair.one for pair in suspected]


def suggestions(session: Session, registration_ids: Iterable[UUID]) -> list[IdentitySuggestion]:
    """Give the suggestions about these registrations, weak ones left out."""
    found: dict[UUID, IdentitySuggestion] = {}
    for part in chunks(registration_ids):
        either = or_(IdentitySuggestion.a_id.in_(part), IdentitySuggestion.b_id.in_(part))
        query = select(IdentitySuggestion).where(either, IdentitySuggestion.band != Band.WEAK)
        found |= {row.id: row for row in session.scalars(query)}
    return list(found.values())


def _suggested(session: Session, groups: Collection[UUID]) -> list[Suspected]:
    mine = [r.id for rows in by_group(session, groups).values() for r in rows]
    rows = suggestions(session, mine)
    settled = different_pairs(session, [row.a_id for row in rows])
    limits = policy(session).identity
    known = registrations(session, {i for row in rows for i in (row.a_id, row.b_id)})
    return [
        Suspected.kept(row, known[row.a_id], known[row.b_id], limits)
        for row in rows
        if (row.a_id, row.b_id) not in settled
        and not known[row.a_id].withdrawn_at
        and not known[row.b_id].withdrawn_at
    ]


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
