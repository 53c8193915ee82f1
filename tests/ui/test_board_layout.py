"""Lanes, shared minutes and the axis of a day, without a window."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.ui.parts.board_geometry import measure
from debrief_desk.ui.parts.board_layout import (
    BoardBlock,
    BoardRow,
    DayAxis,
    ghost_of,
    merged,
    minutes,
    place,
    shared_spans,
)
from debrief_desk.wording import clock

DAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
ROOM = BoardRow("1", "Room 1")


def block(key: str, start: int, length: int, row: str = "1") -> BoardBlock:
    begin = MIDNIGHT + timedelta(minutes=start)
    return BoardBlock(key, row, begin, begin + timedelta(minutes=length), f"Person {key}")


BLOCKS = st.lists(
    st.tuples(st.integers(0, 1380), st.integers(1, 120)), min_size=0, max_size=14
).map(lambda pairs: [block(str(at), start, length) for at, (start, length) in enumerate(pairs)])


@given(BLOCKS)
@settings(deadline=None)
def test_no_two_plans_of_a_lane_share_a_minute(blocks: list[BoardBlock]) -> None:
    (row,) = place([ROOM], blocks)
    assert {placed.block for placed in row.blocks} == set(blocks)
    for one, other in combinations(row.blocks, 2):
        if one.lane == other.lane:
            assert one.block.end <= other.block.start or other.block.end <= one.block.start
    assert all(placed.lane < row.lanes for placed in row.blocks)


@given(BLOCKS)
@settings(deadline=None)
def test_shared_minutes_are_those_counted_minute_by_minute(blocks: list[BoardBlock]) -> None:
    (row,) = place([ROOM], blocks)
    taken: dict[int, set[str]] = {}
    for one in blocks:
        first = round((one.start - MIDNIGHT) / timedelta(minutes=1))
        for minute in range(first, first + round((one.end - one.start) / timedelta(minutes=1))):
            taken.setdefault(minute, set()).add(one.key)
    shared = {minute: keys for minute, keys in taken.items() if len(keys) > 1}
    assert row.overlap == len(shared)
    for placed in row.blocks:
        expected = sum(placed.block.key in keys for keys in shared.values())
        assert placed.shared_minutes == expected


@given(BLOCKS)
@settings(deadline=None)
def test_the_order_in_which_plans_come_changes_nothing(blocks: list[BoardBlock]) -> None:
    assert place([ROOM], blocks) == place([ROOM], reversed(blocks))


def test_plans_that_only_touch_share_nothing_and_one_lane() -> None:
    (row,) = place([ROOM], [block("a", 600, 60), block("b", 660, 60)])
    assert (row.lanes, row.overlap) == (1, 0)


def test_a_plan_of_no_known_row_is_left_out_and_an_empty_row_has_one_lane() -> None:
    (row,) = place([ROOM], [block("a", 600, 60, row="elsewhere")])
    assert (row.lanes, row.blocks) == (1, ())


@pytest.mark.parametrize(
    ("day", "length", "label"),
    [(DAY, 1440, "01:00"), (date(2026, 3, 29), 1380, "02:00"), (date(2026, 10, 25), 1500, "01:00 BST")],
)  # fmt: skip
def test_a_day_has_as_many_hours_as_london_gives_it(day: date, length: int, label: str) -> None:
    axis = DayAxis(day)
    assert axis.minutes == length
    ticks = dict(axis.ticks())
    assert len(ticks) == length // 60
    assert ticks[60] == label
    assert axis.minute(axis.moment(90)) == 90


def test_the_hour_that_comes_twice_is_named_twice() -> None:
    ticks = DayAxis(date(2026, 10, 25)).ticks()
    assert [label for _minute, label in ticks[:4]] == ["00:00", "01:00 BST", "01:00 GMT", "02:00"]


def test_a_plan_in_the_hour_that_comes_twice_is_as_long_as_it_is() -> None:
    axis = DayAxis(date(2026, 10, 25))
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    row = BoardRow("1", "Room 1")
    plan = BoardBlock("a", "1", start, start + timedelta(minutes=60), "Person")
    assert (clock(plan.start), clock(plan.end)) == ("01:30", "01:30")
    geometry = measure(axis, place([row], [plan]), hour=120, lane=50)
    assert geometry.block_rect("a").width() == 119


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 50)), max_size=8))
@settings(deadline=None)
def test_merged_spans_are_apart_and_cover_the_same_minutes(pairs: list[tuple[int, int]]) -> None:
    spans = [
        (MIDNIGHT + timedelta(minutes=at), MIDNIGHT + timedelta(minutes=at + length))
        for at, length in pairs
    ]
    result = merged(spans)
    assert all(before[1] < after[0] for before, after in pairwise(result))
    covered = {at + extra for at, length in pairs for extra in range(length)}
    assert minutes(result) == len(covered)


def test_shared_spans_lie_within_the_first_plan() -> None:
    hour = timedelta(hours=1)
    one = (MIDNIGHT + hour, MIDNIGHT + 2 * hour)
    others = [(MIDNIGHT, MIDNIGHT + 1.5 * hour), (MIDNIGHT + 1.75 * hour, MIDNIGHT + 3 * hour)]
    assert minutes(shared_spans(one, others)) == 45


def test_a_ghost_moves_grows_and_knows_what_changed() -> None:
    ghost = ghost_of(block("a", 600, 60))
    assert not ghost.has_moved
    assert not ghost.has_new_length
    later = ghost.shifted(5).on("2")
    assert later.has_moved
    assert later.minutes == 60
    assert ghost.resized(-200).minutes == 5
    assert ghost.resized(15).has_new_length


@given(BLOCKS)
@settings(deadline=None)
def test_every_block_is_hit_where_it_lies(blocks: list[BoardBlock]) -> None:
    rows = place([ROOM, BoardRow("2", "Room 2")], blocks)
    geometry = measure(DayAxis(DAY), rows, hour=120, lane=50)
    for one in blocks:
        centre = geometry.block_rect(one.key).center()
        found = geometry.hit(centre.x(), centre.y())
        assert found is not None
        assert geometry.block_rect(found).contains(centre)
    assert geometry.hit(-5, 10) is None
    assert geometry.hit(10, geometry.height + 1) is None
    assert all(top % 4 == 0 for top in geometry.tops)
