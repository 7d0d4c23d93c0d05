"""AutoencoderKL, the autoencoder of Stable Diffusion and its kin, in the naming of diffusers.

Convolutions in residual blocks with group normalisation, self-attention where the picture is smallest, a
latent at an eighth of the size. Depth, widths and channels follow from names and shapes; the scaling of the
latent, which no tensor tells, from ``config.json`` beside the file, from the rest of a checkpoint, or is
left at 1: only diffusion models need it.
Source: Rombach et al., High-Resolution Image Synthesis with Latent Diffusion Models, 2022, appendix G.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.errors import ModelError
from engine.importers.found import Found
from engine.importers.lazy import Tensors
from engine.importers.network import Network

_EPSILON = 1e-6
_GROUPS = 32
#: More levels and blocks than any of the kind has.
_MOST = 12

#: Scaling and shift of the latent by family.
FAMILIES = {
    "SD 1.x, 2.x": (0.18215, 0.0),
    "SDXL": (0.13025, 0.0),
    "SD 3": (1.5305, 0.0609),
    "Flux.1": (0.3611, 0.1159),
}
#: Attention's projections as diffusers named them first.
_OLD = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}


def find(tensors: Tensors, config: Mapping[str, object], family: str = "") -> Found | None:
    """The autoencoder in these tensors; None where they are of another kind. Raises `ModelError` for a broken one."""
    if "encoder.down_blocks.0.resnets.0.conv1.weight" not in tensors:
        return None
    named = _even(tensors)
    groups = _whole(config, "norm_num_groups", _GROUPS)
    encoder, decoder = _encoder(Network(named), groups), Network(named)
    latent = encoder.channels(encoder.outputs["latent"])
    _decoder(decoder, latent, groups)
    scaling, shift = _number(config, "scaling_factor"), _number(config, "shift_factor") or 0.0
    family = family or _family(latent, "quant_conv.weight" in named, scaling)
    if scaling is None:
        scaling, shift = FAMILIES.get(family, (1.0, 0.0))
    kind = f"AutoencoderKL ({family})" if family in FAMILIES else f"AutoencoderKL ({latent} channels)"
    return Found(family=kind, encoder=encoder, decoder=decoder, scaling=scaling, shift=shift)


def _family(latent: int, quantised: bool, scaling: float | None) -> str:
    """Which of the known families has this scaling; by channels alone, where the scaling is not known, where only
    one family has them."""
    for family, (known, _) in FAMILIES.items():
        if scaling is not None and abs(scaling - known) < 1e-6:
            return family
    return "SD 1.x, 2.x" if scaling is None and (latent, quantised) == (4, True) else ""


def _even(tensors: Tensors) -> Tensors:
    """Attention under its new names and as 1 x 1 convolutions, which it is."""
    even = {}
    for name, tensor in tensors.items():
        if ".attentions." in name:
            for old, new in _OLD.items():
                name = name.replace(f".{old}.", f".{new}.")
            if name.endswith(".weight") and len(tensor.shape) == 2:
                tensor = tensor.reshaped(*tensor.shape, 1, 1)
        even[name] = tensor
    return even


def _encoder(net: Network, groups: int) -> Network:
    x = net.affine(net.input("pictures", 3), 2.0, -1.0)
    x = net.conv(x, "encoder.conv_in", pads=1)
    for level in range(_count(net, "encoder.down_blocks")):
        block = f"encoder.down_blocks.{level}"
        x = _resnets(net, x, block, groups)
        if net.has(f"{block}.downsamplers.0.conv"):
            x = net.conv(x, f"{block}.downsamplers.0.conv", stride=2, pads=(0, 0, 1, 1))
    x = _middle(net, x, "encoder.mid_block", groups)
    x = net.silu(net.norm(x, "encoder.conv_norm_out", groups, _EPSILON))
    # Of mean and log variance only the mean is wanted: the second half of the last weights stays behind.
    last = "quant_conv" if net.has("quant_conv") else "encoder.conv_out"
    mean = dict(net.tensors)
    for part in (f"{last}.weight", f"{last}.bias"):
        if part in mean:
            if not mean[part].shape or mean[part].shape[0] % 2:
                raise ModelError(f"{part} does not give means and variances.")
            mean[part] = mean[part].half()
    net.tensors = mean
    x = net.conv(x, "encoder.conv_out", pads=1)
    x = net.conv(x, "quant_conv") if last == "quant_conv" else x
    net.output("latent", x)
    return net


def _decoder(net: Network, latent: int, groups: int) -> None:
    x = net.input("latent", latent)
    x = net.conv(x, "post_quant_conv") if net.has("post_quant_conv") else x
    x = net.conv(x, "decoder.conv_in", pads=1)
    x = _middle(net, x, "decoder.mid_block", groups)
    for level in range(_count(net, "decoder.up_blocks")):
        block = f"decoder.up_blocks.{level}"
        x = _resnets(net, x, block, groups)
        if net.has(f"{block}.upsamplers.0.conv"):
            x = net.conv(net.double(x), f"{block}.upsamplers.0.conv", pads=1)
    x = net.silu(net.norm(x, "decoder.conv_norm_out", groups, _EPSILON))
    x = net.conv(x, "decoder.conv_out", pads=1)
    if net.channels(x) != 3:
        raise ModelError(f"Its pictures have {net.channels(x)} channels, not three colours.")
    net.output("pictures", net.affine(x, 0.5, 0.5))


def _middle(net: Network, x: int, block: str, groups: int) -> int:
    """A residual block, attention if there is any, and another block."""
    x = _resnet(net, x, f"{block}.resnets.0", groups)
    name = f"{block}.attentions.0"
    if net.has(f"{name}.group_norm"):
        even = net.norm(x, f"{name}.group_norm", groups, _EPSILON)
        parts = [net.conv(even, f"{name}.{part}") for part in ("to_q", "to_k", "to_v")]
        x = net.add(net.conv(net.attend(*parts), f"{name}.to_out.0"), x)
    return _resnet(net, x, f"{block}.resnets.1", groups)


def _resnets(net: Network, x: int, block: str, groups: int) -> int:
    for number in range(_count(net, f"{block}.resnets")):
        x = _resnet(net, x, f"{block}.resnets.{number}", groups)
    return x


def _resnet(net: Network, x: int, name: str, groups: int) -> int:
    """Two convolutions, each behind normalisation and SiLU, beside a shortcut."""
    y = net.conv(net.silu(net.norm(x, f"{name}.norm1", groups, _EPSILON)), f"{name}.conv1", pads=1)
    y = net.conv(net.silu(net.norm(y, f"{name}.norm2", groups, _EPSILON)), f"{name}.conv2", pads=1)
    return net.add(net.conv(x, f"{name}.conv_shortcut") if net.has(f"{name}.conv_shortcut") else x, y)


def _count(net: Network, prefix: str) -> int:
    """How many there are of something that is numbered from 0."""
    pattern = re.compile(rf"{re.escape(prefix)}\.(\d{{1,2}})\.")
    found = {int(match[1]) for name in net.tensors if (match := pattern.match(name))}
    if not found or max(found) >= _MOST or len(found) != max(found) + 1:
        raise ModelError(f"{prefix} is incomplete.")
    return len(found)


def _number(config: Mapping[str, object], key: str) -> float | None:
    value = config.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(config: Mapping[str, object], key: str, default: int) -> int:
    value = config.get(key, default)
    if type(value) is not int or not 1 <= value <= 1024:
        raise ModelError(f"config.json says {key} is {value!r}, which makes no sense.")
    return value
