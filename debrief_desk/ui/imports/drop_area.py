"""Where is a file dropped? On a card that says so, and that offers to choose one instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from debrief_desk.ui import icons, style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.choosing import choose_file
from debrief_desk.ui.parts.labels import ElidedLabel, Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

PATTERNS = ("*.xlsx", "*.csv", "*.txt", "*.tsv", "*.xlsm")


class DropArea(QFrame):
    """Takes one file, dropped or chosen, and shows its name."""

    chosen = Signal(object)
    """The path of the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAcceptDrops(True)
        self.setAccessibleName(_("File to import"))
        self.picture = QLabel()
        self.title = ElidedLabel("", "strong")
        self.text = Label("", "muted", wrap=True)
        self.choose_button = Button(_("Choose a file…"), "primary", icon="tray-arrow-down")
        self._build()
        self.choose_button.clicked.connect(self._choose)
        name_parts(self)
        style.follow(self._dress)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Ask for a file."""
        self.title.setText(_("Drop a sheet here, or choose one"))
        self.text.setText(
            _(
                "Excel (XLSX) or text (CSV) as the agency sent it: titles, footers and order of "
                "columns do not matter. Nothing is kept before the last step."
            )
        )
        self.choose_button.setText(_("Choose a file…"))
        self.choose_button.set_kind("primary")

    def show_file(self, path: Path, found: str) -> None:
        """Show which file was chosen and what it was recognised as."""
        self.title.setText(path.name)
        self.text.setText(found)
        self.choose_button.setText(_("Choose another…"))
        self.choose_button.set_kind("plain")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that a single file may be dropped here."""
        if _file_of(event) is not None:
            event.acceptProposedAction()
            style.restyle(self, state="drop")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        style.restyle(self, state="")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        style.restyle(self, state="")
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _choose(self) -> None:
        choose_file(self, _("Sheet to import"), PATTERNS, self.chosen.emit)

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 18, 20, 18)
        row.setSpacing(16)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _dress(self) -> None:
        size, density = style.px(28), self.devicePixelRatioF()
        self.picture.setPixmap(
            icons.pixmap("tray-arrow-down", style.tokens().accent, size, density)
        )


def _file_of(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    local = [url.toLocalFile() for url in urls if url.isLocalFile()]
    return Path(local[0]) if len(local) == 1 else None
