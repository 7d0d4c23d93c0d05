"""Files of the Sliders tab: what is in a dropped one, names for pictures, the dialogs that ask for places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop import file_dialogs
from desktop.preferences import Preferences
from desktop.tabs.generate_files import name_of, save
from desktop.tabs.generate_state import Picture, key_of
from desktop.widgets import thumbnail
from desktop.widgets.picture import colour_image, eight_bits
from engine import recipes
from engine.errors import PhotoError
from engine.formats import READABLE, find_photos
from engine.recipes import Recipe

#: Longest side of a photo that is shown to be framed.
SHOWN = 1600


@dataclass(frozen=True)
class Found:
    """The first picture of a drop: a recipe or a photo; how many more there were; why it cannot be used."""

    path: Path | None = None
    recipe: Recipe | None = None
    more: int = 0
    failure: str = ""


def look_into(paths: Sequence[Path]) -> Found:
    """Files and folders. For a worker."""
    photos = find_photos(list(paths))
    if not photos:
        return Found()
    try:
        return Found(photos[0], recipes.read(photos[0]), len(photos) - 1)
    except PhotoError as error:
        return Found(photos[0], failure=str(error))


@dataclass(frozen=True)
class Example:
    """A picture that a slider is to be made of."""

    stop: Recipe | str
    name: str
    image: QImage

    @property
    def key(self) -> str:
        return self.stop if isinstance(self.stop, str) else key_of(self.stop)


def examples(paths: Sequence[Path], model: str, size: QSize) -> tuple[list[Example], list[str]]:
    """The pictures in files and folders for a model, and sentences about those that cannot be used. For a worker.

    What another model drew is a picture like any other.
    """
    found, failures = [], []
    for path in find_photos(list(paths)):
        try:
            recipe = recipes.read(path)
        except PhotoError as error:
            failures.append(str(error))
            continue
        stop = recipe if recipe is not None and recipe.model == model else str(path.absolute())
        found.append(Example(stop, path.name, thumbnail.of_file(path, size)))
    return found, failures


def open_photo(path: Path) -> tuple[QImage, tuple[int, int]]:
    """A photo to be shown, and its width and height in pixels. For a worker. Raises `PhotoError`."""
    from engine import photo

    pixels = photo.read(path).pixels
    height, width = pixels.shape[:2]
    step = max(1, max(height, width) // (2 * SHOWN))
    image = colour_image(eight_bits(pixels[::step, ::step]))
    if max(image.width(), image.height()) > SHOWN:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(SHOWN, SHOWN, keep, smooth)
    return image, (width, height)


def suggested_name(recipe: Recipe, photo: Path | None) -> str:
    """What a picture is called: after the photo it began with, or after its model and seed."""
    return f"{photo.stem}-{key_of(recipe)[:6]}.png" if photo else name_of(recipe)


def lay_out(recipe: Recipe, picture: Picture, photo: Path | None, folder: Path) -> Path:
    """A file in a passing folder for other apps, named as if it were saved. For a worker.

    Raises `PhotoError` and OSError.
    """
    target = folder / key_of(recipe) / suggested_name(recipe, photo)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target if target.exists() else save((recipe, picture), target)


class SlidersDialogs(QObject):
    """The system's dialogs, which begin where the user was last. Each returns nothing when it is cancelled."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._parent, self._preferences = parent, preferences

    def photo_to_open(self) -> list[Path]:
        """One at most."""
        begin = self._preferences.place("open")
        photo = file_dialogs.file_to_open(self._parent, self.tr("Open a photo"), begin, self._kinds())
        return self._opened([photo] if photo else [])

    def pictures_to_add(self) -> list[Path]:
        begin = self._preferences.place("open")
        return self._opened(file_dialogs.files_to_open(self._parent, self.tr("Add pictures"), begin, self._kinds()))

    def _kinds(self) -> str:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(READABLE))
        photos, every = self.tr("Photos"), self.tr("All files")
        return f"{photos} ({kinds});;{every} (*)"

    def _opened(self, paths: list[Path]) -> list[Path]:
        if paths:
            self._preferences.set_folder("open", paths[0].parent)
        return paths

    def place_to_save(self, recipe: Recipe, photo: Path | None) -> tuple[Path, bool] | None:
        """A file, and whether the user agreed to write over what is there."""
        suggested = self._preferences.place("save") / suggested_name(recipe, photo)
        typed = file_dialogs.place_to_save(self._parent, self.tr("Save the picture"), suggested, "PNG (*.png)")
        if typed is None:
            return None
        target = typed
        if target.suffix.lower() != ".png":
            target = target.with_name(target.name + ".png")
        self._preferences.set_folder("save", target.parent)
        return target, target == typed
