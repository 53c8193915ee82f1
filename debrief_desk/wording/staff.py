"""What the lists of interviewers, interpreters and rooms say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.severity import Level
from debrief_desk.wording import N_, _, day

if TYPE_CHECKING:
    from datetime import date

_DAY_MINUTES: Final = 24 * 60
_VERDICTS: Final = {
    Level.STOP: N_("May not lead"),
    Level.CHECK: N_("Second only"),
    Level.CLEAR: N_("May lead"),
}
_REASONS: Final = {
    "revoked": N_("The authorisation was revoked."),
    "none": N_("No authorisation is recorded."),
    "not_yet": N_("The authorisation has not begun."),
    "no_date": N_("The authorisation has no date."),
    "level": N_("Below the interview tier of a lead."),
    "debriefs": N_("Too few debriefs so far."),
    "supervised": N_("Too few supervised debriefs so far."),
}


def verdict(level: Level) -> str:
    """Say in two or three words whether somebody may lead a debrief today."""
    return _(_VERDICTS.get(level, _VERDICTS[Level.CHECK]))


def reason(code: str, valid_to: date | None = None) -> str:
    """Say why somebody may not lead; "" where nothing stands in the way."""
    if code == "expired":
        if valid_to is None:
            return _("The authorisation has ended.")
        return _("The authorisation ended on {day}.").format(day=day(valid_to))
    return _(_REASONS[code]) if code in _REASONS else ""


def hours(start: int | None, end: int | None) -> str:
    """Write a daily span of minutes after midnight as `07:00–15:00`; "" where it is not known."""
    if start is None or end is None:
        return ""
    if (start, end) == (0, _DAY_MINUTES):
        return _("all day")
    return f"{_clock(start)}–{_clock(end)}"


def until(last: date | None) -> str:
    """Say until when something is valid; "" where no day is recorded."""
    return day(last) if last is not None else ""


def expired(last: date) -> str:
    """Say that something has ended."""
    return _("Ended {day}").format(day=day(last))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
