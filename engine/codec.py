"""A picture to a spatial latent and back, with a model that has no prior to draw from.

    codec = Codec("taef2")
    latent = codec.encode(pixels)
    again = codec.decode(latent, pixels.shape[:2])

Pictures of any size: what is too large for the whole network at once runs in tiles (`engine.parts`), with
the same result. Needs no torch.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine import catalog, devices, parts
from engine.errors import Cancelled, ModelError
from engine.parts import OnShare
from engine.sessions import Graphs
from engine.tiling import cut, round_up

#: Pictures up to so many pixels go through the whole network at once, where it is cut into many parts.
WHOLE = 256 * 256


class Codec:
    """A model with a spatial latent, loaded. Not thread-safe.

    Raises `ModelError` for a missing, damaged or unfit model and `DeviceError` for a device that
    was asked for and does not work.
    """

    def __init__(self, model: str | Graphs, device: str = "auto", threads: int | None = None) -> None:
        if isinstance(model, str):
            model = Graphs(catalog.load(model), devices.choose(device), threads)
        self.graphs, self.model = model, model.model
        if self.model.card.kind != "codec":
            raise ModelError(f"Model {self.model.card.name} has no latent that lies over the picture.")
        self._parts = parts.load(self.graphs)

    def encode(
        self,
        pixels: np.ndarray,
        *,
        on_share: OnShare | None = None,
        cancelled: Callable[[], bool] | None = None,
        whole: int = WHOLE,
    ) -> np.ndarray:
        """The latent [C, h, w] float32 of ``pixels`` [H, W, 3], uint8, uint16, or float32 in [0, 1].

        Sides are rounded up to the model's multiple, the picture mirrored there. Pictures of up to ``whole``
        pixels are not cut. Raises `Cancelled` when ``cancelled()`` says so between two tiles, MemoryError.
        """
        height, width = pixels.shape[:2]
        multiple = self.model.card.multiple
        padded = cut(pixels, (0, 0, round_up(width, multiple), round_up(height, multiple)))[0]
        return self._run("encoder", "pictures", padded, height * width <= whole, on_share, cancelled)

    def decode(
        self,
        latent: np.ndarray,
        size: tuple[int, int],
        *,
        on_share: OnShare | None = None,
        cancelled: Callable[[], bool] | None = None,
        whole: int = WHOLE,
    ) -> np.ndarray:
        """The picture of a latent [C, h, w], its first ``size`` (height, width) pixels: [H, W, 3] float32 in [0, 1]."""
        small = size[0] * size[1] <= whole
        drawn = self._run("decoder", "latent", latent, small, on_share, cancelled)
        return np.moveaxis(np.nan_to_num(drawn[:, : size[0], : size[1]]).clip(0, 1), 0, 2)

    def again(self, pixels: np.ndarray) -> np.ndarray:
        """A small picture [H, W, 3] uint8 after its round trip, [H, W, 3] float32; the latent stays on the device."""
        height, width = pixels.shape[:2]
        multiple = self.model.card.multiple
        padded = cut(pixels, (0, 0, round_up(width, multiple), round_up(height, multiple)))
        (latent,) = self.graphs.run_kept("encoder", pictures=padded)
        (drawn,) = self.graphs.run_kept("decoder", latent=latent)
        return np.moveaxis(np.nan_to_num(drawn.numpy()[0, :, :height, :width]).clip(0, 1), 0, 2)

    def _run(
        self,
        network: str,
        name: str,
        x: np.ndarray,
        small: bool,
        on_share: OnShare | None,
        cancelled: Callable[[], bool] | None,
    ) -> np.ndarray:
        chain = self._parts[network]
        if small and len(chain) > 1:
            if cancelled and cancelled():
                raise Cancelled
            result = self.graphs.run(network, **{name: x[None]})[0][0]
            if on_share:
                on_share(1.0)
            return result
        return parts.run(self.graphs, chain, name, x, on_share=on_share, cancelled=cancelled)
