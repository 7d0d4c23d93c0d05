from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine import mend
from engine.errors import Cancelled, ModelError
from engine.jobs import Estimate, RestoreSettings
from engine.metrics import psnr
from engine.restore import Restorer, _spread, blend
from engine.training.export import LADDER

SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "samples"


def noisy(picture: np.ndarray, sigma: float) -> np.ndarray:
    noise = np.random.default_rng(0).normal(0, sigma, picture.shape)
    return (picture + noise).round().clip(0, 255).astype(np.uint8)


# -- with the shipped weights -----------------------------------------------------------------------


@pytest.mark.parametrize("noise", [None, 25.0])
def test_noise_is_removed(shipped: Restorer, picture: np.ndarray, noise: float | None) -> None:
    photo = noisy(picture, 25)
    result = shipped.restore(photo, RestoreSettings(noise=noise))
    assert result.pixels.shape == photo.shape
    assert psnr(result.pixels, picture) > psnr(photo, picture) + 6


def test_noise_is_estimated(shipped: Restorer, picture: np.ndarray) -> None:
    assert shipped.read(noisy(picture, 30)).estimate.noise == pytest.approx(30, abs=8)


@pytest.mark.parametrize("length", [1, 256, 257, 481, 768])
def test_every_part_of_a_small_photo_is_read(length: int) -> None:
    seen = np.zeros(length, dtype=int)
    for start in _spread(length):
        seen[start : start + 256] += 1
    assert (seen == 1).all()


def test_a_large_photo_is_read_in_three_places_a_side() -> None:
    starts = _spread(4000)
    assert len(starts) == 3
    assert starts[0] > 256 and starts[-1] < 4000 - 512
    assert all(start % 8 == 0 for start in starts)


def test_a_sharp_photo_is_said_to_be_sharp_and_a_soft_one_left_open(shipped: Restorer) -> None:
    for width, told in ((0.1, 0.0), (0.8, None)):
        estimate = Estimate(noise=5.0, blur=width, jpeg=0, scratches=0.0, fading=0.0, monochrome=False)
        assert shipped._facts(RestoreSettings(), estimate)["blur"] == told


def test_only_a_print_is_taken_for_faded_at_a_lower_probability(shipped: Restorer) -> None:
    orchard = np.asarray(Image.open(SAMPLES / "old-photos" / "2 faded orchard.jpg").convert("RGB"))
    assert shipped.read(orchard).estimate.fading > 0.05
    # The scratches told that it is one.
    assert shipped.read(orchard, RestoreSettings(scratches=False)).estimate.fading == 0


def test_variants_have_the_mean_path_for_their_mean(shipped: Restorer, picture: np.ndarray) -> None:
    grainy = noisy(picture, 25)
    mean = shipped.restore(grainy, RestoreSettings(noise=25.0)).pixels
    variants = [shipped.restore(grainy, RestoreSettings(noise=25.0, variant=n)).pixels for n in range(1, 9)]
    assert psnr(np.mean(variants, axis=0).round().astype(np.uint8), picture) > psnr(mean, picture) - 0.4
    assert not np.array_equal(variants[0], variants[1])


def test_a_border_is_no_sign_of_less_noise_or_more(shipped: Restorer, picture: np.ndarray) -> None:
    framed = noisy(np.tile(picture, (3, 2, 1)), 15)
    framed[:20], framed[:, :30] = 255, 255
    assert shipped.read(framed).estimate.noise == pytest.approx(15, abs=4)


def test_sixteen_bits_stay_sixteen_bits(shipped: Restorer, picture: np.ndarray) -> None:
    deep = noisy(picture, 10).astype(np.uint16) * 257
    result = shipped.restore(deep, RestoreSettings()).pixels
    assert result.dtype == np.uint16
    shallow = shipped.restore((deep // 257).astype(np.uint8), RestoreSettings()).pixels
    assert np.abs(result / 257.0 - shallow).max() <= 0.51
    assert len(np.unique(result)) > 256


def test_grey_photos_get_no_colour(shipped: Restorer, picture: np.ndarray) -> None:
    grey = np.repeat(noisy(picture, 20)[:, :, :1], 3, axis=2)
    result = shipped.restore(grey, RestoreSettings()).pixels
    assert np.ptp(result.astype(int), axis=2).max() == 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (9, 7), (33, 130)])
def test_any_size_comes_back_in_that_size(shipped: Restorer, shape: tuple[int, int]) -> None:
    photo = np.random.default_rng(2).integers(0, 255, (*shape, 3), dtype=np.uint8)
    assert shipped.restore(photo, RestoreSettings()).pixels.shape == photo.shape


