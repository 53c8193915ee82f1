"""Which letters does the desk draw with?

Inter for Latin, Cyrillic and Greek, Noto Sans for Arabic, Ethiopic, Devanagari, Bengali and
Gurmukhi script: all shipped, so that a bare system shows every name and two machines draw alike.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from debrief_desk import paths

FAMILIES: Final = (
    *("Inter", "Noto Sans Arabic UI", "Noto Sans Ethiopic"),
    *("Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Gurmukhi"),
)
BODY: Final = 13
"""Height of running text in logical pixels at text size 100 %."""

_loaded: list[int] = []


def load() -> None:
    """Make the shipped fonts known to Qt; a second call does nothing."""
    if _loaded:
        return
    folder = paths.resources() / "fonts"
    files = sorted((*folder.glob("*.otf"), *folder.glob("*.ttf")))
    _loaded.extend(QFontDatabase.addApplicationFont(str(file)) for file in files)


def screen(pixels: float = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Give a font for windows: fixed fallback order, all figures of one width."""
    font = _families()
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def page(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Give a font for paper.

    No alternate forms: a PDF keeps letters only for the plain ones, so the contextual colon of
    `14:08`, or figures of one width, would be lost when somebody searches or copies.
    """
    font = _families()
    font.setPointSizeF(points)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _families() -> QFont:
    load()
    font = QFont()
    font.clearFeatures()  # a new font has those of the application's
    font.setFamilies(list(FAMILIES))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font
