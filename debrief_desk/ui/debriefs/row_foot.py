"""What can be done to the debrief chosen in the list?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from debrief_desk.actions import approaches, plans
from debrief_desk.rules.severity import Level
from debrief_desk.rules.states import DebriefState
from debrief_desk.ui.debriefs.course_steps import CourseSteps
from debrief_desk.ui.debriefs.dialogs import AnswerDialog, CancelDialog
from debrief_desk.ui.debriefs.welfare import WelfareRecording
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import ElidedLabel, tip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, course, names, planning

if TYPE_CHECKING:
    from collections.abc import Callable

    from debrief_desk.actions.approaches import Answer
    from debrief_desk.actions.debriefs import DebriefRow
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
        self.course = CourseSteps(page, self)
        self.open = Button(_("Open"))
        self.move_button = Button(_("Move"))
        self.answer = Button(_("Record answer"))
        self.welfare = Button(_("Record welfare…"))
        self.cancel = Button(_("Cancel…"))
        self.clear = Button(_("Mark cleared"))
        self.begin = Button(_("Begin…"))
        self.complete = Button(_("Complete…"))
        self.stop = Button(_("Stop…"))
        self.withdrawn = Button(_("Withdrawn…"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.badge)
        line.addWidget(self.remark, 1)
        for _keys, button in self.shortcuts():
            line.addWidget(button)
        self._connect()
        name_parts(self)
        self.show_row(None)

    def _connect(self) -> None:
        self.open.clicked.connect(self._on_open)
        self.move_button.clicked.connect(self._on_move)
        self.answer.clicked.connect(self._on_answer)
        self.welfare.clicked.connect(self._on_welfare)
        self.cancel.clicked.connect(self._on_cancel)
        self.clear.clicked.connect(self._on_clear)
        for button, take in (
            (self.begin, self.course.begin),
            (self.complete, self.course.complete),
            (self.stop, self.course.stop),
            (self.withdrawn, self.course.withdraw),
        ):
            button.clicked.connect(lambda _checked, take=take: self._take(take))

    def shortcuts(self) -> tuple[tuple[str, Button], ...]:
        """Give the key that presses each button while the table has the focus."""
        return (
            ("O", self.open),
            ("M", self.move_button),
            ("A", self.answer),
            ("W", self.welfare),
            ("Del", self.cancel),
            ("C", self.clear),
            ("B", self.begin),
            ("E", self.complete),
            ("S", self.stop),
            ("X", self.withdrawn),
        )

    def press(self, button: Button) -> None:
        """Press a button, or say why it cannot be pressed now."""
        row = self._row()
        if button.isEnabled():
            button.click()
        elif row is not None:
            self.page.tell(Level.CHECK, self._why_not(button, row))

    def show_row(self, row: DebriefRow | None) -> None:
        """Offer what may be done to a row; nothing for None or for another agency's."""
        self.badge.setVisible(row is not None)
        if row is None:
            self.remark.setText(_("Choose a debrief to see what can be done."))
        else:
            self.badge.set_badge(row.level)
            self.remark.setText(_standing(row))
        open_now, next_steps = self._offered(row)
        for keys, button in self.shortcuts():
            button.setEnabled(button in open_now)
            button.setVisible(button in open_now or button in next_steps or row is None)
            why = "" if row is None or button in open_now else self._why_not(button, row)
            button.setToolTip(tip(why or f"{button.text()} ({keys})"))
        for button in (self.begin, self.complete, self.stop, self.withdrawn):
            if row is None:
                button.hide()

    def _offered(self, row: DebriefRow | None) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
        """Give the buttons that may be pressed in a row's state, and those shown but not open."""
        if row is None or not row.registration_id:
            return (), (self.open,)
        if row.state is DebriefState.IN_PROGRESS:
            return (self.open, self.welfare, self.complete, self.stop, self.withdrawn), ()
        if not row.state.is_open:
            return (self.open,), ()
        before = (self.open, self.move_button, self.answer, self.welfare, self.cancel)
        if row.state is DebriefState.CLEARED:
            return (*before, self.begin), ()
        if row.state.may_become(DebriefState.CLEARED):
            return (*before, self.clear), (self.begin,)
        return before, (self.clear, self.begin)

    def _why_not(self, button: Button, row: DebriefRow) -> str:
        if not row.registration_id:
            return _("This debrief is another agency's.")
        return course.not_now(row.state, begins=button is self.begin, clears=button is self.clear)

    def _take(self, step: Callable[[DebriefRow], None]) -> None:
        row = self._row()
        if row is not None:
            step(row)

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
        if row is not None:
            WelfareRecording(self.page, row).ask()


def _standing(row: DebriefRow) -> str:
    """Say where a debrief stands: what bars it, since when it runs, or when it took place."""
    state = names.name(row.state)
    if row.started_at is not None and row.registration_id:
        took = course.took_place(row.started_at, row.ended_at)
        return planning.begun(row.reference, state, took)
    if row.state is DebriefState.CLEARED and row.registration_id:
        return planning.begun(row.reference, state, course.not_begun())
    if row.state.is_open and row.registration_id:
        return planning.selected(row.reference, state, bars=row.bars_cleared)
    return planning.closed(row.reference, state)
