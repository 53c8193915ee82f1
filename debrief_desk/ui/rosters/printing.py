"""How does the user choose a printer? By the system's own box, which never blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from debrief_desk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def choose_printer(parent: QWidget, then: Callable[[QPrinter], None]) -> QPrintDialog:
    """Ask for a printer; closing the box answers nothing."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setDocName(_("Roster"))
    dialog = QPrintDialog(printer, parent.window())
    dialog.setWindowTitle(_("Print the roster"))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: then(printer))
    QDialog.open(dialog)
    return dialog
