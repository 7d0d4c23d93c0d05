"""Directions in a global latent that change one thing about a picture and leave the rest.

Say attributes a = W z are linear in the latent z, whose covariance over the training pictures is C.
The most probable change of z, if attribute k grows by one and all the others stay, is by the rule of
conditioning a Gaussian ``d_k = C W^T (W C W^T)^-1 e_k``. Correlated attributes so come apart by
themselves, and the change stays where pictures lie. What no attribute explains is left to the
principal components of the remaining covariance, which change none of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from engine import catalog
from engine.errors import ModelError
from engine.files import replacing

FILE = "directions.json"

#: Where a direction comes from: labels of the training pictures, figures of the pictures themselves,
#: principal components, or pictures that the user put on two sides.
Source = Literal["label", "picture", "component", "user"]

#: Smallest share of an attribute's variance that the latent must explain to be worth a slider.
WORTH = 0.2


class Direction(msgspec.Struct, frozen=True, kw_only=True):
    """One slider. Moving it by 1 adds ``vector`` to z_g: a standard deviation of what it is named after."""

    name: str
    source: Source
    vector: list[float]
    explained: float = 1.0  #: share of the attribute's variance that the latent explains, 0..1


def learn(
    latents: np.ndarray, attributes: dict[str, np.ndarray], source: Source, ridge: float = 1e-2
) -> list[Direction]:
    """Directions for ``attributes``, each an array [N] beside ``latents`` [N, G].

    Attributes that the latent does not explain (less than `WORTH` of their variance, on a fifth that
    was held back) or that never change are left out. Raises `ValueError` for fewer than three pictures.
    """
    if len(latents) < 3:
        raise ValueError(f"Directions need at least 3 pictures; there are {len(latents)}.")
    center, spread = latents.mean(0), _covariance(latents)
    names, readers, explained = [], [], []
    for name, values in attributes.items():
        if values.std() < 1e-6:
            continue
        target = (values - values.mean()) / values.std()
        share = _explained(latents - center, target, ridge)
        if share >= WORTH:
            names.append(name)
            readers.append(_ridge(latents - center, target, ridge))
            explained.append(share)
    if not names:
        return []
    vectors = conditioned(np.stack(readers), spread)
    return [
        Direction(name=n, source=source, vector=v.astype(float).round(5).tolist(), explained=round(e, 3))
        for n, v, e in zip(names, vectors, explained, strict=True)
    ]


def conditioned(readers: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """The directions [K, G] that belong to linear readers W [K, G] under covariance C [G, G]."""
    shared = readers @ spread @ readers.T
    # Readers of nearly the same attribute would blow each other up without a little damping.
    damped = shared + 1e-3 * np.trace(shared) / len(shared) * np.eye(len(shared))
    return np.linalg.solve(damped, readers @ spread)


def components(latents: np.ndarray, known: list[Direction], count: int) -> list[Direction]:
    """The ``count`` strongest principal components of ``latents`` [N, G] that leave ``known`` alone.

    Dead axes of the latent have no variance over the pictures and so never come up.
    """
    rest = latents - latents.mean(0)
    if known:
        basis, _ = np.linalg.qr(np.array([d.vector for d in known]).T)
        rest = rest - rest @ basis @ basis.T
    _, strength, axes = np.linalg.svd(rest, full_matrices=False)
    strength = strength / np.sqrt(len(latents))
    return [
        Direction(name=f"Component {n + 1}", source="component", vector=(axes[n] * strength[n]).round(5).tolist())
        for n in range(min(count, len(axes)))
        if strength[n] > 0.05
    ]


def between(these: np.ndarray, those: np.ndarray, spread: np.ndarray, name: str) -> Direction:
    """The direction from ``those`` latents [M, G] to ``these`` [N, G]: 1 is half the way between their means.

    Raises `ValueError` for fewer than three pictures in all, or when both sides are the same.
    """
    if len(these) + len(those) < 3 or not len(these) or not len(those):
        raise ValueError("A direction needs at least three pictures, and some on either side.")
    gap = these.mean(0) - those.mean(0)
    if np.abs(gap).max() < 1e-4:
        raise ValueError("The same pictures are on both sides, so nothing tells them apart.")
    reader = np.linalg.solve(spread + 0.1 * np.trace(spread) / len(spread) * np.eye(len(spread)), gap)
    vector = conditioned(reader[None], spread)[0]
    half = 0.5 * (reader @ gap) / (reader @ vector)
    return Direction(name=name, source="user", vector=(vector * half).round(5).tolist())


def load(folder: Path) -> list[Direction]:
    """The directions of a model folder; none where it has no file of them. Raises `ModelError` for a bad file."""
    return _read(folder / FILE, folder.name)


def of(model: str) -> list[Direction]:
    """The directions of a model, by its id or folder, and those that the user made for it."""
    folder = catalog.folders().get(model) or Path(model)
    return load(folder) + _read(_users(folder.name), folder.name)


def keep(model: str, direction: Direction) -> None:
    """Add a direction of the user to a model's; one of the same name is replaced. Raises OSError."""
    kept = [d for d in _read(_users(model), model) if d.name != direction.name]
    _write_users(model, [*kept, direction])


def forget(model: str, name: str) -> None:
    """Remove a direction of the user. Raises OSError."""
    _write_users(model, [d for d in _read(_users(model), model) if d.name != name])


def save(folder: Path, directions: list[Direction]) -> None:
    """Write the directions of a model folder, whole or not at all."""
    _write(folder / FILE, directions)


def _users(model: str) -> Path:
    """The file of the user's directions: the model's own folder is proved by its hashes and stays as it is."""
    return catalog.own().parent / "directions" / f"{Path(model).name}.json"


def _write_users(model: str, directions: list[Direction]) -> None:
    path = _users(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, directions)


def _read(path: Path, model: str) -> list[Direction]:
    if not path.exists():
        return []
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Direction])
    except (msgspec.DecodeError, OSError) as error:
        raise ModelError(f"The directions of model {model} cannot be read: {error}.") from error


def _write(path: Path, directions: list[Direction]) -> None:
    with replacing(path, overwrite=True) as file:
        file.write(msgspec.json.format(msgspec.json.encode(directions), indent=1) + b"\n")


def _covariance(latents: np.ndarray) -> np.ndarray:
    return np.cov(latents, rowvar=False) + 1e-6 * np.eye(latents.shape[1])


def _ridge(latents: np.ndarray, target: np.ndarray, ridge: float) -> np.ndarray:
    """The linear reader w of ``target`` [N] from centered latents [N, G]."""
    gram = latents.T @ latents / len(latents)
    damping = ridge * np.trace(gram) / len(gram) * np.eye(len(gram))
    return np.linalg.solve(gram + damping, latents.T @ target / len(latents))


def _explained(latents: np.ndarray, target: np.ndarray, ridge: float) -> float:
    """Share of the variance of ``target`` that a reader learnt from four fifths explains on the rest."""
    back = np.arange(len(target)) % 5 == 0
    if back.sum() < 2 or target[back].std() < 1e-6:
        return 1.0
    w = _ridge(latents[~back], target[~back], ridge)
    return float(1 - (target[back] - latents[back] @ w).var() / target[back].var())
