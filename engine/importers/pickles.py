"""Tensors out of a file that ``torch.save`` wrote, without unpickling it.

A pickle is a program for a small stack machine, and may call anything. This reader runs the
program on *names*: no global is ever looked up and nothing is ever called, so there is no code that
could run. What it understands is what torch writes: dictionaries of tensors, and harmless things
around them, which it drops. A file that names anything else is refused.

Both forms of file are known: the ZIP of torch 1.6 and later, and the older stream of pickles.
"""

from __future__ import annotations

import io
import mmap
import pickletools
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.errors import ModelError
from engine.importers.lazy import Lazy

_DTYPES = {
    "Double": torch.float64,
    "Float": torch.float32,
    "Half": torch.float16,
    "BFloat16": torch.bfloat16,
    "Long": torch.int64,
    "Int": torch.int32,
    "Short": torch.int16,
    "Char": torch.int8,
    "Byte": torch.uint8,
    "Bool": torch.bool,
}
#: What a checkpoint may name beside tensors. None of it is looked up; anything else is a reason to refuse.
_HARMLESS = ("torch", "numpy", "collections", "pytorch_lightning", "lightning", "omegaconf", "typing", "_codecs")
_BUILTIN = ("set", "frozenset", "dict", "list", "tuple", "int", "float", "str", "bool", "bytes", "bytearray", "object")
_MAGIC = 0x1950A86A20F9469CFC6C
_LONGEST_PROGRAM = 256 << 20
#: Objects that a program may make: far more than any checkpoint has.
_MOST_OBJECTS = 5_000_000
_NUMBERS = {"INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"}
_TEXTS = {"BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8", "UNICODE", "SHORT_BINSTRING", "BINSTRING", "STRING"}
_BYTES = {"BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8"}


class Unreadable(Exception):
    """Why a file cannot be read; the second half of a sentence."""


@dataclass(frozen=True)
class Name:
    """A global that the program names, such as ``torch.FloatStorage``."""

    text: str


@dataclass(frozen=True)
class Storage:
    """Where numbers lie: the key of a storage, their type and how many there are."""

    key: str
    dtype: torch.dtype
    count: int


@dataclass(frozen=True)
class Ref:
    """A tensor as a view of a storage."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


class _Opaque:
    """A thing that is no tensor and does not matter."""


_MARK = object()


def read(path: Path) -> dict[str, Lazy]:
    """The tensors of a file by name, read when they are wanted. Raises `ModelError`."""
    with _in_words(path):
        with path.open("rb") as file:
            head = file.read(4)
        return _read_zip(path) if head == b"PK\x03\x04" else _read_stream(path)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Whatever a damaged file makes libraries raise, as one sentence."""
    try:
        yield
    except Unreadable as error:
        raise ModelError(f"{path.name}: {error}.") from error
    except (ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, struct.error) as error:
        raise ModelError(f"{path.name}: it is no file of weights, or damaged.") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise ModelError(f"{path.name}: it is no file of weights, or damaged.") from error


# -- the two forms ------------------------------------------------------------------------------------


def _read_zip(path: Path) -> dict[str, Lazy]:
    with zipfile.ZipFile(path) as archive:
        infos = {info.filename: info for info in archive.infolist()}
        program = next((name for name in infos if name.endswith("/data.pkl") or name == "data.pkl"), None)
        if program is None:
            raise Unreadable("it is a ZIP, and there are no weights in it")
        root = program.removesuffix("data.pkl")
        if infos[program].file_size > _LONGEST_PROGRAM or infos[program].compress_type != zipfile.ZIP_STORED:
            raise Unreadable("its table of contents is too long")
        order = infos.get(root + "byteorder")
        if order is not None and order.file_size < 16 and archive.read(order) == b"big":
            raise Unreadable("its numbers are in an order of bytes that is not read")
        top = run(io.BytesIO(archive.read(program)))

    def raw(storage: Storage) -> bytes:
        info = infos.get(f"{root}data/{storage.key}")
        wanted = storage.count * storage.dtype.itemsize
        if info is None or info.compress_type != zipfile.ZIP_STORED or info.file_size < wanted:
            raise Unreadable("some of its numbers are missing")
        with zipfile.ZipFile(path) as archive, archive.open(info) as entry:
            found = entry.read(wanted)
        if len(found) != wanted:
            raise Unreadable("some of its numbers are missing")
        return found

    return _named(top, raw, path)


