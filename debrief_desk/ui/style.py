"""How does a theme become what the user sees?

One look at a time for the whole program: a palette, one generated style sheet on Fusion, and the
two questions that painted parts ask: `tokens()` and `px()`. A system theme of high contrast wins
over both tables: then the colours of the style sheet are the system's.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from debrief_desk import paths
from debrief_desk.ui import fonts, icons
from debrief_desk.ui.tokens import Theme, Tokens, load

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZE = re.compile(r"(\d+(?:\.\d+)?)dp\b")
_ICON = re.compile(r"icon\(([\w-]+), (\w+)\)")


@dataclass(frozen=True, slots=True)
class Look:
    """What is in force: the colours, the text size (1.0 is normal), and whose colours they are."""

    tokens: Tokens
    scale: float = 1.0
    dark: bool = False
    system: bool = False
    """True where the colours are those of a high-contrast system palette."""


class _Announcer(QObject):
    changed = Signal()


NORMAL = QFont.Weight.Normal
STRONG = QFont.Weight.DemiBold

_look = Look(load("light"))
_chosen: tuple[Theme, float] = (Theme.SYSTEM, 1.0)
_watched: set[int] = set()


@cache
def announcer() -> _Announcer:
    """Give the object whose signal `changed` says that the look is another one now."""
    return _Announcer()


def look() -> Look:
    """Give what is in force now."""
    return _look


def tokens() -> Tokens:
    """Give the colours in force now."""
    return _look.tokens


def px(size: float) -> int:
    """Give a size of the design in logical pixels at the text size in force."""
    return round(size * _look.scale)


def font(pixels: float = fonts.BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Give a font for painting, at the text size in force."""
    return fonts.screen(pixels * _look.scale, weight)


def apply_theme(app: QApplication, theme: Theme = Theme.SYSTEM, scale: float = 1.0) -> None:
    """Dress the whole program; from then on a system theme is followed when it changes."""
    global _look, _chosen  # noqa: PLW0603 - one look a process, as there is one QApplication
    _chosen = (theme, scale)
    _watch(app)
    schemes = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))
    app.setStyle(QStyleFactory.create("Fusion"))
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    if _prefers_high_contrast(app):
        app.setPalette(QPalette())
        native = app.palette()
        _look = Look(from_palette(native), scale, _is_dark(native), system=True)
    else:
        dark = theme is Theme.DARK or (
            theme is Theme.SYSTEM and app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        _look = Look(load("dark" if dark else "light"), scale, dark)
        app.setPalette(palette(_look.tokens))
    app.setStyleSheet(sheet(_look.tokens, scale, _icon_folder()))
    app.setFont(font())
    announcer().changed.emit()


def palette(colours: Tokens) -> QPalette:
    """Give the palette of a theme, for whatever the style sheet does not reach."""
    role = QPalette.ColorRole
    result = QPalette()
    for where, colour in (
        (role.Window, colours.app),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.sunken),
        (role.Text, colours.text),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.on_accent),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.text),
        (role.Accent, colours.accent),
        (role.Link, colours.link),
        (role.LinkVisited, colours.link),
        (role.PlaceholderText, colours.muted),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.Mid, colours.border),
        (role.Midlight, colours.hairline),
        (role.Dark, colours.border),
        (role.Light, colours.surface),
        (role.Shadow, colours.border),
    ):
        result.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.disabled))
    return result


def sheet(colours: Tokens, scale: float, icon_folder: Path) -> str:
    """Give the style sheet of a theme at a text size; icons it names are put into the folder."""
    text = (paths.resources() / "desk.qss").read_text(encoding="utf-8")
    table = asdict(colours)

    def picture(found: re.Match[str]) -> str:
        colour = table[found[2]]
        file = icon_folder / f"{found[1]}-{colour[1:]}.svg"
        if not file.exists():
            file.write_bytes(icons.source(found[1], colour))
        return f'url("{file.as_posix()}")'

    text = _ICON.sub(picture, text)
    text = _SIZE.sub(lambda found: f"{round(float(found[1]) * scale)}px", text)
    return Template(text).substitute(table)


def from_palette(native: QPalette) -> Tokens:
    """Give tokens in the colours of a high-contrast system palette, which has only a few."""

    def name(role: QPalette.ColorRole) -> str:
        return native.color(role).name()

    role = QPalette.ColorRole
    ground, ink = name(role.Window), name(role.WindowText)
    surface, text = name(role.Base), name(role.Text)
    chosen, on_chosen = name(role.Highlight), name(role.HighlightedText)
    off = native.color(QPalette.ColorGroup.Disabled, role.Text).name()
    faint = _mixed(surface, chosen, 0.25)
    base = load("dark" if _is_dark(native) else "light")
    inks = ("muted", "border", "hairline", "gridline", "scroll", "focus", "link", "check_edge")
    grounds = ("sunken", "hover", "pressed", "ghost", "stop_tint", "check_tint", "sidebar_hover")
    table = asdict(base) | dict.fromkeys(inks, text) | dict.fromkeys(grounds, surface)
    table |= {
        "app": ground,
        "surface": surface,
        "text": text,
        "accent": chosen,
        "accent_hover": chosen,
        "accent_pressed": chosen,
        "on_accent": on_chosen,
        "disabled": off,
        "selection": faint,
        "changed": faint,
        "sidebar": ground,
        "sidebar_text": ink,
        "sidebar_strong": ink,
        "sidebar_selected": _mixed(ground, chosen, 0.25),
        "sidebar_focus": ink,
        "agency_tints": (surface,) * len(base.agency_tints),
        "agency_edges": (text,) * len(base.agency_edges),
    }
    return Tokens(**table)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet selects by, and let the widget take their rules."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def follow(dress: Callable[[], None]) -> None:
    """Call `dress`, a method of a widget, now and at every change of the look while it lives."""
    dress()
    announcer().changed.connect(dress)


def _mixed(ground: str, colour: str, share: float) -> str:
    """Give a ground with a share (0..1) of another colour in it."""
    under, over = QColor(ground), QColor(colour)

    def mix(one: int, other: int) -> int:
        return round(one + (other - one) * share)

    return QColor(
        mix(under.red(), over.red()),
        mix(under.green(), over.green()),
        mix(under.blue(), over.blue()),
    ).name()


def _watch(app: QApplication) -> None:
    if id(app) in _watched:
        return
    _watched.add(id(app))
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(lambda: _follow_system(app))


def _follow_system(app: QApplication) -> None:
    theme, scale = _chosen
    if theme is Theme.SYSTEM:
        apply_theme(app, theme, scale)


def _prefers_high_contrast(app: QApplication) -> bool:
    hints = app.styleHints()  # kept in a name: the next line's object belongs to it
    accessibility = hints.accessibility()
    return accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast


def _is_dark(native: QPalette) -> bool:
    ground, ink = (
        native.color(QPalette.ColorRole.Window),
        native.color(QPalette.ColorRole.WindowText),
    )
    return ground.lightness() < ink.lightness()


@cache
def _icon_folder() -> Path:
    global _folder  # noqa: PLW0603 - the folder lives as long as the process
    _folder = QTemporaryDir()
    return Path(_folder.path())


_folder: QTemporaryDir | None = None
