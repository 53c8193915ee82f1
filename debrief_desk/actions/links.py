"""Who is one person: entering registrations into the index, suggestions, decisions, groups.

Nothing is merged. A link only points registrations at one group; taking it back restores exactly.
Rules follow confirmed and provisional links, never suggestions (DECISIONS.md, Identity).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from debrief_desk.actions import against, suggesting
from debrief_desk.actions.desks import policy
from debrief_desk.actions.loading import chunks, registrations
from debrief_desk.actions.match_facts import LINKS
from debrief_desk.identity.features import Features, prepare, table
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.verdicts import Band, Thresholds, Verdict
from debrief_desk.store import match_index
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import IdentityDecision, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
BY_SYSTEM, BY_PERSON = "system", "person"
Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registration another one may be; `certain` is the code of a provisional link, or ""."""

    registration_id: UUID
    verdict: Verdict
    certain: str
    facts: str


def record_of(registration: Registration) -> Record:
    """Give a registration as the matcher compares it; aliases of one boat are one event."""
    r = registration
    event = r.event
    canonical = "" if event is None else str(event.alias_of_id or event.id)
    born = None
    if r.birth_year is not None or r.birth_age is not None:
        born = Birth(r.birth_year, r.birth_month, r.birth_day, r.birth_age, r.birth_age_on)
    return Record(
        id=str(r.id or ""),
        agency=str(r.agency_id or ""),
        given_name=r.given_name or "",
        family_name=r.family_name or "",
        full_name=r.full_name or "",
        native_name=r.native_name or "",
        sex=r.sex or "",
        born=born,
        nationality=r.nationality or "",
        language=r.language or "",
        references=tuple(Reference(i.value, i.issuer) for i in r.identifiers),
        bands=tuple(band for band in (r.band, *(r.former_bands or ())) if band),
        event=canonical,
        event_day=r.event_day,
        serial=r.serial or "",
    )


def ordered(one: UUID, other: UUID) -> Pair:
    """Give a pair in the fixed order in which it is kept."""
    return (one, other) if one < other else (other, one)


def enter(session: Session, entered: Sequence[Registration]) -> set[UUID]:
    """Index registrations, note suggestions, make provisional links; gives the groups touched."""
    features = {r.id: prepare(record_of(r)) for r in entered}
    match_index.put(session, features)
    pairs: dict[Pair, Candidate] = {}
    for one, found in zip(features, candidates(session, features), strict=True):
        pairs |= {ordered(one, candidate.registration_id): candidate for candidate in found}
    suggesting.write(session, pairs)
    linked = _link_certain(session, pairs)
    return regroup(session, {r.id for r in entered} | {i for pair in linked for i in pair})


def leave(session: Session, registration_ids: Collection[UUID]) -> set[UUID]:
    """Take withdrawn registrations out: index, suggestions, links; gives the groups touched."""
    match_index.drop(session, registration_ids)
    for part in chunks(registration_ids):
        for live in session.scalars(_live(part)):
            live.superseded_at = step_of(session).now
    for suggestion in suggesting.standing(session, registration_ids).values():
        session.delete(suggestion)
    session.flush()
    return regroup(session, registration_ids)


def refresh(session: Session, registration_ids: Collection[UUID]) -> set[UUID]:
    """Match registrations anew after their facts changed; gives the groups touched."""
    known = registrations(session, registration_ids).values()
    rows = [r for r in known if r.withdrawn_at is None]
    if not rows:
        return set()
    touched = enter(session, rows)
    weigh_anew(session, [r.id for r in rows])
    return touched


def weigh_anew(session: Session, registration_ids: Collection[UUID]) -> set[UUID]:
    """Judge again every suggested pair of these; gives the registrations whose band moved.

    A pair that is no longer *possible* is suggested no more.
    """
    touched: set[UUID] = set()
    for part in chunks(registration_ids):
        rows = suggesting.standing(session, part)
        pairs = list(rows)
        held = match_index.features_of(session, {i for pair in pairs for i in pair})
        sides = [(held[a], held[b]) for a, b in pairs]
        found = {pairs[at]: candidate for at, candidate in judged(session, pairs, sides)}
        for pair, row in rows.items():
            if pair not in found or found[pair].verdict.band != row.band:
                touched |= set(pair)
            if pair not in found:
                session.delete(row)
        suggesting.write(session, found)
    return touched


def candidates(session: Session, features: Mapping[UUID, Features]) -> list[list[Candidate]]:
    """Give, for each record, whom it may be: *possible* or better, or certainly linked, best first.

    Of two records asked about together, the pair is given with the first.
    """
    asked = list(features.items())
    sides: list[tuple[Features, Features]] = []
    asks: list[tuple[int, UUID]] = []
    seen: set[Pair] = set()
    for at, others in enumerate(match_index.candidates(session, [own for _, own in asked])):
        for registration, theirs in others:
            pair = ordered(asked[at][0], registration)
            if registration != asked[at][0] and pair not in seen:
                seen.add(pair)
                sides.append((asked[at][1], theirs))
                asks.append((at, registration))
    found: list[list[Candidate]] = [[] for _ in asked]
    pairs = [ordered(asked[at][0], registration) for at, registration in asks]
    for i, candidate in judged(session, pairs, sides):
        at, registration = asks[i]
        found[at].append(replace(candidate, registration_id=registration))
    for row in found:
        row.sort(key=lambda c: (not c.certain, -c.verdict.bits, c.registration_id))
    return found


