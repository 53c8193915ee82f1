"""What stands beside the pages before signing in? The name, and what holds for every desk."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from debrief_desk import __version__
from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, left_to_right

_WIDTH = 300


class BrandPanel(QFrame):
    """The panel at the leading edge, in the colours of the sidebar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sidebar")
        self._pictures: list[tuple[QLabel, str]] = []
        self.name = Label(_("Debrief Desk"), "app-name")
        self.line = Label(
            _("Who plans to speak with whom, when, and whether that may happen."),
            "body",
            wrap=True,
        )
        self.version = Label(
            _("Version {number}").format(number=left_to_right(__version__)), "label"
        )
        self._build()
        name_parts(self)
        style.follow(self._dress)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 20)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.line)
        column.addSpacing(20)
        for icon, text in (
            ("lock-simple", _("One encrypted file on this computer. Nothing is sent anywhere.")),
            ("note", _("No content of a debrief is ever kept here, only who, when and by whom.")),
            ("clock-counter-clockwise", _("Every change and every look is in the log.")),
        ):
            column.addLayout(self._point(icon, text))
            column.addSpacing(6)
        column.addStretch(1)
        column.addWidget(self.version)

    def _point(self, icon: str, text: str) -> QHBoxLayout:
        picture = QLabel()
        self._pictures.append((picture, icon))
        row = QHBoxLayout()
        row.setSpacing(12)
        side = QVBoxLayout()
        side.addWidget(picture)
        side.addStretch(1)
        row.addLayout(side)
        row.addWidget(Label(text, "body", wrap=True), 1)
        return row

    def _dress(self) -> None:
        self.setFixedWidth(style.px(_WIDTH))
        size, density = style.px(18), self.devicePixelRatioF()
        for picture, icon in self._pictures:
            picture.setPixmap(icons.pixmap(icon, style.tokens().sidebar_text, size, density))
