"""What the self-test of a device said, kept for the versions of card, driver and runtime it was made with.

A test on a GPU loads hundreds of megabytes of libraries; what passed once with the same driver passes again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import platformdirs

from engine.files import replacing
from engine.graphics import Graphics, versions


class Verdict(msgspec.Struct, frozen=True):
    """Whether a device works and why, in words; ``mend`` is one sentence or empty."""

    works: bool
    reason: str
    mend: str = ""


def file() -> Path:
    """Where verdicts are kept."""
    return Path(platformdirs.user_cache_dir("latent-darkroom", appauthor=False)) / "devices.json"


def key(kind: str, card: Graphics | None) -> str:
    """What a verdict holds for: the kind of device first, then a digest of all versions that matter."""
    import onnxruntime as ort

    matter = [card.name, card.driver] if card else []
    text = "\n".join([*matter, ort.__version__, *versions()])
    return f"{kind} {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def kept(which: str) -> Verdict | None:
    """The verdict under a key, if there is one."""
    return _read().get(which)


def keep(which: str, verdict: Verdict) -> None:
    """Keep a verdict that works; one that does not is asked again at the next start, which may mend it."""
    if verdict.works:
        _write(_read() | {which: verdict})


def forget(kind: str) -> None:
    """Forget every verdict on a kind of device."""
    known = _read()
    left = {which: verdict for which, verdict in known.items() if which.split(" ")[0] != kind}
    if left != known:
        _write(left)


def _read() -> dict[str, Verdict]:
    try:
        return msgspec.json.decode(file().read_bytes(), type=dict[str, Verdict])
    except (OSError, msgspec.DecodeError):
        return {}


def _write(known: dict[str, Verdict]) -> None:
    try:
        file().parent.mkdir(parents=True, exist_ok=True)
        with replacing(file(), overwrite=True) as out:
            out.write(msgspec.json.encode(known))
    except OSError:
        return  # then the test is made again
