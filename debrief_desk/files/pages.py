"""The roster on paper: A4 landscape, drawn with Qt, as a PDF file or on any printer.

Qt is imported when something is drawn and not before, so that commands that print nothing start
without it. Works in a window's worker thread, and from the command line without any window.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from debrief_desk import paths
from debrief_desk.errors import FileRefused
from debrief_desk.files.page_layout import Style, layout
from debrief_desk.files.page_texts import Heading, heading, rows, titles
from debrief_desk.files.writing import write_whole
from debrief_desk.wording import roster_pages

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QFont, QPagedPaintDevice, QPaintDevice, QPainter

    from debrief_desk.files.page_layout import Layout
    from debrief_desk.files.rosters import RosterSheet

FAMILIES: Final = (
    *("Inter", "Noto Sans Arabic UI", "Noto Sans Ethiopic"),
    *("Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Gurmukhi"),
)
MARGIN: Final = 10.0
"""Millimetres on each side of the page."""
RESOLUTION: Final = 1200
_POINTS: Final = 72.0

_application: list[Any] = []


def write_pdf(path: Path, sheet: RosterSheet) -> None:
    """Put the roster at `path` as a PDF.

    Raises:
        FileRefused: as `writing.write_whole`; the old file, if there was one, is as it was.
    """
    write_whole(path, pdf_bytes(sheet))


def pdf_bytes(sheet: RosterSheet) -> bytes:
    """Give the PDF of a roster; its properties hold no name."""
    _ensure_application()
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QPdfWriter

    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    meta = sheet.meta
    what = roster_pages.title(meta.level, meta.site, meta.day, meta.window, meta.agency)
    writer.setTitle(f"{what} · {roster_pages.issue(meta.version, meta.copy_no)}")
    writer.setCreator("Debrief Desk")
    paint(writer, sheet)
    buffer.close()
    return bytes(content.data())


def paint(device: QPagedPaintDevice, sheet: RosterSheet) -> int:
    """Draw the roster on a printer or PDF writer, set to A4 landscape; gives the pages drawn.

    Raises:
        FileRefused: the printer takes nothing; nothing was drawn.
    """
    _ensure_application()
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter

    size = QPageSize(QPageSize.PageSizeId.A4)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    landscape = QPageLayout.Orientation.Landscape
    device.setPageLayout(QPageLayout(size, landscape, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter()
    if not painter.begin(device):
        raise FileRefused("cannot-write")
    try:
        pages = Pages(sheet, device)
        for number in range(len(pages.table.pages)):
            if number:
                device.newPage()
            pages.draw(painter, number)
    finally:
        painter.end()
    return len(pages.table.pages)


class Pages:
    """The pages of a roster for one device, laid out and ready to be drawn one by one."""

    def __init__(self, sheet: RosterSheet, device: QPaintDevice) -> None:
        _ensure_application()
        self._scale = device.logicalDpiX() / _POINTS
        self.metrics = DeviceMetrics(device)
        self.width = device.width() / self._scale
        self.height = device.height() / self._scale
        self.heading: Heading = heading(sheet, self.metrics, self.width)
        self.room = self.height - self.heading.height - self.heading.foot
        self.table: Layout = layout(titles(sheet), rows(sheet), self.metrics, self.width, self.room)

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw a page; `number` counts from 0."""
        from debrief_desk.files.page_drawing import Pen

        pen = Pen(painter, self._scale, self.metrics)
        pen.draw_heading(self.heading, self.width)
        top = self.heading.height
        pen.draw_titles(self.table, self.width, top)
        pen.draw_rows(self.table, number, self.width, top + self.table.head)
        if not self.table.pages[number]:
            pen.draw_nothing(roster_pages.nothing(), self.width, top + self.table.head)
        page = roster_pages.page(number + 1, len(self.table.pages))
        pen.draw_foot(self.heading, page, self.width, self.height)


class DeviceMetrics:
    """Measures text in points as a device will draw it."""

    def __init__(self, device: QPaintDevice) -> None:
        from PySide6.QtGui import QFontMetricsF

        self.fonts: dict[Style, QFont] = {style: _font(style) for style in Style}
        self._measures = {style: QFontMetricsF(font, device) for style, font in self.fonts.items()}
        self._scale = device.logicalDpiX() / _POINTS
        self._widths: dict[tuple[str, Style], float] = {}

    def width(self, text: str, style: Style) -> float:
        """Give the width of a line of text."""
        if (text, style) not in self._widths:
            wide = self._measures[style].horizontalAdvance(text) / self._scale
            self._widths[text, style] = wide
        return self._widths[text, style]

    def height(self, style: Style) -> float:
        """Give the distance of two lines: the same for every script, so that rows are even."""
        return style.value[0] * 1.3


def _font(style: Style) -> QFont:
    """Give a font for paper.

    Contextual alternates are off, and figures are the font's usual ones: the shapes that Inter puts
    in for `calt` and `tnum` have no letter behind them, so that the colon, or all of `14:08`, would
    be lost when somebody searches or copies from the PDF. A new font takes over what a window has
    set for the whole program, so that is cleared first.
    """
    from PySide6.QtGui import QFont

    points, strong = style.value
    font = QFont()
    font.clearFeatures()
    font.setFamilies(list(FAMILIES))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _ensure_application() -> None:
    """Have Qt ready to draw: its application, without a screen if none is there, and our fonts."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _application.append(QGuiApplication(["debrief-desk"]))
    if set(FAMILIES) <= set(QFontDatabase.families()):
        return
    folder = paths.resources() / "fonts"
    for file in sorted((*folder.glob("*.otf"), *folder.glob("*.ttf"))):
        QFontDatabase.addApplicationFont(str(file))
