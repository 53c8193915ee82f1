"""What the lists of interviewers, interpreters and rooms show of a row."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from debrief_desk.rules.codes import Mode
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.tables import Column
from debrief_desk.wording import _, names, staff

if TYPE_CHECKING:
    from debrief_desk.actions.duties import WeekRow
    from debrief_desk.actions.renewals import Renewal
    from debrief_desk.actions.staff import InterpreterRow, InterviewerRow, RoomRow


def interviewers() -> tuple[Column[InterviewerRow], ...]:
    """Give the columns of the list of interviewers."""
    return (
        Column(
            _("Today"),
            lambda row: staff.verdict(row.level, row.reason),
            severity=lambda row: row.level,
            tooltip=lambda row: staff.reason(row.reason, row.valid_to),
            sort="today",
            width=122,
        ),
        Column(_("Name"), lambda row: row.name, strong=True, sort="name", width=130, stretch=True),
        Column(_("Agency"), lambda row: row.agency, sort="agency", width=100),
        Column(_("Tier"), lambda row: _number(row.tier), fixed=True, sort="tier", width=52),
        Column(
            _("Led"),
            lambda row: str(row.led),
            tooltip=_experience,
            fixed=True,
            sort="led",
            width=52,
        ),
        Column(
            _("Supervised"),
            lambda row: str(row.supervised),
            tooltip=_experience,
            fixed=True,
            sort="supervised",
            width=92,
        ),
        Column(
            _("Last debrief"),
            lambda row: staff.until(row.last_debrief_on),
            fixed=True,
            sort="last",
            width=128,
        ),
        Column(
            _("Authorised to"),
            lambda row: staff.until(row.valid_to),
            fixed=True,
            sort="valid",
            width=128,
        ),
        Column(_("Languages"), lambda row: ", ".join(row.languages), width=96),
        Column(
            _("Next duty"), lambda row: staff.shift(row.next), fixed=True, sort="next", width=150
        ),
        Column(
            _("Planned"),
            lambda row: str(row.planned),
            tooltip=lambda _row: _("Plans from now to this time tomorrow"),
            fixed=True,
            sort="planned",
            width=72,
        ),
    )


def interpreters() -> tuple[Column[InterpreterRow], ...]:
    """Give the columns of the list of interpreters."""
    return (
        Column(
            _("Today"),
            _interpreter_verdict,
            severity=_interpreter_level,
            width=122,
        ),
        Column(_("Name"), lambda row: row.name, strong=True, width=180, stretch=True),
        Column(_("Languages"), lambda row: ", ".join(row.languages), width=220),
        Column(_("Modes"), lambda row: _modes(row.modes), width=180),
        Column(_("Qualification"), lambda row: row.qualification, width=120),
        Column(_("Valid to"), lambda row: staff.until(row.valid_to), fixed=True, width=132),
        Column(_("Next duty"), lambda row: staff.shift(row.next), fixed=True, width=150),
    )


def due() -> tuple[Column[Renewal], ...]:
    """Give the columns of what ends soon or has ended."""
    return (
        Column(
            _("Left"),
            lambda row: staff.days_left(row.days_left),
            severity=lambda row: Level.STOP if row.days_left < 0 else Level.CHECK,
            width=112,
        ),
        Column(_("Name"), lambda row: row.who, strong=True, width=180, stretch=True),
        Column(_("Agency"), lambda row: row.agency, width=160),
        Column(_("What"), lambda row: names.name(row.what), width=200),
        Column(_("Ends on"), lambda row: staff.until(row.ends_on), fixed=True, width=160),
    )


def week(first: date) -> tuple[Column[WeekRow], ...]:
    """Give the columns of seven days from `first`."""
    days = tuple(
        Column(
            staff.short_day(first + timedelta(days=at)),
            partial(_cell, at),
            severity=partial(_absent, at),
            tooltip=partial(_whole_cell, at),
            fixed=True,
            width=112,
        )
        for at in range(7)
    )
    return (
        Column(_("Name"), lambda row: row.name, strong=True, width=120, stretch=True),
        Column(_("Agency"), lambda row: row.agency, width=96),
        *days,
    )


def rooms() -> tuple[Column[RoomRow], ...]:
    """Give the columns of the list of rooms."""
    return (
        Column(_("Room"), lambda row: row.name, strong=True, width=140),
        Column(_("Seats"), lambda row: _number(row.seats), fixed=True, width=72),
        Column(_("Features"), lambda row: ", ".join(row.features), width=260, stretch=True),
        Column(_("Open"), lambda row: staff.hours(row.opens, row.closes), fixed=True, width=120),
        Column(_("Next to"), lambda row: ", ".join(row.neighbours), width=200),
    )


def _cell(at: int, row: WeekRow) -> str:
    """Say why somebody is away, else when they are there."""
    away = _away(at, row)
    return ", ".join(staff.absence(reason) for reason in away) or _whole_cell(at, row)


def _whole_cell(at: int, row: WeekRow) -> str:
    return staff.cell(row.days[at].shifts, _away(at, row), single=row.days[at].single)


def _away(at: int, row: WeekRow) -> list[str]:
    return [duty.reason for duty in row.days[at].absences]


def _absent(at: int, row: WeekRow) -> Level | None:
    return Level.CHECK if row.days[at].absences else None


def _experience(row: InterviewerRow) -> str:
    return _("{led} led, {second} as second, {supervised} supervised").format(
        led=row.led, second=row.second, supervised=row.supervised
    )


def _interpreter_level(row: InterpreterRow) -> Level:
    return Level.CLEAR if row.qualification and not row.expired else Level.CHECK


def _interpreter_verdict(row: InterpreterRow) -> str:
    if row.expired:
        return _("Expired")
    return _("Qualified") if row.qualification else _("No proof")


def _modes(codes: tuple[str, ...]) -> str:
    return ", ".join(names.name(Mode(code)) for code in codes)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
