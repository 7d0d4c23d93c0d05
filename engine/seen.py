"""What a model saw in the pictures of a folder: fixed-size records in files that only grow.

    with seen.Writer(folder, length=576) as writer:
        writer.add(records)
    store = seen.Store(folder)
    store.thumbnails(np.array([0, 5]))

Every run of `explore` appends to a file of its own, so that two of them in one folder do not meet and a
run that dies loses nothing but its last torn record. A record belongs to the content of a picture's file
and not to its name: a renamed picture is known again. Files of another version are told by their head.
"""

from __future__ import annotations

import contextlib
import secrets
import types
import zlib
from pathlib import Path

import numpy as np

#: Changes whenever the meaning of a record does.
VERSION = 1
#: Side of the thumbnails and of the heat maps in a record.
THUMBNAIL, HEAT = 48, 16
#: Numbers of a picture that `engine.oddness` compares, where a model gives some.
TRAITS = 9
_PATTERN = "seen-*.bin"
_HEAD = 64
_MAGIC = b"latent-darkroom seen"


def record(length: int) -> np.dtype:
    """One picture as a model with ``length`` latent numbers saw it.

    ``content`` is the BLAKE2b hash of the file; ``width`` and ``height`` are of the upright picture; ``error`` is
    the mean squared error of values in [0, 1], ``nats`` the KL, ``traits`` what `Sight` says, ``hash`` the perceptual
    hash (`engine.folder`), ``heat`` the error's place (see `Store.heats`).
    """
    return np.dtype(
        [
            ("content", "u1", 16),
            ("width", "<u4"),
            ("height", "<u4"),
            ("error", "<f4"),
            ("nats", "<f4"),
            ("traits", "<f4", TRAITS),
            ("hash", "<u8"),
            ("heat", "u1", (HEAT, HEAT)),
            ("thumbnail", "u1", (THUMBNAIL, THUMBNAIL, 3)),
            ("latent", "<f2", length),
            ("check", "<u4"),
        ]
    )


class Writer:
    """Appends records to a file of its own. Raises OSError."""

    def __init__(self, folder: Path, length: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.kind = record(length)
        self.path = folder / f"seen-{secrets.token_hex(6)}.bin"
        # With its head from the first moment on: another run that met a file without one would take it for outdated.
        begun = self.path.with_suffix(".new")
        begun.write_bytes(_head(length))
        begun.rename(self.path)
        self._file = self.path.open("ab")
        self.count = 0

    def add(self, records: np.ndarray) -> None:
        """Append ``records`` [N] of `kind` and see that they reach the disk."""
        records["check"] = [_check(one) for one in records]
        self._file.write(records.tobytes())
        self._file.flush()
        self.count += len(records)

    def close(self) -> None:
        """Close the file; an empty one is removed."""
        self._file.close()
        if not self.count:
            with contextlib.suppress(OSError):
                self.path.unlink()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: types.TracebackType | None) -> None:
        self.close()


class Store:
    """The records of a folder, mapped into memory: only what is looked at is read.

    ``outdated`` says that there are files of another version, ``torn`` how many records were cut short or damaged
    (found by `proved`). A row is the number of a record over all files.
    """

    def __init__(self, folder: Path, names: list[str] | None = None) -> None:
        self.folder = folder
        self.files: list[Path] = []
        self._parts: list[np.ndarray] = []
        self.outdated = False
        found = sorted(folder.glob(_PATTERN)) if names is None else [folder / name for name in names]
        for path in found:
            part = _mapped(path)
            if part is None:
                self.outdated = True
            elif len(part) and (not self._parts or part.dtype == self._parts[0].dtype):
                self.files.append(path)
                self._parts.append(part)
        self._starts = np.cumsum([0, *(len(part) for part in self._parts)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def rows(self, rows: np.ndarray, field: str) -> np.ndarray:
        """One field of the records ``rows`` [n], in their order."""
        rows = np.asarray(rows, np.int64)
        which = np.searchsorted(self._starts, rows, side="right") - 1
        out = np.empty((len(rows), *self._parts[0].dtype[field].shape), self._parts[0].dtype[field].base)
        for number in np.unique(which):
            mine = which == number
            out[mine] = self._parts[number][field][rows[mine] - self._starts[number]]
        return out

    def thumbnails(self, rows: np.ndarray) -> np.ndarray:
        """[n, 48, 48, 3] uint8: the pictures as the model saw them, made small."""
        return self.rows(rows, "thumbnail")

    def heats(self, rows: np.ndarray) -> np.ndarray:
        """[n, 16, 16] uint8: how far off the model draws each place, four steps to a level of the 8-bit scale
        (root mean square), at most 255."""
        return self.rows(rows, "heat")

    def latents(self, rows: np.ndarray) -> np.ndarray:
        """[n, L] float32."""
        return self.rows(rows, "latent").astype(np.float32)

    def whole(self) -> np.ndarray:
        """Which records [N] are as they were written."""
        return np.array([_check(one) == one["check"] for part in self._parts for one in part], bool)


def remove_outdated(folder: Path) -> None:
    """Remove the files of other versions; what cannot be removed is left."""
    for path in folder.glob(_PATTERN):
        if _mapped(path) is None:
            with contextlib.suppress(OSError):
                path.unlink()


def _mapped(path: Path) -> np.ndarray | None:
    """The whole records of a file; None for one of another version, or none of ours."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        size = path.stat().st_size
        length = _length(head)
        if length is None:
            return None
        kind = record(length)
        count = (size - _HEAD) // kind.itemsize
        if not count:
            return np.empty(0, kind)
        return np.memmap(path, kind, "r", _HEAD, count)
    except OSError:
        return np.empty(0, record(1))


def _head(length: int) -> bytes:
    return _MAGIC.ljust(32, b"\0") + b"".join(
        n.to_bytes(8, "little") for n in (VERSION, length, record(length).itemsize)
    ).ljust(32, b"\0")


def _length(head: bytes) -> int | None:
    length = int.from_bytes(head[40:48], "little")
    return length if 0 < length < 1 << 20 and head == _head(length) else None


def _check(one: np.void) -> int:
    return zlib.crc32(one.tobytes()[:-4])
