"""Pictures that no restorer was made for: flat ones, noise, screens, pages, drawings, scans in linear light.

Made by numpy, Pillow and Qt alone, the same every time but for the look of Qt's widgets.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

_W, _H = 480, 320
_TEXT = (
    "Anna had kept the letter for forty years. It was dated the third of May, and the ink had not yet gone brown: "
    "Dear sister, the boat leaves on Friday (No. 4017, second class); father says it costs 12.50 & no more. "
)
_WORDS = _TEXT.split()


def made(photos: list[np.ndarray]) -> dict[str, list[np.ndarray]]:
    """Kinds of pictures by name, [H, W, 3] uint8 or uint16 each; some are made of ``photos`` [H, W, 3] uint8."""
    return {
        "one colour": [flat(c) for c in ((0, 0, 0), (255, 255, 255), (127, 127, 127), (200, 16, 46), (3, 4, 5))],
        "gradients": [ramp(np.uint8), ramp(np.uint16), colours()],
        "text pages": [page(paper, ink, size) for paper, ink, size in _PAGES],
        "line art": [drawing(smooth) for smooth in (True, False)],
        "halftones": [halftone(photos[0]), dithered(photos[-1])],
        "graphics, pixel art": [chart(), pixel_art()],
        "screenshots": screens(),
        "photos, overexposed": [overexposed(photo) for photo in photos],
        "photos, 16 bits": [in_sixteen_bits(photo) for photo in photos],
        "photos, linear 16 bits": [linear(photo) for photo in photos],
    }


def noises() -> dict[str, np.ndarray]:
    """Nothing but noise, [H, W, 3] uint8: there is no right answer, but it must be grey on the mean and calm."""
    random = np.random.default_rng(68)
    return {
        "each byte alike": random.integers(0, 256, (_H, _W, 3), dtype=np.uint8),
        "salt and pepper": np.repeat(random.choice(np.array([0, 255], np.uint8), (_H, _W, 1)), 3, axis=2),
        "faint, on grey": (127 + random.normal(0, 4, (_H, _W, 3))).round().astype(np.uint8),
    }


def flat(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((_H, _W, 3), colour, dtype=np.uint8)


def ramp(kind: type[np.unsignedinteger]) -> np.ndarray:
    """Black to white, in as many steps as the type has or the width allows."""
    steps = np.linspace(0, np.iinfo(kind).max, _W).round().astype(kind)
    return np.broadcast_to(steps[None, :, None], (_H, _W, 3)).copy()


def colours() -> np.ndarray:
    """All hues, from white at the top through the pure ones to black."""
    y, x = np.mgrid[0:_H, 0:_W] / np.array([_H - 1, _W - 1])[:, None, None]
    hues = np.clip(np.abs((6 * x[..., None] + np.array([0, 4, 2])) % 6 - 3) - 1, 0, 1)
    y = 2 * y[..., None]
    return np.rint(255 * np.where(y < 1, 1 - y * (1 - hues), hues * (2 - y))).astype(np.uint8)


_Colour = tuple[int, int, int]
_PAGES: tuple[tuple[_Colour, _Colour, float], ...] = (
    ((255, 255, 255), (0, 0, 0), 12),
    ((255, 255, 255), (0, 0, 0), 26),
    ((244, 236, 216), (60, 45, 30), 15),  # an e-book's sepia
    ((30, 30, 34), (210, 210, 210), 14),  # a terminal
    ((255, 255, 255), (20, 60, 170), 9),
)


def page(paper: _Colour, ink: _Colour, size: float) -> np.ndarray:
    """A page of writing."""
    image = Image.new("RGB", (_W, _H), paper)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    at, top = 0, 14.0
    while top < _H - size:
        line = ""
        while draw.textlength(f"{line} {_WORDS[at % len(_WORDS)]}", font) < _W - 32:
            line, at = f"{line} {_WORDS[at % len(_WORDS)]}".strip(), at + 1
        draw.text((16, top), line, ink, font)
        top += 1.4 * size
    return np.asarray(image)


def drawing(smooth: bool) -> np.ndarray:
    """Ink on white paper: strokes, arcs and hatching, with soft edges or without."""
    scale = 4 if smooth else 1
    image = Image.new("L", (_W * scale, _H * scale), 255)
    draw = ImageDraw.Draw(image)

    def at(*numbers: float) -> list[float]:
        return [n * scale for n in numbers]

    for i in range(24):
        draw.line(at(20 + 5 * i, 20, 60 + 5 * i, 110), fill=0, width=scale)
        draw.arc(at(200 + 4 * i, 20 + 3 * i, 460 - 4 * i, 180 - 3 * i), 20 * i, 20 * i + 250, fill=0, width=scale)
    draw.polygon(at(40, 300, 110, 170, 190, 290), outline=0, width=2 * scale)
    draw.ellipse(at(230, 200, 330, 300), fill=0)
    draw.rectangle(at(360, 210, 450, 300), outline=0, width=3 * scale)
    draw.line(at(0, 310, _W, 190), fill=0, width=scale)
    image = image.resize((_W, _H), Image.Resampling.BOX)
    return np.asarray(image.convert("RGB"))


def halftone(photo: np.ndarray, pitch: int = 6) -> np.ndarray:
    """A photo as a newspaper prints it: black dots whose size is the tone, along diagonals."""
    grey = np.asarray(Image.fromarray(photo).convert("L"), np.float64) / 255
    y, x = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]] * (np.pi / pitch)
    screen = 0.5 + 0.25 * (np.cos(x + y) + np.cos(x - y))
    ink = np.clip((grey - screen) * pitch + 0.5, 0, 1)
    return np.repeat(np.rint(255 * ink).astype(np.uint8)[..., None], 3, axis=2)


def dithered(photo: np.ndarray) -> np.ndarray:
    """A photo in black and white pixels (Floyd and Steinberg, 1976)."""
    return np.asarray(Image.fromarray(photo).convert("1").convert("RGB"))


def chart() -> np.ndarray:
    """Bars and a key in a few flat colours."""
    image = Image.new("RGB", (_W, _H), (255, 255, 255))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(11)
    for i, colour in enumerate(("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#bcbd22")):
        draw.rectangle((40 + 60 * i, 260 - 30 * ((i * 5) % 8), 80 + 60 * i, 280), fill=colour)
        draw.text((42 + 60 * i, 286), f"19{50 + 7 * i}", "#333333", font)
    for y in range(40, 281, 30):
        draw.line((30, y, _W - 10, y), fill="#dddddd")
    draw.text((150, 10), "Photographs in the album, by year", "black", ImageFont.load_default(14))
    return np.asarray(image)


def pixel_art() -> np.ndarray:
    """Sixteen colours in squares of eight pixels."""
    random = np.random.default_rng(8)
    palette = random.integers(0, 256, (16, 3), dtype=np.uint8)
    small = palette[random.integers(0, 16, (_H // 8, _W // 8))]
    return small.repeat(8, axis=0).repeat(8, axis=1)


def screens() -> list[np.ndarray]:
    """What a screen shows, light and dark: buttons, sliders, a table and text, drawn by Qt."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage, QPalette
    from PySide6.QtWidgets import (
        QApplication,
        QCheckBox,
        QLineEdit,
        QPlainTextEdit,
        QProgressBar,
        QPushButton,
        QTableWidget,
        QTableWidgetItem,
        QVBoxLayout,
        QWidget,
    )

    app = QApplication.instance() or QApplication([])
    shots = []
    for dark in (False, True):
        window = QWidget()
        if dark:
            palette = window.palette()
            for role, grey in ((QPalette.ColorRole.Window, "#242426"), (QPalette.ColorRole.Base, "#1b1b1d")):
                palette.setColor(role, grey)
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
                palette.setColor(role, "#dcdcdc")
            window.setPalette(palette)
        table, progress = QTableWidget(5, 4), QProgressBar()
        progress.setValue(61)
        for cell in range(20):
            table.setItem(cell // 4, cell % 4, QTableWidgetItem(_WORDS[cell]))
        layout = QVBoxLayout(window)
        for widget in (
            *(QPushButton("Save all"), QCheckBox("Keep the original"), QLineEdit("album/1952"), progress, table),
            QPlainTextEdit(" ".join(_WORDS)),
        ):
            layout.addWidget(widget)
        window.resize(_W, 520)
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        shots.append(rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy())
    app.processEvents()
    return shots


def overexposed(photo: np.ndarray) -> np.ndarray:
    """A scan with twice the light: much of it is white."""
    return np.clip(photo * 2.0, 0, 255).astype(np.uint8)


def in_sixteen_bits(photo: np.ndarray) -> np.ndarray:
    return photo.astype(np.uint16) * 257


def linear(photo: np.ndarray) -> np.ndarray:
    """As some scanners write it: in linear light (IEC 61966-2-1), and so dark."""
    x = photo / 255.0
    light = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
    return np.rint(light * 65535).astype(np.uint16)


#: Sides that are awkward for tiles and grids, height and width.
SIZES: tuple[tuple[int, int], ...] = ((1, 1), (1, 7), (7, 1), (3, 500), (9, 9), (17, 31), (500, 3), (129, 257))

Method = Callable[[np.ndarray], np.ndarray]
