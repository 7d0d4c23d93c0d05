"""New pictures around given ones, for somebody who has too few to teach with.

    for made in augment(Plan(Path("fruit"), "fruit", Path("more"), variants=4), say=print):
        ...

A variant is drawn from near a picture's latent: moved by noise that scatters as pictures of one sub-folder do,
and every other one part of the way towards another picture of the same sub-folder (both in feature space, as
DeVries and Taylor, Dataset Augmentation in Feature Space, 2017). It is looked at again before it is kept. One whose
latent is nearly that of a picture that is there is a copy; one that the model finds untypical, or that lies
nearest to a picture of another sub-folder, is off the map. Both are tried again, bolder or more timidly.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine import oddness, recipes
from engine.atlas import Atlas, Drew, Line, Step
from engine.errors import Cancelled, DarkroomError, ModelError, PhotoError
from engine.explore import explore
from engine.eyes import Eye, eye_of
from engine.files import explain
from engine.folder import label_of
from engine.generate import BATCH, Generator, Latent
from engine.neighbours import nearest, squared_distances

#: Most of the way towards another picture, for a spread of 1.
_WAY = 0.4
#: Nearer to a picture than this share of the usual distance between neighbours is a copy of it.
_COPY = 0.3
#: More untypical than this is off the map (`oddness.untypical`).
_OFF = 1.5
#: How often a variant is tried, and by what a copy's spread grows and that of one off the map shrinks.
_TRIES, _BOLDER, _TIMIDER = 5, 1.5, 0.6
#: Share of the scatter that is the same in all directions: few pictures do not tell many directions apart.
_EVEN = 0.1


@dataclass(frozen=True)
class Plan:
    """What to draw: ``variants`` of each picture in ``folder``, as far from it as ``spread`` says (0: not at all,
    1: as far as pictures of one sub-folder lie apart), into ``target``, the same for the same ``seed``."""

    folder: Path
    model: str
    target: Path
    variants: int = 4
    spread: float = 1.0
    seed: int = 0
    overwrite: bool = False


def augment(
    plan: Plan, say: Callable[[Line], None], ended: Callable[[], bool] = lambda: False, device: str = "auto"
) -> Iterator[Drew]:
    """Draw the variants, one file after the other; those that stay copies or off the map are not written.

    ``say`` hears how it goes. Raises `DarkroomError` with one sentence, and `Cancelled`; what was drawn is kept.
    """
    _refuse(plan)
    atlas = explore(plan.folder, plan.model, say, ended, device, neighbours=False)
    if not atlas.drawable:
        raise ModelError(f"Model {atlas.model_name} cannot draw pictures from a latent, so it makes no variants.")
    eye, generator = eye_of(plan.model, device), Generator(plan.model, device)
    cloud = _Cloud(atlas, generator)
    jobs = [
        _Job(n, v, np.random.default_rng([plan.seed, n, v])) for n in range(len(atlas)) for v in range(plan.variants)
    ]
    targets = {(job.picture, job.number): _target(atlas, plan, job) for job in jobs}
    taken = next((path for path in targets.values() if path.exists()), None)
    if taken and not plan.overwrite:
        raise PhotoError(taken, "it already exists; --overwrite replaces it.")
    began = time.perf_counter()
    for start in range(0, len(jobs), BATCH):
        if ended():
            raise Cancelled
        part = jobs[start : start + BATCH]
        for job, latent, picture in _drawn(part, plan.spread, cloud, eye, generator):
            path = targets[job.picture, job.number]
            _save(picture, generator.recipe(latent), path, plan.overwrite)
            yield Drew(str(path), atlas.names[job.picture], cloud.label(job.picture))
        done = start + len(part)
        say(Step("draw", done, len(jobs), (time.perf_counter() - began) / done * (len(jobs) - done)))


@dataclass
class _Job:
    """One variant to draw."""

    picture: int
    number: int
    rng: np.random.Generator
    boldness: float = field(default=1.0)


class _Cloud:
    """Where pictures of each sub-folder lie, and how they scatter."""

    def __init__(self, atlas: Atlas, generator: Generator) -> None:
        self.names = [label_of(atlas.path(n), atlas.folder) for n in range(len(atlas))]
        _, self.labels = np.unique(self.names, return_inverse=True)
        self.space = atlas.space.astype(np.float64)
        shape = (len(atlas), *generator.model.card.config["deviation"])
        self.deviation = atlas.latents(np.arange(len(atlas)))[:, atlas.globe :].reshape(shape)
        self.usual_gap = float(np.sqrt(np.median(nearest(self.space, 1)[1])))
        self.typical = generator.model.card.typical
        means = np.stack([self.space[self.labels == label].mean(0) for label in range(self.labels.max() + 1)])
        apart = self.space - means[self.labels]
        scatter = apart.T @ apart / max(len(apart) - len(means), 1)
        even = _EVEN * np.trace(scatter) / len(scatter) + 1e-9
        self._scatter = np.linalg.cholesky((1 - _EVEN) * scatter + even * np.eye(len(scatter)))

    def label(self, picture: int) -> str:
        return self.names[picture]

    def near(self, job: _Job, spread: float) -> Latent:
        """A latent near a picture's, as far as ``spread`` says."""
        others = np.flatnonzero(
            (self.labels == self.labels[job.picture]) & (np.arange(len(self.labels)) != job.picture)
        )
        other = int(job.rng.choice(others)) if len(others) else job.picture
        # Every other variant stays beside its picture: towards others there is less and less variety.
        way = job.rng.uniform(0, min(_WAY * spread, 1)) if job.number % 2 else 0.0
        noise = spread * self._scatter @ job.rng.standard_normal(self.space.shape[1])
        globe = self.space[job.picture] + way * (self.space[other] - self.space[job.picture]) + noise
        detail = self.deviation[job.picture] + way * (self.deviation[other] - self.deviation[job.picture])
        return Latent(globe[None].astype(np.float32), detail[None].astype(np.float32))

    def judge(self, job: _Job, globe: np.ndarray, error: float, nats: float) -> float:
        """By what the spread is to change for the next try of what was drawn; 1 where it may stay."""
        gaps = squared_distances(globe[None].astype(np.float64), self.space)[0]
        closest = int(gaps.argmin())
        if np.sqrt(gaps[closest]) < _COPY * self.usual_gap:
            return _BOLDER
        if self.labels[closest] != self.labels[job.picture]:
            return _TIMIDER
        usual = self.typical or oddness.usual(np.array([error]), np.array([nats]), {})
        return _TIMIDER if oddness.untypical(np.array([error]), np.array([nats]), usual)[0] > _OFF else 1.0


