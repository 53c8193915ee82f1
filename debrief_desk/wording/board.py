"""What the board says about rows, blocks and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, clock, isolated, left_to_right, ngettext, span

if TYPE_CHECKING:
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
