"""The view that rules are checked on: one table's columns under canonical names, and a boolean
column for each rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.ground import geography, systems
from helpers.reading import arrays, databases, missing
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.traffic import gtfs_reference

CHUNK = 200_000
# DuckDB keeps vectors for each expression of a query, and a hash table for each set of wrong keys:
# one query for all rules of a table of 75 columns took more than 700 MB. A slice of this much work
# takes about 50.
WORK = 240
KEYED = 24  # what a rule about keys weighs beside one about cells
SPOTS = ("kommunkod", "within_reach", "looks_like")
NAMED = re.compile(r"\b[ctv]\d+\b")
THERE = "_there"  # c3_there: true where c3 is there, else null


@dataclass
class Check:
    """One rule on one column: ``sql`` true where a row is right, null where it is not checked.

    Where ``by_key``, ``sql`` is the row's key and ``groups`` a SELECT of the keys that break the
    rule (None: no key does).
    """

    key: str
    sql: str
    # the stock expectation that Great Expectations runs in its stead
    stock: dict[str, object] | None = None
    column: Column | None = None
    groups: str | None = None
    by_key: bool = False

    @property
    def work(self) -> int:
        """How much of a slice (``WORK``) it takes."""
        return KEYED if self.groups else 1

    def right(self, wrong: str | None) -> str:
        """SQL that is true where a row is right; ``wrong`` is the relation of the keys that break
        the rule, if any do."""
        if not self.by_key:
            return self.sql
        right = f"({self.sql}) not in (from {wrong})" if wrong else "true"
        return f"case when ({self.sql}) is not null then {right} end"


@dataclass
class View:
    """``slices``: each view and the numbers of its checks. ``wrong``: how many keys break the rule,
    by number of check."""

    database: Path
    checks: list[Check] = field(default_factory=list)
    slices: list[tuple[str, list[int]]] = field(default_factory=list)
    wrong: dict[int, int] = field(default_factory=dict)


def cell(column: Column) -> str:
    """The view's name for the trimmed text, null where missing."""
    return f"c{column.position}"


def _there(name: str) -> str:
    return f"case when {name.removesuffix(THERE)} is not null then true end as {name}"


def _numbers(values: Any) -> np.ndarray:
    return np.asarray(np.ma.filled(np.ma.asarray(values, float), np.nan))


def places(snapshot: Snapshot, table: Table, target: Path, area: str | None) -> Path:
    """Municipality of each position, in chunks: ``source_row, kommunkod, within_reach,
    looks_like`` (see ``systems``)."""
    assert table.geometry is not None
    with databases.connect() as connection:
        read = connection.execute(
            f"select source_row, x, y, lon, lat from {databases.quoted(snapshot.parquet(table))}"
        ).fetchnumpy()
    x, y, lon, lat = (_numbers(read[axis]) for axis in ("x", "y", "lon", "lat"))
    likely = systems.look_like(x, y, lon, lat, table.geometry.crs, area)
    schema = pa.schema(
        [
            ("source_row", pa.int64()),
            ("kommunkod", pa.string()),
            ("within_reach", pa.string()),
            ("looks_like", pa.string()),
        ]
    )
    with pq.ParquetWriter(target, schema) as writer:
        for start in range(0, len(lon), CHUNK):
            part = slice(start, start + CHUNK)
            codes = geography.codes_of(lon[part], lat[part])
            columns = [
                arrays.integers(np.asarray(read["source_row"][part], np.int64)),
                arrays.texts(codes),
                arrays.texts(geography.within_reach(lon[part], lat[part])),
                arrays.texts(list(likely[part])),
            ]
            writer.write_table(arrays.table(columns, schema))
    return target


