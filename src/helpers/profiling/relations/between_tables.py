"""The other tables of a source: what tells their rows apart, and where a column of one table holds
the key of another, so that the two can be joined.

A reference is sought to columns that are filled and different on every row, by their names and by
their values. A column of the same name is one where most of its rows are found there; one of
another name only where all its values are, there are several of them, and they are names or codes:
small numbers lie within each other by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.profiling.pictures.making import about_people
from helpers.profiling.relations import telling
from helpers.profiling.relations.bounds import COLUMNS, LEAST_ROWS
from helpers.profiling.relations.cells import take
from helpers.profiling.relations.columns import are_codes, keys_of, may_be_key
from helpers.reading import databases, missing
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words.suppression import is_small

if TYPE_CHECKING:
    import duckdb

TABLES = 15  # the first of a source
ROWS = 1_000_000  # of a table that is looked at here
MOST_KEYS = 4  # of a table
MOST_REFERENCES = 30
SEVERAL = 5  # different values of a column that refers by its values alone
FOUND = 0.5  # of the rows, of a column that refers by its name


@dataclass(frozen=True)
class _Cell:
    """A column of a table that may be told of, with what its profile says."""

    table: Table
    column: Column
    profiled: dict[str, Any]

    @property
    def unique(self) -> bool:
        """Filled and different on every row."""
        return self.profiled["distinct"] == self.table.rows and not self.profiled["missing"]

    @property
    def names_something(self) -> bool:
        """A text or a code, and not a small number."""
        return self.column.type == "text" or are_codes(self.profiled)


def others(snapshot: Snapshot, screening: Screening, profile: dict[str, Any]) -> dict[str, Any]:
    """``{"main", "names", "tables": [{"table", "rows", "keys"}], "references", "more", "large"}``:
    the names of the main table and of the others; the others with their keys (None of a table of
    too few rows to say); references as ``_reference`` gives them, and how many of them are left
    out; the names of tables that are not looked at, as they are beyond the bounds.

    Raises duckdb.Error if the Parquet cannot be read.
    """
    pairs = list(zip(snapshot.tables, profile["tables"], strict=True))
    within = [pair for i, pair in enumerate(pairs) if i < TABLES and pair[0].rows <= ROWS]
    beside = [pair for pair in within if pair[0] is not snapshot.main]
    cells = [cell for table, told in within for cell in _cells(table, told, screening)]
    references = _references(snapshot, screening, cells)
    seen = {table.name for table, _ in within}
    return {
        "tables": [
            {
                "table": table.name,
                "rows": table.rows,
                "keys": _keys(snapshot, table, told, screening),
            }
            for table, told in beside
        ],
        "main": snapshot.main.name,
        "names": [table.name for table in snapshot.tables[1:]],
        "references": references[:MOST_REFERENCES],
        "more": max(0, len(references) - MOST_REFERENCES),
        "large": [table.name for table in snapshot.tables if table.name not in seen],
    }


def _cells(table: Table, profile: dict[str, Any], screening: Screening) -> list[_Cell]:
    marked = screening.marked(table.name)
    by_name = {column["name"]: column for column in profile["columns"]}
    return [
        _Cell(table, column, by_name[column.name])
        for column in table.columns[:COLUMNS]
        if column.name not in marked and by_name[column.name]["distinct"]
    ]


def _keys(
    snapshot: Snapshot, table: Table, profile: dict[str, Any], screening: Screening
) -> list[dict[str, Any]] | None:
    if table.rows < LEAST_ROWS:
        return None
    marked, k = screening.marked(table.name), about_people(table, screening)
    shown = [column for column in table.columns[:COLUMNS] if column.name not in marked]
    profiled = {column["name"]: column for column in profile["columns"]}
    with databases.connect(spill=snapshot.folder / "spill") as con:
        databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
        found = keys_of(con, table, take(con, table.rows, shown), profiled)[:MOST_KEYS]
    return [telling.without_few(key, "rows", k) for key in found] if k else found


def _references(
    snapshot: Snapshot, screening: Screening, cells: list[_Cell]
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    with databases.connect(spill=snapshot.folder / "spill") as con:
        for of, to in _pairs(cells):
            found = _reference(con, snapshot, of, to)
            most = (1 - FOUND) * found["rows"] if _same_name(of, to) else 0
            if found["rows"] and found["lacking"] <= most:
                made.append(found)
    people = {table.name: about_people(table, screening) for table in snapshot.tables}
    told = []
    for found in _best(made):
        k = max(people[found["table"]], people[found["to_table"]])
        if not is_small(found["rows"], k):
            told.append(_guarded(found, k) if k else found)
    return told


def _best(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each column the reference that lacks fewest rows, to the table of most values; none from a
    key to one that itself refers to it."""
    by_column: dict[tuple[str, str], dict[str, Any]] = {}
    for found in sorted(made, key=lambda one: (one["lacking"], -one["keys"])):
        by_column.setdefault((found["table"], found["column"]), found)
    best = by_column.values()
    whole = {_ends(found) for found in best if not found["lacking"]}
    kept = []
    for found in best:
        of, to = _ends(found)
        # of two keys that hold each other's values one refers to the other
        if (to, of) in whole and (found["lacking"] or of < to):
            continue
        kept.append(found)
    order = {id(found): i for i, found in enumerate(made)}
    return sorted(kept, key=lambda found: order[id(found)])


