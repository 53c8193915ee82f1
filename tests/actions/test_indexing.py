"""The index made anew: the same answers, decisions that stand, and an older matcher's index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from debrief_desk.actions import indexing, links
from debrief_desk.actions.rights import reads, writes
from debrief_desk.desk import Token
from debrief_desk.identity.features import prepare
from debrief_desk.store import match_index
from debrief_desk.store.models import (
    IdentityDecision,
    IdentitySuggestion,
    MatchCount,
    MatchKey,
    MatchRecord,
    Registration,
)

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from debrief_desk.desk import Desk


@reads(None)
def answers(session: Session) -> list[Any]:
    """Give whom sixty people of one agency may be."""
    query = select(Registration).where(Registration.serial.like("KP0%"))
    asked = {r.id: prepare(links.record_of(r)) for r in session.scalars(query).unique()}
    return [
        [(str(c.registration_id), c.verdict.band, round(c.verdict.bits, 6)) for c in row]
        for row in links.candidates(session, asked)
    ]


@reads(None)
def suggested(session: Session) -> dict[tuple[UUID, UUID], tuple[str, float, str]]:
    rows = session.scalars(select(IdentitySuggestion))
    return {(r.a_id, r.b_id): (r.band, round(r.bits, 6), r.facts) for r in rows}


@reads(None)
def made_with(session: Session) -> int:
    return match_index.made_with(session)


@writes(None)
def age(session: Session) -> None:
    """Leave the index as an older program left it: another version, some keys lost."""
    session.execute(update(MatchCount).where(MatchCount.term == "version").values(records=101001))
    numbers = session.scalars(select(MatchRecord.number).limit(50)).all()
    for number in numbers:
        for key in session.scalars(select(MatchKey).where(MatchKey.number == number)):
            session.delete(key)


def test_a_rebuilt_index_gives_the_same_answers(record_day: Desk) -> None:
    before, pairs = record_day.read(answers), record_day.read(suggested)
    assert sum(bool(row) for row in before) > 10
    heard: list[tuple[int, int]] = []
    made = record_day.run(Token(), lambda *told: heard.append(told), indexing.rebuild)
    assert record_day.read(answers) == before
    assert record_day.read(suggested) == pairs
    assert heard[-1] == (made.registrations, made.registrations)
    assert made.registrations > 1900


def test_an_index_of_an_older_matcher_is_made_anew_once(record_day: Desk) -> None:
    before = record_day.read(answers)
    assert record_day.write(indexing.keep_current) is None
    record_day.write(age)
    assert record_day.read(answers) != before
    assert record_day.write(indexing.keep_current) is not None
    assert record_day.read(answers) == before
    assert record_day.read(made_with) == match_index.version()
    assert record_day.write(indexing.keep_current) is None


def test_what_was_decided_stands_through_a_rebuild(record_day: Desk) -> None:
    pair = next(iter(record_day.read(suggested)))

    @writes(None)
    def say_different(session: Session) -> None:
        links.decide(session, *pair, links.DIFFERENT, "two people")

    @writes(None)
    def match_anew(session: Session) -> None:
        links.refresh(session, pair)

    @reads(None)
    def standing(session: Session) -> list[str]:
        query = select(IdentityDecision.verdict).where(
            IdentityDecision.a_id == pair[0],
            IdentityDecision.b_id == pair[1],
            IdentityDecision.superseded_at.is_(None),
        )
        return list(session.scalars(query))

    record_day.write(say_different)
    record_day.write(indexing.rebuild)
    record_day.write(match_anew)
    assert record_day.read(standing) == [links.DIFFERENT]
