"""What a printed roster says around its rows: on top, at the foot, and where there is no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, day, ngettext
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
    """Say what the bars beside rows mean; `counts` has `new`, `changed`, `cancelled`."""
    if not compared_with:
        return _("First issue.")
    parts = (
        ngettext("{n} new", "{n} new", counts.get("new", 0)).format(n=counts.get("new", 0)),
        ngettext("{n} changed", "{n} changed", counts.get("changed", 0)).format(
            n=counts.get("changed", 0)
        ),
        ngettext("{n} cancelled", "{n} cancelled", counts.get("cancelled", 0)).format(
            n=counts.get("cancelled", 0)
        ),
    )
    if not sum(counts.values()):
        return _("Nothing has changed since version {version}.").format(version=compared_with)
    return _("Since version {version}: {parts} (rows with a bar and a word).").format(
        version=compared_with, parts=", ".join(parts)
    )


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
