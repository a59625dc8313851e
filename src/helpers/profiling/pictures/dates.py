"""Dates: how many rows for each day, month or year, and which of them have none between others that
do."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.profiling.pictures.numbers import between
from helpers.profiling.pictures.picture import TIMELINE, Mark, Picture
from helpers.reading.snapshot import Column

if TYPE_CHECKING:
    import duckdb

MOST = 62  # marks: two months of days, five years of months
YEARS = 120  # marks of years; what lies further from the middle is told


def of_values(con: duckdb.DuckDBPyConnection, column: Column) -> list[Picture]:
    """The time line of a column of dates in ``source``; none where all are of one day."""
    day = f"{column.value}::date"
    row = con.execute(f"""
        select count(d), min(d), max(d), quantile_disc(d, [0.01, 0.5, 0.99])
        from (select {day} as d from source)""").fetchone()
    if row is None or not row[0] or row[1] == row[2]:
        return []
    present, first, last, (early, _, late) = row
    if (last.year - first.year) > YEARS:  # one wrong century must not press all others together
        early = max(first, dt.date(max(early.year, late.year - YEARS + 1), 1, 1))
    else:
        early, late = first, last
    unit = _unit(early, late)
    starts = _starts(early, late, unit)
    edges = [float(start.toordinal()) for start in starts]
    ordinal = f"date_diff('day', date '0001-01-01', {day}) + 1.0"
    filled = f"select {ordinal} as v from source where {column.value} is not null"
    counted = between(con, filled, edges)
    marks = [
        Mark(low.isoformat(), high.isoformat(), counted.get(i + 1, 0))
        for i, (low, high) in enumerate(pairwise(starts))
    ]
    below, above = counted.get(0, 0), counted.get(len(edges), 0)
    ends = (first.isoformat(), last.isoformat()) if below or above else (None, None)
    return [Picture(column.name, TIMELINE, marks, present, below, above, 0, unit, *ends)]


def _unit(first: dt.date, last: dt.date) -> str:
    if (last - first).days < MOST:
        return "day"
    return "month" if (last.year - first.year) * 12 + last.month - first.month < MOST else "year"


def _starts(first: dt.date, last: dt.date, unit: str) -> list[dt.date]:
    """Where each day, month or year begins, and where the last one ends."""
    if unit == "day":
        return [first + dt.timedelta(days=i) for i in range((last - first).days + 2)]
    if unit == "year":
        return [dt.date(year, 1, 1) for year in range(first.year, min(last.year + 2, dt.MAXYEAR))]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
    return [dt.date(month // 12, month % 12 + 1, 1) for month in months]


def gaps(picture: Picture) -> list[tuple[str, str]]:
    """First and last empty mark of each run of them between filled ones, as they begin; the longest
    first."""
    marks, runs = picture.marks, []
    at = 0
    while at < len(marks):
        stop = at
        while stop < len(marks) and marks[stop].count == 0:
            stop += 1
        if 0 < at < stop and stop < len(marks):
            runs.append((at, stop - 1))
        at = max(stop, at + 1)
    runs.sort(key=lambda run: (run[0] - run[1], run[0]))
    return [(str(marks[a].low), str(marks[b].low)) for a, b in runs]
