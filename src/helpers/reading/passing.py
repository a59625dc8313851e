"""A table is looked at once, while its rows pass to Parquet: what is asked of a cell is asked of
each different text.

A column whose texts come again has them once in each group of rows, with the places where they
stand. DuckDB reads values of texts, as everywhere; it is given them in a small Parquet of its own,
because what gives it Arrow's tables imports pandas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from helpers.reading import absent, arrays, databases, subtotals
from helpers.reading.gathering import Gathering
from helpers.reading.typing import Guess

AGAIN = 0.5  # of the first rows' texts are different, at the most, where equal ones are kept once


@dataclass
class Passed:
    """What was seen of a table: its rows; of each column of texts how many have a typed value, what
    stands there for no value, how often, and how many begin or end with a blank; the columns of
    which a text may say sum; its different texts."""

    rows: int = 0
    parsed: Counter[int] = field(default_factory=Counter)
    tokens: dict[int, Counter[str]] = field(default_factory=dict)
    padded: Counter[int] = field(default_factory=Counter)
    sums: set[int] = field(default_factory=set)
    texts: Gathering = field(default_factory=Gathering)

    def missing(self, column: int) -> dict[str, int]:
        """What stands for no value in a column -> how often, in the order of the texts."""
        return dict(sorted(self.tokens.get(column, Counter()).items()))

    def absent(self, column: int) -> int:
        """How many cells of a column hold no value."""
        return self.tokens.get(column, Counter()).total()


@dataclass(frozen=True)
class Cells:
    """A column of texts in some rows: the different ones and where each stands, or, where hardly
    any comes again, all of them and None."""

    texts: Any
    places: Any = None

    @cached_property
    def bytes(self) -> bytes:
        """Those of all texts behind one another."""
        return arrays.letters(self.texts)

    def spread(self, values: Any) -> Any:
        """A value for each text as a value for each row."""
        return values if self.places is None else values.take(self.places)

    def array(self) -> Any:
        if self.places is None:
            return self.texts
        return pa.DictionaryArray.from_arrays(self.places, self.texts)

    @cached_property
    def rows(self) -> Any:
        """In how many rows each text stands."""
        return np.bincount(arrays.places(self.places), minlength=len(self.texts))

    def tokens(self) -> Counter[str]:
        """What stands for no value, and in how many rows."""
        found, words = absent.tokens(self.texts)
        if self.places is None:
            counted = Counter(words)
            nulls = self.texts.null_count
        else:
            counted, nulls = Counter(), self.places.null_count
            if len(found):
                for word, count in zip(words, self.rows[found].tolist(), strict=True):
                    counted[word] += count
        if nulls:
            counted[""] += nulls
        return counted

    def padded(self) -> int:
        """How many rows have a text that begins or ends with a blank."""
        found = absent.padded(self.texts)
        if self.places is None or not len(found):
            return len(found)
        return int(self.rows[found].sum())


class _Values:
    """Asks DuckDB for the typed values of texts."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, guesses: list[Guess], folder: Path
    ) -> None:
        self.cursor, self.guesses, self.folder = connection.cursor(), guesses, folder

    def of(self, columns: dict[int, Cells]) -> dict[int, Any]:
        """The typed values, one for each row, of the columns that have them."""
        typed = [i for i, guessed in enumerate(self.guesses) if guessed.type != "text"]
        alike = [i for i in typed if columns[i].places is None]
        values: dict[int, Any] = {}
        for chosen in (alike, [i for i in typed if i not in alike]):
            for start in range(0, len(chosen), databases.TOGETHER):
                values |= self._asked(columns, chosen[start : start + databases.TOGETHER])
        return values

    def _asked(self, columns: dict[int, Cells], chosen: list[int]) -> dict[int, Any]:
        """One question about columns; those of fewer texts are filled up with nulls."""
        most = max(len(columns[i].texts) for i in chosen)
        texts = [
            pa.concat_arrays([cells.texts, pa.nulls(most - len(cells.texts), pa.string())])
            for cells in (columns[i] for i in chosen)
        ]
        file = databases.aside(self.folder, "values")
        pq.write_table(
            pa.table(texts, [f"t{i}" for i in chosen]),
            file,
            compression="none",
            use_dictionary=False,
            write_statistics=False,
            store_schema=False,
        )
        asked = [f"{self.guesses[i].sql(f't{i}', among=columns[i].bytes)} as v{i}" for i in chosen]
        found = self.cursor.execute(
            f"select {', '.join(asked)} from {databases.quoted(file)}"
        ).to_arrow_table()
        file.unlink()
        return {
            i: columns[i].spread(column.combine_chunks().slice(0, len(columns[i].texts)))
            for i, column in zip(chosen, found.columns, strict=True)
        }


