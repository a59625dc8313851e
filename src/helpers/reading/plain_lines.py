"""Runs of lines that need no parser: no quotes, and one delimiter fewer than the table has columns.

A file with one stray quote has a million of them. They are found by counting in blocks of bytes and
cut by Arrow; all other lines are given one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from helpers.reading import arrays

BLOCK = 1 << 22
LEAST = 200  # lines: of fewer the calls cost more than they save
LF, QUOTE = 10, 34


@dataclass(frozen=True)
class Block:
    """The cells of many rows by column, and of how many bytes of text they were cut."""

    columns: list[pa.Array]
    rows: int
    bytes: int


@dataclass(frozen=True)
class Run:
    """Whole lines and how many; ``plain``: each is, and they are no few."""

    data: bytes
    lines: int
    plain: bool

    def texts(self) -> list[str]:
        """The lines without their ends."""
        return self.data.decode().removesuffix("\n").split("\n")

    def block(self, delimiter: str, width: int) -> Block | None:
        """The cells of plain lines as they stand; None where Arrow finds others."""
        try:
            found = _cut(self.data, delimiter, width)
        except pa.ArrowInvalid:
            return None
        columns = [column.combine_chunks() for column in found.columns]
        return Block(columns, self.lines, len(self.data)) if found.num_rows == self.lines else None


def _cut(data: Any, delimiter: str, width: int) -> pa.Table:
    """The cells of whole plain lines, every one as it stands; their letters are proved already.
    Raises ``pa.ArrowInvalid`` where Arrow finds more or fewer."""
    names = [f"t{i}" for i in range(width)]
    return pa.csv.read_csv(
        pa.BufferReader(data),
        pa.csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 1),
        pa.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
        pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[],
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )


def _blocks(path: Path, skip: int, block: int) -> Iterator[memoryview]:
    """Whole lines behind the first ``skip`` of a text, at most ``block`` bytes of them at a time,
    good until the next are asked for: the memory is the same, as new memory costs a fifth of all.
    Raises ``pa.ArrowInvalid`` for a longer line."""
    buffer, held = bytearray(block), 0
    whole = memoryview(buffer)
    with path.open("rb") as stream:
        for _ in range(skip):
            stream.readline()
        while got := stream.readinto(whole[held:]):
            filled = held + got
            end = buffer.rfind(b"\n", 0, filled) + 1
            if end:
                yield whole[:end]
            held = filled - end
            buffer[:held] = buffer[end:filled]
    if held == block:
        raise pa.ArrowInvalid("a line longer than a block")
    if held:
        yield whole[:held]


def groups(
    path: Path, delimiter: str, width: int, skip: int, block: int
) -> Iterator[pa.RecordBatch]:
    """The rows of a text of plain lines alone, behind the first ``skip`` of them, numbered, about
    ``block`` bytes at a time. Raises ``pa.ArrowInvalid`` for a line of more or fewer cells than
    ``width``, or longer than a block."""
    names, row = ["source_row", *(f"t{i}" for i in range(width))], skip + 1
    for data in _blocks(path, skip, block):
        table = _cut(data, delimiter, width)
        cells = [column.combine_chunks() for column in table.columns]
        numbers = arrays.integers(np.arange(row, row + len(table)))
        yield pa.RecordBatch.from_arrays([numbers, *cells], names)
        row += len(table)


class Lines:
    """The lines of a text in UTF-8 with LF, one by one, or by ``run`` those of a plain run at
    once."""

    def __init__(self, path: Path, delimiter: str, width: int) -> None:
        self._runs = _runs(path, delimiter, width)
        self._next: Run | None = None
        self._lines: Iterator[str] = iter(())
        self._left = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._left:
            run = self._next or next(self._runs)
            self._next, self._lines, self._left = None, iter(run.texts()), run.lines
        self._left -= 1
        return next(self._lines)

    def run(self) -> Run | None:
        """The plain lines that come next; None where another line does."""
        if self._left:
            return None
        run = self._next or next(self._runs, None)
        self._next = None if run is not None and run.plain else run
        return run if self._next is None else None


def _runs(path: Path, delimiter: str, width: int) -> Iterator[Run]:
    """All lines in their order, in runs."""
    cut = len(delimiter.encode()) == 1 and width > 1
    held = b""
    with path.open("rb") as stream:
        while chunk := stream.read(BLOCK):
            data = held + chunk
            end = data.rfind(b"\n") + 1
            held = data[end:]
            if end:
                yield from _in_block(data[:end], ord(delimiter) if cut else -1, width)
    if held:
        yield Run(held, 1, False)


def _in_block(data: bytes, delimiter: int, width: int) -> Iterator[Run]:
    """The runs of whole lines; ``delimiter`` is a byte, -1 where no line is plain."""
    bytes_ = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(bytes_ == LF)
    if delimiter < 0:
        yield Run(data, len(ends), False)
        return
    odd = _each(bytes_, ends, delimiter) != width - 1
    if b'"' in data:
        odd |= _each(bytes_, ends, QUOTE) > 0
    edges = np.concatenate(([-1], np.flatnonzero(odd), [len(ends)]))
    starts = np.concatenate(([0], ends + 1))
    place = 0  # the first line that has not been given

    def lines(until: int, *, plain: bool) -> Iterator[Run]:
        if until > place:
            yield Run(data[starts[place] : starts[until]], until - place, plain)

    for gap in np.flatnonzero(np.diff(edges) > LEAST):
        first, after = int(edges[gap]) + 1, int(edges[gap + 1])
        yield from lines(first, plain=False)
        place = first
        yield from lines(after, plain=True)
        place = after
    yield from lines(len(ends), plain=False)


def _each(bytes_: NDArray[np.uint8], ends: NDArray[np.intp], sign: int) -> NDArray[np.intp]:
    """How often a sign stands in each line."""
    return np.diff(np.searchsorted(np.flatnonzero(bytes_ == sign), ends), prepend=0)
