"""How will it look on paper? The pages as the printer would draw them; nothing is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from debrief_desk.actions import rosters
from debrief_desk.ui import style
from debrief_desk.ui.parts.buttons import Button, IconButton
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.parts.names import name_parts
from debrief_desk.wording import _, roster_pages

if TYPE_CHECKING:
    from debrief_desk.actions.rosters import RosterSheet


class PagePreview(QDialog):
    """The pages of a roster, one in sight at a time, drawn by what draws them on paper."""

    def __init__(self, parent: QWidget, sheet: RosterSheet) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(_("Page preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self._printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        self.pages = QPrintPreviewWidget(self._printer, self)
        self.pages.paintRequested.connect(lambda printer: rosters.paint(printer, sheet))
        self.back = IconButton(_("Page before"), "caret-left")
        self.forward = IconButton(_("Page after"), "caret-right")
        self.where = Label("", "label")
        self.close_button = Button(_("Close"))
        self._build()
        self._connect()
        name_parts(self)
        self.resize(style.px(980), style.px(720))
        self.pages.updatePreview()
        self.pages.fitInView()
        self._tell()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.back, self.where, self.forward):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(Label(_("Nothing is issued by looking."), "muted"))
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(self.pages, 1)
        column.addLayout(row)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forward.clicked.connect(lambda: self._turn(1))
        self.pages.previewChanged.connect(self._tell)
        self.close_button.clicked.connect(self.accept)

    def _turn(self, by: int) -> None:
        self.pages.setCurrentPage(self.pages.currentPage() + by)
        self._tell()

    def _tell(self) -> None:
        now, of = self.pages.currentPage(), self.pages.pageCount()
        self.where.setText(roster_pages.page(now, of))
        self.back.setEnabled(now > 1)
        self.forward.setEnabled(now < of)


def show_pages(parent: QWidget, sheet: RosterSheet) -> PagePreview:
    """Show the pages of a roster, without waiting for an answer."""
    preview = PagePreview(parent, sheet)
    preview.open()
    return preview
