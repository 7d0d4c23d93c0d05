"""Draw pictures from a latent: at random, near another one, or from a picture that was encoded.

    from engine.generate import Generator
    from engine.recipes import Recipe
    pictures = Generator("cartoon-faces").draw([Recipe(model="cartoon-faces", seed=s) for s in range(16)])

A recipe says everything, so the same recipe is the same picture on any device and in any batch.
Needs no torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from safetensors import safe_open

from engine import catalog, devices
from engine.errors import ModelError
from engine.recipes import Recipe
from engine.sessions import Graphs

#: Steps of the flow from noise to latents.
STEPS = 4
#: Pictures drawn at once.
BATCH = 8


@dataclass(frozen=True)
class Latent:
    """Latents of some pictures: ``globe`` [N, G] and the details' ``deviation`` [N, D, g, g], float32."""

    globe: np.ndarray
    deviation: np.ndarray

    def __len__(self) -> int:
        return len(self.globe)

    def __getitem__(self, part: slice) -> Latent:
        return Latent(self.globe[part], self.deviation[part])


class Generator:
    """A generative model, loaded. Not thread-safe.

    Raises `ModelError` for a missing, damaged or unfit model and `DeviceError` for a device that
    was asked for and does not work.
    """

    def __init__(self, model: str, device: str = "auto", threads: int | None = None) -> None:
        self.model = catalog.load(model)
        if "sample" not in self.model.card.capabilities:
            raise ModelError(f"Model {self.model.card.name} has no prior to draw pictures from.")
        self.graphs = Graphs(self.model, devices.choose(device), threads)
        (self.side,), (self.globe,) = self.model.card.config["side"], self.model.card.config["globe"]
        self._detail = tuple(self.model.card.config["deviation"])
        with safe_open(self.model.folder / catalog.WEIGHTS, "numpy") as weights:
            self._center, self._scale = weights.get_tensor("flow.center"), weights.get_tensor("flow.scale")

    def draw(self, recipes: Sequence[Recipe]) -> np.ndarray:
        """The pictures of ``recipes``, [N, side, side, 3] uint8."""
        return np.concatenate(list(self.draw_in_parts(recipes)))

    def draw_in_parts(self, recipes: Sequence[Recipe]) -> Iterator[np.ndarray]:
        """`draw`, a few pictures at a time."""
        for start in range(0, len(recipes), BATCH):
            yield self.decode(self.latents(recipes[start : start + BATCH]))

    def latents(self, recipes: Sequence[Recipe]) -> Latent:
        """The latents of ``recipes``, before any slider."""
        noise = [self._noise(recipe) for recipe in recipes]
        return Latent(self.carry(np.stack([n.globe for n in noise])), np.stack([n.deviation for n in noise]))

    def carry(self, noise: np.ndarray) -> np.ndarray:
        """Carry N(0, I) noise [N, G] to z_g by the learned prior."""
        z = noise.astype(np.float32)
        for step in range(STEPS, 0, -1):
            t = np.full(len(z), step / STEPS, np.float32)
            (velocity,) = self.graphs.run("flow", z=z, r=t - np.float32(1 / STEPS), t=t)
            z = z - velocity / np.float32(STEPS)
        return z * self._scale + self._center

    def decode(self, latent: Latent) -> np.ndarray:
        """Draw latents, [N, side, side, 3] uint8."""
        (drawn,) = self.graphs.run("decoder", globe=latent.globe, deviation=latent.deviation)
        return np.rint(np.clip(np.moveaxis(drawn, 1, 3), 0, 1) * 255).astype(np.uint8)

    def encode(self, pictures: np.ndarray) -> Latent:
        """The posterior means of pictures [N, side, side, 3] uint8."""
        globe, deviation = self.graphs.run("encoder", pictures=np.moveaxis(pictures, 3, 1).astype(np.float32) / 255)[:2]
        return Latent(globe, deviation)

    def _noise(self, recipe: Recipe) -> Latent:
        """The noise of one recipe: its seed's, turned towards that of each neighbour seed by its distance."""
        noise = self._drawn(recipe.seed)
        for seed, distance in recipe.near:
            other, angle = self._drawn(seed), distance * np.pi / 2
            # A turn keeps N(0, I) what it is, whatever the distance.
            noise = noise * np.cos(angle) + other * np.sin(angle)
        noise = (noise * recipe.variety).astype(np.float32)
        return Latent(noise[: self.globe], noise[self.globe :].reshape(self._detail))

    def _drawn(self, seed: int) -> np.ndarray:
        """N(0, I) for one picture from a counter-based generator (Philox): the same on every computer."""
        length = self.globe + int(np.prod(self._detail))
        return np.random.Generator(np.random.Philox(key=seed)).standard_normal(length)
