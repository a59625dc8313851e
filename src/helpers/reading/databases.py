"""How this project opens DuckDB: two threads at most, bounded memory, no progress bar on somebody's
standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    import duckdb

# DuckDB's own, of the 1,024 MB of a watched process: 200 are Python's and the libraries', and of
# 20,000,000 rows grouped by hash DuckDB was seen to take up to 290 MB beyond its limit.
MEMORY_MB = 500
_memory_mb = MEMORY_MB
THREADS = 2
SMALL_BYTES = 256 << 10
_threads = THREADS
VECTOR = 2048  # rows that DuckDB works on at a time
GROUP_ROWS = 61_440
GROUP_CELLS = 4_000_000  # a row group is held whole, by each of two threads, until it is written
GROUP_BYTES = 64 << 20
WIDE = 300  # columns
HELD_CELLS = 1_000_000
SHOWN_CELLS = 50_000  # more are read where they lie as often as they are asked for
LOOKED_AT = 20_000  # rows, of whether texts repeat themselves
SELDOM = 0.95  # of them are different: hardly one stands twice
TOGETHER = 240  # aggregates in one query: DuckDB plans several thousand of them in minutes


def bounded_by(memory_mb: int) -> None:
    """DuckDB's part of a process that may have so much memory: the same share as of the usual
    bound."""
    global _memory_mb
    _memory_mb = max(64, memory_mb * MEMORY_MB // 1024)


def of_file(file: Path | None) -> None:
    """How many threads DuckDB has in this process from now on, for this source: of a small file
    each would make its own preparations, and save no time."""
    global _threads
    small = file is not None and file.is_file() and file.stat().st_size <= SMALL_BYTES
    _threads = 1 if small else THREADS


def connect(
    file: Path | None = None,
    *,
    read_only: bool = False,
    spill: Path | None = None,
    threads: int | None = None,
) -> duckdb.DuckDBPyConnection:
    """A connection in memory, or to ``file``; what does not fit in its memory is spilled to
    ``spill``. ``threads``: at most so many."""
    import duckdb  # 0.1 s

    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": min(_threads, threads or _threads),
        "memory_limit": f"{_memory_mb}MB",
    }
    if spill:
        config["temp_directory"] = str(spill)
    connection = duckdb.connect(
        str(file) if file else ":memory:", read_only=read_only, config=config
    )
    # else each of a thousand queries reads it anew
    connection.execute("set parquet_metadata_cache = true")
    # blocks of a file are found by its name: of one written anew at once a block of the old is read
    connection.execute("set enable_external_file_cache = false")
    # DuckDB shows a bar in Jupyter alone: elsewhere asking costs a fifth of a connection. Without
    # ipywidgets even switching it off raises, and there it is off
    if "IPython" in sys.modules and _has_bar(connection):
        connection.execute("set enable_progress_bar = false")
    return connection


def _has_bar(connection: duckdb.DuckDBPyConnection) -> bool:
    asked = connection.execute("select current_setting('enable_progress_bar')")
    return asked.fetchone() == (True,)


def group_rows(columns: int, row_bytes: int) -> int:
    """How many rows of so many cells and bytes of text are held at a time."""
    rows = min(GROUP_CELLS // max(columns, 1), GROUP_BYTES // max(row_bytes, 1))
    return min(GROUP_ROWS, max(VECTOR, rows // VECTOR * VECTOR))


def write(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    target: Path,
    columns: int,
    row_bytes: int = 0,
) -> None:
    """Write the rows of ``query``, of that many columns and of rows of so many bytes, as Parquet to
    ``target``.

    Of wide or long rows fewer are held at a time. v2's encodings, small row groups and no filters
    (of equal texts, which nothing asks for) write a table of texts with a third less CPU than
    DuckDB's defaults. Equal texts are kept once: without that rules over a timetable took half as
    much CPU more. Of a table of more than ``WIDE`` columns its writer holds more than all else
    together.
    """
    rows = group_rows(columns, row_bytes)
    if columns <= WIDE:
        how = (
            f"(format parquet, compression snappy, parquet_version v2, row_group_size {rows},"
            " write_bloom_filter false)"
        )
        connection.execute(f"copy ({query}) to {quoted(target)} {how}")
        return
    import pyarrow.parquet as pq  # what ranks kept results does without it

    reader = connection.execute(query).to_arrow_reader(rows)
    with pq.ParquetWriter(target, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def aside(folder: Path, what: str) -> Path:
    """A Parquet file for what waits, of a name that no connection has read."""
    return folder / f"{what}-{uuid4().hex}.raw.parquet"


def quoted(value: Path | str) -> str:
    """A path or a text as an SQL literal."""
    plain = str(value).replace("'", "''")
    return "'" + plain.replace("\0", "' || chr(0) || '") + "'"


def named(plain: str) -> str:
    """A name, of a column of somebody's, as an SQL identifier."""
    return '"' + plain.replace('"', '""') + '"'


class Source:
    """The name ``source`` for a Parquet file in a connection: held in memory where it is small,
    else read where it lies.

    A query for each of a thousand columns would else read the file's metadata, and bind them all, a
    thousand times.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, file: Path, rows: int, columns: int
    ) -> None:
        self.connection, self.rows, self.relation = connection, rows, quoted(file)
        self.file = file
        self.gathered: dict[str, str] | None = None  # see ``gathered.of``
        self.whole = rows * columns <= HELD_CELLS
        self._seldom: dict[str, bool] = {}
        self.form = "table" if self.whole else "view"
        connection.execute(f"create temp {self.form} source as from {self.relation}")

    def show(self, *names: str) -> None:
        """Leave of a large file only ``source_row`` and the columns ``names`` (all: none named)
        until the next call."""
        if self.whole:
            return
        cells = ", ".join(dict.fromkeys(("source_row", *names))) if names else "*"
        self.connection.execute(f"drop {self.form} source")
        self.form = "table" if names and self.rows * len(names) <= SHOWN_CELLS else "view"
        self.connection.execute(
            f"create temp {self.form} source as select {cells} from {self.relation}"
        )

    def seldom_twice(self, text: str) -> bool:
        """True where hardly a text of a large file's first rows stands twice in the column: to
        gather the different ones first would cost more than it saves. Of few rows false."""
        if self.whole or self.rows <= SHOWN_CELLS:
            return False
        if text not in self._seldom:
            row = self.connection.execute(
                f"select count(distinct {text}), count({text}) from {self.relation}"
                f" where file_row_number < {LOOKED_AT}"
            ).fetchone()
            different, filled = row or (0, 0)
            self._seldom[text] = different > SELDOM * filled
        return self._seldom[text]


def said_rows(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    """How many rows a Parquet says that it has."""
    counted = connection.execute(
        f"select sum(num_rows) from parquet_file_metadata({quoted(file)})"
    ).fetchone()
    return int(counted[0] or 0) if counted else 0


def aggregate(connection: duckdb.DuckDBPyConnection, parts: list[str], relation: str) -> list[Any]:
    """The value of each aggregate expression over ``relation``, however many there are."""
    values: list[Any] = []
    for start in range(0, len(parts), TOGETHER):
        row = connection.execute(
            f"select {', '.join(parts[start : start + TOGETHER])} from {relation}"
        ).fetchone()
        assert row is not None
        values += row
    return values
