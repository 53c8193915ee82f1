"""How is a plan moved on the board? By mouse or by keys alone; the board only asks, it never moves.

    arrows          choose another plan          Alt + arrows          5 minutes, or a row
    Enter           open the chosen plan         Shift + Alt + arrows  5 minutes longer or shorter
    Home, End       first, last of the row       T                     show the time now
    Ctrl + plus, minus  stretch, shrink the day  Escape                let the plan where it was

A move by keys is asked for when Alt is let go, so that ten steps are one move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.announce import announce
from debrief_desk.ui.parts.board_layout import (
    BoardBlock,
    BoardRow,
    DayAxis,
    Ghost,
    ghost_of,
)
from debrief_desk.ui.parts.board_view import BoardView
from debrief_desk.wording import board as words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent

STEP: Final = 5
"""Minutes of one step, and the grid a dragged plan falls into."""
_EDGE: Final = 6
_NEAR: Final = 28
_ARROWS: Final = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}

__all__ = ["Board", "BoardBlock", "BoardRow", "DayAxis"]


class Board(BoardView):
    """The board of a day with keys and mouse."""

    moveRequested = Signal(str, str, object)  # noqa: N815 - read beside Qt's own signals
    """(block key, row key, start in UTC): the user would like the plan there."""
    lengthRequested = Signal(str, int)  # noqa: N815 - the same
    """(block key, minutes): the user would like the plan that long."""
    opened = Signal(str)
    """The key of the block to open."""

    def __init__(self, name: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(name, day, parent)
        self._pressed: QPoint | None = None
        self._grip = 0.0
        self._resizing = False
        self._edge_timer = QTimer(self)
        self._edge_timer.setInterval(30)
        self._edge_timer.timeout.connect(self._on_edge)
        self.viewport().setMouseTracking(True)

    def ghost(self) -> Ghost | None:
        """Give the plan on its way, while there is one."""
        return self._ghost

    def cancel_move(self) -> None:
        """Forget the plan on its way."""
        self._pressed = None
        self._edge_timer.stop()
        self._set_ghost(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move, open; see the head of this module."""
        key, modifiers = event.key(), event.modifiers()
        if key in _ARROWS and modifiers & Qt.KeyboardModifier.AltModifier:
            self._step_ghost(key, bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        elif key in _ARROWS and not modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            self._step_choice(key)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._choose_end(last=key == Qt.Key.Key_End)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not modifiers:
            self._on_enter()
        elif key == Qt.Key.Key_Escape and self._ghost is not None:
            self.cancel_move()
        elif key == Qt.Key.Key_T and not modifiers:
            self.show_now()
        elif modifiers & Qt.KeyboardModifier.ControlModifier and key in {
            Qt.Key.Key_Plus,
            Qt.Key.Key_Equal,
            Qt.Key.Key_Minus,
        }:
            self.set_hour_width(self._hour + (-20 if key == Qt.Key.Key_Minus else 20))
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ask for the move when Alt is let go."""
        if event.key() == Qt.Key.Key_Alt and self._ghost is not None and self._pressed is None:
            self._ask_for_ghost()
            return
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring of the chosen plan in full."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave a plan on its way where it was."""
        super().focusOutEvent(event)
        self.cancel_move()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the plan under the pointer and be ready to drag it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        key = self.hit(point)
        self.choose(key)
        if key is not None and self.placed(key).block.movable:
            self._pressed = point
            self._grip = self._minute(point) - self._start_minute(key)
            self._resizing = self._is_at_end(key, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the ghost of a dragged plan, or the pointer for its end."""
        point = event.position().toPoint()
        if self._pressed is None:
            key = self.hit(point)
            at_end = key is not None and self.placed(key).block.movable
            at_end = at_end and key is not None and self._is_at_end(key, point)
            shape = Qt.CursorShape.SizeHorCursor if at_end else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        far = (point - self._pressed).manhattanLength()
        if self._ghost is not None or far >= QApplication.startDragDistance():
            self._edge_timer.start()
            self._drag_to(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the move."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self._edge_timer.stop()
            self._ask_for_ghost()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the plan under the pointer."""
        key = self.hit(event.position().toPoint())
        if key is not None:
            self.opened.emit(key)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Stretch the day with Ctrl, go along the day with Shift, else through the rows."""
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_hour_width(self._hour + (20 if turn > 0 else -20))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turn)
        else:
            super().wheelEvent(event)

    def _on_enter(self) -> None:
        if self._ghost is not None:
            self._ask_for_ghost()
        elif self._key is not None:
            self.opened.emit(self._key)

    def _step_choice(self, key: int) -> None:
        if self._key is None:
            self._choose_first()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._choose_beside(1 if key == Qt.Key.Key_Down else -1)
        else:
            number, placed = self.measures.places[self._key]
            blocks = self.measures.rows[number].blocks
            at = blocks.index(placed) + self._forward(key)
            self.choose(blocks[max(0, min(len(blocks) - 1, at))].block.key)

    def _choose_first(self) -> None:
        rows = (row.blocks for row in self.measures.rows if row.blocks)
        blocks = next(rows, ())
        if blocks:
            self.choose(blocks[0].block.key)

    def _choose_end(self, *, last: bool) -> None:
        if self._key is None:
            self._choose_first()
            return
        number, _placed = self.measures.places[self._key]
        self.choose(self.measures.rows[number].blocks[-1 if last else 0].block.key)

    def _choose_beside(self, step: int) -> None:
        """Choose the plan nearest in time in the next row that has one."""
        if self._key is None:
            return
        number, placed = self.measures.places[self._key]
        middle = placed.block.start + (placed.block.end - placed.block.start) / 2
        number += step
        while 0 <= number < len(self.measures.rows):
            blocks = [one.block for one in self.measures.rows[number].blocks]
            if blocks:
                nearest = min(
                    blocks, key=lambda one: abs(one.start + (one.end - one.start) / 2 - middle)
                )
                self.choose(nearest.key)
                return
            number += step

    def _step_ghost(self, key: int, longer: bool) -> None:
        if self._key is None or not self.placed(self._key).block.movable:
            return
        ghost = self._ghost or ghost_of(self.placed(self._key).block)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            by = STEP * self._forward(key)
            ghost = ghost.resized(by) if longer else ghost.shifted(by)
        elif not longer:
            rows = [row.row.key for row in self.measures.rows]
            at = rows.index(ghost.row) + (1 if key == Qt.Key.Key_Down else -1)
            ghost = ghost.on(rows[max(0, min(len(rows) - 1, at))])
        self._set_ghost(ghost)

    def _forward(self, key: int) -> int:
        """Give 1 for the arrow that points to later times, -1 for the other."""
        later = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        return 1 if key == later else -1

    def _drag_to(self, point: QPoint) -> None:
        if self._key is None:
            return
        block = self.placed(self._key).block
        ghost = ghost_of(block)
        if self._resizing:
            length = self._minute(point) - self._start_minute(self._key)
            by = round(length / STEP) * STEP - ghost.minutes
            self._set_ghost(ghost.resized(by))
            return
        start = round((self._minute(point) - self._grip) / STEP) * STEP
        number = self.measures.row_at(self._from_view(point)[1])
        row = self.measures.rows[number].row.key if number >= 0 else ghost.row
        by = round(start - self.measures.axis.minute(block.start))
        self._set_ghost(ghost.shifted(by).on(row))

    def _on_edge(self) -> None:
        """Scroll while a plan is dragged near an edge."""
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        room, near, step = self._room(), style.px(_NEAR), style.px(12)
        along = -1 if self.isRightToLeft() else 1
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        sideways = (point.x() > room.right() - near) - (point.x() < room.left() + near)
        across.setValue(across.value() + sideways * along * step)
        downwards = (point.y() > room.bottom() - near) - (point.y() < room.top() + near)
        down.setValue(down.value() + downwards * step)
        if (sideways or downwards) and self._pressed is not None:
            self._drag_to(point)

    def _ask_for_ghost(self) -> None:
        ghost = self._ghost
        self._set_ghost(None)
        if ghost is None:
            return
        if ghost.has_moved:
            self.moveRequested.emit(ghost.block.key, ghost.row, ghost.start)
        if ghost.has_new_length:
            self.lengthRequested.emit(ghost.block.key, ghost.minutes)

    def _set_ghost(self, ghost: Ghost | None) -> None:
        self._ghost = ghost
        if ghost is not None:
            rows = {row.row.key: row.row.title for row in self.measures.rows}
            announce(self, words.moving(rows[ghost.row], ghost.start, ghost.end))
        self.viewport().update()

    def _minute(self, point: QPoint) -> float:
        return self._from_view(point)[0] * 60 / self.measures.hour

    def _start_minute(self, key: str) -> float:
        return self.measures.axis.minute(self.placed(key).block.start)

    def _is_at_end(self, key: str, point: QPoint) -> bool:
        at = self.rect_of(key)
        away = point.x() - at.left() if self.isRightToLeft() else at.right() - point.x()
        return away <= _EDGE and at.width() > 4 * _EDGE
