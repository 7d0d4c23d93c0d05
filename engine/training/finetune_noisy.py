"""Clean this noisy scan series: the ladder learns from noisy photos alone, none of which is clean.

Noise is added a second time. For y = x + n with Gaussian n of a known covariance, and more noise m of the same one,
``y + a m`` and ``y - m / a`` have independent noise: who predicts the second from the first learns the clean photo
(Pang et al., Recorrupted-to-Recorrupted, 2021). Noise that neighbouring pixels share needs it: sub-sampling of
neighbours (Huang et al., Neighbor2Neighbor, 2021) takes what they share for the picture.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine import catalog
from engine.facts import tell
from engine.lessons import Figure, Pair
from engine.nets.ladder import Ladder
from engine.restore import Restorer
from engine.runs import Plan
from engine.scaled import read_scaled
from engine.training import losses
from engine.training.cache import Cache, Read
from engine.training.course import SHOWN, Course, Judgement, Said, Weights, png, spread
from engine.training.data import PhotoBank, generator_for
from engine.training.degrade import NOISE
from engine.training.export import LADDER, ladder_of
from engine.training.graphs import shipped_weights
from engine.training.keep import write_tuned
from engine.training.loop import LossFunction
from engine.training.noise_model import NoiseModel
from engine.training.pretrain import denoising_bound

#: Side of what is kept of a scan, at its own size: noise changes when it is scaled.
_KEPT = 640
#: Side of the crops, how much noise is added (the a above), and how unsure the told strength is.
_CROP, _ADDED, _UNSURE = 64, 0.5, 0.08
#: Held-out crops that judge: so many of each photo, of this side.
_CROPS_EACH, _SIDE = 4, 160
#: As large as any photo is.
_WHOLE = 10**6


class Cleaning(Course):
    """The goal "denoise-noisy"."""

    phase = "learning the noise"
    rate, average, batch = 2e-4, 0.98, 12
    steps, most_files = (150, 500, 1500), 400

    def __init__(self, plan: Plan, base: catalog.Model, cache: Cache, device: torch.device) -> None:
        super().__init__(plan, base, cache, device)
        self.model = ladder_of(base).to(device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.photos = PhotoBank(cache.pictures[plan.held_out :], cache.pictures[: plan.held_out])
        self.noise = NoiseModel.of(self.photos.photos)
        restorer = Restorer(str(base.folder), "cpu")
        self.told = [_automatic(restorer, photo) for photo in cache.pictures]
        self._given, self._wanted, self._facts = self._tests()
        self._base_pairs: list[Tensor] = []

    @staticmethod
    def reader(base: catalog.Model) -> tuple[Read, int]:
        def read(path: Path) -> np.ndarray:
            pixels = read_scaled(path, _WHOLE).pixels
            height, width = (min(_KEPT, side) // 8 * 8 for side in pixels.shape[:2])
            top, left = (pixels.shape[0] - height) // 2, (pixels.shape[1] - width) // 2
            return np.ascontiguousarray(pixels[top : top + height, left : left + width].transpose(2, 0, 1))

        return read, 3 * _KEPT * _KEPT

    def loss(self) -> LossFunction:
        bank, told = self.photos.photos, self.told[self.plan.held_out :]
        weights = losses.Weights(doubt=0.0)  # the errors of a noisy target are no doubt of the model

        def loss(model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
            assert isinstance(model, Ladder)
            generator = generator_for(self.plan.seed, step, stream=19)
            picks = torch.randint(len(bank), (self.plan.batch,), generator=generator).tolist()
            crops = torch.stack([_crop(bank[pick], _CROP, generator) for pick in picks]) / 255.0
            given, wanted = self._recorrupted(crops, generator)
            facts = _louder(torch.tensor([told[pick] for pick in picks]))
            facts[:, NOISE] *= 1 + _UNSURE * torch.randn(len(facts), generator=generator)
            return denoising_bound(
                model, given.to(self.device), wanted.to(self.device), facts.to(self.device), generator, weights
            )

        return loss

    def _recorrupted(self, noisy: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Two copies of noisy pictures [B, 3, H, W] whose noise is independent: what is given, and what is wanted."""
        count, _, height, width = noisy.shape
        more = self.noise.draw(count, height, width, generator)
        return noisy + _ADDED * more, noisy - more / _ADDED

    def _tests(self) -> tuple[Tensor, Tensor, Tensor]:
        """Held-out crops, given and wanted, and what is told."""
        generator = generator_for(self.plan.seed, 0, stream=21)
        crops, told = [], []
        for photo, facts in zip(self.photos.held_out, self.told, strict=False):
            side = min(_SIDE, *photo.shape[1:]) // 8 * 8
            crops += [_crop(photo, side, generator, turn=False) for _ in range(_CROPS_EACH)]
            told += [facts] * _CROPS_EACH
        side = min(crop.shape[1] for crop in crops)
        noisy = torch.stack([crop[:, :side, :side] for crop in crops]) / 255.0
        given, wanted = self._recorrupted(noisy, generator)
        return given, wanted, _louder(torch.tensor(told))

    @torch.no_grad()
    def judge(self, model: nn.Module) -> Judgement:
        assert isinstance(model, Ladder)
        nats, drawn = [], []
        for given, facts in zip(self._given.split(4), self._facts.split(4), strict=True):
            posterior = model.encode(given.to(self.device), facts.to(self.device))
            drawn.append(model.redraw(posterior).float().cpu())
            nats.append(losses.rates(posterior, given[0].numel(), 0.0)[0].cpu())
        # The wanted copy's own noise is in the error, and how strong that is, is known.
        own = self.noise.sigma**2 * (1 + 1 / _ADDED**2)
        squared = (torch.cat(drawn) - self._wanted).square().mean()
        errors = max(float(squared) - own, 1e-6)
        redraw = 0.5 * float(np.log(errors))
        return Judgement(-10 * float(np.log10(errors)), None, redraw, float(torch.cat(nats).mean()))

    @torch.no_grad()
    def pairs(self, model: nn.Module) -> tuple[Pair, ...]:
        assert isinstance(model, Ladder)
        places = spread(len(self.photos.held_out), SHOWN)
        noisy = [_middle(self.photos.held_out[i]) for i in places]
        told = [torch.tensor([self.told[i]], device=self.device) for i in places]
        now = [model(x[None].to(self.device), facts)[0].float().cpu() for x, facts in zip(noisy, told, strict=True)]
        self._base_pairs = self._base_pairs or now
        return tuple(
            Pair(file=self.held_out[i], original=png(x), given=b"", base=png(before), now=png(after))
            for i, x, before, after in zip(places, noisy, self._base_pairs, now, strict=True)
        )

    def finish(self, weights: Weights, folder: Path, said: Said) -> tuple[Figure, ...]:
        ladder = self.model
        said("Measuring", 0, 1)
        ladder.load_state_dict(shipped_weights(self.base.folder, LADDER))
        before = self.judge(ladder.eval())
        ladder.load_state_dict(weights)
        after = self.judge(ladder)
        card = write_tuned(self.base, {LADDER: ladder.state_dict()}, folder)
        card.summary = f"Cleans scans with the noise of the folder {Path(self.plan.folder).name}."
        card.lesson["noise_sigma"] = round(255 * self.noise.sigma, 2)
        catalog.write_card(folder, card)
        said("Measuring", 1, 1)
        text = "Held-out scans, estimated from noisy copies of them"
        return (Figure(name="psnr_estimated_db", text=text, unit="dB", base=before.score, tuned=after.score),)


