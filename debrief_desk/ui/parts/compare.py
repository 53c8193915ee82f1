"""How are two records compared? Side by side, row by row, with the verdict of each row between.

Only the letters that differ are marked, by ground *and* weight.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import HEIGHT, SeverityBadge, word
from debrief_desk.ui.parts.labels import ElidedLabel, Label, direction, fixed, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debrief_desk.actions.comparison import ComparedRow, Marks
    from debrief_desk.rules.severity import Level

_COLUMNS: Final = 4
_LABEL: Final = 104


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records: its letter, whose it is, its reference, and a badge if it has one."""

    tag: str
    title: str
    detail: str = ""
    level: Level | None = None
    badge: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceSection:
    """A question and the rows that answer it; without a level a verdict is plain text."""

    title: str
    rows: tuple[ComparedRow, ...]


class MarkedLabel(QLabel):
    """A text of data, some letters of which are marked. It is escaped: markup in it stays text."""

    def __init__(
        self, text: str, marks: Marks = (), *, fixed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.plain, self._marks = text, marks
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        turned = not fixed and direction(text) == Qt.LayoutDirection.RightToLeft
        self._order = "rtl" if turned else "ltr"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)
        style.follow(self._dress)

    def _dress(self) -> None:
        side = "right" if self.isRightToLeft() else "left"
        inside = marked(self.plain, self._marks, style.tokens().changed)
        self.setText(f'<div dir="{self._order}" align="{side}">{inside}</div>')


class CompareView(QWidget):
    """Two records side by side."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None

    def show_records(self, left: Side, right: Side, sections: Sequence[EvidenceSection]) -> None:
        """Show these two records and the rows of evidence, and nothing else."""
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, style.px(_LABEL))
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(3, 5)
        grid.addWidget(_side(left), 0, 1)
        grid.addWidget(_side(right), 0, 3)
        for section in sections:
            _add_section(grid, section)
        self._column.addWidget(self._inside)


def marked(text: str, marks: Marks, ground: str) -> str:
    """Give a text as markup: everything escaped, the marked letters on a ground and bold."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(marks):
        parts.append(html.escape(text[done:start]))
        inside = html.escape(text[max(start, done) : end])
        parts.append(f'<span style="background-color:{ground}; font-weight:700">{inside}</span>')
        done = max(done, end)
    parts.append(html.escape(text[done:]))
    return "".join(parts)


def _side(side: Side) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    top = QHBoxLayout()
    top.setSpacing(8)
    top.addWidget(Label(side.tag, "section"))
    title = ElidedLabel(side.title, "section")
    title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    top.addWidget(title)
    if side.level is not None:
        top.addWidget(SeverityBadge(side.level, side.badge))
    top.addStretch(1)
    column.addLayout(top)
    column.addWidget(Label(side.detail, "label", wrap=True))
    return box


def _add_section(grid: QGridLayout, section: EvidenceSection) -> None:
    at = grid.rowCount()
    grid.addWidget(line(), at, 0, 1, _COLUMNS)
    grid.addWidget(Label(section.title, "section"), at + 1, 0, 1, _COLUMNS)
    for number, row in enumerate(section.rows, at + 2):
        left = MarkedLabel(row.left, row.left_marks, fixed=row.fixed)
        right = MarkedLabel(row.right, row.right_marks, fixed=row.fixed)
        left.setAccessibleName(f"{row.label}: {row.left}")
        right.setAccessibleName(f"{row.label}: {row.right}")
        grid.setRowMinimumHeight(number, style.px(HEIGHT))
        grid.addWidget(Label(row.label, "label", wrap=True), number, 0)
        grid.addWidget(left, number, 1)
        grid.addWidget(_verdict(row), number, 2)
        grid.addWidget(right, number, 3)


def _verdict(row: ComparedRow) -> QWidget:
    if row.level is None:
        return fixed(row.verdict, "label")
    badge = SeverityBadge(row.level, row.verdict)
    badge.setAccessibleName(f"{row.label}: {row.verdict or word(row.level)}")
    return badge
