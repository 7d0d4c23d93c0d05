"""What time, cameras and files do to photos, drawn at random for whole batches in torch.

One batch mixes pure cases (only noise, only JPEG, ...) with chains of several in the order in
which they happen to a photo: the lens blurs, the film has grain, the print gets scratched, the
scan is scaled and compressed. Ranges follow the blind recipes of Zhang et al. (BSRGAN, 2021) and
Wan et al. (Bringing Old Photos Back to Life, 2020), narrowed to what a photo at its own size shows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from engine.facts import FACTS
from engine.training.jpeg import compress

NOISE, BLUR, JPEG, SCRATCHES = range(len(FACTS))

#: How often each kind of sample is drawn: (share, the steps it goes through). Scratches are not the ladder's
#: matter: what a network of their own finds of them is filled in before the photo is encoded.
Kinds = tuple[tuple[float, frozenset[str]], ...]
KINDS: Kinds = (
    (0.46, frozenset({"noise"})),
    (0.28, frozenset({"jpeg"})),
    (0.05, frozenset({"blur", "trace"})),
    (0.03, frozenset()),
    (0.07, frozenset({"grain", "scan"})),
    (0.06, frozenset({"grain", "scan", "jpeg"})),
    (0.05, frozenset({"blur", "grain", "scan", "jpeg"})),
)
GREY_SHARE = 0.15
BYTES_SHARE = 0.6


@dataclass
class Degraded:
    """A batch before and after, and what was done to it.

    ``clean`` and ``photo`` are [B, 3, H, W] (``photo`` may leave [0, 1] where noise was not
    clipped); ``facts`` [B, len(FACTS)] in the units of `engine.facts.tell`'s vector;
    ``certain`` the same shape, 0 where a fact has no true value (a blur by scaling has no radius).
    """

    clean: Tensor
    photo: Tensor
    facts: Tensor
    certain: Tensor
    damage: Tensor


def degrade(clean: Tensor, masks: Tensor, generator: torch.Generator, kinds: Kinds = KINDS) -> Degraded:
    """Damage every photo of a batch in its own way. ``masks`` [B, 1, H, W] is film damage in [0, 1]."""
    b, device = clean.shape[0], clean.device
    draw = Draw(generator, device)
    shares = torch.tensor([share for share, _ in kinds])
    kind = torch.multinomial(shares, b, replacement=True, generator=generator).tolist()
    steps = [kinds[k][1] for k in kind]

    def chosen(step: str, share: float = 1.0) -> Tensor:
        lucky = draw.uniform(b) < share
        return torch.tensor([step in s for s in steps], device=device) & lucky

    grey = draw.uniform(b) < GREY_SHARE
    clean = torch.where(grey[:, None, None, None], luminance(clean), clean)
    x = clean.clone()
    facts = torch.zeros(b, len(FACTS), device=device)
    certain = torch.ones_like(facts)

    chain = chosen("grain")
    blurred = chosen("blur") & (~chain | (draw.uniform(b) < 0.5))
    if blurred.any():
        x[blurred], radius = blur(x[blurred], draw)
        facts[blurred, BLUR] = radius / 3.0
    scaled = chosen("blur") & chain & (draw.uniform(b) < 0.3)
    if scaled.any():
        x[scaled] = down_up(x[scaled], draw)
        certain[scaled, BLUR] = 0.0

    level = torch.zeros(b, device=device)
    level = torch.where(chosen("noise"), draw.between(b, 0, 55), level)
    level = torch.where(chosen("noise", 0.05), draw.between(b, 55, 100), level)
    level = torch.where(chosen("trace"), draw.between(b, 0, 5), level)
    level = torch.where(chain, 40 * draw.uniform(b) ** 1.5, level)
    grain = noise(clean, level / 255.0, draw, grey=grey, plain=~chain & (draw.uniform(b) < 0.8))
    soft = chosen("scan", 0.6)
    if soft.any():
        # The lens of a scanner sees the grain of a print, too, and leaves less of it.
        width = float(draw.between(1, 0.4, 1.0))
        dimmed = soften(grain[soft], width)
        level[soft] = level[soft] * (dimmed.std((1, 2, 3)) + 1e-6) / (grain[soft].std((1, 2, 3)) + 1e-6)
        x[soft], grain[soft] = soften(x[soft], width), dimmed
        certain[soft, BLUR] = 0.0
    x = x + grain
    facts[:, NOISE] = level / 50.0

    damage = torch.zeros_like(masks)
    scratched = chosen("damage") & ~(chain & (draw.uniform(b) < 0.5))
    if scratched.any():
        x[scratched], damage[scratched] = scratch(x[scratched], masks[scratched], grey[scratched], draw)
        facts[:, SCRATCHES] = (damage.amax((1, 2, 3)) > 0.1).float()

    squeezed = chosen("jpeg") & ~(chain & (draw.uniform(b) < 0.25))
    # Scans are compressed gently; low qualities alone have the most to teach.
    for which, least, lean in ((squeezed & ~chain, 5.0, 1.5), (squeezed & chain, 30.0, 0.7)):
        if which.any():
            x[which], quality = jpeg(x[which], draw, least, lean)
            facts[which, JPEG] = (105.0 - quality) / 100.0

    in_bytes = squeezed | (draw.uniform(b) < BYTES_SHARE)
    x = torch.where(in_bytes[:, None, None, None], torch.round(x.clamp(0, 1) * 255.0) / 255.0, x)
    # Grey files stay grey after colour JPEG arithmetic and coloured noise.
    x = torch.where(grey[:, None, None, None], luminance(x), x)
    return Degraded(clean, x, facts, certain, damage)


def tell_some(facts: Tensor, certain: Tensor, generator: torch.Generator) -> Tensor:
    """The vector for the encoder, [B, 2 len(FACTS)].

    All facts for 35 % of the samples; for 40 % what Automatic knows, which is the JPEG quality
    (`engine.quality` reads it off the pixels) and nearly the noise (as good as `engine.nets.damage`
    reads it); each fact with one chance in two for the rest.
    """
    draw = Draw(generator, facts.device)
    b = facts.shape[0]
    who = draw.uniform(b)[:, None]
    known = (draw.uniform(b, len(FACTS)) < 0.5).float()
    automatic = torch.zeros_like(known)
    automatic[:, [NOISE, JPEG]] = 1.0
    read = facts.clone()
    read[:, NOISE] = (facts[:, NOISE] * (1 + 0.06 * draw.normal(b)) + 0.005 * draw.normal(b)).clamp(min=0)
    facts = torch.where((who >= 0.35) & (who < 0.75), read, facts)
    known = torch.where(who < 0.35, torch.ones_like(known), torch.where(who < 0.75, automatic, known))
    known = known * certain
    return torch.cat([facts * known, known], dim=1)


def luminance(x: Tensor) -> Tensor:
    """Grey photos with three equal channels (ITU-R BT.601 weights, as JPEG and Pillow use)."""
    weights = x.new_tensor([0.299, 0.587, 0.114])[:, None, None]
    return (x * weights).sum(1, keepdim=True).expand(-1, 3, -1, -1)


def blur(x: Tensor, draw: Draw) -> tuple[Tensor, Tensor]:
    """Gaussian blur with a radius of 0.3 to 4 pixels, a third of them longer than wide.

    Returns the photos and the geometric mean of the two radii, [N].
    """
    n, reach = x.shape[0], 10
    radius = 0.3 + 3.7 * draw.uniform(n) ** 1.5
    stretch = torch.where(draw.uniform(n) < 0.3, draw.between(n, 1.0, 1.8), torch.ones_like(radius))
    angle = draw.between(n, 0, math.pi)
    axis = torch.arange(-reach, reach + 1, device=x.device, dtype=torch.float32)
    yy, xx = axis[None, :, None], axis[None, None, :]
    cos, sin = torch.cos(angle)[:, None, None], torch.sin(angle)[:, None, None]
    along, across = xx * cos + yy * sin, yy * cos - xx * sin
    long, wide = (radius * stretch)[:, None, None], (radius / stretch)[:, None, None]
    kernel = torch.exp(-0.5 * ((along / long) ** 2 + (across / wide) ** 2))
    kernel = (kernel / kernel.sum((1, 2), keepdim=True)).repeat_interleave(3, 0)[:, None]
    padded = F.pad(x, (reach,) * 4, mode="reflect").reshape(1, n * 3, *(s + 2 * reach for s in x.shape[2:]))
    return F.conv2d(padded, kernel, groups=n * 3).reshape(x.shape), radius


def soften(x: Tensor, width: float) -> Tensor:
    """Photos behind a lens that blurs by a Gaussian of standard deviation ``width``, in pixels up to 1.3."""
    axis = torch.arange(-3.0, 4.0, device=x.device)
    kernel = torch.exp(-0.5 * (axis / width) ** 2)
    kernel = (kernel / kernel.sum()).expand(3, 1, 1, 7)
    x = F.conv2d(F.pad(x, (3, 3, 0, 0), mode="reflect"), kernel, groups=3)
    return F.conv2d(F.pad(x, (0, 0, 3, 3), mode="reflect"), kernel.transpose(2, 3), groups=3)


def down_up(x: Tensor, draw: Draw) -> Tensor:
    """Scale down to between a half and nine tenths, and up again, as careless resizing does."""
    size = x.shape[-2:]
    scale = float(draw.between(1, 0.5, 0.9))
    small = F.interpolate(x, scale_factor=scale, mode="bicubic", antialias=True)
    return F.interpolate(small, size=size, mode=("bilinear", "bicubic")[int(draw.uniform(1) < 0.5)])


def noise(x: Tensor, sigma: Tensor, draw: Draw, grey: Tensor, plain: Tensor) -> Tensor:
    """Noise of standard deviation ``sigma`` [B]: white for ``plain`` samples; for the others white or
    as grain (correlated over one to five pixels, as film is at many scanning resolutions), coloured or
    not, and stronger in the light or not."""
    b, _, h, w = x.shape
    white = draw.normal(b, 3, h, w)
    axis = torch.arange(-6.0, 7.0, device=x.device)
    width = 0.5 + 1.7 * float(draw.uniform(1)) ** 1.5
    kernel = torch.exp(-0.5 * (axis / width) ** 2)
    kernel = torch.outer(kernel, kernel)[None, None]
    kernel = (kernel / kernel.square().sum().sqrt()).expand(3, 1, 13, 13)
    grain = F.conv2d(F.pad(white, (6,) * 4, mode="circular"), kernel, groups=3)
    pattern = torch.where(_share(plain | (draw.uniform(b) < 0.25)), white, grain)
    uncoloured = grey | (~plain & (draw.uniform(b) < 0.5))
    pattern = torch.where(_share(uncoloured), pattern[:, :1], pattern)
    photon = (~plain & (draw.uniform(b) < 0.3))[:, None, None, None]
    light = luminance(x).clamp(0.02, 1)
    strength = torch.where(photon, (light / light.mean((1, 2, 3), keepdim=True)).sqrt(), torch.ones_like(light))
    return pattern * strength * sigma[:, None, None, None]


def scratch(x: Tensor, masks: Tensor, grey: Tensor, draw: Draw) -> tuple[Tensor, Tensor]:
    """Lay film damage over photos, bright or dark. Returns them and how much is covered, [N, 1, H, W]."""
    n = x.shape[0]
    opacity = draw.between(n, 0.5, 1.0)[:, None, None, None]
    cover = masks * opacity
    bright = draw.uniform(n) < 0.65
    tone = torch.where(bright, draw.between(n, 0.8, 1.0), draw.between(n, 0.0, 0.2))
    tint = 0.06 * draw.normal(n, 3) * (~grey[:, None])
    color = (tone[:, None] + tint)[:, :, None, None].clamp(0, 1)
    return x * (1 - cover) + color * cover, cover


def jpeg(x: Tensor, draw: Draw, least: float = 5.0, lean: float = 1.5) -> tuple[Tensor, Tensor]:
    """Compress once, or twice with the second grid moved, at qualities from ``least`` to 95 that ``lean``
    to the low (above 1) or the high side. Returns the lower quality of the two, [N]."""
    n = x.shape[0]

    def qualities() -> Tensor:
        return least + (95 - least) * draw.uniform(n) ** lean

    quality = qualities()
    subsample = bool(draw.uniform(1) < 0.6)
    if draw.uniform(1) < 0.35:
        first = qualities()
        x = compress(x, first, subsample, shift=(draw.below(8), draw.below(8)))
        quality, worst = draw.between(n, 20, 95), first
    else:
        worst = quality
    shift = (draw.below(8), draw.below(8)) if draw.uniform(1) < 0.5 else (0, 0)
    return compress(x, quality, subsample, shift), torch.minimum(worst, quality)


class Draw:
    """Random numbers from one CPU generator, so that every device sees the same ones."""

    def __init__(self, generator: torch.Generator, device: torch.device) -> None:
        self.generator, self.device = generator, device

    def uniform(self, *shape: int) -> Tensor:
        return torch.rand(*shape, generator=self.generator).to(self.device)

    def normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self.generator).to(self.device)

    def between(self, count: int, low: float, high: float) -> Tensor:
        return low + (high - low) * self.uniform(count)

    def chosen(self, count: int, share: float) -> Tensor:
        """Which samples of a batch something is done to, [count, 1, 1, 1]."""
        return _share(self.uniform(count) < share)

    def below(self, limit: int) -> int:
        return int(torch.randint(limit, (), generator=self.generator))


def _share(flags: Tensor) -> Tensor:
    return flags[:, None, None, None]
