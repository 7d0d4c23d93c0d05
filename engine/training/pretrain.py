"""Train the shipped models from scratch: ``python -m engine.training.pretrain restore --minutes N --resume DIR``.

Every stage stops by itself when its minutes are spent and goes on from its folder when it is
called again, on the CPU or a GPU.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from engine import catalog
from engine.facts import tell
from engine.nets.damage import DamageReader
from engine.nets.ladder import Ladder, LadderConfig
from engine.nets.scratch import ScratchFinder
from engine.nets.tone import ToneReader
from engine.nets.twolevel import TwoLevel, TwoLevelConfig
from engine.training import losses
from engine.training.data import DamageBank, PhotoBank, generator_for
from engine.training.degrade import Degraded, degrade, tell_some
from engine.training.detail import DetailLoss, DetailPair, held_out_detail
from engine.training.export import LADDER, SCRATCHES, ladder_of
from engine.training.fading import ToneLoss, held_out_tone
from engine.training.generate import DrawLoss, PriorLoss, held_out_drawing
from engine.training.graphs import shipped_weights
from engine.training.jpeg import compress
from engine.training.loop import Check, LossFunction, Schedule, Trainer
from engine.training.marks import DrawnDamage
from engine.training.pictures import PictureSet
from engine.training.reading import ReadingLoss, held_out_reading
from engine.training.scratches import LEAVE_OUT, ScratchLoss, held_out_scratches
from engine.training.sharpen import Pair, SharpenLoss


@dataclass(frozen=True)
class Patches:
    """Patch size and batch from a share of the run on: small and many first, large ones late."""

    start: float
    size: int
    batch: int


PATCHES = (Patches(0.0, 64, 16), Patches(0.55, 96, 8), Patches(0.85, 128, 5))


class RestoreLoss:
    """The loss of one step of the ladder: draw, damage, encode, decode, weigh."""

    def __init__(
        self,
        photos: PhotoBank,
        damage: DamageBank | DrawnDamage,
        seed: int,
        device: torch.device,
        grow: int = 1,
        warm_up: float = 0.1,  #: share of the run over which the rate gains its weight
        patches: tuple[Patches, ...] = PATCHES,
    ) -> None:
        self.photos, self.damage, self.seed, self.device, self.grow = photos, damage, seed, device, grow
        self.warm_up, self.patches = warm_up, patches
        self.weights = losses.Weights()

    def __call__(self, model: nn.Module, step: int, spent: float) -> tuple[Tensor, dict[str, float]]:
        assert isinstance(model, Ladder)
        sample, told, generator = self._draw(step, spent)
        warm = min(1.0, spent / self.warm_up) if self.warm_up else 1.0
        return denoising_bound(model, sample.photo, sample.clean, told, generator, self.weights, warm)

    def repeat(self, step: int, spent: float) -> dict[str, Tensor]:
        """The batch of a step, as `engine.training.loop.Repeatable` has it."""
        sample, told, _ = self._draw(step, spent)
        return {"clean": sample.clean, "photo": sample.photo, "damage": sample.damage, "told": told}

    def _draw(self, step: int, spent: float) -> tuple[Degraded, Tensor, torch.Generator]:
        """A step's batch, what the encoder is told of it, and the random state after."""
        patches = [p for p in self.patches if spent >= p.start][-1]
        generator = generator_for(self.seed, step)
        batch = patches.batch * self.grow
        clean = self.photos.crops(batch, patches.size, generator).to(self.device)
        masks = self.damage.crops(batch, patches.size, generator).to(self.device)
        sample = degrade(clean, masks, generator)
        return sample, tell_some(sample.facts, sample.certain, generator), generator


