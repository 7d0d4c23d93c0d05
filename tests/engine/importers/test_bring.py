from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
import torch
from safetensors.torch import save_file

from engine import catalog, directions
from engine.codec import Codec
from engine.errors import Cancelled, ModelError
from engine.generate import Generator
from engine.importers.bring import bring
from engine.importers.convert import TOLERANCE, sample_picture
from engine.recipes import Recipe
from engine.sessions import HALF

sys.path.insert(0, str(Path(__file__).parent))
import toys


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def pixels(height: int = 40, width: int = 56) -> np.ndarray:
    return np.ascontiguousarray(np.moveaxis(sample_picture(height, width), 0, 2))


def planes(picture: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.moveaxis(picture, 2, 0)[None].copy())


@torch.inference_mode()
def same_as(codec: Codec, encode, decode, picture: np.ndarray, **how) -> None:
    """The imported model answers as the toy does, at a size it was not drawn with."""
    expected = encode(planes(picture))
    latent = codec.encode(picture, **how)
    assert np.abs(latent - expected[0].numpy()).max() < TOLERANCE
    drawn = decode(expected).clamp(0, 1)[0].permute(1, 2, 0).numpy()
    seen = codec.decode(expected[0].numpy(), picture.shape[:2], **how)
    assert np.abs(seen - drawn).max() < TOLERANCE


def test_an_autoencoder_in_the_naming_of_diffusers(tmp_path: Path) -> None:
    toy = toys.KL().eval()
    toys.save(toy, tmp_path / "my-vae" / "diffusion_pytorch_model.safetensors")
    config = {"scaling_factor": 0.13025, "norm_num_groups": 32}
    (tmp_path / "my-vae" / "config.json").write_text(json.dumps(config))
    brought = bring([tmp_path / "my-vae"])
    assert brought.difference < TOLERANCE
    card = catalog.load(brought.model).card
    assert (card.id, card.kind, card.family, card.scaling) == ("my-vae", "codec", "AutoencoderKL (SDXL)", 0.13025)
    assert card.latents == ["4 channels at 1/2"]
    assert "sample" not in card.capabilities
    same_as(Codec("my-vae", "cpu"), toy.encode, toy.decode, pixels())


def test_tiles_share_the_statistics_of_the_whole_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = toys.KL().eval()
    model = bring([toys.save(toy, tmp_path / "toy.safetensors")]).model
    monkeypatch.setattr("engine.parts.BUDGET", 1 << 20)
    codec = Codec(model, "cpu")
    done: list[float] = []
    monkeypatch.setattr(codec.graphs, "run", counting(codec.graphs.run, done))
    # Brighter to the right: statistics of a tile are far from those of the picture.
    picture = pixels(64, 96) * np.linspace(0.1, 1, 96, dtype=np.float32)[:, None]
    same_as(codec, toy.encode, toy.decode, picture, whole=0)
    parts = len(list(codec.model.folder.glob("encoder-??.onnx"))) + len(
        list(codec.model.folder.glob("decoder-??.onnx"))
    )
    assert len(done) > 2 * parts  # several tiles a part


def test_graphs_in_half_precision_come_close(tmp_path: Path) -> None:
    folder = Path(bring([toys.save(toys.KL(), tmp_path / "toy.safetensors")]).folder)
    picture = sample_picture(32, 48)[None]
    full, half = (
        ort.InferenceSession(folder / f"encoder{end}.onnx").run(None, {"pictures": picture})[0] for end in ("", HALF)
    )
    assert half.dtype == np.float32
    assert np.abs(half - full).max() < 0.02 * np.abs(full).max()
    assert {f.name.replace(".onnx", f"{HALF}.onnx") for f in folder.glob("*-??.onnx")} <= {
        f.name for f in folder.iterdir()
    }


def counting(run, done: list):
    def counted(*arguments, **inputs):
        done.append(1)
        return run(*arguments, **inputs)

    return counted


