"""Files written whole or not at all, and what the operating system's errors mean in words."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_CAUSES = {
    errno.ENOENT: "it is not there (any more)",
    errno.ENOTDIR: "its folder does not exist",
    errno.EISDIR: "it is a folder",
    errno.EEXIST: "it already exists",
    errno.ENAMETOOLONG: "its name or path is too long",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "it grows too large for this disk",
    errno.EROFS: "the disk can only be read",
    errno.EIO: "the disk reports an error",
    errno.ELOOP: "its links lead in a circle",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
}


def explain(error: OSError, *, writing: bool = False) -> str:
    """The cause of an error of the operating system, for the second half of a sentence about the file."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no permission to write here" if writing else "no permission to read it"
    if writing and error.errno == errno.ENOENT:
        return "its folder does not exist"
    return _CAUSES.get(error.errno or 0) or f"it fails: {error.strerror or error}"


@contextlib.contextmanager
def replacing(target: Path, *, overwrite: bool = False, synced: bool = True) -> Iterator[BinaryIO]:
    """A file open for writing that becomes ``target`` when the block ends well, and leaves nothing behind otherwise.

    It is a hidden ``.part`` file in the same folder until its bytes are on the disk. A replaced file hands on
    its permissions; a link is followed, so that it stays one. Raises OSError (FileExistsError, where ``target``
    exists and ``overwrite`` is not given). One that is not ``synced`` is quicker and outlives a killed program,
    but perhaps not a power failure.
    """
    target = Path(os.path.realpath(target))
    _refuse(target, overwrite)
    part = target.with_name(f".{secrets.token_hex(6)}.part")  # a short name: the target's may be as long as it can be
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            if synced:
                os.fsync(file.fileno())
        if _refuse(target, overwrite):
            shutil.copymode(target, part)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _refuse(target: Path, overwrite: bool) -> bool:
    """Whether ``target`` is there, to be replaced; raises where it must not be."""
    try:
        target.stat()
    except FileNotFoundError:
        return False
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(target))
    if not overwrite:
        raise FileExistsError(errno.EEXIST, "already exists", str(target))
    return True


def put_aside(path: Path) -> Path:
    """Rename a file that cannot be used, so that it is not written over. Its new path. Raises OSError."""
    aside, number = path.with_stem(f"{path.stem}-damaged"), 2
    while aside.exists():
        aside, number = path.with_stem(f"{path.stem}-damaged-{number}"), number + 1
    return path.rename(aside)
