"""The index that finds who a record may be: keys, packed features and term counts in the file.

Written in the transaction that writes the registration, so it is the same after a restart. Key
lists are cut at `LIST` rows: what thousands share (a common name in a common year) finds nobody.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text

from debrief_desk.identity.features import Features, table
from debrief_desk.identity.keys import choose, table_keys, table_probes
from debrief_desk.identity.statistics import Statistics, terms_of
from debrief_desk.store.models import MatchKey, MatchRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

LIST = 300
CANDIDATES = 600
_CHUNK = 400
COUNTS = "match counts"
"""Where a session keeps the counts it has read; the gate lets reading sessions share them."""
SHARED = "match counts are shared"
"""Set by the gate on reading sessions: all counts are read at once, the first time."""
_EVERYBODY = ""
"""The term that every record holds: its count is the size of the register."""
_RECORDS = "match records"
Found = tuple[UUID, Features]


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
    keys = table_keys(table(list(records.values()))).tolist()
    session.execute(
        insert(MatchKey),
        [
            {"key": key, "number": number}
            for number, own in zip(numbered, keys, strict=True)
            for key in set(own) - {0}
        ],
    )
    held: dict[int, Found] = session.info.setdefault(_RECORDS, {})
    held.update(numbered)
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
        for number in numbers:
            session.info.setdefault(_RECORDS, {}).pop(number, None)
        _count(session, (Features.unpack(packed) for _, packed in held), -1)


def candidates(session: Session, many: Sequence[Features]) -> list[list[Found]]:
    """Give, for each of `many`, the records sharing keys with it, rare keys first."""
    if not many:
        return []
    listing = "SELECT number FROM match_key WHERE key = ? LIMIT ?"
    driver = _driver(session)
    lists: dict[int, list[int]] = {}
    chosen: list[list[int]] = []
    for probes in table_probes(table(many)).tolist():
        own: dict[int, list[int]] = {}
        for key in set(probes) - {0}:
            if key not in lists:
                lists[key] = [n for (n,) in driver.execute(listing, (key, LIST))]
            own[key] = lists[key]
        chosen.append(choose(own, CANDIDATES))
    found = _records(session, {number for best in chosen for number in best})
    return [[found[number] for number in best if number in found] for best in chosen]


def _records(session: Session, numbers: Collection[int]) -> dict[int, Found]:
    """Give records by number; what a long step has seen it does not read again."""
    held: dict[int, Found] = session.info.setdefault(_RECORDS, {})
    missing = sorted(set(numbers) - held.keys())
    for start in range(0, len(missing), _CHUNK):
        part = missing[start : start + _CHUNK]
        query = select(MatchRecord.number, MatchRecord.registration_id, MatchRecord.features)
        for number, registration, packed in session.execute(
            query.where(MatchRecord.number.in_(part))
        ):
            held[number] = (registration, Features.unpack(packed))
    return held


def _driver(session: Session) -> Any:
    """Give the driver's connection: thousands of small look-ups cost microseconds there."""
    return session.connection().connection.driver_connection


def statistics(session: Session) -> Statistics:
    """Give the size of the register, and the count of each term as it is asked for."""
    held: dict[str, int] = session.info.setdefault(COUNTS, {})
    driver = _driver(session)
    if session.info.get(SHARED) and not held:  # once for every check until somebody is entered
        held.update(driver.execute("SELECT term, records FROM match_count").fetchall())
    query = "SELECT records FROM match_count WHERE term = ?"

    def count_of(term: str) -> int:
        found = held.get(term)
        if found is None:
            row = driver.execute(query, (term,)).fetchone()
            found = held[term] = row[0] if row else 0
        return found

    return Statistics(size=count_of(_EVERYBODY), count_of=count_of)


def _count(session: Session, records: Iterable[Features], step: int) -> None:
    """Move the count of every term of `records` by `step`."""
    terms: Counter[str] = Counter()
    for features in records:
        terms.update({_EVERYBODY, *terms_of(features)})
    session.execute(
        text(
            "INSERT INTO match_count (term, records) VALUES (:term, :step) "
            "ON CONFLICT (term) DO UPDATE SET records = records + excluded.records"
        ),
        [{"term": term, "step": step * times} for term, times in terms.items()],
    )
    held: dict[str, int] = session.info.setdefault(COUNTS, {})
    for term, times in terms.items():
        if term in held:
            held[term] += step * times
