"""What a FlatGeobuf holds beside the properties of its features: its header, its index, shapes, and
whatever else lies between.

Layout: https://flatgeobuf.org, of tables as https://flatbuffers.dev/internals.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.reading.around import runs
from helpers.reading.around.trees import Tree
from helpers.reading.surroundings import Part

MAGIC = 8  # bytes
NODE = 40  # bytes of a box in the index
# Fields of a header, a column and a feature, by number.
COLUMNS, COUNT, NODE_SIZE, TYPE, PROPERTIES = 7, 8, 9, 1, 1
# Widths of a property by its type; the others begin with their length.
WIDTHS = {0: 1, 1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 8, 8: 8, 9: 4, 10: 8}
BINARY = 14


@dataclass(frozen=True)
class _Object:
    """A table of FlatBuffers at a place in ``data``."""

    data: mmap.mmap
    at: int

    def field(self, number: int) -> int:
        """Where the field's value lies; 0 where it has none."""
        list_ = self.at - _number(self.data, self.at, "<i")
        if 4 + 2 * number >= _number(self.data, list_, "<H"):
            return 0
        offset = _number(self.data, list_ + 4 + 2 * number, "<H")
        return self.at + offset if offset else 0

    def value(self, number: int, form: str, otherwise: int) -> int:
        at = self.field(number)
        return _number(self.data, at, form) if at else otherwise

    def vector(self, number: int) -> tuple[int, int]:
        """Where the items of a list begin, and how many they are."""
        at = self.field(number)
        if not at:
            return 0, 0
        start = at + _number(self.data, at, "<I")
        return start + 4, _number(self.data, start, "<I")


def _number(data: mmap.mmap, at: int, form: str) -> int:
    return int(struct.unpack_from(form, data, at)[0])


def parts(path: Path) -> Iterator[Part]:
    """All of the file but its features' properties, and text within properties that are bytes.

    What does not follow the format from somewhere on is one part without text.
    """
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        try:
            yield from _parts(data)
        except (struct.error, ValueError, IndexError):
            yield Part("other_part", None)


def _parts(data: mmap.mmap) -> Iterator[Part]:
    size = _number(data, MAGIC, "<I")
    end = MAGIC + 4 + size
    tree = Tree("map_header")
    for text in runs.text_runs(data[:end]):
        yield from tree.parts(text)
    header = _Object(data, MAGIC + 4 + _number(data, MAGIC + 4, "<I"))
    first, count = header.vector(COLUMNS)
    columns = [
        _Object(data, at + _number(data, at, "<I")).value(TYPE, "<B", 0)
        for at in range(first, first + 4 * count, 4)
    ]
    nodes = _nodes(header.value(COUNT, "<Q", 0), header.value(NODE_SIZE, "<H", 16))
    yield from _between(data, end, end + NODE * nodes)
    at = end + NODE * nodes
    row = 0
    while at + 4 <= len(data):
        row += 1
        end = min(at + 4 + _number(data, at, "<I"), len(data))
        feature = _Object(data, at + 4 + _number(data, at + 4, "<I"))
        start, length = feature.vector(PROPERTIES)
        if length:
            yield from _between(data, at, start, row)
            yield from _between(data, start + length, end, row)
            if BINARY in columns:
                yield from _bytes_of(data, start, start + length, columns, row)
        else:
            yield from _between(data, at, end, row)
        at = end
    yield from _between(data, at, len(data))


def _nodes(features: int, size: int) -> int:
    """How many boxes the index of so many features has."""
    if not features or not size:
        return 0
    level = total = features
    while True:
        level = -(-level // size)
        total += level
        if level <= 1:
            return total


def _between(data: mmap.mmap, start: int, end: int, row: int = 0) -> Iterator[Part]:
    for text in runs.words_among_numbers(data[start:end]):
        yield Part("shape" if row else "other_part", text, row=row)


def _bytes_of(data: mmap.mmap, at: int, end: int, columns: list[int], row: int) -> Iterator[Part]:
    while at + 2 <= end:
        kind = columns[_number(data, at, "<H")]
        at += 2
        width = WIDTHS.get(kind)
        if width is None:
            width = _number(data, at, "<I")
            at += 4
        if kind == BINARY:
            for text in runs.text_runs(data[at : at + width]):
                yield Part("binary_cell", text, row=row)
        at += width
