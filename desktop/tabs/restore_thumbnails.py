"""Thumbnails for the queue's filmstrip: of the file at first, of the photo once it is opened, of the result at last."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop.background import Background
from desktop.tabs.restore_photo import QueuedPhoto
from desktop.widgets import thumbnail
from desktop.widgets.filmstrip import THUMBNAIL, Filmstrip


class Thumbnails:
    """Makes them in the background; the newest of a photo wins."""

    def __init__(self, strip: Filmstrip, background: Background) -> None:
        self._strip, self._background = strip, background
        self._made_of: dict[int, str] = {}

    def make(self, photo: QueuedPhoto) -> None:
        number, path, pixels = photo.number, photo.path, photo.last.pixels if photo.last else photo.pixels
        source = self._made_of[number] = pixels or str(path)
        size = THUMBNAIL * self._strip.devicePixelRatioF()

        def made(image: QImage) -> None:
            if self._made_of.get(number) == source:
                self._strip.frames.set_thumbnail(number, image)

        self._background.run(
            lambda: thumbnail.of_pixels(pixels, size) if pixels else thumbnail.of_file(path, size),
            made,
            lambda error: None,  # the photo was removed, and its file with it
        )

    def forget(self, number: int) -> None:
        self._made_of.pop(number, None)
