"""Small networks of the kinds that can be imported, written as plain torch modules with the names their files have.

What they compute is written here a second time, in torch's own modules, to compare imports with.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

WIDTHS = (32, 64)


def conv(a: int, b: int, size: int = 3, **options) -> nn.Conv2d:
    return nn.Conv2d(a, b, size, padding=size // 2, **options)


class Resnet(nn.Module):
    def __init__(self, a: int, b: int) -> None:
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(32, a, 1e-6), conv(a, b)
        self.norm2, self.conv2 = nn.GroupNorm(32, b, 1e-6), conv(b, b)
        self.conv_shortcut = conv(a, b, 1) if a != b else None

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv2(F.silu(self.norm2(self.conv1(F.silu(self.norm1(x))))))
        return y + (self.conv_shortcut(x) if self.conv_shortcut else x)


class Attention(nn.Module):
    def __init__(self, c: int) -> None:
        super().__init__()
        self.group_norm = nn.GroupNorm(32, c, 1e-6)
        self.to_q, self.to_k, self.to_v = nn.Linear(c, c), nn.Linear(c, c), nn.Linear(c, c)
        self.to_out = nn.ModuleList([nn.Linear(c, c)])

    def forward(self, x: Tensor) -> Tensor:
        flat = self.group_norm(x).flatten(2).transpose(1, 2)
        scores = self.to_q(flat) @ self.to_k(flat).transpose(1, 2) / x.shape[1] ** 0.5
        return x + self.to_out[0](scores.softmax(-1) @ self.to_v(flat)).transpose(1, 2).reshape(x.shape)


class Block(nn.Module):
    """One level, or the middle."""

    def __init__(self, resnets: list[nn.Module], **others: nn.Module) -> None:
        super().__init__()
        self.resnets = nn.ModuleList(resnets)
        for name, module in others.items():
            setattr(self, name, nn.ModuleList([module]))


class Resized(nn.Module):
    def __init__(self, c: int, stride: int) -> None:
        super().__init__()
        self.conv, self.stride = nn.Conv2d(c, c, 3, stride, padding=0 if stride == 2 else 1), stride

    def forward(self, x: Tensor) -> Tensor:
        x = F.pad(x, (0, 1, 0, 1)) if self.stride == 2 else F.interpolate(x, scale_factor=2.0)
        return self.conv(x)


class Half(nn.Module):
    """Encoder or decoder, as the names of diffusers have them."""

    def __init__(self, latent: int, encoding: bool) -> None:
        super().__init__()
        a, b = WIDTHS
        first, middle, last = (a, b, b) if encoding else (b, b, a)
        self.conv_in = conv(3 if encoding else latent, first)
        self.mid_block = Block([Resnet(middle, middle), Resnet(middle, middle)], attentions=Attention(middle))
        self.encoding = encoding
        if encoding:
            levels = [Block([Resnet(a, a)], downsamplers=Resized(a, 2)), Block([Resnet(a, b)])]
            self.down_blocks = nn.ModuleList(levels)
        else:
            levels = [Block([Resnet(b, b)], upsamplers=Resized(b, 1)), Block([Resnet(b, a)])]
            self.up_blocks = nn.ModuleList(levels)
        self.conv_norm_out = nn.GroupNorm(32, last, 1e-6)
        self.conv_out = conv(last, 2 * latent if encoding else 3)

    def middle(self, x: Tensor) -> Tensor:
        block = self.mid_block
        return block.resnets[1](block.attentions[0](block.resnets[0](x)))

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv_in(x)
        x = x if self.encoding else self.middle(x)
        for level in self.down_blocks if self.encoding else self.up_blocks:
            x = level.resnets[0](x)
            for name in ("downsamplers", "upsamplers"):
                for module in getattr(level, name, ()):
                    x = module(x)
        x = self.middle(x) if self.encoding else x
        return self.conv_out(F.silu(self.conv_norm_out(x)))


class KL(nn.Module):
    """A toy AutoencoderKL: two levels, a latent at half the size. Pictures in [0, 1]."""

    def __init__(self, latent: int = 4, quantised: bool = True) -> None:
        super().__init__()
        self.encoder, self.decoder, self.latent = Half(latent, True), Half(latent, False), latent
        self.quant_conv = conv(2 * latent, 2 * latent, 1) if quantised else None
        self.post_quant_conv = conv(latent, latent, 1) if quantised else None
        with torch.no_grad():
            for weight in self.parameters():
                weight.add_(torch.randn_like(weight) * 0.02)

    def encode(self, pictures: Tensor) -> Tensor:
        x = self.encoder(pictures * 2 - 1)
        return (self.quant_conv(x) if self.quant_conv else x)[:, : self.latent]

    def decode(self, latent: Tensor) -> Tensor:
        return self.decoder(self.post_quant_conv(latent) if self.post_quant_conv else latent) / 2 + 0.5


def as_ldm(tensors: dict[str, Tensor], levels: int = 2) -> dict[str, Tensor]:
    """A toy's tensors under the names of latent diffusion, its attention as convolutions."""
    pairs = (
        ("mid_block.resnets.0", "mid.block_1"),
        ("mid_block.resnets.1", "mid.block_2"),
        ("mid_block.attentions.0.group_norm", "mid.attn_1.norm"),
        ("mid_block.attentions.0.to_q", "mid.attn_1.q"),
        ("mid_block.attentions.0.to_k", "mid.attn_1.k"),
        ("mid_block.attentions.0.to_v", "mid.attn_1.v"),
        ("mid_block.attentions.0.to_out.0", "mid.attn_1.proj_out"),
        ("conv_shortcut", "nin_shortcut"),
        ("conv_norm_out", "norm_out"),
    )
    named = {}
    for name, tensor in tensors.items():
        for new, old in pairs:
            name = name.replace(new, old)
        for level in range(levels):
            name = name.replace(f"down_blocks.{level}.resnets", f"down.{level}.block")
            name = name.replace(f"down_blocks.{level}.downsamplers.0", f"down.{level}.downsample")
            name = name.replace(f"up_blocks.{level}.resnets", f"up.{levels - 1 - level}.block")
            name = name.replace(f"up_blocks.{level}.upsamplers.0", f"up.{levels - 1 - level}.upsample")
        is_map = "attn_1" in name and tensor.ndim == 2
        named[name] = tensor[:, :, None, None] if is_map else tensor
    return named


