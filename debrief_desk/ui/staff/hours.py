"""When is somebody there? The usual shift, single shifts and absences, and how they change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from debrief_desk.actions import attendance
from debrief_desk.rules.codes import DutyKind
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.ui.staff.dialogs import DutyDialog, PatternDialog
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.attendance import NewDuty
    from debrief_desk.actions.duties import DutyRow
    from debrief_desk.ui.staff.member import MemberView


class HoursCard(QFrame):
    """The hours of the member of staff who is shown."""

    def __init__(self, view: MemberView) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.member = view
        self._rows: dict[str, DutyRow] = {}
        self.pattern = Label("", "strong", wrap=True)
        self.table: Table[DutyRow] = Table(
            _("Single shifts and absences"), _columns(), lambda row: row.id, compact=True
        )
        self.usual = Button(_("Usual shift…"))
        self.add_shift = Button(_("Shift…"))
        self.add_absence = Button(_("Absence…"))
        self.change = Button(_("Change…"))
        self.take_back = Button(_("Take back"))
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_PADDING, CARD_PADDING, CARD_PADDING, CARD_PADDING)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(Label(_("Hours"), "section"))
        row.addStretch(1)
        buttons = (self.usual, self.add_shift, self.add_absence, self.change, self.take_back)
        for button in buttons:
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.pattern)
        column.addWidget(self.table, 1)
        self.usual.clicked.connect(self._on_usual)
        self.add_shift.clicked.connect(partial(self.enter, DutyKind.SHIFT))
        self.add_absence.clicked.connect(partial(self.enter, DutyKind.ABSENCE))
        self.change.clicked.connect(self._on_change)
        self.take_back.clicked.connect(self._on_take_back)
        self.table.opened.connect(lambda _key: self._on_change())
        self.table.chosen.connect(lambda _key: self._allow())
        name_parts(self)
        self._allow()

    def show_rows(self, rows: Sequence[DutyRow]) -> None:
        """Show the usual shift, and these duties."""
        about = self.member.about
        self.pattern.setText(words.pattern(*about.shift))
        self._rows = {row.id: row for row in rows}
        self.table.set_rows(rows)
        if rows and self.table.key() is None:
            self.table.choose_row(0)
        self._allow()

    def enter(self, kind: DutyKind) -> None:
        """Ask for a single shift or an absence."""
        view = self.member

        def add(new: NewDuty) -> None:
            view.page.enter_duty(attendance.add, new)

        who = view.about.id, view.about.name
        DutyDialog(self, who, view.page.now(), add, kind=kind).open()

    def _chosen(self) -> DutyRow | None:
        return self._rows.get(str(self.table.key()))

    def _allow(self) -> None:
        for button in (self.change, self.take_back):
            button.setEnabled(self._chosen() is not None)

    def _on_usual(self) -> None:
        view = self.member

        def save(start: int | None, end: int | None, days: tuple[int, ...]) -> None:
            said = _("The usual shift is saved, and open plans are checked again.")
            view.send(attendance.set_pattern, view.about.id, start, end, days, said=said)

        PatternDialog(self, view.about.name, view.about.shift, save).open()

    def _on_change(self) -> None:
        row, view = self._chosen(), self.member
        if row is None:
            return

        def change(new: NewDuty) -> None:
            view.page.enter_duty(attendance.change, row.id, new)

        who = view.about.id, view.about.name
        DutyDialog(self, who, view.page.now(), change, kind=row.kind, held=row).open()

    def _on_take_back(self) -> None:
        row = self._chosen()
        if row is not None:
            self.member.send(
                attendance.cancel, row.id, said=_("Taken back; the usual shift holds.")
            )


def _columns() -> tuple[Column[DutyRow], ...]:
    return (
        Column(
            _("What"),
            lambda row: words.duty(row.kind, row.reason),
            severity=lambda row: Level.CHECK if row.kind is DutyKind.ABSENCE else Level.NOTE,
            width=116,
        ),
        Column(
            _("When"),
            lambda row: words.lasts(row.starts_at, row.ends_at),
            fixed=True,
            width=280,
            stretch=True,
        ),
    )
