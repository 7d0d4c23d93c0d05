"""The program's own test of itself, which every bundle has to pass."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def self_test(tmp_path: Path, *before: str) -> tuple[int, dict]:
    script = "; ".join([*before, "from desktop.__main__ import main", "sys.exit(main(['--self-test']))"])
    # Beside a guard: the engine's process begins by importing this file.
    program = tmp_path / "program.py"
    program.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nif __name__ == '__main__':\n    {script}\n")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, cwd=ROOT, check=False)
    return done.returncode, json.loads(done.stdout)


def test_everything_works_and_is_said(tmp_path: Path) -> None:
    # Learning takes a minute: `make bundle-test EDITION=full` goes through it.
    code, report = self_test(tmp_path, "import engine.edition as e; e.is_full = lambda: False")
    assert report["ok"], report["details"]
    assert code == 0
    assert report["engine_stopped"]
    assert "models" in report["tabs"] and "restore" in report["tabs"]
    assert report["restored"]["error_after"] < report["restored"]["error_before"]
    assert report["drawn"]["change"] > 0
    assert any(device["chosen"] for device in report["devices"])


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    hide = "from pathlib import Path; import engine.catalog as c; c.shipped = lambda: Path('/nowhere')"
    alone = "import platformdirs; platformdirs.user_data_dir = lambda *a, **k: '/nowhere'"
    faster = "import desktop.self_test as s; s.PATIENCE = 30"
    code, report = self_test(tmp_path, hide, alone, faster)
    assert code == 1
    assert not report["ok"]
    assert report["trouble"]