def _automatic(restorer: Restorer, photo: Tensor) -> list[float]:
    """What the encoder is told of a photo on Automatic."""
    estimate = restorer.read(photo.permute(1, 2, 0).contiguous().numpy()).estimate
    return tell({"noise": estimate.noise, "jpeg": estimate.jpeg, "scratches": 0})


def _louder(facts: Tensor) -> Tensor:
    """What Automatic would tell of photos with more noise."""
    louder = facts.clone()
    louder[:, NOISE] *= (1 + _ADDED**2) ** 0.5
    return louder


def _crop(photo: Tensor, side: int, generator: torch.Generator, turn: bool = True) -> Tensor:
    """A random square, mirrored at random: turning it would turn the noise, which may lie along the rows."""
    top, left = (int(torch.randint(s - side + 1, (), generator=generator)) for s in photo.shape[1:])
    crop = photo[:, top : top + side, left : left + side]
    flips = torch.rand(2, generator=generator) < 0.5
    axes = [axis for axis, yes in zip((1, 2), flips.tolist(), strict=True) if yes and turn]
    return crop.flip(axes) if axes else crop


def _middle(photo: Tensor, side: int = 256) -> Tensor:
    height, width = (min(side, s) // 8 * 8 for s in photo.shape[1:])
    top, left = (photo.shape[1] - height) // 2, (photo.shape[2] - width) // 2
    return photo[:, top : top + height, left : left + width] / 255.0
