"""Which colours and sizes does the desk draw with?

Colours come from `resources/tokens.toml`, one table a theme. Sizes are logical pixels at text size
100 %; `style.px` multiplies them. Nothing here touches a window.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, Final

from debrief_desk import paths
from debrief_desk.rules.severity import Level


class Theme(StrEnum):
    """How the desk is lit: as the system says, or fixed."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


TEXT_SIZES: Final = (0.9, 1.0, 1.15, 1.3)
"""The text sizes a user may choose, as shares of the normal one."""

CONTROL: Final = 32
ROW: Final = 36
COMPACT_ROW: Final = 28
LANE: Final = 50
PAGE_MARGIN: Final = 24
CARD_PADDING: Final = 16
RAIL_BELOW: Final = 1320
"""Windows narrower than this (logical pixels) show the sidebar as a rail of icons."""


_LINEAR_BELOW: Final = 0.04045


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, each as `#RRGGBB`; the four agency colours are cycled through."""

    app: str
    surface: str
    sunken: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    link: str
    border: str
    hairline: str
    gridline: str
    hover: str
    pressed: str
    selection: str
    focus: str
    ghost: str
    changed: str
    scroll: str
    sidebar: str
    sidebar_text: str
    sidebar_strong: str
    sidebar_hover: str
    sidebar_selected: str
    sidebar_focus: str
    stop: str
    on_stop: str
    stop_tint: str
    check: str
    on_check: str
    check_tint: str
    check_edge: str
    note: str
    clear: str
    now: str
    agency_tints: tuple[str, ...]
    agency_edges: tuple[str, ...]

    def fill(self, level: Level) -> str:
        """Give the colour by which a level is told apart at a distance."""
        colours = {
            Level.STOP: self.stop,
            Level.CHECK: self.check,
            Level.NOTE: self.note,
            Level.CLEAR: self.clear,
        }
        return colours[level]

    def edge(self, level: Level) -> str:
        """Give the colour of a line that belongs to a level; at least 3:1 on any surface."""
        return self.check_edge if level is Level.CHECK else self.fill(level)

    def tint(self, level: Level) -> str:
        """Give the ground of a card or strip of this level."""
        return {Level.STOP: self.stop_tint, Level.CHECK: self.check_tint}.get(level, self.surface)

    def agency(self, index: int) -> tuple[str, str]:
        """Give (tint, edge) of the agency with this index; a fifth starts again at the first."""
        at = index % len(self.agency_tints)
        return self.agency_tints[at], self.agency_edges[at]


@cache
def load(name: str) -> Tokens:
    """Read the theme `light` or `dark` as it ships; raises KeyError for another name."""
    with (paths.resources() / "tokens.toml").open("rb") as file:
        table = tomllib.load(file)[name]
    values: dict[str, Any] = {
        field.name: tuple(table[field.name])
        if isinstance(table[field.name], list)
        else table[field.name]
        for field in fields(Tokens)
    }
    return Tokens(**values)


def luminance(colour: str) -> float:
    """Give the relative luminance of `#RRGGBB`, 0..1 (WCAG 2.2, definition of that name)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1..21 (WCAG 2.2, definition of that name)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(share: float) -> float:
    return share / 12.92 if share <= _LINEAR_BELOW else ((share + 0.055) / 1.055) ** 2.4
