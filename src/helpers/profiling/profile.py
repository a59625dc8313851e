"""Profile a snapshot with DuckDB: what each column holds, as JSON; marked columns as shapes only,
small counts of people not at all."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.profiling import quantiles, shapes
from helpers.profiling.states import states
from helpers.reading import databases, gathered, missing
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words import escaping
from helpers.words.suppression import SUPPRESSED, is_small, small_sql

if TYPE_CHECKING:
    import duckdb

TOP = 10
PAIRS_TRIED = 10


def _plain(value: Any, k: int) -> Any:
    if k and value is not None and is_small(value, k):
        return SUPPRESSED
    return value if value is None or isinstance(value, (int, float)) else escaping.shown(value)


def _texts(con: duckdb.DuckDBPyConnection, column: Column, shown: bool) -> dict[str, Any]:
    """How many cells are filled, how many different texts there are, the shortest and the longest;
    of a column of texts the least and the greatest. Read of ``counted``."""
    ends = "min(c), max(c)" if shown and column.type == "text" else "null, null"
    row = con.execute(f"""
        SELECT coalesce(sum(n), 0)::bigint, count(*), min(length(c)), max(length(c)), {ends}
        FROM counted""").fetchone()
    assert row is not None
    names = ("present", "distinct", "shortest", "longest", "low", "high")
    return dict(zip(names, row, strict=True)) | {"quantiles": None}


def _values(con: duckdb.DuckDBPyConnection, table: Table, column: Column) -> dict[str, Any]:
    """Least and greatest of a column with typed values; of numbers also the quantiles."""
    value = f"{column.value}::double" if column.type == "decimal" else column.value
    row = con.execute(f"SELECT min({value}), max({value}) FROM source").fetchone()
    assert row is not None
    numeric = column.type in ("integer", "decimal")
    found = quantiles.of_numbers(con, value, table.rows) if numeric else None
    return dict(zip(("low", "high"), row, strict=True)) | {"quantiles": found}


def _count_values(source: databases.Source, column: Column, k: int) -> None:
    """Make ``counted`` (c, n, small: a count of people below k) of the column's values."""
    t, n, small = column.text, "count(*)", f"any_value({small_sql(column.value, k)})"
    relation = "source"
    if (found := gathered.of(source, t)) and not k:
        relation, n = f"(SELECT text AS {t}, many FROM {found})", "sum(many)::bigint"
    elif not source.whole and not source.seldom_twice(t):
        # gathered as they stand, which Parquet has done in part: then each is trimmed once
        few = f", {small} AS few" if k else ""
        relation = f"(SELECT {t}, count(*) AS n{few} FROM source GROUP BY {t})"
        n, small = "sum(n)::bigint", "any_value(few)"
    source.connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE counted AS
        SELECT {missing.cell(column)} AS c, {n} AS n,
            {f"coalesce({small}, false)" if k else "false"} AS small
        FROM {relation}
        GROUP BY c
        HAVING c IS NOT NULL""")


def _top(con: duckdb.DuckDBPyConnection, k: int) -> list[dict[str, Any]]:
    """The commonest of the ``counted`` values; those below k as one, suppressed."""
    told = (
        f"(SELECT if(small, '{SUPPRESSED}', c) AS c, sum(n)::bigint AS n FROM counted GROUP BY 1)"
        if k
        else "counted"
    )
    top = con.execute(f"SELECT c, n FROM {told} ORDER BY n DESC, c LIMIT {TOP}").fetchall()
    return [{"value": escaping.shown(value), "count": count} for value, count in top]


def _column(
    source: databases.Source,
    table: Table,
    column: Column,
    marked: bool,
    k: int,
    folder: Path,
) -> dict[str, Any]:
    """What the column holds, JSON-able. ``k``: a count of people, whose numbers below k are not
    told; 0 for any other column. ``folder``: where what is too much to be held waits."""
    con = source.connection
    _count_values(source, column, k)
    measured = _texts(con, column, not marked)
    shapes.make(con, measured["distinct"], folder)
    if column.type != "text" and not marked:
        measured |= _values(con, table, column)
    distinct = measured["distinct"]
    absent = table.rows - measured["present"]
    shares = measured["quantiles"]
    return {
        "name": column.name,
        "type": column.type,
        "missing": absent,
        "missing_share": absent / table.rows if table.rows else 0.0,
        "distinct": distinct,
        "min": _plain(measured["low"], k),
        "max": _plain(measured["high"], k),
        "quantiles": (
            {str(q): _plain(float(v), k) for q, v in zip(quantiles.QUANTILES, shares, strict=True)}
            if shares
            else None
        ),
        "states": states(con, table, column, measured["present"], distinct),
        "top": [] if marked else _top(con, k),
        "patterns": shapes.commonest(con),
        "length_min": measured["shortest"],
        "length_max": measured["longest"],
        "marked": marked,
    }


def _keys(
    con: duckdb.DuckDBPyConnection, table: Table, profiles: list[dict[str, Any]]
) -> list[list[str]]:
    """Columns that are unique and never missing; if none, at most a few pairs of the most varied
    columns."""
    if not table.rows:
        return []
    full = [profiled for profiled in profiles if not profiled["missing"]]
    single = [[profiled["name"]] for profiled in full if profiled["distinct"] == table.rows]
    if single:
        return single
    varied = sorted(full, key=lambda profiled: -profiled["distinct"])[:5]
    pairs = []
    for left, right in list(combinations(varied, 2))[:PAIRS_TRIED]:
        if left["distinct"] * right["distinct"] < table.rows:
            continue
        a, b = table.column(left["name"]).text, table.column(right["name"]).text
        counted = con.execute(
            f'SELECT count(*) FROM (SELECT DISTINCT "{a}", "{b}" FROM source)'
        ).fetchone()
        if counted and counted[0] == table.rows:
            pairs.append([left["name"], right["name"]])
    return pairs


def _table(snapshot: Snapshot, table: Table, screening: Screening) -> dict[str, Any]:
    marked = screening.marked(table.name)
    counted = {
        risk.counted: risk.k
        for risk in screening.risks
        if risk.table == table.name and risk.counted
    }
    with databases.connect(spill=snapshot.folder / "spill") as con:
        source = databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
        columns = []
        for column in table.columns:
            source.show(column.text, column.value)
            k = counted.get(column.name, 0)
            marks = column.name in marked
            columns.append(_column(source, table, column, marks, k, snapshot.folder))
        source.show()
        duplicates = 0
        if table.columns and not any(profiled["distinct"] == table.rows for profiled in columns):
            cells = ", ".join(f'"{column.text}"' for column in table.columns)
            row = con.execute(
                f"SELECT count(*) FROM (SELECT DISTINCT hash({cells}) FROM source)"
            ).fetchone()
            duplicates = table.rows - (row[0] if row else table.rows)
        return {
            "name": table.name,
            "rows": table.rows,
            "duplicate_rows": duplicates,
            "keys": _keys(con, table, columns),
            "columns": columns,
        }


def profile(snapshot: Snapshot, screening: Screening) -> dict[str, Any]:
    """``{"tables": [...]}``, JSON-able: rows, ``duplicate_rows`` (beyond the first of each), keys
    (lists of column names) and for each column counts, shares (0-1), min, max, quantiles, the ten
    commonest values and shapes, and its ``states`` (module ``states``).

    A marked column has no min, max, quantiles or values; of a count of people a number below the
    gate's k is ``..``. Raises duckdb.Error if the Parquet cannot be read.
    """
    return {"tables": [_table(snapshot, table, screening) for table in snapshot.tables]}
