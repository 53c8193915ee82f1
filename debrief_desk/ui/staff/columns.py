"""What the lists of interviewers, interpreters and rooms show of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.rules.codes import Mode
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.tables import Column
from debrief_desk.wording import _, names, staff

if TYPE_CHECKING:
    from debrief_desk.actions.staff import InterpreterRow, InterviewerRow, RoomRow


def interviewers() -> tuple[Column[InterviewerRow], ...]:
    """Give the columns of the list of interviewers."""
    return (
        Column(
            _("Today"),
            lambda row: staff.verdict(row.level),
            severity=lambda row: row.level,
            tooltip=lambda row: staff.reason(row.reason, row.valid_to),
            sort="today",
            width=122,
        ),
        Column(_("Name"), lambda row: row.name, strong=True, sort="name", width=130, stretch=True),
        Column(_("Agency"), lambda row: row.agency, sort="agency", width=104),
        Column(_("Tier"), lambda row: _number(row.tier), fixed=True, sort="tier", width=56),
        Column(_("Led"), lambda row: str(row.led), fixed=True, sort="led", width=56),
        Column(
            _("Last debrief"),
            lambda row: staff.until(row.last_debrief_on),
            fixed=True,
            sort="last",
            width=132,
        ),
        Column(
            _("Authorised to"),
            lambda row: staff.until(row.valid_to),
            fixed=True,
            sort="valid",
            width=132,
        ),
        Column(
            _("Vetting"),
            lambda row: row.vetting,
            tooltip=lambda row: staff.until(row.vetting_to),
            width=72,
        ),
        Column(_("Languages"), lambda row: ", ".join(row.languages), width=118),
        Column(
            _("Shift"),
            lambda row: staff.hours(row.shift_start, row.shift_end),
            fixed=True,
            width=108,
        ),
        Column(
            _("Planned"),
            lambda row: str(row.planned),
            tooltip=lambda _row: _("Plans from now to this time tomorrow"),
            fixed=True,
            sort="planned",
            width=78,
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
        Column(
            _("Shift"),
            lambda row: staff.hours(row.shift_start, row.shift_end),
            fixed=True,
            width=120,
        ),
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
