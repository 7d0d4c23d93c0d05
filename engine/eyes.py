"""How any model that can encode looks at pictures: their latents, what they cost it, and what it misses.

    eye = eye_of("fruit")
    sight = eye.look(pictures)        # [N, side, side, 3] uint8

A generative model sees the whole picture on a square, as it learnt, at its own side. The restoration model and
imported codecs have latents on a grid as large as the picture: they see the middle square at a small
side, and their latents are pooled. Needs no torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine import catalog, devices
from engine.catalog import Model
from engine.errors import ModelError
from engine.facts import tell
from engine.frame import framed
from engine.generate import Generator
from engine.sessions import Graphs
from engine.squares import squared
from engine.tiling import round_up

#: Side at which a model with latents on a grid looks: an eighth of it is the coarsest grid of the ladder.
_SIDE = 64
#: Latents on a grid are pooled to means of this many places a side, and spreads of all places.
_POOLED = 2
#: Places a side of which traits are taken.
_PLACES = 16
#: The first latents of the ladder are the pixels themselves.
_PIXELS = 12


@dataclass(frozen=True)
class Sight:
    """What a model saw in N pictures."""

    latent: np.ndarray  #: [N, L] float32
    error: np.ndarray  #: [N, side, side] float32: mean squared error of values in [0, 1], place by place
    nats: np.ndarray  #: [N] float32: the KL of the latents; 0 for a model without a posterior
    traits: np.ndarray | None = None  #: [N, 9] float32: see `LadderEye`


class Eye(Protocol):
    """A model, loaded, that looks. May be used by several threads at once."""

    model: Model
    side: int  #: of the squares it sees
    whole: bool  #: it sees the whole picture on a square, and not only the middle square
    length: int  #: L
    globe: int  #: the first numbers of a latent say what is alike
    drawable: bool  #: its latents can be drawn

    def look(self, pictures: np.ndarray) -> Sight:
        """Look at pictures [N, side, side, 3] uint8."""
        ...


def square(eye: Eye, pixels: np.ndarray) -> np.ndarray:
    """A picture [H, W, 3] uint8 as the eye sees it."""
    return (squared if eye.whole else framed)(pixels, eye.side)


def eye_of(model: str, device: str = "auto", threads: int = 1) -> Eye:
    """The eye of a model, by its id or folder. Raises `ModelError` for one that is missing, damaged or cannot encode,
    and `DeviceError`."""
    loaded = catalog.load(model)
    card = loaded.card
    if "encode" not in card.capabilities:
        raise ModelError(f"Model {card.name} cannot find the latent of a picture, so it cannot explore a folder.")
    if "sample" in card.capabilities:
        return GeneratorEye(Generator(model, device, threads))
    graphs = Graphs(loaded, devices.choose(device), threads)
    return LadderEye(loaded, graphs) if card.kind == "restore" else CodecEye(loaded, graphs)


class GeneratorEye:
    """The two-level VAE: z_g says what is alike, the details are kept to draw the picture again."""

    whole, drawable = True, True

    def __init__(self, generator: Generator) -> None:
        self.generator, self.model = generator, generator.model
        self.side, self.globe = generator.side, generator.globe
        self.length = self.globe + int(np.prod(self.model.card.config["deviation"]))

    def look(self, pictures: np.ndarray) -> Sight:
        latent, _, nats = self.generator.posterior(pictures)
        error = _error(self.generator.expected(latent), pictures)
        flat = np.concatenate([latent.globe, latent.deviation.reshape(len(latent), -1)], axis=1)
        return Sight(flat, error, nats.sum(1))


class LadderEye:
    """The restoration model, told that nothing is wrong with the pictures.

    It draws any picture well, so the two terms of the bound say little about it until they are corrected by how
    complex the picture is (Serrà et al., Input Complexity and Out-of-Distribution Detection with Likelihood-based
    Generative Models, 2020). That is done place by place: ``traits`` are the logarithms of squared error and of the
    finest level's KL against the variance of the pixels there, and of the finest level's spread against their
    deviation; of each the low, middle and high places (deciles 1, 5, 9).
    """

    whole, drawable, side = False, False, _SIDE

    def __init__(self, model: Model, graphs: Graphs) -> None:
        self.model, self._graphs = model, graphs
        self._channels = [int(line.split()[0]) for line in model.card.latents]
        self._told = np.array([tell({"noise": 0, "blur": 0, "jpeg": 0, "scratches": 0})], np.float32)
        self.length = self.globe = sum(_pooled_length(channels) for channels in self._channels)

    def look(self, pictures: np.ndarray) -> Sight:
        photo = _tensor(pictures)
        count, _, height, width = photo.shape
        noise = {
            f"noise{level}": np.zeros((count, channels, height >> level + 1, width >> level + 1), np.float32)
            for level, channels in enumerate(self._channels)
        }
        latents, _, *gaussians = _split(
            self._graphs.run("encoder", photo=photo, told=self._told.repeat(count, 0), **noise), len(self._channels)
        )
        (drawn,) = self._graphs.run("decoder", **{f"z{level}": z for level, z in enumerate(latents)})
        error = _error(drawn, pictures)
        nats = np.stack([_divergence(*four).sum((1, 2, 3)) for four in gaussians], axis=1)
        finest, cost = latents[0][:, _PIXELS:], _divergence(*gaussians[0]).sum(1, keepdims=True)
        return Sight(_pooled(latents), error, nats.sum(1), _traits(photo, error[:, None], finest, cost))


class CodecEye:
    """An imported autoencoder with a latent that lies over the picture and no posterior: it has an error only."""

    whole, drawable = False, False

    def __init__(self, model: Model, graphs: Graphs) -> None:
        self.model, self._graphs = model, graphs
        self.side = round_up(_SIDE, _POOLED * model.card.multiple)
        (channels,) = model.card.config["channels"]
        self.length = self.globe = _pooled_length(channels)

    def look(self, pictures: np.ndarray) -> Sight:
        (latent,) = self._graphs.run("encoder", pictures=_tensor(pictures))
        (drawn,) = self._graphs.run("decoder", latent=latent)
        return Sight(_pooled([latent]), _error(drawn, pictures), np.zeros(len(pictures), np.float32))


def _tensor(pictures: np.ndarray) -> np.ndarray:
    return np.moveaxis(pictures, 3, 1).astype(np.float32) / 255


def _error(drawn: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """[N, side, side] of pictures drawn again, [N, 3, side, side] around [0, 1]."""
    return np.square(np.clip(np.nan_to_num(drawn), 0, 1) - _tensor(pictures)).mean(1)


def _traits(photo: np.ndarray, error: np.ndarray, finest: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """The traits of `LadderEye` of pictures [N, 3, s, s], their squared error, finest latents and KL on grids."""
    contrast = np.log(_cells(photo).std((3, 5)).mean(1) + 1e-3)
    off = np.log(np.maximum(_cells(error).mean((1, 3, 5)), 1e-10)) - 2 * contrast
    nats = np.log(np.maximum(_cells(cost).mean((1, 3, 5)), 1e-3)) - 2 * contrast
    detail = np.log(_cells(finest).std((3, 5)).mean(1) + 1e-3) - contrast
    deciles = [np.quantile(part.reshape(len(part), -1), (0.1, 0.5, 0.9), axis=1).T for part in (off, nats, detail)]
    return np.concatenate(deciles, axis=1).astype(np.float32)


def _cells(grid: np.ndarray) -> np.ndarray:
    """[N, C, h, w] as [N, C, 16, h / 16, 16, w / 16]."""
    count, channels, height, width = grid.shape
    return grid.reshape(count, channels, _PLACES, height // _PLACES, _PLACES, width // _PLACES)


def _split(outputs: list[np.ndarray], levels: int) -> tuple:
    """The ladder's answers: latents, doubt, and for each level q's mean and log sigma and p's."""
    latents, doubt, rest = outputs[:levels], outputs[levels], outputs[levels + 1 :]
    return latents, doubt, *(rest[4 * level : 4 * level + 4] for level in range(levels))


def _divergence(mean: np.ndarray, log_sigma: np.ndarray, prior: np.ndarray, log_prior: np.ndarray) -> np.ndarray:
    """KL of one Gaussian from another, number by number, in nats."""
    spread = np.exp(2 * log_sigma) + (mean - prior) ** 2
    return log_prior - log_sigma + 0.5 * spread * np.exp(-2 * log_prior) - 0.5


def _pooled(latents: list[np.ndarray]) -> np.ndarray:
    """Latents on grids [N, C, h, w] each as [N, L]: means of a few places and the spread over all."""
    parts = []
    for z in latents:
        count, channels, height, width = z.shape
        places = z.reshape(count, channels, _POOLED, height // _POOLED, _POOLED, width // _POOLED)
        parts += [places.mean((3, 5)).reshape(count, -1), z.std((2, 3))]
    return np.concatenate(parts, axis=1)


def _pooled_length(channels: int) -> int:
    return channels * (_POOLED**2 + 1)
