"""What rosters say in their headings and on the page that explains them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, day, day_and_clock, isolated, ngettext

if TYPE_CHECKING:
    from datetime import date, datetime


def column_title(key: str) -> str:
    """Give the heading of a roster column."""
    return {
        "change": _("Change"),
        "day": _("Day"),
        "start": _("Start"),
        "end": _("End"),
        "room": _("Room"),
        "reference": _("Reference"),
        "agency": _("Agency"),
        "partner": _("Partner agency"),
        "person": _("Person"),
        "own_script": _("Name in own script"),
        "language": _("Language"),
        "lead": _("Lead"),
        "second": _("Second"),
        "interpreter": _("Interpreter"),
        "state": _("State"),
        "missing": _("Still missing"),
        "deconfliction_reference": _("Deconfliction reference"),
    }[key]


def change_word(change: str) -> str:
    """Give the word for a row that differs from the previous issue; "" where nothing changed."""
    return {
        "new": _("New"),
        "changed": _("Changed"),
        "cancelled": _("Cancelled"),
    }.get(change, "")


def level_name(level: str) -> str:
    """Give the name of a level of detail."""
    return {
        "door": _("Door list"),
        "interviewer": _("Interviewer roster"),
        "interpreter": _("Interpreter roster"),
        "supervisor": _("Supervisor roster"),
    }[level]


def title_line(
    *,
    marking: str,
    level: str,
    site: str,
    date_of: date,
    window: str,
    agency: str,
    version: int,
    copy_no: int,
) -> str:
    """Give the line that stands above a roster: marking, what it is, version and copy."""
    parts = (
        marking,
        level_name(level),
        site,
        day(date_of),
        window,
        agency or _("all agencies"),
        _("version {version}").format(version=version),
        _("copy {copy}").format(copy=copy_no),
    )
    return " · ".join(part for part in parts if part)


def issue_line(
    *, recipient: str, printed_by: str, printed_at: datetime, expires: datetime | None
) -> str:
    """Give the line that says for whom an issue is, who made it and until when it counts."""
    parts = (
        _("for {recipient}").format(recipient=recipient) if recipient else "",
        _("issued by {name}").format(name=printed_by) if printed_by else "",
        day_and_clock(printed_at),
        _("not to be used after {moment}").format(moment=day_and_clock(expires)) if expires else "",
    )
    return " · ".join(part for part in parts if part)


def about_title() -> str:
    """Give the name of the sheet that says what a roster is."""
    return _("About this roster")


def issue_facts(
    *, lines: int, recipient: str, printed_by: str, printed_at: datetime, expires: datetime | None
) -> tuple[tuple[str, str], ...]:
    """Give label and text of what a reader has to know about an issue, beside its title line."""
    facts = (
        (_("Debriefs listed"), str(lines)),
        (_("For"), recipient),
        (_("Issued by"), printed_by),
        (_("Issued at"), day_and_clock(printed_at)),
        (_("Not to be used after"), day_and_clock(expires) if expires else ""),
        (_("Times"), _("All times are Europe/London.")),
        (
            _("Formulas"),
            _(
                "This workbook holds no formulas and no links. Text that begins with = + - or @ is "
                "text, and stays as it was typed."
            ),
        ),
    )
    return tuple((label, text) for label, text in facts if text)


def roster_facts(
    *,
    marking: str,
    level: str,
    site: str,
    date_of: date,
    window: str,
    agency: str,
    version: int,
    copy_no: int,
) -> tuple[tuple[str, str], ...]:
    """Give label and text of what a roster is."""
    return (
        (_("Marking"), marking),
        (_("What this is"), level_name(level)),
        (_("Site"), site),
        (_("Day"), day(date_of)),
        (_("Window"), window or _("the whole day")),
        (_("Agency"), agency or _("all agencies")),
        (_("Version"), str(version)),
        (_("Copy"), str(copy_no)),
    )


def guard_note() -> str:
    """Say in a CSV file what was done to keep its text from being run as formulas."""
    return _(
        "Cells that begin with = + - or @ have an apostrophe in front, so that no spreadsheet runs "
        "them. Debrief Desk takes it off again when it reads this file."
    )


def calendar_title(reference: str, room: str) -> str:
    """Give the title of a debrief in a calendar: no personal data."""
    if not room:
        return _("Debrief {reference}").format(reference=reference)
    return _("Debrief {reference} · {room}").format(reference=reference, room=room)


def post_name(post: str) -> str:
    """Name for whom a roster is alone."""
    return {
        "all": _("Everybody"),
        "room": _("One room"),
        "interviewer": _("One interviewer"),
        "interpreter": _("One interpreter"),
    }[post]


def each(count: int) -> str:
    """Name the choice of one roster for each."""
    return ngettext("Each, {n} roster", "Each, {n} rosters", count).format(n=count)


def bundle(count: int, folder: str) -> str:
    """Say that a bundle was written."""
    return ngettext(
        "{n} roster is written to {folder}, and recorded by name.",
        "{n} rosters are written to {folder}, each recorded by name.",
        count,
    ).format(n=count, folder=isolated(folder))