class _Table:
    """Takes groups of rows, each written as one of Parquet's."""

    def __init__(
        self, values: _Values, target: Path, points: Mapping[str, NDArray[np.float64]]
    ) -> None:
        self.values, self.target, self.points = values, target, points
        self.passed = Passed()
        self.again: set[int] = set()
        self.writer: pq.ParquetWriter | None = None

    def add(self, rows: pa.RecordBatch) -> None:
        width = len(self.values.guesses)
        columns = {i: self._cells(i, rows.column(f"t{i}")) for i in range(width)}
        values = self.values.of(columns)
        self._look(len(rows), columns, values)
        cells = {"source_row": rows.column("source_row")}
        cells |= {f"t{i}": column.array() for i, column in columns.items()}
        cells |= {f"v{i}": values[i] for i in sorted(values)}
        first = self.passed.rows - len(rows)
        cells |= {
            name: arrays.measured(axis[first : first + len(rows)])
            for name, axis in self.points.items()
        }
        table = pa.table(list(cells.values()), list(cells))
        self.writer = self.writer or self._opened(table.schema)
        self.writer.write_table(table, max(len(table), 1))

    def _cells(self, i: int, texts: Any) -> Cells:
        if self.writer is not None and i not in self.again:
            return Cells(texts)
        encoded = texts.dictionary_encode()
        if self.writer is None and len(encoded.dictionary) > AGAIN * len(texts):
            return Cells(texts)
        self.again.add(i)
        return Cells(encoded.dictionary, encoded.indices)

    def _look(self, rows: int, columns: dict[int, Cells], values: dict[int, Any]) -> None:
        self.passed.rows += rows
        for i, cells in columns.items():
            if found := cells.tokens():
                self.passed.tokens.setdefault(i, Counter()).update(found)
            self.passed.padded[i] += cells.padded()
            if cells.places is not None:
                self.passed.texts.add(i, cells.texts, cells.rows)
            if i in values:
                self.passed.parsed[i] += rows - values[i].null_count
            if i < subtotals.LOOKED_AT and subtotals.may_say(cells.bytes):
                self.passed.sums.add(i)

    def _opened(self, schema: pa.Schema) -> pq.ParquetWriter:
        """Statistics of texts take a sixth of the CPU of writing them, and are asked for by no
        query that would be quicker."""
        again = [f"{kind}{i}" for i in sorted(self.again) for kind in "tv"]
        return pq.ParquetWriter(
            self.target,
            schema,
            compression="snappy",
            use_dictionary=[name for name in again if name in schema.names],
            write_statistics=[name for name in schema.names if name[0] != "t"],
            column_encoding={"source_row": "DELTA_BINARY_PACKED"},
            store_schema=False,
        )


def streamed(
    connection: duckdb.DuckDBPyConnection, relation: str, rows: int
) -> Iterator[pa.RecordBatch]:
    """The rows of a relation, so many at a time. Raises ``duckdb.Error``, as a query does: through
    Arrow its errors come as another's."""
    reader = connection.execute(f"from {relation}").to_arrow_reader(rows)
    try:
        yield from reader
    except (pa.ArrowException, OSError) as error:
        short = "Out of Memory" in str(error)
        raise (duckdb.OutOfMemoryException if short else duckdb.Error)(str(error)) from None


def _none(width: int) -> pa.RecordBatch:
    """No rows of a table."""
    types = {"source_row": pa.int64()} | {f"t{i}": pa.string() for i in range(width)}
    empty = [pa.nulls(0, type) for type in types.values()]
    return pa.RecordBatch.from_arrays(empty, list(types))


def write(
    connection: duckdb.DuckDBPyConnection,
    batches: Iterable[pa.RecordBatch],
    guesses: list[Guess],
    target: Path,
    *,
    points: Mapping[str, NDArray[np.float64]] | None = None,
) -> Passed:
    """Write rows (``source_row``, ``t0..tn``) to ``target`` with typed values beside the texts, and
    beside these the ``points`` of all rows, of each axis by its name, NaN where there is none."""
    table = _Table(_Values(connection, guesses, target.parent), target, points or {})
    try:
        for rows in batches:
            table.add(rows)
        if table.writer is None:
            table.add(_none(len(guesses)))
    finally:
        if table.writer is not None:
            table.writer.close()
        table.values.cursor.close()
    return table.passed
