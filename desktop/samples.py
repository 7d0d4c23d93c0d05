"""Pictures that came with the program, to be tried at once. `assets/samples/README.md` says how they were made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "samples"
_SUFFIXES = (".jpg", ".png", ".webp")


@dataclass(frozen=True)
class Sample:
    """Something to try: what it is in a few words, the files or the folder to open, and the pictures that show it."""

    words: str
    paths: tuple[Path, ...]
    shown: tuple[Path, ...]


def old_photos() -> list[Sample]:
    """For Restore, one photo each."""
    words = (
        QCoreApplication.translate("Samples", "A mountain lake, scratched and yellowed"),
        QCoreApplication.translate("Samples", "An orchard, faded"),
        QCoreApplication.translate("Samples", "A harbour, noisy and compressed"),
    )
    photos = _pictures(FOLDER / "old-photos")
    return [Sample(one, (photo,), (photo,)) for one, photo in zip(words, photos, strict=False)]


def faces() -> list[Sample]:
    """For Interpolate: the pictures of a journey."""
    drawn = tuple(_pictures(FOLDER / "drawn"))
    return [Sample(QCoreApplication.translate("Samples", "Three drawn faces"), drawn, drawn)] if drawn else []


def photos_to_walk() -> list[Sample]:
    """For Interpolate: two photos that become each other."""
    photos = tuple(_pictures(FOLDER / "old-photos")[1:])
    return [Sample(QCoreApplication.translate("Samples", "Two photos"), photos, photos)] if photos else []


def folder() -> list[Sample]:
    """For whatever looks at many pictures."""
    many = _pictures(FOLDER / "fruit")
    return (
        [Sample(QCoreApplication.translate("Samples", "A folder of fruit"), (FOLDER / "fruit",), tuple(many[::7][:4]))]
        if many
        else []
    )


def _pictures(of: Path) -> list[Path]:
    return sorted(path for path in of.glob("*.*") if path.suffix in _SUFFIXES)
