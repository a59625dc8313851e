"""Texts: bars of the commonest values where a few values are most of them, else how long they
are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.profiling.pictures import bounds
from helpers.profiling.pictures.numbers import between
from helpers.profiling.pictures.picture import BARS, LENGTHS, Mark, Picture
from helpers.reading import missing
from helpers.reading.snapshot import Column

if TYPE_CHECKING:
    import duckdb

SHARE = 0.5  # of the cells hold one of the commonest values: they tell what the column is


def of_values(
    con: duckdb.DuckDBPyConnection, column: Column, profiled: dict[str, Any]
) -> list[Picture]:
    """The picture of a column of texts in ``source``, by its profile; none where all are alike."""
    top = profiled["top"]
    shown = sum(one["count"] for one in top)
    present = _present(con, column) if profiled["distinct"] > len(top) else shown
    if not present or profiled["distinct"] < 2:
        return []
    if profiled["distinct"] == len(top) or shown >= SHARE * present:
        marks = [Mark(one["value"], None, one["count"]) for one in top]
        return [Picture(column.name, BARS, marks, present, rest=present - shown)]
    return _lengths(con, column, present)


def _present(con: duckdb.DuckDBPyConnection, column: Column) -> int:
    row = con.execute(f"select count({missing.present(column.text)}) from source").fetchone()
    return int(row[0]) if row else 0


def _lengths(con: duckdb.DuckDBPyConnection, column: Column, present: int) -> list[Picture]:
    lengths = f"select length({missing.present(column.text)})::double as v from source"
    row = con.execute(f"""
        select min(v), max(v), quantile_cont(v, [0.05, 0.25, 0.75, 0.95])
        from ({lengths})""").fetchone()
    if row is None or row[0] is None or row[0] == row[1]:
        return []
    found = bounds.bins(row[0], row[1], tuple(row[2]), whole=True)
    if found is None:
        return []
    edges = [found.edge(i) for i in range(found.count + 1)]
    counted = between(con, f"select v from ({lengths}) where v is not null", edges)
    marks = [Mark(edges[i], edges[i + 1], counted.get(i + 1, 0)) for i in range(found.count)]
    below, above = counted.get(0, 0), counted.get(len(edges), 0)
    ends = (row[0], row[1]) if below or above else (None, None)
    return [Picture(column.name, LENGTHS, marks, present, below, above, 0, "", *ends).trimmed()]
