"""The index that finds who a record may be: keys, packed features and term counts in the file.

Written in the transaction that writes the registration, so it is the same after a restart. Key
lists are cut at `LIST` rows: what thousands share (a common name in a common year) finds nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text

from debrief_desk.identity import Features, Statistics, keys_of, probe_keys, terms_of
from debrief_desk.store.models import MatchCount, MatchKey, MatchRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LIST = 100
CANDIDATES = 600
_CHUNK = 400
_COUNTS = "match counts"


def put(session: Session, records: Mapping[UUID, Features]) -> None:
    """Enter these registrations, in place of what the index held of them."""
    drop(session, records)
    start = session.scalar(select(func.max(MatchRecord.number))) or 0
    numbered = dict(enumerate(records.items(), start + 1))
    if not numbered:
        return
    session.execute(
        insert(MatchRecord),
        [
            {"number": number, "registration_id": registration, "features": features.pack()}
            for number, (registration, features) in numbered.items()
        ],
    )
    session.execute(
        insert(MatchKey),
        [
            {"key": key, "number": number}
            for number, (_, features) in numbered.items()
            for key in set(keys_of(features))
        ],
    )
    _count(session, records.values(), 1)


def drop(session: Session, registrations: Iterable[UUID]) -> None:
    """Take these registrations out of the index."""
    wanted = list(registrations)
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        held = session.execute(
            select(MatchRecord.number, MatchRecord.features).where(
                MatchRecord.registration_id.in_(part)
            )
        ).all()
        if not held:
            continue
        numbers = [number for number, _ in held]
        session.execute(delete(MatchKey).where(MatchKey.number.in_(numbers)))
        session.execute(delete(MatchRecord).where(MatchRecord.number.in_(numbers)))
        _count(session, (Features.unpack(packed) for _, packed in held), -1)


def candidates(session: Session, features: Features) -> list[tuple[UUID, Features]]:
    """Give the records that share keys with `features`, those sharing rare keys first."""
    keys = sorted(set(probe_keys(features)))
    if not keys:
        return []
    listing = " UNION ALL ".join(
        f"SELECT * FROM (SELECT :k{i}, number FROM match_key WHERE key = :k{i} LIMIT {LIST})"  # noqa: S608 - numbers of this program
        for i in range(len(keys))
    )
    hits = session.execute(text(listing), {f"k{i}": key for i, key in enumerate(keys)}).all()
    lengths = Counter(key for key, _ in hits)
    weights: dict[int, float] = {}
    for key, number in hits:
        weights[number] = weights.get(number, 0.0) + 1.0 / lengths[key]
    best = sorted(weights, key=lambda number: (-weights[number], number))[:CANDIDATES]
    found: dict[int, tuple[UUID, Features]] = {}
    for start in range(0, len(best), _CHUNK):
        query = select(MatchRecord.number, MatchRecord.registration_id, MatchRecord.features).where(
            MatchRecord.number.in_(best[start : start + _CHUNK])
        )
        for number, registration, packed in session.execute(query):
            found[number] = (registration, Features.unpack(packed))
    return [found[number] for number in best if number in found]


def statistics(session: Session, about: Iterable[Features]) -> Statistics:
    """Give the size of the register and the counts of every term of `about`."""
    held: dict[str, int] = session.info.setdefault(_COUNTS, {})
    wanted = sorted({term for features in about for term in terms_of(features)} - held.keys())
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        query = select(MatchCount.term, MatchCount.records).where(MatchCount.term.in_(part))
        held.update(dict.fromkeys(part, 0))
        held.update((term, records) for term, records in session.execute(query))
    size = session.scalar(select(func.count()).select_from(MatchRecord)) or 0
    return Statistics(size=size, count_of=lambda term: held.get(term, 0))


def _count(session: Session, records: Iterable[Features], step: int) -> None:
    """Move the count of every term of `records` by `step`."""
    terms = Counter(term for features in records for term in set(terms_of(features)))
    session.execute(
        text(
            "INSERT INTO match_count (term, records) VALUES (:term, :step) "
            "ON CONFLICT (term) DO UPDATE SET records = records + excluded.records"
        ),
        [{"term": term, "step": step * times} for term, times in terms.items()],
    )
    held: dict[str, int] = session.info.setdefault(_COUNTS, {})
    for term, times in terms.items():
        if term in held:
            held[term] += step * times
