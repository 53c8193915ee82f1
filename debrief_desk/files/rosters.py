"""The roster as it leaves the desk, before it becomes a page, a sheet or a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from debrief_desk.wording import roster_sheets

if TYPE_CHECKING:
    from datetime import date, datetime

Level = Literal["door", "interviewer", "interpreter", "supervisor"]
Kind = Literal["text", "date", "time"]
Change = Literal["", "new", "changed", "cancelled"]


@dataclass(frozen=True, slots=True)
class RosterMeta:
    """What stands above every roster, and what the disclosure record repeats.

    Attributes:
        window: the shift or span as shown, such as `Day` or `07:00–15:00`; "" for the whole day.
        agency: "" for all agencies.
        marking: the line of the site's policy, such as `OFFICIAL-SENSITIVE`.
        version: counts up with every issue of this day, level and agency.
        printed_at: UTC, as is `expires`.
        left_out: plans of the span that are not listed because they are not cleared.
        compared_with: the version whose rows the changes are marked against; 0 for none.
    """

    site: str
    day: date
    window: str
    agency: str
    level: Level
    marking: str
    version: int
    copy_no: int
    recipient: str
    printed_by: str
    printed_at: datetime
    expires: datetime | None = None
    left_out: int = 0
    compared_with: int = 0


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """One column: `key` is a field of `RosterLine`, or `day` for the London day of `start`."""

    key: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One debrief on the roster.

    Attributes:
        uid: the same in every issue for one debrief.
        reference: `DD-2611-0417`.
        start: UTC, as is `end`.
        person: "" on the door level.
        own_script: the person's name in its own script; "" on the door level.
        state: a sentence fit to show.
        missing: what keeps the debrief from being cleared; "" when nothing does.
        change: against the previous issue.
        sequence: rises with every change of this debrief (calendar SEQUENCE).
        deconfliction_reference: proof that the check was made.
    """

    uid: str
    reference: str
    start: datetime
    end: datetime
    room: str = ""
    agency: str = ""
    partner: str = ""
    person: str = ""
    own_script: str = ""
    language: str = ""
    lead: str = ""
    second: str = ""
    interpreter: str = ""
    state: str = ""
    missing: str = ""
    change: Change = ""
    sequence: int = 0
    deconfliction_reference: str = ""


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A whole roster: what it is, its columns, its lines in the order to print."""

    meta: RosterMeta
    columns: tuple[RosterColumn, ...]
    rows: tuple[RosterLine, ...]


_TIMES: Final = ("change", "day", "start", "end", "room", "reference")
_LEVELS: Final[dict[Level, tuple[str, ...]]] = {
    "door": ("change", "start", "end", "room", "reference"),
    "interpreter": (*_TIMES, "language", "interpreter", "lead", "state"),
    "interviewer": (
        *(*_TIMES, "agency", "partner", "person", "own_script", "language"),
        *("lead", "second", "interpreter", "state", "missing", "deconfliction_reference"),
    ),
    "supervisor": (
        *(*_TIMES, "agency", "partner", "person", "own_script", "language"),
        *("lead", "second", "interpreter", "state", "missing", "deconfliction_reference"),
    ),
}
_KINDS: Final[dict[str, Kind]] = {"day": "date", "start": "time", "end": "time"}


def columns_for(level: Level) -> tuple[RosterColumn, ...]:
    """Give the columns of a level: the least that its reader needs (DOMAIN.md section 5).

    The door list has no names; the interpreter's has no name of the person.
    """
    return tuple(
        RosterColumn(key, roster_sheets.column_title(key), _KINDS.get(key, "text"))
        for key in _LEVELS[level]
    )


def title_line(meta: RosterMeta) -> str:
    """Give the line that stands above a roster: marking, what it is, version and copy."""
    return roster_sheets.title_line(**_identity(meta))


def issue_line(meta: RosterMeta) -> str:
    """Give the line that says for whom an issue is, who made it and until when it counts."""
    return roster_sheets.issue_line(
        recipient=meta.recipient,
        printed_by=meta.printed_by,
        printed_at=meta.printed_at,
        expires=meta.expires,
    )


def about(roster: RosterSheet) -> tuple[tuple[str, str], ...]:
    """Give label and text of everything a reader has to know about an issued roster."""
    meta = roster.meta
    return (
        *roster_sheets.roster_facts(**_identity(meta)),
        *roster_sheets.issue_facts(
            lines=len(roster.rows),
            recipient=meta.recipient,
            printed_by=meta.printed_by,
            printed_at=meta.printed_at,
            expires=meta.expires,
        ),
    )


def _identity(meta: RosterMeta) -> dict[str, Any]:
    return {
        "marking": meta.marking,
        "level": meta.level,
        "site": meta.site,
        "date_of": meta.day,
        "window": meta.window,
        "agency": meta.agency,
        "version": meta.version,
        "copy_no": meta.copy_no,
    }
