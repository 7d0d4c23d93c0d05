"""What Explore is measured beside: PCA, a plain autoencoder, scikit-learn's, and a small classifier."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.bench import Bench
from engine.frame import framed

#: Minutes of training for each autoencoder, and steps for each classifier.
MINUTES, STEPS = 1.0, 2500
#: Components that PCA keeps to draw pictures again.
_KEPT = 64

#: Gives each of some pictures its error.
Coder = Callable[[np.ndarray], np.ndarray]


def square(picture: np.ndarray, side: int) -> np.ndarray:
    """[side, side, 3] uint8."""
    return picture if picture.shape == (side, side, 3) else framed(picture, side)


def area(odd: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC: the chance that an odd one scores higher than another."""
    from sklearn.metrics import roc_auc_score  # pyright: ignore[reportMissingImports]

    return float(roc_auc_score(odd, score))


def pca(rows: np.ndarray, count: int) -> np.ndarray:
    """The strongest principal components [N, count] of rows [N, D]."""
    from sklearn.decomposition import PCA  # pyright: ignore[reportMissingImports]

    return PCA(count, svd_solver="randomized", random_state=0).fit_transform(rows)


def pca_error(pictures: np.ndarray) -> np.ndarray:
    """How far PCA, fitted to these very pictures, draws each wrong."""
    from sklearn.decomposition import PCA  # pyright: ignore[reportMissingImports]

    step = max(1, pictures.shape[1] // 32)
    rows = pictures[:, ::step, ::step].reshape(len(pictures), -1) / 255.0
    fitted = PCA(_KEPT, svd_solver="randomized", random_state=0).fit(rows)
    return np.square(rows - fitted.inverse_transform(fitted.transform(rows))).mean(1)


def forest(latents: np.ndarray) -> np.ndarray:
    """scikit-learn's IsolationForest, fitted to these very latents."""
    from sklearn.ensemble import IsolationForest  # pyright: ignore[reportMissingImports]

    return -IsolationForest(random_state=0).fit(latents).score_samples(latents)


def autoencoder(bench: Bench, model: str, pictures: np.ndarray) -> Coder:
    """A plain autoencoder as large as a model, trained on pictures for `MINUTES`; gives pictures' errors."""
    import torch
    from safetensors import safe_open

    from benchmarks import plain
    from engine import catalog

    bench.say(f"a plain autoencoder as large as {model}: {MINUTES:g} minutes")
    torch.set_num_threads(bench.threads)
    with safe_open(catalog.folders()[model] / catalog.WEIGHTS, "numpy") as weights:
        count = sum(int(np.prod(weights.get_slice(name).get_shape())) for name in weights.keys())  # noqa: SIM118
    torch.manual_seed(0)
    vae = plain.as_large_as(count, pictures.shape[1], 64)
    plain.train(vae, torch.from_numpy(pictures).permute(0, 3, 1, 2).contiguous(), MINUTES, beta=0.0)

    def error(seen: np.ndarray) -> np.ndarray:
        gap = plain.redraw(vae, seen).astype(np.float32) - seen
        return np.square(gap).mean((1, 2, 3))

    return error


def regression(pictures: np.ndarray, names: np.ndarray, unknown: np.ndarray, truth: np.ndarray) -> float:
    """Share of unknown pictures that logistic regression on pixels reads right."""
    from sklearn.linear_model import LogisticRegression  # pyright: ignore[reportMissingImports]

    return float((LogisticRegression(max_iter=500).fit(pictures, names).predict(unknown) == truth).mean())


@dataclass
class Classifier:
    """A small convolutional network, taught anew by every call and asked about the same pictures."""

    unknown: np.ndarray
    truth: np.ndarray

    def __call__(self, pictures: np.ndarray, names: np.ndarray) -> float:
        """Share that is read right, after `STEPS` steps on grey ``pictures`` [N, 32, 32, 3] uint8; mean of two."""
        return float(np.mean([self._taught(pictures, names, seed) for seed in range(2)]))

    def _taught(self, pictures: np.ndarray, names: np.ndarray, seed: int) -> float:
        import torch
        from torch import nn

        torch.manual_seed(seed)
        layers = (nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(), nn.Flatten())
        network = nn.Sequential(*layers, nn.Dropout(0.3), nn.Linear(32 * 64, 10))
        adam, rng = torch.optim.Adam(network.parameters(), 1e-3, weight_decay=1e-4), np.random.default_rng(seed)
        x, y = _grey(pictures), torch.from_numpy(names.astype(np.int64))
        for _ in range(STEPS):
            some = rng.integers(0, len(x), 64)
            loss = nn.functional.cross_entropy(network(x[some]), y[some])
            adam.zero_grad()
            loss.backward()
            adam.step()
        network.eval()
        with torch.no_grad():
            answers = torch.cat([network(part).argmax(1) for part in _grey(self.unknown).split(500)]).numpy()
        return float((answers == self.truth).mean())


def _grey(pictures: np.ndarray):
    import torch

    return torch.from_numpy(np.ascontiguousarray(pictures[..., 0])).float()[:, None] / 255


def read_digits(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Digits [N, 28, 28] uint8 and labels [N], from the idx format of MNIST."""

    def content(pattern: str) -> bytes:
        path = next(folder.glob(pattern))
        return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()

    images = np.frombuffer(content("*idx3-ubyte*"), np.uint8, offset=16).reshape(-1, 28, 28)
    return images, np.frombuffer(content("*idx1-ubyte*"), np.uint8, offset=8)


def fruit_labels(archive: Path) -> tuple[np.ndarray, np.ndarray]:
    """Kind and variety of every fruit, as numbers, in the order of the names."""
    with zipfile.ZipFile(archive) as file:
        folders = [name.split("/")[1] for name in sorted(file.namelist()) if name.endswith(".jpg")]
    kinds = [folder.split("-")[0] for folder in folders]
    return tuple(np.unique(names, return_inverse=True)[1] for names in (kinds, folders))  # pyright: ignore[reportReturnType]
