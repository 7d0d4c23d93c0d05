"""From a trained two-level VAE and its flow to a model folder, with directions learnt on the way.

``python -m engine.training.export_generate --state DIR --data SET --side 128 --output models/cartoon-faces ...``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn

from engine import catalog, directions, known
from engine.errors import ModelError
from engine.nets.flow import Flow
from engine.nets.twolevel import TwoLevel, TwoLevelConfig, deviation, rates
from engine.training.attributes import directions_of
from engine.training.generate import held_out_drawing, means
from engine.training.graphs import averaged_weights, write_graph, write_weights
from engine.training.pictures import PictureSet
from engine.training.steer import steered

#: Where the parameters of the two networks stand in the weights file.
VAE, FLOW = "vae.", "flow."


class EncodeGraph(nn.Module):
    """``pictures -> globe, deviation, log_sigma, nats``: posterior means (of z_s as the deviation from what
    z_g expects), log sigma of z_g [B, G], and the KL of both latents in nats, [B, 2]."""

    def __init__(self, vae: TwoLevel) -> None:
        super().__init__()
        self.network = vae

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        seen = self.network.encode(pictures)
        return seen.globe.mean, deviation(seen), seen.globe.log_sigma, torch.stack(rates(seen), dim=1)


class DecodeGraph(nn.Module):
    """``globe, deviation -> pictures``."""

    def __init__(self, vae: TwoLevel) -> None:
        super().__init__()
        self.network = vae

    def forward(self, globe: Tensor, deviation: Tensor) -> Tensor:
        return self.network.decode(globe, deviation)


def export_generate(weights: dict[str, dict[str, Tensor]], config: TwoLevelConfig, folder: Path) -> None:
    """Write weights and graphs of a generative model to ``folder``.

    ``weights`` are those of the two networks under `VAE` and `FLOW`.
    """
    write_weights(weights, folder)
    vae, flow = TwoLevel(config), Flow(config.globe)
    pictures, globe = torch.rand(2, 3, config.side, config.side), torch.randn(2, config.globe)
    detail = torch.randn(2, config.detail, config.grid, config.grid)
    seen = ["globe", "deviation", "log_sigma", "nats"]
    write_graph(EncodeGraph(vae), {"pictures": pictures}, seen, folder / "encoder.onnx", VAE)
    latents = {"globe": globe, "deviation": detail}
    write_graph(DecodeGraph(vae), latents, ["pictures"], folder / "decoder.onnx", VAE)
    times = {"z": globe, "r": torch.rand(2), "t": torch.rand(2)}
    write_graph(flow, times, ["velocity"], folder / "flow.onnx", FLOW)


def generate_card(model: str, name: str, summary: str, data: list[str], config: TwoLevelConfig) -> catalog.Card:
    """The card of a generative model, but for its numbers and how it was trained."""
    return catalog.Card(
        id=model,
        name=name,
        kind="generate",
        version="1",
        summary=summary,
        licence="Apache-2.0",
        training_data=data,
        capabilities=["sample", "encode", "decode", "directions", "interpolate", "finetune"],
        multiple=config.side,
        reach=config.side,
        latents=[
            f"{config.globe} Gaussian numbers for the whole picture",
            f"{config.detail} Gaussian channels on a grid of {config.grid} x {config.grid}",
        ],
        config={
            "side": [config.side],
            "fold": [config.fold],
            "widths": list(config.widths),
            "look": list(config.look),
            "draw": list(config.draw),
            "globe": [config.globe],
            "detail": [config.detail],
            "deviation": [config.detail, config.grid, config.grid],
        },
    )


def config_of(card: catalog.Card) -> TwoLevelConfig:
    """The sizes of a generative model's VAE."""
    several = {"widths", "look", "draw"}
    sizes = {name: value if name in several else value[0] for name, value in card.config.items()}
    return msgspec.convert(sizes, TwoLevelConfig)


@torch.no_grad()
def typical_of(vae: TwoLevel, pictures: PictureSet) -> dict[str, list[float]]:
    """What verdicts are measured by (`engine.known`), from the held-out pictures."""
    errors, nats = [], []
    for part in pictures.held_out.split(64):
        clean = part / 255.0
        seen = vae.encode(clean)
        drawn = vae.decode(seen.globe.mean, deviation(seen)).clamp(0, 1)
        errors.append((drawn - clean).square().mean((1, 2, 3)))
        nats.append(sum(rates(seen)))
    return known.quantiles(torch.cat(errors).numpy(), torch.cat(nats).numpy())


def main(command: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m engine.training.export_generate", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="training folder of the generator")
    parser.add_argument("--data", type=Path, required=True, help="the pictures it learnt from")
    parser.add_argument("--side", type=int, default=128)
    parser.add_argument("--name", required=True, help="for people")
    parser.add_argument("--summary", required=True, help="one sentence")
    parser.add_argument("--source", action="append", required=True, help="a training set and its licence")
    parser.add_argument("--crisp", type=float, default=0.5, help="0..1, how much of what the critic taught is kept")
    parser.add_argument("--steer", type=float, default=0.0, help="minutes of mending the sliders that labels name")
    parser.add_argument("--licence", default="Apache-2.0", help="of the weights, as their training set demands it")
    parser.add_argument("--output", type=Path, required=True, help="the model's folder, named by its id")
    arguments = parser.parse_args(command)
    config = TwoLevelConfig.of(arguments.side)
    (pair, learnt), (flow, carried) = (averaged_weights(arguments.state / part) for part in ("sharp", "flow"))
    plain, drawn = averaged_weights(arguments.state / "vae")
    # Half-way weights keep most of what the critic taught and little of what it was wrong about (network
    # interpolation: Wang et al., ESRGAN, 2018).
    vae = {name: weight.lerp(pair[VAE + name], arguments.crisp) for name, weight in plain.items()}
    export_generate({VAE: vae, FLOW: flow}, config, arguments.output)

    network = TwoLevel(config)
    network.load_state_dict(vae)
    pictures = PictureSet.load(arguments.data, arguments.side)
    latents = means(network.eval(), pictures.pictures)

    def mend(known: list[directions.Direction]) -> list[directions.Direction]:
        prior = Flow(config.globe)
        prior.load_state_dict(flow)
        return steered(network, prior, pictures, known, latents, arguments.steer, arguments.state / "steer")

    directions.save(arguments.output, directions_of(pictures, *latents, mend if arguments.steer else list))
    card = generate_card(arguments.output.name, arguments.name, arguments.summary, arguments.source, config)
    card.training = f"VAE: {drawn}; its decoder against a critic: {learnt}, {arguments.crisp:g} of it; flow: {carried}"
    measured = held_out_drawing(pictures, torch.device("cpu"))(network)
    card.licence = arguments.licence
    card.typical = typical_of(network, pictures)
    card.numbers = {f"psnr_{name}_db": round(score, 2) for name, score in measured.items() if "active" not in name}
    catalog.write_card(arguments.output, card)
    print(f"Wrote {arguments.output}: {card.numbers}.")


if __name__ == "__main__":
    try:
        main()
    except ModelError as error:
        sys.exit(str(error))
