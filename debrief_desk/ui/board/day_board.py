"""The board of this page: plans from the tray can be dropped on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from debrief_desk.ui.board.tray import MIME
from debrief_desk.ui.parts.board import Board
from debrief_desk.ui.parts.board_layout import ghost_of
from debrief_desk.wording import _

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QMimeData, QPoint
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

    from debrief_desk.ui.parts.board_layout import BoardBlock


class DayBoard(Board):
    """A board that takes plans which have no place yet."""

    dropped = Signal(str, str)
    """(debrief, row key): a plan from the tray was let go over a row."""

    def __init__(self, day: date) -> None:
        super().__init__(_("Board"), day)
        self.waiting: dict[str, BoardBlock] = {}
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take plans of the tray, and nothing else."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the plan would stand."""
        key, row = self._carried(event.mimeData()), self._row_at(event.position().toPoint())
        if row and key in self.waiting:
            self._set_ghost(ghost_of(self.waiting[key]).on(row))
            event.acceptProposedAction()
        else:
            self._set_ghost(None)
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget it."""
        del event
        self._set_ghost(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the plan to stand in the row it was let go over, at its own time."""
        self._set_ghost(None)
        key, row = self._carried(event.mimeData()), self._row_at(event.position().toPoint())
        if row and key in self.waiting:
            event.acceptProposedAction()
            self.dropped.emit(key, row)

    @staticmethod
    def _carried(data: QMimeData) -> str:
        return bytes(data.data(MIME).data()).decode()

    def _row_at(self, point: QPoint) -> str:
        number = self.measures.row_at(self._from_view(point)[1])
        return self.measures.rows[number].row.key if number >= 0 else ""