def joined(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """The relations that rules may join, and their columns: a timetable's files and the fields of
    the reference.

    Both names are the reference's own: no word of a source becomes a name in SQL.
    """
    files = gtfs_reference.load().files
    return {
        table.name: frozenset(
            column.name for column in table.columns if column.name in files[table.name].fields
        )
        for table in snapshot.tables
        if table.name in files
    }


def _relation(table: Table, fields: frozenset[str], file: Path) -> str:
    """VIEW of a timetable's file: ``source_row`` and its fields, trimmed, null where missing."""
    cells = [
        f'{missing.present(column.text)} as "{column.name}"'
        for column in table.columns
        if column.name in fields
    ]
    return (
        f'view if not exists "{table.name}" as select {", ".join(["source_row", *cells])} from'
        f" {databases.quoted(file)}"
    )


def of_spots(sql: str) -> bool:
    """True where it asks for what ``places`` says of positions."""
    return any(name in sql for name in SPOTS)


class Base:
    """The view ``base`` of one table: ``source_row``, cells, raw texts, typed values and, with
    positions, its places.

    A timetable's files stand beside it under the names that the reference gives them.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        snapshot: Snapshot,
        table: Table,
        placed: Path | None,
        *,
        lasting: bool = False,
    ) -> None:
        """``lasting``: the timetable's files stay in the database after the connection."""
        self.connection = connection
        self.columns = {
            cell(column): f"{missing.present(column.text)} as {cell(column)}"
            for column in table.columns
        }
        self.columns |= {
            name: name for column in table.columns for name in (column.text, column.value)
        }
        self.spots = ["x", "y", "lon", "lat"] if table.geometry else []
        self.source = databases.quoted(snapshot.parquet(table))
        if placed:
            self.spots += SPOTS
            relation = f"{self.source} a join {databases.quoted(placed)} b using (source_row)"
            self.source = f"(select a.*, b.* exclude (source_row) from {relation})"
        fields = joined(snapshot) if len(snapshot.tables) > 1 else {}
        for other in snapshot.tables:
            if other.name in fields:
                relation = _relation(other, fields[other.name], snapshot.parquet(other))
                connection.execute(f"create {'' if lasting else 'temp '}{relation}")

    def show(self, queries: str | None = None) -> None:
        """Make the view anew with the columns that ``queries`` name, or all: DuckDB binds each of a
        thousand every time."""
        named = (
            self.columns if queries is None else self.columns.keys() & set(NAMED.findall(queries))
        )
        select = ", ".join(["source_row", *(self.columns[name] for name in named), *self.spots])
        self.connection.execute(
            f"create or replace temp view base as select {select} from {self.source}"
        )


def slices(checks: list[Check]) -> list[list[int]]:
    """The numbers of the checks in slices of at most ``WORK``; those of one column stand together
    where there are several."""
    if sum(check.work for check in checks) <= WORK:
        return [list(range(len(checks)))]
    sliced: list[list[int]] = [[]]
    room = WORK
    for number in sorted(
        range(len(checks)),
        key=lambda number: column.position if (column := checks[number].column) else -1,
    ):
        if checks[number].work > room and sliced[-1]:
            sliced.append([])
            room = WORK
        sliced[-1].append(number)
        room -= checks[number].work
    return sliced


def _groups(base: Base, check: Check, name: str) -> int:
    """How many keys break the rule; they are in the temporary table ``name``."""
    base.show(check.groups)
    base.connection.execute(f"create temp table {name} as {check.groups}")
    return int(databases.aggregate(base.connection, ["count(distinct columns(*))"], name)[0])


def _slice(base: Base, built: View, numbers: list[int], name: str, target: Path) -> None:
    """The view ``name`` of the checks with these ``numbers``, kept at ``target``."""
    checks = [(number, built.checks[number]) for number in numbers]
    used = {str(check.stock["kwargs"]["column"]) for _, check in checks if check.stock}  # type: ignore[index]
    built.wrong |= {
        number: _groups(base, check, f"wrong_{number}") for number, check in checks if check.groups
    }
    rules = [
        f"{check.right(f'wrong_{number}' if built.wrong.get(number) else None)} as ok_{number}"
        for number, check in checks
    ]
    stock = [_there(column) if column.endswith(THERE) else column for column in sorted(used)]
    columns = ["source_row", *stock, *rules]
    select = ", ".join(columns)
    base.show(select)
    databases.write(base.connection, f"select {select} from base", target, len(columns))
    base.connection.execute(f"create view {name} as from {databases.quoted(target)}")
    for number in built.wrong.keys() & set(numbers):
        base.connection.execute(f"drop table wrong_{number}")
    built.slices.append((name, numbers))


def build(
    snapshot: Snapshot,
    table: Table,
    folder: Path,
    checks: list[Check],
    spots: Path | None,
    previous: Path | None = None,
) -> View:
    """A DuckDB database in ``folder`` with views of the stock expectations' columns, and ``ok_<n>``
    for each check."""
    built = View(folder / "check.duckdb", checks)
    with databases.connect(built.database, spill=folder / "spill") as connection:
        base = Base(connection, snapshot, table, spots)
        if previous:
            connection.execute(f"create temp view previous as from {databases.quoted(previous)}")
        for order, numbers in enumerate(slices(checks)):
            _slice(base, built, numbers, f"data_{order}", folder / f"checked_{order}.parquet")
    return built
