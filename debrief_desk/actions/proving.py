"""Whether a placement may be offered or kept: no rule has anything against this slot and team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debrief_desk.actions.day_facts import DayFacts, Placement
    from debrief_desk.rules.facts import PlanFacts
    from debrief_desk.rules.finding import Finding

TEAM: Final = frozenset({"G-2", "X-2", "X-3", "X-5", "I-5"})
"""Stops that a supervisor could allow, but that another team would not raise."""
SLOT: Final = frozenset({"X-7", "X-10", "I-6", "D-9", "W-2", "W-3", "W-7", "A-2"})
"""Checks that ask for a reason, but that another slot or room would not raise."""


def objections(
    day: DayFacts, placement: Placement, plans: Mapping[str, PlanFacts] | None = None
) -> tuple[Finding, ...]:
    """Give what the rules have against a placement, strongest first; () where it is as it should.

    Every HARD finding counts, and what is softer where the slot or the team is the reason; what
    stands against the person wherever they are seen, or is still to be recorded, does not.
    """
    return tuple(one for one in day.findings(placement, plans) if _objects(one))


def _objects(finding: Finding) -> bool:
    if finding.refused:
        return True
    if finding.todo:
        return False
    if finding.severity is Severity.HARD:
        return True
    return finding.rule in (TEAM if finding.severity is Severity.HARD_STAR else SLOT)