def _read_stream(path: Path) -> dict[str, Lazy]:
    if path.stat().st_size < 16:
        raise Unreadable("it is no file of weights")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        if view[:1] != b"\x80" or run(view) != _MAGIC:
            raise Unreadable("it is no file of weights")
        run(view)  # the protocol
        run(view)  # the machine that wrote it
        top = run(view)
        keys = run(view)
        sizes = {ref.storage.key: ref.storage for ref in _refs(top).values()}
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise Unreadable("it is damaged, its storages have no names")
        places: dict[str, int] = {}
        for key in keys:
            (count,) = struct.unpack("<q", view.read(8))
            storage = sizes.get(key)
            if storage is None or count != storage.count:
                raise Unreadable("it is damaged, some of its numbers are missing")
            places[key] = view.tell()
            if places[key] + count * storage.dtype.itemsize > len(view):
                raise Unreadable("it is cut off")
            view.seek(places[key] + count * storage.dtype.itemsize)

    def raw(storage: Storage) -> bytes:
        if storage.key not in places:
            raise Unreadable("some of its numbers are missing")
        with path.open("rb") as file:
            file.seek(places[storage.key])
            found = file.read(storage.count * storage.dtype.itemsize)
        if len(found) != storage.count * storage.dtype.itemsize:
            raise Unreadable("some of its numbers are missing")
        return found

    return _named(top, raw, path)


def _named(top: Any, raw: Callable[[Storage], bytes], path: Path) -> dict[str, Lazy]:
    refs = _refs(top)
    if not refs:
        raise Unreadable("there are no plain tensors in it")

    def reader(ref: Ref) -> Callable[[], Tensor]:
        def tensor() -> Tensor:
            with _in_words(path):
                flat = torch.frombuffer(bytearray(raw(ref.storage)), dtype=ref.storage.dtype)
                return flat.as_strided(ref.size, ref.stride, ref.offset).to(torch.float32, copy=True)

        return tensor

    return {name: Lazy(ref.size, reader(ref)) for name, ref in refs.items() if ref.storage.count}


#: Keys under which trainers keep the weights, beside the state of their optimiser.
_WRAPPERS = ("state_dict", "params_ema", "params", "model", "ema", "model_state_dict", "weights")


def _refs(top: Any) -> dict[str, Ref]:
    """The tensors of the outermost dictionary that has some by name, or of the first wrapper that has."""
    for _ in range(4):
        if not isinstance(top, dict):
            return {}
        found = {name: value for name, value in top.items() if isinstance(name, str) and isinstance(value, Ref)}
        inner = next((top[key] for key in _WRAPPERS if isinstance(top.get(key), dict)), None)
        if len(found) > 1 or inner is None:
            return found
        top = inner
    return {}


# -- the stack machine --------------------------------------------------------------------------------


