"""Jobs, their settings and their results: what the window, the terminal and the engine tell each other.

The same small structs travel through the pipe to the engine process, into the text of finished
pictures and out of ``--json``. Photos never travel: the engine leaves them in the session's work
folder as ``.npy`` files which the window maps into memory, so a crash of either side loses none.
The small pictures that a generative model draws travel as bytes.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.recipes import Recipe

#: (left, top, right, bottom) in pixels of the upright photo.
Box = tuple[int, int, int, int]


#: How much time a result may take. Fast: by the model's fast edition, where it has one, on the processor. Best: the
#: mean over all turned and mirrored views of the photo, in eight times the time.
Quality = Literal["fast", "normal", "best"]


class RestoreSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What to remove from a photo. ``None`` is Automatic: the model judges for itself."""

    noise: float | None = None  #: standard deviation on the 8-bit scale, 0..100
    blur: float | None = None  #: Gaussian radius in pixels, 0..5
    jpeg: int | None = None  #: JPEG quality to undo, 1..100; 0: none
    scratches: bool | None = None
    fading: bool | None = None
    strength: float = 1.0  #: 0: the photo as it was, 1: the result
    detail: float = 0.0  #: 0: the mean of the posterior, smooth and safe; 1: with all the detail that is likely
    variant: int = 0  #: 0: the mean of the posterior; 1, 2, ...: samples of it
    seed: int = 0  #: of the samples
    quality: Quality = "normal"  #: of the mean; a variant is drawn once, and by the model itself
    model: str = "photo-restore"


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What seems wrong with a photo, in the units of `RestoreSettings`."""

    noise: float
    blur: float
    jpeg: int
    scratches: float  #: share of the photo with scratches or dirt, 0..1
    fading: float  #: mean change of the tone correction, 0..1
    monochrome: bool  #: grey or of a single tint


#: A picture to start from: a recipe, or the path of a file.
Stop = Recipe | str


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """A walk through a model's latents from picture to picture."""

    model: str
    stops: tuple[Stop, ...]  #: two at least
    path: Literal["spherical", "straight", "prior"] = "spherical"
    closed: bool = False  #: and back from the last to the first
    side: int = 512  #: longest side of the frames in pixels, where the model leaves it open


class Film(msgspec.Struct, frozen=True, kw_only=True):
    """How a journey becomes a file."""

    frames: int = 60
    fps: float = 25.0
    smooth: bool = True  #: linger at the stops
    back: bool = False  #: home again the same way, so that it repeats without a jump
    sheet: bool = False  #: all frames on one picture instead


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """How well a generative model knows a picture."""

    known: Literal["well", "roughly", "not"]
    psnr: float  #: dB, of the picture drawn again
    bits: float  #: bound on the bits per dimension that the model needs for it


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


class Draw(msgspec.Struct, frozen=True, tag=True):
    """Draw pictures. Answers: `Drawn`, a few at a time.

    Of asks for the same ``place`` (a name the window chooses) only the newest waits.
    """

    place: str
    ask: int  #: as in `Restore`
    recipes: tuple[Recipe, ...]


class Encode(msgspec.Struct, frozen=True, tag=True):
    """Find the latents of a picture's file. Answers: `Working` as it is refined, then `Encoded`."""

    place: str
    ask: int
    model: str
    path: str
    box: Box | None = None  #: the part to use, of the upright picture; None: the largest square in its middle
    rounds: int = 0  #: of refining the latents, each a second or less


class Visit(msgspec.Struct, frozen=True, tag=True):
    """Draw the picture at ``t`` of a journey. Answers: `Working` while it is prepared, then `Frame`."""

    place: str
    ask: int
    journey: Journey
    t: float  #: 0: the first stop, 1: the second, ...
    draft: bool = False  #: rather soon than good


class Export(msgspec.Struct, frozen=True, tag=True):
    """Write a journey as .gif, .webp, .mp4 or a folder of PNGs. Answers: `Working`, then `Exported`."""

    place: str
    ask: int
    journey: Journey
    film: Film
    target: str
    overwrite: bool = False


class Learn(msgspec.Struct, frozen=True, tag=True):
    """Make a slider that leads from ``those`` pictures to ``these`` and keep it with the model. Answer: `Learnt`."""

    place: str
    ask: int
    model: str
    name: str
    these: tuple[Stop, ...]
    those: tuple[Stop, ...]


class Withdraw(msgspec.Struct, frozen=True, tag=True):
    """Whatever was asked for a place is not wanted any more. Answer: `Withdrawn`."""

    place: str


class Close(msgspec.Struct, frozen=True, tag=True):
    """End the engine process."""


PlaceAsk = Draw | Encode | Visit | Export | Learn
Ask = Open | Restore | Save | Cancel | PlaceAsk | Withdraw | Close


# -- what the engine answers ------------------------------------------------------------------------


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The engine can take jobs. ``device`` is shown to the user; ``reason`` says why it was chosen.

    It comes again when a device was lost and another goes on in its place.
    """

    device: str
    reason: str
    mend: str = ""  #: one sentence: what would make a faster device work


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


class Drawn(msgspec.Struct, frozen=True, tag=True):
    """Some of the pictures of a `Draw`, from number ``first`` on."""

    place: str
    ask: int
    first: int
    total: int  #: how many were asked for
    side: int
    pictures: bytes  #: [n, side, side, 3] uint8


class Encoded(msgspec.Struct, frozen=True, tag=True):
    place: str
    ask: int
    recipe: Recipe  #: draws the picture again
    side: int
    seen: bytes  #: the part of the picture as the model sees it, [side, side, 3] uint8
    drawn: bytes  #: what it makes of it
    verdict: Verdict


class Working(msgspec.Struct, frozen=True, tag=True):
    """``done`` of ``total`` steps of the newest ask of a place."""

    place: str
    ask: int
    done: int
    total: int
    seconds_left: float | None = None


class Frame(msgspec.Struct, frozen=True, tag=True):
    place: str
    ask: int
    t: float
    length: int  #: where the journey ends
    width: int
    height: int
    picture: bytes  #: [height, width, 3] uint8
    fine: bool = True  #: as good as it gets, and no draft


class Exported(msgspec.Struct, frozen=True, tag=True):
    place: str
    ask: int
    target: str


class Learnt(msgspec.Struct, frozen=True, tag=True):
    place: str
    ask: int
    model: str
    name: str


class Withdrawn(msgspec.Struct, frozen=True, tag=True):
    place: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """An ask of a place failed; ``message`` is one sentence for the user."""

    place: str
    ask: int
    message: str


PlaceAnswer = Drawn | Encoded | Working | Frame | Exported | Learnt | Withdrawn | Refused
PhotoAnswer = Opened | Estimated | Part | Progress | Restored | Saved | Stopped | Failed
Answer = Ready | PhotoAnswer | PlaceAnswer

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
