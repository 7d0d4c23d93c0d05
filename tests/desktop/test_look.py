"""One scale of spaces and type in the whole window, and pictures that are sharp on any screen."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop import scale, theme

ROOT = Path(__file__).resolve().parents[2]
SPACING = ("setContentsMargins", "setSpacing", "addSpacing", "setHorizontalSpacing", "setVerticalSpacing")


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a method in the window's source, and where it is."""
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_all_spaces_are_of_one_scale() -> None:
    strange = [
        (place, part.value)
        for place, call in calls(*SPACING)
        for argument in call.args
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and part.value not in scale.SPACES
    ]
    assert strange == []


def test_all_type_is_of_one_scale() -> None:
    places = {place.split(":")[0] for place, _ in calls("setPointSizeF", "setPointSize", "setPixelSize")}
    assert places <= {str(Path("desktop/scale.py"))}


def test_the_apps_icon_is_there_for_every_system(qapp) -> None:
    assert {16, 32, 48, 256, 512, 1024} <= {size.width() for size in theme.app_icon().availableSizes()}
    with Image.open(theme.ICONS / "app.ico") as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= icon.info["sizes"]
    with Image.open(theme.ICONS / "app.icns") as icon:
        assert {(16, 16, 2), (32, 32, 2), (512, 512, 1), (512, 512, 2)} <= set(icon.info["sizes"])


@pytest.mark.parametrize("factor", ["1", "1.5", "2", "3"])
def test_every_tab_is_sharp_and_whole_on_a_screen_of_any_fineness(factor: str) -> None:
    script = Path(__file__).with_name("sharp_screen.py")
    alone = os.environ | {"QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], env=alone, cwd=ROOT, capture_output=True, text=True, check=True)
    wrong = json.loads(done.stdout.splitlines()[-1])
    assert {tab: faults for tab, faults in wrong.items() if faults} == {}