class TinyBlock(nn.Module):
    def __init__(self, c: int, side_path: bool) -> None:
        super().__init__()
        self.conv = nn.Sequential(conv(c, c), nn.ReLU(), conv(c, c), nn.ReLU(), conv(c, c))
        wide = 4 * c
        inner = nn.Sequential(
            conv(c, wide, 1, bias=False), nn.GroupNorm(4, wide), nn.ReLU(), conv(wide, c, 1, bias=False)
        )
        self.pool = inner if side_path else None

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.pool(x) if self.pool else x
        return F.relu(self.conv(x) + x)


class Clamp(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.tanh(x / 3) * 3


def tiny(latent: int = 4, side_path: bool = False, c: int = 8) -> tuple[nn.Sequential, nn.Sequential]:
    """Encoder and decoder of a toy TAESD: a latent at a quarter of the size."""
    block = lambda path=False: TinyBlock(c, path)  # noqa: E731
    down, up = (lambda: conv(c, c, stride=2, bias=False)), (lambda: conv(c, c, bias=False))
    encoder = nn.Sequential(conv(3, c), block(), down(), block(), down(), block(side_path), conv(c, latent))
    decoder = nn.Sequential(
        *(Clamp(), conv(latent, c), nn.ReLU(), block(side_path), nn.Upsample(scale_factor=2), up()),
        *(block(), nn.Upsample(scale_factor=2), up(), block(), conv(c, 3)),
    )
    return encoder.eval(), decoder.eval()


class Burgess(nn.Module):
    """The beta-VAE of Burgess et al., 32 pixels. Pictures [B, C, 32, 32] in [0, 1]."""

    def __init__(self, channels: int = 3, latent: int = 6) -> None:
        super().__init__()
        down, up = {"stride": 2, "padding": 1}, {"stride": 2, "padding": 1}
        self.encoder, self.decoder = nn.Module(), nn.Module()
        e, d = self.encoder, self.decoder
        e.conv1, e.conv2, e.conv3 = (nn.Conv2d(a, 8, 4, **down) for a in (channels, 8, 8))
        e.lin1, e.lin2, e.mu_logvar_gen = nn.Linear(128, 32), nn.Linear(32, 32), nn.Linear(32, 2 * latent)
        d.lin1, d.lin2, d.lin3 = nn.Linear(latent, 32), nn.Linear(32, 32), nn.Linear(32, 128)
        d.convT1, d.convT2, d.convT3 = (nn.ConvTranspose2d(8, b, 4, **up) for b in (8, 8, channels))
        self.latent = latent

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        e = self.encoder
        for layer in (e.conv1, e.conv2, e.conv3):
            x = F.relu(layer(x))
        x = F.relu(e.lin2(F.relu(e.lin1(x.flatten(1)))))
        both = e.mu_logvar_gen(x).view(-1, self.latent, 2)
        return both[..., 0], both[..., 1]

    def decode(self, z: Tensor) -> Tensor:
        d = self.decoder
        x = F.relu(d.lin3(F.relu(d.lin2(F.relu(d.lin1(z)))))).view(-1, 8, 4, 4)
        return torch.sigmoid(d.convT3(F.relu(d.convT2(F.relu(d.convT1(x))))))


def save(module: nn.Module, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in module.state_dict().items()}, path)
    return path
