"""What the preview and the list of issues show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.tables import Column
from debrief_desk.wording import _, clock, day, day_and_clock, roster_pages, roster_sheets, span

if TYPE_CHECKING:
    from debrief_desk.actions.rosters import IssueRow, RosterLine

PREVIEW_KEYS: Final = (
    "change",
    "start",
    "room",
    "reference",
    "person",
    "agency",
    "lead",
    "own_script",
    "second",
    "interpreter",
    "language",
    "state",
)
"""What each column of the preview shows, by the keys of a sheet's columns."""
_MARKS: Final = {"new": Level.NOTE, "changed": Level.NOTE, "cancelled": Level.CHECK}


def preview() -> tuple[Column[RosterLine], ...]:
    """Give the columns of the preview, in the order of `PREVIEW_KEYS`."""
    title = roster_sheets.column_title
    return (
        Column(
            title("change"),
            lambda line: roster_sheets.change_word(line.change),
            severity=lambda line: _MARKS.get(line.change),
            width=104,
        ),
        Column(
            roster_pages.heading("start"),
            lambda line: span(line.start, line.end),
            fixed=True,
            strong=True,
            width=108,
        ),
        Column(title("room"), lambda line: line.room, width=84),
        Column(title("reference"), lambda line: line.reference, fixed=True, width=124),
        Column(title("person"), lambda line: line.person, strong=True, width=170),
        Column(title("agency"), _agencies, width=116),
        Column(title("lead"), lambda line: line.lead, width=112),
        Column(title("own_script"), lambda line: line.own_script, width=130),
        Column(title("second"), lambda line: line.second, width=112),
        Column(title("interpreter"), lambda line: line.interpreter, width=116),
        Column(title("language"), lambda line: line.language, width=130),
        Column(title("state"), _state, tooltip=_state, width=320),
    )


def issues() -> tuple[Column[IssueRow], ...]:
    """Give the columns of the list of issues."""
    return (
        Column(_("Issued"), lambda row: day_and_clock(row.issued_at), fixed=True, width=164),
        Column(_("Version"), lambda row: str(row.version), fixed=True, width=64),
        Column(_("Copy"), lambda row: str(row.copy_no), fixed=True, width=52),
        Column(_("For"), lambda row: row.recipient, strong=True, width=140),
        Column(_("As"), _form, width=56),
        Column(_("Level"), lambda row: roster_sheets.level_name(row.level), width=126),
        Column(_("Agency"), lambda row: row.agency or _("all agencies"), width=100),
        Column(_("Span"), _span, fixed=True, width=212),
        Column(_("Debriefs"), lambda row: str(row.lines), fixed=True, width=74),
        Column(_("By"), lambda row: row.by, width=112),
    )


def _form(row: IssueRow) -> str:
    return _("Paper") if row.format == "print" else row.format.upper()


def _agencies(line: RosterLine) -> str:
    return " + ".join(filter(None, (line.agency, line.partner)))


def _state(line: RosterLine) -> str:
    return ": ".join(filter(None, (line.state, line.missing)))


def _span(row: IssueRow) -> str:
    return f"{day(row.starts_at)} {clock(row.starts_at)}–{clock(row.ends_at)}"
