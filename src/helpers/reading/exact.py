"""The exact slow path of CSV: every record by our own hand, its row number kept, ragged and stray
ones told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.reading import databases
from helpers.reading.layout import Layout
from helpers.reading.records import batch_of
from helpers.reading.scanning import Scan
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


def _lines(scan: Scan) -> Iterator[str]:
    with scan.text.open("r", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line.removesuffix("\n")


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
            cells = _record(line, layout.delimiter)
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
                closed = len(_record("\n".join(block), layout.delimiter)) == layout.width
                break
        if closed:
            yield _record("\n".join(block), layout.delimiter), False
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


def _record(text: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error:
        return text.split(delimiter)
    return rows[0] if len(rows) == 1 else text.split(delimiter)


Aside = Callable[[int, str], None]  # takes number and text of a row that has no place


def exact(
    connection: duckdb.DuckDBPyConnection, scan: Scan, layout: Layout, folder: Path, aside: Aside
) -> Records:
    """The slow path: every record by our own hand, to a raw Parquet; ragged and stray ones told,
    rejected ones handed to ``aside`` too."""
    target = folder / "raw.parquet"
    csv.field_size_limit(MAX_CELL)
    result = Records(f"(select * from {databases.quoted(target)})", None)
    _to_parquet(_rows(scan, layout, result, aside), layout.width, target)
    return result


def _rows(
    scan: Scan, layout: Layout, result: Records, aside: Aside
) -> Iterator[tuple[int, list[str | None]]]:
    """Number and cells, as many as the table is wide, of each record that has a place in it; what
    is ragged, stray or has no place is told in ``result`` when all rows were taken."""
    width = layout.width
    listed: dict[str, list[int]] = {"ragged": [], "stray_quote": []}
    counts = dict.fromkeys(listed, 0)

    def note(code: str, row: int) -> None:
        counts[code] += 1
        if len(listed[code]) < MAX_ROWS_LISTED:
            listed[code].append(row)

    for row, (cells, was_stray) in enumerate(records(scan, layout), 1):
        if row <= layout.header + 1:
            continue
        if was_stray:
            note("stray_quote", row)
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            _reject(result, row)
            aside(row, " ".join(cells))
            continue
        # a blank line is told as an empty row
        if len(cells) > width or (len(cells) < width and any(cell.strip() for cell in cells)):
            note("ragged", row)
        yield row, [*cells[:width], *[None] * (width - len(cells))]
    result.repairs = [
        Repair(code, counts[code], rows) for code, rows in listed.items() if counts[code]
    ]


def _reject(result: Records, row: int) -> None:
    result.rejected_total += 1
    if len(result.rejected) < MAX_ROWS_LISTED:
        result.rejected.append(Rejected(row, "too_many_cells"))


def _to_parquet(rows: Iterator[tuple[int, list[str | None]]], width: int, target: Path) -> None:
    """Write the rows in batches of bounded size."""
    schema = pa.schema(
        [("source_row", pa.int64()), *((f"t{i}", pa.string()) for i in range(width))]
    )
    numbers: list[int] = []
    batch: list[list[str | None]] = []
    most, letters = batch_of(width), 0
    with pq.ParquetWriter(target, schema) as writer:

        def flush() -> None:
            if numbers:
                columns = [
                    pa.array(numbers, pa.int64()),
                    *(pa.array(column, pa.string()) for column in zip(*batch, strict=True)),
                ]
                writer.write_table(pa.table(columns, schema=schema))
                numbers.clear()
                batch.clear()

        for number, cells in rows:
            numbers.append(number)
            batch.append(cells)
            letters += sum(map(len, filter(None, cells)))
            if len(numbers) >= most or letters > HELD:
                flush()
                letters = 0
        flush()
