"""Who stands in a conflict? Every side in a line, with the ways to its person and its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from debrief_desk.actions.outcomes import letter
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.compare import Side
from debrief_desk.ui.parts.labels import ElidedLabel, Label, fixed
from debrief_desk.wording import _, clock, day, names, span
from debrief_desk.wording import conflicts as sentences

if TYPE_CHECKING:
    from datetime import datetime

    from debrief_desk.actions.parties import PartyRow


class Sides(QWidget):
    """All sides of a conflict, one below the other; of other agencies the pointer only."""

    opened = Signal(str, str)
    """(place, id): what the user wants to see."""

    def __init__(
        self, parties: tuple[PartyRow, ...], now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Sides"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        titles = ("", _("Agency"), _("Person"), _("Reference"), _("When"), _("Room"), _("Lead"), "")
        for column, title in enumerate(titles):
            grid.addWidget(Label(title, "label"), 0, column)
        for column, share in ((1, 4), (2, 5), (5, 2), (6, 3)):
            grid.setColumnStretch(column, share)
        for at, party in enumerate(parties, 1):
            self._add(grid, at, party, now)

    def _add(self, grid: QGridLayout, at: int, party: PartyRow, now: datetime) -> None:
        person = party.person if party.seen else sentences.pointer(party.agency, party.contact)
        cells = (
            Label(letter(at - 1), "section"),
            ElidedLabel(party.agency),
            ElidedLabel(person, "strong" if party.seen else "body"),
            fixed(party.debrief_reference or party.check_reference),
            fixed(when(party, now)),
            ElidedLabel(party.room),
            ElidedLabel(party.lead),
        )
        for column, cell in enumerate(cells):
            grid.addWidget(cell, at, column)
        grid.addWidget(ways(party, at - 1, self.opened), at, len(cells))


def ways(party: PartyRow, position: int, opened: object) -> QWidget:
    """Give the buttons that lead to the person and the plan of a side."""
    box, plan = QWidget(), party.debrief_id if party.seen else ""
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    targets = (
        (_("Person"), "people", "people", party.registration_id),
        (_("Plan"), "debriefs", "debriefs", plan),
        (_("Free slots"), "slots", "debriefs", f"slots:{plan}" if plan else ""),
    )
    for text, called, place, target in targets:
        if target:
            button = Button(text, "quiet")
            button.setAccessibleName(f"{letter(position)}: {text}")
            button.setObjectName(f"{called}_{position}")
            button.clicked.connect(
                lambda _checked, place=place, target=target: opened.emit(place, target)  # type: ignore[attr-defined]
            )
            row.addWidget(button)
    row.addStretch(1)
    return box


def when(party: PartyRow, now: datetime) -> str:
    """Give the slot of a side, with its day unless it is today."""
    if party.starts_at is None or party.ends_at is None:
        return ""
    slot = span(party.starts_at, party.ends_at)
    return slot if day(party.starts_at) == day(now) else f"{day(party.starts_at)} {slot}"


def heading(party: PartyRow, position: int, other: PartyRow) -> Side:
    """Give the heading of a side above the comparison, with who was first in time (D-8)."""
    state = names.name(party.state) if party.state is not None else ""
    saved = clock(party.first_saved_at) if party.first_saved_at is not None else ""
    level, badge = _standing(party, other)
    return Side(
        tag=letter(position),
        title=party.agency,
        detail=sentences.side_detail(party.debrief_reference or party.row_reference, state, saved),
        level=level,
        badge=badge,
    )


def _standing(party: PartyRow, other: PartyRow) -> tuple[Level | None, str]:
    """Say which of two plans was first; nothing where one has none, or both came at once."""
    mine, theirs = party.first_saved_at, other.first_saved_at
    if mine is None or theirs is None or mine == theirs:
        return None, ""
    return (Level.CLEAR, _("First")) if mine < theirs else (Level.NOTE, _("Second"))
