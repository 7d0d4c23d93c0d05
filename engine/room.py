"""How large tiles may be on a device: remembered once memory ran out, so that it does not again.

What a GPU has is its own, and holds for the next start too; the computer's memory is shared with
whatever else runs, so there it is remembered only until the program ends.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import platformdirs

from engine.devices import Device
from engine.files import replacing

#: Smaller tiles would be little but halo. Where even they do not fit the memory is full of something else, which
#: may not be so the next time.
LEAST = 0.1

_now: dict[str, float] = {}


def file() -> Path:
    """Where the shares are kept."""
    return Path(platformdirs.user_cache_dir("latent-darkroom", appauthor=False)) / "room.json"


def known(device: Device, model: str) -> float:
    """The share of the usual size that a tile of ``model`` may have on ``device``, at most 1."""
    key = _key(device, model)
    if key not in _now and device.id != "cpu":
        _now[key] = _read().get(key, 1.0)
    return _now.get(key, 1.0)


def remember(device: Device, model: str, share: float) -> None:
    """A larger share did not fit."""
    key = _key(device, model)
    _now[key] = share
    if device.id == "cpu":
        return
    try:
        file().parent.mkdir(parents=True, exist_ok=True)
        with replacing(file(), overwrite=True) as out:
            out.write(msgspec.json.encode(_read() | {key: share}))
    except OSError:
        return  # then it is found out again


def _key(device: Device, model: str) -> str:
    return f"{device.name} {device.memory} {model}"


def _read() -> dict[str, float]:
    try:
        kept = msgspec.json.decode(file().read_bytes(), type=dict[str, float])
    except (OSError, msgspec.DecodeError):
        return {}
    return {key: min(max(share, LEAST), 1.0) for key, share in kept.items()}
