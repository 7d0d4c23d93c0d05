"""Tags: what the user calls some pictures of a folder, and what the others are then probably called.

    tags = load(folder)
    tags = tags.give(atlas.content(3), "cherry")
    suggested = suggest(atlas, tags)
    suggested.names[suggested.probabilities[7].argmax()]

A picture has one tag at most, like the sub-folder it would go into. Tags are the user's work: they lie in
the user's data folder, belong to the folder and not to a model, and know pictures by their content, so
that renaming a file loses none. Needs neither torch nor ONNX Runtime nor Pillow.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from engine import catalog
from engine.atlas import Atlas, key_of
from engine.errors import DarkroomError, PhotoError
from engine.files import explain, replacing
from engine.neighbours import squared_distances
from engine.probe import heard

#: Neighbours that a picture listens to.
_HEARD = 9
#: What is heard from all sides is vague: this power of it comes nearer to how often it is right.
_SURER = 3
#: Names that no folder can have on Windows.
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


class Tags(msgspec.Struct, frozen=True):
    """``names`` in the order they were made; ``by_content`` the tag of a picture (`Atlas.content`);
    ``refused`` the tags that a picture was said not to have."""

    names: tuple[str, ...] = ()
    by_content: dict[str, str] = {}
    refused: dict[str, tuple[str, ...]] = {}

    def give(self, content: str, name: str) -> Tags:
        """The same with a tag given, or a suggested one accepted."""
        refused = {c: tuple(n for n in names if (c, n) != (content, name)) for c, names in self.refused.items()}
        names = self.names if name in self.names else (*self.names, name)
        return Tags(names, self.by_content | {content: name}, {c: n for c, n in refused.items() if n})

    def take(self, content: str) -> Tags:
        """The same without the tag of a picture."""
        return msgspec.structs.replace(self, by_content={c: n for c, n in self.by_content.items() if c != content})

    def refuse(self, content: str, name: str) -> Tags:
        """The same with a suggested tag refused for a picture."""
        tags = self.take(content) if self.by_content.get(content) == name else self
        names = tuple(dict.fromkeys((*self.refused.get(content, ()), name)))
        return msgspec.structs.replace(tags, refused=self.refused | {content: names})

    def drop(self, name: str) -> Tags:
        """The same without a tag."""
        return Tags(
            tuple(n for n in self.names if n != name),
            {c: n for c, n in self.by_content.items() if n != name},
            {c: kept for c, n in self.refused.items() if (kept := tuple(one for one in n if one != name))},
        )

    def rename(self, name: str, new: str) -> Tags:
        """The same with a tag called otherwise; one that has that name already takes its pictures in."""

        def called(one: str) -> str:
            return new if one == name else one

        return Tags(
            tuple(dict.fromkeys(map(called, self.names))),
            {c: called(n) for c, n in self.by_content.items()},
            {c: tuple(dict.fromkeys(map(called, n))) for c, n in self.refused.items()},
        )


@dataclass(frozen=True)
class Suggested:
    """``probabilities`` [N, K] of each of ``names`` for every picture of the map; what is left to 1 is "none of
    them". A picture whose tag was given has 1 there, one that was refused 0."""

    names: tuple[str, ...]
    probabilities: np.ndarray

    def best(self, picture: int) -> tuple[str, float]:
        """The most probable tag of a picture, and how probable it is."""
        number = int(self.probabilities[picture].argmax())
        return self.names[number], float(self.probabilities[picture, number])


def suggest(atlas: Atlas, tags: Tags) -> Suggested:
    """The probable tags of all pictures of a map. May run in any thread; a second or two for 20,000 pictures.

    What was said spreads along the map's neighbours (`engine.probe`). A refusal speaks for the other tags and for
    none of them; where there is one tag only, pictures far from all tagged ones stand for "none", too.
    Raises `DarkroomError` where no picture of the map is tagged.
    """
    contents = [atlas.content(n) for n in range(len(atlas))]
    names = tuple(name for name in tags.names if name in {tags.by_content.get(c) for c in contents})
    if not names:
        raise DarkroomError("No picture is tagged yet: tag a few, and the rest gets suggestions.")
    said, barred = np.zeros((len(atlas), len(names) + 1)), np.zeros((len(atlas), len(names) + 1), bool)
    for number, content in enumerate(contents):
        if content in tags.by_content:
            said[number, names.index(tags.by_content[content])] = 1
        elif refused := [names.index(name) for name in tags.refused.get(content, ()) if name in names]:
            barred[number, refused] = True
            said[number] = ~barred[number] / (~barred[number]).sum()
    if len(names) == 1:
        said[_far_from(atlas.space, said[:, 0] > 0), 1] = 1
    if atlas.nearest.shape[1]:
        near = atlas.nearest[:, :_HEARD].astype(np.int64)
        gaps = np.stack([np.square(atlas.space - atlas.space[column]).sum(1) for column in near.T], axis=1)
        told = heard(near, gaps, said)
    else:
        told = said
    told = np.where(barred, 0, told) ** _SURER
    total = told.sum(1, keepdims=True)
    given = said.max(1) == 1
    told = np.where(given[:, None], said, told / np.maximum(total, 1e-12))
    return Suggested(names, told[:, :-1].astype(np.float32))


