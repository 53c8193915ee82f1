"""Small pictures: to scale, told apart without colour, turned with the layout, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette

from debrief_desk.ui import style
from debrief_desk.ui.parts.curves import Curves, Line, Marker, Whisker, Whiskers
from debrief_desk.ui.parts.plots import Bar, Bars, Ink, Piece, Shares
from debrief_desk.ui.tokens import Theme, contrast, load

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("dressed")


def drawn(qtbot: QtBot, widget: QWidget, width: int = 400, height: int = 0) -> QImage:
    qtbot.addWidget(widget)
    widget.resize(width, height or widget.sizeHint().height())
    widget.show()
    widget.resize(width, height or widget.sizeHint().height())
    return widget.grab().toImage()


def run(image: QImage, colour: str, row: int) -> int:
    """Count the pixels of a colour in a row of the picture."""
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, row) == wanted for x in range(image.width()))


def test_bars_are_as_long_as_their_numbers(qtbot: QtBot) -> None:
    bars = Bars("Counts", label=100)
    bars.set_bars((Bar("ten", "10", ((10, Ink.MAIN),)), Bar("five", "5", ((5, Ink.MAIN),))))
    image = drawn(qtbot, bars)
    accent = style.tokens().accent
    whole, half = run(image, accent, 11), run(image, accent, 33)
    assert whole > 200
    assert half == pytest.approx(whole / 2, abs=2)
    assert bars.accessibleDescription() == "ten 10, five 5"


def test_a_bar_of_nought_has_no_length(qtbot: QtBot) -> None:
    bars = Bars("Counts")
    bars.set_bars((Bar("none", "0", ((0, Ink.MAIN), (0, Ink.STOP))),))
    assert run(drawn(qtbot, bars), style.tokens().accent, 11) == 0


def test_shares_fill_the_bar_in_proportion(qtbot: QtBot) -> None:
    shares = Shares("Answers")
    shares.set_pieces((Piece("yes", "3", 3, Ink.MAIN), Piece("no", "1", 1, Ink.OPEN)))
    image = drawn(qtbot, shares)
    assert run(image, style.tokens().accent, 7) == pytest.approx(300, abs=4)


def test_shares_take_more_lines_where_there_is_less_room(qtbot: QtBot) -> None:
    shares = Shares("Answers")
    shares.set_pieces([Piece(word, "100", 1, Ink.MAIN) for word in ("Accepted", "Refused", "None")])
    drawn(qtbot, shares, 400)
    wide = shares.sizeHint().height()
    shares.resize(120, wide)
    assert shares.sizeHint().height() >= wide + 20


def test_inks_differ_in_more_than_colour() -> None:
    styles = {ink: ink.brush().style() for ink in Ink}
    assert styles[Ink.STOP] not in {styles[ink] for ink in Ink if ink is not Ink.STOP}


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_every_edge_stands_out_from_the_card(qapp: QApplication, theme: Theme) -> None:
    style.apply_theme(qapp, theme)
    try:
        surface = load(theme.value).surface
        assert all(contrast(ink.pen().color().name(), surface) >= 3 for ink in Ink)
    finally:
        style.apply_theme(qapp, Theme.LIGHT)


def test_in_high_contrast_the_systems_colours_draw() -> None:
    native = QPalette()
    native.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    native.setColor(QPalette.ColorRole.Text, QColor("#FFFFFF"))
    native.setColor(QPalette.ColorRole.Highlight, QColor("#00FFFF"))
    tokens = style.from_palette(native)
    assert contrast(tokens.accent, tokens.surface) >= 3
    assert contrast(tokens.border, tokens.surface) >= 3


@pytest.mark.usefixtures("turned")
def test_bars_begin_at_the_right_where_the_layout_does(qtbot: QtBot) -> None:
    bars = Bars("Counts", label=100)
    bars.set_bars((Bar("ten", "10", ((10, Ink.MAIN),)), Bar("one", "1", ((1, Ink.MAIN),))))
    image = drawn(qtbot, bars)
    accent = QColor(style.tokens().accent).rgb()
    where = [x for x in range(image.width()) if image.pixel(x, 33) == accent]
    assert min(where) > 200


def test_a_curve_says_itself_and_draws_its_lines(qtbot: QtBot) -> None:
    curves = Curves("Limits")
    curves.set_lines(
        ("0", "1", "2"),
        (Line("up", (0, 5, 10)), Line("flat", (3, 3, 3), dashed=True)),
        (Marker(1.5, "now"),),
        spoken="rises from 0 to 10",
    )
    image = drawn(qtbot, curves, 400, 200)
    colours = {image.pixel(x, y) for x in range(400) for y in range(30, 176)}
    assert QColor(style.tokens().accent).rgb() in colours
    assert QColor(style.tokens().stop).rgb() in colours
    assert curves.accessibleDescription() == "rises from 0 to 10"


def test_a_curve_without_an_axis_is_empty(qtbot: QtBot) -> None:
    curves = Curves("Limits")
    image = drawn(qtbot, curves, 300, 150)
    assert len({image.pixel(x, y) for x in range(300) for y in range(150)}) == 1


def test_a_whisker_stands_at_its_share(qtbot: QtBot) -> None:
    whiskers = Whiskers("Shares")
    whiskers.set_rows(
        (
            Whisker("half", 0.5, 0.25, 0.75, "1 of 2"),
            Whisker("nothing", None, 0.0, 1.0, "none decided yet"),
        )
    )
    image = drawn(qtbot, whiskers, 700)
    accent = QColor(style.tokens().accent).rgb()
    where = [x for x in range(image.width()) if image.pixel(x, 13) == accent]
    assert (min(where) + max(where)) / 2 == pytest.approx((150 + 550) / 2, abs=3)
    assert max(where) - min(where) == pytest.approx(200, abs=6)
    assert run(image, style.tokens().accent, 39) == 0
    assert whiskers.accessibleDescription() == "half: 1 of 2; nothing: none decided yet"
