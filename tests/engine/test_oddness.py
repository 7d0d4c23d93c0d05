from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from engine import catalog, oddness
from engine.arrange import strangeness
from engine.eyes import eye_of

TYPICAL = {"error": [1e-4, 1e-3, 1e-2], "nats": [100.0, 200.0, 400.0]}


def test_too_much_and_too_little_are_both_untypical() -> None:
    errors = np.array([1e-3, 1e-2, 1e-5, 1e-3, 1e-3])
    nats = np.array([200.0, 200.0, 200.0, 800.0, 50.0])
    found = oddness.untypical(errors, nats, TYPICAL)
    np.testing.assert_allclose(found, [0, 1, 0, 2, 2], atol=1e-5)


def test_the_trap_of_plain_pictures() -> None:
    """A model's bound is best for pictures plainer than its own kind; they are odd all the same."""
    model = catalog.load("cartoon-faces")
    eye = eye_of("cartoon-faces", "cpu")
    plain = np.stack([np.full((128, 128, 3), value, np.uint8) for value in (0, 90, 255)])
    noise = np.random.default_rng(0).integers(0, 255, (1, 128, 128, 3), np.uint8)
    sight = eye.look(np.concatenate([plain, noise]))
    found = oddness.untypical(sight.error.mean((1, 2)), sight.nats, model.card.typical)
    assert (found > 1.5).all()


def test_one_far_from_the_rest_is_out_of_place_and_has_no_say() -> None:
    rng = np.random.default_rng(0)
    space = np.concatenate([rng.normal(0, 1, (300, 8)) * np.arange(1, 9), [[12.0] + 7 * [0.0]] * 6])
    found = oddness.out_of_place(space)
    assert (found[-6:] > 2).all() and found[:300].max() < found[-6:].min()
    assert np.median(found) == pytest.approx(0, abs=0.1)
    assert (oddness.out_of_place(np.zeros((2, 3))) == 0).all()
    assert np.isfinite(oddness.out_of_place(np.zeros((9, 3)))).all()


def test_traits_are_compared_with_those_of_the_models_own_kind() -> None:
    rng = np.random.default_rng(0)
    mixed = rng.normal(0, 1, (9, 9))
    own, other = rng.normal(0, 1, (500, 9)) @ mixed, rng.normal(3, 1, (20, 9)) @ mixed
    kept = oddness.reference(own)
    assert (oddness.uncharacteristic(other, kept) > 1).all()
    assert np.quantile(oddness.uncharacteristic(own, kept), 0.99) == pytest.approx(1, abs=0.05)
    # Without a card the folder itself has to do.
    together = oddness.uncharacteristic(np.concatenate([own, other]), {})
    assert together[-20:].min() > np.quantile(together[:500], 0.9)


def test_the_restoration_model_tells_drawings_from_photos() -> None:
    """Its card knows photos; a flat drawing costs it less than any of them."""
    eye, typical = eye_of("photo-restore", "cpu"), catalog.load("photo-restore").card.typical
    rng = np.random.default_rng(0)
    drawing = np.full((64, 64, 3), 250, np.uint8)
    drawing[20:40, 20:40] = (40, 90, 200)
    smooth = np.asarray(Image.fromarray(rng.integers(0, 255, (8, 8, 3), np.uint8)).resize((64, 64)), np.float32)
    photo = (smooth + rng.normal(0, 8, (64, 64, 1)) + rng.normal(0, 3, (64, 64, 3))).clip(0, 255).astype(np.uint8)
    sight = eye.look(np.stack([drawing, photo]))
    assert sight.traits is not None and sight.error[0].mean() < sight.error[1].mean()
    strange, known = strangeness(sight.error.mean((1, 2)), sight.nats, sight.traits, photo.size, typical)
    assert strange[0] > strange[1] and strange[0] > 1.5 and known[0] > 0