def run(program: Any) -> Any:
    """What a pickle builds, with `Ref` for tensors and nothing for whatever does not matter.

    ``program`` is a binary file at its beginning; it is left behind the pickle's end. Raises `Unreadable`
    for a program that names what is no part of plain weights.
    """
    stack: list[Any] = []
    memo: dict[int, Any] = {}

    def above_mark() -> list[Any]:
        last = len(stack) - 1
        while stack[last] is not _MARK:
            last -= 1
            if last < 0:
                raise Unreadable("it is damaged")
        taken = stack[last + 1 :]
        del stack[last:]
        return taken

    def pop() -> Any:
        if not stack or stack[-1] is _MARK:
            raise Unreadable("it is damaged")
        return stack.pop()

    def items(target: Any, flat: list[Any]) -> None:
        if isinstance(target, dict):
            for key, value in zip(flat[::2], flat[1::2], strict=True):
                if isinstance(key, str | int | float):
                    target[key] = value

    for number, (opcode, argument, _) in enumerate(pickletools.genops(program)):
        if number > _MOST_OBJECTS or len(stack) > _MOST_OBJECTS:
            raise Unreadable("its table of contents is too long")
        match opcode.name:
            case "STOP":
                return pop()
            case "PROTO" | "FRAME":
                pass
            case "MARK":
                stack.append(_MARK)
            case "EMPTY_DICT":
                stack.append({})
            case "EMPTY_LIST":
                stack.append([])
            case "EMPTY_TUPLE":
                stack.append(())
            case "EMPTY_SET":
                stack.append(_Opaque())
            case "NONE":
                stack.append(None)
            case "NEWTRUE" | "NEWFALSE":
                stack.append(opcode.name == "NEWTRUE")
            case "TUPLE":
                stack.append(tuple(above_mark()))
            case "TUPLE1" | "TUPLE2" | "TUPLE3":
                stack.append(tuple(reversed([pop() for _ in range(int(opcode.name[-1]))])))
            case "LIST":
                stack.append(list(above_mark()))
            case "DICT":
                made: dict[Any, Any] = {}
                items(made, above_mark())
                stack.append(made)
            case "APPEND":
                value, target = pop(), stack[-1]
                if isinstance(target, list):
                    target.append(value)
            case "APPENDS":
                values, target = above_mark(), stack[-1]
                if isinstance(target, list):
                    target.extend(values)
            case "ADDITEMS":
                above_mark()
            case "SETITEM":
                value, key = pop(), pop()
                items(stack[-1], [key, value])
            case "SETITEMS":
                values = above_mark()
                items(stack[-1], values)
            case "BINPUT" | "LONG_BINPUT" | "PUT":
                memo[int(argument)] = stack[-1]  # type: ignore[arg-type]
            case "MEMOIZE":
                memo[len(memo)] = stack[-1]
            case "BINGET" | "LONG_BINGET" | "GET":
                stack.append(memo[int(argument)])  # type: ignore[arg-type]
            case "GLOBAL":
                stack.append(_name(str(argument).replace(" ", ".")))
            case "STACK_GLOBAL":
                last, first = pop(), pop()
                stack.append(_name(f"{first}.{last}"))
            case "BINPERSID":
                stack.append(_storage(pop()))
            case "REDUCE" | "NEWOBJ":
                arguments, called = pop(), pop()
                stack.append(_made(called, arguments))
            case "BUILD":
                pop()  # the state of a thing that does not matter, or notes on a dictionary
            case "POP":
                stack.pop()
            case name if name in _NUMBERS or name in _TEXTS or name in _BYTES:
                stack.append(argument)
            case name:
                raise Unreadable(f"it is written in a way that is not read ({name})")
    raise Unreadable("it is cut off")


def _name(text: str) -> Name:
    package, _, rest = text.partition(".")
    if package in ("__builtin__", "builtins") and rest in _BUILTIN:
        return Name(text)
    if package not in _HARMLESS:
        raise Unreadable(f"it holds code ({text[:80]}), which is never run here")
    return Name(text)


def _storage(told: Any) -> Storage:
    """What a persistent id of torch says: ("storage", type, key, device, count, ...)."""
    if isinstance(told, tuple) and len(told) >= 5 and told[0] == "storage":
        kind, key, count = told[1], told[2], told[4]
        dtype = _DTYPES.get(kind.text.rpartition(".")[2].removesuffix("Storage")) if isinstance(kind, Name) else None
        if dtype is not None and isinstance(key, str) and type(count) is int and count >= 0:
            return Storage(key, dtype, count)
    raise Unreadable("its numbers are of a type that is not read")


def _made(called: Any, arguments: Any) -> Any:
    """What torch's own makers of tensors and dictionaries would make of these arguments."""
    known = called.text if isinstance(called, Name) else ""
    if known == "collections.OrderedDict":
        return {}
    if known in ("torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor"):
        storage, offset, size, stride = arguments[:4]
        return _ref(storage, offset, size, stride)
    if known == "torch._utils._rebuild_parameter" and isinstance(arguments[0], Ref):
        return arguments[0]
    return _Opaque()


def _ref(storage: Any, offset: Any, size: Any, stride: Any) -> Ref:
    """A tensor that lies within its storage and claims no more numbers than there are."""
    whole = isinstance(size, tuple) and isinstance(stride, tuple) and len(size) == len(stride) <= 8
    if not (
        isinstance(storage, Storage) and whole and all(type(n) is int and n >= 0 for n in (offset, *size, *stride))
    ):
        raise Unreadable("one of its tensors makes no sense")
    count = 1
    for side in size:
        count *= side
    last = offset + sum((side - 1) * step for side, step in zip(size, stride, strict=True))
    if count > storage.count or (count and last >= storage.count):
        raise Unreadable("one of its tensors claims more numbers than there are")
    return Ref(storage, offset, size, stride)
