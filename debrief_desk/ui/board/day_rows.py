"""What does the board draw of a day? Rows, blocks, and what has no row yet, for each switch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from debrief_desk.ui.parts.board_layout import BoardBlock, BoardRow, minutes, shared_spans
from debrief_desk.wording import board as words
from debrief_desk.wording import from_london, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from debrief_desk.actions.board import BoardDay
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.ui.parts.board_layout import Span

ROOMS: Final = "rooms"
INTERVIEWERS: Final = "interviewers"
INTERPRETERS: Final = "interpreters"
FIELDS: Final = {ROOMS: "room_id", INTERVIEWERS: "lead_id", INTERPRETERS: "interpreter_id"}
"""What a plan's row is in each view: a field of `DebriefRow` and of `Move` alike."""
_SECOND: Final = ":second"
TINTS: Final = 4
"""Colours for agencies; with more of them than this each block shows two letters."""


@dataclass(frozen=True, slots=True)
class View:
    """A day seen one way: rows with their blocks, and the plans that have no row in it."""

    rows: tuple[BoardRow, ...]
    blocks: tuple[BoardBlock, ...]
    waiting: tuple[DebriefRow, ...]


def view(kind: str, day: BoardDay, on: date) -> View:
    """Give the day as rooms, interviewers or interpreters by time."""
    rows = _ROWS[kind](day, on)
    known = {row.key for row in rows}
    field = FIELDS[kind]
    placed = [plan for plan in day.debriefs if getattr(plan, field) in known]
    blocks = [block(plan, kind, day) for plan in placed]
    if kind == INTERVIEWERS:
        blocks += [
            block(plan, kind, day, second=True)
            for plan in day.debriefs
            if plan.second_id in known and plan.second_id != plan.lead_id
        ]
    waiting = tuple(plan for plan in day.debriefs if getattr(plan, field) not in known)
    return View(rows, tuple(blocks), waiting)


def block(plan: DebriefRow, kind: str, day: BoardDay, *, second: bool = False) -> BoardBlock:
    """Give a plan as a block of its row; as second interviewer it stands there once more."""
    tints = {agency.id: agency.tint for agency in day.agencies}
    many = len(day.agencies) > TINTS
    who = plan.lead if kind != INTERVIEWERS else plan.room or words.no_room()
    return BoardBlock(
        key=plan.id + (_SECOND if second else ""),
        row=plan.second_id if second else getattr(plan, FIELDS[kind]),
        start=plan.starts_at,
        end=plan.ends_at,
        title=plan.person or plan.agency,
        detail=words.marked(
            words.as_second(who) if second else who, pinned=plan.pinned, priority=plan.priority
        ),
        agency=tints.get(plan.agency_id, 0),
        tag=tag(plan.agency) if many else "",
        level=plan.level,
        movable=plan.movable,
    )


def debrief_of(key: str) -> tuple[str, bool]:
    """Give the id of the debrief a block shows, and whether it stands there for the second."""
    return key.removesuffix(_SECOND), key.endswith(_SECOND)


def tag(agency: str) -> str:
    """Give two letters for an agency: of its first two words, or of its name."""
    parts = agency.split()
    letters = parts[0][:1] + parts[1][:1] if len(parts) > 1 else agency[:2]
    return letters.upper()


def places(plan: DebriefRow, seen: View) -> tuple[tuple[str, str], ...]:
    """Give (row key, text) of every row for a plan to go to: free ones first, the others say why.

    A row is free where no other plan of it runs at that time and it is not closed.
    """
    wanted = (plan.starts_at, plan.ends_at)
    found = []
    for row in seen.rows:
        others = [
            (one.start, one.end)
            for one in seen.blocks
            if one.row == row.key and debrief_of(one.key)[0] != plan.id
        ]
        shared = minutes(shared_spans(wanted, others))
        shut = minutes(shared_spans(wanted, row.closed))
        remark = words.overlap(shared) if shared else words.closed() if shut else words.free()
        found.append((bool(shared or shut), row.key, words.place(row.title, remark)))
    found.sort(key=lambda one: one[0])
    return tuple((key, text) for _taken, key, text in found)


def _rooms(day: BoardDay, on: date) -> tuple[BoardRow, ...]:
    return tuple(
        BoardRow(
            room.id,
            room.name,
            words.room_detail(room.seats, room.features),
            closed(room.opens, room.closes, on),
        )
        for room in day.rooms
    )


def _interviewers(day: BoardDay, on: date) -> tuple[BoardRow, ...]:
    return tuple(
        BoardRow(one.id, one.name, one.agency, closed(one.shift_start, one.shift_end, on))
        for one in day.interviewers
    )


def _interpreters(day: BoardDay, on: date) -> tuple[BoardRow, ...]:
    return tuple(
        BoardRow(
            one.id, one.name, ", ".join(one.languages), closed(one.shift_start, one.shift_end, on)
        )
        for one in day.interpreters
    )


_ROWS: Final[dict[str, Callable[[BoardDay, date], tuple[BoardRow, ...]]]] = {
    ROOMS: _rooms,
    INTERVIEWERS: _interviewers,
    INTERPRETERS: _interpreters,
}


def closed(start: int | None, end: int | None, on: date) -> tuple[Span, ...]:
    """Give the spans of a London day outside daily hours (minutes after midnight), in UTC.

    Hours that end before they begin run past midnight; unknown ones close nothing.
    """
    if start is None or end is None:
        return ()
    whole = 24 * 60
    spans = ((0, start), (end, whole)) if start < end else ((end, start),)
    return tuple((_moment(on, one), _moment(on, other)) for one, other in spans if one < other)


def _moment(on: date, minute: int) -> datetime:
    midnight = datetime.combine(on, time())
    return from_london(midnight + timedelta(minutes=minute))


@dataclass(frozen=True, slots=True)
class ListRow:
    """A plan as the list beside the board says it."""

    plan: DebriefRow
    place: str
    shared: int

    @property
    def when(self) -> str:
        """Give its times."""
        return span(self.plan.starts_at, self.plan.ends_at)


def listed(seen: View, plans: Iterable[DebriefRow], shared: dict[str, int]) -> tuple[ListRow, ...]:
    """Give every plan of a view by time; `shared` holds minutes of overlap by block key."""
    titles = {row.key: row.title for row in seen.rows}
    rows = {one.key: titles[one.row] for one in seen.blocks}
    return tuple(
        ListRow(plan, rows.get(plan.id, words.nowhere()), shared.get(plan.id, 0)) for plan in plans
    )
