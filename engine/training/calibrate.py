"""Make the predicted errors as large as the seen ones, on photos held back from training."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import torch

from engine import catalog
from engine.jobs import RestoreSettings
from engine.restore import DOUBT_STEPS, Restorer
from engine.training.data import DamageBank, PhotoBank, generator_for
from engine.training.degrade import degrade

#: Share of errors that shall lie within two predicted standard deviations (of a normal distribution, 95.4 %).
WITHIN_TWO = 0.954


def calibrate(folder: Path, photos: PhotoBank, damage: DamageBank, count: int = 24, side: int = 192) -> float:
    """Set ``doubt_scale`` on the card of the model in ``folder``, and return it.

    Held-out photos are damaged as in training and restored on Automatic. One factor for all: it
    moves the size of the prediction and not its ranking.
    """
    card = msgspec.json.decode((folder / catalog.CARD).read_bytes(), type=catalog.Card)
    card.doubt_scale = 1.0
    catalog.write_card(folder, card)
    held_out = PhotoBank(photos.held_out, [])
    generator = generator_for(0, 0, stream=9)
    clean = held_out.crops(count, side, generator)
    masks = DamageBank(damage.held_out, []).crops(count, side, generator)
    sample = degrade(clean, masks, generator)
    restorer, ratios = Restorer(str(folder), "cpu"), []
    for photo, right in zip(sample.photo, sample.clean, strict=True):
        result = restorer.restore(_pixels(photo), RestoreSettings(fading=False), doubt=True)
        assert result.doubt is not None
        deviation = np.maximum(result.doubt, 1)[..., None] / (255.0 * DOUBT_STEPS)
        ratios.append(np.abs(result.pixels - _pixels(right)) / deviation)
    card.doubt_scale = round(float(np.quantile(np.concatenate([r.ravel() for r in ratios]), WITHIN_TWO)) / 2, 3)
    catalog.write_card(folder, card)
    return card.doubt_scale


def _pixels(photo: torch.Tensor) -> np.ndarray:
    return photo.permute(1, 2, 0).contiguous().numpy()