@pytest.mark.parametrize("prefix", ["first_stage_model.", "vae."])
def test_the_same_inside_a_checkpoint_of_latent_diffusion(tmp_path: Path, prefix: str) -> None:
    toy = toys.KL().eval()
    tensors = {prefix + k: v.contiguous() for k, v in toys.as_ldm(toy.state_dict()).items()}
    if prefix == "first_stage_model.":
        tensors |= {"cond_stage_model.transformer.x": torch.zeros(3), "model.diffusion_model.y": torch.zeros(2)}
    path = tmp_path / "photo real.ckpt"
    torch.save({"state_dict": tensors, "global_step": 3, "callbacks": {}}, path)
    brought = bring([path], "Real")
    assert brought.family == ("AutoencoderKL (SD 1.x, 2.x)")
    assert brought.name == "Real"
    same_as(Codec(brought.model, "cpu"), toy.encode, toy.decode, pixels())


def test_sixteen_channels_without_quantisation_are_flux(tmp_path: Path) -> None:
    toy = toys.KL(16, quantised=False).eval()
    path = tmp_path / "ae.safetensors"
    save_file({k: v.contiguous() for k, v in toys.as_ldm(toy.state_dict()).items()}, path)
    brought = bring([path])
    card = catalog.load(brought.model).card
    assert (brought.family, card.scaling, card.shift) == ("AutoencoderKL (Flux.1)", 0.3611, 0.1159)
    same_as(Codec(brought.model, "cpu"), toy.encode, toy.decode, pixels())


@pytest.mark.parametrize(("latent", "side_path"), [(4, False), (16, False), (32, True)])
def test_the_tiny_family_from_two_files(tmp_path: Path, latent: int, side_path: bool) -> None:
    encoder, decoder = toys.tiny(latent, side_path)
    torch.save(encoder.half().state_dict(), tmp_path / "taetoy_encoder.pth")
    torch.save(decoder.half().state_dict(), tmp_path / "taetoy_decoder.pth", _use_new_zipfile_serialization=False)
    (tmp_path / "taetoy.LICENSE").write_text("\nMIT License\n\nCopyright\n")
    brought = bring([tmp_path / "taetoy_decoder.pth"])  # the other half lies beside it
    card = catalog.load(brought.model).card
    assert (card.name, card.licence) == ("taetoy", "MIT License")
    assert card.latents == [f"{latent} channels at 1/4"]
    picture = pixels(40, 56)
    same_as(Codec(brought.model, "cpu"), encoder.float(), decoder.float(), picture)


def test_the_tiny_family_in_the_naming_of_diffusers(tmp_path: Path) -> None:
    encoder, decoder = toys.tiny()
    tensors = {f"encoder.layers.{k}": v for k, v in encoder.state_dict().items()}
    for name, tensor in decoder.state_dict().items():
        place, rest = name.split(".", 1)
        tensors[f"decoder.layers.{int(place) - 1}.{rest}"] = tensor
    save_file(tensors, tmp_path / "tiny.safetensors")
    same_as(Codec(bring([tmp_path / "tiny.safetensors"]).model, "cpu"), encoder, decoder, pixels())


