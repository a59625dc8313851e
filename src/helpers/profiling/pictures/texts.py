"""Texts: bars of the commonest values where a few values are most of them, else how long they
are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from helpers.profiling.pictures import bounds
from helpers.profiling.pictures.picture import BARS, LENGTHS, Mark, Picture
from helpers.reading import missing
from helpers.reading.snapshot import Column

if TYPE_CHECKING:
    import duckdb

SHARE = 0.5  # of the cells hold one of the commonest values: they tell what the column is


def of_values(
    con: duckdb.DuckDBPyConnection, column: Column, profiled: dict[str, Any], present: int
) -> list[Picture]:
    """The picture of a column of texts in ``source``, ``present`` of them, by its profile; none
    where all are alike."""
    top = profiled["top"]
    shown = sum(one["count"] for one in top)
    if not present or profiled["distinct"] < 2:
        return []
    told = profiled["distinct"] == len(top) or shown >= SHARE * present
    if told and profiled["distinct"] == present:
        return []  # a few names, each once
    if told:
        marks = [Mark(one["value"], None, one["count"]) for one in top]
        return [Picture(column.name, BARS, marks, present, rest=present - shown)]
    if profiled["length_min"] == profiled["length_max"]:
        return []
    return _lengths(con, column, present)


def _lengths(con: duckdb.DuckDBPyConnection, column: Column, present: int) -> list[Picture]:
    cell = missing.present(column.text)
    counted = con.execute(f"""
        select length(c) as v, count(*) from (select {cell} as c from source)
        where c is not null group by v order by v""").fetchall()
    low, high = counted[0][0], counted[-1][0]
    found = bounds.bins(low, high, _quantiles(counted, present), whole=True)
    if found is None:
        return []
    edges = [found.edge(i) for i in range(found.count + 1)]
    within = [
        Mark(first, last, sum(count for v, count in counted if first <= v < last))
        for first, last in pairwise(edges)
    ]
    below = sum(count for v, count in counted if v < edges[0])
    above = sum(count for v, count in counted if v >= edges[-1])
    ends = (low, high) if below or above else (None, None)
    return [Picture(column.name, LENGTHS, within, present, below, above, 0, "", *ends).trimmed()]


def _quantiles(counted: list[tuple[int, int]], total: int) -> tuple[float, ...]:
    """The lengths below which 5, 25, 75 and 95 % lie, of lengths in order with their counts."""
    found, passed = [], 0
    shares = [0.05, 0.25, 0.75, 0.95]
    for length, count in counted:
        passed += count
        while shares and passed >= shares[0] * total:
            found.append(float(length))
            shares.pop(0)
    return tuple(found)
