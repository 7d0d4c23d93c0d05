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

from engine import catalog, devices, directions
from engine.errors import DarkroomError, ModelError
from engine.recipes import Recipe
from engine.sessions import Graphs

#: Steps of the flow from noise to latents.
STEPS = 4
#: Scale of the details' noise: each place of the grid draws its own, and all at full strength do not agree.
EASE = 0.5
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

    def pack(self) -> bytes:
        """The first picture's latents as a recipe keeps them."""
        return np.concatenate([self.globe[0], self.deviation[0].ravel()]).astype("<f2").tobytes()


def joined(latents: Sequence[Latent]) -> Latent:
    """Latents of several batches as one."""
    return Latent(*(np.concatenate(part) for part in zip(*((z.globe, z.deviation) for z in latents), strict=True)))


def nats_of(mean: np.ndarray, log_sigma: np.ndarray) -> np.ndarray:
    """KL of N(mean, sigma) [N, G] from N(0, I) in nats, [N]."""
    return 0.5 * (mean**2 + np.exp(2 * log_sigma) - 2 * log_sigma - 1).sum(1)


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
        # Whether there are details beside z_g, and whether the prior is learned; imported models have neither.
        self.detailed, self._flows = bool(np.prod(self._detail)), "flow.onnx" in self.model.card.sha256
        self.center, self.scale = np.zeros(self.globe, np.float32), np.ones(self.globe, np.float32)
        if self._flows:
            self.center, self.scale = self.graphs.tensor("flow.center"), self.graphs.tensor("flow.scale")
        self._directions: dict[str, np.ndarray] = {}
        self.learn_directions()

    def learn_directions(self) -> None:
        """Read the model's directions (again): the user makes some."""
        fitting = (self.globe, self.globe + int(np.prod(self._detail)))
        known = directions.of(str(self.model.folder))
        self._directions = {d.name: d.numbers for d in known if len(d.vector) // 2 in fitting}

    def draw(self, recipes: Sequence[Recipe]) -> np.ndarray:
        """The pictures of ``recipes``, [N, side, side, 3] uint8."""
        return np.concatenate(list(self.draw_in_parts(recipes)))

    def draw_in_parts(self, recipes: Sequence[Recipe]) -> Iterator[np.ndarray]:
        """`draw`, a few pictures at a time."""
        for start in range(0, len(recipes), BATCH):
            yield self.decode(self.latents(recipes[start : start + BATCH]))

    def latents(self, recipes: Sequence[Recipe]) -> Latent:
        """The latents of ``recipes``. Raises `DarkroomError` for one of another model."""
        drawn = [self._noise(recipe) for recipe in recipes if not recipe.latent]
        carried = iter(self.carry(np.stack([n.globe for n in drawn])) if drawn else ())
        noise = iter(drawn)
        globe, detail = [], []
        for recipe in recipes:
            given = self._unpacked(recipe) if recipe.latent else Latent(next(carried), next(noise).deviation)
            way = self._slid(recipe)
            globe.append(given.globe + way.globe)
            detail.append(given.deviation + way.deviation)
        return Latent(np.stack(globe), np.stack(detail))

    def recipe(self, latent: Latent) -> Recipe:
        """The recipe that draws a picture from the latents of one."""
        return Recipe(model=self.model.card.id, latent=latent.pack())

    def carry(self, noise: np.ndarray, steps: int = STEPS) -> np.ndarray:
        """Carry N(0, I) noise [N, G] to z_g by the learned prior; without one noise is z_g."""
        z = noise.astype(np.float32)
        if not self._flows:
            return z
        for step in range(steps, 0, -1):
            t = np.full(len(z), step / steps, np.float32)
            (velocity,) = self._run("flow", z=z, r=t - np.float32(1 / steps), t=t)
            z = z - velocity / np.float32(steps)
        return z * self.scale + self.center

    def carry_back(self, globe: np.ndarray, steps: int) -> np.ndarray:
        """The noise [N, G] that `carry` would bring to ``globe``, nearly: ``steps`` small steps the other way."""
        z = ((globe - self.center) / self.scale).astype(np.float32)
        if not self._flows:
            return z
        for step in range(steps):
            t = np.full(len(z), (step + 0.5) / steps, np.float32)
            (velocity,) = self._run("flow", z=z, r=t, t=t)
            z = z + velocity / np.float32(steps)
        return z

    def decode(self, latent: Latent) -> np.ndarray:
        """Draw latents, [N, side, side, 3] uint8."""
        drawn = np.moveaxis(self.expected(latent), 1, 3)
        return np.rint(np.clip(np.nan_to_num(drawn), 0, 1) * 255).astype(np.uint8)

    def expected(self, latent: Latent) -> np.ndarray:
        """The decoder's mean, [N, 3, side, side] float32 around [0, 1]."""
        details = {"deviation": latent.deviation} if self.detailed else {}
        return self._run("decoder", globe=latent.globe, **details)[0]

    def encode(self, pictures: np.ndarray) -> Latent:
        """The posterior means of pictures [N, side, side, 3] uint8."""
        return self.posterior(pictures)[0]

    def posterior(self, pictures: np.ndarray) -> tuple[Latent, np.ndarray, np.ndarray]:
        """What the encoder says: means, log sigma of z_g [N, G], and the KL of both latents in nats [N, 2]."""
        x = np.moveaxis(pictures, 3, 1).astype(np.float32) / 255
        if self.detailed:
            globe, deviation, log_sigma, nats = self.graphs.run("encoder", pictures=x)
            return Latent(globe, deviation), log_sigma, nats
        globe, log_sigma = self.graphs.run("encoder", pictures=x)
        nats = nats_of(globe, log_sigma)
        nothing = np.zeros((len(globe), *self._detail), np.float32)
        return Latent(globe, nothing), log_sigma, np.stack([nats, np.zeros_like(nats)], axis=1)

    def _run(self, graph: str, **inputs: np.ndarray) -> list[np.ndarray]:
        """A single picture is what a slider asks for, again and again; batches differ in size."""
        single = all(len(array) == 1 for array in inputs.values())
        return (self.graphs.run_again if single else self.graphs.run)(graph, **inputs)

    def _unpacked(self, recipe: Recipe) -> Latent:
        numbers = np.frombuffer(recipe.latent[: len(recipe.latent) // 2 * 2], "<f2").astype(np.float32)
        if len(numbers) != self.globe + int(np.prod(self._detail)) or not np.isfinite(numbers).all():
            raise DarkroomError(f"This picture was not made by model {self.model.card.name} as it is now.")
        return Latent(numbers[: self.globe], numbers[self.globe :].reshape(self._detail))

    def _slid(self, recipe: Recipe) -> Latent:
        """How far the recipe's sliders move the latents of one picture."""
        way = np.zeros(self.globe + int(np.prod(self._detail)), np.float32)
        if recipe.sliders.keys() - self._directions.keys():
            self.learn_directions()  # one may have been made meanwhile
        for name, value in recipe.sliders.items():
            if name not in self._directions:
                raise DarkroomError(f"Model {self.model.card.name} has no slider “{name}”.")
            numbers = self._directions[name]
            way[: len(numbers)] += np.float32(value) * numbers
        return Latent(way[: self.globe], way[self.globe :].reshape(self._detail))

    def _noise(self, recipe: Recipe) -> Latent:
        """The noise of one recipe: its seed's, turned towards that of each neighbour seed by its distance."""
        noise = self._drawn(recipe.seed)
        for seed, distance in recipe.near:
            other, angle = self._drawn(seed), distance * np.pi / 2
            # A turn keeps N(0, I) what it is, whatever the distance.
            noise = noise * np.cos(angle) + other * np.sin(angle)
        noise = (noise * recipe.variety).astype(np.float32)
        return Latent(noise[: self.globe], EASE * noise[self.globe :].reshape(self._detail))

    def _drawn(self, seed: int) -> np.ndarray:
        """N(0, I) for one picture from a counter-based generator (Philox): the same on every computer."""
        length = self.globe + int(np.prod(self._detail))
        return np.random.Generator(np.random.Philox(key=seed)).standard_normal(length)
