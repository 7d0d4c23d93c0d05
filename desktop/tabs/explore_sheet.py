"""Small pictures for the map and its lists: at once from the map's own records, then sharper from the files."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.background import Background
from desktop.tabs.explore_close import content, read_square
from desktop.widgets.rgb import image_of
from engine.atlas import Atlas
from engine.seen import THUMBNAIL

#: Bytes of pixels that are kept.
ROOM = 96 << 20
#: From this side in pixels on a picture is read again from its file.
SHARP = 60
#: Files that wait to be read: of those asked for before, nobody knows whether they are still seen.
WAITING = 200

Key = tuple[int, int]  # picture, side


class Sheet(QObject):
    """Pictures of one map as pixmaps of any size, without the border that made them square."""

    changed = Signal()  #: a sharper one is there

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self.ratio = 1.0  #: pixels of the screen to a point
        self._atlas: Atlas | None = None
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._bytes = 0
        self._sharp: set[Key] = set()  # there, or not to be had
        self._waiting: list[Key] = []
        self._reading = False

    def show(self, atlas: Atlas | None) -> None:
        """Another map: pictures have other numbers."""
        self._atlas = atlas
        self._kept.clear()
        self._sharp.clear()
        self._waiting, self._bytes = [], 0

    def pixmaps(self, pictures: Sequence[int], side: int) -> list[QPixmap]:
        """The pictures, their longer side ``side`` pixels; `changed` says that some may now be had sharper."""
        atlas = self._atlas
        if atlas is None:
            return [QPixmap() for _ in pictures]
        missing = [p for p in pictures if (p, side) not in self._kept]
        if missing:
            pixels = atlas.thumbnails(np.array(missing))
            for picture, square in zip(missing, pixels, strict=True):
                image = image_of(square.tobytes(), THUMBNAIL, THUMBNAIL)
                size = QSize(*map(int, atlas.pixels[picture]))
                image = image.copy(content(size, THUMBNAIL, atlas.whole))
                self._keep((picture, side), _scaled(image, content(size, side, atlas.whole).size()))
        for picture in pictures:
            self._kept.move_to_end((picture, side))
        found = [self._kept[picture, side] for picture in pictures]
        if side >= SHARP:
            wanted = [key for p in pictures if (key := (p, side)) not in self._sharp and key not in self._waiting]
            self._waiting = (self._waiting + wanted)[-WAITING:]
            self._read_next()
        self._forget()
        return found

    def _keep(self, key: Key, image: QImage) -> None:
        before = self._kept.get(key)
        self._bytes += 4 * key[1] ** 2 if before is None else 0
        self._kept[key] = pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.ratio)

    def _forget(self) -> None:
        while self._bytes > ROOM:
            key, _ = self._kept.popitem(last=False)
            self._sharp.discard(key)
            self._bytes -= 4 * key[1] ** 2

    def _read_next(self) -> None:
        atlas = self._atlas
        if self._reading or not self._waiting or atlas is None:
            return
        key = self._waiting.pop()
        path, side = atlas.path(key[0]), key[1]
        fitted = content(QSize(*map(int, atlas.pixels[key[0]])), side, atlas.whole).size()
        self._reading = True

        def then(image: QImage) -> None:
            self._reading = False
            if self._atlas is atlas:
                self._sharp.add(key)
                if key in self._kept and not image.isNull():
                    self._keep(key, image)
                    self.changed.emit()
            self._read_next()

        def work() -> QImage:
            return _scaled(read_square(path, side, atlas.whole), fitted)

        self._background.run(work, then, lambda _error: then(QImage()))


def _scaled(image: QImage, size: QSize) -> QImage:
    smooth, ignore = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio
    return image if image.size() == size else image.scaled(size, ignore, smooth)
