"""What imported models are compared with: their own networks in plain torch, and those of diffusers."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.sets import Absent


def diffusers() -> ModuleType:
    """The library, a development dependency. Raises `Absent`."""
    try:
        import diffusers as library  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise Absent("diffusers is not installed") from error
    return library


def conv(a: int, b: int, **options: object) -> nn.Conv2d:
    return nn.Conv2d(a, b, 3, padding=1, **options)  # pyright: ignore[reportArgumentType]


class _Block(nn.Module):
    def __init__(self, side_path: bool = False, c: int = 64) -> None:
        super().__init__()
        self.conv = nn.Sequential(conv(c, c), nn.ReLU(), conv(c, c), nn.ReLU(), conv(c, c))
        narrow, wide = (nn.Conv2d(a, b, 1, bias=False) for a, b in ((c, 4 * c), (4 * c, c)))
        self.pool = nn.Sequential(narrow, nn.GroupNorm(4, 4 * c), nn.ReLU(), wide) if side_path else None

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.pool(x) if self.pool else x
        return F.relu(self.conv(x) + x)


class _Clamp(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return 3 * torch.tanh(x / 3)


def taef2(encoder: Path, decoder: Path) -> tuple[nn.Module, nn.Module]:
    """TAEF2 (Bohan, Tiny AutoEncoder, 2025) with its weights; pictures in [0, 1]."""

    def three(side_path: bool = False) -> list[nn.Module]:
        return [_Block(side_path) for _ in range(3)]

    def down() -> nn.Module:
        return conv(64, 64, stride=2, bias=False)

    def up() -> list[nn.Module]:
        return [nn.Upsample(scale_factor=2), conv(64, 64, bias=False)]

    halves = (
        nn.Sequential(conv(3, 64), _Block(), down(), *three(), down(), *three(), down(), *three(True), conv(64, 32)),
        nn.Sequential(
            *(_Clamp(), conv(32, 64), nn.ReLU(), *three(True), *up(), *three(), *up(), *three(), *up()),
            *(_Block(), conv(64, 3)),
        ),
    )
    for half, path in zip(halves, (encoder, decoder), strict=True):
        half.load_state_dict({k: v.float() for k, v in torch.load(path, weights_only=True).items()})
        half.eval()
    return halves


class Burgess(nn.Module):
    """The beta-VAE of Burgess et al. (2018) with its weights; pictures [B, C, side, side] in [0, 1]."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.weights = torch.load(path, weights_only=True)
        large = "encoder.conv_64.weight" in self.weights
        self.side, self.grey = (64 if large else 32), self.weights["encoder.conv1.weight"].shape[1] == 1
        self.length = self.weights["decoder.lin1.weight"].shape[1]
        self._down = ["conv1", "conv2", "conv3", *(["conv_64"] if large else [])]
        self._up = [*(["convT_64"] if large else []), "convT1", "convT2"]

    def _with(self, name: str) -> tuple[Tensor, Tensor]:
        return self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]

    def encode(self, x: Tensor) -> Tensor:
        """Posterior means."""
        for name in self._down:
            x = F.relu(F.conv2d(x, *self._with(f"encoder.{name}"), stride=2, padding=1))
        x = x.flatten(1)
        for name in ("lin1", "lin2"):
            x = F.relu(F.linear(x, *self._with(f"encoder.{name}")))
        return F.linear(x, *self._with("encoder.mu_logvar_gen")).view(-1, self.length, 2)[..., 0]

    def decode(self, z: Tensor) -> Tensor:
        for name in ("lin1", "lin2", "lin3"):
            z = F.relu(F.linear(z, *self._with(f"decoder.{name}")))
        x = z.view(len(z), -1, 4, 4)
        for name in self._up:
            x = F.relu(F.conv_transpose2d(x, *self._with(f"decoder.{name}"), stride=2, padding=1))
        return torch.sigmoid(F.conv_transpose2d(x, *self._with("decoder.convT3"), stride=2, padding=1))


def as_ldm(tensors: dict[str, Tensor], levels: int) -> dict[str, Tensor]:
    """An AutoencoderKL's tensors under the names of latent diffusion, attention as convolutions."""
    names = {
        "mid_block.resnets.0": "mid.block_1",
        "mid_block.resnets.1": "mid.block_2",
        "mid_block.attentions.0.group_norm": "mid.attn_1.norm",
        "mid_block.attentions.0.to_q": "mid.attn_1.q",
        "mid_block.attentions.0.to_k": "mid.attn_1.k",
        "mid_block.attentions.0.to_v": "mid.attn_1.v",
        "mid_block.attentions.0.to_out.0": "mid.attn_1.proj_out",
        "conv_shortcut": "nin_shortcut",
        "conv_norm_out": "norm_out",
    }
    for level in range(levels):
        names |= {
            f"down_blocks.{level}.resnets": f"down.{level}.block",
            f"down_blocks.{level}.downsamplers.0": f"down.{level}.downsample",
            f"up_blocks.{level}.resnets": f"up.{levels - 1 - level}.block",
            f"up_blocks.{level}.upsamplers.0": f"up.{levels - 1 - level}.upsample",
        }
    renamed = {}
    for name, tensor in tensors.items():
        for new, old in names.items():
            name = name.replace(new, old)
        renamed[f"first_stage_model.{name}"] = (
            tensor[:, :, None, None] if ".attn_1." in name and tensor.ndim == 2 else tensor
        )
    return renamed
