"""What does the program say about itself? Help pages, what is new, and licences, as plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk import __version__, paths
from debrief_desk.ui import style
from debrief_desk.ui.parts.labels import Label, card
from debrief_desk.ui.parts.listing import Entry, Listing
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.ui.parts.page import scrolling
from debrief_desk.wording import _, left_to_right

_WIDTH = 688


def topics() -> tuple[tuple[str, str, str], ...]:
    """Give key, title and file below `resources/` of each page, in reading order."""
    return (
        ("start", _("Starting"), "help/start.md"),
        ("register", _("Registering a debrief"), "help/register.md"),
        ("course", _("The course of a debrief"), "help/course.md"),
        ("import", _("Importing a sheet"), "help/import.md"),
        ("conflicts", _("Deciding conflicts"), "help/conflicts.md"),
        ("staff", _("Interviewers and interpreters"), "help/staff.md"),
        ("plan", _("Planning a day"), "help/plan.md"),
        ("roster", _("Issuing the roster"), "help/roster.md"),
        ("figures", _("Today and its figures"), "help/figures.md"),
        ("rules", _("Rules and policy"), "help/rules.md"),
        ("privacy", _("Privacy"), "help/privacy.md"),
        ("new", _("What is new"), "CHANGELOG.md"),
        ("inter", _("Licence of the font Inter"), "fonts/OFL-Inter.txt"),
        ("noto", _("Licence of the Noto fonts"), "fonts/OFL-Noto.txt"),
        ("icons", _("Licence of the icons"), "icons/LICENSE-Phosphor.txt"),
    )


class HelpSection(QWidget):
    """The topics at the left, the page at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.topics = Listing(_("Topics"))
        self.version = Label(
            _("Debrief Desk {number}").format(number=left_to_right(__version__)), "label"
        )
        self._page = QWidget()
        self._lines = QVBoxLayout(self._page)
        self._build()
        self.topics.chosen.connect(self._show)
        name_parts(self)
        self.topics.set_entries(tuple(Entry(key, title) for key, title, _file in topics()))
        self.topics.choose("start")

    def first_focus(self) -> QWidget:
        """Give the list of topics."""
        return self.topics

    def text(self) -> str:
        """Give what the page says, line by line."""
        return "\n".join(label.text() for label in self._page.findChildren(Label))

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.topics, 1)
        left.addWidget(self.version)
        self.topics.setFixedWidth(style.px(248))
        self.card: QFrame = card()
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(1, 1, 1, 1)
        self.area = scrolling(self._page)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("Help page"))
        inside.addWidget(self.area)
        self._lines.setContentsMargins(24, 18, 24, 24)
        self._lines.setSpacing(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self.card, 1)

    def _show(self, key: object) -> None:
        file = next((name for topic, _title, name in topics() if topic == key), None)
        if file is None:
            return
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._page.setMaximumWidth(style.px(_WIDTH))
        text = (paths.resources() / file).read_text(encoding="utf-8")
        for label in labels(text):
            if label.property("kind") == "section":
                self._lines.addSpacing(10)
            self._lines.addWidget(label)
        self._lines.addStretch(1)
        self.area.verticalScrollBar().setValue(0)
        self.area.setAccessibleDescription(self.text())


def labels(text: str) -> list[Label]:
    """Give a page as labels: titles by size, points with a dot, paragraphs joined."""
    found: list[Label] = []
    for block in text.split("\n\n"):
        for kind, words in _lines_of(block):
            if words:
                found.append(Label(words, kind, wrap=True))
    return found


def _lines_of(block: str) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for line in block.splitlines():
        words = line.strip()
        if words.startswith("## "):
            lines.append(("section", words[3:]))
        elif words.startswith("# "):
            lines.append(("page-title", words[2:]))
        elif words.startswith("- "):
            lines.append(("body", f"•  {words[2:]}"))
        elif words[:1].isdigit() or not lines or lines[-1][0] != "body":
            lines.append(("body", words))
        else:
            kind, before = lines[-1]
            lines[-1] = (kind, f"{before} {words}")
    return lines
