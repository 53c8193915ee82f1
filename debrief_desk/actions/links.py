"""Who is one person: entering registrations into the index, suggestions, decisions, groups.

Nothing is merged. A link only points registrations at one group; taking it back restores exactly.
Rules follow confirmed and provisional links, never suggestions (DECISIONS.md, Identity).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from debrief_desk.actions import against, grouping, suggesting
from debrief_desk.actions.desks import policy
from debrief_desk.actions.loading import chunks, registrations
from debrief_desk.actions.match_facts import LINKS
from debrief_desk.errors import Refused
from debrief_desk.identity.features import Features, packed_table, prepare, table
from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.scoring import Scorer
from debrief_desk.identity.verdicts import Band, Thresholds, Verdict
from debrief_desk.store import match_index
from debrief_desk.store.audit import Draft
from debrief_desk.store.models import IdentityDecision, IdentitySuggestion, Registration
from debrief_desk.store.session import step_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import numpy as np
    from sqlalchemy.orm import Session

    Array = np.ndarray[Any, Any]
    Sides = tuple[Features, Features]

SAME, DIFFERENT, UNSURE = grouping.SAME, grouping.DIFFERENT, "unsure"
BY_SYSTEM, BY_PERSON = grouping.BY_SYSTEM, "person"
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
    about = {r.id for r in entered} | {i for pair in linked for i in pair}
    touched = grouping.regroup(session, about)
    for one, other in grouping.contradicted(session, about) if linked else ():
        touched |= loosen(session, one, other)
    return touched


def leave(session: Session, registration_ids: Collection[UUID]) -> set[UUID]:
    """Take withdrawn registrations out: index, suggestions, links; gives the groups touched."""
    match_index.drop(session, registration_ids)
    for part in chunks(registration_ids):
        for live in session.scalars(grouping.live(part)):
            live.superseded_at = step_of(session).now
    for suggestion in suggesting.standing(session, registration_ids).values():
        session.delete(suggestion)
    session.flush()
    return grouping.regroup(session, registration_ids)


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
        one, other = table([first for first, _ in sides]), table([second for _, second in sides])
        again = judged(session, one, other, sides.__getitem__, pairs.__getitem__)
        found = {pairs[at]: candidate for at, candidate in again}
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
    others: list[match_index.Found] = []
    asks: list[int] = []
    seen: set[tuple[str, str]] = set()
    for at, found in enumerate(match_index.candidates(session, [own for _, own in asked])):
        own = asked[at][0].hex
        for one in found:
            pair = (own, one.registration) if own < one.registration else (one.registration, own)
            if own != one.registration and pair not in seen:
                seen.add(pair)
                others.append(one)
                asks.append(at)
    rows = table([own for _, own in asked])[asks]

    def sides(place: int) -> Sides:
        return asked[asks[place]][1], Features.unpack(others[place].packed)

    def pair_of(place: int) -> Pair:
        return ordered(asked[asks[place]][0], UUID(others[place].registration))

    answer: list[list[Candidate]] = [[] for _ in asked]
    theirs = packed_table([one.packed for one in others])
    for place, candidate in judged(session, rows, theirs, sides, pair_of):
        registration = UUID(others[place].registration)
        answer[asks[place]].append(replace(candidate, registration_id=registration))
    for row in answer:
        row.sort(key=lambda c: (not c.certain, -c.verdict.bits, c.registration_id))
    return answer


def judged(
    session: Session,
    a: Array,
    b: Array,
    sides: Callable[[int], Sides],
    pair_of: Callable[[int], Pair],
) -> list[tuple[int, Candidate]]:
    """Give place and judgement of the pairs of rows that are *possible* or better.

    `sides` and `pair_of` are asked for those only, as is what the desk knows against a pair: it
    never makes one likelier.
    """
    if not len(a):
        return []
    scorer = Scorer(match_index.statistics(session), thresholds=thresholds(session))
    verdicts = dict(scorer.judge(a, b, sides, Band.POSSIBLE))
    pairs = {at: pair_of(at) for at in verdicts}
    contrary = against.known(session, list(pairs.values()))
    again = [at for at in verdicts if pairs[at] in contrary]
    if again:
        known = {k: contrary[pairs[at]] for k, at in enumerate(again)}
        anew = dict(
            scorer.judge(a[again], b[again], lambda k: sides(again[k]), Band.POSSIBLE, known)
        )
        for k, at in enumerate(again):
            if k in anew:
                verdicts[at] = anew[k]
            else:
                del verdicts[at]
    return [
        (at, Candidate(pairs[at][1], verdict, _certain(verdict), digest(*sides(at))))
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
    """Record what a person decided about a pair, in place of what stood; gives groups touched.

    Where it says *different*, provisional links in the way are taken back.

    Raises:
        Refused: `links-contradict`: two who were found to be different people would then be one
            person by a chain of links; one of these statements has to be taken back first.
    """
    a, b = ordered(one, other)
    live = session.scalars(
        grouping.live([a]).where(IdentityDecision.a_id == a, IdentityDecision.b_id == b)
    )
    step = step_of(session)
    clashed = set(grouping.contradicted(session, (a, b)))
    for before in live:
        before.superseded_at = step.now
    session.flush()
    touched = loosen(session, a, b) if verdict == DIFFERENT else set()
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
    touched |= grouping.regroup(session, (a, b))
    if not clashed.issuperset(grouping.contradicted(session, (a, b))):
        raise Refused("links-contradict")
    return touched


def take_back(session: Session, one: UUID, other: UUID) -> set[UUID]:
    """Take back the live statement about a pair; groups are as if it had never been made."""
    a, b = ordered(one, other)
    for live in session.scalars(
        grouping.live([a]).where(IdentityDecision.a_id == a, IdentityDecision.b_id == b)
    ):
        live.superseded_at = step_of(session).now
    session.flush()
    return grouping.regroup(session, (a, b))


def loosen(session: Session, one: UUID, other: UUID) -> set[UUID]:
    """Take back the weakest provisional link of every chain between two; gives groups touched.

    A person who said *different* is above what the desk links by itself. The pair taken apart stays
    a suggestion, for somebody to settle.
    """
    touched: set[UUID] = set()
    while True:
        chain = grouping.chain(session, one, other)
        provisional = [pair for pair in chain if grouping.is_provisional(session, pair)]
        if not provisional:
            return touched
        touched |= take_back(session, *min(provisional, key=lambda pair: _bits(session, pair)))


def _bits(session: Session, pair: Pair) -> float:
    query = select(IdentitySuggestion.bits).where(
        IdentitySuggestion.a_id == pair[0], IdentitySuggestion.b_id == pair[1]
    )
    return session.scalar(query) or 0.0


def _link_certain(session: Session, pairs: Mapping[Pair, Candidate]) -> set[Pair]:
    """Link what is certain, unless somebody decided; a decision whose facts changed falls away."""
    decided: dict[Pair, IdentityDecision] = {}
    for part in chunks(a for a, _ in pairs):
        decided |= {(d.a_id, d.b_id): d for d in session.scalars(grouping.live(part))}
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
