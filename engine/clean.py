"""Clean a photo by its round trip through an autoencoder: what the latent cannot hold, such as noise, is gone.

`restorer` gives whatever a model restores with: the real thing, or this.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from engine import catalog, devices
from engine.codec import Codec
from engine.errors import ModelError
from engine.jobs import Box, Estimate, Quality, RestoreSettings
from engine.restore import OnPart, Reading, Restorer, Result, as_type, blend

#: Progress is told in so many parts.
_PARTS = 100


def restorer(
    model: str = "photo-restore", device: str = "auto", threads: int | None = None, quality: Quality = "normal"
) -> Restorer | Cleaner:
    """What restores photos with a model; fast by its fast edition, if it has one and the processor works: any other
    device is faster with the model itself. Raises as `Restorer` does."""
    if quality == "fast" and devices.choose(device).id == "cpu":
        model = catalog.fast_edition(model) or model
    cleans = "clean" in catalog.load(model).card.capabilities
    return Cleaner(model, device, threads) if cleans else Restorer(model, device, threads)


class Cleaner:
    """An autoencoder that cleans, loaded; used like a `Restorer`, but for all it is told it does one thing only.

    Not thread-safe. Raises as `Codec` does.
    """

    def __init__(self, model: str, device: str = "auto", threads: int | None = None) -> None:
        self._codec = Codec(model, device, threads)
        self.model, self.graphs = self._codec.model, self._codec.graphs
        if "clean" not in self.model.card.capabilities:
            raise ModelError(f"Model {self.model.card.name} cannot clean photos.")

    @property
    def device(self) -> str:
        """The device in words."""
        return self.graphs.device.name

    def read(self, pixels: np.ndarray) -> Reading:
        """Nothing is judged: an autoencoder treats every photo the same."""
        nothing = Estimate(noise=0.0, blur=0.0, jpeg=0, scratches=0.0, fading=0.0, monochrome=False)
        return Reading(None, None, nothing)

    def restore(
        self,
        pixels: np.ndarray,
        settings: RestoreSettings,
        *,
        reading: Reading | None = None,
        doubt: bool = False,
        out: np.ndarray | None = None,
        doubt_out: np.ndarray | None = None,
        part_first: Box | None = None,
        on_part: OnPart | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Result:
        """The round trip of ``pixels`` [H, W, 3], uint8, uint16, or float32 in [0, 1]; of the settings only the
        strength counts. The model has no doubts: where they are asked for they are 0.

        Raises `Cancelled` when ``cancelled()`` says so between two tiles, MemoryError.
        """
        began = time.perf_counter()
        height, width = pixels.shape[:2]
        out = np.empty_like(pixels) if out is None else out
        if doubt and doubt_out is None:
            doubt_out = np.zeros((height, width), dtype=np.uint8)
        if doubt_out is not None:
            doubt_out[:] = 0
        told = 0

        def on_share(share: float, first: float) -> None:
            nonlocal told
            done = min(int((first + share / 2) * _PARTS), _PARTS - 1)
            if on_part and done > told:
                told = done
                on_part((0, 0, 0, 0), done, _PARTS)  # nothing is to be seen before the end

        latent = self._codec.encode(pixels, on_share=lambda s: on_share(s, 0.0), cancelled=cancelled)
        drawn = self._codec.decode(latent, (height, width), on_share=lambda s: on_share(s, 0.5), cancelled=cancelled)
        out[:] = as_type(drawn, out.dtype)
        blend(pixels, out, settings.strength)
        if on_part:
            on_part((0, 0, width, height), _PARTS, _PARTS)
        estimate = (reading or self.read(pixels)).estimate
        return Result(out, doubt_out, settings, estimate, time.perf_counter() - began)
