"""The relations of a table: sought in a sample where it is large, counted in all its rows.

No marked column is in any of them but where whole rows are held beside each other, and there by its
name alone. Where the rows are about people, no count from 1 to k - 1 is told, no row of it and no
text that fewer than k rows hold.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.profiling.pictures.making import about_people
from helpers.profiling.relations import (
    alike_rows,
    alike_texts,
    associations,
    between_tables,
    dependencies,
    empty_together,
    telling,
)
from helpers.profiling.relations.associations import CATEGORY, NUMBER, Variable
from helpers.profiling.relations.bounds import COLUMNS, COMPARED, LEAST_ROWS, SAMPLE, WHOLE
from helpers.profiling.relations.cells import Cells, take
from helpers.profiling.relations.columns import DAYS, is_place, keys_of, kind_of
from helpers.profiling.relations.dependencies import Counted
from helpers.reading import databases
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words.suppression import is_small

if TYPE_CHECKING:
    import duckdb

TOLD = {"keys": 8, "dependencies": 15, "alike_rows": 8, "alike_texts": 30, "empty_together": 8}


def _variables(
    con: duckdb.DuckDBPyConnection, table: Table, cells: Cells, profiled: dict[str, dict[str, Any]]
) -> list[Variable]:
    made = []
    for place, column in enumerate(cells.columns):
        kind = kind_of(table, column, profiled[column.name])
        if kind == NUMBER:
            number = (
                f"epoch({column.value}::timestamp)"
                if column.type in DAYS
                else f"{column.value}::double"
            )
            fetched = con.execute(
                f"select if(isfinite(v), v, null) as v from (select source_row, {number} as v"
                " from taken) order by source_row"
            ).fetchnumpy()["v"]
            values = np.ma.filled(np.ma.asarray(fetched, dtype=np.float64), np.nan)
            made.append(Variable(column.name, kind, values))
        elif kind == CATEGORY:
            made.append(Variable(column.name, kind, cells.of(place)))
    return made[:COMPARED]


def _associations(variables: list[Variable]) -> list[dict[str, Any]]:
    pairs = (
        associations.between(a, b) for i, a in enumerate(variables) for b in variables[i + 1 :]
    )
    return [pair for pair in pairs if pair is not None]


def _dependencies(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    columns: list[Column],
    decided: dict[tuple[int, int], Counted],
    profiled: dict[str, dict[str, Any]],
    marked: frozenset[str],
) -> list[dict[str, Any]]:
    """Of ``columns`` those that are not marked, by their places."""
    shown = {i for i, column in enumerate(columns) if column.name not in marked}
    deciding = {
        i
        for i in shown
        if kind_of(table, columns[i], profiled[columns[i].name]) != NUMBER
        or columns[i].type in DAYS
    }
    placed = {i for i in shown if is_place(table, columns[i])}
    between = {pair: counted for pair, counted in decided.items() if shown.issuperset(pair)}
    told = []
    for pair in dependencies.told(between, deciding):
        found = telling.dependency(con, *(columns[i] for i in pair))
        repeated = found["rows"] - found["groups"]
        if found["breaking"] <= dependencies.NEARLY * repeated and not placed.issuperset(pair):
            told.append(found)
    return _joined(told)


def _joined(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One of two that decide each other on every row. Those that are broken first, as they are
    faults perhaps, the seldom broken before others."""
    exact = {(found["of"], found["on"]) for found in told if not found["breaking"]}
    kept, seen = [], set()
    for found in told:
        pair = (found["of"], found["on"])
        found["mutual"] = pair in exact and pair[::-1] in exact
        if found["mutual"] and pair[::-1] in seen:
            continue
        seen.add(pair)
        kept.append(found)
    return sorted(
        kept, key=lambda found: (not found["breaking"], found["breaking"] / found["rows"])
    )


def _alike_rows(cells: Cells, decided: Collection[tuple[int, int]]) -> list[dict[str, Any]]:
    return [
        {
            "columns": [cells.columns[i].name for i in columns],
            "count": sum(map(len, groups)),
            "groups": len(groups),
            "listed": [
                [int(cells.rows[row]) for row in group[: telling.LISTED]]
                for group in groups[: alike_rows.LISTED]
            ],
        }
        for columns, groups in alike_rows.found(cells.codes, decided)
    ]


