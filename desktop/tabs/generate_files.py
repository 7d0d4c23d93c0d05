"""Files of the Generate tab: what pictures are called, the dialogs that ask for places, what is in a dropped file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import file_dialogs
from desktop.preferences import Preferences
from desktop.tabs.generate_state import Picture, key_of
from desktop.tabs.restore_files import free_target
from engine import recipes
from engine.errors import PhotoError
from engine.formats import find_photos
from engine.recipes import Recipe

#: A recipe and what it draws.
Drawn = tuple[Recipe, Picture]


def name_of(recipe: Recipe) -> str:
    """MODEL-SEED.png, with a few letters for what was changed about the picture of that seed."""
    changed = recipe.near or recipe.latent or recipe.sliders or recipe.variety != 1
    mark = f"-{key_of(recipe)[:6]}" if changed else ""
    model = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in recipe.model).lstrip(".")
    return f"{model}-{recipe.seed}{mark}.png"


def save(drawn: Drawn, target: Path, overwrite: bool = False) -> Path:
    """Write a picture with its recipe. For a worker. Raises `PhotoError`."""
    recipe, picture = drawn
    pixels = np.frombuffer(picture.pixels, np.uint8).reshape(picture.side, picture.side, 3)
    return recipes.save(pixels, recipe, target, overwrite)


def save_all(pictures: Sequence[Drawn], folder: Path) -> list[Path]:
    """Write pictures to a folder; what lies there already stays. Their files. For a worker. Raises `PhotoError`."""
    return [save(drawn, free_target(folder, name_of(drawn[0]))) for drawn in pictures]


def lay_out(pictures: Sequence[Drawn], folder: Path) -> list[Path]:
    """Files in a passing folder for other apps, each named as if it were saved. For a worker.

    Raises `PhotoError` and OSError.
    """
    paths = []
    for drawn in pictures:
        # A folder for each: two pictures may have one name.
        target = folder / key_of(drawn[0]) / name_of(drawn[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        paths.append(target if target.exists() else save(drawn, target))
    return paths


@dataclass
class Found:
    """What dropped files hold: recipes; pictures without one; sentences about stored settings that cannot be used."""

    recipes: list[Recipe] = field(default_factory=list)
    plain: list[Path] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  #: of the files of the recipes
    searched: str = ""  #: the first file or folder that was looked into


def look_into(paths: Sequence[Path]) -> Found:
    """Read the recipes in files and folders. For a worker."""
    found = Found(searched=paths[0].name)
    for path in find_photos(list(paths)):
        try:
            recipe = recipes.read(path)
        except PhotoError as error:
            found.failures.append(str(error))
            continue
        if recipe is None:
            found.plain.append(path)
        else:
            found.recipes.append(recipe)
            found.names.append(path.name)
    return found


class GenerateDialogs(QObject):
    """The system's dialogs, which begin where the user was last. Each returns nothing when it is cancelled."""

    def __init__(self, parent: QWidget, preferences: Preferences) -> None:
        super().__init__(parent)
        self._parent, self._preferences = parent, preferences

    def pictures_to_open(self) -> list[Path]:
        drawn, every = self.tr("Pictures that were drawn here"), self.tr("All files")
        kinds = f"{drawn} (*.png);;{every} (*)"
        begin = self._preferences.place("open")
        files = file_dialogs.files_to_open(self._parent, self.tr("Open drawn pictures"), begin, kinds)
        if files:
            self._preferences.set_folder("open", files[0].parent)
        return files

    def place_to_save(self, recipe: Recipe) -> tuple[Path, bool] | None:
        """Where a picture goes, and whether the user agreed to replace what lies there."""
        suggested = self._preferences.place("save") / name_of(recipe)
        typed = file_dialogs.place_to_save(self._parent, self.tr("Save the picture"), suggested, "PNG (*.png)")
        if typed is None:
            return None
        target = typed if typed.suffix.lower() == ".png" else typed.with_name(typed.name + ".png")
        self._preferences.set_folder("save", target.parent)
        return target, target == typed

    def folder_to_save(self) -> Path | None:
        begin = self._preferences.place("save")
        folder = file_dialogs.folder(self._parent, self.tr("Save the pictures to a folder"), begin)
        if folder:
            self._preferences.set_folder("save", folder)
        return folder
