"""Every sentence a user reads: the gettext calls, and how times and data are written.

Sentences with values live beside this page, one module per subject (findings, failures, evidence,
imports, reasons). Windows, sheets and the command line share them; none of them knows Qt.
"""

from __future__ import annotations

import gettext as _gettext
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pathlib import Path

LONDON: Final = ZoneInfo("Europe/London")
_DOMAIN: Final = "debrief_desk"
_ISOLATE: Final = "\u2068"  # FIRST STRONG ISOLATE
_LEFT_TO_RIGHT: Final = "\u2066"  # LEFT-TO-RIGHT ISOLATE
_POP: Final = "\u2069"  # POP DIRECTIONAL ISOLATE

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def install(language: str, folder: Path) -> None:
    """Use the catalogue of `language` under `folder` from now on; English where there is none."""
    global _catalogue  # noqa: PLW0603 - gettext keeps one catalogue a process
    _catalogue = _gettext.translation(_DOMAIN, folder, [language], fallback=True)


def _(text: str) -> str:
    """Give the translation of `text`."""
    return _catalogue.gettext(text)


def N_(text: str) -> str:
    """Mark `text` for the catalogue where it is written; `_` translates it where it is shown."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """Give the translation of `one` or `many`, as `count` asks for in the language."""
    return _catalogue.ngettext(one, many, count)


def isolated(text: str) -> str:
    """Wrap data in an isolate, so that its direction cannot turn the sentence around it."""
    return f"{_ISOLATE}{text}{_POP}" if text else ""


def left_to_right(text: str) -> str:
    """Wrap a time, a reference or a number so that it reads left to right everywhere."""
    return f"{_LEFT_TO_RIGHT}{text}{_POP}" if text else ""


def london(moment: datetime) -> datetime:
    """Give an aware UTC moment as London wall-clock time (for showing, never for arithmetic)."""
    return moment.astimezone(LONDON)


def from_london(local: datetime, *, fold: int = 0) -> datetime:
    """Give a naive London wall-clock time as UTC; `fold` picks the second 01:30 in October."""
    return local.replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


def clock(moment: datetime) -> str:
    """Write the London time of a UTC moment as `14:08`."""
    return f"{london(moment):%H:%M}"


def day(moment: datetime | date) -> str:
    """Write a day as `Mon 23 Nov 2026` (the London day of a UTC moment)."""
    shown = london(moment) if isinstance(moment, datetime) else moment
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{names[shown.weekday()]} {shown.day} {_months()[shown.month - 1]} {shown.year}"


def day_and_clock(moment: datetime) -> str:
    """Write a UTC moment as `Mon 23 Nov 2026 14:08` in London time."""
    return f"{day(moment)} {clock(moment)}"


def span(start: datetime, end: datetime) -> str:
    """Write a span of UTC moments as `14:15–15:15` in London time."""
    return f"{clock(start)}–{clock(end)}"


def _months() -> tuple[str, ...]:
    return (
        *(_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")),
        *(_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")),
    )
