"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: Only these parts of the engine may need torch or onnx.
TRAINING = ("engine/nets/", "engine/training/", "engine/importers/")
#: Commands that reach for those parts once they are called, and say so where torch is missing.
REACHING = ("engine/cli_finetune.py", "engine/cli_models.py")


def imports(path: Path) -> set[str]:
    """Every module a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def packages(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", files("desktop"), ids=lambda p: p.name)
def test_the_window_knows_no_networks(path: Path) -> None:
    assert not packages(path) & {"torch", "onnxruntime", "onnx"}


@pytest.mark.parametrize("path", files("engine"), ids=lambda p: p.name)
def test_the_engine_knows_no_window_and_inference_no_torch(path: Path) -> None:
    assert not packages(path) & {"PySide6", "desktop"}
    if not path.relative_to(ROOT).as_posix().startswith(TRAINING):
        assert not packages(path) & {"torch", "onnx", "onnxscript"}
        reaching = path.relative_to(ROOT).as_posix() in REACHING
        known = imports_at_the_top(path) if reaching else imports(path)
        assert not [n for n in known if n.startswith(("engine.nets", "engine.training", "engine.importers"))]


def test_no_circles_of_imports() -> None:
    graph = {}
    for path in files("engine") + files("desktop"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[name] = imports_at_the_top(path)
    graph = {name: {t for t in targets if t in graph and t != name} for name, targets in graph.items()}

    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for target in graph[name]:
                visit(target, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def imports_at_the_top(path: Path) -> set[str]:
    """Every module that is loaded with a file."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {name for node in body if isinstance(node, ast.Import | ast.ImportFrom) for name in imports_of(node)}


def imports_of(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    modules = {f"{node.module}.{alias.name}" for alias in node.names}
    # ``from engine import photo`` needs the module photo, and the package that was there before it.
    return modules | ({node.module} if node.module and node.module not in ("engine", "desktop") else set())


def test_files_stay_short() -> None:
    for path in files("engine") + files("desktop") + files("benchmarks"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_nothing_is_unpickled() -> None:
    for path in files("engine") + files("desktop") + files("benchmarks"):
        text = path.read_text(encoding="utf-8")
        assert "pickle" not in imports(path), path
        for line in text.splitlines():
            if "torch.load(" in line:
                assert "weights_only=True" in line, path


BARRED = "import sys; sys.modules['torch'] = None; sys.modules['onnx'] = None\n"


def test_the_engine_and_a_restoration_need_no_torch(tmp_path: Path, picture) -> None:
    from PIL import Image

    Image.fromarray(picture).save(tmp_path / "photo.png")
    program = BARRED + "import engine; from engine.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "restore", str(tmp_path / "photo.png"), "-o", str(tmp_path / "out.png")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert Image.open(tmp_path / "out.png").size == (picture.shape[1], picture.shape[0])
