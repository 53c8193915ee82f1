"""A proposal's differences as lines that could be accepted, none against a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from debrief_desk.actions import open_day
from debrief_desk.actions.judging import Line
from debrief_desk.actions.proving import objections

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from debrief_desk.actions.day_facts import Placement
    from debrief_desk.actions.open_day import OpenDay
    from debrief_desk.planning import Change
    from debrief_desk.rules.facts import PlanFacts
    from debrief_desk.rules.finding import Finding


def lines(opened: OpenDay, changes: Sequence[Change]) -> list[tuple[Change, Line]]:
    """Give every change as a line that could be accepted, in order of time.

    Who has no place but still holds a lead or a room is a line too: it waits for a team, and what
    it holds becomes free for the others.
    """
    served = {own for change in changes if change.after for own in change.after.requests}
    found = []
    for change in changes:
        if change.kind == "kept":
            continue
        debrief_ids = sorted(
            (opened.debriefs[own] for own in change.requests), key=lambda own: _saved(opened, own)
        )
        versions = tuple((own, opened.facts.debriefs[own].version) for own in debrief_ids)
        if change.after is not None:
            placements = opened.placements(change.after)
            first = next(one for one in placements if one.debrief_id == debrief_ids[0])
            found.append((change, Line(versions, first)))
        elif not served & set(change.requests):
            found.append((change, Line(versions, None)))
    return sorted(found, key=lambda pair: _order(pair[0]))


def _saved(opened: OpenDay, own: str) -> tuple[datetime, str]:
    """Order the debriefs of a joint one: who saved first stays (D-8)."""
    return opened.facts.debriefs[own].first_saved_at, own


def was_whole(change: Change) -> bool:
    """Say whether a booking had a room and a lead before."""
    return change.before is not None and open_day.NOWHERE not in (
        change.before.room,
        change.before.lead,
    )


def _order(change: Change) -> tuple[int, str]:
    booking = change.after or change.before
    return (0, "") if booking is None else (booking.start, booking.room)


def proven(
    opened: OpenDay, proposed: Sequence[tuple[Change, Line]]
) -> tuple[list[tuple[Change, Line]], dict[str, Finding]]:
    """Give the lines to which no rule objects, some in another room, and what is left out why."""
    plans = opened.facts.placed(
        line.placement for _, line in proposed if line.placement is not None
    )
    for _, line in proposed:
        gone = line.debriefs if line.placement is None else line.debriefs[1:]
        for own, _version in gone:
            plans.pop(own, None)
    kept: list[tuple[Change, Line]] = []
    against: dict[str, Finding] = {}
    for change, line in proposed:
        found = _fitting(opened, line, plans)
        if isinstance(found, Line):
            kept.append((change, found))
            continue
        for own, version in line.debriefs:
            against[own] = found
            plans.pop(own, None)
            if change.before is not None:
                kept.append((change, Line(((own, version),), None)))
    return kept, against


def _fitting(opened: OpenDay, line: Line, plans: dict[str, PlanFacts]) -> Line | Finding:
    """Give a line as no rule objects to it, in another room if need be, or the first objection."""
    if line.placement is None:
        return line
    found = objections(opened.facts, line.placement, plans)
    if not found:
        return line
    for room in opened.facts.rooms:
        other = replace(line.placement, room_id=room)
        if _seats(opened, line.placement, room) and not objections(opened.facts, other, plans):
            plans[line.id] = opened.facts.plan(other)
            return replace(line, placement=other)
    return found[0]


def _seats(opened: OpenDay, placement: Placement, room_id: str) -> bool:
    """Say whether a room holds a team, has what its interpreter needs, and is open."""
    room, case = opened.facts.rooms[room_id], opened.facts.case(placement)
    remote = placement.mode is not None and placement.mode.value != "in_person"
    present = 2 + bool(placement.second_id) + (bool(placement.interpreter_id) and not remote)
    needed = {str(placement.mode)} if remote else set()
    if case.person.facilitator_near:
        needed.add("private")
    opens = any(window.holds(case.plan.window) for window in room.open)
    return opens and needed <= room.features and (room.seats is None or present <= room.seats)
