"""What is offered at the first start? A desk of one's own, or one to practise on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, line
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.start.page import StartPage
from debrief_desk.wording import _


class WelcomePage(StartPage):
    """Two ways to begin, and a way to a desk that is already there."""

    has_foot = False

    create_asked = Signal()
    practice_asked = Signal()
    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Welcome"),
            _("Who plans to speak with whom, and when, is kept in one encrypted file: the desk."),
            parent,
        )
        self.create_button = Button(_("Create a desk"), "primary", icon="plus")
        self.practice_button = Button(_("Open a practice desk"), icon="users")
        self.open_button = Button(_("Open a desk file…"), icon="door")
        self._build()
        name_parts(self)
        style.follow(self._dress)
        self.create_button.clicked.connect(self.create_asked)
        self.practice_button.clicked.connect(self.practice_asked)
        self.open_button.clicked.connect(self.open_asked)

    def first_focus(self) -> QWidget:
        """Give the first way to begin."""
        return self.create_button

    def _dress(self) -> None:
        for button in (self.create_button, self.practice_button, self.open_button):
            button.setFixedWidth(style.px(200))

    def _build(self) -> None:
        self.back_button.hide()
        self.foot.hide()
        self.body.addLayout(
            _offer(
                "key",
                _("For the real work"),
                _(
                    "Name the site and its agencies, choose your password, print the recovery key. "
                    "It takes three minutes."
                ),
                self.create_button,
            )
        )
        self.body.addWidget(line())
        self.body.addLayout(
            _offer(
                "users",
                _("To try things out"),
                _(
                    "A day with forty invented people, five boats and a few conflicts. Nothing you "
                    "do there touches anybody."
                ),
                self.practice_button,
            )
        )
        self.body.addWidget(line())
        self.body.addLayout(
            _offer(
                "tray-arrow-down",
                _("There is a desk already"),
                _("Open its file, or a backup of it, from a disk of this computer."),
                self.open_button,
            )
        )


def _offer(icon: str, title: str, text: str, button: Button) -> QHBoxLayout:
    picture = _Picture(icon)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(title, "strong"))
    words.addWidget(Label(text, "muted", wrap=True))
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


class _Picture(QLabel):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        style.follow(self._dress)

    def _dress(self) -> None:
        size, density = style.px(24), self.devicePixelRatioF()
        self.setPixmap(icons.pixmap(self._name, style.tokens().accent, size, density))
