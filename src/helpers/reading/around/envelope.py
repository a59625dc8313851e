"""A zip says more than its members do: their names, remarks and extra fields, and bytes that belong
to none of them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from helpers.reading.around import binaries
from helpers.reading.around.handing import Handing

# What a member raises that is damaged, locked or packed in a way of its own.
CLOSED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
LOCAL = b"PK\x03\x04"
LOCAL_HEAD = 30
CENTRAL_HEAD = 46
DESCRIPTOR = 24  # bytes at most: the sizes and the checksum, written after the member
FLAG_DESCRIPTOR = 8


def hand_over(path: Path, archive: zipfile.ZipFile, handing: Handing) -> None:
    """All that the archive at ``path`` holds but for its members' content."""
    handing.text("zip_comment", _decoded(archive.comment))
    for entry in archive.infolist():
        handing.text("member_name", entry.filename)
        handing.text("zip_comment", _decoded(entry.comment), entry.filename)
        for run in binaries.runs([entry.extra]):
            handing.text("zip_extra", run, entry.filename)
    with path.open("rb") as stream:
        for run in binaries.runs(_apart(stream, archive)):
            handing.text("zip_gap", run)


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def _apart(stream: BinaryIO, archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Names and extra fields as the members' own heads say them, and all that lies between members,
    before the first and behind the last."""
    end = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        yield from _between(stream, end, entry.header_offset)
        stream.seek(entry.header_offset)
        head = stream.read(LOCAL_HEAD)
        if len(head) < LOCAL_HEAD or not head.startswith(LOCAL):
            end = entry.header_offset
            continue
        name, extra = struct.unpack_from("<HH", head, 26)
        said = stream.read(name + extra)
        if said[:name] != entry.orig_filename.encode("utf-8", "replace"):
            yield said[:name]
        yield said[name:]
        end = entry.header_offset + LOCAL_HEAD + name + extra + entry.compress_size
        if entry.flag_bits & FLAG_DESCRIPTOR:
            end += _descriptor(stream, end)
    yield from _between(stream, end, archive.start_dir)
    stream.seek(0, 2)
    size = stream.tell()
    # the list of members that ends the archive is read above; what is longer than it is not
    listed = sum(map(_listed, archive.infolist()))
    yield from _between(stream, archive.start_dir + listed, size - len(archive.comment))


def _listed(entry: zipfile.ZipInfo) -> int:
    name = len(entry.orig_filename.encode("utf-8", "replace"))
    return CENTRAL_HEAD + name + len(entry.extra) + len(entry.comment)


def _descriptor(stream: BinaryIO, at: int) -> int:
    """How many bytes a descriptor takes there: they are numbers, and no text."""
    stream.seek(at)
    signed = stream.read(DESCRIPTOR).startswith(b"PK\x07\x08")
    return 16 if signed else 12


def _between(stream: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        stream.seek(start)
        chunk = stream.read(min(binaries.CHUNK, end - start))
        if not chunk:
            return
        start += len(chunk)
        yield chunk
