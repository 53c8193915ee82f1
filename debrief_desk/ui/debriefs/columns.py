"""Which columns do the lists of debriefs and of people found have?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.ui.parts.tables import Column
from debrief_desk.wording import _, day, names, span

if TYPE_CHECKING:
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.people import PersonRow
    from debrief_desk.rules.severity import Level

DAY_COLUMN = 1


def of_debriefs() -> tuple[Column[DebriefRow], ...]:
    """Give the columns of the list of debriefs; the day is hidden while one day is shown."""
    return (
        Column(_("Check"), lambda _row: "", severity=_level, sort="check", width=92),
        Column(_("Day"), lambda row: day(row.starts_at), fixed=True, sort="time", width=128),
        Column(
            _("Time"),
            lambda row: span(row.starts_at, row.ends_at),
            fixed=True,
            sort="time",
            width=104,
        ),
        Column(_("Person"), _person, strong=True, sort="person", width=190, stretch=True),
        Column(_("Own script"), lambda row: row.own_script, width=128),
        Column(_("Agency"), _agency, sort="agency", width=124, tooltip=_agency),
        Column(_("Lead"), lambda row: row.lead, sort="lead", width=118),
        Column(_("Room"), lambda row: row.room, sort="room", width=88),
        Column(_("State"), lambda row: names.name(row.state), sort="state", width=104),
    )


def of_people() -> tuple[Column[PersonRow], ...]:
    """Give the columns of the people found in the form."""
    return (
        Column(_("Name"), lambda row: row.name, strong=True, width=160, stretch=True),
        Column(_("Own script"), lambda row: row.own_script, width=92),
        Column(_("Band"), lambda row: row.band, fixed=True, width=68),
        Column(_("Boat"), lambda row: row.event, fixed=True, width=88),
        Column(_("Born"), lambda row: row.born, fixed=True, width=96),
        Column(_("Agency"), lambda row: row.agency, width=100),
        Column(_("Plans"), lambda row: str(row.open_plans or ""), fixed=True, width=52),
    )


def _level(row: DebriefRow) -> Level | None:
    """Give what the check says; of another agency's debrief nobody here knows."""
    return row.level if row.registration_id else None


def _person(row: DebriefRow) -> str:
    return row.person or _("Another agency's")


def _agency(row: DebriefRow) -> str:
    return ", ".join((row.agency, *row.partners))
