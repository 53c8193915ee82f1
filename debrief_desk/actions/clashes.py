"""Do the plans of two sides clash? Time, room, lead, and who was first, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.actions.comparison import ComparedRow
from debrief_desk.rules.severity import Level
from debrief_desk.wording import _, clock, day, day_and_clock, span

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.actions.comparison import Marks
    from debrief_desk.actions.parties import PartyRow


def plans_compared(left: PartyRow, right: PartyRow) -> tuple[ComparedRow, ...]:
    """Answer *Do the plans clash?* row by row; no rows where a side has no plan."""
    if not (left.starts_at and left.ends_at and right.starts_at and right.ends_at):
        return ()
    overlap = _overlapping(left, right)
    rows = [
        _when(left, right),
        _same(_("Room"), left.room, right.room, _("Same room"), clashes=overlap),
        _same(_("Lead"), left.lead, right.lead, _("Same lead"), clashes=overlap),
    ]
    if left.first_saved_at and right.first_saved_at:
        first = (
            _("A was first") if left.first_saved_at <= right.first_saved_at else _("B was first")
        )
        if left.first_saved_at == right.first_saved_at:
            first = _("At once")
        same_day = day(left.first_saved_at) == day(right.first_saved_at)
        shown = clock if same_day else day_and_clock
        saved = shown(left.first_saved_at), shown(right.first_saved_at)
        rows.append(ComparedRow(_("Registered"), *saved, first, fixed=True))
    return tuple(rows)


def overlap_minutes(left: PartyRow, right: PartyRow) -> int | None:
    """Give how long two plans share, negative for the gap between them; None without two plans."""
    if not (left.starts_at and left.ends_at and right.starts_at and right.ends_at):
        return None
    shared = min(left.ends_at, right.ends_at) - max(left.starts_at, right.starts_at)
    return int(shared.total_seconds() // 60)


def _overlapping(left: PartyRow, right: PartyRow) -> bool:
    return (overlap_minutes(left, right) or 0) > 0


def _when(left: PartyRow, right: PartyRow) -> ComparedRow:
    starts, ends = (left.starts_at, right.starts_at), (left.ends_at, right.ends_at)
    if not (starts[0] and starts[1] and ends[0] and ends[1]):
        return ComparedRow(_("When"), "", "")
    minutes = overlap_minutes(left, right) or 0
    same_day = day(starts[0]) == day(starts[1])
    slots = [
        span(s, e) if same_day else f"{day(s)} {span(s, e)}"
        for s, e in zip(starts, ends, strict=True)
        if s and e
    ]
    if minutes <= 0:
        return ComparedRow(_("When"), slots[0], slots[1], _("Apart"), Level.CLEAR, fixed=True)
    shared = max(starts[0], starts[1]), min(ends[0], ends[1])
    marks = [
        _shared_times(slot, times, shared)
        for slot, times in zip(slots, zip(starts, ends, strict=True), strict=True)
    ]
    verdict = _("{minutes} min overlap").format(minutes=minutes)
    return ComparedRow(
        _("When"), slots[0], slots[1], verdict, Level.STOP, marks[0], marks[1], fixed=True
    )


def _shared_times(
    slot: str, times: tuple[datetime | None, ...], shared: tuple[datetime, datetime]
) -> Marks:
    """Mark the start or end that lies within the shared minutes."""
    head = len(slot) - len("00:00–00:00")
    marks = []
    for at, moment in zip((head, head + 6), times, strict=True):
        if moment is not None and shared[0] <= moment <= shared[1]:
            marks.append((at, at + 5))
    return tuple(marks)


def _same(label: str, left: str, right: str, said: str, *, clashes: bool) -> ComparedRow:
    none = _("none yet")
    if not left or left != right:
        return ComparedRow(label, left or none, right or none)
    return ComparedRow(label, left, right, said, Level.STOP if clashes else Level.NOTE)