def _ends(found: dict[str, Any]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (found["table"], found["column"]), (found["to_table"], found["to_column"])


def _pairs(cells: list[_Cell]) -> Iterator[tuple[_Cell, _Cell]]:
    """The columns that may refer to a key, with the key."""
    keys = [
        cell for cell in cells if cell.unique and may_be_key(cell.table, cell.column, cell.profiled)
    ]
    for to in keys:
        for of in cells:
            if of is to or of.profiled["distinct"] > 2 * to.table.rows:
                continue
            if _same_name(of, to):
                # numbers that only count the rows of each table are alike by chance
                if not (of.unique and not of.names_something):
                    yield of, to
            elif (
                of.names_something
                and to.names_something
                and SEVERAL <= of.profiled["distinct"] <= to.table.rows
                and not (of.table is to.table and of.unique)
            ):
                yield of, to


def _same_name(of: _Cell, to: _Cell) -> bool:
    return of.table is not to.table and of.column.name.casefold() == to.column.name.casefold()


def _reference(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, of: _Cell, to: _Cell
) -> dict[str, Any]:
    """``{"table", "column", "to_table", "to_column", "rows", "keys", "lacking", "listed"}``: rows
    that are filled, how many values the key has, the rows whose value it does not have, and the
    first of these."""
    key = f"""select {missing.present(to.column.text)} as c
        from {databases.quoted(snapshot.parquet(to.table))}"""
    con.execute(f"""
        create or replace temp view lacking as
        select source_row, c, c not in (from ({key}) where c is not null) as gone
        from (
            select source_row, {missing.present(of.column.text)} as c
            from {databases.quoted(snapshot.parquet(of.table))}
        )
        where c is not null""")
    counted = con.execute("select count(*), count(*) filter (gone) from lacking").fetchone()
    rows, gone = counted or (0, 0)
    listed = (
        con.execute(
            f"select source_row from lacking where gone order by source_row limit {telling.LISTED}"
        ).fetchall()
        if gone
        else []
    )
    return {
        "table": of.table.name,
        "column": of.column.name,
        "to_table": to.table.name,
        "to_column": to.column.name,
        "rows": rows,
        "keys": to.table.rows,
        "lacking": gone,
        "listed": [row for (row,) in listed],
    }


def _guarded(found: dict[str, Any], k: int) -> dict[str, Any]:
    """The same without what fewer than ``k`` people would be found by."""
    few = is_small(found["lacking"], k)
    return {**found, "listed": [], "lacking": None if few else found["lacking"]}
