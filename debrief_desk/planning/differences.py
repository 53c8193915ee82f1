"""What a plan changes against the one people were told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from debrief_desk.planning.roster import Booking, RosterPlan, RosterProblem

Kind = Literal["kept", "moved", "restaffed", "dropped", "new"]
_FIELDS = ("start", "lead", "second", "interpreter", "mode", "room", "adult")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the difference; `fields` are the parts that differ.

    `kept` is unchanged, `moved` starts at another time, `restaffed` keeps its time, `dropped` was
    booked and is not, `new` is booked and was not.
    """

    requests: tuple[str, ...]
    kind: Kind
    fields: tuple[str, ...]
    before: Booking | None
    after: Booking | None


def changes(problem: RosterProblem, plan: RosterPlan) -> tuple[Change, ...]:
    """Give the difference between the previous plan and this one; everything is new without one.

    A previous booking whose request no longer exists is passed over.
    """
    known = {request.id for request in problem.requests}
    previous = problem.previous_plan.bookings if problem.previous_plan else ()
    before = {frozenset(row.requests): row for row in previous if known >= set(row.requests)}
    after = {frozenset(row.requests): row for row in plan.bookings}
    lines = [_line(row, after.get(asked)) for asked, row in before.items()]
    fresh = [row for asked, row in after.items() if asked not in before]
    return (*lines, *(Change(row.requests, "new", (), None, row) for row in fresh))


def _line(before: Booking, after: Booking | None) -> Change:
    if after is None:
        return Change(before.requests, "dropped", (), before, None)
    differing = tuple(key for key in _FIELDS if getattr(before, key) != getattr(after, key))
    kind: Kind = "moved" if "start" in differing else "restaffed" if differing else "kept"
    return Change(before.requests, kind, differing, before, after)