def test_onnx_gives_what_torch_gives(shipped: Restorer, picture: np.ndarray) -> None:
    import torch
    from safetensors.torch import load_file

    from engine.facts import tell
    from engine.nets.ladder import Ladder, LadderConfig

    card = shipped.model.card
    ladder = Ladder(LadderConfig(**{name: tuple(sizes) for name, sizes in card.config.items()})).eval()  # pyright: ignore
    weights = load_file(shipped.model.folder / "weights.safetensors")
    ladder.load_state_dict({k.removeprefix(LADDER): v for k, v in weights.items() if k.startswith(LADDER)})
    photo = np.moveaxis(noisy(picture, 15).astype(np.float32) / 255, 2, 0)[None]
    told = np.array([tell({"noise": 15.0, "jpeg": 0})], dtype=np.float32)
    with torch.no_grad():
        expected = ladder(torch.from_numpy(photo), torch.from_numpy(told)).numpy()
    drawn, _ = shipped.graphs.run("restore", photo=photo, told=told)
    assert np.abs(drawn - expected).max() < 1e-4


def test_variants_differ_and_repeat(shipped: Restorer, picture: np.ndarray) -> None:
    photo = noisy(picture, 25)
    drawn = [shipped.restore(photo, RestoreSettings(variant=v)).pixels.astype(int) for v in (0, 1, 1, 2)]
    assert np.array_equal(drawn[1], drawn[2])
    assert np.abs(drawn[1] - drawn[3]).mean() > 0.1
    assert psnr(drawn[1].astype(np.uint8), picture) > psnr(photo, picture) + 4


def test_doubt_is_larger_where_the_photo_is_noisier(shipped: Restorer, picture: np.ndarray) -> None:
    def doubt(sigma: float) -> float:
        told = RestoreSettings(noise=sigma, blur=0.0, jpeg=0, scratches=False, fading=False)
        seen = shipped.restore(noisy(picture, sigma), told, doubt=True).doubt
        assert seen is not None
        return float(np.median(seen))

    assert doubt(5.0) < doubt(25.0) < doubt(50.0)


@pytest.fixture
def scratched() -> tuple[np.ndarray, np.ndarray]:
    """A smooth picture of 136 x 96 pixels, and the same with three dark scratches."""
    y, x = np.mgrid[0:96, 0:136]
    smooth = (60 + 80 * np.stack([x / 136, y / 96, (x + y) / 232], axis=2)).astype(np.uint8)
    damaged = Image.fromarray(smooth)
    paths = [(5, 10), (40, 22), (80, 18), (130, 40)], [(20, 90), (60, 70), (110, 80)], [(60, 5), (66, 40), (62, 92)]
    for path in paths:
        ImageDraw.Draw(damaged).line(path, fill=(10, 10, 10), width=2)
    return smooth, np.array(damaged)


def test_scratches_are_mended_unless_it_is_told_that_there_are_none(
    shipped: Restorer, scratched: tuple[np.ndarray, np.ndarray]
) -> None:
    smooth, damaged = scratched
    nothing = RestoreSettings(noise=0.0, blur=0.0, jpeg=0, fading=False, scratches=False)
    before = psnr(damaged, smooth)
    told, automatic, off = (
        shipped.restore(damaged, msgspec.structs.replace(nothing, scratches=answer), doubt=True)
        for answer in (True, None, False)
    )
    assert psnr(off.pixels, smooth) < before + 1
    assert psnr(automatic.pixels, smooth) > before + 1
    assert psnr(told.pixels, smooth) > before + 4
    assert told.estimate.scratches > 0.001
    assert told.doubt is not None
    assert off.doubt is not None
    assert told.doubt.max() > 1.5 * off.doubt.max()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_where_nothing_is_wrong_nothing_is_changed(toy: Restorer, picture: np.ndarray, dtype: type) -> None:
    photo = picture if dtype is np.uint8 else picture.astype(dtype) * (257 if dtype is np.uint16 else 1 / 255)
    photo = photo.astype(dtype)
    nothing = RestoreSettings(noise=0, blur=0, jpeg=0, scratches=False, fading=False)
    result = toy.restore(photo, nothing, doubt=True)
    assert np.array_equal(result.pixels, photo)
    assert result.doubt is not None
    assert not result.doubt.any()
    for wrong in ({"noise": 1.0}, {"blur": 0.4}, {"jpeg": 50}, {"detail": 0.5}, {"variant": 1}):
        changed = toy.restore(photo, msgspec.structs.replace(nothing, **wrong))
        assert not np.array_equal(changed.pixels, photo), wrong


