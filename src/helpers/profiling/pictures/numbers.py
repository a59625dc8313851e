"""Numbers: a bar for each of a few whole numbers, else how many lie in each interval; and, of
numbers that reach over many sizes, which digits they begin and end with.

Amounts that grew by themselves begin with 1 in three of ten cases (Benford, 1938): another
distribution is a reason to ask, never a fault.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from helpers.profiling.pictures import bounds
from helpers.profiling.pictures.picture import BARS, FIRST, HISTOGRAM, LAST, Mark, Picture
from helpers.reading.snapshot import Column

if TYPE_CHECKING:
    import duckdb

FEW = 12  # different whole numbers: each has its own bar
LEAST_DIGITS = 300  # numbers, of which first and last digits can be told
SIZES = 100.0  # times the smallest twentieth: numbers of many sizes
SHARES = (0.05, 0.25, 0.75, 0.95)
BENFORD = tuple(math.log10(1 + 1 / digit) for digit in range(1, 10))


def of_values(
    con: duckdb.DuckDBPyConnection, column: Column, profiled: dict[str, Any], least: int
) -> list[Picture]:
    """The pictures of a column of numbers in ``source``; ``least``: of a count of people, the
    smallest number that may be told, else 0. None of a column whose figures are hidden."""
    value = f"{column.value}::double"
    where = f"isfinite({value})" + (f" and ({value} <= 0 or {value} >= {least})" if least else "")
    measured = _measured(con, profiled, f"select {value} as v from source where {where}", least)
    if measured is None:
        return []
    present, low, high, quantiles = measured
    whole = column.type == "integer"
    least_told = {"least": least} if least else {}
    if whole and profiled["distinct"] <= FEW:
        return (
            []
            if profiled["distinct"] == present
            else [_bars(con, column, value, where, present, least_told)]
        )
    found = bounds.bins(low, high, tuple(quantiles), whole=whole)
    if found is None or (whole and _are_ids(low, high, present, profiled["distinct"])):
        return []
    made = [
        _histogram(con, column, value, where, present, (low, high), quantiles, found, least_told)
    ]
    numerous = present >= LEAST_DIGITS and quantiles[0] > 0
    if numerous and quantiles[3] / quantiles[0] >= SIZES and not least:
        made += _digits(con, column, value)
    return made


def _measured(
    con: duckdb.DuckDBPyConnection, profiled: dict[str, Any], values: str, least: int
) -> tuple[int, float, float, tuple[float, ...]] | None:
    """How many numbers there are, the least and the greatest, those at 5, 25, 75 and 95 %; None
    where all are equal. As the profile has them, where none is left out of the picture."""
    known, ends = profiled["quantiles"], (profiled["min"], profiled["max"])
    if known and not least and all(math.isfinite(end) for end in ends):
        (present,) = con.execute(f"select count(v) from ({values})").fetchone() or (0,)
        quantiles = [known[str(share)] for share in SHARES]
        row = (present, *map(float, ends), quantiles)
    else:
        row = con.execute(f"""
            select count(v), min(v), max(v), quantile_cont(v, {list(SHARES)})
            from ({values})""").fetchone() or (0, 0.0, 0.0, [])
    present, low, high, quantiles = row
    return None if not present or low == high else (present, low, high, tuple(quantiles))


def _are_ids(low: float, high: float, present: int, distinct: int) -> bool:
    """All different, and one after another or of one length: their sizes mean nothing.

    >>> _are_ids(1, 40, 40, 40), _are_ids(700141, 799999, 900, 900), _are_ids(2400, 98e4, 290, 290)
    (True, True, False)
    """
    lengths = {len(str(int(abs(end)))) for end in (low, high)}
    return present == distinct and (high - low < 2 * present or (len(lengths) == 1 and low >= 1000))


def _bars(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    value: str,
    where: str,
    present: int,
    told: dict[str, Any],
) -> Picture:
    counted = con.execute(
        f"select {value} as v, count(*) from source where {where} group by v order by v"
    ).fetchall()
    marks = [Mark(int(v), None, count) for v, count in counted]
    return Picture(column.name, BARS, marks, present, told=told)


def _histogram(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    value: str,
    where: str,
    present: int,
    ends: tuple[float, float],
    quantiles: Sequence[float],
    found: bounds.Bins,
    told: dict[str, Any],
) -> Picture:
    edges = [found.edge(i) for i in range(found.count + 1)]
    counted = between(con, f"select {value} as v from source where {where}", edges)
    marks = [Mark(edges[i], edges[i + 1], counted.get(i + 1, 0)) for i in range(found.count)]
    below, above = counted.get(0, 0), counted.get(len(edges), 0)
    far = below or above
    least, greatest = ends if far else (None, None)
    middle = {"q25": quantiles[1], "q75": quantiles[2], **told}
    made = Picture(
        column.name, HISTOGRAM, marks, present, below, above, 0, "", least, greatest, middle
    )
    return made.trimmed()


def between(con: duckdb.DuckDBPyConnection, values: str, edges: list[float]) -> dict[int, int]:
    """How many ``v`` of the query lie below the first edge (0), from each edge to below the next
    (1, 2, ...), and beyond the last."""
    # the edges themselves decide: a division rounds otherwise
    cases = " ".join(f"when v < {edge!r} then {i}" for i, edge in enumerate(edges))
    return dict(
        con.execute(
            f"select case {cases} else {len(edges)} end as i, count(*) from ({values}) group by i"
        ).fetchall()
    )


def _digits(con: duckdb.DuckDBPyConnection, column: Column, value: str) -> list[Picture]:
    """The first digits of all numbers but 0, and the last ones before the decimals."""
    rows = con.execute(f"""
        select regexp_extract(v::varchar, '[1-9]')::int as first,
            (abs(trunc(v::double)) % 10)::int as last, count(*)
        from (select {value}::decimal(38, 6) as v from source where abs({value}) < 1e15)
        where v <> 0
        group by first, last""").fetchall()
    pictures = []
    for kind, place, digits in ((FIRST, 0, range(1, 10)), (LAST, 1, range(10))):
        counted = {digit: sum(row[2] for row in rows if row[place] == digit) for digit in digits}
        marks = [Mark(digit, None, count) for digit, count in counted.items()]
        pictures.append(Picture(column.name, kind, marks, sum(counted.values())))
    return pictures
