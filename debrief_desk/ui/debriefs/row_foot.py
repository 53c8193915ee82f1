"""What can be done to the debrief chosen in the list?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.actions import approaches, plans, welfare
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.ui.debriefs.dialogs import AnswerDialog, CancelDialog
from debrief_desk.ui.debriefs.welfare import WelfareDialog
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel, tip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, names, planning
from debrief_desk.wording import welfare as sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.approaches import Answer
    from debrief_desk.actions.debriefs import DebriefRow
    from debrief_desk.actions.welfare import WelfareEntry
    from debrief_desk.errors import DeskError
    from debrief_desk.rules.codes import CancelReason
    from debrief_desk.ui.debriefs.screen import DebriefsScreen


class RowFoot(QWidget):
    """Where the chosen debrief stands, and the steps it may take now."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, page: DebriefsScreen, row: Callable[[], DebriefRow | None]) -> None:
        super().__init__()
        self.page, self._row = page, row
        self.badge = SeverityBadge(Level.CLEAR)
        self.remark = ElidedLabel("", "muted")
        self.open = Button(_("Open"))
        self.move_button = Button(_("Move"))
        self.answer = Button(_("Record answer"))
        self.welfare = Button(_("Record welfare…"))
        self.cancel = Button(_("Cancel…"))
        self.clear = Button(_("Mark cleared"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.badge)
        line.addWidget(self.remark, 1)
        for keys, button in self.shortcuts():
            line.addWidget(button)
            button.setToolTip(tip(f"{button.text()} ({keys})"))
        self.open.clicked.connect(self._on_open)
        self.move_button.clicked.connect(self._on_move)
        self.answer.clicked.connect(self._on_answer)
        self.welfare.clicked.connect(self._on_welfare)
        self.cancel.clicked.connect(self._on_cancel)
        self.clear.clicked.connect(self._on_clear)
        name_parts(self)
        self.show_row(None)

    def shortcuts(self) -> tuple[tuple[str, Button], ...]:
        """Give the key that presses each button while the table has the focus."""
        return (
            ("O", self.open),
            ("M", self.move_button),
            ("A", self.answer),
            ("W", self.welfare),
            ("Del", self.cancel),
            ("C", self.clear),
        )

    def show_row(self, row: DebriefRow | None) -> None:
        """Offer what may be done to a row; nothing for None or for another agency's."""
        seen = row is not None and bool(row.registration_id)
        still = seen and row is not None and row.state.is_open
        self.badge.setVisible(row is not None)
        if row is None:
            self.remark.setText(_("Choose a debrief to see what can be done."))
        else:
            self.badge.set_badge(row.level)
            state = names.name(row.state)
            self.remark.setText(
                planning.selected(row.reference, state, bars=row.bars_cleared and still)
                if still
                else planning.closed(row.reference, state)
            )
        self.open.setEnabled(seen)
        self.move_button.setEnabled(still)
        self.answer.setEnabled(still)
        self.welfare.setEnabled(still)
        cancellable = row is not None and row.state.may_become(DebriefState.CANCELLED)
        self.cancel.setEnabled(still and cancellable)
        clearable = row is not None and row.state.may_become(DebriefState.CLEARED)
        self.clear.setEnabled(still and clearable)

    def _on_open(self) -> None:
        row = self._row()
        if row is not None:
            self.opened.emit(row.id)

    def _on_move(self) -> None:
        row = self._row()
        if row is not None:
            self.moved.emit(row.id)

    def _on_clear(self) -> None:
        row = self._row()
        if row is None:
            return
        said = planning.cleared(row.reference)
        self.page.send(
            plans.clear,
            row.id,
            row.version,
            then=lambda _done: self.page.said.emit(said, None),
            failed=lambda error: self._explain(row.id, error),
        )

    def _explain(self, debrief_id: str, error: DeskError) -> None:
        self.page.tell(
            Level.CHECK,
            self.page.sentence(error),
            action=_("See what is open"),
            do=lambda: self.opened.emit(debrief_id),
        )

    def _on_cancel(self) -> None:
        row = self._row()
        if row is None:
            return

        def cancel(reason: CancelReason) -> None:
            said = planning.cancelled(row.reference)
            self.page.send(
                plans.cancel,
                row.id,
                row.version,
                reason,
                then=lambda _done: self.page.said.emit(said, None),
            )

        CancelDialog(self, row, cancel).open()

    def _on_answer(self) -> None:
        row = self._row()
        if row is None:
            return

        def record(answer: Answer) -> None:
            self.page.send(
                approaches.record,
                row.id,
                answer,
                then=lambda others: self.page.said.emit(
                    planning.answered(row.reference, others), None
                ),
            )

        AnswerDialog(self, row, self.page.now(), record).open()

    def _on_welfare(self) -> None:
        row = self._row()
        if row is None:
            return

        def keep(entry: WelfareEntry) -> None:
            self.page.send(
                welfare.record,
                row.registration_id,
                entry,
                then=lambda _done: self.page.said.emit(sentences.recorded(row.person), None),
            )

        def ask(known: WelfareEntry) -> None:
            WelfareDialog(self, row, known, self.page.now(), keep).open()

        self.page.send(welfare.get, row.registration_id, then=ask, key="debriefs welfare")