def judged(
    session: Session, pairs: Sequence[Pair], sides: Sequence[tuple[Features, Features]]
) -> list[tuple[int, Candidate]]:
    """Give place and judgement of the pairs that are *possible* or better.

    What the desk knows against a pair is looked up only for those: it never makes one likelier.
    """
    if not pairs:
        return []
    scorer = Scorer(match_index.statistics(session), thresholds=thresholds(session))
    a, b = table([own for own, _ in sides]), table([theirs for _, theirs in sides])
    verdicts = dict(scorer.judge(a, b, sides, Band.POSSIBLE))
    contrary = against.known(session, [pairs[at] for at in verdicts])
    again = [at for at in verdicts if pairs[at] in contrary]
    if again:
        known = {k: contrary[pairs[at]] for k, at in enumerate(again)}
        some = [sides[at] for at in again]
        anew = dict(scorer.judge(a[again], b[again], some, Band.POSSIBLE, known))
        for k, at in enumerate(again):
            if k in anew:
                verdicts[at] = anew[k]
            else:
                del verdicts[at]
    return [
        (at, Candidate(pairs[at][1], verdict, _certain(verdict), digest(*sides[at])))
        for at, verdict in verdicts.items()
    ]


def _certain(verdict: Verdict) -> str:
    return next((e.code for e in verdict.evidence if e.code in LINKS), "")


def digest(one: Features, other: Features) -> str:
    """Give a digest of the compared facts of a pair; the order of the two does not matter."""
    rows = sorted((one.pack(), other.pack()))
    return hashlib.sha256(rows[0] + b"\0" + rows[1]).hexdigest()[:24]


def decide(
    session: Session, one: UUID, other: UUID, verdict: str, reason: str, *, code: str = ""
) -> set[UUID]:
    """Record what a person decided about a pair, in place of what stood; gives groups touched."""
    a, b = ordered(one, other)
    live = session.scalars(_live([a]).where(IdentityDecision.a_id == a, IdentityDecision.b_id == b))
    step = step_of(session)
    for before in live:
        before.superseded_at = step.now
    session.flush()
    session.add(
        IdentityDecision(
            a_id=a,
            b_id=b,
            verdict=verdict,
            origin=BY_PERSON,
            code=code,
            reason=reason,
            facts=_pair_facts(session, a, b),
            decided_at=step.now,
            account_id=step.account_id,
        )
    )
    body = {"a": str(a), "b": str(b), "verdict": verdict}
    step.events.append(Draft(kind="combined", entity="identity_decision", reason=code, body=body))
    session.flush()
    return regroup(session, (a, b))


def take_back(session: Session, one: UUID, other: UUID) -> set[UUID]:
    """Take back the live statement about a pair; groups are as if it had never been made."""
    a, b = ordered(one, other)
    for live in session.scalars(
        _live([a]).where(IdentityDecision.a_id == a, IdentityDecision.b_id == b)
    ):
        live.superseded_at = step_of(session).now
    session.flush()
    return regroup(session, (a, b))


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
        steps.append(ordered(here, came_from[here]))
        here = came_from[here]
    return steps


def is_provisional(session: Session, pair: Pair) -> bool:
    """Say whether the live statement about a pair was made by the desk, not by a person."""
    query = _live([pair[0]]).where(
        IdentityDecision.a_id == pair[0], IdentityDecision.b_id == pair[1]
    )
    live = session.scalars(query).first()
    return live is not None and live.origin == BY_SYSTEM


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
        live = [row for row in rows if row.withdrawn_at is None] or rows
        home = live[0].home_person_id
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
        for live in session.scalars(_live(part).where(IdentityDecision.verdict == SAME)):
            pairs.add((live.a_id, live.b_id))
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


def _live(ids: Sequence[UUID]) -> Any:
    either = or_(IdentityDecision.a_id.in_(ids), IdentityDecision.b_id.in_(ids))
    return select(IdentityDecision).where(either, IdentityDecision.superseded_at.is_(None))


def _link_certain(session: Session, pairs: Mapping[Pair, Candidate]) -> set[Pair]:
    """Link what is certain, unless somebody decided; a decision whose facts changed falls away."""
    decided: dict[Pair, IdentityDecision] = {}
    for part in chunks(a for a, _ in pairs):
        decided |= {(d.a_id, d.b_id): d for d in session.scalars(_live(part))}
    now = step_of(session).now
    linked: set[Pair] = set()
    for pair, found in pairs.items():
        before = decided.get(pair)
        if before is not None and before.facts != found.facts and before.verdict != SAME:
            before.superseded_at = now
            session.flush()
            before = None
        if before is None and found.certain:
            session.add(
                IdentityDecision(
                    a_id=pair[0],
                    b_id=pair[1],
                    verdict=SAME,
                    origin=BY_SYSTEM,
                    code=found.certain,
                    facts=found.facts,
                    decided_at=now,
                )
            )
            linked.add(pair)
    session.flush()
    return linked


def _pair_facts(session: Session, a: UUID, b: UUID) -> str:
    rows = session.scalars(select(Registration).where(Registration.id.in_((a, b)))).all()
    features = [prepare(record_of(row)) for row in rows]
    return digest(features[0], features[-1])


def thresholds(session: Session) -> Thresholds:
    """Give the probabilities from which a word holds, as the policy sets them."""
    bands = policy(session).identity
    return Thresholds(
        near_certain=bands.near_certain, probable=bands.probable, possible=bands.possible
    )
