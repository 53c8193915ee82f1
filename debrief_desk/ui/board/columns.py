"""What the list beside the board shows of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debrief_desk.ui.parts.tables import Column
from debrief_desk.wording import _, names
from debrief_desk.wording import board as words

if TYPE_CHECKING:
    from debrief_desk.ui.board.day_rows import ListRow


def list_columns() -> tuple[Column[ListRow], ...]:
    """Give the columns of the list that says what the board shows."""
    return (
        Column(_("Check"), lambda _row: "", severity=lambda row: row.plan.level, width=92),
        Column(_("Time"), lambda row: row.when, fixed=True, width=108),
        Column(_("Place"), lambda row: row.place, width=104),
        Column(
            _("Overlap"), lambda row: words.overlap(row.shared) if row.shared else "", width=120
        ),
        Column(_("Person"), lambda row: row.plan.person, strong=True, width=170, stretch=True),
        Column(_("Own script"), lambda row: row.plan.own_script, width=120),
        Column(_("Agency"), lambda row: row.plan.agency, width=104),
        Column(_("Lead"), lambda row: row.plan.lead, width=112),
        Column(_("State"), lambda row: names.name(row.plan.state), width=96),
    )
