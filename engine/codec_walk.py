"""A walk between photos through the latent of an autoencoder that has no prior.

The latent lies over the picture, so the two pictures are first moved onto one another along a smooth flow
(`engine.align`); what is encoded then are the moved pictures, and their latents are mixed. Moving latents
themselves would be faster, but they stand for whole blocks of pixels, and shifted by a part of one they decode to a
grid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.align import halfway_flow
from engine.codec import Codec
from engine.errors import Cancelled, DarkroomError
from engine.jobs import Journey
from engine.morph import common_frame, fit, flow_at
from engine.sphere import turned
from engine.warp import move


class CodecWalk:
    """A prepared walk along ``pictures`` [H, W, 3] uint8 or uint16, of any sizes.

    Raises `DarkroomError` for fewer than two pictures and `Cancelled` when ``cancelled()`` says so.
    """

    def __init__(
        self,
        codec: Codec,
        pictures: Sequence[np.ndarray],
        journey: Journey,
        on_step: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        if len(pictures) < 2:
            raise DarkroomError("A walk needs at least two pictures.")
        self._codec, self._straight = codec, journey.path == "straight"
        self._size = common_frame([p.shape[:2] for p in pictures], journey.side, codec.model.card.multiple)
        ways = len(pictures) if journey.closed else len(pictures) - 1
        fitted = [fit(picture, *self._size) for picture in pictures]
        self._pictures = [_planes(picture) for picture in fitted]
        self._latents: list[np.ndarray] = []
        self._flows: list[np.ndarray] = []
        for number in range(len(fitted) + ways):
            if cancelled and cancelled():
                raise Cancelled
            if number < len(fitted):
                self._latents.append(codec.encode(fitted[number], cancelled=cancelled))
            else:
                way = number - len(fitted)
                self._flows.append(halfway_flow(self._pictures[way], self._pictures[(way + 1) % len(fitted)]))
            if on_step:
                on_step(number + 1, len(fitted) + ways)

    @property
    def length(self) -> int:
        return len(self._flows)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the frames, in pixels."""
        return self._size

    @property
    def drafts(self) -> bool:
        return False

    def frame(self, t: float, *, draft: bool = False) -> np.ndarray:
        """The picture at ``t`` in 0..length, [H, W, 3] uint8; at whole numbers a picture as the model holds it."""
        t = float(min(max(t, 0), self.length))
        way = min(int(t), self.length - 1)
        drawn = self._codec.decode(self._mixed(way, t - way), self._size)
        return np.rint(drawn * np.float32(255)).astype(np.uint8)

    def _mixed(self, way: int, share: float) -> np.ndarray:
        a, b = self._latents[way], self._latents[(way + 1) % len(self._latents)]
        if share in (0, 1):
            return b if share else a
        flow = flow_at(self._flows[way], share)
        ends = (self._pictures[way], -2 * share), (self._pictures[(way + 1) % len(self._pictures)], 2 * (1 - share))
        a, b = (self._codec.encode(np.moveaxis(move(picture, far * flow), 0, 2)) for picture, far in ends)
        mixed = (1 - share) * a + share * b if self._straight else turned(a, b, share)
        return mixed.astype(np.float32)


def _planes(picture: np.ndarray) -> np.ndarray:
    return np.moveaxis(picture, 2, 0).astype(np.float32) / 255
