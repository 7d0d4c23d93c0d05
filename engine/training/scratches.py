"""How the finder of scratches learns: photos with damage on them, and as many with nothing but content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.nets.scratch import ScratchFinder
from engine.nets.tone import fade
from engine.training.data import DamageBank, PhotoBank, generator_for
from engine.training.degrade import Draw, blur, jpeg, luminance, noise, soften
from engine.training.looks import varied
from engine.training.losses import in_bytes
from engine.training.marks import marks, shapes

#: Damage that only a person tells from the picture below: large areas of one tone.
LEAVE_OUT = ("dots/", "smut/", "stain/")
#: Share of the photos that are damaged.
DAMAGED = 0.65
#: Damage that changes a photo by so much is to be found; what it changes by less than a fifth of that, not.
VISIBLE = 0.1
#: Share of the batches that are neither grainy nor blurred, faded or compressed.
PLAIN = 0.5


@dataclass
class Scratched:
    """``photo`` [B, 3, H, W]; ``damage`` 1 where it is to be found and ``counts`` 0 where both answers are
    right (damage that is hardly seen), both [B, 1, H, W]."""

    photo: Tensor
    damage: Tensor
    counts: Tensor


def scratched(photos: PhotoBank, damage: DamageBank, batch: int, size: int, generator: torch.Generator) -> Scratched:
    """Draw a batch: film or print, with its own grain, faded or not, damaged or not, scanned and compressed."""
    draw = Draw(generator, torch.device("cpu"))
    often = 0.0 if float(draw.uniform(1)) < PLAIN else 1.0
    x = varied(photos, batch, size, draw)
    x = _some(x, draw, 0.15, lambda part: _with_shapes(part, draw))
    grey = draw.chosen(batch, 0.35)
    x = torch.where(grey, luminance(x), x)
    x = _some(x, draw, 0.2 * often, lambda part: blur(part, draw)[0])
    x = _some(x, draw, 0.35 * often, lambda part: _grainy(part, 35, draw))
    x = torch.where(draw.chosen(batch, 0.4 * often), _faded(x, draw), x)

    before = x
    for bright, share in ((0.65, DAMAGED), (0.4, 0.15)):
        x = _some(x, draw, share, lambda part, bright=bright: _laid(part, _cover(damage, part, draw), bright, draw))
    soft = 0.3 + 0.9 * float(draw.uniform(1))
    softened = draw.chosen(batch, 0.4 * often)
    before, x = (torch.where(softened, soften(t, soft), t) for t in (before, x))
    change = (x - before).abs().amax(1, keepdim=True)
    target = (change > VISIBLE).float()
    counts = ((change > VISIBLE) | (change < 0.2 * VISIBLE)).float()

    x = _some(x, draw, 0.3 * often, lambda part: _grainy(part, 12, draw))
    x = _some(x, draw, 0.45 * often, lambda part: jpeg(part, draw, 35.0, 0.7)[0])
    x = torch.where(grey & draw.chosen(batch, 0.7), luminance(x), x)
    return Scratched(in_bytes(x), target, counts)


def _cover(damage: DamageBank, x: Tensor, draw: Draw) -> Tensor:
    """How opaque damage of photos ``x`` is at each pixel: real masks, drawn marks, or both; [N, 1, H, W]."""
    batch, size = len(x), x.shape[-1]
    which = draw.uniform(batch)[:, None, None, None]
    real, drawn = damage.crops(batch, size, draw.generator), marks(batch, size, draw.generator)
    cover = torch.where(which < 0.4, real, torch.where(which < 0.8, drawn, torch.maximum(real, drawn)))
    # Marks are thin in places: patches of fibre and of picture show through.
    rough = F.interpolate(draw.uniform(batch, 1, size // 4, size // 4), size=(size, size), mode="bilinear")
    rough = torch.where(draw.chosen(batch, 0.4), 0.5 + rough, torch.ones_like(rough)).clamp(max=1)
    return cover * rough * draw.between(batch, 0.45, 1.0)[:, None, None, None]


def _laid(x: Tensor, cover: Tensor, bright_share: float, draw: Draw) -> Tensor:
    """Lay damage over photos: an even bright or dark tone, or the photo itself made brighter or darker."""
    batch = len(x)
    bright = draw.uniform(batch) < bright_share
    tone = torch.where(bright, 1 - 0.35 * draw.uniform(batch) ** 1.5, 0.25 * draw.uniform(batch) ** 1.5)
    tint = 0.05 * draw.normal(batch, 3)
    even = (tone[:, None] + tint)[:, :, None, None].clamp(0, 1)
    shift = torch.where(bright, 1.0, -1.0) * draw.between(batch, 0.12, 0.6)
    moved = (x + shift[:, None, None, None]).clamp(0, 1)
    return x + cover * (torch.where(draw.chosen(batch, 0.3), moved, even.expand_as(x)) - x)


def _with_shapes(x: Tensor, draw: Draw) -> Tensor:
    """Writing and areas on photos, or on plain paper; the ink an even tone or the photo mirrored."""
    batch, size = len(x), x.shape[-1]
    cover = shapes(batch, size, draw.generator)
    paper = draw.uniform(batch, 3)[:, :, None, None].expand_as(x)
    ground = torch.where(draw.chosen(batch, 0.3), paper, x)
    ink = torch.where(draw.chosen(batch, 0.6), draw.uniform(batch, 3)[:, :, None, None].expand_as(x), x.flip(3))
    return ground + cover * (ink - ground)


def _faded(x: Tensor, draw: Draw) -> Tensor:
    """Photos with their tones drifted, each colour a little differently: also what makes grey ones sepia."""
    batch = len(x)
    cast = draw.uniform(batch, 3) * draw.uniform(batch, 1)
    black = 0.25 * draw.uniform(batch, 1) * (0.5 + cast)
    white = 1 - 0.3 * draw.uniform(batch, 1) - 0.25 * cast.roll(1, dims=1)
    gamma = torch.exp(0.3 * draw.normal(batch, 1) + 0.12 * draw.normal(batch, 3))
    return fade(x, black, white, gamma)


def _grainy(x: Tensor, most: float, draw: Draw) -> Tensor:
    """Photos with noise or grain of up to ``most`` grey levels."""
    batch = len(x)
    sigma = most / 255 * draw.uniform(batch) ** 1.5
    return x + noise(x, sigma, draw, draw.uniform(batch) < 0.35, draw.uniform(batch) < 0.4)


def _some(x: Tensor, draw: Draw, share: float, change: Callable[[Tensor], Tensor]) -> Tensor:
    """Change about ``share`` of the photos."""
    which = draw.uniform(len(x)) < share
    if which.any():
        x = x.clone()
        x[which] = change(x[which])
    return x


class ScratchLoss:
    """The loss of one step: cross entropy of every pixel, and the Dice overlap of the batch (Milletari et
    al., V-Net, 2016), which does not drown in the many undamaged pixels."""

    def __init__(self, photos: PhotoBank, damage: DamageBank, seed: int, batch: int = 4, size: int = 192) -> None:
        self.photos, self.damage, self.seed, self.batch, self.size = photos, damage, seed, batch, size

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, ScratchFinder)
        sample = self._draw(step)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(sample.photo.contiguous(memory_format=torch.channels_last)).float()
        weight = sample.counts
        entropy = F.binary_cross_entropy_with_logits(logits, sample.damage, weight, reduction="sum") / weight.sum()
        seen = torch.sigmoid(logits) * weight
        dice = 1 - (2 * (seen * sample.damage).sum() + 1) / ((seen + sample.damage * weight).sum() + 1)
        log = {"entropy": float(entropy.detach()), "dice": float(dice.detach())}
        return entropy + 0.2 * dice, log

    def repeat(self, step: int, spent: float) -> dict[str, Tensor]:
        """The batch of a step, as `engine.training.loop.Repeatable` has it."""
        return vars(self._draw(step))

    def _draw(self, step: int) -> Scratched:
        generator = generator_for(self.seed, step, stream=11)
        return scratched(self.photos, self.damage, self.batch, self.size, generator)


def held_out_scratches(photos: list[Tensor], damage: list[Tensor], count: int = 64, size: int = 192):
    """A check for the trainer, on photos and masks kept from training: the share of damaged pixels that are
    found, and of undamaged ones that are taken for damage, at even odds; and the share found at the
    threshold that takes one undamaged pixel in a thousand."""
    sample = scratched(PhotoBank(photos, []), DamageBank(damage, []), count, size, generator_for(0, 0, stream=12))
    hurt, sound = sample.damage > 0, (sample.damage == 0) & (sample.counts > 0)

    @torch.no_grad()
    def check(model: nn.Module) -> dict[str, float]:
        logits = torch.cat([model(photo[None]) for photo in sample.photo])
        strict = logits[sound].kthvalue(int(0.999 * int(sound.sum()))).values
        return {
            "found": float((logits[hurt] > 0).float().mean()),
            "false": float((logits[sound] > 0).float().mean()),
            "found_strictly": float((logits[hurt] > strict).float().mean()),
        }

    return check
