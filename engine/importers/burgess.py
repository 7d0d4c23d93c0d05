"""The beta-VAE of the disentanglement literature: four convolutions, two dense layers, and back.

Latents are a vector with the prior N(0, I). Whether pictures are grey or coloured, 32 or 64 pixels
wide, and how long the latent is, follows from the tensors.
Source: Burgess et al., Understanding disentangling in beta-VAE, 2018, appendix A.
"""

from __future__ import annotations

from engine.errors import ModelError
from engine.importers.found import Found
from engine.importers.lazy import Lazy, Tensors
from engine.importers.network import Network

#: What marks such a network among others.
_SIGNS = ("encoder.mu_logvar_gen.weight", "decoder.lin3.weight", "decoder.convT3.weight", "encoder.conv1.weight")


def find(tensors: Tensors) -> Found | None:
    """The autoencoder in these tensors; None where they are of another kind. Raises `ModelError` for a broken one."""
    if not all(sign in tensors for sign in _SIGNS):
        return None
    tensors = _parted(tensors)
    first, last = tensors["encoder.conv1.weight"].shape, tensors["decoder.convT3.weight"].shape
    if len(first) != 4 or len(last) != 4 or first[1] != last[1] or first[1] not in (1, 3):
        raise ModelError("Encoder and decoder do not agree about the colours of their pictures.")
    grey, large = first[1] == 1, "encoder.conv_64.weight" in tensors
    side = 64 if large else 32

    net = Network(tensors)
    x = net.input("pictures", 3)
    x = net.luma(x) if grey else x
    for name in ("conv1", "conv2", "conv3", *(("conv_64",) if large else ())):
        x = net.relu(net.conv(x, f"encoder.{name}", stride=2, pads=1))
    x = net.flatten(x, net.channels(x) * 4 * 4)
    for name in ("lin1", "lin2"):
        x = net.relu(net.linear(x, f"encoder.{name}"))
    net.output("globe", net.linear(x, "encoder.mean"))
    net.output("log_sigma", net.affine(net.linear(x, "encoder.log_variance"), 0.5, 0.0))
    encoder, net = net, Network(tensors)

    x = net.input("globe", encoder.channels(encoder.outputs["globe"]))
    for name in ("lin1", "lin2", "lin3"):
        x = net.relu(net.linear(x, f"decoder.{name}"))
    x = net.unflatten(x, (net.channels(x) // 16, 4, 4))
    for name in (*(("convT_64",) if large else ()), "convT1", "convT2"):
        x = net.relu(net.deconv(x, f"decoder.{name}", stride=2, pads=1))
    x = net.sigmoid(net.deconv(x, "decoder.convT3", stride=2, pads=1))
    net.output("pictures", net.repeat(x, 3) if grey else x)
    colours = "grey" if grey else "coloured"
    return Found(family=f"Burgess beta-VAE ({side} pixels, {colours})", encoder=encoder, decoder=net, side=side)


def _parted(tensors: Tensors) -> Tensors:
    """The head that gives mean and log variance in turn, as one for each."""
    parted = dict(tensors)
    for part in ("weight", "bias"):
        head = parted.pop(f"encoder.mu_logvar_gen.{part}")
        parted[f"encoder.mean.{part}"] = _every_second(head, 0)
        parted[f"encoder.log_variance.{part}"] = _every_second(head, 1)
    return parted


def _every_second(head: Lazy, first: int) -> Lazy:
    if not head.shape or head.shape[0] < 2 or head.shape[0] % 2:
        raise ModelError("The encoder's head does not give means and variances.")
    shape = (head.shape[0] // 2, *head.shape[1:])
    return Lazy(shape, lambda: head.read()[first::2].contiguous())
