"""Morph along a list of photos: their latents are moved onto one another, mixed and decoded.

    walk = Morph().prepare([a, b, c])
    middle = walk.frame(0.5)  # half-way from a to b

The ladder of the restoration model is the codec; no picture has to be of a kind it was trained on.
Every latent is moved along one smooth flow (`engine.align`), at its own resolution, and the two are mixed
where they meet. Mixing follows Grundland et al. (Cross Dissolve Without Cross Fade, 2006): what
is more salient in either picture comes in full, so that contrast stays and faint ghosts do not
appear where only one picture has something to show. Needs no torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from engine import catalog, devices
from engine.align import halfway_flow
from engine.errors import Cancelled, DarkroomError, ModelError
from engine.facts import tell
from engine.sessions import Graphs
from engine.tiling import TILE_AREA
from engine.tones import LUMA
from engine.warp import enlarge, move, pool

#: Longest and shortest side of the common frame, in pixels, and its greatest ratio of sides.
_LONGEST, _SHORTEST, _RATIO = math.isqrt(TILE_AREA), 64, 4.0
#: Channels of the finest latent that are 2x2 pixels of three colours.
_PIXELS = 12
#: Salience is read on a grid of so many pixels; in windows of these standard deviations, in its cells.
_CELL, _NEAR, _FAR = 8, 1.0, 5.0
#: Energy of gradients (luma a pixel, squared) that is no structure.
_FLAT = 2e-5
#: How many times one picture may be as salient as the other: more would let it pop up in the very first frames.
_MOST = 8.0
#: Where a frame's point lies half-way is found in so many steps.
_STEPS = 12

#: Called after each step of the preparation: how many are done, how many there are.
OnStep = Callable[[int, int], None]


@dataclass(frozen=True)
class _Key:
    """One picture of a walk, taken apart. All [C, h, w] float32; the first, ``picture``, holds z0's pixels shuffled."""

    layers: tuple[np.ndarray, ...]  #: picture, the rest of z0, z1, z2
    base: np.ndarray  #: the picture's soft part on the salience grid
    salience: np.ndarray  #: [2, h, w]: the energy of the gradients near, and farther around


