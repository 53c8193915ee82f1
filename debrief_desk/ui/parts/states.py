"""What stands where content would be? Nothing yet, still loading, failed, locked, filtered away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.announce import announce
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable

_PICTURE = 32


class States(QStackedWidget):
    """A content widget, or a quiet card that says why it is not there and what can be done."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self._do: Callable[[], None] | None = None
        self._icon_name = "hourglass"
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = Label("", "section", wrap=True, centred=True)
        self.text = Label("", "muted", wrap=True, centred=True)
        self.action = Button("")
        self.action.clicked.connect(self._on_action)
        self._build()
        self.action.hide()
        self.addWidget(content)
        self.addWidget(self._card)
        name_parts(self)
        style.follow(self._dress)

    def show_content(self) -> None:
        """Show the content itself."""
        self.setCurrentWidget(self.content)

    def show_empty(
        self,
        title: str,
        text: str,
        *,
        action: str = "",
        do: Callable[[], None] | None = None,
        icon: str = "list-checks",
    ) -> None:
        """Say what will stand here and offer the one action that brings it."""
        self._show(icon, title, text, action, do)

    def show_loading(self, text: str = "") -> None:
        """Say that the content is on its way."""
        self._show("hourglass", text or _("Loading…"), "", "", None)

    def show_failed(
        self,
        title: str,
        text: str,
        *,
        action: str = "",
        do: Callable[[], None] | None = None,
    ) -> None:
        """Say what happened, what was kept and what to do; it is read out."""
        self._show("warning-circle", title, text, action, do)
        announce(self, f"{title} {text}")

    def show_filtered(self, clear: Callable[[], None]) -> None:
        """Say that there is content, but none that fits the filter."""
        self._show(
            "funnel",
            _("Nothing fits this filter"),
            _("There are rows, but none of them matches what you are looking for."),
            _("Clear filter"),
            clear,
        )

    def show_locked(self, title: str, text: str) -> None:
        """Say that this is not for the user, or not now."""
        self._show("lock-simple", title, text, "", None)

    def _build(self) -> None:
        for label in (self.title, self.text):
            label.setMaximumWidth(440)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for widget in (self.picture, self.title, self.text, self.action):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget, 0 if widget in (self.picture, self.action) else 4)
            row.addStretch(1)
            column.addLayout(row)
            column.addSpacing(4)
        column.addStretch(3)

    def _show(
        self, icon: str, title: str, text: str, action: str, do: Callable[[], None] | None
    ) -> None:
        self._icon_name, self._do = icon, do
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._card.setAccessibleName(f"{title} {text}".strip())
        self._dress()
        self.setCurrentWidget(self._card)

    def _dress(self) -> None:
        size, density = style.px(_PICTURE), self.devicePixelRatioF()
        self.picture.setPixmap(icons.pixmap(self._icon_name, style.tokens().muted, size, density))

    def _on_action(self) -> None:
        if self._do is not None:
            self._do()
