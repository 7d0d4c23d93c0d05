"""What ``latent-darkroom finetune`` says line by line with ``--json``, and what it hears.

One JSON object a line, each with its ``type``; pictures travel as PNG or JPEG bytes (base64 in JSON). Four ways
to call it, all of which name a folder but the last::

    finetune FOLDER --check                                    is there enough to learn from? -> `Look`
    finetune FOLDER --base ID --goal GOAL --trial              how long will it take here?    -> `Trial`
    finetune FOLDER --base ID --goal GOAL --name NAME --steps N --ask      learn              -> `Lesson`
    finetune [FOLDER] --name NAME --resume --ask               go on, also after a crash      -> `Lesson`
    finetune --list                                            what could be gone on with     -> `Unfinished`

``--leave-out FILE`` (a name as `Found.file` has it; again for more, or ``@LIST``, a text file with a name a line)
goes with all but the last. ``--minutes M`` may stand for ``--steps N``: a short trial then turns it into steps.

``--ask`` says that somebody listens: the command hears `Order` lines on stdin, waits for `Keep`, `Discard` or
`GoOn` after its `Result`, and ends by itself when stdin closes; what it has learnt is then in its state and
``--resume`` goes on from it (after the result: says it once more). Without ``--ask`` a better model is kept at once.

What goes wrong for good is one sentence on stderr and exit code 1; what was learnt until then stays. Exit code 0
after `Kept`, `Discarded` or `Stopped`, and after a `Result` that is not better where nobody is asked. A lesson::

    {"type":"Preparing","what":"Reading the pictures","done":40,"total":300}
    {"type":"Begun","run":"my-fruit","goal":"draw","base":"fruit","step":0,"steps":900,"pictures":270,"held_out":30,...}
    {"type":"Scored","step":0,"seconds":0.0,"score":24.9,"base":24.9,"redraw":1.87,"tidy":0.071,"best":true,...}
    {"type":"Shown","step":0,"pairs":[{"file":"a.jpg","original":"iVBOR...","base":"iVBOR...","now":"iVBOR..."}]}
    {"type":"Learning","step":12,"steps":900,"seconds":9.8,"left":610.0,"left_low":540.0,"left_high":700.0,...}
    {"type":"Diagnosis","code":"by-heart","severity":"warning","text":"It learns your pictures by heart: ..."}
    <- {"type":"Pause"}
    <- {"type":"GoOn"}
    {"type":"Result","run":"my-fruit","better":true,"text":"On 30 pictures ... from 24.9 to 28.3 dB.",...}
    <- {"type":"Keep"}
    {"type":"Kept","model":"my-fruit","folder":".../models/my-fruit"}

Needs no torch: the window reads these.
"""

from __future__ import annotations

from typing import Literal

import msgspec

#: What is learnt: to draw pictures like these, to restore photos like these (they are clean), to clean these.
Goal = Literal["draw", "restore", "denoise-noisy"]
GOALS: tuple[Goal, ...] = ("draw", "restore", "denoise-noisy")

#: What is the matter with a file of the folder. All but "good", "odd" and "small" are not learnt from.
Finding = Literal["good", "odd", "small", "alike", "blank", "unreadable"]
UNUSED: frozenset[Finding] = frozenset({"alike", "blank", "unreadable"})

Colour = Literal["green", "yellow", "red"]


# -- the folder: --check ----------------------------------------------------------------------------


