"""While a table's rows pass to Parquet its different texts are gathered, of the columns whose equal
texts are kept once in each group of rows, as long as they are few."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.reading import arrays
from helpers.reading.gathered import LARGE, beside

WAITING = 50_000  # texts of a column, until equal ones are put together
MOST = 200_000  # different texts of a column; one with more is left out
MOST_BYTES = 32 << 20  # of all columns' texts; the column with the longest is left out


@dataclass
class Gathering:
    """The texts of the rows that have passed: of each column, by its position, arrays of texts and
    in how many rows each stands."""

    _held: dict[int, list[tuple[Any, Any]]] = field(default_factory=lambda: defaultdict(list))
    _left_out: set[int] = field(default_factory=set)

    def add(self, place: int, texts: Any, rows: Any) -> None:
        """A column's different texts in some more rows, none of them null, and how many hold
        each."""
        if place in self._left_out:
            return
        held = self._held[place]
        held.append((texts, rows))
        if sum(len(some) for some, _ in held[1:]) > WAITING:
            self._put_together(place)
            self._leave_out()

    def _put_together(self, place: int) -> None:
        texts = pa.concat_arrays([some for some, _ in self._held[place]])
        rows = np.concatenate([counts for _, counts in self._held[place]])
        encoded = texts.dictionary_encode()
        many = np.bincount(arrays.places(encoded.indices), rows, len(encoded.dictionary))
        self._held[place] = [(encoded.dictionary, many.astype(np.int64))]

    def _leave_out(self) -> None:
        """Columns of more than may be held."""
        sizes = {place: sum(one.nbytes for one, _ in held) for place, held in self._held.items()}
        too_many = {place for place, held in self._held.items() if len(held[0][0]) > MOST}
        if sum(sizes.values()) > MOST_BYTES:
            too_many.add(max(sizes, key=sizes.__getitem__))
        for place in too_many:
            del self._held[place]
        self._left_out |= too_many

    def write(self, table: Path, rows: int) -> None:
        """Lay them beside a Parquet of so many rows; nothing beside a small one."""
        file = beside(table)
        file.unlink(missing_ok=True)
        if rows <= LARGE:
            return
        for place in self._held:
            self._put_together(place)
        self._leave_out()
        if not self._held:
            return
        names = ["place", "text", "many"]
        schema = pa.schema(zip(names, (pa.int64(), pa.string(), pa.int64()), strict=True))
        with pq.ParquetWriter(file, schema, use_dictionary=names[:1]) as writer:
            for place, ((texts, many),) in sorted(self._held.items()):
                places = arrays.integers(np.full(len(texts), place, np.int64))
                made = arrays.table([places, texts, arrays.integers(many)], schema)
                writer.write_table(made, max(len(texts), 1))
