"""Which buttons are there? Plain, primary, danger, quiet, one with an icon only, and a choice."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.labels import tip

_ICON_COLOURS = {"primary": "on_accent", "danger": "stop", "quiet": "link"}


class Button(QPushButton):
    """A push button; `kind` is plain, primary, danger, quiet or link, `icon` a shipped name.

    There is one primary button a page at most: what most people will do next.
    """

    def __init__(
        self, text: str, kind: str = "plain", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        style.follow(self._dress)

    def set_kind(self, kind: str) -> None:
        """Dress the button as another kind."""
        style.restyle(self, kind=kind)
        self._dress()

    def set_icon(self, name: str) -> None:
        """Show another icon, or none for an empty name."""
        self._icon_name = name
        self._dress()

    def _dress(self) -> None:
        colours, size = style.tokens(), style.px(16)
        self.setIconSize(QSize(size, size))
        if not self._icon_name:
            self.setIcon(QIcon())
            return
        role = _ICON_COLOURS.get(str(self.property("kind")), "text")
        self.setIcon(
            icons.icon(
                self._icon_name, getattr(colours, role), disabled=colours.disabled, size=size
            )
        )


class IconButton(Button):
    """A square button with an icon; `text` is its tip and what is read out.

    `bare` leaves the border out, for a corner such as the cross of a strip.
    """

    def __init__(
        self, text: str, icon: str, *, bare: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "bare" if bare else "icon", icon=icon, parent=parent)
        self.setAccessibleName(text)
        self.setToolTip(tip(text))


class Segments(QWidget):
    """One choice of a few, side by side, such as Rooms | Interviewers. Arrow keys move it."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        """Build it from (key, text) pairs; the first is chosen. `name` is read out."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, text in choices:
            button = Button(text, "segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self.choose(choices[0][0])
        self._shape()

    def choose(self, key: str) -> None:
        """Mark a choice without announcing it; raises KeyError for an unknown key."""
        self._buttons[key].setChecked(True)

    def choice(self) -> str:
        """Give the key that is chosen now."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def set_text(self, key: str, text: str) -> None:
        """Write another text on a choice; raises KeyError for an unknown key."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(f"{self.accessibleName()}: {text}")

    def button(self) -> Button:
        """Give the button that is chosen now, to put the keyboard on."""
        return self._buttons[self.choice()]

    def changeEvent(self, event: QEvent) -> None:
        """Round the outer corners, whichever side is the first."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._shape()

    def _shape(self) -> None:
        buttons = list(self._buttons.values())
        if self.isRightToLeft():
            buttons.reverse()
        for button in buttons:
            style.restyle(button, edge="middle")
        style.restyle(buttons[0], edge="first")
        style.restyle(buttons[-1], edge="last")
