"""What a Parquet holds beside its cells: all texts of its footer, entries of dictionaries that no
cell uses, bytes that belong to no column, text within binary cells.

Layout: parquet.thrift of https://github.com/apache/parquet-format. Least and greatest values that
the file tells are cells, and looked at only where they are not.
"""

from __future__ import annotations

import base64
import binascii
import mmap
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.reading import databases
from helpers.reading.around import runs, thrift
from helpers.reading.around.trees import Tree
from helpers.reading.surroundings import Part

MAX_CHUNK = 256 << 20  # bytes of a column in a group of rows, unpacked
MAX_COMPARED = 50_000_000  # texts with cells, one by one
ROWS = 65_536
ENCODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
BYTE = re.compile(rb"\\x([0-9A-F]{2})")
# Ways in a FileMetaData.
NAME, ROOT_KEY, ROOT_VALUE, MADE_BY = (2, 4), (5, 1), (5, 2), (6,)
CHUNK, OFFSET = (4, 1), (4, 1, 2)
PATH, KEY, VALUE = (4, 1, 3, 3), (4, 1, 3, 8, 1), (4, 1, 3, 8, 2)
STATISTICS = (4, 1, 3, 12)
SIZE, DATA, DICTIONARY = (4, 1, 3, 7), (4, 1, 3, 9), (4, 1, 3, 11)
INDEXES = (((4, 1, 4), (4, 1, 5)), ((4, 1, 6), (4, 1, 7)))


def parts(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: dict[str, str]
) -> Iterator[Part]:
    """All of the file at ``path`` but its cells. ``columns``: name -> DuckDB's type of it.

    A footer that does not follow the format is one part without text.
    """
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        footer = _Footer(data, frozenset(columns))
        try:
            yield from footer.texts()
            yield from footer.between()
        except (ValueError, IndexError):
            yield Part("other_part", None)
    yield from _not_cells(connection, path, footer.extremes, columns)
    try:
        yield from _unused(path)
    except (pa.ArrowException, OSError, ValueError):  # ValueError: a name that is no text
        yield Part("unused_entry", None)
    for name, type in columns.items():
        if "BLOB" in type.upper():
            yield from _binary(connection, path, name)


@dataclass
class _Footer:
    """The footer of a file. ``extremes``: column -> least and greatest values that it tells;
    ``used``: ranges of bytes that belong to a column."""

    data: mmap.mmap
    columns: frozenset[str]
    extremes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    used: list[tuple[int, int]] = field(default_factory=list)
    key: str = ""  # of the value that follows

    def __post_init__(self) -> None:
        self.names = Tree("column_description", keys=set(self.columns))

    def texts(self) -> Iterator[Part]:
        """The footer's texts, each under its key."""
        size = int.from_bytes(self.data[-8:-4], "little")
        start = len(self.data) - 8 - size
        raw = self.data[start : len(self.data) - 8]
        self.used.append((start, len(self.data)))
        column, numbers = "", dict[thrift.Way, int]()
        reader = thrift.Reader(raw)
        for way, value in reader.values():
            if isinstance(value, int):
                if way == OFFSET:  # each chunk begins with it
                    yield from self._chunk(numbers, column)
                    numbers.clear()
                    column = ""
                numbers[way] = value
                continue
            if way == PATH:
                column = column or value.decode("utf-8", "replace")
            yield from self._text(way, value, column)
        yield from self._chunk(numbers, column)
        for run in runs.text_runs(raw[reader.at :]):
            yield Part("other_part", run)

    def _text(self, way: thrift.Way, value: bytes, column: str) -> Iterator[Part]:
        """One text of the footer, of the chunk of a ``column``."""
        text = value.decode("utf-8", "replace")
        within = column if way[:2] == CHUNK else ""
        if way in (ROOT_KEY, KEY):
            self.key = text
            yield from Tree("file_metadata", within).key(text)
        elif way in (ROOT_VALUE, VALUE):
            yield from _of_value(text, self.key, within)
        elif way[:4] == STATISTICS:
            self._extreme(column, value)
        elif way in (NAME, PATH):
            yield from self.names.key(text)
        else:
            label = "created_by" if way == MADE_BY else ""
            for run in runs.text_runs(value):
                yield Part("file_metadata" if label else "other_part", run, within, label)

    def _extreme(self, column: str, value: bytes) -> None:
        self.extremes[column].update(runs.text_runs(value))

    def _chunk(self, numbers: dict[thrift.Way, int], column: str) -> Iterator[Part]:
        """Note where a column's chunk lies, and look into its index and into what older programs
        wrote of it right behind."""
        if SIZE in numbers and DATA in numbers:
            start = min(numbers.get(DICTIONARY) or numbers[DATA], numbers[DATA])
            end = start + numbers[SIZE]
            self.used.append((start, end))
            if numbers.get(OFFSET) == end:
                yield from self._structure(end, column, CHUNK)
        for at, length in INDEXES:
            if at in numbers and length in numbers:
                yield from self._structure(numbers[at], column, STATISTICS)

    def _structure(self, at: int, column: str, way: thrift.Way) -> Iterator[Part]:
        """The texts of a structure that lies beside the footer, as if it lay there on that way."""
        reader = thrift.Reader(self.data, at)
        found = []
        try:
            found = [(way, value) for way, value in reader.values(way) if isinstance(value, bytes)]
        except (ValueError, IndexError):
            return  # it is none: looked into as bytes
        self.used.append((at, reader.at))
        for inner, value in found:
            yield from self._text(inner, value, column)

    def between(self) -> Iterator[Part]:
        """Text in bytes that belong to no column."""
        at = 4  # the format's own letters
        for start, end in sorted(self.used):
            if start - at >= runs.LEAST:
                for run in runs.words_among_numbers(self.data[at:start]):
                    yield Part("between_columns", run)
            at = max(at, end)


