"""Thrift's compact protocol, as a Parquet's footer is written: every value with the way to it.

Source: doc/specs/thrift-compact-protocol.md of https://github.com/apache/thrift. Nothing is held
but the way, so that a footer of a hundred thousand chunks takes no memory.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator

TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
MAX_DEPTH = 32

Way = tuple[int, ...]


class Reader:
    """Values of one structure in ``data``, from ``at`` on; ``at`` is its end when all were taken.

    Raises ``ValueError`` for what is no such structure, ``IndexError`` where it is cut.
    """

    def __init__(self, data: bytes | mmap.mmap, at: int = 0) -> None:
        self.data, self.at = data, at

    def values(self, way: Way = ()) -> Iterator[tuple[Way, int | bytes]]:
        """The way to each whole number and each text (by the numbers of fields; a list's items have
        the way of the list), and its value. ``ValueError`` where they lie deeper than is read."""
        if len(way) > MAX_DEPTH:
            raise ValueError("too deep")
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._signed()
            if head & 15 not in (TRUE, FALSE):  # of a field, the type is the value
                yield from self._value(head & 15, (*way, number))

    def _value(self, kind: int, way: Way) -> Iterator[tuple[Way, int | bytes]]:
        if kind in (TRUE, FALSE, BYTE):
            self._byte()
        elif kind in (4, 5, 6):
            yield way, self._signed()
        elif kind == DOUBLE:
            self._bytes(8)
        elif kind == BINARY:
            yield way, self._bytes(self._varint())
        elif kind in (LIST, SET):
            head = self._byte()
            size = head >> 4 if head >> 4 < 15 else self._varint()
            for _ in range(size):
                yield from self._value(head & 15, way)
        elif kind == MAP:
            size = self._varint()
            kinds = self._byte() if size else 0
            for _ in range(size):
                yield from self._value(kinds >> 4, way)
                yield from self._value(kinds & 15, way)
        elif kind == STRUCT:
            yield from self.values(way)
        else:
            raise ValueError("no such type")

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _bytes(self, size: int) -> bytes:
        self.at += size
        if self.at > len(self.data):
            raise IndexError("cut")
        return self.data[self.at - size : self.at]

    def _varint(self) -> int:
        value, shift = 0, 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 70:
                raise ValueError("no number")

    def _signed(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
