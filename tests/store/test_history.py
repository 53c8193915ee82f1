"""The change log: what a step wrote, field by field, and what it replaced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from debrief_desk.actions.rights import writes
from debrief_desk.desk import Desk
from debrief_desk.store import models
from debrief_desk.store.base import Base
from debrief_desk.store.history import DERIVED, Clock, plain
from debrief_desk.store.models import Agency, Change, Room
from debrief_desk.store.session import step_of
from tests.conftest import PASSWORD, SUPERVISOR

if TYPE_CHECKING:
    from uuid import UUID

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@writes(None)
def open_room(session: Session, name: str, seats: int | None = None) -> UUID:
    room = Room(name=name, seats=seats, features=["video"])
    session.add(room)
    session.flush()
    return room.id


@writes(None)
def change_room(session: Session, room: UUID, **values: object) -> None:
    for name, value in values.items():
        setattr(session.get_one(Room, room), name, value)


@writes(None)
def change_twice(session: Session, room: UUID, *seats: int) -> None:
    for number in seats:
        session.get_one(Room, room).seats = number
        session.flush()


@writes(None)
def delete_room(session: Session, room: UUID) -> None:
    session.delete(session.get_one(Room, room))


def changes_of(desk: Desk, row: UUID) -> list[Change]:
    with Session(desk._opened.reader) as session:
        query = select(Change).where(Change.row_id == row)
        return list(session.scalars(query.order_by(Change.clock)))


def test_the_birth_of_a_row_is_one_change_with_all_its_values(desk: Desk) -> None:
    room = desk.write(open_room, "Room 1", 4)
    (birth,) = changes_of(desk, room)
    assert (birth.entity, birth.field, birth.old, birth.parents) == ("room", "", None, [])
    assert birth.new == {
        "name": "Room 1", "seats": 4, "features": ["video"], "opens": 0, "closes": 1440,
        "neighbours": [], "active": True,
    }  # fmt: skip
    assert (birth.at, birth.account_id) == (MORNING, desk.who.account_id)


def test_each_edit_is_a_change_of_one_field_that_names_what_it_replaced(desk: Desk) -> None:
    room = desk.write(open_room, "Room 1", 4)
    desk.write(change_room, room, seats=6, features=[])
    desk.write(change_room, room, seats=8)
    birth, *edits = changes_of(desk, room)
    told = {(c.field, str(c.old), str(c.new)) for c in edits}
    assert told == {
        ("seats", "{'value': 4}", "{'value': 6}"),
        ("features", "{'value': ['video']}", "{'value': []}"),
        ("seats", "{'value': 6}", "{'value': 8}"),
    }
    first, last = (c for c in edits if c.field == "seats")
    assert first.parents == [str(birth.id)]
    assert last.parents == [str(first.id)]
    assert len({c.step for c in (birth, first, last)}) == 3


def test_two_flushes_of_one_step_are_two_changes_in_order(desk: Desk) -> None:
    room = desk.write(open_room, "Room 1", 4)
    desk.write(change_twice, room, 5, 6)
    _, first, second = changes_of(desk, room)
    assert (first.new, second.old, second.new) == ({"value": 5}, {"value": 5}, {"value": 6})
    assert second.parents == [str(first.id)]
    assert first.step == second.step
    assert first.clock < second.clock


def test_writing_what_stands_already_is_no_change(desk: Desk) -> None:
    room = desk.write(open_room, "Room 1", 4)
    desk.write(change_room, room, seats=4, features=["video"])
    assert len(changes_of(desk, room)) == 1


def test_a_kept_row_is_withdrawn_and_never_deleted(desk: Desk) -> None:
    room = desk.write(open_room, "Room 1", 4)
    with pytest.raises(RuntimeError):
        desk.write(delete_room, room)
    with Session(desk._opened.reader) as session:
        assert session.get(Room, room) is not None


def test_nothing_is_kept_of_what_can_be_worked_out_again(record_day: Desk) -> None:
    """Every table is either kept whole or named as derived; no row of a kept one is without birth."""
    with Session(record_day._opened.reader) as session:
        kept = set(session.scalars(select(Change.entity).distinct()))
        derived = {str(kind.__table__.name) for kind in DERIVED}
        assert kept & derived == set()
        for mapper in Base.registry.mappers:
            kind = mapper.class_
            if kind in DERIVED:
                continue
            born = select(Change.row_id).where(
                Change.entity == str(kind.__table__.name), Change.field == ""
            )
            assert set(session.scalars(select(kind.id))) == set(session.scalars(born)), kind
        assert session.scalars(select(models.MatchRecord.number).limit(1)).first() is not None


def test_the_birth_and_the_changes_of_every_row_add_up_to_the_row(record_day: Desk) -> None:
    """What a user reads as history is the truth: replaying it gives what stands in the tables."""
    with Session(record_day._opened.reader) as session:
        for kind in (models.Conflict, models.Debrief, models.Interviewer, Agency):
            replayed: dict[UUID, dict[str, object]] = {}
            query = select(Change).where(Change.entity == str(kind.__table__.name))
            for change in session.scalars(query.order_by(Change.clock)):
                if change.field == "":
                    replayed[change.row_id] = dict(change.new or {})
                else:
                    replayed[change.row_id][change.field] = (change.new or {})["value"]
            for row in session.scalars(select(kind)).unique():
                for column in kind.__mapper__.column_attrs:
                    if column.key not in ("id", "version"):
                        stands = plain(getattr(row, column.key))
                        assert replayed[row.id].get(column.key) == stands, (kind, column.key)


def test_an_action_that_fails_keeps_neither_its_rows_nor_its_changes(desk: Desk) -> None:
    @writes(None)
    def fails(session: Session) -> None:
        session.add(Room(name="Room 9"))
        session.flush()
        assert step_of(session).changes
        raise KeyError

    with Session(desk._opened.reader) as session:
        before = len(session.scalars(select(Change.id)).all())
    with pytest.raises(KeyError):
        desk.write(fails)
    with Session(desk._opened.reader) as session:
        assert session.scalars(select(Room)).all() == []
        assert len(session.scalars(select(Change.id)).all()) == before


@given(st.lists(st.integers(-3600, 3600), max_size=30), st.integers(0, 1 << 60))
@settings(deadline=None)
def test_the_clock_never_goes_back_whatever_the_wall_clock_does(
    steps: list[int], last: int
) -> None:
    clock, now, read = Clock(last), MORNING, [last]
    for seconds in steps:
        now += timedelta(seconds=seconds)
        read.append(clock.tick(now))
    assert read == sorted(set(read))


def test_a_desk_that_opens_again_goes_on_after_its_newest_change(desk: Desk) -> None:
    room = desk.write(open_room, "Room 1", 4)
    path, clock = desk.path, changes_of(desk, room)[-1].clock
    desk.close()

    an_hour_ago = MORNING - timedelta(hours=1)
    with Desk.open(path, SUPERVISOR, PASSWORD, now=lambda: an_hour_ago) as again:
        again.write(change_room, room, seats=5)
        assert changes_of(again, room)[-1].clock > clock
