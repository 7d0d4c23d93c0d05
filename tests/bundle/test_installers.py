"""What the installers say of the program, without making one."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from engine.formats import READABLE

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "installers" / "linux"
#: Kinds of photos that other programs may offer to open with ours.
KINDS = {"jpeg", "png", "tiff", "webp", "heif", "heic", "avif", "bmp", "gif"}


def test_the_desktop_is_told_of_every_kind_that_is_read() -> None:
    entry = (LINUX / "latent-darkroom.desktop").read_text(encoding="utf-8")
    kinds = re.search(r"^MimeType=(.*)$", entry, re.MULTILINE)
    assert kinds and {kind.removeprefix("image/") for kind in kinds[1].strip(";").split(";")} == KINDS
    setup = (ROOT / "installers" / "windows" / "latent-darkroom.iss").read_text(encoding="utf-8")
    offered = set(re.findall(r"#emit Photo\(\"(.*)\"\)", setup))
    assert offered <= READABLE and {".jpg", ".heic", ".tif", ".avif", ".png", ".webp", ".bmp", ".gif"} <= offered
    assert offered == set(re.findall(r"#emit Open\(\"(.*)\"\)", setup))


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    about = (LINUX / "latent-darkroom.metainfo.xml").read_text(encoding="utf-8")
    assert re.findall(r'<release version="([^"]+)"', about)[0] == version


def test_a_mac_is_asked_for_no_more_than_python_needs() -> None:
    asked = plistlib.loads((ROOT / "installers" / "macos" / "entitlements.plist").read_bytes())
    assert asked and all(key.startswith("com.apple.security.cs.") for key in asked)


@pytest.mark.parametrize("tool", [
    ["desktop-file-validate", "latent-darkroom.desktop"],
    ["appstreamcli", "validate", "--no-net", "latent-darkroom.metainfo.xml"],
], ids=lambda tool: tool[0])  # fmt: skip
def test_the_tools_of_the_desktop_have_nothing_to_say(tool: list[str]) -> None:
    if not shutil.which(tool[0]):
        pytest.skip(f"there is no {tool[0]}")
    done = subprocess.run(tool, cwd=LINUX, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def bundle(folder: Path) -> None:
    """A tree like this one, whose bundle is a script that says with what it was called."""
    for name in ("installers", "assets/icons"):
        shutil.copytree(ROOT / name, folder / name)
    program = folder / "dist" / "latent-darkroom-light" / "latent-darkroom"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho called with "$@"\n')
    program.chmod(0o755)


@pytest.mark.skipif(not shutil.which("bash"), reason="the recipe is a script for bash")
def test_the_folder_of_an_appimage_starts_the_program(tmp_path: Path) -> None:
    bundle(tmp_path)
    run = ["bash", str(tmp_path / "installers" / "linux" / "appimage.sh"), "light"]
    done = subprocess.run(run, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "dist" / "latent-darkroom-light.AppDir"
    started = subprocess.run([folder / "AppRun", "a b.jpg"], capture_output=True, text=True, check=True)
    assert started.stdout == "called with a b.jpg\n"
    for name in ("latent-darkroom.desktop", "latent-darkroom.svg", ".DirIcon", "usr/bin/latent-darkroom"):
        assert (folder / name).resolve().is_file(), name
    icon = folder / "usr" / "share" / "icons" / "hicolor" / "256x256" / "apps" / "latent-darkroom.png"
    assert Image.open(icon).size == (256, 256)
