"""Restore photos like mine: clean photos are damaged in every way a photo can be, and the ladder learns to undo it.

It must stay as good on all other photos. Those are not here, so pictures of dead leaves (overlapping discs, whose
statistics are those of photos: Lee, Mumford and Huang, Occlusion Models for Natural Images, 2001) stand for them: the
model is held to what the base makes of these, and in the end only as much of what was learnt is kept as they allow
(Wortsman et al., Robust Fine-Tuning of Zero-Shot Models, 2022).
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
from engine.runs import Plan
from engine.scaled import read_scaled
from engine.training import losses
from engine.training.cache import Cache, Read
from engine.training.course import SHOWN, Course, Judgement, Said, Weights, png, spread
from engine.training.data import PhotoBank, generator_for
from engine.training.degrade import BLUR, Kinds, degrade
from engine.training.export import LADDER, ladder_of
from engine.training.keep import write_tuned
from engine.training.leaves import dead_leaves
from engine.training.loop import LossFunction
from engine.training.marks import DrawnDamage
from engine.training.pretrain import Patches, RestoreLoss

#: Larger photos are scaled to this shorter side, and this much of their middle is kept.
_SHORTER, _KEPT = 1024, 640
#: Sides of the crops that are learnt from; as large as the photos allow later on.
_CROPS = (64, 96)
#: What happens to an old photo.
OLD: Kinds = ((1.0, frozenset({"blur", "grain", "jpeg"})),)
#: Held-out photos and stand-ins that judge, and the side of what is used of them.
_JUDGES, _STAND_INS, _SIDE = 16, 12, 192
#: Stand-ins that are learnt from.
_LEAVES = 64
#: Shares of what was learnt that are tried, and dB that may be lost on the stand-ins.
_SHARES, _LOSS = (1.0, 0.75, 0.5, 0.25), 0.01

#: A test: what is given, what was there, and the facts told.
Test = tuple[Tensor, Tensor, Tensor]


class Restoring(Course):
    """The goal "restore"."""

    phase = "learning to restore"
    rate, average, batch = 2e-4, 0.98, 8
    steps, most_files = (200, 700, 2000), 400

    def __init__(self, plan: Plan, base: catalog.Model, cache: Cache, device: torch.device) -> None:
        super().__init__(plan, base, cache, device)
        ladder = ladder_of(base)
        self._before = {name: weight.detach().clone() for name, weight in ladder.state_dict().items()}
        self.model = ladder.to(device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        self.photos = PhotoBank(cache.pictures[plan.held_out :], cache.pictures[: plan.held_out])
        self._tests = tests(squares(self.photos.held_out, _JUDGES))
        self._stand_ins = tests(dead_leaves(_STAND_INS, 128, generator_for(plan.seed, 0, stream=13)) / 255.0)
        self._base_pairs: list[Tensor] = []

    @staticmethod
    def reader(base: catalog.Model) -> tuple[Read, int]:
        return kept_part, 3 * _KEPT * _KEPT

    def loss(self) -> LossFunction:
        return SteadyLoss(self, self.plan)

    @property
    def patches(self) -> tuple[Patches, ...]:
        """Small crops first, larger ones later where the photos have them."""
        least = min(min(p.shape[1:]) for p in self.photos.photos)
        sides = [side for side in _CROPS if side <= least] or [least // 8 * 8]
        area = self.plan.batch * _CROPS[0] ** 2
        return tuple(Patches(0.6 * place, side, max(1, round(area / side**2))) for place, side in enumerate(sides))

    @torch.no_grad()
    def judge(self, model: nn.Module) -> Judgement:
        assert isinstance(model, Ladder)
        scores = [self._restored(model, *test) for test in self._tests]
        redraw, tidy = [float(np.mean([s[i] for s in scores])) for i in (1, 2)]
        return Judgement(float(np.mean([s[0] for s in scores])), None, redraw, tidy)

    def _restored(self, model: Ladder, given: Tensor, clean: Tensor, told: Tensor) -> tuple[float, float, float]:
        """PSNR in dB; nats a number of the error, and of the latents."""
        drawn, errors, nats = [], [], []
        told = told.expand(len(given), -1)
        for x, y, facts in zip(given.split(4), clean.split(4), told.split(4), strict=True):
            posterior = model.encode(x.to(self.device), facts.to(self.device))
            drawn.append(model.redraw(posterior).cpu())
            errors.append(losses.log_error(drawn[-1], y))
            nats.append(losses.rates(posterior, x[0].numel(), 0.0)[0].cpu())
        score = losses.psnr(torch.cat(drawn), clean)
        return score, float(torch.cat(errors).mean()), float(torch.cat(nats).mean())

    @torch.no_grad()
    def pairs(self, model: nn.Module) -> tuple[Pair, ...]:
        assert isinstance(model, Ladder)
        given, clean, told = self._tests[-1]
        places = spread(len(given), SHOWN)
        now = [model(given[i : i + 1].to(self.device), told[i : i + 1].to(self.device))[0].cpu() for i in places]
        self._base_pairs = self._base_pairs or now
        files = [self.held_out[i] for i in spread(len(self.held_out), _JUDGES)]
        return tuple(
            Pair(file=files[i % len(files)], original=png(clean[i]), given=png(given[i]), base=png(b), now=png(n))
            for i, b, n in zip(places, self._base_pairs, now, strict=True)
        )

    def finish(self, weights: Weights, folder: Path, said: Said) -> tuple[Figure, ...]:
        ladder = self.model.eval()
        assert isinstance(ladder, Ladder)

        def measured(state: Weights) -> tuple[list[float], float]:
            ladder.load_state_dict(state)
            with torch.no_grad():
                own = [self._restored(ladder, *test)[0] for test in self._tests]
                return own, float(np.mean([self._restored(ladder, *test)[0] for test in self._stand_ins]))

        before, others = measured(self._before)
        best, kept, share = (before, others), self._before, 0.0
        for done, tried in enumerate(_SHARES):
            said("Weighing what was learnt against what was known", done, len(_SHARES))
            mixed = {name: self._before[name].lerp(weight.cpu(), tried) for name, weight in weights.items()}
            own, now = measured(mixed)
            if now >= others - _LOSS and np.mean(own) > np.mean(best[0]):
                best, kept, share = (own, now), mixed, tried
        said("Weighing what was learnt against what was known", len(_SHARES), len(_SHARES))
        card = write_tuned(self.base, {LADDER: kept}, folder)
        card.summary = f"{self.base.card.summary.rstrip('.')}; learnt from the folder {Path(self.plan.folder).name}."
        card.lesson["share_kept"] = share
        catalog.write_card(folder, card)
        return self._figures(before, best[0], others, best[1])

    def _figures(self, before: list[float], after: list[float], others: float, others_now: float) -> tuple[Figure, ...]:
        names = ("psnr_noise25_db", "psnr_old_db")
        texts = ("Held-out photos with noise (sigma 25)", "Held-out photos made old")
        own = [
            Figure(name=name, text=text, unit="dB", base=b, tuned=a)
            for name, text, b, a in zip(names, texts, before, after, strict=True)
        ]
        means = float(np.mean(before)), float(np.mean(after))
        both = Figure(name="psnr_held_out_db", text="Held-out photos", unit="dB", base=means[0], tuned=means[1])
        text = "Patterns that stand for all other photos"
        rest = Figure(name="psnr_others_db", text=text, unit="dB", base=others, tuned=others_now)
        return both, *own, rest


class SteadyLoss:
    """`RestoreLoss`, and how far the stand-ins' restorations are from the base's."""

    def __init__(self, course: Restoring, plan: Plan) -> None:
        self.learn = RestoreLoss(
            course.photos, DrawnDamage(), plan.seed, course.device, warm_up=0.0, patches=course.patches
        )
        self.plan, self.device = plan, course.device
        self.weight = 0.5
        model = course.model
        assert isinstance(model, Ladder)
        self.base = ladder_of(course.base).to(course.device, memory_format=torch.channels_last).eval()  # pyright: ignore[reportCallIssue]
        self.leaves = PhotoBank(list(dead_leaves(_LEAVES, 128, generator_for(plan.seed, 0, stream=17))), [])

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, Ladder)
        total, log = self.learn(model, step, spent)
        generator = generator_for(self.plan.seed, step, stream=15)
        clean = self.leaves.crops(max(1, self.plan.batch // 2), 64, generator).to(self.device)
        masks = torch.zeros_like(clean[:, :1])
        sample = degrade(clean, masks, generator)
        told = torch.cat([sample.facts * sample.certain, sample.certain], dim=1)
        with torch.autocast(self.device.type, torch.bfloat16):
            with torch.no_grad():
                wanted = self.base(sample.photo, told)
            drawn = model(sample.photo, told)
        steady = losses.log_error(drawn, wanted.float()).mean()
        return total + self.weight * steady, log | {"steady": float(steady.detach())}


def kept_part(path: Path) -> np.ndarray:
    """The middle of a photo at its own size, or of a large one scaled down, [3, h, w] uint8, h and w even."""
    pixels = read_scaled(path, _SHORTER).pixels
    height, width = (min(_KEPT, side) // 2 * 2 for side in pixels.shape[:2])
    top, left = (pixels.shape[0] - height) // 2, (pixels.shape[1] - width) // 2
    return np.ascontiguousarray(pixels[top : top + height, left : left + width].transpose(2, 0, 1))


def squares(photos: list[Tensor], most: int) -> Tensor:
    """The middles of some photos as one batch [N, 3, side, side] in [0, 1], of the largest side that all have."""
    some = [photos[i] for i in spread(len(photos), most)]
    side = min(_SIDE, min(min(p.shape[1:]) for p in some)) // 8 * 8
    tops = [((p.shape[1] - side) // 2, (p.shape[2] - side) // 2) for p in some]
    return torch.stack([p[:, y : y + side, x : x + side] for p, (y, x) in zip(some, tops, strict=True)]) / 255.0


def tests(clean: Tensor) -> list[Test]:
    """Noise of sigma 25, told; and what makes a photo old, of which the model knows what Automatic knows."""
    generator = generator_for(0, 0, stream=7)
    noisy = losses.in_bytes(clean + 25 / 255 * torch.randn(clean.shape, generator=generator))
    masks = torch.zeros(len(clean), 1, *clean.shape[2:])
    old = degrade(clean, masks, generator, OLD)
    told = torch.tensor([tell({"noise": 25, "blur": 0, "jpeg": 0, "scratches": 0})])
    known = old.certain.clone()
    known[:, BLUR] = 0.0
    facts = torch.cat([old.facts * known, known], dim=1)
    return [(noisy, clean, told), (losses.in_bytes(old.photo), old.clean, facts)]
