"""Fine-tuning lessons on disk: each has a folder with its plan and its state until it is kept or thrown away.

``<user data>/lessons/<run>/``: ``plan.json``, the states of the trainer, the best weights so far, the cache of
pictures. Needs no torch.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psutil

from engine import catalog
from engine.errors import DarkroomError
from engine.files import explain, replacing
from engine.lessons import Goal, Unfinished

PLAN = "plan.json"
#: What is appended to the id of a model that is tried before it is kept.
SO_FAR = "-so-far"
_LOCK = ".busy"


class Plan(msgspec.Struct, kw_only=True):
    """All that a lesson needs to go on to the same step with the same data."""

    run: str
    name: str
    folder: str
    goal: Goal
    base: str
    files: list[str]  #: relative to the folder; the first ``held_out`` of them are never learnt from
    labels: list[str]
    held_out: int
    steps: int
    batch: int
    judged: int = 10  #: how often a round is judged, evenly spread over its steps
    seed: int = 1
    step: int = 0  #: when the state was last saved
    seconds: float = 0.0
    saved: float = 0.0  #: seconds since 1970
    rounds: int = 1  #: each "go on" after a result is another
    before: int = 0  #: steps of the rounds before
    finished: bool = False
    stopped: bool = False  #: the user had enough: what is best so far is the result


def place() -> Path:
    """Where all lessons are."""
    return catalog.own().parent / "lessons"


def folder_of(run: str) -> Path:
    return place() / run


def id_of(name: str) -> str:
    """The id that a model of this name gets: lower case letters, digits and hyphens.

    Raises `DarkroomError` where nothing is left of the name.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    if not found or found.endswith(SO_FAR):
        raise DarkroomError(f"{name!r} cannot be a model's name: give it some letters or digits from A to Z.")
    return found


def write(plan: Plan) -> None:
    """Write a plan, whole or not at all; makes the lesson's folder. Raises OSError."""
    folder = folder_of(plan.run)
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / PLAN, overwrite=True) as file:
        file.write(msgspec.json.encode(plan))


def read(run: str) -> Plan:
    """The plan of a lesson. Raises `DarkroomError` where there is none that can be read."""
    path = folder_of(run) / PLAN
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except FileNotFoundError:
        raise DarkroomError(f"There is no lesson called {run!r} to go on with.") from None
    except (OSError, msgspec.DecodeError) as error:
        raise DarkroomError(f"The plan of lesson {run!r} cannot be read: {error}.") from error


def unfinished() -> list[Unfinished]:
    """The lessons that can be gone on with, the newest first."""
    found = []
    for path in place().glob(f"*/{PLAN}"):
        with contextlib.suppress(DarkroomError):
            plan = read(path.parent.name)
            found.append(
                Unfinished(
                    run=plan.run,
                    name=plan.name,
                    folder=plan.folder,
                    folder_there=Path(plan.folder).is_dir(),
                    goal=plan.goal,
                    base=plan.base,
                    step=plan.step,
                    steps=plan.steps,
                    seconds=plan.seconds,
                    saved=plan.saved,
                    finished=plan.finished,
                )
            )
    return sorted(found, key=lambda lesson: lesson.saved, reverse=True)


def forget(run: str) -> None:
    """Remove a lesson and the model that was tried of it, if there is one."""
    shutil.rmtree(folder_of(run), ignore_errors=True)
    shutil.rmtree(catalog.own() / f"{run}{SO_FAR}", ignore_errors=True)


# -- one at a time ----------------------------------------------------------------------------------


class _Owner(msgspec.Struct):
    pid: int
    started: float
    run: str


@contextlib.contextmanager
def alone(run: str, wait: Callable[[str], None]) -> Iterator[None]:
    """Only one lesson at a time in this block; ``wait(text)`` is called every second while another is at it, and may
    raise. A lesson that died does not count. Raises `DarkroomError` where nothing can be written."""
    lock = place() / _LOCK
    me = msgspec.json.encode(_Owner(os.getpid(), psutil.Process().create_time(), run))
    try:
        place().mkdir(parents=True, exist_ok=True)
        while not _taken(lock, me):
            owner = _owner(lock)
            if owner is None:
                lock.unlink(missing_ok=True)
                continue
            if owner.run == run:
                raise DarkroomError(f"The lesson {run!r} is already going on.")
            wait(f"Another lesson, {owner.run!r}, is going on; this one begins when it ends.")
            time.sleep(1)
    except OSError as error:
        raise DarkroomError(f"{place()}: {explain(error, writing=True)}.") from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()


def _taken(lock: Path, me: bytes) -> bool:
    """Whether the lock was free and is this process's now. A link appears with its content or not at all."""
    mine = lock.with_name(f"{_LOCK}-{os.getpid()}")
    mine.write_bytes(me)
    try:
        os.link(mine, lock)
        return True
    except FileExistsError:
        return False
    except OSError:  # a disk without links
        with contextlib.suppress(FileExistsError):
            with lock.open("xb") as file:
                file.write(me)
            return True
        return False
    finally:
        mine.unlink(missing_ok=True)


def _owner(lock: Path) -> _Owner | None:
    """Who has the lock; None where that process is no more."""
    try:
        owner = msgspec.json.decode(lock.read_bytes(), type=_Owner)
        alive = abs(psutil.Process(owner.pid).create_time() - owner.started) < 2
    except (OSError, msgspec.DecodeError, psutil.Error):
        return None
    return owner if alive else None
