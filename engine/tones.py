"""The tones of a whole photo: faded curves undone, and monochrome photos kept monochrome.

Both are matters of the photo as a whole, so they are read from a thumbnail once and then applied
to every pixel alike, whatever tile it is in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.masks import wider

#: Rec. 601 luma, as in JPEG and Pillow.
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)

#: A photo counts as faded from this probability on: prints fade, and scratches tell a print. Files that never were on
#: paper may be as pale, and shall stay as they are.
FADED, FADED_PRINT = 0.98, 0.85
# A monochrome photo's colours lie this close (standard deviation, 8-bit scale) to one tint per tone, or within a tenth
# of the tint's own strength: the deeper the sepia, the less even it is.
_TINT_ERROR = 2.0
# How often the tint is fitted again, to the nine in ten pixels that it suits best.
_TRIMMED = 2
# Chroma of a grey photo, same scale: JPEG rounding and nothing else.
_GREY_CHROMA = 1.0
# Blocks of this side have colours of their own from so much chroma on (same scale) beside the tint, and so much more
# for each level of noise. Stains and the toning of prints have less.
_BLOCK, _OWN_CHROMA, _OWN_NOISE = 8, 30.0, 0.35
# A print that has faded keeps a quarter of its tones at least; a wall, a sky or a sheet of one colour has fewer.
_LEAST_SPAN = 0.08


def white(dtype: np.dtype) -> float:
    """The value that stands for white in pixels of this type: the greatest integer, or 1 for floats."""
    return float(np.iinfo(dtype).max) if dtype.kind == "u" else 1.0


def luma(photo: np.ndarray) -> np.ndarray:
    """[..., 3] to [..., 1], float32."""
    return (photo @ LUMA)[..., None]


def thumbnail(photo: np.ndarray, side: int) -> np.ndarray:
    """A photo [H, W, 3] of any size and depth as float32 [side, side, 3] in [0, 1], by area averaging.

    Averages over at most 8 x 8 evenly spread samples a cell, so that a large scan costs no more
    than a small one.
    """
    rows, columns = (_samples(n, side) for n in photo.shape[:2])
    grid = photo[np.ix_(rows.ravel(), columns.ravel())].astype(np.float32) / np.float32(white(photo.dtype))
    return grid.reshape(side, rows.shape[1], side, columns.shape[1], 3).mean(axis=(1, 3))


def _samples(length: int, cells: int) -> np.ndarray:
    """Indices [cells, n] of the pixels that stand for each cell of a line of ``length`` pixels."""
    each = int(np.clip(length // cells, 1, 8))
    places = (np.arange(cells * each) + 0.5) * (length / (cells * each))
    return places.astype(np.intp).reshape(cells, each)


def _powers(y: np.ndarray) -> np.ndarray:
    """Luma [n, 1] to the powers [n, 4] of a cubic polynomial."""
    return np.concatenate([y**p for p in range(4)], axis=1)


def _fit(powers: np.ndarray, chroma: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The polynomials [4, 3] that suit the ``kept`` pixels best, and how far every pixel lies beside them [n]."""
    fitted, *_ = np.linalg.lstsq(powers[kept], chroma[kept], rcond=None)
    return fitted, np.sqrt(((chroma - powers @ fitted) ** 2).mean(axis=1))


def has_tones(small: np.ndarray) -> bool:
    """Whether a thumbnail [h, w, 3] spans enough tones to tell a faded photo from an even picture."""
    low, high = np.quantile(luma(small), [0.02, 0.98])
    return bool(high - low > _LEAST_SPAN)