# -- with toy weights, which exaggerate every seam --------------------------------------------------


@pytest.mark.parametrize(("variant", "detail"), [(0, 0.0), (1, 0.0), (0, 1.0)])
def test_tiles_change_nothing(toy: Restorer, variant: int, detail: float, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = np.random.default_rng(3).integers(0, 255, (150, 210, 3), dtype=np.uint8)
    settings = RestoreSettings(variant=variant, detail=detail, noise=10.0)
    # An untrained finder says this nearly everywhere: some of the photo counts as damaged.
    monkeypatch.setattr(mend, "SURE", 0.0474)
    for odds in ("IN_DAMAGED", "IN_WHOLE", "IN_ROUGH"):
        monkeypatch.setattr(mend, odds, mend.Odds(0.0474, 0.04739))
    assert 0.1 < toy.read(photo).estimate.scratches < 0.9
    whole = toy.restore(photo, settings, doubt=True)
    boxes = []
    tiled = toy.restore(photo, settings, doubt=True, tile=150, on_part=lambda box, *_: boxes.append(box))
    assert len(boxes) > 3
    assert np.abs(whole.pixels.astype(int) - tiled.pixels).max() <= 1
    assert whole.doubt is not None
    assert tiled.doubt is not None
    assert np.abs(whole.doubt.astype(int) - tiled.doubt).max() <= 1


def test_detail_goes_straight_from_the_mean_and_keeps_to_what_is_unsure(toy: Restorer, picture: np.ndarray) -> None:
    photo = picture.astype(np.float32) / 255
    mean, half, full = (
        toy.restore(photo, RestoreSettings(detail=amount, scratches=False), doubt=True) for amount in (0.0, 0.5, 1.0)
    )
    texture = full.pixels - np.clip(mean.pixels, 0, 1)
    assert texture.std() > 1e-3
    np.testing.assert_allclose(half.pixels, np.clip(mean.pixels, 0, 1) + texture / 2, atol=1e-5)
    assert full.doubt is not None
    surest, least = full.doubt <= np.quantile(full.doubt, 0.1), full.doubt >= np.quantile(full.doubt, 0.9)
    assert np.abs(texture[surest]).mean() < np.abs(texture[least]).mean()


def test_what_is_seen_comes_first(toy: Restorer) -> None:
    photo = np.zeros((900, 1200, 3), dtype=np.uint8)
    boxes = []
    toy.restore(photo, RestoreSettings(), part_first=(800, 500, 1200, 900), on_part=lambda box, *_: boxes.append(box))
    left, top, right, bottom = boxes[0]
    assert left <= 1000 <= right
    assert top <= 700 <= bottom
    assert (right - left) * (bottom - top) < 900 * 1200 / 2


def test_cancel_is_heard_between_tiles(toy: Restorer) -> None:
    photo = np.zeros((200, 300, 3), dtype=np.uint8)
    done = []
    with pytest.raises(Cancelled):
        toy.restore(
            photo, RestoreSettings(), tile=160, on_part=lambda *_: done.append(1), cancelled=lambda: len(done) == 2
        )
    assert len(done) == 2


def test_strength_mixes_the_photo_back_in(toy: Restorer, picture: np.ndarray) -> None:
    full = toy.restore(picture, RestoreSettings()).pixels.astype(int)
    half = toy.restore(picture, RestoreSettings(strength=0.5)).pixels.astype(int)
    none = toy.restore(picture, RestoreSettings(strength=0.0)).pixels
    assert np.array_equal(none, picture)
    assert np.abs(half - (full + picture) / 2).max() <= 1


def test_blend_rounds_and_keeps_the_type() -> None:
    before, after = np.full((300, 2, 3), 10, np.uint16), np.full((300, 2, 3), 13, np.uint16)
    blend(before, after, 0.5)
    assert after.dtype == np.uint16
    assert set(after.ravel().tolist()) <= {11, 12}


def test_a_model_that_cannot_restore_says_so(toy_model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(toy_model, tmp_path / "other"))
    card = (folder / "model.json").read_text()
    (folder / "model.json").write_text(card.replace('"restore",\n    "encode"', '"encode"'))
    with pytest.raises(ModelError, match="cannot restore"):
        Restorer(str(folder))
