"""``python -m assets.make_icons``: the app's icon for every system, from its two drawings.

`app.svg` is the print that develops from left to right; at 32 pixels and fewer its border would eat the picture,
so `app-small.svg` takes its place. Written beside them: `app/SIZE.png` for Linux, `app.png` for everything that
wants one picture, `app.ico` for Windows, `app.icns` for macOS.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256, 512, 1024)
#: Up to so many pixels the small drawing is used.
SMALL = 32


def picture(size: int) -> Image.Image:
    """The icon at ``size`` by ``size`` pixels, RGBA."""
    drawing = QSvgRenderer(str(ICONS / ("app-small.svg" if size <= SMALL else "app.svg")))
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def main() -> None:
    app = QGuiApplication([])
    pictures = {size: picture(size) for size in SIZES}
    (ICONS / "app").mkdir(exist_ok=True)
    for size, made in pictures.items():
        made.save(ICONS / "app" / f"{size}.png", optimize=True)
    pictures[512].save(ICONS / "app.png", optimize=True)
    # Pillow scales what it is not given, so it is given every size that these formats hold.
    for name, biggest in (("app.ico", 256), ("app.icns", 1024)):
        fitting = [made for size, made in pictures.items() if size <= biggest]
        sizes = [made.size for made in fitting]
        fitting[-1].save(ICONS / name, sizes=sizes, append_images=fitting[:-1])
    app.quit()


if __name__ == "__main__":
    main()
