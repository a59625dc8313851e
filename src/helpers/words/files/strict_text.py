"""The text of a file that people write: UTF-8 with or without a mark at its beginning, of a bounded
size; never a guess."""

from __future__ import annotations

import codecs
from pathlib import Path

from helpers.words.faults import Fault
from helpers.words.files import ours

BOMS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decoded(data: bytes, file: str) -> str | Fault:
    """The text of these bytes, line ends as LF; a fault names the encoding by its mark, or the line
    that is not UTF-8."""
    mark, encoding = next(
        ((bom, name) for bom, name in BOMS if data.startswith(bom)), (b"", "UTF-8")
    )
    if encoding != "UTF-8":
        return Fault(file, 1, "other_encoding", values={"encoding": encoding})
    nothing = data.find(b"\0")
    if nothing >= 0:
        return Fault(file, data.count(b"\n", 0, nothing) + 1, "binary")
    try:
        return data[len(mark) :].decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Fault(file, data.count(b"\n", 0, len(mark) + error.start) + 1, "encoding")


def read(path: Path, largest: int) -> str | Fault:
    """The text of a file of at most ``largest`` bytes; a fault where it is no file, cannot be
    opened or is no text."""
    file = path.name
    try:
        if not path.is_file():
            return Fault(
                file, 1, "folder" if path.is_dir() else "link" if path.is_symlink() else "absent"
            )
        if path.stat().st_size > largest:
            return Fault(file, 1, "large", values={"most": largest // 1_000_000})
        return decoded(ours.read_bytes(path), file)
    except OSError as error:
        return Fault(file, 1, "unreadable", values={"kind": type(error).__name__})
