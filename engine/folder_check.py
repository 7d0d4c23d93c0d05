"""What a folder of pictures is good for: the first page of the wizard, and ``finetune FOLDER --check``.

    for said in check(Folder("holiday")):      # `engine.lessons.Look`: line by line, while it is read
        ...

Every file is read once and small. Needs no torch.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from engine.ahead import done_ahead
from engine.errors import DarkroomError, PhotoError
from engine.folder import Likeness, label_of, perceptual_hash, picture_files
from engine.lessons import GOALS, UNUSED, Checked, Colour, Finding, Found, Goal, Judged, Light, Look, Looking
from engine.scaled import Scaled, read_scaled

#: Shorter side to which pictures are read, and longest side of the thumbnails.
_READ, _THUMBNAIL = 96, 96
#: A picture whose shorter side is less than this stays blurred in every model.
_SMALL = 64
#: Standard deviation on the 8-bit scale under which nothing is on a picture.
_BLANK = 3.0
#: How many times the usual distance to its nearest others makes a picture an odd one, and how many decide it.
_ODD, _NEIGHBOURS, _FEWEST = 6.0, 3, 12
#: Pictures that others are compared with: more do not make "odd" any clearer.
_COMPARED = 1500
#: Proportions that differ by more than this factor are mixed shapes.
_MIXED = 1.6

#: Pictures that each goal needs at least, and from which on it usually works well.
NEEDED: dict[Goal, tuple[int, int]] = {"draw": (20, 200), "restore": (8, 40), "denoise-noisy": (4, 20)}
#: Shorter side in pixels that half of the pictures must have for it.
_SIDES: dict[Goal, int] = {"draw": 32, "restore": 96, "denoise-noisy": 96}
_WORDS: dict[Goal, str] = {
    "draw": "To draw pictures like these",
    "restore": "To restore photos like these",
    "denoise-noisy": "To clean noisy scans like these",
}


@dataclass
class Pictures:
    """What is known of a folder when it was read: the files that can be learnt from, in order."""

    folder: Path
    files: list[Found] = field(default_factory=list)  #: all of them
    odd: dict[str, str] = field(default_factory=dict)  #: reason by file
    others: int = 0  #: left out by name

    @property
    def used(self) -> list[Found]:
        return [found for found in self.files if found.finding not in UNUSED]


def check(folder: Path, leave_out: Collection[str] = ()) -> Iterator[Look]:
    """Look at every picture of a folder; the last thing said is `Checked`.

    ``leave_out``: files (relative to the folder, with "/") that the user does not want. Raises `DarkroomError` where
    the folder cannot be read or has no picture.
    """
    from engine.folder_advice import likely_goal, suggestions

    pictures = Pictures(folder)
    yield from look(pictures, leave_out)
    used = pictures.used
    likely = likely_goal([folder / found.file for found in used]) if used else "draw"
    widths, heights = ([getattr(found, side) for found in used] or [0] for side in ("width", "height"))
    shapes = [found.width / found.height for found in used]
    mixed = bool(shapes) and float(np.quantile(shapes, 0.9) / np.quantile(shapes, 0.1)) > _MIXED
    findings: dict[Finding, int] = dict(Counter(found.finding for found in pictures.files))
    if pictures.odd:
        findings["odd"] = len(pictures.odd)
        findings["good"] = findings.get("good", 0) - len(pictures.odd)
    yield Checked(
        folder=str(folder),
        used=len(used),
        findings=findings,
        labels=dict(Counter(found.label for found in used)),
        width=int(np.median(widths)),
        height=int(np.median(heights)),
        mixed_shapes=mixed,
        notes=tuple(_notes(pictures, findings, mixed)),
        lights=tuple(light(goal, len(used), widths, heights) for goal in GOALS),
        likely=likely,
        suggestions=suggestions([folder / found.file for found in used]) if used else (),
    )


def look(pictures: Pictures, leave_out: Collection[str] = ()) -> Iterator[Look]:
    """Fill ``pictures`` and say what was found as it is found. Raises as `check` does."""
    folder, left = pictures.folder, set(leave_out)
    every = list(picture_files(folder))
    paths = [path for path in every if path.relative_to(folder).as_posix() not in left]
    pictures.others = len(every) - len(paths)
    if not paths:
        raise DarkroomError(f"{folder.name or folder}: there are no pictures in this folder{_but(pictures.others)}.")
    likeness, first, smalls = Likeness(), {}, []
    began = said = time.monotonic()
    for done, (path, scaled) in enumerate(done_ahead(_small, paths), start=1):
        file = path.relative_to(folder).as_posix()
        found = _found(path, file, folder, scaled)
        if not isinstance(scaled, PhotoError) and found.finding != "blank":
            place = likeness.place(perceptual_hash(scaled.pixels), scaled.pixels)
            number = likeness.seen - 1
            if place is not None:
                like = first[place]
                reason = f"{path.name}: it is almost the same as {Path(like).name}."
                found = msgspec.structs.replace(found, finding="alike", reason=reason, like=like)
            else:
                first[number] = file
                smalls.append(_features(scaled))
        pictures.files.append(found)
        yield found
        now = time.monotonic()
        if now - said > 0.2 or done == len(paths):
            said = now
            left_over = (now - began) / done * (len(paths) - done)
            yield Looking(done=done, total=len(paths), seconds_left=left_over if done > 20 else None)
    for place in _odd_ones(smalls):
        found = pictures.used[place]
        if found.finding == "good":
            pictures.odd[found.file] = f"{Path(found.file).name}: it looks unlike the others."
            yield Judged(file=found.file, finding="odd", reason=pictures.odd[found.file])


def light(goal: Goal, count: int, widths: list[int], heights: list[int]) -> Light:
    """The traffic light of a goal for so many usable pictures of these sizes."""
    least, enough = NEEDED[goal]
    side = float(np.median(np.minimum(widths, heights)))
    what, colour = _WORDS[goal], "green"
    pictures = f"{count} picture{'' if count == 1 else 's'}"
    if count < least:
        colour, text = "red", f"{what}, at least {least} different pictures are needed; here are {count}."
    elif side < _SIDES[goal]:
        colour = "red" if goal != "draw" else "yellow"
        text = f"{what}, they should be {_SIDES[goal]} pixels or more on the shorter side; half have {side:.0f}."
    elif count < enough:
        colour, text = "yellow", f"{what}, {pictures} may do; {enough} or more usually work well."
    else:
        text = f"{what}, {pictures} are enough."
    colours: dict[str, Colour] = {"green": "green", "yellow": "yellow", "red": "red"}
    return Light(goal=goal, colour=colours[colour], text=text, pictures=count, least=least, enough=enough)


def _small(path: Path) -> Scaled | PhotoError:
    try:
        return read_scaled(path, _READ)
    except PhotoError as error:
        return error


def _found(path: Path, file: str, folder: Path, scaled: Scaled | PhotoError) -> Found:
    label = label_of(path, folder)
    if isinstance(scaled, PhotoError):
        return Found(
            file=file, label=label, width=0, height=0, finding="unreadable", reason=f"{scaled}.", thumbnail=b""
        )
    finding: Finding = "good"
    reason = ""
    if scaled.pixels.astype(np.float32).std((0, 1)).max() < _BLANK:
        finding, reason = "blank", f"{path.name}: nothing is on it."
    elif min(scaled.width, scaled.height) < _SMALL:
        finding, reason = "small", f"{path.name}: it has only {scaled.width} x {scaled.height} pixels."
    return Found(
        file=file,
        label=label,
        width=scaled.width,
        height=scaled.height,
        finding=finding,
        reason=reason,
        thumbnail=_thumbnail(scaled.pixels),
    )


def _thumbnail(pixels: np.ndarray) -> bytes:
    image = Image.fromarray(pixels)
    image.thumbnail((_THUMBNAIL, _THUMBNAIL))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def _features(scaled: Scaled) -> np.ndarray:
    """What makes pictures look alike at a glance: colours and light by place, [8 * 8 * 3] float32."""
    small = Image.fromarray(scaled.pixels).resize((8, 8), Image.Resampling.BOX)
    return np.asarray(small, np.float32).ravel()


def _odd_ones(smalls: list[np.ndarray]) -> list[int]:
    """Places of the pictures that are far from all others: further than `_ODD` times the usual spread of distances."""
    if len(smalls) < _FEWEST:
        return []
    points = np.stack(smalls)
    others = points[np.linspace(0, len(points) - 1, min(_COMPARED, len(points))).astype(int)]
    nearest = []
    for part in np.array_split(points, max(1, len(points) // 500)):
        gaps = (part**2).sum(1)[:, None] + (others**2).sum(1) - 2 * part @ others.T
        nearest.append(np.sqrt(np.maximum(np.partition(gaps, _NEIGHBOURS, axis=1)[:, _NEIGHBOURS], 0)))
    distance = np.concatenate(nearest)
    usual = np.median(distance)
    spread = 1.4826 * np.median(np.abs(distance - usual))
    return np.flatnonzero(distance > usual + _ODD * max(spread, 0.05 * usual)).tolist()


def _notes(pictures: Pictures, findings: dict[Finding, int], mixed: bool) -> Iterator[str]:
    def some(finding: Finding, one: str, many: str) -> Iterator[str]:
        if count := findings.get(finding, 0):
            yield one if count == 1 else many.format(count)

    yield from some("unreadable", "One file cannot be read as a picture.", "{} files cannot be read as pictures.")
    yield from some(
        "alike",
        "One picture is a copy of another; it is used once.",
        "{} pictures are copies of others; each is used once.",
    )
    yield from some(
        "blank", "Nothing is on one picture; it is left out.", "{} pictures have nothing on them; they are left out."
    )
    yield from some(
        "odd",
        "One picture looks unlike the others: leave out what does not belong.",
        "{} pictures look unlike the others: leave out what does not belong.",
    )
    yield from some(
        "small",
        f"One picture is smaller than {_SMALL} pixels and will stay blurred.",
        f"{{}} pictures are smaller than {_SMALL} pixels and will stay blurred.",
    )
    if mixed:
        yield "The shapes are mixed: to draw, each picture is put on a square."
    labels = {found.label for found in pictures.used}
    if len(labels) > 1:
        yield f"The {len(labels)} sub-folders become labels, and labels become sliders."


def _but(left_out: int) -> str:
    return f" but the {left_out} that are left out" if left_out else ""
