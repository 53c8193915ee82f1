"""How does an icon get its colour and stay sharp?

The shapes are Phosphor's (resources/icons, MIT). Each is an SVG in `currentColor`; it is recoloured
when asked for and drawn once for each screen density the desk may meet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from debrief_desk import paths

DENSITIES: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)


@lru_cache(maxsize=256)
def source(name: str, colour: str) -> bytes:
    """Give the SVG of an icon in one colour; raises FileNotFoundError for an unknown name."""
    text = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", colour).encode()


def pixmap(name: str, colour: str, size: int, density: float = 1.0) -> QPixmap:
    """Give an icon as a square picture of `size` logical pixels for a screen of this density."""
    key = f"debrief-desk/{name}/{colour}/{size}/{density}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    picture = QPixmap(round(size * density), round(size * density))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source(name, colour))).render(
        painter, QRectF(0, 0, picture.width(), picture.height())
    )
    painter.end()
    picture.setDevicePixelRatio(density)
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, colour: str, *, disabled: str | None = None, size: int = 16) -> QIcon:
    """Give an icon for a button or a row; `disabled` is its colour while it cannot be used."""
    result = QIcon()
    for density in DENSITIES:
        result.addPixmap(pixmap(name, colour, size, density))
        if disabled is not None:
            result.addPixmap(pixmap(name, disabled, size, density), QIcon.Mode.Disabled)
    return result
