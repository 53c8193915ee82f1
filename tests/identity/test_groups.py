from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.identity.groups import Contradiction, link_groups

PAIRS = st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=8)


def test_links_join_and_a_chain_is_one_group() -> None:
    found = link_groups([("A", "B"), ("B", "C"), ("D", "E")], [])
    assert found.groups == (("A", "B", "C"), ("D", "E"))
    assert found.of("C") == ("A", "B", "C")
    assert found.of("Z") == ("Z",)


def test_a_contradiction_is_shown_with_its_chain_and_breaks_nothing() -> None:
    found = link_groups([("A", "B"), ("B", "C")], [("C", "A")])
    assert found.contradictions == (Contradiction(("A", "B", "C")),)
    assert found.groups == (("A", "B", "C"),)


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_taking_a_link_away_restores_what_was_before_it(
    same: list[tuple[str, str]], different: list[tuple[str, str]]
) -> None:
    before = link_groups(same, different)
    with_one_more = [*same, ("A", "F")]
    link_groups(with_one_more, different)
    assert link_groups(with_one_more[:-1], different) == before


@settings(deadline=None)
@given(PAIRS, PAIRS)
def test_every_contradiction_runs_along_links(
    same: list[tuple[str, str]], different: list[tuple[str, str]]
) -> None:
    links = {frozenset(pair) for pair in same}
    for contradiction in link_groups(same, different).contradictions:
        path = contradiction.path
        assert {frozenset((path[0], path[-1]))} <= {frozenset(pair) for pair in different}
        assert all(frozenset(step) in links for step in pairwise(path))
