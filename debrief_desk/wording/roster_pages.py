"""What a printed roster says around its rows: on top, at the foot, and where there is no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, day, isolated, ngettext
from debrief_desk.wording.roster_sheets import level_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def title(level: str, site: str, date_of: date, window: str, agency: str) -> str:
    """Say what the roster is."""
    parts = (level_name(level), site, day(date_of), window, agency or _("all agencies"))
    return " · ".join(part for part in parts if part)


def issue(version: int, copy_no: int) -> str:
    """Say which issue of the roster a sheet of paper is."""
    return _("Version {version} · copy {copy}").format(version=version, copy=copy_no)


def page(number: int, of: int) -> str:
    """Number a page."""
    return _("Page {number} of {of}").format(number=number, of=of)


def changes(counts: Mapping[str, int], compared_with: int) -> str:
    """Say how many rows differ from an earlier version; `counts` is by kind of change."""
    if not compared_with:
        return _("First issue.")
    said = (
        ngettext("{n} new", "{n} new", counts.get("new", 0)),
        ngettext("{n} changed", "{n} changed", counts.get("changed", 0)),
        ngettext("{n} cancelled", "{n} cancelled", counts.get("cancelled", 0)),
    )
    kinds = ("new", "changed", "cancelled")
    parts = [
        text.format(n=counts[kind])
        for kind, text in zip(kinds, said, strict=True)
        if counts.get(kind)
    ]
    if not parts:
        return _("Nothing has changed since version {version}.").format(version=compared_with)
    return _("Since version {version}: {parts}.").format(
        version=compared_with, parts=", ".join(parts)
    )


def marks() -> str:
    """Say how a row that changed is marked on paper."""
    return _("Such rows have a bar and a word.")


def left_out(count: int) -> str:
    """Say how many plans the roster does not list because they are not cleared; "" for none."""
    if not count:
        return ""
    return ngettext(
        "{n} plan that is not cleared is left out.",
        "{n} plans that are not cleared are left out.",
        count,
    ).format(n=count)


def zone() -> str:
    """Say which clock the times are of."""
    return _("Times are Europe/London.")


def nothing() -> str:
    """Say that no row stands on the roster."""
    return _("No debrief is listed for this span.")


def heading(key: str) -> str:
    """Give the heading of a column of the page, which holds two columns of a sheet at times."""
    return {
        "start": _("Time"),
        "room": _("Room"),
        "reference": _("Reference"),
        "agency": _("Agency"),
        "person": _("Person"),
        "language": _("Language"),
        "lead": _("Interviewers"),
        "interpreter": _("Interpreter"),
        "state": _("State"),
    }[key]


def second(name: str) -> str:
    """Name the second interviewer below the lead."""
    return _("with {name}").format(name=name)


def still_missing(words: str) -> str:
    """Say what keeps a debrief from being cleared."""
    return _("missing: {words}").format(words=words)


def counted(lines: int, changed: int) -> str:
    """Say how many debriefs a roster lists and how many of them are marked."""
    listed = ngettext("{n} debrief", "{n} debriefs", lines).format(n=lines)
    if not changed:
        return listed
    marked = ngettext("{n} marked", "{n} marked", changed).format(n=changed)
    return f"{listed} · {marked}"


def issued(version: int, copy_no: int, name: str, lines: int, changed: int) -> str:
    """Say that a roster was issued as a file."""
    return _("{issue} is written to {file}: {counted}.").format(
        issue=issue(version, copy_no), file=isolated(name), counted=counted(lines, changed)
    )


def printed(version: int, copy_no: int, pages: int) -> str:
    """Say that a roster went to the printer."""
    sheets = ngettext("{n} page", "{n} pages", pages).format(n=pages)
    return _("{issue} is on its way to the printer: {pages}.").format(
        issue=issue(version, copy_no), pages=sheets
    )


def upcoming(version: int, copy_no: int, said: str) -> str:
    """Say which issue comes next, and what it marks."""
    return _("Next: {issue}. {said}").format(issue=issue(version, copy_no), said=said)
