"""Restore a photo: tell the encoder what is known, encode, decode, tile by tile.

    from engine.restore import Restorer
    result = Restorer().restore(pixels, RestoreSettings())

Needs no torch.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from engine import catalog, chance, deblur, detail, devices, mend, tones
from engine.errors import Cancelled, ModelError
from engine.facts import tell
from engine.jobs import Box, Estimate, RestoreSettings
from engine.quality import jpeg_quality
from engine.sending import Sent
from engine.sessions import Graphs
from engine.spectrum import describe
from engine.tiling import TILE_AREA, Tile, around, codes, cut, each_tile, round_up, tiles
from engine.turns import COUNT, mean_over_turns

#: Side of the thumbnail from which fading is read, and of the one that finds a tint.
_TONE_SIDE, _TINT_SIDE = 128, 256
#: What is narrower than this shows too little of a photo to tell whether it is noisy, soft or faded.
_LEAST_SIDE = 32
#: Crops on which the damage is estimated: at most so many, of this side.
_CROPS, _CROP_SIDE = 9, 256
#: The middle of what is seen comes first in a square of this side, if the photo is larger than twice it.
_FIRST_SIDE = 384
#: Variants are drawn from posteriors whose deviations are so many times as large: the temperature of Vahdat and Kautz
#: (NVAE, 2020). At 1 the decoder bends so much of the noise that many variants have another mean than the mean path.
_TEMPERATURE = np.float32(0.3)
#: Noise that is read as no more, on the 8-bit scale, is what rounding to 8 bits leaves (1 / sqrt(12)).
_ROUNDING = 0.3
#: Eight levels of ``Result.doubt`` are one level of an 8-bit photo.
DOUBT_STEPS = 8

_NOTHING_TOLD = RestoreSettings()

#: Called after each tile: the box that is done, how many tiles are done, how many there are. For the best quality a
#: tile counts once for each of its turns, and the box is empty before the last.
OnPart = Callable[[Box, int, int], None]


@dataclass
class Result:
    """A restored photo. ``pixels`` has the photo's shape and type; ``doubt`` [H, W] uint8 is the expected
    error, `DOUBT_STEPS` to a level of the 8-bit scale."""

    pixels: np.ndarray
    doubt: np.ndarray | None
    settings: RestoreSettings
    estimate: Estimate
    seconds: float


@dataclass(frozen=True)
class Reading:
    """What was read off a whole photo before any of its tiles is restored.

    ``tint`` is the photo's as it is, ``tint_before`` the one it had before it faded along ``curve``.
    """

    tint: tones.Tint | None
    curve: tones.Curve | None
    estimate: Estimate
    tint_before: tones.Tint | None = None


@dataclass(frozen=True)
class _Ready:
    """What the network is fed with for a tile: ``photo`` [1, 3, h, w] with its damage filled in, and what was ``found``
    of that."""

    photo: np.ndarray | Sent
    found: mend.Found


class Restorer:
    """A restoration model, loaded. Not thread-safe.

    Raises `ModelError` for a missing, damaged or unfit model and `DeviceError` for a device that
    was asked for and does not work.
    """

    def __init__(self, model: str = "photo-restore", device: str = "auto", threads: int | None = None) -> None:
        self.model = catalog.load(model)
        if "restore" not in self.model.card.capabilities:
            raise ModelError(f"Model {self.model.card.name} cannot restore photos.")
        self.graphs = Graphs(self.model, devices.choose(device), threads)
        self._latents = [int(line.split()[0]) for line in self.model.card.latents]

    @property
    def device(self) -> str:
        """The device in words."""
        return self.graphs.device.name

    def restore(
        self,
        pixels: np.ndarray,
        settings: RestoreSettings,
        *,
        reading: Reading | None = None,
        tile: int | None = None,
        doubt: bool = False,
        out: np.ndarray | None = None,
        doubt_out: np.ndarray | None = None,
        part_first: Box | None = None,
        on_part: OnPart | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Result:
        """Restore ``pixels`` [H, W, 3], uint8, uint16, or float32 in about [0, 1].

        ``reading`` is what `read` said of these pixels, if that was asked before. ``tile`` bounds a
        tile's side with its halo, in pixels; the result does not depend on it, but for a
        grey level here and there where a blur is undone. ``out`` and
        ``doubt_out`` receive the result as it grows, for instance a memory map. ``part_first`` is
        the box whose middle is wanted first. Raises `Cancelled` when ``cancelled()`` says so
        between two tiles, and `ModelError` for a variant of a model that draws none.
        """
        began = time.perf_counter()
        if settings.variant and "variants" not in self.model.card.capabilities:
            raise ModelError(f"Model {self.model.card.name} draws no variants.")
        height, width = pixels.shape[:2]
        reading = reading or self.read(pixels, settings)
        out = np.empty_like(pixels) if out is None else out
        if doubt and doubt_out is None:
            doubt_out = np.empty((height, width), dtype=np.uint8)
        noise, quality = _known(settings, reading.estimate)
        facts = self._facts(settings, reading.estimate)
        blur = deblur.to_undo(settings.blur, reading.estimate.blur, noise, quality)
        told = np.array([tell(facts)], dtype=np.float32)
        fading = settings.fading if settings.fading is not None else reading.estimate.fading > 0

        damage = None
        if settings.scratches is not False:
            odds = mend.odds(settings.scratches, reading.estimate)
            damage = mend.Damage(self.graphs, pixels, odds, surely=settings.quality == "best")

        if not fading:
            reading = replace(reading, curve=None, tint_before=reading.tint)
        amount = settings.detail if detail.NAME in self.model.card.capabilities else 0.0
        # What the network would change of a photo that nothing is wrong with but scratches can only be worse.
        sound = noise <= _ROUNDING and quality == 0 and facts["blur"] == 0
        as_is = sound and not (fading or amount or settings.variant)
        reach, card = self.model.card.reach + (detail.REACH if amount else 0), self.model.card
        plan = self._plan(width, height, reach, tile, part_first)
        turns = COUNT if settings.quality == "best" and not (settings.variant or as_is) else 1
        finished, total = 0, len(plan)

        def ready(piece: Tile) -> _Ready:
            return self._ready(pixels, piece.fed, reading, damage, as_is or blur is not None or turns > 1)

        def go_on() -> None:
            if cancelled and cancelled():
                raise Cancelled

        def on_turn(turn: int) -> None:
            go_on()
            if turn and on_part:
                on_part((0, 0, 0, 0), turns * finished + turn, turns * total)

        def denoise(photo: np.ndarray, noise: float) -> np.ndarray:
            go_on()
            return self.graphs.run("restore", photo=photo, told=_noise_alone(noise))[0]

        def work(piece: Tile, fed: _Ready) -> None:
            go_on()
            now = told
            if blur is not None and isinstance(fed.photo, np.ndarray):
                sharp, left = deblur.sharpened(fed.photo, blur, denoise)
                fed, now = replace(fed, photo=sharp), _noise_alone(left)
            if as_is and isinstance(fed.photo, np.ndarray):
                drawn, deviation = fed.photo, np.zeros_like(fed.photo[:, :1])
            else:
                drawn, deviation = self._draw(fed.photo, piece, now, settings, width, on_turn if turns > 1 else None)
            if amount:
                row = round_up(width, card.multiple)
                drawn = detail.paint(self.graphs, drawn, deviation, amount, piece.fed, row, settings.seed)
            expected = fed.found.expected(deviation[0, 0])
            self._finish(piece, drawn, expected, None if as_is else reading.tint_before, out, doubt_out)

        done = each_tile(plan, ready, work, self.graphs, (width, height), reach, card.multiple)
        for finished, (piece, waiting) in enumerate(done, start=1):
            total = finished + waiting
            if on_part:
                left, top, right, bottom = piece.core
                on_part((left, top, min(right, width), min(bottom, height)), turns * finished, turns * total)
        blend(pixels, out, settings.strength)
        return Result(out, doubt_out, settings, reading.estimate, time.perf_counter() - began)

    # -- the parts -------------------------------------------------------------------------------

    def _plan(self, width: int, height: int, reach: int, tile: int | None, part_first: Box | None) -> list[Tile]:
        multiple = self.model.card.multiple
        area = tile * tile if tile else int(self.graphs.room * TILE_AREA)
        grid = tiles(width, height, reach, multiple, area)
        if part_first is None:
            return grid
        x, y = (part_first[0] + part_first[2]) // 2, (part_first[1] + part_first[3]) // 2
        grid = sorted(grid, key=lambda t: _distance(t.core, x, y))
        if width * height > 4 * _FIRST_SIDE**2:
            x0, y0 = max(0, x - _FIRST_SIDE // 2), max(0, y - _FIRST_SIDE // 2)
            box = (x0, y0, min(width, x0 + _FIRST_SIDE), min(height, y0 + _FIRST_SIDE))
            grid.insert(0, around(box, width, height, reach, multiple))
        return grid

    def _ready(self, pixels: np.ndarray, box: Box, reading: Reading, damage: mend.Damage | None, here: bool) -> _Ready:
        """The box of a photo as the network is fed with it, without its damage and its fading; ``here`` and not on the
        device, where it is worked on before."""
        photo, found = None, mend.Found.nothing(box[3] - box[1], box[2] - box[0])
        if damage is not None:
            height, width = pixels.shape[:2]
            wide = around(box, width, height, mend.REACH, self.model.card.multiple)
            there, (rows, columns) = damage.within(wide.fed), wide.inside
            found = there.part(rows, columns)
            if there.damaged.any():
                photo = cut(pixels, wide.fed)
                mend.fill(photo, there.damaged)
                photo = photo[:, :, rows, columns]
        if reading.curve is not None:
            faded = cut(pixels, box) if photo is None else photo
            undone = reading.curve.undo(np.moveaxis(faded[0], 0, 2), reading.tint)
            photo = np.moveaxis(undone, 2, 0)[None]
        if photo is None:
            return _Ready(cut(pixels, box) if here else self.graphs.send(codes(pixels, box)), found)
        return _Ready(np.ascontiguousarray(photo), found)

    def _draw(
        self,
        photo: np.ndarray | Sent,
        tile: Tile,
        told: np.ndarray,
        settings: RestoreSettings,
        width: int,
        on_turn: Callable[[int], None] | None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """A tile of a photo ``width`` pixels wide restored, [1, 3, h, w], and the error to expect of it, [1, 1, h, w].

        ``on_turn`` is called before each turn where the mean over all of them is wanted.
        """
        if settings.variant:
            noise = self._noise(tile, width, settings)
            z0, z1, z2, doubt = self.graphs.run("encoder", photo=photo, told=told, **noise)[:4]
            (drawn,) = self.graphs.run("decoder", z0=z0, z1=z1, z2=z2)
        elif on_turn and isinstance(photo, np.ndarray):

            def run(view: np.ndarray, turn: int) -> list[np.ndarray]:
                on_turn(turn)
                return self.graphs.run("restore", photo=view, told=told)

            drawn, doubt = mean_over_turns(photo, run)
        else:
            drawn, doubt = self.graphs.run("restore", photo=photo, told=told)
        return drawn, doubt * np.float32(self.model.card.doubt_scale)

    @staticmethod
    def _finish(
        tile: Tile,
        drawn: np.ndarray,
        expected: np.ndarray,
        tint: tones.Tint | None,
        out: np.ndarray,
        doubt_out: np.ndarray | None,
    ) -> None:
        """Put a tile's core where it belongs: what was ``drawn`` [1, 3, h, w], and the ``expected`` error [h, w]."""
        left, top = tile.core[:2]
        right, bottom = min(tile.core[2], out.shape[1]), min(tile.core[3], out.shape[0])
        rows, columns = (
            slice(s.start, s.start + n) for s, n in zip(tile.inside, (bottom - top, right - left), strict=True)
        )
        result = np.moveaxis(drawn[0][:, rows, columns], 0, 2)
        if tint is not None:
            # All colour of a monochrome photo follows from its luma; what else the network drew is invented.
            result = tint.over(result, left, top)
        out[top:bottom, left:right] = as_type(result, out.dtype)
        if doubt_out is not None:
            levels = expected[rows, columns] * (255 * DOUBT_STEPS)
            doubt_out[top:bottom, left:right] = np.clip(levels, 0, 255).round()

    def _noise(self, tile: Tile, width: int, settings: RestoreSettings) -> dict[str, np.ndarray]:
        """The noise of this variant for every level, [1, C, h, w], at the tile's place in the photo."""
        left, top, right, bottom = tile.fed
        seed, noise = settings.seed * 1000 + settings.variant, {}
        row = round_up(width, self.model.card.multiple)
        for level, channels in enumerate(self._latents):
            s = level + 1
            window = (top >> s, left >> s, (bottom - top) >> s, (right - left) >> s)
            field = chance.field(seed, level, channels, *window, row >> s)
            noise[f"noise{level}"] = _TEMPERATURE * field
        return noise

    @staticmethod
    def _facts(settings: RestoreSettings, estimate: Estimate) -> dict[str, float | None]:
        """What the encoder is told (see `engine.facts.tell`)."""
        # What can be read off the photo better than the encoder guesses it is told; the rest stays unknown.
        noise, quality = _known(settings, estimate)
        blur = 0.0 if settings.blur is None and estimate.blur < deblur.SHARP else settings.blur
        # Scratches are mended before the encoder sees the photo; what it would take for more is content.
        return {"noise": noise, "blur": blur, "jpeg": quality, "scratches": False}

    def read(self, pixels: np.ndarray, told: RestoreSettings = _NOTHING_TOLD) -> Reading:
        """What seems wrong with a photo [H, W, 3], from up to nine crops and a thumbnail; that it was compressed, or
        that it has no scratches, is not looked for where it is ``told``."""
        small = tones.thumbnail(pixels, _TINT_SIDE)
        tint = tones.find_tint(small)
        tiny = small.reshape(_TONE_SIDE, _TINT_SIDE // _TONE_SIDE, _TONE_SIDE, -1, 3).mean(axis=(1, 3))
        seen = tiny if tint is None else np.repeat(tones.luma(tiny), 3, axis=2)
        black, white, gamma, faded = self.graphs.run("tone", thumbnail=np.moveaxis(seen, 2, 0)[None].astype(np.float32))
        curve = tones.Curve(black[0], white[0], gamma[0]).within(small)
        probability = 1 / (1 + np.exp(-float(faded[0])))
        change = float(np.abs(np.clip(curve.undo(tiny, tint), 0, 1) - tiny).mean())
        noise, blur, scratches = self._damage(pixels, look_for_scratches=told.scratches is not False)
        large = min(pixels.shape[:2]) >= _LEAST_SIDE
        faded_from = tones.FADED_PRINT if told.scratches or scratches >= mend.SHARE else tones.FADED
        estimate = Estimate(
            noise=round(float(np.clip(noise * 50, 0, 100)), 1) if large else 0.0,
            blur=round(float(np.clip(blur * 3, 0, 5)), 2) if large else 0.0,
            jpeg=jpeg_quality(pixels) if told.jpeg is None else told.jpeg,
            scratches=round(scratches, 4),
            fading=round(change, 3) if probability > faded_from and large and tones.has_tones(small) else 0.0,
            monochrome=tint is not None,
        )
        if tint is None:
            return Reading(None, curve, estimate)
        tint = tint.sparing(pixels, estimate.noise)
        return Reading(tint, curve, estimate, tint.before(curve, small))

    def _damage(self, pixels: np.ndarray, look_for_scratches: bool) -> tuple[float, float, float]:
        """Noise, blur (both as `engine.facts.tell` says them) and the share of pixels with scratches or dirt,
        from crops spread evenly over the photo."""
        height, width = pixels.shape[:2]
        crops, scratched = [], []
        for top in _spread(height):
            for left in _spread(width):
                box = (left, top, min(left + _CROP_SIDE, width), min(top + _CROP_SIDE, height))
                crop = cut(pixels, around(box, width, height, 0, self.model.card.multiple).core)
                crops.append(np.moveaxis(crop[0], 0, 2))
                if look_for_scratches:
                    crop = cut(pixels, around(box, width, height, 0, mend.MULTIPLE).core)
                    scratched.append(self.graphs.run("scratches", photo=crop)[0].ravel() > mend.SURE)
        ((noise, blur),) = self.graphs.run("damage", figures=describe(crops)[None])[0]
        return float(noise), float(blur), float(np.concatenate(scratched).mean()) if scratched else 0.0


def _known(settings: RestoreSettings, estimate: Estimate) -> tuple[float, int]:
    """Noise and JPEG quality: what the user says, else what was read off the photo."""
    noise = estimate.noise if settings.noise is None else settings.noise
    return noise, estimate.jpeg if settings.jpeg is None else settings.jpeg


def _noise_alone(noise: float) -> np.ndarray:
    """What the encoder is told of a photo that has noise on the 8-bit scale, and nothing else, [1, 2 x facts]."""
    return np.array([tell({"noise": noise, "blur": 0.0, "jpeg": 0.0, "scratches": 0.0})], dtype=np.float32)


def blend(before: np.ndarray, after: np.ndarray, strength: float) -> None:
    """Mix ``before`` into ``after``, in place: 0 leaves the former, 1 the latter. Both [H, W, 3], same type."""
    if strength >= 1:
        return
    for top in range(0, len(after), 256):
        a, b = (photo[top : top + 256].astype(np.float32) for photo in (before, after))
        mixed = a + np.float32(strength) * (b - a)
        after[top : top + 256] = mixed if after.dtype.kind == "f" else np.rint(mixed)


def _spread(length: int) -> list[int]:
    """Where crops start along one side: one after the other, or at most three, evenly spread, at multiples of the JPEG
    grid."""
    count = round(_CROPS**0.5)
    if length <= count * _CROP_SIDE:
        return list(range(0, length, _CROP_SIDE))
    room = length - _CROP_SIDE
    return sorted({round(room * (i + 1) / (count + 1)) // 8 * 8 for i in range(count)})


def _distance(box: Box, x: int, y: int) -> float:
    """Squared distance of a point from a box."""
    dx, dy = max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3])
    return dx * dx + dy * dy


def as_type(photo: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Float pixels in [0, 1] as the given type, clipped and rounded for integers; NaN becomes black."""
    if dtype.kind == "f":
        return photo.astype(dtype)
    return np.rint(np.clip(np.nan_to_num(photo), 0, 1) * np.float32(tones.white(dtype))).astype(dtype)
