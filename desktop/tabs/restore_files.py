"""Files of the Restore tab: names for results, and the dialogs that ask for places."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop import file_dialogs, samples
from desktop.preferences import Preferences, pictures
from desktop.widgets.question import agreed
from engine.formats import READABLE, target_name


def suggested_name(photo: Path) -> str:
    """NAME-restored.EXT: the photo's own kind of file where it can be written, PNG otherwise."""
    target = target_name(photo)
    return f"{target.stem}-restored{target.suffix}"


def free_target(folder: Path, name: str, taken: Iterable[Path] = ()) -> Path:
    """``folder/name``, numbered where that exists or is taken."""
    target, number, taken = folder / name, 2, set(taken)
    while target in taken or target.exists():
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return target


def is_same_file(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return a.absolute() == b.absolute()


class FileDialogs(QObject):
    """The system's dialogs, which begin where the user was last. Each returns nothing when it is cancelled."""

    def __init__(self, parent: QWidget, preferences: Preferences, work_folder: Path) -> None:
        super().__init__(parent)
        self._parent, self._preferences, self._work_folder = parent, preferences, work_folder

    def photos_to_open(self) -> list[Path]:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(READABLE))
        photos, every = self.tr("Photos"), self.tr("All files")
        filters = f"{photos} ({kinds});;{every} (*)"
        folder = self._preferences.place("open")
        return self._opened(file_dialogs.files_to_open(self._parent, self.tr("Open photos"), folder, filters))

    def folder_to_open(self) -> list[Path]:
        begin = self._preferences.place("open")
        folder = file_dialogs.folder(self._parent, self.tr("Open a folder of photos"), begin)
        return self._opened([folder] if folder else [])

    def _opened(self, paths: list[Path]) -> list[Path]:
        if paths:
            self._preferences.set_folder("open", paths[0].parent)
        return paths

    def place_to_save(self, photo: Path) -> Path | None:
        """Where one result goes. To replace the original itself, the user must say so twice."""
        folder = self._preferences.folder("save")
        if folder is None:
            ours = photo.is_relative_to(self._work_folder) or photo.is_relative_to(samples.FOLDER)
            folder = pictures() if ours else photo.parent
        target = file_dialogs.place_to_save(
            self._parent,
            self.tr("Save the result"),
            free_target(folder, suggested_name(photo)),
            ";;".join(
                f"{kind} ({suffixes})"
                for kind, suffixes in (
                    ("JPEG", "*.jpg *.jpeg"),
                    ("PNG", "*.png"),
                    ("TIFF", "*.tif *.tiff"),
                    ("WebP", "*.webp"),
                    ("AVIF", "*.avif"),
                    (self.tr("All files"), "*"),
                )
            ),
            f"{self.tr('All files')} (*)",
        )
        if target is None:
            return None
        if not target.suffix:
            target = target.with_suffix(Path(suggested_name(photo)).suffix)
        if is_same_file(target, photo) and not self._replaces_original(photo):
            return None
        self._preferences.set_folder("save", target.parent)
        return target

    def _replaces_original(self, photo: Path) -> bool:
        return agreed(
            self._parent,
            self.tr("“%1” is the original photo.").replace("%1", photo.name),
            self.tr("If you replace it, the photo as it was is gone."),
            self.tr("Replace the original"),
            destructive=True,
        )

    def folder_to_save(self) -> Path | None:
        begin = self._preferences.place("save")
        folder = file_dialogs.folder(self._parent, self.tr("Save all results to a folder"), begin)
        if folder:
            self._preferences.set_folder("save", folder)
        return folder
