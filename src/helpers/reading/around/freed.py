"""What an SQLite file still holds of rows that were deleted: free pages, gaps within pages, ends of
long cells, bytes after the last page.

Layout of pages: https://www.sqlite.org/fileformat2.html. A copy that stays behind when a row is
moved to another page is no deleted row: what lies whole in the rows that are left is not told.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers.reading.around.runs import LEAST, text_runs
from helpers.reading.surroundings import Part

Range = tuple[int, int]

LEAF = {5: 12, 2: 12, 10: 8, 13: 8}  # a page's kind and the size of its header
TABLE_LEAF, TABLE_INNER, INDEX_INNER = 13, 5, 2
BLOCK = 1 << 22  # bytes that are looked at together
HEADER = 100  # bytes of the file's own header, on the first page


def parts(path: Path) -> Iterator[Part]:
    """Each text that is left of something deleted, once."""
    if not path.stat().st_size:
        return
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        found = _left(data)
    for text in found:
        yield Part("deleted", text)


def _left(data: mmap.mmap) -> dict[str, None]:
    free, live = _Pages(data).split()
    pieces = (data[start:end].lstrip(b"\0") for start, end in free)
    found = dict.fromkeys(text for piece in pieces for text in text_runs(piece))
    if found:
        near = _holding(np.frombuffer(data, np.uint8), live, found)
        _drop_copies(found, (data[start:end] for start, end in near))
    return found


def _holding(data: NDArray[np.uint8], live: list[Range], texts: Iterable[str]) -> list[Range]:
    """The ranges that hold the first bytes of one of the texts, in any way that it may be
    written."""
    begun = {head for text in texts for head in _beginnings(text)}
    heads = np.array([int.from_bytes(head, "little") for head in begun], np.uint64)
    first = np.zeros(1 << 16, bool)  # by the first two bytes, which leave few places to look at
    first[heads & np.uint64(0xFFFF)] = True
    found = [np.zeros(0, np.int64)]
    for start in range(0, len(data) - LEAST + 1, BLOCK):
        block = data[start : start + BLOCK + LEAST - 1]
        pairs = [block[i : i + (len(block) - i) // 2 * 2].view("<u2") for i in (0, 1)]
        places = np.concatenate(
            [2 * np.flatnonzero(first[pair]) + i for i, pair in enumerate(pairs)]
        )
        places = places[places <= len(block) - LEAST]
        values = np.zeros(len(places), np.uint64)
        for i in range(LEAST):
            values |= block[places + i].astype(np.uint64) << np.uint64(8 * i)
        found.append(start + places[np.isin(values, heads)])
    known = np.sort(np.concatenate(found))
    starts, ends = np.array(live, np.int64).reshape(-1, 2).T
    held = np.searchsorted(known, ends) > np.searchsorted(known, starts)
    return [live[place] for place in np.flatnonzero(held)]


def _beginnings(text: str) -> Iterator[bytes]:
    """The first bytes of a text in UTF-8, in Latin-1 and in UTF-16."""
    yield text.encode()[:LEAST]
    latin = text.encode("latin-1", "ignore")
    if len(latin) == len(text):
        yield latin[:LEAST]
        yield text.encode("utf-16-le")[:LEAST]


def _drop_copies(found: dict[str, None], live: Iterator[bytes]) -> None:
    """Take away what is the whole, the beginning or the end of a text in the rows that are left."""
    sizes = sorted({len(text) for text in found})
    for piece in live:
        for text in text_runs(piece):
            for size in sizes[: bisect_right(sizes, len(text))]:
                found.pop(text[:size], None)
                found.pop(text[-size:], None)


@dataclass
class _Pages:
    """The pages of a file. ``ends``: page -> bytes used of it, of the last page of a long cell."""

    data: mmap.mmap
    ends: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        size = self._number(16, 2)
        self.size = 65536 if size == 1 else max(size, 512)
        self.used = self.size - self.data[20]
        self.count = len(self.data) // self.size
        valid = self._number(24, 4) == self._number(92, 4)
        self.known = min(self.count, self._number(28, 4) or self.count) if valid else self.count

    def _number(self, at: int, width: int) -> int:
        return int.from_bytes(self.data[at : at + width], "big")

    def _varint(self, at: int) -> tuple[int, int]:
        value = 0
        for i in range(9):
            byte = self.data[at + i]
            if i == 8:
                return value << 8 | byte, at + 9
            value = value << 7 | byte & 0x7F
            if byte < 0x80:
                return value, at + i + 1
        return value, at + 9

    def split(self) -> tuple[list[Range], list[Range]]:
        """Ranges of bytes that nothing uses, and ranges that rows lie in."""
        listed, free = self._freelist()
        live: list[Range] = []
        later = []
        for page in range(self.known):
            start = page * self.size
            at = start + (HEADER if page == 0 else 0)
            if page in listed:
                continue
            if self.data[at] in LEAF:
                gaps = self._gaps(start, at)
                free += gaps
                live += _between(at, start + self.used, gaps)
                self._follow(start, at)
            else:
                later.append(page)
            free.append((start + self.used, start + self.size))
        for page in later:
            start = page * self.size
            end = start + 4 + self.ends.get(page, self.used - 4)
            live.append((start + 4, end))
            free.append((end, start + self.used))
        free.append((self.known * self.size, len(self.data)))
        return [(a, b) for a, b in free if b - a >= LEAST], live

    def _freelist(self) -> tuple[set[int], list[Range]]:
        """The pages on the list of free ones (the first is 0), and what in them is no list."""
        listed: set[int] = set()
        ranges: list[Range] = []
        trunk = self._number(32, 4)
        while 0 < trunk <= self.count and trunk - 1 not in listed:
            start = (trunk - 1) * self.size
            most = min(self._number(start + 4, 4), self.used // 4 - 2)
            leaves = [self._number(start + 8 + 4 * i, 4) - 1 for i in range(most)]
            listed.update([trunk - 1, *leaves])
            ranges.append((start + 8 + 4 * most, start + self.size))
            ranges += [(leaf * self.size, (leaf + 1) * self.size) for leaf in leaves]
            trunk = self._number(start, 4)
        return listed, ranges

    def _gaps(self, start: int, at: int) -> list[Range]:
        """Between a page's list of cells and its cells, and where cells were."""
        cells = self._number(at + 3, 2)
        content = start + (self._number(at + 5, 2) or 65536)
        gaps = [(at + LEAF[self.data[at]] + 2 * cells, min(content, start + self.used))]
        block = self._number(at + 1, 2)
        while block and start + block + 4 <= start + self.used:
            following, size = self._number(start + block, 2), self._number(start + block + 2, 2)
            gaps.append((start + block + 4, min(start + block + size, start + self.used)))
            if following <= block:
                break
            block = following
        return gaps

    def _follow(self, start: int, at: int) -> None:
        """Note where the long cells of a page end, on pages of their own."""
        kind = self.data[at]
        if kind == TABLE_INNER:
            return
        first = at + LEAF[kind]
        listed = self.data[first : first + 2 * self._number(at + 3, 2)]
        cells = start + np.frombuffer(listed, ">u2", len(listed) // 2).astype(np.int64)
        cells = cells + 4 if kind == INDEX_INNER else cells
        cells = cells[cells + 18 <= len(self.data)]
        bytes_ = np.frombuffer(self.data, np.uint8)
        for cell in cells[bytes_[cells] >= 0x80].tolist():  # others are short, whatever pages are
            payload, cell = self._varint(cell)
            if kind == TABLE_LEAF:
                _, cell = self._varint(cell)
            self._chain(payload, cell, table=kind == TABLE_LEAF)

    def _chain(self, payload: int, cell: int, *, table: bool) -> None:
        least = (self.used - 12) * 32 // 255 - 23
        most = self.used - 35 if table else (self.used - 12) * 64 // 255 - 23
        if payload <= most:
            return
        local = least + (payload - least) % (self.used - 4)
        local = local if local <= most else least
        page, left = self._number(cell + local, 4), payload - local
        while left > self.used - 4 and 0 < page <= self.count:
            page, left = self._number((page - 1) * self.size, 4), left - (self.used - 4)
        self.ends[page - 1] = left


def _between(start: int, end: int, gaps: list[Range]) -> list[Range]:
    """What the gaps, in any order, leave of a range."""
    kept = []
    for gap in sorted(gaps):
        kept.append((start, gap[0]))
        start = max(start, gap[1])
    return [(a, b) for a, b in [*kept, (start, end)] if b > a]
