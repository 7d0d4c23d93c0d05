"""Nothing goes to the network: the whole program at work, watched from inside and, where that can be, from outside."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Every Python process of the run begins with this: to reach for the network is noted, and fails.
GUARD = """
import os, sys

def _look(event, arguments):
    reached = event in ("socket.getaddrinfo", "socket.gethostbyname") or (
        event in ("socket.connect", "socket.sendto", "socket.bind") and not isinstance(arguments[1], (str, bytes))
    )
    if reached:
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {arguments[1:]} {sys.argv}\\n")
        raise PermissionError("there is no network in this test")

sys.addaudithook(_look)
with open(os.environ["NETWORK_LOG"] + ".guarded", "a") as log:
    log.write(f"{os.getpid()}\\n")
"""
#: Modules that exist to reach other computers.
REACHING = {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "xmlrpc", "asyncio", "requests", "httpx", "aiohttp"}
REACHING |= {"urllib3", "huggingface_hub", "socketserver", "webbrowser"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("folder", ["desktop", "engine"])
def test_no_module_can_reach_another_computer(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        names = imports(path)
        assert not {name.split(".")[0] for name in names} & REACHING, path
        qt = {name.rpartition(".")[2] for name in names if name.startswith("PySide6.QtNetwork")}
        allowed = {"QLocalServer", "QLocalSocket"} if path.name == "single_instance.py" else set()
        assert qt <= allowed, (path, qt)
        assert not re.search(r"\.load_from_hub|hub\.load|load_state_dict_from_url", path.read_text(encoding="utf-8"))


def watched(folder: Path) -> list[str]:
    """Before a command: no network there, and a list of what its processes ask of the system, where that can be had."""
    before = []
    calls = "trace=connect,sendto,sendmsg"
    strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", calls, "-o", str(folder)]
    for tool in (["unshare", "-rn"], strace):
        if shutil.which(tool[0]) and not subprocess.run([*tool, "true"], capture_output=True, check=False).returncode:
            before += tool
    return before


def test_the_whole_program_at_work_reaches_for_nothing(tmp_path: Path) -> None:
    """The window with every tab, the engine, the commands, a lesson and an import: what the self-test goes through."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    home, reached, calls = tmp_path / "home", tmp_path / "reached.txt", tmp_path / "calls.txt"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_", "PYTHON"))}
    alone = {"HOME": str(home), "USERPROFILE": str(home), "QT_QPA_PLATFORM": "offscreen", "NETWORK_LOG": str(reached)}
    alone["PYTHONPATH"] = os.pathsep.join([str(tmp_path / "guard"), str(ROOT)])
    run = [*watched(calls), sys.executable, "-m", "desktop", "--self-test"]
    done = subprocess.run(run, cwd=tmp_path, env=kept | alone, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["ok"], report["details"]
    assert report["learnt"]["steps"] and report["imported"]["family"] and report["engine_stopped"]
    assert len(reached.with_suffix(".txt.guarded").read_text().split()) >= 5  # window, engine, three commands
    assert not reached.exists(), reached.read_text()
    assert not list(home.rglob("*onnxruntime*")), "the runtime of the models keeps what it would report to its maker"
    if calls.exists():
        assert not re.findall(r".*AF_INET.*", calls.read_text())
