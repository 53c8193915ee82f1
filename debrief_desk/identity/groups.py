"""Persons from decisions on pairs: who belongs together, and where decisions contradict.

Links join, a decided *different* never does. Where A=B and B=C but A≠C, all three stay in one group
and the contradiction is given out, for a person to settle. Nothing here changes a decision, so
taking one away gives back exactly what was before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two records decided to be different that links nevertheless join.

    `path` is a shortest chain of links from the first to the second, both included.
    """

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of two or more records, each sorted, and the contradictions inside them."""

    groups: tuple[tuple[str, ...], ...]
    contradictions: tuple[Contradiction, ...]

    def of(self, record: str) -> tuple[str, ...]:
        """Give the group `record` is in: itself alone where nothing links it."""
        return next((group for group in self.groups if record in group), (record,))


def link_groups(same: Iterable[tuple[str, str]], different: Iterable[tuple[str, str]]) -> Groups:
    """Join the pairs of `same`; report each pair of `different` that ends up in one group."""
    neighbours: dict[str, set[str]] = {}
    for a, b in same:
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    group_of: dict[str, int] = {}
    groups: list[tuple[str, ...]] = []
    for start in sorted(neighbours):
        if start not in group_of:
            members = tuple(sorted(_paths(neighbours, start)))
            group_of.update(dict.fromkeys(members, len(groups)))
            groups.append(members)
    clashes = [
        Contradiction(_paths(neighbours, a)[b])
        for a, b in sorted({(min(p), max(p)) for p in different})
        if a != b and a in group_of and group_of[a] == group_of.get(b)
    ]
    return Groups(tuple(g for g in groups if len(g) > 1), tuple(clashes))


def _paths(neighbours: dict[str, set[str]], start: str) -> dict[str, tuple[str, ...]]:
    """Give a shortest chain of links from `start` to every record it reaches."""
    paths: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    for record in waiting:
        for other in sorted(neighbours[record]):
            if other not in paths:
                paths[other] = (*paths[record], other)
                waiting.append(other)
    return paths
