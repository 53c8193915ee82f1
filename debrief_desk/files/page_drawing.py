"""Draws a laid-out roster: text, lines, the bar beside what changed. All measures are points."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from debrief_desk.files.page_layout import GAP, PAD, Style, TextLine

if TYPE_CHECKING:
    from debrief_desk.files.page_layout import Cell, Layout
    from debrief_desk.files.page_texts import Heading
    from debrief_desk.files.pages import DeviceMetrics

_INK: Final = QColor("#101416")
_QUIET: Final = QColor("#40464B")
_GROUND: Final = QColor("#E7EBEC")
_LINE: Final = QColor("#9AA1A5")
_BAR: Final = 3.0
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


class Pen:
    """Draws on a painter in points from the upper left corner of the page."""

    def __init__(self, painter: QPainter, scale: float, metrics: DeviceMetrics) -> None:
        self._painter = painter
        self._scale = scale
        self._metrics = metrics

    def draw_heading(self, heading: Heading, width: float) -> None:
        """Draw marking, title, issue and remarks."""
        top = self._lines(heading.marking, 0, 0, width, side=_CENTRE) + GAP
        self._line(heading.issue, 0, top, width, _RIGHT)
        top = self._lines(heading.title, 0, top, width)
        self._lines(heading.remarks, 0, top, width)

    def draw_titles(self, table: Layout, width: float, top: float) -> None:
        """Draw the row of headings."""
        self._fill(0, top, width, table.head, _GROUND)
        self._fill(0, top + table.head - 0.75, width, 0.75, _INK)
        for column in table.columns:
            self._lines(column.head, column.left + PAD, top + GAP, column.width - 2 * PAD)

    def draw_rows(self, table: Layout, number: int, width: float, top: float) -> None:
        """Draw the rows of a page."""
        for row in table.pages[number]:
            at = top + row.top
            if row.marked:
                self._fill(0, at, _BAR, row.height - 0.5, _INK)
            for column, cell in zip(table.columns, row.cells, strict=True):
                inner = column.width - 2 * PAD
                self._lines(cell, column.left + PAD, at + GAP, inner, struck=row.struck)
            self._fill(0, at + row.height - 0.5, width, 0.5, _LINE)

    def draw_nothing(self, text: str, width: float, top: float) -> None:
        """Say that there is no row."""
        self._line(TextLine(text), PAD, top + 4 * GAP, width, _LEFT)

    def draw_foot(self, heading: Heading, page: str, width: float, height: float) -> None:
        """Draw marking, issue and page number at the foot."""
        top = height - heading.foot + 4
        self._lines(heading.marking, 0, top, width, side=_CENTRE)
        self._line(TextLine(heading.issue.text, Style.SMALL), 0, top, width, _LEFT)
        self._line(TextLine(page, Style.SMALL), 0, top, width, _RIGHT)

    def _lines(
        self,
        cell: Cell,
        left: float,
        top: float,
        width: float,
        *,
        side: Qt.AlignmentFlag = _LEFT,
        struck: bool = False,
    ) -> float:
        """Draw lines one below the other and give the foot of the last."""
        for line in cell:
            self._line(line, left, top, width, side, struck=struck)
            top += self._metrics.height(line.style)
        return top

    def _line(
        self,
        line: TextLine,
        left: float,
        top: float,
        width: float,
        side: Qt.AlignmentFlag,
        *,
        struck: bool = False,
    ) -> None:
        painter = self._painter
        font = QFont(self._metrics.fonts[line.style])
        font.setStrikeOut(struck and line.style is not Style.WORD)
        painter.setFont(font)
        painter.setPen(_QUIET if line.style is Style.SMALL else _INK)
        painter.setLayoutDirection(_direction(line.text))
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        more = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
        at = self._rect(left, top, width, self._metrics.height(line.style))
        painter.drawText(at, int(flags | more), line.text)

    def _fill(self, left: float, top: float, width: float, height: float, colour: QColor) -> None:
        self._painter.fillRect(self._rect(left, top, width, height), colour)

    def _rect(self, left: float, top: float, width: float, height: float) -> QRectF:
        scale = self._scale
        return QRectF(left * scale, top * scale, width * scale, height * scale)


def _direction(text: str) -> Qt.LayoutDirection:
    """Give the direction of a text by its first strong letter."""
    for letter in text:
        bidirectional = unicodedata.bidirectional(letter)
        if bidirectional == "L":
            break
        if bidirectional in {"R", "AL"}:
            return Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LeftToRight
