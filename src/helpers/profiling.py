"""Profile a snapshot with DuckDB: what each column holds, as JSON; marked columns as shapes only."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import duckdb

from helpers import databases, escaping
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Screening

TOP = 10
PATTERNS = 10
PAIRS_TRIED = 10
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
# The same shape as escaping.shape: letters A, digits 9, at most 40 characters.
_SHAPE = "left(regexp_replace(regexp_replace({0}, '[0-9]', '9', 'g'), '\\p{{L}}', 'A', 'g'), 40)"


def _present(column: Column) -> str:
    """SQL: the cell as text, null where it is missing (a missing token, blank or absent)."""
    tokens = ", ".join("'" + token.replace("'", "''") + "'" for token in ["", *column.missing])
    text = f'"{column.text}"'
    return f"CASE WHEN {text} IN ({tokens}) OR trim({text}) = '' THEN NULL ELSE {text} END"


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (int, float)) else escaping.shown(value)


def _column(con: duckdb.DuckDBPyConnection, table: Table, column: Column, marked: bool) -> dict[str, Any]:
    cell = _present(column)
    missing, distinct, shortest, longest = con.execute(
        "SELECT count(*) - count(c), count(DISTINCT c), min(length(c)), max(length(c)) "
        f"FROM (SELECT {cell} c FROM source)"
    ).fetchone() or (0, 0, None, None)
    low = high = None
    quantiles: dict[str, float] = {}
    top: list[dict[str, Any]] = []
    if not marked:
        numeric = column.type in ("integer", "decimal")
        value = f'CAST("{column.value}" AS DOUBLE)' if column.type == "decimal" else f'"{column.value}"'
        present = f"CASE WHEN ({cell}) IS NULL THEN NULL ELSE {value} END"
        low, high = con.execute(f"SELECT min({present}), max({present}) FROM source").fetchone() or (None, None)
        if numeric and low is not None:
            found = con.execute(f"SELECT quantile_cont({present}, {list(QUANTILES)}) FROM source").fetchone()
            quantiles = {str(q): float(v) for q, v in zip(QUANTILES, found[0] if found else [], strict=False)}
        top = [
            {"value": escaping.shown(value), "count": count}
            for value, count in con.execute(
                f"SELECT c, count(*) n FROM (SELECT {cell} c FROM source) WHERE c IS NOT NULL "
                f"GROUP BY c ORDER BY n DESC, c LIMIT {TOP}"
            ).fetchall()
        ]
    patterns = con.execute(
        f"SELECT {_SHAPE.format('c')} s, count(*) n FROM (SELECT {cell} c FROM source) WHERE c IS NOT NULL "
        f"GROUP BY s ORDER BY n DESC, s LIMIT {PATTERNS}"
    ).fetchall()
    return {
        "name": column.name, "type": column.type, "missing": missing,
        "missing_share": missing / table.rows if table.rows else 0.0, "distinct": distinct,
        "min": _plain(low), "max": _plain(high), "quantiles": quantiles or None, "top": top,
        "patterns": [{"shape": escaping.shape(shape), "count": count} for shape, count in patterns],
        "length_min": shortest, "length_max": longest, "marked": marked,
    }  # fmt: skip


def _keys(con: duckdb.DuckDBPyConnection, table: Table, profiles: list[dict[str, Any]]) -> list[list[str]]:
    """Columns that are unique and never missing; if none, at most a few pairs of the most varied columns."""
    if not table.rows:
        return []
    full = [one for one in profiles if not one["missing"]]
    single = [[one["name"]] for one in full if one["distinct"] == table.rows]
    if single:
        return single
    varied = sorted(full, key=lambda one: -one["distinct"])[:5]
    found = []
    for left, right in list(combinations(varied, 2))[:PAIRS_TRIED]:
        if left["distinct"] * right["distinct"] < table.rows:
            continue
        a, b = table.column(left["name"]).text, table.column(right["name"]).text
        counted = con.execute(f'SELECT count(*) FROM (SELECT DISTINCT "{a}", "{b}" FROM source)').fetchone()
        if counted and counted[0] == table.rows:
            found.append([left["name"], right["name"]])
    return found


def _table(snapshot: Snapshot, table: Table, screening: Screening) -> dict[str, Any]:
    marked = screening.marked(table.name)
    with databases.connect() as con:
        con.execute("SET memory_limit = '500MB'")
        con.from_parquet(str(snapshot.parquet(table))).create_view("source")
        columns = [_column(con, table, column, column.name in marked) for column in table.columns]
        duplicates = 0
        if table.columns:
            cells = ", ".join(f'"{column.text}"' for column in table.columns)
            found = con.execute(f"SELECT count(*) FROM (SELECT DISTINCT hash({cells}) FROM source)").fetchone()
            duplicates = table.rows - (found[0] if found else table.rows)
        return {
            "name": table.name, "rows": table.rows, "duplicate_rows": duplicates,
            "keys": _keys(con, table, columns), "columns": columns,
        }  # fmt: skip


def profile(snapshot: Snapshot, screening: Screening) -> dict[str, Any]:
    """``{"tables": [...]}``, JSON-able: rows, ``duplicate_rows`` (beyond the first of each), keys (lists of column
    names) and for each column counts, shares (0-1), min, max, quantiles, the ten commonest values and shapes.

    A marked column has no min, max, quantiles or values. Raises duckdb.Error if the Parquet cannot be read.
    """
    return {"tables": [_table(snapshot, table, screening) for table in snapshot.tables]}
