"""How the pictures of a journey look in their places.

Files are read off the window's thread; recipes are drawn by the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from desktop.background import Background
from desktop.tabs.interpolate_plan import MOST, Key, Models
from desktop.widgets import thumbnail
from desktop.widgets.drop import Dropped, store
from desktop.widgets.picture import colour_image, eight_bits
from desktop.widgets.rgb import array_of, images_of
from engine import jobs, recipes
from engine.errors import PhotoError
from engine.formats import find_photos
from engine.recipes import Recipe

#: A file, its recipe, and how it looks or what is wrong with it.
_Looked = tuple[Path, Recipe | None, QImage | PhotoError]

PLACE = "interpolate-keys"
#: Pixels of a picture in its place, at most.
SIZE = QSize(640, 640)


class KeyPictures(QObject):
    """Makes keys of what was dropped or sent, and knows how each looks."""

    found = Signal(list, object)  #: keys, and the place of the first: a number or None
    changed = Signal()  #: there is a picture for a key that had none
    failed = Signal(str)  #: one sentence

    def __init__(self, engine_ask: Callable[[jobs.Draw], None], folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._ask, self._folder = engine_ask, folder / "interpolate"
        self._background = Background(parent=self)
        self._numbers = count(1)
        self._images: dict[int, QImage] = {}
        self._files: dict[int, Path] = {}  # of pictures that were drawn, with their recipes
        self._to_draw: list[Key] = []
        self._asked = 0

    # -- keys come in -----------------------------------------------------------------------------

    def open(self, paths: list[Path], models: Models, at: int | None = None) -> None:
        """Make keys of files, and of those in folders; the first is for the place ``at``. Then `found`."""

        def look() -> list[_Looked]:
            return [_look(path) for path in find_photos(path.absolute() for path in paths)[: MOST + 1]]

        def looked(read: list[_Looked]) -> None:
            keys, sentences = [], []
            for path, recipe, image in read:
                if isinstance(image, PhotoError):
                    sentences.append(str(image))
                    continue
                if recipe is not None and recipe.model not in models.drawing:
                    words = self.tr("“%1” was drawn by the model “%2”, which is not installed: it is taken as a photo.")
                    sentences.append(words.replace("%1", path.name).replace("%2", recipe.model))
                    recipe = None
                keys.append(Key(next(self._numbers), path.stem, path, recipe))
                self._images[keys[-1].number] = image
            if not read:
                sentences.append(self.tr("There is no picture in “%1”.").replace("%1", paths[0].name))
            if sentences:
                self.failed.emit(sentences[0])
            self.found.emit(keys, at)

        if paths:
            self._background.run(look, looked)

    def take_dropped(self, dropped: Dropped, models: Models, at: int | None = None) -> None:
        """The same with what was dropped or pasted."""
        if dropped.image is not None:
            image = dropped.image
            self._background.run(
                lambda: store(image, self._folder.parent / "pasted"),
                lambda path: self.open([path], models, at),
                lambda error: self.failed.emit(str(error)),
            )
        elif dropped.paths:
            self.open(dropped.paths, models, at)
        elif dropped.elsewhere:
            self.failed.emit(self.tr("Only pictures of this computer can be taken: save this one first."))
        else:
            self.failed.emit(self.tr("There is no picture in what was dropped or pasted."))

    def receive(self, sent: Iterable[Recipe], models: Models) -> None:
        """The same with recipes that another tab sent."""
        keys, gone = [], set()
        for recipe in sent:
            if recipe.model in models.drawing:
                keys.append(Key(next(self._numbers), f"{recipe.model}-{recipe.seed}", recipe=recipe))
            else:
                gone.add(recipe.model)
        if gone:
            self.failed.emit(self.tr("The model “%1” is not installed.").replace("%1", ", ".join(sorted(gone))))
        if keys:
            self.found.emit(keys, None)

    def again(self, keys: Sequence[Key | None]) -> tuple[Key | None, ...]:
        """Keys of an earlier day under new numbers; how those with files look is read again."""
        numbered = tuple(replace(key, number=next(self._numbers)) if key else None for key in keys)
        files = [(key.number, key.path) for key in numbered if key is not None and key.path is not None]

        def looked(read: list[tuple[int, QImage | PhotoError]]) -> None:
            self._images |= {number: image for number, image in read if isinstance(image, QImage)}
            self.changed.emit()

        self._background.run(lambda: [(number, _look(path)[2]) for number, path in files], looked)
        return numbered

    # -- how they look ----------------------------------------------------------------------------

    def image(self, key: Key) -> QImage | None:
        return self._images.get(key.number)

    def file(self, key: Key) -> Path | None:
        """The file that stands for a picture outside of the window."""
        return key.path or self._files.get(key.number)

    def draw(self, keys: Iterable[Key]) -> None:
        """Ask for the pictures of those that have none."""
        wanted = [key for key in keys if key.path is None and key.number not in self._images]
        if not wanted or wanted == self._to_draw:
            return
        self._to_draw, self._asked = wanted, self._asked + 1
        drawn = tuple(key.recipe for key in wanted if key.recipe is not None)
        self._ask(jobs.Draw(place=PLACE, ask=self._asked, recipes=drawn))

    def take(self, answer: jobs.PlaceAnswer) -> None:
        """Hear the engine."""
        if answer.place != PLACE or isinstance(answer, jobs.Withdrawn) or answer.ask != self._asked:
            return
        if isinstance(answer, jobs.Refused):
            self.failed.emit(answer.message)
        elif isinstance(answer, jobs.Drawn):
            keys = self._to_draw[answer.first :]
            for key, image in zip(keys, images_of(answer.pictures, answer.side), strict=False):
                self._images[key.number] = image
                self._store(key, array_of(image))
            self.changed.emit()

    def _store(self, key: Key, pixels: np.ndarray) -> None:
        recipe, target = key.recipe, self._folder / f"{key.name}-{key.number}.png"
        assert recipe is not None

        def write() -> None:
            self._folder.mkdir(parents=True, exist_ok=True)
            recipes.save(pixels, recipe, target, overwrite=True)

        # Without its file a picture is dragged out as pixels only: no word about that is needed.
        self._background.run(write, lambda _: self._files.update({key.number: target}), lambda _error: None)

    def close(self) -> None:
        self._background.close()


def _look(path: Path) -> _Looked:
    """A file's recipe, if it has one, and how it looks. For a worker."""
    from engine import photo

    try:
        recipe = recipes.read(path)
        image = thumbnail.of_file(path, SIZE)
        if image.isNull():  # a kind that Qt does not read, or no photo at all
            image = thumbnail.scaled(colour_image(eight_bits(photo.read(path).pixels)), SIZE)
    except PhotoError as error:
        return path, None, error
    return path, recipe, image
