"""What tabs hold as plain values, for `Tab.kept`, and back: frozen dataclasses and structs, paths among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

Some = TypeVar("Some")


def plain(thing: Any) -> Any:
    """Dicts, lists, strings, numbers, bools and None that say the same. Bytes become base64."""
    return msgspec.to_builtins(thing, enc_hook=_told)


def back(value: Any, kind: type[Some]) -> Some:
    """The thing that `plain` was told of. Raises ValueError where ``value`` is no such thing."""
    try:
        return msgspec.convert(value, kind, dec_hook=_made)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def _told(thing: Any) -> str:
    if isinstance(thing, Path):
        return str(thing)
    raise NotImplementedError(type(thing).__name__)


def _made(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind.__name__)
