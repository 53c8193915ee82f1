"""Why may two records be one person? The evidence in sentences, and beside it how it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.waterfall import Threshold, Waterfall, Weight
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from debrief_desk.rules.severity import Level

_TWO_COLUMNS: Final = 760
"""From this width on (logical pixels at text size 100 %) the picture stands beside the words."""


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of evidence in a sentence, with its verdict in a word."""

    sentence: str
    verdict: str
    level: Level | None


class Weighing(QWidget):
    """The evidence in sentences, strongest first, and a small picture of how it adds up."""

    def __init__(
        self,
        told: Sequence[Told],
        weights: Sequence[Weight],
        marks: Sequence[Threshold],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.picture = Waterfall(_("How the evidence adds up"))
        self.picture.set_weights(weights, marks)
        self.picture.setObjectName("picture")
        self._two = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._two.setContentsMargins(0, 0, 0, 0)
        self._two.setSpacing(24)
        self._two.addWidget(_sentences(told), 1)
        right = QVBoxLayout()
        right.addWidget(self.picture)
        right.addStretch(1)
        self._two.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture below the words where there is no room beside them."""
        super().resizeEvent(event)
        beside = event.size().width() >= style.px(_TWO_COLUMNS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._two.direction() is not way:
            self._two.setDirection(way)


def _sentences(told: Sequence[Told]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for at, one in enumerate(told):
        if one.level is not None:
            badge = SeverityBadge(one.level, one.verdict)
            grid.addWidget(badge, at, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Label(one.sentence, wrap=True), at, 1)
    grid.setRowStretch(len(told), 1)
    return box
