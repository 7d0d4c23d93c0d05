"""What a lesson hands over: its best weights so far, and a finished model among the user's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save

from engine import catalog
from engine.errors import DarkroomError
from engine.files import explain, replacing
from engine.lessons import Figure, Pair
from engine.runs import Plan
from engine.training.course import Weights

_BEST = "best.safetensors"


class Best(NamedTuple):
    """The best weights so far, their score, and their step (over all rounds)."""

    weights: Weights
    score: float
    step: int


def read_best(folder: Path) -> Best | None:
    """The best weights in a lesson's folder; None where there are none, or none that can be read."""
    path = folder / _BEST
    try:
        with safe_open(path, framework="pt") as file:
            note = file.metadata()
        return Best(load_file(path), float(note["score"]), int(note["step"]))
    except (OSError, SafetensorError):
        return None


def write_best(folder: Path, weights: Weights, score: float, step: int) -> None:
    """Write them, whole or not at all. Raises OSError."""
    kept = {name: weight.detach().cpu().contiguous() for name, weight in weights.items()}
    with replacing(folder / _BEST, overwrite=True) as file:
        file.write(save(kept, metadata={"score": repr(score), "step": str(step)}))


def sign(
    made: Path, base: catalog.Model, plan: Plan, figures: tuple[Figure, ...], best_step: int, seconds: float
) -> None:
    """Write into the card of the model in ``made`` of which lesson it came."""
    card, steps = catalog.read_card(made), plan.before + plan.steps
    card.id, card.name, card.parent = plan.run, plan.name, plan.base
    card.training_data = [*base.card.training_data, f"{len(plan.files)} pictures of the user's own"]
    card.training = f"Fine-tuned from {plan.base}: {best_step} of {steps} steps, {seconds / 60:.0f} minutes"
    card.lesson |= {
        "folder": Path(plan.folder).name,
        "goal": plan.goal,
        "pictures": len(plan.files) - plan.held_out,
        "held_out": plan.held_out,
        "steps": steps,
        "best_step": best_step,
        "batch": plan.batch,
        "seed": plan.seed,
        "minutes": round(seconds / 60, 1),
    }
    card.numbers = {figure.name: round(figure.tuned, 3) for figure in figures}
    card.numbers |= {f"base_{f.name}": round(f.base, 3) for f in figures if f.base is not None}
    catalog.write_card(made, card)


def enclose(made: Path, pairs: tuple[Pair, ...]) -> None:
    """Put the held-out pictures that were shown into a model's folder. Raises OSError."""
    for number, pair in enumerate(pairs, start=1):
        for what, data in (("original", pair.original), ("base", pair.base), ("tuned", pair.now)):
            if data:
                (made / f"held-out-{number}-{what}.png").write_bytes(data)
    catalog.write_card(made, catalog.read_card(made))


def install(made: Path, model: str, name: str) -> Path:
    """Copy a model's folder to the user's own models, under an id and a name. Raises `DarkroomError`."""
    target = catalog.own() / model
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{model}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(made, fresh)
        card = catalog.read_card(fresh)
        card.id, card.name = model, name
        catalog.write_card(fresh, card)
        shutil.rmtree(target, ignore_errors=True)
        fresh.replace(target)
    except OSError as error:
        raise DarkroomError(f"{target.name}: {explain(error, writing=True)}.") from error
    return target
