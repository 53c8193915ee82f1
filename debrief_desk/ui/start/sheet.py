"""What does the sheet for the safe look like? One page with the recovery key and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from debrief_desk.ui import fonts
from debrief_desk.wording import _

if TYPE_CHECKING:
    from pathlib import Path

_MARGIN = 22  # millimetres


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet."""

    site: str
    file: str
    key: str
    made: str


def save_sheet(sheet: RecoverySheet, path: Path) -> bool:
    """Write the sheet as a PDF page; tells whether it is there afterwards."""
    page = QBuffer()
    page.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(page)
    writer.setTitle(_("Recovery key"))
    drawn = draw_sheet(sheet, writer)
    try:
        path.write_bytes(bytes(page.data().data()))
    except OSError:
        return False
    return drawn


def draw_sheet(sheet: RecoverySheet, device: QPagedPaintDevice) -> bool:
    """Draw the sheet on one A4 page; tells whether the device took it."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        return False
    point = device.logicalDpiY() / 72  # in the dots of the device, which differ from each other
    top = 0.0
    for text, size, bold, gap in _lines(sheet):
        font = fonts.page(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        room = QRectF(0, top, device.width(), device.height())
        needed = painter.boundingRect(room, flags, text)
        painter.drawText(needed, flags, text)
        top = needed.bottom() + gap * point
    return bool(painter.end())


def _lines(sheet: RecoverySheet) -> tuple[tuple[str, float, bool, float], ...]:
    """Give text, size in points, boldness and the space below it in points."""
    return (
        (_("Debrief Desk: recovery key"), 20, True, 8),
        (_("Keep this sheet in the safe. Do not keep it beside the computer."), 11, False, 24),
        (_("Site: {site}").format(site=sheet.site), 11, False, 2),
        (_("File: {file}").format(file=sheet.file), 11, False, 2),
        (_("Made: {made}").format(made=sheet.made), 11, False, 24),
        (sheet.key, 17, True, 24),
        (
            _(
                "With this key a supervisor sets a new password when nobody can sign in. Choose "
                "Forgotten password on the page where one signs in, and type the key group by "
                "group. A new key is then made, and this sheet opens nothing any more."
            ),
            11,
            False,
            10,
        ),
        (
            _(
                "Whoever holds this sheet and the file can read everything in it. Without the "
                "sheet and without a password nobody can, not even the makers of the program."
            ),
            11,
            False,
            0,
        ),
    )
