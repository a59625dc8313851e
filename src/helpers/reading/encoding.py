"""Which encoding a text file is in: what decodes strictly, and how Swedish its letters then are.

Charset detectors take Swedish Windows-1252 for cp1250 (Håbo becomes Hĺbo); so the choice here is between the encodings
that Swedish systems write, and never with a replacement character.
"""

from __future__ import annotations

import codecs
import re
import struct
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from helpers.errors import InputRefused

CHUNK = 1 << 22
SWEDISH = re.compile("[åäöÅÄÖéÉüÜ]")
ODD = re.compile("[^\\x00-\\x7fåäöÅÄÖéÉüÜèàâêôîæøÆØçñáíóúëï§°²³½´’‘“”–—…•·€£×©®µ\\u00a0]")
ASCII = bytes(range(128))
ENOUGH = 1 << 18
SINGLE_BYTE = ("windows-1252", "mac-roman", "cp850")


@dataclass(frozen=True)
class Encoding:
    """``name`` for people and results (utf-8, utf-16-le, windows-1252 ...), ``bom`` bytes to skip."""

    name: str
    bom: int = 0


def _letters_score(text: str) -> int:
    return len(SWEDISH.findall(text)) - 5 * len(ODD.findall(text))


def _single_byte(path: Path) -> str:
    """The single-byte encoding whose non-ASCII letters look most Swedish, over the file until 256 KiB of them are seen."""
    high = bytearray()
    with path.open("rb") as stream:
        while len(high) < ENOUGH and (chunk := stream.read(CHUNK)):
            high += chunk.translate(None, ASCII)
    scores: dict[str, int] = {}
    for name in SINGLE_BYTE:
        try:
            scores[name] = _letters_score(bytes(high).decode(name))
        except UnicodeDecodeError:
            continue
    if not scores:
        raise InputRefused("reading.encoding", {"file": path.name})
    return max(scores, key=lambda name: (scores[name], -SINGLE_BYTE.index(name)))


def valid_utf8(data: bytes) -> bool:
    """True for whole characters only; Arrow checks several times faster than Python decodes."""
    whole = pa.Array.from_buffers(
        pa.large_binary(), 1, [None, pa.py_buffer(struct.pack("=2q", 0, len(data))), pa.py_buffer(data)]
    )
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _valid_utf8(path: Path, skip: int) -> bool:
    held = b""
    with path.open("rb") as stream:
        stream.seek(skip)
        while chunk := stream.read(CHUNK):
            # a character is at most four bytes and begins with one that is not 10xxxxxx
            cut = next((i for i in range(1, 5) if i <= len(chunk) and chunk[-i] & 0xC0 != 0x80), 1)
            cut = cut if chunk[-cut] >= 0xC0 else 0
            data = held + chunk[: len(chunk) - cut] if held or cut else chunk
            if not valid_utf8(data):
                return False
            held = chunk[len(chunk) - cut :] if cut else b""
    return valid_utf8(held)


def recognise(path: Path, declared: str | None = None) -> Encoding:
    """The file's encoding. ``InputRefused`` where nothing decodes it strictly or it is not text."""
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    if head.startswith(codecs.BOM_UTF16_LE):
        return Encoding("utf-16-le", 2)
    if head.startswith(codecs.BOM_UTF16_BE):
        return Encoding("utf-16-be", 2)
    skip = 3 if head.startswith(codecs.BOM_UTF8) else 0
    if declared:
        return Encoding(codecs.lookup(declared).name.replace("cp1252", "windows-1252"), skip)
    nulls = head.count(0)
    if nulls > len(head) // 4:
        even = head[0::2].count(0)
        return Encoding("utf-16-be" if even > nulls - even else "utf-16-le")
    if nulls:
        raise InputRefused("reading.binary", {"file": path.name})
    if _valid_utf8(path, skip):
        return Encoding("utf-8", skip)
    return Encoding(_single_byte(path))