def _of_value(text: str, key: str, column: str) -> Iterator[Part]:
    """The texts of a value: of JSON each, of what was written as base64 the runs of letters."""
    if ENCODED.fullmatch(text):
        try:
            raw = base64.b64decode(text, validate=True)
        except binascii.Error:
            raw = text.encode()
        for run in runs.text_runs(raw):
            yield from Tree("file_metadata", column).parts(run, key)
    else:
        yield from Tree("file_metadata", column).parts(text, key)


def _not_cells(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    extremes: dict[str, set[str]],
    columns: dict[str, str],
) -> Iterator[Part]:
    """Least and greatest values that no cell has; of those that were cut, the beginning counts."""
    cells = databases.quoted(path)
    rows = databases.said_rows(connection, path)
    for column, values in extremes.items():
        left = sorted(values)
        if column in columns:
            cell = f"{databases.named(column)}::varchar"
            left = _ask(connection, f"anti join {cells} c on {cell} = v", left)
            beside = f"where not exists (from {cells} c where contains({cell}, v[:-2]))"
            if left and len(left) * rows <= MAX_COMPARED:
                left = _ask(connection, beside, left)
        for value in left:
            yield Part("extreme", value, "", column)


def _ask(connection: duckdb.DuckDBPyConnection, how: str, values: list[str]) -> list[str]:
    query = f"select v from (select unnest($1::varchar[]) as v) {how}"
    return [str(value) for (value,) in connection.execute(query, [values]).fetchall()]


def _unused(path: Path) -> Iterator[Part]:
    """Entries of a column's dictionary that none of its cells uses."""
    file = pq.ParquetFile(path)
    groups = range(file.metadata.num_row_groups)
    texts = [
        (number, name)
        for number, name in enumerate(file.schema_arrow.names)
        if _is_text(file.schema_arrow.field(name).type)
    ]
    leaves = {column.path: i for i, column in enumerate(file.schema)} if texts else {}
    for _, name in texts:
        dictionaries = pq.ParquetFile(path, read_dictionary=[name])
        for group in groups:
            chunk = file.metadata.row_group(group).column(leaves[name])
            if not chunk.has_dictionary_page:
                continue
            if chunk.total_uncompressed_size > MAX_CHUNK:
                yield Part("too_much", None, "", name)
                continue
            for entry in _unused_in(dictionaries, name, group):
                yield Part("unused_entry", entry, "", name)


def _is_text(type: pa.DataType) -> bool:
    if pa.types.is_dictionary(type):
        type = type.value_type
    return any(
        check(type)
        for check in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_binary,
            pa.types.is_large_binary,
        )
    )


def _unused_in(file: pq.ParquetFile, name: str, group: int) -> Iterator[str]:
    used, entries = np.zeros(0, bool), pa.array([], pa.string())
    for batch in file.iter_batches(ROWS, row_groups=[group], columns=[name]):
        column = batch.column(0)
        if not pa.types.is_dictionary(column.type):
            return
        entries = column.dictionary
        used = np.concatenate([used, np.zeros(max(0, len(entries) - len(used)), bool)])
        used[column.indices.drop_null().to_numpy()] = True
    for entry in entries.filter(pa.array(~used[: len(entries)])).to_pylist():
        if entry is not None:
            yield from runs.text_runs(entry.encode() if isinstance(entry, str) else entry)


def _binary(connection: duckdb.DuckDBPyConnection, path: Path, column: str) -> Iterator[Part]:
    """Text within the bytes of binary cells, of which the table has what is no letter as \\x00."""
    cells = f"select {databases.named(column)}::varchar from {databases.quoted(path)}"
    found = connection.execute(cells)
    while rows := found.fetchmany(100):
        for (cell,) in rows:
            raw = BYTE.sub(lambda hit: bytes([int(hit[1], 16)]), (cell or "").encode())
            for run in runs.words_among_numbers(raw):
                yield Part("binary_cell", run, "", column)
