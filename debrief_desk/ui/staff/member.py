"""Who is this, and may they lead? Papers, experience and hours of one member of staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from debrief_desk.actions import accreditations, duties, experience
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.staff.hours import HoursCard
from debrief_desk.ui.staff.papers import PapersCard
from debrief_desk.ui.staff.record import RecordCard
from debrief_desk.ui.staff.told import About

if TYPE_CHECKING:
    from debrief_desk.ui.staff.screen import StaffScreen


class MemberView(QWidget):
    """One interviewer or interpreter; what is changed here is checked on every open plan."""

    def __init__(self, page: StaffScreen) -> None:
        super().__init__()
        self.page = page
        self.about = About()
        self.papers, self.record, self.hours = PapersCard(self), RecordCard(self), HoursCard(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.papers, 3)
        row = QHBoxLayout()
        row.setSpacing(12)
        for part in (self.record, self.hours):
            part.setMinimumWidth(0)
            row.addWidget(part, 1)
        column.addLayout(row, 4)
        for table in (self.papers.table, self.record.table, self.hours.table):
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        name_parts(self)

    def show_member(self, about: About) -> None:
        """Show somebody; their papers and hours are read."""
        self.about = about
        officer = about.kind == "interviewers"
        self.papers.setVisible(officer)
        self.record.setVisible(officer)
        if officer:
            self._read(accreditations.of, self.papers.show_rows)
            self._read(experience.record, self.record.show_record)
        self._read(duties.of, self.hours.show_rows)

    def first_focus(self) -> QWidget:
        """Give the papers, or the hours of who has none."""
        return self.papers.table if self.papers.isVisibleTo(self) else self.hours.table

    def send(self, action: Any, *arguments: Any, said: str) -> None:
        """Send a change and say what was done; the page reads again what it touched."""
        self.page.send(action, *arguments, then=lambda _done: self.page.said.emit(said, None))

    def _read(self, action: Any, show: Any) -> None:
        key = f"staff {action.__module__}.{action.__name__}"
        self.page.send(action, self.about.id, then=show, key=key)
