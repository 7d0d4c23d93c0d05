"""Photos: a file into sRGB pixels for the models, and a result back into a file with all that the photo carried.

What comes back as it was: the colour space (ICC), EXIF, XMP, IPTC, PNG texts, the resolution, alpha, grey, and
16 bits where the new format has them (`engine.encode` has the table). What changes: EXIF and XMP say "upright",
embedded thumbnails of the old picture go, CMYK and Lab become sRGB, animations and pages become their first
picture, alpha becomes white where the format has none (JPEG). The settings that made a picture are in its file.
"""

from __future__ import annotations

import contextlib
import stat
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from engine import color, decode, encode, files, formats, metadata
from engine import icc as profiles
from engine.color import Profile
from engine.errors import PhotoError
from engine.formats import READABLE, WRITABLE, Refusal, find_photos, is_photo
from engine.metadata import Carried

__all__ = ["READABLE", "WRITABLE", "Photo", "find_photos", "is_photo", "read", "read_settings", "write"]


@dataclass(eq=False)
class Photo:
    """A photo as the models see it, and what `write` needs to make a file like the one it came from."""

    pixels: np.ndarray  #: [H, W, 3] uint8 or uint16, sRGB, upright, contiguous
    alpha: np.ndarray | None  #: [H, W] of the same type; 0 is transparent
    grey: bool  #: the file has a single colour channel
    format: str  #: "JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF", "BMP", "GIF"
    path: Path
    icc: bytes | None = field(default=None, repr=False)  #: of the file; of sRGB, where its space cannot be written
    exif: bytes | None = field(default=None, repr=False)  #: a TIFF structure, as in the file (orientation included)
    xmp: bytes | None = field(default=None, repr=False)
    dpi: tuple[float, float] | None = None
    iptc: bytes | None = field(default=None, repr=False)
    texts: dict[str, str] = field(default_factory=dict)  #: PNG texts, and the comment of JPEG and GIF as "Comment"
    profile: Profile | None = field(default=None, repr=False)  #: of ``icc``, unless that is sRGB
    source: np.ndarray | None = field(default=None, repr=False)  #: the file's own upright samples, if ``profile``

    @property
    def bits(self) -> int:
        """8 or 16."""
        return self.pixels.itemsize * 8

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    @property
    def height(self) -> int:
        return self.pixels.shape[0]


def read(path: str | Path) -> Photo:
    """Reads a photo. Its content decides what it is, not its name. Raises PhotoError, and nothing else."""
    with _sentences(Path(path)) as path, _opened(path) as file:
        decoded = decode.decode(file)
        samples, carried = decoded.samples, decoded.carried
        grey, profile = samples.shape[-1] == 1, None
        try:
            profile = color.open_profile(carried.icc, samples.shape[-1], samples.dtype) if carried.icc else None
        except ValueError:
            carried.icc = None  # without a profile that fits, a picture is sRGB
        source = None
        if profile:
            samples = source = np.repeat(samples, 3, axis=-1) if grey and profile.channels == 3 else samples
            samples = profile.to_srgb(samples)
            if not profile.two_way:
                carried.icc, profile, source = color.SRGB, None, None
        pixels = np.repeat(samples, 3, axis=-1) if samples.shape[-1] == 1 else samples
        return Photo(
            pixels=pixels, alpha=decoded.alpha, grey=grey, format=decoded.format, path=path, profile=profile,
            source=source, **vars(carried),
        )  # fmt: skip


def write(
    photo: Photo,
    pixels: np.ndarray,
    target: str | Path,
    *,
    settings: str | None = None,
    overwrite: bool = False,
    quality: int = 95,
) -> Path:
    """Writes ``pixels``, what became of ``photo.pixels``, with everything the photo's file carried.

    ``pixels`` are [H, W, 3] uint8 or uint16, sRGB, as large as the photo; the target's suffix names the format.
    ``settings`` is the JSON text that made them, for `read_settings`: a PNG keeps it in an iTXt chunk called
    "latent-darkroom", the other formats in XMP as latentdarkroom:settings. ``quality`` 1..100 is for formats that lose.

    The file is there whole or not at all. Raises PhotoError, and nothing else; an existing file is such an error
    unless ``overwrite`` is given.
    """
    with _sentences(Path(target), writing=True) as target:
        kind = formats.FORMAT_OF_SUFFIX.get(target.suffix.lower())
        if kind is None:
            raise PhotoError(target, f"photos are saved as {', '.join(sorted(WRITABLE))}, not as {target.suffix!r}")
        if pixels.shape != photo.pixels.shape or pixels.dtype not in (np.uint8, np.uint16):
            raise PhotoError(target, f"the result is {pixels.shape} {pixels.dtype}, the photo {photo.pixels.shape}")
        with files.replacing(target, overwrite=overwrite) as file:
            samples, icc = _samples(photo, pixels, kind)
            carried = Carried(
                icc=icc,
                exif=photo.exif and metadata.upright_exif(photo.exif, photo.width, photo.height),
                xmp=photo.xmp and metadata.upright_xmp(photo.xmp, photo.width, photo.height),
                iptc=photo.iptc,
                texts=photo.texts,
                dpi=photo.dpi,
            )
            encode.encode(file, kind, samples, carried, settings=settings, quality=quality)
        return target


