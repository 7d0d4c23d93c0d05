"""The colours of the map's dots: told apart with every common colour blindness, light on dark and dark on light."""

from __future__ import annotations

import numpy as np

from desktop.tabs.explore_state import ODD, ExploreState

#: Okabe and Ito, Color Universal Design, 2008; those that are seen on light and dark first.
KINDS = (0xE69F00, 0x56B4E9, 0x009E73, 0xCC79A7, 0xD55E00, 0x3F8FD0, 0xC9B70B)
#: What belongs to nothing, on dark and on light.
_PLAIN = {True: 0x6A6A6A, False: 0x9A9A9A}
#: From usual to odd: lightness goes one way and blue turns to yellow. On dark and on light.
_RAMPS = {True: ((0x4A, 0x5C, 0x88), (0xFF, 0xE4, 0x4A)), False: ((0xA2, 0xB0, 0xCC), (0x5C, 0x43, 0x00))}


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
    table = np.array([*KINDS, _PLAIN[dark]], np.uint32)
    return table[np.where((numbers < 0) | (numbers >= len(KINDS)), len(KINDS), numbers)]


def of_amounts(amounts: np.ndarray, dark: bool) -> np.ndarray:
    """[N] uint32 of amounts [N], of which 0..1 is told apart."""
    low, high = (np.array(end, np.float32) for end in _RAMPS[dark])
    mixed = low + np.clip(amounts, 0, 1)[:, None] * (high - low)
    red, green, blue = mixed.round().astype(np.uint32).T
    return red << 16 | green << 8 | blue
