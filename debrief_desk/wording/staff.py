"""What the lists of interviewers, interpreters and rooms say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from debrief_desk.rules.codes import AbsenceReason, AccreditationKind, DutyKind
from debrief_desk.rules.severity import Level
from debrief_desk.wording import N_, _, clock, day, day_and_clock, london, names, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from debrief_desk.rules.times import Window

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
    "absent": N_("Absent now."),
}


def verdict(level: Level, why: str = "") -> str:
    """Say in two or three words whether somebody may lead a debrief today."""
    if why == "absent":
        return _("Absent")
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


def shift(window: Window | None) -> str:
    """Write a span of work with its day, `Fri 20 · 07:00–15:00`; "" where there is none."""
    if window is None:
        return ""
    return f"{short_day(london(window.start).date())} · {_span(window)}"


def short_day(on: date) -> str:
    """Write a day of the next weeks as `Fri 20`."""
    return " ".join(day(on).split()[:2])


def cell(shifts: Sequence[Window], away: Sequence[str], *, single: bool) -> str:
    """Write a day of the week in full: absences first, then its shifts, a star for single ones."""
    text = ", ".join(_span(window) for window in shifts) or "–"
    reasons = ", ".join(absence(reason) for reason in away)
    text += "*" if single else ""
    return f"{reasons} · {text}" if reasons else text


def absence(reason: str) -> str:
    """Name why somebody is not there; an account that may not see it reads *Absent*."""
    return names.name(AbsenceReason(reason)) if reason else _("Absent")


def duty(kind: DutyKind, reason: str) -> str:
    """Name a single duty: a shift, or why somebody is not there."""
    return names.name(kind) if kind is DutyKind.SHIFT else absence(reason)


def lasts(start: datetime, end: datetime) -> str:
    """Write from when to when a duty lasts."""
    same = london(start).date() == london(end).date()
    return f"{day_and_clock(start)} – {clock(end) if same else day_and_clock(end)}"


def pattern(start: int | None, end: int | None, days: Sequence[int]) -> str:
    """Say the usual shift."""
    if start is None or end is None:
        return _("No usual shift is recorded: every time counts as possible.")
    on = ", ".join(weekdays()[at - 1] for at in days) if days else _("every day")
    return _("{hours}, {days}").format(hours=hours(start, end), days=on)


def weekdays() -> tuple[str, ...]:
    """Give the days of the week, Monday first."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def paper(kind: str, level: str) -> str:
    """Name a paper: its kind, or what a sheet calls it, with its level."""
    known = kind in set(AccreditationKind)
    name = names.name(AccreditationKind(kind)) if known else kind
    return f"{name} {level}".strip()


def experience(led: int, second: int, supervised: int, last_on: date | None) -> str:
    """Say what somebody has done in all."""
    text = _("Led {led}, second in {second}, {supervised} of all supervised.").format(
        led=led, second=second, supervised=supervised
    )
    return text if last_on is None else text + " " + _("Last on {day}.").format(day=day(last_on))


def from_sheet(led: int, supervised: int) -> str:
    """Say what the agency's sheet declares."""
    return _("By the agency's sheet: {led} led, {supervised} of these supervised.").format(
        led=led, supervised=supervised
    )


def from_here(led: int, second: int, supervised: int) -> str:
    """Say what was completed on this desk."""
    return _("On this desk since: {led} led, {second} as second, {supervised} supervised.").format(
        led=led, second=second, supervised=supervised
    )


def declared(countersigned_by: str, declared_by: str) -> str:
    """Say whether a declaration counts, and who stands for it."""
    if countersigned_by:
        return _("Countersigned by {who}").format(who=countersigned_by)
    return _("Declared by {who}").format(who=declared_by)


def days_left(days: int) -> str:
    """Say how many days are left, or that the time is over."""
    if days < 0:
        return _("Ended")
    return ngettext("{n} day", "{n} days", days).format(n=days) if days else _("Today")


def needing(who: str, count: int) -> str:
    """Say how many debriefs need somebody in place of a person."""
    if not count:
        return _("{who}: no debrief needs somebody else.").format(who=who)
    return ngettext(
        "{who}: {n} debrief now needs somebody else.",
        "{who}: {n} debriefs now need somebody else.",
        count,
    ).format(who=who, n=count)


def handed_over(who: str, count: int, barred: int) -> str:
    """Say how many debriefs somebody takes over, and how many are not cleared with that."""
    text = ngettext(
        "{who} takes over {n} debrief.", "{who} takes over {n} debriefs.", count
    ).format(who=who, n=count)
    if not barred:
        return text
    more = ngettext("{n} cannot be cleared yet.", "{n} cannot be cleared yet.", barred)
    return f"{text} {more.format(n=barred)}"


def due_titles() -> tuple[str, ...]:
    """Give the titles of the list of what is due as a sheet."""
    return (_("Name"), _("Agency"), _("What"), _("Ends on"), _("Days left"))


def exported(count: int) -> str:
    """Say that the list was written."""
    return ngettext("{n} line was written.", "{n} lines were written.", count).format(n=count)


def due(count: int, ended: int) -> str:
    """Say how much is due, and how much of it is over."""
    text = ngettext("{n} thing is due", "{n} things are due", count).format(n=count)
    return _("{all} · {n} ended").format(all=text, n=ended)


def _span(window: Window) -> str:
    return f"{clock(window.start)}–{clock(window.end)}"