def _far_from(space: np.ndarray, tagged: np.ndarray) -> np.ndarray:
    """Places of some pictures that are far from all tagged ones: three times as many, spread over the farther half."""
    gaps = np.min([squared_distances(space, one[None])[:, 0] for one in space[tagged]], axis=0)
    farther = np.argsort(gaps)[len(gaps) // 2 :]
    count = min(len(farther), max(5, 3 * int(tagged.sum())))
    chosen = farther[np.linspace(0, len(farther) - 1, count).astype(int)]
    return chosen[~tagged[chosen]]


def load(folder: Path) -> Tags:
    """The tags of a folder; none where there is no file yet. Raises `DarkroomError` for one that cannot be read."""
    path = path_of(folder)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Tags)
    except FileNotFoundError:
        return Tags()
    except OSError as error:
        raise DarkroomError(f"The tags of {folder.name} cannot be read: {explain(error)} ({path}).") from error
    except msgspec.DecodeError as error:
        raise DarkroomError(f"The tags of {folder.name} cannot be read: the file is damaged ({path}).") from error


def save(folder: Path, tags: Tags) -> None:
    """Keep the tags of a folder, whole or not at all. Raises `DarkroomError`."""
    path = path_of(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, overwrite=True) as file:
            file.write(msgspec.json.format(msgspec.json.encode(tags), indent=1) + b"\n")
    except OSError as error:
        raise DarkroomError(f"The tags of {folder.name} cannot be kept: {explain(error, writing=True)}.") from error


def path_of(folder: Path) -> Path:
    """The file of a folder's tags."""
    return catalog.own().parent / "tags" / f"{key_of(folder)}.json"


# -- what tags become -----------------------------------------------------------------------------------


def tagged(atlas: Atlas, tags: Tags, suggested: Suggested | None = None, least: float = 0.9) -> dict[int, str]:
    """The tag of each picture of the map that has one: given, or suggested with ``least`` probability or more."""
    found = {n: tags.by_content[c] for n in range(len(atlas)) if (c := atlas.content(n)) in tags.by_content}
    if suggested is not None:
        best = suggested.probabilities.argmax(1)
        sure = suggested.probabilities.max(1) >= least
        found |= {int(n): suggested.names[best[n]] for n in np.flatnonzero(sure) if int(n) not in found}
    return dict(sorted(found.items()))


def copy_to_folders(
    atlas: Atlas, names: dict[int, str], target: Path, on_file: Callable[[int, int], None] | None = None
) -> list[tuple[Path, str]]:
    """Copy pictures (by their numbers) to a sub-folder of ``target`` for each tag; the originals stay as they are.

    No file is replaced: a name that is taken gets a number. Returns what could not be copied, and why.
    Raises `DarkroomError` where the target itself cannot be written to.
    """
    try:
        for name in dict.fromkeys(names.values()):
            (target / folder_name(name)).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DarkroomError(f"{target.name}: {explain(error, writing=True)}.") from error
    failed = []
    for done, (picture, name) in enumerate(names.items(), start=1):
        path = atlas.path(picture)
        try:
            _copy(path, target / folder_name(name))
        except OSError as error:
            failed.append((path, explain(error, writing=not isinstance(error, FileNotFoundError))))
        if on_file:
            on_file(done, len(names))
    return failed


def folder_name(name: str) -> str:
    """A tag as the name of a folder on any system."""
    plain = "".join("_" if c in '<>:"/\\|?*' or ord(c) < 32 else c for c in name).strip(" .")[:100]
    return f"{plain}_" if plain.split(".")[0].upper() in _RESERVED else plain or "_"


def write_csv(atlas: Atlas, tags: Tags, suggested: Suggested | None, target: Path, overwrite: bool = False) -> None:
    """One line a picture: file, tag, who said so (given or suggested), probability. Raises `PhotoError`."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(("file", "tag", "by", "probability"))
    for picture, file in enumerate(atlas.names):
        given = tags.by_content.get(atlas.content(picture))
        if given is not None:
            lines.writerow((file, given, "given", 1))
        elif suggested is not None and suggested.probabilities[picture].any():
            name, probability = suggested.best(picture)
            lines.writerow((file, name, "suggested", f"{probability:.3f}"))
        else:
            lines.writerow((file, "", "", ""))
    try:
        with replacing(target, overwrite=overwrite) as file:
            file.write(text.getvalue().encode("utf-8-sig"))  # with the mark by which spreadsheets know UTF-8
    except FileExistsError as error:
        raise PhotoError(target, "it already exists.") from error
    except OSError as error:
        raise PhotoError(target, f"{explain(error, writing=True)}.") from error


def sides(atlas: Atlas, tags: Tags, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pictures for `jobs.Learn` (``these`` and ``those``) of a slider towards a tag: those that have it, and those
    that have another or were refused it.

    Raises `DarkroomError` where one side is empty.
    """
    these, those = [], []
    for picture in range(len(atlas)):
        content = atlas.content(picture)
        given = tags.by_content.get(content)
        if given == name:
            these.append(str(atlas.path(picture)))
        elif given is not None or name in tags.refused.get(content, ()):
            those.append(str(atlas.path(picture)))
    if not these or not those:
        missing = f"has the tag {name}" if not these else f"has another tag than {name} or was refused it"
        raise DarkroomError(f"A slider needs pictures on both sides, and none {missing}.")
    return tuple(these), tuple(those)


def _copy(path: Path, folder: Path) -> None:
    """Copy a file into a folder under a name that is not taken. Raises OSError."""
    target, number = folder / path.name, 2
    while True:
        try:
            with path.open("rb") as source, replacing(target) as file:
                shutil.copyfileobj(source, file)
            return
        except FileExistsError:
            target, number = folder / f"{path.stem}-{number}{path.suffix}", number + 1
