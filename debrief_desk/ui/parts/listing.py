"""How is a short list of entries in more than one line shown? A queue, or what a search found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.badges import badge_size, paint_badge, word
from debrief_desk.ui.parts.labels import tip
from debrief_desk.ui.parts.tables import paint_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.rules.severity import Level

Index = QModelIndex | QPersistentModelIndex
_BADGE_LINE: Final = 24
_TITLE_LINE: Final = 20
_DETAIL_LINE: Final = 20
_PADDING: Final = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a badge line (level, `corner` such as `26 min`), title, detail, one line more."""

    key: str
    title: str
    detail: str = ""
    level: Level | None = None
    badge: str = ""
    corner: str = ""
    icon: str = ""
    more: str = ""

    def spoken(self) -> str:
        """Give the entry in words."""
        badge = self.badge or (word(self.level) if self.level is not None else "")
        return ", ".join(
            part for part in (badge, self.title, self.detail, self.more, self.corner) if part
        )


class EntryModel(QAbstractListModel):
    """The entries of a listing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Hold exactly these entries."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Give the number of entries."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is read out, and the tip."""
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.entries[index.row()].spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.entries[index.row()].spoken())
        return None


class _EntryDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        if not isinstance(model, EntryModel):
            return super().sizeHint(option, index)
        entry = model.entries[index.row()]
        lines = _TITLE_LINE + (_BADGE_LINE if entry.level or entry.corner else 0)
        lines += _DETAIL_LINE * (bool(entry.detail) + bool(entry.more))
        return QSize(style.px(120), style.px(lines + 2 * _PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, EntryModel):
            return
        entry, colours, px = model.entries[index.row()], style.tokens(), style.px
        rect, state = option.rect, option.state
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        inner = rect.adjusted(px(12), px(_PADDING), -px(12), -px(_PADDING))
        if entry.icon:
            inner = self._paint_icon(painter, inner, entry.icon, mirrored)
        line = QRect(inner.left(), inner.top(), inner.width(), px(20))
        if entry.level or entry.corner:
            self._paint_badge_line(painter, line, entry, mirrored)
            line.translate(0, px(_BADGE_LINE))
        painter.setFont(style.font(weight=style.STRONG))
        painter.setPen(QColor(colours.text))
        paint_text(painter, line, entry.title, fixed=False, mirrored=mirrored)
        painter.setFont(style.font(12))
        painter.setPen(QColor(colours.muted))
        for text in filter(None, (entry.detail, entry.more)):
            line.translate(0, px(_DETAIL_LINE))
            paint_text(painter, line, text, fixed=False, mirrored=mirrored)

    def _paint_icon(self, painter: QPainter, inner: QRect, name: str, mirrored: bool) -> QRect:
        size = style.px(16)
        at = QRect(inner.left(), inner.top() + style.px(2), size, size)
        if mirrored:
            at.moveRight(inner.right())
        density = painter.device().devicePixelRatioF()
        painter.drawPixmap(at, icons.pixmap(name, style.tokens().muted, size, density))
        room = size + style.px(10)
        return inner.adjusted(0, 0, -room, 0) if mirrored else inner.adjusted(room, 0, 0, 0)

    def _paint_badge_line(
        self, painter: QPainter, line: QRect, entry: Entry, mirrored: bool
    ) -> None:
        before = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        painter.setLayoutDirection(before)
        room = 0
        if entry.level is not None:
            text = entry.badge or word(entry.level)
            paint_badge(painter, line, entry.level, text)
            room = badge_size(text).width() + style.px(8)
        painter.setFont(style.font(12))
        painter.setPen(QColor(style.tokens().muted))
        rest = line.adjusted(0, 0, -room, 0) if mirrored else line.adjusted(room, 0, 0, 0)
        paint_text(painter, rest, entry.corner, fixed=True, mirrored=not mirrored)


class Listing(QListView):
    """A list of entries; J and K go down and up as the arrows do, Enter opens."""

    chosen = Signal(object)
    """The key of the entry that is current now, or None."""
    opened = Signal(str)
    """The key of the entry to open."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out."""
        super().__init__(parent)
        self.entries = EntryModel(self)
        self._key: str | None = None
        self._renewing = False
        self.setProperty("kind", "list")
        self.setAccessibleName(name)
        self.setModel(self.entries)
        self.setItemDelegate(_EntryDelegate(self))
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._announce())
        style.follow(self.doItemsLayout)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries; the chosen one stays chosen where it is among them."""
        scroll = self.verticalScrollBar().value()
        self._renewing = True
        self.entries.set_entries(entries)
        if self._key is not None:
            self.choose(self._key)
        self.verticalScrollBar().setValue(scroll)
        self._renewing = False
        self._announce()

    def choose(self, key: str) -> bool:
        """Make an entry the current one; False where there is none with this key."""
        found = (at for at, entry in enumerate(self.entries.entries) if entry.key == key)
        at = next(found, -1)
        if at >= 0:
            self.setCurrentIndex(self.entries.index(at))
        return at >= 0

    def key(self) -> str | None:
        """Give the key of the current entry, or None."""
        at = self.currentIndex().row()
        return self.entries.entries[at].key if at >= 0 else None

    def step(self, by: int) -> None:
        """Go `by` entries down, or up for a negative number; stop at the ends."""
        last = len(self.entries.entries) - 1
        at = max(0, min(last, self.currentIndex().row() + by))
        if last >= 0:
            self.setCurrentIndex(self.entries.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down on J, up on K, open on Enter; leave everything else to the view."""
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in {Qt.Key.Key_J, Qt.Key.Key_K}:
                self.step(1 if event.key() == Qt.Key.Key_J else -1)
                return
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._open(self.currentIndex())
                return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing and leave single letters to the page."""

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.entries.entries[index.row()].key)

    def _announce(self) -> None:
        key = self.key()
        if key != self._key and not self._renewing:
            self._key = key
            self.chosen.emit(key)
