"""A theme reaches palette, style sheet, fonts and icons, at every text size."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette, QTextLayout
from PySide6.QtSvg import QSvgRenderer

from debrief_desk import paths
from debrief_desk.rules.severity import Level
from debrief_desk.ui import fonts, icons, style
from debrief_desk.ui.parts.badges import SeverityBadge
from debrief_desk.ui.parts.buttons import Button
from debrief_desk.ui.parts.labels import Label
from debrief_desk.ui.tokens import TEXT_SIZES, Theme, contrast, load

pytestmark = pytest.mark.usefixtures("dressed")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_the_style_sheet_has_no_open_place_left(tmp_path: Path) -> None:
    for name in ("light", "dark"):
        text = style.sheet(load(name), 1.15, tmp_path)
        assert not re.search(r"\$|\ddp\b|icon\((?!\.\.\.)", text)
        assert load(name).accent in text
    for file in re.findall(r'url\("([^"]+)"\)', text):
        assert QSvgRenderer(file).isValid()


def test_no_selector_uses_a_built_in_property_as_its_own() -> None:
    text = (paths.resources() / "desk.qss").read_text(encoding="utf-8")
    names = set(re.findall(r"\[(\w+)=", text))
    assert names == {"kind", "state", "edge", "level", "framed", "readOnly"}


@pytest.mark.parametrize("scale", TEXT_SIZES)
def test_text_size_multiplies_letters_and_sizes(dressed: QApplication, scale: float) -> None:
    style.apply_theme(dressed, Theme.LIGHT, scale)
    title = Label("Board", "page-title")
    title.ensurePolished()
    assert title.font().pixelSize() == round(22 * scale)
    assert dressed.font().pixelSize() == round(13 * scale)
    assert style.px(100) == round(100 * scale)


def test_a_fixed_theme_is_kept_and_announced(dressed: QApplication) -> None:
    heard: list[bool] = []
    style.announcer().changed.connect(lambda: heard.append(style.look().dark))
    style.apply_theme(dressed, Theme.DARK)
    assert heard == [True]
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(load("dark").app)
    style.apply_theme(dressed, Theme.LIGHT)
    assert style.tokens() == load("light")
    assert dressed.styleHints().colorScheme() in {Qt.ColorScheme.Light, Qt.ColorScheme.Unknown}


def test_the_system_theme_is_followed_when_it_changes(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Theme] = []
    style.apply_theme(dressed, Theme.SYSTEM)
    monkeypatch.setattr(style, "apply_theme", lambda _app, theme, _scale: calls.append(theme))
    dressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert calls == [Theme.SYSTEM]


def test_a_high_contrast_palette_wins_over_both_themes(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style, "_prefers_high_contrast", lambda _app: True)
    style.apply_theme(dressed, Theme.DARK)
    assert style.look().system
    assert style.tokens().text == dressed.palette().color(QPalette.ColorRole.Text).name()
    assert load("dark").app not in dressed.styleSheet()


def test_tokens_of_a_high_contrast_palette_can_be_read() -> None:
    native = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        native.setColor(role, QColor("#000000"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        native.setColor(role, QColor("#FFFF00"))
    tokens = style.from_palette(native)
    assert contrast(tokens.text, tokens.surface) > 15
    assert contrast(tokens.sidebar_text, tokens.sidebar) > 15
    assert contrast(tokens.agency_edges[0], tokens.agency_tints[0]) > 15
    assert contrast(tokens.text, tokens.selection) >= 7
    assert tokens.selection != tokens.surface


def test_all_figures_are_of_one_width_also_under_the_style_sheet() -> None:
    label = Label("1", "section")
    label.ensurePolished()
    metrics = QFontMetricsF(label.font())
    assert metrics.horizontalAdvance("11:11") == pytest.approx(
        metrics.horizontalAdvance("08:40"), abs=0.05
    )


def test_the_shipped_fonts_show_every_script_we_meet() -> None:
    fonts.load()
    assert set(fonts.FAMILIES) <= set(QFontDatabase.families())
    samples = {"Inter": "Nguyễn Đặng Ђорђе Ελένη 14:08", "Noto Sans Arabic UI": "هاوار کەریم ڕێبوار پښتو ٹھیک", "Noto Sans Ethiopic": "ሰላም ተስፋይ", "Noto Sans Devanagari": "प्रिया", "Noto Sans Bengali": "রহমান", "Noto Sans Gurmukhi": "ਸਿੰਘ"}  # fmt: skip
    for family, text in samples.items():
        metrics = QFontMetricsF(QFont(family, 13))
        assert all(metrics.inFontUcs4(ord(letter)) for letter in text if letter != " "), family


def test_fonts_weigh_little_and_come_with_their_licences() -> None:
    folder = paths.resources() / "fonts"
    files = list(folder.iterdir())
    assert sum(file.stat().st_size for file in files) < 4_000_000
    for text in folder.glob("OFL-*.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in text.read_text(encoding="utf-8")
    assert len(list(folder.glob("OFL-*.txt"))) == 2


def test_letters_for_paper_leave_contextual_forms_out() -> None:
    font = fonts.page(9)
    assert font.featureValue(QFont.Tag("calt")) == 0
    assert font.pointSizeF() == 9


def test_every_figure_on_paper_keeps_its_letter() -> None:
    text = "0123456789:–/.,+-() DD-2611-0417 14:08"

    def lost(font: QFont) -> bool:
        layout = QTextLayout(text, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        (run,) = layout.glyphRuns()
        return run.glyphIndexes() != run.rawFont().glyphIndexesForString(text)

    assert not lost(fonts.page(9))
    assert lost(fonts.screen(12))


def test_every_icon_takes_its_colour_and_is_sharp_at_every_density() -> None:
    names = [file.stem for file in (paths.resources() / "icons").glob("*.svg")]
    assert len(names) >= 35
    for name in names:
        assert b"currentColor" not in icons.source(name, "#123456")
        assert b"#123456" in icons.source(name, "#123456")
    for density in icons.DENSITIES:
        picture = icons.pixmap("printer", "#FF0000", 16, density)
        assert picture.width() == round(16 * density)
        pixels = {
            QColor(picture.toImage().pixelColor(x, picture.height() // 2)).name()
            for x in range(picture.width())
        }
        assert "#ff0000" in pixels


def test_every_icon_named_in_the_window_ships() -> None:
    shipped = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}
    source = "\n".join(
        file.read_text(encoding="utf-8") for file in Path(style.__file__).parent.rglob("*.py")
    )
    named = set(re.findall(r'icon="([\w-]+)"', source)) | set(
        re.findall(r'IconButton\([^)]*?, "([\w-]+)"', source)
    )
    assert named
    assert named <= shipped


def test_a_widget_that_is_gone_hears_of_no_new_theme(dressed: QApplication) -> None:
    signal = "2changed()"
    before = style.announcer().receivers(signal)
    button, badge = Button("New", icon="plus"), SeverityBadge(Level.STOP)
    assert style.announcer().receivers(signal) == before + 2
    for widget in (button, badge):
        widget.deleteLater()
    dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    style.apply_theme(dressed, Theme.DARK)
    assert style.announcer().receivers(signal) <= before


def test_the_window_parts_load_nothing_slow() -> None:
    code = """
import sys, pkgutil, importlib
import debrief_desk.ui.parts as parts
for module in pkgutil.iter_modules(parts.__path__):
    importlib.import_module(f"debrief_desk.ui.parts.{module.name}")
slow = {"sqlalchemy", "alembic", "openpyxl", "icalendar", "numpy", "rapidfuzz", "debrief_desk.store"}
print(sorted(slow & set(sys.modules)))
"""
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, capture_output=True, text=True, check=True, env=path)  # noqa: S603 - ours
    assert done.stdout.strip() == "[]"
