"""A zip archive is its members and what is written around them: comments, names, added fields and
bytes that belong to no member; all but the members that were read is handed over."""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO

from helpers.reading import archives
from helpers.reading.around import binary, files
from helpers.reading.surroundings import Part, Surroundings
from helpers.words.files import shapefiles

ENCRYPTED, DESCRIBED, UTF8 = 1, 8, 0x800  # bits of a member's flags (APPNOTE 4.4.4)
LOCAL, CENTRAL, DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x07\x08"
LOCAL_SIZE, CENTRAL_SIZE = 30, 46
END, END_64, LOCATOR_64, SIGNATURE = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x05\x05"
SYSTEMS = (".ds_store", "desktop.ini", ".directory")  # what a folder's window looks like
MOST_OF_A_SYSTEM = 1 << 20  # bytes: notes of a system are small, what hides among them need not be
FILLING = re.compile(rb"[\x00\s]*\Z")


def hand_over(
    archive: zipfile.ZipFile,
    surroundings: Surroundings,
    folder: Path,
    read: Collection[zipfile.ZipInfo],
) -> None:
    """All that is in an open archive beside the members that were ``read``. Others are unpacked to
    a folder in ``folder``, one at a time."""
    envelope(archive, surroundings)
    work = folder / "beside"
    work.mkdir()
    try:
        taken = {id(entry) for entry in read}
        for entry in archive.infolist():
            if id(entry) not in taken and (entry.file_size or not entry.is_dir()):
                _member(archive, entry, surroundings, work / "member")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, surroundings: Surroundings, target: Path
) -> None:
    name = entry.filename
    if entry.flag_bits & ENCRYPTED:
        surroundings.add(Part("zip_locked", None, name))
        return
    hidden = archives.is_hidden(name)
    place = "zip_hidden" if hidden else "zip_file"
    system = hidden or Path(name).name.lower() in SYSTEMS
    try:
        archives.unpack(archive, entry, target)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        surroundings.add(Part(place, None, name))
        return
    plain = Path(name).suffix.lower() in shapefiles.PLAIN
    index = plain or (system and entry.file_size <= MOST_OF_A_SYSTEM)
    files.hand_over(surroundings, target, place, name, index=index)


def envelope(archive: zipfile.ZipFile, surroundings: Surroundings) -> None:
    """What is written around the members of an open archive, of any format that is a zip."""
    surroundings.add(Part("zip_comment", text_of(archive.comment)))
    stream = archive.fp
    assert stream is not None
    spans: list[tuple[int, int]] = []
    for entry in archive.infolist():
        names = dict.fromkeys(_names(entry))
        surroundings.add(Part("zip_comment", text_of(entry.comment), entry.filename))
        header = _local(stream, entry)
        if header is None:
            surroundings.add(Part("zip_gap", None, entry.filename))
            continue
        name, extra, end = header
        names |= dict.fromkeys(_decoded(name, entry.flag_bits))
        text = files.PARTED.join(spelling for name in names for spelling in _spelled(name))
        surroundings.add(Part("zip_name", text))
        added = [field for data in (entry.extra, extra) for field in _fields(data)]
        runs = [run for field in added for run in binary.runs(field)]
        for run in dict.fromkeys(runs):
            surroundings.add(Part("zip_extra", run, entry.filename))
        spans.append((entry.header_offset, end))
    _gaps(archive, stream, spans, surroundings)


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


def _gaps(
    archive: zipfile.ZipFile,
    stream: IO[bytes],
    spans: list[tuple[int, int]],
    surroundings: Surroundings,
) -> None:
    """Bytes before, between and after what the archive accounts for. What is neither filling nor
    text may be a member that was deleted."""
    size = stream.seek(0, 2)
    start: int = archive.start_dir
    for (_, end), (begins, _) in pairwise(
        sorted([(0, 0), *spans, (start, _end(stream, start, size)), (size, size)])
    ):
        for piece in binary.pieces(stream, end, begins):
            if FILLING.match(piece):
                continue
            runs = list(binary.runs(piece))
            for run in runs:
                surroundings.add(Part("zip_gap", run))
            if sum(map(len, runs)) < 0.9 * len(piece.strip()):
                surroundings.add(Part("zip_gap", None))


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
