"""Every pair of colours that meet can be read, and severities stay apart without colour vision."""

from __future__ import annotations

import math
from dataclasses import fields
from itertools import combinations

import pytest

from debrief_desk.rules.severity import Level
from debrief_desk.ui.tokens import Theme, Tokens, contrast, load, luminance

THEMES = ("light", "dark")
GROUNDS = ("app", "surface", "sunken", "selection", "hover", "pressed", "stop_tint", "check_tint", "ghost")  # fmt: skip
TEXTS = [
    *(("text", ground, 7.0) for ground in (*GROUNDS, "changed")),
    *(("muted", ground, 4.5) for ground in GROUNDS),
    *(("link", ground, 4.5) for ground in ("app", "surface", "hover", "selection")),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("on_accent", "accent_pressed", 4.5),
    ("on_stop", "stop", 4.5),
    ("on_stop", "now", 4.5),
    ("on_check", "check", 4.5),
    *((ink, ground, 4.5) for ink in ("stop", "note", "clear") for ground in ("app", "surface", "selection")),
    ("stop", "stop_tint", 4.5),
    ("sidebar_text", "sidebar", 7.0),
    ("sidebar_text", "sidebar_hover", 7.0),
    ("sidebar_strong", "sidebar_selected", 7.0),
    ("surface", "text", 7.0),
]  # fmt: skip
LINES = [
    *(("border", ground, 3.0) for ground in ("app", "surface", "sunken")),
    *(("focus", ground, 3.0) for ground in GROUNDS),
    ("sidebar_focus", "sidebar", 3.0),
    ("sidebar_focus", "sidebar_selected", 3.0),
    ("accent", "surface", 3.0),
    ("accent", "selection", 3.0),
    ("scroll", "surface", 3.0),
    ("stop", "surface", 3.0),
    ("check_edge", "surface", 3.0),
    ("check_edge", "check_tint", 3.0),
    ("now", "surface", 3.0),
]
MATRICES = {  # Machado, Oliveira, Fernandes 2009, severity 1.0, on linear red, green, blue
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip


def linear(colour: str) -> list[float]:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]


def seen(colour: str, vision: str) -> tuple[float, float, float]:
    """Give a colour as OKLab (Ottosson 2020), as somebody with this vision sees it."""
    mixed = (
        sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in MATRICES[vision]
    )
    r, g, b = (min(1.0, max(0.0, share)) for share in mixed)
    long, middle, short = (
        max(0.0, cone) ** (1 / 3)
        for cone in (
            0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
            0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
            0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def distance(one: str, other: str, vision: str) -> float:
    pairs = zip(seen(one, vision), seen(other, vision), strict=True)
    return 100 * math.sqrt(sum((a - b) ** 2 for a, b in pairs))


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), TEXTS + LINES)
def test_a_pair_that_meets_has_the_contrast_it_needs(
    name: str, ink: str, ground: str, least: float
) -> None:
    tokens = load(name)
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= least


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("agency", range(4))
def test_an_agency_can_be_read_and_seen(name: str, agency: int) -> None:
    tokens = load(name)
    tint, edge = tokens.agency(agency)
    assert contrast(tokens.text, tint) >= 10.6
    assert contrast(edge, tint) >= 5.6
    assert contrast(edge, tokens.surface) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("vision", MATRICES)
def test_the_grounds_of_severities_stay_apart_in_every_vision(name: str, vision: str) -> None:
    tokens = load(name)
    ladder = (tokens.stop, tokens.check, tokens.surface)
    assert min(distance(*pair, vision) for pair in combinations(ladder, 2)) >= 17


@pytest.mark.parametrize("name", THEMES)
def test_the_warning_triangle_has_an_edge_that_holds_on_every_tint(name: str) -> None:
    tokens = load(name)
    edge = tokens.check_edge if name == "dark" else tokens.on_check
    assert min(contrast(edge, tokens.agency(at)[0]) for at in range(4)) >= 4.5


def test_both_themes_have_the_same_tokens_and_every_one_is_a_colour() -> None:
    for name in THEMES:
        tokens = load(name)
        for field in fields(Tokens):
            value = getattr(tokens, field.name)
            for colour in value if isinstance(value, tuple) else (value,):
                assert len(colour) == 7
                assert 0 <= luminance(colour) <= 1


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)


def test_a_fifth_agency_starts_again_and_each_level_has_its_colour() -> None:
    tokens = load("light")
    assert tokens.agency(4) == tokens.agency(0)
    assert len({tokens.fill(level) for level in Level}) == 4
    assert Theme("dark") is Theme.DARK
