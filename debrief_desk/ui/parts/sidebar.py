"""How does a user get about? A list of places with what waits there; the foot says who is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.badges import badge_font, badge_size, paint_badge, word
from debrief_desk.ui.parts.labels import ElidedLabel, tip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.tokens import RAIL_BELOW, ROW
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.rules.severity import Level

Index = QModelIndex | QPersistentModelIndex
_WIDTH = 208
_RAIL = 60
_GAP = 12
_MANY = 1000
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Place:
    """A page one can go to; `icon` is a name in resources/icons, `gap` sets it apart above."""

    key: str
    title: str
    icon: str
    gap: bool = False


class PlaceModel(QAbstractListModel):
    """The places, and for each the number that waits there and how urgent it is."""

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = tuple(places)
        self.counts: dict[str, tuple[int, Level | None]] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        """Give the number of places."""
        return 0 if parent is not None and parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the title, what is read out, and the tip (title and shortcut)."""
        if not index.isValid():
            return None
        place = self.places[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return place.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(place)
        if role == Qt.ItemDataRole.ToolTipRole:
            shortcut = f"  Ctrl+{index.row() + 1}" if index.row() < _DIGITS else ""
            return tip(self.spoken(place) + shortcut)
        return None

    def spoken(self, place: Place) -> str:
        """Give a place in words, with what waits there."""
        count, level = self.counts.get(place.key, (0, None))
        if not count:
            return place.title
        return f"{place.title}, {count} {word(level)}" if level else f"{place.title}, {count}"

    def set_count(self, key: str, count: int, level: Level | None) -> None:
        """Say how many wait at a place; a level turns the number into a badge."""
        self.counts[key] = (count, level)
        at = next(at for at, place in enumerate(self.places) if place.key == key)
        self.dataChanged.emit(self.index(at), self.index(at))


class _PlaceDelegate(QStyledItemDelegate):
    def __init__(self, sidebar: Sidebar) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        gap = _GAP if self._sidebar.places.places[index.row()].gap else 0
        return QSize(style.px(40), style.px(ROW + 2 + gap))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        place = self._sidebar.places.places[index.row()]
        colours, px = style.tokens(), style.px
        box = QRect(rect.left() + px(8), 0, rect.width() - px(16), px(ROW - 2))
        box.moveBottom(rect.bottom() - px(2))
        active = place.key == self._sidebar.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if active or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.sidebar_selected if active else colours.sidebar_hover))
            painter.drawRoundedRect(QRectF(box), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.sidebar_focus), 2))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 6, 6)
        self._paint_inside(
            painter, box, place, colours.sidebar_strong if active else colours.sidebar_text
        )
        painter.restore()

    def _paint_inside(self, painter: QPainter, box: QRect, place: Place, ink: str) -> None:
        px, rail = style.px, self._sidebar.is_rail()
        mirrored = self._sidebar.isRightToLeft()
        size = px(18 if rail else 16)
        side = QRect(box.left(), box.top(), box.width() if rail else px(40), box.height())
        if mirrored and not rail:
            side.moveRight(box.right())
        at = QRect(0, 0, size, size)
        at.moveCenter(side.center())
        picture = icons.pixmap(place.icon, ink, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(at, picture)
        count, level = self._sidebar.places.counts.get(place.key, (0, None))
        if rail:
            if count and level is not None:
                dot = QRectF(side.center().x() + px(5), box.top() + px(4), px(9), px(9))
                painter.setPen(QPen(QColor(style.tokens().sidebar), 2))
                painter.setBrush(QColor(style.tokens().fill(level)))
                painter.drawEllipse(dot)
            return
        words = box.adjusted(0, 0, -px(40), 0) if mirrored else box.adjusted(px(40), 0, 0, 0)
        if count:
            words = self._paint_count(painter, words, count, level, mirrored)
        weight = (
            QFont.Weight.DemiBold if place.key == self._sidebar.current() else QFont.Weight.Medium
        )
        painter.setFont(style.font(weight=weight))
        painter.setPen(QColor(ink))
        lead = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = lead | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(words, int(flags), place.title)

    def _paint_count(
        self, painter: QPainter, words: QRect, count: int, level: Level | None, mirrored: bool
    ) -> QRect:
        """Draw the number at the far end and give the room left for the title."""
        px, text = style.px, str(count) if count < _MANY else "999+"
        width = badge_size(text).width()
        at = QRect(words.left(), words.top(), width, words.height())
        if mirrored:
            at.moveLeft(words.left() + px(8))
        else:
            at.moveRight(words.right() - px(8))
        if level is not None:
            paint_badge(painter, at, level, text)
        else:
            painter.setFont(badge_font())
            painter.setPen(QColor(style.tokens().sidebar_text))
            far = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
            flags = far | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
            painter.drawText(at.adjusted(px(6), 0, -px(6), 0), int(flags), text)
        gap = width + px(12)
        return words.adjusted(gap, 0, 0, 0) if mirrored else words.adjusted(0, 0, -gap, 0)


class _PlaceList(QListView):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class Sidebar(QFrame):
    """The places of the desk. In a narrow window it becomes a rail of icons (`fit`)."""

    chosen = Signal(str)
    """The key of the place the user asked for."""

    def __init__(
        self, name: str, subtitle: str, places: Sequence[Place], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sidebar")
        self.places = PlaceModel(places, self)
        self._current = self.places.places[0].key
        self._rail = False
        self._build(name, subtitle)
        name_parts(self)
        style.follow(self._dress)

    def current(self) -> str:
        """Give the key of the place shown now."""
        return self._current

    def set_current(self, key: str) -> None:
        """Mark a place as the one shown; nothing is announced."""
        self._current = key
        at = next(at for at, place in enumerate(self.places.places) if place.key == key)
        self.list.setCurrentIndex(self.places.index(at))
        self.list.viewport().update()

    def set_count(self, key: str, count: int, level: Level | None = None) -> None:
        """Say how many wait at a place; a level turns the number into a badge."""
        self.places.set_count(key, count, level)

    def set_subtitle(self, text: str) -> None:
        """Say where and when: the site and the shift."""
        self.subtitle.setText(text)

    def set_saved(self, text: str) -> None:
        """Say when everything was last saved, such as `All changes saved 14:07`."""
        self.saved.setText(text)

    def set_user(self, name: str, role: str) -> None:
        """Say who is signed in, and as what."""
        self.user.setText(name)
        self.role.setText(role)

    def is_rail(self) -> bool:
        """Tell whether only icons are shown."""
        return self._rail

    def fit(self, window_width: int) -> None:
        """Become a rail, or a full sidebar again, as the width of the window asks for."""
        self._rail = window_width < style.px(RAIL_BELOW)
        self._dress()

    def _build(self, name: str, subtitle: str) -> None:
        self.name = ElidedLabel(name, "app-name")
        self.subtitle = ElidedLabel(subtitle, "label")
        self.saved = ElidedLabel("", "label")
        self.user = ElidedLabel("", "strong")
        self.role = ElidedLabel("", "label")
        self.list = _PlaceList()
        self.list.setProperty("kind", "places")
        self.list.setAccessibleName(_("Places"))
        self.list.setModel(self.places)
        self.list.setItemDelegate(_PlaceDelegate(self))
        self.list.setMouseTracking(True)
        self.list.setTabKeyNavigation(False)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setCurrentIndex(self.places.index(0))
        self.list.clicked.connect(self._on_index)
        self.list.activated.connect(self._on_index)
        self._head = _padded(self.name, self.subtitle)
        self._foot = _padded(self.saved, self.user, self.role)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 14)
        column.setSpacing(14)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot)

    def _dress(self) -> None:
        self.setFixedWidth(style.px(_RAIL if self._rail else _WIDTH))
        self._head.setVisible(not self._rail)
        self._foot.setVisible(not self._rail)
        self.list.doItemsLayout()

    def _on_index(self, index: QModelIndex) -> None:
        key = self.places.places[index.row()].key
        if key != self._current:
            self.set_current(key)
            self.chosen.emit(key)


def _padded(*labels: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(16, 0, 8, 0)
    column = QVBoxLayout()
    column.setSpacing(2)
    for label in labels:
        column.addWidget(label)
    row.addLayout(column)
    return box