@pytest.mark.parametrize("channels", [1, 3])
def test_a_global_latent_draws_and_slides(tmp_path: Path, channels: int) -> None:
    toy = toys.Burgess(channels).eval()
    with torch.no_grad():
        toy.decoder.convT3.weight.mul_(20)
    folder = tmp_path / "toy_faces"
    folder.mkdir()
    torch.save(toy.state_dict(), folder / "model.pt")
    (folder / "specs.json").write_text(json.dumps({"dataset": "faces", "loss": "btcvae", "epochs": 7}))
    brought = bring([folder])
    assert {"sample", "directions", "encode", "interpolate"} <= set(brought.capabilities)
    assert catalog.load(brought.model).card.training_data == ["faces"]
    generator = Generator(brought.model, "cpu")
    with torch.inference_mode():
        z = torch.randn(3, toy.latent)
        expected = toy.decode(z).expand(-1, 3, -1, -1).numpy()
        seen = generator.expected(generator.latents([Recipe(model=brought.model)] * 3))
        assert seen.shape == expected.shape
        drawn = generator.graphs.run("decoder", globe=z.numpy())[0]
        assert np.abs(drawn - expected).max() < TOLERANCE
        picture = (np.moveaxis(expected, 1, 3) * 255).round().astype(np.uint8)
        mean, log_variance = toy.encode(torch.from_numpy(picture / 255).permute(0, 3, 1, 2)[:, :channels].float())
    latent, log_sigma, nats = generator.posterior(picture)
    assert np.abs(latent.globe - mean.numpy()).max() < TOLERANCE
    assert np.abs(log_sigma - log_variance.numpy() / 2).max() < TOLERANCE
    kl = 0.5 * (mean**2 + log_variance.exp() - log_variance - 1).sum(1)
    assert np.allclose(nats.sum(1), kl.numpy(), atol=1e-3)
    known = [direction.name for direction in directions.of(brought.model)]
    axis = next(name for name in known if name.startswith("Axis"))
    still, moved = generator.draw([Recipe(model=brought.model), Recipe(model=brought.model, sliders={axis: 3.0})])
    assert (still != moved).any()


def test_a_second_of_the_same_name_gets_an_id_of_its_own(tmp_path: Path) -> None:
    toys.save(toys.Burgess(), tmp_path / "vae.safetensors")
    assert [bring([tmp_path / "vae.safetensors"], "Mine").model for _ in range(2)] == ["mine", "mine-2"]


def test_a_cancelled_import_leaves_nothing_behind(tmp_path: Path, shelf_folder: Path) -> None:
    toys.save(toys.KL(), tmp_path / "toy.safetensors")
    for last in (1, 20, 80):
        asked = 0

        def cancelled(last: int = last) -> bool:
            nonlocal asked
            asked += 1
            return asked > last

        with pytest.raises(Cancelled):
            bring([tmp_path / "toy.safetensors"], cancelled=cancelled)
        assert not shelf_folder.exists() or not list(shelf_folder.iterdir())


def test_progress_is_counted_and_ends(tmp_path: Path) -> None:
    toys.save(toys.KL(), tmp_path / "toy.safetensors")
    seen: list[tuple[str, int, int]] = []
    bring([tmp_path / "toy.safetensors"], on_step=lambda *step: seen.append(step))
    assert {step for step, _, _ in seen} == {"reading", "writing", "converting", "proving"}
    done = [done for _, done, _ in seen]
    assert done == sorted(done)
    assert seen[-1][1] == seen[-1][2]


@pytest.mark.parametrize(
    ("tensors", "sentence"),
    [
        ({"a.weight": torch.zeros(2, 2)}, "not known here"),
        ({"0.weight": torch.zeros(8, 3, 3, 3), "1.conv.0.weight": torch.zeros(8, 8, 3, 3)}, "alone"),
    ],
)
def test_what_is_no_autoencoder_is_refused(tmp_path: Path, tensors: dict, sentence: str) -> None:
    save_file(tensors, tmp_path / "other.safetensors")
    with pytest.raises(ModelError, match=sentence) as error:
        bring([tmp_path / "other.safetensors"])
    assert "other.safetensors" in str(error.value)


def test_tensors_that_do_not_fit_are_named(tmp_path: Path) -> None:
    tensors = toys.KL().state_dict()
    tensors["encoder.mid_block.attentions.0.to_q.weight"] = torch.zeros(64, 32)
    save_file({k: v.contiguous() for k, v in tensors.items()}, tmp_path / "bad.safetensors")
    with pytest.raises(ModelError, match="to_q"):
        bring([tmp_path / "bad.safetensors"])


def test_numbers_that_are_none_are_refused(tmp_path: Path) -> None:
    toy = toys.Burgess()
    with torch.no_grad():
        toy.decoder.lin1.weight[0, 0] = torch.nan
    with pytest.raises(ModelError, match=r"decoder\.lin1\.weight"):
        bring([toys.save(toy, tmp_path / "nan.safetensors")])
