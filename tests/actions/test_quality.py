"""How good the suggestions were, on the record day with answers given by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from debrief_desk.actions import choosing, people, quality
from debrief_desk.errors import NotAllowed, WrongCall
from debrief_desk.rules.roles import Role

if TYPE_CHECKING:
    from debrief_desk.actions.people import SuggestionRow
    from debrief_desk.actions.quality import BandRow, Quality
    from debrief_desk.desk import Desk


def band(found: Quality, name: str) -> BandRow:
    return next(row for row in found.bands if row.band == name)


def apart(rows: tuple[SuggestionRow, ...], count: int) -> list[SuggestionRow]:
    """Give *probable* pairs of which no two share a record, so that no answer settles another."""
    chosen: list[SuggestionRow] = []
    seen: set[str] = set()
    for row in rows:
        sides = {row.left.person_id, row.right.person_id}
        if row.band == "probable" and not sides & seen:
            chosen.append(row)
            seen |= sides
    return chosen[:count]


def test_a_fresh_desk_has_nothing_to_judge(desk: Desk) -> None:
    found = desk.read(quality.report)
    assert found.bands == ()
    assert found.whole.suggestions == 0
    assert (found.whole.share.low, found.whole.share.high) == (0.0, 1.0)
    assert found.now.trial.same == found.now.trial.different == 0


def test_answers_are_counted_by_band_and_the_rest_stays_open(record_day: Desk) -> None:
    before = record_day.read(quality.report)
    probable = band(before, "probable")
    assert (probable.confirmed, probable.rejected, probable.unsure) == (0, 0, 0)
    assert band(before, "near-certain").by_desk > 0
    pairs = apart(record_day.read(people.to_link, 200), 9)
    for pair, verdict in zip(pairs, ("same",) * 6 + ("different",) * 2 + ("unsure",), strict=True):
        record_day.write(people.decide_pair, pair.left.id, pair.right.id, verdict, "Looked")
    after = record_day.read(quality.report)
    row = band(after, "probable")
    assert (row.confirmed, row.rejected, row.unsure) == (6, 2, 1)
    assert row.suggestions == probable.suggestions
    kinds = (row.confirmed, row.rejected, row.unsure, row.by_desk, row.settled, row.open)
    assert sum(kinds) == row.suggestions
    assert (row.share.hits, row.share.of_all) == (6, 8)
    assert row.share.low == pytest.approx(0.409, abs=1e-3)
    assert row.share.high == pytest.approx(0.929, abs=1e-3)
    assert sum(reason.share.of_all for reason in after.reasons) == 8
    assert after.whole.suggestions == before.whole.suggestions


def test_an_answer_taken_back_counts_no_more(record_day: Desk) -> None:
    (pair,) = apart(record_day.read(people.to_link, 200), 1)
    before = record_day.read(quality.report)
    record_day.write(people.decide_pair, pair.left.id, pair.right.id, "same", "Looked")
    record_day.write(people.unlink, pair.left.id, pair.right.id)
    assert record_day.read(quality.report).bands == before.bands


def test_other_limits_show_miss_and_open_what_they_would_have(record_day: Desk) -> None:
    same, different = apart(record_day.read(people.to_link, 200), 2)
    record_day.write(people.decide_pair, same.left.id, same.right.id, "same", "Looked")
    record_day.write(
        people.decide_pair, different.left.id, different.right.id, "different", "Looked"
    )
    strangers = [row for row in record_day.read(people.listed, "", 0, 400).rows if row.records == 1]
    record_day.write(people.decide_pair, strangers[0].id, strangers[-1].id, "same", "Asked them")
    found = record_day.read(quality.report)
    assert found.unsuggested == 1
    assert (found.now.trial.same, found.now.trial.same_shown) == (2, 1)
    assert found.now.trial.same_missed == 1
    assert (found.now.trial.different, found.now.trial.different_opened) == (1, 1)
    assert found.now.open_shown == found.whole.open
    assert found.now.open_opened == band(found, "probable").open
    strict = record_day.read(quality.tried, 0.99, 0.99)
    at_99 = next(point for point in found.curve if point.at == 0.99)
    assert (strict.trial.same_shown, strict.trial.different_shown) == (at_99.same, at_99.different)
    assert strict.trial.same_shown == strict.trial.same_opened
    assert strict.open_shown < found.now.open_shown
    assert [point.same for point in found.curve] == sorted(
        (point.same for point in found.curve), reverse=True
    )


def test_limits_the_policy_would_not_take_are_refused(desk: Desk) -> None:
    with pytest.raises(WrongCall, match="policy-order"):
        desk.read(quality.tried, 0.9, 0.5)


def test_who_may_not_see_figures_is_refused(desk: Desk) -> None:
    rows = desk.read(choosing.choices).agencies
    desk.who = replace(desk.who, roles=frozenset({Role.AGENCY_USER}), agency_id=UUID(rows[0].id))
    with pytest.raises(NotAllowed, match="right-missing"):
        desk.read(quality.report)
