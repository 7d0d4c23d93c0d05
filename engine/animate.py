"""Frames into an animation: GIF, WebP, MP4, or a folder of numbered PNGs; and onto one contact sheet.

    times = moments(walk.length, 60, easing="smooth", path="back")
    save((walk.frame(t) for t in times), "walk.gif", fps=25)

A target is there whole or not at all. MP4 needs PyAV, which is an extra: `pip install latent-darkroom[video]`.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import math
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Literal

import numpy as np
from PIL import Image

from engine.errors import Cancelled, PhotoError
from engine.files import explain, replacing

#: What `save` writes; a target without a suffix becomes a folder of PNGs.
SUFFIXES = (".gif", ".mp4", ".webp")
#: Frames a second: GIF players slow down what is faster.
FASTEST = 50

#: "linear" moves evenly; "smooth" lingers at the key pictures and speeds up between them.
Easing = Literal["linear", "smooth"]
#: "once" from the first key picture to the last; "back" and home again; "closed" on from the last to the first.
#: The last two make loops without a repeated frame.
Way = Literal["once", "back", "closed"]

#: Called after each frame: how many are done.
OnFrame = Callable[[int], None]

_ENCODERS = ("libx264", "libopenh264", "mpeg4")  # H.264 plays everywhere; MPEG-4 is in every build


def moments(length: float, count: int, *, easing: Easing = "linear", path: Way = "once") -> list[float]:
    """Where on a walk of ``length`` ways the ``count`` frames of an animation are, each in 0..length."""
    if path == "once":
        even = [length * i / max(1, count - 1) for i in range(count)]
    elif path == "back":
        even = [length * (1 - abs(1 - 2 * i / count)) for i in range(count)]
    else:
        even = [length * i / count for i in range(count)]
    return even if easing == "linear" else [_smooth(t) for t in even]


def _smooth(t: float) -> float:
    """Each whole step of the walk eased in and out by the cubic 3 s^2 - 2 s^3."""
    s = t - math.floor(t)
    return math.floor(t) + s * s * (3 - 2 * s)


def save(
    frames: Iterable[np.ndarray],
    target: str | Path,
    *,
    fps: float = 25,
    quality: int = 90,
    overwrite: bool = False,
    on_frame: OnFrame | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write ``frames``, each [H, W, 3] uint8 of one size, as what the target's suffix names.

    Animations repeat for ever, where the format can say so. ``fps`` is at most `FASTEST`; GIF rounds the
    time of a frame to 1/100 s. ``quality`` 1..100 is for WebP and MP4. The target is checked before the
    first frame is asked for. Raises `PhotoError` for a target that cannot be written or exists (a folder
    is never replaced unless it is empty), and `Cancelled` when ``cancelled()`` says so between two frames.
    """
    if not 0 < fps <= FASTEST:
        raise ValueError(f"fps is {fps}, not above 0 and at most {FASTEST}")
    target = Path(target)
    suffix = target.suffix.lower()
    if suffix and suffix not in SUFFIXES:
        raise PhotoError(target, f"animations are saved as {', '.join(SUFFIXES)} or as a folder, not as {suffix!r}")
    try:
        watched = _watched(frames, target, on_frame, cancelled)
        if not suffix:
            _save_folder(watched, target)
            return target
        if suffix == ".mp4":
            _av(target)  # before the work, not after it
        with replacing(target, overwrite=overwrite) as file:
            # Through memory, because the encoders hide what the system says of a full disk.
            file.write(_encoded(watched, suffix, fps, quality, target))
    except OSError as error:
        raise PhotoError(target, explain(error, writing=True)) from error
    except MemoryError as error:
        raise PhotoError(target, "there is not enough memory for so many frames") from error
    return target


