"""Which keys do what? The list that F1 shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label, fixed
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence


_BETWEEN: Final = frozenset({"/", "…"})


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together: pairs of (keys, what they do), such as ("Ctrl+N", "New debrief").

    Keys are separated by blanks where several do the same, by "/" where each does its own.
    """

    title: str
    keys: tuple[tuple[str, str], ...]


class KeyHelp(QDialog):
    """All keys of the desk, in two columns that scroll."""

    def __init__(self, parent: QWidget, groups: Sequence[KeyGroup]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(style.px(880), style.px(600))
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        for half in _halves(groups):
            column = QVBoxLayout()
            column.setSpacing(16)
            for group in half:
                column.addLayout(_group(group))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.groups = QScrollArea()
        self.groups.setAccessibleName(_("Keys"))
        self.groups.setFrameShape(QFrame.Shape.NoFrame)
        self.groups.setWidgetResizable(True)
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.setWidget(inside)
        close = Button(_("Close"), "primary")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(Label(_("Keys"), "page-title"))
        column.addWidget(self.groups, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        name_parts(self)


def _halves(groups: Sequence[KeyGroup]) -> tuple[list[KeyGroup], list[KeyGroup]]:
    """Share the groups out over two columns of about the same length, in reading order."""
    total = sum(len(group.keys) + 2 for group in groups)
    left: list[KeyGroup] = []
    taken = 0
    for group in groups:
        if taken * 2 >= total:
            break
        left.append(group)
        taken += len(group.keys) + 2
    return left, list(groups[len(left) :])


def _group(group: KeyGroup) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Label(group.title, "section"), 0, 0, 1, 2)
    for at, (keys, text) in enumerate(group.keys, 1):
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for cap in keys.split():
            caps.addWidget(fixed(cap, "muted" if cap in _BETWEEN else "key"))
        caps.addStretch(1)
        grid.addLayout(caps, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(text, wrap=True), at, 1)
    return grid
