"""A shapefile holds more than the features that GDAL reads: deleted and left over rows of its dBASE
table, bytes around and behind its cells, and parts that no program needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers.reading.around import files, runs
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair
from helpers.reading.surroundings import Part, Surroundings
from helpers.words.files import shapefiles

HEADER, FIELD = 32, 32  # bytes of a dBASE header and of each field in it
ENDS_FIELDS = 0x0D
DELETED = ord("*")
SHX_HEADER, SHX_RECORD = 100, 8
DIGITS, BLANKS = b"0123456789", b" \0"
# What a cell of each type may hold so that GDAL reads all of it; a text is read up to its NUL.
ALLOWED = {"N": b"+-.,eE*", "F": b"+-.,eE*", "D": b"", "L": b"TtFfYyNn?"}
BLOCK = 1 << 16  # rows that are looked at together


@dataclass(frozen=True)
class _Field:
    start: int
    size: int
    type: str


def parts(beside: Iterable[Path], surroundings: Surroundings) -> None:
    """The files beside a .shp that are read by nobody."""
    for part in beside:
        plain = part.suffix.lower() in shapefiles.PLAIN
        files.hand_over(surroundings, part, "shape_part", part.name, index=plain)


def own(copy: Path, encoding: str, surroundings: Surroundings) -> list[Repair]:
    """What the parts that are read hold besides features; ``copy`` is the .shp. Rows that were
    deleted, or have no shape, are told."""
    for suffix in (".prj", ".cpg", ".shp", ".shx"):
        part = copy.with_suffix(suffix)
        if part.is_file():
            plain = suffix in shapefiles.PLAIN
            files.hand_over(surroundings, part, "shape_part", suffix, index=plain)
    index = copy.with_suffix(".shx")
    shapes = (index.stat().st_size - SHX_HEADER) // SHX_RECORD if index.is_file() else None
    return _table(copy.with_suffix(".dbf"), encoding, shapes, surroundings)


def _table(
    file: Path, encoding: str, shapes: int | None, surroundings: Surroundings
) -> list[Repair]:
    data = np.memmap(file, np.uint8, "r")
    declared = int.from_bytes(data[4:8].tobytes(), "little")
    start = int.from_bytes(data[8:10].tobytes(), "little")
    size = int.from_bytes(data[10:12].tobytes(), "little")
    fields = _header(data[:start].tobytes(), surroundings)
    count = min(declared, max(0, len(data) - start) // size) if size else 0
    behind = start + count * size
    with file.open("rb") as stream:
        for piece in runs.overlapping(runs.chunks(stream, behind, len(data))):
            _rest(piece, surroundings)
    left: list[int] = []
    number = 0
    for first in range(0, count, BLOCK):
        rows = data[start + first * size : start + min(count, first + BLOCK) * size]
        table = rows.reshape(-1, size)
        for at in np.flatnonzero(_unread(table, first, shapes)).tolist():
            number += 1
            left += [first + at + 1] if len(left) < MAX_ROWS_LISTED else []
            text = " ".join(_cells(table[at].tobytes(), fields, encoding))
            surroundings.add(Part("row_left", text, row=first + at + 1))
        for at, field in _odd(table, fields):
            raw = table[at, field.start : field.start + field.size].tobytes()
            text = raw.replace(b"\0", b" ").decode(encoding, "replace")
            surroundings.add(Part("table_rest", text, row=first + at + 1))
    return [Repair("rows_left", number, left)] if number else []


def _header(header: bytes, surroundings: Surroundings) -> list[_Field]:
    """The fields; what stands in the header besides is handed over."""
    fields: list[_Field] = []
    _rest(header[12:HEADER], surroundings)
    at, start = HEADER, 1  # a row begins with its flag
    while at + FIELD <= len(header) and header[at] != ENDS_FIELDS:
        described = header[at : at + FIELD]
        _, _, behind = described[:11].partition(b"\0")
        for rest in (behind, described[12:16], described[18:]):
            _rest(rest, surroundings)
        fields.append(_Field(start, described[16], chr(described[11])))
        start += described[16]
        at += FIELD
    _rest(header[at:], surroundings)
    return fields


def _rest(data: bytes, surroundings: Surroundings) -> None:
    for run in runs.words_among_bytes(data):
        surroundings.add(Part("table_rest", run))


def _unread(table: NDArray[np.uint8], first: int, shapes: int | None) -> NDArray[np.bool_]:
    """Which rows of a block GDAL leaves out: deleted ones, and those beyond the last shape."""
    beyond = np.arange(first, first + len(table)) >= (1 << 62 if shapes is None else shapes)
    return np.asarray((table[:, 0] == DELETED) | beyond)


def _odd(table: NDArray[np.uint8], fields: list[_Field]) -> Iterator[tuple[int, _Field]]:
    """Cells of which more is in the file than is read of them."""
    for field in fields:
        cells = table[:, field.start : field.start + field.size]
        if field.type in ALLOWED:
            odd = ~np.isin(cells, np.frombuffer(DIGITS + BLANKS + ALLOWED[field.type], np.uint8))
            inner = cells[:, 1:] == ord("-")  # 12-34 is read as 12
            odd[:, 1:] |= inner & np.isin(cells[:, :-1], np.frombuffer(DIGITS, np.uint8))
        else:
            ended = np.logical_or.accumulate(cells == 0, axis=1)
            odd = ended & ~np.isin(cells, np.frombuffer(BLANKS, np.uint8))
        for at in np.flatnonzero(odd.any(axis=1)).tolist():
            yield int(at), field


def _cells(row: bytes, fields: list[_Field], encoding: str) -> Iterator[str]:
    for field in fields:
        cell = row[field.start : field.start + field.size].replace(b"\0", b" ")
        yield cell.decode(encoding, "replace").strip()
    known = fields[-1].start + fields[-1].size if fields else 1
    yield row[known:].decode(encoding, "replace").strip()
