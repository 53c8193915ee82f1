"""The index that finds who a record may be: keys, packed features and term counts in the file.

Written in the transaction that writes the registration, so it is the same after a restart. Key
lists are cut at `LIST` rows: what thousands share (a common name in a common year) finds nobody.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, func, insert, select, text

from debrief_desk.identity import features as preparing
from debrief_desk.identity import keys as keying
from debrief_desk.identity import weights
from debrief_desk.identity.features import Features, table
from debrief_desk.identity.keys import choose, table_keys, table_probes
from debrief_desk.identity.statistics import Statistics, terms_of
from debrief_desk.store.models import MatchCount, MatchKey, MatchRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

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
_VERSION = "version"
"""The term whose count says with which version of the matcher the index was made."""
_AT_ONCE = 200_000
"""Records up to which all counts are read at once; a larger register reads them as asked for."""
_RECORDS = "match records"
_READ = "SELECT number, registration_id, features FROM match_record WHERE number IN "
_READ += "(" + ", ".join("?" * _CHUNK) + ")"


class Found(NamedTuple):
    """A record as the index holds it: the registration's id in hex, and `Features.pack`."""

    registration: str
    packed: bytes


def version() -> int:
    """Give the version of the matcher here: prepared records, keys and weights."""
    return (preparing.VERSION * 100 + keying.VERSION) * 1000 + int(weights.shipped().version)


def made_with(session: Session) -> int:
    """Give the version of the matcher that made this index: 0 for one from before versions."""
    query = select(MatchCount.records).where(MatchCount.term == _VERSION)
    return session.scalar(query) or 0


def clear(session: Session) -> None:
    """Empty the index, and mark it as made with the matcher here."""
    for kept in (MatchKey, MatchRecord, MatchCount):
        session.execute(delete(kept))
    session.info.pop(_RECORDS, None)
    session.info.pop(COUNTS, None)
    _stamp(session)


def _stamp(session: Session) -> None:
    session.execute(
        text("INSERT OR REPLACE INTO match_count (term, records) VALUES (:term, :version)"),
        {"term": _VERSION, "version": version()},
    )


def features_of(session: Session, registrations: Iterable[UUID]) -> dict[UUID, Features]:
    """Give what the index holds of these registrations."""
    wanted = sorted(set(registrations))
    found: dict[UUID, Features] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(MatchRecord.registration_id, MatchRecord.features).where(
            MatchRecord.registration_id.in_(wanted[start : start + _CHUNK])
        )
        found |= {one: Features.unpack(packed) for one, packed in session.execute(query)}
    return found


def put(session: Session, records: Mapping[UUID, Features]) -> None:
    """Enter these registrations, in place of what the index held of them."""
    drop(session, records)
    if not records:
        return
    last = session.scalar(select(func.max(MatchRecord.number)))
    if last is None:
        _stamp(session)
    numbered = dict(enumerate(records.items(), (last or 0) + 1))
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
    for number, (registration, features) in numbered.items():
        held[number] = Found(registration.hex, features.pack())
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
    driver = _driver(session)
    for start in range(0, len(missing), _CHUNK):
        part = missing[start : start + _CHUNK]
        gap = [None] * (_CHUNK - len(part))  # one statement for any number, prepared once
        for number, registration, packed in driver.execute(_READ, (*part, *gap)):
            held[number] = Found(registration, packed)
    return held


def _driver(session: Session) -> Any:
    """Give the driver's connection: thousands of small look-ups cost microseconds there."""
    return session.connection().connection.driver_connection


def statistics(session: Session) -> Statistics:
    """Give the size of the register, and the count of each term as it is asked for."""
    held: dict[str, int] = session.info.setdefault(COUNTS, {})
    driver = _driver(session)
    query = "SELECT records FROM match_count WHERE term = ?"

    def count_of(term: str) -> int:
        found = held.get(term)
        if found is None:
            row = driver.execute(query, (term,)).fetchone()
            found = held[term] = row[0] if row else 0
        return found

    if session.info.get(SHARED) and not held and count_of(_EVERYBODY) <= _AT_ONCE:
        held.update(driver.execute("SELECT term, records FROM match_count").fetchall())
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