@dataclass(frozen=True)
class Tint:
    """The colour of a monochrome photo as a function of its luma: cubic polynomials of R-Y, G-Y, B-Y.

    ``own`` [h, w] says which blocks of 8 x 8 pixels have colours of their own all the same: a stamp, a button on
    a grey screen. None: not a single one.
    """

    coefficients: np.ndarray  #: [4, 3]
    own: np.ndarray | None = None

    def colour(self, y: np.ndarray) -> np.ndarray:
        """Luma [..., 1] to tinted photo [..., 3]."""
        if not self.coefficients.any():
            return np.repeat(y, 3, axis=-1)
        return y + sum(y**power * c for power, c in enumerate(self.coefficients))

    def before(self, curve: Curve, small: np.ndarray) -> Tint:
        """The tint that a photo with this thumbnail [h, w, 3] had before it faded along ``curve``: its tones had the
        same colours, but lay elsewhere."""
        if not self.coefficients.any():
            return self
        y = luma(small).reshape(-1, 1)
        tinted = self.colour(y)
        earlier = luma(curve.undo(tinted, self))
        coefficients, _ = _fit(_powers(earlier), tinted - y, np.ones(len(y), dtype=bool))
        return replace(self, coefficients=coefficients.astype(np.float32))

    def sparing(self, photo: np.ndarray, noise: float) -> Tint:
        """This tint of a photo [H, W, 3] under some ``noise`` (8-bit scale), and where colours are not of it."""
        height, width = photo.shape[:2]
        columns, found = np.arange(0, width, _BLOCK), []
        counts = np.minimum(_BLOCK, width - columns)[:, None]
        for top in range(0, height, 64 * _BLOCK):
            band = photo[top : top + 64 * _BLOCK].astype(np.float32) / np.float32(white(photo.dtype))
            rows = np.arange(0, len(band), _BLOCK)
            sums = np.add.reduceat(np.add.reduceat(band, rows, axis=0), columns, axis=1)
            mean = sums / (np.minimum(_BLOCK, len(band) - rows)[:, None, None] * counts)
            found.append(np.abs(mean - self.colour(luma(mean))).max(axis=2))
        own = np.concatenate(found) * 255 > _OWN_CHROMA + noise * _OWN_NOISE
        return replace(self, own=wider(own) if own.any() else None)

    def over(self, photo: np.ndarray, left: int, top: int) -> np.ndarray:
        """The part [h, w, 3] of a photo that begins at a corner, multiples of 8, in this tint."""
        tinted = self.colour(luma(photo))
        if self.own is None:
            return tinted
        height, width = photo.shape[:2]
        blocks = self.own[top // _BLOCK :, left // _BLOCK :]
        blocks = blocks[: -(-height // _BLOCK), : -(-width // _BLOCK)]
        own = blocks.repeat(_BLOCK, axis=0).repeat(_BLOCK, axis=1)[:height, :width, None]
        return np.where(own, photo, tinted)


def find_tint(small: np.ndarray) -> Tint | None:
    """The tint of a thumbnail [h, w, 3], or None where the photo has colours of its own."""
    y = luma(small).reshape(-1, 1)
    chroma = small.reshape(-1, 3) - y
    if chroma.std() * 255 < _GREY_CHROMA and abs(chroma.mean(axis=0)).max() * 255 < _GREY_CHROMA:
        return Tint(np.zeros((4, 3), dtype=np.float32))
    powers = _powers(y)
    # Nine in ten pixels decide: a stain or a stamp does not make a sepia print a colour photo.
    fitted, errors = _fit(powers, chroma, np.ones(len(y), dtype=bool))
    for _ in range(_TRIMMED):
        fitted, errors = _fit(powers, chroma, errors <= np.quantile(errors, 0.9))
    strength = float(chroma.std()) * 255
    middle, most = (255 * np.quantile(errors, share) for share in (0.5, 0.9))
    if middle > max(_TINT_ERROR, 0.1 * strength) or most > max(2 * _TINT_ERROR, 0.25 * strength):
        return None
    return Tint(fitted.astype(np.float32))


@dataclass(frozen=True)
class Curve:
    """``faded = black + (white - black) * original ** gamma`` for each colour; three numbers [3] each."""

    black: np.ndarray
    white: np.ndarray
    gamma: np.ndarray

    def undo(self, photo: np.ndarray, tint: Tint | None) -> np.ndarray:
        """The photo [..., 3], float32, before it faded. A monochrome photo keeps its tint: only its
        luma follows the (mean) curve."""
        if tint is None:
            return _undo(photo, self.black, self.white, self.gamma)
        y = luma(photo)
        return photo + (_undo(y, self.black.mean(), self.white.mean(), self.gamma.mean()) - y)

    def within(self, small: np.ndarray) -> Curve:
        """The curve held back so far that no tone of this thumbnail is clipped."""
        low, high = small.min(axis=(0, 1)), small.max(axis=(0, 1))
        black = np.minimum(self.black, np.maximum(low - 0.005, 0))
        white = np.maximum(self.white, np.minimum(high + 0.005, 1))
        return Curve(black.astype(np.float32), white.astype(np.float32), self.gamma)


def _undo(x: np.ndarray, black: np.ndarray, white: np.ndarray, gamma: np.ndarray) -> np.ndarray:
    straight = (x - black) / (white - black)
    # Noise may dip below black; the power is continued there by its mirror image.
    return (np.sign(straight) * np.abs(straight) ** (1 / gamma)).astype(np.float32)
