"""The exact slow path of CSV: every record by our own hand, its row number kept, ragged and stray
ones told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.reading import aside, databases
from helpers.reading.layout import Layout
from helpers.reading.records import batch_of
from helpers.reading.scan import Scan
from helpers.reading.snapshot import MAX_ROWS_LISTED, Rejected, Repair

MAX_CELL = 1 << 24
HELD = 32 << 20  # letters of the rows that are held until they are written


@dataclass
class Records:
    """A relation for ``writing.write``, and what was found on the way."""

    relation: str
    sample: str | None
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rejected_total: int = 0
    outside: list[tuple[int, str]] = field(
        default_factory=list
    )  # the rejected rows' text, for screening


def _lines(scan: Scan) -> Iterator[str]:
    with scan.text.open("r", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line[:-1] if line.endswith("\n") else line


def records(scan: Scan, layout: Layout) -> Iterator[tuple[list[str], bool]]:
    """Each record's cells, exactly, and whether a stray quote had to be taken as a letter.

    A quoted cell may hold line ends; where its quote is not closed so that a record of the table's
    width comes out within 200 lines, the quote was stray: the line stands alone and the next begins
    anew.
    """
    waiting: list[str] = []
    lines = _lines(scan)
    while True:
        line = waiting.pop() if waiting else next(lines, None)
        if line is None:
            return
        if '"' not in line:
            yield line.split(layout.delimiter), False
            continue
        if line.count('"') % 2 == 0:
            cells = _one(line, layout.delimiter)
            yield cells, False
            continue
        block = [line]
        closed = False
        room = MAX_CELL - len(line)
        while len(block) < 200 and room > 0:
            following = waiting.pop() if waiting else next(lines, None)
            if following is None:
                break
            block.append(following)
            room -= len(following)
            if following.count('"') % 2:
                closed = len(_one("\n".join(block), layout.delimiter)) == layout.width
                break
        if closed:
            yield _one("\n".join(block), layout.delimiter), False
        else:
            waiting.extend(reversed(block[1:]))
            yield [_bare(cell) for cell in line.split(layout.delimiter)], True


def _bare(cell: str) -> str:
    """A cell of a line with a stray quote: without its own pair of quotes, where it has just
    that."""
    return (
        cell[1:-1]
        if len(cell) > 1 and cell[0] == cell[-1] == '"' and cell.count('"') == 2
        else cell
    )


def _one(text: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error:
        return text.split(delimiter)
    return rows[0] if len(rows) == 1 else text.split(delimiter)


def exact(
    connection: duckdb.DuckDBPyConnection, scan: Scan, layout: Layout, folder: Path
) -> Records:
    """The slow path: every record by our own hand, to a raw Parquet; ragged and stray ones told."""
    width, target = layout.width, folder / "raw.parquet"
    schema = pa.schema(
        [("source_row", pa.int64()), *((f"t{i}", pa.string()) for i in range(width))]
    )
    ragged: list[int] = []
    stray: list[int] = []
    rejected: list[Rejected] = []
    outside: list[tuple[int, str]] = []
    counts = {"ragged": 0, "stray_quote": 0, "rejected": 0}
    rows: list[int] = []
    batch: list[list[str | None]] = []
    most, letters = batch_of(width), 0
    csv.field_size_limit(MAX_CELL)

    def note(code: str, listed: list[int], row: int) -> None:
        counts[code] += 1
        if len(listed) < MAX_ROWS_LISTED:
            listed.append(row)

    with pq.ParquetWriter(target, schema) as writer:

        def flush() -> None:
            if rows:
                columns = [
                    pa.array(rows, pa.int64()),
                    *(pa.array(c, pa.string()) for c in zip(*batch, strict=True)),
                ]
                writer.write_table(pa.table(columns, schema=schema))
                rows.clear()
                batch.clear()

        for row, (cells, was_stray) in enumerate(records(scan, layout), 1):
            if row <= layout.header + 1:
                continue
            if was_stray:
                note("stray_quote", stray, row)
            kept: list[str | None] = list(cells)
            if len(cells) > width:
                if any(cell.strip() for cell in cells[width:]):
                    counts["rejected"] += 1
                    if len(rejected) < MAX_ROWS_LISTED:
                        rejected.append(Rejected(row, "too_many_cells"))
                    if len(outside) < aside.MOST:
                        outside.append((row, " ".join(cells)[:1000]))
                    continue
                note("ragged", ragged, row)
                kept = kept[:width]
            elif len(cells) < width:
                if any(cell.strip() for cell in cells):  # a blank line is told as an empty row
                    note("ragged", ragged, row)
                kept += [None] * (width - len(cells))
            rows.append(row)
            batch.append(kept)
            letters += sum(map(len, cells))
            if len(rows) >= most or letters > HELD:
                flush()
                letters = 0
        flush()
    repairs = [
        Repair(code, counts[code], listed)
        for code, listed in (("ragged", ragged), ("stray_quote", stray))
        if counts[code]
    ]
    return Records(
        f"(select * from {databases.quoted(target)})",
        None,
        repairs,
        rejected,
        counts["rejected"],
        outside,
    )