def _drawn(
    jobs: list[_Job], spread: float, cloud: _Cloud, eye: Eye, generator: Generator
) -> Iterator[tuple[_Job, Latent, np.ndarray]]:
    """The variants that are neither copies nor off the map, with their latents, in the order of the jobs."""
    kept: dict[int, tuple[_Job, Latent, np.ndarray]] = {}
    for _ in range(_TRIES):
        waiting = [n for n in range(len(jobs)) if n not in kept]
        if not waiting:
            break
        tried = [cloud.near(jobs[n], spread * jobs[n].boldness) for n in waiting]
        pictures = np.concatenate([generator.decode(latent) for latent in tried])
        sight = eye.look(pictures)
        for place, n in enumerate(waiting):
            globe = sight.latent[place, : eye.globe]
            verdict = cloud.judge(jobs[n], globe, float(sight.error[place].mean()), float(sight.nats[place]))
            if verdict == 1.0:
                kept[n] = jobs[n], tried[place], pictures[place]
            jobs[n].boldness *= verdict
    return iter([kept[n] for n in sorted(kept)])


def _refuse(plan: Plan) -> None:
    """Refuse a target that would become part of what is learnt from."""
    folder, target = plan.folder.resolve(), plan.target.resolve()
    if target == folder or folder in target.parents:
        raise DarkroomError(
            f"{plan.target}: variants beside their originals would be taken for pictures of the folder."
        )


def _target(atlas: Atlas, plan: Plan, job: _Job) -> Path:
    """The file of a variant: the original's sub-folder and name, and a number."""
    original = Path(atlas.names[job.picture])
    # The suffix stays in the name: a.jpg and a.png have variants of their own.
    return plan.target / original.with_name(f"{original.name.replace('.', '-')}-variant-{job.number + 1}.png")


def _save(picture: np.ndarray, recipe: recipes.Recipe, path: Path, overwrite: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DarkroomError(f"{path.parent.name}: {explain(error, writing=True)}.") from error
    recipes.save(picture, recipe, path, overwrite)
