"""What can be done with whom is chosen, and why may they lead or not?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.actions import renewals
from debrief_desk.rules.roles import Right
from debrief_desk.rules.severity import Level
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.choosing import choose_target
from debrief_desk.ui.parts.labels import ElidedLabel
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.staff.told import told
from debrief_desk.wording import _
from debrief_desk.wording import staff as words

if TYPE_CHECKING:
    from pathlib import Path

    from debrief_desk.ui.staff.screen import StaffScreen


class StaffFoot(QWidget):
    """The verdict on the chosen interviewer, and the steps: open, ill today, leaves, board."""

    def __init__(self, page: StaffScreen) -> None:
        super().__init__()
        self.page = page
        self.verdict = SeverityBadge(Level.CLEAR)
        self.reason = ElidedLabel()
        self.back = Button(_("Back to the list"))
        self.open = Button(_("Open"))
        self.ill = Button(_("Ill today…"))
        self.leaves = Button(_("Leaves…"))
        self.export = Button(_("Export…"), icon="download-simple")
        self.to_board = Button(_("Show on the board"), icon="calendar-blank")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.verdict)
        row.addWidget(self.reason, 1)
        for button in (self.back, self.open, self.ill, self.leaves, self.export, self.to_board):
            row.addWidget(button)
        for keys, button in self.shortcuts():
            button.setToolTip(f"{button.text()} ({keys})")
        self.back.clicked.connect(page.show_lists)
        self.open.clicked.connect(lambda: page.current_table().opened.emit(None))
        self.ill.clicked.connect(self._on_ill)
        self.leaves.clicked.connect(self._on_leaves)
        self.export.clicked.connect(self._on_export)
        self.to_board.clicked.connect(self._on_board)
        name_parts(self)

    def shortcuts(self) -> tuple[tuple[str, Button], ...]:
        """Give the key that presses each button while a table has the keyboard."""
        return (("O", self.open), ("I", self.ill), ("B", self.to_board))

    def show_chosen(self) -> None:
        """Say of the chosen row why somebody may lead or not; offer what may be done."""
        page, kind = self.page, self.page.kinds.choice()
        row, member = page.chosen(), page.is_member()
        page.foot.setVisible(row is not None or member)
        judged = row is not None and not member and kind == "interviewers"
        self.verdict.setVisible(judged)
        self.reason.setText("" if row is None or member else told(row))
        if judged:
            self.verdict.set_badge(row.level, words.verdict(row.level, row.reason))
        person = page.chosen_about() is not None and page.may(Right.MANAGE_STAFF)
        for button, shown in (
            (self.back, member),
            (self.open, person and not member),
            (self.ill, person),
            (self.leaves, person and member),
            (self.export, kind == "due" and not member and page.may(Right.MANAGE_STAFF)),
            (self.to_board, not member and kind not in {"week", "due"}),
        ):
            button.setVisible(shown)
            button.setEnabled(shown)

    def _on_ill(self) -> None:
        about = self.page.chosen_about()
        if about is not None:
            self.page.handing.ill(about)

    def _on_leaves(self) -> None:
        about = self.page.chosen_about()
        if about is not None:
            self.page.handing.leave(about)

    def _on_export(self) -> None:
        choose_target(self, _("Export what is due"), "due.csv", self.write_to)

    def write_to(self, path: Path) -> None:
        """Write what is due to a file."""
        page = self.page
        page.send(renewals.export, path, then=lambda n: page.said.emit(words.exported(n), None))

    def _on_board(self) -> None:
        page = self.page
        kind, key = page.kinds.choice(), page.current_table().key()
        if key is not None:
            page.go.emit("board", (kind, key))
