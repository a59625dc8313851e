"""What an SQLite file still holds of rows that were deleted: free pages, gaps within pages, ends of
long cells, bytes after the last page.

Layout of pages: https://www.sqlite.org/fileformat2.html. A copy that stays behind when a row is
moved to another page is no deleted row: what lies whole in the rows that are left is not told.
"""

from __future__ import annotations

import mmap
import struct
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
TABLE_LEAF, INDEX_LEAF, INDEX_INNER = 13, 10, 2
BLOCK = 1 << 22  # bytes that are looked at together
PAGE = struct.Struct(">BHHH")  # its kind, the first block that is free, its cells, where they begin
TOGETHER = 64  # pages, of which each may say that it has 65,535 cells
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
    heads = np.sort(np.array([int.from_bytes(head, "little") for head in begun], np.uint64))
    # one of the pairs that begin with its first four bytes lies where each fourth byte is
    pairs = np.zeros((4, 1 << 16), bool)
    for i in range(4):
        pairs[i][(heads >> np.uint64(8 * i)) & np.uint64(0xFFFF)] = True
    either = np.logical_or.reduce(pairs)
    found = [np.zeros(0, np.int64)]
    for start in range(0, len(data), BLOCK):
        block = data[start : start + BLOCK + 2]
        fourth = block[: len(block) // 2 * 2].view("<u2")[::2]
        near = np.flatnonzero(either[fourth])
        for i in range(4):
            places = start + 4 * near[pairs[i][fourth[near]]] - i
            places = places[(places >= 0) & (places <= len(data) - LEAST)]
            found.append(places[_are_among(_six(data, places), heads)])
    known = np.unique(np.concatenate(found))
    starts, ends = np.array(live, np.int64).reshape(-1, 2).T
    held = np.searchsorted(known, ends) > np.searchsorted(known, starts)
    return [live[place] for place in np.flatnonzero(held)]


def _six(data: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The first ``LEAST`` bytes at each place as a number."""
    values = np.zeros(len(places), np.uint64)
    for i in range(LEAST):
        values |= data[places + i].astype(np.uint64) << np.uint64(8 * i)
    return values


def _are_among(values: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of the values are among those known, which are in order."""
    at = np.searchsorted(known, values)
    found: NDArray[np.bool_] = known[np.minimum(at, len(known) - 1)] == values
    return found


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
    starts, ends = {text[:LEAST] for text in found}, {text[-LEAST:] for text in found}
    for piece in live:
        for text in text_runs(piece):
            if text[:LEAST] in starts or text[-LEAST:] in ends:
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
        self._follow([page for page in range(self.known) if page not in listed])
        for page in range(self.known):
            start = page * self.size
            at = start + (HEADER if page == 0 else 0)
            if page in listed:
                continue
            if self.data[at] in LEAF:
                gaps = self._gaps(start, at)
                free += gaps
                live += _between(at, start + self.used, gaps)
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
        kind, block, cells, content = PAGE.unpack_from(self.data, at)
        end = min(start + (content or 65536), start + self.used)
        gaps = [(at + LEAF[kind] + 2 * cells, end)]
        while block and start + block + 4 <= start + self.used:
            following, size = self._number(start + block, 2), self._number(start + block + 2, 2)
            gaps.append((start + block + 4, min(start + block + size, start + self.used)))
            if following <= block:
                break
            block = following
        return gaps

    def _follow(self, pages: list[int]) -> None:
        """Note where the long cells of the pages end, on pages of their own."""
        bytes_ = np.frombuffer(self.data, np.uint8)
        starts = np.array(pages, np.int64) * self.size
        at = starts + np.where(starts == 0, HEADER, 0)
        kinds = bytes_[at]
        for kind in (TABLE_LEAF, INDEX_LEAF, INDEX_INNER):
            of_kind = np.flatnonzero(kinds == kind)
            for first in range(0, len(of_kind), TOGETHER):
                some = of_kind[first : first + TOGETHER]
                for cell in self._long(bytes_, starts[some], at[some], kind):
                    payload, behind = self._varint(cell)
                    if kind == TABLE_LEAF:
                        _, behind = self._varint(behind)
                    self._chain(payload, behind, table=kind == TABLE_LEAF)

    def _long(
        self, bytes_: NDArray[np.uint8], starts: NDArray[np.int64], at: NDArray[np.int64], kind: int
    ) -> list[int]:
        """Where the cells of some pages of a kind begin that may be long; all others are short,
        whatever pages are."""
        counts = bytes_[at + 3].astype(np.int64) << 8 | bytes_[at + 4]
        before = np.repeat(np.cumsum(counts) - counts, counts)
        listed = np.repeat(at + LEAF[kind], counts) + 2 * (np.arange(len(before)) - before)
        within = listed + 2 <= len(bytes_)
        listed, starts = listed[within], np.repeat(starts, counts)[within]
        cells = starts + (bytes_[listed].astype(np.int64) << 8 | bytes_[listed + 1])
        cells = cells + 4 if kind == INDEX_INNER else cells
        cells = cells[cells + 18 <= len(bytes_)]
        found: list[int] = cells[bytes_[cells] >= 0x80].tolist()
        return found

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
    for gap in sorted(gaps) if len(gaps) > 1 else gaps:
        kept.append((start, gap[0]))
        start = max(start, gap[1])
    return [(a, b) for a, b in [*kept, (start, end)] if b > a]