class Looking(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """``done`` of ``total`` files were looked at."""

    done: int
    total: int
    seconds_left: float | None = None  #: None until it can be told


class Found(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A file, as soon as it was looked at."""

    file: str  #: relative to the folder, with "/"
    label: str  #: its sub-folder, "" at the top
    width: int  #: upright, 0 where it cannot be read
    height: int
    finding: Finding
    reason: str  #: what is the matter, one sentence that names the file; "" for "good"
    thumbnail: bytes  #: JPEG, at most 96 pixels a side; empty where the file cannot be read
    like: str | None = None  #: of "alike": the file that it is a copy of


class Judged(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What was found of a file when all were known, where that is something else: "odd"."""

    file: str
    finding: Finding
    reason: str


class Light(msgspec.Struct, frozen=True, kw_only=True):
    """The traffic light of a goal."""

    goal: Goal
    colour: Colour  #: red: it cannot be started
    text: str  #: one or two sentences with the number that is missing
    pictures: int  #: that would be used
    least: int  #: fewer than this cannot be learnt from
    enough: int  #: from here on it usually works well


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A base model for a goal, and why."""

    goal: Goal
    base: str
    reason: str


class Checked(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The folder as a whole. The last line of ``--check``."""

    folder: str
    used: int
    findings: dict[Finding, int]
    labels: dict[str, int]  #: used pictures by sub-folder; more than one key: they become labels
    width: int  #: median of the used pictures
    height: int
    mixed_shapes: bool
    notes: tuple[str, ...]  #: sentences worth reading, the most important first
    lights: tuple[Light, ...]  #: one a goal, in the order of `GOALS`
    likely: Goal  #: what such a folder is for
    suggestions: tuple[Suggestion, ...]  #: the recommended base of each goal, in the order of `GOALS`


Look = Looking | Found | Judged | Checked


# -- the trial: --trial -----------------------------------------------------------------------------


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One of quick, normal and thorough, for ``--steps``. Times are of the whole run, with preparing and judging."""

    name: Literal["quick", "normal", "thorough"]
    steps: int
    minutes: float
    low: float  #: minutes, if the computer stays as free as now
    high: float  #: minutes, if it gets busier


class Estimated(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What ten seconds of learning on this computer tell. The last line of ``--trial``."""

    offers: tuple[Offer, ...]
    seconds_a_step: float
    fixed_seconds: float  #: reading, judging and finishing, whatever the steps
    device: str  #: for people
    reason: str  #: why this one
    on_battery: bool  #: and not charging
    battery: int | None  #: percent, None without a battery
    disk_needed: int  #: bytes, of the cache (removed afterwards), the state and the model
    disk_free: int
    memory_needed: int  #: bytes
    memory_free: int
    warnings: tuple[str, ...]  #: sentences: the battery will not last, the disk is too full ...
    possible: bool  #: False: it would fail for lack of disk or memory
    judging_seconds: float = 0.0  #: each time that the model is judged


# -- learning ---------------------------------------------------------------------------------------


class Waiting(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Another lesson is going on; this one begins when it ends. Said again every minute."""

    text: str


class Preparing(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """``done`` of ``total`` of what has to be done before learning (also: of what follows it)."""

    what: str  #: "Reading the pictures", "Judging the base model", "Trying the speed", "Writing the model" ...
    done: int
    total: int


class Begun(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    run: str  #: the lesson's id: what its model will be called, and what ``--resume --name`` takes
    name: str
    goal: Goal
    base: str
    step: int  #: more than 0: gone on from here
    steps: int
    pictures: int  #: learnt from
    held_out: int  #: never learnt from: they judge
    device: str
    reason: str
    cache: int  #: bytes on the disk, removed afterwards
    unit: str = "dB"  #: of the scores


class Learning(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """About once a second."""

    step: int
    steps: int
    seconds: float  #: of learning, pauses not counted
    left: float  #: seconds, from this run's own speed
    left_low: float
    left_high: float
    phase: str  #: what is learnt just now, in words
    loss: float
    speed: float  #: pictures (or crops) a second


class Scored(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """How well the model does on held-out pictures: a point of the curve. The two terms of the bound:

    ``redraw`` is how badly it redraws (nats a number of the picture, from the error), ``tidy`` what its latents cost
    (the KL, same unit): less is better for both, and their sum is (minus) the bound.
    """

    step: int
    seconds: float
    score: float  #: dB, more is better
    base: float  #: the base model's
    learnt: float | None  #: the same on pictures it learns from: far above ``score`` is "by heart"
    redraw: float
    tidy: float
    base_redraw: float
    base_tidy: float
    best: bool  #: the best so far, which is what is kept


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A held-out picture. All PNG, of one size."""

    file: str
    original: bytes
    given: bytes  #: what the model was given: the same picture, or one made worse; empty: the original
    base: bytes  #: what the base model makes of it
    now: bytes  #: what this one does


class Shown(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The same held-out pictures every time."""

    step: int
    pairs: tuple[Pair, ...]


class Sampled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Pictures drawn at random, from the same seeds every time. Goal "draw" alone."""

    step: int
    pictures: tuple[bytes, ...]  #: PNG


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What goes wrong, or is worth knowing, each code said once until it changes.

    Codes: ``by-heart``, ``latent-unused``, ``no-progress``, ``levelled-off``, ``smaller-batch``, ``gpu-lost``,
    ``picture-vanished``, ``state-restored``, ``not-saved``, ``went-wrong``.
    """

    code: str
    severity: Literal["info", "warning"]
    text: str


class Saved(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The state is on the disk: a crash now loses nothing before this step."""

    step: int
    seconds: float


class Paused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It waits for `GoOn`, `Try` or `Stop`; its state is saved."""

    step: int
    seconds: float


class Tryable(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The best model so far is installed under this id until the lesson ends; other tabs can use it."""

    model: str


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number of the result."""

    name: str  #: as in the card: "psnr_held_out_db"
    text: str  #: what it is, for people: "Held-out pictures redrawn"
    unit: str  #: "dB", "%", ...
    base: float | None
    tuned: float
    more_is_better: bool = True


class Result(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What came of it. Waits for `Keep`, `Discard` or `GoOn` with ``--ask``."""

    run: str
    name: str
    better: bool  #: False: there is nothing to keep
    text: str  #: one or two sentences with the numbers
    figures: tuple[Figure, ...]
    pairs: tuple[Pair, ...]
    samples: tuple[bytes, ...]  #: PNG, goal "draw" alone
    steps: int  #: done
    best_step: int  #: whose weights are kept
    minutes: float


class Kept(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    model: str
    folder: str


class Discarded(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The lesson's state and everything it made are gone."""

    run: str


class Stopped(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It ended before its result, with its state saved: ``--resume`` goes on."""

    run: str
    step: int


UnderWay = Waiting | Preparing | Begun | Learning | Scored | Shown | Sampled | Diagnosis | Saved | Paused | Tryable
Lesson = UnderWay | Result | Kept | Discarded | Stopped
Trial = Preparing | Diagnosis | Estimated


# -- --list -----------------------------------------------------------------------------------------


class Unfinished(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A lesson that can be gone on with."""

    run: str
    name: str
    folder: str
    folder_there: bool
    goal: Goal
    base: str
    step: int
    steps: int
    seconds: float
    saved: float  #: when, seconds since 1970
    finished: bool  #: all steps are done; it waits for `Keep` or `Discard`


# -- what it hears with --ask -----------------------------------------------------------------------


class Pause(msgspec.Struct, frozen=True, tag=True):
    """Answer: `Paused`."""


class GoOn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """After `Paused`, or after a `Result` (with so many steps more). Answer: `Learning`."""

    steps: int = 0


class Try(msgspec.Struct, frozen=True, tag=True):
    """Install the best model so far. Answer: `Tryable`. While learning, paused, or after the result."""


class Stop(msgspec.Struct, frozen=True, tag=True):
    """Enough: take the best so far. Answer: `Result`."""


class Keep(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """After the `Result`. Answer: `Kept`, and the command ends."""

    pictures: bool = False  #: put the held-out pictures that were shown into the model's folder


class Discard(msgspec.Struct, frozen=True, tag=True):
    """At any time: throw everything away. Answer: `Discarded`, and the command ends."""


Order = Pause | GoOn | Try | Stop | Keep | Discard

Said = Look | Trial | Lesson | Unfinished

_encoder = msgspec.json.Encoder()
_orders = msgspec.json.Decoder(Order)


def line(message: Said) -> str:
    """What is said, as one line."""
    return _encoder.encode(message).decode()


def order(text: str | bytes) -> Order:
    """An order from its line. Raises `msgspec.DecodeError` on anything else."""
    return _orders.decode(text)
