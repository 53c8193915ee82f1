"""What the board says about rows, blocks and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, clock, isolated, left_to_right, ngettext, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def overlap(minutes: int) -> str:
    """Say for how long plans of one row run at the same time."""
    return _("{minutes} min overlap").format(minutes=minutes)


def now(moment: datetime) -> str:
    """Say what time it is, for the line through the board."""
    return _("Now {clock}").format(clock=clock(moment))


def described(
    title: str,
    detail: str,
    row: str,
    *,
    start: datetime,
    end: datetime,
    word: str,
    shared: int,
) -> str:
    """Say in one sentence what a block shows, for somebody who hears it."""
    parts = [
        isolated(title),
        isolated(detail),
        isolated(row),
        left_to_right(span(start, end)),
        word,
    ]
    if shared:
        parts.append(ngettext("{n} minute overlap", "{n} minutes overlap", shared).format(n=shared))
    return ", ".join(part for part in parts if part)


def moving(row: str, start: datetime, end: datetime) -> str:
    """Say where a plan would stand if it were let go now."""
    return _("{row}, {span}").format(row=isolated(row), span=left_to_right(span(start, end)))


def no_room() -> str:
    """Say that a plan has no room yet."""
    return _("no room yet")


def nowhere() -> str:
    """Say in a list that a plan has no place yet."""
    return _("none yet")


def as_second(text: str) -> str:
    """Say that somebody is the second interviewer of a plan."""
    return _("second · {text}").format(text=text)


def free() -> str:
    """Say that nothing stands in the way of a place."""
    return _("free")


def closed() -> str:
    """Say that a place is closed, or somebody off shift, at that time."""
    return _("closed or off shift")


def place(title: str, remark: str) -> str:
    """Name a row a plan may go to, and what stands in the way."""
    return _("{place} · {remark}").format(place=title, remark=remark)


def room_detail(seats: int | None, features: tuple[str, ...]) -> str:
    """Say below a room's name what it offers."""
    parts = [ngettext("{n} seat", "{n} seats", seats).format(n=seats)] if seats else []
    return " · ".join((*parts, *features[:2]))


def remark(plans: int, rows: str) -> str:
    """Say below the title how much of a day the board shows."""
    count = ngettext("{n} debrief", "{n} debriefs", plans).format(n=plans)
    return f"{count} · {rows}"


def rooms(count: int) -> str:
    """Count rooms."""
    return ngettext("{n} room", "{n} rooms", count).format(n=count)


def people(count: int) -> str:
    """Count people."""
    return ngettext("{n} person", "{n} people", count).format(n=count)


def waiting(count: int, kind: str) -> str:
    """Say how many plans have no row on the board; `kind` as of the board's rows."""
    if kind == "rooms":
        return ngettext("{n} plan has no room yet", "{n} plans have no room yet", count).format(
            n=count
        )
    if kind == "interviewers":
        return ngettext("{n} plan has no lead yet", "{n} plans have no lead yet", count).format(
            n=count
        )
    return ngettext("{n} plan has no interpreter", "{n} plans have no interpreter", count).format(
        n=count
    )


def moved(who: str, row: str, start: datetime, end: datetime, stop: str = "") -> str:
    """Say where a plan stands now, and what is wrong there."""
    said = _("{who}: {row}, {span}.").format(
        who=isolated(who), row=isolated(row), span=left_to_right(span(start, end))
    )
    return _("{said} Stop: {stop}").format(said=said, stop=stop) if stop else said


def free_slot(start: datetime, room: str, team: Sequence[str]) -> str:
    """Write a free slot as a choice: when, where, with whom."""
    who = ", ".join(isolated(name) for name in team)
    return f"{left_to_right(clock(start))} · {isolated(room)} · {who}"


def alternatives(leads: int, seconds: int, interpreters: int, rooms: int) -> str:
    """Say how many of each kind would do at that time, the one named among them."""
    parts = [
        ngettext("{n} lead", "{n} leads", leads).format(n=leads),
        ngettext("{n} second", "{n} seconds", seconds).format(n=seconds),
        ngettext("{n} interpreter", "{n} interpreters", interpreters).format(n=interpreters),
        ngettext("{n} room", "{n} rooms", rooms).format(n=rooms),
    ]
    return _("Free then: {parts}").format(parts=", ".join(parts))


def marked(detail: str, *, pinned: bool, priority: int) -> str:
    """Add to what a block says that its plan is pinned or urgent."""
    marks = (detail, _("pinned") if pinned else "", _("urgent") if priority == 1 else "")
    return " · ".join(part for part in marks if part)


def pinned(who: str, *, now: bool) -> str:
    """Say that a plan stays in every proposal, or may be moved again."""
    if now:
        return _("{who} stays where it is in every proposal.").format(who=isolated(who))
    return _("{who} may be moved by a proposal again.").format(who=isolated(who))


def prioritised(who: str, priority: int) -> str:
    """Say how urgent a plan is now."""
    names = {1: _("urgent"), 2: _("as usual"), 3: _("can wait")}
    return _("{who}: {priority}.").format(who=isolated(who), priority=names[priority])


def overlaps(count: int) -> str:
    """Count rows whose plans overlap."""
    return ngettext("{n} overlap", "{n} overlaps", count).format(n=count)


def checks(count: int) -> str:
    """Count plans to check."""
    return ngettext("{n} check", "{n} checks", count).format(n=count)
