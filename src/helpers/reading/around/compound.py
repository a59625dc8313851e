"""A compound file is a file system of sectors: its streams by path, and the bytes that no stream
has.

Source: Microsoft, [MS-CFB], Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFA  # from here on a number names no sector
NONE = 0xFFFFFFFF
HEADER = 512
IN_HEADER = 109  # sectors of the table of sectors that the header itself names
ENTRY = 128
STORAGE, STREAM, ROOT = 1, 2, 5
MOST_ENTRIES = 100_000
CHUNK = 1 << 20


class Broken(Exception):
    """The file is no compound file, or points beyond itself."""


@dataclass(frozen=True)
class Entry:
    """A storage or a stream. ``path``: its name, after those of the storages around it."""

    path: str
    kind: int
    start: int
    size: int


class Compound:
    """An open compound file. Raises ``Broken`` where its tables cannot be followed."""

    def __init__(self, file: Path, stream: BinaryIO) -> None:
        self.stream = stream
        self.length = file.stat().st_size
        head = stream.read(HEADER)
        if len(head) < HEADER or not head.startswith(MAGIC):
            raise Broken
        self.shift, small = struct.unpack_from("<HH", head, 30)
        if self.shift not in (9, 12) or not 2 <= small < self.shift:
            raise Broken
        self.sector, self.small = 1 << self.shift, 1 << small
        self.folder_start, _, self.cutoff, small_start, _, more, _ = struct.unpack_from(
            "<IIIIIII", head, 48
        )
        self.used: set[int] = set()
        self.tails: list[bytes] = []  # of sectors that a stream does not fill
        self.next = self._table(head, more)
        self.next_small = self._numbers(self.chain(small_start))
        self.entries = list(self._entries())
        root = next((entry for entry in self.entries if entry.kind == ROOT), None)
        self.small_sectors = self.chain(root.start) if root else []
        self.used_small: set[int] = set()

    def _read(self, sector: int) -> bytes:
        self.stream.seek((sector + 1) << self.shift)
        return self.stream.read(self.sector)

    def _numbers(self, sectors: list[int]) -> list[int]:
        numbers: list[int] = []
        for sector in sectors:
            data = self._read(sector)
            numbers += struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
        return numbers

    def _table(self, head: bytes, more: int) -> list[int]:
        """Which sector follows which."""
        sectors = list(struct.unpack_from(f"<{IN_HEADER}I", head, 76))
        while more < END and more not in self.used:
            self.used.add(more)
            *listed, more = self._numbers([more]) or [NONE]
            sectors += listed
        sectors = [sector for sector in sectors if sector < END]
        if len(sectors) > (self.length >> self.shift) + 1:
            raise Broken
        self.used.update(sectors)
        return self._numbers(sectors)

    def chain(self, start: int) -> list[int]:
        """The sectors of a stream, in order; those are no longer free. ``Broken`` where a sector is
        met twice or lies outside the file."""
        sectors: list[int] = []
        seen: set[int] = set()
        while start < END:
            if start in seen or start >= len(self.next):
                raise Broken
            seen.add(start)
            sectors.append(start)
            start = self.next[start]
        self.used |= seen
        return sectors

    def _entries(self) -> Iterator[Entry]:
        """Every entry of the directory, those that no storage names any more as well."""
        raw = self.folder = b"".join(map(self._read, self.chain(self.folder_start)))
        count = len(raw) // ENTRY
        if count > MOST_ENTRIES:
            raise Broken
        names: list[str] = []
        links: list[tuple[int, int, int]] = []
        kinds: list[tuple[int, int, int]] = []
        for number in range(count):
            one = raw[number * ENTRY : (number + 1) * ENTRY]
            (length,) = struct.unpack_from("<H", one, 64)
            names.append(one[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"))
            links.append(struct.unpack_from("<III", one, 68))
            start, low, high = struct.unpack_from("<III", one, 116)
            kinds.append((one[66], start, low if self.shift == 9 else low | high << 32))
        above = _above(links)
        for number, (kind, start, size) in enumerate(kinds):
            if kind in (STORAGE, STREAM, ROOT):
                path = [names[number]]
                while (number := above.get(number, 0)) and len(path) < 50:
                    path.insert(0, names[number])
                yield Entry("/".join(path), kind, start, size)

    def read(self, entry: Entry) -> Iterator[bytes]:
        """The stream in pieces."""
        left = min(entry.size, self.length)
        if entry.size < self.cutoff:
            data = b"".join(self._small(entry.start))
            self.tails.append(data[left:])
            yield data[:left]
            return
        for sector in self.chain(entry.start):
            data = self._read(sector)
            if len(data) > left:
                self.tails.append(data[left:])
            yield data[:left]
            left = max(0, left - len(data))

    def _small(self, start: int) -> Iterator[bytes]:
        each = self.sector // self.small
        seen: set[int] = set()
        while start < END:
            if start in seen or start >= len(self.next_small):
                raise Broken
            seen.add(start)
            index, place = divmod(start, each)
            if index >= len(self.small_sectors):
                raise Broken
            data = self._read(self.small_sectors[index])
            yield data[place * self.small : (place + 1) * self.small]
            start = self.next_small[start]
        self.used_small |= seen

    def apart(self) -> Iterator[bytes]:
        """What no stream that was read has: free sectors, and small ones, what a stream leaves of
        its last, and what lies behind all of them."""
        yield from self.tails
        for sector in range(-(-self.length // self.sector)):
            if sector not in self.used:
                yield self._read(sector)
        each = self.sector // self.small
        for number in range(len(self.small_sectors) * each):
            if number not in self.used_small:
                index, place = divmod(number, each)
                yield self._read(self.small_sectors[index])[
                    place * self.small : (place + 1) * self.small
                ]


def _above(links: list[tuple[int, int, int]]) -> dict[int, int]:
    """Number of an entry -> that of the storage around it."""
    above: dict[int, int] = {}
    for number, (_, _, child) in enumerate(links):
        waiting = [child]
        while waiting:
            inner = waiting.pop()
            if inner < len(links) and inner not in above:
                above[inner] = number
                waiting += links[inner][:2]
    return above
