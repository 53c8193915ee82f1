"""A long write gives way to whoever reads, and is not starved by them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from debrief_desk.actions import people, plans
from debrief_desk.actions.rights import reads, writes
from debrief_desk.store.session import step_of
from debrief_desk.store.turns import LONGEST, RECENT, Turns
from tests.builders import person, plan

if TYPE_CHECKING:
    import pytest
    from sqlalchemy.orm import Session

    from debrief_desk.desk import Desk


def test_a_write_waits_until_the_read_is_over() -> None:
    turns, order = Turns(), []
    begun = threading.Event()

    def write() -> None:
        begun.set()
        turns.give_way()
        order.append("write")

    writing = threading.Thread(target=write)
    with turns.reading():
        writing.start()
        assert begun.wait(5)
        order.append("read")
    writing.join(5)
    assert order == ["read", "write"]


def test_nobody_waits_when_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()
    with turns.reading(), turns.reading():
        pass
    monkeypatch.setattr(turns._free, "wait", _never)
    assert turns.give_way()


def test_a_write_is_told_whether_somebody_reads_or_has_just_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [100.0]
    monkeypatch.setattr("debrief_desk.store.turns.time.monotonic", lambda: clock[0])
    turns = Turns()
    assert not turns.give_way()
    with turns.reading():
        pass
    clock[0] += RECENT / 2
    assert turns.give_way()
    clock[0] += RECENT
    assert not turns.give_way()


def test_somebody_who_reads_without_a_pause_takes_half_of_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns, clock, waits = Turns(), [100.0], []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr("debrief_desk.store.turns.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(turns._free, "wait", wait)
    with turns.reading():
        for _ in range(10):
            turns.give_way()
            clock[0] += LONGEST / 4
    assert waits == [LONGEST] * 3


def test_every_statement_of_a_write_gives_way_and_a_read_does_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(type(desk._opened.turns), "give_way", lambda _turns: given.append("way"))
    desk.read(people.listed)
    assert given == []
    desk.write(plans.register, plan(person=person()))
    assert len(given) > 10


def test_a_step_that_writes_can_give_way_itself_and_a_reading_one_does_nothing(desk: Desk) -> None:
    @writes(None)
    def one_that_writes(session: Session) -> bool:
        return step_of(session).give_way == desk._opened.turns.give_way

    @reads(None)
    def one_that_reads(session: Session) -> bool:
        return not step_of(session).give_way() and not desk._opened.turns._free.is_set()

    assert desk.write(one_that_writes)
    assert desk.read(one_that_reads)
    assert desk._opened.turns._free.is_set()


def test_plans_read_for_checks_are_read_again_after_a_write(desk: Desk) -> None:
    made = desk.write(plans.register, plan(person=person()))
    assert desk._plans == {}
    before = desk.read(_near, made.debrief_id)
    assert desk._plans
    assert desk.read(_near, made.debrief_id) == before
    desk.write(plans.register, plan("Kent Police", "15:00", person=person(full_name="Other One")))
    assert len(desk.read(_near, made.debrief_id)) == len(before) + 1


@reads(None)
def _near(session: Session, debrief_id: str) -> list[str]:
    from uuid import UUID

    from debrief_desk.actions import plans_around
    from debrief_desk.rules.times import Window
    from debrief_desk.store.models import Debrief

    debrief = session.get_one(Debrief, UUID(debrief_id))
    span = Window(debrief.starts_at, debrief.ends_at)
    return [p.id for p in plans_around.within(session, span, ())]


def _never(_seconds: float) -> None:
    raise AssertionError("waited")
