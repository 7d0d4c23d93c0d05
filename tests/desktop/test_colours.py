"""What is written and painted can be read, in both themes and by those who see fewer colours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette

from desktop import theme
from desktop.tabs import explore_colours
from desktop.widgets import lamp, overlay
from desktop.widgets.picture import doubt_colour

THEMES = {"dark": theme.DARK, "light": theme.LIGHT}
#: How colours are seen: linear red, green, blue to the same. Machado, Oliveira and Fernandes, "A Physiologically-based
#: Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1.
VISIONS = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
#: CIE XYZ of linear sRGB, and of its white.
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: QColor) -> np.ndarray:
    """Linear red, green and blue, [3]."""
    encoded = np.array(colour.getRgbF()[:3])
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def lab(colour: QColor, vision: str = "all colours") -> np.ndarray:
    """CIELAB of a colour as it is seen, [3]."""
    ratios = XYZ @ np.clip(VISIONS[vision] @ linear(colour), 0, 1) / WHITE
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(ink: str | QColor, paper: str | QColor) -> float:
    """The ratio of WCAG 2, 1 to 21."""
    lighter, darker = sorted((float(XYZ[1] @ linear(QColor(colour))) for colour in (ink, paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def over(above: QColor, below: str | QColor) -> QColor:
    """A colour that lets some of another one through."""
    share, below = above.alphaF(), QColor(below)
    mixed = [share * a + (1 - share) * b for a, b in zip(above.getRgbF()[:3], below.getRgbF()[:3], strict=True)]
    return QColor.fromRgbF(*mixed)


def number(colour: int) -> QColor:
    return QColor(f"#{colour:06x}")


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES.keys())
def test_text_is_readable_and_greys_have_no_hue(colours: theme.Colours) -> None:
    papers = {name: getattr(colours, name) for name in ("window", "canvas", "raised", "hover")}
    pairs = [(ink, paper) for ink in ("text", "quiet", "accent") for paper in papers]
    pairs += [("text", "chosen"), ("text", "line"), ("on_strong", "strong"), ("on_strong", "text"), ("window", "quiet")]
    weak = [(ink, paper) for ink, paper in pairs if contrast(getattr(colours, ink), getattr(colours, paper)) < 4.5]
    assert weak == []
    for name in ("window", "canvas", "raised", "hover", "chosen", "line", "groove", "faint", "text", "quiet"):
        assert QColor(getattr(colours, name)).hsvSaturation() == 0


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES.keys())
def test_the_focus_ring_progress_and_disabled_words_stand_out(colours: theme.Colours) -> None:
    for paper in ("window", "canvas", "raised", "hover", "chosen"):
        assert contrast(colours.accent, getattr(colours, paper)) >= 3
    assert contrast(colours.accent, colours.groove) >= 3
    for paper in ("window", "canvas", "raised"):
        assert contrast(colours.faint, getattr(colours, paper)) >= 3


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES.keys())
def test_the_palette_is_readable_in_every_state(qapp, colours: theme.Colours) -> None:
    role, group, palette = QPalette.ColorRole, QPalette.ColorGroup, theme.palette(colours)
    pairs = {
        role.WindowText: (role.Window, role.Base, role.AlternateBase, role.Highlight),
        role.Text: (role.Base,),
        role.ButtonText: (role.Button,),
        role.HighlightedText: (role.Highlight,),
        role.ToolTipText: (role.ToolTipBase,),
        role.PlaceholderText: (role.Window, role.Base, role.AlternateBase, role.Button, role.Highlight),
        role.Link: (role.Window, role.Base, role.AlternateBase),
    }
    for state in (group.Active, group.Inactive):
        for ink, papers in pairs.items():
            for paper in papers:
                assert contrast(palette.color(state, ink), palette.color(state, paper)) >= 4.5, (state, ink, paper)


def test_words_over_pictures_are_readable_over_any_picture() -> None:
    for below in ("#ffffff", "#808080", "#000000"):
        plate = over(overlay.PLATE, below)
        assert contrast(over(overlay.INK, plate), plate) >= 4.5


def test_the_signs_of_lamps_stand_out() -> None:
    for colour in lamp.COLOURS.values():
        assert contrast(lamp.INK, colour) >= 4.5


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_the_colours_of_the_map_are_told_apart_by_everybody(dark: bool) -> None:
    canvas = (theme.DARK if dark else theme.LIGHT).canvas
    kinds = [number(colour) for colour in explore_colours.KINDS[dark]]
    for colour in [*kinds, number(explore_colours.PLAIN[dark])]:
        assert contrast(colour, canvas) >= 3, colour.name()
    for vision in VISIONS:
        seen = [lab(colour, vision) for colour in kinds]
        assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) >= 15, vision


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("scale", ["doubt", "odd on dark", "odd on light"])
def test_lightness_goes_one_way_on_every_scale(scale: str, vision: str) -> None:
    amounts = np.linspace(0, 1, 21)
    if scale == "doubt":
        colours = [QColor(*doubt_colour(amount)[:3]) for amount in amounts]
    else:
        colours = [number(int(colour)) for colour in explore_colours.of_amounts(amounts, scale == "odd on dark")]
    steps = np.diff([lab(colour, vision)[0] for colour in colours])
    way = 1 if scale != "odd on light" else -1
    assert (way * steps > 0.3).all()


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_usual_pictures_are_seen_too(dark: bool) -> None:
    usual = number(int(explore_colours.of_amounts(np.zeros(1), dark)[0]))
    assert contrast(usual, (theme.DARK if dark else theme.LIGHT).canvas) >= 3
