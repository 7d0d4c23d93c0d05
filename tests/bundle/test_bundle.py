"""What makes and checks the bundle, without building one."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from bundle import check
from bundle.notices import notices

REPORT = {"ok": True, "bundle": True, "engine_stopped": True, "versions": {"torch": None}}


def test_notices_name_every_package_with_its_licence() -> None:
    text = notices(["numpy.linalg", "PySide6.QtCore", "msgspec", "desktop.window", "no_such_module"])
    for words in ("numpy ", "PySide6_Essentials ", "msgspec ", "GNU Lesser General Public License", "Python 3."):
        assert words in text
    assert "Redistribution and use in source and binary forms" in text  # numpy's whole licence
    assert "TERMS AND CONDITIONS" in text  # of Qt's licence, which its wheel does not bring
    assert "pytest" not in text and "latent-darkroom 0" not in text


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like a bundle whose program is a script that prints a report."""
    monkeypatch.setattr(check, "ROOT", tmp_path)
    program = check.program("light")
    for name in check.INSIDE:
        path = program.parent / "_internal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    says(program, REPORT)
    return program


def says(program: Path, report: dict) -> None:
    text = json.dumps(report)
    program.write_text(f"#!{sys.executable}\nimport sys\nassert sys.argv[1:] == ['--self-test']\nprint({text!r})\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
def test_a_good_bundle_and_bad_ones_are_told_apart(dist: Path) -> None:
    assert check.examine("light") == []
    says(dist, {**REPORT, "ok": False, "trouble": "no model"})
    assert check.examine("light") == ["The self-test failed: no model"]
    says(dist, {**REPORT, "versions": {"torch": "2.13.0"}, "engine_stopped": False})
    assert len(check.examine("light")) == 2
    dist.write_text(f"#!{sys.executable}\nraise SystemExit('libQt is missing')\n")
    assert "libQt is missing" in check.examine("light")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
def test_what_is_missing_or_too_large_is_said(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (dist.parent / "_internal" / "LICENSE").unlink()
    (dist.parent / "_internal" / "torch").mkdir()
    monkeypatch.setitem(check.LARGEST, "light", 0)
    assert [fault.split()[0] for fault in check.examine("light")] == ["LICENSE", "It", "torch"]
    assert "make bundle EDITION=full" in check.examine("full")[0]
