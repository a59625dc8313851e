"""A zip says more than its members do: comments, names, added fields, and bytes that belong to
none of them."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

from helpers.reading.around import runs
from helpers.reading.around.files import PARTED
from helpers.reading.surroundings import Part

# What a member raises that is damaged, locked or packed in a way of its own.
CLOSED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
DESCRIBED, UTF8 = 8, 0x800  # bits of a member's flags (APPNOTE 4.4.4)
LOCAL, CENTRAL, DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x07\x08"
LOCAL_SIZE, CENTRAL_SIZE = 30, 46
END, END_64, LOCATOR_64, SIGNATURE = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x05\x05"
FILLING = re.compile(rb"[\x00\s]*\Z")
MOSTLY = 0.9  # of a gap is text, where nothing is packed in it


def parts(archive: zipfile.ZipFile) -> Iterator[Part]:
    """What is written around the members of an open archive, of any format that is a zip."""
    yield Part("zip_comment", text_of(archive.comment))
    stream = archive.fp
    assert stream is not None
    spans: list[tuple[int, int]] = []
    for entry in archive.infolist():
        names = dict.fromkeys(_names(entry))
        yield Part("zip_comment", text_of(entry.comment), entry.filename)
        header = _local(stream, entry)
        if header is None:
            yield Part("zip_gap", None, entry.filename)
            continue
        name, extra, end = header
        names |= dict.fromkeys(_decoded(name, entry.flag_bits))
        yield Part("zip_name", PARTED.join(each for name in names for each in _spelled(name)))
        added = [field for data in (entry.extra, extra) for field in _fields(data)]
        for run in dict.fromkeys(run for field in added for run in runs.text_runs(field)):
            yield Part("zip_extra", run, entry.filename)
        spans.append((entry.header_offset, end))
    yield from _gaps(archive.start_dir, stream, spans)


def text_of(data: bytes) -> str:
    """The text of a comment: UTF-8, or else Windows-1252."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _names(entry: zipfile.ZipInfo) -> Iterator[str]:
    """A member's name as it was meant: what says no encoding may be in several, and what stands
    behind a NUL is no part of the name that programs show."""
    yield entry.orig_filename
    if not entry.flag_bits & UTF8:
        yield from _decoded(entry.orig_filename.encode("cp437", "replace"), 0)


def _decoded(name: bytes, flags: int) -> Iterator[str]:
    if not flags & UTF8:
        yield name.decode("cp437")
    yield text_of(name)


def _spelled(name: str) -> Iterator[str]:
    """A path as it stands, without its suffix, and as words: ``skrivet/Fatima_Ek.txt`` holds
    ``Fatima Ek``."""
    stem = name.rsplit(".", 1)[0]
    yield from dict.fromkeys((name, stem, " ".join(re.split(r"[/\\_\s.-]+", stem))))


def _fields(extra: bytes) -> Iterator[bytes]:
    """What each added field holds, its number and length left out (APPNOTE 4.5.1)."""
    while len(extra) >= 4:
        end = 4 + int.from_bytes(extra[2:4], "little")
        yield extra[4:end]
        extra = extra[end:]
    yield extra


def _local(stream: IO[bytes], entry: zipfile.ZipInfo) -> tuple[bytes, bytes, int] | None:
    """Name and added fields as they stand before the member itself, and where the member ends; None
    where no member begins there."""
    stream.seek(entry.header_offset)
    head = stream.read(LOCAL_SIZE)
    if len(head) < LOCAL_SIZE or not head.startswith(LOCAL):
        return None
    long, added = struct.unpack("<2H", head[26:30])
    name, extra = stream.read(long), stream.read(added)
    end = entry.header_offset + LOCAL_SIZE + long + added + entry.compress_size
    if entry.flag_bits & DESCRIBED:
        stream.seek(end)
        after = stream.read(28)
        start = 4 if after.startswith(DESCRIPTOR) else 0
        sizes = struct.pack("<2Q", entry.compress_size, entry.file_size)
        end += start + (20 if after[start + 4 : start + 20] == sizes else 12)
    return name, extra, end


def _gaps(start: int, stream: IO[bytes], spans: list[tuple[int, int]]) -> Iterator[Part]:
    """Bytes before, between and after what the archive accounts for; its directory begins at
    ``start``. What is neither filling nor text may be a member that was deleted."""
    size = stream.seek(0, 2)
    for (_, end), (begins, _) in pairwise(
        sorted([(0, 0), *spans, (start, _end(stream, start, size)), (size, size)])
    ):
        for piece in runs.overlapping(runs.chunks(stream, end, begins)):
            if FILLING.match(piece):
                continue
            texts = list(runs.words_among_bytes(piece))
            for text in texts:
                yield Part("zip_gap", text)
            if sum(map(len, texts)) < MOSTLY * len(piece.strip()):
                yield Part("zip_gap", None)


def _end(stream: IO[bytes], start: int, size: int) -> int:
    """Where the directory of an archive that begins at ``start`` ends, its comment included."""
    while start < size:
        stream.seek(start)
        head = stream.read(CENTRAL_SIZE)
        if head.startswith(CENTRAL) and len(head) == CENTRAL_SIZE:
            start += CENTRAL_SIZE + sum(struct.unpack("<3H", head[28:34]))
        elif head.startswith(END_64):
            start += 12 + int.from_bytes(head[4:12], "little")
        elif head.startswith(LOCATOR_64):
            start += 20
        elif head.startswith(SIGNATURE):
            start += 6 + int.from_bytes(head[4:6], "little")
        elif head.startswith(END):
            return min(size, start + 22 + int.from_bytes(head[20:22], "little"))
        else:
            return start
    return size
