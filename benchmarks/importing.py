"""Models that people bring: does the import give what the original gives, how long does it take, what does it hold?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.bench import Bench
from benchmarks.measure import psnr, to_bytes
from benchmarks.sets import REPOSITORY
from benchmarks.table import Table

#: The four checkpoints of the disentanglement literature.
DISVAE = ("VAE_mnist", "betaH_celeba", "btcvae_celeba", "btcvae_dsprites")
#: Sides of the photo that goes through the full-size network, in pixels: 2.02 megapixels.
LARGE = (1216, 1664)
#: Sides of the picture on which tiles are compared with the whole.
TILED = (256, 384)

_SAMPLE = (136, 200)


def tables(bench: Bench) -> Iterator[Table]:
    with _shelf():
        yield _originals(bench)
        yield _round_trip(bench)
        with tempfile.TemporaryDirectory() as folder:
            yield _against_diffusers(bench, Path(folder))
            yield _full_size(bench, Path(folder))


@contextmanager
def _shelf() -> Iterator[Path]:
    """A shelf that is gone afterwards."""
    from engine import catalog

    real = catalog.own
    with tempfile.TemporaryDirectory() as folder:
        catalog.own = lambda: Path(folder) / "models"
        try:
            yield Path(folder)
        finally:
            catalog.own = real


def _originals(bench: Bench) -> Table:
    """TAEF2 and the four of disvae, from their original files."""
    import torch

    from benchmarks.importing_peers import Burgess, taef2
    from engine.generate import Generator
    from engine.importers.bring import bring
    from engine.importers.convert import sample_picture

    table = Table("Import of original files", ["", "seconds", "MB", "away from torch: latent", "picture", "can"])
    encoder, decoder = (bench.sets.peer(f"taef2_{half}.pth") for half in ("encoder", "decoder"))
    began = time.perf_counter()
    brought = bring([encoder])
    seconds = time.perf_counter() - began
    reference = taef2(encoder, decoder)
    latent, drawn = _compared(brought.model, *reference)
    table.add("TAEF2", seconds, _megabytes(brought.folder), f"{latent:.1e}", f"{drawn:.1e}", _abilities(brought))
    for name in DISVAE:
        path = bench.sets.peer(f"disvae/{name}/model.pt")
        began = time.perf_counter()
        brought = bring([path])
        seconds = time.perf_counter() - began
        peer, generator = Burgess(path), Generator(brought.model, "cpu")
        picture = (np.moveaxis(sample_picture(peer.side, peer.side), 0, 2) * 255).round().astype(np.uint8)
        with torch.inference_mode():
            x = torch.from_numpy(picture).permute(2, 0, 1)[None] / 255
            if peer.grey:
                x = (x * torch.tensor([0.299, 0.587, 0.114])[:, None, None]).sum(1, keepdim=True)
            z = torch.randn(8, peer.length, generator=torch.Generator().manual_seed(0))
            latent = np.abs(generator.encode(picture[None]).globe - peer.encode(x).numpy()).max()
            seen = generator.graphs.run("decoder", globe=z.numpy())[0]
            drawn = np.abs(seen - peer.decode(z).expand(-1, 3, -1, -1).numpy()).max()
        table.add(name, seconds, _megabytes(brought.folder), f"{latent:.1e}", f"{drawn:.1e}", _abilities(brought))
    table.notes.append("Wanted: at most 1e-4.")
    return table


def _round_trip(bench: Bench) -> Table:
    """TAEF2 there and back on a whole test set, imported and in torch."""
    import torch

    from benchmarks.importing_peers import taef2
    from engine.codec import Codec

    encoder, decoder = taef2(*(bench.sets.peer(f"taef2_{half}.pth") for half in ("encoder", "decoder")))
    codec = Codec("taef2", "cpu", bench.threads)
    ours, theirs, tiled = [], [], []
    for picture in bench.sets.pictures("CBSD68"):
        bench.say(f"TAEF2 on {picture.name}")
        height, width = (side // 8 * 8 for side in picture.pixels.shape[:2])
        pixels = np.ascontiguousarray(picture.pixels[:height, :width])
        with torch.inference_mode():
            x = torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255
            expected = decoder(encoder(x)).clamp(0, 1)[0].permute(1, 2, 0).numpy()
        seen = codec.decode(codec.encode(pixels), (height, width))
        ours.append(psnr(to_bytes(seen), pixels))
        theirs.append(psnr(to_bytes(expected), pixels))
        tiled.append(float(np.abs(seen - expected).max()))
    table = Table(f"TAEF2 there and back, CBSD68 ({len(ours)} pictures)", ["", "PSNR, dB"])
    table.add("imported", float(np.mean(ours)), digits=3)
    table.add("torch", float(np.mean(theirs)), digits=3)
    table.notes.append(f"Largest difference of any pixel: {max(tiled):.1e}. Wanted: within 0.01 dB.")
    return table


def _against_diffusers(bench: Bench, folder: Path) -> Table:
    """Networks of random weights made by diffusers at toy size, in both namings."""
    import torch
    from safetensors.torch import save_file

    from benchmarks.importing_peers import as_ldm, diffusers
    from engine.importers.bring import bring

    library = diffusers()
    torch.manual_seed(0)
    blocks = {"down_block_types": ["DownEncoderBlock2D"] * 3, "up_block_types": ["UpDecoderBlock2D"] * 3}
    kl = {"block_out_channels": [32, 64, 64], "layers_per_block": 2, **blocks}
    bare = {"use_quant_conv": False, "use_post_quant_conv": False}
    toys = {
        "AutoencoderKL, 4 channels": library.AutoencoderKL(**kl, latent_channels=4),
        "AutoencoderKL, 16 channels, shifted": library.AutoencoderKL(
            **kl, **bare, latent_channels=16, scaling_factor=0.3611, shift_factor=0.1159
        ),
        "AutoencoderTiny": library.AutoencoderTiny(
            encoder_block_out_channels=(16, 16, 16),
            decoder_block_out_channels=(16, 16, 16),
            num_encoder_blocks=(1, 2, 2),
            num_decoder_blocks=(2, 2, 1),
        ),
    }
    columns = ["", "away from diffusers: latent", "picture", "in tiles: latent", "picture"]
    table = Table("Import of networks made by diffusers, random weights, toy size", columns)
    for number, (name, toy) in enumerate(toys.items()):
        bench.say(name)
        place = folder / f"toy-{number}"
        toy.eval().save_pretrained(place)
        halves = _halves(toy)
        brought = bring([place])
        whole, tiled = _compared(brought.model, *halves), _compared(brought.model, *halves, tiled=True)
        table.add(name, *(f"{difference:.1e}" for difference in (*whole, *tiled)))
    place = folder / "checkpoint.safetensors"
    toy = toys["AutoencoderKL, 4 channels"]
    save_file({k: v.contiguous() for k, v in as_ldm(toy.state_dict(), 3).items()}, place)
    model = bring([place]).model
    halves = _halves(toy)
    differences = (*_compared(model, *halves), *_compared(model, *halves, tiled=True))
    table.add("the first, in the names of latent diffusion", *(f"{difference:.1e}" for difference in differences))
    table.notes.append("Wanted: at most 1e-4. Tiles share the statistics of the whole picture.")
    return table


def _full_size(bench: Bench, folder: Path) -> Table:
    """An AutoencoderKL as large as that of SD 1: the import as a user does it, and a large photo through it."""
    import torch

    from benchmarks.importing_peers import diffusers
    from engine import catalog

    library = diffusers()
    torch.manual_seed(0)
    blocks = {"down_block_types": ["DownEncoderBlock2D"] * 4, "up_block_types": ["UpDecoderBlock2D"] * 4}
    vae = library.AutoencoderKL(
        block_out_channels=[128, 256, 512, 512], layers_per_block=2, latent_channels=4, **blocks
    )
    vae.eval().save_pretrained(folder / "full")
    parameters = sum(p.numel() for p in vae.parameters())
    home = catalog.own().parent.parent
    bench.say(f"{parameters / 1e6:.1f} million parameters")
    environment = _environment(home)
    command = [sys.executable, "-m", "desktop", "models", "import", str(folder / "full"), "--json"]
    began = time.perf_counter()
    done = subprocess.run(
        command, env=environment, cwd=REPOSITORY, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    seconds, lines = time.perf_counter() - began, done.stdout.splitlines()
    brought = json.loads(lines[-1])
    table = Table(f"AutoencoderKL at the size of SD 1 ({parameters / 1e6:.1f} million parameters)", ["", ""])
    table.add("import, seconds (at most 120)", f"{seconds:.0f}")
    table.add("lines of progress", str(len(lines) - 1))
    real = catalog.own
    catalog.own = lambda: Path(brought["folder"]).parent
    try:
        latent, drawn = _compared(brought["model"], *_halves(vae))
        in_parts = _compared(brought["model"], *_halves(vae), tiled=True)
    finally:
        catalog.own = real
    table.add("away from diffusers: latent, picture (at most 1e-4)", f"{latent:.1e}, {drawn:.1e}")
    table.add("the same in tiles", f"{in_parts[0]:.1e}, {in_parts[1]:.1e}")
    table.add("left behind by an import that was cancelled, files", str(_cancelled(command, environment, brought)))
    del vae
    if bench.sets.first:
        table.notes.append("The large photo is left out of a quick look.")
        return table
    bench.say(f"a photo of {LARGE[1]} x {LARGE[0]}")
    code = _LARGE_RUN.format(model=brought["model"], height=LARGE[0], width=LARGE[1], threads=bench.threads)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    seconds, peak = (float(number) for number in done.stdout.split())
    megapixels = LARGE[0] * LARGE[1] / 1e6
    table.add(f"a photo of {megapixels:.2f} megapixels there and back, seconds", f"{seconds:.0f}")
    table.add("its peak of memory, GB (at most 6)", f"{peak:.2f}")
    return table


#: Prints seconds and gigabytes.
_LARGE_RUN = """
import resource, sys, time
import numpy as np
from engine.codec import Codec
from engine.importers.convert import sample_picture
picture = (np.moveaxis(sample_picture({height}, {width}), 0, 2) * 255).round().astype(np.uint8)
codec = Codec({model!r}, "cpu", {threads})
began = time.perf_counter()
codec.decode(codec.encode(picture), picture.shape[:2])
unit = 1 if sys.platform == "darwin" else 1024
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9)
"""


def _cancelled(command: list[str], environment: dict[str, str], brought: dict[str, str]) -> int:
    """Files on the shelf after an import that was cancelled half-way, beyond those of ``brought``."""
    shelf, known = Path(brought["folder"]).parent, set(Path(brought["folder"]).parent.rglob("*"))
    process = subprocess.Popen(
        command, env=environment, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout
    for line in process.stdout:
        if '"converting"' in line or '"proving"' in line:
            process.stdin.close()
            break
    process.stdout.read()
    process.wait()
    return len(set(shelf.rglob("*")) - known)


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "XDG_DATA_HOME": str(home / "share"), "HOME": str(home), "LOCALAPPDATA": str(home)}


def _halves(vae) -> tuple[Callable, Callable]:
    """Encoder and decoder of a network of diffusers, of pictures in [0, 1]."""

    def encode(x):
        seen = vae.encode(x * 2 - 1)
        return seen.latent_dist.mean if hasattr(seen, "latent_dist") else seen.latents

    return encode, lambda z: vae.decode(z).sample / 2 + 0.5


def _compared(model: str, encoder: Callable, decoder: Callable, tiled: bool = False) -> tuple[float, float]:
    """Largest difference of latent and picture from those of torch; ``tiled``: in several tiles, else whole."""
    import torch

    from engine import parts
    from engine.codec import Codec
    from engine.importers.convert import sample_picture

    codec = Codec(model, "cpu")
    height, width = TILED if tiled else _SAMPLE
    picture = np.moveaxis(sample_picture(height, width), 0, 2)
    with torch.inference_mode():
        x = torch.from_numpy(sample_picture(height, width))[None]
        latent = encoder(x)
        drawn = decoder(latent).clamp(0, 1)[0].permute(1, 2, 0).numpy()
    usual = parts.BUDGET
    parts.BUDGET = 8 << 20 if tiled else usual
    try:
        whole = 0 if tiled else height * width
        seen = codec.encode(picture, whole=whole)
        again = codec.decode(latent[0].numpy(), (height, width), whole=whole)
    finally:
        parts.BUDGET = usual
    return float(np.abs(seen - latent[0].numpy()).max()), float(np.abs(again - drawn).max())


def _abilities(brought) -> str:
    return ", ".join(brought.capabilities)


def _megabytes(folder: str) -> str:
    return f"{sum(f.stat().st_size for f in Path(folder).iterdir()) / 1e6:.1f}"
