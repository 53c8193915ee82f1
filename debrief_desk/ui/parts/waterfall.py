"""How did the evidence add up? A small picture: each fact moves the weight to one side or other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from debrief_desk.ui import style
from debrief_desk.ui.parts.tables import paint_text
from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW: Final = 24
_BAR: Final = 12
_LABEL: Final = 150
_REMARK: Final = 120
_HEAD: Final = 24


@dataclass(frozen=True, slots=True)
class Weight:
    """One fact: how far it moves the weight (for the same person above 0, against it below)."""

    label: str
    amount: float
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A mark on the scale from which a word holds, such as *probable*."""

    at: float
    word: str


class Waterfall(QWidget):
    """Bars that start where the one before ended; facts against are hatched, not only red."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is read out, with all facts after it."""
        super().__init__(parent)
        self._weights: tuple[Weight, ...] = ()
        self._thresholds: tuple[Threshold, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        style.follow(self._dress)

    def set_weights(self, weights: Sequence[Weight], thresholds: Sequence[Threshold] = ()) -> None:
        """Show these facts in this order, and the marks of the scale."""
        self._weights, self._thresholds = tuple(weights), tuple(thresholds)
        spoken = [f"{one.label}: {self._side(one)} {one.remark}".strip() for one in weights]
        self.setAccessibleDescription("; ".join(spoken))
        self._dress()

    def steps(self) -> tuple[tuple[float, float], ...]:
        """Give (from, to) of each bar on the scale; the last `to` is the sum."""
        sums = tuple(accumulate((one.amount for one in self._weights), initial=0.0))
        return tuple(pairwise(sums))

    def sizeHint(self) -> QSize:
        """Give room for all rows."""
        rows = len(self._weights) + 1
        return QSize(style.px(480), style.px(_HEAD + _ROW * rows))

    def minimumSizeHint(self) -> QSize:
        """Give the least room."""
        return QSize(style.px(_LABEL + _REMARK + 80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale, bars and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_scale(painter)
        for number, (weight, step) in enumerate(zip(self._weights, self.steps(), strict=True)):
            self._paint_bar(painter, number, weight.label, weight.remark, step)
        total = self.steps()[-1][1] if self._weights else 0.0
        self._paint_bar(painter, len(self._weights), _("Together"), "", (0.0, total), total=True)
        painter.end()

    def _scale(self) -> tuple[float, float]:
        points = [0.0, *(end for _start, end in self.steps()), *(t.at for t in self._thresholds)]
        return min(points), max(*points, min(points) + 1)

    def _x(self, value: float) -> float:
        low, high = self._scale()
        room = self.width() - style.px(_LABEL + _REMARK + 16)
        x = style.px(_LABEL) + room * (value - low) / (high - low)
        return self.width() - x if self.isRightToLeft() else x

    def _paint_scale(self, painter: QPainter) -> None:
        colours, foot = style.tokens(), self.height()
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(round(self._x(0)), style.px(_HEAD), round(self._x(0)), foot)
        painter.setFont(style.font(11))
        free_from = -1
        for mark in sorted(self._thresholds, key=lambda mark: self._x(mark.at)):
            pen = QPen(QColor(colours.border), 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            x = round(self._x(mark.at))
            painter.drawLine(x, style.px(_HEAD), x, foot)
            painter.setPen(QColor(colours.muted))
            wide = painter.fontMetrics().horizontalAdvance(mark.word)
            left = max(free_from, min(x - wide // 2, self.width() - wide))
            painter.drawText(left, style.px(_HEAD - 8), mark.word)
            free_from = left + wide + style.px(8)

    def _paint_bar(
        self,
        painter: QPainter,
        number: int,
        label: str,
        remark: str,
        step: tuple[float, float],
        *,
        total: bool = False,
    ) -> None:
        colours, px, mirrored = style.tokens(), style.px, self.isRightToLeft()
        top = px(_HEAD + _ROW * number)
        ink = QColor(
            colours.text if total else colours.accent if step[1] >= step[0] else colours.stop
        )
        left, right = sorted((self._x(step[0]), self._x(step[1])))
        bar = QRectF(left, top + px(_ROW - _BAR) / 2, max(2.0, right - left), px(_BAR))
        against = step[1] < step[0] and not total
        painter.setPen(QPen(ink, 1) if against else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(ink, Qt.BrushStyle.BDiagPattern) if against else ink)
        painter.drawRect(bar)
        label_at = QRect(0, top, px(_LABEL - 12), px(_ROW))
        remark_at = QRect(self.width() - px(_REMARK), top, px(_REMARK), px(_ROW))
        if mirrored:
            label_at.moveRight(self.width() - 1)
            remark_at.moveLeft(0)
        painter.setFont(style.font(12, style.STRONG if total else style.NORMAL))
        painter.setPen(QColor(colours.text))
        paint_text(painter, label_at, label, fixed=False, mirrored=mirrored)
        painter.setPen(QColor(colours.muted))
        paint_text(painter, remark_at, remark, fixed=False, mirrored=mirrored)

    def _side(self, weight: Weight) -> str:
        if weight.amount == 0:
            return _("no weight")
        return _("speaks for") if weight.amount > 0 else _("speaks against")

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
