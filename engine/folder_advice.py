"""What a folder seems to be for, and which model to start from: asked of the models themselves, with a few pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine import catalog
from engine.errors import DarkroomError, PhotoError
from engine.lessons import GOALS, Goal, Suggestion
from engine.scaled import read_scaled

#: Pictures that models are tried on, and photos whose noise is read.
_TRIED, _READ = 24, 8
#: Noise (standard deviation on the 8-bit scale) from which half of the photos count as a noisy series.
_NOISY = 8.0
#: Pictures of this shorter side or less are drawings and cut-outs rather than photos.
_PHOTO = 320
#: The model for each goal that all photos share.
RESTORER = "photo-restore"


def likely_goal(paths: list[Path]) -> Goal:
    """What the pictures at these paths are likely to be wanted for."""
    from engine import photo
    from engine.restore import Restorer

    noise, small = [], 0
    try:
        restorer = Restorer(RESTORER, "cpu")
    except DarkroomError:
        restorer = None
    for path in _spread(paths, _READ):
        try:
            pixels = photo.read(path).pixels
        except PhotoError:
            continue
        small += min(pixels.shape[:2]) <= _PHOTO
        if restorer and min(pixels.shape[:2]) >= 64:
            noise.append(restorer.read(pixels).estimate.noise)
    if 2 * small > min(len(paths), _READ):
        return "draw"
    return "denoise-noisy" if noise and float(np.median(noise)) >= _NOISY else "restore"


def suggestions(paths: list[Path]) -> tuple[Suggestion, ...]:
    """The recommended base model of each goal, with the reason; goals that no installed model serves are left out."""
    found = []
    for goal in GOALS:
        suggestion = _to_draw(paths) if goal == "draw" else _to_restore(goal)
        if suggestion:
            found.append(suggestion)
    return tuple(found)


def _to_draw(paths: list[Path]) -> Suggestion | None:
    """The model that draws the pictures again best, as it is."""
    scores: dict[str, float] = {}
    names: dict[str, str] = {}
    small = [read for path in _spread(paths, _TRIED) if (read := _small(path)) is not None]
    for card in catalog.cards("sample"):
        if "finetune" in card.capabilities and small:
            try:
                scores[card.id], names[card.id] = _redrawn(card.id, small), card.name
            except DarkroomError:
                continue
    if not scores:
        return None
    best, *others = sorted(scores, key=scores.__getitem__, reverse=True)
    reason = f"As it is, {names[best]} draws your pictures again with {scores[best]:.1f} dB."
    if others:
        reason = (
            f"As it is, {names[best]} draws your pictures again with {scores[best]:.1f} dB, "
            f"{names[others[0]]} with {scores[others[0]]:.1f} dB."
        )
    return Suggestion(goal="draw", base=best, reason=reason)


def _redrawn(model: str, pictures: list[np.ndarray]) -> float:
    """Mean PSNR in dB of pictures encoded and drawn again."""
    from engine.generate import Generator
    from engine.squares import squared

    generator = Generator(model, "cpu")
    clean = np.stack([squared(pixels, generator.side) for pixels in pictures])
    error = np.square(generator.decode(generator.encode(clean)).astype(np.float32) - clean).mean((1, 2, 3))
    return float(np.mean(10 * np.log10(255**2 / np.maximum(error, 1e-3))))


def _to_restore(goal: Goal) -> Suggestion | None:
    cards = [card for card in catalog.cards("restore") if "finetune" in card.capabilities]
    if not cards:
        return None
    card = next((card for card in cards if card.id == RESTORER), cards[0])
    return Suggestion(goal=goal, base=card.id, reason=f"{card.name} was made for photos of every kind.")


def _small(path: Path) -> np.ndarray | None:
    try:
        return read_scaled(path, 128).pixels
    except PhotoError:
        return None


def _spread(paths: list[Path], count: int) -> list[Path]:
    """So many of them, evenly spread."""
    return [paths[i] for i in sorted(set(np.linspace(0, len(paths) - 1, min(count, len(paths))).astype(int).tolist()))]
