"""What a day is short of, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.wording import _, isolated, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence


def family(name: str, language: str = "") -> str:
    """Name what is short."""
    if name == "interpreter" and language:
        return _("Interpreters for {language}").format(language=isolated(language.title()))
    return {
        "interviewer": _("Interviewers"),
        "interpreter": _("Interpreters"),
        "room": _("Rooms"),
        "adult": _("Appropriate adults"),
        "person": _("The person's own time"),
        "several": _("Several at once"),
    }[name]


def bottleneck(shortages: Sequence[tuple[str, str, int]], without: int) -> str:
    """Name the day's bottleneck; `shortages` are family, language and count, gravest first."""
    if not without:
        return _("Every debrief that may be planned has a place.")
    own = [one for one in shortages if one[0] not in {"several", "person"}]
    if not own:
        return ngettext(
            "{n} debrief has no place, and no single shortage is the reason.",
            "{n} debriefs have no place, and no single shortage is the reason.",
            without,
        ).format(n=without)
    name, language, count = own[0]
    return ngettext(
        "Bottleneck: {family}. They leave {count} of {n} debrief without a place.",
        "Bottleneck: {family}. They leave {count} of {n} debriefs without a place.",
        without,
    ).format(family=family(name, language), count=count, n=without)


def share(booked: int, there: int) -> str:
    """Say how full something is."""
    percent = round(100 * booked / there) if there else 0
    return _("{percent} % of {hours} h").format(percent=percent, hours=f"{there / 60:,.0f}")


def exported(file: str) -> str:
    """Say that a staffing report was written."""
    return _("The staffing report is written to {file}.").format(file=isolated(file))


def sheet_titles() -> tuple[str, str]:
    """Name the sheets of the report."""
    return _("Staffing"), _("About")


def about(site: str, on: str, sentence: str) -> tuple[tuple[str, str], ...]:
    """Say what the report is."""
    return (
        (
            _("What this is"),
            _("What the day is short of, by the first true reason of each debrief"),
        ),
        (_("Site"), site),
        (_("Day"), on),
        (_("In short"), sentence),
        (_("Counted"), _("From the moment of the plan to the end of the day, in minutes")),
    )


def headings() -> dict[str, str]:
    """Name tables and columns of the report."""
    return {
        "shortages": _("What is short"),
        "uses": _("How full everything is"),
        "family": _("Staff or rooms"),
        "unplaced": _("Debriefs without a place"),
        "count": _("There"),
        "there": _("Minutes there"),
        "booked": _("Minutes booked"),
        "share": _("Booked, per cent"),
    }