def save_sheet(
    frames: Iterable[np.ndarray],
    target: str | Path,
    *,
    overwrite: bool = False,
    on_frame: OnFrame | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write ``frames`` as one PNG (see `contact_sheet`). Raises as `save` does."""
    target = Path(target)
    if target.suffix.lower() != ".png":
        raise PhotoError(target, f"a contact sheet is saved as .png, not as {target.suffix!r}")
    try:
        with replacing(target, overwrite=overwrite) as file:
            sheet = contact_sheet(_watched(frames, target, on_frame, cancelled))
            Image.fromarray(sheet).save(file, "PNG")
    except OSError as error:
        raise PhotoError(target, explain(error, writing=True)) from error
    except MemoryError as error:
        raise PhotoError(target, "there is not enough memory for so many frames") from error
    return target


def contact_sheet(frames: Iterable[np.ndarray], columns: int | None = None, gap: int = 4) -> np.ndarray:
    """All frames [H, W, 3] uint8, row by row on one dark sheet, ``gap`` pixels apart.

    By default there are about as many columns as rows. Raises ValueError for no frames.
    """
    shown = list(frames)
    if not shown:
        raise ValueError("a contact sheet needs frames")
    columns = min(len(shown), columns or math.ceil(math.sqrt(len(shown))))
    rows = -(-len(shown) // columns)
    height, width = shown[0].shape[:2]
    sheet = np.full((rows * (height + gap) + gap, columns * (width + gap) + gap, 3), 32, dtype=np.uint8)
    for number, frame in enumerate(shown):
        top, left = (gap + k * (n + gap) for k, n in zip(divmod(number, columns), (height, width), strict=True))
        sheet[top : top + height, left : left + width] = frame
    return sheet


# -- the formats ------------------------------------------------------------------------------------


def _watched(
    frames: Iterable[np.ndarray], target: Path, on_frame: OnFrame | None, cancelled: Callable[[], bool] | None
) -> Iterator[np.ndarray]:
    """The frames, with word of each that was taken."""
    done = 0
    for done, frame in enumerate(frames, start=1):
        if cancelled and cancelled():
            raise Cancelled
        yield np.ascontiguousarray(frame)
        if on_frame:
            on_frame(done)
    if not done:
        raise PhotoError(target, "there are no frames to save")


def _encoded(frames: Iterator[np.ndarray], suffix: str, fps: float, quality: int, target: Path) -> bytes:
    buffer = io.BytesIO()
    if suffix == ".mp4":
        _mp4(frames, buffer, fps, quality, target)
    elif suffix == ".webp":
        options = {"duration": round(1000 / fps), "quality": quality, "method": 2}
        _pillow(map(Image.fromarray, frames), buffer, "WEBP", options)
    else:
        _pillow(map(_with_palette, frames), buffer, "GIF", {"duration": 10 * round(100 / fps), "optimize": False})
    return buffer.getvalue()


def _pillow(images: Iterator[Image.Image], buffer: BinaryIO, kind: str, options: dict[str, Any]) -> None:
    next(images).save(buffer, kind, save_all=True, append_images=images, loop=0, **options)


def _with_palette(frame: np.ndarray) -> Image.Image:
    """A frame in its own best 256 colours. One palette for all would be 2 dB worse on a walk between two portraits."""
    image = Image.fromarray(frame)
    palette = image.quantize(256, method=Image.Quantize.FASTOCTREE)
    return image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def _av(target: Path) -> Any:
    """PyAV."""
    try:
        return importlib.import_module("av")
    except ImportError as error:
        cause = "MP4 needs PyAV, which is not installed (pip install av); GIF and WebP need nothing"
        raise PhotoError(target, cause) from error


def _mp4(frames: Iterator[np.ndarray], buffer: BinaryIO, fps: float, quality: int, target: Path) -> None:
    av = _av(target)
    name = next((name for name in _ENCODERS if name in av.codecs_available), None)
    if name is None:
        raise PhotoError(target, "this PyAV has no encoder for MP4; save it as WebP or GIF")
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream(name, rate=Fraction(fps).limit_denominator(1000))
        stream.pix_fmt = "yuv420p"
        if name == "libx264":
            # x264's scale ends at 51, the worst; quality 90 becomes 18, where losses begin to be seen.
            stream.options = {"crf": str(round(14 + (100 - quality) * 37 / 99)), "preset": "veryfast"}
        else:
            stream.bit_rate = 8_000_000
        for number, frame in enumerate(map(_even, frames)):
            if number == 0:
                stream.height, stream.width = frame.shape[:2]
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())


def _even(frame: np.ndarray) -> np.ndarray:
    """The frame with even sides, its last row and column repeated where need be: colour has half the resolution."""
    return np.pad(frame, [(0, n % 2) for n in frame.shape[:2]] + [(0, 0)], mode="edge")


def _save_folder(frames: Iterator[np.ndarray], target: Path) -> None:
    """0001.png and so on, in a hidden folder that takes the target's name when it is complete."""
    part = target.with_name(f".{secrets.token_hex(6)}.part")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PhotoError(target, "it already exists" + (" and has files in it" if target.is_dir() else ""))
    part.mkdir()
    try:
        for number, frame in enumerate(frames, start=1):
            buffer = io.BytesIO()
            Image.fromarray(frame).save(buffer, "PNG", compress_level=1)
            with (part / f"{number:04}.png").open("xb") as file:
                file.write(buffer.getvalue())
                file.flush()
                os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            target.rmdir()  # Windows does not replace a folder, not even an empty one
        part.replace(target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
