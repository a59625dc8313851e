"""The cells of a table as small whole numbers: equal texts of a column have the same one, 0 is an
empty cell.

A table of more rows than ``SAMPLE`` is looked at in a sample of them, the same each time: those
whose row number has the smallest hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from helpers.profiling.relations.bounds import SAMPLE
from helpers.reading import missing
from helpers.reading.snapshot import Column

if TYPE_CHECKING:
    import duckdb

Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Cells:
    """``codes``: a row for each of ``rows`` (row numbers of the source, ascending), a column for
    each of ``columns``."""

    columns: list[Column]
    rows: NDArray[np.int64]
    codes: Codes

    def of(self, column: int) -> Codes:
        """The codes of one column, by its place in ``columns``."""
        found: Codes = self.codes[:, column]
        return found

    def only(self, columns: Sequence[Column]) -> Cells:
        """The same rows of some of the columns."""
        places = [self.columns.index(column) for column in columns]
        return Cells(list(columns), self.rows, self.codes[:, places])


def coded(texts: NDArray[np.uint64]) -> Codes:
    """Whole numbers from 1 for hashes of texts, 0 for 0."""
    different, places = np.unique(texts, return_inverse=True)
    shift = 0 if len(different) and different[0] == 0 else 1
    return (places + shift).astype(np.int32)


def take(con: duckdb.DuckDBPyConnection, rows: int, columns: Sequence[Column]) -> Cells:
    """The cells of ``source``, which has so many rows; makes ``taken`` of those that are looked
    at."""
    chosen = (
        "where source_row in"
        f" (select source_row from source order by hash(source_row), source_row limit {SAMPLE})"
        if rows > SAMPLE
        else ""
    )
    con.execute(f"create or replace temp view taken as select * from source {chosen}")
    if chosen:
        held = dict.fromkeys(name for column in columns for name in (column.text, column.value))
        names = ", ".join(("source_row", *held))
        con.execute(f"create temp table sampled as select {names} from taken")
        con.execute("create or replace temp view taken as from sampled")
    codes = np.empty((min(rows, SAMPLE), len(columns)), dtype=np.int32)
    for place, column in enumerate(columns):
        cell = missing.cell(column)
        fetched: dict[str, Any] = con.execute(f"""
            select case when c is null then 0 else greatest(hash(c), 1) end as h
            from (select source_row, {cell} as c from taken) order by source_row""").fetchnumpy()
        codes[:, place] = coded(np.asarray(fetched["h"], dtype=np.uint64))
    numbered = con.execute("select source_row from taken order by source_row").fetchnumpy()
    return Cells(list(columns), np.asarray(numbered["source_row"], dtype=np.int64), codes)


def together(first: NDArray[Any], second: NDArray[Any]) -> NDArray[np.int64]:
    """Numbers that are equal where both are."""
    return first.astype(np.int64) * (int(second.max(initial=0)) + 1) + second


def sizes(codes: NDArray[Any]) -> NDArray[np.int64]:
    """How many rows have each of the codes that there are."""
    return np.unique(codes, return_counts=True)[1].astype(np.int64)


def alike(sizes: NDArray[np.int64]) -> int:
    """How many pairs of rows lie in the same group."""
    return int((sizes * (sizes - 1) // 2).sum())


def chance(sizes: NDArray[np.int64]) -> float:
    """How often two different rows lie in the same group (0-1)."""
    rows = int(sizes.sum())
    return alike(sizes) / max(rows * (rows - 1) / 2, 1)
