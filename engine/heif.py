"""HEIC, read by libheif (pi_heif, which only reads: the encoder's licence would bind the whole program)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pi_heif

from engine.formats import Refusal

#: Bytes before the texts of an item's entry, by the entry's version: version and flags, number, protection.
_BEFORE_TEXTS = {0: 8, 1: 8, 2: 8, 3: 10}


def opened(file: BinaryIO) -> pi_heif.HeifFile:
    """A HEIC, its header read, upright, with more than 8 bits a sample as 16. Raises what the library raises."""
    file.seek(0)
    data = file.read()
    if not _texts_are_texts(memoryview(data)):
        raise Refusal("it is damaged (HEIF)")
    return pi_heif.open_heif(data, convert_hdr_to_8bit=False)


def _texts_are_texts(data: memoryview) -> bool:
    """Whether the kinds of all items are UTF-8: the library ends the process where one is not."""
    for meta in _boxes(data, b"meta", 4):
        for head in (6, 8):  # version, flags, and the number of entries in two bytes or four
            for entries in _boxes(meta, b"iinf", head):
                for entry in _boxes(entries, b"infe", 0):
                    try:
                        str(entry[_BEFORE_TEXTS.get(entry[0] if entry else 0, 8) :], "utf-8")
                    except UnicodeDecodeError:
                        return False
    return True


def _boxes(data: memoryview, kind: bytes, skip: int) -> Iterator[memoryview]:
    """The contents of the boxes of a kind (ISO/IEC 14496-12), without their first ``skip`` bytes."""
    place = 0
    while place + 8 <= len(data):
        length, header = int.from_bytes(data[place : place + 4], "big"), 8
        if length == 1:
            length, header = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        end = len(data) if length == 0 else place + length
        if length and length < header:
            return
        if data[place + 4 : place + 8] == kind:
            yield data[place + header + skip : end]
        place = end
