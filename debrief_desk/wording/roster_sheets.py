"""What rosters say in their headings and on the page that explains them."""

from __future__ import annotations

from debrief_desk.wording import _


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
