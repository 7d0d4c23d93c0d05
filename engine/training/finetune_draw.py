"""Draw pictures like mine: the two-level VAE learns a folder, and a flow learns where its latents lie.

The prior is refitted first, which takes seconds and makes samples of the folder at once; then encoder and decoder
learn together, and at the end the prior once more, on the latents as they are then.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from engine import catalog, directions
from engine.generate import EASE, STEPS
from engine.lessons import Diagnosis, Figure, Pair
from engine.nets.flow import Flow
from engine.nets.twolevel import TwoLevel, rates
from engine.runs import Plan
from engine.scaled import read_scaled
from engine.squares import squared
from engine.training.attributes import directions_of
from engine.training.cache import Cache, Read
from engine.training.course import SAMPLED, SHOWN, Course, Judgement, Said, Weights, png, spread
from engine.training.data import generator_for
from engine.training.export_generate import FLOW, VAE, config_of, typical_of
from engine.training.generate import DrawLoss, PriorLoss, means
from engine.training.graphs import shipped_weights
from engine.training.keep import write_tuned
from engine.training.loop import LossFunction, Schedule, Trainer
from engine.training.losses import log_error, psnr
from engine.training.memory import remembered
from engine.training.pictures import PictureSet

#: Pictures on which the latents' prior and directions are learnt at most, and those of a preview.
_PRIOR, _PREVIEW = 3000, 192
#: Steps of the flow: for the first samples and each preview, which goes on from the one before; and at the end, as
#: many as the lesson has, within bounds. Its rate and batch.
_QUICK, _WHOLE, _FLOW_RATE, _FLOW_BATCH = 30, (40, 500), 1e-3, 128
#: Mirror images belong to the kind if they are not further from its pictures than these are from each other.
_MIRROR = 1.1


class Drawing(Course):
    """The goal "draw"."""

    phase = "learning to draw"
    rate, average, batch = 1e-3, 0.98, 16
    steps, most_files = (150, 500, 1500), 6000

    def __init__(self, plan: Plan, base: catalog.Model, cache: Cache, device: torch.device) -> None:
        super().__init__(plan, base, cache, device)
        config = config_of(base.card)
        self.model = TwoLevel(config).to(device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.model.load_state_dict(shipped_weights(base.folder, VAE))
        flow = shipped_weights(base.folder, FLOW)
        self._flow = Flow(config.globe, *_sizes(flow))
        self._flow.load_state_dict(flow)
        self._shown = self._flow
        every, back = cache.all_of(0, len(plan.files)), plan.held_out
        labels: list[dict[str, object]] = [{"folder": label or "."} for label in plan.labels]
        self.pictures = PictureSet(every[back:], labels[back:], every[:back], labels[:back])
        self.mirror = _mirrored_alike(self.pictures.pictures)
        self._base_pairs: list[Tensor] = []

    @staticmethod
    def reader(base: catalog.Model) -> tuple[Read, int]:
        side = base.card.config["side"][0]

        def read(path: Path) -> np.ndarray:
            return squared(read_scaled(path, side).pixels, side).transpose(2, 0, 1)

        return read, 3 * side * side

    def loss(self) -> LossFunction:
        return DrawLoss(self.pictures, self.plan.seed, self.device, self.mirror, self.plan.batch)

    @torch.no_grad()
    def judge(self, model: nn.Module) -> Judgement:
        assert isinstance(model, TwoLevel)
        held_out = self.pictures.held_out
        drawn, redraw, nats = self._drawn(model, held_out)
        some = self.pictures.pictures[spread(len(self.pictures.pictures), len(held_out))]
        learnt = psnr(self._drawn(model, some)[0], some / 255.0)
        return Judgement(psnr(drawn, held_out / 255.0), learnt, redraw, nats / held_out[0].numel())

    def _drawn(self, model: TwoLevel, pictures: Tensor) -> tuple[Tensor, float, float]:
        """Pictures drawn again from their means; nats a number of the error; nats a picture of the latents."""
        drawn, errors, nats = [], [], []
        for part in pictures.split(32):
            clean = part.to(self.device) / 255.0
            seen = model.encode(clean)
            above, _ = model.expected(seen.globe.mean)
            drawn.append(model.finish(seen.globe.mean, seen.detail.mean, above).cpu())
            errors.append(log_error(drawn[-1], clean.cpu()))
            nats.append(sum(rates(seen)))
        return torch.cat(drawn), float(torch.cat(errors).mean()), float(torch.cat(nats).mean())

    @torch.no_grad()
    def pairs(self, model: nn.Module) -> tuple[Pair, ...]:
        assert isinstance(model, TwoLevel)
        places = spread(len(self.pictures.held_out), SHOWN)
        clean = self.pictures.held_out[places]
        now = self._drawn(model, clean)[0]
        self._base_pairs = self._base_pairs or list(now)  # the first time it is the base
        return tuple(
            Pair(file=self.held_out[i], original=png(x / 255.0), given=b"", base=png(before), now=png(after))
            for i, x, before, after in zip(places, clean, self._base_pairs, now, strict=True)
        )

    def samples(self, model: nn.Module) -> tuple[bytes, ...]:
        assert isinstance(model, TwoLevel)
        self._shown = self._prior(model, _PREVIEW, _QUICK, self._shown)
        return tuple(png(x) for x in self._draw(model, self._shown, SAMPLED))

    def _prior(self, vae: TwoLevel, most: int, steps: int, start: Flow) -> Flow:
        """A flow over the latents of at most so many pictures, from one that knew others."""
        part = self.pictures.pictures[spread(len(self.pictures.pictures), most)]
        learn = PriorLoss(vae, PictureSet(part, [], part[:0], []), self.plan.seed, self.mirror, _FLOW_BATCH)
        flow = learn.flow(*_sizes(start.state_dict()))
        own = flow.state_dict()
        known = {name: tensor for name, tensor in start.state_dict().items() if name not in ("center", "scale")}
        flow.load_state_dict(own | known)
        schedule = Schedule(steps=steps, rate=_FLOW_RATE, warm_up=10, average=0.98)
        trainer = Trainer(flow, learn, schedule, None)
        trainer.run(say=lambda _: None)
        flow.load_state_dict(trainer.average)
        return flow

    @torch.no_grad()
    def _draw(self, vae: TwoLevel, flow: Flow, count: int, seed: int = 0) -> Tensor:
        """``count`` pictures of the prior, [count, 3, side, side]."""
        config, generator = vae.config, generator_for(seed, 0, stream=11)
        globe = flow.eval().carry(torch.randn(count, config.globe, generator=generator), STEPS)
        detail = EASE * torch.randn(count, config.detail, config.grid, config.grid, generator=generator)
        parts = zip(globe.to(self.device).split(32), detail.to(self.device).split(32), strict=True)
        return torch.cat([vae.decode(g, d).clamp(0, 1).cpu() for g, d in parts])

    @torch.no_grad()
    def diagnose(self, model: nn.Module) -> Diagnosis | None:
        assert isinstance(model, TwoLevel)
        seen = [model.encode(part.to(self.device) / 255.0).globe.mean for part in self.pictures.held_out.split(32)]
        active = int((torch.cat(seen).var(0, correction=0) > 0.05).sum())
        if len(self.pictures.held_out) > 1 and active < max(2, model.config.globe // 20):
            text = (
                f"The latent is unused: only {active} of its {model.config.globe} numbers tell pictures apart, "
                "so sliders will do nothing."
            )
            return Diagnosis(code="latent-unused", severity="warning", text=text)
        return None

    def finish(self, weights: Weights, folder: Path, said: Said) -> tuple[Figure, ...]:
        vae = self.model
        assert isinstance(vae, TwoLevel)
        start = TwoLevel(vae.config).to(self.device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        start.load_state_dict(shipped_weights(self.base.folder, VAE))
        before = self.judge(start.eval())
        vae.load_state_dict(weights)
        after = self.judge(vae.eval())
        said("Learning where its latents lie", 0, 3)
        flow = self._prior(vae, _PRIOR, int(np.clip(self.plan.steps, *_WHOLE)), self._flow)
        said("Learning its sliders", 1, 3)
        card = write_tuned(self.base, {VAE: vae.state_dict(), FLOW: flow.state_dict()}, folder)
        some = spread(len(self.pictures.pictures), _PRIOR)
        known = PictureSet(
            self.pictures.pictures[some], [self.pictures.labels[i] for i in some], *[self.pictures.held_out, []]
        )
        directions.save(folder, directions_of(known, *means(vae, known.pictures)))
        card.typical = typical_of(vae, self.pictures)
        figures = [_figure("psnr_held_out_db", "Held-out pictures redrawn", before.score, after.score)]
        figures += _bound(before, after)
        if after.learnt is not None:
            text = "Pictures it learnt from redrawn"
            figures.append(_figure("psnr_learnt_db", text, before.learnt, after.learnt))
        said("Looking for copies among its pictures", 2, 3)
        drawn = self._draw(vae, flow, 64, seed=1)
        share, chance = remembered(drawn, self.pictures)
        text = f"New pictures that are nearly one of yours (by chance: {100 * chance:.0f} %)"
        figures.append(
            Figure(name="copies_percent", text=text, unit="%", base=None, tuned=100 * share, more_is_better=False)
        )
        said("Looking for copies among its pictures", 3, 3)
        card.summary = f"Draws pictures like those of the folder {Path(self.plan.folder).name}."
        catalog.write_card(folder, card)
        return tuple(figures)


def _figure(name: str, text: str, base: float | None, tuned: float) -> Figure:
    return Figure(name=name, text=text, unit="dB", base=base, tuned=tuned)


def _bound(before: Judgement, after: Judgement) -> list[Figure]:
    """The two terms of the bound as figures."""
    words = {"redraw": "How badly it redraws", "tidy": "How untidy its latent is"}
    return [
        Figure(
            name=f"{name}_nats",
            text=text,
            unit="nats",
            base=getattr(before, name),
            tuned=getattr(after, name),
            more_is_better=False,
        )
        for name, text in words.items()
    ]


def _sizes(flow: dict[str, Tensor]) -> tuple[int, int]:
    """Width and depth of the flow whose weights these are."""
    return len(flow["enter.weight"]), sum(name.startswith("expand.") and name.endswith("weight") for name in flow)


def _mirrored_alike(pictures: Tensor) -> bool:
    """Whether mirror images could be pictures of the set: as near to its pictures as these are to each other.

    A face may be mirrored and writing may not; which of the two this is, the pictures know.
    """
    some = pictures[spread(len(pictures), 400)].float()
    small = nn.functional.adaptive_avg_pool2d(some, 8)
    flat, mirrored = small.flatten(1), small.flip(3).flatten(1)
    if len(flat) < 8:
        return False
    own = torch.cdist(flat, flat).fill_diagonal_(torch.inf).amin(1)
    other = torch.cdist(mirrored, flat).fill_diagonal_(torch.inf).amin(1)
    return bool(other.median() <= _MIRROR * own.median())
