"""The exact slow path of CSV: every record by our own hand, its row number kept, ragged and stray
ones told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.reading import arrays, databases, dialects
from helpers.reading.layout import Layout
from helpers.reading.plain_lines import Block, Lines
from helpers.reading.records import batch_of
from helpers.reading.scanning import Scan
from helpers.reading.snapshot import MAX_ROWS_LISTED, Rejected, Repair
from helpers.reading.writing import Plain

MAX_CELL = 1 << 24
FEW_LINES = 200  # of a cell; of more, not many may be records themselves
MANY = 0.1
QUOTES = ("stray_quote", "inner_quotes", "backslash_quotes", "spaced_quotes")
HELD = 32 << 20  # letters of the rows that are held until they are written


@dataclass
class Records:
    """A relation for ``writing.write``, and what was found on the way."""

    relation: str
    sample: str | None
    plain: Plain | None = None  # the same rows, without DuckDB
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rejected_total: int = 0


def records(scan: Scan, layout: Layout) -> Iterator[tuple[list[str], str | None] | Block]:
    """Each record's cells, exactly, and what was odd with its quotes; of many plain lines behind
    the header their columns at once.

    A quoted cell may hold line ends; where its quote is not closed so that a record of the table's
    width comes out of lines that are none themselves, the quote was stray: the line stands alone
    and the next begins anew.
    """
    waiting: list[str] = []
    # where blanks are cut no line is plain
    lines = Lines(scan.text, layout.delimiter, 1 if layout.spaced else layout.width)
    given = 0
    while True:
        if not waiting and given > layout.header and (run := lines.run()):
            block = run.block(layout.delimiter, layout.width)
            if block is not None:
                yield block
                continue
            waiting.extend(reversed(run.texts()))
        given += 1
        line = waiting.pop() if waiting else next(lines, None)
        if line is None:
            return
        if '"' not in line:
            cells = line.split(layout.delimiter)
            yield [cell.strip(" ") for cell in cells] if layout.spaced else cells, None
            continue
        if line.count('"') % 2 == 0:
            yield _record(line, layout)
            continue
        if "\\" in line and (escaped := _escaped(line, layout)):
            yield escaped
            continue
        quoted = [line, *_until_closed(line, waiting, lines)]
        record = _closed(quoted, layout)
        if record is not None:
            yield record
        else:
            waiting.extend(reversed(quoted[1:]))
            yield [_bare(cell) for cell in line.split(layout.delimiter)], "stray_quote"


def _until_closed(line: str, waiting: list[str], lines: Iterator[str]) -> Iterator[str]:
    """The lines after one with an open quote, through the next that has one more; none beyond what
    a cell may hold."""
    room = MAX_CELL - len(line)
    while room > 0:
        following = waiting.pop() if waiting else next(lines, None)
        if following is None:
            return
        yield following
        room -= len(following)
        if following.count('"') % 2:
            return


def _closed(block: list[str], layout: Layout) -> tuple[list[str], str | None] | None:
    """The record that a block of lines is; None where it is none of the table's width, or a long
    one of which many lines are records themselves."""
    if len(block) < 2 or block[-1].count('"') % 2 == 0:
        return None
    if len(block) > FEW_LINES:
        whole = sum(line.count(layout.delimiter) == layout.width - 1 for line in block[1:-1])
        if whole > MANY * len(block):
            return None
    cells, told = _record("\n".join(block), layout)
    return (cells, told) if len(cells) == layout.width else None


def _bare(cell: str) -> str:
    """A cell of a line with a stray quote: without its own pair of quotes, where it has just
    that."""
    return (
        cell[1:-1]
        if len(cell) > 1 and cell[0] == cell[-1] == '"' and cell.count('"') == 2
        else cell
    )


def _escaped(text: str, layout: Layout) -> tuple[list[str], str] | None:
    """A record whose quotes are escaped with backslashes; None where that makes none of the table's
    width."""
    rows = dialects.rows_of(text.replace('\\"', '""'), layout.delimiter, spaced=layout.spaced)
    if rows is None or len(rows) != 1 or len(rows[0]) != layout.width:
        return None
    return rows[0], "backslash_quotes"


def _record(text: str, layout: Layout) -> tuple[list[str], str | None]:
    """The cells of a record and what was odd with its quotes: none are lost where they are neither
    doubled nor escaped."""
    delimiter = layout.delimiter
    rows = dialects.rows_of(text, delimiter, spaced=layout.spaced)
    if rows is not None and len(rows) == 1:
        return rows[0], "spaced_quotes" if layout.spaced and f'{delimiter} "' in text else None
    if rows is None and '\\"' in text and (escaped := _escaped(text, layout)):
        return escaped
    cells = _cut_at_quotes(text, delimiter) if rows is None else None
    if cells is not None and len(cells) == layout.width:
        return cells, "inner_quotes"
    try:
        lenient = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        lenient = []
    told = "inner_quotes" if rows is None else None
    return (lenient[0], told) if len(lenient) == 1 else (text.split(delimiter), told)


def _cut_at_quotes(text: str, delimiter: str) -> list[str] | None:
    """The cells of a record of which a quoted one ends at a quote with a delimiter behind it alone:
    other quotes are letters. None where one does not end.

    >>> _cut_at_quotes('206,""C" St.","blank"', ",")
    ['206', '"C" St.', 'blank']
    """
    cells: list[str] = []
    place = 0
    while True:
        if text[place : place + 1] == '"':
            end = text.find(f'"{delimiter}', place + 1)
            if end < 0 and (len(text) - place < 2 or not text.endswith('"')):
                return None
            end = len(text) - 1 if end < 0 else end
            cells.append(text[place + 1 : end].replace('""', '"'))
            place = end + 1
        else:
            end = text.find(delimiter, place)
            end = len(text) if end < 0 else end
            cells.append(text[place:end])
            place = end
        if place >= len(text):
            return cells
        place += 1


Aside = Callable[[int, str], None]  # takes number and text of a row that has no place


def exact(
    connection: duckdb.DuckDBPyConnection, scan: Scan, layout: Layout, folder: Path, aside: Aside
) -> Records:
    """The slow path: every record by our own hand, to a raw Parquet; ragged and stray ones told,
    rejected ones handed to ``aside`` too."""
    target = folder / "raw.parquet"
    csv.field_size_limit(MAX_CELL)
    result = Records(
        f"(select * from {databases.quoted(target)})",
        None,
        lambda rows, _: pq.ParquetFile(target).iter_batches(rows),
    )
    _to_parquet(_rows(scan, layout, result, aside), layout.width, target)
    return result


def _rows(
    scan: Scan, layout: Layout, result: Records, aside: Aside
) -> Iterator[tuple[int, list[str | None] | Block]]:
    """Number and cells, as many as the table is wide, of each record that has a place in it (of a
    block the first one's number); what is ragged, stray or has no place is told in ``result`` when
    all rows were taken."""
    width = layout.width
    usual = min(layout.usual or width, len(layout.heading.cells) or width)
    listed: dict[str, list[int]] = {"ragged": [], **{code: [] for code in QUOTES}}
    counts = dict.fromkeys(listed, 0)

    def note(code: str, row: int) -> None:
        counts[code] += 1
        if len(listed[code]) < MAX_ROWS_LISTED:
            listed[code].append(row)

    row = 0
    for record in records(scan, layout):
        if isinstance(record, Block):
            yield row + 1, record
            row += record.rows
            continue
        row += 1
        if row <= layout.header + 1:
            continue
        cells, odd = record
        if odd:
            note(odd, row)
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            _reject(result, row)
            aside(row, " ".join(cells))
            continue
        # a blank line is told as an empty row
        if len(cells) > width or (len(cells) < usual and any(cell.strip() for cell in cells)):
            note("ragged", row)
        yield row, [*cells[:width], *[None] * (width - len(cells))]
    result.repairs = [
        Repair(code, counts[code], rows) for code, rows in listed.items() if counts[code]
    ]


def _reject(result: Records, row: int) -> None:
    result.rejected_total += 1
    if len(result.rejected) < MAX_ROWS_LISTED:
        result.rejected.append(Rejected(row, "too_many_cells"))


class _Writer:
    """Writes rows and blocks of them, in their order, in batches of bounded size."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self.writer, self.schema, self.most = writer, schema, batch_of(len(schema) - 1)
        self.numbers: list[int] = []
        self.rows: list[list[str | None]] = []
        self.tables: list[pa.Table] = []
        self.held = self.letters = 0

    def add(self, number: int, cells: list[str | None]) -> None:
        self.numbers.append(number)
        self.rows.append(cells)
        self._count(1, sum(map(len, filter(None, cells))))

    def add_block(self, first: int, block: Block) -> None:
        self._gather()
        numbers = arrays.integers(np.arange(first, first + block.rows))
        self.tables.append(arrays.table([numbers, *block.columns], self.schema))
        self._count(block.rows, block.bytes)

    def _gather(self) -> None:
        """The rows that wait, as a table."""
        if self.numbers:
            columns = [arrays.texts(column) for column in zip(*self.rows, strict=True)]
            numbers = arrays.integers(self.numbers)
            self.tables.append(arrays.table([numbers, *columns], self.schema))
            self.numbers, self.rows = [], []

    def _count(self, rows: int, letters: int) -> None:
        self.held, self.letters = self.held + rows, self.letters + letters
        if self.held >= self.most or self.letters > HELD:
            self.flush()

    def flush(self) -> None:
        self._gather()
        if self.tables:
            self.writer.write_table(pa.concat_tables(self.tables))
        self.tables, self.held, self.letters = [], 0, 0


def _to_parquet(
    rows: Iterator[tuple[int, list[str | None] | Block]], width: int, target: Path
) -> None:
    schema = pa.schema(
        [("source_row", pa.int64()), *((f"t{i}", pa.string()) for i in range(width))]
    )
    # read a few times and thrown away: equal texts are not worth finding
    with pq.ParquetWriter(target, schema, use_dictionary=False) as writer:
        out = _Writer(writer, schema)
        for number, cells in rows:
            if isinstance(cells, Block):
                out.add_block(number, cells)
            else:
                out.add(number, cells)
        out.flush()
