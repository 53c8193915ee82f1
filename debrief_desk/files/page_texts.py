"""What stands on the pages of a roster, before it is broken into lines.

A page has fewer columns than a sheet: what belongs together (a name and its own script, a lead and
the second, a state and what is missing) stands in one cell, one below the other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from debrief_desk.files import rosters
from debrief_desk.files.cells import clean_text
from debrief_desk.files.page_layout import GAP, Cell, SheetRow, Style, TextLine, broken
from debrief_desk.rules.times import london_day
from debrief_desk.wording import day, roster_pages, roster_sheets, span

if TYPE_CHECKING:
    from debrief_desk.files.page_layout import Metrics
    from debrief_desk.files.rosters import RosterLine, RosterSheet

_COLUMNS: Final = (
    "start",
    "room",
    "reference",
    "agency",
    "person",
    "language",
    "lead",
    "interpreter",
    "state",
)
_BELOW: Final = 6.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below the table of every page, in lines that fit the page's width."""

    marking: Cell
    title: Cell
    issue: TextLine
    remarks: Cell
    height: float
    foot: float


def titles(sheet: RosterSheet) -> tuple[str, ...]:
    """Give the headings of the columns."""
    return tuple(roster_pages.heading(key) for key in _keys(sheet))


def rows(sheet: RosterSheet) -> tuple[SheetRow, ...]:
    """Give the rows in the order of the sheet; what changed since the last issue is marked."""
    keys = _keys(sheet)
    return tuple(
        SheetRow(
            tuple(_cell(key, line, sheet) for key in keys),
            marked=bool(line.change),
            struck=line.change == "cancelled",
        )
        for line in sheet.rows
    )


def heading(sheet: RosterSheet, metrics: Metrics, width: float) -> Heading:
    """Give heading and foot of every page; `height` and `foot` are in points."""
    meta = sheet.meta
    issue = TextLine(roster_pages.issue(meta.version, meta.copy_no), Style.STRONG)
    what = roster_pages.title(meta.level, meta.site, meta.day, meta.window, meta.agency)
    beside = width - metrics.width(issue.text, issue.style) - 12
    counts = Counter(str(line.change) for line in sheet.rows if line.change)
    said = (
        roster_pages.changes(counts, meta.compared_with),
        roster_pages.marks() if counts else "",
        roster_pages.left_out(meta.left_out),
        roster_pages.zone(),
    )
    remarks = (
        _line(rosters.issue_line(meta), Style.SMALL),
        _line(" ".join(text for text in said if text), Style.SMALL),
    )
    marking = broken((_line(meta.marking, Style.MARKING),), metrics, width)
    title = broken((_line(what, Style.TITLE),), metrics, beside)
    shown = broken(remarks, metrics, width)
    lines = (*marking, *title, *shown)
    high = sum(metrics.height(line.style) for line in lines) + GAP + _BELOW
    foot = sum(metrics.height(line.style) for line in marking) + _BELOW
    foot = max(foot, metrics.height(Style.SMALL) + _BELOW)
    return Heading(marking, title, issue, shown, high, foot)


def _keys(sheet: RosterSheet) -> tuple[str, ...]:
    there = {column.key for column in sheet.columns}
    return tuple(key for key in _COLUMNS if key in there)


def _cell(key: str, line: RosterLine, sheet: RosterSheet) -> Cell:
    there = {column.key for column in sheet.columns}
    match key:
        case "start":
            cell = _when(line, sheet)
        case "reference":
            cell = (_line(line.reference), _line(line.deconfliction_reference, Style.SMALL))
        case "agency":
            cell = (_line(line.agency), _line(line.partner, Style.SMALL))
        case "person":
            cell = (_line(line.person, Style.STRONG), _line(line.own_script))
        case "lead" if "second" in there and line.second:
            cell = (_line(line.lead), _line(roster_pages.second(line.second), Style.SMALL))
        case "state":
            cell = (_line(line.state), _line(_missing(line), Style.SMALL))
        case _:
            cell = (_line(getattr(line, key)),)
    return tuple(text for text in cell if text.text)


def _when(line: RosterLine, sheet: RosterSheet) -> Cell:
    """Give the times, the day where it is another one, and the word for a change."""
    on = london_day(line.start)
    other = day(on) if on != sheet.meta.day else ""
    return (
        TextLine(span(line.start, line.end), Style.STRONG),
        TextLine(other, Style.SMALL),
        TextLine(roster_sheets.change_word(line.change), Style.WORD),
    )


def _missing(line: RosterLine) -> str:
    return roster_pages.still_missing(line.missing) if line.missing else ""


def _line(text: str, style: Style = Style.BODY) -> TextLine:
    """Give text on one line, without isolates: they turn nothing here, and fonts lack them."""
    return TextLine(clean_text(text)[0], style)
