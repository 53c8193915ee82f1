"""What the lists of a proposal show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.listing import Entry
from debrief_desk.ui.parts.tables import Column
from debrief_desk.wording import _, isolated, proposals, span, staffing

if TYPE_CHECKING:
    from debrief_desk.actions.offering import LeftRow, LineRow
    from debrief_desk.actions.staffing import Shortage, Use

_MARKS: Final = {
    "placed": Level.CLEAR,
    "moved": Level.NOTE,
    "restaffed": Level.NOTE,
    "joined": Level.NOTE,
    "dropped": Level.CHECK,
}


def lines() -> tuple[Column[LineRow], ...]:
    """Give the columns of the lines that could be accepted."""
    return (
        Column(
            _("Line"),
            lambda row: proposals.line_kind(row.kind),
            severity=lambda row: _MARKS[row.kind],
            tooltip=_changed,
            width=104,
        ),
        Column(_("Time"), _when, fixed=True, strong=True, width=102),
        Column(_("Room"), lambda row: row.room, width=74),
        Column(_("Person"), lambda row: row.person, strong=True, width=150, stretch=True),
        Column(_("Until now"), lambda row: row.was, muted=True, width=150),
        Column(_("Lead"), lambda row: row.lead, width=100),
        Column(_("Second"), lambda row: row.second, width=100),
        Column(_("Interpreter"), lambda row: row.interpreter, width=112),
        Column(_("Agency"), lambda row: row.agency, width=104),
        Column(_("Reference"), lambda row: row.reference, fixed=True, muted=True, width=120),
    )


def left(row: LeftRow) -> Entry:
    """Give a debrief without a place as an entry: who it is, why, and what would help."""
    return Entry(
        key=row.debrief_id,
        title=" · ".join(part for part in (row.person, row.agency) if part) or row.reference,
        detail=row.why,
        more=row.concession,
        corner=row.reference,
    )


def shortages() -> tuple[Column[Shortage], ...]:
    """Give the columns of what is short."""
    return (
        Column(
            _("What is short"),
            lambda row: staffing.family(row.family, row.language),
            strong=True,
            width=240,
            stretch=True,
        ),
        Column(_("Leaves without a place"), lambda row: str(row.unplaced), fixed=True, width=180),
    )


def uses() -> tuple[Column[Use], ...]:
    """Give the columns of how full everything is."""
    return (
        Column(
            _("On duty"),
            lambda row: staffing.family(row.family),
            strong=True,
            width=200,
            stretch=True,
        ),
        Column(_("There"), lambda row: str(row.count), fixed=True, width=80),
        Column(
            _("Booked from now on"),
            lambda row: staffing.share(row.booked, row.there),
            fixed=True,
            width=180,
        ),
    )


def _when(row: LineRow) -> str:
    if row.starts_at is None or row.ends_at is None:
        return ""
    return span(row.starts_at, row.ends_at)


def _changed(row: LineRow) -> str:
    parts = ", ".join(proposals.part(name) for name in row.changed)
    return _("Changes: {parts}").format(parts=isolated(parts)) if parts else ""
