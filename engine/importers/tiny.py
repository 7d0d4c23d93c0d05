"""The TAESD family: tiny autoencoders whose latents are those of large diffusion models.

An encoder and a decoder, each a plain sequence of convolutions and blocks of three, whose tensors are
named by their place in the sequence. Where a place is missing there is something without weights: a
ReLU, an upsampling, or the decoder's first clamp. The variants (4, 16 or 32 latent channels, 8 or 32
times smaller, blocks with a normalised side path) follow from names and shapes.
Source: Bohan, Tiny AutoEncoder for Stable Diffusion, 2023.
"""

from __future__ import annotations

import re

from engine.errors import ModelError
from engine.importers.found import Found
from engine.importers.lazy import Tensors
from engine.importers.network import Network

#: Groups and epsilon of the normalisation in a side path.
_GROUPS, _EPSILON = 4, 1e-5
#: More places than any of the family has.
_MOST_PLACES = 100

#: diffusers counts the decoder's places from the first convolution on; the original has the clamp before it.
_PREFIXES = {"encoder.layers.": ("encoder.", 0), "decoder.layers.": ("decoder.", 1)}


def is_half(tensors: Tensors) -> bool:
    """Whether these are the tensors of an encoder or a decoder of the family, alone in a file."""
    first = tensors.get("0.weight") or tensors.get("1.weight")
    blocks = any(re.fullmatch(r"\d+\.conv\.0\.weight", name) for name in tensors)
    return blocks and first is not None and len(first.shape) == 4


def is_encoder(tensors: Tensors) -> bool:
    """Which of the two: an encoder begins at place 0, a decoder with the clamp there."""
    return "0.weight" in tensors


def joined(encoder: Tensors, decoder: Tensors) -> Tensors:
    """The tensors of both under one roof."""
    return {f"encoder.{k}": t for k, t in encoder.items()} | {f"decoder.{k}": t for k, t in decoder.items()}


def find(tensors: Tensors) -> Found | None:
    """The autoencoder in these tensors; None where they are of another kind. Raises `ModelError` for a broken one."""
    named = _renamed(tensors)
    if not any(re.fullmatch(r"encoder\.\d+\.conv\.0\.weight", name) for name in named):
        return None
    if "encoder.0.weight" not in named or not any(name.startswith("decoder.") for name in named):
        raise ModelError("There is an encoder of the TAESD family and no decoder, or the other way round.")
    encoder, decoder = Network(named), Network(named)
    x = _sequence(encoder, encoder.input("pictures", 3), "encoder", decoding=False)
    encoder.output("latent", x)
    channels = encoder.channels(x)
    x = decoder.squash(decoder.input("latent", channels))
    x = _sequence(decoder, x, "decoder", decoding=True)
    decoder.output("pictures", x)
    side_paths = any(".pool." in name for name in named)
    return Found(
        family=f"TAESD ({channels} channels{', normalised' if side_paths else ''})",
        encoder=encoder,
        decoder=decoder,
    )


def _renamed(tensors: Tensors) -> Tensors:
    """The names of diffusers as the original's."""
    named = {}
    for name, tensor in tensors.items():
        for prefix, (plain, shift) in _PREFIXES.items():
            if name.startswith(prefix):
                place, _, rest = name.removeprefix(prefix).partition(".")
                name = f"{plain}{int(place) + shift}.{rest}" if place.isdigit() else name
                break
        named[name] = tensor
    return named


def _sequence(net: Network, x: int, prefix: str, *, decoding: bool) -> int:
    """One half, place by place."""
    pattern = re.compile(rf"{prefix}\.(\d{{1,3}})\.")
    places = sorted({int(match[1]) for name in net.tensors if (match := pattern.match(name))})
    if len(places) > _MOST_PLACES or places[-1] > 2 * _MOST_PLACES:
        raise ModelError("There are more layers than any autoencoder of the TAESD family has.")
    for place in range(1 if decoding else 0, places[-1] + 1):
        name = f"{prefix}.{place}"
        if net.has(f"{name}.conv.0"):
            x = _block(net, x, name)
        elif net.has(name):
            x = net.conv(x, name, stride=1 if decoding else _stride(net, prefix, place, places), pads=1)
        elif decoding and place > 2:
            x = net.double(x)
        else:
            x = net.relu(x)
    return x


def _stride(net: Network, prefix: str, place: int, places: list[int]) -> int:
    """Convolutions that make the picture smaller have no bias, or a bare ReLU behind them."""
    bare = place != places[-1] and place + 1 not in places
    return 2 if bare or f"{prefix}.{place}.bias" not in net.tensors else 1


def _block(net: Network, x: int, name: str) -> int:
    """relu(conv(x) + skip(x)), with a side path before it where there is one."""
    if net.has(f"{name}.pool.0"):
        side = net.norm(net.conv(x, f"{name}.pool.0"), f"{name}.pool.1", _GROUPS, _EPSILON)
        x = net.add(x, net.conv(net.relu(side), f"{name}.pool.3"))
    y = net.relu(net.conv(x, f"{name}.conv.0", pads=1))
    y = net.relu(net.conv(y, f"{name}.conv.2", pads=1))
    y = net.conv(y, f"{name}.conv.4", pads=1)
    skip = net.conv(x, f"{name}.skip") if net.has(f"{name}.skip") else x
    return net.relu(net.add(y, skip))
