"""How does one finding stand beside a form? As a card that says what, why and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge, word
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, tip
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.tokens import CARD_PADDING
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.rules.severity import Level

_EDGE = 4


@dataclass(frozen=True, slots=True)
class Action:
    """What a card or view offers to do; `key` is handed back when it is asked for."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding in words. `corner` is a short remark at the right; two actions at most.

    With a `corner_action` the corner is a link that does it, as the key R does on the card.
    """

    key: str
    level: Level
    title: str
    body: str = ""
    corner: str = ""
    actions: tuple[Action, ...] = ()
    corner_action: str = ""


class FindingCard(QFrame):
    """One card. It takes the focus; Enter then does its first action."""

    acted = Signal(str, str)
    """(card key, action key)"""

    def __init__(self, content: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{word(content.level)}: {content.title}")
        self.setAccessibleDescription(content.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(CARD_PADDING, 10, CARD_PADDING - 2, 12)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(SeverityBadge(content.level))
        top.addStretch(1)
        top.addWidget(self._build_corner())
        column.addLayout(top)
        column.addSpacing(2)
        column.addWidget(Label(content.title, "strong", wrap=True))
        if content.body:
            column.addWidget(Label(content.body, wrap=True))
        if content.actions:
            column.addSpacing(4)
            column.addLayout(self._build_actions())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do the first action on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.content.actions:
            self.acted.emit(self.content.key, self.content.actions[0].key)
            return
        if event.key() == Qt.Key.Key_R and not event.modifiers() and self.content.corner_action:
            self._on_corner()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, edge and, with focus, the ring."""
        del event
        colours, level = style.tokens(), self.content.level
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(inner, 6, 6)
        painter.fillPath(shape, QColor(colours.tint(level)))
        loud = level.value != "clear"
        if loud:
            bar = QRectF(0, 0, _EDGE, self.height())
            if self.isRightToLeft():
                bar.moveRight(self.width())
            painter.save()
            painter.setClipPath(shape)
            painter.fillRect(bar, QColor(colours.edge(level)))
            painter.restore()
        edge = colours.edge(level) if level.value == "stop" else colours.hairline
        painter.setPen(QPen(QColor(edge), 1))
        painter.drawPath(shape)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _build_corner(self) -> QWidget:
        if not self.content.corner_action:
            return Label(self.content.corner, "label")
        link = Button(self.content.corner, "link")
        link.setToolTip(tip(_("Show the rule (R)")))
        link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by keyboard it is R: Tab goes to cards
        link.clicked.connect(self._on_corner)
        return link

    def _on_corner(self) -> None:
        self.acted.emit(self.content.key, self.content.corner_action)

    def _build_actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for at, action in enumerate(self.content.actions[:2]):
            first = at == 0 and self.content.level.value == "stop"
            button = Button(action.text, "primary" if first else "plain")
            button.clicked.connect(
                lambda _checked, key=action.key: self.acted.emit(self.content.key, key)
            )
            row.addWidget(button)
        row.addStretch(1)
        return row


class CardPanel(QFrame):
    """A scrolling column of cards with a title; cards that stay the same are left in place."""

    acted = Signal(str, str)
    """(card key, action key)"""

    def __init__(self, title: str, *, empty: str = "", parent: QWidget | None = None) -> None:
        """`empty` is said while there is no card."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        self._cards: list[FindingCard] = []
        self._remark = Label("", "label")
        self._empty = Label(empty, "muted", wrap=True)
        self._build(title)
        name_parts(self)

    def set_remark(self, text: str) -> None:
        """Say something short beside the title, such as how many rules were checked."""
        self._remark.setText(text)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show exactly these cards in this order; equal ones keep their widget and focus."""
        old = {widget.content: widget for widget in self._cards}
        for widget in self._cards:
            self._column.removeWidget(widget)
        self._cards = [
            old.pop(content) if content in old else self._make(content) for content in cards
        ]
        for at, widget in enumerate(self._cards):
            self._column.insertWidget(at, widget)
            widget.show()
        for widget in old.values():
            widget.hide()
            widget.deleteLater()
        self._empty.setVisible(not cards and bool(self._empty.text()))
        self._keep_order()

    def cards(self) -> tuple[FindingCard, ...]:
        """Give the cards shown, from top to bottom."""
        return tuple(self._cards)

    def focus_card(self, number: int) -> bool:
        """Put the focus on the nth card, counted from 1; False where there is none."""
        if not 1 <= number <= len(self._cards):
            return False
        widget = self._cards[number - 1]
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(widget)
        return True

    def _build(self, title: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 14, 1, 8)
        outer.setSpacing(10)
        top = QHBoxLayout()
        top.setContentsMargins(CARD_PADDING, 0, CARD_PADDING, 0)
        top.addWidget(Label(title, "section"))
        top.addStretch(1)
        top.addWidget(self._remark)
        outer.addLayout(top)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(CARD_PADDING, 0, CARD_PADDING, 4)
        self._column.setSpacing(10)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        outer.addWidget(self._scroll, 1)

    def _make(self, content: Card) -> FindingCard:
        widget = FindingCard(content)
        widget.acted.connect(self.acted)
        return widget

    def _keep_order(self) -> None:
        for before, after in zip(self._cards, self._cards[1:], strict=False):
            QWidget.setTabOrder(before, after)
