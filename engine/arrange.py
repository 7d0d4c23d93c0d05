"""From what a model saw in every picture to the map of the folder: positions, groups, clusters, neighbours, oddness.

The map by principal components is there at once. The map by neighbours (t-SNE: van der Maaten and Hinton,
Visualizing Data using t-SNE, 2008; in the form of Poličar, Stražar and Zupan, openTSNE, 2024) takes a minute
for thousands of pictures and needs the library openTSNE, which is an optional part.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable

import numpy as np

from engine import known, oddness
from engine.atlas import KNOWN, NEAREST
from engine.errors import Cancelled
from engine.neighbours import group_means, nearest, parts, spread_out, squared_distances
from engine.seen import THUMBNAIL, Store

#: Most clusters that are tried; pictures on which their number is decided.
_MOST_CLUSTERS, _JUDGED = 12, 2000
#: Numbers that are kept of a longer latent for distances: its principal components.
_LONGEST = 96
#: Two pictures are copies up to so many different bits of their hashes, and up to this root of the mean squared
#: difference of their thumbnails, on the 8-bit scale (as in `folder.Likeness`).
_BITS, _DIFFERENCE = 6, 4.0
#: Neighbours whose distances the map by neighbours keeps, rounds of its two parts, and rounds between two reports.
_PERPLEXITY, _EARLY, _LATE, _REPORT = 30, 250, 500, 25
#: Pictures from which on several threads share the work on it.
_SHARED = 3000
#: By traits a picture is known well up to the first of these, and roughly up to the second.
_KNOWN_TO = (1.0, 2.0)
#: Weight of the place in the folder for the restoration model, whose pooled latents say little of what is alike.
_POOLED = 0.25
#: Fewest pictures that are worth a map by neighbours.
_FEWEST = 30


def arranged(store: Store, rows: np.ndarray, globe: int, numbers: int, typical: dict[str, list[float]]) -> dict:
    """The arrays of a map (see `atlas.Atlas`) of the pictures in ``rows`` of the store.

    ``globe`` latent numbers say what is alike; a picture has ``numbers`` numbers; ``typical`` may be empty.
    """
    seen, place = np.unique(rows, return_inverse=True)  # files of the same content are one picture here
    errors = store.rows(seen, "error").astype(np.float64)
    nats = store.rows(seen, "nats").astype(np.float64)
    usual = oddness.usual(errors, nats, typical)
    space = compared(store.rows(seen, "latent")[:, :globe].astype(np.float32))
    here = oddness.out_of_place(space)
    apart = known.bits_apart(errors, nats, numbers, usual)
    traits = store.rows(seen, "traits")
    strange, verdicts = strangeness(errors, nats, traits, numbers, typical)
    usual_bits = tuple(known.bits(e, n, numbers, usual) for e, n in zip(usual["error"], usual["nats"], strict=True))
    near = nearest_others(space)
    return {
        "usual_bits": usual_bits,
        "oddness": oddness.oddness(strange, here, weight_of(traits))[place],
        "out_of_place": here[place],
        "bits": np.stack(apart, axis=1)[place].astype(np.float32),
        "known": verdicts.astype(np.uint8)[place],
        "groups": alike(store, seen, place, near),
        "clusters": clusters(space)[place],
        "nearest": _of_files(near, place),
        "components": components(space)[place],
    }


def strangeness(
    errors: np.ndarray, nats: np.ndarray, traits: np.ndarray, numbers: int, typical: dict[str, list[float]]
) -> tuple[np.ndarray, np.ndarray]:
    """How untypical N pictures are for the model, and how well it knows them (indices into `KNOWN`), [N] each.

    ``traits`` [N, T] are all 0 for a model that has none.
    """
    if traits.any():
        strange = oddness.uncharacteristic(traits, typical)
        return strange, np.searchsorted(_KNOWN_TO, strange, side="left")
    usual = oddness.usual(errors, nats, typical)
    said = [known.judge(error, cost, numbers, usual).known for error, cost in zip(errors, nats, strict=True)]
    return oddness.untypical(errors, nats, usual), np.array([KNOWN.index(one) for one in said], np.int64)


def weight_of(traits: np.ndarray) -> float:
    """How much the place in the folder says beside `strangeness`: little where latents on a grid were pooled."""
    return _POOLED if traits.any() else 1.0


def compared(latents: np.ndarray) -> np.ndarray:
    """Latents [N, G] as distances are taken between them: a long one by its principal components."""
    around = latents - latents.mean(0)
    return around @ _axes(around, _LONGEST) if around.shape[1] > _LONGEST else around


def components(space: np.ndarray) -> np.ndarray:
    """The map by the two strongest principal components, [N, 2] in [0, 1]."""
    around = space - space.mean(0)
    return fitted(around @ _axes(around, 2))


def fitted(positions: np.ndarray) -> np.ndarray:
    """Positions [N, 2] moved and scaled alike in both directions into [0, 1]; the few far ones come nearer."""
    middle = np.median(positions, axis=0)
    reach = max(float(np.quantile(np.abs(positions - middle), 0.99)), 1e-9)
    scaled = (positions - middle) / reach
    # Straight up to 0.8 of the way to the border, then bent, so that no far one squeezes the rest.
    size = np.abs(scaled)
    bent = np.where(size > 0.8, 0.8 + 0.2 * np.tanh((size - 0.8) / 0.2), size)
    return (0.5 + 0.49 * np.sign(scaled) * bent).astype(np.float32)


def nearest_others(space: np.ndarray) -> np.ndarray:
    """The most similar others of each picture, nearest first, [N, k]."""
    count = min(NEAREST, len(space) - 1)
    if count < 1:
        return np.zeros((len(space), 0), np.int32)
    return nearest(space, count)[0].astype(np.int32)


def clusters(space: np.ndarray, seed: int = 0) -> np.ndarray:
    """The cluster of each picture [N]; the largest is 0.

    As many as stand best apart by the simplified silhouette (Hruschka et al., 2006: distance to the nearest
    other mean against that to the own), of the best of a few starts each.
    """
    rng = np.random.default_rng(seed)
    some = space[rng.choice(len(space), min(_JUDGED, len(space)), replace=False)].astype(np.float64)
    best, score = None, 0.0
    for count in range(2, min(_MOST_CLUSTERS, len(some) // 4) + 1):
        for _ in range(3):
            _, means = group_means(some, spread_out(some, count, rng))
            gaps = np.sqrt(np.partition(squared_distances(some, means), 1, axis=1)[:, :2])
            stands = float(np.mean(1 - gaps[:, 0] / np.maximum(gaps[:, 1], 1e-12)))
            if stands > score:
                best, score = means, stands
    if best is None:
        return np.zeros(len(space), np.int32)
    owner = np.concatenate(
        [squared_distances(part, best).argmin(1) for part in np.array_split(space, 16 + len(space) // 1000)]
    )
    sizes = np.bincount(owner, minlength=len(best))
    return np.argsort(np.argsort(-sizes, kind="stable"), kind="stable")[owner].astype(np.int32)


def alike(store: Store, seen: np.ndarray, place: np.ndarray, near: np.ndarray) -> np.ndarray:
    """The number of the group of copies that each file belongs to, -1 where there is none, [N].

    ``seen`` are the rows of M distinct pictures, ``place`` [N] which of them a file is, ``near`` [M, k] the most
    similar others: copies are looked for among those, lest thousands of pictures of one kind are all compared.
    """
    small = np.concatenate([_tiny(store.thumbnails(part)) for part in parts(seen)])
    hashes = store.rows(seen, "hash")
    first = np.arange(len(seen))
    for column in near.T:
        hinted = np.flatnonzero(np.bitwise_count(hashes ^ hashes[column]) <= _BITS)
        gap = small[hinted] - small[column[hinted]]
        same = hinted[np.sqrt(np.square(gap).mean(1)) < _DIFFERENCE]
        for one, other in zip(same, column[same], strict=True):
            first[first == max(first[one], first[other])] = min(first[one], first[other])
    _, group, size = np.unique(first[place], return_inverse=True, return_counts=True)
    numbers = np.full(len(size), -1)
    numbers[size > 1] = np.arange((size > 1).sum())
    return numbers[group].astype(np.int32)


def _tiny(thumbnails: np.ndarray) -> np.ndarray:
    """Thumbnails [n, 48, 48, 3] as rows of 16 x 16 places without their mean: a lighter copy is the same picture."""
    count, side = len(thumbnails), THUMBNAIL // 16
    places = thumbnails.reshape(count, 16, side, 16, side, 3).mean((2, 4), dtype=np.float32)
    return (places - places.mean((1, 2), keepdims=True)).reshape(count, -1)


def has_neighbour_map() -> bool:
    """Whether the library for it is installed."""
    return importlib.util.find_spec("openTSNE") is not None


def by_neighbours(
    space: np.ndarray, threads: int, on_round: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> np.ndarray | None:
    """The map by neighbours, [N, 2] in [0, 1], begun from the principal components; None for a handful of pictures.

    ``on_round`` hears how many of how many rounds are done. Raises `Cancelled`.
    """
    if len(space) < _FEWEST:
        return None
    # Threads that wait for each other without sleeping come to a standstill where others work, too.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import openTSNE  # pyright: ignore[reportMissingImports]

    total, stopped, done = _EARLY + _LATE, False, 0

    def report(*_: object) -> bool:
        nonlocal stopped, done
        done += _REPORT
        on_round(min(done, total), total)
        stopped = cancelled()
        return stopped

    around = space - space.mean(0)
    first = around @ _axes(around, 2)
    method = openTSNE.TSNE(
        perplexity=min(_PERPLEXITY, (len(space) - 1) // 3),
        initialization=first / np.maximum(first[:, 0].std(), 1e-9) * 1e-4,
        early_exaggeration_iter=_EARLY,
        n_iter=_LATE,
        n_jobs=threads if len(space) >= _SHARED else 1,
        random_state=0,
        callbacks=[report],
        callbacks_every_iters=_REPORT,
    )
    found = np.asarray(method.fit(space.astype(np.float64)))
    if stopped:
        raise Cancelled
    return fitted(found)


def _axes(around: np.ndarray, count: int) -> np.ndarray:
    """The strongest principal axes [D, count] of centred rows [N, D]; with zeros where there are fewer."""
    strength, axes = np.linalg.eigh(around.T @ around)
    axes = axes[:, np.argsort(-strength)[:count]]
    # An axis has no sign of its own: the same pictures are to lie the same way on every computer.
    axes = axes * np.where(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])] < 0, -1, 1)
    return np.pad(axes, ((0, 0), (0, count - axes.shape[1]))).astype(around.dtype)


def _of_files(near: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Neighbours among distinct pictures [M, k] as neighbours among files [N, k]."""
    first = np.zeros(len(near), np.int32)
    first[place[::-1]] = np.arange(len(place))[::-1]
    return first[near][place].astype(np.int32)