def _alike_texts(
    con: duckdb.DuckDBPyConnection, cells: Cells, profiled: dict[str, dict[str, Any]], k: int
) -> list[dict[str, Any]]:
    made = []
    for column in cells.columns:
        different = profiled[column.name]["distinct"]
        if column.type != "text" or not 2 <= different <= alike_texts.DIFFERENT:
            continue
        counts = telling.texts(con, column, alike_texts.DIFFERENT)
        told = {text: count for text, count in counts.items() if count >= k} if k else counts
        for group in alike_texts.found(told):
            rarer = [held["text"] for held in group["texts"][1:]]
            listed = [] if k else telling.rows_of(con, column, rarer)
            made.append({"column": column.name, **group, "listed": listed})
    return made


def _empty_together(cells: Cells) -> list[dict[str, Any]]:
    return [
        {"columns": [cells.columns[i].name for i in columns], "all": every, "some": some}
        for columns, every, some in empty_together.found(cells.codes)
    ]


def _guarded(made: dict[str, Any], k: int, rows: int) -> dict[str, Any]:
    """The same without what fewer than k people would be found by."""
    for name, listed in (("keys", "rows"), ("dependencies", "listed")):
        made[name] = [telling.without_few(found, listed, k) for found in made[name]]
    made["alike_rows"] = [
        {**found, "listed": []} for found in made["alike_rows"] if not is_small(found["count"], k)
    ]
    made["empty_together"] = [
        found
        for found in made["empty_together"]
        if not any(is_small(n, k) for n in (found["all"], found["some"], rows - found["all"]))
    ]
    return made


def of_table(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    screening: Screening,
    profile: dict[str, Any],
) -> dict[str, Any]:
    """The relations of the table that is ``source``; see ``relations``."""
    marked, k = screening.marked(table.name), about_people(table, screening)
    basis = {
        "rows": table.rows,
        "taken": min(table.rows, SAMPLE),
        "marked": sorted(marked),
        "k": k,
        "columns": min(len(table.columns), COLUMNS),
        "width": len(table.columns),
    }
    if table.rows < LEAST_ROWS:
        return basis | {"few": True}
    profiled = {column["name"]: column for column in profile["columns"]}
    every = take(con, table.rows, table.columns[:WHOLE])
    first = every.only(every.columns[:COLUMNS])
    cells = first.only([column for column in first.columns if column.name not in marked])
    counted = {risk.counted for risk in screening.risks if risk.table == table.name}
    decided = dependencies.pairs(first.codes)
    variables = _variables(con, table, cells, profiled)
    made = {
        "keys": keys_of(con, table, cells, profiled),
        "dependencies": _dependencies(con, table, first.columns, decided, profiled, marked),
        "alike_rows": _alike_rows(every, decided) if len(table.columns) <= WHOLE else [],
        "alike_texts": _alike_texts(con, cells, profiled, k),
        "empty_together": _empty_together(cells),
    }
    for found in made["dependencies"]:  # a value of a count of people may be below k
        if counted & {found["of"], found["on"]}:
            found["examples"] = []
    if k:
        made = _guarded(made, k, table.rows)
    more = {name: max(0, len(made[name]) - most) for name, most in TOLD.items()}
    told = {name: made[name][:most] for name, most in TOLD.items()}
    days = {column.name for column in table.columns if column.type in DAYS}
    kinds = {
        variable.name: "date" if variable.name in days else variable.kind for variable in variables
    }
    beside = {"associations": _associations(variables), "kinds": kinds}
    return basis | told | beside | {"few": False, "more": more}


def relations(snapshot: Snapshot, screening: Screening, profile: dict[str, Any]) -> dict[str, Any]:
    """``{table: {...}}`` of the main table: ``rows``, ``taken`` (rows looked at where it is large),
    ``columns``, ``marked``, ``k`` and ``few`` (too few rows: nothing else is there); ``keys`` and
    ``dependencies`` as ``telling`` gives them, ``alike_rows``, ``alike_texts``, ``empty_together``
    and ``associations`` (``[{"columns", "measure", "value", "rows"}]``) of columns whose kind is in
    ``kinds`` (number | date | category); ``more``: how many of each
    are left out; of a source of several tables ``others``, see ``between_tables``.

    Raises duckdb.Error if the Parquet cannot be read.
    """
    table, profiled = snapshot.main, profile["tables"][0]
    with databases.connect(spill=snapshot.folder / "spill") as con:
        databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
        made = of_table(con, table, screening, profiled)
    if len(snapshot.tables) > 1:
        made["others"] = between_tables.others(snapshot, screening, profile)
    return {table.name: made}
