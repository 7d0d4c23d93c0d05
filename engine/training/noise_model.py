"""The noise of a series of scans, read off the scans themselves: how strong it is, and how neighbours share it.

Noise shows where nothing else does. In the flattest patches of all photos what is left after a plane was taken off is
noise, and its mean autocovariance says everything about Gaussian noise: its strength, its correlation along and across
the rows, and between the colours. So more of the same can be drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

#: Side of the patches, how many of them are looked at, and the share of them (the flattest) that is believed.
_SIDE, _MOST, _FLATTEST = 32, 4000, 0.07
#: Pixels over which noise may be correlated.
_REACH = 12
#: Values beyond these are clipped, and hide the noise.
_DARK, _LIGHT = 0.04, 0.96


@dataclass(frozen=True)
class NoiseModel:
    """Gaussian noise that neighbours share. ``covariance`` [3, 3, 2 R + 1, 2 R + 1]: of two colours at a distance of
    -R..R pixels down and across, for values in [0, 1]."""

    covariance: Tensor

    @classmethod
    def of(cls, photos: list[Tensor]) -> NoiseModel:
        """Read it off photos [3, H, W] uint8, which should have 64 x 64 pixels or more."""
        found = [_patches(photo, max(4, _MOST // len(photos))) for photo in photos]
        patches, unrest = (torch.cat(part) for part in zip(*found, strict=True))
        chosen = unrest.argsort()[: max(16, int(_FLATTEST * len(patches)))]
        return cls(_autocovariance(_flattened(patches[chosen])))

    @property
    def sigma(self) -> float:
        """Standard deviation, the mean of the colours."""
        return float(self.covariance.diagonal()[_REACH, _REACH].mean().sqrt())

    def draw(self, count: int, height: int, width: int, generator: torch.Generator) -> Tensor:
        """Noise [count, 3, height, width]."""
        root = self._root(height, width)
        white = torch.randn(count, height, width, 3, generator=generator)
        coloured = torch.einsum("hwij,nhwj->nhwi", root, torch.fft.fft2(white, dim=(1, 2)))
        return torch.fft.ifft2(coloured, dim=(1, 2)).real.permute(0, 3, 1, 2).contiguous()

    def _root(self, height: int, width: int) -> Tensor:
        """The matrix root of the power of the three colours at every frequency, [height, width, 3, 3] complex."""
        ring = torch.zeros(3, 3, height, width)
        rows, columns = (torch.arange(-_REACH, _REACH + 1) % side for side in (height, width))
        ring[:, :, rows[:, None], columns[None]] = self.covariance
        power = torch.fft.fft2(ring).permute(2, 3, 0, 1)
        values, vectors = torch.linalg.eigh((power + power.mH) / 2)
        return vectors * values.clamp(min=0).sqrt()[..., None, :]


def _patches(photo: Tensor, most: int) -> tuple[Tensor, Tensor]:
    """Patches [N, 3, S, S] in [0, 1], evenly spread over a photo, and how much is going on around each, [N].

    Around it and not in it: choosing those in which the noise happens to be calm would find too little of it.
    """
    step = max(8, int((photo.shape[1] * photo.shape[2] / most) ** 0.5))
    found = photo.unfold(1, 3 * _SIDE, step).unfold(2, 3 * _SIDE, step)
    wide = found.permute(1, 2, 0, 3, 4).reshape(-1, 3, 3 * _SIDE, 3 * _SIDE) / 255.0
    coarse = F.avg_pool2d(wide, 8)
    ring = torch.ones(coarse.shape[2:])
    ring[4:-4, 4:-4] = 0.0
    ring[1:-1, 1:-1] *= 3.0  # nearer is likelier the same
    mean = (coarse * ring).sum((2, 3), keepdim=True) / ring.sum()
    unrest = ((coarse - mean).square() * ring).sum((1, 2, 3))
    patches = wide[:, :, _SIDE:-_SIDE, _SIDE:-_SIDE]
    light = patches.mean((1, 2, 3))
    unrest[(light < _DARK) | (light > _LIGHT)] = torch.inf
    return patches, unrest


def _flattened(patches: Tensor) -> Tensor:
    """Patches without their best plane, colour by colour."""
    axis = torch.linspace(-1, 1, _SIDE)
    basis = torch.stack([torch.ones(_SIDE, _SIDE), axis[:, None].expand(_SIDE, _SIDE), axis.expand(_SIDE, _SIDE)])
    basis = basis.flatten(1) / basis.flatten(1).norm(dim=1, keepdim=True)
    flat = patches.flatten(2)
    return (flat - (flat @ basis.T) @ basis).unflatten(2, (_SIDE, _SIDE))


def _autocovariance(flat: Tensor) -> Tensor:
    """Mean over patches [N, 3, S, S] of the products of all pairs of pixels at each distance, as in `NoiseModel`.

    Patches with much more in them than the middle one show a picture, and are left out.
    """
    strength = flat.square().mean((1, 2, 3))
    flat = flat[strength <= 1.2 * strength.median()]
    spectrum = torch.fft.fft2(flat, s=(2 * _SIDE, 2 * _SIDE))
    products = torch.einsum("nihw,njhw->ijhw", spectrum, spectrum.conj()) / len(flat)
    sums = torch.fft.fftshift(torch.fft.ifft2(products).real, dim=(2, 3))
    sums = sums[:, :, _SIDE - _REACH : _SIDE + _REACH + 1, _SIDE - _REACH : _SIDE + _REACH + 1]
    pairs = _SIDE - torch.arange(-_REACH, _REACH + 1).abs()
    # The far ends are little signal and much chance.
    fade = torch.cos(torch.arange(-_REACH, _REACH + 1) / (_REACH + 1) * torch.pi / 2)
    return sums / (pairs[:, None] * pairs[None]) * (fade[:, None] * fade[None]).sqrt()
