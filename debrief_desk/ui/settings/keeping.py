"""Whose names would be removed today, and what would stay? A rehearsal: nothing is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from debrief_desk.actions import keeping
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.states import States
from debrief_desk.ui.parts.tables import Column, Table
from debrief_desk.wording import _, day, failures, isolated
from debrief_desk.wording import keeping as wording

if TYPE_CHECKING:
    from debrief_desk.actions.keeping import Due, DueRow
    from debrief_desk.errors import DeskError
    from debrief_desk.ui.worker import Worker


class KeepingSection(QWidget):
    """How many people would lose their names today, who they are, and what stays of each."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self.setAccessibleName(_("How long names are kept"))
        self.summary = Label("", "section", wrap=True)
        self.rest = Label("", "muted", wrap=True)
        self.table: Table[DueRow] = Table(
            _("People whose names are due"), _columns(), key=lambda row: row.person_id
        )
        self.states = States(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.summary)
        column.addWidget(self.rest)
        column.addWidget(self.states, 1)
        name_parts(self)

    def first_focus(self) -> QWidget:
        """Give the list, or the button that asks again while there is none."""
        return self.table if self.states.currentWidget() is self.table else self.states.action

    def reload(self) -> None:
        """Ask what would be removed today."""
        self.states.show_loading()
        self._worker.send(keeping.due, then=self._show, failed=self._say, key="settings keeping")

    def _show(self, due: Due) -> None:
        self.summary.setText(wording.summary(len(due.rows), due.on, due.identity_days))
        said = (
            wording.left_alone(due.later, due.unknown),
            _("Slots, states, decisions and the log of who did what stay."),
            _("This is a rehearsal: nothing is removed here."),
        )
        self.rest.setText(" ".join(filter(None, said)))
        self.table.set_rows(due.rows)
        if due.rows:
            self.states.show_content()
        else:
            self.states.show_empty(
                _("No name is due today"),
                _("Everybody here left not long ago, or is still here."),
                action=_("Look again"),
                do=self.reload,
                icon="check",
            )

    def _say(self, error: DeskError) -> None:
        self.summary.setText("")
        self.rest.setText("")
        self.states.show_failed(
            _("This list cannot be shown"),
            failures.sentence(error),
            action=_("Try again"),
            do=self.reload,
        )


def _columns() -> tuple[Column[DueRow], ...]:
    return (
        Column(
            _("Person"),
            lambda row: isolated(" / ".join(row.names)),
            strong=True,
            width=220,
            stretch=True,
        ),
        Column(_("Agencies"), lambda row: ", ".join(row.agencies), width=180),
        Column(_("Left"), lambda row: day(row.left_at), width=130),
        Column(_("Due since"), lambda row: day(row.due_on), width=130),
        Column(
            _("What stays"),
            lambda row: wording.stays(row.debriefs, row.marked_until),
            width=400,
        ),
    )
