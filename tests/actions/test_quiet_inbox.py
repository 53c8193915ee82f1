"""A record day leaves a quiet inbox: what repeats is one item, what is merely missing is none."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from debrief_desk.actions import conflicts, debriefs
from debrief_desk.actions.debriefs import DebriefFilter
from debrief_desk.rules.kinds import ConflictKind
from tests.conftest import RECORD_DAY

if TYPE_CHECKING:
    from debrief_desk.actions.conflicts import ConflictRow
    from debrief_desk.desk import Desk

WHO = (
    ConflictKind.SAME_PERSON,
    ConflictKind.POSSIBLE_PERSON,
    ConflictKind.SECOND_APPROACH,
)
MOST_ABOUT_WHO = 30


@pytest.fixture
def inbox(record_day: Desk) -> tuple[ConflictRow, ...]:
    return record_day.read(conflicts.listed)


def test_at_most_thirty_items_are_about_who_is_one_person_or_approached_twice(
    inbox: tuple[ConflictRow, ...],
) -> None:
    counts = Counter(row.kind for row in inbox)
    print({kind.value: count for kind, count in counts.most_common()})  # noqa: T201 - the README's figures
    assert 0 < sum(counts[kind] for kind in WHO) <= MOST_ABOUT_WHO
    assert counts == {
        ConflictKind.POSSIBLE_PERSON: 17,
        ConflictKind.SAME_PERSON: 6,
        ConflictKind.EXPERIENCE: 7,
        ConflictKind.DOUBLE_BOOKING: 7,
        ConflictKind.WELFARE: 3,
        ConflictKind.IMPORT: 1,
    }


def test_the_twenty_three_double_bookings_are_among_them_and_nothing_else(
    inbox: tuple[ConflictRow, ...],
) -> None:
    with (RECORD_DAY / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = [row for row in csv.DictReader(file) if row["booked_by_both"]]
    booked = {frozenset((row["nca"], row["kent_police"])) for row in truth}
    raised = [frozenset(p.row_reference for p in row.parties) for row in inbox if row.kind in WHO]
    assert len(booked) == 23
    assert set(raised) == booked
    assert len(raised) == len(booked)


def test_what_repeats_is_one_item(inbox: tuple[ConflictRow, ...]) -> None:
    """An interviewer without authorisation who leads six debriefs is not six items."""
    experience = [row for row in inbox if row.kind is ConflictKind.EXPERIENCE]
    assert max(len(row.parties) for row in experience) > 1
    leads = [frozenset(p.lead for p in row.parties) for row in experience]
    assert len(set(leads)) == len(leads)
    assert all(len(named) == 1 for named in leads)


def test_what_is_merely_not_recorded_is_a_to_do_and_no_item(
    record_day: Desk, inbox: tuple[ConflictRow, ...]
) -> None:
    plans = record_day.read(debriefs.listed, DebriefFilter(), 0, 1000).rows
    barred = {row.id for row in plans if row.bars_cleared}
    in_inbox = {party.debrief_id for row in inbox for party in row.parties}
    assert len(barred - in_inbox) > 50
    missing_only = {"S-1", "W-1", "G-1", "V-1", "X-9", "I-1"}
    assert not missing_only & {rule for row in inbox for rule in row.rules}


def test_nothing_that_is_settled_by_itself_goes_without_saying_why(record_day: Desk) -> None:
    for row in record_day.read(conflicts.listed, True):
        assert row.state.is_open or row.closed_because
