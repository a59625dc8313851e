"""Empty cells: where along the file they lie, in forty parts of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.profiling.pictures.picture import MISSING, Mark, Picture
from helpers.reading import missing
from helpers.reading.snapshot import Column

if TYPE_CHECKING:
    import duckdb

PARTS = 40
LEAST_ROWS = 80  # in fewer a part would be one row


def of_column(con: duckdb.DuckDBPyConnection, column: Column, absent: int) -> list[Picture]:
    """The picture of a column of ``source`` that is empty in ``absent`` cells, not in all."""
    row = con.execute("select min(source_row), max(source_row), count(*) from source").fetchone()
    if row is None or not absent or absent == row[2] or row[2] < LEAST_ROWS:
        return []
    first, last, rows = row
    edges = [first + (last + 1 - first) * i // PARTS for i in range(PARTS + 1)]
    cases = " ".join(f"when source_row < {edge} then {i}" for i, edge in enumerate(edges[1:]))
    by_part = {
        i: (count, gone)
        for i, count, gone in con.execute(f"""
            select case {cases} end as i, count(*), count(*) - count({missing.present(column.text)})
            from source group by i""").fetchall()
    }
    marks = [
        Mark(edges[i], edges[i + 1], by_part.get(i, (0, 0))[1], by_part.get(i, (0, 0))[0])
        for i in range(PARTS)
    ]
    return [Picture(column.name, MISSING, marks, rows - absent)]
