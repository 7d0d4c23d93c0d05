"""``python -m bundle.check light|full``: is the bundle in ``dist`` whole, small enough, and does it work alone?

It runs the program's own self-test from another folder, with an empty home and nothing of this shell's
environment, so that it cannot lean on the Python it was built with.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Megabytes that an edition may take on the disk.
LARGEST = {"light": 350, "full": 1200}
#: What lies in every bundle.
INSIDE = (
    *("models/photo-restore/model.json", "assets/icons/app.svg", "LICENSE", "NOTICES.txt"),
    *("engine/proof.onnx", "engine/pixels.onnx"),
    *("assets/samples/README.md", "assets/translations/latent-darkroom_zh_CN.qm"),
)
#: Seconds that the self-test may take.
PATIENCE = 600


def program(edition: str) -> Path:
    """The file that is double-clicked."""
    folder = ROOT / "dist" / f"latent-darkroom-{edition}"
    return folder / ("latent-darkroom.exe" if sys.platform == "win32" else "latent-darkroom")


def megabytes(folder: Path) -> float:
    """On the disk; a link takes no room."""
    return sum(f.lstat().st_size for f in folder.rglob("*") if not f.is_dir() or f.is_symlink()) / 1e6


def examine(edition: str) -> list[str]:
    """What is wrong, one sentence each."""
    path = program(edition)
    if not path.is_file():
        return [f"There is no {path.relative_to(ROOT)}: make bundle EDITION={edition} makes it."]
    inside = path.parent / "_internal"
    wrong = [f"{name} is missing." for name in INSIDE if not (inside / name).is_file()]
    size = megabytes(path.parent)
    print(f"{edition}: {size:.0f} MB")
    if size > LARGEST[edition]:
        wrong.append(f"It takes {size:.0f} MB, and may take {LARGEST[edition]}.")
    if edition == "light" and (inside / "torch").exists():
        wrong.append("torch is in the light edition.")
    return wrong + self_test(path, edition)


def self_test(path: Path, edition: str) -> list[str]:
    """What the program says of itself."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR", "LANG") if name in os.environ}
        alone = kept | {"HOME": home, "USERPROFILE": home, "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen"}
        run = [str(path), "--self-test"]
        done = subprocess.run(run, cwd=home, env=alone, capture_output=True, text=True, timeout=PATIENCE, check=False)
    print(done.stdout)
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        return [f"The self-test ended with {done.returncode} and said: {done.stderr.strip()[-2000:]}"]
    wrong = [] if report["ok"] and done.returncode == 0 else [f"The self-test failed: {report.get('trouble')}"]
    if (report["versions"]["torch"] is None) != (edition == "light"):
        wrong.append(f"The version of torch is {report['versions']['torch']}.")
    if not report["bundle"] or not report.get("engine_stopped"):
        wrong.append("It did not run as a bundle, or its engine did not stop.")
    if edition == "full" and not (report.get("learnt") and report.get("imported")):
        wrong.append("No lesson was tried, or no import.")
    return wrong


if __name__ == "__main__":
    faults = examine(sys.argv[1])
    for fault in faults:
        print(fault, file=sys.stderr)
    raise SystemExit(1 if faults else 0)
