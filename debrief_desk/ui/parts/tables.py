"""How is any list of rows shown? One model with declared columns, one light painter, one view.

Rows are plain values; sorting and filtering are the database's work. A list too long to be loaded
whole is announced by its length (`set_total`) and filled page by page as it comes into sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import paint_badge, word
from debrief_desk.ui.parts.labels import direction, tip
from debrief_desk.ui.tokens import COMPACT_ROW, ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from debrief_desk.rules.severity import Level

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 200
"""Rows asked for at a time from a list that is not loaded whole."""
_WAITING: Final = "…"
_SORT_KEYS: Final = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


@dataclass(frozen=True)  # without slots: a generic one with slots cannot be made on Python 3.11
class Column(Generic[Row]):
    """What a column shows of a row.

    `fixed` is for times, dates, references and numbers: left to right in every layout. `severity`
    turns the text into a badge. `sort` names the order that a click on the title asks for.
    `width` is in logical pixels at text size 100 %; columns with `stretch` share what is left.
    """

    title: str
    text: Callable[[Row], str]
    severity: Callable[[Row], Level | None] | None = None
    fixed: bool = False
    strong: bool = False
    muted: bool = False
    tooltip: Callable[[Row], str] | None = None
    sort: str = ""
    width: int = 120
    stretch: bool = False

    def shown(self, row: Row) -> str:
        """Give the text of a cell; a badge without a text of its own says its word."""
        text = self.text(row)
        if text or self.severity is None:
            return text
        level = self.severity(row)
        return word(level) if level is not None else ""


class RowModel(QAbstractTableModel, Generic[Row]):
    """The model of every list: rows of plain values, told apart by `key`."""

    wanted = Signal(int, int)
    """(first, count): a stretch of a long list has come into sight and is not here yet."""

    def __init__(
        self, columns: Sequence[Column[Row]], key: Callable[[Row], Hashable], parent: Any = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[Row | None] = []
        self._asked: set[int] = set()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show exactly these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._asked = set()
        self.endResetModel()

    def set_total(self, total: int) -> None:
        """Announce a list of `total` rows; each page is asked for by `wanted` when it is seen."""
        self.set_rows([])
        self.beginResetModel()
        self._rows = [None] * total
        self.endResetModel()

    def fill(self, first: int, rows: Sequence[Row]) -> None:
        """Put rows that have arrived in their place; what reaches past the end is left out."""
        rows = rows[: max(0, len(self._rows) - first)]
        if not rows:
            return
        self._rows[first : first + len(rows)] = rows
        last = self.index(first + len(rows) - 1, len(self.columns) - 1)
        self.dataChanged.emit(self.index(first, 0), last)

    def row(self, at: int) -> Row | None:
        """Give the row at a position; None (and `wanted`) where it has not arrived yet."""
        row = self._rows[at]
        if row is None:
            page = at // PAGE
            if page not in self._asked:
                self._asked.add(page)
                self.wanted.emit(page * PAGE, PAGE)
        return row

    def key_at(self, at: int) -> Hashable | None:
        """Give the key of the row at a position; None where there is no row yet."""
        row = self._rows[at] if 0 <= at < len(self._rows) else None
        return None if row is None else self._key(row)

    def find(self, key: Hashable) -> int:
        """Give the position of the row with this key; -1 where there is none."""
        found = (
            at for at, row in enumerate(self._rows) if row is not None and self._key(row) == key
        )
        return next(found, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Give the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Give the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is read out and what the tip says; drawing does not come this way."""
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index.row()) if index.isValid() else None
            return _WAITING if row is None else self.columns[index.column()].shown(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self._rows[index.row()] if index.isValid() else None
            explain = self.columns[index.column()].tooltip
            return None if row is None or explain is None else tip(explain(row))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Give the titles of the columns."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RowDelegate(QStyledItemDelegate):
    """Draws one cell from the row itself: no role is asked for, which halves the frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, badge or text of a cell."""
        model = index.model()
        if not isinstance(model, RowModel):
            return
        column, row = model.columns[index.column()], model.row(index.row())
        at: QRect = option.rect
        state: QStyle.StateFlag = option.state
        inset = style.px(8)
        inner = at.adjusted(inset, 0, -inset, 0)
        level = column.severity(row) if row is not None and column.severity is not None else None
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        self._paint_ground(painter, at, state, first=index.column() == 0, mirrored=mirrored)
        if row is not None and level is not None:
            painter.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
            )
            paint_badge(painter, inner, level, column.shown(row))
            return
        text = _WAITING if row is None else column.shown(row)
        weight = QFont.Weight.DemiBold if column.strong else QFont.Weight.Normal
        painter.setFont(style.font(weight=weight))
        colours = style.tokens()
        painter.setPen(QColor(colours.muted if column.muted or row is None else colours.text))
        paint_text(painter, inner, text, fixed=column.fixed, mirrored=mirrored)

    def _paint_ground(
        self, painter: QPainter, at: QRect, state: QStyle.StateFlag, *, first: bool, mirrored: bool
    ) -> None:
        colours = style.tokens()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(at, QColor(colours.selection))
            if first and state & QStyle.StateFlag.State_Active:
                bar = QRect(at.left(), at.top(), style.px(3), at.height())
                if mirrored:
                    bar.moveRight(at.right())
                painter.fillRect(bar, QColor(colours.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(at, QColor(colours.hover))


def paint_text(painter: QPainter, at: QRect, text: str, *, fixed: bool, mirrored: bool) -> None:
    """Draw a line of text at the leading edge, in its own direction, shortened where it must be."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, at.width())
    before = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight if fixed else direction(text))
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(at, int(flags | Qt.TextFlag.TextSingleLine), shown)
    painter.setLayoutDirection(before)


class Table(QTableView, Generic[Row]):
    """A list of rows by keyboard and mouse. Tab leaves it; Enter and double click open a row."""

    opened = Signal(object)
    """The key of the row to open."""
    chosen = Signal(object)
    """The key of the row that is current now, or None."""
    sorted = Signal(str, bool)
    """(order, descending): the order a click on a title asks for."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        compact: bool = False,
        many: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is read out; `many` allows several rows to be selected."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows: RowModel[Row] = RowModel(columns, key, self)
        self._height = COMPACT_ROW if compact else ROW
        self._key: Hashable | None = None
        self._renewing = False
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self._build(many)
        self._connect()
        style.follow(self._dress)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the chosen row stays chosen and in place where it is among them."""
        scroll = self.verticalScrollBar().value()
        self._renewing = True
        self.rows.set_rows(rows)
        if self._key is not None:
            self.choose(self._key)
        self.verticalScrollBar().setValue(scroll)
        self._renewing = False
        self._announce()

    def choose(self, key: Hashable) -> bool:
        """Make the row with this key the current one and bring it into sight; False if absent."""
        at = self.rows.find(key)
        if at >= 0:
            self.choose_row(at)
        return at >= 0

    def choose_row(self, at: int) -> None:
        """Make the row at this position the current one."""
        index = self.rows.index(at, max(0, self.currentIndex().column()))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def key(self) -> Hashable | None:
        """Give the key of the current row, or None."""
        return self.rows.key_at(self.currentIndex().row())

    def keys(self) -> tuple[Hashable, ...]:
        """Give the keys of all selected rows, from top to bottom."""
        found = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(key for at in found if (key := self.rows.key_at(at)) is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter; Ctrl+Shift with arrows sorts: by another column, rising or falling."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex())
            return
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & both == both and event.key() in _SORT_KEYS:
            self._step_order(event.key())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters belong to the page, whose search asks the database."""

    def sizeHint(self) -> QSize:
        """Give room for a dozen rows."""
        return QSize(style.px(640), style.px(self._height * 12))

    def _build(self, many: bool) -> None:
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionsClickable(any(column.sort for column in self.rows.columns))
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        stretched = [at for at, column in enumerate(self.rows.columns) if column.stretch]
        for at in stretched:
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(not stretched)

    def _connect(self) -> None:
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self._announce())
        self.horizontalHeader().sectionClicked.connect(self._on_title)

    def _dress(self) -> None:
        header = self.verticalHeader()
        header.setMinimumSectionSize(1)
        header.setDefaultSectionSize(style.px(self._height))
        for at, column in enumerate(self.rows.columns):
            self.setColumnWidth(at, style.px(column.width))
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        key = self.rows.key_at(index.row())
        if key is not None:
            self.opened.emit(key)

    def _announce(self) -> None:
        key = self.key()
        if key != self._key and not self._renewing:
            self._key = key
            self.chosen.emit(key)

    def _on_title(self, section: int) -> None:
        column, header = self.rows.columns[section], self.horizontalHeader()
        if not column.sort:
            return
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        falling = again and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        self._order(section, falling)

    def _step_order(self, key: int) -> None:
        header = self.horizontalHeader()
        sections = [at for at, column in enumerate(self.rows.columns) if column.sort]
        if not sections:
            return
        falling = key == Qt.Key.Key_Down
        now = header.sortIndicatorSection() if header.isSortIndicatorShown() else -1
        if now not in sections:
            self._order(sections[0], falling)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._order(now, falling)
        else:
            forward = (key == Qt.Key.Key_Right) != self.isRightToLeft()
            at = (sections.index(now) + (1 if forward else -1)) % len(sections)
            self._order(sections[at], falling)

    def _order(self, section: int, falling: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        self.sorted.emit(self.rows.columns[section].sort, falling)
