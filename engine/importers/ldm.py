"""The autoencoder inside a checkpoint of latent diffusion, whose names are older than those of diffusers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.importers import kl
from engine.importers.found import Found
from engine.importers.lazy import Tensors

#: What stands before the autoencoder's names in a whole checkpoint; nothing, where it is alone.
_PREFIXES = ("first_stage_model.", "vae.", "")

_NAMES = (
    (r"\.down\.(\d+)\.block\.(\d+)\.", r".down_blocks.\1.resnets.\2."),
    (r"\.down\.(\d+)\.downsample\.conv\.", r".down_blocks.\1.downsamplers.0.conv."),
    (r"\.mid\.block_1\.", ".mid_block.resnets.0."),
    (r"\.mid\.block_2\.", ".mid_block.resnets.1."),
    (r"\.mid\.attn_1\.norm\.", ".mid_block.attentions.0.group_norm."),
    (r"\.mid\.attn_1\.q\.", ".mid_block.attentions.0.to_q."),
    (r"\.mid\.attn_1\.k\.", ".mid_block.attentions.0.to_k."),
    (r"\.mid\.attn_1\.v\.", ".mid_block.attentions.0.to_v."),
    (r"\.mid\.attn_1\.proj_out\.", ".mid_block.attentions.0.to_out.0."),
    (r"\.nin_shortcut\.", ".conv_shortcut."),
    (r"\.norm_out\.", ".conv_norm_out."),
)


def find(tensors: Tensors, config: Mapping[str, object]) -> Found | None:
    """The autoencoder in these tensors; None where there is none. Raises `ModelError` for a broken one."""
    for prefix in _PREFIXES:
        alone = {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
        if "encoder.down.0.block.0.conv1.weight" in alone:
            return kl.find(_renamed(alone), config, _family(tensors, alone))
        if prefix and "encoder.down_blocks.0.resnets.0.conv1.weight" in alone:
            return kl.find(alone, config, _family(tensors, alone))
    return None


def _renamed(tensors: Tensors) -> Tensors:
    """Names as diffusers has them; its decoder counts from the latent on, the older from the picture."""
    levels = [int(match[1]) for name in tensors if (match := re.match(r"decoder\.up\.(\d{1,2})\.", name))]
    last = max(levels, default=0)
    renamed = {}
    for name, tensor in tensors.items():
        if match := re.match(r"decoder\.up\.(\d{1,2})\.(block\.(\d{1,2})|upsample)\.(.*)", name):
            block, rest = f"decoder.up_blocks.{last - int(match[1])}", match[4]
            name = f"{block}.upsamplers.0.{rest}" if match[2] == "upsample" else f"{block}.resnets.{match[3]}.{rest}"
        for old, new in _NAMES:
            name = re.sub(old, new, name)
        renamed[name] = tensor
    return renamed


def _family(whole: Tensors, alone: Tensors) -> str:
    """Which family a checkpoint is of, by what else is in it; Flux.1 gives its autoencoder alone, in these names."""
    beside = {name.split(".")[0] for name in whole}
    if "conditioner" in beside:
        return "SDXL"
    if "cond_stage_model" in beside:
        return "SD 1.x, 2.x"
    if any("joint_blocks" in name for name in whole):
        return "SD 3"
    latent = alone["decoder.conv_in.weight"].shape[1:2] if "decoder.conv_in.weight" in alone else ()
    return "Flux.1" if latent == (16,) and "quant_conv.weight" not in alone else ""
