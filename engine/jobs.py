"""Jobs, their settings and their results: what the window, the terminal and the engine tell each other.

The same small structs travel through the pipe to the engine process, into the text of finished
pictures and out of ``--json``. Pixels never travel: the engine leaves them in the session's work
folder as ``.npy`` files which the window maps into memory, so a crash of either side loses none.
"""

from __future__ import annotations

import msgspec

#: (left, top, right, bottom) in pixels of the upright photo.
Box = tuple[int, int, int, int]


class RestoreSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What to remove from a photo. ``None`` is Automatic: the model judges for itself."""

    noise: float | None = None  #: standard deviation on the 8-bit scale, 0..100
    blur: float | None = None  #: Gaussian radius in pixels, 0..5
    jpeg: int | None = None  #: JPEG quality to undo, 1..100; 0: none
    scratches: bool | None = None
    fading: bool | None = None
    strength: float = 1.0  #: 0: the photo as it was, 1: the result
    variant: int = 0  #: 0: the mean of the posterior; 1, 2, ...: samples of it
    seed: int = 0  #: of the samples
    model: str = "photo-restore"


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What seems wrong with a photo, in the units of `RestoreSettings`."""

    noise: float
    blur: float
    jpeg: int
    scratches: float  #: share of the photo with scratches or dirt, 0..1
    fading: float  #: mean change of the tone correction, 0..1
    monochrome: bool  #: grey or of a single tint


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """How to draw a picture again: everything that a generative model needs to be told."""

    model: str
    seed: int = 0  #: 0..2**63 - 1
    variety: float = 1.0  #: scale of the noise: 0 draws the most expected picture, 1 as the prior says
    near: tuple[tuple[int, float], ...] = ()  #: seeds to turn towards, each by a distance 0..1
    sliders: dict[str, float] = {}  #: name of a direction to how far to go, in standard deviations


# -- what the window asks ---------------------------------------------------------------------------


class Open(msgspec.Struct, frozen=True, tag=True):
    """Decode a photo into the work folder and judge what is wrong with it. Answer: `Opened`, then `Estimated`."""

    photo: int  #: the window's number for this photo
    path: str


class Restore(msgspec.Struct, frozen=True, tag=True):
    """Restore an opened photo. Answers: `Part` and `Progress` as it goes, then `Restored`.

    A newer ask for the same photo takes the place of an older one, which is not answered any more.
    ``part_first`` is what the window shows: its middle is done first. Results stay in the work
    folder until the window deletes them.
    """

    photo: int
    ask: int  #: grows with every ask; answers carry it, so that late ones can be told
    path: str
    settings: RestoreSettings
    part_first: Box | None = None


class Save(msgspec.Struct, frozen=True, tag=True):
    """Write a finished result with everything the photo's file carried. Answer: `Saved`."""

    photo: int
    path: str  #: the photo
    pixels: str  #: the result's .npy
    settings: RestoreSettings
    target: str
    overwrite: bool = False


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """Stop restoring a photo, between two tiles. Answer: `Stopped`, if it was waiting or running."""

    photo: int


class Close(msgspec.Struct, frozen=True, tag=True):
    """End the engine process."""


Ask = Open | Restore | Save | Cancel | Close


# -- what the engine answers ------------------------------------------------------------------------


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The engine can take jobs. ``device`` is shown to the user; ``reason`` says why it was chosen."""

    device: str
    reason: str


class Opened(msgspec.Struct, frozen=True, tag=True):
    """The upright photo lies in ``pixels``: a .npy of [height, width, 3], uint8 or uint16, sRGB."""

    photo: int
    path: str
    pixels: str
    width: int
    height: int
    bits: int


class Estimated(msgspec.Struct, frozen=True, tag=True):
    photo: int
    estimate: Estimate


class Part(msgspec.Struct, frozen=True, tag=True):
    """A box of the result is in ``pixels`` now (a growing .npy like `Opened.pixels`, same shape)."""

    photo: int
    ask: int
    pixels: str
    box: Box


class Progress(msgspec.Struct, frozen=True, tag=True):
    """``done`` of ``total`` tiles; ``seconds_left`` at this run's own speed, None until one is done."""

    photo: int
    ask: int
    done: int
    total: int
    seconds_left: float | None


class Restored(msgspec.Struct, frozen=True, tag=True):
    """A result at full strength. ``doubt`` is a .npy [height, width] uint8: eight times the expected
    error (standard deviation on the 8-bit scale), at most 255."""

    photo: int
    ask: int
    pixels: str
    doubt: str
    settings: RestoreSettings
    device: str
    seconds: float


class Saved(msgspec.Struct, frozen=True, tag=True):
    photo: int
    target: str


class Stopped(msgspec.Struct, frozen=True, tag=True):
    photo: int


class Failed(msgspec.Struct, frozen=True, tag=True):
    """``job`` ("open", "restore", "save") failed for this photo; ``message`` is one sentence for the user.

    Photo -1 is none: the engine cannot work at all, because its model does not load.
    """

    photo: int
    job: str
    message: str


Answer = Ready | Opened | Estimated | Part | Progress | Restored | Saved | Stopped | Failed

_encoder = msgspec.msgpack.Encoder()
_asks = msgspec.msgpack.Decoder(Ask)
_answers = msgspec.msgpack.Decoder(Answer)


def encode(message: Ask | Answer) -> bytes:
    """Bytes for the pipe."""
    return _encoder.encode(message)


def decode_ask(message: bytes) -> Ask:
    """The engine's side of the pipe. Raises `msgspec.DecodeError` on anything else."""
    return _asks.decode(message)


def decode_answer(message: bytes) -> Answer:
    """The window's side of the pipe. Raises `msgspec.DecodeError` on anything else."""
    return _answers.decode(message)