def read_settings(path: str | Path) -> str | None:
    """The ``settings`` that `write` put into a file; None where there are none. Raises PhotoError, and nothing else."""
    with _sentences(Path(path)) as path, _opened(path) as file:
        return decode.settings(file)


# -- pixels on their way out ------------------------------------------------------------------------


def _samples(photo: Photo, pixels: np.ndarray, kind: str) -> tuple[np.ndarray, bytes | None]:
    """[H, W, 1..4] what the file holds, and the profile that goes with it."""
    samples, icc = _with_bits(pixels, photo.pixels.dtype), photo.icc
    grey = photo.grey and kind in encode.GREY
    if photo.profile and photo.source is not None and (grey or photo.profile.channels == 3):
        if photo.profile.channels == 1:
            samples = photo.profile.from_srgb(_grey(samples), _grey(photo.pixels), photo.source)
        else:
            samples = photo.profile.from_srgb(samples, photo.pixels, photo.source)
    elif photo.grey and not grey and icc and profiles.space(icc) == "GRAY":
        icc = None  # in a format without grey the picture stays sRGB
    if grey and samples.shape[-1] == 3:
        samples = _grey(samples)
    if photo.alpha is not None and kind in encode.ALPHA:
        samples = np.concatenate([samples, photo.alpha[..., None]], axis=-1)
    elif photo.alpha is not None:
        samples = _on_white(samples, photo.alpha)
    return _with_bits(samples, photo.pixels.dtype if kind in encode.SIXTEEN_BITS else np.dtype(np.uint8)), icc


def _with_bits(samples: np.ndarray, dtype: np.dtype) -> np.ndarray:
    if samples.dtype == dtype:
        return samples
    if dtype == np.uint16:
        return samples.astype(np.uint16) * np.uint16(257)
    reduced = np.empty(samples.shape, np.uint8)
    for band in color.bands(*samples.shape[:2]):
        reduced[band] = (samples[band].astype(np.uint32) + 128) // 257
    return reduced


def _grey(samples: np.ndarray) -> np.ndarray:
    """[H, W, 1] the luma of [H, W, 3] (ITU-R BT.709); exact where the channels are equal."""
    luma = np.empty((*samples.shape[:2], 1), samples.dtype)
    for band in color.bands(*samples.shape[:2]):
        luma[band] = np.rint(samples[band] @ np.array([[0.2126], [0.7152], [0.0722]]))
    return luma


def _on_white(samples: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    top = np.iinfo(samples.dtype).max
    flat = np.empty_like(samples)
    for band in color.bands(*samples.shape[:2]):
        cover = alpha[band, :, None].astype(np.float32) / top
        flat[band] = np.rint(samples[band] * cover + top * (1 - cover))
    return flat


# -- errors in words --------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading; whatever goes wrong with it inside the block names its cause."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise Refusal("it is a folder")
    if not stat.S_ISREG(mode):  # a pipe would be waited for, a device never ends
        raise Refusal("it is not a file")
    with path.open("rb") as file:
        try:
            yield file
        except (Refusal, MemoryError):
            raise
        except Exception as error:
            raise Refusal(_damage(error, file)) from error


def _damage(error: Exception, file: BinaryIO) -> str:
    """What is wrong with the content of a file that a decoder gave up on."""
    if isinstance(error, OSError) and error.errno:
        return files.explain(error)
    if isinstance(error, Image.DecompressionBombError):
        return f"it claims to have more than {2 * decode.MAX_MEGAPIXELS} megapixels, too many to read"
    words = str(error)
    if "MAX_TEXT" in words:
        return "a text or profile in it unpacks to more than is safe to read"
    file.seek(0)
    kind = formats.sniff(file.read(256)) or "photo"
    if "truncated" in words.lower() or formats.is_cut_off(file, kind):
        return "the file is cut off, its end is missing"
    if isinstance(error, Image.UnidentifiedImageError):
        return f"it is damaged, or a kind of {kind} that is not read"
    return f"it is damaged ({kind})"


@contextlib.contextmanager
def _sentences(path: Path, *, writing: bool = False) -> Iterator[Path]:
    """Turns every error inside the block into a PhotoError about ``path``, and silences warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what it then reads all the same
            yield path
    except PhotoError:
        raise
    except Refusal as error:
        raise PhotoError(path, str(error)) from error
    except OSError as error:
        raise PhotoError(path, files.explain(error, writing=writing)) from error
    except MemoryError as error:
        raise PhotoError(path, "there is not enough memory for it") from error
    # Decoders and encoders raise errors of any kind on files of any kind, and one bad photo must not stop the others.
    except Exception as error:
        raise PhotoError(path, f"it cannot be {'written' if writing else 'read'} ({error})") from error
