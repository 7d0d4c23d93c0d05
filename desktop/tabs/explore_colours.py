"""The colours of the map's dots: told apart with every common colour blindness, light on dark and dark on light.

Chosen by a search for seven colours whose smallest distance in CIELAB, as they are seen with protanopia,
deuteranopia and tritanopia (simulated after Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009), is large,
and which stand out from the theme's canvas by 3 : 1 and more.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QGuiApplication, QPalette

from desktop.tabs.explore_state import ODD, ExploreState

#: Of the first kinds, and of the first tags: on dark and on light.
KINDS = {
    True: (0xF0780A, 0x29E1FF, 0x2BBA8A, 0xA04C92, 0xC13231, 0x5F74F7, 0xFFFF1A),
    False: (0x947913, 0x0064F0, 0x2B8D5B, 0x826298, 0x5B1F3C, 0x4C188A, 0x413600),
}
#: What belongs to nothing, on dark and on light.
PLAIN = {True: 0x6A6A6A, False: 0x787878}
#: From usual to odd: lightness goes one way and blue turns to yellow. On dark and on light.
RAMPS = {True: ((0x56, 0x68, 0x96), (0xFF, 0xE4, 0x4A)), False: ((0x6C, 0x7C, 0xA4), (0x2C, 0x20, 0x00))}


def is_dark() -> bool:
    """Whether pictures lie on a dark ground. Of the application: a widget may hear of another theme a little later."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Base).lightness() < 128


def colours(state: ExploreState, dark: bool) -> np.ndarray:
    """[N] uint32, 0xRRGGBB: the colour of every picture of the map."""
    atlas = state.atlas
    if atlas is None:
        return np.zeros(0, np.uint32)
    if state.colouring == "oddness":
        return of_amounts(state.oddness / ODD[-1], dark)
    return of_numbers(atlas.clusters if state.colouring == "kinds" else state.tag_numbers(), dark)


def of_numbers(numbers: np.ndarray, dark: bool) -> np.ndarray:
    """[N] uint32 of numbers [N]: the first few have a colour each, the others and -1 none."""
    table, count = np.array([*KINDS[dark], PLAIN[dark]], np.uint32), len(KINDS[dark])
    return table[np.where((numbers < 0) | (numbers >= count), count, numbers)]


def of_amounts(amounts: np.ndarray, dark: bool) -> np.ndarray:
    """[N] uint32 of amounts [N], of which 0..1 is told apart."""
    low, high = (np.array(end, np.float32) for end in RAMPS[dark])
    mixed = low + np.clip(amounts, 0, 1)[:, None] * (high - low)
    red, green, blue = mixed.round().astype(np.uint32).T
    return red << 16 | green << 8 | blue
