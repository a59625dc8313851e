"""What is told of a find, counted in all rows of ``source``: how many rows break a key or a
dependency, which ones, and between which values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from helpers.reading import databases, missing
from helpers.reading.snapshot import Column
from helpers.words.suppression import is_small

if TYPE_CHECKING:
    import duckdb

LISTED = 20  # row numbers
EXAMPLES = 3  # values of a deciding column


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    return [row for (row,) in con.execute(f"{query} order by source_row limit {LISTED}").fetchall()]


def key(con: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> dict[str, Any]:
    """``{"columns", "breaking", "empty", "rows"}``: rows that are alike in all of the columns or
    have an empty one of them, and how many of those have an empty one."""
    cells = ", ".join(f"{missing.present(c.text)} as c{i}" for i, c in enumerate(columns))
    names = [f"c{i}" for i in range(len(columns))]
    empty = " or ".join(f"{name} is null" for name in names)
    con.execute(f"""
        create or replace temp table breaking as
        select source_row, ({empty}) as gone
        from (select source_row, {cells} from source)
        qualify gone or count(*) over (partition by {", ".join(names)}) > 1""")
    counted = con.execute("select count(*), count(*) filter (gone) from breaking").fetchone()
    broken, gone = counted or (0, 0)
    return {
        "columns": [column.name for column in columns],
        "breaking": broken,
        "empty": gone,
        "rows": _rows(con, "select source_row from breaking"),
    }


def dependency(con: duckdb.DuckDBPyConnection, of: Column, on: Column) -> dict[str, Any]:
    """``{"of", "on", "rows", "groups", "breaking", "same", "listed", "examples"}``: rows where both
    are filled, different values of ``of``, rows that do not have the commonest ``on`` of their
    ``of``; ``same``: both hold the same text on every row."""
    a, b = missing.present(of.text), missing.present(on.text)
    con.execute(f"""
        create or replace temp table pairs as
        select a, b, n, row_number() over (partition by a order by n desc, b) as place
        from (
            select a, b, count(*) as n
            from (select {a} as a, {b} as b from source)
            where a is not null and b is not null
            group by a, b
        )""")
    counted = con.execute("""
        select coalesce(sum(n), 0)::bigint, count(distinct a),
            coalesce(sum(n) filter (place > 1), 0)::bigint, coalesce(bool_and(a = b), false)
        from pairs""").fetchone()
    rows, groups, breaking, same = counted or (0, 0, 0, False)
    broken = f"""
        select source_row from (select source_row, {a} as a, {b} as b from source)
        semi join (from pairs where place > 1) as other using (a, b)"""
    return {
        "of": of.name,
        "on": on.name,
        "rows": rows,
        "groups": groups,
        "breaking": breaking,
        "same": same,
        "listed": _rows(con, broken) if breaking else [],
        "examples": _examples(con) if breaking else [],
    }


def _examples(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """``{"value", "usual": [text, rows], "other": [text, rows]}`` of the values of ``pairs`` that
    break most rows."""
    found = con.execute(f"""
        select a, max(b) filter (place = 1), max(n) filter (place = 1),
            max(b) filter (place = 2), max(n) filter (place = 2)
        from pairs
        group by a
        having max(place) > 1
        order by sum(n) filter (place > 1) desc, a
        limit {EXAMPLES}""").fetchall()
    return [
        {"value": value, "usual": [usual, many], "other": [other, few]}
        for value, usual, many, other, few in found
    ]


def without_few(found: dict[str, Any], listed: str, k: int) -> dict[str, Any]:
    """A key or a dependency without its rows, its values and what fewer than ``k`` people break."""
    few = is_small(found["breaking"], k)
    breaking = None if few else found["breaking"]
    return {**found, listed: [], "examples": [], "empty": 0, "breaking": breaking}


def texts(con: duckdb.DuckDBPyConnection, column: Column, most: int) -> dict[str, int]:
    """The texts of a column with their counts; nothing of one that has more than ``most``."""
    counted = con.execute(f"""
        select c, count(*) from (select {missing.present(column.text)} as c from source)
        where c is not null group by c limit {most + 1}""").fetchall()
    return dict(counted) if len(counted) <= most else {}


def rows_of(con: duckdb.DuckDBPyConnection, column: Column, texts: Sequence[str]) -> list[int]:
    """The first rows that hold one of the texts."""
    listed = ", ".join(databases.quoted(text) for text in texts)
    cell = missing.present(column.text)
    return _rows(con, f"select source_row from source where {cell} in ({listed})")