def denoising_bound(
    model: Ladder,
    photo: Tensor,
    clean: Tensor,
    told: Tensor,
    generator: torch.Generator,
    weights: losses.Weights,
    warm: float = 1.0,  #: weight of the rate
) -> tuple[Tensor, dict[str, float]]:
    """The objective (`engine.training.losses`) of restoring ``clean`` from ``photo`` [B, 3, H, W], and its parts."""
    batch, height, width = len(photo), *photo.shape[2:]
    # The first share of the batch is drawn from posterior samples, the rest from posterior means.
    sampled = max(1, round(weights.bound * batch))
    noise = []
    for level, channels in enumerate(model.config.latents):
        step = 2 ** (level + 1)
        eps = torch.randn(batch, channels, height // step, width // step, generator=generator)
        eps[sampled:] = 0.0
        noise.append(eps.to(photo.device))

    with torch.autocast(photo.device.type, torch.bfloat16):
        posterior = model.encode(photo.contiguous(memory_format=torch.channels_last), told, tuple(noise))
        drawn = model.redraw(posterior)
    error = losses.log_error(drawn, clean)
    rate, levels = losses.rates(posterior, clean[0].numel(), weights.free)
    bound = (error[:sampled] + warm * rate[:sampled]).mean()
    mean_path = error[sampled:].mean()
    doubt = losses.doubt_error(posterior.doubt[sampled:], drawn[sampled:], clean[sampled:])
    total = weights.bound * bound + (1 - weights.bound) * mean_path + weights.doubt * doubt
    parts = {"mean": mean_path, "bound": bound, "doubt": doubt}
    log = {name: float(part.detach()) for name, part in parts.items()}
    log |= {f"kl{level}": float(nats.detach().mean()) for level, nats in enumerate(levels)}
    return total, log


def held_out_score(photos: list[Tensor], device: torch.device, count: int = 12, side: int = 192):
    """A check for the trainer: PSNR in dB on held-out photos as 8-bit files, told and not."""
    clean = torch.stack([_center(p, side) for p in photos[:: max(1, len(photos) // count)][:count]]) / 255.0
    g = generator_for(0, 0, stream=7)
    noise = torch.randn(clean.shape, generator=g)
    tests: dict[str, tuple[Tensor, dict[str, float | None]]] = {}
    for sigma in (15, 25, 50):
        noisy = losses.in_bytes(clean + noise * sigma / 255)
        tests[f"noise{sigma}"] = noisy, {"noise": sigma, "blur": 0, "jpeg": 0, "scratches": 0}
        if sigma == 25:
            tests["blind25"] = noisy, {"jpeg": 0}
    tests["jpeg10"] = compress(clean, torch.full((len(clean),), 10.0)), {"jpeg": 10}
    tests["clean"] = clean, {"jpeg": 0}

    @torch.no_grad()
    def check(model: nn.Module) -> dict[str, float]:
        scores = {}
        for name, (damaged, facts) in tests.items():
            told = torch.tensor([tell(facts)], device=device)
            drawn = torch.cat([model(photo[None].to(device), told).cpu() for photo in damaged])
            scores[name] = losses.psnr(drawn, clean)
        return scores

    return check


def _device(arguments: argparse.Namespace) -> torch.device:
    """The device that was asked for, or a GPU if there is one."""
    return torch.device(arguments.device or ("cuda" if torch.cuda.is_available() else "cpu"))


def _center(photo: Tensor, side: int) -> Tensor:
    _, h, w = photo.shape
    top, left = (h - side) // 2, (w - side) // 2
    return photo[:, top : top + side, left : left + side]


def restore(arguments: argparse.Namespace) -> None:
    """Train the ladder."""
    device = _device(arguments)
    torch.manual_seed(arguments.seed)
    data = Path(arguments.data)
    photos = PhotoBank.of_data(data)
    damage = DamageBank.load(data / "damage.zip")
    model = Ladder(LadderConfig()).to(device)
    model = model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    warm_up = 0.0 if arguments.start else 0.1
    loss = RestoreLoss(photos, damage, arguments.seed, device, grow=arguments.grow, warm_up=warm_up)
    schedule = Schedule(minutes=arguments.minutes, steps=arguments.steps, rate=arguments.rate)
    if arguments.start:
        model.load_state_dict(shipped_weights(Path(arguments.start), LADDER))
    trainer = Trainer(model, loss, schedule, Path(arguments.resume))
    print("resumed" if trainer.resume() else "fresh", f"at step {trainer.step} on {device}", flush=True)

    trainer.run(
        check=held_out_score(photos.held_out, device),
        stop_after=arguments.stop_after,
        say=lambda line: print(line, flush=True),
    )


def tone(arguments: argparse.Namespace) -> None:
    """Train the tone reader, a matter of minutes on any computer."""
    torch.manual_seed(arguments.seed)
    data = Path(arguments.data)
    photos = PhotoBank.of_data(data, scales=(1.0,))
    loss = ToneLoss(photos.photos, arguments.seed)
    schedule = Schedule(minutes=arguments.minutes, steps=arguments.steps, rate=arguments.rate)
    trainer = Trainer(ToneReader(), loss, schedule, Path(arguments.resume))
    trainer.resume()
    trainer.run(check=held_out_tone(photos.held_out), stop_after=arguments.stop_after)


def damage(arguments: argparse.Namespace) -> None:
    """Train the reader of noise and blur, a matter of minutes on any computer."""
    torch.manual_seed(arguments.seed)
    data = Path(arguments.data)
    photos = PhotoBank.of_data(data)
    loss = ReadingLoss(photos, DamageBank.load(data / "damage.zip"), arguments.seed, arguments.count)
    schedule = Schedule(minutes=arguments.minutes, steps=arguments.steps, rate=arguments.rate)
    trainer = Trainer(DamageReader(), loss, schedule, Path(arguments.resume))
    trainer.resume()
    trainer.run(check=held_out_reading(photos.held_out), stop_after=arguments.stop_after)


def scratches(arguments: argparse.Namespace) -> None:
    """Train the finder of scratches, dust and cracks."""
    torch.manual_seed(arguments.seed)
    data = Path(arguments.data)
    photos = PhotoBank.of_data(data, scales=(1.0, 0.6, 0.4))
    marks = DamageBank.load(data / "damage.zip", leave_out=LEAVE_OUT)
    model = ScratchFinder()
    if arguments.start:
        model.load_state_dict(shipped_weights(Path(arguments.start), SCRATCHES))
    model = model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    schedule = Schedule(minutes=arguments.minutes, steps=arguments.steps, rate=arguments.rate)
    trainer = Trainer(model, ScratchLoss(photos, marks, arguments.seed), schedule, Path(arguments.resume))
    trainer.resume()
    check = held_out_scratches(photos.held_out, marks.held_out)
    trainer.run(check=check, stop_after=arguments.stop_after, say=lambda line: print(line, flush=True))


def detail(arguments: argparse.Namespace) -> None:
    """Train the painter of likely detail over a restoration model as it is."""
    torch.manual_seed(arguments.seed)
    data, base = Path(arguments.data), catalog.load(arguments.base)
    photos = PhotoBank.of_data(data)
    loss = DetailLoss(ladder_of(base), base.card.doubt_scale, photos, arguments.seed)
    schedule = Schedule(minutes=arguments.minutes, steps=arguments.steps, rate=arguments.rate)
    model = DetailPair()
    model = model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    trainer = Trainer(model, loss, schedule, Path(arguments.resume))
    trainer.resume()
    check = held_out_detail(loss, photos.held_out)
    trainer.run(check=check, stop_after=arguments.stop_after, say=lambda line: print(line, flush=True))


#: How the time of a generator is shared out.
SHARES = {"vae": 0.7, "sharp": 0.2, "flow": 0.1}
#: ... and how fast its parts learn, against the rate that was asked for.
RATES = {"sharp": 0.3}


def generate(arguments: argparse.Namespace) -> None:
    """Train a generator: the VAE, then its decoder against a critic, then the prior over its latents."""
    device = _device(arguments)
    torch.manual_seed(arguments.seed)
    pictures = PictureSet.load(Path(arguments.data), arguments.side)
    folder, config = Path(arguments.resume), TwoLevelConfig.of(arguments.side)
    vae = TwoLevel(config).to(device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    what = pictures, arguments.seed, device, arguments.mirror

    def train(part: str, model: nn.Module, loss: LossFunction, check: Check | None = None) -> Trainer:
        minutes = SHARES[part] * arguments.minutes
        schedule = Schedule(minutes=minutes, steps=arguments.steps, rate=arguments.rate * RATES.get(part, 1.0))
        trainer = Trainer(model, loss, schedule, folder / part)
        trainer.resume()
        trainer.run(check, stop_after=arguments.stop_after, say=lambda line: print(line, flush=True))
        return trainer

    drawing = train("vae", vae, DrawLoss(*what), held_out_drawing(pictures, device))
    if drawing.spent < 1.0:
        return
    vae.load_state_dict(drawing.average)
    pair = Pair(vae).to(device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    drawn = held_out_drawing(pictures, device)
    sharp = train("sharp", pair, SharpenLoss(*what), lambda pair: drawn(pair.get_submodule("vae")))
    if sharp.spent < 1.0:
        return
    learn = PriorLoss(vae.eval(), pictures, arguments.seed, arguments.mirror)
    train("flow", learn.flow(), learn)


def main(command: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m engine.training.pretrain", description=__doc__)
    stages = parser.add_subparsers(dest="stage", required=True)
    runs = {
        restore: "the ladder VAE that restores photos",
        damage: "the reader of noise and blur",
        scratches: "the finder of scratches, dust and cracks",
        tone: "the reader of faded tones",
        detail: "the painter of likely detail",
        generate: "a generator of pictures of one kind",
    }
    for run, what in runs.items():
        stage = stages.add_parser(run.__name__, help=what)
        stage.add_argument("--data", default="../shared/data", help="the training sets, or pictures")
        stage.add_argument("--minutes", type=float, default=60, help="training time in all, over every call")
        stage.add_argument("--steps", type=int, help="train so many steps instead, repeatable to the bit")
        stage.add_argument("--stop-after", type=float, help="leave this call after so many minutes, to be resumed")
        stage.add_argument("--resume", default=f"training/{run.__name__}", help="folder of the state, made if missing")
        stage.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
        stage.add_argument("--seed", type=int, default=1)
        stage.set_defaults(run=run)
        if run is detail:
            stage.add_argument("--base", default="photo-restore", help="the restoration model it completes")
        if run is damage:
            stage.add_argument("--count", type=int, default=20_000, help="damaged photos to learn from")
        if run is generate:
            stage.add_argument("--side", type=int, default=128, choices=(32, 64, 96, 128), help="of the pictures")
            stage.add_argument("--mirror", action="store_true", help="mirror images are pictures of the kind, too")
            stage.add_argument("--device", choices=("cpu", "cuda"), help="default: a GPU if there is one")
        if run in (restore, scratches):
            stage.add_argument("--from", dest="start", help="a restoration model whose weights to start from")
        if run is restore:
            stage.add_argument("--device", choices=("cpu", "cuda"), help="default: a GPU if there is one")
            stage.add_argument("--grow", type=int, default=1, help="times the batch size, for GPUs")
    arguments = parser.parse_args(command)
    arguments.run(arguments)


if __name__ == "__main__":
    main()
