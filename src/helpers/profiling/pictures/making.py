"""The pictures of a dataset: of each column by its kind, and where its empty cells lie; none of a
marked column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.profiling.pictures import dates, empty_cells, numbers, texts
from helpers.profiling.pictures.picture import MISSING, Picture
from helpers.reading import databases
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Screening

if TYPE_CHECKING:
    import duckdb

MOST = 200  # columns of a table


def about_people(table: Table, screening: Screening) -> int:
    """k where the rows of the table may point to people, else 0."""
    alike = [risk.k for risk in screening.risks if risk.table == table.name and not risk.counted]
    return max(alike, default=0)


def _of_column(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    column: Column,
    profiled: dict[str, Any],
    least: int,
) -> list[Picture]:
    if column.type in ("integer", "decimal"):
        return numbers.of_values(con, column, profiled, least)
    if column.type in ("date", "datetime"):
        return dates.of_values(con, column)
    return texts.of_values(con, column, profiled, table.rows - profiled["missing"])


def _of_table(
    snapshot: Snapshot, table: Table, screening: Screening, profile: dict[str, Any]
) -> list[Picture]:
    marked, k = screening.marked(table.name), about_people(table, screening)
    least = {
        risk.counted: risk.k
        for risk in screening.risks
        if risk.table == table.name and risk.counted
    }
    made: list[Picture] = []
    with databases.connect(spill=snapshot.folder / "spill") as con:
        source = databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
        for column, profiled in list(zip(table.columns, profile["columns"], strict=True))[:MOST]:
            if column.name in marked or not table.rows:
                continue
            source.show(column.text, column.value)
            found = _of_column(con, table, column, profiled, least.get(column.name, 0))
            found += empty_cells.of_column(con, column, profiled["missing"])
            made += [picture.suppressed(k) for picture in found] if k else found
    return [picture for picture in made if not (k and picture.kind == MISSING)]


def pictures(snapshot: Snapshot, screening: Screening, profile: dict[str, Any]) -> dict[str, Any]:
    """``{table: [picture]}``, as ``Picture.to_json`` gives them, in the order of the columns;
    ``profile``: what ``profiling.profile`` says of the same. A column without one is marked, or
    there is nothing to see.

    Raises duckdb.Error if the Parquet cannot be read.
    """
    return {
        table.name: [
            picture.to_json() for picture in _of_table(snapshot, table, screening, profiled)
        ]
        for table, profiled in zip(snapshot.tables, profile["tables"], strict=True)
    }