class Morph:
    """The codec, loaded. Not thread-safe.

    ``model`` is an id, a folder, or graphs that are loaded already. Raises `ModelError` for a missing,
    damaged or unfit model and `DeviceError` for a device that was asked for and does not work.
    """

    def __init__(self, model: str | Graphs = "photo-restore", device: str = "auto", threads: int | None = None) -> None:
        if isinstance(model, str):
            model = Graphs(catalog.load(model), devices.choose(device), threads)
        self.graphs = model
        card = model.model.card
        if card.kind != "restore" or "encode" not in card.capabilities:
            raise ModelError(f"Model {card.name} cannot morph photos.")
        self._channels = [int(line.split()[0]) for line in card.latents]

    def prepare(
        self,
        pictures: Sequence[np.ndarray],
        side: int = 512,
        *,
        closed: bool = False,
        on_step: OnStep | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Walk:
        """Encode ``pictures`` [H, W, 3] uint8 or uint16, of any sizes, and find the flows between neighbours.

        All are cropped about their middles to one frame (see `common_frame`). ``closed`` adds the way
        from the last picture back to the first. Raises `DarkroomError` for fewer than two pictures and
        `Cancelled` when ``cancelled()`` says so between two steps.
        """
        if len(pictures) < 2:
            raise DarkroomError("A morph needs at least two pictures.")
        size = common_frame([picture.shape[:2] for picture in pictures], side, self.graphs.model.card.multiple)
        ways = len(pictures) if closed else len(pictures) - 1
        keys, flows = [], []
        total = len(pictures) + ways
        for number in range(total):
            if cancelled and cancelled():
                raise Cancelled
            if number < len(pictures):
                keys.append(self._encode(fit(pictures[number], *size)))
            else:
                way = number - len(pictures)
                a, b = keys[way].layers[0], keys[(way + 1) % len(keys)].layers[0]
                flows.append(halfway_flow(a + 0.5, b + 0.5))
            if on_step:
                on_step(number + 1, total)
        return Walk(self.graphs, keys, flows)

    def _encode(self, picture: np.ndarray) -> _Key:
        height, width = picture.shape[:2]
        photo = np.moveaxis(picture, 2, 0)[None].astype(np.float32) / 255
        noise = {
            f"noise{level}": np.zeros((1, channels, height >> level + 1, width >> level + 1), dtype=np.float32)
            for level, channels in enumerate(self._channels)
        }
        # Told that nothing is wrong, the encoder keeps what it would otherwise take for noise.
        told = np.array([tell({"noise": 0, "blur": 0, "jpeg": 0, "scratches": 0})], dtype=np.float32)
        z0, z1, z2 = (z[0] for z in self.graphs.run("encoder", photo=photo, told=told, **noise)[:3])
        pixels = _shuffle(z0[:_PIXELS])
        h, w = height // _CELL, width // _CELL
        energy = _gradients(LUMA @ pixels.reshape(3, -1), height, width) ** 2
        salience = np.concatenate([pool(energy[None], h, w, sigma) + _FLAT for sigma in (_NEAR, _FAR)])
        return _Key((pixels, z0[_PIXELS:], z1, z2), pool(pixels, h, w, _NEAR), salience)


class Walk:
    """A prepared morph along key pictures. ``length`` is how many ways there are from one to the next."""

    def __init__(self, graphs: Graphs, keys: list[_Key], flows: list[np.ndarray]) -> None:
        self._graphs, self._keys, self._flows = graphs, keys, flows

    @property
    def length(self) -> int:
        return len(self._flows)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the frames, in pixels."""
        height, width = self._keys[0].layers[0].shape[1:]
        return height, width

    @property
    def drafts(self) -> bool:
        """Whether a draft is another picture than the one that takes its time."""
        return True

    def frame(self, t: float, *, draft: bool = False) -> np.ndarray:
        """The picture at ``t`` in 0..length, [H, W, 3] uint8; at whole numbers a key picture as the model holds it.

        A ``draft`` shows the pixel latents without the decoder's refinement of them: a few times as fast.
        """
        t = float(min(max(t, 0), self.length))
        way = min(int(t), self.length - 1)
        pixels, *others = self._mixed(way, t - way, 1 if draft else None)
        if draft:
            drawn = pixels + np.float32(0.5)
        else:
            z0, z1, z2 = np.concatenate([_unshuffle(pixels), others[0]]), *others[1:]
            drawn = self._graphs.run("decoder", z0=z0[None], z1=z1[None], z2=z2[None])[0][0]
        drawn = np.clip(np.nan_to_num(np.moveaxis(drawn, 0, 2)), 0, 1)
        return np.rint(drawn * np.float32(255)).astype(np.uint8)

    def _mixed(self, way: int, t: float, layers: int | None) -> list[np.ndarray]:
        """The first ``layers`` of `_Key.layers`, or all, a share ``t`` of the way."""
        a, b = self._keys[way], self._keys[(way + 1) % len(self._keys)]
        if t in (0, 1):
            return list((b if t else a).layers[:layers])
        flow = flow_at(self._flows[way], t)
        to_a, to_b = -2 * t * flow, 2 * (1 - t) * flow
        ratio = np.clip(move(b.salience, to_b) / move(a.salience, to_a), 1 / _MOST, _MOST)
        near, far = t * ratio / (1 - t + t * ratio)

        mixed = []
        for x, y in zip(a.layers[:layers], b.layers, strict=False):
            x, y = move(x, to_a), move(y, to_b)
            mixed.append(x + enlarge(near, *x.shape[1:]) * (y - x))
        # Large areas follow what is salient farther around: they do not flicker with every detail in them.
        soft = (far - near) * (move(b.base, to_b) - move(a.base, to_a))
        mixed[0] += enlarge(soft, *self.size)
        return mixed


def common_frame(sizes: Sequence[tuple[int, ...]], side: int, multiple: int) -> tuple[int, int]:
    """Height and width to which pictures of these sizes (height, width) are brought.

    Its ratio is the geometric mean of theirs, so that none counts more; its longer side is the longest of theirs
    but at most ``side``; both are multiples of ``multiple``.
    """
    ratio = math.exp(sum(math.log(width / height) for height, width in sizes) / len(sizes))
    ratio = min(max(ratio, 1 / _RATIO), _RATIO)
    longest = min(max(max(size) for size in sizes), side, _LONGEST)
    longest = max(longest, _SHORTEST)
    height, width = longest / max(1.0, ratio), longest / max(1.0, 1 / ratio)
    height, width = (max(1, round(n / multiple)) * multiple for n in (height, width))
    return height, width


def fit(picture: np.ndarray, height: int, width: int) -> np.ndarray:
    """The middle of a picture [H, W, 3], uint8 or uint16, as large as fits, scaled to uint8 [height, width, 3]."""
    if picture.dtype == np.uint16:
        picture = np.rint(picture / np.float32(257)).astype(np.uint8)
    own_height, own_width = picture.shape[:2]
    scale = min(own_height / height, own_width / width)
    # Rounding may leave either a hair below 0.
    left, top = (max(0.0, (own - scale * n) / 2) for own, n in ((own_width, width), (own_height, height)))
    box = (left, top, min(left + scale * width, own_width), min(top + scale * height, own_height))
    image = Image.fromarray(np.ascontiguousarray(picture))
    return np.asarray(image.resize((width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0))


def edge_doubling(middle: np.ndarray, a: np.ndarray, b: np.ndarray) -> float:
    """How many edges a picture between two has, as a multiple of theirs: 1 for a morph, 2 for a double exposure.

    The area that edges take up is measured by the participation ratio of the luma's gradients g,
    (sum g)^2 / sum g^2: the number of pixels, were all gradients equal. It needs no threshold and does
    not depend on contrast, so the half-strength edges of a cross-fade count in full; where edges of both
    pictures are everywhere, they meet by chance and a double exposure stays below 2. Blur, which
    widens edges, raises it too. All pictures are [H, W, 3] of one shape and type; flat ends give 1.
    """
    taken = [_edge_area(picture) for picture in (middle, a, b)]
    return taken[0] / ((taken[1] + taken[2]) / 2) if taken[1] + taken[2] else 1.0


def _edge_area(picture: np.ndarray) -> float:
    height, width = picture.shape[:2]
    luma = (picture.astype(np.float32) @ LUMA)[None]
    g = _gradients(pool(luma, height, width, 1.0)[0], height, width).astype(np.float64)
    return float(g.sum() ** 2 / (g**2).sum()) if g.any() else 0.0


def _gradients(luma: np.ndarray, height: int, width: int) -> np.ndarray:
    """[height, width]: how steep luma is, a pixel."""
    return np.hypot(*np.gradient(luma.reshape(height, width)))


def flow_at(flow: np.ndarray, t: float) -> np.ndarray:
    """The half-way flow as seen in the frame at ``t``, where what is half-way at p lies at p + (2t - 1) flow(p)."""
    seen = flow
    for _ in range(_STEPS):
        seen = (seen + move(flow, (1 - 2 * t) * seen)) / 2
    return seen


def _shuffle(z: np.ndarray) -> np.ndarray:
    """[12, h, w] pixel latents as a picture [3, 2h, 2w]; the order is that of torch's pixel_shuffle."""
    h, w = z.shape[1:]
    return z.reshape(3, 2, 2, h, w).transpose(0, 3, 1, 4, 2).reshape(3, 2 * h, 2 * w)


def _unshuffle(picture: np.ndarray) -> np.ndarray:
    """The way back from `_shuffle`."""
    height, width = picture.shape[1:]
    return picture.reshape(3, height // 2, 2, width // 2, 2).transpose(0, 2, 4, 1, 3).reshape(12, height // 2, -1)
