"""Directions in the latents that change one thing about a picture and leave the rest.

A latent here is z_g, with the details' deviations after it where they are asked for: what is small in
a picture, such as the slant of an eyebrow, is kept there.

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
    """One slider. Moving it by 1 adds `numbers` to the latent: a standard deviation of what it is named after."""

    name: str
    source: Source
    vector: bytes  #: float16, little-endian
    explained: float = 1.0  #: share of the attribute's variance that the latent explains, 0..1

    @classmethod
    def along(cls, numbers: np.ndarray, *, name: str, source: Source, explained: float = 1.0) -> Direction:
        """The direction of a way [L] through the latent."""
        return cls(name=name, source=source, vector=numbers.astype("<f2").tobytes(), explained=round(explained, 3))

    @property
    def numbers(self) -> np.ndarray:
        """The way [L] float32, or only its first numbers if the rest are 0. Raises ValueError for a torn vector."""
        return np.frombuffer(self.vector, "<f2").astype(np.float32)


def learn(
    latents: np.ndarray, attributes: dict[str, np.ndarray], source: Source, ridge: float = 1e-2
) -> list[Direction]:
    """Directions for ``attributes``, each an array [N] beside ``latents`` [N, L].

    Attributes that the latent does not explain (less than `WORTH` of their variance, on a fifth that
    was held back) or that never change are left out. Raises `ValueError` for fewer than three pictures.
    """
    if len(latents) < 3:
        raise ValueError(f"Directions need at least 3 pictures; there are {len(latents)}.")
    changing = {name: (v - v.mean()) / v.std() for name, v in attributes.items() if v.std() >= 1e-6}
    if not changing:
        return []
    wanted = np.stack(list(changing.values()), axis=1)
    around = latents - latents.mean(0)
    shares = _explained(around, wanted, ridge)
    worth = shares >= WORTH
    if not worth.any():
        return []
    readers = _readers(around, wanted[:, worth], ridge).T
    vectors = conditioned(readers, _covariance(latents))
    names = [name for name, kept in zip(changing, worth, strict=True) if kept]
    return [
        Direction.along(vector, name=name, source=source, explained=float(share))
        for name, vector, share in zip(names, vectors, shares[worth], strict=True)
    ]


def conditioned(readers: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """The directions [K, L] that belong to linear readers W [K, L] under covariance C [L, L]."""
    shared = readers @ spread @ readers.T
    # Readers of nearly the same attribute would blow each other up without a little damping.
    damped = shared + 1e-3 * np.trace(shared) / len(shared) * np.eye(len(shared))
    return np.linalg.solve(damped, readers @ spread)


def components(latents: np.ndarray, known: list[Direction], count: int) -> list[Direction]:
    """The ``count`` strongest principal components of z_g, ``latents`` [N, G], that leave ``known`` alone.

    Dead axes of the latent have no variance over the pictures and so never come up.
    """
    rest = latents - latents.mean(0)
    if known:
        basis, _ = np.linalg.qr(np.stack([d.numbers[: latents.shape[1]] for d in known], axis=1).astype(np.float64))
        rest = rest - rest @ basis @ basis.T
    _, strength, axes = np.linalg.svd(rest, full_matrices=False)
    strength = strength / np.sqrt(len(latents))
    return [
        Direction.along(axes[n] * strength[n], name=f"Component {n + 1}", source="component")
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
    return Direction.along(vector * half, name=name, source="user")


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


def _readers(latents: np.ndarray, targets: np.ndarray, ridge: float) -> np.ndarray:
    """The linear readers [L, K] of ``targets`` [N, K] from centered latents [N, L], by ridge regression."""
    gram = latents.T @ latents / len(latents)
    damping = ridge * np.trace(gram) / len(gram) * np.eye(len(gram), dtype=gram.dtype)
    return np.linalg.solve(gram + damping, latents.T @ targets / len(latents))


def _explained(latents: np.ndarray, targets: np.ndarray, ridge: float) -> np.ndarray:
    """Share of the variance of each of ``targets`` [N, K] that readers learnt from four fifths explain on the rest;
    1 where the rest is too few or all the same."""
    back = np.arange(len(targets)) % 5 == 0
    left = targets[back] - latents[back] @ _readers(latents[~back], targets[~back], ridge)
    variance = targets[back].var(0)
    told = (variance > 1e-6) & (back.sum() >= 2)
    return np.where(told, 1 - left.var(0) / np.maximum(variance, 1e-6), 1.0)
