"""How does a conflict stand in the queue?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.kinds import ConflictKind
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import ConflictState
from debrief_desk.ui.parts.listing import Entry
from debrief_desk.wording import _, names
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.actions.conflicts import ConflictRow


def entry(row: ConflictRow, now: datetime) -> Entry:
    """Give the entry of a conflict: level, session, people, agencies, where it stands."""
    about = " / ".join(row.agencies)
    if row.state.is_open:
        age = sentences.waiting_time(row.opened_at, now)
        about = f"{about} · {age}" if about else age
    standing = sentences.standing(row.state, row.owner, row.waiting_for)
    more = [] if row.state is ConflictState.NEW else [standing]
    if row.overdue and row.session_at is not None:
        more.insert(0, sentences.overdue(row.session_at, now))
    return Entry(
        key=row.id,
        title=row.title or names.name(row.kind),
        detail=about,
        level=row.level if row.state.is_open else Level.CLEAR,
        corner=sentences.session(row.session_at, now),
        more=" · ".join(more),
        badge=sentences.badge(row.kind),
    )


def remark(rows: tuple[ConflictRow, ...], now: datetime) -> str:
    """Say how many wait, and for how long the oldest has."""
    waiting = [row for row in rows if row.state.is_open]
    oldest = min((row.opened_at for row in waiting), default=now)
    overdue = sum(1 for row in waiting if row.overdue)
    return sentences.queue_remark(len(waiting), overdue, sentences.waiting_time(oldest, now))


def kinds() -> tuple[tuple[str, str], ...]:
    """Give the choices of the filter by kind."""
    return (("", _("All kinds")), *names.choices(ConflictKind))
